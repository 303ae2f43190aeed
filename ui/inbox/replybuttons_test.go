package inbox

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// TestCopiedPictures draws the bar that asks whether a reply is posted, what the list says of it, and the choice of the same story, into
// GOODWORD_PICTURES, for a person to look at.
func TestCopiedPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r, id := several(t)
	blog := r.source("blog")
	r.elsewhere(blog, reviews.Found{Key: "b1", URL: "https://blog.example/b1", Author: "Sarah Miller", Stars: 5, Posted: r.at.Add(-30 * time.Hour), Text: "A dentist who opens on Saturday for a child who was hurt at hockey. We will not forget it, and neither will the team."})
	r.elsewhere(blog, reviews.Found{Key: "b2", URL: "https://blog.example/b2", Author: "Sarah M.", Stars: 1, Posted: r.at.Add(-20 * time.Hour), Text: "I called three times about the bill and was told somebody would call back. My face is swollen and nobody answers."})
	r.Shown()
	text := "Thank you for taking the time to write. Comments like this mean a lot to everybody here."
	_, _, err := r.store.SaveDraft(ctx, id, text, "", r.manager)
	r.must(err)
	_, err = r.store.CopyNow(ctx, id, "For the picture", r.manager)
	r.must(err)
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1208, Height: 752}, {Width: 928, Height: 652}} {
			draw := func(name string) {
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("inbox-%s-%s-%.0f.png", name, mode, size.Width)))
				r.must(err)
				r.must(png.Encode(file, r.window.Canvas().Capture()))
				r.must(file.Close())
			}
			r.window.Resize(size)
			r.list.reload()
			r.Receive(id)
			r.reply.asked = false
			r.reply.refresh()
			draw("posted")
			r.reply.asked = true
			r.reply.refresh()
			draw("copied")
			r.sameDialog()
			d := r.host.LastDialog()
			r.window.SetContent(kit.Centered(kit.Inset(d.Content, theme.Space6), 620))
			draw("same")
			r.window.SetContent(r.Content())
		}
	}
	r.noFailures()
}

func TestTheBarShowsAllItsButtons(t *testing.T) {
	r := newRoom(t, 928, 652)
	id := r.say(r.source("google"), "Ann Parker", 4, time.Hour, "The front desk was kind and quick.")
	_, _, err := r.store.SaveDraft(ctx, id, "Thank you for taking the time to write. Comments like this mean a lot to everybody here.", "", r.manager)
	r.must(err)
	_, err = r.store.Copy(ctx, id, r.manager)
	r.must(err)
	r.Shown()
	r.Receive(id)
	tapButton(t, r.reply.bar, "Not yet")
	for _, o := range r.reply.bar.Objects {
		if below := o.Position().Y + o.Size().Height; below > r.reply.content.Size().Height {
			t.Errorf("a button ends at %v of a pane that is %v high", below, r.reply.content.Size().Height)
		}
	}
	if r.reply.toAsk() || len(r.reply.bar.Objects) < 3 {
		t.Errorf("%d buttons after Not yet", len(r.reply.bar.Objects))
	}
	r.noFailures()
}

// Somebody who may not write is not offered to: the button is out of use and says why, and what others wrote can be read.
func TestWhoMayNotWriteIsToldSo(t *testing.T) {
	r := newRoom(t, 1208, 752)
	r.Shown()
	id := r.say(r.source("google"), "Sam R.", 2, time.Hour, "The wait was long.")
	r.Changed("mentions")
	_, _, err := r.store.SaveDraft(ctx, id, safe, "", r.manager)
	r.must(err)
	r.as(r.person("Ida Berg", "hygienist", practice.Staff))
	r.open(id)
	hint, open := "", true
	each(r.reply.bar, func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok && b.Text == "Go on with the reply" {
			open = !b.Disabled()
		}
		if v, ok := o.(fyne.Accessible); ok && v.AccessibilityRole() == fyne.AccessibleRoleText && strings.Contains(v.AccessibilityLabel(), "may read replies but not write them") {
			hint = v.AccessibilityLabel()
		}
	})
	if open || hint == "" {
		t.Errorf("the button can be pressed: %v, and the hint is %q", open, hint)
	}
	tapButton(t, r.reply.bar, "Show the reply")
	if !r.reply.open || r.reply.editor.Text() != safe || !r.reply.editor.Entry.Disabled() {
		t.Errorf("open %v, disabled %v: %q", r.reply.open, r.reply.editor.Entry.Disabled(), r.reply.editor.Text())
	}
	r.noFailures()
}
