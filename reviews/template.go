package reviews

import (
	"strings"
	"time"

	"goodword/internal/practice"
)

// OwnTemplate is a wording that belongs to the practice: an edited copy of a shipped template, under its id, or one of its own.
type OwnTemplate struct {
	ID       string              `json:"id"`
	Title    string              `json:"title"`
	When     string              `json:"when"`
	Kind     string              `json:"kind"`
	Topics   []string            `json:"topics,omitempty"`
	Cues     []string            `json:"cues,omitempty"`
	Signals  []string            `json:"signals,omitempty"`
	Stars    []int               `json:"stars,omitempty"`
	Sites    []string            `json:"sites,omitempty"`
	Language string              `json:"language"`
	Apology  practice.Apology    `json:"apology,omitempty"`
	Wordings []string            `json:"wordings"`
	Tones    map[string][]string `json:"tones,omitempty"` // wordings in another tone than the plain one
}

// TemplateState is where a version of a template stands.
type TemplateState string

// The states of a version of a template.
const (
	TemplateDraft    TemplateState = "draft"    // written, not agreed to: nobody answers with it
	TemplateApproved TemplateState = "approved" // in use until a later version is
	TemplateRestored TemplateState = "restored" // from here on the shipped text is in use again
)

// TemplateVersion is one version of a template of the practice.
type TemplateVersion struct {
	Template OwnTemplate   `json:"template"`
	Version  int           `json:"version"` // from 1
	State    TemplateState `json:"state"`
	Author   int64         `json:"author"`
	Approver int64         `json:"approver,omitempty"`
	At       time.Time     `json:"at"`              // when it was written
	Agreed   time.Time     `json:"agreed,omitzero"` // when it was approved
}

// KeptTemplate is how a template of the practice stands. InUse is nil where the shipped text is used; Draft is a later version that waits.
type KeptTemplate struct {
	ID    string           `json:"id"`
	Off   bool             `json:"off"`
	InUse *TemplateVersion `json:"in_use,omitempty"`
	Draft *TemplateVersion `json:"draft,omitempty"`
}

// ByModel begins the origin of a draft that a language model wrote; its name follows.
const ByModel = "model/"

// ByModel reports whether the words began as those of a language model.
func (d ReplyDraft) ByModel() bool { return strings.HasPrefix(d.Origin, ByModel) }
