package paper

import (
	"html"
	"html/template"
	"strings"

	"github.com/gomutex/godocx/docx"
	"github.com/gomutex/godocx/wml/stypes"
)

// Marked is a paragraph of stretches that came, went or stayed, as a lawyer marks two versions against each other.
type Marked []Stretch

// Stretch is a row of words. Put stands underlined, Gone struck through.
type Stretch struct {
	Text            string
	Put, Gone, Bold bool
}

func (Marked) block() {}

func (p *press) marked(m Marked) {
	p.keep(bodySize * lineOf)
	for _, s := range m {
		style := ""
		if s.Bold {
			style = "B"
		}
		switch {
		case s.Put:
			p.set(style+"U", bodySize, false)
			p.SetTextColor(11, 96, 62)
		case s.Gone:
			p.set(style+"S", bodySize, false)
			p.SetTextColor(168, 48, 36)
		default:
			p.set(style, bodySize, false)
		}
		p.Write(bodySize*lineOf, s.Text)
	}
	p.set("", bodySize, false)
	p.Ln(bodySize*lineOf + 2)
}

func wordMarked(doc *docx.RootDoc, m Marked) {
	paragraph := doc.AddParagraph("")
	for _, s := range m {
		run := paragraph.AddText(s.Text)
		if s.Bold {
			run.Bold(true)
		}
		switch {
		case s.Put:
			run.Underline(stypes.UnderlineSingle).Color("0B603E")
		case s.Gone:
			run.Strike(true).Color("A83024")
		}
	}
}

// markup is the paragraph for a web page, in the tags that readers of screens know.
func (m Marked) markup() template.HTML {
	return template.HTML(m.tagged(html.EscapeString, "<ins>", "</ins>", "<del>", "</del>")) //nolint:gosec // the words are escaped
}

func (m Marked) markdown() string { return m.tagged(plain, "<ins>", "</ins>", "~~", "~~") }

func (m Marked) tagged(escape func(string) string, put, putEnd, gone, goneEnd string) string {
	var b strings.Builder
	for _, s := range m {
		words := strings.TrimRight(s.Text, " ")
		open, end := "", ""
		switch {
		case s.Put:
			open, end = put, putEnd
		case s.Gone:
			open, end = gone, goneEnd
		}
		b.WriteString(open + escape(words) + end + s.Text[len(words):])
	}
	return b.String()
}
