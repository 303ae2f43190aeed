package kit

import "unicode"

// Insert puts words into the draft where the cursor is, parted from what stands around them, and tells OnChanged. What comes next goes in behind them.
func (m *MarkedEntry) Insert(words string) {
	letters := []rune(m.Entry.Text)
	at := min(m.Entry.CursorTextOffset(), len(letters))
	if at > 0 && !unicode.IsSpace(letters[at-1]) {
		words = " " + words
	}
	if at < len(letters) && !unicode.IsSpace(letters[at]) && !unicode.IsPunct(letters[at]) {
		words += " "
	}
	text := string(letters[:at]) + words + string(letters[at:])
	m.SetText(text)
	placeCursor(m.Entry, at+len([]rune(words)))
	m.Entry.Refresh()
	if m.OnChanged != nil {
		m.OnChanged(text)
	}
}
