package collect_test

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/reviews"
	"goodword/reviews/collect"
)

// wordpress is a real site made with WordPress, which runs in a folder of its own.
type wordpress struct {
	php, folder, site string
}

// runWordPress starts the database and the site, and ends both when its standard input does, with what is being done on the site: then nothing is
// left, however the test ended.
const runWordPress = `trap '' INT HUP
"$1" --no-defaults --user="$(id -un)" --datadir="$3/data" --socket="$3/db" --skip-networking --skip-grant-tables --pid-file="$3/pid" \
	--innodb-buffer-pool-size=16M --innodb-log-file-size=4M --innodb-flush-log-at-trx-commit=0 &
db=$!
"$2" -d sendmail_path=/bin/true -S "$4" testdata/wordpress.php &
site=$!
read -r end
kill $site $db $(cat "$3/doing" 2>/dev/null)
wait
rm -rf "$3"`

// theme is the least that a theme has to do.
var theme = map[string]string{
	"style.css":     "/* Theme Name: Plain */",
	"functions.php": "<?php add_theme_support('automatic-feed-links'); add_theme_support('title-tag');",
	"index.php":     "<!DOCTYPE html><html <?php language_attributes(); ?>><head><?php wp_head(); ?></head><body><?php while (have_posts()) { the_post(); the_title('<h2>', '</h2>'); the_content(); } wp_footer(); ?></body></html>",
}

// serveWordPress starts a WordPress on this computer, or skips the test where there is none.
func serveWordPress(t *testing.T) *wordpress {
	t.Helper()
	if testing.Short() {
		t.Skip("a WordPress takes some seconds to set up")
	}
	const packages = "(Debian: apt-get install --no-install-recommends wordpress php-cli php-mysql php-xml php-mbstring mariadb-server)"
	php, err := exec.LookPath("php")
	if err != nil || !exists("/usr/share/wordpress/wp-settings.php") {
		t.Skip("there is no WordPress with PHP on this computer " + packages)
	}
	database, err := exec.LookPath("mariadbd")
	if err != nil {
		if database = "/usr/sbin/mariadbd"; !exists(database) {
			t.Skip("there is no MariaDB on this computer " + packages)
		}
	}
	if exec.Command(php, "-r", "exit(extension_loaded('mysqli') && extension_loaded('xml') && extension_loaded('mbstring') ? 0 : 1);").Run() != nil {
		t.Skip("PHP lacks an extension that WordPress needs " + packages)
	}
	folder, err := os.MkdirTemp("", "gw") // short, for the name of its socket
	if err != nil {
		t.Fatal(err)
	}
	at := "127.0.0.1:" + freePort(t)
	w := &wordpress{php: php, folder: folder, site: "http://" + at}
	plain := filepath.Join(folder, "content", "themes", "plain")
	for _, path := range []string{filepath.Join(folder, "data"), plain} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for name, text := range theme {
		if err := os.WriteFile(filepath.Join(plain, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	said, err := os.Create(filepath.Join(folder, "log"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = said.Close() }()
	servers := exec.Command("sh", "-c", runWordPress, "sh", database, php, folder, at)
	servers.Env, servers.Stdout, servers.Stderr = w.environment(), said, said
	stop, err := servers.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := servers.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = errors.Join(stop.Close(), servers.Wait())
		if exists(folder) {
			t.Errorf("%s was left behind", folder)
		}
	})
	for _, door := range [][2]string{{"unix", filepath.Join(folder, "db")}, {"tcp", at}} {
		if !opens(door[0], door[1]) {
			log, _ := os.ReadFile(said.Name())
			t.Fatalf("WordPress did not start: %s", log)
		}
	}
	w.do(t, `wp_install('Harbor Gazette', 'editor', 'editor@gazette.example', true, '', 'sesame'); switch_theme('plain');`, "install")
	return w
}

// opens reports whether a server begins to listen within ten seconds.
func opens(network, address string) bool {
	for range 200 {
		if conn, err := net.Dial(network, address); err == nil {
			_ = conn.Close()
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func (w *wordpress) environment() []string {
	return append(os.Environ(), "GOODWORD_WORDPRESS="+w.folder, "GOODWORD_SITE="+w.site)
}

// do has WordPress do something on the site, and returns what it says.
func (w *wordpress) do(t *testing.T, php string, how ...string) string {
	t.Helper()
	command := exec.Command(w.php, append([]string{"-d", "sendmail_path=/bin/true", "-d", "display_errors=stderr", "testdata/wordpress.php"}, how...)...)
	command.Env, command.Stdin = w.environment(), strings.NewReader(php)
	var said strings.Builder
	command.Stderr = &said
	out, err := command.Output()
	if err != nil || said.Len() > 0 {
		t.Fatalf("WordPress: %v: %s%s", err, out, said.String())
	}
	return string(out)
}

// publish is a new post of an hour ago.
func (w *wordpress) publish(t *testing.T, title, text string) string {
	t.Helper()
	return w.do(t, fmt.Sprintf(`echo wp_insert_post(['post_author' => 1, 'post_title' => %q, 'post_content' => %q, 'post_status' => 'publish', 'post_date' => current_datetime()->modify('-1 hour')->format('Y-m-d H:i:s')]);`, title, text))
}

// comment is what a reader said below a post, or in answer to another comment, some minutes ago. Approved it stands there at once; otherwise it waits
// for the editor.
func (w *wordpress) comment(t *testing.T, post, parent, author, text string, minutes, approved int) string {
	t.Helper()
	return w.do(t, fmt.Sprintf(`echo wp_insert_comment(['comment_post_ID' => %s, 'comment_parent' => %s, 'comment_author' => %q, 'comment_author_email' => 'reader@gazette.example', 'comment_content' => %q,
		'comment_date' => current_datetime()->modify('-%d minutes')->format('Y-m-d H:i:s'), 'comment_approved' => %d]);`, post, parent, author, text, minutes, approved))
}

// addresses sets the form of the addresses of posts; none is /?p=1.
func (w *wordpress) addresses(t *testing.T, form string) {
	t.Helper()
	w.do(t, fmt.Sprintf(`global $wp_rewrite; $wp_rewrite->set_permalink_structure('%s'); flush_rewrite_rules();`, form))
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
	w := serveWordPress(t)
	w.addresses(t, "/%year%/%monthnum%/%postname%/")
	post := w.publish(t, "Opening", "Bright Harbor opens on Pearl Street.")
	ann := w.comment(t, post, "0", "Ann", "Bright Harbor was lovely & quick.", 40, 1)
	cleo := w.comment(t, post, "0", "Cleo", "Nobody at Bright Harbor answers the telephone.", 30, 0)
	w.comment(t, post, ann, "Ben", "I waited an hour there, at Bright Harbor.", 20, 1)
	d := open(t, "Bright Harbor")
	d.at.Store(time.Now().Unix())
	posts, comments := d.follow(t, w.site, "Posts of the site"), d.follow(t, w.site, "Comments of readers")
	do := func(php string, args ...any) func() {
		return func() { w.do(t, fmt.Sprintf(php, args...)) }
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

	plain := d.add(t, w.site, collect.AddOptions{})
	if plain.Address != w.site+"/feed/" {
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
		of := w.do(t, fmt.Sprintf(`echo get_permalink(%s);`, post))
		for _, page := range []string{w.site, w.site + "/wp-login.php", of, strings.TrimSuffix(of, "/") + "#comment-" + ann} {
			for what, want := range map[string]string{"Posts of the site": form.posts, "Comments of readers": form.comments} {
				draft, err := d.LookKind(ctx, "wordpress", reviews.Options{"site": page, "what": what}, true)
				if err != nil || draft.Source.Address != w.site+want || len(draft.Entries) < 2 {
					t.Errorf("%s, %s: got %s with %d entries (%v), want %s", page, what, draft.Source.Address, len(draft.Entries), err, want)
				}
			}
		}
	}
}
