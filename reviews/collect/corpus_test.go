package collect

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// sharedFolder finds the material that lies beside the repository, or skips the test.
func sharedFolder(t testing.TB, name string) string {
	t.Helper()
	folder, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		found := filepath.Join(filepath.Dir(folder), "shared", name)
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err != nil {
			continue
		}
		if _, err := os.Stat(found); err == nil {
			return found
		}
	}
	t.Skip("there is no folder ../shared/" + name)
	return ""
}

// hasItem finds the beginning of an entry in the bytes as they are, in whatever encoding that has ASCII in it; the zeros of UTF-16 and UTF-32 are
// taken out before.
var hasItem = regexp.MustCompile(`<(?:\w+:)?(?:item|entry)[\s>]|"items"\s*:\s*\[\s*\{`)

// noFeed are the files that speak of entries and are none: pages, descriptions of searches, lists, maps.
var noFeed = regexp.MustCompile(`(?i)<(?:!doctype )?html[\s>]|<OpenSearchDescription|<opml[\s>]|<kml[\s>]|<(?:\w+:)?service[\s>]|<(?:\w+:)?categories[\s>]`)

// realWorld are the folders of feeds as they are found in the wild: in all encodings, and ill-formed but readable.
var realWorld = regexp.MustCompile(`encoding|charset|illformed|wellformed|bozo|atom/8\.1|atom/2/|/parser|/rss/|/translator|/json/`)

// given counts the files that have entries, and those of them that gave them.
type given struct{ files, all, some, entries, gave int }

// TestFeedCorpus reads every file of the collections: none may panic or take a second, each gives entries or a sentence, and what has entries gives
// them.
func TestFeedCorpus(t *testing.T) {
	folder := sharedFolder(t, "data/feeds")
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	var every, wild given
	slowest, slow := time.Duration(0), ""
	problems := map[string]int{}
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || entry.Name() == "LICENSE" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(strings.TrimPrefix(path, folder))
		start := time.Now()
		f, err := parseFeed(body, "", "https://example.org/feed", now)
		if took := time.Since(start); took > slowest {
			slowest, slow = took, name
		}
		if err != nil {
			problems[strings.SplitN(err.Error(), " (", 2)[0]]++
			if text := err.Error(); text == "" || text[0] < 'A' || text[0] > 'Z' || len(f.entries) > 0 {
				t.Errorf("%s: got %d entries and %q, want entries or a sentence", name, len(f.entries), text)
			}
		}
		if errors.Is(err, ErrIsOPML) {
			list, err := ReadOPML(bytes.NewReader(body))
			if outlines := bytes.Count(body, []byte("xmlUrl=")); err != nil && len(list) > 0 || err == nil && len(list) == 0 && outlines > 0 {
				t.Errorf("%s: got %d feeds, %v; want those of %d outlines", name, len(list), err, outlines)
			}
		}
		raw := bytes.ReplaceAll(body, []byte{0}, nil)
		begins := len(hasItem.FindAll(raw, -1))
		lists := []*given{&every}
		if realWorld.MatchString(name) {
			lists = append(lists, &wild)
		}
		for _, g := range lists {
			g.files++
			if begins > 0 && !noFeed.Match(raw) {
				g.all++
				g.entries += begins
				g.gave += len(f.entries)
				if len(f.entries) > 0 {
					g.some++
				} else {
					t.Logf("no entries: %s (%v)", name, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, g := range map[string]given{"of all kinds": every, "as in the wild": wild} {
		share := 100 * float64(g.some) / float64(max(g.all, 1))
		t.Logf("%s: %d files, %d with entries (%d), %d of them give entries (%d): %.1f %%", name, g.files, g.all, g.entries, g.some, g.gave, share)
		if share < 95 || g.all < 100 {
			t.Errorf("%s: got %.1f %% of %d feeds, want at least 95 of hundreds", name, share, g.all)
		}
	}
	t.Logf("the slowest took %v: %s", slowest, slow)
	if slowest > time.Second {
		t.Errorf("%s took %v, want less than a second", slow, slowest)
	}
	for text, n := range problems {
		t.Logf("%4d times: %s", n, text)
	}
}
