package reviews

import (
	"fmt"
	"strings"
	"time"
)

// HealthState is how a source is, in a word.
type HealthState string

// How a source can be.
const (
	HealthFile    HealthState = "file" // brought in by hand: there is nothing to visit
	HealthPaused  HealthState = "paused"
	HealthNew     HealthState = "new"     // not visited yet
	HealthGood    HealthState = "good"    // the last visit was good
	HealthFailing HealthState = "failing" // the last visit failed
	HealthSilent  HealthState = "silent"  // answers, but has brought nothing new for far longer than it used to
	HealthEmpty   HealthState = "empty"   // answers with nothing where there was something
)

// Health is how a source is, with a sentence for a person and what to do.
type Health struct {
	State    HealthState `json:"state"`
	Troubled bool        `json:"troubled"` // somebody should look; one or two failures are weather
	Since    time.Time   `json:"since"`    // zero: does not matter
	Says     string      `json:"says"`
	Advice   string      `json:"advice,omitempty"`
}

// failingAfter is how many failures in a row trouble a source; fewer are weather.
const failingAfter = 3

// A source is silent when it brought nothing new for silentTimes as long as nine of ten of its waits took, and for a week at the least: offices
// have holidays.
const (
	silentTimes = 4
	silentLeast = 7 * 24 * time.Hour
)

// HealthOf judges a source by what its visits left behind.
func HealthOf(s Source, now time.Time) Health {
	switch {
	case s.Kind == KindImport || s.Kind == KindHand || s.Kind == KindSweep:
		return Health{State: HealthFile, Says: "Brought in by hand. There is nothing to visit."}
	case s.Retention == NoStore:
		return Health{State: HealthFile, Says: "Asked only when you look. Nothing of what it says is stored."}
	case s.Paused:
		return Health{State: HealthPaused, Says: "Paused. It is not visited until you resume it."}
	case s.gone():
		return Health{HealthFailing, true, s.Failing, sentenceOf(s.Problem) + " Goodword asks once a week whether that still holds.", failingAdvice(s)}
	case s.Failures >= failingAfter:
		return Health{HealthFailing, true, s.Failing, fmt.Sprintf("It could not be read %d times in a row. %s", s.Failures, sentenceOf(s.Problem)), failingAdvice(s)}
	case s.Failures > 0:
		return Health{State: HealthFailing, Since: s.Failing, Says: sentenceOf(s.Problem) + " It is tried again by itself."}
	case s.Visited.IsZero():
		return Health{State: HealthNew, Says: "Not visited yet."}
	case s.Most > 0 && s.Entries == 0 && !s.goesOn():
		return Health{HealthEmpty, true, s.Newest, fmt.Sprintf("It answers, but with no entries at all; it once had %d.", s.Most),
			"Open its address in a browser. If the site has moved or changed, add the new address as a source and remove this one."}
	case s.silent(now):
		return Health{HealthSilent, true, s.Newest, fmt.Sprintf("It answers, but has brought nothing new for %s. It used to bring something at least every %s.",
			stretch(now.Sub(s.Newest)), stretch(time.Duration(s.Gap)*time.Minute)), "Look on the site whether something is there that did not arrive. If it is only quiet, there is nothing to do."}
	}
	return Health{State: HealthGood, Says: "Working. The last visit was good."}
}

// gone reports whether the server said that there will never be anything at the address again. That is no weather: the first time is enough.
func (s Source) gone() bool { return s.Failures > 0 && strings.Contains(s.Problem, "(410)") }

// goesOn reports whether visits go on where the last one ended: then an answer without entries is the usual one.
func (s Source) goesOn() bool { return len(s.State) > 0 }

func (s Source) silent(now time.Time) bool {
	if s.Gap == 0 || s.Newest.IsZero() {
		return false
	}
	quiet := now.Sub(s.Newest)
	return quiet > silentLeast && quiet > silentTimes*time.Duration(s.Gap)*time.Minute
}

// failingAdvice is what helps against a failure, as far as its sentence tells.
func failingAdvice(s Source) string {
	about := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(s.Problem, w) {
				return true
			}
		}
		return false
	}
	switch {
	case about("keychain"):
		return "Open the source and enter its password or address again."
	case about("(401)", "(403)", "login"):
		return "The site wants to know who reads. Open its address in a browser, and enter a new key or password if it needs one."
	case about("(410)"):
		return "If the site has moved, add its new address as a source, then remove this one."
	case about("(404)", "web page"):
		return "The site has moved or changed. Paste the address of its page to find the feed again, then remove this source."
	case about("(429)"):
		return "Let it be visited less often."
	case about("own network"):
		return "Allow the own network for this source if the address is meant to be inside the office."
	case about("certificate"):
		return "Wait for the site to renew its certificate. If it lasts for days, tell the site."
	}
	return "It is tried again by itself, at least once a day, and nothing that was stored is lost. If it lasts for days, open its address in a browser."
}

func sentenceOf(problem string) string {
	problem = strings.TrimSpace(problem)
	if problem == "" || strings.HasSuffix(problem, ".") {
		return problem
	}
	return problem + "."
}

// stretch writes a long time roughly.
func stretch(d time.Duration) string {
	days := int(d.Hours() / 24)
	switch {
	case d < 2*time.Hour:
		return "hour"
	case days < 2:
		return fmt.Sprintf("%d hours", int(d.Hours()))
	case days < 21:
		return fmt.Sprintf("%d days", days)
	case days < 90:
		return fmt.Sprintf("%d weeks", days/7)
	}
	return fmt.Sprintf("%d months", days/30)
}
