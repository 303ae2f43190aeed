package advocacy_test

import (
	"slices"
	"testing"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

// A text may say of somebody what their record carries, and nothing more.
func TestClaimsNeedTheRecord(t *testing.T) {
	hygienist := practice.Person{ID: 3, Name: "Mara Lindqvist", Job: "dental hygienist", Credentials: "RDH", HiredOn: "2019-03-01"}
	dentist := practice.Person{ID: 4, Name: "Dr. Ada Brandt", Role: practice.Clinician, Job: "dentist", Credentials: "D.D.S."}
	surgeon := practice.Person{ID: 5, Name: "Dr. Ines Okafor", Role: practice.Clinician, Job: "oral surgeon", Credentials: "DMD, MD, Diplomate, American Board of Oral and Maxillofacial Surgery"}
	billing := practice.Person{ID: 6, Name: "Gwen Parry", Job: "billing specialist"}
	assistant := practice.Person{ID: 7, Name: "Lena Ruiz", Job: "medical assistant", Credentials: "CMA"}
	nurse := practice.Person{ID: 8, Name: "Noor Haddad", Job: "nurse", Credentials: "RN"}
	for _, test := range []struct {
		person practice.Person
		text   string
		want   guard.Verdict
	}{
		{dentist, "Dr. Brandt is a board-certified dentist.", guard.Block},
		{surgeon, "Dr. Okafor is board-certified.", guard.Clear},
		{dentist, "Dr. Brandt is an implant specialist.", guard.Block},
		{dentist, "Dr. Brandt specializes in implants.", guard.Block},
		{surgeon, "Dr. Okafor is a specialist in oral surgery.", guard.Clear},
		{billing, "Gwen is our billing specialist.", guard.Clear},
		{hygienist, "Mara is our comfort specialist.", guard.Warn},
		{dentist, "We refer to a colleague when a question is hard. “I listen,” says Dr. Brandt.", guard.Clear},
		{hygienist, "Dr. Lindqvist keeps the room calm.", guard.Block},
		{hygienist, "She works with Dr. Brandt.", guard.Clear},
		{dentist, "Meet Dr. Ada Brandt, DDS.", guard.Clear},
		{dentist, "Meet Dr. Ada Brandt, DDS, FAGD.", guard.Block},
		{hygienist, "Meet Mara Lindqvist, RDH, MPH.", guard.Block},
		{hygienist, "Meet Mara Lindqvist, RDH.", guard.Clear},
		{hygienist, "Mara is a registered hygienist.", guard.Clear},
		{billing, "Gwen is a certified coder.", guard.Warn},
		{billing, "Gwen es una facturadora certificada.", guard.Warn},
		{dentist, "La Dra. Brandt es especialista en implantes.", guard.Block},
		{billing, "Gwen is our expert for forms.", guard.Warn},
		{hygienist, "We celebrate seven years with Mara.", guard.Clear},
		{hygienist, "We celebrate 7 years with Mara.", guard.Clear},
		{hygienist, "We celebrate ten years with Mara.", guard.Warn},
		{hygienist, "Read on: https://lakeside.example/?utm_campaign=meet-mara", guard.Block},
		{hygienist, "Read on: https://lakeside.example/team?utm_campaign=meet-the-team", guard.Clear},
		{assistant, "Lena is our registered nurse and wound care specialist.", guard.Warn},
		{assistant, "Lena, our registered nurse, keeps the mornings calm.", guard.Warn},
		{assistant, "Meet our new NP, Lena.", guard.Warn},
		{assistant, "Lena is a medical assistant.", guard.Clear},
		{assistant, "Lena is a physician assistant.", guard.Warn},
		{hygienist, "Mara is our dental hygienist.", guard.Clear},
		{dentist, "Dr. Brandt is our dentist.", guard.Clear},
		{nurse, "Noor is our registered nurse.", guard.Clear},
		{nurse, "Noor is a nurse practitioner.", guard.Warn},
		{nurse, "Noor es nuestra enfermera.", guard.Clear},
	} {
		got := guard.Clear
		for _, f := range advocacy.Claims(test.text, test.person, "2026-11-22") {
			if f.Severity == guard.Block || got == guard.Clear {
				got = f.Severity
			}
			if f.Why == "" || f.Basis == "" || test.text[f.Start:f.End] != f.Quote {
				t.Errorf("%q: the finding lacks something: %+v", test.text, f)
			}
		}
		if got != test.want {
			t.Errorf("%s: %q: got %s, want %s", test.person.Name, test.text, got, test.want)
		}
	}
}

// A claim that the record does not carry stops the way to review, and says what is missing.
func TestAnUnrecordedClaimStopsTheText(t *testing.T) {
	d := newDesk(t)
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	text := "Mara Lindqvist is a board-certified hygienist."
	if _, result, err := d.SaveVariant(t.Context(), v.ID, advocacy.Variant{Network: "facebook", Text: text, Disclosure: true}, d.hr.Actor()); err != nil || result.Verdict != guard.Block {
		t.Fatal(result, err)
	}
	if err := d.Move(t.Context(), v.ID, advocacy.ReviewStage, d.hr.Actor()); err == nil {
		t.Error("a claim that nobody recorded went to review")
	}
	d.hygienist.Credentials = "RDH, certified by the state board"
	_, err := d.practices.SavePerson(t.Context(), d.hygienist, d.owner.Actor())
	d.must(t, err)
	d.must(t, d.Move(t.Context(), v.ID, advocacy.ReviewStage, d.hr.Actor()))
}

// The program itself calls nobody a nurse who is none.
func TestAMedicalAssistantIsTaggedAsOne(t *testing.T) {
	s, p := advocacy.Spotlight{Occasion: "meet the team"}, practice.Practice{}
	for job, want := range map[string]string{"medical assistant": "#MedicalAssistants", "Nursing assistant": "#MedicalAssistants", "charge nurse": "#Nurses", "nurse practitioner": "#Nurses"} {
		tags := advocacy.HashtagIdeas(s, practice.Person{Job: job}, p)
		if !slices.Contains(tags, want) || want != "#Nurses" && slices.Contains(tags, "#Nurses") {
			t.Errorf("%s: got %v, want %s", job, tags, want)
		}
	}
}
