package inbox

import (
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
)

// Praise of a colleague begins a nomination, without the patient; a complaint and praise of nobody do not.
func TestPraiseIsCarriedToTheSpotlights(t *testing.T) {
	r := newRoom(t, 1280, 800)
	mara, err := r.practices.SavePerson(t.Context(), practice.Person{Name: "Mara Lindqvist", Role: practice.Staff, Job: "dental hygienist"}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	source := r.source("google")
	praise := r.say(source, "Julian Prado", 5, time.Hour, "Mara Lindqvist was so kind about my root canal. Thank you, Julian Prado")
	others := []int64{r.say(source, "Pat Quinn", 1, 2*time.Hour, "Mara Lindqvist was rude to me."), r.say(source, "Kim Lee", 5, 3*time.Hour, "Lovely place, easy parking.")}
	r.Shown()
	can := func() (run func()) {
		for _, c := range r.Commands() {
			if c.Title == "Nominate for a spotlight" && c.Enabled() {
				return c.Run
			}
		}
		return nil
	}
	for _, id := range others {
		r.open(id)
		if can() != nil {
			t.Errorf("mention %d begins a nomination", id)
		}
	}
	r.open(praise)
	run := can()
	if run == nil {
		t.Fatal("praise of a colleague cannot begin a nomination")
	}
	run()
	went := r.host.Went[len(r.host.Went)-1]
	p, ok := went.Arg.(reviews.Praise)
	if !ok || went.Screen != "spotlights" || p.MentionID != praise || len(p.People) != 1 || p.People[0] != mara {
		t.Fatalf("got %+v", went)
	}
	if !strings.Contains(p.Words, "Mara Lindqvist was so kind") || strings.Contains(p.Words, "root canal") || strings.Contains(p.Words, "Prado") || strings.Contains(p.Words, "Julian") {
		t.Errorf("got %q", p.Words)
	}
}
