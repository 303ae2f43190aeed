package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTopicsOfThePractice(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "The robot dog barked at us.", "--site", "google")
	row := c.rows("topics", "add", "Robot dog", "--about", "Robot dog", "--complaint", "dog barked")[0]
	if row["id"] != "own_robot_dog" || row["own"] != true || row["on"] != true {
		t.Errorf("got %v", row)
	}
	if got := c.rows("topics", "again")[0]["changed"]; got != 1.0 {
		t.Errorf("%v older mentions changed, want 1", got)
	}
	if found := c.rows("inbox", "topic:own_robot_dog"); len(found) != 1 {
		t.Errorf("the search finds %v", found)
	}
	c.ok("topics", "add", "wait_time", "--rename", "Delays", "--without", "waiting")
	c.ok("topics", "off", "Delays")
	if page := c.ok("topics", "list"); !strings.Contains(page, "Delays  (off)") || !strings.Contains(page, "checked 2026") || !strings.Contains(page, "left out: waiting") {
		t.Errorf("got %s", page)
	}
	file := filepath.Join(t.TempDir(), "topics.yaml")
	if err := os.WriteFile(file, []byte(c.ok("topics", "export")), 0o600); err != nil {
		t.Fatal(err)
	}
	c.ok("topics", "remove", "wait_time")
	c.ok("topics", "remove", "Robot dog", "--complaint", "DOG barked")
	if page := c.ok("topics", "list"); strings.Contains(page, "Delays") || strings.Contains(page, "dog barked") {
		t.Errorf("after removing: %s", page)
	}
	c.ok("topics", "remove", "Robot dog")
	if got := c.rows("topics", "import", file)[0]["topics"]; got != 2.0 {
		t.Errorf("imported %v topics, want 2", got)
	}
	c.refuses(failed, "no topic", "topics", "off", "Nonsense")
	c.refuses(failed, "There is no file", "topics", "import", file+"x")
}
