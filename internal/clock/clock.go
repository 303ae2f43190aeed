// Package clock gives the domains their time, so that a test can hold or move it.
package clock

import "time"

// Clock answers the present moment.
type Clock func() time.Time

// System is the computer's own clock.
func System() Clock { return time.Now }

// At is a clock that stands still at t.
func At(t time.Time) Clock { return func() time.Time { return t } }

// Unix turns a stored number of seconds into a time in UTC; 0 is the zero time ("not known").
func Unix(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// Seconds is the stored form of t; the zero time is 0.
func Seconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}
