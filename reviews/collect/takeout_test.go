package collect

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/reviews"
)

const takeoutPage1 = `{"reviews":[
 {"reviewer":{"displayName":"Ana"},"starRating":"FIVE","createTime":"2026-01-01T10:00:00.123456Z","updateTime":"2026-01-01T10:00:00Z","name":"accounts/1/locations/2/reviews/a","comment":"(Translated by Google) Very good.\n\n(Original)\nMuy bueno.","reviewReply":{"comment":"Thank you for your words.","updateTime":"2026-01-02T10:00:00Z"}},
 {"reviewer":{},"starRating":"ONE","createTime":"2026-02-01T10:00:00Z","updateTime":"2026-02-01T10:00:00Z","name":"accounts/1/locations/2/reviews/b"}]}`

// takeoutFiles are an export in Spanish with two accounts that have the same location.
func takeoutFiles() map[string]string {
	folder := "Takeout/Perfil de empresa/cuenta-1/ubicacion-2/"
	again := strings.NewReplacer("accounts/1", "accounts/9", "Muy bueno.", "Muy, muy bueno.", `"updateTime":"2026-01-01T10:00:00Z"`, `"updateTime":"2026-03-01T10:00:00Z"`).Replace(takeoutPage1)
	return map[string]string{
		folder + "reviews.json":                       "\xef\xbb\xbf" + takeoutPage1,
		folder + "reviews-token.json":                 `{"reviews":[{"starRating":"TWO","createTime":"2026-03-01T10:00:00Z","name":"accounts/1/locations/2/reviews/c","comment":"Slow."}]}`,
		folder + "additionalData.json":                `{"attributes":[{"id":{"attributeType":"LISTING_NAME"},"values":[{"datum":{"listingName":{"text":"Bright Harbor — Pearl Street"}}}]}]}`,
		"Takeout/x/account-9/location-2/reviews.json": again,
		"Takeout/archive_browser.html":                "<html></html>",
		"Takeout/other.json":                          `{"a":1}`,
		"Takeout/reviewed.json":                       `{"reviews":[{"what":"a film"}]}`,
	}
}

func unpacked(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, body := range files {
		file := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func zipOf(t testing.TB, name string, files map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	for name, body := range files {
		w, err := archive.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(body)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	return fileOf(t, name, b.Bytes())
}

func takeoutAt(t testing.TB, path string) (Preview, error) {
	t.Helper()
	f, err := openFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !isTakeout(f) {
		t.Fatalf("%s is not known as an export of Takeout", path)
	}
	return previewTakeout(t.Context(), &Collector{Deps: Deps{Now: func() time.Time { return noon }}}, f, nil)
}

func TestTakeout(t *testing.T) {
	for name, path := range map[string]string{"folder": unpacked(t, takeoutFiles()), "archive": zipOf(t, "takeout-20261122T100000Z-001.zip", takeoutFiles())} {
		t.Run(name, func(t *testing.T) {
			p, err := takeoutAt(t, path)
			if err != nil || len(p.Found) != 3 || len(p.Problems) != 0 {
				t.Fatalf("got %d reviews, %v, %q; want 3", len(p.Found), err, p.Problems)
			}
			first, second := p.Found[0], p.Found[1]
			if first.Text != "Muy, muy bueno." || first.Stars != 5 || first.Reply == "" || first.ReplyAt.IsZero() || first.Key != "locations/2/reviews/a" || len(first.Payload) != 32 {
				t.Errorf("got %+v, want the newest text in the author's own words, with the reply", first)
			}
			if second.Author != "" || second.Stars != 1 || second.Text != "" || second.Place != "Bright Harbor — Pearl Street" || second.Site != "google" {
				t.Errorf("got %+v", second)
			}
			if want := (reviews.Whole{Prefix: "locations/2/reviews/", Name: "Bright Harbor — Pearl Street"}); len(p.wholes) != 1 || p.wholes[0] != want {
				t.Errorf("got wholes %+v, want %+v", p.wholes, want)
			}
		})
	}
}

func TestWhatATakeoutShowsAsAWhole(t *testing.T) {
	const page = "Takeout/Google Business Profile/account-1/location-22/reviews.json"
	one := func(id string) string {
		return `{"reviews":[{"name":"accounts/1/locations/22/reviews/` + id + `","starRating":"FOUR","createTime":"2026-02-01T10:00:00Z"}]}`
	}
	tests := []struct {
		name    string
		files   map[string]string
		found   int
		wholes  int
		problem string
	}{
		{"a whole", map[string]string{page: one("a")}, 1, 1, ""},
		{"a location without reviews", map[string]string{page: `{"reviews":[]}`}, 0, 1, ""},
		{"the folder of the location alone", map[string]string{"reviews.json": one("a"), "reviews-x.json": one("b")}, 2, 0, ""},
		{"the first page is missing", map[string]string{strings.Replace(page, "reviews.json", "reviews-x.json", 1): one("a")}, 1, 0, ""},
		{"a page breaks off", map[string]string{page: one("a"), strings.Replace(page, "reviews.json", "reviews-x.json", 1): one("b")[:30] + one("b")}, 1, 0, "0 reviews before that"},
		{"a page breaks off in the middle", map[string]string{page: strings.Replace(one("a"), "]}", `,{"name":"acc`, 1)}, 1, 0, "breaks off"},
		{"an entry is of another shape", map[string]string{page: strings.Replace(one("a"), "]}", `,7]}`, 1)}, 1, 0, "no reviews"},
		{"two locations in one folder", map[string]string{page: one("a"), strings.Replace(page, "reviews.json", "reviews-x.json", 1): strings.ReplaceAll(one("b"), "/22/", "/33/")}, 2, 0, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := takeoutAt(t, unpacked(t, test.files))
			if err != nil || len(p.Found) != test.found || len(p.wholes) != test.wholes {
				t.Errorf("got %d reviews and wholes %+v, %v; want %d and %d", len(p.Found), p.wholes, err, test.found, test.wholes)
			}
			if got := strings.Join(p.Problems, " "); !strings.Contains(got, test.problem) || test.problem == "" && got != "" {
				t.Errorf("got problems %q, want %q", got, test.problem)
			}
		})
	}
	t.Run("one of several archives", func(t *testing.T) {
		p, err := takeoutAt(t, zipOf(t, "takeout-20261122T100000Z-002.zip", map[string]string{page: one("a")}))
		if err != nil || len(p.wholes) != 0 || !strings.Contains(strings.Join(p.Problems, " "), "one of several") {
			t.Errorf("got %+v, %v", p, err)
		}
	})
	t.Run("a file by itself", func(t *testing.T) {
		p, err := takeoutAt(t, fileOf(t, "reviews.json", []byte(takeoutPage1)))
		if err != nil || len(p.Found) != 2 || len(p.wholes) != 0 {
			t.Errorf("got %+v, %v", p, err)
		}
	})
}

func TestTakeoutRefused(t *testing.T) {
	tests := []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"own reviews", map[string]string{"Takeout/Maps (your places)/Reviews.json": `{"type":"FeatureCollection","features":[{"type":"Feature"}]}`}, "you wrote yourself"},
		{"nothing", map[string]string{"a.txt": "x"}, "no reviews of Google Business Profile"},
		{"broken", map[string]string{"reviews.json": `{"reviews":`}, "no reviews that can be read"},
	}
	for _, test := range tests {
		if _, err := takeoutAt(t, unpacked(t, test.files)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", test.name, err, test.want)
		}
	}
	if _, err := takeoutAt(t, fileOf(t, "Reviews.json", []byte(`{"type":"FeatureCollection","features":[]}`))); !errors.Is(err, ErrOwnReviews) {
		t.Errorf("got %v, want ErrOwnReviews", err)
	}
	if _, err := takeoutAt(t, fileOf(t, "takeout.zip", []byte("PK\x03\x04 and no more"))); err == nil || !strings.Contains(err.Error(), "no sound ZIP") {
		t.Errorf("got %v", err)
	}
}

func TestHostileArchives(t *testing.T) {
	review := `{"reviews":[{"name":"accounts/1/locations/22/reviews/a","starRating":"FOUR","createTime":"2026-02-01T10:00:00Z"}]}`
	t.Run("names that climb", func(t *testing.T) {
		before, err := os.ReadDir("/tmp")
		if err != nil {
			t.Skip("there is no /tmp")
		}
		p, err := takeoutAt(t, zipOf(t, "slip.zip", map[string]string{"../../../../tmp/goodword-slip/x/reviews.json": review, "/etc/y/z/reviews.json": review, `C:\a\b\reviews.json`: review}))
		if err != nil || len(p.Found) != 1 {
			t.Errorf("got %d reviews, %v; want the one, and nothing written", len(p.Found), err)
		}
		for _, entry := range before {
			if entry.Name() == "goodword-slip" {
				t.Error("a file was written outside")
			}
		}
	})
	t.Run("bomb", func(t *testing.T) {
		file := zipOf(t, "bomb.zip", map[string]string{"T/a/l-22/reviews.json": review, "T/a/l-22/reviews-2.json": strings.Repeat(" ", largestTakeoutFile+1)})
		p, err := takeoutAt(t, file)
		if err != nil || len(p.Found) != 1 || len(p.wholes) != 0 || !strings.Contains(strings.Join(p.Problems, " "), "too large") {
			t.Errorf("got %+v, %v", p, err)
		}
	})
	t.Run("the same name twice", func(t *testing.T) {
		var b bytes.Buffer
		archive := zip.NewWriter(&b)
		for i := range 3 {
			w, err := archive.Create("T/a/l-22/reviews.json")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := fmt.Fprint(w, strings.ReplaceAll(review, "reviews/a", fmt.Sprintf("reviews/%d", i))); err != nil {
				t.Fatal(err)
			}
		}
		if err := archive.Close(); err != nil {
			t.Fatal(err)
		}
		p, err := takeoutAt(t, fileOf(t, "twice.zip", b.Bytes()))
		if err != nil || len(p.Found) != 3 {
			t.Errorf("got %d reviews, %v; want 3", len(p.Found), err)
		}
	})
}

func TestTakeoutFixture(t *testing.T) {
	p, err := takeoutAt(t, sharedFolder(t, "fixtures/google-takeout"))
	if err != nil || len(p.Found) != 8 || len(p.wholes) != 2 {
		t.Errorf("got %d reviews and %d whole locations, %v; want 8 and 2", len(p.Found), len(p.wholes), err)
	}
}

func FuzzTakeout(f *testing.F) {
	f.Add([]byte(takeoutPage1))
	f.Add([]byte(`{"reviews":null,"type":"FeatureCollection"}`))
	f.Add([]byte(`{"reviews":[{"name":"accounts/1/locations/2/reviews/a"`))
	f.Fuzz(func(t *testing.T, body []byte) {
		p, err := readTakeoutPage(body, "22", noon)
		if err == nil && len(p.found) > 0 && !p.reviews {
			t.Errorf("%d reviews of a page that has none", len(p.found))
		}
		for _, r := range p.found {
			if !strings.HasPrefix(r.Key, "locations/") || r.Stars < 0 || r.Stars > 5 {
				t.Errorf("got %+v", r)
			}
		}
	})
}
