package main

import (
	"strings"
	"testing"
)

func TestShowNamesTheSourceAndTheAddress(t *testing.T) {
	c := newCtl(t)
	c.ok("import", c.file("ours.csv", "Author,Rating,Review,Date,Link\nAnn Lee,2,The wait was far too long today.,2026-11-02,https://example.com/reviews/17\n"))
	if out := c.ok("show", "1"); !strings.Contains(out, "ours.csv") || !strings.Contains(out, "https://example.com/reviews/17") {
		t.Errorf("got %q, want the source and the address", out)
	}
}
