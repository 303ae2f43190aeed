package main

import (
	"strings"
	"testing"
)

func TestStoryJoinAndSplit(t *testing.T) {
	c := newCtl(t)
	first := c.rows("add", "--text", "Dr. Patel opened on a Saturday for my daughter's chipped tooth.", "--stars", "5", "--author", "Sarah Miller", "--site", "google")[0]
	second := c.rows("add", "--text", "Chipped tooth mended on a Saturday.", "--stars", "5", "--author", "Sarah M.", "--site", "yelp")[0]
	if first["payload"] == nil {
		t.Errorf("no hash: %v", first)
	}
	c.refuses(failed, "one place only", "story", "split", "1", "1")
	c.refuses(failed, "itself", "story", "join", "1", "1")
	c.refuses(failed, "no mention with number 9", "story", "join", "1", "9")
	joined := c.rows("story", "join", "1", "2")[0]
	if places := joined["places"].([]any); len(places) != 1 {
		t.Fatalf("got %v", joined)
	}
	shown := c.rows("show", "1")[0]
	place := shown["places"].([]any)[0].(map[string]any)
	if place["site"] != "yelp" || place["author"] != "Sarah M." || place["joined"] != true || place["payload"] != second["payload"] {
		t.Errorf("got place %v", place)
	}
	if page := c.ok("show", "1"); !strings.Contains(page, "Place 1: yelp") {
		t.Errorf("got %s", page)
	}
	c.refuses(misuse, "other places 1 to 1", "story", "split", "1", "2")
	if row := c.rows("story", "split", "1", "1")[0]; row["id"] != 2.0 || row["site"] != "yelp" {
		t.Errorf("got %v", row)
	}
	if got := len(c.rows("inbox")); got != 2 {
		t.Errorf("got %d mentions, want both", got)
	}
}
