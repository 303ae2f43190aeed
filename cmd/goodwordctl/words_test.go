package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A person at a server reads one sentence, without the words of programmers in it.
func TestSentencesNameTheThingAndTheWayOut(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "The bill was wrong", "--stars", "1")
	folder := t.TempDir()
	contacts := c.file("contacts.csv", "id,email\n1,a@example.org\n")
	for _, call := range []struct {
		code int
		want string
		args []string
	}{
		{misuse, `<id> needs a whole number, not "x". "goodwordctl show --help"`, []string{"show", "x"}},
		{misuse, "--limit needs a value", []string{"inbox", "--limit"}},
		{misuse, `"goodwordctl source --help" explains the call`, []string{"source", "dance"}},
		{misuse, "The practice needs a name. Give --name NAME.", []string{"init", "--name", " "}},
		{misuse, "Give --text TEXT or --stars N.", []string{"add"}},
		{misuse, "6 stars are not possible; give 1 to 5, or none.", []string{"add", "--text", "x", "--stars", "6"}},
		{misuse, "stars:none.", []string{"inbox", "stars:many"}},
		{misuse, "the roles are owner, compliance,", []string{"staff", "add", "Bo", "--role", "king"}},
		{failed, "There is no spotlight with number 9.", []string{"spotlight", "show", "9"}},
		{failed, `There is nobody called "Bo" on the staff list.`, []string{"escalate", "1", "--to", "Bo", "--reason", "threat"}},
		{failed, "There is no file " + filepath.Join(folder, "none.csv") + ".", []string{"import", filepath.Join(folder, "none.csv")}},
		{failed, "There is no file " + filepath.Join(folder, "none.opml") + ".", []string{"source", "import", filepath.Join(folder, "none.opml")}},
		{failed, "There is no file " + filepath.Join(folder, "none.txt") + ".", []string{"check", filepath.Join(folder, "none.txt")}},
		{failed, "--map text=COLUMN; the columns are: id, email.", []string{"import", contacts}},
		{failed, "is a folder", []string{"backup", folder}},
		{failed, "Add --allow-private to allow it.", []string{"source", "add", "http://127.0.0.1:9/feed"}},
		{failed, "holds no text", []string{"policy", "draft", "--summary", "x", c.file("policy.txt", " \n")}},
	} {
		c.refuses(call.code, call.want, call.args...)
		if _, _, errs := c.call("", call.args...); strings.Contains(errs, "no such record") || strings.Contains(errs, "wrong use") || strings.Contains(errs, "no such file") {
			t.Errorf("%v: %s", call.args, errs)
		}
	}
}

func TestNobodySignsForAnother(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Beth Lindholm")
	c.ok("policy", "draft", "--summary", "First version")
	c.ok("policy", "put", "1")
	c.refuses(failed, "only Beth Lindholm can sign", "policy", "sign", "Beth Lindholm")
	c.ok("--as", "Beth Lindholm", "policy", "sign", "Beth Lindholm")
	c.refuses(failed, "another person", "policy", "sign", "Dana Whitlock", "--on-paper")
	c.ok("policy", "sign", "Dana Whitlock", "--on-paper", "--witness", "Beth Lindholm")
	c.refuses(failed, "by the owner", "--as", "Beth Lindholm", "policy", "refuse", "Dana Whitlock", "--reason", "No")
	scan := c.file("sheet.pdf", "%PDF-1.7")
	if got := c.ok("policy", "signed"); !strings.Contains(got, "sheet missing") {
		t.Errorf("got %s", got)
	}
	c.ok("policy", "sheet", "Dana Whitlock", scan)
	c.refuses(failed, "lacks its sheet", "policy", "sheet", "Dana Whitlock", scan)
	if got := c.ok("policy", "signed"); !strings.Contains(got, "sheet scanned") {
		t.Errorf("got %s", got)
	}
}

func TestMachinesReadWhatIsNotThere(t *testing.T) {
	c := newCtl(t)
	id := fmt.Sprint(c.rows("add", "--text", "Hm", "--site", "yelp")[0]["id"])
	shown := c.rows("show", id)[0]
	for _, key := range []string{"posted", "handled", "gone"} {
		if got, there := shown[key]; got != nil || !there {
			t.Errorf("%s is %v, want null", key, got)
		}
	}
	for _, key := range []string{"topics", "history"} {
		if _, list := shown[key].([]any); !list {
			t.Errorf("%s is %v, want a list", key, shown[key])
		}
	}
	if urgency, there := shown["urgency"]; !there || urgency != "" {
		t.Errorf("urgency is %v, want an empty one", urgency)
	}
	if reply, there := shown["reply"]; there {
		t.Errorf("there is a reply before anybody wrote one: %v", reply)
	}
	if page := c.ok("show", id); strings.Contains(page, "Reply") || strings.Contains(page, "by ,") {
		t.Errorf("show: %s", page)
	}
}

func TestSearchWordsAsInTheSearchBox(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "They billed my insurance twice", "--stars", "1")
	c.ok("add", "--text", "Lovely people, easy parking", "--stars", "5")
	for _, try := range []struct {
		want int
		args []string
	}{
		{1, []string{"topic:billing"}}, {1, []string{"topic:billing_insurance"}}, {1, []string{"topic:insurance"}}, {0, []string{"topic:nsurance"}}, {1, []string{"-parking"}},
		{1, []string{"-parking", "--limit", "1"}}, {0, []string{"stars:>4", "-parking"}}, {1, []string{"-stars:1"}}, {2, []string{"--limit", "0"}},
		{1, []string{"stars:<3", "--limit", "5", "billed"}},
	} {
		if got := c.rows(append([]string{"inbox"}, try.args...)...); len(got) != try.want {
			t.Errorf("%v finds %d, want %d", try.args, len(got), try.want)
		}
	}
}

func TestAFailingSourceSaysWhy(t *testing.T) {
	c := newCtl(t)
	broken := false
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if broken {
			w.WriteHeader(http.StatusGone)
			return
		}
		_, _ = fmt.Fprint(w, `<rss version="2.0"><channel><title>Town talk</title><item><guid>1</guid><title>Alder Street Dental</title></item></channel></rss>`)
	}))
	defer site.Close()
	c.ok("source", "add", site.URL, "--allow-private")
	broken = true
	c.call("", "collect", "--now")
	if list := c.ok("source", "list"); !strings.Contains(list, "failing") || !strings.Contains(list, "(410)") {
		t.Errorf("the list does not say why: %s", list)
	}
	if got := c.status()["failing"]; got != 1.0 {
		t.Errorf("status counts %v failing sources, want 1", got)
	}
}

func TestCheckingFilesNeedsNoPractice(t *testing.T) {
	c := ctl{t, filepath.Join(t.TempDir(), "none.db")}
	feed := c.file("feed.xml", `<rss version="2.0"><channel><title>Town talk</title><item><guid>1</guid><title>Hello</title></item></channel></rss>`)
	page, table, missing := c.file("page.html", "<html><body>hi</body></html>"), c.file("reviews.csv", "Name,Stars,Comment\nAda,1,Slow\n"), filepath.Join(t.TempDir(), "missing.xml")
	code, out, _ := c.call("", "source", "check", "--json", feed, page, table, missing)
	if code != failed {
		t.Errorf("exit %d, want %d", code, failed)
	}
	wants := []struct{ kind, problem string }{{"rss", ""}, {"page", "any reviews"}, {"csv", ""}, {"", "There is no file"}}
	lines := strings.Split(strings.TrimSpace(out), "\n")
	if len(lines) != len(wants) {
		t.Fatalf("got %d lines, want %d: %s", len(lines), len(wants), out)
	}
	for i, want := range wants {
		var row checked
		if err := json.Unmarshal([]byte(lines[i]), &row); err != nil {
			t.Fatal(err)
		}
		if row.Kind != want.kind || !strings.Contains(row.Error, want.problem) || want.problem == "" && (row.Error != "" || row.Entries != 1) {
			t.Errorf("got %+v, want %+v", row, want)
		}
	}
}

func TestAnImportNamesTheRowsItLeftOut(t *testing.T) {
	c := newCtl(t)
	table := c.file("reviews.csv", "Name,Stars,Comment,Date\nAda,eleven,Slow,2026-10-01\nBo,,,\nCy,5,Lovely,2026-10-02\n")
	if text := c.ok("import", table, "--preview"); strings.Contains(text, "map[") || strings.Contains(text, "0001") || !strings.Contains(text, `text from "Comment"`) {
		t.Errorf("preview: %s", text)
	}
	if text := c.ok("import", table); !strings.Contains(text, "Imported 2 new") || !strings.Contains(text, "Row 3") {
		t.Errorf("import: %s", text)
	}
}

func TestALineThatIsTooLongOrNoObject(t *testing.T) {
	c := ctl{t, filepath.Join(t.TempDir(), "none.db")}
	for in, want := range map[string]string{
		`{"text":"` + strings.Repeat("x", longest) + `"}`: "Line 1 is longer than 1 MB",
		`{"text":"x"}` + "\n" + `{"text":5}`:              `Line 2 cannot be used: "text" may not be a number`,
		"nothing":                                         "Line 1 cannot be used: it is no JSON object",
	} {
		if code, _, errs := c.call(in, "check", "--jsonl"); code != failed || !strings.Contains(errs, want) {
			t.Errorf("exit %d, %q; want %q", code, errs, want)
		}
	}
}

func TestADamagedDatabaseNamesTheLastBackup(t *testing.T) {
	c := newCtl(t)
	copied := filepath.Join(filepath.Dir(c.db), "backups", "monday.db")
	c.ok("backup", copied)
	if err := os.WriteFile(c.db, bytes.Repeat([]byte("damage "), 2000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tail := range []string{"-wal", "-shm"} {
		_ = os.Remove(c.db + tail)
	}
	c.refuses(failed, `"goodwordctl restore `+copied+`"`, "status")
	c.refuses(failed, "Choose another backup.", "restore", c.file("bad.db", strings.Repeat("x", 4096)))
	c.ok("restore", copied)
	c.ok("verify")
}

// A check that cannot know the practice's own numbers says so instead of judging without them.
func TestCheckBesideADamagedDatabase(t *testing.T) {
	c := ctl{t, filepath.Join(t.TempDir(), "practice.db")}
	if err := os.WriteFile(c.db, []byte(strings.Repeat("x", 8192)), 0o600); err != nil {
		t.Fatal(err)
	}
	code, out, errs := c.call("Thank you for the kind words.", "check")
	if code != failed || out != "" || !strings.Contains(errs, "own numbers and names cannot be read") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
}

// A service account has no home; what needs no database works all the same.
func TestWithoutAHome(t *testing.T) {
	for _, name := range []string{"HOME", "XDG_DATA_HOME", "LocalAppData", "USERPROFILE", "GOODWORD_DB"} {
		t.Setenv(name, "")
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"check"}, strings.NewReader("Thank you for the kind words."), &out, &errs); code != done || out.String() != "clear\n" {
		t.Errorf("check: exit %d, %q, %q", code, out.String(), errs.String())
	}
	for _, args := range [][]string{{"status"}, {"init", "--name", "A"}, {"restore", "a.db"}} {
		errs.Reset()
		if code := run(t.Context(), args, strings.NewReader(""), &out, &errs); code != failed || !strings.Contains(errs.String(), "--db") {
			t.Errorf("%v: exit %d, %q; want a word about --db", args, code, errs.String())
		}
	}
}

// What somebody wrote is not written over by a template, unless they say so.
func TestDraftSparesWords(t *testing.T) {
	c := ctl{t, filepath.Join(t.TempDir(), "practice.db")}
	c.ok("init", "--name", "Alder Street", "--phone", "555-0100")
	id := fmt.Sprint(c.rows("add", "--text", "They let me wait for an hour.", "--stars", "2")[0]["id"])
	own := "Waits like that are not what we aim for. Please call our office at 555-0100."
	c.ok("draft", id)
	c.ok("draft", id)
	c.ok("reply", id, "--text", own)
	if code, _, errs := c.call("", "draft", id); code != failed || !strings.Contains(errs, "--replace") {
		t.Errorf("exit %d, %q; want a refusal that names --replace", code, errs)
	}
	if reply := c.rows("show", id)[0]["reply"].(map[string]any); reply["text"] != own {
		t.Errorf("got %q, want the own words kept", reply["text"])
	}
	c.ok("draft", id, "--replace")
	if reply := c.rows("show", id)[0]["reply"].(map[string]any); reply["text"] == own {
		t.Error("got the own words still, want the template")
	}
	c.ok("reply", id)
	if code, _, errs := c.call("", "draft", id); code != failed || !strings.Contains(errs, "--replace") {
		t.Errorf("after the template went out: exit %d, %q; want a refusal", code, errs)
	}
}

// TestADraftSaysWhatMayBeSaidInPublic: a template that fits is no leave to publish it.
func TestADraftSaysWhatMayBeSaidInPublic(t *testing.T) {
	c := newCtl(t)
	threat := fmt.Sprint(c.rows("add", "--text", "If I ever see that man again I will shoot him.", "--stars", "1")[0]["id"])
	if out := c.ok("draft", threat, "--look"); !strings.HasPrefix(out, "! In public, ") || !strings.Contains(out, ": none.") {
		t.Errorf("a threat: %q", out)
	}
	calm := fmt.Sprint(c.rows("add", "--text", "Lovely people, easy parking.", "--stars", "5")[0]["id"])
	if out := c.ok("draft", calm, "--look"); strings.Contains(out, "In public") {
		t.Errorf("praise: %q", out)
	}
}
