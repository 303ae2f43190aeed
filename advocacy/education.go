package advocacy

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy"
)

// PostKind is what a post is about. A spotlight shows a colleague; the others speak to everybody and show nobody.
type PostKind string

// The kinds of posts.
const (
	KindSpotlight PostKind = "spotlight"
	KindEducation PostKind = "education" // a health tip, or a seasonal reminder
	KindEvent     PostKind = "event"
	KindHiring    PostKind = "hiring"
)

// PostKinds lists the kinds in the order in which a form offers them.
func PostKinds() []PostKind { return []PostKind{KindSpotlight, KindEducation, KindEvent, KindHiring} }

// Public reports whether a post of this kind is about nobody in particular: it needs no story and no release, except of whom it shows.
func (k PostKind) Public() bool { return k == KindEducation || k == KindEvent || k == KindHiring }

// Occasion is what the card calls a post of this kind.
func (k PostKind) Occasion() string {
	return map[PostKind]string{KindEducation: "health tip", KindEvent: "event", KindHiring: "hiring"}[k]
}

// OccasionReminder is the occasion of an education post that calls to mind what the season asks for.
const OccasionReminder = "care reminder"

// Education is what a post about health stands on: a trusted page, and a clinician of the practice who approved exactly these words.
type Education struct {
	Tip      string    `json:"tip,omitempty"`    // the ready-made tip that it began with
	Source   string    `json:"source,omitempty"` // a trusted source, by id
	URL      string    `json:"url,omitempty"`    // the page itself
	Read     string    `json:"read,omitempty"`   // the day on which somebody read it
	Approved string    `json:"approved,omitempty"`
	By       int64     `json:"by,omitempty"` // the clinician
	At       time.Time `json:"at,omitzero"`
}

// Tip is a ready-made text about health in our own words, for a discipline and some months.
type Tip struct {
	ID          string   `yaml:"id" json:"id"`
	Title       string   `yaml:"title" json:"title"`
	Disciplines []string `yaml:"disciplines" json:"disciplines"`
	Months      []int    `yaml:"months" json:"months"`     // empty: any month
	Reminder    bool     `yaml:"reminder" json:"reminder"` // the season asks for it
	Text        string   `yaml:"text" json:"text"`
	Source      string   `yaml:"source" json:"source"` // a trusted source, by id
	URL         string   `yaml:"url" json:"url"`
	Status      string   `yaml:"status" json:"status"`
	Checked     string   `yaml:"checked" json:"checked"`
	ReviewBy    string   `yaml:"review_by" json:"review_by"`
}

// HowChecked says for people how far the tip was checked; day is the day Checked as the screen writes days.
func (t Tip) HowChecked(day string) string {
	return policy.HowChecked(t.Status, day) + ", to be looked at again by " + spelled(t.ReviewBy)
}

type tipFile struct {
	Checked string `yaml:"checked"`
	Status  string `yaml:"status"`
	Review  string `yaml:"review_by"`
	Tips    []Tip  `yaml:"tips"`
}

var tips = sync.OnceValue(func() []Tip {
	file := load[tipFile]("observances/tips.yaml")
	for i := range file.Tips {
		file.Tips[i].Checked, file.Tips[i].Status, file.Tips[i].ReviewBy = file.Checked, file.Status, file.Review // one look for all
	}
	return file.Tips
})

// Tips lists the ready-made tips for the disciplines of a practice: those of the month first, then those of any month. Month 0 gives all.
func Tips(disciplines []string, month time.Month) []Tip {
	var ofMonth, anyMonth []Tip
	for _, t := range tips() {
		switch {
		case !concerns(Observance{Disciplines: t.Disciplines}, disciplines):
		case len(t.Months) == 0:
			anyMonth = append(anyMonth, t)
		case month == 0 || slices.Contains(t.Months, int(month)):
			ofMonth = append(ofMonth, t)
		}
	}
	return append(ofMonth, anyMonth...)
}

// TipByID finds a ready-made tip.
func TipByID(id string) (Tip, bool) {
	for _, t := range tips() {
		if t.ID == id {
			return t, true
		}
	}
	return Tip{}, false
}

// TrustedSource finds a source that a post about health may stand on.
func TrustedSource(id string) (policy.TrustedSource, bool) {
	for _, s := range policy.TrustedSources() {
		if s.ID == id {
			return s, true
		}
	}
	return policy.TrustedSource{}, false
}

// check returns an error in a sentence when a post about health does not say where it comes from.
func (e Education) check(today string) error {
	source, ok := TrustedSource(e.Source)
	if !ok {
		return refusal.Because(ErrStep, "A post about health needs a trusted source. Choose one")
	}
	page, err := url.Parse(e.URL)
	if err != nil || page.Scheme != "https" || page.Host == "" {
		return refusal.Because(ErrStep, "Give the address of the page that you read, beginning with https://")
	}
	if !sameSite(page, source.URL) {
		return refusal.Because(ErrStep, "%s is not a page of %s", page.Host, source.Name)
	}
	if _, err := time.Parse(practice.Day, e.Read); err != nil || e.Read > today {
		return refusal.Because(ErrStep, "Say on which day the page was read, as 2026-11-22")
	}
	return nil
}

// sameSite reports whether a page lies on the site of a source or on a part of it.
func sameSite(page *url.URL, source string) bool {
	home, err := url.Parse(source)
	if err != nil {
		return false
	}
	host := strings.TrimPrefix(strings.ToLower(home.Hostname()), "www.")
	at := strings.ToLower(page.Hostname())
	return at == host || strings.HasSuffix(at, "."+host)
}

// soundEducation lets a post about health out only with its source and with the approval of a clinician for exactly what it says.
func (s Step) soundEducation() error {
	if s.Spotlight.Kind != KindEducation {
		return nil
	}
	e := s.Spotlight.Education
	if err := e.check(s.day(s.Now)); err != nil {
		return err
	}
	if e.By == 0 {
		return refusal.Because(ErrRights, "A clinician of the practice approves it first")
	}
	if e.Approved != s.healthWords() {
		return refusal.Because(ErrRights, "The words or the source changed after %s approved them. Ask again", s.nameOf(e.By))
	}
	for _, p := range s.People {
		if p.ID == e.By && p.Role == practice.Clinician && p.Here(s.day(s.Now)) {
			return nil
		}
	}
	return refusal.Because(ErrRights, "%s, who approved it, is no clinician of the practice any more. Ask another", s.nameOf(e.By))
}

// Sound returns nil when a post about health has its source and its approval, and otherwise a sentence that says what is missing.
func (s Step) Sound() error { return s.soundEducation() }

// MayApproveHealth returns nil when the actor may put their name to what a post says about health.
func (s Step) MayApproveHealth() error {
	switch {
	case s.Spotlight.Kind != KindEducation:
		return refusal.Because(ErrStep, "Only a post about health asks for a clinician")
	case s.Spotlight.Stage == Published || s.Spotlight.Stage == Archived:
		return refusal.Because(ErrStep, "It is %s, so its approval stands as it is", s.Spotlight.Stage)
	case s.Actor.ID == 0:
		return refusal.Because(ErrRights, "Choose who is working first: an approval carries a name")
	case s.Actor.Role != practice.Clinician || !s.Actor.Here(s.day(s.Now)):
		return refusal.Because(ErrRights, "Only a clinician of the practice approves what a post says about health; %s is entered as %s", s.Actor.Name, s.Actor.Role)
	case !written(s.Spotlight):
		return refusal.Because(ErrStep, "There is no text to approve yet")
	}
	return s.Spotlight.Education.check(s.day(s.Now))
}

// healthWords is a seal on what a clinician approves: every text as it goes out, and the page behind it.
func (s Step) healthWords() string {
	sum := sha256.New()
	for _, v := range s.Spotlight.Variants {
		if text := v.Whole(s.Practice); text != "" {
			sum.Write([]byte(v.Network + "\x00" + text + "\x00"))
		}
	}
	e := s.Spotlight.Education
	sum.Write([]byte(e.Source + "\x00" + e.URL + "\x00" + s.Spotlight.Picture.Hash))
	return hex.EncodeToString(sum.Sum(nil))
}

// writePublic drafts the texts of a post about nobody: its words, the page they come from, and where hashtags are usual, none that name
// an illness of a reader.
func writePublic(s Spotlight) []Variant {
	words := strings.TrimSpace(s.Reason)
	if tip, ok := TipByID(s.Education.Tip); ok {
		words = strings.TrimSpace(tip.Text)
	}
	if source, ok := TrustedSource(s.Education.Source); ok && words != "" {
		words += "\n\nSource: " + source.Name + ", " + s.Education.URL
	}
	var variants []Variant
	for _, n := range Networks() {
		variants = append(variants, Variant{Network: n.ID, Disclosure: true, Text: words})
	}
	return variants
}
