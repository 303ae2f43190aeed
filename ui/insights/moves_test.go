package insights

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// burst adds 8 negative mentions of today to a practice with two years behind it.
func burst(t *testing.T) *room {
	r := filled(t)
	for i := range 8 {
		r.said(t, r.at.Add(-time.Duration(i)*time.Minute), 1, "negative", "google", "", "billing_insurance")
	}
	if _, err := r.reader.LookForMoves(ctx); err != nil {
		t.Fatal(err)
	}
	r.Shown()
	return r
}

func (r *room) press(t *testing.T, title string) bool {
	t.Helper()
	for _, o := range test.LaidOutObjects(r.view.moves) {
		if b, ok := o.(*widget.Button); ok && b.Text == title {
			test.Tap(b)
			return true
		}
	}
	return false
}

func TestWhatMovesIsShownWithItsMentions(t *testing.T) {
	r := burst(t)
	kittest.Window(t, r.Content(), 1200, 900)
	if len(r.view.moves.Objects) == 0 || len(r.loaded.moves) == 0 {
		t.Fatal("no move is shown")
	}
	open := len(r.loaded.moves)
	if !r.press(t, "Mentions") {
		t.Fatal("no way to the mentions")
	}
	if got := r.went(t); !strings.HasPrefix(got, "move:") {
		t.Errorf("opens %q, want the mentions of the move", got)
	}
	for range open {
		r.press(t, "Seen")
	}
	if r.press(t, "Seen") {
		t.Error("what was seen can be marked again")
	}
	if got := len(r.loaded.moves); got != open {
		t.Errorf("%d moves are shown after they were seen, want %d while they last", got, open)
	}
}

func TestCalmDaysShowTheUsualRange(t *testing.T) {
	r := filled(t)
	r.Shown()
	if len(r.loaded.moves) != 0 || len(r.loaded.negatives) == 0 || len(r.view.moves.Objects) != 1 {
		t.Errorf("got %d moves and %d days, want the days and no move", len(r.loaded.moves), len(r.loaded.negatives))
	}
}

// TestMovePictures draws the screen into GOODWORD_PICTURES, for a person to look at.
func TestMovePictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	for name, r := range map[string]*room{"burst": burst(t), "calm": filled(t)} {
		for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
			fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
			w := kittest.Window(t, r.Content(), 1208, 900)
			r.Shown()
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("insights-moves-%s-%s.png", name, mode)))
			must(t, err)
			must(t, png.Encode(file, w.Canvas().Capture()))
			must(t, file.Close())
		}
	}
}
