package policyroom_test

import (
	"strings"
	"testing"

	"goodword/policy"
	"goodword/ui/kit"
)

func TestOurOwnStatementIsChangedAndPutOutOfUse(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Myths")
	r.run("Add a statement about health")
	r.host.LastDialog().Press("Save")
	if r.host.LastDialog().Closed {
		t.Error("a statement without words was taken")
	}
	fill := func(words map[string]string) {
		t.Helper()
		form := r.dialog()
		for placeholder, text := range words {
			find(r, form, func(e *kit.Entry) bool { return strings.HasPrefix(e.PlaceHolder, placeholder) }).SetText(text)
		}
		r.host.LastDialog().Press("Save")
	}
	fill(map[string]string{"oil pulling": "oil pulling", "Oil pulling": "Oil pulling replaces brushing.", "Rinsing": "Brushing removes plaque. Oil does not.", "NIDCR": "NIDCR", "https://": "https://www.nidcr.nih.gov/health-info"})
	r.sees("Oil pulling replaces brushing.", "Where it was said", "No reply and no post has said it so far.", "The page was read here on 22 November 2026, today")
	r.uses = []policy.MythUse{{Kind: policy.UsedInReply, ID: 12, State: "posted", At: r.now}, {Kind: policy.UsedInPost, ID: 3, Title: "Oil and teeth", State: "published", At: r.now}}
	r.run("Change our statement about health")
	fill(map[string]string{"Rinsing": "Brushing removes plaque. Oil has not been shown to."})
	r.sees("Oil has not been shown to.", "Reply, posted · last changed 22 Nov 2026", "Post: Oil and teeth, published")
	r.press("Show")
	if len(r.host.Went) != 1 || r.host.Went[0].Screen != "inbox" {
		t.Errorf("got %v", r.host.Went)
	}
	r.press("Put out of use")
	if all, err := r.store.AllMyths(ctx); err != nil || all[len(all)-1].Own() {
		t.Errorf("it is still in use: %v", err)
	}
	r.host.Undo()
	r.sees("Oil has not been shown to.")
	r.Receive("Myths/d5")
	for _, c := range r.Commands() {
		if c.Title == "Change our statement about health" && c.CanRun() {
			t.Error("what ships with the program may be changed")
		}
	}
	if len(r.host.Failures) > 0 {
		t.Error(r.host.Failures)
	}
}
