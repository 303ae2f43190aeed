package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestAddRefusesWhatCannotBe(t *testing.T) {
	c := newCtl(t)
	c.refuses(misuse, "2099-01-02 lies ahead", "add", "--text", "x", "--date", "2099-01-02")
	for _, address := range []string{"javascript:alert(1)", "file:///etc/passwd", "the back door", "https://", "ftp://example.org/a"} {
		c.refuses(misuse, "no address on the web", "add", "--text", "x", "--url", address)
	}
	if got := c.status()["mentions"]; got != 0.0 {
		t.Errorf("what was refused left %v mentions", got)
	}
	row := c.rows("add", "--text", "x", "--date", "2026-01-02", "--url", "https://example.org/reviews/1")[0]
	if row["url"] != "https://example.org/reviews/1" {
		t.Errorf("got %v", row)
	}
}

// A script must see from the exit code that nothing was collected; the counts are printed all the same.
func TestCollectThatReadsNothingFails(t *testing.T) {
	c := newCtl(t)
	var broken atomic.Bool
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if broken.Load() {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		_, _ = fmt.Fprint(w, `<rss version="2.0"><channel><title>Town talk</title></channel></rss>`)
	}))
	defer site.Close()
	if row := c.rows("collect", "--now")[0]; row["visited"] != 0.0 {
		t.Errorf("without a source: %v", row)
	}
	c.ok("source", "add", site.URL+"/a", "--allow-private")
	c.ok("source", "add", site.URL+"/b", "--allow-private")
	c.ok("collect", "--now")
	broken.Store(true)
	code, out, errs := c.call("", "collect", "--now", "--json")
	var row map[string]any
	if err := json.Unmarshal([]byte(out), &row); err != nil || row["visited"] != 2.0 || row["failed"] != 2.0 {
		t.Errorf("got %q, want the counts", out)
	}
	if code != failed || !strings.Contains(errs, "None of the 2 sources could be read") {
		t.Errorf("exit %d, %q; want %d and a sentence", code, errs, failed)
	}
	if code, _, errs = c.call("", "collect", "--source", "1"); code != failed || !strings.Contains(errs, "The source could not be read") {
		t.Errorf("one source: exit %d, %q", code, errs)
	}
}

// The verdict is the answer; the exit code says whether there is one.
func TestCheckThatBlocksIsDone(t *testing.T) {
	c := newCtl(t)
	if out := c.ok("check", c.file("reply.txt", "Sorry your root canal on Tuesday hurt.")); !strings.HasPrefix(out, "block\n") {
		t.Errorf("got %q, want block first", out)
	}
	if help := c.ok("check", "--help"); !strings.Contains(help, "exits with 0") {
		t.Errorf("the help does not say what the exit code means: %s", help)
	}
}

// The answers come in the order given, although the first server is the slowest, and the waiting is shared.
func TestSourceCheckLooksAtSeveral(t *testing.T) {
	var now, most atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		for have := most.Load(); n > have && !most.CompareAndSwap(have, n); have = most.Load() {
		}
		pause := 50 * time.Millisecond
		if r.URL.Path == "/0" {
			pause = 300 * time.Millisecond
		}
		time.Sleep(pause)
		_, _ = fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title></channel></rss>`, r.URL.Path)
	}))
	defer site.Close()
	args := []string{"source", "check", "--allow-private"}
	var want []string
	for i := range 12 {
		want = append(want, fmt.Sprintf("%s/%d", site.URL, i))
	}
	rows := ctl{t, filepath.Join(t.TempDir(), "none.db")}.rows(append(args, want...)...)
	if len(rows) != len(want) {
		t.Fatalf("%d answers, want %d", len(rows), len(want))
	}
	for i, row := range rows {
		if row["address"] != want[i] || row["error"] != "" {
			t.Errorf("answer %d: %v, want %s", i, row, want[i])
		}
	}
	if got := most.Load(); got < 2 || got > lookers {
		t.Errorf("%d looks at a time, want 2 to %d", got, lookers)
	}
}

// Days and hours are those of the practice, wherever the computer stands.
func TestTheClockIsThePractices(t *testing.T) {
	here := time.Local
	time.Local = time.FixedZone("far away", -10*3600)
	defer func() { time.Local = here }()
	c := ctl{t, filepath.Join(t.TempDir(), "practice.db")}
	c.ok("init", "--name", "Alder Street Dental", "--time-zone", "Pacific/Auckland", "--owner", "Dana Whitlock")
	id := fmt.Sprint(c.rows("add", "--text", "x", "--date", "2026-06-01 08:00")[0]["id"])
	if got, want := c.rows("show", id)[0]["posted"], "2026-05-31T20:00:00Z"; got != want {
		t.Errorf("08:00 in Auckland is %v, want %s", got, want)
	}
	zone, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Skipf("this computer knows no time zones: %v", err)
	}
	page := c.ok("show", id)
	stamp := time.Now().In(zone)
	if !strings.Contains(page, "2026-06-01") || !strings.Contains(page, stamp.Format("2006-01-02 15:")) && !strings.Contains(page, stamp.Add(-time.Minute).Format("2006-01-02 15:")) {
		t.Errorf("the page is by another clock than the practice's, %s:\n%s", stamp, page)
	}
	if list := c.ok("inbox"); !strings.Contains(list, "2026-06-01") {
		t.Errorf("the list is by another clock: %s", list)
	}
}

// A full disk gets one sentence, whichever verb meets it.
func TestEveryVerbOnAFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("only the administrator of a Linux computer may mount a small disk")
	}
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v, %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", small).CombinedOutput(); err != nil {
			t.Errorf("the small disk stays mounted: %v, %s", err, out)
		}
	})
	if err := os.WriteFile(filepath.Join(small, "ballast"), make([]byte, 56<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	c := newCtl(t)
	c.ok("add", "--text", "Kind words", "--stars", "5")
	whole := filepath.Join(t.TempDir(), "whole.db")
	c.ok("backup", whole)
	there := ctl{t, filepath.Join(small, "practice.db")}
	c.refuses(failed, "no room for "+filepath.Join(small, "b.db"), "backup", filepath.Join(small, "b.db"))
	there.refuses(failed, "no room for "+there.db, "restore", whole)
	for _, ending := range []string{"html", "csv", "xlsx"} {
		file := filepath.Join(small, "report."+ending)
		if err := os.WriteFile(filepath.Join(small, "rest"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		fill(t, filepath.Join(small, "rest"))
		c.refuses(failed, "no room for "+file, "report", "--from", "2026-01-01", "--to", "2026-12-31", "--out", file)
	}
	entries, err := os.ReadDir(small)
	if err != nil || len(entries) != 2 {
		t.Errorf("something half-written stayed: %v, %v", entries, err)
	}
}

// fill writes until the disk has no room.
func fill(t *testing.T, file string) {
	t.Helper()
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for range 1024 {
		if _, err := f.Write(make([]byte, 4096)); err != nil {
			return
		}
	}
	t.Fatal("the small disk is not full")
}
