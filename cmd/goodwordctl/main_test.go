package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"goodword/house"
	"goodword/internal/clock"
	"goodword/internal/practice"
)

// ctl calls the program as a shell would, on a database of the test.
type ctl struct {
	t  *testing.T
	db string
}

func newCtl(t *testing.T) ctl {
	t.Helper()
	c := ctl{t, filepath.Join(t.TempDir(), "practice.db")}
	c.ok("init", "--name", "Alder Street Dental", "--match", "Alder Street", "--phone", "555-0100", "--owner", "Dana Whitlock")
	return c
}

func (c ctl) call(in string, args ...string) (code int, out, errs string) {
	var stdout, stderr bytes.Buffer
	code = run(c.t.Context(), append([]string{"--db", c.db}, args...), strings.NewReader(in), &stdout, &stderr)
	return code, stdout.String(), stderr.String()
}

// both calls and returns what was printed and what was complained of, together.
func (c ctl) both(args ...string) (code int, said string) {
	code, out, errs := c.call("", args...)
	return code, out + errs
}

// ok calls and expects success; it returns what was printed.
func (c ctl) ok(args ...string) string {
	c.t.Helper()
	code, out, errs := c.call("", args...)
	if code != done {
		c.t.Fatalf("%v: exit %d, %s", args, code, errs)
	}
	return out
}

// rows calls with --json and decodes every line.
func (c ctl) rows(args ...string) []map[string]any {
	c.t.Helper()
	var rows []map[string]any
	for line := range strings.Lines(c.ok(append(args, "--json")...)) {
		var row map[string]any
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			c.t.Fatalf("%v: the line is no JSON: %v\n%s", args, err, line)
		}
		rows = append(rows, row)
	}
	return rows
}

// refuses calls and expects the exit code, one sentence that holds the words, and nothing on standard output.
func (c ctl) refuses(code int, words string, args ...string) {
	c.t.Helper()
	got, out, errs := c.call("", args...)
	if got != code || !strings.Contains(errs, words) {
		c.t.Errorf("%v: exit %d, %q; want %d with %q", args, got, errs, code, words)
	}
	if strings.Count(strings.TrimSpace(errs), "\n") != 0 || out != "" {
		c.t.Errorf("%v: want one line of error and nothing else, got %q and %q", args, errs, out)
	}
}

func (c ctl) file(name, text string) string {
	c.t.Helper()
	path := filepath.Join(c.t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		c.t.Fatal(err)
	}
	return path
}

func (c ctl) status() map[string]any { return c.rows("status")[0] }

func TestFromFeedToReport(t *testing.T) {
	c := newCtl(t)
	second := "Alder Street Dental was slow today."
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/" {
			_, _ = fmt.Fprint(w, `<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>`)
			return
		}
		_, _ = fmt.Fprintf(w, `<rss version="2.0"><channel><title>Town talk</title>
			<item><guid>1</guid><title>Alder Street Dental</title><description>Kind and gentle.</description></item>
			<item><guid>2</guid><title>Waiting</title><description>%s</description></item>
			<item><guid>3</guid><title>Weather</title><description>Rain.</description></item></channel></rss>`, second)
	}))
	defer site.Close()

	c.refuses(failed, "inside your own network", "source", "add", site.URL)
	c.ok("source", "add", site.URL, "--allow-private")
	if first := c.rows("collect", "--now")[0]; first["new"] != 2.0 || first["failed"] != 0.0 {
		t.Errorf("first collect: %v; want 2 new", first)
	}
	if again := c.rows("collect", "--now")[0]; again["new"] != 0.0 || again["edited"] != 0.0 {
		t.Errorf("second collect: %v; want nothing new", again)
	}
	second = "Alder Street Dental was slow today, but they apologised nicely."
	if edited := c.rows("collect", "--now")[0]; edited["edited"] != 1.0 || edited["new"] != 0.0 {
		t.Errorf("third collect: %v; want one edited", edited)
	}
	opml := c.ok("source", "export")
	if !strings.Contains(opml, site.URL+"/feed.xml") {
		t.Errorf("the export lacks the feed: %s", opml)
	}
	other := newCtl(t)
	if got := other.rows("source", "import", other.file("feeds.opml", opml), "--allow-private")[0]; got["added"] != 1.0 {
		t.Errorf("imported %v", got)
	}

	table := c.file("reviews.csv", "Name,Stars,Comment,Date\nAda,1,\"The bill was wrong, nobody calls back\",2026-10-01\nBo,5,Lovely,2026-10-02\n")
	if rows := c.rows("import", table, "--preview"); len(rows) != 2 {
		t.Errorf("the preview shows %d rows", len(rows))
	}
	if got := c.status()["mentions"]; got != 2.0 {
		t.Errorf("the preview stored something: %v mentions", got)
	}
	if got := c.rows("import", table)[0]; got["new"] != 2.0 {
		t.Errorf("import: %v", got)
	}
	if got := c.rows("import", table)[0]; got["new"] != 0.0 || got["unchanged"] != 2.0 {
		t.Errorf("second import: %v", got)
	}

	added := c.rows("add", "--text", "I waited an hour and nobody said a word.", "--stars", "2", "--author", "Cy", "--site", "yelp")[0]
	id := fmt.Sprint(added["id"])
	if found := c.rows("inbox", "stars:<3", "source:yelp"); len(found) != 1 || fmt.Sprint(found[0]["id"]) != id {
		t.Errorf("inbox: %v", found)
	}
	for _, key := range []string{"id", "site", "author", "stars", "text", "status", "posted", "seen", "topics", "sentiment"} {
		if _, ok := added[key]; !ok {
			t.Errorf("the contract's %q is missing: %v", key, added)
		}
	}
	draft := c.rows("draft", id)[0]
	if draft["verdict"] != "clear" || draft["text"] == "" {
		t.Errorf("draft: %v", draft)
	}
	if code, out, errs := c.call("", "reply", id, "--text", "Thank you for choosing us. We are sorry your root canal hurt."); code != failed || !strings.Contains(out, "Why:") {
		t.Errorf("an unsafe reply: exit %d, %s %s", code, out, errs)
	}
	c.ok("draft", id)
	if text := c.ok("reply", id); strings.TrimSpace(text) != draft["text"] {
		t.Errorf("reply printed %q, want the draft", text)
	}
	if shown := c.rows("show", id)[0]; shown["status"] != "answering" {
		t.Errorf("copied, but nobody said posted: %v", shown["status"])
	}
	c.ok("reply", id, "--posted")
	if shown := c.rows("show", id)[0]; shown["status"] != "answered" {
		t.Errorf("posted: %v", shown["status"])
	}
	praise := fmt.Sprint(c.rows("inbox", "stars:5")[0]["id"])
	c.ok("close", praise, "--reason", "Praise without a question")
	c.refuses(failed, "Reopen", "close", praise, "--reason", "again")

	for _, ending := range []string{"html", "csv", "xlsx"} {
		report := filepath.Join(t.TempDir(), "report."+ending)
		c.ok("report", "--from", "2026-01-01", "--to", "2026-12-31", "--out", report)
		if info, err := os.Stat(report); err != nil || info.Size() < 200 {
			t.Errorf("the report %s: %v", ending, err)
		}
	}
	if p := c.rows("verify")[0]; p["audit_lines"].(float64) < 5 {
		t.Errorf("verify: %v", p)
	}
}

func TestBackupRestoreVerify(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "Before the backup", "--stars", "4")
	copied := filepath.Join(t.TempDir(), "monday.db")
	c.ok("backup", copied)
	c.ok("add", "--text", "After the backup", "--stars", "4")
	c.ok("restore", copied)
	if got := c.status()["mentions"]; got != 1.0 {
		t.Errorf("after the restore %v mentions, want 1", got)
	}
	c.ok("verify")
	c.refuses(failed, "not a sound", "restore", c.file("letter.db", strings.Repeat("Dear practice ", 100)))
	if err := os.WriteFile(c.db, []byte(strings.Repeat("damage ", 2000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tail := range []string{"-wal", "-shm"} {
		_ = os.Remove(c.db + tail)
	}
	c.refuses(failed, "restore", "verify")
	c.ok("restore", copied)
	c.ok("verify")
}

// Whoever sets the practice up is known to the window.
func TestInitSaysWhoWorksHere(t *testing.T) {
	c := newCtl(t)
	h, err := house.Open(t.Context(), c.db, clock.System())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	id, err := h.Practices.Setting(t.Context(), practice.SettingPerson)
	if err != nil {
		t.Fatal(err)
	}
	people, err := h.Practices.People(t.Context())
	if err != nil || len(people) != 1 || fmt.Sprint(people[0].ID) != id {
		t.Errorf("got %q of %v, %v", id, people, err)
	}
}

func TestSpotlightByHand(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Beth Lindholm", "--role", "staff", "--job", "dental hygienist", "--hired", "2020-01-01")
	id := fmt.Sprint(c.rows("spotlight", "add", "Beth Lindholm", "--reason", "Ten years of kindness")[0]["id"])
	c.ok("spotlight", "move", id)
	c.refuses(failed, "consent", "spotlight", "move", id)
	c.ok("spotlight", "consent", "Beth Lindholm", "--form", "release in the staff file", "--networks", "facebook", "--uses", "name,story,quote,credentials")
	c.ok("spotlight", "move", id)
	c.ok("spotlight", "story", id, "work=I clean teeth and calm nerves", "like=The people I work with")
	c.ok("spotlight", "move", id)
	c.ok("spotlight", "write", id, "facebook")
	c.ok("spotlight", "move", id)
	c.refuses(failed, "reviewed and scheduled", "spotlight", "copy", id, "facebook")
	c.refuses(failed, "4 January 2020, 09:00 has passed", "spotlight", "schedule", id, "2020-01-04 09:00")
	c.ok("spotlight", "schedule", id, "2099-01-04 09:00")
	c.ok("spotlight", "move", id)
	text := c.ok("spotlight", "copy", id, "facebook")
	if !strings.Contains(text, "Beth Lindholm") || !strings.Contains(text, "https://") {
		t.Errorf("copied %q", text)
	}
	row := c.rows("spotlight", "posted", id, "facebook", "--url", "https://facebook.example/1")[0]
	if row["stage"] != "published" {
		t.Errorf("after posting: %v", row["stage"])
	}
	if down := c.ok("spotlight", "withdraw", "1"); !strings.Contains(down, "https://facebook.example/1") {
		t.Errorf("the take-down list lacks the post: %s", down)
	}
	folder := t.TempDir()
	c.ok("spotlight", "export", id, folder)
	if record, err := os.ReadFile(filepath.Join(folder, "spotlight-"+id+".json")); err != nil || !json.Valid(record) {
		t.Errorf("the exported record: %v", err)
	}
}

func TestPolicyByHand(t *testing.T) {
	c := newCtl(t)
	items := c.rows("policy", "list")
	if len(items) != 70 {
		t.Errorf("%d items on the checklist, want 70", len(items))
	}
	c.ok("policy", "answer", fmt.Sprint(items[0]["id"]), "yes", "--evidence", "letter in the folder")
	if open := c.rows("policy", "list", "--open"); len(open) != 69 {
		t.Errorf("%d open, want 69", len(open))
	}
	c.refuses(failed, "moon", "policy", "answer", fmt.Sprint(items[0]["id"]), "moon")
	version := c.rows("policy", "draft", "--summary", "First version")[0]
	c.ok("policy", "put", fmt.Sprint(version["id"]))
	if text := c.ok("policy", "export"); !strings.Contains(text, "Alder Street Dental") {
		t.Errorf("the policy does not name the practice")
	}
	if rows := c.rows("policy", "signed"); len(rows) != 1 || rows[0]["signed"] != nil {
		t.Errorf("before signing: %v", rows)
	}
	c.ok("policy", "sign", "Dana Whitlock")
	if rows := c.rows("policy", "signed"); len(rows) != 1 || rows[0]["signed"] == nil {
		t.Errorf("after signing: %v", rows)
	}
}

func TestCheckAndClassifyByLine(t *testing.T) {
	c := ctl{t, filepath.Join(t.TempDir(), "none.db")}
	in := `{"id":"a","kind":"reply","review":"They hurt me.","text":"Sorry your crown hurt. Call 555-0100."}` + "\n" +
		`{"id":7,"kind":"reply","review":"Great!","text":"Thank you for the kind words."}` + "\n"
	code, out, errs := c.call(in, "check", "--jsonl")
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if code != done || len(lines) != 2 {
		t.Fatalf("exit %d, %q, %s", code, out, errs)
	}
	var first struct {
		ID       string
		Verdict  string
		Findings []struct {
			Rule, Severity, Quote, Why, Basis, Instead string
			Start, End                                 int
		}
	}
	if err := json.Unmarshal([]byte(lines[0]), &first); err != nil {
		t.Fatal(err)
	}
	text := "Sorry your crown hurt. Call 555-0100."
	if first.ID != "a" || first.Verdict != "block" || len(first.Findings) == 0 {
		t.Fatalf("got %+v", first)
	}
	if f := first.Findings[0]; text[f.Start:f.End] != f.Quote || f.Why == "" || f.Basis == "" || f.Instead == "" {
		t.Errorf("got %+v", f)
	}
	if !strings.Contains(lines[1], `"id":7,"verdict":"clear","findings":[]`) {
		t.Errorf("got %s", lines[1])
	}
	code, out, _ = c.call(`{"id":1,"text":"They sent me someone else's chart, a HIPAA violation","stars":1}`, "classify", "--jsonl")
	var judged map[string]any
	if err := json.Unmarshal([]byte(out), &judged); err != nil || code != done {
		t.Fatalf("exit %d, %q", code, out)
	}
	if judged["sentiment"] != "negative" || judged["language"] != "en" || judged["urgency"] == "" || judged["kind"] != "operational complaint" || judged["confidence"] == 0.0 || judged["disagrees"] != false {
		t.Errorf("got %v", judged)
	}
	if code, _, errs = c.call("{broken\n", "check", "--jsonl"); code != failed || !strings.Contains(errs, "Line 1") {
		t.Errorf("a broken line: exit %d, %s", code, errs)
	}
}

func TestBadInputGetsAClearSentence(t *testing.T) {
	c := newCtl(t)
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<html><body>Just a page</body></html>")
	}))
	defer page.Close()
	huge := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = fmt.Fprint(w, "<rss><channel>")
		block := bytes.Repeat([]byte("x"), 1<<20)
		for range 50 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	}))
	defer huge.Close()
	c.refuses(misuse, "Unexpected argument", "dance")
	c.refuses(misuse, "--text", "add")
	c.refuses(misuse, "stars", "add", "--text", "x", "--stars", "9")
	c.refuses(misuse, "search word", "inbox", "colour:red")
	c.refuses(misuse, "stars:1..2", "inbox", "stars<9")
	c.refuses(misuse, "2026-11-22", "report", "--from", "yesterday", "--to", "2026-01-01", "--out", "x.html")
	c.refuses(failed, "feed", "source", "add", page.URL, "--allow-private")
	c.refuses(failed, "large", "source", "add", huge.URL, "--allow-private")
	c.refuses(failed, "table", "import", c.file("photo.csv", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01"))
	c.refuses(failed, "no mention", "show", "99")
	c.refuses(failed, "nobody called", "--as", "Nobody", "add", "--text", "x")
	c.refuses(failed, "already holds the practice", "init", "--name", "Another")
	none := ctl{t, filepath.Join(t.TempDir(), "none.db")}
	none.refuses(failed, "goodwordctl init", "inbox")
	if got := c.status()["mentions"]; got != 0.0 {
		t.Errorf("the bad input left %v mentions", got)
	}
}

func TestWhatIsEnteredTwiceStandsThereOnce(t *testing.T) {
	c := newCtl(t)
	long := "My hygienist was kind, but the front desk kept me waiting for over an hour and then nobody knew where my paperwork was."
	enter := []string{"add", "--text", long, "--stars", "2", "--author", "Sam"}
	id := c.rows(enter...)[0]["id"]
	for name, more := range map[string][]string{"the same": nil, "with its day": {"--date", "2026-11-01"}, "on another site": {"--site", "yelp"}} {
		if row := c.rows(append(enter, more...)...)[0]; row["id"] != id || row["there"] != true {
			t.Errorf("%s: %v, want mention %v, which is there", name, row, id)
		}
	}
	if out := c.ok(enter...); !strings.Contains(out, "already, since ") || strings.Contains(out, "Added") {
		t.Errorf("said %q", out)
	}
	if got := c.status()["mentions"]; got != 1.0 {
		t.Errorf("got %v mentions, want 1", got)
	}
}

// A server often has no language, and Fyne complains about that before main begins; see package early.
func TestAServerWithoutALanguageIsQuiet(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "goodwordctl")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, language := range []string{"", "C", "POSIX", "C.UTF-8", "de_DE.UTF-8"} {
		command := exec.Command(program, "version")
		command.Env = []string{"LANG=" + language, "HOME=" + t.TempDir()}
		var errs bytes.Buffer
		command.Stderr = &errs
		if err := command.Run(); err != nil || errs.Len() > 0 {
			t.Errorf("with LANG=%q: %v, %s", language, err, errs.String())
		}
	}
}
