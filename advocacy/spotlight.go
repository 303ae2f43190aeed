// Package advocacy is what the practice says of its own people: spotlights from nomination to published post, the consents they stand on,
// the texts for each network, and the calendar they appear in. It knows no window and no network.
package advocacy

import (
	"errors"
	"strings"
	"time"

	"goodword/policy/guard"
)

// Stage is where a spotlight stands: nominated → consent asked → story → draft → review → scheduled → published → archived.
type Stage string

// The stages of a spotlight, in order.
const (
	Nominated    Stage = "nominated"
	ConsentAsked Stage = "consent asked"
	StoryStage   Stage = "story"
	DraftStage   Stage = "draft"
	ReviewStage  Stage = "review"
	Scheduled    Stage = "scheduled"
	Published    Stage = "published"
	Archived     Stage = "archived"
)

// Stages lists all stages in order, as the board shows them.
func Stages() []Stage {
	return []Stage{Nominated, ConsentAsked, StoryStage, DraftStage, ReviewStage, Scheduled, Published, Archived}
}

// StageNames lists the stages for a sentence.
func StageNames() string {
	var names []string
	for _, stage := range Stages() {
		names = append(names, string(stage))
	}
	return strings.Join(names, ", ")
}

// Spotlight is one staff post, with its story, picture and one variant per network.
type Spotlight struct {
	ID        int64     `json:"id"`
	PersonID  int64     `json:"person_id"`
	Occasion  string    `json:"occasion"` // "new colleague", "anniversary", "certification", "day in the life", "meet the team", "thank-you week"
	Title     string    `json:"title"`
	Reason    string    `json:"reason"` // why nominated
	By        int64     `json:"by"`     // who nominated
	Stage     Stage     `json:"stage"`
	Note      string    `json:"note,omitempty"`       // why it was sent back
	MentionID int64     `json:"mention_id,omitempty"` // the praise that started it; the patient is never named
	Due       string    `json:"due,omitempty"`        // day by which the next step is wanted
	Schedule  time.Time `json:"schedule"`             // zero: none
	Created   time.Time `json:"created"`
	Changed   time.Time `json:"changed"`
	Patients  int       `json:"patients,omitempty"` // how many are shown or told of; each needs an Authorization

	Kind       PostKind  `json:"kind"`
	Education  Education `json:"education"`             // what a post about health stands on
	CampaignID int64     `json:"campaign_id,omitempty"` // 0: none
	SeriesID   int64     `json:"series_id,omitempty"`   // the series whose turn it takes; 0: none
	SeriesDay  string    `json:"series_day,omitempty"`  // and which turn, by the day that the rule gives

	Answers  []Answer  `json:"answers,omitempty"` // the story sheet
	Picture  Picture   `json:"picture"`
	Variants []Variant `json:"variants,omitempty"`
}

// Shows is the colleague whom the spotlight shows. A post that shows nobody gives 0: who looks after it is not shown by it.
func (s Spotlight) Shows() int64 {
	if s.Kind.Public() {
		return 0
	}
	return s.PersonID
}

// Answer is one line of the story sheet.
type Answer struct {
	Question string `json:"question"`
	Text     string `json:"text"`
}

// Picture is the photo of a spotlight. A copy without its metadata is kept in the database, so that a backup is whole.
type Picture struct {
	File    string   `json:"file,omitempty"` // its name, made of its hash
	Hash    string   `json:"hash,omitempty"` // SHA-256 of the copy
	Alt     string   `json:"alt,omitempty"`
	By      int64    `json:"by,omitempty"`      // who added it
	Checked []string `json:"checked,omitempty"` // ids of the background checks a person signed
	Signed  int64    `json:"signed,omitempty"`  // who signed them

	SignedAt time.Time       `json:"signed_at"`
	People   []int64         `json:"people,omitempty"` // the colleagues beside the one it is about
	Crops    map[string]Crop `json:"crops,omitempty"`  // by network: the part that is shown there
}

// Variant is the text for one network.
type Variant struct {
	Network    string        `json:"network"` // "facebook", "instagram", "linkedin", "bluesky", "mastodon", "google", "website"
	Text       string        `json:"text"`
	Disclosure bool          `json:"disclosure"` // the line that says who is speaking is added; on by default
	Verdict    guard.Verdict `json:"verdict"`
	Author     int64         `json:"author"`    // who last changed the text
	PostedAt   time.Time     `json:"posted_at"` // zero: not yet
	PostedURL  string        `json:"posted_url,omitempty"`
	PostedBy   int64         `json:"posted_by,omitempty"`
	ConsentID  int64         `json:"consent_id,omitempty"` // the consent under which it was posted
	TakenDown  time.Time     `json:"taken_down"`           // after a withdrawn consent
}

// Consent is what a member of staff allowed: for which uses, on which networks, from when until when. A staff release is never a
// patient's authorization.
type Consent struct {
	ID        int64     `json:"id"`
	PersonID  int64     `json:"person_id"`
	Uses      []string  `json:"uses"`     // "name", "photo", "video", "quote", "story", "credentials"
	Networks  []string  `json:"networks"` // empty: all
	From      string    `json:"from"`     // day
	Until     string    `json:"until"`    // day, inclusive; empty: until withdrawn
	Form      string    `json:"form,omitempty"`
	Language  string    `json:"language"`           // of the paper: "en" or "es"
	Guardian  string    `json:"guardian,omitempty"` // who signed for somebody under age
	AdultOn   string    `json:"adult_on,omitempty"` // the day from which somebody under age decides alone; empty: of age
	Scan      string    `json:"scan,omitempty"`     // SHA-256 of the signed copy, which the database keeps
	Given     time.Time `json:"given"`
	By        int64     `json:"by"` // who recorded it
	Withdrawn time.Time `json:"withdrawn"`

	WithdrawnBy int64 `json:"withdrawn_by,omitempty"`
}

// TakeDown is a post that must come down because the consent or the patient's authorization under it was withdrawn or ran out. It stays open
// until a person ticks it.
type TakeDown struct {
	ID          int64     `json:"id"`
	ConsentID   int64     `json:"consent_id,omitempty"`
	Authorized  int64     `json:"authorization_id,omitempty"`
	SpotlightID int64     `json:"spotlight_id"`
	PersonID    int64     `json:"person_id"`
	Title       string    `json:"title"`
	Network     string    `json:"network"`
	URL         string    `json:"url,omitempty"`
	Opened      time.Time `json:"opened"` // when the paper ended
	Done        time.Time `json:"done"`   // zero: still open
	By          int64     `json:"by,omitempty"`
	Lapsed      bool      `json:"lapsed,omitempty"`  // the paper ran out; nobody withdrew it
	Perhaps     bool      `json:"perhaps,omitempty"` // the text left the program, and nobody noted that it was posted: somebody looks
}

// Change tells a listener what was changed.
type Change struct {
	What string // always "spotlights": the cards, their consents and the take-down list belong together
	IDs  []int64
}

// The errors that callers tell apart.
var (
	ErrNotFound = errors.New("there is no such record")
	ErrStep     = errors.New("this step is not possible now")
	ErrConsent  = errors.New("no live consent covers this")
	ErrGate     = errors.New("the text may not be published")
	ErrLength   = errors.New("the text does not fit the network")
	ErrRights   = errors.New("this role may not do that")
)
