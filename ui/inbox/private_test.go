package inbox

import (
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/internal/practice"
	"goodword/ui/theme"
)

func TestNamesAndHealthDetailsAreMarkedQuietly(t *testing.T) {
	r := newRoom(t, 1280, 800)
	r.person("Linh Tran", "dental hygienist", practice.Clinician)
	google := r.source("google")
	text := "Lin Tran was so careful with my sore gums. My wife Rosa is on warfarin and Dr. Okafor still forgot to ask. I told Dana at the desk."
	id := r.say(google, "Kim P.", 3, time.Hour, text)
	r.Shown()
	r.open(id)
	r.noFailures()
	got := map[string]string{}
	for _, m := range r.reading.marks(text, 0) {
		if m.Quiet {
			got[text[m.Start:m.End]] = m.Tip
		}
	}
	for _, want := range []string{"Lin Tran", "sore gums", "Rosa", "warfarin", "Dr. Okafor", "Dana"} {
		if !strings.Contains(got[want], "Do not repeat this in a reply") {
			t.Errorf("%q is not marked; marked are %v", want, got)
		}
	}
	if names := r.reading.shown.about; len(names) != 2 || !slices.Contains(names, r.manager.ID) {
		t.Errorf("it speaks of %v, want Linh and Dana", names)
	}
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		return
	}
	for name, variant := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(variant, 1))
		test.WidgetRenderer(r.reading.states).Refresh()
		r.reading.render()
		f, err := os.Create(filepath.Join(folder, "inbox-private-"+name+".png"))
		r.must(err)
		r.must(png.Encode(f, r.window.Canvas().Capture()))
		r.must(f.Close())
	}
}
