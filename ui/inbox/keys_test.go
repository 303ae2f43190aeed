package inbox

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

func TestTheListTakesTheKeyboardOnlyWhenNothingHasIt(t *testing.T) {
	for _, searching := range []bool{false, true} {
		r := newRoom(t, 1100, 760)
		r.say(r.source("google"), "Pat Quinn", 2, time.Hour, complaint)
		slow := &later{}
		r.Screen = New(r.host, slow, r.deps)
		search := kit.NewSearch("Search mentions", nil, nil)
		r.window = kittest.Window(t, container.NewBorder(search, nil, nil, nil, r.Content()), 1100, 760)
		r.host.Win = r.window
		r.Shown()
		if searching {
			r.window.Canvas().Focus(search)
		}
		slow.drain()
		if got := r.list.pager.Len(); got != 1 {
			t.Fatalf("got %d rows, want 1", got)
		}
		taken := len(r.host.Focused) > 0 && r.host.Focused[len(r.host.Focused)-1] == fyne.Focusable(r.list.rows)
		if taken == searching {
			t.Errorf("somebody searches: %v; the list took the keyboard: %v", searching, taken)
		}
	}
}

func TestAReplyBeginsInTheText(t *testing.T) {
	r, bad, good := usual(t)
	canvas := r.window.Canvas()
	r.Screen.host = &focusing{r.host, canvas}
	r.open(bad)
	r.press("R")
	if canvas.Focused() != fyne.Focusable(r.reply.editor.Entry) {
		t.Fatalf("after R %T has the keyboard", canvas.Focused())
	}
	typeOn(canvas, "1")
	template := r.reply.editor.Text()
	if template == "" || template != r.reply.suggestions[0].Text {
		t.Fatalf("1 in the empty text wrote %q, want the first template", template)
	}
	typeOn(canvas, "2")
	if got, want := r.reply.editor.Text(), template+"2"; got != want {
		t.Errorf("2 after the template: got %q, want %q", got, want)
	}
	own := r.reply.editor.Text()
	r.press("Alt+2")
	if got, want := r.reply.editor.Text(), r.reply.suggestions[1].Text; got != want {
		t.Errorf("Alt+2 wrote %q, want %q", got, want)
	}
	r.host.Undo()
	if got := r.reply.editor.Text(); got != own {
		t.Errorf("undo brought %q, want %q", got, own)
	}
	r.reply.editor.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	if canvas.Focused() != fyne.Focusable(r.list.rows) {
		t.Errorf("after Escape %T has the keyboard", canvas.Focused())
	}
	r.open(good)
	r.press("R")
	typeOn(canvas, "Thanks, 9 of you")
	if got, want := r.reply.editor.Text(), "Thanks, 9 of you"; got != want {
		t.Errorf("typed %q, want %q", got, want)
	}
	r.noFailures()
}

// typeOn types where the keyboard is.
func typeOn(canvas fyne.Canvas, text string) {
	for _, letter := range text {
		canvas.Focused().TypedRune(letter)
	}
}

// focusing is a host that gives the keyboard away as the shell does.
type focusing struct {
	*kittest.Host
	canvas fyne.Canvas
}

func (f *focusing) Focus(target fyne.Focusable) { f.canvas.Focus(target) }

func TestLengthNearTheLimitOnly(t *testing.T) {
	for _, c := range []struct {
		letters int
		site    string
		want    string
	}{
		{0, "google", ""}, {1, "google", "1 character"}, {210, "google", "210 characters"}, {1200, "a blog", "1,200 characters"},
		{4000, "google", "4,000 of 4,096 bytes"},
	} {
		if got := lengthOf(strings.Repeat("a", c.letters), c.site); got != c.want {
			t.Errorf("%d letters on %s: got %q, want %q", c.letters, c.site, got, c.want)
		}
	}
}
