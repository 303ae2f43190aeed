package practice

import "fmt"

// TargetRow is a target of its own for what one site or one source brings with a rating in a range. Without a site and a source it holds for all
// of them; a range from 0 takes in what has no rating.
type TargetRow struct {
	Site   string `json:"site,omitempty"`
	Source int64  `json:"source,omitempty"`
	From   int    `json:"from"` // stars, 0 to 5
	To     int    `json:"to"`
	Hours  int    `json:"hours"` // office hours
}

// LongestTarget is the longest target in office hours: about a quarter of a year.
const LongestTarget = 1000

// Check returns an error that says what does not fit.
func (r TargetRow) Check() error {
	switch {
	case r.From < 0 || r.To > 5 || r.From > r.To:
		return fmt.Errorf("A target holds for 0 to 5 stars, the lower number first; %d to %d is none", r.From, r.To)
	case r.Hours < 1 || r.Hours > LongestTarget:
		return fmt.Errorf("A target is a number of office hours from 1 to %d; %d is none", LongestTarget, r.Hours)
	}
	return nil
}

// Fits reports whether the row holds for what a source brought from a site with so many stars.
func (r TargetRow) Fits(site string, source int64, stars int) bool {
	return (r.Site == "" || r.Site == site) && (r.Source == 0 || r.Source == source) && r.From <= stars && stars <= r.To
}
