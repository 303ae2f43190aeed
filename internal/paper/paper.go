// Package paper turns what a practice must be able to show into documents that any office reads: PDF, Word, a web page, plain Markdown. A
// Sheet says what stands on the paper; the writers know how each format sets it.
package paper

import (
	"errors"
	"io"
	"strings"
	"time"

	"goodword/internal/refusal"
)

// Sheet is one document.
type Sheet struct {
	Title    string
	Subtitle string
	Footer   string    // stands at the foot of each page beside its number
	Language string    // "en" when empty
	Made     time.Time // stands in the file's own record; the same sheet makes the same bytes
	Blocks   []Block
}

// Block is one part of a sheet: a Heading, Text, Small, List, Table, Facts, Quote, Picture, Bars, Marked, Sign or Break.
type Block interface{ block() }

// Heading opens a part; Level is 1 to 3.
type Heading struct {
	Level int
	Text  string
}

// Text is a paragraph; Bold sets the whole of it in bold.
type Text struct {
	Text string
	Bold bool
}

// Small is a line in small grey letters: sources, dates, what a number counts.
type Small struct{ Text string }

// List is a row of points, numbered or not. Ticks sets an empty box before each, to be ticked on paper.
type List struct {
	Items    []string
	Numbered bool
	Ticks    bool
}

// Table has a head and rows of as many cells. Widths are shares of the page; nil makes all equal.
type Table struct {
	Head   []string
	Rows   [][]string
	Widths []float64
}

// Fact is a name and what stands beside it.
type Fact struct{ Name, Value string }

// Facts is a list of names and values in two columns.
type Facts []Fact

// Quote is somebody else's words, set apart.
type Quote struct{ Text string }

// Picture is a PNG or JPEG; Width is a share of the page's text width, 0 to 1.
type Picture struct {
	Data  []byte
	Alt   string
	Width float64
}

// Tone is what a stretch of a bar says.
type Tone string

// The tones, in words that HTML uses as classes.
const (
	Plain Tone = "plain"
	Good  Tone = "good"
	Mixed Tone = "mixed"
	Bad   Tone = "bad"
	Rest  Tone = "rest"
)

// Bars is a chart of lying bars, all on one scale.
type Bars []Bar

// Bar is one of them: its name, its stretches from the left, and the figure that is written beside it.
type Bar struct {
	Name  string
	Parts []Part
	Value string
}

// Part is a stretch of a bar.
type Part struct {
	Size float64
	Tone Tone
}

// Sign is a line for a signature by hand with what is to be written under it.
type Sign struct{ Under string }

// Break begins a new page.
type Break struct{}

func (Heading) block() {}
func (Text) block()    {}
func (Small) block()   {}
func (List) block()    {}
func (Table) block()   {}
func (Facts) block()   {}
func (Quote) block()   {}
func (Picture) block() {}
func (Bars) block()    {}
func (Sign) block()    {}
func (Break) block()   {}

// Formats are the endings that Write knows.
func Formats() []string { return []string{".pdf", ".docx", ".html", ".md"} }

// Write writes the sheet in the format that the ending names.
func Write(w io.Writer, ending string, s Sheet) error {
	switch strings.ToLower(ending) {
	case ".pdf":
		return WritePDF(w, s)
	case ".docx":
		return WriteDOCX(w, s)
	case ".html":
		return WriteHTML(w, s)
	case ".md":
		return WriteMarkdown(w, s)
	}
	return refusal.Because(ErrFormat, "The ending \"%s\" is not known. Use %s", ending, strings.Join(Formats(), ", "))
}

// ErrFormat says that no writer knows the ending.
var ErrFormat = errors.New("unknown format")

func (s Sheet) language() string {
	if s.Language == "" {
		return "en"
	}
	return s.Language
}

// shares gives each column its share of the width, adding up to one.
func (t Table) shares() []float64 {
	columns := len(t.Head)
	for _, row := range t.Rows {
		columns = max(columns, len(row))
	}
	shares, sum := make([]float64, columns), 0.0
	for i := range shares {
		shares[i] = 1
		if i < len(t.Widths) && t.Widths[i] > 0 {
			shares[i] = t.Widths[i]
		}
		sum += shares[i]
	}
	for i := range shares {
		shares[i] /= sum
	}
	return shares
}

// longest is the length of the longest bar.
func (bars Bars) longest() float64 {
	most := 0.0
	for _, b := range bars {
		sum := 0.0
		for _, p := range b.Parts {
			sum += p.Size
		}
		most = max(most, sum)
	}
	return most
}
