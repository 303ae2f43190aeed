package policy

import (
	"fmt"
	"strings"
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
	Also      string    `json:"also,omitempty"` // other names under which staff may know it, parted by commas
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

// warning is how many days before its end an agreement is brought to mind.
const warning = 30

// Ahead is what comes up within a month: an agreement that ends, a review that is due. It is "" where nothing does, or where a Worry is there already.
func (v Vendor) Ahead(day string) string {
	at, err := time.Parse(practice.Day, day)
	if err != nil || v.EndedOn != "" && v.EndedOn <= day || v.Worry(day) != "" {
		return ""
	}
	soon := at.AddDate(0, 0, warning).Format(practice.Day)
	switch {
	case v.Agreement == AgreementSigned && v.ExpiresOn != "" && v.ExpiresOn <= soon:
		return "Agreement ends on " + writtenDay(v.ExpiresOn)
	case v.ReviewOn != "" && v.ReviewOn <= soon:
		return "Review on " + writtenDay(v.ReviewOn)
	default:
		return ""
	}
}

func (v Vendor) ready() (Vendor, error) {
	v.Name, v.Also = strings.TrimSpace(v.Name), strings.TrimSpace(v.Also)
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
