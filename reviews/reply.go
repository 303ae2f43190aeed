package reviews

import (
	"time"

	"goodword/policy/guard"
)

// ReplyState is where a reply stands: draft → (asked → approved | sent back) → in the outbox → copied or posted → seen | rejected.
type ReplyState string

// The states of a reply.
const (
	Draft    ReplyState = "draft"
	Asked    ReplyState = "asked"         // approval asked
	Approved ReplyState = "approved"      // by another person than the author
	SentBack ReplyState = "sent back"     // with a note
	Released ReplyState = "in the outbox" // resting before it may be copied
	Copied   ReplyState = "copied"
	Posted   ReplyState = "posted"
	OnSite   ReplyState = "seen on site"
	Rejected ReplyState = "rejected by site"
)

// Reply is the public answer to one mention. Its text is the newest of its drafts.
type Reply struct {
	ID        int64         `json:"id"`
	MentionID int64         `json:"mention_id"`
	State     ReplyState    `json:"state"`
	Text      string        `json:"text"`
	Template  string        `json:"template,omitempty"` // id, while the text is that of the template unchanged
	Author    int64         `json:"author"`
	Approver  int64         `json:"approver,omitempty"`
	Note      string        `json:"note,omitempty"`
	Verdict   guard.Verdict `json:"verdict"`
	Changed   time.Time     `json:"changed"`
	Revision  int           `json:"revision"` // how often the mention had been edited when this text was written

	Since time.Time     `json:"since,omitzero"` // when it went into the outbox
	Rest  time.Duration `json:"rest,omitzero"`  // how long it stays there

	words string // hash of the words that rest
}

// ReplyDraft is one saved wording of a reply, kept for proof.
type ReplyDraft struct {
	ID      int64         `json:"id"`
	ReplyID int64         `json:"reply_id"`
	At      time.Time     `json:"at"`
	Author  int64         `json:"author"`
	Text    string        `json:"text"`
	Verdict guard.Verdict `json:"verdict"`
	Rules   []string      `json:"rules,omitempty"`  // codes of the findings
	Origin  string        `json:"origin,omitempty"` // what it began as: a template, or ByModel and a name
}
