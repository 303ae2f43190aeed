package insight

import (
	"math"
	"time"
)

// normal is how often something is usual: a level that follows slow change, the pattern of the week, and by how much the rate goes up and
// down between days.
type normal struct {
	rate    float64    // a day
	weight  float64    // on how many counts the rate rests
	weekday [7]float64 // 1 on average
	unrest  map[int]float64
}

const (
	halfLife     = 60.0 // days after which a day counts half for the level
	weekdayCalm  = 10.0 // counts that speak for the pattern that is assumed before the own one is known
	unrestCalm   = 10.0 // squared expected counts that speak for the usual unrest
	unrestUsual  = 0.12 // squared share by which the rate itself goes up and down between ordinary days
	unrestLeast  = 0.02
	capChance    = 0.002 // a day that is rarer than this counts only up to there, so that an old burst makes nobody deaf
	mostLookback = 364   // days that tell the pattern of the week
)

// spans are the days within which a burst is looked for.
var spans = []int{1, 3, 7}

// normalOf learns what is usual from the days before the last ones.
func normalOf(days []Day, count func(Tally) int) normal {
	var n normal
	pattern := weekdays(days, func(t Tally) int { return t.Mentions }, [7]float64{1, 1, 1, 1, 1, 1, 1})
	n.weekday = weekdays(days, count, pattern)
	counts := make([]float64, len(days))
	for i, d := range days {
		counts[i] = float64(count(d.All))
	}
	for range 2 {
		n.level(days, counts)
		n.measure(days, counts)
		var most [7]float64 // by the day of the week
		for i, d := range days {
			weekday := d.Start.Weekday()
			if most[weekday] == 0 {
				mean, variance := n.expect(d.Start, 1)
				most[weekday] = float64(limit(mean, variance, capChance))
			}
			counts[i] = min(counts[i], most[weekday])
		}
	}
	n.level(days, counts)
	n.measure(days, counts)
	return n
}

// weekdays is how much more or less each day of the week has than the average, drawn towards an assumed pattern where there is little.
func weekdays(days []Day, count func(Tally) int, assumed [7]float64) [7]float64 {
	days = days[max(0, len(days)-mostLookback):]
	var sums, seen, pattern [7]float64
	total := 0.0
	for _, d := range days {
		c := float64(count(d.All))
		sums[d.Start.Weekday()] += c
		seen[d.Start.Weekday()]++
		total += c
	}
	mean := 0.0
	for i := range pattern {
		pattern[i] = (sums[i] + weekdayCalm*assumed[i]) / (total*seen[i]/float64(max(1, len(days))) + weekdayCalm)
		mean += pattern[i] / 7
	}
	for i := range pattern {
		pattern[i] /= mean
	}
	return pattern
}

// level sets the rate; days that are long gone count little.
func (n *normal) level(days []Day, counts []float64) {
	sum, exposure := 0.5, 0.0
	for i, d := range days {
		w := math.Exp2(-float64(len(days)-1-i) / halfLife)
		sum += w * counts[i]
		exposure += w * n.weekday[d.Start.Weekday()]
	}
	n.rate, n.weight = sum/max(exposure, 1), sum
}

// measure sets by how much the rate of runs of days goes up and down, beyond what chance alone makes of the counts.
func (n *normal) measure(days []Day, counts []float64) {
	n.unrest = map[int]float64{}
	for _, span := range spans {
		var u unrest
		for end := len(days); end-span >= max(0, len(days)-182); end -= span {
			sum, mean := 0.0, 0.0
			for i := end - span; i < end; i++ {
				sum += counts[i]
				mean += n.rate * n.weekday[days[i].Start.Weekday()]
			}
			u.add(sum, mean)
		}
		n.unrest[span] = u.of(unrestUsual)
	}
}

// unrest gathers counts and what was expected in their place.
type unrest struct{ beyond, means float64 }

func (u *unrest) add(count, mean float64) {
	u.beyond += (count-mean)*(count-mean) - mean
	u.means += mean * mean
}

// of is the squared share by which the rate goes up and down; where there is little to tell it from, it is near the usual.
func (u *unrest) of(usual float64) float64 {
	return max(unrestLeast, (u.beyond+usual*unrestCalm)/(u.means+unrestCalm))
}

// expect is the mean and the variance of the days from one on. The rate is not known better than the counts behind it allow.
func (n *normal) expect(first time.Time, span int) (mean, variance float64) {
	for i := range span {
		mean += n.rate * n.weekday[(int(first.Weekday())+i)%7]
	}
	return mean, varianceOf(mean, n.unrest[span], n.weight)
}

func varianceOf(mean, unrest, weight float64) float64 { return mean + mean*mean*(unrest+1/weight) }

// tail is the chance of at least k where the counts are negative binomial.
func tail(k int, mean, variance float64) float64 {
	if k <= 0 {
		return 1
	}
	if mean <= 0 {
		return 0
	}
	r := mean * mean / max(variance-mean, mean*1e-6)
	q := mean / (r + mean)
	lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	term := math.Exp(lg(float64(k)+r) - lg(r) - lg(float64(k)+1) + r*math.Log1p(-q) + float64(k)*math.Log(q))
	if float64(k) <= mean { // the upper tail is long here, the lower one is short
		below, t := 0.0, math.Exp(r*math.Log1p(-q))
		for i := range k {
			below += t
			t *= q * (float64(i) + r) / float64(i+1)
		}
		return max(0, 1-below)
	}
	sum := 0.0
	for i := k; term > sum*1e-9 && i < k+100000; i++ {
		sum += term
		term *= q * (float64(i) + r) / float64(i+1)
	}
	return sum
}

// limit is the smallest count that is rarer than a chance.
func limit(mean, variance, chance float64) int {
	k := int(mean) + 1
	for tail(k, mean, variance) >= chance {
		k += 1 + k/50
	}
	return k
}

// usualRange is where nineteen of twenty ordinary counts lie.
func usualRange(mean, variance float64) (low, high float64) {
	k := 0
	for tail(k+1, mean, variance) >= 0.975 {
		k += 1 + k/50
	}
	return float64(k), float64(limit(mean, variance, 0.025) - 1)
}
