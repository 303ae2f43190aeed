package collect

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

// bothWays reads a feed the quick way, where that is possible, and as gofeed does.
func bothWays(body []byte) (quick, slow feed, ok bool) {
	found, text := shapeOf(decode(body, ""))
	text, whole := toRootEnd(text)
	if found != shapeXML || !whole {
		return feed{}, feed{}, false
	}
	parsed, ok := readWellFormed(text)
	if !ok || len(parsed.Items) < items(text) {
		return feed{}, feed{}, false
	}
	other, err := readAnyhow(text, whole)
	if err != nil {
		return feed{}, feed{}, false // gofeed is stricter about names
	}
	const address = "http://a.example/"
	return feedOf(parsed, address, whole, noon), feedOf(other, address, whole, noon), true
}

// Each file of the corpora that is read the quick way gives the same entries when gofeed reads it.
func TestWellFormedFeedsReadAsGofeedReadsThem(t *testing.T) {
	read, all := 0, 0
	err := filepath.WalkDir(sharedFolder(t, "data/feeds"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		all++
		quick, slow, ok := bothWays(body)
		if !ok {
			return err
		}
		read++
		if got, want := len(quick.entries), len(slow.entries); got != want {
			t.Fatalf("%s: %d entries, gofeed finds %d", path, got, want)
		}
		for i, got := range quick.entries {
			if want := slow.entries[i]; !reflect.DeepEqual(got, want) {
				t.Errorf("%s: entry %d is\n%+v\ngofeed says\n%+v", path, i, got, want)
			}
		}
		quick.entries, slow.entries = nil, nil
		if !reflect.DeepEqual(quick, slow) {
			t.Errorf("%s: %+v, gofeed says %+v", path, quick, slow)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if read < all/10 {
		t.Errorf("only %d of %d files were read the quick way", read, all)
	}
	t.Logf("%d of %d files were read the quick way", read, all)
}

// Whatever is read the quick way has the entries that gofeed finds in it, with the same keys.
func FuzzWellFormed(f *testing.F) {
	for _, sample := range []string{
		`<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>A &amp; B</title><link>http://a.example/</link><item><title>One</title>` +
			`<link>http://a.example/1</link><guid isPermaLink="false">1</guid><pubDate>Sat, 21 Nov 2026 00:01:00 +0000</pubDate>` +
			`<dc:creator>Ann</dc:creator><description><![CDATA[<p>Kind</p>]]></description></item></channel></rss>`,
		`<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><link href="http://a.example/"/><entry><title type="html">&lt;b&gt;One</title>` +
			`<id>tag:a.example,2026:1</id><link rel="alternate" href="http://a.example/1"/><updated>2026-11-21T00:01:00Z</updated>` +
			`<author><name>Ann</name></author><content type="xhtml"><div><p>Kind</p></div></content></entry></feed>`,
	} {
		f.Add([]byte(sample))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		quick, slow, ok := bothWays(body)
		if !ok {
			return
		}
		if got, want := len(quick.entries), len(slow.entries); got != want {
			t.Fatalf("%d entries, gofeed finds %d", got, want)
		}
		for i, got := range quick.entries {
			if want := slow.entries[i]; got.Key != want.Key {
				t.Errorf("key %q, gofeed says %q", got.Key, want.Key)
			}
		}
	})
}
