package main

import (
	"strings"
	"testing"
)

func TestAMaskedListNamesNobody(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Linh Tran")
	c.ok("add", "--text", "Lin Tran did my root canal; Rosa said the insulin is fine.", "--stars", "4", "--author", "Kim Patel", "--url", "https://google.example/kim-patel")
	open, covered := c.ok("--json", "inbox"), c.ok("--json", "inbox", "--masked")
	for _, word := range []string{"Tran", "root canal", "Rosa", "insulin", "Kim", "google.example"} {
		if !strings.Contains(open, word) {
			t.Errorf("the list for the practice lacks %q: %s", word, open)
		}
		if strings.Contains(covered, word) {
			t.Errorf("the masked list tells %q: %s", word, covered)
		}
	}
	if !strings.Contains(covered, "[name] did my [health]") {
		t.Errorf("the masked list has lost more than it should: %s", covered)
	}
}
