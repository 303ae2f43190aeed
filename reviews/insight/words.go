package insight

import (
	"fmt"
	"math"
	"time"
)

// none stands for a figure that does not exist.
const none = "–"

// stars is the mean rating with what it rests on.
func stars(p Part) string {
	if p.Reviews() == 0 {
		return none
	}
	return fmt.Sprintf("%.1f (of %d)", p.Mean(), p.Reviews())
}

// percentOf writes a share with what it rests on; below Few it gives the plain count, as a percentage of three mentions misleads.
func percentOf(part, whole int) string {
	switch {
	case whole == 0:
		return none
	case whole < Few:
		return fmt.Sprintf("%d of %d", part, whole)
	}
	return fmt.Sprintf("%d%%", int(math.Round(100*share(part, whole))))
}

// Office writes the median time over office hours for people, or a dash where nothing was handled.
func (r Response) Office() string { return r.words(r.MedianOffice) }

// Wall writes the median time by the clock for people, or a dash where nothing was handled.
func (r Response) Wall() string { return r.words(r.MedianWall) }

func (r Response) words(d time.Duration) string {
	switch {
	case r.Timed == 0:
		return none
	case d < time.Minute:
		return "under 1 min"
	case d < time.Hour:
		return fmt.Sprintf("%d min", int(math.Round(d.Minutes())))
	case d < 48*time.Hour:
		return fmt.Sprintf("%.1f h", d.Hours())
	}
	return fmt.Sprintf("%.1f days", d.Hours()/24)
}
