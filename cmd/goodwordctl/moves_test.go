package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestMovesNamesABurst(t *testing.T) {
	c := newCtl(t)
	if got := c.ok("moves"); got != "Nothing moves: the last days are as usual.\n" {
		t.Errorf("an empty practice: %q", got)
	}
	now := time.Now()
	var past strings.Builder
	past.WriteString("date,author,rating,text\n")
	for i := range 100 {
		fmt.Fprintf(&past, "%s,Writer %d,5,Great care on visit number%d with word%d and word%d\n", now.AddDate(0, 0, -i-2).Format(time.DateOnly), i, i, i*7, i*11)
	}
	file := filepath.Join(t.TempDir(), "past.csv")
	if err := os.WriteFile(file, []byte(past.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	c.ok("import", file)
	for i := range 8 {
		c.ok("add", "--site", "google", "--author", fmt.Sprint("Angry ", i), "--stars", "1", "--text", fmt.Sprintf("Terrible care on visit number%d with word%d and word%d", 900+i, 901+i*3, 902+i*5))
	}
	rows := c.rows("moves") // the words that all eight share may be one of them too
	burst := slices.IndexFunc(rows, func(row map[string]any) bool {
		return strings.Contains(row["what"].(string), "8 negative mentions today")
	})
	if burst < 0 {
		t.Fatalf("got %d moves, and no burst among them", len(rows))
	}
	id := fmt.Sprint(rows[burst]["id"])
	if got := len(c.rows("inbox", "move:"+id)); got != 8 {
		t.Errorf("the search lists %d mentions, want 8", got)
	}
	if got, want := c.status()["moves"], float64(len(rows)); got != want {
		t.Errorf("status counts %v moves, want %v", got, want)
	}
	c.ok("moves", "--seen", id)
	if got, want := c.status()["moves"], float64(len(rows)-1); got != want {
		t.Errorf("status counts %v moves after one was seen, want %v", got, want)
	}
}
