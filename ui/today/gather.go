package today

import (
	"context"
	"errors"
	"slices"
	"sort"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/insight"
)

// Reviews tells of mentions, replies and sources.
type Reviews interface {
	Counts(ctx context.Context) (reviews.Counts, error)
	IDs(ctx context.Context, q reviews.Query) ([]int64, error)
	Page(ctx context.Context, ids []int64) ([]reviews.Mention, error)
	Replies(ctx context.Context, states ...reviews.ReplyState) ([]reviews.Reply, error)
	Alerts(ctx context.Context, limit int) ([]reviews.Hit, error)
	Rules(ctx context.Context) ([]reviews.Rule, error)
	Sources(ctx context.Context) ([]reviews.Source, error)
	Visits(ctx context.Context, sourceID int64, limit int) ([]reviews.Visit, error)
	Round(ctx context.Context) ([]reviews.SweepStop, error)
	Standing
}

// Spotlights tells of posts about staff.
type Spotlights interface {
	List(ctx context.Context, f advocacy.Filter) ([]advocacy.Spotlight, error)
	Missed(ctx context.Context) ([]advocacy.Spotlight, error)
	TakeDowns(ctx context.Context) ([]advocacy.TakeDown, error)
	Endings(ctx context.Context) ([]advocacy.Ending, error)
}

// Policy tells of the checklist, the registers, the signatures and the training.
type Policy interface {
	Checklist(ctx context.Context) ([]policy.Group, error)
	Nudges(ctx context.Context) ([]policy.Nudge, error)
	InForce(ctx context.Context) (policy.Version, error)
	Signatures(ctx context.Context, versionID int64) (signed []policy.Signature, missing []practice.Person, err error)
	Needs(ctx context.Context, person int64) ([]policy.Need, error)
}

// Practices tells of the practice and its people.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	People(ctx context.Context) ([]practice.Person, error)
}

// Figures works out the figures of the week.
type Figures interface {
	Figures(ctx context.Context, scope insight.Scope, p practice.Practice) (insight.Figures, error)
}

// Deps is what the screen reads from.
type Deps struct {
	Reviews    Reviews
	Spotlights Spotlights
	Policy     Policy
	Practices  Practices
	Figures    Figures
	Moves      Moves
	Audit      func(ctx context.Context, limit int) ([]audit.Line, error) // newest first
	Now        clock.Clock
	Tick       time.Duration // how often the minutes of the outbox are counted anew; 0: never
}

// day is all that the screen shows.
type day struct {
	facts
	items []item
	week  insight.Figures
	night night
	steps []step
}

// The bounds of what is read: more would not be looked at here, and there may be a million mentions.
const (
	mostUrgent  = 50
	mostOverdue = 200
	mostOpen    = 400
	mostAlerts  = 1000
	mostVisits  = 200
	mostLines   = 300
)

func (d Deps) gather(ctx context.Context, person int64) (day, error) {
	out := day{facts: facts{now: d.Now()}}
	f := &out.facts
	for _, read := range []func(context.Context, *facts, int64) error{d.house, d.mentions, d.standing, d.readMoves, d.alerts, d.replies, d.spotlights, d.policy} {
		if err := read(ctx, f, person); err != nil {
			return out, err
		}
	}
	out.items = agenda(out.facts)
	if err := d.lookBack(ctx, &out); err != nil {
		return out, err
	}
	return out, nil
}

func (d Deps) house(ctx context.Context, f *facts, person int64) (err error) {
	if f.practice, err = d.Practices.Get(ctx); err != nil {
		return err
	}
	if f.people, err = d.Practices.People(ctx); err != nil {
		return err
	}
	for _, p := range f.people {
		if p.ID == person {
			f.me = p
		}
	}
	return nil
}

func (d Deps) mentions(ctx context.Context, f *facts, _ int64) (err error) {
	if f.counts, err = d.Reviews.Counts(ctx); err != nil {
		return err
	}
	if f.sources, err = d.Reviews.Sources(ctx); err != nil {
		return err
	}
	stops, err := d.Reviews.Round(ctx)
	if err != nil {
		return err
	}
	f.round = slices.DeleteFunc(stops, func(s reviews.SweepStop) bool { return !s.Due() })
	if f.urgent, err = d.search(ctx, f, "is:open is:urgent", mostUrgent); err != nil {
		return err
	}
	sort.SliceStable(f.urgent, func(i, j int) bool { return f.urgent[i].Urgency == "critical" && f.urgent[j].Urgency != "critical" })
	if f.overdue, err = d.search(ctx, f, "is:overdue", mostOverdue); err != nil {
		return err
	}
	byDue := func(list []reviews.Mention) {
		sort.SliceStable(list, func(i, j int) bool { return list[i].Due.Before(list[j].Due) })
	}
	byDue(f.overdue)
	open, err := d.search(ctx, f, "is:open -is:overdue -is:imported", mostOpen)
	if err != nil {
		return err
	}
	end := midnight(f.now, f.practice).AddDate(0, 0, 1)
	for _, m := range open {
		if !m.Due.IsZero() && m.Due.Before(end) {
			f.dueToday = append(f.dueToday, m)
		}
	}
	byDue(f.dueToday)
	return nil
}

func (d Deps) search(ctx context.Context, f *facts, text string, most int) ([]reviews.Mention, error) {
	q, err := reviews.ParseQuery(text, f.now, f.practice.Location())
	if err != nil {
		return nil, err
	}
	ids, err := d.Reviews.IDs(ctx, q)
	if err != nil {
		return nil, err
	}
	return d.Reviews.Page(ctx, ids[:min(len(ids), most)])
}

func (d Deps) replies(ctx context.Context, f *facts, _ int64) error {
	list, err := d.Reviews.Replies(ctx, reviews.Asked, reviews.SentBack, reviews.Released)
	if err != nil {
		return err
	}
	for _, r := range list {
		switch r.State {
		case reviews.Asked:
			f.asked = append(f.asked, r)
		case reviews.SentBack:
			f.sentBack = append(f.sentBack, r)
		default:
			f.resting = append(f.resting, r)
		}
	}
	return d.outbox(ctx, f)
}

func (d Deps) spotlights(ctx context.Context, f *facts, _ int64) (err error) {
	if f.missed, err = d.Spotlights.Missed(ctx); err != nil {
		return err
	}
	if f.takeDowns, err = d.Spotlights.TakeDowns(ctx); err != nil {
		return err
	}
	if f.endings, err = d.Spotlights.Endings(ctx); err != nil {
		return err
	}
	if f.inReview, err = d.Spotlights.List(ctx, advocacy.Filter{Stages: []advocacy.Stage{advocacy.ReviewStage}}); err != nil {
		return err
	}
	scheduled, err := d.Spotlights.List(ctx, advocacy.Filter{Stages: []advocacy.Stage{advocacy.Scheduled}})
	end := midnight(f.now, f.practice).AddDate(0, 0, 1)
	for _, s := range scheduled {
		if !s.Schedule.Before(f.now) && s.Schedule.Before(end) {
			f.scheduled = append(f.scheduled, s)
		}
	}
	return err
}

func (d Deps) policy(ctx context.Context, f *facts, person int64) error {
	groups, err := d.Policy.Checklist(ctx)
	if err != nil {
		return err
	}
	for _, g := range groups {
		f.checklist = append(f.checklist, g.Items...)
	}
	if f.nudges, err = d.Policy.Nudges(ctx); err != nil {
		return err
	}
	if f.version, err = d.Policy.InForce(ctx); err != nil && !errors.Is(err, policy.ErrNotFound) {
		return err
	}
	if f.version.ID != 0 {
		if _, f.unsigned, err = d.Policy.Signatures(ctx, f.version.ID); err != nil {
			return err
		}
	}
	if f.me.ID == 0 {
		return nil
	}
	needs, err := d.Policy.Needs(ctx, person)
	if err != nil {
		return err
	}
	day := f.now.In(f.practice.Location()).Format(practice.Day)
	for _, n := range needs {
		if n.Open(day) {
			f.untaken = append(f.untaken, n)
		}
	}
	return nil
}

// lookBack reads the figures of the week and what happened since the office was last open.
func (d Deps) lookBack(ctx context.Context, out *day) (err error) {
	today := midnight(out.now, out.practice)
	out.week, err = d.Figures.Figures(ctx, insight.Scope{From: today.AddDate(0, 0, -6), To: today.AddDate(0, 0, 1)}, out.practice)
	if err != nil {
		return err
	}
	out.night.since = away(out.now, out.practice)
	for _, s := range out.sources {
		if s.Visited.Before(out.night.since) || reviews.HealthOf(s, out.now).State == reviews.HealthFile {
			continue // what a person checked or brought in, the program did not visit
		}
		visits, err := d.Reviews.Visits(ctx, s.ID, mostVisits)
		if err != nil {
			return err
		}
		out.night.count(visits)
	}
	lines, err := d.Audit(ctx, mostLines)
	out.steps = steps(lines, out.night.since)
	return err
}

func midnight(t time.Time, p practice.Practice) time.Time {
	local := t.In(p.Location())
	return time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, p.Location())
}
