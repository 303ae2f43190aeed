package collect

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
)

var presetNoon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// keychain is a keychain in memory.
type keychain map[string]string

func (k keychain) Get(name string) (string, error) {
	if value, ok := k[name]; ok {
		return value, nil
	}
	return "", errors.New("nothing there")
}

func (k keychain) Set(name, value string) error { k[name] = value; return nil }
func (k keychain) Delete(name string) error     { delete(k, name); return nil }

// network stands for the whole internet: it answers for every host by what stands under host and path.
type network struct {
	*Collector
	store   *reviews.Store
	fetch   *fetch.Client
	db      *database.DB
	secrets keychain
	mu      sync.Mutex
	asked   []string // the addresses that were asked for
	answers map[string]string
	header  http.Header
	status  int
}

func onNetwork(t testing.TB, answers map[string]string) *network {
	t.Helper()
	n := &network{secrets: keychain{}, answers: answers, header: http.Header{}}
	now := clock.Clock(func() time.Time { return presetNoon })
	db, err := database.Open(context.Background(), filepath.Join(t.TempDir(), "goodword.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	practices := practice.NewStore(db, now)
	if err := practices.Save(context.Background(), practice.Practice{Name: "Bright Harbor Dental", TimeZone: "UTC", WatchWords: []string{"Bright Harbor"}}, audit.Program); err != nil {
		t.Fatal(err)
	}
	n.db, n.fetch = db, fetch.New(db, now, func(context.Context) bool { return false })
	t.Cleanup(func() { _ = errors.Join(n.fetch.Flush(context.Background()), db.Close()) })
	n.store = reviews.NewStore(db, now, practices, guard.Default())
	n.Collector = New(Deps{Store: n.store, Fetch: n.fetch, Judge: classify.Default(), Practices: practices, Secrets: n.secrets, Now: now})
	server := httptest.NewServer(http.HandlerFunc(n.serve))
	t.Cleanup(server.Close)
	n.where = func(address string) string {
		n.mu.Lock() // sources are visited side by side
		n.asked = append(n.asked, address)
		n.mu.Unlock()
		u, err := url.Parse(address)
		if err != nil {
			t.Errorf("the address %q cannot be read", address)
		}
		return server.URL + "/" + u.Host + u.EscapedPath() + "?" + u.RawQuery
	}
	return n
}

func (n *network) serve(w http.ResponseWriter, r *http.Request) {
	text, ok := n.answers[strings.TrimPrefix(r.URL.EscapedPath(), "/")]
	for name, values := range n.header {
		w.Header()[name] = values
	}
	switch {
	case n.status != 0:
		w.WriteHeader(n.status)
	case !ok:
		w.WriteHeader(http.StatusNotFound)
	default:
		_, _ = io.WriteString(w, text)
	}
}

func atomOf(title string, entries ...string) string {
	return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xmlns:im="http://itunes.apple.com/rss"><title>` + title + `</title>` + strings.Join(entries, "") + `</feed>`
}

func rssOf(title string, entries ...string) string {
	return `<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>` + title + `</title>` + strings.Join(entries, "") + `</channel></rss>`
}

const secretAlert = "https://www.google.com/alerts/feeds/01234567890123456789/9876543210987654321"

func TestPresets(t *testing.T) {
	alert := atomOf("Google Alert - Bright Harbor", `<entry><id>tag:google.com,2013:googlealerts/feed:77</id><title type="html">New office of &lt;b&gt;Bright Harbor&lt;/b&gt; opens</title>
		<link href="https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://gazette.example/harbor%3Fid%3D7&amp;ct=ga&amp;cd=CAIy&amp;usg=AFQ"/><published>2026-11-20T09:00:00Z</published>
		<content type="html">The dentists of &lt;b&gt;Bright Harbor&lt;/b&gt; move to Pearl Street.</content><author><name></name></author></entry>`)
	post := func(link, text string) string {
		return `<item><guid isPermaLink="true">` + link + `</guid><link>` + link + `</link><pubDate>Fri, 20 Nov 2026 09:00:00 +0000</pubDate><description>&lt;p&gt;` + text + `&lt;/p&gt;</description></item>`
	}
	tests := []struct {
		kind    string
		values  reviews.Options
		answers map[string]string
		address string // of the source
		asked   string // the last address that was asked for
		want    reviews.Found
		entries int
	}{
		{kind: "google-alerts", values: reviews.Options{"address": secretAlert}, answers: map[string]string{"www.google.com/alerts/feeds/01234567890123456789/9876543210987654321": alert},
			address: "https://www.google.com/alerts/feeds/~", asked: secretAlert, entries: 1,
			want: reviews.Found{Key: "tag:google.com,2013:googlealerts/feed:77", URL: "https://gazette.example/harbor?id=7", Title: "New office of Bright Harbor opens", Text: "The dentists of Bright Harbor move to Pearl Street."}},
		{kind: "google-news", values: reviews.Options{"words": "Bright Harbor, Dr Doe", "edition": "United Kingdom"},
			answers: map[string]string{"news.google.com/rss/search": rssOf("News", `<item><title>Bright Harbor opens - Harbor Gazette</title><link>https://news.google.com/rss/articles/CBMi</link><guid isPermaLink="false">CBMi</guid>
				<description>&lt;a href="x"&gt;Bright Harbor opens&lt;/a&gt;&amp;nbsp;&amp;nbsp;&lt;font&gt;Harbor Gazette&lt;/font&gt;</description><source url="https://gazette.example">Harbor Gazette</source></item>`)},
			address: "https://news.google.com/rss/search?ceid=GB%3Aen&gl=GB&hl=en-GB&q=%22Bright+Harbor%22+OR+%22Dr+Doe%22", entries: 1,
			want: reviews.Found{Key: "CBMi", URL: "https://news.google.com/rss/articles/CBMi", Text: "Bright Harbor opens", Author: "Harbor Gazette"}},
		{kind: "bing-news", values: reviews.Options{"words": `"Bright Harbor" site:example.org`},
			answers: map[string]string{"www.bing.com/news/search": rssOf("Bing", `<item><title>Bright Harbor opens</title><link>http://www.bing.com/news/apiclick.aspx?ref=FexRss&amp;url=https%3A%2F%2Fgazette.example%2F7&amp;c=1</link><description>A new office.</description></item>`)},
			address: "https://www.bing.com/news/search?format=rss&mkt=en-US&q=%22Bright+Harbor%22+site%3Aexample.org", entries: 1,
			want: reviews.Found{URL: "https://gazette.example/7", Title: "Bright Harbor opens", Text: "A new office."}},
		{kind: "reddit", values: reviews.Options{"words": "Bright Harbor", "feed": "https://www.reddit.com/.rss?feed=s3cr3t&user=dana"},
			answers: map[string]string{"www.reddit.com/search.rss": atomOf("reddit", `<entry><id>t3_1</id><author><name>/u/somebody</name></author><title>Dentist?</title><link href="https://www.reddit.com/r/x/1/"/><updated>2026-11-20T09:00:00+00:00</updated>
				<content type="html">&lt;div&gt;&lt;p&gt;Anyone been to Bright Harbor?&lt;/p&gt;&lt;/div&gt; submitted by &lt;a href="x"&gt; /u/somebody &lt;/a&gt; &lt;span&gt;&lt;a href="x"&gt;[link]&lt;/a&gt;&lt;/span&gt; &lt;span&gt;&lt;a href="x"&gt;[comments]&lt;/a&gt;&lt;/span&gt;</content></entry>`)},
			address: "https://www.reddit.com/search.rss?q=%22Bright+Harbor%22&sort=new", asked: "https://www.reddit.com/search.rss?q=%22Bright+Harbor%22&sort=new&feed=s3cr3t&user=dana", entries: 1,
			want: reviews.Found{Key: "t3_1", URL: "https://www.reddit.com/r/x/1/", Title: "Dentist?", Text: "Anyone been to Bright Harbor?", Author: "somebody"}},
		{kind: "youtube", values: reviews.Options{"channel": "@harbor.gazette"},
			answers: map[string]string{"www.youtube.com/@harbor.gazette": `<html><meta itemprop="identifier" content="UCabcdefghijklmnopqrstuv"></html>`,
				"www.youtube.com/feeds/videos.xml": atomOf("Harbor Gazette", `<entry><id>yt:video:abc</id><title>Five dentists</title><link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><author><name>Harbor Gazette</name></author>
					<published>2026-11-20T09:00:00+00:00</published><media:group><media:title>Five dentists</media:title><media:description>We went to Bright Harbor.</media:description><media:community><media:starRating count="9" average="5.00"/></media:community></media:group></entry>`)},
			address: "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv", entries: 1,
			want: reviews.Found{Key: "yt:video:abc", URL: "https://www.youtube.com/watch?v=abc", Title: "Five dentists", Text: "We went to Bright Harbor.", Author: "Harbor Gazette"}},
		{kind: "mastodon-tag", values: reviews.Options{"tag": "#BrightHarbor", "server": "https://social.example/"},
			answers: map[string]string{"social.example/tags/BrightHarbor.rss": rssOf("#BrightHarbor", post("https://social.example/@ann/11", "At Bright Harbor today."), post("https://social.example/@bob@other.example/12", "Me too."))},
			address: "https://social.example/tags/BrightHarbor.rss", entries: 2,
			want: reviews.Found{Key: "https://social.example/@ann/11", URL: "https://social.example/@ann/11", Text: "At Bright Harbor today.", Author: "@ann@social.example"}},
		{kind: "bluesky-profile", values: reviews.Options{"profile": "https://bsky.app/profile/gazette.bsky.social"},
			answers: map[string]string{"bsky.app/profile/gazette.bsky.social/rss": rssOf("@gazette.bsky.social - Gazette", post("https://bsky.app/profile/gazette.bsky.social/post/3k", "Bright Harbor moves."))},
			address: "https://bsky.app/profile/gazette.bsky.social/rss", entries: 1,
			want: reviews.Found{Key: "https://bsky.app/profile/gazette.bsky.social/post/3k", URL: "https://bsky.app/profile/gazette.bsky.social/post/3k", Text: "Bright Harbor moves.", Author: "@gazette.bsky.social"}},
		{kind: "lemmy", values: reviews.Options{"community": "!dentistry@lemmy.example"},
			answers: map[string]string{"lemmy.example/feeds/c/dentistry.xml": rssOf("dentistry", post("https://lemmy.example/post/1", "Who knows Bright Harbor?"))},
			address: "https://lemmy.example/feeds/c/dentistry.xml?sort=New", entries: 1,
			want: reviews.Found{Key: "https://lemmy.example/post/1", URL: "https://lemmy.example/post/1", Text: "Who knows Bright Harbor?"}},
		{kind: "wordpress", values: reviews.Options{"site": "blog.example/news/"},
			answers: map[string]string{"blog.example/news/": rssOf("Comments for Blog", `<item><title>Comment on Opening by Ann</title><dc:creator>Ann</dc:creator><link>https://blog.example/news/1#comment-9</link><guid isPermaLink="false">https://blog.example/news/1#comment-9</guid><description>Bright Harbor is lovely.</description></item>`)},
			address: "https://blog.example/news/?feed=comments-rss2", asked: "https://blog.example/news/?feed=comments-rss2", entries: 1,
			want: reviews.Found{Key: "https://blog.example/news/1#comment-9", URL: "https://blog.example/news/1#comment-9", Title: "Comment on Opening by Ann", Text: "Bright Harbor is lovely.", Author: "Ann"}},
		{kind: "hacker-news", values: reviews.Options{"words": "Bright Harbor"},
			answers: map[string]string{"hn.algolia.com/api/v1/search_by_date": `{"hits":[{"objectID":"7","author":"ann","created_at_i":1795164000,"comment_text":"<p>My dentist, Bright Harbor&#x2F;Pearl.","story_title":"Ask HN"},{"objectID":"8","title":"Bright Harbor","created_at_i":0},{"title":"no id"}],"nbHits":2}`},
			address: "https://hn.algolia.com/api/v1/search_by_date?hitsPerPage=100&query=%22Bright+Harbor%22&tags=%28story%2Ccomment%29", entries: 2,
			want: reviews.Found{Key: "7", URL: "https://news.ycombinator.com/item?id=7", Title: "On: Ask HN", Text: "My dentist, Bright Harbor/Pearl.", Author: "ann"}},
		{kind: "app-store", values: reviews.Options{"app": "https://apps.apple.com/gb/app/bright-harbor/id123456789"},
			answers: map[string]string{"itunes.apple.com/gb/rss/customerreviews/page=1/id=123456789/sortBy=mostRecent/xml": atomOf("iTunes Store: Customer Reviews", `<entry><id>1</id><title>Bright Harbor App</title></entry>`,
				`<entry><updated>2026-11-20T02:00:00-07:00</updated><id>900</id><title>Handy</title><content type="text">I book in a minute.</content><content type="html">&lt;table/&gt;</content><im:rating>4</im:rating><author><name>Ann</name></author><link rel="related" href="https://itunes.apple.com/gb/review?id=1"/></entry>`)},
			address: "https://itunes.apple.com/gb/rss/customerreviews/id=123456789/sortBy=mostRecent/xml", entries: 1,
			want: reviews.Found{Key: "900", URL: "https://itunes.apple.com/gb/review?id=1", Title: "Handy", Text: "I book in a minute.", Author: "Ann", Stars: 4}},
		{kind: "secret-feed", values: reviews.Options{"address": "https://ann:pass@portal.example/feed"},
			answers: map[string]string{"portal.example/feed": rssOf("Portal", post("https://portal.example/1", "Bright Harbor has kind people."))},
			address: "https://portal.example/~", entries: 1,
			want: reviews.Found{Key: "https://portal.example/1", URL: "https://portal.example/1", Text: "Bright Harbor has kind people."}},
	}
	for _, test := range tests {
		t.Run(test.kind, func(t *testing.T) {
			n := onNetwork(t, test.answers)
			draft, err := n.LookKind(context.Background(), test.kind, test.values, true)
			if err != nil {
				t.Fatal(err)
			}
			if got := draft.Source.Address; got != test.address && !(strings.HasSuffix(test.address, "~") && strings.HasPrefix(got, test.address)) {
				t.Errorf("got the address %s, want %s", got, test.address)
			}
			if got := n.asked[len(n.asked)-1]; test.asked != "" && got != test.asked {
				t.Errorf("asked %s, want %s", got, test.asked)
			}
			if len(draft.Entries) != test.entries {
				t.Fatalf("got %d entries, want %d", len(draft.Entries), test.entries)
			}
			got := draft.Entries[0]
			got.Posted, got.Payload, got.About = time.Time{}, nil, false
			if fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", test.want) {
				t.Errorf("got  %+v\nwant %+v", got, test.want)
			}
			source, err := n.AddDraft(context.Background(), draft, AddOptions{}, audit.Program)
			if err != nil {
				t.Fatal(err)
			}
			totals, err := n.Collect(context.Background(), Options{SourceID: source.ID})
			if err != nil || totals.Failed != 0 || totals.New == 0 {
				t.Errorf("the visit gave %+v, %v", totals, err)
			}
			if source, err = n.store.Source(context.Background(), source.ID); err != nil || source.Problem != "" {
				t.Errorf("got %q, %v", source.Problem, err)
			}
		})
	}
}

func TestEveryKindExplainsItself(t *testing.T) {
	seen := map[string]bool{}
	for _, kind := range Kinds() {
		if seen[kind.ID] {
			t.Errorf("%s is there twice", kind.ID)
		}
		seen[kind.ID] = true
		secrets := 0
		for _, f := range kind.Fields {
			if f.Label == "" || f.Name == "" {
				t.Errorf("%s has a field without a name: %+v", kind.ID, f)
			}
			if f.Secret {
				secrets++
			}
		}
		if kind.Title == "" || kind.Group == "" || kind.Help == "" || secrets > 1 {
			t.Errorf("%s lacks a title, a heading or help, or has %d secrets", kind.ID, secrets)
		}
	}
}

func TestRecognise(t *testing.T) {
	tests := []struct{ address, kind, field, value string }{
		{secretAlert, "google-alerts", "address", secretAlert},
		{"www.google.co.uk/alerts/feeds/1/2", "google-alerts", "address", "https://www.google.co.uk/alerts/feeds/1/2"},
		{"https://google.evil.example/alerts/feeds/1/2", "", "", ""},
		{"https://news.google.com/search?q=%22Bright%20Harbor%22&hl=en-GB&gl=GB&ceid=GB%3Aen", "google-news", "edition", "United Kingdom"},
		{"https://news.google.com/search?q=%22Bright%20Harbor%22+OR+%22Dr+Doe%22", "google-news", "words", "Bright Harbor, Dr Doe"},
		{"https://www.bing.com/news/search?q=bright+harbor", "bing-news", "words", "bright harbor"},
		{"https://www.reddit.com/search/?q=bright+harbor&sort=new", "reddit", "words", "bright harbor"},
		{"https://www.reddit.com/.rss?feed=abc&user=dana", "secret-feed", "address", "https://www.reddit.com/.rss?feed=abc&user=dana"},
		{"https://www.reddit.com/r/dentistry/.rss", "", "", ""},
		{"https://www.youtube.com/@gazette/videos", "youtube", "channel", "https://www.youtube.com/@gazette/videos"},
		{"https://www.youtube.com/watch?v=abc", "", "", ""},
		{"https://mastodon.social/tags/dentist", "mastodon-tag", "tag", "dentist"},
		{"https://bsky.app/profile/gazette.bsky.social", "bluesky-profile", "profile", "gazette.bsky.social"},
		{"https://lemmy.world/c/dentistry", "lemmy", "community", "https://lemmy.world/c/dentistry"},
		{"https://apps.apple.com/us/app/x/id123456789", "app-store", "app", "https://apps.apple.com/us/app/x/id123456789"},
		{"https://hn.algolia.com/?query=bright+harbor", "hacker-news", "words", "bright harbor"},
		{"https://ann:pass@portal.example/feed", "secret-feed", "address", "https://ann:pass@portal.example/feed"},
		{"https://gitlab.example/x.atom?feed_token=abc", "secret-feed", "address", "https://gitlab.example/x.atom?feed_token=abc"},
		{"https://blog.example/feed/", "", "", ""},
		{"not an address", "", "", ""},
	}
	for _, test := range tests {
		kind, values, ok := Recognise(test.address)
		if ok != (test.kind != "") || kind.ID != test.kind || ok && values[test.field] != test.value {
			t.Errorf("%s: got %s %v, want %s with %s=%s", test.address, kind.ID, values, test.kind, test.field, test.value)
			continue
		}
		if ok {
			if _, _, err := fill(kind.ID, values, false); err != nil {
				t.Errorf("%s is recognised and cannot be filled in: %v", test.address, err)
			}
		}
	}
}

func TestWhatIsFilledInWrongIsExplained(t *testing.T) {
	tests := []struct {
		kind   string
		values reviews.Options
		says   string
	}{
		{"google-alerts", reviews.Options{"address": "https://www.google.com/alerts"}, "RSS feed"},
		{"google-alerts", reviews.Options{}, "needs address of the alert"},
		{"google-news", reviews.Options{"words": "x", "edition": "Atlantis"}, "one of: United States"},
		{"google-news", reviews.Options{"words": "x", "colour": "red"}, "It asks for: words, edition"},
		{"reddit", reviews.Options{"words": "x", "feed": "https://www.reddit.com/r/all.rss"}, "feed= and user="},
		{"youtube", reviews.Options{"channel": "https://vimeo.com/x"}, "not a channel"},
		{"mastodon-tag", reviews.Options{"tag": "two words"}, "one word"},
		{"mastodon-tag", reviews.Options{"tag": "one", "server": "no server"}, "not the name of a server"},
		{"bluesky-profile", reviews.Options{"profile": "somebody"}, "not a profile"},
		{"lemmy", reviews.Options{"community": "dentistry"}, "not a community"},
		{"app-store", reviews.Options{"app": "Bright Harbor"}, "not the address of an app"},
		{"app-store", reviews.Options{"app": "123456789", "country": "England"}, "two letters"},
		{"carrier-pigeon", nil, "no kind of source"},
	}
	for _, test := range tests {
		if _, _, err := fill(test.kind, test.values, false); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s %v: got %v, want it to say %q", test.kind, test.values, err, test.says)
		}
	}
}

// secretParts are what must be found nowhere but in the keychain.
var secretParts = []string{"01234567890123456789", "9876543210987654321", "s3cr3tpass", "hush-hush"}

func TestSecretAddressesStayInTheKeychain(t *testing.T) {
	var logged bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, &slog.HandlerOptions{Level: slog.LevelDebug})))
	t.Cleanup(func() { slog.SetDefault(before) })
	ctx := context.Background()
	for _, status := range []int{0, http.StatusForbidden, http.StatusMovedPermanently} {
		n := onNetwork(t, map[string]string{"www.google.com/alerts/feeds/01234567890123456789/9876543210987654321": atomOf("Google Alert - x", `<entry><id>tag:google.com,2013:googlealerts/feed:1</id><title>Bright Harbor</title></entry>`)})
		said := &strings.Builder{}
		note := func(err error) {
			for ; err != nil; err = errors.Unwrap(err) {
				fmt.Fprintln(said, err)
			}
		}
		secrets := []string{secretAlert, secretAlert + "1", "https://ann:s3cr3tpass@127.0.0.1:1/feed", "https://127.0.0.1:1/x?token=hush-hush"}
		for _, address := range secrets { // once as any address from a list, once as a kind
			list := `<opml version="2.0"><body><outline type="rss" text="x" xmlUrl="` + address + `"/></body></opml>`
			_, err := n.ImportOPML(ctx, strings.NewReader(list), true, audit.Program)
			note(err)
			_, err = n.ImportOPML(ctx, strings.NewReader(list), true, audit.Program)
			note(err)
		}
		n.status = status
		n.header.Set("Location", "http://127.0.0.1:1/elsewhere?token=hush-hush")
		_, err := n.Collect(ctx, Options{All: true})
		note(err)
		for _, wrong := range []string{secretAlert + "/x y", "ht!tps://" + secretAlert, "google.com/alerts/feeds/01234567890123456789"} {
			_, _, err := fill("google-alerts", reviews.Options{"address": wrong}, true)
			if err == nil {
				t.Errorf("%q was taken", wrong)
			}
			note(err)
		}
		sources, err := n.store.Sources(ctx)
		if err != nil || len(sources) != len(secrets) {
			t.Fatalf("got %d sources, %v; want %d with addresses that differ", len(sources), err, len(secrets))
		}
		text, err := json.Marshal(sources)
		note(err)
		said.Write(text)
		for _, s := range sources {
			if s.Secret == "" || n.secrets[s.Secret] == "" {
				t.Errorf("the secret of %s is not in the keychain", s.Address)
			}
			visits, err := n.store.Visits(ctx, s.ID, 9)
			note(err)
			fmt.Fprintf(said, "%+v\n", visits)
		}
		note(n.ExportOPML(ctx, said))
		ledger, err := n.fetch.Ledger(ctx, 99)
		note(err)
		if len(ledger) == 0 {
			t.Error("the ledger is empty")
		}
		fmt.Fprintf(said, "%+v\n", ledger)
		said.WriteString(everything(t, n.db))
		for _, secret := range secretParts {
			if text := said.String() + logged.String(); strings.Contains(text, secret) {
				at := strings.Index(text, secret)
				t.Errorf("status %d: %s shows in …%s…", status, secret, text[max(0, at-200):min(len(text), at+60)])
			}
		}
	}
}

// everything is all text of all tables, the audit log among them.
func everything(t *testing.T, db *database.DB) string {
	t.Helper()
	var all strings.Builder
	for _, table := range []string{"sources", "visits", "ledger", "audit", "mentions", "appearances"} {
		rows, err := db.Reader().Query(`SELECT * FROM ` + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			if err := rows.Scan(values...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				fmt.Fprintf(&all, "%s ", *v.(*any))
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			t.Fatal(err)
		}
	}
	return all.String()
}

func TestChangingASource(t *testing.T) {
	ctx := context.Background()
	n := onNetwork(t, map[string]string{"www.reddit.com/search.rss": atomOf("reddit")})
	draft, err := n.LookKind(ctx, "reddit", reviews.Options{"words": "Bright Harbor", "feed": "https://www.reddit.com/.rss?feed=one&user=dana"}, true)
	if err != nil {
		t.Fatal(err)
	}
	source, err := n.AddDraft(ctx, draft, AddOptions{}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	values := Filled(source)
	if values["words"] != "Bright Harbor" || values["feed"] != "" {
		t.Fatalf("got %v", values)
	}
	values["words"] = "Dr Doe"
	if err := n.Change(ctx, source, values, audit.Program); err != nil {
		t.Fatal(err)
	}
	source, err = n.store.Source(ctx, source.ID)
	if err != nil || source.Address != "https://www.reddit.com/search.rss?q=%22Dr+Doe%22&sort=new" || n.secrets[source.Secret] != "https://www.reddit.com/.rss?feed=one&user=dana" {
		t.Errorf("got %s with %v, %v", source.Address, n.secrets, err)
	}
	values["feed"] = "https://www.reddit.com/.rss?feed=two&user=dana"
	if err := n.Change(ctx, source, values, audit.Program); err != nil {
		t.Fatal(err)
	}
	source, err = n.store.Source(ctx, source.ID)
	if err != nil || len(n.secrets) != 1 || n.secrets[source.Secret] != values["feed"] {
		t.Errorf("got %v, %v; want the new secret alone", n.secrets, err)
	}
	delete(n.secrets, source.Secret)
	_, err = n.Collect(ctx, Options{SourceID: source.ID})
	if source, _ = n.store.Source(ctx, source.ID); err != nil || !strings.Contains(source.Problem, "not in this computer's keychain") {
		t.Errorf("got %q, %v; want it to say that the secret is gone", source.Problem, err)
	}
}

func TestRedditsOwnLimitIsHeld(t *testing.T) {
	for _, test := range []struct {
		status    int
		remaining string
		want      time.Duration
	}{{0, "0.0", 7 * time.Minute}, {0, "12", 0}, {http.StatusTooManyRequests, "0", 7 * time.Minute}} {
		n := onNetwork(t, map[string]string{"www.reddit.com/search.rss": atomOf("reddit")})
		n.status = test.status
		n.header.Set("X-Ratelimit-Remaining", test.remaining)
		n.header.Set("X-Ratelimit-Reset", "420")
		_, draft, err := fill("reddit", reviews.Options{"words": "Bright Harbor"}, true)
		if err != nil {
			t.Fatal(err)
		}
		got, err := askReddit(context.Background(), n.Collector, visiting{source: draft.Source, now: presetNoon})
		if got.visit.Retry != test.want || (err != nil) != (test.status != 0) {
			t.Errorf("%+v: got %v, %v", test, got.visit.Retry, err)
		}
	}
}

func TestAppStoreTurnsPages(t *testing.T) {
	page := func(keys ...string) string {
		var entries []string
		for _, key := range keys {
			entries = append(entries, `{"id":{"label":"`+key+`"},"title":{"label":"T`+key+`"},"content":{"label":"Text"},"im:rating":{"label":"5"},"author":{"name":{"label":"Ann"}},"link":{"attributes":{"href":"https://itunes.apple.com/r"}}}`)
		}
		if len(entries) == 1 {
			return `{"feed":{"title":{"label":"x"},"entry":` + entries[0] + `}}`
		}
		return `{"feed":{"title":{"label":"x"},"entry":[` + strings.Join(entries, ",") + `]}}`
	}
	at := func(n int) string {
		return fmt.Sprintf("itunes.apple.com/us/rss/customerreviews/page=%d/id=123456789/sortBy=mostRecent/json", n)
	}
	answers := map[string]string{at(1): page("5", "4"), at(2): page("3"), at(3): `{"feed":{"title":{"label":"x"}}}`}
	n := onNetwork(t, answers) // the XML is not there
	_, draft, err := fill("app-store", reviews.Options{"app": "123456789"}, true)
	if err != nil {
		t.Fatal(err)
	}
	got, err := askAppStore(context.Background(), n.Collector, visiting{source: draft.Source, now: presetNoon})
	if err != nil || len(got.entries) != 3 || got.entries[2].Stars != 5 || got.visit.State["newest"] != "5" {
		t.Fatalf("got %+v, %v", got, err)
	}
	draft.Source.State, n.asked = got.visit.State, nil
	answers[at(1)] = page("6", "5")
	got, err = askAppStore(context.Background(), n.Collector, visiting{source: draft.Source, now: presetNoon})
	if err != nil || len(got.entries) != 2 || got.visit.State["newest"] != "6" || len(n.asked) != 2 {
		t.Errorf("the second visit gave %+v, %v and asked %v", got, err, n.asked)
	}
}

func TestSeveralWordsOnHackerNewsAreAskedOneByOne(t *testing.T) {
	n := onNetwork(t, map[string]string{"hn.algolia.com/api/v1/search_by_date": `{"hits":[{"objectID":"7","comment_text":"Bright Harbor and Dr Doe"}]}`})
	draft, err := n.LookKind(context.Background(), "hacker-news", reviews.Options{"words": "Bright Harbor, Dr Doe"}, true)
	if err != nil || len(draft.Entries) != 1 || len(n.asked) != 2 {
		t.Errorf("got %d entries, asked %v, %v", len(draft.Entries), n.asked, err)
	}
	if !slices.Equal(draft.Source.Match, []string{"Bright Harbor", "Dr Doe"}) {
		t.Errorf("got %v", draft.Source.Match)
	}
}

func fuzzParser(f *testing.F, parse parser, seeds ...string) {
	for _, seed := range seeds {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := parse(body, "", "https://site.example/", presetNoon)
		if err != nil && err.Error() == "" {
			t.Error("an error says nothing")
		}
		for _, e := range got.entries {
			if e.URL != "" && link(e.URL, "") == "" {
				t.Errorf("the address %q is none", e.URL)
			}
			if e.Stars < 0 || e.Stars > 5 {
				t.Errorf("got %d stars", e.Stars)
			}
		}
	})
}

func FuzzYouTube(f *testing.F) {
	fuzzParser(f, parseYouTube, atomOf("x", `<entry><id>yt:video:a</id><title>A</title><link href="https://www.youtube.com/watch?v=a"/><media:group><media:description>Words &amp; more</media:description></media:group></entry>`), `<feed><entry>`, `<rss/>`)
}

func FuzzAppStoreXML(f *testing.F) {
	fuzzParser(f, parseAppStoreXML, atomOf("x", `<entry><id>1</id><im:rating>5</im:rating><content type="html">&lt;b&gt;x</content></entry>`), `<feed><entry><rating>9</rating>`)
}

func FuzzAppStoreJSON(f *testing.F) {
	fuzzParser(f, parseAppStoreJSON, `{"feed":{"entry":{"id":{"label":"1"},"im:rating":{"label":"5"},"link":[{"attributes":{"href":"https://x.example"}}]}}}`, `{"feed":{"entry":[{}]}}`, `{"feed":{"entry":7}}`)
}

func FuzzHackerNews(f *testing.F) {
	fuzzParser(f, parseHackerNews, `{"hits":[{"objectID":"1","title":"T","comment_text":"<p>x","created_at_i":1795164000}]}`, `{"hits":{}}`)
}

func FuzzRecognise(f *testing.F) {
	for _, seed := range []string{secretAlert, "https://news.google.com/search?q=a", "https://www.youtube.com/@abc", "https://a:b@c.example/?token=x", "lemmy.world/c/x", "%zz"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, address string) {
		kind, values, ok := Recognise(address)
		if !ok {
			return
		}
		_, draft, err := fill(kind.ID, values, false)
		if err != nil {
			return
		}
		if secret := values[kind.secretField()]; secret != "" && strings.Contains(draft.Source.Address, secret) {
			t.Errorf("the address %s shows the secret", draft.Source.Address)
		}
	})
}
