package proof

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/refusal"
)

// leaf is a file on its way into a folder.
type leaf struct {
	name string
	data []byte
}

// Export writes the incident folder of a mention to path: a .zip where the path ends so, else a folder. progress may be nil; it hears how many
// files are made. What is there already is not written over, unless it is empty or a .zip. The audit log gets a line with the manifest's hash.
func (b *Binder) Export(ctx context.Context, mention int64, path string, c Choice, by audit.Actor, progress func(done, total int)) (Manifest, error) {
	if progress == nil {
		progress = func(int, int) {}
	}
	if err := free(path); err != nil {
		return Manifest{}, err
	}
	m, files, err := b.make(ctx, mention, c, by, progress)
	if err != nil {
		return m, err
	}
	if err := ctx.Err(); err != nil {
		return m, err
	}
	undo, err := write(path, files, m.Made)
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
func (b *Binder) make(ctx context.Context, mention int64, c Choice, by audit.Actor, progress func(done, total int)) (Manifest, []leaf, error) {
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
	covering := newMask(b.Marker, team, s.terms, c.Unmasked)
	s.cover(covering)
	var files []leaf
	add := func(name string, data []byte) {
		files = append(files, leaf{name, data})
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
	lines, err := table(s.lines, covering)
	if err != nil {
		return m, nil, err
	}
	add("audit.csv", lines)
	account := covering.account()
	add("masked.txt", []byte(account))
	if err := ctx.Err(); err != nil {
		return m, nil, err
	}
	story, err := readable(s)
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
func (b *Binder) seal(m Manifest, files []leaf) (Manifest, []leaf, error) {
	slices.SortFunc(files, func(a, b leaf) int { return strings.Compare(a.name, b.name) })
	for _, f := range files {
		m.Files = append(m.Files, File{Name: f.name, Bytes: int64(len(f.data)), SHA256: hashOf(f.data)})
	}
	text, err := readable(m)
	if err != nil {
		return m, nil, err
	}
	m.Hash = hashOf(text)
	return m, append(files, leaf{manifestName, text}), nil
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// readable is JSON that a person can read.
func readable(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(v); err != nil {
		return nil, fmt.Errorf("write the folder: %w", err)
	}
	return b.Bytes(), nil
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

// The columns of audit.csv. "masked" marks a line some words of which are covered, or cannot stand in a table as they are: its hash is still that
// of the whole line.
var columns = []string{"line", "at", "person_id", "person", "did", "subject", "before", "after", "previous", "hash", "masked"}

// table writes the lines of the audit log.
func table(lines []audit.Sealed, m *mask) ([]byte, error) {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{columns}
	for _, l := range lines {
		did, before, after := m.cover("audit.csv", l.Did), m.cover("audit.csv", l.Before), m.cover("audit.csv", l.After)
		masked := ""
		if did != l.Did || before != l.Before || after != l.After || strings.ContainsRune(l.Did+l.Before+l.After+l.Who.Name, '\r') {
			masked = "masked"
		}
		rows = append(rows, []string{strconv.FormatInt(l.ID, 10), l.At.UTC().Format(time.RFC3339), strconv.FormatInt(l.Who.ID, 10), l.Who.Name, did, l.Subject, before, after,
			l.Previous, l.Hash, masked})
	}
	if err := w.WriteAll(rows); err != nil {
		return nil, fmt.Errorf("write the audit lines: %w", err)
	}
	return b.Bytes(), nil
}

// untable reads them again.
func untable(data []byte) (lines []audit.Sealed, masked []bool, err error) {
	rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil || len(rows) == 0 || !slices.Equal(rows[0], columns) {
		return nil, nil, refusal.Because(ErrAltered, "audit.csv cannot be read")
	}
	for _, r := range rows[1:] {
		var l audit.Sealed
		var err1, err2, err3 error
		l.ID, err1 = strconv.ParseInt(r[0], 10, 64)
		l.At, err2 = time.Parse(time.RFC3339, r[1])
		l.Who.ID, err3 = strconv.ParseInt(r[2], 10, 64)
		if err1 != nil || err2 != nil || err3 != nil {
			return nil, nil, refusal.Because(ErrAltered, "audit.csv cannot be read")
		}
		l.Who.Name, l.Did, l.Subject, l.Before, l.After, l.Previous, l.Hash = r[3], r[4], r[5], r[6], r[7], r[8], r[9]
		lines, masked = append(lines, l), append(masked, r[10] != "")
	}
	return lines, masked, nil
}
