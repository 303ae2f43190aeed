package main

import (
	"strings"
	"testing"
)

const roundPaste = "★★★★★\nDr. Reed listened to all my questions and never looked at the clock.\nSusan K. – 2 weeks ago\nHelpful\nFlag\n" +
	"★★☆☆☆\nSurgery went well. The office did not return two calls.\nAnonymous – 3 weeks ago\nHelpful\nFlag\n"

func TestSweep(t *testing.T) {
	c := newCtl(t)
	if got := c.ok("sweep"); !strings.Contains(got, "No site is in the round yet") {
		t.Errorf("an empty round says %q", got)
	}
	c.ok("source", "add", "--kind", "sweep", "--set", "site=Healthgrades", "--set", "profile=https://www.healthgrades.com/physician/dr-reed")
	stops := c.rows("sweep", "list")
	if len(stops) != 1 || stops[0]["name"] != "Healthgrades" || stops[0]["due_since"] == nil {
		t.Fatalf("the round is %v", stops)
	}
	code, out, errs := c.call(roundPaste, "sweep", "paste", "1", "--preview")
	if code != done || strings.Count(out, "new  ") != 2 || !strings.Contains(out, "Susan K.") {
		t.Errorf("the preview is %d, %q, %q", code, out, errs)
	}
	if got := len(c.rows("inbox")); got != 0 {
		t.Errorf("the preview stored %d", got)
	}
	if _, out, errs = c.call(roundPaste, "sweep", "paste", "1"); !strings.Contains(out, "Took 2 new, 0 edited") {
		t.Errorf("the paste said %q, %q", out, errs)
	}
	if _, out, _ := c.call(roundPaste, "sweep", "paste", "1", "--preview"); strings.Count(out, "known  ") != 2 {
		t.Errorf("the preview of what is known said %q", out)
	}
	c.ok("source", "add", "--kind", "sweep", "--set", "site=Vitals", "--set", "profile=https://www.vitals.com/doctors/dr-reed")
	preview := func(number string) (int, string, string) {
		return c.call(roundPaste, "sweep", "paste", number, "--preview")
	}
	if _, out, errs := preview("2"); strings.Count(out, "duplicate  ") != 1 || strings.Count(out, "new  ") != 1 {
		t.Errorf("the preview at another site said %q, %q; want one duplicate and one new", out, errs)
	}
	if _, out, _ := c.call(roundPaste, "sweep", "paste", "2"); !strings.Contains(out, "Took 1 new, 0 edited, 1 duplicates") {
		t.Errorf("the paste at another site said %q", out)
	}
	if code, out, errs := preview("7"); code != failed || out != "" || !strings.Contains(errs, "no site of the round with number 7") {
		t.Errorf("the preview for a number that is no site: %d, %q, %q", code, out, errs)
	}
	if _, out, _ = c.call(roundPaste, "sweep", "paste", "1", "-"); !strings.Contains(out, "Took 0 new, 0 edited, 0 duplicates, 2 unchanged") {
		t.Errorf("the second paste said %q", out)
	}
	if got := c.ok("sweep", "nothing", "1"); !strings.Contains(got, "nothing new") {
		t.Errorf("nothing new said %q", got)
	}
	if stops := c.rows("sweep"); stops[0]["due_since"] != nil {
		t.Errorf("after the check the site is %v", stops[0])
	}
	c.refuses(failed, "no site of the round with number 7", "sweep", "nothing", "7")
	c.refuses(failed, "no review in this text", "sweep", "paste", "1")
}
