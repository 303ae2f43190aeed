// Package reviews is what people say about the practice: mentions, the sources they come from, the replies they get, and the rules of
// their life. It knows no window and no network; fetching is in reviews/collect, understanding in reviews/classify, wording in
// reviews/respond, figures in reviews/insight.
package reviews

import (
	"encoding/hex"
	"errors"
	"time"
)

// Status is where a mention stands: new → read → answering → answered, or no reply, or escalated → resolved.
type Status string

// The states of a mention.
const (
	New       Status = "new"
	Read      Status = "read"
	Answering Status = "answering" // a reply is being written or approved
	Answered  Status = "answered"  // copied, posted or seen on the site
	NoReply   Status = "no reply"  // a decision with a reason; counts as handled
	Escalated Status = "escalated" // with somebody other than the author
	Resolved  Status = "resolved"
)

// Done reports whether nothing more is owed.
func (s Status) Done() bool { return s == Answered || s == NoReply || s == Resolved }

// Mention is anything said about the practice; with Stars it is a review.
type Mention struct {
	ID       int64  `json:"id"`
	SourceID int64  `json:"source_id,omitempty"` // 0: entered by hand
	Site     string `json:"site"`                // "google", "yelp", or the host of a feed
	Key      string `json:"-"`                   // what the source calls it; unique within the source
	URL      string `json:"url,omitempty"`
	Author   string `json:"author"` // as shown on the site
	Title    string `json:"title,omitempty"`
	Text     string `json:"text"`
	Stars    int    `json:"stars"` // 1 to 5; 0: no rating
	PlaceID  int64  `json:"place_id,omitempty"`

	Posted   time.Time `json:"posted"`   // zero: not known
	Seen     time.Time `json:"seen"`     // when it came into the inbox
	About    bool      `json:"about"`    // the posted date is approximate
	Imported bool      `json:"imported"` // history: never counts in response times

	Status    Status    `json:"status"`
	Reason    string    `json:"reason,omitempty"`   // why no reply, why escalated
	Assigned  int64     `json:"assigned,omitempty"` // person
	Due       time.Time `json:"due"`                // response target over office hours; zero when done or imported
	Owed      time.Time `json:"-"`                  // since when an answer is owed
	Snoozed   time.Time `json:"snoozed,omitzero"`   // put off until then; zero: it is here
	Pauses    []Pause   `json:"pauses,omitempty"`   // when the clock of the target stood still
	Handled   time.Time `json:"handled"`            // when it became done
	Gone      time.Time `json:"gone"`               // when the source no longer showed it; it stays, marked
	Revisions int       `json:"revisions"`          // how often the text or the rating was changed on the site
	Starred   bool      `json:"starred"`            // flagged by a person to come back to
	Proof     string    `json:"proof,omitempty"`    // what vouches for it, in a sentence: who signed the mail it came by
	Tags      []string  `json:"tags,omitempty"`     // what rules and people marked it with
	Target    int       `json:"target,omitempty"`   // office hours that a rule allows for the answer; 0: those of the practice

	Payload Payload   `json:"payload,omitempty"` // of what the source sent
	Expires time.Time `json:"expires,omitzero"`  // when its words have to go; zero: never
	Purged  time.Time `json:"purged,omitzero"`   // when its words went
	Held    time.Time `json:"held,omitzero"`     // legal hold since: nothing of it is deleted

	Understood
}

// Payload is the SHA-256 of what a source sent: the proof that what is kept is what was shown.
type Payload []byte

// MarshalText writes the hash in hexadecimal digits.
func (p Payload) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(p)), nil }

// Understood is what the program made of a mention; a person may correct each part, and the correction wins.
type Understood struct {
	Language   string   `json:"language"`
	Sentiment  string   `json:"sentiment"` // "negative", "mixed", "positive", "not judged"
	Score      float64  `json:"score"`     // -1 to 1
	Topics     []string `json:"topics"`
	Urgency    string   `json:"urgency"`             // "critical", "high", "medium" or ""
	Signals    []string `json:"signals,omitempty"`   // ids of the urgency signals
	Kind       string   `json:"kind,omitempty"`      // praise, question and so on, as classify.Kind; "" when nothing tells
	Confidence float64  `json:"confidence"`          // of the sentiment, 0 to 1
	Disagrees  bool     `json:"disagrees,omitempty"` // the stars say one thing, the text the other
	Corrected  []string `json:"corrected,omitempty"`
}

// Overdue reports whether the answer is late at now. It is worked out, never stored.
func (m Mention) Overdue(now time.Time) bool {
	return !m.Status.Done() && !m.Due.IsZero() && now.After(m.Due)
}

// Revision is how a mention read before the site changed it.
type Revision struct {
	ID        int64     `json:"id"`
	MentionID int64     `json:"mention_id"`
	At        time.Time `json:"at"` // when the change was seen
	Title     string    `json:"title,omitempty"`
	Text      string    `json:"text"`
	Stars     int       `json:"stars"`
	Payload   Payload   `json:"payload,omitempty"` // of what the source sent then
}

// Found is one entry as a source gave it, before it is a mention.
type Found struct {
	Key      string    `json:"key"` // identity within the source; empty: made from URL or content
	URL      string    `json:"url,omitempty"`
	Author   string    `json:"author"`
	Title    string    `json:"title,omitempty"`
	Text     string    `json:"text"` // safe plain text
	Stars    int       `json:"stars"`
	Site     string    `json:"site"`
	Place    string    `json:"place,omitempty"` // name of the place, as the source gave it
	Posted   time.Time `json:"posted"`
	About    bool      `json:"about"` // Posted is approximate
	Reply    string    `json:"reply,omitempty"`
	ReplyAt  time.Time `json:"reply_at"`
	Imported bool      `json:"imported"`
	Payload  Payload   `json:"-"`               // of what the source sent
	Proof    string    `json:"proof,omitempty"` // what vouches for it, in a sentence; empty: the source itself does
	Understood

	identified *entry // what Fresh found out about it
}

// Outcome counts what a batch of found entries became.
type Outcome struct {
	New        int `json:"new"`
	Edited     int `json:"edited"`
	Duplicates int `json:"duplicates"` // the same story, known from another source
	Unchanged  int `json:"unchanged"`
	Ignored    int `json:"ignored"` // not about the practice
	Gone       int `json:"gone"`    // that a complete answer no longer shows
}

// The errors that callers tell apart.
var (
	ErrNotFound = errors.New("there is no such record")
	ErrStep     = errors.New("this step is not possible now")
	ErrGate     = errors.New("the text may not be published")
	ErrRights   = errors.New("this role may not do that")
	ErrResting  = errors.New("the reply rests in the outbox first")
	ErrLocked   = errors.New("the private notes are locked")
	ErrTaken    = errors.New("somebody else has this mention")
	ErrThere    = errors.New("the mention is in the inbox already")
	ErrCopied   = errors.New("the reply was copied and may stand on the site")
	ErrGoAhead  = errors.New("somebody has to agree before anything is said in public")
)
