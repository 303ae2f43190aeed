package paper

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"os"

	"github.com/gomutex/godocx"
	"github.com/gomutex/godocx/common/units"
	"github.com/gomutex/godocx/docx"
)

// textInches is the width of the text on a page of the library's template.
const textInches = 6.0

// WriteDOCX writes the sheet for Word and LibreOffice.
func WriteDOCX(w io.Writer, s Sheet) error {
	doc, err := godocx.NewDocument()
	if err != nil {
		return fmt.Errorf("begin the Word document: %w", err)
	}
	if _, err := doc.AddHeading(s.Title, 0); err != nil {
		return fmt.Errorf("write the Word document: %w", err)
	}
	if s.Subtitle != "" {
		doc.AddParagraph("").AddText(s.Subtitle).Italic(true)
	}
	for _, b := range s.Blocks {
		if err := word(doc, b); err != nil {
			return fmt.Errorf("write the Word document: %w", err)
		}
	}
	if s.Footer != "" {
		doc.AddParagraph("").AddText(s.Footer).Size(8).Color("646464")
	}
	if err := doc.Write(w); err != nil {
		return fmt.Errorf("write the Word document: %w", err)
	}
	return nil
}

func word(doc *docx.RootDoc, block Block) error {
	switch b := block.(type) {
	case Heading:
		_, err := doc.AddHeading(b.Text, uint(min(max(b.Level, 1), 3)))
		return err
	case Text:
		doc.AddParagraph("").AddText(b.Text).Bold(b.Bold)
	case Small:
		doc.AddParagraph("").AddText(b.Text).Size(8).Color("646464")
	case List:
		style := "List Bullet"
		if b.Numbered {
			style = "List Number"
		}
		for _, item := range b.Items {
			if b.Ticks {
				doc.AddParagraph("☐ " + item)
				continue
			}
			doc.AddParagraph(item).Style(style)
		}
	case Table:
		wordTable(doc, b)
	case Facts:
		for _, f := range b {
			p := doc.AddParagraph("")
			p.AddText(f.Name + ": ").Bold(true)
			p.AddText(f.Value)
		}
	case Quote:
		doc.AddParagraph(b.Text).Style("Intense Quote")
	case Picture:
		return wordPicture(doc, b)
	case Bars:
		t := Table{Widths: []float64{2, 3}}
		for _, bar := range b {
			t.Rows = append(t.Rows, []string{bar.Name, bar.Value})
		}
		wordTable(doc, t)
	case Marked:
		wordMarked(doc, b)
	case Sign:
		doc.AddParagraph("________________________________")
		doc.AddParagraph("").AddText(b.Under).Size(8).Color("646464")
	case Break:
		doc.AddPageBreak()
	}
	return nil
}

func wordTable(doc *docx.RootDoc, t Table) {
	table := doc.AddTable()
	table.Style("TableGrid")
	add := func(cells []string, bold bool) {
		row := table.AddRow()
		for i := range t.shares() {
			p := row.AddCell().AddParagraph("")
			if i < len(cells) {
				p.AddText(cells[i]).Bold(bold)
			}
		}
	}
	if len(t.Head) > 0 {
		add(t.Head, true)
	}
	for _, cells := range t.Rows {
		add(cells, false)
	}
	doc.AddParagraph("")
}

// wordPicture sets a picture by way of a file, because the library takes no other; one that cannot be read is named by its description.
func wordPicture(doc *docx.RootDoc, b Picture) error {
	config, kind, err := image.DecodeConfig(bytes.NewReader(b.Data))
	if err != nil || config.Width == 0 {
		return word(doc, Small{Text: b.Alt})
	}
	width := textInches
	if b.Width > 0 && b.Width < 1 {
		width *= b.Width
	}
	file, err := os.CreateTemp("", "goodword-*."+kind)
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(file.Name()) }()
	if _, err := file.Write(b.Data); err != nil {
		_ = file.Close()
		return err
	}
	if err := file.Close(); err != nil {
		return err
	}
	_, err = doc.AddPicture(file.Name(), units.Inch(width), units.Inch(width*float64(config.Height)/float64(config.Width)))
	return err
}
