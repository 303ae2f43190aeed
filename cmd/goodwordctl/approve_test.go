package main

import (
	"fmt"
	"strings"
	"testing"
)

const kind = "Thank you for taking the time to write. Please call our office so that we can listen."

const tellsTooMuch = "We are sorry that your root canal on Tuesday hurt."

func TestAReplyThatTheGateRefusesIsKeptAsADraft(t *testing.T) {
	for name, first := range map[string][]string{"nothing before": nil, "a blocked one before": {"reply", "--text", "Your crown will be free."}} {
		c := newCtl(t)
		id := fmt.Sprint(c.rows("add", "--text", "I waited an hour and nobody said a word.", "--stars", "2")[0]["id"])
		if first != nil {
			c.call("", append([]string{first[0], id}, first[1:]...)...)
		}
		code, out, errs := c.call("", "reply", id, "--text", tellsTooMuch)
		if code != failed || !strings.Contains(out, "Why:") || !strings.Contains(errs, "kept as the draft") {
			t.Errorf("%s: exit %d, %q %q", name, code, out, errs)
		}
		if reply := c.rows("show", id)[0]["reply"].(map[string]any); reply["text"] != tellsTooMuch || reply["state"] != "draft" || reply["verdict"] != "block" {
			t.Errorf("%s: the draft is %v", name, reply)
		}
		for _, args := range [][]string{{"reply", id}, {"reply", id, "--now", "hurry"}, {"reply", id, "--posted"}, {"ask", id}, {"approve", id}} {
			if code, out, errs := c.call("", args...); code != failed || len(args) == 2 && args[0] == "reply" && !strings.Contains(out, "root canal") {
				t.Errorf("%s: %v of a blocked draft: exit %d, %q %q", name, args, code, out, errs)
			}
		}
		if reply := c.rows("show", id)[0]["reply"].(map[string]any); reply["state"] != "draft" {
			t.Errorf("%s: the draft became %v", name, reply)
		}
	}
}

func TestAReplyThatTheGateRefusesReplacesNoWordsThatMayGoOut(t *testing.T) {
	c := newCtl(t)
	id := fmt.Sprint(c.rows("add", "--text", "I waited an hour and nobody said a word.", "--stars", "2")[0]["id"])
	template := c.rows("draft", id)[0]["text"]
	if code, _, errs := c.call("", "reply", id, "--text", tellsTooMuch); code != failed || !strings.Contains(errs, "was not saved") {
		t.Errorf("a template: exit %d, %q", code, errs)
	}
	if reply := c.rows("show", id)[0]["reply"].(map[string]any); reply["text"] != template {
		t.Errorf("the saved template is now %v, want %q", reply, template)
	}
	c.ok("reply", id, "--text", kind)
	for _, state := range []string{"in the outbox", "draft"} {
		code, out, errs := c.call("", "reply", id, "--text", tellsTooMuch)
		if code != failed || !strings.Contains(out, "Why:") || !strings.Contains(errs, "was not saved") {
			t.Errorf("%s: exit %d, %q %q", state, code, out, errs)
		}
		if reply := c.rows("show", id)[0]["reply"].(map[string]any); reply["text"] != kind || reply["state"] != state {
			t.Errorf("the reply is now %v, want %q %s", reply, kind, state)
		}
		if state != "draft" {
			c.ok("reply", id, "--recall")
		}
	}
}

func TestApprovalByHand(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Ivo Marsh", "--role", "author")
	id := fmt.Sprint(c.rows("add", "--text", "I waited an hour and nobody said a word.", "--stars", "2")[0]["id"])
	c.refuses(failed, "goodwordctl ask "+id, "--as", "Ivo Marsh", "reply", id, "--text", kind)
	if row := c.rows("--as", "Ivo Marsh", "ask", id)[0]; row["state"] != "asked" {
		t.Errorf("asked: %v", row)
	}
	c.refuses(failed, "may not approve", "--as", "Ivo Marsh", "approve", id)
	if row := c.rows("send-back", id, "--note", "Shorter")[0]; row["note"] != "Shorter" {
		t.Errorf("sent back: %v", row)
	}
	c.ok("--as", "Ivo Marsh", "ask", id)
	if out := c.ok("approve", id); !strings.Contains(out, "goodwordctl reply "+id) {
		t.Errorf("approved: %q", out)
	}
	c.ok("reply", id, "--now", "the caller waits")
	c.refuses(failed, "--not-posted", "close", id, "--reason", "Better by phone")
	c.ok("close", id, "--reason", "Better by phone", "--not-posted")
	other := fmt.Sprint(c.rows("add", "--text", "Lovely.", "--stars", "5")[0]["id"])
	c.ok("close", other, "--reason", "Praise")
	if row := c.rows("reopen", other)[0]; row["status"] == "no_reply" {
		t.Errorf("reopened: %v", row)
	}
	if help := c.ok("reply", "--help"); !strings.Contains(help, "releases the reply") {
		t.Errorf("the help says %q", help)
	}
}

func TestAReplyThatRestsNamesTheWaysOut(t *testing.T) {
	c := newCtl(t)
	id := fmt.Sprint(c.rows("add", "--text", "I waited an hour and nobody said a word.", "--stars", "2")[0]["id"])
	out := c.ok("reply", id, "--text", kind)
	for _, way := range []string{"goodwordctl reply " + id + "\n", "goodwordctl reply " + id + " --now \"REASON\"", "goodwordctl reply " + id + " --recall"} {
		if !strings.Contains(out, way) {
			t.Errorf("%q is not named in %q", way, out)
		}
	}
}

func TestACriticalMentionIsNotClosedWithoutAReason(t *testing.T) {
	c := newCtl(t)
	id := fmt.Sprint(c.rows("add", "--text", "I am going to come to the office with a gun and make them pay.", "--stars", "1")[0]["id"])
	c.refuses(misuse, "--reason", "close", id)
	c.refuses(failed, "Give a reason", "close", id, "--reason", " ")
	c.ok("close", id, "--reason", "The police asked us to stay silent")
	if out := c.ok("show", id); !strings.Contains(out, "The police asked us to stay silent") {
		t.Errorf("the history keeps no reason: %q", out)
	}
}

func TestAnAuthorChangesNeitherPolicyNorPracticeNorStaff(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Ivo Marsh", "--role", "author")
	c.ok("policy", "draft", "--summary", "First")
	for _, args := range [][]string{{"policy", "put", "1"}, {"policy", "drop"}, {"staff", "add", "Eve", "--role", "owner"}, {"practice", "--phone", "555-0199"}} {
		c.refuses(failed, "the owner, the compliance officer", append([]string{"--as", "Ivo Marsh"}, args...)...)
	}
	if got := c.rows("practice")[0]["phone"]; got != "555-0100" {
		t.Errorf("the phone is %v", got)
	}
}

func TestWhatCannotWaitStandsOut(t *testing.T) {
	c := newCtl(t)
	id := fmt.Sprint(c.rows("add", "--text", "I am going to come to the office with a gun and make them pay.", "--stars", "1")[0]["id"])
	c.ok("add", "--text", "Lovely people.", "--stars", "5")
	if out := c.ok("inbox"); strings.Count(out, "! critical") != 1 || !strings.Contains(out, "\n! critical") && !strings.HasPrefix(out, "! critical") {
		t.Errorf("the inbox shows %q", out)
	}
	if out := c.ok("show", id); !strings.Contains(out, "First look within") || !strings.Contains(out, "  Call: ") || !strings.Contains(out, "  What not to do:\n    - ") {
		t.Errorf("shown: %q", out)
	}
	if out := c.ok("escalate", id, "--to", "compliance", "--reason", "Look"); !strings.Contains(out, "Nobody holds this step") {
		t.Errorf("escalated: %q", out)
	}
	c.ok("resolve", id, "--note", "The police were told")
	if out := c.ok("inbox"); strings.Contains(out, "! critical") || strings.Count(out, "✓ critical") != 1 {
		t.Errorf("handled: %q", out)
	}
}

func TestUnlawfulWordingIsNotPutInForceUnseen(t *testing.T) {
	c := newCtl(t)
	own := c.file("own.md", "# Ours\n\nStaff must not discuss their wages with each other.\n\nPatients sign a form in which they agree not to post negative reviews.\n")
	c.ok("policy", "draft", own, "--summary", "Ours")
	code, out, errs := c.call("", "policy", "put", "1")
	if code != failed || !strings.Contains(out, "unlawful") || !strings.Contains(out, "overbroad") || !strings.Contains(errs, "--anyway") {
		t.Errorf("put: exit %d, %q %q", code, out, errs)
	}
	c.ok("policy", "drop")
	c.refuses(failed, "No draft", "policy", "drop")
	id := fmt.Sprint(c.rows("policy", "draft", own, "--summary", "Ours")[0]["id"])
	if row := c.rows("policy", "put", id, "--anyway"); len(row) != 1 || row[0]["from"] == "" {
		t.Errorf("put anyway: %v", row)
	}
	if out := c.ok("policy", "lint", own); strings.Contains(out, "about 1 minutes") {
		t.Errorf("the linter says %q", out)
	}
}

func TestTheFactSheetAndATextThatIsRemoved(t *testing.T) {
	c := newCtl(t)
	if out := c.ok("practice", "--fact", "hours=Mon-Fri 8-5; Sat 9-12", "--fact", "parking=Behind the house"); !strings.Contains(out, "Office hours: Mon-Fri 8-5; Sat 9-12") {
		t.Errorf("the practice is %q", out)
	}
	if facts := c.rows("practice", "--fact", "parking=")[0]["facts"].(map[string]any); len(facts) != 1 || facts["hours"] != "Mon-Fri 8-5; Sat 9-12" {
		t.Errorf("the facts are %v", facts)
	}
	c.refuses(misuse, "the lines are hours", "practice", "--fact", "moon=full")
	if help := c.ok("report", "--help"); !strings.Contains(help, ".pdf") {
		t.Errorf("the help says %q", help)
	}
	c.ok("staff", "add", "Beth Lindholm", "--job", "dental hygienist")
	id := fmt.Sprint(c.rows("spotlight", "add", "Beth Lindholm", "--reason", "Kindness")[0]["id"])
	c.ok("spotlight", "move", id)
	c.ok("spotlight", "consent", "Beth Lindholm", "--form", "release in the staff file")
	c.ok("spotlight", "move", id)
	c.ok("spotlight", "story", id, "work=I clean teeth and calm nerves")
	c.ok("spotlight", "move", id)
	c.ok("spotlight", "write", id, "facebook", "--text", "Meet Beth Lindholm.")
	if row := c.rows("spotlight", "write", id, "facebook", "--drop")[0]; row["variants"] != nil {
		t.Errorf("the text is still there: %v", row["variants"])
	}
}

func TestALegalThreatWaitsForCounsel(t *testing.T) {
	c := newCtl(t)
	id := fmt.Sprint(c.rows("add", "--text", "My lawyer will be in touch. I am suing you.", "--stars", "1")[0]["id"])
	c.refuses(failed, "goodwordctl go-ahead "+id, "reply", id, "--text", kind)
	c.refuses(failed, "before counsel", "reply", id, "--now", "hurry")
	c.refuses(failed, "Say who agreed", "go-ahead", id, "--from", "nephew", "--name", "Tim", "--reason", "fine")
	if out := c.ok("go-ahead", id, "--from", "counsel", "--name", "Ada Quist", "--reason", "one neutral line"); !strings.Contains(out, "Ada Quist (counsel) agrees") {
		t.Errorf("recorded: %q", out)
	}
	if out := c.ok("reply", id, "--now", "counsel agreed"); !strings.Contains(out, kind) {
		t.Errorf("let out: %q", out)
	}
}
