package publish

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/fetch"
)

func TestPost(t *testing.T) {
	for _, network := range fakes() {
		t.Run(network, func(t *testing.T) {
			d, f := on(t, network)
			v := d.from(network)
			out, err := d.press(v, network)
			d.must(err)
			v = d.spotlight(v.ID)
			text, _ := v.Variant(network)
			if f.made() != 1 || out.URL == "" || text.PostedURL != out.URL || v.Stage != advocacy.Published || text.ConsentID == 0 {
				t.Fatalf("got %d posts, %+v, the text %+v at %s", f.made(), out, text, v.Stage)
			}
			if _, err := d.press(v, network); !errors.Is(err, advocacy.ErrStep) {
				t.Errorf("a second press: got %v", err)
			}
			if network != "bluesky" && (len(f.alts) != 1 || f.alts[0] != v.Picture.Alt) {
				t.Errorf("got the alt texts %q", f.alts)
			}
			lines, err := d.fetch.Ledger(t.Context(), 50)
			d.must(err)
			n, _ := NetworkByID(network)
			if len(lines) < 3 || slices.ContainsFunc(lines, func(e fetch.Entry) bool { return e.Why != "post on "+n.Name }) {
				t.Errorf("the ledger has %+v", lines)
			}
			if downs := d.withdraw(v); len(downs) != 1 || downs[0].URL != out.URL {
				t.Errorf("after the consent was withdrawn %+v must come down", downs)
			}
		})
	}
}

// What is posted is what the rules let out: the words with the disclosure, and the picture with its description.
func TestWhatIsPosted(t *testing.T) {
	d, f := on(t, "bluesky")
	v := d.from("bluesky")
	if _, err := d.press(v, "bluesky"); err != nil {
		t.Fatal(err)
	}
	record := f.posts[0]["record"].(map[string]any)
	text := record["text"].(string)
	has(t, text, words, "I work at Lakeside Family Dental. #employee")
	marked := []string{}
	for _, one := range record["facets"].([]any) {
		at := one.(map[string]any)["index"].(map[string]any)
		marked = append(marked, text[int(at["byteStart"].(float64)):int(at["byteEnd"].(float64))])
	}
	if want := []string{"https://lakeside.example/team", "#MeetTheTeam", "#employee"}; !slices.Equal(marked, want) {
		t.Errorf("got the marks %q, want %q", marked, want)
	}
	has(t, fmt.Sprint(record["embed"]), v.Picture.Alt, "app.bsky.embed.images", "aspectRatio")
}

// Whatever becomes of the answer, a post is made once.
func TestNothingIsPostedTwice(t *testing.T) {
	faults := map[string]func(f *fake) func(http.ResponseWriter, *http.Request, func()) bool{
		"no answer after the post was made": func(f *fake) func(http.ResponseWriter, *http.Request, func()) bool {
			return func(_ http.ResponseWriter, r *http.Request, make func()) bool {
				make()
				<-f.stuck
				return true
			}
		},
		"the line breaks after the post was made": func(*fake) func(http.ResponseWriter, *http.Request, func()) bool {
			return func(_ http.ResponseWriter, _ *http.Request, make func()) bool {
				make()
				panic(http.ErrAbortHandler)
			}
		},
		"a fault of the server after the post was made": func(*fake) func(http.ResponseWriter, *http.Request, func()) bool {
			return func(w http.ResponseWriter, _ *http.Request, make func()) bool {
				make()
				w.WriteHeader(502)
				return true
			}
		},
		"garbage after the post was made": func(*fake) func(http.ResponseWriter, *http.Request, func()) bool {
			return func(w http.ResponseWriter, _ *http.Request, make func()) bool {
				make()
				_, _ = w.Write([]byte("<html>welcome"))
				return true
			}
		},
	}
	for _, network := range fakes() {
		for name, fault := range faults {
			t.Run(network+", "+name, func(t *testing.T) {
				d, f := on(t, network)
				v := d.from(network)
				f.fault = fault(f)
				out, err := d.press(v, network) // it looks at once
				if err != nil || out.URL == "" {
					t.Errorf("got %+v, %v", out, err)
				}
				if f.made() != 1 || d.spotlight(v.ID).Stage != advocacy.Published {
					t.Errorf("got %d posts at %s", f.made(), d.spotlight(v.ID).Stage)
				}
			})
		}
	}
}

// Where not even the look is answered, the next press finds what the first one posted.
func TestTheNextPressLooksFirst(t *testing.T) {
	for _, network := range fakes() {
		for _, arrived := range []bool{true, false} {
			t.Run(fmt.Sprint(network, " arrived ", arrived), func(t *testing.T) {
				d, f := on(t, network)
				v := d.from(network)
				dead := http.NewServeMux()
				dead.HandleFunc("/", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
				alive := f.mux
				f.fault = func(_ http.ResponseWriter, _ *http.Request, make func()) bool {
					if arrived {
						make()
					}
					f.set(func() { f.mux = dead })
					panic(http.ErrAbortHandler)
				}
				_, err := d.press(v, network)
				if !errors.Is(err, ErrUnsure) || d.last(v).State != advocacy.PostUnsure {
					t.Fatalf("got %v, the post is %s", err, d.last(v).State)
				}
				if _, err := d.press(v, network); err == nil || d.last(v).State != advocacy.PostUnsure {
					t.Fatalf("a press while nothing answers: got %v, the post is %s", err, d.last(v).State)
				}
				f.set(func() { f.mux, f.fault = alive, nil })
				out, err := d.press(v, network)
				if err != nil || out.Earlier != arrived || f.made() != 1 || f.uploads > 2 {
					t.Errorf("got %+v, %v, %d posts, %d pictures", out, err, f.made(), f.uploads)
				}
				if network == "website" && f.uploads != 1 {
					t.Errorf("the picture was put on the site %d times", f.uploads)
				}
			})
		}
	}
}

func TestRefusals(t *testing.T) {
	say := func(status int, body string, header ...string) func(w http.ResponseWriter) bool {
		return func(w http.ResponseWriter) bool {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
			return true
		}
	}
	cases := []struct {
		name   string
		upload bool
		how    func(w http.ResponseWriter) bool
		want   error
		words  string
	}{
		{"an expired password", false, say(401, `{"error":"ExpiredToken","message":"Token has expired"}`), ErrAccount, "Settings, Accounts"},
		{"no right to post", false, say(403, `{"code":"rest_cannot_create","message":"Sorry, you are not allowed."}`), ErrAccount, "you are not allowed"},
		{"an ended session under another status", false, say(400, `{"error":"ExpiredToken","message":"Token has expired"}`), ErrAccount, "expired"},
		{"too large a picture", true, say(413, ``), ErrLarge, "too large"},
		{"too large a picture in Bluesky's words", true, say(400, `{"error":"BlobTooLarge","message":"This file is too large"}`), ErrLarge, "too large"},
		{"too many requests", false, say(429, ``, "Retry-After", "600"), ErrLimit, "Try again after "},
		{"too many requests, until a moment", false, say(429, ``, "RateLimit-Reset", fmt.Sprint(time.Now().Add(time.Hour).Unix())), ErrLimit, "Try again after "},
		{"a text that the server does not take", false, say(422, `{"error":"Validation failed: Text character limit of 500 exceeded"}`), ErrRefused, "character limit of 500"},
		{"garbage to the picture", true, say(200, `welcome`), ErrRefused, "something else"},
		{"a redirect", false, func(w http.ResponseWriter) bool { return say(302, ``, "Location", "/elsewhere")(w) }, fetch.ErrRedirect, "not followed"},
	}
	for _, network := range fakes() {
		for _, c := range cases {
			t.Run(network+", "+c.name, func(t *testing.T) {
				d, f := on(t, network)
				v := d.from(network)
				if c.upload {
					f.atUpload = c.how
				} else {
					f.fault = func(w http.ResponseWriter, _ *http.Request, _ func()) bool { return c.how(w) }
				}
				_, err := d.press(v, network)
				if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.words) {
					t.Errorf("got %v, want %v with %q", err, c.want, c.words)
				}
				if text, _ := d.spotlight(v.ID).Variant(network); !text.PostedAt.IsZero() || f.made() != 0 {
					t.Errorf("it counts as posted: %+v, %d posts", text, f.made())
				}
				if p := d.last(v); p.State != advocacy.PostRefused || p.Problem != err.Error() {
					t.Errorf("the record says %+v", p)
				}
				if strings.Contains(err.Error(), "open sesame") {
					t.Errorf("the password stands in %q", err)
				}
			})
		}
	}
}

// A post is made under the rules of any other, by somebody who pressed, and never offline.
func TestNoPostWithoutTheRules(t *testing.T) {
	d, f := on(t, "bluesky")
	v := d.from("bluesky", "mastodon")
	refused := func(name string, kind error) {
		t.Helper()
		if _, err := d.press(v, "bluesky"); !errors.Is(err, kind) {
			t.Errorf("%s: got %v, want %v", name, err, kind)
		}
	}
	if _, err := d.publisher.Post(t.Context(), v.ID, "bluesky", time.Time{}, audit.Program); !errors.Is(err, advocacy.ErrRights) {
		t.Errorf("nobody pressed: got %v", err)
	}
	if _, err := d.press(v, "mastodon"); !errors.Is(err, advocacy.ErrNotFound) {
		t.Errorf("without an account: got %v", err)
	}
	if _, err := d.publisher.Post(t.Context(), v.ID, "bluesky", d.now.Add(time.Hour), d.hr.Actor()); !errors.Is(err, ErrForm) {
		t.Errorf("Bluesky keeps no post for later: got %v", err)
	}
	d.offline = true
	refused("offline", fetch.ErrOffline)
	d.offline = false
	d.must(d.store.SendBack(t.Context(), v.ID, "Again", d.hr.Actor()))
	refused("not approved", advocacy.ErrStep)
	if posts, err := d.store.Posts(t.Context(), v.ID); err != nil || len(posts) != 0 {
		t.Errorf("got the tries %+v, %v", posts, err)
	}

	d, f = on(t, "bluesky")
	v = d.from("bluesky")
	d.withdraw(v)
	refused("a withdrawn consent", advocacy.ErrStep) // it went back to the question
	if f.made() != 0 {
		t.Errorf("%d posts were made", f.made())
	}
}

// A consent that is withdrawn while the post is on its way puts it on the take-down list at once.
func TestConsentWithdrawnOnTheWay(t *testing.T) {
	d, f := onWithin(t, fetch.DefaultLimits, "mastodon")
	v := d.from("mastodon")
	f.fault = func(http.ResponseWriter, *http.Request, func()) bool { d.withdraw(v); return false }
	out, err := d.press(v, "mastodon")
	d.must(err)
	downs, err := d.store.TakeDowns(t.Context())
	if err != nil || len(downs) != 1 || downs[0].URL != out.URL {
		t.Errorf("got %+v, %v", downs, err)
	}
}

// Two presses at once make one post.
func TestTwoPressesAtOnce(t *testing.T) {
	d, f := onWithin(t, fetch.DefaultLimits, "mastodon")
	v := d.from("mastodon")
	var second error
	f.fault = func(http.ResponseWriter, *http.Request, func()) bool {
		f.set(func() { f.fault = nil })
		_, second = d.press(v, "mastodon")
		return false
	}
	_, err := d.press(v, "mastodon")
	if err != nil || !errors.Is(second, advocacy.ErrStep) || f.made() != 1 {
		t.Errorf("got %v and %v, %d posts", err, second, f.made())
	}
}

// A text that was changed after an unsure try goes out as it stands now, unless the earlier one is up.
func TestChangedAfterAnUnsureTry(t *testing.T) {
	for _, arrived := range []bool{true, false} {
		d, f := on(t, "mastodon")
		v := d.from("mastodon")
		alive, dead := f.mux, http.NewServeMux()
		dead.HandleFunc("/", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
		f.fault = func(_ http.ResponseWriter, _ *http.Request, make func()) bool {
			if arrived {
				make()
			}
			f.set(func() { f.mux = dead })
			panic(http.ErrAbortHandler)
		}
		if _, err := d.press(v, "mastodon"); !errors.Is(err, ErrUnsure) {
			t.Fatalf("got %v", err)
		}
		f.set(func() { f.mux, f.fault = alive, nil })
		d.must(d.store.SendBack(t.Context(), v.ID, "Shorter", d.owner.Actor()))
		_, _, err := d.store.SaveVariant(t.Context(), v.ID, advocacy.Variant{Network: "mastodon", Text: "Meet Mara. Shared with Mara's permission.", Disclosure: true}, d.hr.Actor())
		d.must(err)
		d.must(d.store.Move(t.Context(), v.ID, advocacy.ReviewStage, d.hr.Actor()))
		d.must(d.store.Move(t.Context(), v.ID, advocacy.Scheduled, d.owner.Actor()))
		out, err := d.press(v, "mastodon")
		if err != nil || out.Earlier != arrived || f.made() != 1 {
			t.Errorf("arrived %v: got %+v, %v, %d posts", arrived, out, err, f.made())
		}
		if got := f.posts[0]["status"].(string); strings.HasPrefix(got, "Meet Mara. ") == arrived {
			t.Errorf("arrived %v: posted is %q", arrived, got)
		}
	}
}

// Mastodon and WordPress keep a post until its moment.
func TestPostForLater(t *testing.T) {
	for _, network := range []string{"mastodon", "website"} {
		d, f := on(t, network)
		v := d.from(network)
		at := v.Schedule
		out, err := d.publisher.Post(t.Context(), v.ID, network, at, d.hr.Actor())
		if err != nil || out.URL == "" || !d.last(v).Appears.Equal(at) {
			t.Fatalf("%s: got %+v, %v", network, out, err)
		}
		has(t, fmt.Sprint(f.posts[0]), at.UTC().Format("2006-01-02T15:04:05"))
		d.withdraw(v)
		if downs, _ := d.store.TakeDowns(t.Context()); len(downs) != 1 {
			t.Errorf("%s: what waits there must come down too, got %+v", network, downs)
		}
	}
	d, _ := on(t, "mastodon")
	v := d.from("mastodon")
	if _, err := d.publisher.Post(t.Context(), v.ID, "mastodon", d.now.Add(time.Minute), d.hr.Actor()); !errors.Is(err, ErrRefused) {
		t.Errorf("in a minute: got %v", err)
	}
}

func TestConnect(t *testing.T) {
	d := newDesk(t, quick)
	cases := []struct {
		account  advocacy.Account
		password string
		words    string
	}{
		{advocacy.Account{Network: "facebook"}, "x", "cannot post"},
		{advocacy.Account{Network: "bluesky"}, "x", "name of the account"},
		{advocacy.Account{Network: "bluesky", Handle: "a.test"}, "", "app password"},
		{advocacy.Account{Network: "mastodon"}, "x", "address of the server"},
		{advocacy.Account{Network: "mastodon", Server: "http://social.example"}, "x", "unencrypted"},
		{advocacy.Account{Network: "website", Server: "ftp://site.example", Handle: "ed"}, "x", "not the address"},
		{advocacy.Account{Network: "website", Server: "https://ed:secret@site.example", Handle: "ed"}, "x", "not the address"},
	}
	for _, c := range cases {
		if _, err := d.publisher.Connect(t.Context(), c.account, c.password, d.hr.Actor()); !errors.Is(err, ErrForm) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%+v: got %v, want %q", c.account, err, c.words)
		}
	}
	d, f := on(t, "website")
	a, err := d.store.Account(t.Context(), "website")
	if err != nil || a.Shows == "" || a.Handle != "editor" {
		t.Errorf("got %+v, %v", a, err)
	}
	if _, err := d.publisher.Connect(t.Context(), advocacy.Account{Network: "website", Server: f.site, Handle: "editor", Inside: true}, "wrong", d.hr.Actor()); !errors.Is(err, ErrAccount) {
		t.Errorf("a wrong password: got %v", err)
	}
	d.must(d.publisher.Disconnect(t.Context(), "website", d.hr.Actor()))
	if accounts, err := d.publisher.Accounts(t.Context()); err != nil || len(accounts) != 0 {
		t.Errorf("got %+v, %v", accounts, err)
	}
}

func TestCount(t *testing.T) {
	for _, network := range []string{"bluesky", "mastodon"} {
		d, f := on(t, network)
		d.publisher.where = func(address string) string { return strings.Replace(address, blueskyPublic, f.site, 1) }
		v := d.from(network)
		_, err := d.press(v, network)
		d.must(err)
		r, err := d.publisher.Count(t.Context(), v.ID, network, d.hr.Actor())
		d.must(err)
		want := map[string][3]int{"bluesky": {12, 3, 4}, "mastodon": {5, 3, 1}}[network]
		if got := [3]int{*r.Likes, *r.Shares, *r.Comments}; got != want || r.Reach != nil {
			t.Errorf("%s: got %v, want %v", network, got, want)
		}
		results, err := d.store.Results(t.Context())
		if err != nil || len(results.Posts) != 1 || results.Posts[0].Last.Reactions() != want[0]+want[1]+want[2] {
			t.Errorf("%s: got %+v, %v", network, results, err)
		}
	}
}

func TestRecordKeysSortByTime(t *testing.T) {
	at := time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	var keys []string
	for i := range 50 {
		keys = append(keys, recordKey(advocacy.Post{ID: int64(i), Began: at.Add(time.Duration(i) * time.Second)}))
	}
	if !slices.IsSorted(keys) || len(keys[0]) != 13 || len(slices.Compact(keys)) != 50 {
		t.Errorf("got %q", keys)
	}
}

func FuzzFacets(f *testing.F) {
	f.Add(words)
	f.Add("#1 #a_b, (#b) x#c https://a.example/?q=1#d. https:// ##")
	f.Fuzz(func(t *testing.T, text string) {
		end := -1
		for _, mark := range facetsOf(text) {
			if mark.Index.Start < 0 || mark.Index.End > len(text) || mark.Index.Start >= mark.Index.End {
				t.Fatalf("%+v is not within %q", mark, text)
			}
			for _, feature := range mark.Features {
				if uri := feature["uri"]; uri != "" && (text[mark.Index.Start:mark.Index.End] != uri || mark.Index.Start < end) {
					t.Fatalf("%q stands at %+v of %q", uri, mark.Index, text)
				}
			}
			end = mark.Index.End
		}
		_ = paragraphs(text)
	})
}
