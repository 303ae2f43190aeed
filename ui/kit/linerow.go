package kit

import "fyne.io/fyne/v2"

// lineRow is a row that stands by itself: it can be reached with the Tab key.
type lineRow struct {
	row
}

var _ fyne.Focusable = (*lineRow)(nil)

func newLineRow(data RowData, onOpened func(RowData)) *lineRow {
	r := &lineRow{}
	r.self = r
	r.index, r.data, r.state = 0, data, rowState{loaded: true}
	r.onTapped = func() {
		if onOpened != nil {
			onOpened(data)
		}
	}
	r.ExtendBaseWidget(r)
	return r
}

// FocusGained shows the ring.
func (r *lineRow) FocusGained() {
	r.state.selected, r.state.focus = true, true
	r.Refresh()
}

// FocusLost hides the ring.
func (r *lineRow) FocusLost() {
	r.state.selected, r.state.focus = false, false
	r.Refresh()
}

// TypedRune passes the letter on to the shell.
func (r *lineRow) TypedRune(letter rune) { PassRune(r, letter) }

// TypedKey opens by space or return.
func (r *lineRow) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeySpace || e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter {
		r.onTapped()
		return
	}
	PassKey(r, e)
}
