package advocacy

import (
	"slices"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// Authorization is what a patient allowed, in writing, for one spotlight: the paper of 45 CFR 164.508. It is a type of its own, with a
// table of its own: no consent of staff ever stands for it, nor it for one, and it opens no way round the gate.
type Authorization struct {
	ID             int64     `json:"id"`
	SpotlightID    int64     `json:"spotlight_id"`
	Patient        string    `json:"patient"`   // as on the paper; never in a log, never in a text
	Describes      string    `json:"describes"` // what is used, exactly
	Discloser      string    `json:"discloser"` // who may disclose it
	Networks       []string  `json:"networks"`  // to whom: the readers of these, and of no others
	Purpose        string    `json:"purpose"`   // what for
	Until          string    `json:"until"`     // the day on which it ends
	SignedOn       string    `json:"signed_on"` // the day of the signature
	Representative string    `json:"representative,omitempty"`
	Authority      string    `json:"authority,omitempty"` // what gives the representative the right to sign
	Statements     []string  `json:"statements"`          // ids of what the signed paper says
	Language       string    `json:"language"`
	Scan           string    `json:"scan,omitempty"` // SHA-256 of the signed copy; without it the record does not count
	Given          time.Time `json:"given"`
	By             int64     `json:"by"`
	Withdrawn      time.Time `json:"withdrawn"`
	WithdrawnBy    int64     `json:"withdrawn_by,omitempty"`
}

// Live reports whether the authorization holds on the day: signed, with the signed copy on file, not ended and not withdrawn.
func (a Authorization) Live(day string) bool {
	return a.Withdrawn.IsZero() && a.Scan != "" && a.SignedOn <= day && day <= a.Until
}

// Covers reports whether the authorization allows the spotlight on the network on the day.
func (a Authorization) Covers(spotlight int64, network, day string) bool {
	return a.SpotlightID == spotlight && a.Live(day) && slices.Contains(a.Networks, network)
}

// check returns an error that names the element the law asks for and the record lacks.
func (a Authorization) check() error {
	if strings.TrimSpace(a.Patient) == "" {
		return refusal.Because(ErrConsent, "Enter the name of the patient as it stands on the paper")
	}
	given := map[string]bool{"describes": a.Describes != "", "discloser": a.Discloser != "", "networks": len(a.Networks) > 0, "purpose": a.Purpose != "",
		"until": a.Until != "", "signed": a.SignedOn != ""}
	for _, e := range patientPaper().Elements {
		if !given[e.ID] {
			return refusal.Because(ErrConsent, "The authorization must say %s (%s)", e.Text, e.Basis)
		}
	}
	for _, s := range patientPaper().Statements {
		if !slices.Contains(a.Statements, s.ID) {
			return refusal.Because(ErrConsent, "Read the signed paper and tick: \"%s\" (%s)", strings.TrimSuffix(s.Text, "."), s.Basis)
		}
	}
	if err := knownNetworks(a.Networks); err != nil {
		return err
	}
	for _, day := range []string{a.Until, a.SignedOn} {
		if err := aDay(day); err != nil {
			return err
		}
	}
	if a.Until < a.SignedOn {
		return refusal.Because(ErrConsent, "The authorization would end on %s, before it was signed on %s", a.Until, a.SignedOn)
	}
	if (a.Representative == "") != (a.Authority == "") {
		return refusal.Because(ErrConsent, "Where somebody signs for the patient, the paper names them and says what gives them the right to (45 CFR 164.508(c)(1)(vi))")
	}
	if _, ok := languageOf(patientPaper().Languages, a.Language); !ok {
		return refusal.Because(ErrConsent, "There is no authorization in the language %q", a.Language)
	}
	return nil
}

// authorized asks an authorization of every patient who is shown or told of. Two records of one patient count once.
func (s Step) authorized(n Network, day string) error {
	if s.Spotlight.Patients == 0 {
		return nil
	}
	patients := map[string]bool{}
	for _, a := range s.Allowed {
		if a.Covers(s.Spotlight.ID, n.ID, day) {
			patients[strings.ToLower(strings.Join(strings.Fields(a.Patient), " "))] = true
		}
	}
	if missing := s.Spotlight.Patients - len(patients); missing > 0 {
		return refusal.Because(ErrConsent, "%s in this spotlight still needs a signed authorization for %s on %s. The consent of staff never stands for it (45 CFR 164.508)",
			count(missing, "patient"), n.Name, day)
	}
	return nil
}
