package spotlights_test

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
)

// walk visits all that is in sight, from the back to the front, until see returns false.
func walk(o fyne.CanvasObject, see func(fyne.CanvasObject) bool) bool {
	if o == nil || !o.Visible() {
		return true
	}
	if !see(o) {
		return false
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, c := range o.Objects {
			if !walk(c, see) {
				return false
			}
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(o).Objects() {
			if !walk(c, see) {
				return false
			}
		}
	}
	return true
}

// sought is the first thing in sight of a kind for which fits is true.
func sought[T fyne.CanvasObject](in fyne.CanvasObject, fits func(T) bool) (found T, ok bool) {
	walk(in, func(o fyne.CanvasObject) bool {
		if t, is := o.(T); is && fits(t) {
			found, ok = t, true
		}
		return !ok
	})
	return found, ok
}

func (r *room) button(in fyne.CanvasObject, title string) *widget.Button {
	r.t.Helper()
	b, ok := sought(in, func(b *widget.Button) bool { return b.Text == title })
	if !ok {
		r.t.Fatalf("there is no button %q", title)
	}
	return b
}

// press taps a button of the screen as the pointer would: one that is shut does nothing.
func (r *room) press(title string) {
	r.t.Helper()
	b := r.button(r.screen.Content(), title)
	if b.Disabled() {
		r.t.Fatalf("the button %q is shut", title)
	}
	test.Tap(b)
}

// entries are the fields in sight, from top to bottom.
func (r *room) entries(in fyne.CanvasObject) []*kit.Entry {
	var list []*kit.Entry
	walk(in, func(o fyne.CanvasObject) bool {
		if e, ok := o.(*kit.Entry); ok {
			list = append(list, e)
		}
		return true
	})
	return list
}

// words are all the texts in sight.
func (r *room) words() string { return wordsOf(r.screen.Content()) }

func wordsOf(in fyne.CanvasObject) string {
	var out strings.Builder
	walk(in, func(o fyne.CanvasObject) bool {
		switch o := o.(type) {
		case interface{ Text() string }:
			out.WriteString(o.Text() + "\n")
		case *widget.Button:
			out.WriteString(o.Text + "\n")
		}
		return true
	})
	return out.String()
}

func (r *room) sees(want ...string) {
	r.t.Helper()
	words := r.words()
	for _, w := range want {
		if !strings.Contains(words, w) {
			r.t.Errorf("%q is not in sight:\n%s", w, words)
		}
	}
}

// answer presses a button of the dialog shown last.
func (r *room) answer(title string) {
	r.t.Helper()
	if d := r.host.LastDialog(); d == nil || !d.Press(title) {
		r.t.Fatalf("no dialog has the button %q", title)
	}
}

func (r *room) calm() {
	r.t.Helper()
	if len(r.host.Failures) > 0 {
		r.t.Fatalf("the screen said: %v", slices.Clone(r.host.Failures))
	}
}
