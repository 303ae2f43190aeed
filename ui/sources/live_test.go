package sources

import (
	"context"
	"errors"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// google is a collector that knows what Google answers.
type google struct {
	Collector
	err error
}

var onMap = collect.Draft{Looked: collect.Looked{Title: "Bright Harbor Dental", Address: "https://www.google.com/maps/place/?q=place_id:ChIJabcdefghij", Entries: []reviews.Found{
	{Key: "1", Author: "Ann Ames", Stars: 5, Text: "The hygienist explained every step and nobody hurried me. I have never been so calm in a chair, and I will bring my mother next time.", Site: "google"},
	{Key: "2", Author: "Tom Becker", Stars: 2, Text: "An hour in the waiting room.", Site: "google"}}},
	Rating: &reviews.Rating{Value: 4.6, Best: 5, Count: 213}}

func (g *google) Live(context.Context, reviews.Source) (collect.Draft, error) { return onMap, g.err }

func (r *room) place(t testing.TB) (reviews.Source, *google) {
	t.Helper()
	g := &google{Collector: r.deps.Collector}
	r.deps.Collector = g
	draft := onMap
	draft.Source = reviews.Source{Kind: "google-places", Address: onMap.Address, Site: "google", Retention: reviews.NoStore, All: true}
	source, err := g.AddDraft(ctx, draft, collect.AddOptions{}, audit.Program)
	must(t, err)
	return source, g
}

func TestAPlaceIsShownAndNothingOfItStored(t *testing.T) {
	r := open(t)
	kittest.Window(t, r.Content(), 1280, 800)
	source, g := r.place(t)
	r.Shown()
	r.Receive(source.ID)
	if got := said(r.content); !strings.Contains(got, "never stored") || strings.Contains(got, "Ann Ames") || strings.Contains(got, "Last import") {
		t.Errorf("before asking it says %q", got)
	}
	g.err = errors.New("The key is not known there (403)")
	r.detail.live.ask()
	if got := said(r.detail.content); !strings.Contains(got, "The key is not known there") {
		t.Errorf("got %q", got)
	}
	g.err = nil
	r.detail.live.ask()
	if got := said(r.detail.content); !strings.Contains(got, "4.6 of 5 from 213 ratings") || !strings.Contains(got, "Ann Ames") || !strings.Contains(got, "Google Maps") {
		t.Errorf("got %q", got)
	}
	if n, err := r.store.IDs(ctx, reviews.Query{}); err != nil || len(n) != 0 {
		t.Errorf("%d reviews were stored, %v", len(n), err)
	}
	other := r.put(t, "/news")
	r.Receive(other.ID)
	r.Receive(source.ID)
	if got := said(r.detail.content); strings.Contains(got, "Ann Ames") {
		t.Error("what Google said is still there")
	}
}

func TestTheFormShowsTheRatingOfAPage(t *testing.T) {
	r := open(t)
	kittest.Window(t, r.Content(), 1280, 800)
	r.fill(kindOf("page"), nil)
	only := onMap
	only.Entries = nil
	r.add.take(only)
	if got := said(r.add.preview); !strings.Contains(got, "4.6 of 5 from 213 ratings") || !strings.Contains(got, "no single reviews") || strings.Contains(got, "There is nothing in it") {
		t.Errorf("got %q", got)
	}
	r.fill(kindOf("google-places"), nil)
	r.add.take(onMap)
	if got := said(r.add.preview); !strings.Contains(got, "Ann Ames") {
		t.Errorf("got %q", got)
	}
}

func TestAPageWithoutAFeedLeadsToTheFormsForPages(t *testing.T) {
	r := open(t)
	w := kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	for title, id := range map[string]string{"Read the reviews on the page": "page", "Tell when the page changes": "page-change"} {
		r.fill(kindOf(anyAddress), reviews.Options{"address": r.server.URL + "/about"})
		r.add.inside.SetChecked(true)
		r.add.see()
		press(t, w, title)
		if r.add.kind.ID != id || filled(r.add.inputs)["address"] != r.server.URL+"/about" || !r.add.inside.Checked {
			t.Errorf("%s led to the form of %s with %v", title, r.add.kind.ID, filled(r.add.inputs))
		}
	}
	if r.add.kind.ID == "page" {
		press(t, w, "Tell when the page changes")
	}
	if r.add.kind.ID != "page-change" || r.add.put.Disabled() {
		t.Errorf("the page cannot be followed: %q", said(r.add.preview))
	}
}

func TestTextOfSeveralLinesHasRoom(t *testing.T) {
	r := open(t)
	r.fill(kindOf("imap"), nil)
	for _, in := range r.add.inputs {
		if in.entry != nil && in.entry.MultiLine != (in.field.Name == "rules") {
			t.Errorf("%s has several lines: %v", in.field.Name, in.entry.MultiLine)
		}
	}
}

func TestTheSearchBehindAFormHearsOfANewTheme(t *testing.T) {
	r := open(t)
	w := kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	r.put(t, "/news")
	colour := func() color.Color {
		for _, o := range everything(r.search) {
			if face, ok := o.(*canvas.Rectangle); ok && face.FillColor != nil {
				return face.FillColor
			}
		}
		return nil
	}
	w.Canvas().Capture()
	before := colour()
	r.Add()
	w.Canvas().Capture()
	fyne.CurrentApp().Settings().SetTheme(theme.New(theme.Dark, 1))
	w.Canvas().Capture()
	r.back()
	w.Canvas().Capture()
	if got := colour(); before == nil || got == before {
		t.Errorf("the search field is drawn in %v, as under the light theme", got)
	}
}
