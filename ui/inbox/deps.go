package inbox

import (
	"context"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

// Mentions lists and reads mentions.
type Mentions interface {
	IDs(ctx context.Context, q reviews.Query) ([]int64, error)
	Page(ctx context.Context, ids []int64) ([]reviews.Mention, error)
	Find(ctx context.Context, id int64) (reviews.Mention, error)
	Revisions(ctx context.Context, id int64) ([]reviews.Revision, error)
	Appearances(ctx context.Context, id int64) ([]reviews.Appearance, error)
	Candidates(ctx context.Context, id int64) ([]reviews.Mention, error)
	History(ctx context.Context, id int64) ([]audit.Line, error)
	Counts(ctx context.Context) (reviews.Counts, error)
	Sources(ctx context.Context) ([]reviews.Source, error)
	RemovedSources(ctx context.Context) ([]reviews.Source, error)
	Tags(ctx context.Context) ([]string, error)
	About(ctx context.Context, mention int64) ([]int64, error)
	Team(ctx context.Context) (*classify.Team, error)
	Views(ctx context.Context) ([]reviews.View, error)
	SaveView(ctx context.Context, v reviews.View, by audit.Actor) (reviews.View, error)
	RemoveView(ctx context.Context, id int64, by audit.Actor) error
	EscalationOf(ctx context.Context, id int64) (reviews.Escalation, error)
	Ladder(ctx context.Context) (reviews.Ladder, error)
}

// Life takes the steps of a mention's life.
type Life interface {
	MarkRead(ctx context.Context, id int64, by audit.Actor) error
	MarkUnread(ctx context.Context, id int64, by audit.Actor) error
	MarkAllRead(ctx context.Context, q reviews.Query, by audit.Actor) (int, error)
	Assign(ctx context.Context, id, person int64, by audit.Actor) error
	Close(ctx context.Context, id int64, reason string, by audit.Actor) error
	CloseUnposted(ctx context.Context, id int64, reason string, by audit.Actor) error
	HandOver(ctx context.Context, id int64, to reviews.HandOver, by audit.Actor) error
	TakeOver(ctx context.Context, id int64, by audit.Actor) error
	HandBack(ctx context.Context, id, person int64, by audit.Actor) error
	Snooze(ctx context.Context, id int64, until time.Time, waitsFor string, by audit.Actor) error
	Wake(ctx context.Context, id int64, by audit.Actor) error
	Resolve(ctx context.Context, id int64, note string, by audit.Actor) error
	Reopen(ctx context.Context, id int64, by audit.Actor) error
	Correct(ctx context.Context, id int64, c reviews.Correction, by audit.Actor) error
	TakeBack(ctx context.Context, id int64, before reviews.Understood, by audit.Actor) error
	Flag(ctx context.Context, id int64, on bool, by audit.Actor) error
	MarkGone(ctx context.Context, id int64, gone bool, by audit.Actor) error
	Tag(ctx context.Context, id int64, tag string, on bool, by audit.Actor) error
	Hold(ctx context.Context, id int64, held bool, by audit.Actor) error
	Join(ctx context.Context, keep, other int64, by audit.Actor) error
}

// Replies writes, checks and lets out replies.
type Replies interface {
	ReplyTo(ctx context.Context, mentionID int64) (reviews.Reply, error)
	ReplyStates(ctx context.Context, mentions []int64) (map[int64]reviews.ReplyState, error)
	Choices(ctx context.Context, mentionID int64, by audit.Actor) (reviews.Choices, error)
	GateDraft(ctx context.Context, mentionID int64, text string) (guard.Draft, error)
	SaveDraft(ctx context.Context, mentionID int64, text, template string, by audit.Actor) (reviews.Reply, guard.Result, error)
	AskApproval(ctx context.Context, mentionID int64, by audit.Actor) error
	Approve(ctx context.Context, mentionID int64, by audit.Actor) error
	GoAhead(ctx context.Context, mentionID int64, g reviews.GoAhead, by audit.Actor) error
	SendBack(ctx context.Context, mentionID int64, note string, by audit.Actor) error
	Release(ctx context.Context, mentionID int64, by audit.Actor) (reviews.Reply, error)
	Recall(ctx context.Context, mentionID int64, by audit.Actor) error
	Copy(ctx context.Context, mentionID int64, by audit.Actor) (string, error)
	CopyNow(ctx context.Context, mentionID int64, reason string, by audit.Actor) (string, error)
	MarkPosted(ctx context.Context, mentionID int64, by audit.Actor) error
	MarkRejected(ctx context.Context, mentionID int64, note string, by audit.Actor) error
	Sighting(ctx context.Context, mentionID int64) (reviews.Sighting, error)
}

// Adder takes in a mention that a person typed or took apart from another, and has it understood.
type Adder interface {
	AddByHand(ctx context.Context, f reviews.Found, by audit.Actor) (reviews.Mention, error)
	TakeApart(ctx context.Context, id int64, place reviews.Appearance, by audit.Actor) (int64, error)
}

// Practices knows the practice, its places and its people.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	Places(ctx context.Context) ([]practice.Place, error)
	People(ctx context.Context) ([]practice.Person, error)
}

// Drafts picks and words what may be answered, with the practice's own templates and facts; *house.House does.
type Drafts interface {
	Draft(ctx context.Context, m reviews.Mention) (respond.Draft, error)
	Lines(ctx context.Context, m reviews.Mention) ([]respond.Line, error)
}

// Model is the language model on this computer, which is switched off unless the practice switched it on.
type Model interface {
	ModelOn(ctx context.Context) (bool, error)
	AskModel(ctx context.Context, m reviews.Mention) (text, name string, err error)
}

// Templates knows when nothing is better than an answer.
type Templates interface {
	Advise(m reviews.Mention) (respond.Advice, bool)
	SafeReasons() []respond.Reason
	Fitting(m reviews.Mention) (respond.Reason, bool)
}

// Judge knows the topics and the urgency signals, and finds their words in a text.
type Judge interface {
	Judge(text string, stars int) classify.Result
	Marks(text string, team *classify.Team) []classify.Mark
	Topics() []classify.Topic
	Signal(id string) (classify.Signal, bool)
}

// Gate judges a draft.
type Gate interface {
	Check(d guard.Draft) guard.Result
}

// Deps is what the inbox stands on.
type Deps struct {
	Mentions  Mentions
	Life      Life
	Replies   Replies
	Adder     Adder
	Practices Practices
	Templates Templates
	Drafts    Drafts
	Model     Model // nil: there is none
	Judge     Judge
	Gate      Gate
	Incidents Incidents
	Folders   Folders
	Now       clock.Clock
	Notes     Notes // nil: this practice has no private notes
	Vault     Vault

	OpenFolder func(path string) error // shows a folder or file in the user's own program

	// Pause is how long typing must rest before a draft is stored, and changes elsewhere before the list is read anew. 0 is at once.
	Pause time.Duration
	// Tick is how often what stands against a clock is drawn anew; 0: never.
	Tick time.Duration
}
