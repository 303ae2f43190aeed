package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodword/house"
	"goodword/internal/clock"
	"goodword/internal/practice"
)

func TestWhoMaySwitchAndPlace(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Iris Okafor")
	c.ok("staff", "add", "Priya Raman", "--role", "compliance")
	c.refuses(failed, "The places of the practice are kept by the owner", "--as", "Iris Okafor", "staff", "place", "Lakeside")
	c.ok("--as", "Priya Raman", "staff", "place", "Lakeside")
	c.refuses(failed, "The network is switched by the owner", "--as", "Iris Okafor", "offline", "on")
	if got := c.ok("--as", "Iris Okafor", "offline"); !strings.HasPrefix(got, "Online") {
		t.Errorf("who may not switch may still look: %s", got)
	}
	c.ok("--as", "Priya Raman", "offline", "on")
	c.refuses(failed, "That Dana Whitlock works here is said by themselves", "--as", "Iris Okafor", "staff", "here", "Dana Whitlock")
	c.ok("--as", "Iris Okafor", "staff", "here", "Iris Okafor")
	c.refuses(failed, "said by themselves", "staff", "here", "Priya Raman")
	c.ok("--as", "Priya Raman", "staff", "here", "Dana Whitlock")

	h, err := house.Open(t.Context(), c.db, clock.System())
	if err != nil {
		t.Fatal(err)
	}
	people, err := h.Practices.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		if p.Name == "Priya Raman" {
			err = h.Practices.SetPIN(t.Context(), p.ID, "", "4071", practice.Person{ID: p.ID, Name: p.Name}.Actor())
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := h.Close(); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := c.call("", "staff", "here", "Priya Raman"); code != failed || out != "" {
		t.Errorf("exit %d, %q; want her PIN asked for", code, out)
	}
	c.ok("staff", "here", "Priya Raman", "--pin", "4071")
}

func TestABackupOverwritesNothingUnasked(t *testing.T) {
	c := newCtl(t)
	mine := c.file("letter.txt", "Dear all")
	c.refuses(failed, "There is a file at "+mine+" already. Choose another name, or write over it with --replace.", "backup", mine)
	if text, err := os.ReadFile(mine); err != nil || string(text) != "Dear all" {
		t.Errorf("the file became %q, %v", text, err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	c.ok("backup", copied)
	c.refuses(failed, "--replace", "backup", copied)
	c.ok("backup", copied, "--replace")
	c.ok("restore", copied)
}

func TestAnUnknownKindOfTextIsNamedWithItsLine(t *testing.T) {
	c := ctl{t, filepath.Join(t.TempDir(), "none.db")}
	code, out, errs := c.call(`{"id":1,"kind":"reply","text":"Thank you."}`+"\n\n"+`{"id":2,"kind":"letter","text":"Thank you."}`, "check", "--jsonl")
	if code != failed || !strings.Contains(errs, `Line 3 cannot be used: there is no kind "letter"; the kinds are reply and spotlight.`) || strings.Count(out, "\n") != 1 {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
	if code, help := c.both("check", "--help"); code != done || !strings.Contains(strings.Join(strings.Fields(help), " "), "The kind is reply or spotlight") {
		t.Errorf("the help: %s", help)
	}
}
