package inbox

import (
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/internal/practice"
)

func TestAFirstNameIsProbablyMeantAndTwoAreAsked(t *testing.T) {
	r := newRoom(t, 1280, 800)
	priya := r.person("Priya Anand", "Hygienist", practice.Author).ID
	park, stone := r.person("Amy Park", "Assistant", practice.Author).ID, r.person("Amy Stone", "Front desk", practice.Author).ID
	id := r.say(r.source("google"), "Pat Quinn", 5, time.Hour, "Priya was so kind, and so was Amy.")
	r.Shown()
	r.open(id)
	words := func() string { return seen(r.reading.content) }
	if got := words(); !strings.Contains(got, "Probably about Priya Anand") || !strings.Contains(got, "About Amy Park or Amy Stone?") {
		t.Errorf("got %q, want one who is probably meant and two who are asked for", got)
	}
	r.setPeople([]int64{priya, stone})
	r.open(id)
	if got := words(); !strings.Contains(got, "About Amy Stone") || strings.Contains(got, "Probably") || strings.Contains(got, "or Amy Stone?") {
		t.Errorf("after the answer: %q", got)
	}
	r.host.Undo()
	r.open(id)
	if people, err := r.store.About(ctx, id); err != nil || !slices.Equal(people, []int64{priya}) {
		t.Errorf("after undo it is about %v %v, want %d alone", people, err, priya)
	}
	r.press("C")
	list := r.host.Focused[len(r.host.Focused)-1].(*chooser)
	list.TypedRune('s')
	list = r.host.Focused[len(r.host.Focused)-1].(*chooser)
	list.TypedRune('2')
	if people, err := r.store.About(ctx, id); err != nil || !slices.Equal(people, []int64{park}) {
		t.Errorf("after C S 2 it is about %v %v, want %d", people, err, park)
	}
	r.noFailures()
}
