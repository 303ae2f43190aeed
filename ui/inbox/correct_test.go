package inbox

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

const torn = "The hygienist was gentle and kind. But the waiting room was filthy, nobody answered the phone, and the bill was wrong again. My face is swollen and nobody calls back."

// seen are the words in sight.
func seen(o fyne.CanvasObject) string {
	var all []string
	each(o, func(o fyne.CanvasObject) {
		if named, ok := o.(interface{ AccessibilityLabel() string }); ok {
			all = append(all, named.AccessibilityLabel())
		}
	})
	return strings.Join(all, "\n")
}

func TestCorrectingByOneLetterAndBack(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	before := r.find(bad).Understood
	r.press("C")
	list, ok := r.host.Focused[len(r.host.Focused)-1].(*chooser)
	if !ok {
		t.Fatalf("C gave the keyboard to %T", r.host.Focused[len(r.host.Focused)-1])
	}
	list.TypedRune('P')
	if m := r.find(bad); m.Sentiment != "positive" || !slices.Contains(m.Corrected, "sentiment") {
		t.Errorf("after C P: %+v", m.Understood)
	}
	if !r.host.Dialogs[len(r.host.Dialogs)-1].Closed {
		t.Error("the question is still there")
	}
	r.host.Undo()
	if got := r.find(bad).Understood; !reflect.DeepEqual(got, before) {
		t.Errorf("after undo: %+v, want %+v", got, before)
	}
	r.press("G")
	list = r.host.Focused[len(r.host.Focused)-1].(*chooser)
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	list.TypedRune('h')
	if m := r.find(bad); m.Urgency != "high" {
		t.Errorf("after G H: %q", m.Urgency)
	}
	r.host.Undo()
	if m := r.find(bad); m.Urgency != before.Urgency {
		t.Errorf("after undo: %q, want %q", m.Urgency, before.Urgency)
	}
	r.noFailures()
}

func TestTopicsByTyping(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	label := r.known().topic("privacy_dignity")
	had := slices.Contains(r.find(bad).Topics, "privacy_dignity")
	r.press("T")
	entry := r.host.Focused[len(r.host.Focused)-1].(*kit.Entry)
	test.Type(entry, label[:4])
	shown := 0
	each(r.host.LastDialog().Content, func(o fyne.CanvasObject) {
		if _, ok := o.(*widget.Check); ok {
			shown++
		}
	})
	if shown == 0 || shown > 4 {
		t.Errorf("typing %q leaves %d topics", label[:4], shown)
	}
	entry.OnSubmitted(entry.Text)
	if entry.Text != "" {
		t.Errorf("after Return the line holds %q", entry.Text)
	}
	entry.OnSubmitted("")
	if m := r.find(bad); slices.Contains(m.Topics, "privacy_dignity") == had || !slices.Contains(m.Corrected, "topics") {
		t.Errorf("got %+v", m.Understood)
	}
	r.noFailures()
}

func TestWhyLightsUpWhatDecided(t *testing.T) {
	r := newRoom(t, 1280, 800)
	id := r.say(r.source("google"), "Pat Quinn", 5, time.Hour, torn)
	r.Shown()
	r.open(id)
	lit := len(r.reading.marks(torn, 0))
	if text := seen(r.reading.content); !strings.Contains(text, "but the words complain") || strings.Contains(text, "These words") {
		t.Errorf("before W:\n%s", text)
	}
	r.press("W")
	if got := len(r.reading.marks(torn, 0)); got <= lit {
		t.Errorf("W lights up %d places, before %d", got, lit)
	}
	text := seen(r.reading.content)
	marked := ""
	for _, topic := range r.reading.shown.judged.Topics {
		if topic.Polarity == classify.Negative {
			marked = "− " + r.known().topic(topic.ID)
		}
	}
	if marked == "" {
		t.Fatalf("no topic is a complaint: %+v", r.reading.shown.judged.Topics)
	}
	for _, want := range []string{marked, "+ gentle", "The stars speak first"} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in sight:\n%s", want, text)
		}
	}
	r.press("W")
	if got := len(r.reading.marks(torn, 0)); got != lit {
		t.Errorf("after W again %d places, want %d", got, lit)
	}
	for confidence, want := range map[float64]string{0.95: "sure", 0.7: "fairly sure", 0.4: "not sure"} {
		if got := sure(confidence); got != want {
			t.Errorf("%v: got %q, want %q", confidence, got, want)
		}
	}
}

// TestWhyPictures draws why, and the questions of a correction, into GOODWORD_PICTURES, for a person to look at.
func TestWhyPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := newRoom(t, 1208, 752)
	google := r.source("google")
	id := r.say(google, "Pat Quinn", 5, time.Hour, torn)
	other := r.say(google, "Sam Lee", 0, 2*time.Hour, "I spent an hour in the waiting room and the front desk was rude. Dr. Patel listened, though, and was wonderful.")
	r.Shown()
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1208, Height: 752}, {Width: 928, Height: 652}} {
			draw := func(name string) {
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("why-%s-%s-%.0f.png", name, mode, size.Width)))
				r.must(err)
				r.must(png.Encode(file, r.window.Canvas().Capture()))
				r.must(file.Close())
			}
			r.window.Resize(size)
			r.list.reload()
			r.Receive(id)
			r.reading.why = false
			r.reading.render()
			draw("closed")
			r.Receive(other)
			r.reading.why = true
			r.reading.render()
			draw("open")
			for name, ask := range map[string]func(){"correct": r.correctDialog, "topics": r.topicsDialog, "urgency": r.urgencyDialog} {
				ask()
				r.window.SetContent(kit.Ground(theme.Surface, kit.Centered(kit.Inset(r.host.LastDialog().Content, theme.Space6), 620)))
				draw(name)
				r.window.SetContent(r.Content())
			}
		}
	}
	r.noFailures()
}
