package collect_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodword/reviews"
	"goodword/reviews/collect"
)

// pageSite serves one page at /us and a robots.txt.
type pageSite struct {
	*site
	robots, page atomic.Pointer[string]
	rules        atomic.Int64 // how often robots.txt was asked for
	status       atomic.Int64 // of robots.txt
}

func servePage(t *testing.T, page string) *pageSite {
	t.Helper()
	p := &pageSite{}
	p.robots.Store(new(string))
	p.page.Store(&page)
	p.status.Store(http.StatusOK)
	p.site = serve(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			p.rules.Add(1)
			w.WriteHeader(int(p.status.Load()))
			_, _ = io.WriteString(w, *p.robots.Load())
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, *p.page.Load())
	})
	return p
}

func (p *pageSite) show(page string)        { p.page.Store(&page) }
func (p *pageSite) allow(rules string)      { p.robots.Store(&rules) }
func (p *pageSite) address(s string) string { return p.URL + s }

func (d *desk) addKind(t testing.TB, kind string, values reviews.Options) reviews.Source {
	t.Helper()
	draft, err := d.LookKind(ctx, kind, values, true)
	if err != nil {
		t.Fatal(err)
	}
	source, err := d.AddDraft(ctx, draft, collect.AddOptions{}, dana)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func business(name, rating string, count int, authors ...string) string {
	var list []string
	for _, a := range authors {
		list = append(list, fmt.Sprintf(`{"@type":"Review","author":{"name":%q},"reviewRating":{"ratingValue":5},"reviewBody":"My visit to them was just what I had hoped for, says %s."}`, a, a))
	}
	return fmt.Sprintf(`<script type="application/ld+json">{"@context":"https://schema.org","@type":"Dentist","name":%q,"aggregateRating":{"@type":"AggregateRating","ratingValue":%q,"reviewCount":%d},
		"review":[%s]}</script>`, name, rating, count, strings.Join(list, ","))
}

func TestPageWithReviews(t *testing.T) {
	d := open(t, "Bright Harbor")
	p := servePage(t, "<title>Our reviews</title>"+business("Bright Harbor Dental", "4.7", 31, "Ann", "Bob"))
	source := d.addKind(t, "page", reviews.Options{"address": p.address("/us")})
	if got, want := source.Name, "Our reviews"; got != want {
		t.Errorf("got name %q, want %q", got, want)
	}
	steps := []struct {
		page    string
		want    collect.Totals
		ratings int
	}{
		{*p.page.Load(), collect.Totals{Visited: 1, New: 2}, 1},
		{*p.page.Load(), collect.Totals{Visited: 1, Unchanged: 1}, 1},
		{"<!-- rebuilt -->" + *p.page.Load(), collect.Totals{Visited: 1, Unchanged: 1}, 1},
		{business("Bright Harbor Dental", "4.6", 32, "Cem", "Ann", "Bob"), collect.Totals{Visited: 1, New: 1}, 2},
		{business("Bright Harbor Dental", "4.6", 33, "Cem", "Ann", "Bob"), collect.Totals{Visited: 1, Unchanged: 1}, 3},
	}
	for i, step := range steps {
		p.show(step.page)
		d.later(time.Hour)
		if got := d.collect(t); got != step.want {
			t.Errorf("step %d: got %+v, want %+v", i, got, step.want)
		}
		ratings, err := d.store.Ratings(ctx, source.ID)
		if err != nil {
			t.Fatal(err)
		}
		if len(ratings) != step.ratings {
			t.Errorf("step %d: got %d ratings %+v, want %d", i, len(ratings), ratings, step.ratings)
		}
	}
	ratings, _ := d.store.Ratings(ctx, source.ID)
	if last := ratings[len(ratings)-1]; last.Value != 4.6 || last.Best != 5 || last.Count != 33 || !last.At.Equal(d.now()) || !ratings[0].At.Before(last.At) {
		t.Errorf("got %+v", ratings)
	}
}

func TestPageOfSeveralBusinesses(t *testing.T) {
	d := open(t, "Bright Harbor")
	p := servePage(t, business("City Smiles", "3.1", 900, "Zoe")+business("Bright Harbor Dental", "4.7", 31, "Ann"))
	source := d.addKind(t, "page", reviews.Options{"address": p.address("/us"), "which": "Only those of a business that my watch words name"})
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	ratings, err := d.store.Ratings(ctx, source.ID)
	if err != nil {
		t.Fatal(err)
	}
	if len(ratings) != 1 || ratings[0].Count != 31 {
		t.Errorf("got %+v, want the rating of Bright Harbor", ratings)
	}
	if inbox := d.inbox(t); len(inbox) != 1 || inbox[0].Author != "Ann" {
		t.Errorf("got %+v", inbox)
	}
	source = d.source(t, source.ID)
	source.Match = []string{"City Smiles"}
	if err := d.store.SaveSource(ctx, source, dana); err != nil {
		t.Fatal(err)
	}
	if got, want := d.collect(t), (collect.Totals{Visited: 1, New: 1}); got != want {
		t.Errorf("with other watch words: got %+v, want %+v", got, want)
	}
}

func TestPageWithoutReviewsSaysSo(t *testing.T) {
	d := open(t)
	p := servePage(t, "<p>Welcome to our practice</p>")
	if _, err := d.LookKind(ctx, "page", reviews.Options{"address": p.address("/us")}, true); err == nil || !strings.Contains(err.Error(), "does not describe any reviews") {
		t.Errorf("got %v", err)
	}
	if _, err := d.LookKind(ctx, "page", reviews.Options{"address": "https://ann:secret@example.org/"}, true); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("got %v", err)
	}
}

func TestRobots(t *testing.T) {
	tests := []struct {
		name, rules string
		status      int
		allowed     bool
	}{
		{"none", "", 404, true},
		{"forbidden", "", 403, true},
		{"fault", "", 503, false},
		{"busy", "", 429, false},
		{"a page", "<!doctype html><p>Disallow: /", 200, true},
		{"all", "User-agent: *\nDisallow: /", 200, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := open(t)
			p := servePage(t, business("Bright Harbor", "4.7", 3, "Ann"))
			p.allow(test.rules)
			p.status.Store(int64(test.status))
			_, err := d.LookKind(ctx, "page", reviews.Options{"address": p.address("/us")}, true)
			if got := err == nil; got != test.allowed {
				t.Fatalf("got allowed %v, want %v (%v)", got, test.allowed, err)
			}
			if asked := p.asked.Load() - p.rules.Load(); !test.allowed && asked != 0 {
				t.Errorf("got %d requests for the page, want none", asked)
			}
		})
	}
}

func TestRobotsAreAskedOncePerSite(t *testing.T) {
	d := open(t)
	p := servePage(t, business("Bright Harbor", "4.7", 3, "Ann"))
	for i := range 5 {
		d.addKind(t, "page", reviews.Options{"address": p.address(fmt.Sprint("/us", i))})
	}
	d.collect(t)
	if got, want := p.rules.Load(), int64(1); got != want {
		t.Errorf("got %d requests for robots.txt, want %d", got, want)
	}
	p.allow("User-agent: *\nDisallow: /us3")
	d.later(2 * time.Hour)
	if got := d.collect(t); got.Failed != 1 || p.rules.Load() != 2 {
		t.Errorf("got %+v after %d requests for robots.txt, want one page refused after 2", got, p.rules.Load())
	}
}

func TestPageThatChanges(t *testing.T) {
	d := open(t, "a word that stands nowhere")
	part := func(text string, more string) string {
		return `<title>News</title><nav>menu ` + more + `</nav><div id="news">` + text + `</div><footer>` + more + `</footer>`
	}
	p := servePage(t, part("<p>We are open.</p><p>Rated 4.6 by 30 patients.</p>", "a"))
	source := d.addKind(t, "page-change", reviews.Options{"address": p.address("/us"), "part": "#news"})
	steps := []struct {
		name, page, want string
	}{
		{"first visit", *p.page.Load(), ""},
		{"elsewhere", part("<p>We are open.</p><p>Rated 4.6 by 30 patients.</p>", "b"), ""},
		{"markup, scripts, spaces", part("<div>We  are\n<b>open</b>.<script>x()</script></div><!-- y --><p style=z>Rated 4.6 by 30 patients.</p>", "a"), ""},
		{"order", part("<p>Rated 4.6 by 30 patients.</p><p>We are open.</p>", "a"), ""},
		{"added", part("<p>We are open.</p><p>Rated 4.6 by 30 patients.</p><p>A new comment<br>on 22 November 2026, 10:15</p>", "a"), "A new comment\non 22 November 2026, 10:15"},
		{"only the date", part("<p>We are open.</p><p>Rated 4.6 by 30 patients.</p><p>A new comment<br>on 23 November 2026, 08:02</p>", "a"), ""},
		{"another number", part("<p>We are open.</p><p>Rated 4.5 by 31 patients.</p><p>A new comment<br>on 23 November 2026</p>", "a"), "Rated 4.5 by 31 patients.\n\n(one line is no longer there)"},
		{"removed", part("<p>We are open.</p><p>A new comment<br>on 23 November 2026</p>", "a"), "Nothing was added. One line is no longer there."},
	}
	for _, step := range steps {
		p.show(step.page)
		d.later(time.Hour)
		before := len(d.inbox(t))
		d.collect(t)
		inbox := d.inbox(t)
		if step.want == "" {
			if len(inbox) != before {
				t.Errorf("%s: got an entry %q, want none", step.name, inbox[0].Text)
			}
			continue
		}
		if len(inbox) != before+1 || inbox[0].Text != step.want || inbox[0].Title != "The page changed: News" {
			t.Fatalf("%s: got %d entries %+v, want one more with %q", step.name, len(inbox)-before, inbox, step.want)
		}
	}
	p.show("<p>A page without that part</p>")
	if got := d.collect(t); got.Failed != 1 {
		t.Errorf("got %+v, want a failure", got)
	}
	if got := d.source(t, source.ID); !strings.Contains(got.Problem, "not there any more") {
		t.Errorf("got problem %q", got.Problem)
	}
	if _, err := d.LookKind(ctx, "page-change", reviews.Options{"address": p.address("/us"), "part": "#["}, true); err == nil || !strings.Contains(err.Error(), "not a CSS selector") {
		t.Errorf("got %v", err)
	}
}

func TestSavedPage(t *testing.T) {
	d := open(t)
	page := "<!doctype html>\n<!-- saved from url=(0040)https://www.doctify.com/uk/bright-harbor -->\n<html><head>" +
		business("Bright Harbor Dental", "4.7", 31, "Ann", "Bob") + "</head><body></body></html>"
	file := filepath.Join(t.TempDir(), "Bright Harbor.html")
	if err := os.WriteFile(file, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	for i, want := range []reviews.Outcome{{New: 2}, {Unchanged: 2}} {
		got, err := d.Import(ctx, file, collect.ImportOptions{}, dana)
		if err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("import %d: got %+v, want %+v", i+1, got, want)
		}
	}
	inbox := d.inbox(t)
	if len(inbox) != 2 || inbox[0].Site != "doctify" || inbox[0].Stars != 5 {
		t.Errorf("got %+v", inbox)
	}
	if err := os.WriteFile(file, []byte("<html><p>Nothing here</p></html>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(ctx, file, collect.ImportOptions{}, dana); err == nil || !strings.Contains(err.Error(), "does not describe any reviews") {
		t.Errorf("got %v", err)
	}
}
