package collect

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"goodword/reviews"
)

func tableOf(t *testing.T, text []byte, given Mapping) Preview {
	t.Helper()
	rows, err := readCSV("test.csv", text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := (&Collector{Deps: Deps{Now: func() time.Time { return noon }}}).previewTable(formatCSV, rows, given, time.UTC)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTables(t *testing.T) {
	const plainCSV = "Review ID,Published,Author,Source,Rating,Title,Review,URL\n7,2026-11-20,Ana,Google,4,Good,\"Kind, quick\nand clean\",https://example.org/7\n"
	tests := []struct {
		name string
		body []byte
		want reviews.Found
	}{
		{"review tracker", []byte(plainCSV), reviews.Found{Key: "google:7", Author: "Ana", Stars: 4, Title: "Good", Text: "Kind, quick\nand clean", Site: "google", URL: "https://example.org/7"}},
		{"tabs in utf-16", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "Reviewer\tStar rating\tReview text\nJosé\tFIVE\tMuy bien\n"), reviews.Found{Author: "José", Stars: 5, Text: "Muy bien"}},
		{"latin 1", encoded(t, charmap.Windows1252, "name;rating;comment\nJosé Núñez;3;Así así, señor\n"), reviews.Found{Author: "José Núñez", Stars: 3, Text: "Así así, señor"}},
		{"title above the header", []byte("Export of reviews,,,\nMade on 2026-11-22,,,\nAuthor,Rating,Text,Date\nAna,2,Waited long,11/20/2026\n"), reviews.Found{Author: "Ana", Stars: 2, Text: "Waited long"}},
		{"no header", []byte("2026-11-20,5,A very kind doctor and a clean office.,https://example.org/1\n2026-11-21,4,The wait was long but the care was good.,https://example.org/2\n"), reviews.Found{Stars: 5, Text: "A very kind doctor and a clean office.", URL: "https://example.org/1", Site: "example.org"}},
		{"translated", []byte("rating,comment\n5,\"(Translated by Google) Very good\n\n(Original)\nMuy bueno\"\n"), reviews.Found{Stars: 5, Text: "Muy bueno"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := tableOf(t, test.body, nil)
			if len(p.Found) == 0 {
				t.Fatalf("nothing found: mapping %v, problems %v", p.Mapping, p.Problems)
			}
			got := p.Found[0]
			if test.want.Key == "" {
				got.Key = ""
			}
			got.Posted, got.About = time.Time{}, false
			if !sameFound(got, test.want) {
				t.Errorf("got %+v, want %+v (mapping %v)", got, test.want, p.Mapping)
			}
		})
	}
}

func sameFound(a, b reviews.Found) bool {
	return a.Key == b.Key && a.Author == b.Author && a.Stars == b.Stars && a.Title == b.Title && a.Text == b.Text && a.Site == b.Site && a.URL == b.URL && a.Reply == b.Reply && a.Place == b.Place
}

func TestSemicolonsAndDates(t *testing.T) {
	p := tableOf(t, []byte("Reviewer;Stars;Comment;Date\nAna;★★★★☆;Kind, quick;03/04/2026\nBo;5;Fine, thanks;21/11/2026\n"), nil)
	if len(p.Found) != 2 || p.Found[0].Stars != 4 {
		t.Fatalf("got %+v", p)
	}
	if got, want := p.Found[0].Posted.Format(time.DateOnly), "2026-04-03"; got != want {
		t.Errorf("got %s, want %s: the other row shows that the day comes first", got, want)
	}
}

func TestMappingAndProblems(t *testing.T) {
	body := []byte("a,b,c\nKind and quick,x,yesterday-ish\n,,\nSlow,4,2026-11-20\n")
	p := tableOf(t, body, Mapping{"text": "a", "rating": "2", "date": "c"})
	if len(p.Found) != 2 || len(p.Problems) != 2 {
		t.Fatalf("got %d entries and the problems %q, want 2 and 2", len(p.Found), p.Problems)
	}
	if !strings.HasPrefix(p.Problems[0], "Row 2:") {
		t.Errorf("got %q, want it to name row 2", p.Problems[0])
	}
	if _, err := settled(Mapping{"text": "nope"}, nil, []string{"a"}); err == nil || !strings.Contains(err.Error(), "no column") {
		t.Errorf("got %v", err)
	}
	if _, err := settled(Mapping{"colour": "a"}, nil, []string{"a"}); err == nil || !strings.Contains(err.Error(), "no field") {
		t.Errorf("got %v", err)
	}
}

func TestNotATable(t *testing.T) {
	tests := []struct{ name, body, want string }{
		{"empty", "", "empty"}, {"page", "<html></html>", "web page"}, {"JSON", `{"a":1}`, "JSON"}, {"binary", "\x89PNG\x00\x00\x01\x02", "not a text"},
		{"prose", "Dear all,\nthis is a letter.\nIt has no columns.\nBest\n", "no columns"}, {"PDF", "%PDF-1.7 and so on", "PDF"},
	}
	for _, test := range tests {
		if _, err := readCSV("file.csv", []byte(test.body)); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want a sentence that says %q", test.name, err, test.want)
		}
	}
}

func TestTheSameRowIsTheSameMention(t *testing.T) {
	first := tableOf(t, []byte("author,rating,text\nAna,5,Good\n"), nil).Found[0].Key
	later := tableOf(t, []byte("author,rating,text\nBo,1,Bad\nAna,5,Good\n"), nil).Found[1].Key
	if first != later {
		t.Errorf("got %q and %q, want one key", first, later)
	}
	const long = "The whole visit was calm and quick and kind from start to end."
	unnamed := tableOf(t, []byte("who,rating,text\nAna,5,"+long+"\n"), nil).Found[0].Key
	named := tableOf(t, []byte("who,rating,text\nAna,5,"+long+"\n"), Mapping{"author": "who"}).Found[0].Key
	if unnamed != named {
		t.Errorf("got %q and %q, want one key whatever columns are named", unnamed, named)
	}
	two := tableOf(t, []byte("author,rating,text\nAna,5,"+long+"\nBo,5,"+long+"\n"), nil).Found
	if two[0].Key == two[1].Key {
		t.Error("the same words of two people became one mention")
	}
}

func TestXLSX(t *testing.T) {
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	for cell, value := range map[string]any{"A1": "Reviewer", "B1": "Rating", "C1": "Review", "D1": "Date", "A2": "Ana", "B2": 4, "C2": "Kind and quick", "D2": time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	if got := formatOf("reviews.dat", b.Bytes()); got != formatXLSX {
		t.Errorf("got format %q, want xlsx", got)
	}
	rows, err := readXLSX("reviews.xlsx", b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	p, err := (&Collector{Deps: Deps{Now: func() time.Time { return noon }}}).previewTable(formatXLSX, rows, nil, time.UTC)
	if err != nil || len(p.Found) != 1 {
		t.Fatalf("got %+v, %v", p, err)
	}
	if f := p.Found[0]; f.Author != "Ana" || f.Stars != 4 || f.Posted.Format(time.DateOnly) != "2026-11-20" {
		t.Errorf("got %+v", f)
	}
	if _, err := readXLSX("x.xlsx", []byte("PK\x03\x04 no archive")); err == nil {
		t.Error("a broken file was read")
	}
}

const takeoutPage = `{"reviews":[
 {"reviewer":{"displayName":"Ana"},"starRating":"FIVE","createTime":"2026-01-01T10:00:00.123456Z","updateTime":"2026-01-01T10:00:00Z","name":"accounts/1/locations/2/reviews/a","comment":"(Translated by Google) Very good.\n\n(Original)\nMuy bueno.","reviewReply":{"comment":"Thank you for your words.","updateTime":"2026-01-02T10:00:00Z"}},
 {"reviewer":{},"starRating":"ONE","createTime":"2026-02-01T10:00:00Z","updateTime":"2026-02-01T10:00:00Z","name":"accounts/1/locations/2/reviews/b"}]}`

func takeoutFolder() fstest.MapFS {
	folder := "Takeout/Perfil de empresa/cuenta-1/ubicacion-2/"
	again := strings.NewReplacer("accounts/1", "accounts/9", "Muy bueno.", "Muy, muy bueno.", `"updateTime":"2026-01-01T10:00:00Z"`, `"updateTime":"2026-03-01T10:00:00Z"`).Replace(takeoutPage)
	return fstest.MapFS{
		folder + "reviews.json":                       {Data: []byte("\xef\xbb\xbf" + takeoutPage)},
		folder + "reviews-token.json":                 {Data: []byte(`{"reviews":[{"starRating":"TWO","createTime":"2026-03-01T10:00:00Z","name":"accounts/1/locations/2/reviews/c","comment":"Slow."}]}`)},
		folder + "additionalData.json":                {Data: []byte(`{"attributes":[{"id":{"attributeType":"LISTING_NAME"},"values":[{"datum":{"listingName":{"text":"Bright Harbor — Pearl Street"}}}]}]}`)},
		"Takeout/x/account-9/location-2/reviews.json": {Data: []byte(again)},
		"Takeout/archive_browser.html":                {Data: []byte("<html></html>")},
		"Takeout/other.json":                          {Data: []byte(`{"a":1}`)},
	}
}

func TestTakeout(t *testing.T) {
	found, err := readTakeout("Takeout", takeoutFolder(), noon)
	if err != nil || len(found) != 3 {
		t.Fatalf("got %d reviews, %v; want 3", len(found), err)
	}
	first, second := found[0], found[1]
	if first.Text != "Muy, muy bueno." || first.Stars != 5 || first.Reply == "" || first.ReplyAt.IsZero() || first.Key != "locations/2/reviews/a" {
		t.Errorf("got %+v, want the newest text in the author's own words, with the reply", first)
	}
	if second.Author != "" || second.Stars != 1 || second.Text != "" || second.Place != "Bright Harbor — Pearl Street" || second.Site != "google" {
		t.Errorf("got %+v", second)
	}
	var b bytes.Buffer
	archive := zip.NewWriter(&b)
	if err := archive.AddFS(takeoutFolder()); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	zipped, err := readTakeoutZIP("takeout.zip", bytes.NewReader(b.Bytes()), int64(b.Len()), noon)
	if err != nil || len(zipped) != 3 {
		t.Errorf("got %d reviews from the archive, %v", len(zipped), err)
	}
	own := fstest.MapFS{"Takeout/Maps/Reviews.json": {Data: []byte(`{"type":"FeatureCollection","features":[]}`)}}
	if _, err := readTakeout("Takeout", own, noon); !errors.Is(err, ErrOwnReviews) {
		t.Errorf("got %v, want ErrOwnReviews", err)
	}
	if _, err := readTakeout("x", fstest.MapFS{"a.txt": {}}, noon); err == nil {
		t.Error("an empty folder was read")
	}
}

func TestTakeoutFixture(t *testing.T) {
	found, err := readTakeout("Takeout", os.DirFS(sharedFolder(t, "fixtures/google-takeout")), noon)
	if err != nil || len(found) != 8 {
		t.Errorf("got %d reviews, %v; want 8", len(found), err)
	}
}

func TestOriginal(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Plain.", "Plain."}, {"(Translated by Google) A\n\n(Original)\nB", "B"}, {"(Original)\nB\n\n(Translated by Google)\nA", "B"}, {"B\n\n(Translated by Google)\nA", "B"},
	}
	for _, test := range tests {
		if got := original(test.text); got != test.want {
			t.Errorf("%q: got %q, want %q", test.text, got, test.want)
		}
	}
}

func TestOPML(t *testing.T) {
	body := `<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body><outline text="Region"><outline text="A & B" xmlUrl="https://example.org/a"/>
<outline text="Inner"><outline TITLE="C" XMLURL="https://example.org/c" htmlUrl="https://example.org/"/></outline></outline><outline text="Again" xmlUrl="https://example.org/a"/><outline text="No" xmlUrl="file:///etc/passwd"/></body></opml>`
	list, err := ReadOPML(strings.NewReader(body))
	if err != nil || len(list) != 2 {
		t.Fatalf("got %+v, %v; want two feeds", list, err)
	}
	if list[0].Name != "A & B" || list[1].Folder != "Region / Inner" || list[1].Name != "C" {
		t.Errorf("got %+v", list)
	}
	var b bytes.Buffer
	sources := []reviews.Source{{Kind: kindFeed, Name: `A "quoted" & <named>`, Address: "https://example.org/?a=1&b=2"}, {Kind: kindImport, Name: "file"}}
	if err := WriteOPML(&b, sources); err != nil {
		t.Fatal(err)
	}
	back, err := ReadOPML(&b)
	if err != nil || len(back) != 1 || back[0].Address != sources[0].Address || back[0].Name != `A "quoted" & <named>` {
		t.Errorf("got %+v, %v", back, err)
	}
	if _, err := ReadOPML(strings.NewReader("hello")); !errors.Is(err, ErrNoOPML) {
		t.Errorf("got %v, want ErrNoOPML", err)
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("a,b\n1,2\n"))
	f.Add([]byte("rating;text\n5;\"x\n"))
	f.Add([]byte("\xff\xfea\x00,\x00"))
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := readCSV("f", body)
		if err != nil {
			return
		}
		columns, data, first := rows.headed(nil)
		found, _ := entriesOf(columns, data, guessMapping(columns, data), first, time.UTC, noon)
		if len(found) > len(data) {
			t.Errorf("%d entries from %d rows", len(found), len(data))
		}
		for _, e := range found {
			if e.Key == "" || e.Stars < 0 || e.Stars > 5 {
				t.Errorf("got %+v", e)
			}
		}
	})
}

func FuzzOPML(f *testing.F) {
	f.Add(`<opml><body><outline xmlUrl="https://example.org/a"/></body></opml>`)
	f.Fuzz(func(t *testing.T, body string) {
		list, err := ReadOPML(strings.NewReader(body))
		for _, o := range list {
			if err != nil || !strings.HasPrefix(o.Address, "http") {
				t.Errorf("got %+v, %v", o, err)
			}
		}
	})
}

func FuzzTakeout(f *testing.F) {
	f.Add([]byte(takeoutPage))
	f.Fuzz(func(t *testing.T, body []byte) {
		found, err := takeoutReviews(body, noon)
		if (err == nil) != (len(found) > 0) {
			t.Errorf("got %d reviews and %v", len(found), err)
		}
		for _, r := range found {
			if r.Key == "" || r.Stars < 0 || r.Stars > 5 {
				t.Errorf("got %+v", r)
			}
		}
	})
}

func TestHeadersOfRealExports(t *testing.T) {
	file, err := os.ReadFile(filepath.Join(sharedFolder(t, "fixtures/csv"), "headers.csv"))
	if err != nil {
		t.Fatal(err)
	}
	list, err := readCSV("headers.csv", file)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range list.rows[1:] {
		if strings.HasPrefix(row[0], "Chatwoot") {
			continue // contacts, no reviews
		}
		columns := strings.Split(row[2], "|")
		mapping := guessMapping(columns, nil)
		for _, field := range []string{"text", "stars", "author", "date", "id"} {
			if mapping[field] == "" {
				t.Errorf("%s: no column for %q in %v", row[0], field, columns)
			}
		}
	}
}
