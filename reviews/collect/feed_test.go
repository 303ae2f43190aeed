package collect

import (
	"errors"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func encoded(t testing.TB, e encoding.Encoding, text string) []byte {
	t.Helper()
	body, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return body
}

const spanish = `<rss version="2.0"><channel><title>Reseñas</title><item><guid>1</guid><title>Atención</title><description>La doctora Núñez me atendió muy bien, ¡volveré mañana! El señor de recepción también.</description></item></channel></rss>`

func TestCharsets(t *testing.T) {
	declare := func(name string) string { return `<?xml version="1.0" encoding="` + name + `"?>` + spanish }
	russian := strings.Replace(spanish, "La doctora Núñez me atendió muy bien, ¡volveré mañana! El señor de recepción también.", "Очень хорошая клиника, спасибо всем врачам и сёстрам за внимание и заботу.", 1)
	russian = strings.NewReplacer("Reseñas", "Отзывы", "Atención", "Спасибо").Replace(russian)
	tests := []struct {
		name, contentType string
		body              []byte
		want              string
	}{
		{"utf-8", "", []byte(declare("utf-8")), "Núñez"},
		{"utf-8 with a mark", "", []byte("\xef\xbb\xbf" + declare("utf-8")), "Núñez"},
		{"utf-16 little", "", encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), declare("utf-16")), "Núñez"},
		{"utf-16 big, no mark", "", encoded(t, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), declare("utf-16")), "Núñez"},
		{"utf-32 little", "", encoded(t, utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), declare("utf-32")), "Núñez"},
		{"utf-32 big, no mark", "", encoded(t, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), declare("utf-32")), "Núñez"},
		{"latin 1 declared", "", encoded(t, charmap.ISO8859_1, declare("iso-8859-1")), "Núñez"},
		{"latin 1 by the header", "application/rss+xml; charset=ISO-8859-1", encoded(t, charmap.ISO8859_1, spanish), "Núñez"},
		{"latin 1 undeclared", "", encoded(t, charmap.ISO8859_1, spanish), "Núñez"},
		{"latin 1 that says utf-8", "", encoded(t, charmap.Windows1252, declare("utf-8")), "Núñez"},
		{"utf-8 that says latin 1", "text/xml; charset=iso-8859-1", []byte(declare("iso-8859-1")), "Núñez"},
		{"utf-8 with one foreign byte", "", []byte(strings.Replace(declare("utf-8"), "también", "tambi\xe9n", 1)), "también"},
		{"unknown name", "", []byte(declare("x-klingon")), "Núñez"},
		{"cyrillic declared", "", encoded(t, charmap.Windows1251, `<?xml version="1.0" encoding="windows-1251"?>`+russian), "спасибо всем врачам"},
		{"cyrillic undeclared", "", encoded(t, charmap.Windows1251, russian), "спасибо всем врачам"},
		{"japanese, seven bits", "", encoded(t, japanese.ISO2022JP, `<?xml version="1.0" encoding="iso-2022-jp"?><rss><channel><item><title>t</title><description>ありがとう</description></item></channel></rss>`), "ありがとう"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := parseFeed(test.body, test.contentType, "https://example.org/", noon)
			if err != nil || len(f.entries) != 1 {
				t.Fatalf("got %d entries, %v", len(f.entries), err)
			}
			if got := f.entries[0].Text; !strings.Contains(got, test.want) {
				t.Errorf("got %q, want it to contain %q", got, test.want)
			}
		})
	}
}

func TestBrokenFeeds(t *testing.T) {
	item := func(n string) string {
		return `<item><guid>` + n + `</guid><title>Title ` + n + `</title><description>Text ` + n + `</description></item>`
	}
	wrap := func(inside string) string {
		return `<rss version="2.0"><channel><title>T</title>` + inside + `</channel></rss>`
	}
	tests := []struct {
		name, body string
		want       int
		cut        bool
	}{
		{"sound", wrap(item("1") + item("2")), 2, false},
		{"a warning before it", "<br />\n<b>Warning</b>: mysql_connect() in <b>/srv/x.php</b> on line 3<br />\n<?xml version=\"1.0\"?>" + wrap(item("1")), 1, false},
		{"a script after it", wrap(item("1")) + "<!-- cached --><script>x</script>", 1, false},
		{"bare signs", wrap(`<item><guid>1</guid><title>A & E < 5 min</title><description>x & y</description></item>` + item("2")), 2, false},
		{"control characters", wrap(strings.Replace(item("1"), "Text", "Te\x00\x0bxt", 1) + item("2")), 2, false},
		{"wrong end tag", wrap(strings.Replace(item("1"), "</item>", "</itm>", 1) + item("2") + item("3")), 3, false},
		{"title without end", wrap(`<item><guid>1</guid><title>Open<description>Text</description></item>` + item("2")), 2, false},
		{"section without end", wrap(`<item><guid>1</guid><title>A</title><description><![CDATA[Text</description></item>` + item("2")), 2, false},
		{"unknown entity", wrap(strings.Replace(item("1"), "Text", "caf&eacute;&nbsp;&foo;", 1)), 1, false},
		{"cut in an item", `<rss><channel>` + item("1") + item("2") + `<item><guid>3</guid><title>Half`, 2, true},
		{"channel alone", `<channel><title>T</title>` + item("1") + `</channel>`, 1, false},
		{"comment that speaks of a page", `<!-- <html> --><?xml version="1.0"?>` + wrap(item("1")), 1, false},
		{"atom with a prefix", `<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>T</a:title><a:entry><a:id>1</a:id><a:title>X</a:title></a:entry></a:feed>`, 1, false},
		{"no items", wrap(""), 0, false},
		{"json cut", `{"version":"https://jsonfeed.org/version/1","title":"n","items":[{"id":1,"content_text":"one"},{"id":2,"content_te`, 1, true},
		{"json of odd types", `{"version":"https://jsonfeed.org/version/1","items":[{"id":1,"content_text":"one","authors":null},{"id":2.5,"title":["x"],"content_html":"<p>two</p>","tags":[1]}]}`, 2, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := parseFeed([]byte(test.body), "", "https://example.org/", noon)
			if err != nil {
				t.Fatal(err)
			}
			if len(f.entries) != test.want || f.cut != test.cut {
				t.Errorf("got %d entries, cut %v; want %d, %v", len(f.entries), f.cut, test.want, test.cut)
			}
		})
	}
}

func TestHostileFeeds(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString(`<!DOCTYPE rss [<!ENTITY l0 "lol">`)
	for i := range 9 {
		laughs.WriteString(`<!ENTITY l` + string(rune('1'+i)) + ` "` + strings.Repeat(`&l`+string(rune('0'+i))+`;`, 10) + `">`)
	}
	laughs.WriteString(`]>`)
	feed := func(before, text string) string {
		return before + `<rss version="2.0"><channel><title>T</title><item><guid>1</guid><title>A</title><description>` + text + `</description></item></channel></rss>`
	}
	tests := []struct{ name, body string }{
		{"billion laughs", feed(laughs.String(), "before &l9; after")},
		{"file entity", feed(`<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>`, "before &x; after")},
		{"large entity", feed(`<!DOCTYPE rss [<!ENTITY a "`+strings.Repeat("A", 100000)+`">]>`, "before "+strings.Repeat("&a;", 10000)+" after")},
		{"deep", feed("", "before"+strings.Repeat("<d>", 100000)+strings.Repeat("</d>", 100000)+" after")},
		{"script", feed("", "before &lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; after")},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := parseFeed([]byte(test.body), "", "https://example.org/", noon)
			if err != nil || len(f.entries) != 1 {
				t.Fatalf("got %d entries, %v", len(f.entries), err)
			}
			text := f.entries[0].Text
			if len(text) > longestText+8 || strings.Contains(text, "root:") || strings.Contains(text, "alert") || strings.Contains(text, "lollol") || !strings.Contains(text, "before") {
				t.Errorf("got %q", short(text))
			}
		})
	}
}

func TestNotAFeed(t *testing.T) {
	tests := []struct {
		name, body string
		want       error
	}{
		{"nothing", " \n", ErrEmpty},
		{"page", "<!DOCTYPE html><html><body>Login</body></html>", ErrPage},
		{"page in capitals", "<HTML><HEAD></HEAD></HTML>", ErrPage},
		{"words", "404 not found", ErrNoFeed},
		{"other JSON", `{"hello": 1}`, ErrNoFeed},
		{"site map", `<?xml version="1.0"?><urlset></urlset>`, ErrNoFeed},
		{"list of feeds", `<opml version="2.0"><body/></opml>`, ErrIsOPML},
	}
	for _, test := range tests {
		if _, err := parseFeed([]byte(test.body), "", "https://example.org/", noon); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
}

func TestEntries(t *testing.T) {
	body := `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:r="http://example.org/r"><title>Alerts</title><link href="https://example.org/"/>
<entry><id>tag:google.com,2013:googlealerts/feed:1</id><title type="html">&lt;b&gt;Bright&lt;/b&gt; Harbor &amp;amp; friends</title>
<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://news.example.org/story&amp;ct=ga"/><published>2026-11-20T10:00:00Z</published>
<content type="html">&lt;p&gt;First paragraph.&lt;/p&gt;&lt;p&gt;Second&lt;br&gt;line.&lt;/p&gt;&lt;ul&gt;&lt;li&gt;one&lt;/li&gt;&lt;li&gt;two&lt;/li&gt;&lt;/ul&gt;</content><author><name>N. Writer</name></author><r:rating>4</r:rating></entry></feed>`
	f, err := parseFeed([]byte(body), "", "https://example.org/feed", noon)
	if err != nil || len(f.entries) != 1 {
		t.Fatalf("got %d entries, %v", len(f.entries), err)
	}
	e := f.entries[0]
	checks := []struct{ name, got, want string }{
		{"title", e.Title, "Bright Harbor & friends"}, {"url", e.URL, "https://news.example.org/story"}, {"author", e.Author, "N. Writer"},
		{"text", e.Text, "First paragraph.\n\nSecond\nline.\n\n• one\n• two"}, {"posted", e.Posted.Format(time.RFC3339), "2026-11-20T10:00:00Z"},
	}
	for _, c := range checks {
		if c.got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
		}
	}
	if e.Stars != 4 {
		t.Errorf("got %d stars, want 4", e.Stars)
	}
}

func TestStars(t *testing.T) {
	tests := []struct {
		value string
		want  int
		ok    bool
	}{
		{"5", 5, true}, {"4.0", 4, true}, {"4,5", 5, true}, {"FIVE", 5, true}, {"5 stars", 5, true}, {"1 star", 1, true}, {"three stars", 3, true}, {"★★★★☆", 4, true}, {"⭐⭐", 2, true},
		{"10/10", 5, true}, {"8 out of 10", 4, true}, {"80/100", 4, true}, {"9", 5, true}, {"Recommended", 5, true}, {"Not Recommended", 1, true}, {"", 0, true}, {"n/a", 0, true},
		{"STAR_RATING_UNSPECIFIED", 0, true}, {"good", 0, false}, {"-3", 0, false}, {"1000", 0, false}, {"Rating: 2/5", 2, true},
	}
	for _, test := range tests {
		if got, ok := starsOf(test.value); got != test.want || ok != test.ok {
			t.Errorf("%q: got %d, %v; want %d, %v", test.value, got, ok, test.want, test.ok)
		}
	}
	inWords := []struct {
		title, text string
		want        int
	}{
		{"★★★★☆ Great", "", 4}, {"", "Rating: 2/5\nThe rest", 2}, {"", "Some words.\n\nRating: 3/5 & more", 3}, {"4 out of 5 stars", "", 4}, {"Open 24/5", "", 0},
		{"We were there 5 times", "", 0}, {"", "I saw 1 of 5 doctors", 0}, {"2-star service", "", 2},
	}
	for _, test := range inWords {
		if got := starsIn(test.title, test.text); got != test.want {
			t.Errorf("%q %q: got %d, want %d", test.title, test.text, got, test.want)
		}
	}
}

func TestDates(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Skip("no time zones here")
	}
	tests := []struct {
		text     string
		dayFirst bool
		want     string
		about    bool
	}{
		{"2026-11-20T10:00:00Z", false, "2026-11-20T10:00:00Z", false}, {"2026-11-20 10:00:00", false, "2026-11-20T16:00:00Z", false}, {"2026-11-20", false, "2026-11-20T06:00:00Z", true},
		{"11/20/2026", false, "2026-11-20T06:00:00Z", true}, {"20/11/2026", false, "2026-11-20T06:00:00Z", true}, {"03/04/2026", false, "2026-03-04T06:00:00Z", true},
		{"03/04/2026", true, "2026-04-03T05:00:00Z", true}, {"20.11.2026 14:30", false, "2026-11-20T20:30:00Z", false}, {"11/20/26 2:30 pm", false, "2026-11-20T20:30:00Z", false},
		{"Nov 20, 2026", false, "2026-11-20T06:00:00Z", true}, {"20 November 2026", false, "2026-11-20T06:00:00Z", true}, {"Fri, 20 Nov 2026 10:00:00 +0000", false, "2026-11-20T10:00:00Z", false},
		{"46346", false, "2026-11-20T06:00:00Z", true}, {"1795168800", false, "2026-11-20T10:00:00Z", false}, {"1795168800000", false, "2026-11-20T10:00:00Z", false},
		{"2 weeks ago", false, "2026-11-08T12:00:00Z", true}, {"a month ago", false, "2026-10-22T12:00:00Z", true}, {"yesterday", false, "2026-11-21T12:00:00Z", true},
	}
	for _, test := range tests {
		d, ok := readDate(test.text, chicago, test.dayFirst, noon)
		if got := d.at.Format(time.RFC3339); !ok || got != test.want || d.about != test.about {
			t.Errorf("%q: got %s (about %v), %v; want %s (about %v)", test.text, got, d.about, ok, test.want, test.about)
		}
	}
	for _, text := range []string{"", "soon", "31/31/2026", "02/30/2026", "0000-00-00", "99"} {
		if d, ok := readDate(text, time.UTC, false, noon); ok {
			t.Errorf("%q: got %v, want none", text, d.at)
		}
	}
}

func TestSites(t *testing.T) {
	tests := []struct{ address, want string }{
		{"https://www.google.com/alerts/feeds/1/2", "google"}, {"https://news.example.org/feed", "news.example.org"}, {"https://m.yelp.com/biz/x", "yelp"}, {"https://old.reddit.com/search.rss", "reddit"},
	}
	for _, test := range tests {
		if got := siteOf(test.address); got != test.want {
			t.Errorf("%s: got %q, want %q", test.address, got, test.want)
		}
	}
	for _, bad := range []string{"javascript:alert(1)", "file:///x", "//host", "ht!tp://x", ""} {
		if got := link(bad, ""); got != "" {
			t.Errorf("%q: got %q, want nothing", bad, got)
		}
	}
}

func FuzzFeed(f *testing.F) {
	for _, seed := range []string{spanish, `{"version":"https://jsonfeed.org/version/1","items":[{"id":1}]}`, "<rss><channel><item><title>A", "\xff\xfe<\x00r\x00", "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss>&a;</rss>", "<feed><entry><link href='x'/>"} {
		f.Add([]byte(seed), "text/xml; charset=windows-1252")
	}
	seedFrom(f, ".xml", 20, func(body []byte) { f.Add(body, "application/xml") })
	f.Fuzz(func(t *testing.T, body []byte, contentType string) {
		parsed, err := parseFeed(body, contentType, "https://example.org/", noon)
		if err != nil && len(parsed.entries) > 0 {
			t.Errorf("entries and an error: %v", err)
		}
		for _, e := range parsed.entries {
			if strings.ContainsAny(e.Text+e.Title+e.Author, "\x00\u202e") || e.Stars < 0 || e.Stars > 5 || len(e.Text) > longestText+8 {
				t.Errorf("got %+v", e)
			}
			if e.URL != "" && !strings.HasPrefix(e.URL, "http") {
				t.Errorf("got the address %q", e.URL)
			}
		}
	})
}
