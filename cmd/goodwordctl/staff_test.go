package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestStaffComesAndLeaves(t *testing.T) {
	c := newCtl(t)
	c.refuses(misuse, "write it as 2026-11-22", "staff", "add", "Eve Moss", "--hired", "some day")
	eve := c.rows("staff", "add", "Eve  Moss", "--hired", "2026-01-31")[0]
	if eve["name"] != "Eve Moss" {
		t.Errorf("added %v", eve)
	}
	c.refuses(failed, "already, with number", "staff", "add", "eve moss")
	c.ok("staff", "add", "Eve Moss", "--email", "eve.moss@example.org")
	id := fmt.Sprint(eve["id"])
	consent := c.rows("spotlight", "consent", id, "--form", "staff file")[0]
	before := len(c.rows("staff"))

	c.refuses(misuse, "write it as 2026-11-22", "staff", "remove", id, "--on", "soon")
	c.refuses(misuse, "before the first", "staff", "remove", id, "--on", "2020-01-01")
	left := c.rows("staff", "remove", id)[0]
	if waits, _ := left["waits"].([]any); left["left_on"] == nil || len(waits) != 1 || waits[0].(map[string]any)["kind"] != "Consent" {
		t.Errorf("left: %v", left)
	}
	c.refuses(failed, "already", "staff", "remove", id)
	if got := len(c.rows("staff")); got != before {
		t.Errorf("%d people are on record, want %d", got, before)
	}
	if kept := c.rows("consent", "list", "--of", id)[0]; kept["id"] != consent["id"] || kept["withdrawn"] != nil {
		t.Errorf("the consent is now %v", kept)
	}
	if out := c.ok("staff"); !strings.Contains(out, "Eve Moss                   left on ") {
		t.Errorf("listed: %q", out)
	}
	c.refuses(failed, "nobody called", "--as", id, "staff", "add", "Ida Berg")
	c.refuses(misuse, "use one of them", "staff", "remove", id, "--undo", "--on", "2099-01-31")
	c.ok("staff", "remove", id, "--on", "2099-01-31")
	c.refuses(failed, "Eve Moss leaves on 2099-01-31 already", "staff", "remove", id)
	if out := c.ok("staff"); !strings.Contains(out, "  leaves on 2099-01-31") {
		t.Errorf("listed: %q", out)
	}
	if back := c.rows("staff", "remove", id, "--undo")[0]; back["left_on"] != nil {
		t.Errorf("back: %v", back)
	}
	c.ok("staff", "add", "Ivo Marsh", "--role", "author")
	c.refuses(failed, "The staff list is kept by", "--as", "Ivo Marsh", "staff", "remove", id)
	c.ok("verify")
}

func TestANameThatTwoPeopleHave(t *testing.T) {
	c := newCtl(t)
	first := fmt.Sprint(c.rows("staff", "add", "Eve Moss", "--role", "manager")[0]["id"])
	second := fmt.Sprint(c.rows("staff", "add", "Eve Moss", "--email", "eve.moss@example.org")[0]["id"])
	both := fmt.Sprintf("number %s (no e-mail address), number %s (eve.moss@example.org)", first, second)
	c.refuses(failed, both, "staff", "remove", "eve  moss")
	c.refuses(failed, both, "--as", "Eve Moss", "staff", "add", "Ida Berg")
	c.ok("--as", first, "staff", "add", "Ida Berg")
	if left := c.rows("staff", "remove", second, "--on", "2026-01-31")[0]; fmt.Sprint(left["id"]) != second {
		t.Errorf("left: %v, want number %s", left, second)
	}
	c.refuses(failed, "(eve.moss@example.org, left on 2026-01-31)", "spotlight", "consent", "Eve Moss", "--form", "staff file")
	c.ok("--as", "EVE  Moss", "staff", "add", "Ivo Marsh") // only one of them can be at work
}

func TestPlacesAreListed(t *testing.T) {
	c := newCtl(t)
	if out := c.ok("staff", "places"); !strings.Contains(out, "staff place NAME") {
		t.Errorf("without any: %q", out)
	}
	c.ok("staff", "place", " North ", "--address", "12 Quay Street", "--city", "Salem")
	c.refuses(failed, "already", "staff", "place", "north")
	if rows := c.rows("staff", "places"); len(rows) != 1 || rows[0]["name"] != "North" {
		t.Errorf("got %v", rows)
	}
	if out := c.ok("staff", "places"); !strings.Contains(out, "12 Quay Street, Salem") {
		t.Errorf("got %q", out)
	}
}
