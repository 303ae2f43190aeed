package inbox

import (
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
