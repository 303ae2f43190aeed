package spotlights_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
)

// turns are the turns of a series that still wait for a post in December.
func (r *room) turns() []string {
	r.t.Helper()
	entries, err := r.store.Month(r.t.Context(), 2026, time.December)
	r.must(err)
	var days []string
	for _, e := range entries {
		if e.Kind == advocacy.EntrySeries {
			days = append(days, e.From)
		}
	}
	return days
}

func TestANominationFromASeriesTakesItsTurn(t *testing.T) {
	r := newRoom(t)
	s, err := r.store.SaveSeries(t.Context(), advocacy.Series{Title: "Meet the team", Kind: advocacy.KindSpotlight, First: "2026-12-01", Until: "2026-12-31",
		Rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", Minute: 9 * 60}, r.hr.Actor())
	r.must(err)
	if got := r.turns(); !slices.Equal(got, []string{"2026-12-01", "2026-12-15", "2026-12-29"}) {
		t.Fatalf("got %v", got)
	}
	r.show()
	r.screen.Receive(advocacy.SeriesTurn{Series: s, Day: "2026-12-15", On: "2026-12-15"})
	d := r.host.LastDialog()
	if words := wordsOf(d.Content); !strings.Contains(words, "For “Meet the team” on 15 December 2026. The turn is then taken.") {
		t.Errorf("got %s", words)
	}
	who, _ := sought(d.Content, func(s *widget.Select) bool {
		return slices.ContainsFunc(s.Options, func(o string) bool { return strings.HasPrefix(o, "Mara") })
	})
	for i, o := range who.Options {
		if strings.HasPrefix(o, "Mara") {
			who.SetSelectedIndex(i)
		}
	}
	r.must(r.until("2026-12-10"))
	r.answer("Nominate")
	if words := wordsOf(d.Content); d.Closed || !strings.Contains(words, "which 2026-12-15 is not within") {
		t.Fatalf("her consent ends before the turn, and that is said in the dialog: got %s", words)
	}
	r.must(r.until("2026-12-31"))
	r.answer("Nominate")
	r.calm()
	if got := r.turns(); !d.Closed || !slices.Equal(got, []string{"2026-12-01", "2026-12-29"}) {
		t.Errorf("the turn is taken: got %v", got)
	}
	list, err := r.store.List(t.Context(), advocacy.Filter{})
	if err != nil || len(list) != 1 || list[0].SeriesID != s.ID || list[0].SeriesDay != "2026-12-15" || list[0].Schedule.UTC().Format(time.DateTime) != "2026-12-15 15:00:00" {
		t.Errorf("got %+v, %v", list, err)
	}
	r.host.Undo()
	if got := r.turns(); len(got) != 3 {
		t.Errorf("taken back, the turn waits again: got %v", got)
	}
}

// until records a consent of the hygienist up to a day.
func (r *room) until(day string) error {
	_, err := r.store.Record(r.t.Context(), advocacy.Consent{PersonID: r.mara.ID, Uses: advocacy.ConsentUses(), Until: day}, r.hr.Actor())
	return err
}

func TestAPostThatShowsNobodySaysWhatStandsInPlaceOfAStory(t *testing.T) {
	for _, test := range []struct {
		post advocacy.Spotlight
		want string
	}{
		{advocacy.Spotlight{Kind: advocacy.KindEducation, Education: advocacy.Education{Tip: "mouthguard"}}, "a clinician of the practice who approves the words"},
		{advocacy.Spotlight{Kind: advocacy.KindEvent, Title: "Open house"}, "nobody's consent is needed unless a colleague is named"},
	} {
		r := newRoom(t)
		v, err := r.store.Plan(t.Context(), test.post, r.hr.Actor())
		r.must(err)
		r.show()
		r.screen.Receive(v.ID)
		r.run("Answer the story sheet")
		r.sees("This post shows nobody, so there is no story to ask for.", test.want)
		if strings.Contains(r.words(), "Print the sheet") {
			t.Error("there is no sheet to print")
		}
		r.press("Go to the texts")
		r.calm()
	}
}
