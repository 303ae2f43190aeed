package paper

import (
	"slices"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

func TestColumnsAreAsWideAsTheirWords(t *testing.T) {
	pdf := fpdf.New("P", "mm", "Letter", "")
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	p := &press{Fpdf: pdf, width: 175}
	table := Table{Head: []string{"Number", "What was found", "Questions", "Speaks for a compromise"}, Widths: []float64{0.05, 0.8, 0.05, 0.1},
		Rows: [][]string{{"incident 12", "It was seen by nobody outside of the practice", "7", "low"}}}
	shares := p.unbroken(table)
	sum := 0.0
	for i, share := range shares {
		sum += share
		for style, cell := range map[string]string{"B": table.Head[i], "": table.Rows[0][i]} {
			p.set(style, 9, false)
			var words []string
			for _, line := range p.SplitText(cell, share*p.width-2) {
				words = append(words, strings.Fields(line)...)
			}
			if want := strings.Fields(cell); !slices.Equal(words, want) {
				t.Errorf("column %d: got %q, want %q", i, words, want)
			}
		}
	}
	if sum < 0.999 || sum > 1.001 {
		t.Errorf("the columns take %.3f of the page", sum)
	}
	plain := Table{Head: []string{"A", "B"}, Rows: [][]string{{"one", "two"}}, Widths: []float64{0.5, 0.5}}
	if got := p.unbroken(plain); !slices.Equal(got, plain.shares()) {
		t.Errorf("columns with room were changed: %v", got)
	}
}
