package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
)

// asProgram makes the binary of these tests the program itself, in a process that can be killed.
const asProgram = "GOODWORD_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// killing is a practice whose program is killed again and again, with a server whose feeds and a file whose rows grow all the while.
type killing struct {
	ctl
	site  *httptest.Server
	grown atomic.Int64
	file  string
	known map[string]bool // what was stored so far, by source and key
}

const (
	killFeeds = 40
	feedStart = 20 // entries in each feed, and how many more each time it grows
	feedGrows = 5
	rowStart  = 2500 // rows of the file
	rowGrows  = 300
)

func newKilling(t *testing.T) *killing {
	t.Helper()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("starts and kills processes many times")
	}
	k := &killing{ctl: newCtl(t), known: map[string]bool{}}
	k.site = httptest.NewServer(http.HandlerFunc(k.serve))
	t.Cleanup(k.site.Close)
	var list strings.Builder
	list.WriteString(`<opml version="2.0"><body>`)
	for i := range killFeeds {
		fmt.Fprintf(&list, `<outline type="rss" text="Feed %d" xmlUrl="%s/%d"/>`, i, k.site.URL, i)
	}
	list.WriteString(`</body></opml>`)
	k.ok("source", "import", k.ctl.file("feeds.opml", list.String()), "--allow-private")
	k.file = k.ctl.file("export.csv", "")
	k.grow(0)
	return k
}

func (k *killing) serve(w http.ResponseWriter, r *http.Request) {
	time.Sleep(time.Duration(rand.IntN(30)) * time.Millisecond)
	feed := strings.Trim(r.URL.Path, "/")
	_, _ = fmt.Fprintf(w, `<rss version="2.0"><channel><title>Feed %s</title>`, feed)
	for i := range feedStart + feedGrows*int(k.grown.Load()) {
		_, _ = fmt.Fprintf(w, `<item><guid>%s-%d</guid><title>Alder Street</title><description>%s</description></item>`, feed, i, words("feed"+feed, i))
	}
	_, _ = fmt.Fprint(w, `</channel></rss>`)
}

// words are a review that is like no other, so that none is taken for the same story.
func words(where string, i int) string {
	r := rand.New(rand.NewPCG(uint64(i), uint64(len(where))+uint64(where[len(where)-1])<<8+uint64(where[len(where)-2])<<16))
	text := "Alder Street"
	for range 12 {
		text += " w" + strconv.FormatUint(r.Uint64(), 36)
	}
	return text
}

func (k *killing) grow(to int) {
	k.grown.Store(int64(to))
	var rows strings.Builder
	rows.WriteString("id,date,stars,author,text\n")
	for i := range rowStart + rowGrows*to {
		fmt.Fprintf(&rows, "row-%d,2025-03-%02d,%d,Writer %d,%s\n", i, i%28+1, i%5+1, i, words("rows", i))
	}
	if err := os.WriteFile(k.file, []byte(rows.String()), 0o600); err != nil {
		k.t.Fatal(err)
	}
}

// whole is how many mentions there are when nothing is missing.
func (k *killing) whole() int {
	n := int(k.grown.Load())
	return killFeeds*(feedStart+feedGrows*n) + rowStart + rowGrows*n
}

func (k *killing) start(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], append([]string{"--db", k.db, "--json"}, args...)...)
	command.Env = append(command.Environ(), asProgram+"=1")
	command.Stdout, command.Stderr = new(strings.Builder), new(strings.Builder)
	if err := command.Start(); err != nil {
		k.t.Fatal(err)
	}
	return command
}

// check proves the database, that nothing is missing that was there before, and that nothing is there twice. It returns how many there are.
func (k *killing) check(when string) int {
	k.t.Helper()
	ctx := context.Background()
	db, err := database.Open(ctx, k.db, clock.System())
	if err != nil {
		k.t.Fatalf("%s: %v", when, err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			k.t.Errorf("%s: %v", when, err)
		}
	}()
	var sound string
	if err := db.Reader().QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&sound); err != nil || sound != "ok" {
		k.t.Fatalf("%s: the database is not sound: %s, %v", when, sound, err)
	}
	var all, texts, found int
	err = db.Reader().QueryRowContext(ctx, `SELECT COUNT(*), COUNT(DISTINCT text), (SELECT COUNT(*) FROM mentions_words WHERE mentions_words MATCH 'alder') FROM mentions`).Scan(&all, &texts, &found)
	if err != nil {
		k.t.Fatalf("%s: %v", when, err)
	}
	if all != texts {
		k.t.Fatalf("%s: got %d mentions with %d texts, want nothing twice", when, all, texts)
	}
	rows, err := db.Reader().QueryContext(ctx, `SELECT source_id || ' ' || key FROM mentions`)
	if err != nil {
		k.t.Fatalf("%s: %v", when, err)
	}
	defer func() { _ = rows.Close() }()
	now := make(map[string]bool, all)
	for rows.Next() {
		var key string
		if err := rows.Scan(&key); err != nil {
			k.t.Fatal(err)
		}
		now[key] = true
	}
	for key := range k.known {
		if !now[key] {
			k.t.Fatalf("%s: %q was stored and is missing", when, key)
		}
	}
	k.known = now
	return all
}

// finish runs everything to its end and checks that it is whole: each entry once, each findable.
func (k *killing) finish() {
	k.t.Helper()
	k.ok("collect", "--now")
	k.ok("import", k.file)
	k.ok("verify")
	if got, want := k.check("at the end"), k.whole(); got != want {
		k.t.Errorf("got %d mentions at the end, want %d", got, want)
	}
	for range 20 { // the search index may lag a moment behind
		if found := strings.Count(k.ok("inbox", "--json", "--limit", strconv.Itoa(k.whole()+1), "alder"), "\n"); found == k.whole() {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	k.t.Error("not every mention can be found by its words")
}

// TestKilledAtAnyMoment kills the program while it collects and while it imports. GOODWORD_KILLS says how many times.
func TestKilledAtAnyMoment(t *testing.T) {
	k := newKilling(t)
	kills := 20
	if n, err := strconv.Atoi(os.Getenv("GOODWORD_KILLS")); err == nil {
		kills = n
	}
	work := [][]string{{"collect", "--now"}, {"import", k.file}}
	longest := [2]time.Duration{time.Second, time.Second} // of a life; it follows how long a run takes on this computer
	killed, ended, stored := [2]int{}, 0, 0
	for i := range kills {
		if i > 0 && i%10 == 0 {
			k.grow(i / 10)
		}
		before, which := len(k.known), i%2
		command := k.start(work[which]...)
		time.Sleep(time.Duration(rand.Int64N(int64(longest[which]))))
		_ = command.Process.Kill()
		err := command.Wait()
		all := k.check(fmt.Sprintf("kill %d (%s)", i, work[which][0]))
		if all > before {
			stored++
		}
		if err != nil {
			killed[which]++
			longest[which] = min(longest[which]*5/4, 20*time.Second)
			continue
		}
		ended++
		longest[which] = max(longest[which]*2/3, 100*time.Millisecond)
		if out := command.Stdout.(*strings.Builder).String(); !strings.Contains(out, fmt.Sprintf(`"new":%d,`, all-before)) {
			t.Errorf("run %d reported %s, and %d mentions are new", i, strings.TrimSpace(out), all-before)
		}
	}
	t.Logf("killed %d times while collecting, %d times while importing; %d runs had ended before; %d runs stored something; %d mentions then", killed[0], killed[1], ended, stored, len(k.known))
	if kills >= 20 && (killed[0] == 0 || killed[1] == 0) {
		t.Error("no run was killed under way")
	}
	k.finish()
}

// TestTwoCollectorsAtOnce has several programs write the same things into one database at the same time.
func TestTwoCollectorsAtOnce(t *testing.T) {
	k := newKilling(t)
	commands := []*exec.Cmd{k.start("collect", "--now"), k.start("collect", "--now"), k.start("import", k.file)}
	for i, command := range commands {
		if err := command.Wait(); err != nil {
			t.Errorf("program %d: %v, %s", i, err, command.Stderr)
		}
	}
	if got, want := k.check("after both"), k.whole(); got != want {
		t.Errorf("got %d mentions, want %d", got, want)
	}
	k.finish()
}

// TestAFullDiskLosesNothing collects onto a disk that is too small, makes room, and collects again.
func TestAFullDiskLosesNothing(t *testing.T) {
	if runtime.GOOS != "linux" || os.Getuid() != 0 {
		t.Skip("only the administrator of a Linux computer may mount a small disk")
	}
	k := newKilling(t)
	small := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=5m", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("a small disk cannot be mounted here: %v, %s", err, out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", small).CombinedOutput(); err != nil {
			t.Errorf("the small disk stays mounted: %v, %s", err, out)
		}
	})
	whole := filepath.Join(t.TempDir(), "whole.db")
	k.ok("backup", whole)
	k.db = filepath.Join(small, "practice.db")
	k.ok("restore", whole)
	k.check("before")
	ballast := filepath.Join(small, "ballast")
	_ = os.WriteFile(ballast, make([]byte, 5<<20), 0o600) // fails when the disk is full, which is what it is for
	info, err := os.Stat(ballast)
	if err != nil || info.Size() >= 5<<20 {
		t.Fatalf("the small disk is not full: %v", err)
	}
	if err := os.Truncate(ballast, info.Size()-(600<<10)); err != nil { // room for the beginning only
		t.Fatal(err)
	}
	for _, args := range [][]string{{"collect", "--now"}, {"import", k.file}} {
		command := k.start(args...)
		if err := command.Wait(); err == nil || !strings.Contains(fmt.Sprint(command.Stderr), "no room") {
			t.Errorf("%v: got %v, %s; want it to say that there is no room", args, err, command.Stderr)
		}
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	k.check("with room again")
	k.finish()
}
