package advocacy

import (
	"slices"
	"strings"
	"time"
	"unicode"

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

// Last is the last day on which the consent holds: its own, or the one before somebody under age decides alone. It is "" while there is none.
func (c Consent) Last() string {
	last := c.Until
	if before := dayBefore(c.AdultOn); before != "" && (last == "" || before < last) {
		last = before
	}
	return last
}

// dayBefore is the day before a day, "" for none.
func dayBefore(day string) string {
	at, err := time.Parse(practice.Day, day)
	if err != nil {
		return ""
	}
	return at.AddDate(0, 0, -1).Format(practice.Day)
}

// Live reports whether the consent holds on the day.
func (c Consent) Live(day string) bool {
	last := c.Last()
	return c.Withdrawn.IsZero() && c.From <= day && (last == "" || day <= last)
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
	if strings.ContainsAny(texts, "\"“”„«»") {
		uses = append(uses, UseQuote)
	}
	if slices.ContainsFunc(s.Answers, func(a Answer) bool { return strings.TrimSpace(a.Text) != "" }) {
		uses = append(uses, UseStory)
	}
	if tells(texts, person.Credentials) {
		uses = append(uses, UseCredentials)
	}
	return uses
}

// tells reports whether a text gives any of the credentials ("RDH, BSN") as a word of its own, however it is spaced or dotted.
func tells(text, credentials string) bool {
	parts := strings.FieldsFunc(credentials, func(r rune) bool { return r == ',' || r == ';' || r == '/' })
	words := strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:()!?\"“”", r) })
	for _, part := range parts {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		if strings.Contains(part, " ") && strings.Contains(text, part) {
			return true
		}
		if slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(undotted(word), undotted(part)) }) {
			return true
		}
	}
	return false
}

func undotted(word string) string { return strings.ReplaceAll(word, ".", "") }

// coverAll asks a consent for every network that has a text, on the day of the moment.
func (s Step) coverAll(at time.Time) error {
	for _, v := range s.Spotlight.Variants {
		if strings.TrimSpace(v.Text) == "" {
			continue
		}
		if _, err := s.covered(v.Network, at); err != nil {
			return err
		}
	}
	return nil
}

// covered finds the consent under which the spotlight may be posted on the network at the moment: nobody is posted who has left.
func (s Step) covered(network string, at time.Time) (Consent, error) {
	if day := s.day(at); !s.Spotlight.Kind.Public() && !s.Person.Here(day) {
		return Consent{}, refusal.Because(ErrConsent, "%s left on %s, before the day of the post", s.Person.Name, s.Person.LeftOn)
	}
	return s.onPaper(network, at)
}

// onPaper finds the consent of the person that allows everything on the network at the moment. The colleagues beside them in the words or in the
// picture need a consent of their own for it, and every patient an authorization.
func (s Step) onPaper(network string, at time.Time) (Consent, error) {
	day := s.day(at)
	n, _ := NetworkByID(network)
	c, err := s.ofPerson(n, day)
	if err != nil {
		return Consent{}, err
	}
	for _, p := range s.named(s.Spotlight.words(n.ID)) {
		if _, ok := covering(s.Consents, p.ID, []string{UseName}, n.ID, day); !ok {
			return Consent{}, refusal.Because(ErrConsent, "The text names %s, and no consent of theirs covers the name on %s on %s", p.Name, n.Name, day)
		}
	}
	if s.Spotlight.Picture.File != "" {
		for _, id := range s.Spotlight.Picture.People {
			if _, ok := covering(s.Consents, id, []string{UsePhoto}, network, day); !ok {
				return Consent{}, refusal.Because(ErrConsent, "No consent of %s, who is in the picture too, covers the photo on %s on %s", s.nameOf(id), n.Name, day)
			}
		}
	}
	return c, s.authorized(n, day)
}

// ofPerson finds the consent of the one whom the spotlight is about. A public post is about nobody and stands under none.
func (s Step) ofPerson(n Network, day string) (Consent, error) {
	if s.Spotlight.Kind.Public() {
		return Consent{}, nil
	}
	uses := Needs(s.Spotlight, s.Person)
	c, ok := covering(s.Consents, s.Person.ID, uses, n.ID, day)
	if !ok {
		return Consent{}, refusal.Because(ErrConsent, "No consent of %s covers %s on %s on %s", s.Person.Name, strings.Join(uses, ", "), n.Name, day)
	}
	return c, nil
}

// nameOf is what a colleague is called.
func (s Step) nameOf(id int64) string {
	for _, p := range s.People {
		if p.ID == id {
			return p.Name
		}
	}
	return "a colleague"
}

// ConsentsOf are the consents of one person among those that were gathered, oldest first.
func (s Step) ConsentsOf(person int64) []Consent {
	var own []Consent
	for _, c := range s.Consents {
		if c.PersonID == person {
			own = append(own, c)
		}
	}
	return own
}

// check returns an error in a sentence when the record makes no sense.
func (c Consent) check() error {
	if len(c.Uses) == 0 {
		return refusal.Because(ErrConsent, "Say what the consent is for: name, photo, quote or more")
	}
	if err := c.Terms(); err != nil {
		return err
	}
	if c.AdultOn != "" && c.Guardian == "" {
		return refusal.Because(ErrConsent, "Until %s a parent or guardian signs too. Enter their name", c.AdultOn)
	}
	if last := c.Last(); last != "" && last < c.From {
		return refusal.Because(ErrConsent, "The consent would end on %s, before it begins on %s", last, c.From)
	}
	return nil
}

// Terms refuses uses, networks, days and a language that nobody knows: in a record, and already in the release that is printed for it, where they
// would silently be left out.
func (c Consent) Terms() error {
	for _, use := range c.Uses {
		if !slices.Contains(ConsentUses(), use) {
			return refusal.Because(ErrConsent, "A consent for %q is not known. Use one of: %s", use, strings.Join(ConsentUses(), ", "))
		}
	}
	if err := knownNetworks(c.Networks); err != nil {
		return err
	}
	if !slices.ContainsFunc(ReleaseLanguages(), func(l Language) bool { return l.ID == c.Language }) {
		return refusal.Because(ErrConsent, "There is no release in the language %q", c.Language)
	}
	for _, day := range []string{c.From, c.Until, c.AdultOn} {
		if err := aDay(day); err != nil {
			return err
		}
	}
	return nil
}

func knownNetworks(ids []string) error {
	for _, n := range ids {
		if _, ok := NetworkByID(n); !ok {
			return unknownNetwork(n)
		}
	}
	return nil
}

// month reports whether a word is a month.
func month(word string) bool {
	_, err := time.Parse("January", word)
	return err == nil
}

// aDay refuses what is no day; none at all is fine.
func aDay(day string) error {
	if _, err := time.Parse(practice.Day, day); err != nil && day != "" {
		return refusal.Because(ErrConsent, "%q is not a day. Write it as 2026-11-22", day)
	}
	return nil
}

// grownUp settles whether somebody else signs too. Whoever an earlier record calls under age stays so until the day it names, unless the new
// record names another; from that day on nobody signs for them.
func (c Consent) grownUp(earlier []Consent) Consent {
	if c.AdultOn == "" {
		for _, e := range earlier {
			if e.PersonID == c.PersonID {
				c.AdultOn = e.AdultOn // the newest record decides
			}
		}
	}
	if c.AdultOn != "" && c.AdultOn <= c.From {
		c.AdultOn, c.Guardian = "", ""
	}
	return c
}
