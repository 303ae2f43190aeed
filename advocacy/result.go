package advocacy

import (
	"fmt"
	"slices"
	"time"

	"goodword/internal/practice"
)

// Result is how a post was received, as seen at one moment. A figure that is nil is not known.
type Result struct {
	ID          int64     `json:"id"`
	SpotlightID int64     `json:"spotlight_id"`
	Network     string    `json:"network"`
	Seen        time.Time `json:"seen"`
	Reach       *int      `json:"reach,omitempty"` // people who saw it, as the network says to the account's owner
	Likes       *int      `json:"likes,omitempty"`
	Shares      *int      `json:"shares,omitempty"`
	Comments    *int      `json:"comments,omitempty"`
	Counted     string    `json:"counted"` // "hand" or "network"
	By          int64     `json:"by"`
}

// Reactions are likes, shares and comments together, those that are known.
func (r Result) Reactions() int {
	n := 0
	for _, figure := range []*int{r.Likes, r.Shares, r.Comments} {
		if figure != nil {
			n += *figure
		}
	}
	return n
}

// The kinds of outcomes.
const (
	Application = "application"
	Hire        = "hire"
	Booking     = "booking"
)

// OutcomeKinds lists what a spotlight may have brought.
func OutcomeKinds() []string { return []string{Application, Hire, Booking} }

// Outcome is a number of applications, hires or bookings that named a spotlight. Who it was is never written down here.
type Outcome struct {
	ID          int64     `json:"id"`
	SpotlightID int64     `json:"spotlight_id"`
	Kind        string    `json:"kind"`
	Many        int       `json:"many"`
	Day         string    `json:"day"`
	Noted       time.Time `json:"noted"`
	By          int64     `json:"by"`
}

// Received is one post with how it was received last.
type Received struct {
	Spotlight Spotlight
	Variant   Variant
	Last      Result // the zero result while nobody looked
}

// Results is all that is known of how the posts were received.
type Results struct {
	Posts    []Received // newest first
	Outcomes []Outcome
}

// fewPosts is the number below which shares and averages say more than they know.
const fewPosts = 10

// Group is what posts of one kind had in common: their number and their reactions.
type Group struct {
	Name      string
	Posts     int // with a figure
	Reactions int
	Reach     int
}

// Few reports whether a comparison would claim more than the numbers bear; then only the counts are shown.
func (g Group) Few() bool { return g.Posts < fewPosts }

// Each is how many reactions a post of the group had on average.
func (g Group) Each() float64 {
	if g.Posts == 0 {
		return 0
	}
	return float64(g.Reactions) / float64(g.Posts)
}

// Says is the group in words that are true of small numbers too.
func (g Group) Says() string {
	if g.Few() {
		return g.Counts()
	}
	return fmt.Sprintf("%.1f reactions a post, %s", g.Each(), count(g.Posts, "post"))
}

// Counts is the group in plain counts.
func (g Group) Counts() string {
	return fmt.Sprintf("%s, %s", count(g.Posts, "post"), count(g.Reactions, "reaction"))
}

// ByKind groups the posts with figures by their occasion, the most posts first.
func (r Results) ByKind() []Group {
	return r.by(func(p Received) string {
		if o, ok := OccasionByID(p.Spotlight.Occasion); ok {
			return o.Name
		}
		return p.Spotlight.Occasion
	}, nil)
}

// ByNetwork groups the posts with figures by network, in the order of the networks.
func (r Results) ByNetwork() []Group {
	var names []string
	for _, n := range Networks() {
		names = append(names, n.Name)
	}
	return r.by(func(p Received) string { n, _ := NetworkByID(p.Variant.Network); return n.Name }, names)
}

// ByWeekday groups the posts with figures by the weekday on which they were made in the practice's own time, from Monday.
func (r Results) ByWeekday(p practice.Practice) []Group {
	days := []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
	return r.by(func(post Received) string { return post.Variant.PostedAt.In(p.Location()).Weekday().String() }, days)
}

// by groups what has figures; in keeps an order and shows no group that has none.
func (r Results) by(name func(Received) string, in []string) []Group {
	groups := map[string]*Group{}
	var names []string
	for _, p := range r.Posts {
		if p.Last.ID == 0 {
			continue
		}
		n := name(p)
		if groups[n] == nil {
			groups[n] = &Group{Name: n}
			names = append(names, n)
		}
		groups[n].Posts++
		groups[n].Reactions += p.Last.Reactions()
		if p.Last.Reach != nil {
			groups[n].Reach += *p.Last.Reach
		}
	}
	slices.SortStableFunc(names, func(a, b string) int {
		if in != nil {
			return slices.Index(in, a) - slices.Index(in, b)
		}
		return groups[b].Posts - groups[a].Posts
	})
	list := make([]Group, len(names))
	for i, n := range names {
		list[i] = *groups[n]
	}
	return list
}

// Brought counts the outcomes of a kind.
func (r Results) Brought(kind string) int {
	n := 0
	for _, o := range r.Outcomes {
		if o.Kind == kind {
			n += o.Many
		}
	}
	return n
}

// Of narrows the results to some spotlights, as a campaign needs it.
func (r Results) Of(ids ...int64) Results {
	return Results{
		Posts:    slices.DeleteFunc(slices.Clone(r.Posts), func(p Received) bool { return !slices.Contains(ids, p.Spotlight.ID) }),
		Outcomes: slices.DeleteFunc(slices.Clone(r.Outcomes), func(o Outcome) bool { return !slices.Contains(ids, o.SpotlightID) }),
	}
}
