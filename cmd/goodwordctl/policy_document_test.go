package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestThePolicyFromQuestionsToSigned(t *testing.T) {
	c := newCtl(t)
	folder := t.TempDir()
	for _, name := range []string{"Tom Reyes", "Iris Okafor"} {
		c.ok("staff", "add", name, "--role", "manager")
	}
	c.refuses(failed, "is no answer", "policy", "build", "years=forty")
	c.refuses(failed, "years=ten", "policy", "build", "forty")
	c.ok("policy", "build", "years=ten", "networks=google,facebook")
	if got := c.ok("policy", "questions"); !strings.Contains(got, "now: ten") || !strings.Contains(got, "google, facebook") {
		t.Errorf("the answers are not kept: %s", got)
	}
	if got := c.ok("policy", "lint"); !strings.Contains(got, "0 findings") {
		t.Errorf("got %s", got)
	}
	c.ok("policy", "put", "1", "--from", "2026-01-01")
	own := filepath.Join(folder, "own.md")
	if err := os.WriteFile(own, []byte("# Ours\n\nStaff must be positive at all times.\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if rows := c.rows("policy", "lint", own); rows[0]["rule"] != "always-respectful" || rows[0]["quote"] != "must be positive" && rows[0]["quote"] != "be positive at all times" {
		t.Errorf("got %v", rows[0])
	}
	if got := c.ok("policy", "build", "years=six"); !strings.Contains(got, "taken") || !strings.Contains(got, "How long we keep records") {
		t.Errorf("got %s", got)
	}
	if got := c.ok("policy", "diff", "1", "2"); !strings.Contains(got, "[-ten] [+six]") || !strings.Contains(got, "looks material") {
		t.Errorf("got %s", got)
	}
	for _, ending := range []string{".pdf", ".docx", ".html", ".md"} {
		file := filepath.Join(folder, "paper"+ending)
		c.ok("policy", "diff", "1", "2", "--out", file)
		c.ok("policy", "export", "--reasons", "--out", file)
	}
	if text, err := os.ReadFile(filepath.Join(folder, "paper.md")); err != nil || !strings.Contains(string(text), "Stands on") {
		t.Errorf("the reasons are missing: %v", err)
	}
	scan := filepath.Join(folder, "sheet.pdf")
	if err := os.WriteFile(scan, []byte("%PDF-1.7"), 0o600); err != nil {
		t.Fatal(err)
	}
	c.ok("--as", "Dana Whitlock", "policy", "sign", "Tom Reyes", "--scan", scan, "--witness", "Iris Okafor")
	c.ok("--as", "Dana Whitlock", "policy", "refuse", "Iris Okafor", "--reason", "Wants to ask first")
	if got := c.ok("policy", "remind"); !strings.Contains(got, "- Dana Whitlock") || strings.Contains(got, "Tom") || strings.Contains(got, "Iris") {
		t.Errorf("got %s", got)
	}
	c.ok("policy", "remind", "--sheets", "--out", filepath.Join(folder, "sheets.pdf"))
	states := map[string]any{}
	for _, row := range c.rows("policy", "signed") {
		states[row["person"].(string)] = row["state"]
	}
	if states["Dana Whitlock"] != "overdue" || states["Tom Reyes"] != "signed" || states["Iris Okafor"] != "refused" {
		t.Errorf("got %v", states)
	}
}

func TestPuttingInForceNamesWhatIsMissing(t *testing.T) {
	c := newCtl(t)
	own := c.file("own.md", "# Ours\n\nWe answer reviews with care.\n")
	c.ok("policy", "draft", own, "--summary", "Ours")
	if got := c.ok("policy", "put", "1", "--from", "2026-01-02"); !strings.Contains(got, "Not found in it: ") {
		t.Errorf("what is missing is not named: %s", got)
	}
	c.ok("policy", "draft", "--summary", "Again")
	c.refuses(failed, "Choose 2026-01-03 or a later day", "policy", "put", "2", "--from", "2026-01-01")
	if got := c.ok("policy", "put", "2"); strings.Contains(got, "Not found") {
		t.Errorf("the suggested text lacks something: %s", got)
	}
}
