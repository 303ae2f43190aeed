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
	word  string
	tone  kit.Tone
	text  string
	brief string // what is wrong, for a row
}

// healthWords are the states of health on a chip.
var healthWords = map[reviews.HealthState]health{reviews.HealthFile: {word: "File"}, reviews.HealthPaused: {word: "Paused"}, reviews.HealthNew: {word: "New", tone: kit.ToneAccent},
	reviews.HealthGood: {word: "Good", tone: kit.ToneGood}, reviews.HealthFailing: {word: "Failing", tone: kit.ToneWarn}, reviews.HealthSilent: {word: "Silent", tone: kit.ToneWarn},
	reviews.HealthEmpty: {word: "Empty", tone: kit.ToneWarn}}

func healthOf(s reviews.Source, now time.Time) health {
	judged := reviews.HealthOf(s, now)
	h := healthWords[judged.State]
	h.text, h.brief = strings.TrimSpace(judged.Says+" "+judged.Advice), judged.Says
	switch {
	case s.Kind == reviews.KindImport:
		h.text = "A file that was imported. Import the next export in the same way; what is known already is not stored twice."
	case shownOnly(s):
		h.word = "To look at"
	case judged.State == reviews.HealthFile:
		h.word = "By hand"
	case judged.State == reviews.HealthFailing:
		h.text, h.brief = "Failing since "+day(judged.Since, now)+". "+h.text, s.Problem
		if judged.Troubled {
			h.tone = kit.ToneBad
		}
	}
	return h
}

// kindTitle is the name of the kind of a source.
func kindTitle(s reviews.Source) string {
	if kind := kindOf(s.Kind); kind.ID != anyAddress && kind.Title != "" {
		return kind.Title
	}
	switch s.Kind {
	case reviews.KindImport:
		return "File"
	case anyAddress:
		return "Feed"
	}
	return s.Site
}

// retentionText says how long may be kept what a source brings.
func retentionText(s reviews.Source) string {
	switch s.Retention {
	case reviews.Restricted:
		if s.Keeps > 0 {
			return "The words go after " + span(time.Duration(s.Keeps)*time.Hour) + ", as the site asks; that there was a review stays"
		}
		return "The words go when the site's time is over; that there was a review stays"
	case reviews.NoStore:
		return "Shown only, never stored, as the site asks"
	}
	return "As long as the practice wants"
}

// nextVisit says when a source is visited next, short enough for a row. Nothing is promised while the program is offline.
func nextVisit(s reviews.Source, now time.Time, offline bool) string {
	switch {
	case !visited(s):
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

// asItShows is what stands for a source that is visited by its own rhythm.
const asItShows = "As it shows itself"

func everyTitle(minutes int) string {
	if minutes == 0 {
		return asItShows
	}
	for _, e := range every {
		if e.minutes == minutes {
			return e.title
		}
	}
	return "Every " + span(time.Duration(minutes)*time.Minute)
}

func everyTitles(own int) []string {
	titles, known := []string{asItShows}, own == 0
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
	if title == asItShows {
		return 0
	}
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

// shownOnly reports whether what a source says may be looked at and not stored.
func shownOnly(s reviews.Source) bool { return s.Retention == reviews.NoStore }

func number(n int64) string { return fmt.Sprint(n) }

// visited reports whether a source is asked by itself.
func visited(s reviews.Source) bool { return collect.Visited(s.Kind) }

// changeable reports whether there is something a person may set of a source.
func changeable(s reviews.Source) bool { return kindOf(s.Kind).ID != "" }
