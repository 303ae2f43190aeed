package collect

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"goodword/reviews"
)

func tableOf(t testing.TB, text []byte, given Mapping) Preview {
	t.Helper()
	rows, err := readCSV("test.csv", text)
	if err != nil {
		t.Fatal(err)
	}
	return rowsOfTable(t, rows, given, "US")
}

func rowsOfTable(t testing.TB, rows table, given Mapping, country string) Preview {
	t.Helper()
	p, err := rows.preview(given, nil, reading{zone: time.UTC, country: country, now: noon, shift: rows.shift})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// fileOf writes a file to import.
func fileOf(t testing.TB, name string, body []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, body, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
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
	sources := []reviews.Source{{Kind: reviews.KindFeed, Name: `A "quoted" & <named>`, Address: "https://example.org/?a=1&b=2"}, {Kind: reviews.KindImport, Name: "file"}}
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

func FuzzOPML(f *testing.F) {
	f.Add(`<opml><body><outline xmlUrl="https://example.org/a"/></body></opml>`)
	seedFrom(f, ".opml", 1, func(body []byte) { f.Add(string(body)) })
	f.Fuzz(func(t *testing.T, body string) {
		list, err := ReadOPML(strings.NewReader(body))
		for _, o := range list {
			if err != nil || !strings.HasPrefix(o.Address, "http") {
				t.Errorf("got %+v, %v", o, err)
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
