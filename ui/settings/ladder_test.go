package settings_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func (d *desk) picture(name string) {
	d.t.Helper()
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		return
	}
	before := fyne.CurrentApp().Settings().Theme()
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		f, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%s.png", name, mode)))
		must(d.t, err)
		must(d.t, png.Encode(f, d.window.Canvas().Capture()))
		must(d.t, f.Close())
	}
	fyne.CurrentApp().Settings().SetTheme(before)
}

func TestTargetsByTheSite(t *testing.T) {
	d := open(t)
	d.Shown()
	d.Receive("targets")
	d.press("Add a target")
	entry(d, d.window.Content(), "hours").SetText("0")
	d.press("Save")
	if p, err := d.store.Get(ctx); err != nil || len(p.TargetRows) != 0 {
		t.Errorf("no hours were taken: %+v, %v", p.TargetRows, err)
	}
	entry(d, d.window.Content(), "hours").SetText("2")
	d.press("Save")
	p, err := d.store.Get(ctx)
	if must(t, err); len(p.TargetRows) != 1 || p.TargetRows[0].Hours != 2 || p.TargetRows[0].From != 1 || p.TargetRows[0].To != 2 {
		t.Errorf("stored %+v", p.TargetRows)
	}
	d.picture("settings-targets")
}

// A target may be for what one source brings, and stays when the source has gone.
func TestTargetsByTheSource(t *testing.T) {
	d := open(t)
	source, err := d.reviews.AddSource(ctx, reviews.Source{Name: "Front desk cards", Address: "https://cards.example/feed"}, audit.Program)
	must(t, err)
	d.Receive("targets")
	d.press("Add a target")
	find(d, d.window.Content(), func(s *widget.Select) bool { return slices.Contains(s.Options, "Front desk cards (source)") }).SetSelected("Front desk cards (source)")
	d.press("Save")
	p, err := d.store.Get(ctx)
	if must(t, err); len(p.TargetRows) != 1 || p.TargetRows[0].Source != source.ID || p.TargetRows[0].Site != "" {
		t.Fatalf("stored %+v", p.TargetRows)
	}
	d.picture("settings-targets-source")
	must(t, d.reviews.RemoveSource(ctx, source.ID, audit.Program))
	d.Shown()
	find(d, d.window.Content(), func(s *widget.Select) bool { return s.Selected == "A source that is gone" })
	entry(d, d.window.Content(), "hours").SetText("9")
	d.press("Save")
	p, err = d.store.Get(ctx)
	if must(t, err); len(p.TargetRows) != 1 || p.TargetRows[0].Source != source.ID || p.TargetRows[0].Hours != 9 {
		t.Errorf("stored %+v", p.TargetRows)
	}
}

func TestTheLadderIsTheirOwn(t *testing.T) {
	d := open(t)
	d.Shown()
	d.Receive("escalation")
	d.sees("Outside the practice.", "The clocks are our suggestion")
	d.picture("settings-ladder")
	minutes := find(d, d.window.Content(), func(e *kit.Entry) bool { return e.Text == "120" })
	minutes.SetText("none")
	d.press("Save")
	if l, err := d.reviews.Ladder(ctx); err != nil || l.Rungs[0].Minutes != 120 {
		t.Errorf("no minutes were taken: %+v, %v", l.Rungs[0], err)
	}
	minutes.SetText("45")
	entry(d, d.window.Content(), "Name and phone").SetText("The answering service, 555-0177")
	d.press("Save")
	l, err := d.reviews.Ladder(ctx)
	if must(t, err); l.Rungs[0].Minutes != 45 || l.Rungs[0].Contact != "The answering service, 555-0177" || l.Lifts != reviews.LiftUrgent {
		t.Errorf("stored %+v", l)
	}
}
