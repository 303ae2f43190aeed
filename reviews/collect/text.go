package collect

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"
)

// What is longer is no review; it is cut, and the page it came from has the rest.
const (
	longestText  = 64 << 10
	longestTitle = 500
)

// plain turns HTML, or a text that may be HTML, into text with its paragraphs kept. No tag, script or address that could be loaded survives.
func plain(markup string) string {
	if !hasTag(markup) {
		if strings.Contains(markup, "&") {
			markup = html.UnescapeString(markup)
		}
		return tidy(markup)
	}
	var b strings.Builder
	b.Grow(min(len(markup), 2*longestText))
	page := html.NewTokenizer(strings.NewReader(markup))
	page.SetMaxBuf(longestText * 16)
	hidden := 0
	for b.Len() < 2*longestText {
		switch page.Next() {
		case html.ErrorToken:
			return tidy(b.String())
		case html.TextToken:
			if hidden == 0 {
				writeText(&b, page.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := page.TagName()
			tag := atom.Lookup(name)
			if silent(tag) {
				hidden++
			}
			b.WriteString(lead(tag))
		case html.EndTagToken:
			name, _ := page.TagName()
			tag := atom.Lookup(name)
			if silent(tag) && hidden > 0 {
				hidden--
			}
			if tag != atom.Br && tag != atom.Li {
				b.WriteString(lead(tag))
			}
		}
	}
	return tidy(b.String())
}

// hasTag tells HTML from a text that only has signs; in a text the line breaks count.
func hasTag(text string) bool {
	for i := strings.IndexByte(text, '<'); i >= 0 && i+1 < len(text); {
		if c := text[i+1]; c == '/' || c == '!' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' {
			return true
		}
		next := strings.IndexByte(text[i+1:], '<')
		if next < 0 {
			return false
		}
		i += 1 + next
	}
	return false
}

// writeText writes a run of text in which a line break is only a space, as in a browser.
func writeText(b *strings.Builder, text []byte) {
	for i, c := range text {
		if c == '\n' || c == '\r' || c == '\t' {
			text[i] = ' '
		}
	}
	b.Write(text)
}

func silent(tag atom.Atom) bool {
	switch tag {
	case atom.Script, atom.Style, atom.Iframe, atom.Object, atom.Noscript, atom.Template, atom.Textarea, atom.Select, atom.Title:
		return true
	}
	return false
}

// lead is what a tag looks like in plain text.
func lead(tag atom.Atom) string {
	switch tag {
	case atom.Br:
		return "\n"
	case atom.Li:
		return "\n• "
	case atom.P, atom.Div, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table,
		atom.Section, atom.Article, atom.Pre, atom.Hr, atom.Dl, atom.Figure:
		return "\n\n"
	case atom.Tr, atom.Dt, atom.Dd, atom.Header, atom.Footer:
		return "\n"
	case atom.Td, atom.Th:
		return " "
	}
	return ""
}

// tidy keeps letters and paragraphs: single spaces, at most one empty line, no control characters, none that turn the reading order.
func tidy(text string) string {
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\ufffd")
	}
	var b strings.Builder
	b.Grow(min(len(text), longestText))
	breaks, space := 0, false
	for _, c := range text {
		switch {
		case c > ' ' && c < 0x7f && b.Len() > 0 && !space && breaks == 0 && b.Len() < longestText:
			b.WriteByte(byte(c))
			continue
		case c == '\n':
			breaks, space = breaks+1, false
			continue
		case c == '\r' || unwanted(c):
			continue
		case unicode.IsSpace(c):
			space = true
			continue
		}
		if b.Len() > 0 {
			switch {
			case breaks > 0:
				b.WriteString("\n\n"[:min(breaks, 2)])
			case space:
				b.WriteByte(' ')
			}
		}
		breaks, space = 0, false
		b.WriteRune(c)
		if b.Len() >= longestText {
			b.WriteString("…")
			break
		}
	}
	return norm.NFC.String(b.String())
}

func unwanted(c rune) bool {
	return c < ' ' && c != '\t' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0xfeff || c == 0xad || c == '\u200b'
}

// line is plain for a title: one line, not too long.
func line(markup string) string { return oneLine(plain(markup)) }

// oneLine puts a text that is no HTML on one line.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(tidy(text)), " ")
	if len(text) <= longestTitle {
		return text
	}
	cut := longestTitle
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}
