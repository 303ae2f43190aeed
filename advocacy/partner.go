package advocacy

import (
	"slices"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// Partner is somebody outside the staff who speaks for the practice: an influencer, a neighbouring business, a club.
type Partner struct {
	ID         int64     `json:"id"`
	Name       string    `json:"name"`
	Kind       string    `json:"kind"` // "influencer" or "partner"
	Link       string    `json:"link,omitempty"`
	Checks     []string  `json:"checks,omitempty"` // ids of the checks that somebody made
	CheckedBy  int64     `json:"checked_by,omitempty"`
	CheckedAt  time.Time `json:"checked_at"`
	Disclosure string    `json:"disclosure,omitempty"` // the words that their posts carry
	Gets       string    `json:"gets,omitempty"`       // what they get for it: money, a free treatment, nothing
	From       string    `json:"from,omitempty"`       // days of the contract
	Until      string    `json:"until,omitempty"`
	Note       string    `json:"note,omitempty"`
	Ended      time.Time `json:"ended"`
	Added      time.Time `json:"added"`
	By         int64     `json:"by"`
}

// PartnerKinds lists the kinds of partners.
func PartnerKinds() []string { return []string{"influencer", "partner"} }

// Standing is what is to be done about a partner.
type Standing string

// The standings, from the most pressing.
const (
	ContractOver  Standing = "the contract is over"
	ChecksOpen    Standing = "not all is checked"
	NoDisclosure  Standing = "no disclosure is agreed"
	ContractSoon  Standing = "the contract ends within a week"
	ContractEnds  Standing = "the contract ends within 30 days"
	InOrder       Standing = "in order"
	PartnerClosed Standing = "closed"
)

// Standing says what is most pressing about a partner on a day. Nobody speaks for the practice before all is checked and the words of the
// disclosure are agreed.
func (p Partner) Standing(today string) Standing {
	left, dated := days(today, p.Until)
	switch {
	case !p.Ended.IsZero():
		return PartnerClosed
	case dated && left < 0:
		return ContractOver
	case slices.ContainsFunc(PartnerChecks(), func(c PartnerCheck) bool { return !slices.Contains(p.Checks, c.ID) }):
		return ChecksOpen
	case strings.TrimSpace(p.Disclosure) == "":
		return NoDisclosure
	case dated && left <= soonDays:
		return ContractSoon
	case dated && left <= endingDays:
		return ContractEnds
	}
	return InOrder
}

func (p Partner) check() error {
	if strings.TrimSpace(p.Name) == "" {
		return refusal.Because(ErrStep, "Enter a name")
	}
	if !slices.Contains(PartnerKinds(), p.Kind) {
		return refusal.Because(ErrStep, "Choose whether it is an influencer or a partner")
	}
	if p.Link != "" && !strings.HasPrefix(p.Link, "https://") && !strings.HasPrefix(p.Link, "http://") {
		return refusal.Because(ErrStep, "The address starts with https://")
	}
	for _, day := range []string{p.From, p.Until} {
		if aDay(day) != nil {
			return refusal.Because(ErrStep, "%q is not a day. Write it as 2026-11-22", day)
		}
	}
	if p.From != "" && p.Until != "" && p.Until < p.From {
		return refusal.Because(ErrStep, "The contract would end on %s, before it begins on %s", p.Until, p.From)
	}
	for _, check := range p.Checks {
		if !slices.ContainsFunc(PartnerChecks(), func(c PartnerCheck) bool { return c.ID == check }) {
			return refusal.Because(ErrNotFound, "There is no check %q", check)
		}
	}
	return nil
}
