package advocacy

import (
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// The uses that a consent names.
const (
	UseName        = "name"
	UsePhoto       = "photo"
	UseVideo       = "video"
	UseQuote       = "quote"
	UseStory       = "story"
	UseCredentials = "credentials"
)

// ConsentUses lists all uses in the order in which a form offers them.
func ConsentUses() []string {
	return []string{UseName, UsePhoto, UseQuote, UseStory, UseCredentials, UseVideo}
}

// Live reports whether the consent holds on the day.
func (c Consent) Live(day string) bool {
	return c.Withdrawn.IsZero() && c.From <= day && (c.Until == "" || day <= c.Until)
}

// Covers reports whether the consent allows all the uses on the network on the day.
func (c Consent) Covers(person int64, uses []string, network, day string) bool {
	if c.PersonID != person || !c.Live(day) {
		return false
	}
	if len(c.Networks) > 0 && !slices.Contains(c.Networks, network) {
		return false
	}
	for _, use := range uses {
		if !slices.Contains(c.Uses, use) {
			return false
		}
	}
	return true
}

// covering finds one consent that allows everything; pieces of several do not add up to one.
func covering(consents []Consent, person int64, uses []string, network, day string) (Consent, bool) {
	for _, c := range consents {
		if c.Covers(person, uses, network, day) {
			return c, true
		}
	}
	return Consent{}, false
}

// Needs lists the uses that a spotlight makes of its person: the name always, the others by what the card holds.
func Needs(s Spotlight, person practice.Person) []string {
	uses := []string{UseName}
	if s.Picture.File != "" {
		uses = append(uses, UsePhoto)
	}
	texts := ""
	for _, v := range s.Variants {
		texts += v.Text + "\n"
	}
	if strings.ContainsAny(texts, `"“”«»`) {
		uses = append(uses, UseQuote)
	}
	if slices.ContainsFunc(s.Answers, func(a Answer) bool { return strings.TrimSpace(a.Text) != "" }) {
		uses = append(uses, UseStory)
	}
	if person.Credentials != "" && strings.Contains(texts, person.Credentials) {
		uses = append(uses, UseCredentials)
	}
	return uses
}

// check returns an error in a sentence when the record makes no sense.
func (c Consent) check() error {
	if len(c.Uses) == 0 {
		return refusal.Because(ErrConsent, "Say what the consent is for: name, photo, quote or more")
	}
	for _, use := range c.Uses {
		if !slices.Contains(ConsentUses(), use) {
			return refusal.Because(ErrConsent, "A consent for %q is not known. Use one of: %s", use, strings.Join(ConsentUses(), ", "))
		}
	}
	for _, n := range c.Networks {
		if _, ok := NetworkByID(n); !ok {
			return refusal.Because(ErrNotFound, "Goodword does not know the network %q", n)
		}
	}
	for _, day := range []string{c.From, c.Until} {
		if _, err := time.Parse(practice.Day, day); err != nil && day != "" {
			return refusal.Because(ErrConsent, "%q is not a day. Write it as 2026-11-22", day)
		}
	}
	if c.Until != "" && c.Until < c.From {
		return refusal.Because(ErrConsent, "The consent would end on %s, before it begins on %s", c.Until, c.From)
	}
	return nil
}
