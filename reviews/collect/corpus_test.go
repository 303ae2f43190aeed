package collect

import (
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

var hasItem = regexp.MustCompile(`(?i)<(?:\w+:)?(item|entry)[\s>]`)

// TestFeedCorpus reads every file of the collections: none may panic or take a second, and what has items has to give them.
func TestFeedCorpus(t *testing.T) {
	folder := sharedFolder(t, "data/feeds")
	files, withItems, given, slowest := 0, 0, 0, time.Duration(0)
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".xml") && !strings.HasSuffix(path, ".json") {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		files++
		start := time.Now()
		f, err := parseFeed(body, "", "https://example.org/feed", start)
		slowest = max(slowest, time.Since(start))
		kind, text := shapeOf(decode(body, ""))
		if kind == shapeXML && hasItem.Match(text) {
			withItems++
			if len(f.entries) > 0 {
				given++
			} else {
				t.Logf("no entries: %s (%v)", strings.TrimPrefix(path, folder), err)
			}
		}
		if err != nil && len(f.entries) > 0 && !errors.Is(err, errCutOff) {
			t.Errorf("%s: entries and an error: %v", path, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	share := 100 * float64(given) / float64(max(withItems, 1))
	t.Logf("%d files, %d with items, %d of them give items (%.1f %%), slowest %v", files, withItems, given, share, slowest)
	if share < 95 {
		t.Errorf("got %.1f %% of the feeds with items, want at least 95", share)
	}
}
