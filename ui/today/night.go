package today

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
)

// away is since when "while you were away" counts: the last moment before today at which the office was open, or the last midnight.
func away(now time.Time, p practice.Practice) time.Time {
	zone := p.Location()
	local := now.In(zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	for back := 1; back <= 7; back++ {
		day := midnight.AddDate(0, 0, -back)
		spans := p.Hours.Week[day.Weekday()]
		if len(spans) > 0 && p.Hours.Open(day.Add(time.Duration(spans[0].From)*time.Minute), zone) {
			return time.Date(day.Year(), day.Month(), day.Day(), 0, spans[len(spans)-1].To, 0, 0, zone)
		}
	}
	return midnight
}

// night is what the program did by itself.
type night struct {
	visits, sources, found, edited, failed int
	since                                  time.Time
}

// count adds the visits of one source.
func (n *night) count(visits []reviews.Visit) {
	seen, failed := false, false
	for i, v := range visits { // newest first
		if v.At.Before(n.since) {
			break
		}
		n.visits++
		n.found += v.New
		n.edited += v.Edited
		seen = true
		failed = failed || (i == 0 && v.Problem != "")
	}
	if seen {
		n.sources++
	}
	if failed {
		n.failed++
	}
}

// sentence tells it in plain words.
func (n night) sentence() string {
	if n.visits == 0 {
		return "No source was visited."
	}
	found := "nothing new"
	if n.found > 0 {
		found = kit.Counted(n.found, "new mention", "new mentions")
	}
	out := fmt.Sprintf("Visited %s, %s in all: %s", kit.Counted(n.sources, "source", "sources"), kit.Counted(n.visits, "time", "times"), found)
	if n.edited > 0 {
		out += fmt.Sprintf(", %d changed on the site", n.edited)
	}
	out += "."
	if n.failed > 0 {
		out += " " + kit.Counted(n.failed, "source could not be reached.", "sources could not be reached.")
	}
	return out
}

// step is one line of the audit log, with the place it leads to.
type step struct {
	at     time.Time
	who    string
	did    string
	screen string
	arg    any
}

const mostSteps = 7

// noise is what people do all day without its being news.
var noise = []string{string(reviews.StepRead), string(reviews.StepUnread), "flagged", "assigned", "collected"}

// byRule is how the steps of rules begin in the audit log.
const byRule = `rule "`

// screens says where the subjects of the audit log are seen.
var screens = map[string]string{"mention": "inbox", "spotlight": "spotlights", "source": "sources"}

// steps are the newest lines of the audit log that are news here. Settings and the policy are left to the log itself.
func steps(lines []audit.Line, since time.Time) []step {
	var out []step
	for _, l := range lines {
		if l.At.Before(since) || len(out) == mostSteps {
			break
		}
		kind, number, _ := strings.Cut(l.Subject, "/")
		id, err := strconv.ParseInt(number, 10, 64)
		if err != nil || screens[kind] == "" || slices.Contains(noise, l.Did) {
			continue
		}
		if l.Who.ID == 0 && strings.HasPrefix(l.Did, byRule) {
			continue // what a rule wants seen has a line of its own
		}
		out = append(out, step{at: l.At, who: l.Who.Name, did: l.Did, screen: screens[kind], arg: id})
	}
	return out
}
