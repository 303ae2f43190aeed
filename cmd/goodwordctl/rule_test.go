package main

import (
	"strings"
	"testing"
)

func TestRulesAreImportedOnceAndTriedInWords(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "The wait was far too long today.", "--stars", "2", "--author", "Ann Lee", "--site", "google")
	c.ok("rule", "add", "Low", "--if", "stars:<3", "--then", "tag=low", "--then", "alert")
	file := c.file("rules.yaml", c.ok("rule", "export"))
	for range 2 {
		if out := c.ok("rule", "import", file); !strings.Contains(out, "there already") {
			t.Errorf("got %q, want that the rule is there already", out)
		}
	}
	if got := len(c.rows("rule", "list")); got != 1 {
		t.Errorf("got %d rules after importing what is there, want 1", got)
	}
	if out := c.ok("rule", "try", "1"); !strings.Contains(out, "google") || !strings.Contains(out, "The wait was far too long") || !strings.Contains(out, "★★···") {
		t.Errorf("got %q, want the mention as the inbox lists it", out)
	}
	other := newCtl(t)
	if out := other.ok("rule", "import", file); strings.Contains(out, "already") || len(other.rows("rule", "list")) != 1 {
		t.Errorf("got %q, want the rule added", out)
	}
}

func TestOneTextIsJudgedInPlainWords(t *testing.T) {
	c := newCtl(t)
	text := c.file("review.txt", "They were rude and the wait was two hours.\n")
	if out := c.ok("classify", text); !strings.Contains(out, "negative") || strings.HasPrefix(out, "{") {
		t.Errorf("got %q, want the judgement in words", out)
	}
	if rows := c.rows("classify", text); len(rows) != 1 || rows[0]["sentiment"] != "negative" {
		t.Errorf("got %v, want one object", rows)
	}
	c.refuses(misuse, "no text", "classify", c.file("empty.txt", " \n"))
}
