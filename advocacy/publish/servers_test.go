package publish

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/fetch"
	"goodword/internal/sitetest"
)

// through stands before a server and loses the answer of one call after the server has given it.
func through(t *testing.T, to string, loses func(r *http.Request) bool) string {
	t.Helper()
	target, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	lost := false
	server := &http.Server{ReadHeaderTimeout: time.Minute, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		on := r.Clone(r.Context())
		on.URL.Scheme, on.URL.Host, on.RequestURI = target.Scheme, target.Host, ""
		answer, err := http.DefaultTransport.RoundTrip(on)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer func() { _ = answer.Body.Close() }()
		if !lost && loses(r) {
			lost = true
			panic(http.ErrAbortHandler)
		}
		for name, values := range answer.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.StatusCode)
		_, _ = bufio.NewReader(answer.Body).WriteTo(w)
	})}
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close(); <-done })
	return "http://" + listener.Addr().String()
}

func read(t *testing.T, address string, into any) {
	t.Helper()
	answer, err := http.Get(address) //nolint:noctx // a server on this computer
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if err := json.NewDecoder(answer.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}

// TestBlueskyServer takes a spotlight from nothing to published on a real server, loses an answer on the way, and takes the consent back.
func TestBlueskyServer(t *testing.T) {
	server := sitetest.Bluesky(t)
	for _, loses := range []bool{false, true} {
		d := newDesk(t, fetch.DefaultLimits)
		at := server
		if loses {
			at = through(t, server, func(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "createRecord") })
		}
		if _, err := d.publisher.Connect(t.Context(), advocacy.Account{Network: "bluesky", Server: at, Handle: "@practice.test", Inside: true}, "wrong", d.hr.Actor()); !errors.Is(err, ErrAccount) {
			t.Errorf("a wrong password: got %v", err)
		}
		if a := d.connect("bluesky", at, "@practice.test", "app-pass-word-123"); a.Shows != "@practice.test" {
			t.Errorf("got %+v", a)
		}
		v := d.from("bluesky")
		out, err := d.press(v, "bluesky")
		d.must(err)
		var record struct {
			URI   string `json:"uri"`
			Value struct {
				Text   string  `json:"text"`
				Facets []facet `json:"facets"`
				Embed  struct {
					Images []struct {
						Alt   string `json:"alt"`
						Image struct {
							Size int `json:"size"`
						} `json:"image"`
					} `json:"images"`
				} `json:"embed"`
			} `json:"value"`
		}
		read(t, out.URL, &record)
		if len(record.Value.Facets) != 3 || len(record.Value.Embed.Images) != 1 || record.Value.Embed.Images[0].Alt != v.Picture.Alt || record.Value.Embed.Images[0].Image.Size == 0 {
			t.Errorf("got %+v", record)
		}
		has(t, record.Value.Text, words, "#employee")
		if got := d.spotlight(v.ID); got.Stage != advocacy.Published {
			t.Errorf("it is %s", got.Stage)
		}
		// The same post once more, as after a crash between the answer and the record of it.
		n, _ := NetworkByID("bluesky")
		a, err := d.store.Account(t.Context(), "bluesky")
		d.must(err)
		if made, found, err := n.wire.find(t.Context(), d.publisher.line(n, a, "app-pass-word-123"), d.last(v)); err != nil || !found || made.Remote != record.URI {
			t.Errorf("looked for: got %+v %v %v", made, found, err)
		}
		var list struct {
			Records []json.RawMessage `json:"records"`
		}
		read(t, server+"/xrpc/com.atproto.repo.listRecords?collection="+blueskyPosts+"&repo=practice.test", &list)
		want := 1
		if loses {
			want = 2 // with that of the round before
		}
		if len(list.Records) != want {
			t.Errorf("the account has %d posts, want %d", len(list.Records), want)
		}
		if downs := d.withdraw(v); len(downs) != 1 || downs[0].URL != out.URL {
			t.Errorf("to take down: got %+v", downs)
		}
	}
}

// TestWordPressServer does the same on a real site, and leaves a post with it for later.
func TestWordPressServer(t *testing.T) {
	w := sitetest.ServeWordPress(t)
	password := w.Do(t, `echo WP_Application_Passwords::create_new_application_password(1, ['name' => 'Goodword'])[0];`)
	w.Do(t, `wp_create_user('reader', 'sesame', 'reader@gazette.example');`)
	reads := w.Do(t, `echo WP_Application_Passwords::create_new_application_password(get_user_by('login', 'reader')->ID, ['name' => 'Goodword'])[0];`)
	d := newDesk(t, fetch.DefaultLimits)
	for name, wrong := range map[string]string{"editor": "wrong", "reader": reads} {
		if _, err := d.publisher.Connect(t.Context(), advocacy.Account{Network: "website", Server: w.URL, Handle: name, Inside: true}, wrong, d.hr.Actor()); !errors.Is(err, ErrAccount) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	lossy := through(t, w.URL, func(r *http.Request) bool {
		return r.Method == http.MethodPost && strings.Contains(r.URL.RawQuery, "posts")
	})
	for name, site := range map[string]string{"answered": w.URL, "the answer was lost": lossy} {
		d.connect("website", site, "editor", password)
		v := d.from("website")
		out, err := d.press(v, "website")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		id := d.last(v).Remote
		page := w.Do(t, fmt.Sprintf(`$p = get_post(%s); $m = get_attached_media('image', %s); echo $p->post_status, "\n", $p->post_title, "\n", get_permalink($p), "\n", $p->post_content;`, id, id))
		has(t, page, "publish\nMeet the team: Mara Lindqvist\n"+out.URL+"\n", `alt="Mara smiles in front of a “plain” wall"`, `<a href="https://lakeside.example/team">`, "From the team at Lakeside Family Dental.")
		if got := w.Do(t, `$q = new WP_Query(['post_type' => 'attachment', 'post_status' => 'inherit']); foreach ($q->posts as $m) echo get_post_meta($m->ID, '_wp_attachment_image_alt', true), "\n";`); !strings.Contains(got, "Mara smiles in front of a “plain” wall") {
			t.Errorf("%s: the alt texts in the media are %q", name, got)
		}
		if d.spotlight(v.ID).Stage != advocacy.Published {
			t.Errorf("%s: it is %s", name, d.spotlight(v.ID).Stage)
		}
		if downs := d.withdraw(v); len(downs) == 0 || downs[len(downs)-1].URL != out.URL {
			t.Errorf("%s: to take down: got %+v", name, downs)
		}
	}
	v := d.from("website")
	if _, err := d.publisher.Post(t.Context(), v.ID, "website", v.Schedule, d.hr.Actor()); err != nil {
		t.Fatal(err)
	}
	if got, want := w.Do(t, fmt.Sprintf(`$p = get_post(%s); echo $p->post_status, ' ', $p->post_date_gmt;`, d.last(v).Remote)), "future "+v.Schedule.UTC().Format(time.DateTime); got != want {
		t.Errorf("for later: got %q, want %q", got, want)
	}
	if got := w.Do(t, `echo wp_count_posts()->publish, ' ', wp_count_posts()->future;`); got != "3 1" { // WordPress begins with a post of its own
		t.Errorf("the site has %s posts, want 3 1", got)
	}
}
