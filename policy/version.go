package policy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// Version is one version of the policy document. It is a draft until it has a day from which it is in force; from then on it never changes.
type Version struct {
	ID       int64     `json:"id"`
	Number   int       `json:"number"`
	Text     string    `json:"text,omitempty"`
	Hash     string    `json:"hash"`
	Summary  string    `json:"summary"`  // what is new, in a sentence
	Material bool      `json:"material"` // asks for new signatures; an editorial one does not
	From     string    `json:"from"`     // day; "" for a draft
	Created  time.Time `json:"created"`
	By       string    `json:"by"`
	PutAt    time.Time `json:"put_at"` // when somebody put it in force, which may be before or after the day From
	PutBy    string    `json:"put_by,omitempty"`

	Situation Situation `json:"situation,omitempty"` // the answers that the text was built from
	Composed  string    `json:"-"`                   // what the clauses alone said then, so that the next build knows own words
}

// Standing is where a version stands on a day: draft → in force → superseded, with "coming" between the decision and the day.
type Standing string

// The standings of a version.
const (
	Draft      Standing = "draft"
	Coming     Standing = "coming"
	InForce    Standing = "in force"
	Superseded Standing = "superseded"
)

// Hash is the fingerprint of a policy text, as signatures carry it.
func Hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// Current returns the version that is in force on the day, and false if there is none. Versions may come in any order.
func Current(versions []Version, day string) (Version, bool) {
	var current Version
	for _, v := range versions {
		if v.From != "" && v.From <= day && v.Number > current.Number {
			current = v
		}
	}
	return current, current.Number > 0
}

// Stands says where a version stands among all versions on the day.
func Stands(v Version, versions []Version, day string) Standing {
	current, _ := Current(versions, day)
	switch {
	case v.From == "":
		return Draft
	case v.Number == current.Number:
		return InForce
	case v.From > day:
		if slices.ContainsFunc(versions, func(o Version) bool { return o.Number > v.Number && o.From == v.From }) {
			return Superseded // by a newer one that begins on the same day: it will never be in force
		}
		return Coming
	default:
		return Superseded
	}
}

// Asked returns the numbers of the versions whose signature counts for version v: v itself and, going back over editorial changes, every
// version down to the last material one.
func Asked(v Version, versions []Version) []int {
	before := slices.DeleteFunc(slices.Clone(versions), func(o Version) bool { return o.From == "" || o.Number >= v.Number })
	slices.SortFunc(before, func(a, b Version) int { return b.Number - a.Number })
	numbers := []int{v.Number}
	last := v
	for _, o := range before {
		if last.Material {
			break
		}
		numbers = append(numbers, o.Number)
		last = o
	}
	return numbers
}

// mayPut refuses a day that would put versions in force in another order than that of their numbers.
func mayPut(v Version, versions []Version, from string) error {
	if err := checkDay("day", from); err != nil || from == "" {
		return fmt.Errorf("A version is put in force from a day such as 2026-12-01: %w", orStep(err))
	}
	if v.From != "" {
		return refusal.Because(ErrStep, "Version %d was put in force already, from %s", v.Number, v.From)
	}
	if strings.TrimSpace(v.Text) == "" {
		return refusal.Because(ErrStep, "Version %d has no text yet", v.Number)
	}
	for _, o := range versions {
		if o.From == "" {
			continue
		}
		if o.Number > v.Number {
			return refusal.Because(ErrStep, "Version %d is newer and was put in force already", o.Number)
		}
		if o.From > from {
			return refusal.Because(ErrStep, "Version %d is in force from %s, so version %d cannot begin on %s. Choose %s or a later day", o.Number, o.From, v.Number, from, daysOn(o.From, 1))
		}
	}
	return nil
}

func orStep(err error) error {
	if err == nil {
		return ErrStep
	}
	return err
}
