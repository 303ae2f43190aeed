package kit

// blank remembers that the cursor stands behind a blank at which a line breaks. Fyne 2.8 has no row and column for that place: the cursor falls
// back before the blank, and the next word typed would be glued to the last one, with the blank after it.
type blank struct {
	at          int // the place behind the blank, in letters; 0: the cursor stands where Fyne says
	row, column int // where Fyne says
}

// TypedRune types a letter where the typist is, also behind a blank at the end of a line.
func (e *Entry) TypedRune(r rune) {
	if e.Disabled() || e.OnRune != nil && e.OnRune(r) {
		return
	}
	if e.isBehind() {
		e.replaceBehind(string([]rune(e.Text)[e.behind.at-1]) + string(r))
		return
	}
	e.behind = blank{}
	before, selected := e.CursorTextOffset(), e.SelectedText() != ""
	e.Entry.TypedRune(r)
	if r == ' ' && !selected && e.CursorTextOffset() != before+1 {
		e.behind = blank{at: before + 1, row: e.CursorRow, column: e.CursorColumn}
	}
}

// isBehind reports whether the cursor still stands behind such a blank: nothing moved it, and the text is as long as it was.
func (e *Entry) isBehind() bool {
	b := e.behind
	letters := []rune(e.Text)
	return b.at > 0 && e.CursorRow == b.row && e.CursorColumn == b.column && e.SelectedText() == "" && b.at <= len(letters) && letters[b.at-1] == ' '
}

// replaceBehind puts other letters in the place of the blank.
func (e *Entry) replaceBehind(with string) {
	letters := []rune(e.Text)
	at := e.behind.at - 1 + len([]rune(with))
	text := string(letters[:e.behind.at-1]) + with + string(letters[e.behind.at:])
	e.behind = blank{}
	e.SetText(text)
	placeCursor(e, at)
	if e.CursorTextOffset() != at && at > 0 && []rune(text)[at-1] == ' ' {
		e.behind = blank{at: at, row: e.CursorRow, column: e.CursorColumn}
	}
	e.Refresh()
}
