package sources

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

const sweepPaste = "Maria Gomez\nLocal Guide · 12 reviews · 4 photos\n★★★★★ 2 weeks ago\nThe front desk was kind and the hygienist explained every step. I will come again.\nLike\nShare\n" +
	"Response from the owner 2 weeks ago\nThank you for the kind words.\nTom Becker\n3 reviews\n★☆☆☆☆ a week ago\nWaited an hour past my appointment and nobody said a word.\n\nNobody said sorry either.\nHelpful\nShare\n"

// sites puts sites into the round.
func (r *room) sites(t testing.TB, names ...string) {
	t.Helper()
	for _, name := range names {
		draft, err := r.deps.Collector.LookKind(ctx, "sweep", reviews.Options{"site": name, "profile": "https://www." + strings.ToLower(strings.Fields(name)[0]) + ".com/bright-harbor"}, false)
		must(t, err)
		_, err = r.deps.Collector.AddDraft(ctx, draft, collect.AddOptions{}, audit.Actor{ID: 1, Name: "Dana Whitlock"})
		must(t, err)
	}
}

func (r *room) command(t testing.TB, title string) kit.Command {
	t.Helper()
	for _, c := range r.Commands() {
		if c.Title == title {
			return c
		}
	}
	t.Fatalf("there is no command %q", title)
	return kit.Command{}
}

func (r *room) do(t testing.TB, title string) {
	t.Helper()
	c := r.command(t, title)
	if !c.CanRun() {
		t.Fatalf("%q cannot be done now", title)
	}
	c.Run()
}

func TestSweepIsEmptyAtFirst(t *testing.T) {
	r := open(t)
	r.Receive("sweep")
	if got := said(r.sweep.content); !strings.Contains(got, "five minutes a week") {
		t.Fatalf("an empty round says %q", got)
	}
	r.do(t, "Choose the sites of the weekly round")
	c := r.work.(*choosingStops)
	c.rows[0].check.SetChecked(true)
	c.rows[0].address.SetText("nonsense")
	c.store()
	if got := said(r.content); !strings.Contains(got, "not complete") {
		t.Errorf("a bad address is answered with %q", got)
	}
	c.rows[0].address.SetText("www.healthgrades.com/dr-reed")
	c.name.SetText("Jameda")
	c.address.SetText("https://www.jameda.de/praxis")
	c.store()
	if got := len(r.sweep.stops); got != 2 || !r.onPage() {
		t.Errorf("the round has %d sites, want 2; on the page: %v", got, r.onPage())
	}
}

func TestSweepByKeyboard(t *testing.T) {
	r := open(t)
	r.sites(t, "Healthgrades", "Yelp", "Zocdoc")
	r.at = r.at.Add(time.Hour)
	r.Receive("round")
	run := r.sweep.run
	if run == nil || !strings.Contains(said(r.content), "1 of 3 · never checked") {
		t.Fatalf("the round shows %q", said(r.content))
	}
	r.do(t, "Open the page of this site")
	if got := r.host.Opened; len(got) != 1 || got[0] != "https://www.healthgrades.com/bright-harbor" {
		t.Errorf("opened %v", got)
	}
	r.do(t, "Nothing new here")
	if run.at != 1 {
		t.Fatalf("after nothing new the round is at %d", run.at)
	}
	fyne.CurrentApp().Clipboard().SetContent(sweepPaste)
	r.do(t, "Paste what is new")
	if len(run.found) != 2 || run.fresh() != 2 {
		t.Fatalf("the paste was read as %+v", run.found)
	}
	if run.nothing(); run.at != 1 {
		t.Error("nothing new threw the paste away")
	}
	r.do(t, "Take these reviews")
	if got := r.lastToast(); got != "2 new reviews from Yelp" {
		t.Errorf("taking says %q", got)
	}
	r.host.Undo()
	if run.at != 1 || len(run.done) != 1 {
		t.Errorf("after undo the round is at %d with %d done", run.at, len(run.done))
	}
	ids, err := r.store.IDs(ctx, reviews.Query{})
	must(t, err)
	if len(ids) != 0 {
		t.Errorf("after undo %d mentions are left", len(ids))
	}
	r.do(t, "Paste what is new")
	run.found[1].Author = "Thomas Becker"
	r.do(t, "Take these reviews")
	r.do(t, "Skip this site")
	if got := said(r.content); !run.over || !strings.Contains(got, "You checked 2 sites. 2 new reviews are in the inbox. 1 site stays due.") {
		t.Errorf("the end says %q", got)
	}
	r.at = r.at.AddDate(0, 0, 7)
	r.Receive("round")
	run = r.sweep.run
	for run.here().Name != "Yelp" {
		run.skip()
	}
	fyne.CurrentApp().Clipboard().SetContent(sweepPaste)
	r.do(t, "Paste what is new")
	if got := said(r.content); run.fresh() != 0 || !strings.Contains(got, "0 new reviews, 2 known already") {
		t.Errorf("the same paste a week later has %d new: %q", run.fresh(), got)
	}
}

func TestOneSiteIsChecked(t *testing.T) {
	r := open(t)
	r.sites(t, "Healthgrades", "Yelp")
	r.Shown()
	for _, a := range r.actions() {
		if a.title == "Check now" && a.fits(r.all(t)[1]) {
			a.run(r.all(t)[1])
		}
	}
	if got := said(r.content); r.sweep.run == nil || !strings.Contains(got, "1 of 1") || r.sweep.run.here().Name != "Yelp" {
		t.Errorf("checking one site shows %q", got)
	}
}

func TestSweepIsCorrected(t *testing.T) {
	r := open(t)
	r.sites(t, "Yelp")
	r.Receive("round")
	run := r.sweep.run
	run.field.SetText(sweepPaste)
	run.join(1)
	if len(run.found) != 1 || !strings.Contains(run.found[0].Text, "Tom Becker") {
		t.Fatalf("joined: %+v", run.found)
	}
	run.part(0, strings.Index(run.found[0].Text, "Waited"))
	if len(run.found) != 2 || !strings.HasPrefix(run.found[1].Text, "Waited an hour") {
		t.Fatalf("split: %+v", run.found)
	}
	setDay(&run.found[0], "2026-11-01")
	if got := run.found[0]; got.About || got.Posted.Day() != 1 {
		t.Errorf("the day is %v, about: %v", got.Posted, got.About)
	}
	run.leave(1)
	if len(run.found) != 1 {
		t.Fatalf("left out: %+v", run.found)
	}
	r.host.Undo()
	if len(run.found) != 2 {
		t.Errorf("after undo there are %d", len(run.found))
	}
}

// TestSweepPictures draws the round into GOODWORD_PICTURES, for a person to look at.
func TestSweepPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		for _, size := range []fyne.Size{{Width: 1000, Height: 700}, {Width: 1920, Height: 1080}} {
			r := open(t)
			fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
			w := kittest.Window(t, r.Content(), size.Width, size.Height)
			draw := func(name string) {
				file, err := os.Create(filepath.Join(folder, strings.Join([]string{"sweep", name, string(mode), number(int64(size.Width))}, "-")+".png"))
				must(t, err)
				must(t, png.Encode(file, w.Canvas().Capture()))
				must(t, file.Close())
			}
			r.Shown()
			r.Receive("sweep")
			draw("empty")
			r.sweep.choose()
			r.work.(*choosingStops).rows[0].check.SetChecked(true)
			r.work.(*choosingStops).rows[3].check.SetChecked(true)
			draw("choose")
			r.back()
			r.sites(t, "Healthgrades", "Zocdoc", "WebMD Care", "Yelp", "Facebook recommendations", "Glassdoor")
			r.Receive("sweep")
			draw("tab")
			r.sweep.start()
			draw("stop")
			r.sweep.run.field.SetText(sweepPaste)
			draw("paste")
			r.sweep.run.take()
			for !r.sweep.run.over {
				r.sweep.run.nothing()
			}
			draw("end")
		}
	}
}

func TestToastsLieOnNoButtonOfTheRound(t *testing.T) {
	r := open(t)
	r.sites(t, "Healthgrades", "Yelp")
	window := kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	r.Receive("sweep")
	r.sweep.start()
	for _, b := range []fyne.CanvasObject{r.sweep.run.empty, r.sweep.run.opening} {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		if at.Y+b.Size().Height > window.Canvas().Size().Height-3*60 { // three toasts at most
			t.Errorf("a button stands at %v, where toasts stand", at)
		}
	}
}
