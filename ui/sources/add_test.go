package sources

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

const alertAddress = "https://www.google.com/alerts/feeds/01234567890123456789/9876543210987654321"

func TestEveryKindCanBeChosenAndFilledIn(t *testing.T) {
	r := open(t)
	w := kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	r.Add()
	if len(r.choose.cards) < 10 {
		t.Errorf("got %d kinds to choose from", len(r.choose.cards))
	}
	for _, card := range r.choose.cards {
		r.Add()
		test.Tap(card)
		if r.add == nil || r.add.kind.ID != card.kind.ID || len(r.add.inputs) != len(card.kind.Fields) {
			t.Fatalf("%s opened no form of its own", card.kind.Title)
		}
		if got := said(r.add.tabs); !strings.Contains(got, gist(card.kind)) {
			t.Errorf("%s does not say where to find what it asks for: %q", card.kind.Title, got)
		}
		for _, in := range r.add.inputs {
			if in.field.Secret && !in.entry.Password {
				t.Errorf("%s shows its secret", card.kind.Title)
			}
		}
		w.Canvas().Capture()
	}
}

func TestFindingAKind(t *testing.T) {
	r := open(t)
	kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	r.Add()
	r.choose.search.SetText("lemmy")
	if len(r.choose.cards) != 1 || r.choose.cards[0].kind.ID != "lemmy" {
		t.Errorf("got %d kinds", len(r.choose.cards))
	}
	r.choose.first()
	if r.add == nil || r.add.kind.ID != "lemmy" {
		t.Error("Return did not open the only kind")
	}
	r.Add()
	r.choose.search.SetText("carrier pigeon")
	if got := said(r.choose.list); !strings.Contains(got, "No kind of source has these words") {
		t.Errorf("got %q", got)
	}
	r.choose.search.SetText("")
	card := r.choose.cards[0]
	card.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	r.choose.cards[1].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if r.add == nil || r.add.kind.ID == card.kind.ID {
		t.Error("the keyboard did not choose the second card")
	}
}

func TestAPastedAlertIsRecognisedAndStaysSecret(t *testing.T) {
	r := open(t)
	kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	r.isOffline = true
	r.Add()
	r.choose.address.SetText(alertAddress)
	r.choose.paste()
	if r.add == nil || r.add.kind.ID != "google-alerts" || r.add.inputs[0].entry.Text != alertAddress {
		t.Fatalf("the alert was not recognised")
	}
	r.fill(kindOf(anyAddress), reviews.Options{"address": alertAddress})
	r.add.see()
	if r.add.kind.ID != "google-alerts" {
		t.Errorf("the form of any address kept an alert")
	}
	if got := said(r.add.preview); !strings.Contains(got, "Goodword is offline") || strings.Contains(got, "0123456789") {
		t.Errorf("got %q", got)
	}
	r.inFile = true
	r.fill(kindOf("google-alerts"), nil)
	if got := said(r.content); !strings.Contains(got, "this computer has no keychain") {
		t.Errorf("got %q, want it to say where the secret goes", got)
	}
	r.add.see()
	if got := r.add.inputs[0].frame.Error(); got == "" {
		t.Error("an empty form was looked at")
	}
}

// addSecret stores a source with a secret address that the test server answers.
func (r *room) addSecret(t *testing.T) reviews.Source {
	t.Helper()
	r.fill(kindOf("secret-feed"), reviews.Options{"address": r.server.URL + "/reviews?token=hush-hush"})
	r.add.inside.SetChecked(true)
	r.add.see()
	r.add.store()
	if r.add != nil {
		t.Fatalf("not added: %q", r.host.Failures)
	}
	return r.detail.source
}

func TestASecretIsReplacedAndNeverShown(t *testing.T) {
	r := open(t)
	kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	source := r.addSecret(t)
	if source = r.all(t)[0]; source.Brought != 5 || len(r.secrets) != 1 {
		t.Errorf("got %d mentions, %d secrets, toasts %q", source.Brought, len(r.secrets), r.host.Toasts)
	}
	if got := said(r.content); strings.Contains(got, "hush-hush") || !strings.Contains(got, "In this computer's keychain") {
		t.Errorf("got %q", got)
	}
	r.detail.edit()
	d := r.host.LastDialog()
	var secret *kit.Entry
	for _, o := range everything(d.Content) {
		if e, ok := o.(*kit.Entry); ok && e.Password {
			secret = e
		}
	}
	if secret == nil || secret.Text != "" {
		t.Fatalf("the form shows %v", secret)
	}
	secret.SetText("not an address at all")
	if d.Press("Save"); !strings.Contains(said(d.Content), "not a whole web address") {
		t.Errorf("got %q, want it to say what is wrong", said(d.Content))
	}
	secret.SetText(r.server.URL + "/news?token=other")
	d.Press("Save")
	list := r.all(t)
	if len(r.secrets) != 1 || r.secrets[list[0].Secret] != secret.Text || list[0].Address == source.Address {
		t.Errorf("got %v at %s; want the new secret", r.secrets, list[0].Address)
	}
}

func TestHowOftenIsLeftToTheSource(t *testing.T) {
	r := open(t)
	r.Shown()
	source := r.put(t, "/news")
	if source.Every != 0 {
		t.Errorf("got every %d minutes, want it as it shows itself", source.Every)
	}
	if got := said(r.detail.content); !strings.Contains(got, asItShows) {
		t.Errorf("got %q", got)
	}
	r.detail.answers()
	if got := said(r.host.LastDialog().Content); !strings.Contains(got, "Press a line") {
		t.Errorf("got %q, want the last visits", got)
	}
	r.detail.edit()
	d := r.host.LastDialog()
	d.Press("Save")
	if got := r.all(t)[0].Every; got != 0 {
		t.Errorf("got every %d minutes after saving the form as it was", got)
	}
}

func TestTheRatingIsDrawn(t *testing.T) {
	r := open(t)
	kittest.Window(t, r.Content(), 1280, 800)
	r.Shown()
	source := r.put(t, "/news")
	for i, value := range []float64{4.5, 4.6} {
		r.at = r.at.Add(24 * time.Hour)
		_, err := r.store.Record(ctx, []reviews.Harvest{{Visit: reviews.Visit{SourceID: source.ID, At: r.at, Status: 200, Rating: &reviews.Rating{At: r.at, Value: value, Best: 5, Count: 120 + i}}}})
		must(t, err)
	}
	r.detail.open(source.ID)
	if got := said(r.detail.content); !strings.Contains(got, "4.6 of 5 from 121 ratings") {
		t.Errorf("got %q", got)
	}
}

// TestPictures draws the screens into GOODWORD_PICTURES, for a person to look at.
func TestPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := open(t)
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1000, Height: 700}, {Width: 1920, Height: 1080}} {
			w := kittest.Window(t, r.Content(), size.Width, size.Height)
			draw := func(name string) {
				file, err := os.Create(filepath.Join(folder, strings.Join([]string{"sources", name, string(mode), number(int64(size.Width))}, "-")+".png"))
				must(t, err)
				must(t, png.Encode(file, w.Canvas().Capture()))
				must(t, file.Close())
			}
			r.Shown()
			r.Add()
			draw("choose")
			r.fill(kindOf("google-alerts"), nil)
			draw("alerts")
			r.fill(kindOf("reddit"), reviews.Options{"words": "Bright Harbor"})
			draw("reddit")
			r.fill(kindOf(anyAddress), reviews.Options{"address": r.server.URL + "/news"})
			r.add.inside.SetChecked(true)
			r.add.see()
			draw("preview")
			r.fill(kindOf(anyAddress), reviews.Options{"address": r.server.URL + "/about"})
			r.add.inside.SetChecked(true)
			r.add.see()
			draw("page")
			r.fill(kindOf("imap"), nil)
			draw("mailbox")
			export := filepath.Join(t.TempDir(), "reviews.csv")
			must(t, os.WriteFile(export, []byte("Date,Reviewer,Rating,Comment\n2026-11-01,Ann Ames,5,The front desk was kind and quick.\n2026-11-03,Tom Becker,2,I waited an hour past my appointment.\nsoon,No Date,9,Nobody can read this row\n"), 0o600))
			r.Drop([]string{export})
			draw("import")
			r.back()
			r.turn("network")
			draw("network")
			r.turn("sources")
			if len(r.all(t)) == 0 {
				r.put(t, "/blog")
				source := r.addSecret(t)
				for i, value := range []float64{4.2, 4.4, 4.3, 4.6} {
					at := r.at.Add(time.Duration(i-5) * 240 * time.Hour)
					_, err := r.store.Record(ctx, []reviews.Harvest{{Visit: reviews.Visit{SourceID: source.ID, At: at, Status: 200, Rating: &reviews.Rating{At: at, Value: value, Best: 5, Count: 100 + i}}}})
					must(t, err)
				}
				r.place(t)
				_, err := r.deps.Collector.AddDraft(ctx, collect.Draft{Source: reviews.Source{Kind: "google-news", Name: "Google News: Bright Harbor", Address: "https://news.google.com/rss/search?q=x", Site: "google news"}}, collect.AddOptions{}, audit.Program)
				must(t, err)
			}
			r.reload()
			r.detail.open(r.all(t)[len(r.all(t))-1].ID)
			draw("detail")
			place := 0
			for i, source := range r.all(t) {
				if shownOnly(source) {
					place = i
				}
			}
			r.Receive(r.all(t)[place].ID)
			r.detail.live.ask()
			draw("place")
			r.detail.answers()
			d := r.host.LastDialog()
			w.SetContent(kit.Centered(d.Content, 700))
			draw("answers")
			d.Press("Close")
			w.SetContent(r.Content())
			r.Receive(r.all(t)[len(r.all(t))-1].ID)
			r.detail.edit()
			d = r.host.LastDialog()
			w.SetContent(kit.Scrolling(kit.MaxWidth(d.Content, 560)))
			draw("edit")
			d.Press("Cancel")
			w.SetContent(r.Content()) // a change of the theme reaches what is in a window
		}
	}
}
