package policy_test

import (
	"bytes"
	"database/sql"
	"errors"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
)

func TestClocksRunDown(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	must(t, err)
	noticed := time.Date(2026, 11, 20, 22, 30, 0, 0, chicago) // a Friday, Saturday in UTC
	due := map[string]string{}
	for _, c := range policy.Clocks() {
		if at := c.Due(noticed, chicago); !at.IsZero() {
			due[c.ID] = at.In(chicago).Format("2006-01-02 15:04:05")
		}
	}
	for id, want := range map[string]string{"us-people": "2027-01-19 23:59:59", "us-hhs-few": "2027-03-01 23:59:59", "uk-ico": "2026-11-23 22:30:00", "us-ca": "2026-12-11 23:59:59", "us-tx-ag": "2026-12-20 23:59:59"} {
		if due[id] != want {
			t.Errorf("%s: got %s, want %s", id, due[id], want)
		}
	}
	i := policy.Incident{Noticed: noticed}
	running := i.Clocks([]string{"US", "US-TX"}, chicago)
	if len(running) != 6 || running[0].Clock.ID != "us-people" && running[0].Clock.ID != "us-tx-people" {
		t.Fatalf("got %d clocks, the first %+v", len(running), running[0])
	}
	for _, test := range []struct {
		people int
		runs   string
	}{{0, "us-people us-tx-people us-hhs-few"}, {250, "us-tx-ag us-people us-tx-people us-hhs-few"}, {500, "us-tx-ag us-people us-hhs-many us-tx-people"}, {501, "us-tx-ag us-people us-hhs-many us-media us-tx-people"}} {
		i.People = test.people
		var runs []string
		for _, r := range i.Clocks([]string{"US", "US-TX"}, chicago) {
			if r.Runs() {
				runs = append(runs, r.Clock.ID)
			}
		}
		if got := strings.Join(runs, " "); got != test.runs {
			t.Errorf("%d people: got %s, want %s", test.people, got, test.runs)
		}
	}
	i.People, i.Weighing.Finding = 1, policy.FindingLow
	for _, r := range i.Clocks([]string{"US", "UK"}, chicago) {
		if r.Clock.Excused && r.Runs() {
			t.Errorf("%s runs though a low probability is on record", r.Clock.ID)
		}
	}
	r := policy.Running{Due: noticed.Add(50 * time.Hour)}
	for after, want := range map[time.Duration]string{0: "2 days 2 hours left", 49 * time.Hour: "1 hour 0 minutes left", 51 * time.Hour: "1 hour 0 minutes too late"} {
		if got := r.Left(noticed.Add(after)); got != want {
			t.Errorf("after %s: got %q, want %q", after, got, want)
		}
	}
}

func TestALowProbabilityMustBeShown(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	i, err := d.store.SaveIncident(ctx, policy.Incident{Title: "Reply named a treatment"}, by)
	must(t, err)
	w := policy.Weighing{Finding: policy.FindingLow, Reason: "Nobody saw it", Factors: map[string]policy.Weighed{}}
	for n, f := range policy.Factors() {
		if _, err := d.store.Weigh(ctx, i.ID, w, by); !errors.Is(err, policy.ErrStep) {
			t.Errorf("with %d factors: %v", n, err)
		}
		if w.Proposes() != "" {
			t.Errorf("with %d factors it proposes %q", n, w.Proposes())
		}
		w.Factors[f.ID] = policy.Weighed{Weight: policy.WeighsLow, Words: "Taken down within a minute"}
	}
	if w.Proposes() != policy.FindingLow {
		t.Errorf("proposes %q", w.Proposes())
	}
	i, err = d.store.Weigh(ctx, i.ID, w, by)
	must(t, err)
	w.Factors["seen"] = policy.Weighed{Weight: policy.WeighsMedium}
	if w.Proposes() != policy.FindingBreach || i.Weighing.By != "Dana Whitlock" {
		t.Errorf("proposes %q, weighed by %q", w.Proposes(), i.Weighing.By)
	}
	w.Factors["mood"] = policy.Weighed{}
	if _, err := d.store.Weigh(ctx, i.ID, w, by); !errors.Is(err, policy.ErrNotFound) {
		t.Errorf("a fifth factor: %v", err)
	}
}

func TestTimelineTellsTheWholeStory(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	must(t, d.db.Write(ctx, func(tx *sql.Tx) error {
		return audit.Append(ctx, tx, d.now, audit.Line{Who: by, Did: "posted a reply", Subject: "mention/7", After: "Maria's crown"})
	}))
	began := d.now
	d.now = d.now.Add(time.Hour)
	i, err := d.store.SaveIncident(ctx, policy.Incident{Title: "Reply named a treatment", MentionID: 7, People: 1}, by)
	must(t, err)
	d.now = d.now.Add(5 * time.Minute)
	i, err = d.store.TickStep(ctx, i.ID, "down", true, by)
	must(t, err)
	if _, err := d.store.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Kind: policy.EntryDecision, Text: "Call the family"}, by); err == nil {
		t.Error("a decision without a reason was taken")
	}
	if _, err := d.store.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Text: "Tomorrow", At: d.now.Add(time.Hour)}, by); err == nil {
		t.Error("an entry in the future was taken")
	}
	_, err = d.store.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Text: "The reviewer telephoned", At: began.Add(time.Minute)}, by)
	must(t, err)
	_, err = d.store.AddEntry(ctx, policy.Entry{IncidentID: i.ID, Kind: policy.EntryDecision, Text: "Call the family", Reason: "They have a right to know"}, by)
	must(t, err)
	i, err = d.store.TickTold(ctx, i.ID, "us-people", true, by)
	must(t, err)
	events, err := d.store.Timeline(ctx, i)
	must(t, err)
	var told []string
	for n, e := range events {
		told = append(told, e.From+": "+e.Text)
		if n > 0 && e.At.Before(events[n-1].At) {
			t.Errorf("%q stands after a later event", e.Text)
		}
	}
	all := strings.Join(told, "\n")
	for _, want := range []string{"review: Posted a reply\nnote: The reviewer telephoned\nincident: Reported: Reply named a treatment", "incident: Done: Take it down", "decision: Call the family", "incident: Done: Told: The people concerned"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in\n%s", want, all)
		}
	}
	if strings.Contains(all, "Maria") {
		t.Error("the timeline tells what the reply said")
	}
	p, err := d.practices.Get(ctx)
	must(t, err)
	var out bytes.Buffer
	must(t, paper.Write(&out, ".md", policy.IncidentSheet(p, i, i.Clocks([]string{"US"}, time.UTC), events, d.now)))
	for _, want := range []string{"They have a right to know", "45 CFR 164.404", "Checked on", "told on", "5 minutes after the start"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the paper lacks %q", want)
		}
	}
	out.Reset()
	must(t, paper.Write(&out, ".pdf", policy.IncidentSheet(p, i, i.Clocks([]string{"US"}, time.UTC), events, d.now)))
}

func TestADrillIsNeverCounted(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	story := policy.Stories()[0]
	i, err := d.store.SaveIncident(ctx, policy.Incident{Title: story.Title, Drill: story.Text}, by)
	must(t, err)
	for n, step := range policy.FirstHour().Steps {
		d.now = d.now.Add(time.Duration(n+1) * time.Minute)
		i, err = d.store.TickStep(ctx, i.ID, step.ID, true, by)
		must(t, err)
	}
	laps, whole := i.Laps()
	if len(laps) != 7 || laps[1].After != 3*time.Minute || whole != 28*time.Minute {
		t.Errorf("got %+v in %s", laps, whole)
	}
	i.Drill = ""
	i, err = d.store.SaveIncident(ctx, i, by)
	must(t, err)
	if !i.IsDrill() {
		t.Error("a drill became an incident")
	}
	real, err := d.store.Incidents(ctx)
	must(t, err)
	drills, err := d.store.Drills(ctx)
	must(t, err)
	nudges, err := d.store.Nudges(ctx)
	must(t, err)
	if len(real) != 0 || len(drills) != 1 || len(nudges) != 0 {
		t.Errorf("got %d incidents, %d drills, %d nudges", len(real), len(drills), len(nudges))
	}
	if _, err := d.store.CloseIncident(ctx, i.ID, true, by); err != nil {
		t.Errorf("a drill asks for a decision: %v", err)
	}
	var out bytes.Buffer
	must(t, paper.Write(&out, ".md", policy.IncidentSheet(practice.Practice{Name: "Elm Dental"}, i, nil, nil, d.now)))
	if !strings.Contains(out.String(), "This is a drill") || !strings.Contains(out.String(), "All steps took 28 minutes") {
		t.Error("the paper does not say that it was a drill, or how long it took")
	}
}

func TestCrisisPlan(t *testing.T) {
	d := open(t)
	by := d.people[0].Actor()
	plan, err := d.store.CrisisPlan(ctx)
	must(t, err)
	if len(plan.Duties) != 8 || plan.Open() != 8 || len(plan.Tree()) != 8 || plan.Tree()[0].Duty.ID != "lead" {
		t.Fatalf("got %d duties, %d open, tree %+v", len(plan.Duties), plan.Open(), plan.Tree())
	}
	for _, st := range plan.Statements {
		if r, err := d.store.GateStatement(ctx, st.Text); err != nil || r.Verdict != guard.Clear {
			t.Errorf("%s: the gate says %s %+v, %v", st.ID, r.Verdict, r.Findings, err)
		}
	}
	lead := plan.Duties[0]
	lead.Person, lead.Phone = "Dr. Chen", "555-0101"
	_, err = d.store.SaveDuty(ctx, lead, by)
	must(t, err)
	lead.Called = "technology"
	if _, err := d.store.SaveDuty(ctx, lead, by); err == nil {
		t.Error("calls in a circle were taken")
	}
	own, err := d.store.SaveDuty(ctx, policy.Duty{Duty: "Tells the landlord", Called: "lead", Person: "Tom"}, by)
	must(t, err)
	plan, err = d.store.CrisisPlan(ctx)
	must(t, err)
	if len(plan.Duties) != 9 || plan.Open() != 7 || plan.Duties[8].ID != own.ID {
		t.Errorf("got %+v", plan.Duties)
	}
	if err := d.store.SaveStatement(ctx, "known", "Maria, we are sorry about your root canal on Tuesday.", by); !errors.Is(err, policy.ErrGate) {
		t.Errorf("the gate let a treatment through: %v", err)
	}
	must(t, d.store.SaveStatement(ctx, "known", "We have heard the concern and are looking into it. Please call our office.", by))
	plan, err = d.store.CrisisPlan(ctx)
	must(t, err)
	if plan.Statements[0].By != "Dana Whitlock" {
		t.Errorf("got %+v", plan.Statements[0])
	}
	var out bytes.Buffer
	must(t, paper.Write(&out, ".md", policy.CrisisSheet(practice.Practice{Name: "Elm Dental"}, plan, []string{"US"}, d.now)))
	for _, want := range []string{"Dr. Chen", "555-0101", "not named yet", "We have heard the concern", "Reached at", "sixty days"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the paper lacks %q", want)
		}
	}
	must(t, paper.Write(&out, ".pdf", policy.CrisisSheet(practice.Practice{Name: "Elm Dental"}, plan, []string{"US"}, d.now)))
}
