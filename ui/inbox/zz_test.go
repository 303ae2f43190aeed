package inbox_test

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/house"
	"goodword/house/sample"
	"goodword/internal/clock"
	"goodword/reviews"
	"goodword/ui"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func TestZZSample(t *testing.T) {
	ctx := context.Background()
	end := time.Date(2026, 11, 20, 15, 0, 0, 0, time.UTC)
	path := filepath.Join(t.TempDir(), "s.db")
	at := time.Now()
	if err := sample.Fill(ctx, path, end); err != nil {
		t.Fatal(err)
	}
	fmt.Println("fill", time.Since(at))
	h, err := house.Open(ctx, path, clock.At(end))
	if err != nil {
		t.Fatal(err)
	}
	q, _ := reviews.ParseQuery("is:urgent is:open", end, time.UTC)
	urgent, _ := h.Reviews.IDs(ctx, q)
	q, _ = reviews.ParseQuery("status:answering", end, time.UTC)
	drafts, _ := h.Reviews.IDs(ctx, q)
	q, _ = reviews.ParseQuery("is:edited", end, time.UTC)
	edited, _ := h.Reviews.IDs(ctx, q)
	fmt.Println(len(urgent), len(drafts), len(edited))
	h.Close()
	app := test.NewTempApp(t)
	w := test.NewTempWindow(t, nil)
	win := ui.NewWindow(app, w, ui.Options{Path: path, Now: clock.At(end), Background: kit.Inline{}, ToastTime: -1})
	defer win.Close()
	w.Resize(fyne.NewSize(1280, 800))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		win.Dress(mode, 1)
		shot := func(what string) {
			f, _ := os.Create("/tmp/gw/shots/inbox/sample-" + fmt.Sprint(mode) + "-" + what + ".png")
			png.Encode(f, w.Canvas().Capture())
			f.Close()
		}
		win.Show("inbox", "is:open")
		shot("open")
		for i, id := range urgent {
			if i < 2 {
				win.Show("inbox", id)
				shot(fmt.Sprint("urgent", i))
			}
		}
		for i, id := range drafts {
			if i < 2 {
				win.Show("inbox", id)
				shot(fmt.Sprint("draft", i))
			}
		}
		if len(edited) > 0 {
			win.Show("inbox", edited[0])
			shot("edited")
		}
	}
}
