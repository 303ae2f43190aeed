package proof_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/manifest"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/proof"
)

// desk is a practice with fourteen people that did its work: two versions, signatures, refusals, quizzes, an incident, a vendor.
type desk struct {
	db        *database.DB
	at        time.Time
	practices *practice.Store
	policy    *policy.Store
	binder    *proof.Binder
	people    []practice.Person
	first     policy.Version
	second    policy.Version
}

func must[T any](t testing.TB) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func open(t testing.TB) *desk {
	t.Helper()
	d := &desk{at: time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)}
	now := func() time.Time { return d.at }
	d.db = must[*database.DB](t)(database.Open(t.Context(), filepath.Join(t.TempDir(), "practice.db"), now))
	t.Cleanup(func() { _ = d.db.Close() })
	d.practices = practice.NewStore(d.db, now)
	ok(t, d.practices.Save(t.Context(), practice.Practice{Name: "Alder Street Dental", Phone: "555-0140", TimeZone: "America/Chicago", ContactName: "Dana Whitlock", Country: "US"}, audit.Program))
	roles := []practice.Role{practice.Owner, practice.Compliance, practice.Manager, practice.Clinician, practice.HR}
	for i, name := range []string{"Dr. Ana Mesa", "Priya Raman", "Dana Whitlock", "Dr. Lee Park", "Sam Ode", "Iris Okafor", "Tom Reyes", "Zoë Müller-Lindqvist", "Kay Abara", "Noor Haddad",
		"Bea Lund", "Gus Petrov", "Mia Castellanos", "Owen Tam"} {
		role := practice.Staff
		if i < len(roles) {
			role = roles[i]
		}
		p := practice.Person{Name: name, Role: role, HiredOn: "2025-01-07"}
		p.ID = must[int64](t)(d.practices.SavePerson(t.Context(), p, audit.Program))
		d.people = append(d.people, p)
	}
	d.policy = policy.NewStore(d.db, now, d.practices)
	d.binder = proof.New(proof.Deps{DB: d.db, Now: now, Policy: d.policy, Practices: d.practices, Version: "test", Cover: func(context.Context) (func(string) string, error) {
		return func(text string) string { return strings.ReplaceAll(text, "Mrs. Quill", "[name]") }, nil
	}})
	return d
}

// work is a year of the practice: version 1 signed by all, version 2 from clauses, fourteen asked, two refuse, one leaves before signing.
func (d *desk) work(t testing.TB) {
	t.Helper()
	ctx, owner := t.Context(), d.people[0].Actor()
	version := must[policy.Version](t)
	text := must[string](t)(d.policy.SuggestedText(ctx))
	d.first = version(d.policy.DraftVersion(ctx, text, "The first version", true, owner))
	d.first = version(d.policy.PutInForce(ctx, d.first.ID, "2026-03-02", owner))
	for _, p := range d.people {
		must[policy.Signature](t)(d.policy.Sign(ctx, p.ID, d.first.ID, policy.OnScreen, p.Actor()))
	}
	d.at = d.at.AddDate(0, 6, 0)
	v, _, err := d.policy.BuildDraft(ctx, policy.Situation{}, owner)
	ok(t, err)
	v = version(d.policy.SaveDraft(ctx, v.ID, v.Text+"\n\nNobody answers a review from a personal account.\n", "Personal accounts", true, owner))
	d.second = version(d.policy.PutInForce(ctx, v.ID, "2026-09-07", owner))
	scan := filepath.Join(t.TempDir(), "sheet.pdf")
	ok(t, os.WriteFile(scan, pressed(t, "A signed sheet"), 0o600))
	for i, p := range d.people {
		d.at = d.at.Add(24 * time.Hour)
		switch i {
		case 9, 10:
			must[policy.Refusal](t)(d.policy.Refuse(ctx, p.ID, d.second.ID, "I want to ask a lawyer first.", "Priya Raman", owner))
		case 11:
			p.LeftOn = "2026-09-12"
			must[int64](t)(d.practices.SavePerson(ctx, p, owner))
			d.people[i] = p
		case 12:
			sheet := must[policy.Sheet](t)(policy.ReadSheet(ctx, scan))
			must[policy.Signature](t)(d.policy.SignAs(ctx, policy.Signing{PersonID: p.ID, VersionID: d.second.ID, Way: policy.OnPaper, Witness: "Priya Raman", Sheet: &sheet}, owner))
		default:
			must[policy.Signature](t)(d.policy.Sign(ctx, p.ID, d.second.ID, policy.OnScreen, p.Actor()))
		}
	}
	for i, p := range d.people[:6] {
		a := must[policy.Attempt](t)(d.policy.Start(ctx, p.ID, "m1"))
		answers := policy.RightAnswers(a.Quiz)
		if i == 5 {
			answers = nil // everything missed
		}
		must[policy.Result](t)(d.policy.Grade(ctx, p.ID, "m1", answers, p.Actor()))
	}
	must[policy.Vendor](t)(d.policy.SaveVendor(ctx, policy.Vendor{Name: "Bright Replies, Inc.", Service: "=answers reviews", Patients: true, Agreement: policy.AgreementSigned, SignedOn: "2026-01-05"}, owner))
	incident := must[policy.Incident](t)(d.policy.SaveIncident(ctx, policy.Incident{Title: "A reply named Mrs. Quill", What: "Mrs. Quill was named for forty minutes.", Decision: "Notice was given.", Lesson: "Two people read a reply."}, owner))
	must[policy.Incident](t)(d.policy.Weigh(ctx, incident.ID, policy.Weighing{Finding: policy.FindingBreach, Reason: "A name was shown"}, owner))
	must[policy.Incident](t)(d.policy.CloseIncident(ctx, incident.ID, true, owner))
	ok(t, d.policy.Answer(ctx, "gov5", policy.Answered{Answer: policy.Yes, Note: "Retention sheet in the safe"}, owner))
}

func (d *desk) export(t testing.TB, c proof.Choice, name string) (string, proof.Manifest) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	return path, must[proof.Manifest](t)(d.binder.Export(t.Context(), c, path, d.people[1].Actor(), nil))
}

func rows(t testing.TB, path string) [][]string {
	t.Helper()
	data := must[[]byte](t)(os.ReadFile(path))
	return must[[][]string](t)(csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll())[1:]
}

func TestAPracticeProvesWhatItDid(t *testing.T) {
	d := open(t)
	d.work(t)
	path, m := d.export(t, proof.Choice{}, "pack")
	for name, want := range map[string]int{"people.csv": 14, "signatures.csv": 14 + 11, "refusals.csv": 2, "training.csv": 6, "vendors.csv": 1, "incidents.csv": 1} {
		if got := len(rows(t, filepath.Join(path, name))); got != want {
			t.Errorf("%s has %d rows, want %d", name, got, want)
		}
	}
	text := must[[]byte](t)(os.ReadFile(filepath.Join(path, "policy", "version-2.md")))
	sum := sha256.Sum256(text)
	if hex.EncodeToString(sum[:]) != d.second.Hash {
		t.Error("the text in the pack has not the hash that was signed")
	}
	scans := must[[]os.DirEntry](t)(os.ReadDir(filepath.Join(path, "scans")))
	signed := rows(t, filepath.Join(path, "signatures.csv"))
	if len(scans) != 1 || !strings.Contains(fmt.Sprint(signed), strings.TrimSuffix(scans[0].Name(), ".pdf")) {
		t.Errorf("the scan of the signed sheet is not there: %v", scans)
	}
	for _, name := range []string{"incidents.csv", "audit.csv"} {
		if data := must[[]byte](t)(os.ReadFile(filepath.Join(path, name))); bytes.Contains(data, []byte("Quill")) || !bytes.Contains(data, []byte("[name]")) {
			t.Errorf("%s names a patient, or does not speak of the incident", name)
		}
	}
	if vendor := rows(t, filepath.Join(path, "vendors.csv"))[0]; vendor[2] != "'=answers reviews" {
		t.Errorf("a formula went into the table: %q", vendor[2])
	}
	r, err := d.binder.Verify(t.Context(), path)
	if err != nil || r.Files != len(m.Files) || !r.Asked || r.Noted.IsZero() || r.Lines == 0 {
		t.Errorf("got %+v, %v", r, err)
	}
	if n, err := audit.Verify(t.Context(), d.db.Reader()); err != nil || n < 50 {
		t.Errorf("the audit log: %d lines, %v", n, err)
	}
	if _, err := d.binder.Export(t.Context(), proof.Choice{}, path, audit.Program, nil); !errors.Is(err, manifest.ErrThere) {
		t.Errorf("a pack was written over: %v", err)
	}
	t.Run("a zip", func(t *testing.T) {
		path, _ := d.export(t, proof.Choice{}, "pack.zip")
		if r, err := d.binder.Verify(t.Context(), path); err != nil || !r.Holds() {
			t.Errorf("got %+v, %v", r, err)
		}
		if kind, err := manifest.KindOf(path); err != nil || kind != proof.Kind {
			t.Errorf("got %q, %v", kind, err)
		}
	})
	t.Run("six years later", func(t *testing.T) { d.sixYearsLater(t, path) })
	t.Run("altered", func(t *testing.T) {
		file := filepath.Join(path, "signatures.csv")
		data := must[[]byte](t)(os.ReadFile(file))
		ok(t, os.WriteFile(file, bytes.Replace(data, []byte("Iris Okafor"), []byte("Iris Okafar"), 1), 0o600))
		if _, err := d.binder.Verify(t.Context(), path); !errors.Is(err, manifest.ErrAltered) || !strings.Contains(err.Error(), "signatures.csv") {
			t.Errorf("got %v", err)
		}
		// Whoever alters the manifest as well is found by the audit log.
		var m proof.Manifest
		ok(t, json.Unmarshal(must[[]byte](t)(os.ReadFile(filepath.Join(path, manifest.Name))), &m))
		for i, f := range m.Files {
			if f.Name == "signatures.csv" {
				m.Files[i].SHA256 = manifest.Hash(must[[]byte](t)(os.ReadFile(file)))
			}
		}
		ok(t, os.WriteFile(filepath.Join(path, manifest.Name), must[[]byte](t)(manifest.JSON(m)), 0o600))
		if _, err := proof.VerifyFiles(t.Context(), path); err != nil {
			t.Errorf("without the audit log: %v", err)
		}
		if _, err := d.binder.Verify(t.Context(), path); !errors.Is(err, manifest.ErrAltered) || !strings.Contains(err.Error(), "audit log does not know") {
			t.Errorf("got %v", err)
		}
	})
}

// sixYearsLater moves the clock: everything is still there, what may go is listed, a hold keeps it.
func (d *desk) sixYearsLater(t *testing.T, pack string) {
	ctx := t.Context()
	before := must[[]policy.KeptRecord](t)(d.policy.Kept(ctx))
	for _, r := range before {
		if r.MayGo(d.at.Format(practice.Day)) {
			t.Errorf("%s may go already", r.Title)
		}
	}
	back := d.at
	defer func() { d.at = back }()
	d.at = time.Date(2032, 10, 20, 15, 0, 0, 0, time.UTC)
	if r, err := d.binder.Verify(ctx, pack); err != nil || !r.Holds() {
		t.Errorf("the old pack: %+v, %v", r, err)
	}
	later, _ := d.export(t, proof.Choice{}, "later")
	for _, name := range []string{"people.csv", "signatures.csv", "refusals.csv", "training.csv", "incidents.csv"} {
		if got, want := len(rows(t, filepath.Join(later, name))), len(rows(t, filepath.Join(pack, name))); got != want {
			t.Errorf("six years later %s has %d rows, want %d", name, got, want)
		}
	}
	day := d.at.Format(practice.Day)
	may := map[string]int{}
	for _, r := range must[[]policy.KeptRecord](t)(d.policy.Kept(ctx)) {
		if r.MayGo(day) {
			may[r.Kind]++
		}
	}
	// Version 2 is in force still, and so are its signatures and refusals; version 1 was superseded six years ago.
	if fmt.Sprint(may) != fmt.Sprint(map[string]int{"Policy version": 1, "Signature": 14, "Training": 6, "Incident": 1, "Person": 1}) {
		t.Errorf("what may go: %v", may)
	}
	ok(t, d.policy.PlaceHold(ctx, "", "Letter of the Office for Civil Rights", d.people[0].Actor()))
	for _, r := range must[[]policy.KeptRecord](t)(d.policy.Kept(ctx)) {
		if r.MayGo(day) || r.Held == "" {
			t.Errorf("%s may go in spite of the hold", r.Title)
		}
	}
	hold := must[[]policy.Hold](t)(d.policy.Holds(ctx))[0]
	ok(t, d.policy.EndHold(ctx, hold.ID, d.people[0].Actor()))
	if err := d.policy.EndHold(ctx, hold.ID, d.people[0].Actor()); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("a hold ended twice: %v", err)
	}
	if err := d.policy.SetKeepFor(ctx, 3, d.people[0].Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("three years were let pass: %v", err)
	}
	if err := d.policy.PlaceHold(ctx, "", "x", d.people[6].Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("staff placed a hold: %v", err)
	}
	ok(t, d.policy.SetKeepFor(ctx, 10, d.people[0].Actor()))
	for _, r := range must[[]policy.KeptRecord](t)(d.policy.Kept(ctx)) {
		if r.MayGo(day) {
			t.Errorf("%s may go after six years where ten were set", r.Title)
		}
	}
}

func TestAPackIsAboutWhatWasAsked(t *testing.T) {
	d := open(t)
	d.work(t)
	iris := d.people[5]
	for _, tc := range []struct {
		name   string
		choice proof.Choice
		rows   map[string]int
		not    []string
	}{
		{"a person", proof.Choice{Person: iris.ID}, map[string]int{"people.csv": 1, "signatures.csv": 2, "refusals.csv": 0, "training.csv": 1}, []string{"incidents.csv", "vendors.csv", "checklist.csv"}},
		{"who left", proof.Choice{Person: d.people[11].ID}, map[string]int{"signatures.csv": 1, "training.csv": 0}, nil},
		{"a version", proof.Choice{Version: d.second.ID}, map[string]int{"people.csv": 14, "signatures.csv": 11, "refusals.csv": 2, "training.csv": 6, "incidents.csv": 1}, []string{"policy/version-1.md"}},
		{"a span", proof.Choice{From: "2026-01-01", To: "2026-06-30"}, map[string]int{"people.csv": 14, "signatures.csv": 14, "refusals.csv": 0, "training.csv": 0, "incidents.csv": 0}, []string{"policy/version-2.md"}},
	} {
		path, _ := d.export(t, tc.choice, "pack")
		for name, want := range tc.rows {
			if got := len(rows(t, filepath.Join(path, name))); got != want {
				t.Errorf("%s: %s has %d rows, want %d", tc.name, name, got, want)
			}
		}
		for _, name := range tc.not {
			if _, err := os.Stat(filepath.Join(path, filepath.FromSlash(name))); err == nil {
				t.Errorf("%s: %s is in the pack", tc.name, name)
			}
		}
		if r, err := d.binder.Verify(t.Context(), path); err != nil || r.Lines == 0 {
			t.Errorf("%s: %+v, %v", tc.name, r, err)
		}
		if tc.choice.Person != 0 {
			for _, p := range d.people[:5] {
				if data := must[[]byte](t)(os.ReadFile(filepath.Join(path, "signatures.csv"))); bytes.Contains(data, []byte(p.Name)) {
					t.Errorf("%s: the pack of one person names %s", tc.name, p.Name)
				}
			}
		}
	}
	for _, c := range []proof.Choice{{Person: 1, Version: 1}, {From: "yesterday"}, {From: "2026-02-01", To: "2026-01-01"}} {
		if _, err := d.binder.Export(t.Context(), c, filepath.Join(t.TempDir(), "x"), audit.Program, nil); !errors.Is(err, policy.ErrStep) {
			t.Errorf("%+v: got %v", c, err)
		}
	}
}

func TestACertificateIsVerifiedByItsCode(t *testing.T) {
	d := open(t)
	d.work(t)
	all := must[[]policy.Certificate](t)(d.policy.Certificates(t.Context(), 0))
	if len(all) != 5 {
		t.Fatalf("%d certificates, want 5", len(all))
	}
	c := all[0]
	got := must[policy.Certificate](t)(d.policy.CheckCertificate(t.Context(), " "+strings.ToLower(strings.ReplaceAll(c.Code, "-", " "))))
	if got.Person.ID != c.Person.ID || got.Result.Right != c.Result.Right || got.Version.Number != 2 {
		t.Errorf("got %+v", got)
	}
	for _, code := range []string{"", "7K3F-9QWE-20XB", "not a code at all"} {
		if _, err := d.policy.CheckCertificate(t.Context(), code); !errors.Is(err, policy.ErrCertificate) {
			t.Errorf("%q: got %v", code, err)
		}
	}
	path, _ := d.export(t, proof.Choice{Person: c.Person.ID}, "pack")
	words := pdfText(t, filepath.Join(path, "certificates", c.FileName()))
	for _, want := range []string{c.Person.Name, c.Code, "Certificate of training", "Alder Street Dental", c.Module.Title} {
		if !strings.Contains(words, want) {
			t.Errorf("the certificate does not say %q", want)
		}
	}
	ok(t, d.db.Write(t.Context(), func(tx *sql.Tx) error {
		_, err := tx.Exec(`UPDATE training_attempts SET right = right - 1 WHERE id = ?`, c.Result.AttemptID)
		return err
	}))
	if _, err := d.policy.CheckCertificate(t.Context(), c.Code); !errors.Is(err, policy.ErrCertificate) || !strings.Contains(err.Error(), "altered") {
		t.Errorf("an altered result: %v", err)
	}
}
