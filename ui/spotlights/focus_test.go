package spotlights_test

import (
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/ui/kit"
)

// focused is what was given the keyboard last, and how often that happened.
func (r *room) focused() (fyne.Focusable, int) {
	if len(r.host.Focused) == 0 {
		return nil, 0
	}
	return r.host.Focused[len(r.host.Focused)-1], len(r.host.Focused)
}

func (r *room) wantFocus(want *kit.Entry, why string) {
	r.t.Helper()
	if got, _ := r.focused(); got != fyne.Focusable(want) {
		r.t.Errorf("%s: the keyboard is at %T, not at the field wanted", why, got)
	}
}

// sheet are the fields of the story sheet, when it is in sight.
func (r *room) sheet() []*kit.Entry {
	var list []*kit.Entry
	for _, e := range r.entries(r.screen.Content()) {
		if e.MultiLine {
			list = append(list, e)
		}
	}
	return list
}

func TestAStepPutsTheKeyboardWhereTheNextWorkIs(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.ConsentAsked)
	_, err := r.store.Record(t.Context(), advocacy.Consent{PersonID: r.mara.ID, Uses: advocacy.ConsentUses()}, r.hr.Actor())
	r.must(err)
	r.show()
	r.screen.Receive(v.ID)
	if got, n := r.focused(); n != 0 {
		t.Errorf("opening a card gave the keyboard to %T, and single letters are no commands there", got)
	}
	r.run("Take the next step")
	r.wantFocus(r.sheet()[0], "story")
	r.sheet()[0].SetText("explains what happens next")
	r.run("Answer the story sheet")
	r.wantFocus(r.sheet()[1], "first question without an answer")
	r.run("Take the next step")
	editor, ok := sought(r.screen.Content(), func(*kit.MarkedEntry) bool { return true })
	if !ok {
		t.Fatal("the texts are not in sight")
	}
	r.wantFocus(editor.Entry, "draft")
	_, before := r.focused()
	r.run("Take the next step")
	if _, n := r.focused(); n != before || r.spotlight(v.ID).Stage != advocacy.ReviewStage {
		t.Errorf("in review, stage %s, nothing is to be typed", r.spotlight(v.ID).Stage)
	}
	r.run("Choose the day")
	day, _ := r.focused()
	if e, ok := day.(*kit.Entry); !ok || e.PlaceHolder != "2026-11-22" {
		t.Errorf("the keyboard is at %T, not at the day", day)
	}
	r.calm()
}

func TestNetworksAreTurnedOverAndMarkedAsPosted(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.Scheduled)
	r.show()
	r.screen.Receive(v.ID)
	r.sees("Copy and open Facebook")
	r.run("Next network")
	r.sees("Copy and open LinkedIn")
	r.run("Network before")
	r.run("Network before")
	last := v.Variants[len(v.Variants)-1].Network
	n, _ := advocacy.NetworkByID(last)
	r.sees("Copy and open " + n.Name)
	for range v.Variants {
		r.run("Mark as posted")
		r.answer("Mark as posted")
		r.calm()
	}
	now := r.spotlight(v.ID)
	if now.Stage != advocacy.Published {
		t.Errorf("got %q after every text was marked as posted", now.Stage)
	}
	if got := r.host.Dialogs[0].Title; got != "Posted on "+n.Name {
		t.Errorf("got %q first, want the network in sight", got)
	}
	for _, c := range r.screen.Commands() {
		if c.Title == "Mark as posted" && c.CanRun() {
			t.Error("there is nothing left to mark as posted")
		}
	}
}

func TestCommandsOfTheCardNeedACard(t *testing.T) {
	r := newRoom(t)
	r.ready(advocacy.Scheduled)
	r.now = r.now.Add(time.Hour)
	r.show()
	want := map[string]bool{"N": true, "B": true, "L": true, "W": true, "F": true, "J": true, "R": true, "G": true}
	for _, c := range r.screen.Commands() {
		if c.CanRun() != want[c.Key] {
			t.Errorf("%s (%s): got %t without a card", c.Title, c.Key, c.CanRun())
		}
	}
}
