package inbox

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

const hockey = "My daughter chipped a front tooth at hockey on Saturday evening and Dr. Patel opened the surgery just for us. She matched the colour so well " +
	"that nobody can tell which tooth it was."

// elsewhere lets a source show an entry.
func (r *room) elsewhere(s reviews.Source, f reviews.Found) {
	r.t.Helper()
	f.Understood = r.collect.Understand(f.Title, f.Text, f.Stars)
	_, err := r.store.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: r.at, Status: 200}, []reviews.Found{f})
	r.must(err)
}

// several is a mention that stands in three places.
func several(t *testing.T) (*room, int64) {
	r := newRoom(t, 1280, 800)
	google, yelp, mail := r.source("google"), r.source("yelp"), r.source("Review alerts")
	full := reviews.Found{Key: "g1", URL: "https://google.example/g1", Author: "Sarah Miller", Stars: 5, Posted: r.at.Add(-50 * time.Hour), Text: hockey,
		Payload: []byte("0123456789abcdef0123456789abcdef")}
	r.elsewhere(google, full)
	there := full
	there.Key, there.URL, there.About = "y1", "https://yelp.example/y1", true
	r.elsewhere(yelp, there)
	r.elsewhere(mail, reviews.Found{Key: "m1", Site: "google", Author: "Sarah M.", Stars: 5, Posted: r.at.Add(-49 * time.Hour), Text: hockey[:80] + "…"})
	ids, err := r.store.IDs(ctx, reviews.Query{})
	r.must(err)
	if len(ids) != 1 {
		t.Fatalf("got %d mentions, want one story", len(ids))
	}
	r.Shown()
	r.open(ids[0])
	return r, ids[0]
}

func texts(in fyne.CanvasObject) string {
	var b strings.Builder
	each(in, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *kit.Label:
			b.WriteString(o.Text() + "\n")
		case *kit.Paragraph:
			b.WriteString(o.Text() + "\n")
		}
	})
	return b.String()
}

func TestPlacesAreListedAndTakenApart(t *testing.T) {
	r, id := several(t)
	shown := texts(r.reading.body)
	for _, want := range []string{"Also on", "take a place apart", "Yelp", "Review alerts", "Sarah M.", "about 28 February 2026"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q does not stand in %s", want, shown)
		}
	}
	var apart kit.Command
	for _, c := range r.Commands() {
		if strings.HasPrefix(c.Title, "Not the same: take Yelp") {
			apart = c
		}
	}
	if apart.Run == nil {
		t.Fatal("the palette does not offer to take Yelp apart")
	}
	apart.Run()
	r.noFailures()
	ids, err := r.store.IDs(ctx, reviews.Query{})
	r.must(err)
	if len(ids) != 2 || strings.Contains(texts(r.reading.body), "Yelp") {
		t.Errorf("got mentions %v and %s", ids, texts(r.reading.body))
	}
	r.host.Undo()
	r.noFailures()
	if places, err := r.store.Appearances(ctx, id); err != nil || len(places) != 2 {
		t.Errorf("after Undo: got %+v, %v", places, err)
	}
}

func TestSameAsAnotherMention(t *testing.T) {
	r, id := several(t)
	r.press("S")
	if got := texts(r.host.LastDialog().Content); !strings.Contains(got, "No other mention") {
		t.Errorf("got %q, want that there is none", got)
	}
	blog := r.source("blog")
	r.elsewhere(blog, reviews.Found{Key: "b1", URL: "https://blog.example/b1", Author: "Sarah Miller", Stars: 5, Posted: r.at.Add(-30 * time.Hour), Text: "A dentist who opens on Saturday for a child."})
	r.open(id)
	r.press("S")
	row, ok := r.host.Focused[len(r.host.Focused)-1].(fyne.Focusable)
	if !ok {
		t.Fatal("nothing has the keyboard")
	}
	row.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.noFailures()
	if shown := texts(r.reading.body); !r.host.LastDialog().Closed || !strings.Contains(shown, "joined by hand") {
		t.Errorf("dialog gone %v, got %s", r.host.LastDialog().Closed, shown)
	}
	r.host.Undo()
	r.noFailures()
	if ids, err := r.store.IDs(ctx, reviews.Query{}); err != nil || len(ids) != 2 {
		t.Errorf("after Undo: got %v, %v", ids, err)
	}
}

func TestEvidence(t *testing.T) {
	r, _ := several(t)
	if strings.Contains(texts(r.reading.body), "SHA-256") {
		t.Error("the evidence is in sight before anybody asks")
	}
	r.press("V")
	shown := texts(r.reading.body)
	for _, want := range []string{"Author as shown", "https://google.example/g1", "2 March 2026, 09:00:00 UTC", "SHA-256 3031323334353637…"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q does not stand in %s", want, shown)
		}
	}
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		return
	}
	for name, variant := range map[string]theme.Mode{"light": theme.Light, "dark": theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(variant, 1))
		test.WidgetRenderer(r.reading.states).Refresh()
		r.reading.render()
		f, err := os.Create(filepath.Join(folder, "inbox-evidence-"+name+".png"))
		r.must(err)
		r.must(png.Encode(f, r.window.Canvas().Capture()))
		r.must(f.Close())
	}
}
