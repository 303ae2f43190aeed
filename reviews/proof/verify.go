package proof

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
	"goodword/internal/refusal"
)

// Report is what Verify found.
type Report struct {
	Mention  int64     `json:"mention"`
	Practice string    `json:"practice"`
	Made     time.Time `json:"made"`
	By       string    `json:"by"`
	Masked   bool      `json:"masked"`
	Files    int       `json:"files"` // that are as they were made
	Lines    int       `json:"audit_lines"`
	Noted    time.Time `json:"noted,omitzero"` // when the audit log noted the folder; zero: it does not know it, or it was not asked
	Asked    bool      `json:"compared_with_audit_log"`
	Altered  []string  `json:"altered,omitempty"`
	Missing  []string  `json:"missing,omitempty"`
	Added    []string  `json:"added,omitempty"`
	Wrong    []string  `json:"wrong,omitempty"` // sentences on what else does not hold
}

// Holds reports whether nothing was altered.
func (r Report) Holds() bool {
	return len(r.Altered)+len(r.Missing)+len(r.Added)+len(r.Wrong) == 0
}

func (r Report) err() error {
	if r.Holds() {
		return nil
	}
	var said []string
	for _, part := range []struct {
		names []string
		what  string
	}{{r.Altered, "Altered: "}, {r.Missing, "Missing: "}, {r.Added, "Added: "}} {
		if len(part.names) > 0 {
			said = append(said, part.what+strings.Join(part.names, ", "))
		}
	}
	return refusal.Because(ErrAltered, "%s", strings.Join(append(said, r.Wrong...), ". "))
}

// Verify proves a folder or .zip: every file against the manifest, every line of audit.csv by itself and against the audit log, and the manifest
// against the line of the audit log on the export. The error wraps ErrAltered and names what was altered, is missing or was added.
func (b *Binder) Verify(ctx context.Context, path string) (Report, error) {
	r, hash, err := check(path, func(r *Report, lines []audit.Sealed) error {
		for _, l := range lines {
			known, err := b.knows(ctx, l)
			if err != nil {
				return err
			}
			if !known {
				r.Wrong = append(r.Wrong, fmt.Sprintf("Line %d of audit.csv is not in the audit log as it stands there", l.ID))
			}
		}
		return nil
	})
	if err != nil {
		return r, err
	}
	r.Asked = true
	line, ok, err := b.exported(ctx, hash)
	switch {
	case err != nil:
		return r, err
	case !ok:
		r.Wrong = append(r.Wrong, "The audit log does not know this manifest.json: it was altered, or another practice made the folder")
	case line.Subject != fmt.Sprintf("mention/%d", r.Mention):
		r.Wrong = append(r.Wrong, "The audit log knows this manifest for another mention")
	}
	r.Noted = line.At
	return r, r.err()
}

// VerifyFiles proves a folder or .zip without the practice's audit log: that the files are those of the manifest. Whether the manifest is the one
// that was made only Verify can tell.
func VerifyFiles(path string) (Report, error) {
	r, _, err := check(path, nil)
	if err != nil {
		return r, err
	}
	return r, r.err()
}

// mostBytes is the largest file that is read into memory.
const mostBytes = 256 << 20

// check proves the files, and hands the lines of audit.csv that are whole to ask.
func check(path string, ask func(*Report, []audit.Sealed) error) (r Report, hash string, err error) {
	folder, done, err := open(path)
	if err != nil {
		return r, "", err
	}
	defer done()
	text, err := contents(folder, manifestName)
	if errors.Is(err, fs.ErrNotExist) {
		return r, "", refusal.Because(ErrFolder, "%s is no incident folder: it has no manifest.json", path)
	}
	if err != nil {
		return r, "", err
	}
	var m Manifest
	if err := json.Unmarshal(text, &m); err != nil || m.Format < 1 {
		return r, "", refusal.Because(ErrAltered, "manifest.json cannot be read")
	}
	if m.Format > format {
		return r, "", refusal.Because(ErrFolder, "This folder was made by a newer Goodword (%s). Verify it with that", m.Program)
	}
	r = Report{Mention: m.Mention, Practice: m.Practice, Made: m.Made, By: m.By, Masked: m.Masked}
	if err := compare(folder, m, &r); err != nil {
		return r, "", err
	}
	if err := r.chain(folder, ask); err != nil {
		return r, "", err
	}
	return r, hashOf(text), nil
}

// compare holds the files against the manifest.
func compare(folder fs.FS, m Manifest, r *Report) error {
	listed := map[string]bool{manifestName: true}
	for _, f := range m.Files {
		listed[f.Name] = true
		if !fs.ValidPath(f.Name) {
			r.Wrong = append(r.Wrong, fmt.Sprintf("manifest.json names %q, which is no file of a folder", f.Name))
			continue
		}
		data, err := contents(folder, f.Name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			r.Missing = append(r.Missing, f.Name)
		case err != nil:
			r.Altered = append(r.Altered, f.Name)
		case int64(len(data)) != f.Bytes || hashOf(data) != f.SHA256:
			r.Altered = append(r.Altered, f.Name)
		default:
			r.Files++
		}
	}
	return fs.WalkDir(folder, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("The folder cannot be read: %w", err)
		}
		if !entry.IsDir() && !listed[name] {
			r.Added = append(r.Added, name)
		}
		return nil
	})
}

// chain proves the lines of audit.csv.
func (r *Report) chain(folder fs.FS, ask func(*Report, []audit.Sealed) error) error {
	const name = "audit.csv"
	if slices.Contains(r.Missing, name) {
		return nil
	}
	data, err := contents(folder, name)
	if err != nil {
		return nil // it is named among the altered ones
	}
	lines, masked, err := untable(data)
	if err != nil {
		r.Wrong = append(r.Wrong, "audit.csv cannot be read")
		return nil
	}
	for i, l := range lines {
		if !masked[i] && !l.Fits() {
			r.Wrong = append(r.Wrong, fmt.Sprintf("Line %d of audit.csv does not fit its hash", l.ID))
			continue
		}
		r.Lines++
	}
	if ask == nil {
		return nil
	}
	return ask(r, lines)
}

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
