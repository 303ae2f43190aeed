package policy

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"goodword/internal/practice"
)

// Clause is one paragraph of the policy that we suggest, with why it is there and what it stands on.
type Clause struct {
	ID    string `yaml:"id" json:"id"`
	Title string `yaml:"title" json:"title"`
	Text  string `yaml:"text" json:"text"`
	Why   string `yaml:"why" json:"why"`
	Basis `yaml:",inline"`
}

// Chapter is a part of the policy.
type Chapter struct {
	Title   string   `yaml:"title" json:"title"`
	Clauses []Clause `yaml:"clauses" json:"clauses"`
}

type frame struct {
	Title           string   `yaml:"title"`
	Opening         string   `yaml:"opening"`
	Acknowledgement string   `yaml:"acknowledgement"`
	Names           []string `yaml:"chapters"`
	chapters        []Chapter
}

var frameOf = sync.OnceValue(func() frame {
	var f frame
	load("clauses/frame.yaml", &f)
	for _, name := range f.Names {
		var c Chapter
		load("clauses/"+name+".yaml", &c)
		for i := range c.Clauses {
			c.Clauses[i].Text = oneLine(c.Clauses[i].Text)
		}
		f.chapters = append(f.chapters, c)
	}
	f.Opening, f.Acknowledgement = oneLine(f.Opening), oneLine(f.Acknowledgement)
	return f
})

// Chapters returns the clauses of the policy that we suggest, by chapter.
func Chapters() []Chapter { return frameOf().chapters }

// Suggested is the policy that we suggest for the practice, composed of all clauses: a plain text in which "# " begins the title, "## " a
// chapter and "### " a clause.
func Suggested(p practice.Practice) string {
	f := frameOf()
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s\n", f.Title, f.Opening)
	for _, chapter := range f.chapters {
		fmt.Fprintf(&b, "\n## %s\n", chapter.Title)
		for _, c := range chapter.Clauses {
			fmt.Fprintf(&b, "\n### %s\n\n%s\n", c.Title, c.Text)
		}
	}
	return fill(b.String(), p)
}

func fill(text string, p practice.Practice) string {
	phone := p.Phone
	if phone == "" {
		phone = "of the front desk"
	}
	text = strings.NewReplacer("{practice}", p.Name, "{contact}", p.Contact(), "{phone}", phone).Replace(text)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		if strings.HasPrefix(line, "our ") { // a contact may open a sentence
			lines[i] = "O" + line[1:]
		}
	}
	return strings.Join(lines, "\n")
}

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
