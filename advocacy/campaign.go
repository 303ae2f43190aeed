package advocacy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Goal is what a campaign is for.
type Goal string

// The goals.
const (
	GoalHiring    Goal = "hiring"
	GoalMorale    Goal = "morale"
	GoalEducation Goal = "education"
)

// Goals lists the goals in the order in which a form offers them.
func Goals() []Goal { return []Goal{GoalHiring, GoalMorale, GoalEducation} }

// Name is the goal as a heading has it.
func (g Goal) Name() string {
	return map[Goal]string{GoalHiring: "Hiring", GoalMorale: "Morale", GoalEducation: "Education"}[g]
}

// Counts is what the number of the goal counts.
func (g Goal) Counts() string {
	return map[Goal]string{GoalHiring: "applications that named a post", GoalMorale: "colleagues shown", GoalEducation: "health tips posted"}[g]
}

// Campaign holds posts together that serve one goal within one period.
type Campaign struct {
	ID      int64     `json:"id"`
	Name    string    `json:"name"`
	Goal    Goal      `json:"goal"`
	Aim     string    `json:"aim,omitempty"`    // in a sentence
	Wanted  int       `json:"wanted,omitempty"` // how many of what the goal counts; 0: no number
	From    string    `json:"from"`
	Until   string    `json:"until"`
	Learned string    `json:"learned,omitempty"` // what was learned, in a few words
	Created time.Time `json:"created"`
	By      int64     `json:"by"`
}

func (c Campaign) check() error {
	from, errFrom := time.Parse(practice.Day, c.From)
	until, errUntil := time.Parse(practice.Day, c.Until)
	switch {
	case strings.TrimSpace(c.Name) == "":
		return refusal.Because(ErrStep, "Give the campaign a name")
	case !slices.Contains(Goals(), c.Goal):
		return refusal.Because(ErrStep, "Choose a goal: hiring, morale or education")
	case errFrom != nil || errUntil != nil:
		return refusal.Because(ErrStep, "Say from which day until which day it runs, as 2026-11-22")
	case until.Before(from):
		return refusal.Because(ErrStep, "The campaign would end on %s, before it begins on %s", c.Until, c.From)
	case c.Wanted < 0:
		return refusal.Because(ErrStep, "The number that is wanted cannot be below nothing")
	}
	return nil
}

// Effect is what came of one post, as far as it is known.
type Effect struct {
	Reach, Reactions       int
	ReachKnown, ReactKnown bool // false: nobody has looked
	Applications, Bookings int
}

// Report is a campaign with its posts and what came of them.
type Report struct {
	Campaign Campaign         `json:"campaign"`
	Posts    []Spotlight      `json:"posts"`
	Effects  map[int64]Effect `json:"effects"`
	Today    string           `json:"today"`
	Home     *time.Location   `json:"-"`
	Practice string           `json:"practice"`
}

// Out counts the posts that are published.
func (r Report) Out() int {
	n := 0
	for _, v := range r.Posts {
		if v.Stage == Published || v.Stage == Archived && !firstPosted(v).IsZero() {
			n++
		}
	}
	return n
}

// Reached is what the number of the goal has come to.
func (r Report) Reached() int {
	n, shown := 0, map[int64]bool{}
	for _, v := range r.Posts {
		out := !firstPosted(v).IsZero()
		switch {
		case r.Campaign.Goal == GoalHiring:
			n += r.Effects[v.ID].Applications
		case r.Campaign.Goal == GoalEducation && out && v.Kind == KindEducation:
			n++
		case r.Campaign.Goal == GoalMorale && out && v.Kind == KindSpotlight && !shown[v.PersonID]:
			shown[v.PersonID] = true
			n++
		}
	}
	return n
}

// State says in words where the campaign stands in its time.
func (r Report) State() string {
	switch c := r.Campaign; {
	case r.Today < c.From:
		return "Not begun"
	case r.Today > c.Until:
		return "Over"
	}
	return "Running"
}

// Result says in a sentence what came of the goal so far. Small numbers stay plain counts.
func (r Report) Result() string {
	c, n := r.Campaign, r.Reached()
	if c.Wanted == 0 {
		return fmt.Sprintf("%d %s.", n, c.Goal.Counts())
	}
	return fmt.Sprintf("%d of %d %s.", n, c.Wanted, c.Goal.Counts())
}

// Looked is how many of the published posts have figures of reach or reactions.
func (r Report) Looked() int {
	n := 0
	for _, v := range r.Posts {
		if e := r.Effects[v.ID]; e.ReachKnown || e.ReactKnown {
			n++
		}
	}
	return n
}

// Sums adds up what is known of all posts.
func (r Report) Sums() Effect {
	var sum Effect
	for _, v := range r.Posts {
		e := r.Effects[v.ID]
		sum.Reach, sum.Reactions = sum.Reach+e.Reach, sum.Reactions+e.Reactions
		sum.Applications, sum.Bookings = sum.Applications+e.Applications, sum.Bookings+e.Bookings
		sum.ReachKnown, sum.ReactKnown = sum.ReachKnown || e.ReachKnown, sum.ReactKnown || e.ReactKnown
	}
	return sum
}

func firstPosted(v Spotlight) time.Time {
	var at time.Time
	for _, variant := range v.Variants {
		if p := variant.PostedAt; !p.IsZero() && (at.IsZero() || p.Before(at)) {
			at = p
		}
	}
	return at
}

// Brief is the campaign on paper, for whoever leads the practice: what it is for, what is planned and out, what came of it and what is not
// known.
func (r Report) Brief(made time.Time) paper.Sheet {
	c := r.Campaign
	sheet := paper.Sheet{Title: c.Name, Subtitle: r.Practice + ", " + spelled(c.From) + " to " + spelled(c.Until), Footer: "Campaign brief", Made: made}
	facts := paper.Facts{{Name: "Goal", Value: c.Goal.Name()}, {Name: "State", Value: r.State()}, {Name: "So far", Value: r.Result()},
		{Name: "Posts", Value: fmt.Sprintf("%d planned or under way, %d out", len(r.Posts)-r.Out(), r.Out())}}
	if c.Aim != "" {
		sheet.Blocks = append(sheet.Blocks, paper.Text{Text: c.Aim})
	}
	sheet.Blocks = append(sheet.Blocks, facts, paper.Heading{Level: 2, Text: "Posts"})
	if len(r.Posts) == 0 {
		sheet.Blocks = append(sheet.Blocks, paper.Text{Text: "None yet."})
	} else {
		sheet.Blocks = append(sheet.Blocks, r.table())
	}
	sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: "What came of it"})
	sheet.Blocks = append(sheet.Blocks, r.outcome()...)
	if c.Learned != "" {
		sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: "What we learned"}, paper.Text{Text: c.Learned})
	}
	sheet.Blocks = append(sheet.Blocks, paper.Small{Text: "Every post shows colleagues with their written consent, or speaks to everybody. No figure here is about a patient."})
	return sheet
}

func (r Report) table() paper.Table {
	table := paper.Table{Head: []string{"Post", "Kind", "When", "Stage"}, Widths: []float64{4, 2, 2, 2}}
	for _, v := range r.Posts {
		when := "no day yet"
		if at := shownAt(v); !at.IsZero() {
			when = at.In(r.home()).Format("2 January 2006")
		}
		table.Rows = append(table.Rows, []string{v.Title, v.Kind.Name(), when, string(v.Stage)})
	}
	return table
}

func (r Report) home() *time.Location {
	if r.Home == nil {
		return time.UTC
	}
	return r.Home
}

func (r Report) outcome() []paper.Block {
	sum := r.Sums()
	blocks := []paper.Block{paper.Text{Text: r.Result()}}
	facts := paper.Facts{}
	if sum.ReachKnown {
		facts = append(facts, paper.Fact{Name: "Times seen", Value: fmt.Sprint(sum.Reach)})
	}
	if sum.ReactKnown {
		facts = append(facts, paper.Fact{Name: "Reactions", Value: fmt.Sprint(sum.Reactions)})
	}
	if sum.Applications > 0 || r.Campaign.Goal == GoalHiring {
		facts = append(facts, paper.Fact{Name: "Applications that named a post", Value: fmt.Sprint(sum.Applications)})
	}
	if sum.Bookings > 0 {
		facts = append(facts, paper.Fact{Name: "Bookings that named a post", Value: fmt.Sprint(sum.Bookings)})
	}
	if len(facts) > 0 {
		blocks = append(blocks, facts)
	}
	switch out, looked := r.Out(), r.Looked(); {
	case out == 0:
		blocks = append(blocks, paper.Small{Text: "Nothing is posted yet, so there are no figures."})
	case looked == 0:
		blocks = append(blocks, paper.Small{Text: "Nobody has entered how the posts were received. Enter it on the card of a post, under its results."})
	default:
		blocks = append(blocks, paper.Small{Text: fmt.Sprintf("Known of %d of %d posts that are out. Sums of few posts say little; read them as counts.", looked, out)})
	}
	return blocks
}

// spelled writes a day as people do.
func spelled(day string) string {
	t, err := time.Parse(practice.Day, day)
	if err != nil {
		return day
	}
	return t.Format("2 January 2006")
}
