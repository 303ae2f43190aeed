package policy

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"

	"goodword/internal/refusal"
)

// maxImport is how large a policy may be as a file, and how large what is packed into it.
const maxImport = 16 << 20

// ErrImport says that a file holds no policy that can be read.
var ErrImport = errors.New("the file cannot be imported")

// ReadOwn reads the practice's own policy from a file (.md, .txt, .docx, .html) as the plain text that the program works with.
func ReadOwn(ctx context.Context, path string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", refusal.Because(ErrImport, "The file %s cannot be read", filepath.Base(path))
	}
	defer func() { _ = file.Close() }()
	data, err := io.ReadAll(io.LimitReader(file, maxImport+1))
	if err != nil {
		return "", fmt.Errorf("The file %s cannot be read to the end: %w", filepath.Base(path), err)
	}
	return ImportText(filepath.Base(path), data)
}

// ImportText turns the content of a file into the plain text that the program works with, by the ending of its name.
func ImportText(name string, data []byte) (string, error) {
	if len(data) > maxImport {
		return "", refusal.Because(ErrImport, "%s is larger than %d MB, which no policy is", name, maxImport>>20)
	}
	var lines []string
	var err error
	ending := strings.ToLower(filepath.Ext(name))
	switch {
	case ending == ".pdf" || bytes.HasPrefix(data, []byte("%PDF-")):
		return "", refusal.Because(ErrImport, "%s is a PDF, which holds pages and no text that can be changed. Open it in Word or LibreOffice, save it as .docx, and import that", name)
	case ending == ".docx":
		lines, err = fromWord(name, data)
	case ending == ".html" || ending == ".htm":
		lines, err = fromPage(data)
	case ending == ".md" || ending == ".markdown":
		lines = fromMarkdown(decode(data))
	case ending == ".txt":
		lines = fromPlain(decode(data))
	default:
		return "", refusal.Because(ErrImport, "%s cannot be imported. Use a file that ends in .docx, .html, .md or .txt", name)
	}
	if err != nil {
		return "", err
	}
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	if text == "" {
		return "", refusal.Because(ErrImport, "%s holds no text", name)
	}
	return text + "\n", nil
}

// decode reads bytes as text, whatever office program wrote them.
func decode(data []byte) string {
	if utf8.Valid(data) {
		return strings.TrimPrefix(string(data), "\ufeff")
	}
	encoding, _, _ := charset.DetermineEncoding(data, "text/plain")
	text, err := encoding.NewDecoder().Bytes(data)
	if err != nil {
		return strings.ToValidUTF8(string(data), "�")
	}
	return strings.TrimPrefix(string(text), "\ufeff")
}

var (
	emphasis = regexp.MustCompile(`(\*\*|__)(\S(?:.*?\S)?)(?:\*\*|__)|\*(\S(?:[^*]*?\S)?)\*`)
	linked   = regexp.MustCompile(`\[([^\]]+)\]\([^)]+\)`)
	points   = regexp.MustCompile(`^(?:[*+•·▪◦–-]|\(?\d{1,2}[.)]|\(?[a-z]\))\s+`)
	hashes   = regexp.MustCompile(`^(#{1,6})\s+(.*?)\s*#*$`)
	ruled    = regexp.MustCompile(`^(?:[-*_=] ?){3,}$`)
)

func fromMarkdown(text string) []string {
	var out []string
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", ""), "\n") {
		line = strings.TrimSpace(line)
		line = emphasis.ReplaceAllString(linked.ReplaceAllString(line, "$1"), "$2$3")
		switch head := hashes.FindStringSubmatch(line); {
		case head != nil:
			out = append(out, "", heading(len(head[1]), head[2]), "")
		case ruled.MatchString(line):
			out = append(out, "")
		default:
			out = append(out, point(line))
		}
	}
	return out
}

// heading writes a heading of a level, 1 to 6; what lies deeper than a clause is one.
func heading(level int, title string) string {
	return strings.Repeat("#", min(max(level, 1), 3)) + " " + oneLine(title)
}

// point writes the points of lists in the one way that the program knows. Numbers stay, since other clauses may refer to them.
func point(line string) string {
	mark := points.FindString(line)
	if mark == "" || len(mark) == len(line) {
		return line
	}
	if strings.ContainsAny(mark, "0123456789)") {
		return "- " + line
	}
	return "- " + line[len(mark):]
}

// fromPlain takes short lines that stand alone, in capitals or with a number, as headings.
func fromPlain(text string) []string {
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	var out []string
	titled := false
	for i, line := range lines {
		line = strings.TrimSpace(line)
		alone := (i == 0 || strings.TrimSpace(lines[i-1]) == "") && (i == len(lines)-1 || strings.TrimSpace(lines[i+1]) == "")
		words := len(strings.Fields(line))
		short := words > 0 && words <= 9 && (numbered.MatchString(line) || !points.MatchString(line)) && !strings.ContainsAny(line[len(line)-1:], ".,;:!?")
		switch {
		case ruled.MatchString(line):
			out = append(out, "")
		case short && !titled && len(out) == 0:
			out, titled = append(out, "# "+line, ""), true
		case short && (alone || line == strings.ToUpper(line) && strings.ContainsFunc(line, unicode.IsLetter) && words > 1):
			out = append(out, "", "## "+line, "")
		default:
			out = append(out, point(line))
		}
	}
	return out
}

func fromPage(data []byte) ([]string, error) {
	reader, err := charset.NewReader(bytes.NewReader(data), "text/html")
	if err != nil {
		return nil, refusal.Because(ErrImport, "The page cannot be read")
	}
	root, err := html.Parse(reader)
	if err != nil {
		return nil, refusal.Because(ErrImport, "The page cannot be read")
	}
	var out []string
	var line strings.Builder
	mark := ""
	flush := func() {
		if text := oneLine(line.String()); text != "" {
			out = append(out, mark+text, "")
		}
		line.Reset()
		mark = ""
	}
	var walk func(n *html.Node, depth int)
	walk = func(n *html.Node, depth int) {
		if depth > 500 { // no page that a person wrote
			return
		}
		switch n.Type {
		case html.TextNode:
			line.WriteString(n.Data)
			return
		case html.ElementNode:
		default:
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c, depth+1)
			}
			return
		}
		if n.DataAtom == atom.Del || n.DataAtom == atom.S {
			return
		}
		level := map[atom.Atom]int{atom.H1: 1, atom.H2: 2, atom.H3: 3, atom.H4: 3, atom.H5: 3, atom.H6: 3}[n.DataAtom]
		switch {
		case unseen[n.DataAtom]:
			return
		case n.DataAtom == atom.Br:
			line.WriteString(" ")
			return
		case level > 0:
			flush()
			mark = strings.Repeat("#", level) + " "
		case n.DataAtom == atom.Li:
			flush()
			mark = "- "
		case blockLike[n.DataAtom] && mark != "- ":
			flush()
		case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
			line.WriteString(" ")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c, depth+1)
		}
		if level > 0 || n.DataAtom == atom.Li || blockLike[n.DataAtom] {
			flush()
		}
	}
	walk(root, 0)
	return tight(out), nil
}

var (
	unseen    = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Head: true, atom.Noscript: true, atom.Nav: true, atom.Template: true, atom.Svg: true}
	blockLike = map[atom.Atom]bool{atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Ul: true, atom.Ol: true, atom.Table: true, atom.Tr: true,
		atom.Blockquote: true, atom.Main: true, atom.Header: true, atom.Footer: true, atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Body: true, atom.Pre: true}
)

// tight sets the points of one list beneath each other without blank lines.
func tight(lines []string) []string {
	var out []string
	for i, line := range lines {
		if line == "" && i > 0 && i < len(lines)-1 && strings.HasPrefix(lines[i-1], "- ") && strings.HasPrefix(lines[i+1], "- ") {
			continue
		}
		out = append(out, line)
	}
	return out
}

// fromWord reads the paragraphs of a Word document as they stand after all tracked changes are accepted.
func fromWord(name string, data []byte) ([]string, error) {
	broken := refusal.Because(ErrImport, "%s is no Word document that can be read. Open it in Word or LibreOffice and save it as .docx again", name)
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, broken
	}
	part, err := archive.Open("word/document.xml")
	if err != nil {
		return nil, broken
	}
	defer func() { _ = part.Close() }()
	decoder := xml.NewDecoder(io.LimitReader(part, 4*maxImport))
	var out []string
	var line strings.Builder
	mark, text, gone, titled := "", false, 0, false
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return tight(out), nil
		}
		if err != nil {
			return nil, broken
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "p":
				mark = ""
				line.Reset()
			case "pStyle":
				mark = wordMark(attribute(t, "val"), &titled)
			case "numPr":
				if mark == "" {
					mark = "- "
				}
			case "t":
				text = gone == 0
			case "tab", "br":
				line.WriteString(" ")
			case "del", "moveFrom":
				gone++
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "t":
				text = false
			case "del", "moveFrom":
				gone--
			case "p":
				if words := oneLine(line.String()); words != "" {
					out = append(out, mark+words, "")
				}
				line.Reset()
			}
		case xml.CharData:
			if text {
				line.Write(t)
			}
		}
	}
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// wordMark is the mark of a paragraph by the name of its style. The first heading of a document without a title is its title only if Word calls
// it so.
func wordMark(style string, titled *bool) string {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	level := 0
	switch {
	case style == "title":
		*titled = true
		return "# "
	case strings.HasPrefix(style, "heading"), strings.HasPrefix(style, "berschrift"), strings.HasPrefix(style, "titre"), strings.HasPrefix(style, "ttulo"):
		level = int(style[len(style)-1] - '0')
	case strings.HasPrefix(style, "list"):
		return "- "
	}
	switch {
	case level == 1 && *titled:
		return "## "
	case level == 1:
		*titled = true
		return "# "
	case level == 2:
		return "## "
	case level >= 3 && level <= 9:
		return "### "
	}
	return ""
}
