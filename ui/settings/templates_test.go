package settings_test

import (
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// trusting lets the store judge templates as the house does.
func (d *desk) trusting() {
	d.reviews.JudgeTemplates(func(ctx context.Context, t reviews.OwnTemplate) error {
		trial, err := d.trial(ctx)
		if err != nil {
			return err
		}
		return trial.Sound(respond.Of(reviews.TemplateVersion{Template: t}))
	})
}

// trial is what the desk tries wordings against.
func (d *desk) trial(ctx context.Context) (respond.Trial, error) {
	p, err := d.store.Get(ctx)
	return respond.Trial{Practice: p, Gate: guard.Default()}, err
}

func (d *desk) marked() *kit.MarkedEntry {
	d.t.Helper()
	return find(d, d.window.Content(), func(*kit.MarkedEntry) bool { return true })
}

func TestATemplateIsEditedApprovedAndRestored(t *testing.T) {
	d := open(t)
	d.trusting()
	d.Receive("templates")
	search := find(d, d.window.Content(), func(*kit.Search) bool { return true })
	search.SetText("stars high")
	table := find(d, d.window.Content(), func(*kit.Table) bool { return true })
	table.OnOpened(0)
	d.sees("When to use it", "High rating")
	words := d.marked()
	before := words.Text()
	words.SetText("Thank you for your visit on Tuesday.")
	words.OnChanged(words.Text())
	d.press("Save as your version")
	if len(d.host.Failures) != 1 {
		t.Fatalf("an unsafe template was kept: %v", d.host.Failures)
	}
	d.host.Failures = nil
	words.SetText("Many thanks for the stars from {practice}.")
	words.OnChanged(words.Text())
	d.sees("Many thanks for the stars from Elm Street Dental.")
	d.press("Save as your version")
	kept, err := d.reviews.KeptTemplates(ctx)
	must(t, err)
	if len(kept) != 1 || kept[0].Draft == nil || kept[0].InUse != nil {
		t.Fatalf("got %+v", kept)
	}
	must(t, d.reviews.ApproveTemplate(ctx, kept[0].ID, audit.Actor{ID: 2, Name: "Dr. Oberhuber"}))
	d.Receive("templates")
	d.Shown()
	table.OnOpened(0)
	if got := d.marked().Text(); got != "Many thanks for the stars from {practice}." {
		t.Errorf("got %q", got)
	}
	d.press("Restore the shipped text")
	table.OnOpened(0)
	if got := d.marked().Text(); got != before {
		t.Errorf("got %q, want the shipped text", got)
	}
	d.press("Switch off")
	kept, err = d.reviews.KeptTemplates(ctx)
	must(t, err)
	if !kept[0].Off || kept[0].InUse != nil {
		t.Errorf("got %+v, want it off and as shipped", kept[0])
	}
}

// A template of the practice's own is written from nothing, with what it is for and its tones; what the gate finds stands at its words, and it cannot be
// approved before every wording passes.
func TestATemplateIsWrittenFromNothing(t *testing.T) {
	d := open(t)
	d.trusting()
	d.Receive("templates")
	d.press("New template")
	entry(d, d.window.Content(), "Long wait").SetText("Parking full")
	entry(d, d.window.Content(), "Somebody waited").SetText("Somebody found no parking")
	selected := func(option string) {
		t.Helper()
		find(d, d.window.Content(), func(s *widget.Select) bool { return slices.Contains(s.Options, option) }).SetSelected(option)
	}
	selected("Praise and complaint")
	selected("Regrets")
	selected("2 stars")
	topic := classify.Default().Topics()[0]
	selected(topic.Label)
	selected("Google")
	words := d.marked()
	write := func(text string) {
		words.SetText(text)
		words.OnChanged(text)
	}
	write("Thank you for the note. Please {call}.\n\nWe are sorry that your appointment on Tuesday ran late. Please {call}.")
	found := words.Findings()
	if len(found) == 0 {
		t.Fatal("the gate found nothing in an unsafe wording")
	}
	for _, f := range found {
		if words.Text()[f.Start:f.End] != f.Quote || f.Start < strings.Index(words.Text(), "We are sorry") {
			t.Errorf("the finding %q stands at %d to %d of %q", f.Quote, f.Start, f.End, words.Text())
		}
	}
	d.picture("settings-template-new")
	d.press("Save as your version")
	if kept, err := d.reviews.KeptTemplates(ctx); err != nil || len(kept) != 0 {
		t.Fatalf("an unsafe template was kept: %+v, %v", kept, err)
	}
	d.host.Failures = nil
	write("Thank you for the note about the parking. Please {call}.")
	tones := find(d, d.window.Content(), func(s *kit.Segmented) bool { return strings.Contains(s.AccessibilityLabel(), "Plain") })
	tones.OnChanged(1)
	if words.Text() != "" {
		t.Errorf("the warm wordings begin with %q", words.Text())
	}
	write("Thank you so much for telling us about the parking. Please {call}.")
	d.press("Save as your version")
	kept, err := d.reviews.KeptTemplates(ctx)
	must(t, err)
	if len(d.host.Failures) != 0 || len(kept) != 1 || kept[0].Draft == nil {
		t.Fatalf("got %+v, %v", kept, d.host.Failures)
	}
	got := kept[0].Draft.Template
	if got.ID != "own-parking-full" || got.Kind != "mixed" || got.Apology != practice.Regret || !slices.Equal(got.Topics, []string{topic.ID}) || !slices.Equal(got.Sites, []string{"google"}) ||
		!slices.Equal(got.Stars, []int{2, 5}) || got.Language != "en" || len(got.Wordings) != 1 || len(got.Tones["warm"]) != 1 {
		t.Errorf("got %+v", got)
	}
	must(t, d.reviews.ApproveTemplate(ctx, got.ID, audit.Actor{ID: 2, Name: "Dr. Oberhuber"}))
	d.Shown()
	search := find(d, d.window.Content(), func(*kit.Search) bool { return true })
	search.SetText("parking full")
	d.table().OnOpened(0)
	tones = find(d, d.window.Content(), func(s *kit.Segmented) bool { return strings.Contains(s.AccessibilityLabel(), "Plain") })
	tones.OnChanged(1)
	if text := d.marked().Text(); !strings.Contains(text, "so much for telling us") {
		t.Errorf("the warm wordings are %q", text)
	}
	d.press("Save as your version")
	kept, err = d.reviews.KeptTemplates(ctx)
	must(t, err)
	if kept[0].Draft == nil || len(kept[0].Draft.Template.Tones["warm"]) != 1 {
		t.Errorf("the copy lost its tones: %+v", kept[0].Draft)
	}
}

func TestAnswersKeepWhatTheSheetHasNoFieldFor(t *testing.T) {
	d := open(t)
	p, err := d.store.Get(ctx)
	must(t, err)
	p.Facts["pets"], p.Region, p.Country = "guide dogs only", "CA", "US"
	must(t, d.store.Save(ctx, p, audit.Program))
	d.Receive("answers")
	d.sees("California", "Not yet checked against any page")
	entry(d, d.window.Content(), "English and Spanish").SetText("English\nand Vietnamese")
	d.press("Save")
	p, err = d.store.Get(ctx)
	must(t, err)
	if p.Facts["languages"] != "English and Vietnamese" || p.Facts["pets"] != "guide dogs only" || p.Facts["parking"] == "" || p.Apology != practice.Regret {
		t.Errorf("got %+v", p)
	}
}

// TestAnswerPictures draws the two panes into GOODWORD_PICTURES, for a person to look at.
func TestAnswerPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	d := open(t)
	d.trusting()
	p, err := d.store.Get(ctx)
	must(t, err)
	p.Region, p.Country = "CA", "US"
	must(t, d.store.Save(ctx, p, audit.Program))
	d.window.Resize(fyne.NewSize(1208, 752))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		draw := func(name string) {
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("settings-%s-%s.png", name, mode)))
			must(t, err)
			defer func() { _ = file.Close() }()
			must(t, png.Encode(file, d.window.Canvas().Capture()))
		}
		d.Receive("answers")
		draw("answers")
		d.Receive("templates")
		draw("templates")
		table := find(d, d.window.Content(), func(*kit.Table) bool { return true })
		table.OnOpened(3)
		draw("template")
		for _, o := range kittest.Objects(d.window.Content()) {
			if m, ok := o.(*kit.MarkedEntry); ok && strings.Contains(m.Text(), " ") {
				m.SetText("Thank you for your visit, {author}.")
				m.OnChanged(m.Text())
			}
		}
		draw("template-flaw")
		d.press("Back")
	}
}
