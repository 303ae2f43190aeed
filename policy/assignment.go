package policy

import (
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// Assignment is a module that the compliance officer gave to one person, beside what their role asks for.
type Assignment struct {
	ID        int64     `json:"id"`
	PersonID  int64     `json:"person_id"`
	ModuleID  string    `json:"module_id"`
	Due       string    `json:"due"` // the last day
	Reason    string    `json:"reason"`
	At        time.Time `json:"at"`
	By        string    `json:"by"`
	Passed    time.Time `json:"passed,omitzero"`  // when the person passed the module after it was given
	Removed   time.Time `json:"removed,omitzero"` // taken back
	RemovedBy string    `json:"removed_by,omitempty"`
}

// MostAssignedDays is how far ahead an assignment may be due. What is a year away comes due by itself.
const MostAssignedDays = 365

// Stands reports whether the person has still to pass the module because of it.
func (a Assignment) Stands() bool { return a.Passed.IsZero() && a.Removed.IsZero() }

func (a Assignment) check(day string) error {
	if strings.TrimSpace(a.Reason) == "" {
		return refusal.Because(ErrStep, "Write down why: the person reads it, and it stays on record")
	}
	if _, err := time.Parse(practice.Day, a.Due); err != nil {
		return refusal.Because(ErrStep, "An assigned module needs its last day, such as %s", daysOn(day, FirstDays))
	}
	if a.Due < day || a.Due > daysOn(day, MostAssignedDays) {
		return refusal.Because(ErrStep, "The last day of an assigned module lies between today and %s", daysOn(day, MostAssignedDays))
	}
	return nil
}
