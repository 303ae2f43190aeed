package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

// apiDesk is a network on which one interface answers. Its paths are those of the interface with the host before them.
type apiDesk struct {
	*network
	requests []*http.Request
}

func onAPI(t testing.TB, handler http.HandlerFunc) *apiDesk {
	t.Helper()
	d := &apiDesk{network: onNetwork(t, nil)}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.requests = append(d.requests, r.Clone(context.Background()))
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		handler(w, r)
	}))
	t.Cleanup(server.Close)
	d.where = func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			t.Errorf("the address %q cannot be read", address)
		}
		return server.URL + "/" + u.Host + u.EscapedPath() + "?" + u.RawQuery
	}
	return d
}

func (d *apiDesk) add(t testing.TB, kind string, values reviews.Options) reviews.Source {
	t.Helper()
	_, draft, err := fill(kind, values, true)
	if err != nil {
		t.Fatal(err)
	}
	source, err := d.AddDraft(context.Background(), draft, AddOptions{}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func (d *apiDesk) visitAll(t testing.TB) Totals {
	t.Helper()
	totals, err := d.Collect(context.Background(), Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	return totals
}

func (d *apiDesk) stored(t testing.TB) []string {
	t.Helper()
	ids, err := d.store.IDs(context.Background(), reviews.Query{})
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, id := range ids {
		m, err := d.store.Find(context.Background(), id)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, fmt.Sprintf("%s|%s|%s|%d|%s|%s|%s", m.Site, m.Author, strings.TrimSpace(m.Title+" "+m.Text), m.Stars, m.Posted.Format(time.DateOnly), m.URL, m.Status))
	}
	slices.Sort(list)
	return list
}

const topSecret = "t0psecret-key-never-shown"

// interfaces are the sources with a key, each with an answer in the shape of its interface.
var interfaces = []struct {
	kind    string
	values  reviews.Options
	answers map[string]string // by host and path
	header  string            // in which the key goes
	totals  Totals
	want    []string
	next    string // what the second visit asks for in addition
}{
	{
		kind: "care-opinion", values: reviews.Options{"key": topSecret, "service": "v12345"}, header: "Authorization: SUBSCRIPTION_KEY " + topSecret,
		answers: map[string]string{"www.careopinion.org.uk/api/v2/opinions": `[{"id":1101,"title":"Kind care","body":"The dentist was kind.\n\nThank you.","dateOfSubmission":"2026-11-18T09:30:00Z","dateOfPublication":"2026-11-20T10:00:00Z",
			"criticality":"notcritical","links":[{"rel":"self","id":"1101","href":"/api/v2/opinions/1101"}]}]`},
		totals: Totals{Visited: 1, New: 1},
		want:   []string{"care opinion||Kind care The dentist was kind.\n\nThank you.|0|2026-11-20|https://www.careopinion.org.uk/1101|new"},
		next:   "publishedafter=2026-10-21",
	},
	{
		kind: "nhs", values: reviews.Options{"key": topSecret, "ods": "v12345", "type": "Dentist"}, header: "Subscription-Key: " + topSecret,
		answers: map[string]string{"api.nhs.uk/comments/Comments": `{"comments":[{"comment":{"commentId":77,"commentTitle":"Long wait","commentText":"I waited an hour.","screenName":"Anonymous","dateSubmitted":"2026-11-19T08:00:00","rating":2},
			"response":{"responseText":"We are sorry to hear that.","dateSubmitted":"2026-11-20T08:00:00"}}]}`},
		totals: Totals{Visited: 1, New: 1},
		want:   []string{"nhs|Anonymous|Long wait I waited an hour.|2|2026-11-19||answered"},
		next:   "fromDate=2026-10-20",
	},
	{
		kind: "mastodon-search", values: reviews.Options{"token": topSecret, "server": "social.example", "words": "Bright Harbor"}, header: "Authorization: Bearer " + topSecret,
		answers: map[string]string{"social.example/api/v2/search": `{"accounts":[],"hashtags":[],"statuses":[
			{"id":"113","created_at":"2026-11-20T10:00:00.000Z","visibility":"public","spoiler_text":"","uri":"https://social.example/users/ann/statuses/113","url":"https://social.example/@ann/113","content":"<p>Bright Harbor<br>was lovely &amp; quick</p>","account":{"acct":"ann","display_name":"Ann"}},
			{"id":"99","created_at":"2026-11-20T10:00:00.000Z","visibility":"public","uri":"x","url":"https://social.example/@bob/99","content":"<p>Bright day in the harbor</p>","account":{"acct":"bob","display_name":""}},
			{"id":"114","created_at":"2026-11-20T10:00:00.000Z","visibility":"direct","uri":"y","url":"https://social.example/@ann/114","content":"<p>Bright Harbor, between us</p>","account":{"acct":"ann","display_name":"Ann"}}]}`},
		totals: Totals{Visited: 1, New: 1, Ignored: 1},
		want:   []string{"mastodon|Ann (@ann)|Bright Harbor\nwas lovely & quick|0|2026-11-20|https://social.example/@ann/113|new"},
		next:   "min_id=114",
	},
	{
		kind: "mastodon-tag-account", values: reviews.Options{"token": topSecret, "server": "social.example", "tag": "#BrightHarbor"}, header: "Authorization: Bearer " + topSecret,
		answers: map[string]string{"social.example/api/v1/timelines/tag/BrightHarbor": `[{"id":"01M80HPTP02EVQZ90Y2BZHBV8W","created_at":"2026-11-20T10:00:00.000Z","visibility":"public","uri":"https://other.example/1","url":"https://other.example/@cem/1","spoiler_text":"Teeth","content":"<p>Thank you <a href='#'>#<span>BrightHarbor</span></a></p>","account":{"acct":"cem@other.example","display_name":"Cem"}}]`},
		totals:  Totals{Visited: 1, New: 1},
		want:    []string{"mastodon|Cem (@cem@other.example)|Teeth Thank you #BrightHarbor|0|2026-11-20|https://other.example/@cem/1|new"},
		next:    "min_id=01M80HPTP02EVQZ90Y2BZHBV8W",
	},
	{
		kind: "bluesky", values: reviews.Options{"password": topSecret, "handle": "@brightharbor.bsky.social", "words": "Bright Harbor"}, header: "Authorization: Bearer access-1",
		answers: map[string]string{
			"bsky.social/xrpc/com.atproto.server.createSession":  `{"accessJwt":"access-1","refreshJwt":"refresh-1","handle":"brightharbor.bsky.social","did":"did:plc:abc"}`,
			"bsky.social/xrpc/com.atproto.server.refreshSession": `{"accessJwt":"access-1","refreshJwt":"refresh-2","handle":"brightharbor.bsky.social","did":"did:plc:abc"}`,
			"bsky.social/xrpc/app.bsky.feed.searchPosts": `{"posts":[{"uri":"at://did:plc:xyz/app.bsky.feed.post/3kabc","cid":"b","author":{"did":"did:plc:xyz","handle":"ann.example","displayName":"Ann"},
			"record":{"$type":"app.bsky.feed.post","text":"Bright Harbor fixed my tooth","createdAt":"2026-11-20T10:00:00.000Z"},"indexedAt":"2026-11-20T10:00:05.000Z"}]}`},
		totals: Totals{Visited: 1, New: 1},
		want:   []string{"bluesky|Ann (@ann.example)|Bright Harbor fixed my tooth|0|2026-11-20|https://bsky.app/profile/ann.example/post/3kabc|new"},
		next:   "since=2026-11-19T10%3A00%3A05Z",
	},
	{
		kind: "yelp", values: reviews.Options{"key": topSecret, "business": "https://www.yelp.com/biz/bright-harbor-dental-austin?osq=dentist"}, header: "Authorization: Bearer " + topSecret,
		answers: map[string]string{"api.yelp.com/v3/businesses/bright-harbor-dental-austin/reviews": `{"total":3,"possible_languages":["en"],"reviews":[{"id":"r1","url":"https://www.yelp.com/biz/bright-harbor-dental-austin?hrid=r1","text":"Went back again since the last time...","rating":4,"time_created":"2026-11-20 00:41:13","user":{"id":"u","name":"Ella A."}}]}`},
		totals:  Totals{Visited: 1, New: 1},
		want:    []string{"yelp|Ella A.|Went back again since the last time...|4|2026-11-20|https://www.yelp.com/biz/bright-harbor-dental-austin?hrid=r1|new"},
		next:    "sort_by=yelp_sort",
	},
}

func TestInterfaces(t *testing.T) {
	for _, test := range interfaces {
		t.Run(test.kind, func(t *testing.T) {
			d := onAPI(t, func(w http.ResponseWriter, r *http.Request) {
				text, ok := test.answers[strings.TrimPrefix(r.URL.Path, "/")]
				if !ok {
					w.WriteHeader(http.StatusNotFound)
				}
				_, _ = io.WriteString(w, text)
			})
			draft, err := d.LookKind(context.Background(), test.kind, test.values, true)
			if err != nil || len(draft.Entries) == 0 {
				t.Fatalf("got %d entries, %v", len(draft.Entries), err)
			}
			source := d.add(t, test.kind, test.values)
			if got := d.visitAll(t); got != test.totals {
				t.Errorf("got %+v, want %+v", got, test.totals)
			}
			if got := d.stored(t); !slices.Equal(got, test.want) {
				t.Errorf("got\n%q\nwant\n%q", got, test.want)
			}
			second := d.visitAll(t)
			if second.New != 0 || second.Failed != 0 {
				t.Errorf("second visit: got %+v", second)
			}
			last := d.requests[len(d.requests)-1]
			name, value, _ := strings.Cut(test.header, ": ")
			if got := last.Header.Get(name); got != value {
				t.Errorf("got the header %s %q, want %q", name, got, value)
			}
			if !strings.Contains(last.URL.RawQuery, test.next) {
				t.Errorf("the second visit asked for %q, want %q in it", last.URL.RawQuery, test.next)
			}
			for _, r := range d.requests {
				if strings.Contains(r.URL.String(), topSecret) {
					t.Errorf("the key stands in the address %s", r.URL)
				}
			}
			if text, _ := json.Marshal(source); strings.Contains(string(text)+source.Address, topSecret) {
				t.Errorf("the key stands in the source %s", text)
			}
		})
	}
}

func TestInterfacesThatRefuse(t *testing.T) {
	if testing.Short() {
		t.Skip("a database for each of many answers, one after the other: the race detector finds nothing here")
	}
	faults := []struct {
		name   string
		answer http.HandlerFunc
		want   error
		says   string
		retry  time.Duration
	}{
		{name: "401", answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, want: errKey},
		{name: "403", answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(403) }, want: errKey},
		{name: "429", says: "less often", retry: 90 * time.Minute, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("RateLimit-Reset", strconv.FormatInt(presetNoon.Add(90*time.Minute).Unix(), 10))
			w.WriteHeader(429)
		}},
		{name: "429 of Yelp", says: "less often", retry: 12 * time.Hour, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("RateLimit-ResetTime", "2026-11-23T00:00:00+00:00")
			w.WriteHeader(429)
		}},
		{name: "429 of Mastodon", says: "less often", retry: 5 * time.Minute, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("X-RateLimit-Reset", "2026-11-22T12:05:00.000000Z")
			w.WriteHeader(429)
		}},
		{name: "login page", want: errNoAPI, answer: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = io.WriteString(w, "<!doctype html><title>Sign in</title>")
		}},
		{name: "apology", want: errNoAPI, answer: func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, "Sorry! Something went wrong.")
		}},
		{name: "empty", want: errNoAPI, answer: func(http.ResponseWriter, *http.Request) {}},
		{name: "broken", says: "not in the form", answer: func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"reviews":[{"id":`) }},
		{name: "500", says: "fault of its own", answer: func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }},
	}
	for i, test := range interfaces {
		for _, fault := range faults {
			if i > 0 && fault.want == nil { // all are asked in one way; the rest is tried on the first
				continue
			}
			t.Run(test.kind+" "+fault.name, func(t *testing.T) {
				d := onAPI(t, fault.answer)
				_, err := d.LookKind(context.Background(), test.kind, test.values, true)
				if err == nil || fault.want != nil && !errors.Is(err, fault.want) || !strings.Contains(err.Error(), fault.says) || strings.Contains(err.Error(), topSecret) {
					t.Errorf("got %v, want %v %q", err, fault.want, fault.says)
				}
			})
		}
		t.Run(test.kind+" waits", func(t *testing.T) {
			d := onAPI(t, faults[2].answer)
			source := d.add(t, test.kind, test.values)
			if got := d.visitAll(t); got.Failed != 1 {
				t.Errorf("got %+v", got)
			}
			source, err := d.store.Source(context.Background(), source.ID)
			if err != nil {
				t.Fatal(err)
			}
			if source.Next.Before(presetNoon.Add(90 * time.Minute)) {
				t.Errorf("it is visited again at %v, before the site wants that", source.Next)
			}
		})
	}
}

func TestCareOpinionGoesOn(t *testing.T) {
	const stories = 2350
	d := onAPI(t, func(w http.ResponseWriter, r *http.Request) {
		skip, _ := strconv.Atoi(r.URL.Query().Get("skip"))
		take, _ := strconv.Atoi(r.URL.Query().Get("take"))
		var list []map[string]any
		for i := skip; i < min(skip+take, stories); i++ {
			day := presetNoon.AddDate(0, 0, i/10-stories/10)
			if after := r.URL.Query().Get("publishedafter"); day.Format(time.DateOnly) < after {
				continue
			}
			list = append(list, map[string]any{"id": i + 1, "title": fmt.Sprint("Story ", i), "body": "What was said.", "dateOfPublication": day.Format(time.RFC3339)})
		}
		if list == nil {
			list = []map[string]any{}
		}
		_ = json.NewEncoder(w).Encode(list)
	})
	source := d.add(t, "care-opinion", reviews.Options{"key": topSecret, "service": "V1"})
	for i, want := range []int{1000, 1000, 350, 0} {
		if got := d.visitAll(t); got.New != want || got.Failed != 0 {
			t.Errorf("visit %d: got %+v, want %d new", i+1, got, want)
		}
	}
	source, _ = d.store.Source(context.Background(), source.ID)
	if source.State["skip"] != "" || source.State["after"] == "" {
		t.Errorf("got state %v, want the next visit to begin some weeks before the newest story", source.State)
	}
}

func TestBlueskySession(t *testing.T) {
	created, refreshed, valid := 0, 0, ""
	d := onAPI(t, func(w http.ResponseWriter, r *http.Request) {
		sent := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		switch strings.TrimPrefix(r.URL.Path, "/bsky.social/xrpc/") {
		case "com.atproto.server.createSession":
			var body map[string]string
			_ = json.NewDecoder(r.Body).Decode(&body)
			if r.Method != http.MethodPost || body["identifier"] != "brightharbor.bsky.social" || body["password"] != topSecret {
				w.WriteHeader(401)
				return
			}
			created++
			valid = fmt.Sprint("refresh-", created, "-0")
		case "com.atproto.server.refreshSession":
			if r.Method != http.MethodPost || sent != valid {
				w.WriteHeader(400)
				_, _ = io.WriteString(w, `{"error":"ExpiredToken","message":"Token has expired"}`)
				return
			}
			refreshed++
			valid = fmt.Sprint("refresh-", created, "-", refreshed)
		default:
			if sent != "access" {
				w.WriteHeader(401)
			}
			_, _ = io.WriteString(w, `{"posts":[]}`)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"accessJwt": "access", "refreshJwt": valid, "handle": "x", "did": "y"})
	})
	source := d.add(t, "bluesky", interfaces[4].values)
	steps := []struct {
		name               string
		before             func()
		created, refreshed int
	}{
		{"first", func() {}, 1, 0},
		{"carried on", func() {}, 1, 1},
		{"carried on with the new token", func() {}, 1, 2},
		{"expired", func() { valid = "nothing" }, 2, 2},
		{"after that", func() {}, 2, 3},
	}
	for _, step := range steps {
		step.before()
		if got := d.visitAll(t); got.Failed != 0 {
			source, _ = d.store.Source(context.Background(), source.ID)
			t.Errorf("%s: got %+v (%s)", step.name, got, source.Problem)
		}
		if created != step.created || refreshed != step.refreshed {
			t.Errorf("%s: got %d sign-ins and %d sessions carried on, want %d and %d", step.name, created, refreshed, step.created, step.refreshed)
		}
	}
	if state := fmt.Sprint(source.State, source.Options); strings.Contains(state, "refresh-") || strings.Contains(state, topSecret) {
		t.Errorf("a token stands in the database: %s", state)
	}
}

func TestPlacesAreShownAndNeverStored(t *testing.T) {
	d := onAPI(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("X-Goog-Api-Key") != topSecret || r.Header.Get("X-Goog-FieldMask") == "" {
			w.WriteHeader(403)
		}
		_, _ = io.WriteString(w, `{"id":"ChIJabcdefghij","displayName":{"text":"Bright Harbor Dental","languageCode":"en"},"rating":4.7,"userRatingCount":212,"googleMapsUri":"https://maps.google.com/?cid=1","reviews":[
			{"name":"places/ChIJabcdefghij/reviews/r1","rating":5,"text":{"text":"Sehr gut, sagt Ann","languageCode":"de"},"originalText":{"text":"Very good, says Ann","languageCode":"en"},"authorAttribution":{"displayName":"Ann"},"publishTime":"2026-11-20T10:00:00Z","googleMapsUri":"https://maps.google.com/r1"}]}`)
	})
	values := reviews.Options{"key": topSecret, "place": "ChIJabcdefghij"}
	draft, err := d.LookKind(context.Background(), "google-places", values, true)
	if err != nil {
		t.Fatal(err)
	}
	if len(draft.Entries) != 1 || draft.Entries[0].Text != "Very good, says Ann" || draft.Rating == nil || draft.Rating.Count != 212 || draft.Title != "Bright Harbor Dental" {
		t.Errorf("got %+v", draft)
	}
	source := d.add(t, "google-places", values)
	asked := len(d.requests)
	if got := d.visitAll(t); got != (Totals{}) {
		t.Errorf("got %+v, want no visit", got)
	}
	due, err := d.store.Due(context.Background())
	if err != nil || len(due) != 0 || len(d.requests) != asked {
		t.Errorf("got %d sources that are due, %d requests, %v; want none", len(due), len(d.requests)-asked, err)
	}
	live, err := d.Live(context.Background(), source)
	if err != nil || len(live.Entries) != 1 {
		t.Errorf("got %+v, %v", live, err)
	}
	ratings, err := d.store.Ratings(context.Background(), source.ID)
	if err != nil || len(ratings) != 0 || len(d.stored(t)) != 0 {
		t.Errorf("got %d ratings and %d mentions stored, %v; want none", len(ratings), len(d.stored(t)), err)
	}
}

func TestKeysThatAreNone(t *testing.T) {
	tests := []struct {
		kind   string
		values reviews.Options
		says   string
	}{
		{"care-opinion", reviews.Options{"key": "two words"}, "no key"},
		{"nhs", reviews.Options{"key": "k", "ods": "not one"}, "ODS code"},
		{"bluesky", reviews.Options{"password": "p", "handle": "no handle", "words": "x"}, "handle"},
		{"mastodon-search", reviews.Options{"token": "t", "server": "??", "words": "x"}, "server"},
		{"mastodon-tag-account", reviews.Options{"token": "t", "server": "social.example", "tag": "two words"}, "hashtag"},
		{"google-places", reviews.Options{"key": "k", "place": "123 Main Street"}, "place ID"},
		{"yelp", reviews.Options{"key": "k", "business": "https://www.yelp.com/"}, "page of a business"},
	}
	for _, test := range tests {
		if _, _, err := fill(test.kind, test.values, false); err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: got %v, want %q", test.kind, err, test.says)
		}
	}
}
