package spotlights_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// TestLooks draws the pages in both themes and sizes into GOODWORD_PICTURES, for a person to look at.
func TestLooks(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := newRoom(t)
	r.fill()
	v := r.ready(advocacy.Scheduled)
	r.must(r.until("2026-11-26"))
	tip, err := r.store.Plan(t.Context(), advocacy.Spotlight{Kind: advocacy.KindEducation, Education: advocacy.Education{Tip: "mouthguard"}, Schedule: r.now.Add(48 * time.Hour)}, r.hr.Actor())
	r.must(err)
	_, err = r.store.SaveCampaign(t.Context(), advocacy.Campaign{Name: "Autumn hiring", Goal: advocacy.GoalHiring, Wanted: 6, From: "2026-11-01", Until: "2026-12-31"}, r.hr.Actor())
	r.must(err)
	r.show()
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1208, Height: 752}, {Width: 1848, Height: 1032}} {
			r.window.Resize(size)
			draw := func(name string) {
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("looks-%s-%s-%.0f.png", name, mode, size.Width+72)))
				r.must(err)
				defer func() { _ = file.Close() }()
				r.must(png.Encode(file, r.window.Canvas().Capture()))
			}
			for _, page := range []string{"list", "fairness", "campaigns"} {
				r.screen.Receive(page)
				draw(page)
			}
			r.screen.Receive(v.ID)
			draw("card")
			r.run("Make the share kit for staff")
			d := r.host.LastDialog()
			r.window.SetContent(kit.NewLayers(kit.Ground(theme.Canvas, kit.Centered(kit.Scrolling(kit.Inset(d.Content, theme.Space4)), 640)), nil))
			draw("share-kit")
			r.window.SetContent(kit.NewLayers(kit.Ground(theme.Background, r.screen.Content()), nil))
			r.screen.Receive(tip.ID)
			r.run("Answer the story sheet")
			draw("nobody")
			r.run("Back to all spotlights")
		}
	}
}
