package policy_test

import (
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
)

func TestTheOfficerAssignsAModule(t *testing.T) {
	d := open(t)
	dana, tom := d.people[0], d.people[len(d.people)-1]
	id, err := d.practices.SavePerson(ctx, practice.Person{Name: "Cora Officer", Role: practice.Compliance, HiredOn: "2020-01-01"}, audit.Program)
	must(t, err)
	cora := audit.Actor{ID: id, Name: "Cora Officer"}
	d.pass(t, tom, "m1")
	d.now = d.now.Add(time.Hour)
	day := d.now.Format(practice.Day)
	due := d.now.AddDate(0, 0, 20).Format(practice.Day)
	good := policy.Assignment{PersonID: tom.ID, ModuleID: "m1", Due: due, Reason: "a reply nearly named a patient."}
	if _, err := d.store.Assign(ctx, good, dana.Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("a manager assigned: %v", err)
	}
	for name, change := range map[string]func(*policy.Assignment){"no reason": func(a *policy.Assignment) { a.Reason = " " }, "no day": func(a *policy.Assignment) { a.Due = "soon" },
		"past": func(a *policy.Assignment) { a.Due = "2020-01-01" }, "too far": func(a *policy.Assignment) { a.Due = "2036-01-01" }, "no module": func(a *policy.Assignment) { a.ModuleID = "m99" },
		"nobody": func(a *policy.Assignment) { a.PersonID = 999 }} {
		bad := good
		change(&bad)
		if _, err := d.store.Assign(ctx, bad, cora); err == nil {
			t.Errorf("%s: it was assigned", name)
		}
	}
	a, err := d.store.Assign(ctx, good, cora)
	must(t, err)
	if _, err := d.store.Assign(ctx, good, cora); !errors.Is(err, policy.ErrStep) {
		t.Errorf("assigned twice: %v", err)
	}
	standing := func() policy.Need {
		t.Helper()
		needs, err := d.store.Needs(ctx, tom.ID)
		must(t, err)
		return need(t, needs, "m1")
	}
	n := standing()
	if !n.Assigned() || n.By != due || !n.Open(day) || !strings.Contains(n.Reasons[len(n.Reasons)-1].Text, "assigned by Cora Officer on "+day+": a reply nearly named a patient") {
		t.Errorf("got %+v", n)
	}
	d.now = d.now.Add(time.Hour)
	d.pass(t, tom, "m1")
	if n := standing(); n.Assigned() || n.Open(day) {
		t.Errorf("passed, and still open: %+v", n)
	}
	if all, err := d.store.Assignments(ctx); err != nil || len(all) != 1 || all[0].Passed.IsZero() || all[0].Stands() {
		t.Errorf("got %+v, %v", all, err)
	}
	second, err := d.store.Assign(ctx, policy.Assignment{PersonID: tom.ID, ModuleID: "m10", Due: due, Reason: "stands in for the officer"}, cora)
	must(t, err)
	if err := d.store.TakeAssignmentBack(ctx, second.ID, dana.Actor()); !errors.Is(err, policy.ErrRights) {
		t.Errorf("a manager took it back: %v", err)
	}
	must(t, d.store.TakeAssignmentBack(ctx, second.ID, cora))
	if err := d.store.TakeAssignmentBack(ctx, second.ID, cora); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("taken back twice: %v", err)
	}
	lines, err := audit.List(ctx, d.db.Reader(), "training/"+strconv.FormatInt(tom.ID, 10), 10)
	must(t, err)
	if lines[0].Did != "took an assigned training module back" || !strings.HasPrefix(lines[1].Did, "assigned a training module: ") || lines[1].Who != cora {
		t.Errorf("the audit log: %+v", lines[:2])
	}
	if a.ID == 0 || a.By != "Cora Officer" {
		t.Errorf("got %+v", a)
	}
	d.chain(t)
}

// A drill teaches those who take part. It makes nobody's training due again, whatever the register holds.
func TestADrillMakesNoTrainingDue(t *testing.T) {
	d := open(t)
	dana := d.people[0]
	d.pass(t, dana, "m9")
	d.now = d.now.AddDate(0, 0, 1)
	close := func(i policy.Incident) {
		t.Helper()
		made, err := d.store.SaveIncident(ctx, i, dana.Actor())
		must(t, err)
		made.Decision, made.Lesson = "Low", "Read it twice"
		for _, step := range policy.FirstHour().Steps {
			_, err := d.store.TickStep(ctx, made.ID, step.ID, true, dana.Actor())
			must(t, err)
		}
		_, err = d.store.SaveIncident(ctx, made, dana.Actor())
		must(t, err)
		_, err = d.store.Weigh(ctx, made.ID, policy.Weighing{Finding: policy.FindingBreach, Reason: "They can be recognised"}, dana.Actor())
		must(t, err)
		_, err = d.store.CloseIncident(ctx, made.ID, true, dana.Actor())
		must(t, err)
	}
	due := func() string {
		t.Helper()
		needs, err := d.store.Needs(ctx, dana.ID)
		must(t, err)
		return triggers(need(t, needs, "m9"))
	}
	close(policy.Incident{Title: "Rehearsed", Drill: "A reply names a treatment"})
	if got := due(); got != "year" {
		t.Errorf("after a drill: got %q, want only the year", got)
	}
	close(policy.Incident{Title: "It happened"})
	if got := due(); got != "year incident" {
		t.Errorf("after an incident: got %q", got)
	}
}
