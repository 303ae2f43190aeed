package kit

import "strings"

// StepFinding gives the keyboard to the finding after or before the one that has it, round and round, so that its text can be read and heard. From
// the draft it goes to the first, or by a negative step to the last. It reports whether there is one.
func (m *MarkedEntry) StepFinding(step int) bool {
	n := len(m.findings)
	if n == 0 {
		return false
	}
	at := m.focused()
	switch {
	case at < 0 && step < 0:
		at = n - 1
	case at < 0:
		at = 0
	default:
		at = (at + step + n) % n
	}
	takeFocus(m.list.Objects[at].(*findingRow))
	return true
}

// focused is the finding that has the keyboard, or -1.
func (m *MarkedEntry) focused() int {
	for i, o := range m.list.Objects {
		if row, ok := o.(*findingRow); ok && row.focus {
			return i
		}
	}
	return -1
}

// Instead is the draft with the words of the finding that has the keyboard, or of the first, replaced by the wording that it offers in quotation marks.
// ok is false where it gives advice and no whole wording, or its words do not stand in the draft any more.
func (m *MarkedEntry) Instead() (text string, ok bool) {
	at := max(m.focused(), 0)
	if at >= len(m.findings) {
		return "", false
	}
	f, text := m.findings[at], m.Entry.Text
	instead := wording(f.Instead)
	if instead == "" {
		return "", false
	}
	start := f.Start
	if start < 0 || start+len(f.Quote) > len(text) || text[start:start+len(f.Quote)] != f.Quote {
		start = strings.Index(text, f.Quote)
	}
	if start < 0 || f.Quote == "" {
		return "", false
	}
	return text[:start] + instead + text[start+len(f.Quote):], true
}

// wording is the first thing that an advice offers word for word, in quotation marks and without a gap to fill in; "" if there is none.
func wording(advice string) string {
	parts := strings.Split(strings.NewReplacer("“", `"`, "”", `"`).Replace(advice), `"`)
	for i := 1; i+1 < len(parts); i += 2 {
		if part := strings.TrimSpace(parts[i]); part != "" && !strings.ContainsAny(part, "…[{") && !strings.Contains(part, "...") {
			return part
		}
	}
	return ""
}
