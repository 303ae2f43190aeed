package policy

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
)

// Move is an item whose answer is another one than it was.
type Move struct {
	Item Item      `json:"item"` // as it stands now
	From Answer    `json:"from"`
	At   time.Time `json:"at"` // of the last change
	By   string    `json:"by"`
}

// Better reports whether the practice is nearer to done than it was.
func (m Move) Better() bool { return weight(m.Item.Answer) > weight(m.From) }

func weight(a Answer) int {
	return slices.Index([]Answer{Unanswered, No, Partly, NotApplicable, Yes}, a)
}

// Since is what changed on the checklist since the end of a day.
type Since struct {
	Day    string   `json:"day"`
	Before Progress `json:"before"`
	Now    Progress `json:"now"`
	Moves  []Move   `json:"moves"`  // newest first
	Looked []Item   `json:"looked"` // looked at again, with the same answer
	Added  []Item   `json:"added"`  // own items that are new
}

// compare works out what changed. lines are those of the audit log about the checklist, oldest first; then are the items as they were, added the
// days on which own items came.
func compare(groups []Group, lines []audit.Line, day, today string, zone *time.Location, added map[string]string) Since {
	s := Since{Day: day}
	before, last := map[string]Answered{}, map[string]audit.Line{}
	when := map[string]time.Time{}
	for _, line := range lines {
		id := strings.TrimPrefix(line.Subject, "checklist/")
		if line.At.In(zone).Format(time.DateOnly) > day {
			last[id] = line
			continue
		}
		var a Answered
		if json.Unmarshal([]byte(line.After), &a) == nil {
			before[id], when[id] = a, line.At
		}
	}
	var then []Group
	for _, g := range groups {
		old := Group{ID: g.ID, Title: g.Title}
		for _, i := range g.Items {
			if added[i.ID] > day {
				s.Added = append(s.Added, i)
			} else {
				was := i
				was.Answered, was.At = before[i.ID], when[i.ID]
				old.Items = append(old.Items, was)
			}
			line, touched := last[i.ID]
			switch from := before[i.ID].Answer; {
			case from != i.Answer:
				s.Moves = append(s.Moves, Move{Item: i, From: from, At: line.At, By: line.Who.Name})
			case touched && i.Answer != Unanswered:
				s.Looked = append(s.Looked, i)
			}
		}
		then = append(then, old)
	}
	slices.SortStableFunc(s.Moves, func(a, b Move) int { return b.At.Compare(a.At) })
	s.Before, s.Now = Measure(then, day), Measure(groups, today)
	return s
}
