package reviews

import "time"

const (
	defaultEvery = 60 // minutes
	longestPause = 24 * time.Hour
	silentAfter  = 3 // failures in a row, from which a source counts as failing on Today
)

// after is the source as a visit leaves it: when it is due next, since when it fails, what to ask for conditionally.
func (s Source) after(v Visit) Source {
	s.Visited = v.At
	every := time.Duration(s.Every) * time.Minute
	if every <= 0 {
		every = defaultEvery * time.Minute
	}
	pause := every
	if v.Problem != "" {
		s.Failures++
		s.Problem = v.Problem
		if s.Failing.IsZero() {
			s.Failing = v.At
		}
		pause = backOff(every, s.Failures)
	} else {
		s.Succeeded, s.Failures, s.Failing, s.Problem = v.At, 0, time.Time{}, ""
		if !v.Unchanged {
			s.Entries, s.ETag, s.Modified, s.Hash = v.Entries, v.ETag, v.Modified, v.Hash
		}
		s.Brought += v.New
		s.Most = max(s.Most, v.Entries)
		if v.New > 0 {
			s.Newest = v.At
		}
	}
	if v.State != nil {
		s.State = v.State
	}
	if v.Address != "" {
		s.Address = v.Address
	}
	s.Next = v.At.Add(max(pause, v.Retry))
	return s
}

// backOff doubles the pause with each failure in a row, up to a day: a server in trouble is left in peace.
func backOff(every time.Duration, failures int) time.Duration {
	pause := every
	for i := 1; i < failures && pause < longestPause; i++ {
		pause *= 2
	}
	return min(pause, max(longestPause, every))
}
