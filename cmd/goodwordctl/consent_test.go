package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestConsentsByHand(t *testing.T) {
	c := newCtl(t)
	folder := t.TempDir()
	c.ok("staff", "add", "Beth Lindholm", "--role", "staff", "--job", "dental hygienist", "--hired", "2020-01-01")
	c.ok("spotlight", "add", "Beth Lindholm", "--reason", "Ten years of kindness")
	release := filepath.Join(folder, "release.md")
	c.ok("consent", "release", "Beth Lindholm", "--out", release, "--language", "es", "--uses", "name,photo")
	if text, err := os.ReadFile(release); err != nil || !strings.Contains(string(text), "Beth Lindholm") || !strings.Contains(string(text), "Mi nombre") {
		t.Errorf("got %s, %v", text, err)
	}
	c.refuses(failed, "not known", "consent", "release", "Beth Lindholm", "--out", filepath.Join(folder, "release.exe"))
	for words, flag := range map[string][]string{"name, photo, quote, story, credentials, video": {"--uses", "banana"}, "banana": {"--networks", "banana"},
		"2026-11-22": {"--until", "soon"}, "language": {"--language", "xx"}} {
		unmade := filepath.Join(folder, "unmade.md")
		c.refuses(misuse, words, append([]string{"consent", "release", "Beth Lindholm", "--out", unmade}, flag...)...)
		if _, err := os.Stat(unmade); err == nil {
			t.Errorf("%v: a release was written", flag)
		}
	}
	c.refuses(failed, "name, photo, quote, story, credentials, video", "spotlight", "consent", "Beth Lindholm", "--form", "HR", "--uses", "banana")
	c.refuses(failed, "parent or guardian", "spotlight", "consent", "Beth Lindholm", "--form", "HR", "--adult-on", "2099-01-01")
	week := time.Now().AddDate(0, 0, 5).Format("2006-01-02")
	c.ok("spotlight", "consent", "Beth Lindholm", "--form", "HR", "--until", week)
	scan := filepath.Join(folder, "signed.pdf")
	if err := os.WriteFile(scan, []byte("%PDF-1.7 signed"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.refuses(failed, "PDF, PNG or JPEG", "consent", "attach", "1", release)
	c.ok("consent", "attach", "1", scan)
	if rows := c.rows("consent", "list", "--of", "Beth Lindholm"); len(rows) != 1 || len(rows[0]["scan"].(string)) != 64 {
		t.Errorf("got %v", rows)
	}
	if rows := c.rows("consent", "ending"); len(rows) != 1 || rows[0]["last"] != week {
		t.Errorf("got %v", rows)
	}
	c.ok("consent", "patients", "1", "1")
	paper := []string{"consent", "authorize", "1", "--patient", "Vera Holm", "--describes", "One photo", "--purpose", "To show the team", "--networks", "facebook",
		"--signed", "2026-11-22", "--until", "2099-01-01", "--scan", scan}
	c.refuses(failed, "164.508", paper...)
	c.ok(append(paper, "--read")...)
	c.ok("consent", "revoke", "1")
	c.refuses(failed, "withdrawn already", "consent", "revoke", "1")
	if got := c.ok("consent", "take-down"); !strings.Contains(got, "Nothing has to be taken down") {
		t.Errorf("got %q", got)
	}
	if proof := c.rows("verify")[0]; proof["files"] != 1.0 {
		t.Errorf("the signed copy is not proven: %v", proof)
	}
}

// What readers get beside the text is shown with its verdict and the reason, and a wrong choice lists the choices.
func TestASpotlightSaysWhyItIsHeld(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Beth Lindholm", "--role", "staff", "--job", "dental hygienist")
	c.refuses(failed, "meet the team", "spotlight", "add", "Beth Lindholm", "--reason", "Kind", "--occasion", "birthday")
	c.ok("spotlight", "add", "Beth Lindholm", "--reason", "Ten years of kindness", "--title", "Meet Beth, who healed a patient's mom")
	got := c.ok("spotlight", "show", "1")
	for _, want := range []string{"[title, block] Meet Beth", "block: \""} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in %s", want, got)
		}
	}
	c.refuses(failed, "consent asked, story, draft", "spotlight", "move", "1", "moon")
	c.refuses(failed, "facebook, instagram", "spotlight", "consent", "Beth Lindholm", "--form", "HR", "--networks", "moon")
}
