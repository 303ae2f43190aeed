package policy

import (
	"fmt"
	"slices"
	"sync"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Level says who asks for an item of the checklist.
type Level string

// The levels, the law first.
const (
	ByLaw      Level = "required_by_law"
	ByOffice   Level = "expected_by_regulator"
	ByPlatform Level = "platform_rule"
	ByUs       Level = "good_practice"
)

// Levels lists the levels in the order in which they weigh.
func Levels() []Level { return []Level{ByLaw, ByOffice, ByPlatform, ByUs} }

// Words is the level as people read it.
func (l Level) Words() string {
	switch l {
	case ByLaw:
		return "Required by law"
	case ByOffice:
		return "Expected by regulators"
	case ByPlatform:
		return "Rule of a platform"
	default:
		return "Good practice"
	}
}

// Answer is how far an item is done.
type Answer string

// The answers; the empty one means not yet looked at.
const (
	Unanswered    Answer = ""
	Yes           Answer = "yes"
	Partly        Answer = "partly"
	No            Answer = "no"
	NotApplicable Answer = "not applicable"
)

// Answers lists the answers in the order of the keys Y, P, N and A.
func Answers() []Answer { return []Answer{Yes, Partly, No, NotApplicable} }

// Answered is what the practice says about an item: the answer, the evidence, who sees to it, until when, and how often to look again
// (months; 0 means as the list says).
type Answered struct {
	Answer  Answer `json:"answer"`
	Note    string `json:"note,omitempty"`
	Link    string `json:"link,omitempty"`
	File    File   `json:"file"`
	OwnerID int64  `json:"owner_id,omitempty"`
	Due     string `json:"due,omitempty"`
	Every   int    `json:"every,omitempty"`
}

// Item is one line of the checklist with the practice's answer to it.
type Item struct {
	ID           string `yaml:"id" json:"id"`
	Text         string `yaml:"text" json:"text"`
	Level        Level  `yaml:"level" json:"level"`
	Evidence     string `yaml:"evidence" json:"evidence"` // what would prove it
	Months       int    `yaml:"every" json:"months"`
	AppliesIf    string `yaml:"applies_if" json:"applies_if,omitempty"`
	Jurisdiction string `yaml:"jurisdiction" json:"jurisdiction"`
	Basis        `yaml:",inline"`

	Answered `yaml:"-"`
	Own      int64     `yaml:"-" json:"own,omitempty"` // number of an item that the practice added itself
	At       time.Time `yaml:"-" json:"at"`            // when it was answered; zero: never
	By       string    `yaml:"-" json:"by,omitempty"`
	Group    string    `yaml:"-" json:"group"`
}

// Group is a part of the checklist.
type Group struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Items []Item `yaml:"items" json:"items"`
}

var checklist = sync.OnceValue(func() []Group {
	var file, places struct {
		Groups []Group `yaml:"groups"`
	}
	load("checklist/checklist.yaml", &file)
	load("checklist/places.yaml", &places)
	for at, g := range file.Groups {
		for _, more := range places.Groups {
			if more.ID == g.ID {
				g.Items = append(g.Items, more.Items...)
			}
		}
		for i := range g.Items {
			g.Items[i].Group = g.Title
		}
		file.Groups[at] = g
	}
	return file.Groups
})

// List returns the checklist as it ships, for all places, without answers.
func List() []Group {
	groups := slices.Clone(checklist())
	for i := range groups {
		groups[i].Items = slices.Clone(groups[i].Items)
	}
	return groups
}

func findItem(id string) (Item, error) {
	for _, g := range checklist() {
		for _, i := range g.Items {
			if i.ID == id {
				return i, nil
			}
		}
	}
	return Item{}, refusal.Because(ErrNotFound, "The checklist has no item %q", id)
}

// Settled reports whether nothing is left to do about the item.
func (i Item) Settled() bool { return i.Answer == Yes || i.Answer == NotApplicable }

// NextLook is the day on which a settled item wants to be looked at again, or "" for one that is open.
func (i Item) NextLook() string {
	if !i.Settled() || i.At.IsZero() {
		return ""
	}
	every := i.Every
	if every == 0 {
		every = i.Months
	}
	return after(i.At, every)
}

// Overdue reports whether on the given day an open item is past its due day, or a settled one past its next look.
func (i Item) Overdue(day string) bool {
	if i.Settled() {
		return i.NextLook() != "" && i.NextLook() < day
	}
	return i.Due != "" && i.Due < day
}

// Share is how much of a part of the checklist is done; what does not apply is left out of Total.
type Share struct {
	Name    string `json:"name"`
	Level   Level  `json:"level,omitempty"`
	Yes     int    `json:"yes"`
	Partly  int    `json:"partly"`
	No      int    `json:"no"`
	Open    int    `json:"open"` // not yet looked at
	Without int    `json:"not_applicable"`
	Total   int    `json:"total"`
	Overdue int    `json:"overdue"`
}

// Done is the share from 0 to 1; half a point for "partly". A part in which nothing applies is done.
func (s Share) Done() float64 {
	if s.Total == 0 {
		return 1
	}
	return (float64(s.Yes) + float64(s.Partly)/2) / float64(s.Total)
}

func (s *Share) add(i Item, day string) {
	switch i.Answer {
	case Yes:
		s.Yes++
	case Partly:
		s.Partly++
	case No:
		s.No++
	case NotApplicable:
		s.Without++
	default:
		s.Open++
	}
	if i.Answer != NotApplicable {
		s.Total++
	}
	if i.Overdue(day) {
		s.Overdue++
	}
}

// Progress is how far the checklist is, as a whole, by level (the law first) and by group.
type Progress struct {
	Items    int     `json:"items"`
	Answered int     `json:"answered"`
	All      Share   `json:"all"`
	Levels   []Share `json:"levels"`
	Groups   []Share `json:"groups"`
}

// Measure works out the progress on the given day.
func Measure(groups []Group, day string) Progress {
	p := Progress{All: Share{Name: "Checklist"}}
	for _, level := range Levels() {
		p.Levels = append(p.Levels, Share{Name: level.Words(), Level: level})
	}
	for _, g := range groups {
		part := Share{Name: g.Title}
		for _, i := range g.Items {
			part.add(i, day)
			p.All.add(i, day)
			if at := slices.Index(Levels(), i.Level); at >= 0 {
				p.Levels[at].add(i, day)
			}
		}
		p.Groups = append(p.Groups, part)
		p.Items += len(g.Items)
	}
	p.Answered = p.Items - p.All.Open
	return p
}

func (a Answered) check() error {
	if a.Answer != Unanswered && !slices.Contains(Answers(), a.Answer) {
		return fmt.Errorf("The answer %q is not one of yes, partly, no and not applicable", a.Answer)
	}
	if a.Every < 0 || a.Every > 120 {
		return fmt.Errorf("An item is looked at again after 1 to 120 months, not %d", a.Every)
	}
	return checkDay("due date", a.Due)
}

// Today is the day at t in the zone of the practice.
func Today(t time.Time, p practice.Practice) string { return t.In(p.Location()).Format(practice.Day) }
