package collect

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"unicode/utf8"
)

// seedFrom hands every so-many-th file of the collections that lie beside the repository to a fuzz target. Without them it has its own seeds alone.
func seedFrom(f *testing.F, ending string, every int, add func([]byte)) {
	folder, err := os.Getwd()
	if err != nil {
		f.Fatal(err)
	}
	for ; folder != filepath.Dir(folder); folder = filepath.Dir(folder) {
		if _, err := os.Stat(filepath.Join(folder, "go.mod")); err == nil {
			break
		}
	}
	n := 0
	err = filepath.WalkDir(filepath.Join(filepath.Dir(folder), "shared", "data", "feeds"), func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ending {
			return nil // nothing there is nothing to begin with
		}
		if n++; n%every != 0 {
			return nil
		}
		body, err := os.ReadFile(path)
		if err == nil && len(body) < 64<<10 {
			add(body)
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
}

func FuzzJSONFeed(f *testing.F) {
	for _, seed := range []string{`{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"a","url":"https://example.org/a","content_html":"<p>One</p>","date_published":"2026-01-02T03:04:05Z"}]}`,
		`{"items":[{"id":1},{"id":2.5,"authors":null,"tags":[1,null]},null,[],"x"]}`, `{"items":{}}`, `{"items":[{"id":"a","content_text":"cut`, `[]`, `{`, "\ufeff{}"} {
		f.Add([]byte(seed))
	}
	seedFrom(f, ".json", 5, func(body []byte) { f.Add(body) })
	f.Fuzz(func(t *testing.T, body []byte) {
		parsed, err := parseJSON(body, "https://example.org/feed.json", noon)
		if err != nil && len(parsed.entries) > 0 {
			t.Errorf("got %d entries and %v", len(parsed.entries), err)
		}
		for _, e := range parsed.entries {
			if !utf8.ValidString(e.Text+e.Title+e.Author+e.Key) || e.Stars < 0 || e.Stars > 5 {
				t.Errorf("got %+v", e)
			}
		}
	})
}

// FuzzDecode turns any bytes in any claimed encoding into text.
func FuzzDecode(f *testing.F) {
	for _, kind := range []string{"", "text/xml; charset=utf-16", "text/xml; charset=utf-32", "text/html; charset=shift_jis", "text/xml; charset=x-klingon", "text/xml; charset=\"utf-7\"", ";;"} {
		for _, seed := range []string{"", "\xef\xbb\xbf<rss/>", "\xff\xfe<\x00r\x00", "\x00\x00\xfe\xff\x00\x00\x00<", "<?xml version='1.0' encoding='koi8-r'?><rss>\xc1", "<?xml encoding='", "caf\xe9"} {
			f.Add([]byte(seed), kind)
		}
	}
	seedFrom(f, ".xml", 40, func(body []byte) { f.Add(body, "text/xml") })
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		text := decode(body, contentType)
		if len(text) > 8*len(body)+64 {
			t.Errorf("got %d bytes of %d", len(text), len(body))
		}
		if !utf8.Valid(text) {
			t.Errorf("got text that is none: %q", text[:min(len(text), 80)])
		}
	})
}
