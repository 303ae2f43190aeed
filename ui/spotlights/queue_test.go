package spotlights_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/reviews"
	"goodword/ui/kit"
)

// choose picks an option of the choice that offers it.
func (r *room) choose(option string) {
	r.t.Helper()
	s, ok := sought(r.screen.Content(), func(s *widget.Select) bool {
		for _, o := range s.Options {
			if o == option {
				return true
			}
		}
		return false
	})
	if !ok {
		r.t.Fatalf("no choice offers %q", option)
	}
	s.SetSelected(option)
}

func TestFiltersNarrowBoardAndList(t *testing.T) {
	r := newRoom(t)
	r.fill()
	r.show()
	r.run("Show spotlights as list")
	r.choose("Otto Frane")
	r.sees("Clear")
	table, _ := sought(r.screen.Content(), func(*kit.Table) bool { return true })
	if got := table.AccessibilityLabel(); got != "2 rows" {
		t.Errorf("got %q of one colleague, want 2 rows", got)
	}
	r.choose("Published")
	r.sees("No spotlight fits")
	r.press("Show all")
	if got := table.AccessibilityLabel(); got != "7 rows" {
		t.Errorf("got %q after all filters went", got)
	}
	r.choose("dental hygienist")
	r.choose("Meet the team")
	r.run("Clear the filters")
	for _, c := range r.screen.Commands() {
		if c.Title == "Clear the filters" && c.CanRun() {
			t.Error("there is no filter left to clear")
		}
	}
}

// The whole way over the board and the list goes by keyboard, and the keyboard stays with the card.
func TestMovesByKeyboard(t *testing.T) {
	r := newRoom(t)
	v, err := r.store.Nominate(t.Context(), advocacy.Spotlight{PersonID: r.mara.ID, Occasion: "meet the team"}, r.hr.Actor())
	r.must(err)
	r.show()
	r.run("Put the keyboard on the cards")
	focused := func() fyne.Focusable { return r.window.Canvas().Focused() }
	alt := func(key fyne.KeyName) {
		r.t.Helper()
		card, ok := focused().(fyne.Shortcutable)
		if !ok {
			t.Fatalf("%T has the keyboard", focused())
		}
		card.TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt})
	}
	alt(fyne.KeyRight)
	if got := r.spotlight(v.ID).Stage; got != advocacy.ConsentAsked {
		t.Fatalf("got %q", got)
	}
	alt(fyne.KeyLeft)
	if got := r.spotlight(v.ID).Stage; got != advocacy.Nominated {
		t.Fatalf("got %q: the card lost the keyboard on its way", got)
	}
	r.run("Show spotlights as list")
	r.run("Put the keyboard on the cards")
	r.window.Canvas().Focus(r.host.Focused[len(r.host.Focused)-1])
	r.run("Move to the next stage")
	if got := r.spotlight(v.ID).Stage; got != advocacy.ConsentAsked {
		t.Fatalf("got %q in the list", got)
	}
	r.host.Undo()
	if got := r.spotlight(v.ID).Stage; got != advocacy.Nominated {
		t.Errorf("got %q after the undo", got)
	}
	r.run("Move to the stage before")
	r.calm()
}

func TestArrowsGoFromCardToCard(t *testing.T) {
	r := newRoom(t)
	r.fill()
	r.show()
	r.run("Put the keyboard on the cards")
	first := r.window.Canvas().Focused()
	press := func(key fyne.KeyName) { r.window.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: key}) }
	press(fyne.KeyRight)
	if r.window.Canvas().Focused() == first {
		t.Error("the right arrow stays on the card")
	}
	press(fyne.KeyLeft)
	if r.window.Canvas().Focused() != first {
		t.Error("the left arrow does not come back")
	}
	press(fyne.KeyReturn)
	r.sees("Begin the story")
}

func TestFairnessInTheWindow(t *testing.T) {
	r := newRoom(t)
	r.fill()
	r.show()
	r.run("Show who was never shown")
	r.sees("Whose turn it could be", "Everybody, least shown first", "By role, last twelve months", "At this pace everybody has a turn")
	r.press("Nominate")
	r.press("Nominate")
	d := r.host.LastDialog()
	if d == nil || d.Title != "Nominate a colleague" {
		t.Fatal("nothing to nominate with")
	}
}

// What a mention says comes over without the patient; the card keeps the mention, the reason stays what a person sent.
func TestPraiseBeginsANomination(t *testing.T) {
	r := newRoom(t)
	r.show()
	r.screen.Receive(reviews.Praise{MentionID: 41, People: []int64{r.mara.ID}, Words: "Mara took all the time in the world."})
	who, _ := sought(r.host.LastDialog().Content, func(s *widget.Select) bool { return strings.HasPrefix(s.Selected, "Mara") })
	if who == nil {
		t.Fatal("the colleague that was praised is not chosen")
	}
	r.answer("Nominate")
	r.calm()
	v := r.spotlight(1)
	if v.MentionID != 41 || v.Reason != "A patient wrote: “Mara took all the time in the world.”" || v.By != r.hr.ID {
		t.Errorf("got %+v", v)
	}
	r.host.Undo()
	if got := r.spotlight(1).Stage; got != advocacy.Archived {
		t.Errorf("got %q after the undo", got)
	}
}

func TestTonesTagsAndLink(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.DraftStage)
	r.show()
	r.screen.Receive(v.ID)
	r.press("Write the texts")
	editor, _ := sought(r.screen.Content(), func(*kit.MarkedEntry) bool { return true })
	warm := editor.Text()
	tones, _ := sought(r.screen.Content(), func(s *kit.Segmented) bool { return strings.Contains(s.AccessibilityLabel(), "Warm") })
	tones.SetSelected(2)
	tones.OnChanged(2)
	if editor.Text() == warm {
		t.Error("the lively text is the warm one")
	}
	r.host.Undo()
	if editor.Text() != warm {
		t.Error("the warm text did not come back")
	}
	r.press("Add the link")
	if !strings.Contains(editor.Text(), "utm_source=") || strings.Contains(strings.ToLower(editor.Text()), "campaign=mara") {
		t.Errorf("got %q", editor.Text())
	}
	r.press("Take the link out")
	if editor.Text() != warm {
		t.Errorf("got %q", editor.Text())
	}
}

// BenchmarkBoardOf500 reads five hundred spotlights and shows the board anew.
func BenchmarkBoardOf500(b *testing.B) {
	r := newRoom(b)
	for i := range 500 {
		_, err := r.store.Nominate(b.Context(), advocacy.Spotlight{PersonID: r.mara.ID + int64(i%4), Occasion: "meet the team", Reason: "Stays calm on the busiest mornings."}, r.hr.Actor())
		r.must(err)
	}
	r.window = test.NewWindow(r.screen.Content())
	defer r.window.Close()
	r.window.Resize(fyne.NewSize(1280, 800))
	for b.Loop() {
		r.screen.Shown()
	}
}
