package policy_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
)

func need(t testing.TB, needs []policy.Need, module string) policy.Need {
	t.Helper()
	i := slices.IndexFunc(needs, func(n policy.Need) bool { return n.Module.ID == module })
	if i < 0 {
		t.Fatalf("there is nothing on module %s", module)
	}
	return needs[i]
}

func triggers(n policy.Need) string {
	var all []string
	for _, r := range n.Reasons {
		all = append(all, string(r.Trigger))
	}
	return strings.Join(all, " ")
}

func TestDue(t *testing.T) {
	closed := time.Date(2026, 6, 10, 12, 0, 0, 0, time.UTC)
	author := practice.Person{ID: 1, Name: "Iris", Role: practice.Author, HiredOn: "2026-01-10"}
	passed := func(day string) map[string]string {
		all := map[string]string{}
		for _, m := range policy.Modules() {
			all[m.ID] = day
		}
		return all
	}
	tests := []struct {
		name, module, day string
		record            policy.Record
		triggers, by      string
		counts, open      bool
	}{
		{"a new hire", "m1", "2026-01-12", policy.Record{Person: author}, "hire", "2026-02-09", false, true},
		{"no day of hire", "m1", "2026-01-12", policy.Record{Person: practice.Person{Role: practice.Staff}}, "hire", "", false, true},
		{"not for the role", "m10", "2026-01-12", policy.Record{Person: author}, "", "", false, false},
		{"here before the program", "m1", "2026-05-01", policy.Record{Person: practice.Person{Role: practice.Manager, HiredOn: "2015-03-02"}, Begun: "2026-04-20"}, "hire", "2026-05-20", false, true},
		{"a new role", "m10", "2026-05-01", policy.Record{Person: practice.Person{Role: practice.Manager, HiredOn: "2024-01-10"},
			Roles: []practice.RoleSince{{Role: practice.Staff, Since: "2024-01-10"}, {Role: practice.Manager, Since: "2026-04-20"}}}, "role", "2026-05-20", false, true},
		{"a new role, wanted before", "m1", "2026-05-01", policy.Record{Person: practice.Person{Role: practice.Manager, HiredOn: "2024-01-10"},
			Roles: []practice.RoleSince{{Role: practice.Staff, Since: "2024-01-10"}, {Role: practice.Manager, Since: "2026-04-20"}}}, "hire", "2024-02-09", false, true},
		{"passed", "m1", "2026-05-01", policy.Record{Person: author, Passed: passed("2026-02-01")}, "year", "2027-02-01", true, false},
		{"two weeks before the end", "m1", "2027-01-18", policy.Record{Person: author, Passed: passed("2026-02-01")}, "year", "2027-02-01", true, true},
		{"the last day", "m1", "2027-02-01", policy.Record{Person: author, Passed: passed("2026-02-01")}, "year", "2027-02-01", true, true},
		{"a day later", "m1", "2027-02-02", policy.Record{Person: author, Passed: passed("2026-02-01")}, "year", "2027-02-01", false, true},
		{"a material version", "m1", "2026-04-05", policy.Record{Person: author, Passed: passed("2026-02-01"),
			Versions: []policy.Version{{Number: 1, Material: true, From: "2026-03-01"}, {Number: 2, Material: true, From: "2026-04-01"}}}, "year material", "2026-05-01", true, false},
		{"an editorial version", "m1", "2026-04-05", policy.Record{Person: author, Passed: passed("2026-02-01"),
			Versions: []policy.Version{{Number: 2, From: "2026-04-01"}}}, "year", "2027-02-01", true, false},
		{"a version to come", "m1", "2026-03-05", policy.Record{Person: author, Passed: passed("2026-02-01"),
			Versions: []policy.Version{{Number: 2, Material: true, From: "2026-04-01"}}}, "year", "2027-02-01", true, false},
		{"a module that the policy is not in", "m5", "2026-04-05", policy.Record{Person: author, Passed: passed("2026-02-01"),
			Versions: []policy.Version{{Number: 2, Material: true, From: "2026-04-01"}}}, "year", "2027-02-01", true, false},
		{"an incident", "m9", "2026-07-09", policy.Record{Person: author, Passed: passed("2026-02-01"), Incidents: []policy.Incident{{Closed: closed}, {}}},
			"year incident", "2026-07-10", true, true},
		{"a drill", "m9", "2026-07-09", policy.Record{Person: author, Passed: passed("2026-02-01"), Incidents: []policy.Incident{{Closed: closed, Drill: "A reply names a treatment"}}},
			"year", "2027-02-01", true, false},
		{"an incident beside a drill", "m9", "2026-07-09", policy.Record{Person: author, Passed: passed("2026-02-01"), Incidents: []policy.Incident{{Closed: closed, Drill: "A face"}, {Closed: closed}}},
			"year incident", "2026-07-10", true, true},
		{"assigned beside the role", "m10", "2026-02-05", policy.Record{Person: author, Assigned: []policy.Assignment{{ModuleID: "m10", Due: "2026-02-20", At: closed.AddDate(0, -4, -8)}}}, "assigned", "2026-02-20", false, true},
		{"assigned anew", "m1", "2026-02-05", policy.Record{Person: author, Passed: passed("2026-02-01"), Assigned: []policy.Assignment{{ModuleID: "m1", Due: "2026-03-20", At: closed.AddDate(0, -4, -8)}}}, "year assigned", "2026-03-20", true, true},
		{"assigned and taken back", "m10", "2026-02-05", policy.Record{Person: author, Assigned: []policy.Assignment{{ModuleID: "m10", Due: "2026-02-20", Removed: closed}}}, "", "", false, false},
		{"an incident before the pass", "m9", "2026-07-09", policy.Record{Person: author, Passed: passed("2026-06-20"), Incidents: []policy.Incident{{Closed: closed}}},
			"year", "2027-06-20", true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			n := need(t, policy.Due(test.record, test.day), test.module)
			if got := triggers(n); got != test.triggers || n.By != test.by {
				t.Errorf("got %q by %q, want %q by %q", got, n.By, test.triggers, test.by)
			}
			if n.Counts(test.day) != test.counts || n.Open(test.day) != test.open {
				t.Errorf("counts %v, open %v; want %v, %v", n.Counts(test.day), n.Open(test.day), test.counts, test.open)
			}
		})
	}
}

// A pass opens what time shuts, and nothing else does: whatever the history, the door follows from the newest pass, the rules and the exceptions.
func TestDoorsFollowTheTraining(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) string {
		return time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "day")).Format(practice.Day)
	})
	rapid.Check(t, func(t *rapid.T) {
		door := rapid.SampledFrom(policy.Doors()).Draw(t, "door")
		r := policy.Record{Person: practice.Person{Role: rapid.SampledFrom(practice.Roles()).Draw(t, "role"), HiredOn: "2025-06-01"}, Passed: map[string]string{}}
		for _, id := range door.Modules {
			if rapid.Bool().Draw(t, "passed "+id) {
				r.Passed[id] = day.Draw(t, "on")
			}
		}
		rules := policy.DoorRules{On: rapid.Bool().Draw(t, "on"), Since: day.Draw(t, "since"), Grace: rapid.IntRange(0, 60).Draw(t, "grace")}
		today := day.Draw(t, "today")
		var overrides []policy.Override
		if rapid.Bool().Draw(t, "exception") {
			overrides = append(overrides, policy.Override{Right: door.Right, Until: day.Draw(t, "until")})
		}
		p := policy.Pass(door, policy.Due(r, today), rules, overrides, today)
		trained := true
		for _, id := range door.Modules {
			at := r.Passed[id]
			trained = trained && at != "" && today <= addYear(at)
		}
		excepted := len(overrides) > 0 && today <= overrides[0].Until
		if want := !rules.On || today < rules.From() || trained || excepted; p.Open != want {
			t.Fatalf("open %v, want %v: %+v", p.Open, want, p)
		}
		if (p.Err() == nil) != p.Open {
			t.Fatalf("open %v and the error %v", p.Open, p.Err())
		}
		if !p.Open && !errors.Is(p.Err(), policy.ErrDoor) {
			t.Fatalf("got %v", p.Err())
		}
		// What is promised of the last open day holds.
		if p.Open && p.Until != "" {
			if last := policy.Pass(door, policy.Due(r, p.Until), rules, overrides, p.Until); !last.Open {
				t.Fatalf("said to be open until %s, and shut on that day: %+v", p.Until, last)
			}
			next, _ := time.Parse(practice.Day, p.Until)
			after := next.AddDate(0, 0, 1).Format(practice.Day)
			if p.Warning != "" && policy.Pass(door, policy.Due(r, after), rules, overrides, after).Open {
				t.Fatalf("warned of %s, and open on the day after", p.Until)
			}
		}
	})
}

func addYear(day string) string {
	t, _ := time.Parse(practice.Day, day)
	return t.AddDate(0, 12, 0).Format(practice.Day)
}

func (d *desk) pass(t testing.TB, person practice.Person, modules ...string) {
	t.Helper()
	for _, id := range modules {
		a, err := d.store.Start(ctx, person.ID, id)
		must(t, err)
		r, err := d.store.Grade(ctx, person.ID, id, policy.RightAnswers(a.Quiz), person.Actor())
		must(t, err)
		if !r.Passed {
			t.Fatalf("%s did not pass %s: %+v", person.Name, id, r)
		}
	}
}

func TestDoorsOfAPractice(t *testing.T) {
	d := open(t)
	dana, iris := d.people[0], d.people[1]
	owner := practice.Person{Name: "Priya Raman", Role: practice.Owner}
	var err error
	owner.ID, err = d.practices.SavePerson(ctx, owner, audit.Program)
	must(t, err)
	may := func(p practice.Person, right policy.Right) error { return d.store.May(ctx, p.ID, right) }
	if err := may(iris, policy.RightDraft); err != nil {
		t.Errorf("a practice that has decided nothing: %v", err)
	}
	if _, err := d.store.SwitchDoors(ctx, true, 30, dana.Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("a manager switched the doors while there is an owner: %v", err)
	}
	rules, err := d.store.SwitchDoors(ctx, true, 30, owner.Actor())
	must(t, err)
	if rules.From() != "2026-12-02" {
		t.Errorf("the doors shut from %s, want 2026-12-02", rules.From())
	}
	if err := may(iris, policy.RightDraft); err != nil {
		t.Errorf("in the grace: %v", err)
	}
	passages, err := d.store.Passages(ctx)
	must(t, err)
	if p := passages[iris.ID][0]; !p.Open || p.Trained || p.Until != "2026-12-01" {
		t.Errorf("in the grace: got %+v", p)
	}
	d.now = time.Date(2026, 12, 2, 15, 0, 0, 0, time.UTC)
	if err := may(iris, policy.RightDraft); !errors.Is(err, policy.ErrDoor) || !strings.Contains(err.Error(), "Writing a safe reply") {
		t.Errorf("after the grace: %v", err)
	}
	if err := may(practice.Person{}, policy.RightDraft); !errors.Is(err, policy.ErrDoor) {
		t.Errorf("nobody in particular: %v", err)
	}
	d.pass(t, iris, "m1", "m2")
	if err := may(iris, policy.RightDraft); err != nil {
		t.Errorf("trained: %v", err)
	}
	if err := may(iris, policy.RightApprove); err == nil {
		t.Error("the training for one door opened another")
	}
	d.now = time.Date(2027, 11, 20, 15, 0, 0, 0, time.UTC)
	p, err := d.store.Passage(ctx, iris.ID, policy.RightDraft)
	must(t, err)
	if !p.Open || p.Until != "2027-12-02" || !strings.Contains(p.Warning, "2027-12-02") {
		t.Errorf("two weeks before the year is over: got %+v", p)
	}
	d.now = time.Date(2027, 12, 3, 15, 0, 0, 0, time.UTC)
	if err := may(iris, policy.RightDraft); !errors.Is(err, policy.ErrDoor) {
		t.Errorf("after the year: %v", err)
	}
	o := policy.Override{PersonID: iris.ID, Right: policy.RightDraft, Reason: " she is back from leave ", Until: "2027-12-20"}
	if _, err := d.store.GiveOverride(ctx, o, dana.Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("a manager made an exception: %v", err)
	}
	for name, bad := range map[string]policy.Override{"no reason": {PersonID: iris.ID, Right: policy.RightDraft, Until: "2027-12-20"},
		"no day": {PersonID: iris.ID, Right: policy.RightDraft, Reason: "x"}, "past": {PersonID: iris.ID, Right: policy.RightDraft, Reason: "x", Until: "2027-12-01"},
		"too long": {PersonID: iris.ID, Right: policy.RightDraft, Reason: "x", Until: "2028-12-01"}} {
		if _, err := d.store.GiveOverride(ctx, bad, owner.Actor()); !errors.Is(err, policy.ErrStep) {
			t.Errorf("%s: %v", name, err)
		}
	}
	o, err = d.store.GiveOverride(ctx, o, owner.Actor())
	must(t, err)
	must(t, may(iris, policy.RightDraft))
	must(t, d.store.EndOverride(ctx, o.ID, owner.Actor()))
	if err := may(iris, policy.RightDraft); err == nil {
		t.Error("an exception that was taken back opens")
	}
	if _, err := d.store.SwitchDoors(ctx, false, 30, owner.Actor()); err != nil {
		t.Errorf("an owner without training is locked in: %v", err)
	}
	must(t, may(iris, policy.RightDraft))
	lines, err := audit.List(ctx, d.db.Reader(), fmt.Sprintf("training/%d", iris.ID), 10)
	must(t, err)
	if len(lines) < 2 || lines[0].Did != "took an exception at a door back" || !strings.Contains(lines[1].After, "back from leave") {
		t.Errorf("the audit log: %+v", lines)
	}
	d.chain(t)
}

func TestALoneOwnerIsNeverLockedOut(t *testing.T) {
	d := open(t)
	for _, p := range d.people {
		p.LeftOn = "2026-10-01"
		_, err := d.practices.SavePerson(ctx, p, audit.Program)
		must(t, err)
	}
	id, err := d.practices.SavePerson(ctx, practice.Person{Name: "Lee Alone", Role: practice.Owner, HiredOn: "2020-01-01"}, audit.Program)
	must(t, err)
	lee := audit.Actor{ID: id, Name: "Lee Alone"}
	_, err = d.store.SwitchDoors(ctx, true, 0, lee)
	must(t, err)
	if err := d.store.May(ctx, lee.ID, policy.RightDraft); !errors.Is(err, policy.ErrDoor) {
		t.Errorf("no grace: %v", err)
	}
	_, err = d.store.GiveOverride(ctx, policy.Override{PersonID: lee.ID, Right: policy.RightDraft, Reason: "training on Friday", Until: "2026-11-09"}, lee)
	must(t, err)
	must(t, d.store.May(ctx, lee.ID, policy.RightDraft))
	_, err = d.store.SwitchDoors(ctx, false, 0, lee)
	must(t, err)
}

const stopped = "Dear Maria, we are so glad that your root canal on Tuesday went well! Dr. Ortiz sends greetings, call 555-0140."

func TestNearMisses(t *testing.T) {
	d := open(t)
	dana, iris := d.people[0], d.people[1]
	names := []string{"Maria Lopez", "Dana Whitlock", "Elm Dental"}
	masked := policy.Mask(stopped)
	for _, gone := range []string{"Maria", "Tuesday", "Ortiz", "555"} {
		if strings.Contains(masked, gone) {
			t.Errorf("masked: %q still has %q", masked, gone)
		}
	}
	for text, why := range map[string]string{"": "Tell in", masked: "word for word", "Thanks Lopez, see you": "name", "Mail x@example.org": "point to", "See you on Friday": "point to",
		"We hope the 2 crowns are fine": "point to"} {
		if err := policy.Identifying(text, stopped, names); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: got %v, want %q", text, err, why)
		}
	}
	good := "Good to hear that the nerve treatment turned out well; our doctor says hello."
	n, err := d.store.Propose(ctx, policy.NearMiss{DraftID: 7, Rule: "phi-health", Text: good}, stopped, names, iris.Actor())
	must(t, err)
	if _, err := d.store.Propose(ctx, policy.NearMiss{DraftID: 8, Rule: "length", Text: good}, stopped, names, iris.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("a long text became a near-miss: %v", err)
	}
	if _, err := d.store.Decide(ctx, n.ID, policy.MissApproved, "", dana.Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("a manager decided: %v", err)
	}
	officer := practice.Person{Name: "Omar Haddad", Role: practice.Compliance}
	officer.ID, err = d.practices.SavePerson(ctx, officer, audit.Program)
	must(t, err)
	_, err = d.store.Decide(ctx, n.ID, policy.MissApproved, "", officer.Actor())
	must(t, err)
	if _, err := d.store.Propose(ctx, policy.NearMiss{DraftID: 7, Rule: "phi-health", Text: "Something else entirely was told here."}, stopped, names, iris.Actor()); !errors.Is(err, policy.ErrStep) {
		t.Errorf("an approved near-miss was changed: %v", err)
	}
	own := "own" + fmt.Sprint(n.ID)
	asked := policy.Attempt{}
	for seed := 0; !slices.Contains(asked.Asked, own); seed++ {
		if seed > 40 {
			t.Fatal("forty quizzes did not ask the practice's own scenario")
		}
		asked, err = d.store.Start(ctx, iris.ID, "m2")
		must(t, err)
		if !slices.Contains(asked.Asked, own) {
			_, err = d.store.Finish(ctx, asked.ID, iris.Actor())
			must(t, err)
		}
	}
	q := asked.Quiz[slices.Index(asked.Asked, own)]
	if !strings.Contains(q.Situation, good) || q.Options[q.Right()].Text != "It tells something of a person's health" || q.Basis.Basis == "" || q.Checked == "" || q.Why == "" {
		t.Errorf("got %+v", q)
	}
	_, err = d.store.Decide(ctx, n.ID, policy.MissWithdrawn, "too close", officer.Actor())
	must(t, err)
	r, err := d.store.Grade(ctx, iris.ID, "m2", policy.RightAnswers(asked.Quiz), iris.Actor())
	must(t, err)
	if !r.Passed || r.Asked != len(asked.Quiz) {
		t.Errorf("a quiz that had begun before the withdrawal: got %+v", r)
	}
	for range 40 {
		a, err := d.store.Start(ctx, iris.ID, "m2")
		must(t, err)
		if slices.Contains(a.Asked, own) {
			t.Fatal("a withdrawn scenario is asked")
		}
		_, err = d.store.Finish(ctx, a.ID, iris.Actor())
		must(t, err)
	}
	d.chain(t)
}
