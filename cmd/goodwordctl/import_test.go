package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const threeReviews = "Review ID,Author,Rating,Review,Date,Source\n1,Ann Lee,2,The wait was far too long.,2026-11-02,Google\n" +
	"2,Bo Tan,5,Kind and gentle staff.,2026-11-03,Google\n3,Cy Orr,4,Clean rooms.,2026-11-04,Google\n"

func TestAnImportIsTakenBackAsFarAsNobodyWorkedOnIt(t *testing.T) {
	c := newCtl(t)
	c.refuses(failed, "no import", "import", "undo", "1")
	file := c.file("ours.csv", threeReviews)
	c.ok("import", file)
	source := c.rows("source", "list")[0]["id"]
	c.ok("close", "1", "--reason", "spam")
	if got := c.rows("import", "undo", "1")[0]["taken_back"]; got != 2.0 || source != 1.0 {
		t.Errorf("got %v taken back of source %v, want 2", got, source)
	}
	if got := len(c.rows("inbox")); got != 1 {
		t.Errorf("got %d mentions, want the one that was worked on", got)
	}
	c.refuses(failed, "no import", "import", "undo", "1")
	if got := c.rows("import", file)[0]; got["new"] != 2.0 || got["unchanged"] != 1.0 {
		t.Errorf("got %v on importing again", got)
	}
}

func TestWhatATableWithNumbersLacksIsGoneWhenAPersonSaysSo(t *testing.T) {
	c := newCtl(t)
	c.ok("import", c.file("ours.csv", threeReviews))
	lines := strings.SplitAfter(threeReviews, "\n")
	fewer := c.file("ours.csv", lines[0]+lines[1])
	if got := c.rows("import", fewer)[0]; got["gone"] != 0.0 {
		t.Errorf("got %v without --gone", got)
	}
	if got := c.rows("import", fewer, "--gone")[0]; got["gone"] != 2.0 {
		t.Errorf("got %v, want 2 gone", got)
	}
}

func TestTheScaleOfTheStarsIsTold(t *testing.T) {
	c := newCtl(t)
	file := c.file("ours.csv", "Author,Rating,Review\nAnn Lee,8,The wait was far too long.\nBo Tan,10,Kind and gentle staff.\n")
	if out := c.ok("import", file, "--preview"); !strings.Contains(out, "out of 10") || !strings.Contains(out, "stars-scale") {
		t.Errorf("got %q, want the scale", out)
	}
	if out := c.ok("import", file, "--preview", "--map", "stars-scale=100"); !strings.Contains(out, "out of 100") {
		t.Errorf("got %q, want the scale of a hundred", out)
	}
	c.refuses(failed, "out of 5, 10 or 100", "import", file, "--map", "stars-scale=7")
	c.refuses(failed, "--map text=COLUMN", "import", c.file("odd.csv", "A,B\n5,yes\n4,no\n"))
}

func TestAListOfSourcesSaysWhatCannotBeRead(t *testing.T) {
	c := newCtl(t)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>Town</title></channel></rss>`))
	}))
	defer site.Close()
	list := c.file("feeds.opml", `<opml version="2.0"><body><outline type="rss" text="Here" xmlUrl="`+site.URL+`/feed"/>
		<outline type="rss" text="No address" xmlUrl="javascript:alert(1)"/><outline text="A heading"/></body></opml>`)
	if out := c.ok("source", "import", list); !strings.Contains(out, "Added 1") || !strings.Contains(out, "1 cannot be read") || !strings.Contains(out, "1 rows are not usable") {
		t.Errorf("got %q", out)
	}
	reads := func(want int, when string) {
		t.Helper()
		if code, out, errs := c.call("", "collect", "--now"); code != want {
			t.Errorf("%s: exit %d, %s %s; want %d", when, code, out, errs, want)
		}
	}
	reads(failed, "without leave")
	if got := c.rows("source", "import", list, "--allow-private")[0]; got["added"] != 0.0 || got["allowed"] != 1.0 || got["private"] != 0.0 {
		t.Errorf("got %v, want the leave given", got)
	}
	reads(done, "with leave")
	c.ok("source", "edit", "1", "--no-allow-private")
	reads(failed, "after the leave was taken")
	c.ok("source", "edit", "1", "--allow-private")
	c.ok("import", c.file("ours.csv", threeReviews))
	if _, out, errs := c.call("", "source", "export"); !strings.Contains(errs, "Left out") || !strings.Contains(errs, "File (1)") || strings.Contains(out, "Left out") {
		t.Errorf("got %q beside the list, want what is left out", errs)
	}
	c.ok("source", "remove", "1")
	c.refuses(failed, "was removed", "collect", "--source", "1")
}
