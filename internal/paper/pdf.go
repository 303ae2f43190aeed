package paper

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg" // pictures of people are JPEG
	_ "image/png"
	"io"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
)

// Sizes of a page in millimetres and points. Letter paper is what US printers hold; it prints on A4 with a little more room.
const (
	pageMargin = 20.0
	bodySize   = 10.5
	smallSize  = 8.5
	lineOf     = 0.48 // millimetres of line for each point of letter
	family     = "Go"
)

// press writes blocks onto pages.
type press struct {
	*fpdf.Fpdf
	width    float64 // of the text
	pictures int
}

// WritePDF writes the sheet as PDF on letter paper, with fonts inside, so that it prints alike everywhere.
func WritePDF(w io.Writer, s Sheet) error {
	pdf := fpdf.New("P", "mm", "Letter", "")
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	pdf.AddUTF8FontFromBytes(family, "I", goitalic.TTF)
	pdf.SetTitle(s.Title, true)
	pdf.SetCreator("Goodword", true)
	pdf.SetLang(s.language())
	pdf.SetCreationDate(s.Made.UTC())
	pdf.SetModificationDate(s.Made.UTC())
	pdf.SetCatalogSort(true)
	pdf.SetMargins(pageMargin, pageMargin, pageMargin)
	pdf.SetAutoPageBreak(true, pageMargin+4)
	pdf.AliasNbPages("{pages}")
	pageWidth, _ := pdf.GetPageSize()
	p := &press{Fpdf: pdf, width: pageWidth - 2*pageMargin}
	pdf.SetFooterFunc(func() {
		pdf.SetY(-pageMargin + 4)
		p.set("", smallSize, true)
		pdf.CellFormat(p.width-24, 5, s.Footer, "", 0, "L", false, 0, "")
		pdf.CellFormat(24, 5, strconv.Itoa(pdf.PageNo())+" / {pages}", "", 0, "R", false, 0, "")
	})
	pdf.AddPage()
	p.paragraph("B", 19, s.Title, 1)
	if s.Subtitle != "" {
		p.set("", 11, true)
		pdf.MultiCell(p.width, 11*lineOf, s.Subtitle, "", "L", false)
	}
	pdf.Ln(4)
	for _, b := range s.Blocks {
		p.put(b)
	}
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("write the PDF: %w", err)
	}
	return nil
}

func (p *press) set(style string, size float64, grey bool) {
	p.SetFont(family, style, size)
	shade := 25
	if grey {
		shade = 100
	}
	p.SetTextColor(shade, shade, shade)
}

func (p *press) paragraph(style string, size float64, text string, after float64) {
	p.set(style, size, false)
	p.MultiCell(p.width, size*lineOf, text, "", "L", false)
	p.Ln(after)
}

func (p *press) put(b Block) {
	switch b := b.(type) {
	case Heading:
		size := []float64{15, 12.5, 11}[min(max(b.Level, 1), 3)-1]
		p.keep(size*lineOf + 16) // a heading never stands alone at the foot of a page
		p.Ln(size * 0.22)
		p.paragraph("B", size, b.Text, 1.2)
	case Text:
		style := ""
		if b.Bold {
			style = "B"
		}
		p.paragraph(style, bodySize, b.Text, 2)
	case Small:
		p.set("", smallSize, true)
		p.MultiCell(p.width, smallSize*lineOf, b.Text, "", "L", false)
		p.Ln(1.5)
	case List:
		p.list(b)
	case Table:
		p.table(b)
	case Facts:
		p.facts(b)
	case Quote:
		p.quote(b.Text)
	case Picture:
		p.picture(b)
	case Bars:
		p.bars(b)
	case Marked:
		p.marked(b)
	case Sign:
		p.keep(18)
		p.Ln(11)
		y := p.GetY()
		p.SetDrawColor(90, 90, 90)
		p.Line(pageMargin, y, pageMargin+90, y)
		p.set("", smallSize, true)
		p.MultiCell(p.width, smallSize*lineOf, b.Under, "", "L", false)
		p.Ln(2)
	case Break:
		p.AddPage()
	}
}

// keep begins a new page when less than height is left on this one.
func (p *press) keep(height float64) {
	_, page := p.GetPageSize()
	if p.GetY()+height > page-pageMargin-4 {
		p.AddPage()
	}
}

func (p *press) list(l List) {
	const indent = 6.0
	p.set("", bodySize, false)
	for i, item := range l.Items {
		mark := "•"
		if l.Numbered {
			mark = strconv.Itoa(i+1) + "."
		}
		p.keep(bodySize * lineOf)
		if l.Ticks {
			p.SetDrawColor(90, 90, 90)
			p.Rect(pageMargin, p.GetY()+0.9, 3.2, 3.2, "D")
		} else {
			p.SetX(pageMargin)
			p.CellFormat(indent, bodySize*lineOf, mark, "", 0, "L", false, 0, "")
		}
		p.SetX(pageMargin + indent)
		p.MultiCell(p.width-indent, bodySize*lineOf, item, "", "L", false)
		p.Ln(0.8)
	}
	p.Ln(1.4)
}

func (p *press) facts(list Facts) {
	const name = 48.0
	for _, f := range list {
		p.set("", bodySize, false)
		lines := max(len(p.SplitText(f.Value, p.width-name)), 1)
		p.keep(float64(min(lines, 8)) * bodySize * lineOf)
		y := p.GetY()
		p.set("", bodySize, true)
		p.MultiCell(name-3, bodySize*lineOf, f.Name, "", "L", false)
		under := p.GetY()
		p.SetXY(pageMargin+name, y)
		p.set("", bodySize, false)
		p.MultiCell(p.width-name, bodySize*lineOf, f.Value, "", "L", false)
		if p.GetY() < under && p.PageNo() == p.PageCount() {
			p.SetY(under)
		}
		p.Ln(0.6)
	}
	p.Ln(1.6)
}

func (p *press) quote(text string) {
	p.set("I", bodySize, false)
	p.SetLeftMargin(pageMargin + 5)
	p.SetX(pageMargin + 5)
	p.MultiCell(p.width-5, bodySize*lineOf, text, "", "L", false)
	p.SetLeftMargin(pageMargin)
	p.SetX(pageMargin)
	p.Ln(2)
}

// shade is the colour of a tone on paper; told apart in grey as well.
var shade = map[Tone][3]int{Plain: {11, 110, 105}, Good: {47, 154, 99}, Mixed: {201, 135, 18}, Bad: {168, 48, 36}, Rest: {200, 208, 212}}

func (p *press) bars(list Bars) {
	const name, value, thick = 46.0, 30.0, 3.6
	room, longest := p.width-name-value, list.longest()
	for _, b := range list {
		p.keep(thick + 2)
		y := p.GetY()
		p.set("", 9, false)
		p.CellFormat(name-2, thick+1.4, p.SplitText(b.Name+" ", name-3)[0], "", 0, "L", false, 0, "")
		x := pageMargin + name
		for _, part := range b.Parts {
			if longest == 0 || part.Size <= 0 {
				continue
			}
			c := shade[part.Tone]
			p.SetFillColor(c[0], c[1], c[2])
			p.Rect(x, y+0.8, room*part.Size/longest, thick, "F")
			x += room * part.Size / longest
		}
		p.SetXY(x+1.5, y)
		p.set("", 9, true)
		p.CellFormat(value, thick+1.4, b.Value, "", 0, "L", false, 0, "")
		p.SetXY(pageMargin, y+thick+1.8)
	}
	p.Ln(2.5)
}

// table sets rows as high as their fullest cell and says the head again on each page.
func (p *press) table(t Table) {
	shares := p.unbroken(t)
	if len(shares) == 0 {
		return
	}
	p.keep(24)
	row := func(cells []string, head bool) {
		style, size := "", 9.0
		if head {
			style = "B"
		}
		p.set(style, size, false)
		lines, texts := 1, make([][]string, len(shares))
		for i := range shares {
			if i < len(cells) {
				texts[i] = p.SplitText(cells[i], shares[i]*p.width-2)
			}
			lines = max(lines, len(texts[i]))
		}
		line := size * lineOf
		height := float64(lines)*line + 1.6
		y := p.GetY()
		if head {
			p.SetFillColor(238, 241, 244)
			p.Rect(pageMargin, y, p.width, height, "F")
		}
		x := pageMargin
		for i := range shares {
			for n, text := range texts[i] {
				p.SetXY(x+1, y+0.8+float64(n)*line)
				p.CellFormat(shares[i]*p.width-2, line, text, "", 0, "L", false, 0, "")
			}
			x += shares[i] * p.width
		}
		p.SetDrawColor(205, 210, 215)
		p.Line(pageMargin, y+height, pageMargin+p.width, y+height)
		p.SetXY(pageMargin, y+height)
	}
	if len(t.Head) > 0 {
		row(t.Head, true)
	}
	_, page := p.GetPageSize()
	for _, cells := range t.Rows {
		for _, part := range p.slices(cells, shares) {
			p.set("", 9, false)
			lines := 1
			for i := range part {
				lines = max(lines, len(p.SplitText(part[i], shares[i]*p.width-2)))
			}
			if p.GetY()+float64(lines)*9*lineOf+1.6 > page-pageMargin-4 {
				p.AddPage()
				if len(t.Head) > 0 {
					row(t.Head, true)
				}
			}
			row(part, false)
		}
	}
	p.Ln(3)
}

// longestWord is the share of the page up to which a column grows for its longest word; a longer one, such as a fingerprint, is broken.
const longestWord = 0.4

// unbroken are the shares of the columns, those widened that are too narrow for a word of theirs, at the cost of those that have room.
func (p *press) unbroken(t Table) []float64 {
	shares := t.shares()
	needs := make([]float64, len(shares))
	measure := func(style string, cells []string) {
		p.set(style, 9, false)
		for i := 0; i < min(len(cells), len(needs)); i++ {
			for _, word := range strings.Fields(cells[i]) {
				if need := (p.GetStringWidth(word) + 2 + 2*p.GetCellMargin() + 0.4) / p.width; need <= longestWord {
					needs[i] = max(needs[i], need)
				}
			}
		}
	}
	measure("B", t.Head)
	for _, row := range t.Rows {
		measure("", row)
	}
	wanting, room := 0.0, 0.0
	for i, need := range needs {
		wanting += max(need-shares[i], 0)
		room += max(shares[i]-need, 0)
	}
	if wanting == 0 || room == 0 {
		return shares
	}
	given := min(wanting, room)
	for i, need := range needs {
		if spare := shares[i] - need; spare > 0 {
			shares[i] -= spare * given / room
		} else {
			shares[i] -= spare * given / wanting
		}
	}
	return shares
}

// tallest is how many lines of a cell go into one row: a longer cell goes on in the next, so that no row is higher than a page.
const tallest = 40

func (p *press) slices(cells []string, shares []float64) [][]string {
	p.set("", 9, false)
	var parts [][]string
	for from := 0; ; from += tallest {
		part, more := make([]string, len(shares)), false
		for i := range shares {
			if i >= len(cells) {
				continue
			}
			lines := p.SplitText(cells[i], shares[i]*p.width-2)
			if from == 0 && len(lines) <= tallest {
				part[i] = cells[i]
				continue
			}
			for n := from; n < min(from+tallest, len(lines)); n++ {
				part[i] += lines[n] + "\n"
			}
			more = more || len(lines) > from+tallest
		}
		parts = append(parts, part)
		if !more {
			return parts
		}
	}
}

// picture sets a picture with its own proportions; one that cannot be read is named by its description.
func (p *press) picture(b Picture) {
	config, kind, err := image.DecodeConfig(bytes.NewReader(b.Data))
	if err != nil || config.Width == 0 {
		p.put(Small{Text: b.Alt})
		return
	}
	width := p.width
	if b.Width > 0 && b.Width < 1 {
		width *= b.Width
	}
	height := width * float64(config.Height) / float64(config.Width)
	if limit := 180.0; height > limit {
		width, height = width*limit/height, limit
	}
	p.keep(height + 4)
	p.pictures++
	name := "picture" + strconv.Itoa(p.pictures)
	p.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: kind}, bytes.NewReader(b.Data))
	p.ImageOptions(name, pageMargin, p.GetY(), width, height, true, fpdf.ImageOptions{ImageType: kind}, 0, "")
	p.Ln(2)
}
