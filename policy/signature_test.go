package policy_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

// staff14 is a practice of fourteen.
func staff14(t testing.TB, d *desk) []practice.Person {
	t.Helper()
	people := slices.Clone(d.people)
	for n := len(people); n < 14; n++ {
		p := practice.Person{Name: fmt.Sprintf("Colleague %02d", n+1), Role: practice.Staff, Job: "assistant"}
		var err error
		p.ID, err = d.practices.SavePerson(ctx, p, audit.Program)
		must(t, err)
		people = append(people, p)
	}
	return people
}

// A version goes from the clauses to in force and is signed by fourteen people: two refuse, one leaves. Six years later all is still there.
func TestFromClausesToSignedByFourteen(t *testing.T) {
	d := open(t)
	people := staff14(t, d)
	dana := people[0].Actor()
	first, notes, err := d.store.BuildDraft(ctx, policy.Situation{"networks": {"google", "facebook"}, "minors": {"adults"}, "press": {"Dana Whitlock"}}, dana)
	must(t, err)
	if len(notes) != 0 || !strings.Contains(first.Text, "Google and Facebook, and nowhere else") || strings.Contains(first.Text, "### Children") || !first.Material {
		t.Fatalf("the first build went wrong: %v\n%s", notes, first.Text)
	}
	if found := policy.Lint(first.Text).Findings; len(found) > 0 {
		t.Fatalf("the linter objects: %v", found)
	}
	first, err = d.store.PutInForce(ctx, first.ID, "2026-11-03", dana)
	must(t, err)
	must(t, d.practices.SetPIN(ctx, people[1].ID, "", "4071", people[1].Actor()))

	// One signs with the PIN, one on paper with a scan, the others on screen; two refuse; the last one leaves unsigned.
	if _, err := d.store.SignAs(ctx, policy.Signing{PersonID: people[1].ID, VersionID: first.ID, Way: policy.OnScreen, PIN: "0000"}, people[1].Actor()); !errors.Is(err, practice.ErrWrongPIN) {
		t.Errorf("a wrong PIN signed: %v", err)
	}
	withPIN, err := d.store.SignAs(ctx, policy.Signing{PersonID: people[1].ID, VersionID: first.ID, Way: policy.OnScreen, PIN: "4071", Shown: policy.Hash(first.Text)}, people[1].Actor())
	must(t, err)
	path := filepath.Join(t.TempDir(), "sheet.pdf")
	must(t, os.WriteFile(path, []byte("%PDF-1.7 signed by hand"), 0o600))
	sheet, err := policy.ReadSheet(ctx, path)
	must(t, err)
	onPaper, err := d.store.SignAs(ctx, policy.Signing{PersonID: people[2].ID, VersionID: first.ID, Way: policy.OnPaper, Witness: "Iris Okafor", Sheet: &sheet}, dana)
	must(t, err)
	for _, p := range append(slices.Clone(people[:1]), people[3:11]...) {
		_, err := d.store.Sign(ctx, p.ID, first.ID, policy.OnScreen, p.Actor())
		must(t, err)
	}
	_, err = d.store.Refuse(ctx, people[11].ID, first.ID, "Wants a lawyer to read it first", "", people[11].Actor())
	must(t, err)
	_, err = d.store.Refuse(ctx, people[12].ID, first.ID, "No reason given", "Iris Okafor", dana)
	must(t, err)
	gone := people[13]
	gone.LeftOn = "2026-11-10"
	_, err = d.practices.SavePerson(ctx, gone, audit.Program)
	must(t, err)

	d.now = d.now.AddDate(0, 0, 10)
	lines, err := d.store.RollCall(ctx, first.ID)
	must(t, err)
	if got := policy.CountRoll(lines); got[policy.RollSigned] != 11 || got[policy.RollRefused] != 2 || got[policy.RollLeft] != 1 || len(lines) != 14 {
		t.Errorf("got %v", got)
	}
	if !withPIN.PIN || withPIN.How() != "on screen, with PIN" || withPIN.TextHash != first.Hash || withPIN.Witness != "" {
		t.Errorf("got %+v", withPIN)
	}
	if onPaper.Scan != sheet.Hash || onPaper.Witness != "Iris Okafor" || onPaper.Recorder != "Dana Whitlock" || onPaper.How() != "on paper, sheet scanned" {
		t.Errorf("got %+v", onPaper)
	}
	if back, err := d.store.SignedSheet(ctx, sheet.Hash); err != nil || !bytes.Equal(back.Data, sheet.Data) || back.Kind != "pdf" {
		t.Errorf("got %+v, %v", back, err)
	}
	if waiting := policy.Waiting(lines); len(waiting) != 0 {
		t.Errorf("%d are reminded though all answered", len(waiting))
	}

	// An editorial change asks nobody; a material one asks all again, also those who refused.
	second, err := d.store.DraftVersion(ctx, strings.Replace(first.Text, "telephone 555-0140", "telephone 555-0199", 1), "New telephone number", false, dana)
	must(t, err)
	if policy.Propose(first.Text, second.Text).Material {
		t.Error("a telephone number looks material")
	}
	second, err = d.store.PutInForce(ctx, second.ID, "2026-11-12", dana)
	must(t, err)
	lines, err = d.store.RollCall(ctx, second.ID)
	must(t, err)
	if got := policy.CountRoll(lines); got[policy.RollSigned] != 11 || got[policy.RollRefused] != 2 {
		t.Errorf("after an editorial change: got %v", got)
	}
	third, notes, err := d.store.BuildDraft(ctx, policy.Situation{"networks": {"google", "facebook"}, "minors": {"adults"}, "press": {"Dana Whitlock"}, "years": {"ten"}}, dana)
	must(t, err)
	if len(notes) != 2 || !third.Material || third.Number != 3 { // the new number of years, and the own telephone number that stays
		t.Errorf("got %+v, material %v", notes, third.Material)
	}
	if !strings.Contains(third.Text, "555-0199") {
		t.Error("the own wording is gone")
	}
	third, err = d.store.PutInForce(ctx, third.ID, "2026-12-01", dana)
	must(t, err)
	d.now = d.now.AddDate(0, 0, 40)
	lines, err = d.store.RollCall(ctx, third.ID)
	must(t, err)
	if got := policy.CountRoll(lines); got[policy.RollOverdue] != 13 || got[policy.RollLeft] != 0 {
		t.Errorf("after a material change: got %v", got)
	}

	d.now = d.now.AddDate(6, 1, 0)
	every, err := d.store.EverySignature(ctx)
	must(t, err)
	refused, err := d.store.Refusals(ctx)
	must(t, err)
	kept, err := d.store.Version(ctx, first.ID)
	must(t, err)
	if len(every) != 11 || len(refused) != 2 || kept.Text != first.Text || policy.Hash(kept.Text) != every[0].TextHash {
		t.Errorf("six years later: %d signatures, %d refusals", len(every), len(refused))
	}
	d.chain(t)
}

func TestRefusalsAndStrikes(t *testing.T) {
	d := open(t)
	dana, iris := d.people[0].Actor(), d.people[1]
	v, err := d.store.DraftVersion(ctx, "text", "", true, dana)
	must(t, err)
	if _, err := d.store.Refuse(ctx, iris.ID, v.ID, "no", "", dana); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a draft was refused: %v", err)
	}
	v, err = d.store.PutInForce(ctx, v.ID, "2026-11-02", dana)
	must(t, err)
	if _, err := d.store.Refuse(ctx, iris.ID, v.ID, "  ", "", dana); err == nil || !strings.Contains(err.Error(), "why") {
		t.Errorf("got %v", err)
	}
	if _, err := d.store.SignAs(ctx, policy.Signing{PersonID: iris.ID, VersionID: v.ID, Way: policy.OnScreen, Shown: policy.Hash("another")}, iris.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a text that was not shown was signed: %v", err)
	}
	_, err = d.store.Refuse(ctx, iris.ID, v.ID, "Not yet", "", iris.Actor())
	must(t, err)
	wrong, err := d.store.Sign(ctx, iris.ID, v.ID, policy.OnPaper, dana) // a signature may follow a refusal
	must(t, err)
	if _, err := d.store.Refuse(ctx, iris.ID, v.ID, "too late", "", dana); !errors.Is(err, policy.ErrStep) {
		t.Errorf("who has signed refuses: %v", err)
	}
	if err := d.store.Strike(ctx, wrong.ID, " ", dana); !errors.Is(err, policy.ErrStep) {
		t.Errorf("struck without a reason: %v", err)
	}
	must(t, d.store.Strike(ctx, wrong.ID, "It was the sheet of Tom Reyes", dana))
	if err := d.store.Strike(ctx, wrong.ID, "again", dana); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("struck twice: %v", err)
	}
	lines, err := d.store.RollCall(ctx, v.ID)
	must(t, err)
	if got := policy.CountRoll(lines); got[policy.RollRefused] != 1 || got[policy.RollOpen] != 2 {
		t.Errorf("got %v", got)
	}
	_, err = d.store.Sign(ctx, iris.ID, v.ID, policy.OnScreen, iris.Actor())
	must(t, err)
	every, err := d.store.EverySignature(ctx)
	must(t, err)
	if len(every) != 2 || every[1].StruckWhy != "It was the sheet of Tom Reyes" || every[1].StruckBy != "Dana Whitlock" {
		t.Errorf("got %+v", every)
	}
}

func TestReadSheetRefuses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sheet.pdf")
	must(t, os.WriteFile(path, []byte("not a scan"), 0o600))
	if _, err := policy.ReadSheet(ctx, path); err == nil || !strings.Contains(err.Error(), "PDF, PNG or JPEG") {
		t.Errorf("got %v", err)
	}
}

func TestRemindersAndSheets(t *testing.T) {
	p := practice.Practice{Name: "Elm Dental", Phone: "555-0140", ContactName: "Dana Whitlock", TimeZone: "UTC"}
	v := policy.Version{Number: 2, Text: "# Policy\n\n## A\n\n### B\n\nNever.\n\n- one\n- two\n", Hash: policy.Hash("x"), From: "2026-11-01", Material: true, Summary: "Adds rules for pictures"}
	people := []practice.Person{{ID: 1, Name: "Tom Reyes", Job: "assistant"}, {ID: 2, Name: "Dr. Mae Lin", HiredOn: "2026-11-15"}, {ID: 3, Name: "Iris Okafor"}, {ID: 4, Name: "Left Long Ago", LeftOn: "2026-01-01"}}
	lines := policy.Roll(v, []policy.Version{v}, []policy.Signature{{PersonID: 3, Number: 2, Way: policy.OnScreen, TextHash: v.Hash}}, nil, people, "2026-11-20")
	var states []string
	for _, l := range lines {
		states = append(states, l.Person.Name+" "+string(l.State)+" "+l.Due)
	}
	if got, want := strings.Join(states, "; "), "Tom Reyes overdue 2026-11-15; Dr. Mae Lin open 2026-11-29; Iris Okafor signed 2026-11-15"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	one := policy.Reminder(p, v, lines[0], "2026-11-20")
	for _, want := range []string{"Dear Tom,", "was due on 15 November 2026", "Adds rules for pictures", "our office manager, Dana Whitlock, telephone 555-0140", "do not want to sign"} {
		if !strings.Contains(one.Body, want) {
			t.Errorf("the reminder lacks %q: %s", want, one.Body)
		}
	}
	if strings.Contains(one.Body, "Mae Lin") {
		t.Error("a reminder names another person")
	}
	all := policy.ReminderForAll(p, v, lines, "2026-11-20")
	if !strings.Contains(all.Body, "- Tom Reyes (was due on 15 November 2026)") || !strings.Contains(all.Body, "- Dr. Mae Lin\n") || strings.Contains(all.Body, "Iris") {
		t.Errorf("got %s", all.Body)
	}
	for name, test := range map[string]struct {
		sheet paper.Sheet
		want  []string
	}{
		"reminder":   {policy.ReminderSheet(p, v, lines, "2026-11-20", v.Created), []string{"Tom Reyes", "29 November 2026", "(overdue)"}},
		"signing":    {policy.SigningSheet(p, v, policy.InForce, people[:2]), []string{"Never.", "Tom Reyes, signature, day", "version 2 of 1 November 2026", "Witness", v.Hash}},
		"roll":       {policy.RollSheet(p, v, lines, "2026-11-20", policy.KeepYears, v.Created), []string{"Iris Okafor", "overdue 1", "45 CFR 164.530"}},
		"policy":     {policy.VersionSheet(v, policy.InForce, true), []string{"in force since 1 November 2026", "- one", "- two"}},
		"difference": {policy.DifferenceSheet(policy.Version{Number: 1, Text: "# Policy\n\n## A\n\n### B\n\nAlways.\n"}, v, v.Created), []string{"~~Always.~~", "<ins>Never.</ins>", "material"}},
	} {
		for _, ending := range paper.Formats() {
			var b bytes.Buffer
			must(t, paper.Write(&b, ending, test.sheet))
			if ending != ".md" {
				continue
			}
			for _, want := range test.want {
				if !strings.Contains(b.String(), want) {
					t.Errorf("%s lacks %q:\n%s", name, want, b.String())
				}
			}
		}
	}
}
