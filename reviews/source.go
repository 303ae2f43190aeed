package reviews

import "time"

// The kinds of sources that a person brings in, so that no server is asked.
const (
	KindHand   = "hand"   // typed
	KindImport = "import" // a file
	KindSweep  = "sweep"  // a site without an interface, which the person visits
)

// KindFeed is the kind of a source of which only the address is known.
const KindFeed = "feed"

// Source is where mentions come from.
type Source struct {
	ID           int64     `json:"id"`
	Kind         string    `json:"kind"` // KindImport, KindHand or one of collect.Kinds
	Name         string    `json:"name"`
	Address      string    `json:"address"`
	Site         string    `json:"site"`
	Match        []string  `json:"match,omitempty"`         // own watch words; empty: those of the practice
	All          bool      `json:"all,omitempty"`           // every entry is about the practice
	AllowPrivate bool      `json:"allow_private,omitempty"` // a person allowed an address inside the office network
	Paused       bool      `json:"paused,omitempty"`
	Every        int       `json:"every"` // minutes between visits, as a person chose them; 0: as often as the source has something new
	Retention    Retention `json:"retention"`
	Keeps        int       `json:"keeps,omitempty"`   // hours that a restricted source lets its words be kept
	Options      Options   `json:"options,omitempty"` // what its kind asked for
	Added        time.Time `json:"added"`
	Removed      time.Time `json:"removed,omitzero"` // when a person took it away; zero: it is there

	Visited   time.Time `json:"visited"`   // last visit, good or bad
	Succeeded time.Time `json:"succeeded"` // last good visit
	Next      time.Time `json:"next"`      // when it is due
	Failing   time.Time `json:"failing"`   // since when; zero: healthy
	Failures  int       `json:"failures"`  // in a row
	Problem   string    `json:"problem,omitempty"`
	Brought   int       `json:"brought"` // mentions so far
	Entries   int       `json:"entries"` // in the last good answer

	Newest time.Time `json:"newest"` // when it last brought something new
	Rhythm int       `json:"rhythm"` // learned minutes between visits; 0: not learned yet
	Most   int       `json:"most"`   // entries in its fullest answer
	Gap    int       `json:"gap"`    // minutes: nine of ten times it brought something new sooner than this; 0: not known yet

	Secret   string  `json:"-"` // under which name the keychain holds its password or its secret address
	State    Options `json:"-"` // where the last visit ended, in the words of its kind
	ETag     string  `json:"-"`
	Modified string  `json:"-"` // the server's Last-Modified, sent back as it was
	Hash     string  `json:"-"` // of the last good answer
}

// Options are values by name, which only the kind of the source understands.
type Options map[string]string

// Retention says how long what a source brings may be kept.
type Retention string

// The classes of retention.
const (
	Own        Retention = "own"        // the practice's own data: kept as long as the practice wants
	Restricted Retention = "restricted" // the site allows it for a time; then only the fact remains that there was a mention
	NoStore    Retention = "no-store"   // may be shown, and never stored
)

// Rating is what a page shows for the practice as a whole.
type Rating struct {
	At    time.Time `json:"at"`
	Value float64   `json:"value"`
	Best  float64   `json:"best"`
	Count int       `json:"count"` // of ratings or reviews
}

// Visit is one collection of a source.
type Visit struct {
	SourceID  int64     `json:"source_id"`
	At        time.Time `json:"at"`
	Took      int       `json:"ms"`
	Status    int       `json:"status"` // of HTTP; 0: no answer
	Entries   int       `json:"entries"`
	Unchanged bool      `json:"unchanged"`
	Problem   string    `json:"problem,omitempty"` // a sentence; empty: good
	Outcome

	State    Options       `json:"-"` // where the visit ended; nil: as before
	Rating   *Rating       `json:"-"` // of the practice as a whole; nil: none shown
	Complete bool          `json:"-"` // it showed all there is: what is missing is gone
	Address  string        `json:"-"` // where a permanent redirect led; empty: as before
	ETag     string        `json:"-"`
	Modified string        `json:"-"`
	Hash     string        `json:"-"`
	Retry    time.Duration `json:"-"` // what the server asked for with Retry-After
}
