package policy

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"goodword/internal/practice"
)

// Agreement is how far the business associate agreement with a vendor is.
type Agreement string

// The states of an agreement.
const (
	NoAgreement        Agreement = "none"
	AgreementAsked     Agreement = "asked"
	AgreementSigned    Agreement = "signed"
	AgreementNotNeeded Agreement = "not needed"
)

// Agreements lists the states in the order in which a form offers them.
func Agreements() []Agreement {
	return []Agreement{NoAgreement, AgreementAsked, AgreementSigned, AgreementNotNeeded}
}

// Vendor is somebody outside who works for the practice, or a tool that it uses.
type Vendor struct {
	ID        int64     `json:"id"`
	Name      string    `json:"name"`
	Service   string    `json:"service"`
	Sees      string    `json:"sees"`      // what data it can see, in words
	Patients  bool      `json:"patients"`  // patient information is among it
	Assistant bool      `json:"assistant"` // a chat assistant or another AI tool
	Agreement Agreement `json:"agreement"`
	SignedOn  string    `json:"signed_on,omitempty"`
	ExpiresOn string    `json:"expires_on,omitempty"`
	ReviewOn  string    `json:"review_on,omitempty"`
	Contact   string    `json:"contact,omitempty"`
	File      File      `json:"file"`
	Note      string    `json:"note,omitempty"`
	EndedOn   string    `json:"ended_on,omitempty"`
}

// MaySee answers the question of staff whether patient information may go to the vendor on the day, with the reason.
func (v Vendor) MaySee(day string) (bool, string) {
	switch {
	case v.EndedOn != "" && v.EndedOn <= day:
		return false, "No: the work with this vendor has ended."
	case v.Agreement != AgreementSigned:
		return false, "No: there is no signed agreement."
	case v.ExpiresOn != "" && v.ExpiresOn < day:
		return false, fmt.Sprintf("No: the agreement ended on %s.", v.ExpiresOn)
	default:
		return true, "Yes, as far as its task needs it."
	}
}

// Worry is what is wrong with the vendor's papers on the day, or "".
func (v Vendor) Worry(day string) string {
	if v.EndedOn != "" && v.EndedOn <= day {
		return ""
	}
	may, _ := v.MaySee(day)
	switch {
	case v.Patients && !may && v.Agreement == AgreementSigned:
		return "The agreement has run out"
	case v.Patients && !may:
		return "Needs a signed agreement"
	case v.ReviewOn != "" && v.ReviewOn < day:
		return "Review is overdue"
	default:
		return ""
	}
}

func (v Vendor) ready() (Vendor, error) {
	v.Name = strings.TrimSpace(v.Name)
	if v.Name == "" {
		return v, fmt.Errorf("A vendor needs a name")
	}
	if v.Agreement == "" {
		v.Agreement = NoAgreement
	}
	if v.Agreement == AgreementSigned && v.SignedOn == "" {
		return v, fmt.Errorf("A signed agreement needs the day on which it was signed")
	}
	for name, day := range map[string]string{"day of signing": v.SignedOn, "last day": v.ExpiresOn, "review day": v.ReviewOn, "end": v.EndedOn} {
		if err := checkDay(name, day); err != nil {
			return v, err
		}
	}
	return v, nil
}

// Incident is a mistake that was published, and what was done about it.
type Incident struct {
	ID          int64           `json:"id"`
	Title       string          `json:"title"`
	What        string          `json:"what"`
	Place       string          `json:"place"` // where it was published
	Noticed     time.Time       `json:"noticed"`
	ReportedBy  string          `json:"reported_by"`
	MentionID   int64           `json:"mention_id,omitempty"`
	SpotlightID int64           `json:"spotlight_id,omitempty"`
	Steps       map[string]Tick `json:"steps,omitempty"`
	Decision    string          `json:"decision,omitempty"`
	Lesson      string          `json:"lesson,omitempty"`
	Closed      time.Time       `json:"closed"`
}

// Tick says who did a step of the playbook, and when.
type Tick struct {
	At time.Time `json:"at"`
	By string    `json:"by"`
}

// PlayStep is one step of the first hour after a mistake.
type PlayStep struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Text  string `yaml:"text" json:"text"`
}

// Playbook is what to do in the first hour, in order, with its basis.
type Playbook struct {
	Steps        []PlayStep `yaml:"steps" json:"steps"`
	DaysToNotify int        `yaml:"days_to_notify" json:"days_to_notify"`
	Basis        `yaml:",inline"`
}

// FirstHour returns the playbook.
var FirstHour = sync.OnceValue(func() Playbook {
	var p Playbook
	load("lessons/first_hour.yaml", &p)
	return p
})

// NotifyBy is the last day for telling the people concerned, counted from the day on which the slip was noticed.
func (i Incident) NotifyBy(zone *time.Location) string {
	return i.Noticed.In(zone).AddDate(0, 0, FirstHour().DaysToNotify).Format(practice.Day)
}

// Next is the first step of the playbook that is not done, or "" when all are.
func (i Incident) Next() string {
	for _, step := range FirstHour().Steps {
		if _, done := i.Steps[step.ID]; !done {
			return step.ID
		}
	}
	return ""
}
