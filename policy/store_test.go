package policy_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

var ctx = context.Background()

// desk is a practice with three people on a real file, and a clock that a test may move.
type desk struct {
	store     *policy.Store
	practices *practice.Store
	db        *database.DB
	now       time.Time
	people    []practice.Person
}

func open(t testing.TB) *desk {
	t.Helper()
	d := &desk{now: time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return d.now }
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "practice.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	d.db, d.practices = db, practice.NewStore(db, clock)
	d.store = policy.NewStore(db, clock, d.practices)
	must(t, d.practices.Save(ctx, practice.Practice{Name: "Elm Dental", Phone: "555-0140", TimeZone: "America/Chicago"}, audit.Program))
	for _, p := range []practice.Person{{Name: "Dana Whitlock", Role: practice.Manager}, {Name: "Iris Okafor", Role: practice.Author}, {Name: "Tom Reyes", Role: practice.Staff}} {
		p.ID, err = d.practices.SavePerson(ctx, p, audit.Program)
		must(t, err)
		d.people = append(d.people, p)
	}
	return d
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (d *desk) chain(t testing.TB) int {
	t.Helper()
	lines, err := audit.Verify(ctx, d.db.Reader())
	must(t, err)
	return lines
}

func TestChecklistAnswers(t *testing.T) {
	d := open(t)
	dana := d.people[0]
	var heard []policy.Change
	d.store.OnChanged(func(c policy.Change) { heard = append(heard, c) })
	file := filepath.Join(t.TempDir(), "letter.txt")
	must(t, os.WriteFile(file, []byte("appointed"), 0o600))
	evidence, err := policy.ReadFile(ctx, file)
	must(t, err)
	if evidence.Name != "letter.txt" || len(evidence.Hash) != 64 {
		t.Errorf("got %+v", evidence)
	}
	answer := policy.Answered{Answer: policy.Yes, Note: " appointed in May ", Link: "https://example.org/x", File: evidence, OwnerID: dana.ID, Due: "2026-12-01", Every: 6}
	before := d.chain(t)
	must(t, d.store.Answer(ctx, "gov1", answer, dana.Actor()))
	must(t, d.store.Answer(ctx, "gov1", policy.Answered{Answer: policy.Partly}, dana.Actor()))
	must(t, d.store.Answer(ctx, "gov1", answer, dana.Actor()))
	if got := d.chain(t) - before; got != 3 {
		t.Errorf("got %d audit lines, want 3", got)
	}
	if len(heard) != 3 || heard[0].What != policy.ChangedChecklist {
		t.Errorf("heard %+v", heard)
	}
	item, err := d.store.Item(ctx, "gov1")
	must(t, err)
	answer.Note, answer.File = "appointed in May", policy.File{Name: evidence.Name, Hash: evidence.Hash}
	if item.Answered != answer || item.By != "Dana Whitlock" || !item.At.Equal(d.now) {
		t.Errorf("got %+v by %s at %s, want %+v", item.Answered, item.By, item.At, answer)
	}
	if got := item.NextLook(); got != "2027-05-02" {
		t.Errorf("next look: got %s, want 2027-05-02", got)
	}
	history, err := d.store.ItemHistory(ctx, "gov1")
	must(t, err)
	if len(history) != 3 || !strings.Contains(history[0].Before, `"partly"`) || !strings.Contains(history[0].After, `"yes"`) {
		t.Errorf("got history %+v", history)
	}
	groups, err := d.store.Checklist(ctx)
	must(t, err)
	if groups[0].Items[0].Answer != policy.Yes || groups[0].Items[1].Answer != policy.Unanswered {
		t.Errorf("got %+v", groups[0].Items[:2])
	}
}

func TestChecklistRefuses(t *testing.T) {
	d := open(t)
	tests := []struct {
		name, item string
		answer     policy.Answered
		want       string
	}{
		{"unknown item", "gov99", policy.Answered{Answer: policy.Yes}, "no item"},
		{"unknown answer", "gov1", policy.Answered{Answer: "perhaps"}, "not one of"},
		{"no day", "gov1", policy.Answered{Answer: policy.No, Due: "tomorrow"}, "not a day"},
		{"interval", "gov1", policy.Answered{Answer: policy.Yes, Every: -1}, "1 to 120 months"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := d.store.Answer(ctx, test.item, test.answer, audit.Program)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q", err, test.want)
			}
		})
	}
}

func TestProgress(t *testing.T) {
	d := open(t)
	for id, a := range map[string]policy.Answered{"gov1": {Answer: policy.Yes}, "gov2": {Answer: policy.Partly}, "gov5": {Answer: policy.NotApplicable}, "gov3": {Answer: policy.No, Due: "2026-11-01"}} {
		must(t, d.store.Answer(ctx, id, a, d.people[0].Actor()))
	}
	p, err := d.store.Progress(ctx)
	must(t, err)
	if p.Items != 70 || p.Answered != 4 {
		t.Errorf("got %d of %d answered, want 4 of 70", p.Answered, p.Items)
	}
	if p.All.Total != 69 || p.All.Yes != 1 || p.All.Partly != 1 || p.All.No != 1 || p.All.Without != 1 || p.All.Open != 66 || p.All.Overdue != 1 {
		t.Errorf("all: got %+v", p.All)
	}
	if law := p.Levels[0]; law.Level != policy.ByLaw || law.Yes != 1 || law.Partly != 1 {
		t.Errorf("law first: got %+v", law)
	}
	sum := 0
	for _, g := range p.Groups {
		sum += g.Total
	}
	if sum != p.All.Total || len(p.Groups) != 10 {
		t.Errorf("groups: got %d in %d, want 69 in 10", sum, len(p.Groups))
	}
	if governance := p.Groups[0]; governance.Done() != 1.5/5 {
		t.Errorf("governance: got %v, want %v", governance.Done(), 1.5/5)
	}
	if (policy.Share{Without: 3}).Done() != 1 {
		t.Error("where nothing applies nothing is left to do")
	}
	d.now = d.now.AddDate(2, 0, 0)
	later, err := d.store.Progress(ctx)
	must(t, err)
	if later.All.Overdue != 3 {
		t.Errorf("two years later: got %d overdue, want 3 (two settled ones and the open one)", later.All.Overdue)
	}
}

func TestSign(t *testing.T) {
	d := open(t)
	dana, iris, tom := d.people[0], d.people[1], d.people[2]
	text, err := d.store.SuggestedText(ctx)
	must(t, err)
	v1, err := d.store.DraftVersion(ctx, text, "first version", false, dana.Actor())
	must(t, err)
	if !v1.Material || v1.Number != 1 || v1.Hash != policy.Hash(text) {
		t.Errorf("the first version is material: got %+v", v1)
	}
	if _, err := d.store.Sign(ctx, iris.ID, v1.ID, policy.OnScreen, iris.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a draft was signed: %v", err)
	}
	if _, err := d.store.DraftVersion(ctx, text, "", true, dana.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("two drafts at a time: %v", err)
	}
	v1, err = d.store.PutInForce(ctx, v1.ID, "2026-11-02", dana.Actor())
	must(t, err)
	current, err := d.store.InForce(ctx)
	must(t, err)
	if current.ID != v1.ID || v1.PutBy != "Dana Whitlock" {
		t.Errorf("in force: got %+v", current)
	}
	if _, err := d.store.SaveDraft(ctx, v1.ID, "other", "", true, dana.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a version in force was changed: %v", err)
	}
	if _, err := d.store.Sign(ctx, tom.ID, v1.ID, policy.OnScreen, dana.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("Dana signed for Tom on screen: %v", err)
	}
	signature, err := d.store.Sign(ctx, iris.ID, v1.ID, policy.OnScreen, iris.Actor())
	must(t, err)
	if signature.TextHash != policy.Hash(text) || !strings.Contains(signature.Statement, "version 1 of 2 November 2026") || signature.Witness != "" {
		t.Errorf("got %+v", signature)
	}
	if _, err := d.store.Sign(ctx, iris.ID, v1.ID, policy.OnScreen, iris.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("signed twice: %v", err)
	}
	paper, err := d.store.Sign(ctx, tom.ID, v1.ID, policy.OnPaper, dana.Actor())
	must(t, err)
	if paper.Witness != "Dana Whitlock" {
		t.Errorf("witness: got %q", paper.Witness)
	}
	signed, missing, err := d.store.Signatures(ctx, v1.ID)
	must(t, err)
	if len(signed) != 2 || len(missing) != 1 || missing[0].ID != dana.ID {
		t.Errorf("got %d signed, missing %+v", len(signed), missing)
	}

	v2, err := d.store.DraftVersion(ctx, text+"\nA comma.", "spelling", false, dana.Actor())
	must(t, err)
	v2, err = d.store.PutInForce(ctx, v2.ID, "2026-11-10", dana.Actor())
	must(t, err)
	if current, _ := d.store.InForce(ctx); current.Number != 1 {
		t.Errorf("before its day: got version %d in force, want 1", current.Number)
	}
	d.now = d.now.AddDate(0, 0, 8)
	if current, _ := d.store.InForce(ctx); current.Number != 2 {
		t.Errorf("on its day: got version %d in force, want 2", current.Number)
	}
	if _, missing, _ := d.store.Signatures(ctx, v2.ID); len(missing) != 1 {
		t.Errorf("an editorial change asked %d people again, want 1 (who never signed)", len(missing))
	}
	v3, err := d.store.DraftVersion(ctx, text+"\nA new rule.", "new rule", true, dana.Actor())
	must(t, err)
	v3, err = d.store.PutInForce(ctx, v3.ID, "2026-11-10", dana.Actor())
	must(t, err)
	if _, missing, _ := d.store.Signatures(ctx, v3.ID); len(missing) != 3 {
		t.Errorf("a material change asked %d people again, want 3", len(missing))
	}
	tom.LeftOn = "2026-11-09"
	if _, err := d.practices.SavePerson(ctx, tom, audit.Program); err != nil {
		t.Fatal(err)
	}
	if _, missing, _ := d.store.Signatures(ctx, v3.ID); len(missing) != 2 {
		t.Errorf("who left is not asked: got %d, want 2", len(missing))
	}
	if _, err := d.store.Sign(ctx, tom.ID, v3.ID, policy.OnPaper, dana.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("who left signed: %v", err)
	}
	kept := 0
	must(t, d.db.Reader().QueryRow(`SELECT COUNT(*) FROM signatures`).Scan(&kept))
	if kept != 2 {
		t.Errorf("the signatures of those who left stay: got %d, want 2", kept)
	}
	d.chain(t)
}

// A record of the practice that cannot be read is said, and is not taken for one that is not there.
func TestAnUnreadablePracticeIsSaid(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	v, err := d.store.DraftVersion(ctx, "text", "", true, by)
	must(t, err)
	_, err = d.store.PutInForce(ctx, v.ID, "2026-11-01", by)
	must(t, err)
	must(t, d.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(`UPDATE practice SET hours = 'torn'`); return err }))
	_, progress := d.store.Progress(ctx)
	_, inForce := d.store.InForce(ctx)
	_, _, signed := d.store.Signatures(ctx, v.ID)
	_, sign := d.store.Sign(ctx, by.ID, v.ID, policy.OnScreen, by)
	for name, err := range map[string]error{"Progress": progress, "InForce": inForce, "Signatures": signed, "Sign": sign} {
		if err == nil || errors.Is(err, practice.ErrNone) {
			t.Errorf("%s: got %v, want what is wrong with the record", name, err)
		}
	}
	must(t, d.db.Write(ctx, func(tx *sql.Tx) error { _, err := tx.Exec(`DELETE FROM practice`); return err }))
	if _, err := d.store.InForce(ctx); err != nil {
		t.Errorf("before the set-up the computer's zone serves, got %v", err)
	}
}

func TestDropDraft(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	v, err := d.store.DraftVersion(ctx, "text", "", true, by)
	must(t, err)
	v, err = d.store.SaveDraft(ctx, v.ID, "better text", "better", false, by)
	must(t, err)
	if v.Text != "better text" || v.Hash != policy.Hash("better text") || !v.Material {
		t.Errorf("got %+v", v)
	}
	must(t, d.store.DropDraft(ctx, v.ID, by))
	if all, _ := d.store.Versions(ctx); len(all) != 0 {
		t.Errorf("got %d versions, want none", len(all))
	}
	if _, err := d.store.InForce(ctx); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("got %v, want ErrNotFound", err)
	}
	if history, err := audit.List(ctx, d.db.Reader(), fmt.Sprintf("policy/%d", v.ID), 10); err != nil || len(history) != 3 {
		t.Errorf("got %d lines of history, %v; want 3", len(history), err)
	}
}

func TestQuiz(t *testing.T) {
	d := open(t)
	iris := d.people[1]
	a, err := d.store.Start(ctx, iris.ID, "m9")
	must(t, err)
	m, err := policy.FindModule("m9")
	must(t, err)
	quiz := m.Quiz(a.Seed)
	a, err = d.store.Choose(ctx, a.ID, quiz[0].ID, quiz[0].Right())
	must(t, err)
	if _, err := d.store.Choose(ctx, a.ID, quiz[0].ID, 0); !errors.Is(err, policy.ErrStep) {
		t.Errorf("an answer was changed after the explanation: %v", err)
	}
	if _, err := d.store.Choose(ctx, a.ID, quiz[1].ID, 9); err == nil {
		t.Error("an option that is not there was taken")
	}
	again, err := d.store.Start(ctx, iris.ID, "m9")
	must(t, err)
	if again.ID != a.ID || len(again.Answers) != 1 || again.Seed != a.Seed {
		t.Errorf("resumed: got %+v, want %+v", again, a)
	}
	waiting, err := d.store.Open(ctx, iris.ID)
	must(t, err)
	if len(waiting) != 1 || waiting["m9"].ID != a.ID {
		t.Errorf("open attempts: got %+v", waiting)
	}
	for _, q := range quiz[1:] {
		_, err = d.store.Choose(ctx, a.ID, q.ID, (q.Right()+1)%len(q.Options))
		must(t, err)
	}
	r, err := d.store.Finish(ctx, a.ID, iris.Actor())
	must(t, err)
	if r.Passed || r.Right != 1 || r.Asked != 8 || len(r.Missed) != 7 {
		t.Errorf("got %+v", r)
	}
	if _, err := d.store.Finish(ctx, a.ID, iris.Actor()); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("finished twice: %v", err)
	}
	second, err := d.store.Start(ctx, iris.ID, "m9")
	must(t, err)
	if second.Seed == a.Seed || second.ID == a.ID {
		t.Errorf("a new go is shuffled anew: got %+v after %+v", second, a)
	}
	d.now = d.now.Add(time.Hour)
	r, err = d.store.Grade(ctx, iris.ID, "m9", policy.RightAnswers(m.Quiz(second.Seed)), iris.Actor())
	must(t, err)
	if !r.Passed || r.Score() != 1 {
		t.Errorf("all right: got %+v", r)
	}
	results, err := d.store.Results(ctx)
	must(t, err)
	if len(results) != 2 || results[0].Person != "Iris Okafor" || !results[0].Passed {
		t.Errorf("got %+v", results)
	}
	if best := policy.Latest(results)[iris.ID]["m9"]; !best.Passed {
		t.Errorf("got %+v", best)
	}
	d.chain(t)
}

func TestJudge(t *testing.T) {
	question := func(id, severity string) policy.Scenario {
		return policy.Scenario{ID: id, Severity: severity, Options: []policy.Option{{Text: "a"}, {Text: "b", Right: true}}}
	}
	quiz := []policy.Scenario{question("1", "medium"), question("2", "medium"), question("3", "high"), question("4", "medium"), question("5", "medium")}
	tests := []struct {
		name    string
		answers map[string]int
		right   int
		passed  bool
	}{
		{"all right", map[string]int{"1": 1, "2": 1, "3": 1, "4": 1, "5": 1}, 5, true},
		{"exactly the mark", map[string]int{"1": 0, "2": 1, "3": 1, "4": 1, "5": 1}, 4, true},
		{"a high one wrong", map[string]int{"1": 1, "2": 1, "3": 0, "4": 1, "5": 1}, 4, false},
		{"under the mark", map[string]int{"1": 0, "2": 0, "3": 1, "4": 1, "5": 1}, 3, false},
		{"one left out", map[string]int{"2": 1, "3": 1, "4": 1, "5": 1}, 4, true},
		{"nothing", nil, 0, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := policy.Judge(quiz, test.answers)
			if got.Right != test.right || got.Passed != test.passed {
				t.Errorf("got %d right, passed %v; want %d, %v", got.Right, got.Passed, test.right, test.passed)
			}
		})
	}
	if policy.Judge(nil, nil).Passed {
		t.Error("an empty quiz is not passed")
	}
}

func TestQuizIsShuffledTheSameForTheSameSeed(t *testing.T) {
	m, err := policy.FindModule("m1")
	must(t, err)
	shape := func(seed int64) string {
		var b strings.Builder
		for _, q := range m.Quiz(seed) {
			b.WriteString(q.ID)
			for _, o := range q.Options {
				b.WriteString(o.Text)
			}
		}
		return b.String()
	}
	if shape(7) != shape(7) {
		t.Error("the same seed gave two orders")
	}
	if shape(7) == shape(8) && shape(7) == shape(9) {
		t.Error("three seeds gave one order")
	}
	places := map[int]int{}
	for seed := range int64(60) {
		places[m.Quiz(seed)[0].Right()]++
	}
	if len(places) < 3 {
		t.Errorf("the right option stands in %d places, want 3", len(places))
	}
}

func TestVendors(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	v, err := d.store.SaveVendor(ctx, policy.Vendor{Name: " Bright Replies ", Patients: true}, by)
	must(t, err)
	if v.Name != "Bright Replies" || v.Worry("2026-11-02") == "" {
		t.Errorf("got %+v, worry %q", v, v.Worry("2026-11-02"))
	}
	if _, err := d.store.SaveVendor(ctx, policy.Vendor{Name: "Bright Replies"}, by); err == nil || !strings.Contains(err.Error(), "already") {
		t.Errorf("two vendors of one name: %v", err)
	}
	v.Agreement = policy.AgreementSigned
	if _, err := d.store.SaveVendor(ctx, v, by); err == nil {
		t.Error("signed without a day")
	}
	v.SignedOn, v.ExpiresOn, v.File = "2026-01-01", "2026-12-31", policy.File{Name: "baa.pdf", Hash: "00"}
	v, err = d.store.SaveVendor(ctx, v, by)
	must(t, err)
	for day, want := range map[string]bool{"2026-11-02": true, "2027-01-01": false} {
		if got, why := v.MaySee(day); got != want || why == "" {
			t.Errorf("%s: got %v (%s), want %v", day, got, why, want)
		}
	}
	all, err := d.store.Vendors(ctx)
	must(t, err)
	if len(all) != 1 || all[0] != v {
		t.Errorf("got %+v, want %+v", all, v)
	}
	if history, _ := d.store.VendorHistory(ctx, v.ID); len(history) != 2 {
		t.Errorf("got %d lines, want 2", len(history))
	}
}

func TestIncident(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	i, err := d.store.SaveIncident(ctx, policy.Incident{Title: "Reply named a treatment", Place: "Google"}, by)
	must(t, err)
	if i.Next() != "keep" || i.NotifyBy(time.UTC) != "2027-01-01" || i.ReportedBy != "Dana Whitlock" {
		t.Errorf("got %+v, next %s, notify by %s", i, i.Next(), i.NotifyBy(time.UTC))
	}
	if _, err := d.store.TickStep(ctx, i.ID, "panic", true, by); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("an unknown step: %v", err)
	}
	i, err = d.store.TickStep(ctx, i.ID, "keep", true, by)
	must(t, err)
	if i.Next() != "down" || i.Steps["keep"].By != "Dana Whitlock" {
		t.Errorf("got %+v", i)
	}
	if _, err := d.store.CloseIncident(ctx, i.ID, true, by); !errors.Is(err, policy.ErrStep) {
		t.Errorf("closed without a decision: %v", err)
	}
	i.Decision = "Low probability: seen by nobody outside"
	i, err = d.store.SaveIncident(ctx, i, by)
	must(t, err)
	if _, kept := i.Steps["keep"]; !kept {
		t.Error("saving the words lost the steps")
	}
	if _, err := d.store.CloseIncident(ctx, i.ID, true, by); !errors.Is(err, policy.ErrStep) || !strings.Contains(err.Error(), "four factors") {
		t.Errorf("closed with nothing weighed: %v", err)
	}
	if _, err := d.store.Weigh(ctx, i.ID, policy.Weighing{Finding: policy.FindingNone, Reason: " "}, by); !errors.Is(err, policy.ErrStep) {
		t.Errorf("no patient information, without a reason: %v", err)
	}
	i, err = d.store.Weigh(ctx, i.ID, policy.Weighing{Finding: policy.FindingNone, Reason: "It spoke of the parking only"}, by)
	must(t, err)
	for _, r := range i.Clocks([]string{"US"}, time.UTC) {
		if r.Clock.Excused && r.Runs() {
			t.Errorf("%s runs though no patient information was in it", r.Clock.ID)
		}
	}
	i, err = d.store.CloseIncident(ctx, i.ID, true, by)
	must(t, err)
	var sheet bytes.Buffer
	must(t, paper.Write(&sheet, ".md", policy.IncidentSheet(practice.Practice{Name: "Elm Dental"}, i, nil, nil, d.now)))
	for _, want := range []string{"It spoke of the parking only", "with these steps open: Take it down"} {
		if !strings.Contains(sheet.String(), want) {
			t.Errorf("the paper lacks %q", want)
		}
	}
	if strings.Contains(sheet.String(), "Not decided yet") {
		t.Error("the paper of a closed incident says that nothing is decided")
	}
	if _, err := d.store.TickStep(ctx, i.ID, "down", true, by); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a closed incident was changed: %v", err)
	}
	all, err := d.store.Incidents(ctx)
	must(t, err)
	if len(all) != 1 || !all[0].Closed.Equal(d.now) || all[0].Decision == "" {
		t.Errorf("got %+v", all)
	}
	if history, _ := d.store.IncidentHistory(ctx, i.ID); len(history) != 5 {
		t.Errorf("got %d lines, want 5", len(history))
	}
}
