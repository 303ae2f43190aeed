package inbox

import (
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// says is all that the list says in words.
func (r *room) says() string {
	var words []string
	for _, o := range kittest.Objects(r.list.states) {
		if p, ok := o.(*kit.Paragraph); ok {
			words = append(words, p.Text())
		}
	}
	return strings.Join(words, " ")
}

func TestEachEmptyViewSaysItsOwn(t *testing.T) {
	r := newRoom(t, 1100, 760)
	r.Shown()
	for _, line := range r.views.lines {
		line.Tapped(nil)
		if got := r.says(); !strings.Contains(got, "No mentions yet") {
			t.Errorf("%s says %q, not how to get the first mention", line.view.title, got)
		}
	}
	tapButton(t, r.list.states, "Add a source")
	tapButton(t, r.list.states, "Import a file")
	if len(r.host.Went) != 2 || r.host.Went[0] != (kittest.Place{Screen: "sources", Arg: "add"}) || r.host.Went[1] != (kittest.Place{Screen: "sources", Arg: "import"}) {
		t.Errorf("went to %v", r.host.Went)
	}
	tapButton(t, r.list.states, "Enter one by hand")
	if d := r.host.LastDialog(); d == nil || d.Title != "Add a mention" {
		t.Errorf("by hand opens %+v", d)
	}

	r.must(r.store.Close(ctx, r.say(r.source("google"), "Sam", 5, 2*time.Hour, praise), "Praise that needs no answer", r.manager))
	r.Changed(kit.ChangedMentions)
	said := map[string]string{}
	for _, line := range r.views.lines {
		line.Tapped(nil)
		if r.list.pager.Len() > 0 {
			continue
		}
		got := r.says()
		if got == "" || strings.Contains(got, "Nothing fits") || said[got] != "" {
			t.Errorf("%s says %q, as %q does", line.view.title, got, said[got])
		}
		said[got] = line.view.title
	}
	if len(said) != 9 {
		t.Errorf("%d views are empty, want all but Done and All mentions", len(said))
	}
	r.noFailures()
}

func TestViewsCountDraftsEscalatedAndFlagged(t *testing.T) {
	r, bad, good := usual(t)
	third := r.say(r.source("yelp"), "Lee", 3, time.Hour, "Parking is tight.")
	r.must(r.store.Flag(ctx, good, true, r.manager))
	r.must(r.store.Escalate(ctx, bad, r.author.ID, "Look at it", r.manager))
	_, _, err := r.store.SaveDraft(ctx, third, safe, "", r.manager)
	r.must(err)
	r.Changed(kit.ChangedMentions)
	for _, line := range r.views.lines {
		switch line.view.title {
		case "Drafts", "Escalated", "Flagged":
			if line.count != 1 {
				t.Errorf("%s: got %d, want 1", line.view.title, line.count)
			}
		}
	}
	for i := range r.list.pager.Len() {
		row, ok := r.list.pager.At(i)
		if want := row.ID == good; !ok || row.Flagged != want {
			t.Errorf("row of %s: flagged %v, want %v", row.Title, row.Flagged, want)
		}
		if row.ID == bad && row.Status != "With Ivo" {
			t.Errorf("the escalated row says %q", row.Status)
		}
	}
	r.noFailures()
}

func TestWhoLeftKeepsTheirName(t *testing.T) {
	r, bad, _ := usual(t)
	r.must(r.store.Assign(ctx, bad, r.author.ID, r.manager))
	_, err := r.practices.SavePerson(ctx, practice.Person{ID: r.author.ID, Name: r.author.Name, Role: practice.Author, LeftOn: "2026-03-01"}, audit.Program)
	r.must(err)
	r.Changed(kit.ChangedPractice)
	if got, want := r.known().person(r.author.ID), r.author.Name; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, p := range r.known().staff() {
		if p.ID == r.author.ID {
			t.Error("who left can still be chosen")
		}
	}
}
