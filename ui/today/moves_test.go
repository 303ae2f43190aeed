package today

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

	"goodword/reviews"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// burst is a practice where 1 negative mention came every third day, and 8 today.
func burst(t testing.TB) *room {
	t.Helper()
	r := open(t)
	r.trained(t, r.owner)
	for i := range 90 {
		r.said(t, time.Duration(90-i)*24*time.Hour, []int{1, 5, 4}[i%3], "")
	}
	for i := range 8 {
		r.said(t, time.Duration(i*5)*time.Minute, 1, "")
	}
	if _, err := r.insight.LookForMoves(ctx); err != nil {
		t.Fatal(err)
	}
	r.Shown()
	return r
}

func (r *room) moveLine(t testing.TB) *line {
	t.Helper()
	for _, l := range r.lines {
		if l.move != 0 {
			return l
		}
	}
	return nil
}

func TestAMoveOpensItsMentionsAndIsSeen(t *testing.T) {
	r := burst(t)
	l := r.moveLine(t)
	if l == nil || l.title != "8 negative mentions today, fewer than 1 is usual" {
		t.Fatalf("no line of the burst among\n%s", r.titles())
	}
	test.Tap(l)
	last := r.host.Went[len(r.host.Went)-1]
	search, ok := last.Arg.(string)
	if got := r.ids(t, search); !ok || last.Screen != "inbox" || len(got) != 8 {
		t.Errorf("it opens %v, which lists %d mentions; want the 8 in the inbox", last, len(got))
	}
	q, err := reviews.ParseQuery(search+" stars:1 after:today", r.at, time.UTC)
	must(t, err)
	if ids, err := r.reviews.IDs(ctx, q); err != nil || len(ids) != 8 {
		t.Errorf("of them %d are the negative ones of today, %v", len(ids), err)
	}
	l.TypedRune('s')
	if strings.Contains(r.titles(), "negative mentions") {
		t.Errorf("what was seen is still there:\n%s", r.titles())
	}
	r.host.Undo()
	if r.moveLine(t) == nil {
		t.Error("undo does not bring it back")
	}
}

// TestMovePictures draws the screen into GOODWORD_PICTURES, for a person to look at.
func TestMovePictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := burst(t)
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1208, Height: 752}, {Width: 928, Height: 652}} {
			w := kittest.Window(t, r.Content(), size.Width, size.Height)
			r.Shown()
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("today-moves-%s-%.0f.png", mode, size.Width)))
			must(t, err)
			must(t, png.Encode(file, w.Canvas().Capture()))
			must(t, file.Close())
		}
	}
}
