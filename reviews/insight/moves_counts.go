package insight

import (
	"maps"
	"slices"
)

// The chances of a false alarm, for one look. A year has 365 looks, but neighbouring ones see nearly the same days.
var burstChance = map[int]float64{1: 1.4e-3, 3: 4e-5, 7: 4e-5}

const (
	topicChance = 4e-3 // for all topics together
	topicUnrest = 0.2  // weeks of one topic go up and down more than days of all

	leastBurst = 3   // fewer are a bad day
	leastTopic = 4   // mentions of a topic in a week
	leastTimes = 2.0 // what is not even twice the usual is left to the figures
	leastOnce  = 4.0 // and so is one day that is less than four times as bad
)

// learnGap is how many of the newest days do not tell what is usual: they are what is judged.
const learnGap = 7

// chartDays is how many days a chart of negatives shows.
const chartDays = 42

func negatives(t Tally) int { return t.Negative }

// bursts looks for more negative mentions than are usual within one, three and seven days.
func bursts(days []Day) []Signal {
	n := normalOf(days[:len(days)-learnGap], negatives)
	best := Signal{Chance: 1}
	for _, span := range spans {
		window := days[len(days)-span:]
		count := 0
		for _, d := range window {
			count += d.Fresh.Negative
		}
		mean, variance := n.expect(window[0].Start, span)
		chance := tail(count, mean, variance)
		if count < leastBurst || float64(count) < leastTimes*mean || span == 1 && float64(count) < leastOnce*mean || chance > burstChance[span] || chance >= best.Chance {
			continue
		}
		first := 0
		for window[first].Fresh.Negative == 0 { // it begins with the first of them
			first++
		}
		usual, _ := n.expect(window[first].Start, span-first)
		best = Signal{Kind: MoveNegatives, Since: window[first].Start, Count: count, Usual: usual, Chance: chance}
	}
	if best.Count == 0 {
		return nil
	}
	best.Points = n.points(days)
	return []Signal{best}
}

// negativeDays are the last days with what is usual for each, or nothing while too little is known.
func negativeDays(days []Day) []Point {
	days = begun(days)
	if len(days) < leastDays {
		return nil
	}
	n := normalOf(days[:len(days)-learnGap], negatives)
	return n.points(days)
}

func (n *normal) points(days []Day) []Point {
	var out []Point
	for _, d := range days[max(0, len(days)-chartDays):] {
		p := Point{From: d.Start, Value: float64(d.All.Negative)}
		p.Low, p.High = usualRange(n.expect(d.Start, 1))
		out = append(out, p)
	}
	return out
}

// rising looks for topics that are spoken of more in the last week than in the weeks of the quarter before. A topic that only grows with all
// that is said is not rising.
func rising(p Past, weeksKnown int) []Signal {
	if len(p.Weeks) == 0 {
		return nil
	}
	before := p.Weeks[:len(p.Weeks)-1]
	before = before[max(0, len(before)-weeksKnown):]
	if len(before) < leastDays/7-1 {
		return nil
	}
	mentions, known := 0, map[string]bool{}
	for _, w := range p.Weeks {
		for id := range w.Topics {
			known[id] = true
		}
	}
	for _, w := range before {
		mentions += w.Mentions
	}
	var out []Signal
	for _, id := range slices.Sorted(maps.Keys(known)) {
		count := p.Fresh.Topics[id]
		if count < leastTopic {
			continue
		}
		sum := 0.5
		for _, w := range before {
			sum += float64(w.Topics[id])
		}
		weekly := sum / float64(len(before))
		var u unrest
		for _, w := range before {
			u.add(float64(w.Topics[id]), weekly)
		}
		mean := max(weekly, sum/float64(max(1, mentions))*float64(p.Fresh.Mentions))
		goesUpAndDown := u.of(topicUnrest)
		chance := tail(count, mean, varianceOf(mean, goesUpAndDown, sum))
		if float64(count) < leastTimes*mean || chance > topicChance/float64(len(known)) {
			continue
		}
		s := Signal{Kind: MoveTopic, Subject: id, Since: p.Fresh.Start, Count: count, Usual: mean, Chance: chance}
		low, high := usualRange(weekly, varianceOf(weekly, goesUpAndDown, sum))
		for _, w := range append(slices.Clone(before), p.Weeks[len(p.Weeks)-1]) {
			s.Points = append(s.Points, Point{From: w.Start, Value: float64(w.Topics[id]), Low: low, High: high})
		}
		out = append(out, s)
	}
	return out
}
