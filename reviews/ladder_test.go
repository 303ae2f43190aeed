package reviews_test

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
	"goodword/reviews"
)

// urgent has something come that is as urgent as said, and returns it.
func urgent(t fataler, d *desk, s reviews.Source, key, urgency string) int64 {
	f := reviews.Found{Key: key, Text: "Number " + key + " was hurt and waits", Stars: 1, Posted: d.at, Site: "google"}
	f.Urgency = urgency
	must2(t, record(d, s, f))
	return newest(t, d)
}

func staffed(t *testing.T) (*desk, map[string]audit.Actor) {
	d := open(t)
	who := map[string]audit.Actor{"manager": d.manager, "clinician": d.person(t, "Dr. Amy Cho", practice.Clinician),
		"compliance": d.person(t, "Priya Nair", practice.Compliance), "owner": d.person(t, "Tom Alder", practice.Owner)}
	return d, who
}

func TestWhatNobodyTakesUpClimbsByItself(t *testing.T) {
	d, who := staffed(t)
	s := d.feed(t, "google")
	id := urgent(t, d, s, "1", "critical")
	must(t, d.Escalate(ctx, id, 0, "Somebody was hurt", d.author))
	for _, c := range []struct {
		after    time.Duration
		rung     string
		person   int64
		climbs   int
		assigned bool
	}{
		{14 * time.Minute, "manager", who["manager"].ID, 0, true},
		{1 * time.Minute, "clinician", who["clinician"].ID, 1, true},
		{15 * time.Minute, "compliance", who["compliance"].ID, 2, true},
		{30 * time.Minute, "owner", who["owner"].ID, 3, true},
		{30 * time.Minute, "owner", who["owner"].ID, 3, true}, // nobody above: it stays, in sight
		{300 * time.Hour, "owner", who["owner"].ID, 3, true},
	} {
		d.at = d.at.Add(c.after)
		must2(t, tend(d))
		e, err := d.EscalationOf(ctx, id)
		must(t, err)
		m, err := d.Find(ctx, id)
		must(t, err)
		if e.Rung != c.rung || e.Person != c.person || e.Climbs != c.climbs || m.Assigned != c.person || !e.Waits() {
			t.Errorf("after %v: got %+v, assigned %d, want %s", c.after, e, m.Assigned, c.rung)
		}
	}
	if log := lines(t, d, id); !strings.HasPrefix(log[0].Did, "climbed") || log[0].Who != audit.Program {
		t.Errorf("the audit log ends with %+v", log[0])
	}
	must(t, d.TakeUp(ctx, id, who["compliance"]))
	d.at = d.at.Add(1000 * time.Hour)
	must2(t, tend(d))
	e, err := d.EscalationOf(ctx, id)
	must(t, err)
	if !e.Up() || e.Taker != who["compliance"].ID || e.Waits() {
		t.Errorf("taken up: got %+v", e)
	}
	must(t, d.Resolve(ctx, id, "Called", who["compliance"]))
	if list, err := d.Escalations(ctx); err != nil || len(list) != 0 {
		t.Errorf("after it was resolved %v stands on the ladder, %v", list, err)
	}
}

func TestALongSleepClimbsOneStep(t *testing.T) {
	d, _ := staffed(t)
	id := urgent(t, d, d.feed(t, "google"), "1", "high")
	must(t, d.Escalate(ctx, id, 0, "Look", d.author))
	d.at = d.at.AddDate(0, 0, 20)
	must2(t, tend(d))
	must2(t, tend(d))
	if e, err := d.EscalationOf(ctx, id); err != nil || e.Climbs != 1 || !e.Due.After(d.at) {
		t.Errorf("got %+v, %v", e, err)
	}
}

func TestTheClockOfTheLadderCountsOfficeHours(t *testing.T) {
	d, _ := staffed(t)
	d.at = time.Date(2026, 11, 20, 16, 30, 0, 0, time.UTC) // a Friday
	id := urgent(t, d, d.feed(t, "google"), "1", "high")
	must(t, d.Escalate(ctx, id, 0, "Look", d.author))
	e, err := d.EscalationOf(ctx, id)
	must(t, err)
	if want := time.Date(2026, 11, 23, 9, 30, 0, 0, time.UTC); !e.Due.Equal(want) {
		t.Errorf("due %v, want two office hours later: %v", e.Due, want)
	}
}

func TestTheSignalSaysWhereItEnters(t *testing.T) {
	d, who := staffed(t)
	people, err := d.practices.People(ctx)
	must(t, err)
	l := reviews.DefaultLadder()
	for signal, want := range map[string]string{"self_harm": "clinician", "privacy_breach": "compliance", "emergency_symptoms": "clinician"} {
		m := reviews.Mention{}
		m.Signals = []string{signal}
		if got := l.First(reviews.Routes(m), people, "2026-11-23"); got.ID != want {
			t.Errorf("%s enters at %s, want %s", signal, got.ID, want)
		}
	}
	if got := l.First(nil, nil, "2026-11-23"); got.ID != "manager" {
		t.Errorf("without anybody it enters at %s", got.ID)
	}
	l.Rungs[1].Off = true
	if got := l.First([]string{"clinician on duty", "owner"}, people, "2026-11-23"); got.Holder(people, "2026-11-23") != who["owner"].ID {
		t.Errorf("with the clinician off it enters at %s", got.ID)
	}
}

func TestWhatNobodyBeganGoesUpByItself(t *testing.T) {
	d, _ := staffed(t)
	s := d.feed(t, "google")
	high, plain := urgent(t, d, s, "1", "high"), urgent(t, d, s, "2", "")
	begun := urgent(t, d, s, "3", "high")
	must2(t, saved(d, begun))
	d.at = d.at.AddDate(0, 0, 10)
	done, err := d.Tend(ctx)
	must(t, err)
	if want := []int64{high}; !slices.Equal(done.Lifted, want) {
		t.Errorf("lifted %v, want %v", done.Lifted, want)
	}
	l, err := d.Ladder(ctx)
	must(t, err)
	l.Lifts = reviews.LiftAll
	must(t, d.SaveLadder(ctx, l, d.manager))
	if done, err = d.Tend(ctx); err != nil || !slices.Equal(done.Lifted, []int64{plain}) {
		t.Errorf("lifted %v, want %d; %v", done.Lifted, plain, err)
	}
	if status(t, d, begun) != reviews.Answering {
		t.Error("what somebody had begun was taken away")
	}
}

func lines(t fataler, d *desk, id int64) []audit.Line {
	list, err := d.History(ctx, id)
	must2(t, err)
	return list
}

func saved(d *desk, id int64) error {
	_, _, err := d.SaveDraft(ctx, id, "Thank you. Please call 512-555-0140.", "", d.author)
	return err
}

func tend(d *desk) error {
	_, err := d.Tend(ctx)
	return err
}

func TestALadderOfOnesOwn(t *testing.T) {
	d, who := staffed(t)
	l, err := d.Ladder(ctx)
	must(t, err)
	l.Rungs[0].Person, l.Rungs[0].Minutes, l.Rungs[1].Off = who["owner"].ID, 30, true
	l.Rungs[4].Contact = "Marsh & Lee, 512-555-0199"
	must(t, d.SaveLadder(ctx, l, d.manager))
	got, err := d.Ladder(ctx)
	must(t, err)
	if got.Rungs[0].Person != who["owner"].ID || got.Rungs[0].Minutes != 30 || !got.Rungs[1].Off || got.Rungs[4].Contact == "" || got.Rungs[0].Help == "" {
		t.Errorf("got %+v", got)
	}
	people, err := d.practices.People(ctx)
	must(t, err)
	if next, ok := got.Next("manager", who["owner"].ID, people, "2026-11-23"); !ok || next.ID != "compliance" {
		t.Errorf("above the manager stands %s", next.ID)
	}
	if next, ok := got.Next("compliance", who["owner"].ID, people, "2026-11-23"); !ok || next.ID != "counsel" {
		t.Errorf("the owner had it already, so next is counsel, not %s", next.ID)
	}
	for _, wrong := range []func(*reviews.Ladder){
		func(l *reviews.Ladder) { l.Rungs[0].Minutes = 0 },
		func(l *reviews.Ladder) { l.Rungs[0].Critical = -1 },
		func(l *reviews.Ladder) { l.Lifts = "some" },
		func(l *reviews.Ladder) {
			for i := range l.Rungs {
				l.Rungs[i].Off = true
			}
		},
	} {
		bad := reviews.Ladder{Rungs: slices.Clone(got.Rungs), Lifts: got.Lifts}
		wrong(&bad)
		if d.SaveLadder(ctx, bad, d.manager) == nil {
			t.Errorf("%+v was taken", bad)
		}
	}
}

func TestTargetsBySiteAndStars(t *testing.T) {
	p := practice.Practice{Targets: practice.DefaultTargets, TargetRows: []practice.TargetRow{
		{Site: "google", From: 1, To: 2, Hours: 2}, {Source: 7, From: 0, To: 5, Hours: 3}, {From: 5, To: 5, Hours: 40}}}
	for _, c := range []struct {
		m    reviews.Mention
		want int
	}{
		{reviews.Mention{Site: "google", Stars: 1}, 2},
		{reviews.Mention{Site: "google", Stars: 3}, 8},
		{reviews.Mention{Site: "yelp", Stars: 1, SourceID: 7}, 3},
		{reviews.Mention{Site: "yelp", Stars: 5}, 40},
		{reviews.Mention{Site: "yelp", Stars: 4}, 24},
		{reviews.Mention{Site: "google", Stars: 1, Target: 9}, 9},
		{reviews.Mention{Site: "google", Stars: 5, Understood: reviews.Understood{Urgency: "critical"}}, 1}, // what is urgent waits no longer for a row
		{reviews.Mention{Site: "google", Stars: 1, Understood: reviews.Understood{Urgency: "high"}}, 2},
	} {
		if got := reviews.Target(c.m, p); got != time.Duration(c.want)*time.Hour {
			t.Errorf("%+v: got %v, want %d h", c.m, got, c.want)
		}
	}
}

func TestNewTargetsHoldForWhatIsOpen(t *testing.T) {
	d := open(t)
	id := urgent(t, d, d.feed(t, "google"), "1", "")
	must2(t, tend(d))
	p, err := d.practices.Get(ctx)
	must(t, err)
	p.TargetRows = []practice.TargetRow{{Site: "google", From: 1, To: 1, Hours: 1}}
	must(t, d.practices.Save(ctx, p, d.manager))
	done, err := d.Tend(ctx)
	must(t, err)
	m, err := d.Find(ctx, id)
	must(t, err)
	if want := p.Hours.Due(m.Owed, time.Hour, time.UTC); done.Retimed != 1 || !m.Due.Equal(want) {
		t.Errorf("%+v, due %v, want %v", done, m.Due, want)
	}
	if done, err = d.Tend(ctx); err != nil || done.Any() {
		t.Errorf("a second time: %+v, %v", done, err)
	}
}

func TestFourFifthsOfTheTimeWarn(t *testing.T) {
	d := open(t)
	d.at = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	id := urgent(t, d, d.feed(t, "google"), "1", "") // a target of eight hours
	for _, c := range []struct {
		after time.Duration
		want  bool
	}{{6*time.Hour + 23*time.Minute, false}, {2 * time.Minute, true}, {94 * time.Minute, true}, {2 * time.Minute, false}} {
		d.at = d.at.Add(c.after)
		ids, err := d.IDs(ctx, query(t, d, "is:soon"))
		must(t, err)
		n, err := d.Count(ctx, query(t, d, "is:open is:soon"), 10)
		must(t, err)
		if got := slices.Contains(ids, id); got != c.want || (n == 1) != c.want {
			t.Errorf("at %v: %v, counted %d; want %v", d.at, ids, n, c.want)
		}
	}
	if late, err := d.IDs(ctx, query(t, d, "is:overdue")); err != nil || len(late) != 1 {
		t.Errorf("overdue: %v, %v", late, err)
	}
}

func query(t fataler, d *desk, text string) reviews.Query {
	q, err := reviews.ParseQuery(text, d.at, time.UTC)
	must2(t, err)
	return q
}

func TestThePauseStopsTheClock(t *testing.T) {
	d := open(t)
	d.at = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	id := urgent(t, d, d.feed(t, "google"), "1", "")
	d.at = d.at.Add(2 * time.Hour)
	must(t, d.Snooze(ctx, id, d.at.Add(48*time.Hour), "the patient calls back", d.author))
	m, err := d.Find(ctx, id)
	must(t, err)
	if want := time.Date(2026, 11, 25, 16, 0, 0, 0, time.UTC); !m.Due.Equal(want) {
		t.Errorf("due %v, want six hours after it comes back: %v", m.Due, want)
	}
	p, err := d.practices.Get(ctx)
	must(t, err)
	if c := reviews.ClockOf(m, d.at.Add(5*time.Hour), p); !c.Paused || c.Used != 2*time.Hour || c.Late {
		t.Errorf("in the pause: %+v", c)
	}
	d.at = d.at.Add(time.Hour)
	must(t, d.Wake(ctx, id, d.author))
	if m, err = d.Find(ctx, id); err != nil || !m.Due.Equal(time.Date(2026, 11, 23, 17, 0, 0, 0, time.UTC)) || !m.Snoozed.IsZero() {
		t.Errorf("woken early: due %v, %v", m.Due, err)
	}
	if log := lines(t, d, id); !strings.Contains(log[1].Did, "the clock stands still: the patient calls back") {
		t.Errorf("the reason is not in the audit log: %+v", log[1])
	}
}

func TestUsedAndDueAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone, err := time.LoadLocation("America/Chicago")
		if err != nil {
			t.Fatal(err)
		}
		p := practice.Practice{Hours: practice.DefaultHours(), Targets: practice.DefaultTargets, TimeZone: zone.String()}
		p.Hours.Week[time.Tuesday] = []practice.Span{{From: 8 * 60, To: 12 * 60}, {From: 13 * 60, To: 17 * 60}}
		m := reviews.Mention{Owed: time.Unix(rapid.Int64Range(1.77e9, 1.8e9).Draw(t, "owed"), 0), Status: reviews.Read, Target: rapid.IntRange(1, 60).Draw(t, "target")}
		at := m.Owed
		for range rapid.IntRange(0, 4).Draw(t, "pauses") {
			since := at.Add(time.Duration(rapid.IntRange(-2000, 9000).Draw(t, "gap")) * time.Minute)
			at = since.Add(time.Duration(rapid.IntRange(1, 9000).Draw(t, "long")) * time.Minute)
			m.Pauses = append(m.Pauses, reviews.Pause{Since: since, Until: at})
		}
		m.Due = reviews.Due(m, m.Owed, p)
		if got, want := reviews.Used(m, m.Due, p), reviews.Target(m, p); got != want {
			t.Fatalf("%+v: used %v when it is due, want %v", m, got, want)
		}
		if got, want := reviews.Used(m, m.Due.Add(-time.Minute), p), reviews.Target(m, p); got > want {
			t.Fatalf("%+v: used %v before it is due", m, got)
		}
	})
}

func TestWhatIsNotPutOff(t *testing.T) {
	d, who := staffed(t)
	s := d.feed(t, "google")
	critical, plain := urgent(t, d, s, "1", "critical"), urgent(t, d, s, "2", "")
	tomorrow := d.at.AddDate(0, 0, 1)
	if d.Snooze(ctx, critical, tomorrow, "", d.author) == nil {
		t.Error("a critical mention was put off")
	}
	must(t, d.Escalate(ctx, critical, 0, "Look", d.author))
	if d.Snooze(ctx, critical, tomorrow, "", d.author) == nil {
		t.Error("what nobody took up was put off")
	}
	must(t, d.TakeUp(ctx, critical, who["manager"]))
	must(t, d.Snooze(ctx, critical, tomorrow, "the police call back", who["manager"]))
	for _, until := range []time.Time{d.at, d.at.Add(-time.Hour), d.at.AddDate(2, 0, 0)} {
		if d.Snooze(ctx, plain, until, "", d.author) == nil {
			t.Errorf("until %v was taken", until)
		}
	}
	if d.Wake(ctx, plain, d.author) == nil {
		t.Error("what was not put off was brought back")
	}
	must(t, d.Snooze(ctx, plain, tomorrow, "", d.author))
	if ids, err := d.IDs(ctx, query(t, d, "is:open -is:snoozed")); err != nil || len(ids) != 0 {
		t.Errorf("in the inbox: %v, %v", ids, err)
	}
	urgency := "critical"
	must(t, d.Correct(ctx, plain, reviews.Correction{Urgency: &urgency}, d.author))
	done, err := d.Tend(ctx)
	if must(t, err); !slices.Equal(done.Returned, []int64{plain}) {
		t.Errorf("it became critical and did not come back: %+v", done)
	}
}

func TestPresetsAreWhenTheOfficeOpens(t *testing.T) {
	p := practice.Practice{Hours: practice.DefaultHours(), TimeZone: "America/Chicago"}
	p.Hours.Closed = []string{"2026-11-26", "2026-11-27"}
	for now, want := range map[string][]string{
		"2026-11-22 12:00": {"Next office day 2026-11-23 08:00", "In a week 2026-11-30 08:00"}, // a Sunday: the next office day is the Monday
		"2026-11-24 12:00": {"Next office day 2026-11-25 08:00", "Monday 2026-11-30 08:00", "In a week 2026-12-01 08:00"},
		"2026-11-25 12:00": {"Next office day 2026-11-30 08:00", "In a week 2026-12-02 08:00"}, // Thanksgiving and the day after are closed
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", now, p.Location())
		must(t, err)
		var got []string
		for _, preset := range reviews.Presets(at, p) {
			got = append(got, preset.Title+" "+preset.At.In(p.Location()).Format("2006-01-02 15:04"))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", now, got, want)
		}
	}
}

// TestNothingEscalatedOrPutOffIsLost walks through the life of some mentions at random. Whatever is done, and however the clock of the computer
// moves: what is escalated stands on the ladder with a clock or with somebody who has it, and what was put off comes back at its time.
func TestNothingEscalatedOrPutOffIsLost(t *testing.T) {
	d, who := staffed(t)
	s := d.feed(t, "google")
	begin := d.at
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		d.at = begin
		ids := make([]int64, 2)
		for i := range ids {
			n++
			ids[i] = urgent(t, d, s, fmt.Sprint("walk", n), rapid.SampledFrom([]string{"", "high", "critical"}).Draw(t, "urgency"))
		}
		staff := []audit.Actor{d.author, who["manager"], who["clinician"], who["owner"]}
		acts := []string{"escalate", "take", "snooze", "wait", "wake", "resolve", "reopen", "close", "answer", "edit", "time", "back", "tend", "urgency", "assign"}
		for range rapid.IntRange(3, 14).Draw(t, "length") {
			id, by := rapid.SampledFrom(ids).Draw(t, "id"), rapid.SampledFrom(staff).Draw(t, "who")
			switch rapid.SampledFrom(acts).Draw(t, "act") {
			case "escalate":
				_ = d.Escalate(ctx, id, rapid.SampledFrom([]int64{0, who["owner"].ID, d.author.ID}).Draw(t, "to"), "Look", by)
			case "take":
				_ = d.TakeUp(ctx, id, by)
			case "snooze":
				_ = d.Snooze(ctx, id, d.at.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "until"))*time.Hour), "", by)
			case "wait":
				_ = d.Snooze(ctx, id, d.at.Add(time.Duration(rapid.IntRange(1, 300).Draw(t, "until"))*time.Hour), "the patient", by)
			case "wake":
				_ = d.Wake(ctx, id, by)
			case "resolve":
				_ = d.Resolve(ctx, id, "Done", by)
			case "reopen":
				_ = d.Reopen(ctx, id, by)
			case "close":
				_ = d.Close(ctx, id, "Reason", by)
			case "answer":
				_ = saved(d, id)
			case "assign":
				_ = d.Assign(ctx, id, by.ID, by)
			case "edit":
				m, err := d.Find(ctx, id)
				must2(t, err)
				must2(t, record(d, s, reviews.Found{Key: m.Key, Text: m.Text + " and more", Stars: rapid.IntRange(1, 5).Draw(t, "stars"), Posted: m.Posted, Site: "google"}))
			case "urgency":
				urgency := rapid.SampledFrom([]string{"", "high", "critical"}).Draw(t, "urgency")
				if err := d.Correct(ctx, id, reviews.Correction{Urgency: &urgency}, by); !errors.Is(err, reviews.ErrRights) { // who may not approve may not calm
					must2(t, err)
				}
			case "time":
				d.at = d.at.Add(time.Duration(rapid.IntRange(1, 9000).Draw(t, "minutes")) * time.Minute)
			case "back":
				d.at = d.at.Add(-time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute)
			case "tend":
				must2(t, tend(d))
			}
		}
		must2(t, tend(d))
		for _, id := range ids {
			m, err := d.Find(ctx, id)
			must2(t, err)
			e, err := d.EscalationOf(ctx, id)
			must2(t, err)
			on := e.Mention != 0 && e.Ended.IsZero()
			if on != (m.Status == reviews.Escalated) {
				t.Fatalf("mention is %s and stands on the ladder: %v (%+v)", m.Status, on, e)
			}
			if on && !e.Up() && (e.Due.IsZero() || e.Since.After(d.at)) {
				t.Fatalf("escalated without a clock: %+v", e)
			}
			if !m.Snoozed.IsZero() && (m.Status.Done() || !m.Snoozed.After(d.at)) {
				t.Fatalf("%s and put off until %v at %v", m.Status, m.Snoozed, d.at)
			}
			if m.Snoozed.IsZero() {
				continue
			}
			d.at = m.Snoozed
			must2(t, tend(d))
			if m, err = d.Find(ctx, id); err != nil || !m.Snoozed.IsZero() || !m.Starred {
				t.Fatalf("it did not come back with its flag: %+v, %v", m, err)
			}
			if found, err := d.IDs(ctx, query(t, d, "is:open -is:snoozed")); err != nil || !slices.Contains(found, id) {
				t.Fatalf("it is not in the inbox: %v", err)
			}
		}
	})
}

func TestRulesForThePrivateChannel(t *testing.T) {
	praise := reviews.Mention{Text: "Lovely people, thank you", Stars: 5}
	praise.Sentiment = "positive"
	for _, c := range []struct {
		name, text string
		set        func(*reviews.Mention)
		talk       reviews.Talk
		want       []string
	}{
		{"urgent", "He fell", func(m *reviews.Mention) { m.Urgency = "high" }, reviews.Talk{}, []string{"pc1"}},
		{"visit", "They charged me twice for my last visit", nil, reviews.Talk{}, []string{"pc2"}},
		{"health", "It got worse", nil, reviews.Talk{Private: true, Quote: "worse"}, []string{"pc2"}},
		{"identity", "I have been asking for my records since May", nil, reviews.Talk{}, []string{"pc3"}},
		{"again", "And another thing", func(m *reviews.Mention) { m.Revisions = 1 }, reviews.Talk{Answered: true}, []string{"pc4"}},
		{"edited before any answer", "And another thing", func(m *reviews.Mention) { m.Revisions = 1 }, reviews.Talk{}, nil},
		{"angry", "A rip-off", func(m *reviews.Mention) { m.Sentiment, m.Topics = "negative", []string{"billing_insurance"} }, reviews.Talk{}, []string{"pc5"}},
		{"message", "It hurts", func(m *reviews.Mention) { m.URL = "https://www.facebook.com/messages/t/1" }, reviews.Talk{Private: true}, []string{"pc6", "pc2"}},
		{"minor", "I’m 15 and my mom made me come here", nil, reviews.Talk{}, []string{"pc7"}},
		{"praise", "Lovely people, thank you", func(m *reviews.Mention) { m.Sentiment = "positive" }, reviews.Talk{}, []string{"pc8"}},
		{"nothing", "Parking is hard here", nil, reviews.Talk{}, nil},
	} {
		m := reviews.Mention{Text: c.text}
		if c.set != nil {
			c.set(&m)
		}
		var got []string
		for _, held := range reviews.Channels(m, c.talk) {
			got = append(got, held.ID)
			if held.Then == "" || held.Why == "" || strings.Contains(held.Why, "{") {
				t.Errorf("%s: %+v", c.name, held)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}
