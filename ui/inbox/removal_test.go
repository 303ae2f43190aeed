package inbox

import (
	"strings"
	"testing"
	"time"
)

func TestTheReasonsForARemovalReportAreCopied(t *testing.T) {
	r := newRoom(t, 1280, 800)
	id := r.say(r.source("google"), "Pat Quinn", 1, time.Hour, "I have never been here myself. My cousin told me all about it, give them one star everybody.")
	r.Shown()
	r.open(id)
	r.press("W")
	if text := seen(r.reading.content); !strings.Contains(text, "never been here") || !strings.Contains(text, "Copy the reasons") {
		t.Errorf("why shows\n%s", text)
	}
	for _, c := range r.Commands() {
		if c.Title == "Copy the reasons for a removal report" && c.Enabled() {
			c.Run()
		}
	}
	if len(r.host.Copied) != 1 || !strings.Contains(r.host.Copied[0], "says that they were never here. “") {
		t.Errorf("got %q", r.host.Copied)
	}
}
