package insight

import (
	"fmt"
	"math"
	"sort"
)

// Change is one answer to "what changed against the period before".
type Change struct {
	What   string
	Before string
	Now    string
	Trend  Trend
	Note   string // why a difference says little, or ""
	Topic  string // id, if it is about one topic
}

// Trend says whether a change is one for the better.
type Trend string

// The trends. A difference that chance alone could make is Same.
const (
	Better Trend = "better"
	Worse  Trend = "worse"
	Same   Trend = "about the same"
	Other  Trend = "changed"        // neither good nor bad in itself
	Untold Trend = "cannot be told" // too little to compare; the note says why
)

// The figures that are compared, as What names them; the others are topics.
const (
	Mentions   = "Mentions"
	MeanRating = "Mean rating"
	Positive   = "Positive mentions"
	Negative   = "Negative mentions"
	Answered   = "Answered or decided"
	InTarget   = "Within the target"
)

// sure is how many standard errors a difference needs before it is called one: about one false alarm in twenty.
const sure = 1.96

func changes(now, before Part, over bool, topicsBefore map[string]int, topics []Slice) []Change {
	out := []Change{
		volume(now, before, over),
		rating(now, before),
		shares(Positive, now.Positive, now.Judged(), before.Positive, before.Judged(), true),
		shares(Negative, now.Negative, now.Judged(), before.Negative, before.Judged(), false),
		shares(Answered, now.Response.Handled, now.Response.Owed, before.Response.Handled, before.Response.Owed, true),
		shares(InTarget, now.Response.Within, now.Response.Judged(), before.Response.Within, before.Response.Judged(), true),
	}
	return append(out, topicChanges(now.Mentions, before.Mentions, topicsBefore, topics)...)
}

func volume(now, before Part, over bool) Change {
	c := Change{What: Mentions, Before: fmt.Sprint(before.Mentions), Now: fmt.Sprint(now.Mentions), Trend: Other}
	if before.Mentions == 0 {
		c.Note, c.Trend = "nothing to compare with", Untold
		return c
	}
	if !over {
		c.Note, c.Trend = "not over yet", Untold
		return c
	}
	if math.Abs(float64(now.Mentions-before.Mentions)) < sure*math.Sqrt(float64(now.Mentions+before.Mentions)) || now.Mentions == before.Mentions {
		c.Trend = Same
	}
	return c
}

func rating(now, before Part) Change {
	c := Change{What: MeanRating, Before: stars(before), Now: stars(now), Trend: Same}
	if c.Note = few(now.Reviews(), before.Reviews()); c.Note != "" {
		c.Trend = Untold
		return c
	}
	difference := now.Mean() - before.Mean()
	if math.Abs(difference) >= sure*math.Sqrt(spread(now)+spread(before)) && difference != 0 {
		c.Trend = trend(difference > 0)
	}
	return c
}

// spread is the squared standard error of the mean rating.
func spread(p Part) float64 {
	mean, n, sum := p.Mean(), float64(p.Reviews()), 0.0
	for s := 1; s <= 5; s++ {
		sum += float64(p.Stars[s]) * (float64(s) - mean) * (float64(s) - mean)
	}
	return sum / (n * n)
}

func shares(what string, now, ofNow, before, ofBefore int, moreIsBetter bool) Change {
	c := Change{What: what, Before: percentOf(before, ofBefore), Now: percentOf(now, ofNow), Trend: Same}
	if c.Note = few(ofNow, ofBefore); c.Note != "" {
		c.Trend = Untold
		return c
	}
	if difference, clear := differ(now, ofNow, before, ofBefore); clear {
		c.Trend = trend((difference > 0) == moreIsBetter)
	}
	return c
}

// differ compares two shares; clear means that chance alone would seldom make the difference.
func differ(now, ofNow, before, ofBefore int) (difference float64, clear bool) {
	a, b := share(now, ofNow), share(before, ofBefore)
	pooled := share(now+before, ofNow+ofBefore)
	se := math.Sqrt(pooled * (1 - pooled) * (1/float64(ofNow) + 1/float64(ofBefore)))
	return a - b, a != b && math.Abs(a-b) >= sure*se
}

// topicChanges are the topics whose share of all mentions clearly rose or fell, the largest first.
func topicChanges(now, before int, countsBefore map[string]int, topics []Slice) []Change {
	if few(now, before) != "" {
		return nil
	}
	type moved struct {
		Change
		by float64
	}
	var list []moved
	for _, t := range topics {
		difference, clear := differ(t.Mentions, now, countsBefore[t.ID], before)
		if !clear {
			continue
		}
		c := Change{What: t.Label, Before: percentOf(countsBefore[t.ID], before), Now: percentOf(t.Mentions, now), Trend: Other, Topic: t.ID,
			Note: "share of all mentions that speak of it"}
		list = append(list, moved{c, math.Abs(difference)})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].by > list[j].by })
	var out []Change
	for _, m := range list[:min(len(list), 3)] {
		out = append(out, m.Change)
	}
	return out
}

func trend(better bool) Trend {
	if better {
		return Better
	}
	return Worse
}

func few(now, before int) string {
	switch {
	case before == 0 && now == 0:
		return "nothing in either period"
	case before == 0:
		return "nothing to compare with"
	case now < Few || before < Few:
		return fmt.Sprintf("too few to compare (%d and %d)", before, now)
	}
	return ""
}
