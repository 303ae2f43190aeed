package inbox

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// chip is the chip in sight with a text.
func (r *room) chip(text string) *kit.Chip {
	r.t.Helper()
	var all []string
	for _, o := range kittest.Objects(r.window.Content()) {
		if c, ok := o.(*kit.Chip); ok {
			if c.Text() == text {
				return c
			}
			all = append(all, c.Text())
		}
	}
	r.t.Fatalf("there is no chip %q among %q", text, all)
	return nil
}

func (r *room) chips() string {
	var all []string
	for _, o := range kittest.Objects(r.window.Content()) {
		if c, ok := o.(*kit.Chip); ok {
			all = append(all, c.Text())
		}
	}
	return strings.Join(all, "|")
}

func TestTagsByKeyByChipAndByMenu(t *testing.T) {
	r := newRoom(t, 1280, 800)
	google := r.source("google")
	first := r.say(google, "Ann Parker", 2, time.Hour, "The bill was wrong and nobody calls back")
	other := r.say(google, "Luis Ramos", 4, 2*time.Hour, "A gentle cleaning and friendly people")
	r.Shown()
	r.Receive(first)
	r.press("L")
	typeInto(t, r.host.LastDialog().Content, "Billing Office, call-back, ,call back")
	r.host.LastDialog().Press("Save")
	if got := r.find(first).Tags; !slices.Equal(got, []string{"billing-office", "call-back"}) {
		t.Errorf("got the tags %q", got)
	}
	r.chip("#call-back").OnRemoved()
	if got := r.find(first).Tags; !slices.Equal(got, []string{"billing-office"}) {
		t.Errorf("after one was taken away got the tags %q", got)
	}
	r.Receive(other)
	items := r.tagItems(r.find(other))
	if len(items) != 2 || items[0].Label != "billing-office" {
		t.Fatalf("the menu offers %d tags", len(items)-1)
	}
	items[0].Action()
	if got := r.find(other).Tags; !slices.Equal(got, []string{"billing-office"}) {
		t.Errorf("by the menu got the tags %q", got)
	}
	r.chip("#billing-office").OnTapped()
	if got := r.list.query.String(); got != "tag:billing-office" || r.list.pager.Len() != 2 {
		t.Errorf("the chip shows %q with %d mentions", got, r.list.pager.Len())
	}
	var tagMenu *fyne.Menu
	for _, item := range r.list.filters().Items {
		if item.Label == "Tag" {
			tagMenu = item.ChildMenu
		}
	}
	if tagMenu == nil || len(tagMenu.Items) != 2 || tagMenu.Items[0].Label != "billing-office" || tagMenu.Items[1].Label != "No tag" {
		t.Errorf("the filter offers %+v", tagMenu)
	}
	r.noFailures()
}

func TestLegalHoldAndClearedWords(t *testing.T) {
	r := newRoom(t, 1280, 800)
	yelp, err := r.store.AddSource(ctx, reviews.Source{Name: "Yelp excerpts", Address: "https://yelp.example/x", Site: "yelp", All: true, Retention: reviews.Restricted, Keeps: 24}, audit.Program)
	r.must(err)
	id := r.say(yelp, "Ann Parker", 2, time.Hour, "The bill was wrong and nobody calls back")
	r.Shown()
	r.Receive(id)
	r.chip("Words go on 3 March")
	hold := func(label string) {
		t.Helper()
		for _, item := range r.reading.actions.items() {
			if item.Label == label {
				item.Action()
				return
			}
		}
		t.Fatalf("the menu has no %q", label)
	}
	hold("Put under legal hold")
	if r.find(id).Held.IsZero() {
		t.Error("it is not held")
	}
	r.chip("Legal hold")
	r.host.Undo()
	if !r.find(id).Held.IsZero() || strings.Contains(r.chips(), "Legal hold") {
		t.Error("it is held after undo")
	}
	hold("Put under legal hold")
	hold("Release from legal hold")
	r.at = r.at.Add(48 * time.Hour)
	if n, err := r.store.Purge(ctx); n != 1 || err != nil {
		t.Fatalf("got %d cleared, %v", n, err)
	}
	r.Changed(kit.ChangedMentions)
	said := false
	for _, o := range kittest.Objects(r.window.Content()) {
		if p, ok := o.(*kit.Paragraph); ok && p.Text() == "Its words were cleared on 4 March 2026, because the site lets them be kept only for a time." {
			said = true
		}
	}
	if !said {
		t.Error("the pane does not say that the words were cleared")
	}
	r.noFailures()
}

// TestTagPictures draws the tags and the hold into GOODWORD_PICTURES, for a person to look at.
func TestTagPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := newRoom(t, 1208, 752)
	yelp, err := r.store.AddSource(ctx, reviews.Source{Name: "Yelp excerpts", Address: "https://yelp.example/x", Site: "yelp", All: true, Retention: reviews.Restricted, Keeps: 24}, audit.Program)
	r.must(err)
	gone := r.say(yelp, "Grace H.", 3, 2*time.Hour, "Some words that had to go")
	r.at = r.at.Add(48 * time.Hour)
	_, err = r.store.Purge(ctx)
	r.must(err)
	held := r.say(yelp, "Ann Parker", 2, time.Hour, "The bill was wrong and nobody at the front desk calls back. I asked three times.")
	r.must(r.store.Hold(ctx, held, true, r.manager))
	for _, tag := range []string{"billing-office", "call-back"} {
		r.must(r.store.Tag(ctx, held, tag, true, r.manager))
	}
	r.Shown()
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1208, Height: 752}, {Width: 928, Height: 652}} {
			r.window.Resize(size)
			for name, id := range map[string]int64{"held": held, "cleared": gone} {
				r.Receive(id)
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("inbox-%s-%s-%.0f.png", name, mode, size.Width)))
				r.must(err)
				r.must(png.Encode(file, r.window.Canvas().Capture()))
				r.must(file.Close())
			}
		}
	}
}
