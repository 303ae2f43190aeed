package collect

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/reviews"
)

const pageAddress = "https://reviews.example.org/bright-harbor"

func ld(scripts ...string) string {
	page := "<!doctype html><html><head><title>Bright Harbor Dental</title>"
	for _, s := range scripts {
		page += `<script type="application/ld+json">` + s + "</script>"
	}
	return page + "</head><body><p>Welcome</p></body></html>"
}

// told writes a page's reviews down in short.
func told(page shown) string {
	var lines []string
	for _, f := range page.reviews {
		line := fmt.Sprintf("%s|%s|%d|%s", f.Author, f.Text, f.Stars, f.Place)
		if !f.Posted.IsZero() {
			line += "|" + f.Posted.Format(time.DateOnly)
		}
		lines = append(lines, line)
	}
	for _, r := range page.ratings {
		lines = append(lines, fmt.Sprintf("%s: %.1f/%.0f of %d", r.of, r.Value, r.Best, r.Count))
	}
	return strings.Join(lines, "\n")
}

func TestReadPage(t *testing.T) {
	const ann = "Ann|The care was kind.|4|Bright Harbor|2026-11-02"
	tests := []struct{ name, page, want string }{
		{"JSON-LD", ld(`{"@context":"https://schema.org","@type":"Dentist","name":"Bright Harbor","aggregateRating":{"@type":"AggregateRating","ratingValue":"4,7","reviewCount":"1,204"},
			"review":[{"@type":"Review","author":{"@type":"Person","name":"Ann"},"datePublished":"2026-11-02","reviewBody":"The care was kind.","reviewRating":{"@type":"Rating","ratingValue":4,"bestRating":"5"}}]}`),
			ann + "\nBright Harbor: 4.7/5 of 1204"},
		{"graph with references", ld(`{"@context":"https://schema.org","@graph":[{"@id":"#r","@type":["Review","CreativeWork"],"author":{"@id":"#ann"},"itemReviewed":{"@id":"#us"},"reviewBody":"The care was kind.",
			"reviewRating":{"@id":"#four"},"datePublished":"2026-11-02"},{"@id":"#ann","@type":"Person","name":"Ann"},{"@id":"#four","@type":"Rating","ratingValue":"8","bestRating":"10"},{"@id":"#us","@type":"Dentist","name":"Bright Harbor"}]}`), ann},
		{"references across scripts", ld(`{"@id":"#us","@type":"Dentist","name":"Bright Harbor"}`,
			`[{"@type":"Review","author":"Ann","itemReviewed":{"@id":"#us"},"reviewBody":"The care was kind.","reviewRating":"4","datePublished":"2026-11-02"}]`), ann},
		{"full names", ld(`{"@type":"http://schema.org/Review","http://schema.org/author":"Ann","schema:itemReviewed":{"schema:name":"Bright Harbor"},"schema:reviewBody":{"@value":"The care was kind.","@language":"en"},
			"schema:reviewRating":{"@list":[{"schema:ratingValue":4}]},"schema:datePublished":"2026-11-02"}`), ann},
		{"comments, commas, control characters", ld("<!-- \n//<![CDATA[\n/* ours */ {\"@type\":\"Review\", // one\n\"author\":\"Ann\",,\"itemReviewed\":{\"name\":\"Bright Harbor\",},\"reviewBody\":\"The care\x01 was kind.\n\",\"reviewRating\":{\"ratingValue\":4,},\"datePublished\":\"2026-11-02\",};\n//]]>\n -->"), ann},
		{"quotes not escaped", ld(`{"@type":"Review","author":"Ann","reviewBody":"They said "no pain", and it was true.","reviewRating":{"ratingValue":"4"}}`), `Ann|They said "no pain", and it was true.|4|`},
		{"entities", ld(`{"@type":"Review","author":"Ann &amp; Bob","reviewBody":"&lt;p&gt;It&#39;s good.&lt;/p&gt;","reviewRating":{"ratingValue":"5"}}`), "Ann & Bob|<p>It's good.</p>|5|"},
		{"all in entities", ld(`{&quot;@type&quot;:&quot;Review&quot;,&quot;author&quot;:&quot;Ann&quot;,&quot;reviewBody&quot;:&quot;Good care here.&quot;}`), "Ann|Good care here.|0|"},
		{"surrogates", ld(`{"@type":"Review","author":"Ann","reviewBody":"Good \ud83d\ude00 care \u00e9"}`), "Ann|Good 😀 care é|0|"},
		{"cut off", ld(`{"@type":"Dentist","name":"Bright Harbor","review":[{"@type":"Review","author":"Ann","reviewBody":"The care was kind.","reviewRating":{"ratingValue":4},"datePublished":"2026-11-02"},{"@type":"Rev`), ann},
		{"one id for all", ld(`[{"@type":"Review","@id":"https://x.org/#review","author":"Ann","reviewBody":"First words."},{"@type":"Review","@id":"https://x.org/#review","author":"Bob","reviewBody":"Other words."}]`),
			"Ann|First words.|0|\nBob|Other words.|0|"},
		{"school marks", ld(`{"@type":"Review","author":"Ann","reviewBody":"Gut.","reviewRating":{"ratingValue":"1,0","bestRating":"1","worstRating":"6"}}`), "Ann|Gut.|5|"},
		{"no scale", ld(`{"@type":"Review","author":"Ann","reviewBody":"Good.","reviewRating":{"ratingValue":"80"}}`), "Ann|Good.|4|"},
		{"employer", ld(`{"@type":"EmployerAggregateRating","itemReviewed":{"@type":"Organization","name":"Bright Harbor"},"ratingValue":"3.9","ratingCount":57,"bestRating":"5"}`), "Bright Harbor: 3.9/5 of 57"},
		{"told twice", ld(`{"@type":"Review","author":"Ann","reviewBody":"The care was kind and quick."}`) +
			`<div itemscope itemtype="https://schema.org/Review"><b itemprop="author">Ann</b><p itemprop="reviewBody">The care was kind and quick.</p></div>`, "Ann|The care was kind and quick.|0|"},
		{"microdata", `<div itemscope itemtype="https://schema.org/Dentist" itemref="more"><h1 itemprop="name">Bright Harbor</h1>
			<div itemprop="review" itemscope itemtype="https://schema.org/Review"><a itemprop="author" href="/people/7">Ann</a><meta itemprop="datePublished" content="2026-11-02">
			<div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating"><meter itemprop="ratingValue" min=0 max=5 value="4">4/5</meter></div><p itemprop="reviewBody">The care<br> was&nbsp;kind.</p></div></div>
			<div id=more itemprop="aggregateRating" itemscope itemtype="https://schema.org/AggregateRating"><b itemprop="ratingValue">9.2</b>/<i itemprop="bestRating">10</i> <span itemprop="ratingCount">31 votes</span></div>`,
			"Ann|The care\nwas kind.|4|Bright Harbor|2026-11-02\nBright Harbor: 9.2/10 of 31"},
		{"RDFa Lite", `<div vocab="https://schema.org/" typeof="Dentist"><h1 property="name">Bright Harbor</h1><div property="review" typeof="Review"><span property="author" typeof="Person"><b property="name">Ann</b></span>
			<time property="datePublished" datetime="2026-11-02">long ago</time><span property="reviewRating" typeof="Rating"><i property="ratingValue" content="4">****</i></span><p property="reviewBody">The care was kind.</p></div></div>`, ann},
		{"RDFa with prefixes", `<div prefix="dc: http://purl.org/dc/terms/ so: http://schema.org/" about="#us" typeof="so:Dentist"><h1 property="so:name dc:title">Bright Harbor</h1><div rel="so:review"><div about="#r1" typeof="so:Review">
			<b property="so:author">Ann</b><i property="http://schema.org/datePublished" content="2026-11-02"></i><div rel="so:reviewRating"><div typeof="so:Rating"><span property="so:ratingValue">4</span></div></div><p property="so:reviewBody">The care was kind.</p></div></div></div>`, ann},
		{"RDFa, xmlns and references", `<div xmlns:s="http://schema.org/"><p about="#us" typeof="s:Dentist"><b property="s:name">Bright Harbor</b></p><div typeof="s:Review"><a rel="s:itemReviewed" resource="#us">us</a>
			<b property="s:author">Ann</b><i property="s:datePublished" content="2026-11-02"></i><span property="s:reviewRating">4</span><p property="s:reviewBody">The care was kind.</p></div></div>`, ann},
		{"another vocabulary", `<div vocab="http://xmlns.com/foaf/0.1/" typeof="Review"><p property="reviewBody">Not ours.</p></div>`, ""},
		{"nothing", ld(`null`, ``, `"text"`, `{`, `[[[`, `{"@type":"Review"}`), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := told(readPage([]byte(test.page), "text/html; charset=utf-8", pageAddress, noon)); got != test.want {
				t.Errorf("got\n%s\nwant\n%s", got, test.want)
			}
		})
	}
}

func TestCounted(t *testing.T) {
	for text, want := range map[string]int{"31": 31, "1,204": 1204, "1.204": 1204, "1 204": 1204, "(31 reviews)": 31, "1.2K": 1200, "3 k": 3000, "12.0": 12, "": 0, "none": 0, "99999999999999999999": 0, "17 kind words": 17} {
		if got := counted(text); got != want {
			t.Errorf("%q: got %d, want %d", text, got, want)
		}
	}
}

func TestReviewIdentity(t *testing.T) {
	review := func(more string) reviews.Found {
		page := readPage([]byte(ld(`{"@type":"Review","author":"Ann","reviewBody":"The care was kind."`+more+`}`)), "", pageAddress, noon)
		if len(page.reviews) != 1 {
			t.Fatalf("got %d reviews, want 1", len(page.reviews))
		}
		return page.reviews[0]
	}
	byContent := review("").Key
	for _, more := range []string{`,"@id":"#review-3"`, `,"@id":"#12"`, `,"@id":"_:b4"`, `,"url":"` + pageAddress + `"`, `,"url":"/"`, `,"reviewRating":{"ratingValue":2}`} {
		if got := review(more).Key; got != byContent {
			t.Errorf("%s: got key %q, want that of the content %q", more, got, byContent)
		}
	}
	for _, more := range []string{`,"@id":"https://reviews.example.org/r/8123"`, `,"url":"/r/8123"`, `,"url":"?review=5f3a"`, `,"@id":"#review-81234567"`} {
		if got := review(more).Key; got == byContent || got == "" {
			t.Errorf("%s: got key %q, want its own", more, got)
		}
	}
	if got := review(`,"publisher":{"@type":"Organization","name":"Google"}`).Site; got != "google" {
		t.Errorf("got site %q, want google", got)
	}
}

// TestExtruct reads the pages of extruct's tests and looks for every review and rating that stands in the outputs expected there.
func TestExtruct(t *testing.T) {
	root := filepath.Join(sharedFolder(t, "data/pages"), "extruct/tests/samples")
	wanted, found, pages := 0, 0, 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".html" {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		pages++
		began := time.Now()
		page := readPage(body, "", pageAddress, noon)
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%s took %v", filepath.Base(path), took)
		}
		for _, ending := range []string{".json", ".jsonld"} {
			text, err := os.ReadFile(strings.TrimSuffix(path, ".html") + ending)
			if err != nil {
				continue
			}
			var expected any
			if json.Unmarshal(text, &expected) != nil {
				continue
			}
			for _, e := range expectedIn(expected) {
				wanted++
				if e.in(page) {
					found++
				} else {
					t.Errorf("%s: %+v was not found", filepath.Base(path), e)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d pages, %d of %d reviews and ratings", pages, found, wanted)
}

// expected is a review or a rating as extruct's outputs have it.
type expected struct {
	Body, Author, Value, Count string
}

func (e expected) in(page shown) bool {
	for _, f := range page.reviews {
		if e.Body != "" && fold(f.Text) == fold(plain(e.Body)) && f.Author == e.Author {
			return true
		}
	}
	for _, r := range page.ratings {
		if e.Body == "" && fmt.Sprint(r.Value) == e.Value && fmt.Sprint(r.Count) == e.Count {
			return true
		}
	}
	return false
}

// expectedIn lists the reviews and ratings of an output, in the form of JSON-LD or of extruct's microdata.
func expectedIn(v any) []expected {
	var list []expected
	switch v := v.(type) {
	case []any:
		for _, inner := range v {
			list = append(list, expectedIn(inner)...)
		}
	case map[string]any:
		props, ok := v["properties"].(map[string]any)
		if !ok {
			props = v
		}
		say := func(name string) string {
			if value, ok := props[name]; ok {
				return strings.Trim(fmt.Sprint(value), "[]")
			}
			return ""
		}
		switch term(strings.Trim(fmt.Sprint(v["type"], v["@type"]), "<nil>[] ")) {
		case "Review":
			list = append(list, expected{Body: say("reviewBody"), Author: say("author")})
		case "AggregateRating":
			list = append(list, expected{Value: say("ratingValue"), Count: say("reviewCount") + say("ratingCount")})
		}
		for _, inner := range props {
			list = append(list, expectedIn(inner)...)
		}
	}
	return list
}

// FuzzReadPage looks for a page that makes the readers panic or dawdle.
func FuzzReadPage(f *testing.F) {
	for _, seed := range []string{
		ld(`{"@type":"Review","author":{"@id":"#a"},"reviewBody":"Good \ud83d care","reviewRating":{"ratingValue":"4,5","bestRating":"0"}}`, `/* x */ [{"@graph":[{"@id":"#a","name":"Ann",}]} // y`),
		`<div itemscope itemtype=https://schema.org/Review itemref="a b"><p id=a itemprop=reviewBody>x</p></div><div id=b itemscope itemref=b itemprop="review">`,
		`<div vocab="http://schema.org/" typeof=Review prefix="s: http://schema.org/"><a rel="s:review" href="#x">y<i about="#x" typeof="s:Review" property="name" content="z"></i></a></div>`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		began := time.Now()
		page := readPage(body, "", pageAddress, noon)
		for _, r := range page.reviews {
			if r.Stars < 0 || r.Stars > 5 || r.Key == "" || r.Text == "" && r.Stars == 0 {
				t.Errorf("got %+v", r)
			}
		}
		for _, r := range page.ratings {
			if !(r.Value > 0 && r.Value <= r.Best) || r.Count < 0 {
				t.Errorf("got %+v", r)
			}
		}
		_, _, _ = watchedText(body, "p, [itemscope]")
		readRobots(string(body))
		if took := time.Since(began); took > time.Minute {
			t.Errorf("%d bytes took %v", len(body), took)
		}
	})
}

func TestLargePages(t *testing.T) {
	if testing.Short() {
		t.Skip("ten megabytes a page: the race detector makes minutes of them")
	}
	const large = 10 << 20
	repeat := func(s string) string { return strings.Repeat(s, large/len(s)) }
	review := `<div itemscope itemtype="https://schema.org/Review"><b itemprop="author">Ann</b><p itemprop="reviewBody">The care was kind and quick and good, number `
	pages := map[string]string{
		"nested 10,000":     strings.Repeat("<div>", 10000) + "x",
		"nested properties": strings.Repeat(`<div itemscope>`+strings.Repeat(`<i itemprop="text">`, 400)+strings.Repeat("text ", 20000)+strings.Repeat("</i>", 400)+"</div>", 90),
		"formatting":        repeat("<b><i><p>x"),
		"items":             repeat(review + "1.</p></div>"),
		"references":        repeat(`<div itemscope id=a itemref="a b c a b c"></div><p id=b itemscope itemref="a c">x</p><p id=c itemscope itemref="a b">y</p>`),
		"JSON nested":       ld(repeat(`[`)),
		"JSON quotes":       ld(`"` + repeat(`" x`)),
		"JSON reviews":      ld("[" + repeat(`{"@type":"Review","author":"Ann","reviewBody":"Kind."},`) + "]"),
		"RDFa":              `<div vocab="http://schema.org/">` + repeat(`<i typeof=Review prefix="a: b c: d"><b property=text>x</b></i>`),
	}
	for name, page := range pages {
		t.Run(name, func(t *testing.T) {
			began := time.Now()
			readPage([]byte(page), "text/html; charset=utf-8", pageAddress, noon)
			read := time.Since(began)
			began = time.Now()
			_, _, _ = watchedText([]byte(page), "")
			t.Logf("reviews %v, text %v", read.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
			if read > 10*time.Second { // an alert for what never ends; the figures are in the log
				t.Errorf("it took %v", read)
			}
		})
	}
}
