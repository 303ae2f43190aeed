package paper

import (
	"fmt"
	"io"
	"strings"
)

// WriteMarkdown writes the sheet as Markdown; pictures are named by what they show.
func WriteMarkdown(w io.Writer, s Sheet) error {
	var b strings.Builder
	b.WriteString("# " + plain(s.Title) + "\n\n")
	if s.Subtitle != "" {
		b.WriteString(plain(s.Subtitle) + "\n\n")
	}
	for _, block := range s.Blocks {
		b.WriteString(markdown(block))
	}
	if s.Footer != "" {
		b.WriteString("---\n\n" + plain(s.Footer) + "\n")
	}
	if _, err := io.WriteString(w, b.String()); err != nil {
		return fmt.Errorf("write the text: %w", err)
	}
	return nil
}

func markdown(block Block) string {
	var b strings.Builder
	switch block := block.(type) {
	case Heading:
		b.WriteString(strings.Repeat("#", min(max(block.Level, 1), 3)+1) + " " + plain(block.Text) + "\n")
	case Text:
		text := strings.ReplaceAll(plain(block.Text), "\n", "  \n")
		if block.Bold {
			text = "**" + text + "**"
		}
		b.WriteString(text + "\n")
	case Small:
		b.WriteString("*" + plain(block.Text) + "*\n")
	case List:
		for i, item := range block.Items {
			mark := "- "
			switch {
			case block.Numbered:
				mark = fmt.Sprintf("%d. ", i+1)
			case block.Ticks:
				mark = "- [ ] "
			}
			b.WriteString(mark + strings.ReplaceAll(plain(item), "\n", " ") + "\n")
		}
	case Table:
		row := func(cells []string) {
			for i := range block.shares() {
				cell := ""
				if i < len(cells) {
					cell = strings.NewReplacer("|", "\\|", "\n", "<br>").Replace(plain(cells[i]))
				}
				b.WriteString("| " + cell + " ")
			}
			b.WriteString("|\n")
		}
		row(block.Head)
		b.WriteString(strings.Repeat("|---", len(block.shares())) + "|\n")
		for _, cells := range block.Rows {
			row(cells)
		}
	case Facts:
		for _, f := range block {
			b.WriteString("- **" + plain(f.Name) + ":** " + strings.ReplaceAll(plain(f.Value), "\n", " ") + "\n")
		}
	case Quote:
		b.WriteString("> " + strings.ReplaceAll(plain(block.Text), "\n", "\n> ") + "\n")
	case Picture:
		b.WriteString("*Picture: " + plain(block.Alt) + "*\n")
	case Bars:
		for _, bar := range block {
			b.WriteString("- " + plain(bar.Name) + ": " + plain(bar.Value) + "\n")
		}
	case Marked:
		b.WriteString(block.markdown() + "\n")
	case Sign:
		b.WriteString("____________________  \n" + plain(block.Under) + "\n")
	case Break:
		b.WriteString("---\n")
	}
	return b.String() + "\n"
}

// plain keeps words from being taken for marks of Markdown.
func plain(text string) string {
	return strings.NewReplacer("\\", "\\\\", "*", "\\*", "_", "\\_", "<", "\\<", "`", "\\`", "[", "\\[", "#", "\\#").Replace(text)
}
