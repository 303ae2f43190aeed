package reviews

import (
	"encoding/binary"
	"hash/fnv"
	"net/http"
	"slices"
	"time"
)

// The bounds of how often a source is visited, where no person chose.
const (
	shortestPause = 15 * time.Minute
	longestPause  = 24 * time.Hour
	gonePause     = 7 * 24 * time.Hour // where the server said that nothing will ever come again
	defaultEvery  = 60                 // minutes, until the source has shown its rhythm
)

// looksPerGap is how often a source is visited in the time in which it usually brings one new thing: a review waits an eighth of that time.
const looksPerGap = 8

// firstRetry is the longest wait after a first failure: most are over within the hour, even where a good source is asked once a day.
const firstRetry = time.Hour

// after is the source as a visit leaves it: when it is due next, since when it fails, what to ask for conditionally.
func (s Source) after(v Visit, seen pace) Source {
	s = s.notAfter(v.At)
	if v.Problem != "" {
		s.Failures++
		s.Problem = v.Problem
		if s.Failing.IsZero() {
			s.Failing = v.At
		}
	} else {
		s.Succeeded, s.Failures, s.Failing, s.Problem = v.At, 0, time.Time{}, ""
		if !v.Unchanged {
			s.Entries, s.ETag, s.Modified, s.Hash = v.Entries, v.ETag, v.Modified, v.Hash
		}
		s.Brought += v.New
		s.Most = max(s.Most, v.Entries)
		if v.Rating != nil && v.Entries == 0 {
			s.Most = 0 // a page that shows its rating only is not empty
		}
		s = s.learn(v, seen)
	}
	s.Visited = v.At
	if v.State != nil {
		s.State = v.State
	}
	if v.Address != "" {
		s.Address = v.Address
	}
	s.Next = v.At.Add(s.pause(v))
	return s
}

// notAfter takes back what a wrong clock noted: nothing happened later than now.
func (s Source) notAfter(now time.Time) Source {
	for _, at := range []*time.Time{&s.Visited, &s.Succeeded, &s.Failing, &s.Newest} {
		if at.After(now) {
			*at = now
		}
	}
	return s
}

// pause is how long the source is left alone after a visit. A server's own wish holds, up to a day.
func (s Source) pause(v Visit) time.Duration {
	pause := s.every()
	switch {
	case s.Failures > 0 && v.Status == http.StatusGone:
		pause = gonePause
	case s.Failures > 0:
		pause = backOff(pause, s.Failures, v.Status)
	}
	pause = max(pause, min(v.Retry, longestPause))
	if s.Every > 0 && s.Failures == 0 && v.Retry == 0 {
		return pause // a person's choice is kept to the minute
	}
	return pause + time.Duration(s.jitter()*float64(pause))
}

// every is the time between two visits: a person's choice, what was learned, or the usual.
func (s Source) every() time.Duration {
	switch {
	case s.Every > 0:
		return time.Duration(s.Every) * time.Minute
	case s.Rhythm > 0:
		return bounded(time.Duration(s.Rhythm) * time.Minute)
	}
	return defaultEvery * time.Minute
}

func bounded(pause time.Duration) time.Duration { return min(max(pause, shortestPause), longestPause) }

// backOff doubles the pause with each failure in a row, up to a day: a server in trouble is left in peace. One that said that we come too often
// is asked no sooner than usual.
func backOff(every time.Duration, failures, status int) time.Duration {
	first := min(every, firstRetry)
	if status == http.StatusTooManyRequests {
		first = every
	}
	pause := first
	for i := 1; i < failures && pause < longestPause; i++ {
		pause *= 2
	}
	return min(pause, max(longestPause, first))
}

// mostJitter is the largest part of a pause that is added to it.
const mostJitter = 0.2

// jitter is a part of the pause that differs from source to source and from failure to failure, so that many sources of one server, or all of
// them after a night offline, do not come back at the same moment. It is the same each time it is asked.
func (s Source) jitter() float64 {
	h := fnv.New64a()
	_, _ = h.Write(binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, uint64(s.ID)), uint64(s.Failures)+uint64(s.Visited.Unix())))
	return mostJitter * float64(h.Sum64()>>11) / (1 << 53)
}

// pace is how an answer's own dates say that its entries follow each other; zero: they do not say.
type pace struct {
	usual time.Duration // between two entries: half of the gaps are shorter
	long  time.Duration // nine of ten are shorter
}

// fewestDates is from how many dated entries a pace can be told.
const fewestDates = 5

// paceOf reads the pace from the days on which entries were posted. Approximate dates are left out: they gather on the day they were seen.
func paceOf(found []Found) pace {
	var at []time.Time
	for _, f := range found {
		if !f.Posted.IsZero() && !f.About {
			at = append(at, f.Posted)
		}
	}
	if len(at) < fewestDates {
		return pace{}
	}
	slices.SortFunc(at, time.Time.Compare)
	gaps := make([]time.Duration, len(at)-1)
	for i := range gaps {
		gaps[i] = at[i+1].Sub(at[i])
	}
	slices.Sort(gaps)
	return pace{usual: gaps[len(gaps)/2], long: gaps[(len(gaps)*9+9)/10-1]}
}

// learn draws its rhythm from what a good visit brought. Something new moves it half of the way to what the dates say, or the wait since the last
// new thing; a wait that grows longer than the rhythm knows makes it slower bit by bit.
func (s Source) learn(v Visit, seen pace) Source {
	wait := time.Duration(0)
	if !s.Newest.IsZero() {
		wait = v.At.Sub(s.Newest)
	}
	old := s.every()
	if s.Every > 0 { // what is learned beside a person's choice tells only when the source has gone silent
		old = bounded(time.Duration(s.Rhythm) * time.Minute)
	}
	switch {
	case v.New > 0 && seen.usual > 0:
		s.Rhythm = minutes(old/2 + bounded(seen.usual/looksPerGap)/2)
		s.Gap = max(minutes(max(seen.long, wait)), s.Gap*3/4)
	case v.New > 0 && wait > 0:
		s.Rhythm = minutes(old/2 + bounded(wait/time.Duration(v.New)/looksPerGap)/2)
		s.Gap = max(minutes(wait), s.Gap*3/4)
	case v.New == 0 && wait/looksPerGap > old:
		s.Rhythm = minutes(min(old+old/4, bounded(wait/looksPerGap)))
	}
	if v.New > 0 {
		s.Newest = v.At
	}
	return s
}

func minutes(d time.Duration) int { return int(d / time.Minute) }
