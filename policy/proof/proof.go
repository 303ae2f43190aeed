// Package proof is the proof pack: everything about the conduct of a practice that a regulator asks for after a breach, for a person, a version of
// the policy, a span of days or as a whole. A paper to read first leads to the parts, each as a table and as a paper; a manifest has the hash of
// each file, and the audit log the hash of the manifest.
package proof

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/manifest"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy"
)

// Kind is what the manifest of a proof pack says it is.
const Kind = "proof pack"

// format is the version of the pack's make-up.
const format = 1

// Deps is what a Binder stands on. Cover gives a way to cover names and health details in the words of incidents; nil covers nothing.
type Deps struct {
	DB        *database.DB
	Now       clock.Clock
	Policy    *policy.Store
	Practices *practice.Store
	Cover     func(ctx context.Context) (func(text string) string, error)
	Version   string // of the program
}

// Binder makes proof packs and proves them.
type Binder struct{ Deps }

// New returns a binder.
func New(d Deps) *Binder { return &Binder{d} }

// Choice says what a pack is about: a person, a version, a span of days, or with nothing set all there is.
type Choice struct {
	Person   int64  `json:"person,omitempty"`
	Version  int64  `json:"version,omitempty"` // its id
	From     string `json:"from,omitempty"`    // days, both included
	To       string `json:"to,omitempty"`
	Unmasked bool   `json:"unmasked,omitempty"` // for counsel: the words of incidents stay as they were written
}

func (c Choice) check() error {
	kinds := 0
	for _, set := range []bool{c.Person != 0, c.Version != 0, c.From != "" || c.To != ""} {
		if set {
			kinds++
		}
	}
	if kinds > 1 {
		return refusal.Because(policy.ErrStep, "A proof pack is about one person, one version or one span of days")
	}
	for _, day := range []string{c.From, c.To} {
		if _, err := time.Parse(practice.Day, day); day != "" && err != nil {
			return refusal.Because(policy.ErrStep, "%q is not a day such as 2026-11-22", day)
		}
	}
	if c.From != "" && c.To != "" && c.From > c.To {
		return refusal.Because(policy.ErrStep, "The span of days ends before it begins")
	}
	return nil
}

// within reports whether a day lies in the span; no span holds every day.
func (c Choice) within(day string) bool {
	return (c.From == "" || day >= c.From) && (c.To == "" || day <= c.To)
}

// Manifest lists what a pack holds. It is the file manifest.json.
type Manifest struct {
	Format   int             `json:"format"`
	Kind     string          `json:"kind"`
	Program  string          `json:"program"`
	Schema   int64           `json:"schema"` // of the database
	Practice string          `json:"practice"`
	About    string          `json:"about"`
	Choice   Choice          `json:"choice"`
	Made     time.Time       `json:"made"`
	By       string          `json:"by"`
	ByID     int64           `json:"by_id"`
	Head     string          `json:"audit_head"` // hash of the newest line of the whole audit log when the pack was made
	Files    []manifest.File `json:"files"`

	Hash string `json:"-"` // of the file manifest.json itself, as the audit log has it
}

// Report is what Verify found.
type Report struct {
	Practice string    `json:"practice"`
	About    string    `json:"about"`
	Made     time.Time `json:"made"`
	By       string    `json:"by"`
	manifest.Found
}

// subject is where the audit log notes packs.
const subject = "policy/proof"

// Verify proves a pack against the practice's audit log. The error wraps manifest.ErrAltered and names what was altered, is missing or was added.
func (b *Binder) Verify(ctx context.Context, path string) (Report, error) {
	return verify(ctx, path, b.DB.Reader())
}

// VerifyFiles proves a pack without the practice's audit log: that the files are those of the manifest.
func VerifyFiles(ctx context.Context, path string) (Report, error) { return verify(ctx, path, nil) }

func verify(ctx context.Context, path string, q database.Querier) (Report, error) {
	o, err := manifest.Prove(ctx, path, Kind, format, q)
	r := Report{Found: o.Found}
	if err != nil {
		return r, err
	}
	var m Manifest
	if err := json.Unmarshal(o.Text, &m); err != nil || o.Kind != Kind {
		return r, refusal.Because(manifest.ErrFolder, "%s is no proof pack", path)
	}
	r.Practice, r.About, r.Made, r.By = m.Practice, m.About, m.Made, m.By
	if o.Subject != "" && o.Subject != subject {
		r.Wrong = append(r.Wrong, "The audit log knows this manifest for something else")
	}
	return r, r.Err()
}

// Export writes a pack to path: a .zip where the path ends so, else a folder. progress may be nil; it hears how many files are made. The audit log
// gets a line with the manifest's hash.
func (b *Binder) Export(ctx context.Context, c Choice, path string, by audit.Actor, progress func(done, total int)) (Manifest, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	if err := c.check(); err != nil {
		return Manifest{}, err
	}
	if c.Unmasked {
		leads, err := b.Practices.Leads(ctx, by)
		if err == nil && !leads {
			err = refusal.Because(policy.ErrRights, "An uncovered pack is made by the owner, the compliance officer or a manager")
		}
		if err != nil {
			return Manifest{}, err
		}
	}
	if err := manifest.Free(path); err != nil {
		return Manifest{}, err
	}
	k, err := b.gather(ctx, c)
	if err != nil {
		return Manifest{}, err
	}
	m := Manifest{Format: format, Kind: Kind, Program: b.Version, Practice: k.practice.Name, About: k.about, Choice: c, Made: k.now, By: by.Name, ByID: by.ID}
	if m.By == "" {
		m.By = audit.Program.Name
	}
	if m.Schema, err = b.DB.Version(ctx); err != nil {
		return m, err
	}
	if m.Head, err = audit.Head(ctx, b.DB.Reader()); err != nil {
		return m, fmt.Errorf("read the head of the audit log: %w", err)
	}
	leaves, err := k.leaves(ctx, m, progress)
	if err != nil {
		return m, err
	}
	m.Files = manifest.List(leaves)
	text, err := manifest.JSON(m)
	if err != nil {
		return m, err
	}
	m.Hash = manifest.Hash(text)
	undo, err := manifest.Write(path, append(leaves, manifest.Leaf{Name: manifest.Name, Data: text}), m.Made)
	if err != nil {
		return m, err
	}
	if err := b.note(ctx, m, by); err != nil {
		undo()
		return m, err
	}
	progress(len(leaves)+1, len(leaves)+1)
	return m, nil
}
