package inbox

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/theme"
)

func TestTabGoesThroughTheAlternatives(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	tab := &fyne.KeyEvent{Name: fyne.KeyTab}
	r.reply.digit('1')
	seen := map[string]bool{r.reply.editor.Text(): true}
	for range 2 {
		if !r.reply.turn(tab.Name) {
			t.Fatal("Tab does not go on from a template")
		}
		seen[r.reply.editor.Text()] = true
	}
	if len(seen) != 3 {
		t.Errorf("got %d texts, want the pick and two alternatives", len(seen))
	}
	r.reply.turn(tab.Name)
	if len(seen) != 3 || !seen[r.reply.editor.Text()] {
		t.Error("after the alternatives it does not begin again")
	}
	r.typeReply("My own words stand here now.")
	if r.reply.turn(tab.Name) {
		t.Error("Tab took somebody's own words away")
	}
}

func TestLinesStackAtTheCursor(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	for _, letter := range []rune{'a', 'c'} {
		before := r.reply.editor.Text()
		r.press("Ctrl+L")
		list, ok := r.host.Focused[len(r.host.Focused)-1].(*chooser)
		if !ok {
			t.Fatalf("the keyboard is with %T", r.host.Focused[len(r.host.Focused)-1])
		}
		want := list.choices[letter-'a'].title
		list.TypedRune(letter)
		if got := r.reply.editor.Text(); got != strings.TrimSpace(before+" "+want) {
			t.Errorf("got %q, want %q behind %q", got, want, before)
		}
	}
	r.noFailures()
}

// spoken is a language model that says one thing.
type spoken struct {
	text string
	err  error
}

func (s spoken) ModelOn(context.Context) (bool, error) { return true, nil }

func (s spoken) AskModel(context.Context, reviews.Mention) (string, string, error) {
	return s.text, "tiny", s.err
}

func TestTheModelsWordsAreMarkedAndJudged(t *testing.T) {
	r, bad, _ := usual(t)
	r.Screen.deps.Model = spoken{text: "Your root canal on Tuesday went fine."}
	r.open(bad)
	r.press("R")
	r.press("Ctrl+M")
	if got := r.reply.editor.Text(); got != "Your root canal on Tuesday went fine." || r.reply.soundNow() {
		t.Errorf("got %q, sound: %v; want the words, and the gate's block", got, r.reply.soundNow())
	}
	drafts, err := r.store.Drafts(ctx, bad)
	r.must(err)
	if len(drafts) == 0 || !drafts[0].ByModel() || !strings.Contains(r.reply.when.Text(), "language model") {
		t.Errorf("nothing says that a model wrote it: %+v", drafts)
	}
	r.Screen.deps.Model = spoken{err: errors.New("No language model answers")}
	r.press("Ctrl+M")
	if len(r.host.Failures) != 1 || r.reply.editor.Text() == "" {
		t.Errorf("failures %v, text %q", r.host.Failures, r.reply.editor.Text())
	}
}

func TestAMissingFactIsSaid(t *testing.T) {
	r, _, _ := usual(t)
	id := r.say(r.source("forum"), "Q. Asker", 0, 3*time.Hour, "Where can I park?")
	r.open(id)
	r.press("R")
	if got := r.reply.gap(); !strings.Contains(got, "parking") {
		t.Errorf("got %q, want the missing fact", got)
	}
}

// TestDraftingPictures draws the reply with its aids into GOODWORD_PICTURES, for a person to look at.
func TestDraftingPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r, bad, _ := usual(t)
	r.Screen.deps.Model = spoken{text: "Thank you for writing."}
	park := r.say(r.source("forum"), "Q. Asker", 0, 3*time.Hour, "Where can I park?")
	r.window.Resize(fyne.NewSize(1208, 752))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		draw := func(name string) {
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("drafting-%s-%s.png", name, mode)))
			r.must(err)
			defer func() { _ = file.Close() }()
			r.must(png.Encode(file, r.window.Canvas().Capture()))
		}
		r.open(bad)
		r.press("R")
		draw("empty")
		r.press("Alt+1")
		draw("chosen")
		r.reply.editor.SetText("")
		r.reply.typed("")
		r.open(park)
		r.press("R")
		draw("missing")
	}
}
