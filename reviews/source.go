package reviews

import "time"

// Source is where mentions come from.
type Source struct {
	ID           int64     `json:"id"`
	Kind         string    `json:"kind"` // "feed"; "import" and "hand" are sources that are never visited
	Name         string    `json:"name"`
	Address      string    `json:"address"`
	Site         string    `json:"site"`
	Match        []string  `json:"match,omitempty"`         // own watch words; empty: those of the practice
	All          bool      `json:"all,omitempty"`           // every entry is about the practice
	AllowPrivate bool      `json:"allow_private,omitempty"` // a person allowed an address inside the office network
	Paused       bool      `json:"paused,omitempty"`
	Every        int       `json:"every"` // minutes between visits
	Added        time.Time `json:"added"`

	Visited   time.Time `json:"visited"`   // last visit, good or bad
	Succeeded time.Time `json:"succeeded"` // last good visit
	Next      time.Time `json:"next"`      // when it is due
	Failing   time.Time `json:"failing"`   // since when; zero: healthy
	Failures  int       `json:"failures"`  // in a row
	Problem   string    `json:"problem,omitempty"`
	Brought   int       `json:"brought"` // mentions so far
	Entries   int       `json:"entries"` // in the last good answer

	ETag     string `json:"-"`
	Modified string `json:"-"` // the server's Last-Modified, sent back as it was
	Hash     string `json:"-"` // of the last good answer
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

	Address  string        `json:"-"` // where a permanent redirect led; empty: as before
	ETag     string        `json:"-"`
	Modified string        `json:"-"`
	Hash     string        `json:"-"`
	Retry    time.Duration `json:"-"` // what the server asked for with Retry-After
}
