package main

import (
	"fmt"
	"strings"
	"testing"
)

func TestTheLadderByHand(t *testing.T) {
	c := newCtl(t)
	c.ok("staff", "add", "Priya Nair", "--role", "compliance")
	c.ok("staff", "add", "Ivo Marsh", "--role", "author")
	id := fmt.Sprint(c.rows("add", "--text", "They talked about my chart in the waiting room.", "--stars", "1")[0]["id"])
	row := c.rows("--as", "Ivo Marsh", "escalate", id, "--to", "compliance", "--reason", "Privacy", "--tried", "Nothing yet", "--avoid", "No public reply")[0]
	if row["to"] != "Priya Nair" || row["step"] != "compliance" || row["status"] != "escalated" {
		t.Errorf("escalated to %v", row)
	}
	if s := c.status(); s["waiting"] != 1.0 || s["escalated"] != 1.0 {
		t.Errorf("status says %v", s)
	}
	if out := c.ok("ladder"); !strings.Contains(out, "Priya Nair") || !strings.Contains(out, "waiting: 1") {
		t.Errorf("the ladder shows %q", out)
	}
	c.refuses(failed, "Nobody has taken this up yet", "snooze", id, "--until", "3d")
	if out := c.ok("--as", "Priya Nair", "take", id); !strings.Contains(out, "Priya Nair has mention "+id) {
		t.Errorf("took: %q", out)
	}
	c.refuses(failed, "Priya Nair has this mention", "--as", "Ivo Marsh", "take", id)
	c.refuses(failed, "who took it up", "--as", "Ivo Marsh", "resolve", id, "--note", "done")
	c.ok("--as", "Ivo Marsh", "take", id, "--replace")
	c.ok("--as", "Priya Nair", "take", id, "--replace")
	c.ok("snooze", id, "--until", "2w", "--for", "the patient calls back")
	if s := c.status(); s["waiting"] != 0.0 || s["snoozed"] != 1.0 {
		t.Errorf("status says %v", s)
	}
	if rows := c.rows("inbox", "is:snoozed"); len(rows) != 1 || rows[0]["pauses"] == nil {
		t.Errorf("the inbox shows %v", rows)
	}
	c.refuses(failed, "no day to come back on", "snooze", id, "--until", "soon")
	c.refuses(failed, "has passed", "snooze", id, "--until", "2020-01-01")
	c.ok("snooze", id, "--until", "now")
	c.refuses(failed, "is not put off", "snooze", id, "--until", "now")
	if rows := c.rows("inbox", "is:open -is:snoozed"); len(rows) != 1 {
		t.Errorf("it did not come back: %v", rows)
	}
	c.refuses(failed, "nobody called", "escalate", id, "--to", "moon", "--reason", "Look")
}
