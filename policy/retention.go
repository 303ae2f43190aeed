package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
)

// KeepYears is how long records of conduct are kept at least: six years from the day on which they were made or were last in effect.
const KeepYears = 6

const mostKeepYears = 50

// keepAnswers are the years behind the answers to the question how long records are kept.
var keepAnswers = map[string]int{"six": 6, "seven": 7, "ten": 10}

// Keeps is for how many years records are kept by what the version was built from; 0 where it was written by hand.
func (v Version) Keeps() int {
	q, ok := FindQuestion("years")
	if !ok || v.Composed == "" {
		return 0
	}
	most := 0
	for _, answer := range v.Situation.Chosen(q) {
		most = max(most, keepAnswers[answer])
	}
	return most
}

// KeepBasis is what KeepYears stands on, as the checklist names it.
func KeepBasis() Basis {
	item, err := findItem("gov5")
	if err != nil {
		panic(err) // the checklist ships inside the program
	}
	return item.Basis
}

// Hold is a legal hold: what it names stays, however old it is. An empty subject names everything.
type Hold struct {
	ID      int64     `json:"id"`
	Subject string    `json:"subject"`
	Reason  string    `json:"reason"`
	Since   time.Time `json:"since"`
	By      string    `json:"by"`
	Ended   time.Time `json:"ended,omitzero"`
	EndedBy string    `json:"ended_by,omitempty"`
}

// Stands reports whether the hold still holds.
func (h Hold) Stands() bool { return h.Ended.IsZero() }

// On says in words what the hold is on.
func (h Hold) On() string {
	kind, id, _ := strings.Cut(h.Subject, "/")
	switch kind {
	case "":
		return "everything"
	case "person":
		return "person " + id
	case "policy":
		return "policy version with number " + id
	default:
		return kind + " " + id
	}
}

// KeptRecord is one record with the day until which it is kept. Nothing is deleted when the day comes: it is listed, and people decide.
type KeptRecord struct {
	Kind    string   `json:"kind"`
	Title   string   `json:"title"`
	Subject []string `json:"subjects"` // what a hold may name, as in the audit log
	Last    string   `json:"last"`     // the last day of effect; "" while it is in effect
	Until   string   `json:"until"`    // "" while it is in effect
	Held    string   `json:"held,omitempty"`
}

// MayGo reports whether the record has served its time on the day and no hold is on it.
func (r KeptRecord) MayGo(day string) bool { return r.Until != "" && r.Until < day && r.Held == "" }

// Books is all that retention is worked out from.
type Books struct {
	Versions   []Version
	Signatures []Signature
	Refusals   []Refusal
	Results    []Result
	Vendors    []Vendor
	Incidents  []Incident
	People     []practice.Person
	Holds      []Hold
	Years      int
	Zone       *time.Location
}

// Retain works out until when each record is kept. A signature is in effect as long as its version is; a training until it is made again is not
// asked: it counts from its own day.
func Retain(b Books, day string) []KeptRecord {
	var all []KeptRecord
	add := func(kind, title, last string, subjects ...string) {
		r := KeptRecord{Kind: kind, Title: title, Subject: subjects, Last: last}
		if t, err := time.Parse(practice.Day, last); err == nil {
			r.Until = t.AddDate(max(b.Years, KeepYears), 0, 0).Format(practice.Day)
		}
		for _, h := range b.Holds {
			if h.Stands() && (h.Subject == "" || slices.Contains(subjects, h.Subject)) {
				r.Held = h.Reason
			}
		}
		all = append(all, r)
	}
	dayOf := func(t time.Time) string { return t.In(b.Zone).Format(practice.Day) }
	ends := map[int64]string{} // the last day of each version
	for _, v := range b.Versions {
		if v.From == "" {
			continue
		}
		next := ""
		for _, o := range b.Versions {
			if o.From != "" && o.Number > v.Number && (next == "" || o.From < next) {
				next = o.From
			}
		}
		if next > day {
			next = "" // it is still in effect
		}
		ends[v.ID] = next
		add("Policy version", fmt.Sprintf("Version %d, in force from %s", v.Number, writtenDay(v.From)), next, versionSubject(v.ID))
	}
	later := func(version int64, at time.Time) string {
		if end, ok := ends[version]; ok && end != "" {
			return max(end, dayOf(at))
		}
		return ""
	}
	for _, g := range b.Signatures {
		add("Signature", fmt.Sprintf("%s, version %d", g.Person, g.Number), later(g.VersionID, g.At), person(g.PersonID), versionSubject(g.VersionID))
	}
	for _, r := range b.Refusals {
		add("Refusal", fmt.Sprintf("%s, version %d", r.Person, r.Number), later(r.VersionID, r.At), person(r.PersonID), versionSubject(r.VersionID))
	}
	for _, r := range b.Results {
		outcome := "not passed"
		if r.Passed {
			outcome = "passed"
		}
		add("Training", fmt.Sprintf("%s, %s, %s on %s", r.Person, moduleTitle(r.ModuleID), outcome, writtenDay(dayOf(r.At))), dayOf(r.At), person(r.PersonID))
	}
	for _, v := range b.Vendors {
		last := v.EndedOn
		if last > day {
			last = ""
		}
		add("Vendor", v.Name, last, fmt.Sprintf("vendor/%d", v.ID))
	}
	for _, i := range b.Incidents {
		last := ""
		if !i.Closed.IsZero() {
			last = dayOf(i.Closed)
		}
		add("Incident", i.Title, last, fmt.Sprintf("incident/%d", i.ID))
	}
	for _, p := range b.People {
		if p.LeftOn != "" && p.LeftOn <= day {
			add("Person", p.Name+", left on "+writtenDay(p.LeftOn), p.LeftOn, person(p.ID))
		}
	}
	slices.SortStableFunc(all, func(a, b KeptRecord) int {
		return cmp.Or(cmp.Compare(endless(a.Until), endless(b.Until)), strings.Compare(a.Kind, b.Kind), strings.Compare(a.Title, b.Title))
	})
	return all
}

// endless puts what has no end last.
func endless(until string) string { return cmp.Or(until, "9999-12-31") }

func person(id int64) string { return fmt.Sprintf("person/%d", id) }

func moduleTitle(id string) string {
	if m, err := FindModule(id); err == nil {
		return m.Title
	}
	return id
}
