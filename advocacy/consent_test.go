package advocacy_test

import (
	"bytes"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/paper"
	"goodword/internal/practice"
)

func TestSomebodyUnderAgeNeedsAGuardianUntilTheyDecideAlone(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	young := advocacy.Consent{PersonID: d.staff.ID, Uses: []string{"name"}, AdultOn: "2027-03-10"}
	_, err := d.Record(ctx, young, d.hr.Actor())
	wants(t, err, advocacy.ErrConsent, "a parent or guardian signs too")
	young.Guardian = "Astrid Frane"
	c, err := d.Record(ctx, young, d.hr.Actor())
	d.must(t, err)
	if c.Last() != "2027-03-09" || !c.Live("2027-03-09") || c.Live("2027-03-10") {
		t.Errorf("what a guardian signed ends the day before: got %q", c.Last())
	}
	_, err = d.Record(ctx, advocacy.Consent{PersonID: d.staff.ID, Uses: []string{"name"}}, d.hr.Actor())
	wants(t, err, advocacy.ErrConsent, "a parent or guardian signs too")
	_, err = d.Record(ctx, advocacy.Consent{PersonID: d.staff.ID, Uses: []string{"name"}, AdultOn: "2001-01-01"}, d.staff.Actor())
	wants(t, err, advocacy.ErrRights, "with a parent or guardian")
	_, err = d.Record(ctx, advocacy.Consent{PersonID: d.staff.ID, Uses: []string{"name"}, From: "2027-03-10"}, d.hr.Actor())
	if err != nil {
		t.Errorf("of age on the first day: %v", err)
	}
	c, err = d.Record(ctx, advocacy.Consent{PersonID: d.staff.ID, Uses: []string{"name"}, AdultOn: "2003-03-10"}, d.hr.Actor())
	if err != nil || c.AdultOn != "" || c.Guardian != "" {
		t.Errorf("a wrong birthday is put right: %+v, %v", c, err)
	}
}

func TestEndings(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	gone := practice.Person{Name: "Lea Voss", Role: practice.Staff, HiredOn: "2020-01-01", LeftOn: "2026-11-01"}
	var err error
	gone.ID, err = d.practices.SavePerson(ctx, gone, d.owner.Actor())
	d.must(t, err)
	record := func(person int64, until string, uses ...string) int64 {
		return d.consent(t, advocacy.Consent{PersonID: person, Until: until, Uses: uses}).ID
	}
	soon := record(d.hygienist.ID, "2026-11-29", "name", "photo")
	record(d.hygienist.ID, "2026-12-24", "name")
	month := record(d.staff.ID, "2026-12-22", "name")
	record(d.hr.ID, "2026-12-23", "name")
	record(gone.ID, "2026-11-30", "name")
	record(d.owner.ID, "2026-11-25", "name")
	record(d.owner.ID, "2027-11-25", "name", "photo")
	list, err := d.Endings(ctx)
	d.must(t, err)
	if len(list) != 2 || list[0].ConsentID != soon || !list[0].Soon || list[0].Days != 7 || list[1].ConsentID != month || list[1].Soon || list[1].Days != 30 {
		t.Errorf("got %+v", list)
	}
	d.now = d.now.AddDate(0, 0, 8)
	if list, err = d.Endings(ctx); err != nil || len(list) == 0 || list[0].ConsentID == soon {
		t.Errorf("what has ended is no ending: got %+v, %v", list, err)
	}
}

func TestASignedCopyIsKeptAndProven(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	c := d.consent(t, advocacy.Consent{})
	_, err := d.AttachScan(ctx, c.ID, strings.NewReader("<html>"), d.hr.Actor())
	wants(t, err, advocacy.ErrPicture, "PDF, PNG or JPEG")
	for _, test := range []struct{ kind, data string }{{"pdf", "%PDF-1.7 signed"}, {"png", "\x89PNG\r\n\x1a\n..."}, {"jpeg", "\xFF\xD8\xFF\xE0..."}} {
		c, err = d.AttachScan(ctx, c.ID, strings.NewReader(test.data), d.hr.Actor())
		d.must(t, err)
		scan, err := d.ReadScan(ctx, c.Scan)
		if err != nil || scan.Kind != test.kind || string(scan.Data) != test.data {
			t.Errorf("%s: got %q, %v", test.kind, scan.Kind, err)
		}
	}
	list, err := d.Consents(ctx, d.hygienist.ID)
	if err != nil || list[0].Scan != c.Scan {
		t.Errorf("got %q, %v", list[0].Scan, err)
	}
	if n, err := d.VerifyPictures(ctx); err != nil || n != 3 {
		t.Errorf("all three copies are proven, also those attached before: got %d, %v", n, err)
	}
	d.must(t, d.db.Write(ctx, func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE scans SET data = x'00' WHERE hash = ?`, c.Scan)
		return err
	}))
	_, err = d.VerifyPictures(ctx)
	wants(t, err, advocacy.ErrPicture, "changed outside")
	d.must(t, d.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(`DELETE FROM scans WHERE hash = ?`, c.Scan); return err }))
	_, err = d.VerifyPictures(ctx)
	wants(t, err, advocacy.ErrNotFound, "missing")
}

func TestAnAuthorizationNeedsEveryElementOfTheLaw(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	v, err := d.Nominate(ctx, advocacy.Spotlight{PersonID: d.hygienist.ID, Occasion: "meet the team"}, d.hr.Actor())
	d.must(t, err)
	tests := []struct {
		name, want string
		lack       func(a *advocacy.Authorization)
	}{
		{"what", "(c)(1)(i)", func(a *advocacy.Authorization) { a.Describes = " " }},
		{"by whom", "(c)(1)(ii)", func(a *advocacy.Authorization) { a.Discloser = "" }},
		{"to whom", "(c)(1)(iii)", func(a *advocacy.Authorization) { a.Networks = nil }},
		{"what for", "(c)(1)(iv)", func(a *advocacy.Authorization) { a.Purpose = "" }},
		{"until when", "(c)(1)(v)", func(a *advocacy.Authorization) { a.Until = "" }},
		{"signed when", "(c)(1)(vi)", func(a *advocacy.Authorization) { a.SignedOn = "" }},
		{"the right to withdraw", "(c)(2)(i)", func(a *advocacy.Authorization) { a.Statements = a.Statements[1:] }},
		{"a copy", "(c)(4)", func(a *advocacy.Authorization) { a.Statements = a.Statements[:len(a.Statements)-1] }},
		{"the right to sign for another", "what gives them the right", func(a *advocacy.Authorization) { a.Representative = "Nils Holm" }},
		{"the patient", "name of the patient", func(a *advocacy.Authorization) { a.Patient = "" }},
		{"an end after the signature", "before it was signed", func(a *advocacy.Authorization) { a.Until = "2020-01-01" }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			a := signedPaper(v.ID, "Vera Holm", "2026-11-22")
			test.lack(&a)
			_, err := d.Authorize(ctx, a, d.hr.Actor())
			wants(t, err, advocacy.ErrConsent, test.want)
		})
	}
	_, err = d.Authorize(ctx, signedPaper(v.ID, "Vera Holm", "2026-11-22"), d.staff.Actor())
	wants(t, err, advocacy.ErrRights, "")
}

// A patient beside a colleague: the consent of staff is not enough, nor is the authorization without its signed copy, nor two of one patient.
func TestAReleaseNeverStandsForAnAuthorization(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	d.must(t, d.ShowPatients(ctx, v.ID, 2, d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	wants(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()), advocacy.ErrConsent, "")
	schedule := func() error { return d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()) }
	wants(t, schedule(), advocacy.ErrConsent, "2 patients in this spotlight")
	var ids []int64
	for _, patient := range []string{"Vera Holm", "vera  holm", "Jon Aas"} {
		a, err := d.Authorize(ctx, signedPaper(v.ID, patient, "2026-11-22"), d.hr.Actor())
		d.must(t, err)
		ids = append(ids, a.ID)
	}
	wants(t, schedule(), advocacy.ErrConsent, "2 patients")
	for _, id := range ids[:2] {
		_, err := d.AttachAuthorization(ctx, id, strings.NewReader("%PDF-1.4"), d.hr.Actor())
		d.must(t, err)
	}
	wants(t, schedule(), advocacy.ErrConsent, "1 patient in")
	_, err := d.AttachAuthorization(ctx, ids[2], strings.NewReader("%PDF-1.4"), d.hr.Actor())
	d.must(t, err)
	d.must(t, schedule())
	d.now = d.now.Add(2 * time.Hour)
	d.must(t, d.MarkPosted(ctx, v.ID, "bluesky", "https://example.org/1", d.hr.Actor()))
	d.must(t, d.MarkPosted(ctx, v.ID, "facebook", "https://example.org/2", d.hr.Actor()))
	downs, err := d.Revoke(ctx, ids[2], d.hr.Actor())
	d.must(t, err)
	if len(downs) != 2 || downs[0].Authorized != ids[2] || downs[0].ConsentID != 0 {
		t.Errorf("got %+v", downs)
	}
	lines, err := d.History(ctx, v.ID)
	d.must(t, err)
	for _, line := range lines {
		if text := line.Before + line.After + line.Did; strings.Contains(text, "Holm") || strings.Contains(text, "Aas") {
			t.Errorf("a patient stands in the log: %q", text)
		}
	}
}

// A colleague beside the one it is about has a say of their own.
func TestAColleagueInThePictureWithdraws(t *testing.T) {
	d, ctx := newDesk(t), t.Context()
	d.consent(t, advocacy.Consent{})
	v := d.drafted(t)
	_, err := d.SavePicture(ctx, v.ID, grey(t, 16), "Mara and a colleague at the front desk", d.hr.Actor())
	d.must(t, err)
	wants(t, d.NamePeople(ctx, v.ID, []int64{d.hygienist.ID}, d.hr.Actor()), advocacy.ErrStep, "is the one it is about")
	wants(t, d.NamePeople(ctx, v.ID, []int64{99}, d.hr.Actor()), advocacy.ErrNotFound, "99")
	d.must(t, d.CheckPicture(ctx, v.ID, allChecks(), d.hr.Actor()))
	d.must(t, d.NamePeople(ctx, v.ID, []int64{d.staff.ID, d.staff.ID}, d.hr.Actor()))
	wants(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()), advocacy.ErrStep, "not checked")
	d.must(t, d.CheckPicture(ctx, v.ID, allChecks(), d.hr.Actor()))
	d.must(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()))
	d.must(t, d.Move(ctx, v.ID, advocacy.ReviewStage, d.hr.Actor()))
	wants(t, d.Schedule(ctx, v.ID, d.now.Add(time.Hour), d.hr.Actor()), advocacy.ErrConsent, "")
	wants(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()), advocacy.ErrConsent, "No consent of Otto Frane, who is in the picture too")
	c := d.consent(t, advocacy.Consent{PersonID: d.staff.ID, Uses: []string{"photo"}})
	d.must(t, d.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	_, err = d.CopyPicture(ctx, v.ID, "facebook", d.hr.Actor())
	d.must(t, err)
	_, err = d.Withdraw(ctx, c.ID, d.staff.Actor())
	d.must(t, err)
	if v, _ = d.Find(ctx, v.ID); v.Stage != advocacy.ConsentAsked || v.Note == "" {
		t.Errorf("got %q", v.Stage)
	}
	_, err = d.CopyPicture(ctx, v.ID, "facebook", d.hr.Actor())
	wants(t, err, advocacy.ErrStep, "")
	mine := d.consent(t, advocacy.Consent{})
	_, err = d.Withdraw(ctx, mine.ID, d.staff.Actor())
	wants(t, err, advocacy.ErrRights, "")
}

func TestThePapersSayWhatWasAgreed(t *testing.T) {
	d := newDesk(t)
	p, err := d.practices.Get(t.Context())
	d.must(t, err)
	for _, l := range advocacy.ReleaseLanguages() {
		c := advocacy.Consent{Uses: []string{"name", "photo"}, Networks: []string{"bluesky"}, From: "2026-11-22", Until: "2027-11-21", Language: l.ID,
			Guardian: "Astrid Frane", AdultOn: "2027-03-10"}
		a := signedPaper(1, "Vera Holm", "2026-11-22")
		a.Language = l.ID
		for name, sheet := range map[string]paper.Sheet{"release": advocacy.Release(p, d.staff, c, d.now), "authorization": a.Paper(p, d.now)} {
			var text, pdf bytes.Buffer
			d.must(t, errors.Join(paper.WriteMarkdown(&text, sheet), paper.WritePDF(&pdf, sheet)))
			if strings.ContainsAny(text.String(), "{}") || !strings.Contains(text.String(), p.Name) || sheet.Language != l.ID || pdf.Len() < 1000 {
				t.Errorf("%s in %s:\n%s", name, l.Name, text.String())
			}
			if !strings.Contains(strings.ToLower(text.String()), map[string]string{"en": "not legal advice", "es": "no es asesoría legal"}[l.ID]) {
				t.Errorf("%s in %s does not say that it is no legal advice", name, l.Name)
			}
		}
	}
	for _, source := range []advocacy.PaperSource{advocacy.ReleaseSource(), advocacy.AuthorizationSource()} {
		if source.Checked == "" || source.Source == "" || source.Basis == "" || source.URL == "" {
			t.Errorf("a paper without source or date: %+v", source)
		}
	}
}

func TestCredentialsAreHeardHoweverTheyAreWritten(t *testing.T) {
	person := practice.Person{Credentials: "RDH, B.S."}
	for text, want := range map[string]bool{"Mara, RDH.": true, "Mara Lindqvist R.D.H. says": true, "Mara (BS) works": true, "Mara loves obs": false, "Mara": false} {
		got := false
		for _, use := range advocacy.Needs(advocacy.Spotlight{Variants: []advocacy.Variant{{Text: text}}}, person) {
			got = got || use == advocacy.UseCredentials
		}
		if got != want {
			t.Errorf("%q: got %v", text, got)
		}
	}
}
