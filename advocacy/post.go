package advocacy

import "time"

// Account is the practice's own account on a network. Its password is in the keychain and never here.
type Account struct {
	Network string    `json:"network"` // "bluesky", "mastodon" or "website"
	Server  string    `json:"server"`  // "https://bsky.social"
	Handle  string    `json:"handle"`
	Shows   string    `json:"shows,omitempty"`  // the name that the network shows
	Inside  bool      `json:"inside,omitempty"` // the server is in the practice's own network
	Added   time.Time `json:"added"`
	By      int64     `json:"by"`
}

// PostState is how far a post with an account has come.
type PostState string

// The states of a post. A post that is being tried, or unsure, is looked for before it is sent again.
const (
	PostTrying  PostState = "trying"
	PostUnsure  PostState = "unsure" // no answer came, so it may be up
	PostRefused PostState = "refused"
	PostMade    PostState = "made"
)

// Post is one post with an account of the practice, however often it was tried. It carries the text and the picture exactly as the rules
// let them out.
type Post struct {
	ID          int64     `json:"id"`
	SpotlightID int64     `json:"spotlight_id"`
	Network     string    `json:"network"`
	Server      string    `json:"server"`
	Handle      string    `json:"handle"`
	Title       string    `json:"title"`
	Text        string    `json:"text"`
	Picture     Rendition `json:"-"`
	Before      string    `json:"-"` // the text of an earlier try, where it was another
	ConsentID   int64     `json:"consent_id"`
	Appears     time.Time `json:"appears"` // when the network is to show it; zero: at once
	Began       time.Time `json:"began"`   // the first try
	Tried       time.Time `json:"tried"`
	Tries       int       `json:"tries"`
	State       PostState `json:"state"`
	Remote      string    `json:"remote,omitempty"` // what the network calls it
	URL         string    `json:"url,omitempty"`
	Made        time.Time `json:"made"`
	Problem     string    `json:"problem,omitempty"`
	By          int64     `json:"by"`

	Known []string `json:"-"` // what the network calls the posts that are on record already
}

// Made is what a network says of a post that it took.
type Made struct {
	Remote string
	URL    string
}

// tryFor is how long a try may be under way before the program counts as having been closed in its midst.
const tryFor = 3 * time.Minute

// underWay reports whether somebody is sending the post right now.
func (p Post) underWay(now time.Time) bool {
	return p.State == PostTrying && now.Before(p.Tried.Add(tryFor))
}

// Missed reports whether the moment of a scheduled spotlight has come while some network is still without its post.
func (s Spotlight) Missed(now time.Time) bool {
	return s.Stage == Scheduled && !s.Schedule.IsZero() && !s.Schedule.After(now)
}
