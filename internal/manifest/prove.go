package manifest

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Found is what a look at a folder found.
type Found struct {
	Files   int       `json:"files"` // that are as they were made
	Lines   int       `json:"audit_lines"`
	Noted   time.Time `json:"noted,omitzero"` // when the audit log noted the folder; zero: it does not know it, or it was not asked
	Asked   bool      `json:"compared_with_audit_log"`
	Altered []string  `json:"altered,omitempty"`
	Missing []string  `json:"missing,omitempty"`
	Added   []string  `json:"added,omitempty"`
	Wrong   []string  `json:"wrong,omitempty"` // sentences on what else does not hold
}

// Holds reports whether nothing was altered.
func (f Found) Holds() bool {
	return len(f.Altered)+len(f.Missing)+len(f.Added)+len(f.Wrong) == 0
}

// Err is nil when everything holds, else an ErrAltered that names what was altered, is missing or was added.
func (f Found) Err() error {
	if f.Holds() {
		return nil
	}
	var said []string
	for _, part := range []struct {
		names []string
		what  string
	}{{f.Altered, "Altered: "}, {f.Missing, "Missing: "}, {f.Added, "Added: "}} {
		if len(part.names) > 0 {
			said = append(said, part.what+strings.Join(part.names, ", "))
		}
	}
	return refusal.Because(ErrAltered, "%s", strings.Join(append(said, f.Wrong...), ". "))
}

// Opened is a folder that was looked at.
type Opened struct {
	Found
	Kind    string // that the manifest names; "" for the first kind there was
	Text    []byte // of manifest.json
	Subject string // of the line of the audit log that knows the manifest
}

// Prove looks at a folder or .zip: every file against the manifest, every line of audit.csv by itself and, with q, against the audit log there, and
// the manifest against the line of the audit log on the export. format is the newest make-up that the caller knows; what (such as "incident
// folder") names the kind to people. The error is for what cannot be looked at; what does not hold is in Found.
func Prove(ctx context.Context, path, what string, format int, q database.Querier) (Opened, error) {
	var o Opened
	folder, done, err := open(path)
	if err != nil {
		return o, err
	}
	defer done()
	o.Text, err = contents(folder, Name)
	if errors.Is(err, fs.ErrNotExist) {
		return o, refusal.Because(ErrFolder, "%s is no %s: it has no manifest.json", path, what)
	}
	if err != nil {
		return o, err
	}
	var m struct {
		Format  int    `json:"format"`
		Kind    string `json:"kind"`
		Program string `json:"program"`
		Files   []File `json:"files"`
	}
	if err := json.Unmarshal(o.Text, &m); err != nil || m.Format < 1 {
		return o, refusal.Because(ErrAltered, "manifest.json cannot be read")
	}
	o.Kind = m.Kind
	if m.Format > format {
		return o, refusal.Because(ErrFolder, "This folder was made by a newer Goodword (%s). Verify it with that", m.Program)
	}
	if err := o.compare(folder, m.Files); err != nil {
		return o, err
	}
	lines := o.chain(folder)
	if q == nil {
		return o, nil
	}
	return o, o.ask(ctx, q, lines)
}

// KindOf is the kind that the manifest of a folder or .zip names.
func KindOf(path string) (string, error) {
	folder, done, err := open(path)
	if err != nil {
		return "", err
	}
	defer done()
	var m struct {
		Kind string `json:"kind"`
	}
	if text, err := contents(folder, Name); err == nil {
		_ = json.Unmarshal(text, &m) // whoever proves the folder says what is wrong with it
	}
	return m.Kind, nil
}

// ask compares with the audit log.
func (o *Opened) ask(ctx context.Context, q database.Querier, lines []audit.Sealed) error {
	for _, l := range lines {
		known, err := knows(ctx, q, l)
		if err != nil {
			return err
		}
		if !known {
			o.Wrong = append(o.Wrong, fmt.Sprintf("Line %d of audit.csv is not in the audit log as it stands there", l.ID))
		}
	}
	o.Asked = true
	line, ok, err := Exported(ctx, q, Hash(o.Text))
	if err != nil {
		return err
	}
	if !ok {
		o.Wrong = append(o.Wrong, "The audit log does not know this manifest.json: it was altered, or another practice made the folder")
	}
	o.Noted, o.Subject = line.At, line.Subject
	return nil
}

// compare holds the files against the manifest.
func (o *Opened) compare(folder fs.FS, files []File) error {
	listed := map[string]bool{Name: true}
	for _, f := range files {
		listed[f.Name] = true
		if !fs.ValidPath(f.Name) {
			o.Wrong = append(o.Wrong, fmt.Sprintf("manifest.json names %q, which is no file of a folder", f.Name))
			continue
		}
		data, err := contents(folder, f.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			o.Missing = append(o.Missing, f.Name)
		case err != nil, int64(len(data)) != f.Bytes, Hash(data) != f.SHA256:
			o.Altered = append(o.Altered, f.Name)
		default:
			o.Files++
		}
	}
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("The folder cannot be read: %w", err)
		}
		if !entry.IsDir() && !listed[name] {
			o.Added = append(o.Added, name)
		}
		return nil
	})
}

// chain proves the lines of audit.csv by themselves and returns all of them.
func (o *Opened) chain(folder fs.FS) []audit.Sealed {
	if slices.Contains(o.Missing, AuditName) {
		return nil
	}
	data, err := contents(folder, AuditName)
	if err != nil {
		return nil // it is named among the altered ones, or the kind has none
	}
	lines, masked, err := Untable(data)
	if err != nil {
		o.Wrong = append(o.Wrong, "audit.csv cannot be read")
		return nil
	}
	for i, l := range lines {
		if !masked[i] && !l.Fits() {
			o.Wrong = append(o.Wrong, fmt.Sprintf("Line %d of audit.csv does not fit its hash", l.ID))
			continue
		}
		o.Lines++
	}
	return lines
}

// mostBytes is the largest file that is read into memory.
const mostBytes = 256 << 20

// open is the folder or .zip at a path as a file system.
func open(path string) (fs.FS, func(), error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, refusal.Because(ErrFolder, "There is nothing at %s", path)
	case err != nil:
		return nil, nil, fmt.Errorf("%s cannot be looked at: %w", path, err)
	case info.IsDir():
		return os.DirFS(path), func() {}, nil
	}
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, refusal.Because(ErrFolder, "%s is neither a folder nor a .zip that can be read", path)
	}
	seen := map[string]bool{}
	for _, f := range z.File {
		if seen[f.Name] {
			_ = z.Close()
			return nil, nil, refusal.Because(ErrAltered, "The .zip holds %s twice", f.Name)
		}
		seen[f.Name] = true
	}
	return z, func() { _ = z.Close() }, nil
}

func contents(folder fs.FS, name string) ([]byte, error) {
	file, err := folder.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, mostBytes+1))
	if err == nil && len(data) > mostBytes {
		return nil, refusal.Because(ErrAltered, "%s is larger than any file of a folder", name)
	}
	return data, err
}
