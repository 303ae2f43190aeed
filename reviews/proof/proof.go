// Package proof is the incident folder: the whole story of one mention, as a paper to read and as files to examine, each with its hash in a
// manifest, and the manifest's hash in the audit log. What was written there can be proved later, far from the program.
package proof

import (
	"context"
	"errors"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/manifest"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// Marker finds names and health details in a text.
type Marker interface {
	Marks(text string, team *classify.Team) []classify.Mark
}

// Deps is what a Binder stands on.
type Deps struct {
	DB        *database.DB
	Now       clock.Clock
	Reviews   *reviews.Store
	Policy    *policy.Store
	Practices *practice.Store
	Marker    Marker
	Version   string // of the program
}

// Binder makes incident folders and proves them.
type Binder struct{ Deps }

// New returns a binder.
func New(d Deps) *Binder { return &Binder{d} }

// Choice says what goes into a folder.
type Choice struct {
	Unmasked bool // for counsel: names and health details stay as they are
	Notes    bool // with the private notes; the vault must be open
}

// Manifest lists what a folder holds. It is the file manifest.json.
type Manifest struct {
	Format   int             `json:"format"`
	Program  string          `json:"program"`
	Schema   int64           `json:"schema"` // of the database
	Practice string          `json:"practice"`
	Mention  int64           `json:"mention"`
	Made     time.Time       `json:"made"`
	By       string          `json:"by"`
	ByID     int64           `json:"by_id"`
	Masked   bool            `json:"masked"`
	Covered  []Covered       `json:"covered,omitempty"` // what was masked, and why
	Notes    bool            `json:"private_notes"`
	Head     string          `json:"audit_head"` // hash of the newest line of the whole audit log when the folder was made
	Files    []manifest.File `json:"files"`

	Hash string `json:"-"` // of the file manifest.json itself, as the audit log has it
}

// format is the version of the folder's make-up.
const format = 1

// ErrNotes says that the private notes are locked.
var ErrNotes = errors.New("the private notes are locked")

// lines are the lines of the audit log about a mention.
func (b *Binder) lines(ctx context.Context, mention int64) ([]audit.Sealed, error) {
	return audit.Lines(ctx, b.DB.Reader(), reviews.Subject(mention))
}
