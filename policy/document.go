package policy

import (
	"fmt"
	"strings"
	"time"

	"goodword/internal/practice"
)

// Acknowledgement is what a person signs for the version.
func Acknowledgement(v Version) string {
	from := v.From
	if day, err := time.Parse(practice.Day, v.From); err == nil {
		from = day.Format("2 January 2006")
	}
	return strings.NewReplacer("{version}", fmt.Sprint(v.Number), "{date}", from).Replace(frameOf().Acknowledgement)
}

// BlockKind tells the parts of a readable text apart.
type BlockKind int

// The kinds of blocks.
const (
	Prose BlockKind = iota
	Bullet
	TitleLine
	ChapterLine
	ClauseLine
)

// Block is a paragraph, a bullet or a heading of a policy or a lesson.
type Block struct {
	Kind BlockKind
	Text string
}

// Blocks takes a policy text or a lesson apart for a screen: headings, bullets, paragraphs. Lines that belong together are joined.
func Blocks(text string) []Block {
	var blocks []Block
	open := false
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		kind, rest := kindOf(line)
		switch {
		case line == "":
			open = false
		case kind != Prose || !open:
			blocks = append(blocks, Block{Kind: kind, Text: rest})
			open = kind == Prose || kind == Bullet
		default:
			blocks[len(blocks)-1].Text += " " + rest
		}
	}
	return blocks
}

func kindOf(line string) (BlockKind, string) {
	for _, head := range []struct {
		mark string
		kind BlockKind
	}{{"### ", ClauseLine}, {"## ", ChapterLine}, {"# ", TitleLine}, {"- ", Bullet}} {
		if rest, ok := strings.CutPrefix(line, head.mark); ok {
			return head.kind, rest
		}
	}
	return Prose, line
}

func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }
