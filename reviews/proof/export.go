package proof

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/manifest"
	"goodword/internal/paper"
	"goodword/internal/refusal"
	"goodword/policy"
)

// Export writes the incident folder of a mention to path: a .zip where the path ends so, else a folder. progress may be nil; it hears how many
// files are made. What is there already is not written over, unless it is empty or a .zip. The audit log gets a line with the manifest's hash.
func (b *Binder) Export(ctx context.Context, mention int64, path string, c Choice, by audit.Actor, progress func(done, total int)) (Manifest, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	if c.Unmasked {
		leads, err := b.Practices.Leads(ctx, by)
		if err == nil && !leads {
			err = refusal.Because(policy.ErrRights, "An uncovered folder is made by the owner, the compliance officer or a manager")
		}
		if err != nil {
			return Manifest{}, err
		}
	}
	if err := manifest.Free(path); err != nil {
		return Manifest{}, err
	}
	m, files, err := b.make(ctx, mention, c, by, progress)
	if err != nil {
		return m, err
	}
	if err := ctx.Err(); err != nil {
		return m, err
	}
	undo, err := manifest.Write(path, files, m.Made)
	if err != nil {
		return m, err
	}
	if err := b.note(ctx, m, by); err != nil {
		undo()
		return m, err
	}
	progress(len(files), len(files))
	return m, nil
}

// make makes all files; the manifest is the last of them.
func (b *Binder) make(ctx context.Context, mention int64, c Choice, by audit.Actor, progress func(done, total int)) (Manifest, []manifest.Leaf, error) {
	m := Manifest{Format: format, Program: b.Version, Mention: mention, Made: b.Now().UTC().Truncate(time.Second), By: by.Name, ByID: by.ID, Masked: !c.Unmasked, Notes: c.Notes}
	if m.By == "" {
		m.By = audit.Program.Name
	}
	s, err := b.gather(ctx, mention, c)
	if err != nil {
		return m, nil, err
	}
	m.Practice = s.Practice
	if m.Schema, err = b.DB.Version(ctx); err != nil {
		return m, nil, err
	}
	if m.Head, err = audit.Head(ctx, b.DB.Reader()); err != nil {
		return m, nil, fmt.Errorf("read the head of the audit log: %w", err)
	}
	team, err := b.Reviews.Team(ctx)
	if err != nil {
		return m, nil, err
	}
	total := len(s.Readings) + len(s.Drafts) + len(s.Policies) + 5
	blank, err := b.Reviews.BlankDraft(ctx)
	if err != nil {
		return m, nil, err
	}
	covering := newMask(b.Marker, team, blank, s.terms, c.Unmasked)
	s.cover(covering)
	var files []manifest.Leaf
	add := func(name string, data []byte) {
		files = append(files, manifest.Leaf{Name: name, Data: data})
		progress(len(files), total)
	}
	for _, r := range s.Readings {
		add(r.File, []byte(r.page(s)))
	}
	for _, d := range s.Drafts {
		add(d.File, []byte(d.page(s)))
	}
	for _, v := range s.Policies {
		add(v.File, []byte(v.text))
	}
	if s.Notes != "" {
		add("private-notes.txt", []byte(s.Notes+"\n"))
	}
	lines, err := manifest.Table(s.lines, func(text string) string { return covering.line(manifest.AuditName, text) })
	if err != nil {
		return m, nil, err
	}
	add(manifest.AuditName, lines)
	account := covering.account()
	m.Covered = covering.list()
	add("masked.txt", []byte(account))
	if err := ctx.Err(); err != nil {
		return m, nil, err
	}
	story, err := manifest.JSON(s)
	if err != nil {
		return m, nil, err
	}
	add("story.json", story)
	var pdf bytes.Buffer
	if err := paper.WritePDF(&pdf, s.sheet(m, account)); err != nil {
		return m, nil, fmt.Errorf("write the story: %w", err)
	}
	add("story.pdf", pdf.Bytes())
	return b.seal(m, files)
}

// seal adds the manifest.
func (b *Binder) seal(m Manifest, files []manifest.Leaf) (Manifest, []manifest.Leaf, error) {
	m.Files = manifest.List(files)
	text, err := manifest.JSON(m)
	if err != nil {
		return m, nil, err
	}
	m.Hash = manifest.Hash(text)
	return m, append(files, manifest.Leaf{Name: manifest.Name, Data: text}), nil
}

// page is a wording as a file.
func (r Reading) page(s *Story) string {
	head := "So it reads now"
	if !r.Until.IsZero() {
		head = "So it read until " + s.when(r.Until)
	}
	return fmt.Sprintf("%s (%s)\n\n%s\n", head, rating(r.Stars), strings.TrimSpace(r.Title+"\n\n"+r.Text))
}

// page is a draft as a file.
func (d Draft) page(s *Story) string {
	found := "nothing"
	if len(d.Rules) > 0 {
		found = strings.Join(d.Rules, ", ")
	}
	return fmt.Sprintf("Draft of %s by %s\nVerdict of the gate: %s; it found: %s\n\n%s\n", s.when(d.At), orNone(d.Author), d.Verdict, found, d.Text)
}
