package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"goodword/policy"
)

func TestAnIncidentFromReportToClosed(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "Lovely team.", "--stars", "5")
	c.ok("staff", "add", "Iris Okafor")
	c.refuses(failed, "no mention with number 7", "incident", "start", "A reply named a treatment", "--mention", "7")
	if row := c.rows("--as", "Iris Okafor", "incident", "start", "A reply named a treatment", "--place", "Google", "--mention", "1")[0]; row["id"] != 1.0 || row["reported_by"] != "Iris Okafor" {
		t.Errorf("got %v", row)
	}
	if got := c.ok("incident", "step", "1"); !strings.Contains(got, "keep") || !strings.Contains(got, "Take it down") {
		t.Errorf("the steps: %s", got)
	}
	if got := c.ok("incident", "step", "1", "keep"); !strings.Contains(got, "1 of 7 steps are done. Next comes down.") {
		t.Errorf("got %s", got)
	}
	c.refuses(failed, "no step", "incident", "step", "1", "dance")
	c.ok("incident", "note", "1", "The page was seen by four people", "--at", "2026-01-05 09:00")
	c.refuses(misuse, "--reason", "incident", "decide", "1", "We tell them")
	c.ok("incident", "decide", "1", "We tell them in writing", "--reason", "The person can be recognised")
	clocks := c.rows("incident", "clocks", "1")
	if len(clocks) < 3 || clocks[0]["checked"] == "" || clocks[0]["url"] == "" || clocks[0]["runs"] != true {
		t.Fatalf("the clocks: %v", clocks)
	}
	if got := c.ok("incident", "clocks", "1"); !strings.Contains(got, "59 days left") && !strings.Contains(got, "60 days left") || !strings.Contains(got, "Source: ") || !strings.Contains(got, "Checked on") {
		t.Errorf("the clocks: %s", got)
	}
	c.ok("incident", "told", "1", "us-people")
	if got := c.ok("incident", "clocks", "1"); !strings.Contains(got, "told on ") {
		t.Errorf("nobody was told: %s", got)
	}
	c.refuses(failed, "write down what was decided", "incident", "close", "1")
	c.refuses(failed, "four factors", "incident", "close", "1", "--decision", "Notice was given")
	c.refuses(failed, "must be shown", "incident", "weigh", "1", "--finding", "low", "--reason", "Hardly")
	c.refuses(misuse, "weighs nothing", "incident", "weigh", "1", "--factor", "seen")
	if rows := c.rows("incident", "weigh", "1"); len(rows) != 4 || rows[0]["low"] == "" {
		t.Errorf("the factors: %v", rows)
	}
	args := []string{"incident", "weigh", "1"}
	for _, f := range policy.Factors() {
		args = append(args, "--factor", f.ID+"=low:Seen by four people, and taken down")
	}
	if got := c.ok(args...); !strings.Contains(got, "speak for: low probability") {
		t.Errorf("got %s", got)
	}
	c.refuses(failed, "by the owner", "--as", "Iris Okafor", "incident", "weigh", "1", "--finding", "low", "--reason", "Hardly")
	c.refuses(failed, "by the owner", "--as", "Iris Okafor", "incident", "close", "1")
	if got := c.ok("incident", "weigh", "1", "--finding", "breach", "--reason", "The person can be recognised"); !strings.Contains(got, "Found: breach") {
		t.Errorf("got %s", got)
	}
	if got := c.ok("incident", "close", "1", "--decision", "Notice was given", "--lesson", "Two people read a reply"); !strings.Contains(got, "with these steps open: Take it down") {
		t.Errorf("got %s", got)
	}
	c.refuses(failed, "closed", "incident", "note", "1", "Too late")
	if got := c.ok("incident"); !strings.Contains(got, "A reply named a treatment (closed ") {
		t.Errorf("the list: %s", got)
	}
	shown := c.rows("incident", "show", "1")[0]
	if shown["decision"] != "Notice was given" || shown["lesson"] != "Two people read a reply" || len(shown["timeline"].([]any)) < 6 {
		t.Errorf("got %v", shown)
	}
	if got := c.ok("incident", "show", "1"); !strings.Contains(got, "Reason: The person can be recognised") || !strings.Contains(got, "Told: The people concerned") {
		t.Errorf("got %s", got)
	}
	file := filepath.Join(t.TempDir(), "incident.pdf")
	c.ok("incident", "show", "1", "--out", file)
	if info, err := os.Stat(file); err != nil || info.Size() < 2000 {
		t.Errorf("the paper: %v", err)
	}
	c.ok("incident", "close", "1", "--reopen")
	c.refuses(failed, "is no drill", "drill", "step", "1", "keep")
	c.refuses(failed, "no incident with number 9", "incident", "show", "9")
}

func TestADrillIsTimedAndNeverCounted(t *testing.T) {
	c := newCtl(t)
	if got := c.ok("drill", "stories"); !strings.Contains(got, "picture") || !strings.Contains(got, "A face in the background") {
		t.Errorf("the stories: %s", got)
	}
	c.refuses(misuse, "no story", "drill", "start", "flood")
	c.ok("drill", "start", "picture")
	c.refuses(failed, "is a drill", "incident", "note", "1", "Hm")
	c.ok("drill", "note", "1", "The password is at the front desk")
	c.ok("drill", "step", "1", "keep")
	if got := c.ok("drill", "step", "1", "down", "--undo"); !strings.Contains(got, "1 of 7") {
		t.Errorf("got %s", got)
	}
	if got := c.ok("drill", "end", "1", "--lesson", "The password belongs in the vault"); !strings.Contains(got, "after 0 minutes, by Dana Whitlock") || !strings.Contains(got, "Not every step was done.") {
		t.Errorf("got %s", got)
	}
	c.refuses(failed, "ended already", "drill", "end", "1")
	c.ok("drill", "start", "treatment")
	for _, step := range []string{"keep", "down", "tell", "write", "assess", "notify", "learn"} {
		c.ok("drill", "step", "2", step)
	}
	if got := c.ok("drill", "end", "2"); !strings.Contains(got, "All steps took 0 minutes") {
		t.Errorf("got %s", got)
	}
	if got := c.ok("drill"); !strings.Contains(got, "A face in the background (closed ") || !strings.Contains(got, "took 0 minutes") {
		t.Errorf("the list: %s", got)
	}
	if rows := c.rows("incident"); len(rows) != 0 {
		t.Errorf("a drill is counted as an incident: %v", rows)
	}
	if shown := c.rows("incident", "show", "1")[0]; shown["lesson"] != "The password belongs in the vault" || !strings.Contains(shown["drill"].(string), "picture of the team") {
		t.Errorf("got %v", shown)
	}
}

func TestTheCrisisPlan(t *testing.T) {
	c := newCtl(t)
	if got := c.ok("crisis"); !strings.Contains(got, "lead        Leads and decides                  not named yet") || !strings.Contains(got, "Duties that nobody has: 8.") || !strings.Contains(got, "We know, and look into it (known)") {
		t.Errorf("the plan: %s", got)
	}
	if got := c.ok("crisis", "set", "LEAD", "--person", "Dana Whitlock", "--phone", "555-0177", "--deputy", "Tom Reyes", "--deputy-phone", "555-0178"); !strings.Contains(got, "Dana Whitlock          555-0177       else Tom Reyes 555-0178") {
		t.Errorf("got %s", got)
	}
	c.ok("crisis", "set", "lead", "--phone", "555-0179")
	c.ok("crisis", "add", "Speaks with the landlord", "--called-by", "desk")
	tree := c.rows("crisis", "tree")
	if len(tree) != 9 || tree[0]["person"] != "Dana Whitlock" || tree[0]["phone"] != "555-0179" || tree[0]["deputy"] != "Tom Reyes" || tree[0]["depth"] != 0.0 {
		t.Errorf("the tree: %v", tree)
	}
	for _, row := range tree {
		if row["duty"] == "Speaks with the landlord" && row["depth"] != 3.0 {
			t.Errorf("the new duty stands wrong: %v", row)
		}
	}
	c.refuses(failed, "round in a circle", "crisis", "set", "lead", "--called-by", "desk")
	c.refuses(failed, "no duty \"cook\"", "crisis", "set", "cook", "--person", "Dana Whitlock")
	c.refuses(misuse, "Say what changes", "crisis", "set", "lead")
	if plan := c.rows("crisis"); len(plan) != 1 || len(plan[0]["duties"].([]any)) != 9 || len(plan[0]["statements"].([]any)) != 5 {
		t.Errorf("the plan for machines: %v", plan)
	}
	file := filepath.Join(t.TempDir(), "plan.md")
	c.ok("crisis", "--out", file)
	if text, err := os.ReadFile(file); err != nil || !strings.Contains(string(text), "Speaks with the landlord") {
		t.Errorf("the paper: %v %s", err, text)
	}
}

func TestTheBriefForTheOwner(t *testing.T) {
	c := newCtl(t)
	c.ok("add", "--text", "Lovely team. The front desk was quick.", "--stars", "5")
	folder := t.TempDir()
	for _, ending := range []string{".pdf", ".docx", ".md"} {
		file := filepath.Join(folder, "brief"+ending)
		c.ok("brief", "--hours", "2.5", "--an-hour", "40", "--out", file)
		if info, err := os.Stat(file); err != nil || info.Size() < 1000 {
			t.Errorf("%s: %v", ending, err)
		}
	}
	if got := c.ok("brief", "--hours", "2.5", "--an-hour", "40"); !strings.Contains(got, "USD 4,600") || !strings.Contains(got, "46 working weeks") || !strings.Contains(got, "Mentions") {
		t.Errorf("the brief: %s", got)
	}
	if row := c.rows("brief")[0]; row["title"] != "Why we answer what is said about us" || !strings.Contains(row["text"].(string), "not typed in yet") {
		t.Errorf("got %v", row)
	}
	c.refuses(misuse, "below zero", "brief", "--hours", "200")
	c.refuses(failed, ".odt", "brief", "--out", filepath.Join(folder, "brief.odt"))
	reader, err := exec.LookPath("pdfinfo")
	if err != nil {
		t.Skip("pdfinfo is not installed, so that the pages are not counted")
	}
	if out, err := exec.Command(reader, filepath.Join(folder, "brief.pdf")).Output(); err != nil || !strings.Contains(strings.Join(strings.Fields(string(out)), " "), "Pages: 2 ") {
		t.Errorf("the brief has not two pages: %v %s", err, out)
	}
}
