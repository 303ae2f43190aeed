package collect_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"goodword/internal/sitetest"
	"goodword/reviews"
	"goodword/reviews/collect"
)

// wordpress is a real site, to be written on.
type wordpress struct{ *sitetest.WordPress }

// publish is a new post of an hour ago.
func (w wordpress) publish(t *testing.T, title, text string) string {
	t.Helper()
	return w.Do(t, fmt.Sprintf(`echo wp_insert_post(['post_author' => 1, 'post_title' => %q, 'post_content' => %q, 'post_status' => 'publish', 'post_date' => current_datetime()->modify('-1 hour')->format('Y-m-d H:i:s')]);`, title, text))
}

// comment is what a reader said below a post, or in answer to another comment, some minutes ago. Approved it stands there at once; otherwise it waits
// for the editor.
func (w wordpress) comment(t *testing.T, post, parent, author, text string, minutes, approved int) string {
	t.Helper()
	return w.Do(t, fmt.Sprintf(`echo wp_insert_comment(['comment_post_ID' => %s, 'comment_parent' => %s, 'comment_author' => %q, 'comment_author_email' => 'reader@gazette.example', 'comment_content' => %q,
		'comment_date' => current_datetime()->modify('-%d minutes')->format('Y-m-d H:i:s'), 'comment_approved' => %d]);`, post, parent, author, text, minutes, approved))
}

// addresses sets the form of the addresses of posts; none is /?p=1.
func (w wordpress) addresses(t *testing.T, form string) {
	t.Helper()
	w.Do(t, fmt.Sprintf(`global $wp_rewrite; $wp_rewrite->set_permalink_structure('%s'); flush_rewrite_rules();`, form))
}

func (d *desk) follow(t *testing.T, site, what string) reviews.Source {
	t.Helper()
	draft, err := d.LookKind(ctx, "wordpress", reviews.Options{"site": site, "what": what}, true)
	if err != nil {
		t.Fatalf("%s of %s: %v", what, site, err)
	}
	source, err := d.AddDraft(ctx, draft, collect.AddOptions{}, dana)
	if err != nil {
		t.Fatal(err)
	}
	return source
}

// answered is the status of the last visit to a source.
func (d *desk) answered(t *testing.T, source reviews.Source) int {
	t.Helper()
	visits, err := d.store.Visits(ctx, source.ID, 1)
	if err != nil || len(visits) != 1 {
		t.Fatalf("got %d visits (%v)", len(visits), err)
	}
	return visits[0].Status
}

// TestWordPressServer follows the posts and the comments of a site through what happens there in a year.
func TestWordPressServer(t *testing.T) {
	w := wordpress{sitetest.ServeWordPress(t)}
	w.addresses(t, "/%year%/%monthnum%/%postname%/")
	post := w.publish(t, "Opening", "Bright Harbor opens on Pearl Street.")
	ann := w.comment(t, post, "0", "Ann", "Bright Harbor was lovely & quick.", 40, 1)
	cleo := w.comment(t, post, "0", "Cleo", "Nobody at Bright Harbor answers the telephone.", 30, 0)
	w.comment(t, post, ann, "Ben", "I waited an hour there, at Bright Harbor.", 20, 1)
	d := open(t, "Bright Harbor")
	d.at.Store(time.Now().Unix())
	posts, comments := d.follow(t, w.URL, "Posts of the site"), d.follow(t, w.URL, "Comments of readers")
	do := func(php string, args ...any) func() {
		return func() { w.Do(t, fmt.Sprintf(php, args...)) }
	}
	steps := []struct {
		name            string
		do              func()
		posts, comments int // how the site answers
		want            collect.Totals
	}{
		{"first visit", func() {}, 200, 200, collect.Totals{New: 3, Ignored: 2}},
		{"second visit", func() {}, 304, 200, collect.Totals{Unchanged: 2}},
		{"an edited post", do(`wp_update_post(['ID' => %s, 'post_content' => 'Bright Harbor opens on Bell Street.']);`, post), 200, 200, collect.Totals{Edited: 1, Unchanged: 1, Ignored: 2}},
		{"a new comment", func() { w.comment(t, post, "0", "Dee", "Bright Harbor saved my tooth.", 0, 1) }, 304, 200, collect.Totals{New: 1, Unchanged: 1, Ignored: 1}},
		{"an older comment that the editor let in later", do(`wp_set_comment_status(%s, 'approve');`, cleo), 304, 200, collect.Totals{New: 1, Unchanged: 1, Ignored: 1}},
		{"an edited comment", do(`wp_update_comment(['comment_ID' => %s, 'comment_content' => 'Bright Harbor was slow.']);`, ann), 304, 200, collect.Totals{Edited: 1, Unchanged: 1, Ignored: 1}},
		{"a comment taken away", do(`wp_delete_comment(%s, true);`, cleo), 304, 200, collect.Totals{Unchanged: 2, Ignored: 1}},
		{"another form of addresses", func() { w.addresses(t, "/%postname%/") }, 304, 200, collect.Totals{Unchanged: 2, Ignored: 1}},
		{"a new title, which each of the three comments has in its own", do(`wp_update_post(['ID' => %s, 'post_title' => 'The opening']);`, post), 200, 200, collect.Totals{Edited: 4, Ignored: 2}},
	}
	for _, step := range steps {
		step.do()
		d.later(time.Hour)
		step.want.Visited = 2
		if got := d.collect(t); got != step.want {
			t.Errorf("%s: got %+v, want %+v", step.name, got, step.want)
		}
		if p, c := d.answered(t, posts), d.answered(t, comments); p != step.posts || c != step.comments {
			t.Errorf("%s: the site answered %d and %d, want %d and %d", step.name, p, c, step.posts, step.comments)
		}
	}
	got := map[string]string{} // by who said it
	for _, m := range d.inbox(t) {
		if got[m.Author] != "" {
			t.Errorf("%s has more than one mention", m.Author)
		}
		got[m.Author] = fmt.Sprintf("%s: %s (%d)", m.Title, m.Text, m.Revisions)
	}
	want := map[string]string{
		"editor": "The opening: Bright Harbor opens on Bell Street. (2)",
		"Ann":    "Comment on The opening by Ann: Bright Harbor was slow. (2)",
		"Ben":    "Comment on The opening by Ben: In reply to Ann.\n\nI waited an hour there, at Bright Harbor. (1)",
		"Cleo":   "Comment on Opening by Cleo: Nobody at Bright Harbor answers the telephone. (0)",
		"Dee":    "Comment on The opening by Dee: Bright Harbor saved my tooth. (1)",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}

	plain := d.add(t, w.URL, collect.AddOptions{})
	if plain.Address != w.URL+"/feed/" {
		t.Errorf("the feed behind the first page is %s", plain.Address)
	}
	if got, want := d.collect(t), (collect.Totals{Visited: 3, Unchanged: 2, Duplicates: 1, Ignored: 1}); got != want {
		t.Errorf("the same posts as a plain feed: got %+v, want %+v", got, want)
	}
	if d.collect(t); d.answered(t, plain) != 304 {
		t.Errorf("the plain feed was answered with %d, want 304", d.answered(t, plain))
	}

	// Whatever form the addresses of the site have and whichever of its pages was copied, its feeds are found.
	for _, form := range []struct{ form, posts, comments string }{
		{"/%postname%/", "/feed/", "/comments/feed/"},
		{"/index.php/%postname%/", "/?feed=rss2", "/?feed=comments-rss2"},
		{"", "/?feed=rss2", "/?feed=comments-rss2"},
	} {
		w.addresses(t, form.form)
		of := w.Do(t, fmt.Sprintf(`echo get_permalink(%s);`, post))
		for _, page := range []string{w.URL, w.URL + "/wp-login.php", of, strings.TrimSuffix(of, "/") + "#comment-" + ann} {
			for what, want := range map[string]string{"Posts of the site": form.posts, "Comments of readers": form.comments} {
				draft, err := d.LookKind(ctx, "wordpress", reviews.Options{"site": page, "what": what}, true)
				if err != nil || draft.Source.Address != w.URL+want || len(draft.Entries) < 2 {
					t.Errorf("%s, %s: got %s with %d entries (%v), want %s", page, what, draft.Source.Address, len(draft.Entries), err, want)
				}
			}
		}
	}
}
