package collect

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"

	"goodword/reviews"
)

// ErrOwnReviews says that an export holds what the person wrote about others.
var ErrOwnReviews = errors.New("These are reviews that you wrote yourself on Google Maps. Choose \"Google Business Profile\" in Google Takeout for the reviews of your practice")

// What an archive may hold: a page has some twenty reviews, so that far more than this is no export.
const (
	largestTakeoutFile = 64 << 20
	largestTakeout     = 512 << 20
	mostTakeoutFiles   = 100_000
)

// takeout is what is read of a Google Takeout export.
type takeout struct {
	name      string
	now       time.Time
	newest    map[string]takeoutFound // by key: a location may be exported with several accounts
	places    map[string]string       // names of locations, by their prefix
	folders   map[string]*takeoutFolder
	trouble   problems
	own, some bool // there are reviews by the person; there are pages of reviews
	read      int64
	files     int
}

// takeoutFolder is the folder of one location.
type takeoutFolder struct {
	prefix string // locations/L/reviews/
	place  string
	first  bool // the first page is there
	broken bool // a page cannot be read to its end
}

// takeoutPart is a file of an export, wherever it is.
type takeoutPart struct {
	name string
	size int64
	open func() (io.ReadCloser, error)
}

// previewTakeout reads the archive as Google made it, the folder unpacked from it, or one file out of it.
func previewTakeout(_ context.Context, c *Collector, f opened, _ Mapping) (Preview, error) {
	t := &takeout{name: f.name, now: c.Now(), newest: map[string]takeoutFound{}, places: map[string]string{}, folders: map[string]*takeoutFolder{}}
	err := t.readAll(f)
	if err == nil {
		err = t.sound()
	}
	p := Preview{Found: t.inOrder(), wholes: t.wholes(f), source: reviews.Source{Kind: reviews.KindImport, Name: "Google Takeout", Address: formatTakeout, Site: "google"}}
	p.Problems = t.trouble.all()
	return p, err
}

func (t *takeout) readAll(f opened) error {
	switch {
	case f.folder:
		return t.readFolder(os.DirFS(f.path))
	case strings.HasPrefix(string(f.head[:min(len(f.head), 2)]), "PK"):
		return t.readZIP(f.path)
	}
	body, err := f.body()
	if err != nil {
		return err
	}
	return t.take(f.name, body)
}

func (t *takeout) readZIP(file string) (err error) {
	archive, err := zip.OpenReader(file)
	if err != nil {
		return fmt.Errorf("The file %s is no sound ZIP archive. Download it from Google again: %w", t.name, err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	for _, part := range archive.File {
		if part.FileInfo().IsDir() {
			continue
		}
		if err := t.readPart(takeoutPart{strings.ReplaceAll(part.Name, `\`, "/"), int64(min(part.UncompressedSize64, 1<<60)), part.Open}); err != nil {
			return err
		}
	}
	return nil
}

func (t *takeout) readFolder(files fs.FS) error {
	return fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("The folder %s in %s cannot be read: %w", name, t.name, err)
		}
		if !entry.Type().IsRegular() {
			return nil
		}
		info, err := entry.Info()
		if err != nil {
			return fmt.Errorf("The file %s in %s cannot be read: %w", name, t.name, err)
		}
		return t.readPart(takeoutPart{name, info.Size(), func() (io.ReadCloser, error) { return files.Open(name) }})
	})
}

// readPart reads a file if it can be one of reviews. A file that cannot be read is named, and the others are taken.
func (t *takeout) readPart(part takeoutPart) (err error) {
	if !strings.EqualFold(path.Ext(part.name), ".json") {
		return nil
	}
	if t.files++; t.files > mostTakeoutFiles || t.read > largestTakeout {
		return fmt.Errorf("There is far more in %s than an export of reviews can hold. Export \"Google Business Profile\" alone and import that", t.name)
	}
	if part.size > largestTakeoutFile {
		t.leaveOut(part.name, errors.New("it is too large for a page of reviews"))
		return nil
	}
	from, err := part.open()
	if err != nil {
		t.leaveOut(part.name, err)
		return nil
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	body, err := io.ReadAll(io.LimitReader(from, largestTakeoutFile+1))
	t.read += int64(len(body))
	if err == nil && len(body) > largestTakeoutFile {
		err = errors.New("it is too large for a page of reviews")
	}
	if err != nil {
		t.leaveOut(part.name, err)
		return nil
	}
	return t.take(part.name, body)
}

// leaveOut notes a file that cannot be read; its location is then not shown as a whole.
func (t *takeout) leaveOut(name string, err error) {
	t.folder(name).broken = true
	t.trouble.add("The file %s cannot be read and is left out: %s.", path.Base(name), strings.TrimSuffix(err.Error(), "."))
}

func (t *takeout) folder(name string) *takeoutFolder {
	dir := path.Dir(name)
	if t.folders[dir] == nil {
		t.folders[dir] = &takeoutFolder{}
	}
	return t.folders[dir]
}

// take reads one file. Folder names differ by language, so that files are known by what is in them.
func (t *takeout) take(name string, body []byte) error {
	folder := t.folder(name)
	if listing := listingName(body); listing != "" {
		folder.place = listing
		return nil
	}
	page, err := readTakeoutPage(body, locationOf(path.Dir(name)), t.now)
	switch {
	case page.own:
		t.own = true
		return nil
	case !page.reviews:
		if err != nil && strings.Contains(path.Base(name), "eview") {
			t.leaveOut(name, err)
		}
		return nil
	case err != nil:
		folder.broken = true
		t.trouble.add("The file %s breaks off: %d reviews before that are taken.", path.Base(name), len(page.found))
	}
	if page.strange > 0 {
		folder.broken = true
		t.trouble.add("%d entries of the file %s are no reviews and are left out.", page.strange, path.Base(name))
	}
	t.some = true
	folder.first = folder.first || !strings.Contains(path.Base(name), "-")
	if folder.prefix == "" {
		folder.prefix = page.prefix
	} else if page.prefix != "" && page.prefix != folder.prefix {
		folder.broken = true // pages of several locations: somebody moved them
	}
	for _, f := range page.found {
		if held, ok := t.newest[f.Key]; !ok || f.updated.After(held.updated) {
			t.newest[f.Key] = f
		}
	}
	return nil
}

// sound says why an export without reviews has none.
func (t *takeout) sound() error {
	switch {
	case t.some:
		if t.own {
			t.trouble.add("The reviews that you wrote yourself on Google Maps are left out.")
		}
		return nil
	case t.own:
		return ErrOwnReviews
	case len(t.trouble.list) > 0:
		return fmt.Errorf("There are no reviews that can be read in %s. %s", t.name, t.trouble.list[0])
	}
	return fmt.Errorf("There are no reviews of Google Business Profile in %s. Choose \"Google Business Profile\" in Google Takeout", t.name)
}

// inOrder gives each review the name of its place and puts the oldest first.
func (t *takeout) inOrder() []reviews.Found {
	for _, folder := range t.folders {
		if folder.place != "" && folder.prefix != "" {
			t.places[folder.prefix] = folder.place
		}
	}
	list := make([]reviews.Found, 0, len(t.newest))
	for key, f := range t.newest {
		f.Place = t.places[key[:strings.LastIndex(key, "/")+1]]
		list = append(list, f.Found)
	}
	sort.Slice(list, func(i, j int) bool {
		if !list[i].Posted.Equal(list[j].Posted) {
			return list[i].Posted.Before(list[j].Posted)
		}
		return list[i].Key < list[j].Key
	})
	return list
}

// wholes are the locations that the export shows from the first review to the last: in their folder, under an account, with the first page, and
// no page broken. A file by itself, a folder taken out of an export and one of several archives show none.
func (t *takeout) wholes(f opened) []reviews.Whole {
	parted := severalArchives(f)
	if parted {
		t.trouble.add("This is one of several archives of one export. Unpack all of them into one folder and import that folder; until then nothing is marked as gone.")
	}
	bad, good := map[string]bool{}, map[string]bool{}
	for dir, folder := range t.folders {
		if folder.prefix == "" {
			continue
		}
		if folder.broken || !folder.first || parted || !strings.Contains(dir, "/") {
			bad[folder.prefix] = true
		} else {
			good[folder.prefix] = true
		}
	}
	var list []reviews.Whole
	for prefix := range good {
		if !bad[prefix] {
			name := t.places[prefix]
			if name == "" {
				name = "location " + strings.Split(prefix, "/")[1]
			}
			list = append(list, reviews.Whole{Prefix: prefix, Name: name})
		}
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Prefix < list[j].Prefix })
	return list
}

var (
	archiveNumber  = regexp.MustCompile(`(?i)^(.*-)(\d{3})\.zip$`)
	locationNumber = regexp.MustCompile(`(\d{2,})$`)
)

// severalArchives reports whether Google split the export: takeout-…-001.zip, -002.zip.
func severalArchives(f opened) bool {
	found := archiveNumber.FindStringSubmatch(f.name)
	if found == nil {
		return false
	}
	if found[2] != "001" {
		return true
	}
	_, err := os.Stat(filepath.Join(filepath.Dir(f.path), found[1]+"002.zip"))
	return err == nil
}

// locationOf is the number of the location by the name of its folder, whatever the language.
func locationOf(dir string) string {
	return locationNumber.FindString(path.Base(dir))
}
