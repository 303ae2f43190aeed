package policy

import (
	"fmt"
	"slices"
	"strings"
)

// OwnItem is an item that the practice adds to the checklist itself.
type OwnItem struct {
	ID       int64  `json:"id"`
	GroupID  string `json:"group_id"`
	Text     string `json:"text"`
	Level    Level  `json:"level"`
	Evidence string `json:"evidence,omitempty"`
	Months   int    `json:"months"`
	Basis    string `json:"basis,omitempty"`
	AddedOn  string `json:"added_on"`
	AddedBy  string `json:"added_by"`
}

// ItemID is the id under which answers to it are kept.
func (o OwnItem) ItemID() string { return fmt.Sprintf("own-%d", o.ID) }

// item is the own item as the list shows it. What stands behind it is the practice's own word, and is said to be.
func (o OwnItem) item(group string) Item {
	basis := o.Basis
	if basis == "" {
		basis = "A rule of our own"
	}
	return Item{ID: o.ItemID(), Own: o.ID, Text: o.Text, Level: o.Level, Evidence: o.Evidence, Months: o.Months, Group: group,
		Basis: Basis{Basis: basis, Source: "added by " + o.AddedBy, Status: StatusPractice, Checked: o.AddedOn}}
}

func (o OwnItem) ready() (OwnItem, error) {
	o.Text, o.Evidence, o.Basis = strings.TrimSpace(o.Text), strings.TrimSpace(o.Evidence), strings.TrimSpace(o.Basis)
	if o.Text == "" {
		return o, fmt.Errorf("An item needs words, such as \"The waiting room has the QR code of the notice\"")
	}
	if o.Level == "" {
		o.Level = ByUs
	}
	if !slices.Contains(Levels(), o.Level) {
		return o, fmt.Errorf("The checklist has no level %q", o.Level)
	}
	if o.Months == 0 {
		o.Months = 12
	}
	if o.Months < 1 || o.Months > 120 {
		return o, fmt.Errorf("An item is looked at again after 1 to 120 months, not %d", o.Months)
	}
	if !slices.ContainsFunc(checklist(), func(g Group) bool { return g.ID == o.GroupID }) {
		return o, fmt.Errorf("The checklist has no group %q", o.GroupID)
	}
	return o, nil
}
