package sitetest

import (
	_ "embed"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

//go:embed wordpress.php
var wordpressScript string

// WordPress is a site made with WordPress, which runs in a folder of its own.
type WordPress struct {
	URL         string
	php, folder string
}

// runWordPress starts the database and the site, and ends both when its standard input does, with what is being done on the site: then nothing is
// left, however the test ended.
const runWordPress = `trap '' INT HUP
"$1" --no-defaults --user="$(id -un)" --datadir="$3/data" --socket="$3/db" --skip-networking --skip-grant-tables --pid-file="$3/pid" \
	--innodb-buffer-pool-size=16M --innodb-log-file-size=4M --innodb-flush-log-at-trx-commit=0 &
db=$!
"$2" -d sendmail_path=/bin/true -S "$4" "$3/wordpress.php" &
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

// ServeWordPress starts a WordPress whose editor is named editor.
func ServeWordPress(t *testing.T) *WordPress {
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
	at := "127.0.0.1:" + FreePort(t)
	w := &WordPress{URL: "http://" + at, php: php, folder: folder}
	plain := filepath.Join(folder, "content", "themes", "plain")
	for _, path := range []string{filepath.Join(folder, "data"), plain} {
		if err := os.MkdirAll(path, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	files := map[string]string{w.script(): wordpressScript}
	for name, text := range theme {
		files[filepath.Join(plain, name)] = text
	}
	for path, text := range files {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
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
	w.Do(t, `wp_install('Harbor Gazette', 'editor', 'editor@gazette.example', true, '', 'sesame'); switch_theme('plain');`, "install")
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

func (w *WordPress) script() string { return filepath.Join(w.folder, "wordpress.php") }

func (w *WordPress) environment() []string {
	return append(os.Environ(), "GOODWORD_WORDPRESS="+w.folder, "GOODWORD_SITE="+w.URL)
}

// Do has WordPress do something on the site, and returns what it says.
func (w *WordPress) Do(t *testing.T, php string, how ...string) string {
	t.Helper()
	command := exec.Command(w.php, append([]string{"-d", "sendmail_path=/bin/true", "-d", "display_errors=stderr", w.script()}, how...)...)
	command.Env, command.Stdin = w.environment(), strings.NewReader(php)
	var said strings.Builder
	command.Stderr = &said
	out, err := command.Output()
	if err != nil || said.Len() > 0 {
		t.Fatalf("WordPress: %v: %s%s", err, out, said.String())
	}
	return string(out)
}

// FreePort is a port of this computer at which nobody listens.
func FreePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
