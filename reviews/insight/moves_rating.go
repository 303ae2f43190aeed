package insight

import (
	"math"
)

// ratingDays are the days whose ratings are compared with the year before them.
var ratingDays = []int{28, 56}

const (
	ratingChance = 4e-4
	leastRatings = 8   // newer ones; fewer say little
	leastBefore  = 20  // older ones
	leastStars   = 0.4 // a smaller difference is left to the figures
	exactRatings = 60  // up to so many the chance is counted out; beyond, the bell curve is as good
)

// drifts compares the ratings of the last weeks with those of the year before. Where there are few, it counts out how many of all ways to deal
// the same ratings over the two times would look like this: ratings are mostly fives and ones, and no bell curve fits ten of them.
func drifts(days []Day) []Signal {
	var best *Signal
	for _, span := range ratingDays {
		if len(days) < span+leastDays {
			continue
		}
		var now, before Tally
		recent := days[len(days)-span:]
		for _, d := range recent {
			now.add(d.Fresh)
		}
		for _, d := range days[max(0, len(days)-span-mostLookback) : len(days)-span] {
			before.add(d.All)
		}
		a, b := Part{Stars: now.Stars, Mentions: now.Mentions}, Part{Stars: before.Stars, Mentions: before.Mentions}
		if a.Reviews() < leastRatings || b.Reviews() < leastBefore || math.Abs(a.Mean()-b.Mean()) < leastStars {
			continue
		}
		if !lasting(recent, now, b.Mean()) {
			continue
		}
		chance := dealt(now.Stars, before.Stars)
		if chance > ratingChance || best != nil && chance >= best.Chance {
			continue
		}
		best = &Signal{Kind: MoveDown, Since: recent[0].Start, Count: a.Reviews(), Usual: b.Mean(), Now: a.Mean(), Chance: chance}
		if a.Mean() > b.Mean() {
			best.Kind = MoveUp
		}
		best.Points = ratingPoints(days, b)
	}
	if best == nil {
		return nil
	}
	return []Signal{*best}
}

// lasting reports whether the ratings moved for more than a week: whichever week is left out, most of the difference is still there. A week of
// its own is a burst.
func lasting(days []Day, all Tally, before float64) bool {
	whole := Part{Stars: all.Stars}.Mean() - before
	for first := 0; first < len(days); first += 7 {
		rest := all.Stars
		for _, d := range days[first : first+7] {
			for s, n := range d.Fresh.Stars {
				rest[s] -= n
			}
		}
		n := 0
		for _, k := range rest[1:] {
			n += k
		}
		if n < leastRatings/2 || (Part{Stars: rest}.Mean()-before)/whole < 0.6 {
			return false
		}
	}
	return true
}

// ratingPoints are the means of the last weeks. A week without a rating is left out; the range of a week is wider the fewer it has.
func ratingPoints(days []Day, before Part) []Point {
	deviation := math.Sqrt(spread(before) * float64(before.Reviews()))
	var out []Point
	for first := len(days) % 7; first+7 <= len(days); first += 7 {
		var t Tally
		for _, d := range days[first : first+7] {
			t.add(d.All)
		}
		week := Part{Stars: t.Stars, Mentions: t.Mentions}
		if len(days)-first > 7*24 || week.Reviews() == 0 {
			continue
		}
		half := sure * deviation / math.Sqrt(float64(week.Reviews()))
		out = append(out, Point{From: days[first].Start, Value: week.Mean(), Low: max(1, before.Mean()-half), High: min(5, before.Mean()+half)})
	}
	return out
}

// dealt is the chance that the ratings of the newer time are so low, or so high, if all were dealt at random over both times.
func dealt(now, before [6]int) float64 {
	var pool [5]int
	n, all, sum := 0, 0, 0
	for s := range 5 {
		pool[s] = now[s+1] + before[s+1]
		n += now[s+1]
		all += pool[s]
		sum += s * now[s+1]
	}
	mean, variance := 0.0, 0.0
	for s, k := range pool {
		mean += float64(s*k) / float64(all)
	}
	for s, k := range pool {
		variance += float64(k) * (float64(s) - mean) * (float64(s) - mean) / float64(all-1)
	}
	if variance == 0 {
		return 1
	}
	part := float64(n)
	z := (math.Abs(float64(sum)-part*mean) - 0.5) / math.Sqrt(part*variance*(1-part/float64(all)))
	bell := math.Erfc(z/math.Sqrt2) / 2
	if n > exactRatings || all > 50*exactRatings || bell > 0.02 {
		return bell
	}
	low := float64(sum) < part*mean
	ways := make([][]float64, n+1) // by how many are dealt and what they add up to
	for i := range ways {
		ways[i] = make([]float64, 4*n+1)
	}
	ways[0][0] = 1
	for s, k := range pool {
		for have := n; have >= 0; have-- { // downwards, so that each kind of rating is dealt once
			row := ways[have]
			for take := 1; take <= min(k, n-have); take++ {
				c := choose(k, take)
				to := ways[have+take]
				for t, w := range row {
					if w != 0 {
						to[t+take*s] += w * c
					}
				}
			}
		}
	}
	like, total := 0.0, 0.0
	for t, w := range ways[n] {
		total += w
		if low && t <= sum || !low && t >= sum {
			like += w
		}
	}
	return like / total
}

func choose(n, k int) float64 {
	lg := func(x int) float64 { v, _ := math.Lgamma(float64(x) + 1); return v }
	return math.Exp(lg(n) - lg(k) - lg(n-k))
}
