package policy

import (
	"slices"
	"strings"
	"sync"
)

// Case is something that a regulator did about speech in public.
type Case struct {
	ID           string   `yaml:"id" json:"id"`
	Entity       string   `yaml:"entity" json:"entity"`
	Authority    string   `yaml:"authority" json:"authority"`
	Jurisdiction string   `yaml:"jurisdiction" json:"jurisdiction"`
	Kind         string   `yaml:"kind" json:"kind"`
	Platform     string   `yaml:"platform" json:"platform"`
	Announced    string   `yaml:"announced" json:"announced"`
	Conduct      string   `yaml:"conduct_date" json:"conduct,omitempty"`
	Complaint    string   `yaml:"complaint_date" json:"complaint,omitempty"`
	Amount       int      `yaml:"amount" json:"amount"` // as announced, in whole units; 0: none was set
	Currency     string   `yaml:"currency" json:"currency"`
	People       int      `yaml:"people_affected" json:"people,omitempty"`
	Outcome      string   `yaml:"outcome" json:"outcome"`
	Disclosed    []string `yaml:"disclosed" json:"disclosed"`
	Findings     []string `yaml:"findings" json:"findings"`
	Remedy       []string `yaml:"remedy" json:"remedy"`
	Lesson       string   `yaml:"lesson" json:"lesson"`
	Note         string   `yaml:"note" json:"note,omitempty"`
	SeenAt       string   `yaml:"seen_at" json:"seen_at,omitempty"`
	Basis        `yaml:",inline"`
}

// Tier is one level of the civil penalties for breaches of HIPAA, in US dollars for one violation and for a calendar year.
type Tier struct {
	Tier        int     `yaml:"tier" json:"tier"`
	Culpability string  `yaml:"culpability" json:"culpability"`
	Min         int     `yaml:"min" json:"min"`
	Max         int     `yaml:"max" json:"max"`
	YearCap     int     `yaml:"year_cap" json:"year_cap"`
	YearCap2019 float64 `yaml:"year_cap_2019" json:"year_cap_2019"` // under the enforcement discretion of 2019
}

// Penalties are the sums that the law sets.
type Penalties struct {
	HIPAA struct {
		Effective string `yaml:"effective" json:"effective"`
		Tiers     []Tier `yaml:"tiers" json:"tiers"`
		Basis     `yaml:",inline"`
	} `yaml:"hipaa" json:"hipaa"`
	ReviewRule struct {
		Max   int    `yaml:"max" json:"max"`
		AsOf  string `yaml:"as_of" json:"as_of"`
		Note  string `yaml:"note" json:"note,omitempty"`
		Basis `yaml:",inline"`
	} `yaml:"review_rule" json:"review_rule"`
}

type enforcementFile struct {
	Cases     []Case    `yaml:"cases"`
	Penalties Penalties `yaml:"penalties"`
}

var enforcement = sync.OnceValue(func() enforcementFile {
	var file enforcementFile
	load("enforcement/enforcement.yaml", &file)
	slices.SortStableFunc(file.Cases, func(a, b Case) int { return strings.Compare(b.Announced, a.Announced) })
	return file
})

// Enforcement returns the cases, newest first.
func Enforcement() []Case { return slices.Clone(enforcement().Cases) }

// PenaltySums returns the sums that the law sets, with their dates.
func PenaltySums() Penalties { return enforcement().Penalties }

// KindWords is the kind of a case as people read it.
func (c Case) KindWords() string {
	switch c.Kind {
	case "review_reply":
		return "Reply to a review"
	case "testimonial_or_story":
		return "Patient story"
	case "media_statement":
		return "Statement to the media"
	case "filming":
		return "Filming"
	case "staff_post_or_snoop":
		return "Post by staff"
	case "review_removal_pressure":
		return "Pressure to remove a review"
	case "review_platform":
		return "Review site"
	case "review_practices":
		return "Review practices"
	default:
		return strings.ReplaceAll(c.Kind, "_", " ")
	}
}
