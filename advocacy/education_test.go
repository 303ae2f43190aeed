package advocacy_test

import (
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

// clinician adds somebody who may stand behind a post about health.
func (d *desk) clinician(t *testing.T) practice.Person {
	t.Helper()
	p := practice.Person{Name: "Dr. Lena Ferro", Role: practice.Clinician, Job: "dentist"}
	var err error
	p.ID, err = d.practices.SavePerson(t.Context(), p, d.owner.Actor())
	d.must(t, err)
	return p
}

// tip plans a ready-made health tip and says that its page was read.
func (d *desk) tip(t *testing.T) advocacy.Spotlight {
	t.Helper()
	v, err := d.Plan(t.Context(), advocacy.Spotlight{Kind: advocacy.KindEducation, Education: advocacy.Education{Tip: "mouthguard"}}, d.hr.Actor())
	d.must(t, err)
	d.must(t, d.SaveEducation(t.Context(), v.ID, advocacy.Education{Source: "ada_mouth", URL: "https://www.mouthhealthy.org/all-topics/mouthguards", Read: "2026-11-20"}, d.hr.Actor()))
	v, err = d.Find(t.Context(), v.ID)
	d.must(t, err)
	return v
}

func TestAHealthTipNeedsAClinicianForExactlyItsWords(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	doctor, v := d.clinician(t), d.tip(t)
	if v.Stage != advocacy.DraftStage || v.Occasion != advocacy.OccasionReminder || len(v.Variants) == 0 || v.Education.Source != "ada_mouth" {
		t.Fatalf("got %+v", v)
	}
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(48*time.Hour), d.hr.Actor()))
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrRights, "A clinician of the practice approves it first")
	wants(t, d.ApproveHealth(ctx, v.ID, d.owner.Actor()), advocacy.ErrRights, "Only a clinician")
	d.must(t, d.ApproveHealth(ctx, v.ID, doctor.Actor()))

	facebook, _ := v.Variant("facebook")
	facebook.Text += " And skateboards."
	_, _, err := d.SaveVariant(ctx, v.ID, facebook, d.owner.Actor())
	d.must(t, err)
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrRights, "changed after Dr. Lena Ferro approved")
	d.must(t, d.ApproveHealth(ctx, v.ID, doctor.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	v, err = d.Find(ctx, v.ID)
	d.must(t, err)
	if v.Education.By != doctor.ID || !v.Education.At.Equal(d.now) {
		t.Errorf("got %+v, want the name and the day of the approval", v.Education)
	}
	if text, err := d.CopyVariant(ctx, v.ID, "facebook", d.hr.Actor()); err != nil || !strings.Contains(text, "Source: ") {
		t.Errorf("got %q, %v", text, err)
	}
	d.must(t, d.MarkPosted(ctx, v.ID, "facebook", "https://facebook.example/1", d.hr.Actor()))
	if v, _ = d.Find(ctx, v.ID); v.Variants[0].ConsentID != 0 {
		t.Errorf("it is about nobody, so it stands under no consent: %+v", v.Variants[0])
	}
}

func TestAnApprovalThatIsTakenBackTakesThePostOffTheCalendar(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	doctor, v := d.clinician(t), d.tip(t)
	d.must(t, d.ApproveHealth(ctx, v.ID, doctor.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(48*time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	wants(t, d.WithdrawHealth(ctx, v.ID, d.staff.Actor()), advocacy.ErrRights, "A clinician takes an approval back")
	d.must(t, d.WithdrawHealth(ctx, v.ID, doctor.Actor()))
	if v, _ = d.Find(ctx, v.ID); v.Stage != advocacy.DraftStage || v.Education.By != 0 {
		t.Errorf("got stage %q, approved by %d", v.Stage, v.Education.By)
	}

	d.must(t, d.ApproveHealth(ctx, v.ID, doctor.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	doctor.LeftOn = "2026-11-21"
	_, err := d.practices.SavePerson(ctx, doctor, d.owner.Actor())
	d.must(t, err)
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrRights, "no clinician of the practice any more")
}

func TestASourceIsATrustedPage(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	v := d.tip(t)
	for _, test := range []struct {
		e     advocacy.Education
		words string
	}{
		{advocacy.Education{Source: "a blog", URL: "https://blog.example/", Read: "2026-11-20"}, "needs a trusted source"},
		{advocacy.Education{Source: "cdc", URL: "https://cdc.gov.example/", Read: "2026-11-20"}, "is not a page of"},
		{advocacy.Education{Source: "cdc", URL: "http://www.cdc.gov/", Read: "2026-11-20"}, "beginning with https://"},
		{advocacy.Education{Source: "cdc", URL: "https://www.cdc.gov/flu/", Read: "2026-11-23"}, "on which day the page was read"},
		{advocacy.Education{Source: "cdc", URL: "https://www.cdc.gov/flu/"}, "on which day the page was read"},
	} {
		wants(t, d.SaveEducation(ctx, v.ID, test.e, d.hr.Actor()), advocacy.ErrStep, test.words)
	}
	d.must(t, d.SaveEducation(ctx, v.ID, advocacy.Education{Source: "cdc", URL: "https://wwwnc.cdc.gov/travel/", Read: "2026-11-20"}, d.hr.Actor()))
}

func TestAPublicPostSpeaksToEverybody(t *testing.T) {
	to := []string{"Dear Mrs. Alvarez, the flu shots are in.", "Hi Sara! Flu shots are in.", "Your appointment is tomorrow at nine.", "Flu shots are in. We missed you last week!",
		"You are overdue for a cleaning.", "@saraalvarez flu shots are in", "Your test results are ready.", "Hello Tom and Anna, come by.", "Estimada Sra. Ruiz, su cita es el martes.",
		"Since your last visit a lot has changed.", "Querido Pablo, ya hay vacunas."}
	for _, text := range to {
		if words, yes := advocacy.ToOnePerson(text); !yes || words == "" {
			t.Errorf("%q speaks to one person, and passes", text)
		}
	}
	all := []string{"Dear patients, the flu shots are in.", "Hi everyone! Flu shots are in.", "Hello neighbours, come by.", "Dear friends and families: thank you.", "Ask at your next visit.",
		"Bring a list of medicines to your appointment.", "Hola a todos: ya hay vacunas.", "Good morning, Lakewood community!", "Call us for an appointment. It takes ten minutes.", "Dear parents of young children, ..."}
	for _, text := range all {
		if words, yes := advocacy.ToOnePerson(text); yes {
			t.Errorf("%q speaks to everybody, but %q was found", text, words)
		}
	}
	d, ctx := newDesk(t), t.Context()
	v := d.tip(t)
	facebook, _ := v.Variant("facebook")
	facebook.Text = "Dear Mrs. Alvarez, mouthguards are in."
	_, _, err := d.SaveVariant(ctx, v.ID, facebook, d.hr.Actor())
	d.must(t, err)
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()), advocacy.ErrGate, "")
}

func TestAPublicPostThatNamesAColleagueNeedsTheirConsent(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	v, err := d.Plan(ctx, advocacy.Spotlight{Kind: advocacy.KindHiring, Title: "We look for an assistant"}, d.hr.Actor())
	d.must(t, err)
	_, _, err = d.SaveVariant(ctx, v.ID, advocacy.Variant{Network: "facebook", Disclosure: true, Text: "Work with Mara Lindqvist and the whole team. Call us."}, d.hr.Actor())
	d.must(t, err)
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(48*time.Hour), d.hr.Actor()))
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()), advocacy.ErrGate, "No consent of Mara Lindqvist covers the name on Facebook")
	c := d.consent(t, advocacy.Consent{Uses: []string{advocacy.UseName}})
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	_, err = d.Withdraw(ctx, c.ID, d.hr.Actor())
	d.must(t, err)
	wants(t, d.Schedule(ctx, v.ID, d.now.Add(48*time.Hour), d.hr.Actor()), advocacy.ErrConsent, "The text names Mara Lindqvist")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrGate, "No consent of Mara Lindqvist")
	c = d.consent(t, advocacy.Consent{Uses: []string{advocacy.UseName}})
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	_, err = d.Withdraw(ctx, c.ID, d.hr.Actor())
	d.must(t, err)
	if _, err := d.CopyVariant(ctx, v.ID, "facebook", d.hr.Actor()); err == nil {
		t.Error("the consent is withdrawn, and the text goes out")
	}
	wants(t, d.Move(ctx, v.ID, advocacy.Nominated, d.owner.Actor()), advocacy.ErrStep, "begins at the draft")
}

func TestReadyMadeTips(t *testing.T) {
	all := advocacy.Tips(nil, 0)
	if len(all) < 50 {
		t.Fatalf("got %d tips", len(all))
	}
	gate, seen := guard.Default(), map[string]bool{}
	for _, tip := range all {
		source, ok := advocacy.TrustedSource(tip.Source)
		if seen[tip.ID] || !ok || tip.Title == "" || tip.Status == "" || tip.Checked == "" || !strings.HasPrefix(tip.URL, "https://") || len(tip.Disciplines) == 0 {
			t.Errorf("%s is listed twice or lacks something: %+v", tip.ID, tip)
		}
		seen[tip.ID] = true
		if words, yes := advocacy.ToOnePerson(tip.Text); yes {
			t.Errorf("%s speaks to one person: %q", tip.ID, words)
		}
		text := tip.Text + "\n\nSource: " + source.Name + ", " + tip.URL
		if r := gate.Check(guard.Draft{Kind: guard.Spotlight, Text: text}); r.Verdict == guard.Block {
			t.Errorf("%s does not pass the gate: %+v", tip.ID, r.Findings)
		}
	}
	for _, discipline := range []string{"dental", "medical"} {
		for month := time.January; month <= time.December; month++ {
			if n := len(advocacy.Tips([]string{discipline}, month)); n < 3 {
				t.Errorf("a %s practice has %d tips for %s, want 3", discipline, n, month)
			}
		}
	}
}
