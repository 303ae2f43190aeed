package sources

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
)

// health is how a source is, in a word, a tone and a sentence.
type health struct {
	word string
	tone kit.Tone
	text string
}

func healthOf(s reviews.Source, now time.Time) health {
	h := reviews.HealthOf(s, now)
	text := strings.TrimSpace(h.Says + " " + h.Advice)
	switch h.State {
	case reviews.HealthFile:
		return health{"File", kit.ToneNeutral, "A file that was imported. Import the next export in the same way; what is known already is not stored twice."}
	case reviews.HealthPaused:
		return health{"Paused", kit.ToneNeutral, text}
	case reviews.HealthFailing:
		tone := kit.ToneWarn
		if h.Troubled {
			tone = kit.ToneBad
		}
		return health{"Failing", tone, fmt.Sprintf("Failing since %s. %s", day(h.Since, now), text)}
	case reviews.HealthSilent:
		return health{"Silent", kit.ToneWarn, text}
	case reviews.HealthEmpty:
		return health{"Empty", kit.ToneWarn, text}
	case reviews.HealthNew:
		return health{"New", kit.ToneAccent, text}
	}
	return health{"Good", kit.ToneGood, text}
}

// nextVisit says when a source is visited next, short enough for a row. Nothing is promised while the program is offline.
func nextVisit(s reviews.Source, now time.Time, offline bool) string {
	switch {
	case s.Kind == "import":
		return ""
	case s.Paused:
		return "not visited"
	case offline:
		return "when online"
	case !s.Next.After(now):
		return "due now"
	}
	return "in " + span(s.Next.Sub(now))
}

// span writes a stretch of time in its largest unit.
func span(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "a moment"
	case d < time.Hour:
		return kit.Counted(int(d.Minutes()), "minute", "minutes")
	case d < 48*time.Hour:
		return kit.Counted(int(d.Hours()), "hour", "hours")
	}
	return kit.Counted(int(d.Hours()/24), "day", "days")
}

// ago writes a past moment as its distance; a moment that never was is "never".
func ago(t, now time.Time) string {
	switch {
	case t.IsZero():
		return "never"
	case now.Sub(t) < time.Minute:
		return "just now"
	case now.Sub(t) < 14*24*time.Hour:
		return span(now.Sub(t)) + " ago"
	}
	return "on " + t.Local().Format("2 January 2006")
}

// day writes a past moment so that a person knows which day it was.
func day(t, now time.Time) string {
	local, today := t.Local(), now.Local()
	switch {
	case t.IsZero():
		return "an unknown day"
	case local.Format(time.DateOnly) == today.Format(time.DateOnly):
		return "today, " + local.Format("15:04")
	case local.Year() == today.Year():
		return local.Format("2 Jan, 15:04")
	}
	return local.Format("2 Jan 2006")
}

// every is how often a source can be visited.
var every = []struct {
	minutes int
	title   string
}{{15, "Every 15 minutes"}, {30, "Every 30 minutes"}, {60, "Every hour"}, {180, "Every 3 hours"}, {360, "Every 6 hours"}, {720, "Every 12 hours"}, {1440, "Once a day"}}

func everyTitle(minutes int) string {
	for _, e := range every {
		if e.minutes == minutes {
			return e.title
		}
	}
	return "Every " + span(time.Duration(minutes)*time.Minute)
}

func everyTitles(own int) (titles []string) {
	known := false
	for _, e := range every {
		titles = append(titles, e.title)
		known = known || e.minutes == own
	}
	if !known {
		titles = append(titles, everyTitle(own))
	}
	return titles
}

func everyMinutes(title string, otherwise int) int {
	for _, e := range every {
		if e.title == title {
			return e.minutes
		}
	}
	return otherwise
}

// host is the part of an address that a person recognises.
func host(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return strings.TrimPrefix(u.Host, "www.")
	}
	return address
}

// words splits what was written with commas.
func words(text string) []string {
	var list []string
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func number(n int64) string { return fmt.Sprint(n) }

// visited reports whether a source is asked by itself.
func visited(s reviews.Source) bool { return collect.Visited(s.Kind) }

// changeable reports whether there is something a person may set of a source.
func changeable(s reviews.Source) bool { return s.Kind != "import" }
