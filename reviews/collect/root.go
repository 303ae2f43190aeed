package collect

import (
	"bytes"
	"regexp"
	"strings"
)

// shape is what an answer looks like.
type shape int

const (
	shapeUnknown shape = iota
	shapeEmpty
	shapeXML // a feed in XML, cut to its root
	shapeJSON
	shapePage
	shapeOPML
)

// rootTag finds the first element of a feed; what stands before it (warnings of a server, declarations, entity definitions) is not
// wanted, and without its definitions no entity can grow or reach for a file.
var rootTag = regexp.MustCompile(`(?i)<(?:[a-z][\w.-]*:)?(rss|rdf|feed|channel|opml|html|urlset|sitemapindex)[\s>/]`)

// shapeOf tells the shape and returns the part of the text that matters.
func shapeOf(text []byte) (shape, []byte) {
	text = bytes.TrimSpace(text)
	if len(text) == 0 {
		return shapeEmpty, nil
	}
	if text[0] == '{' || text[0] == '[' {
		return shapeJSON, text
	}
	at := rootAt(text)
	if at == nil {
		return shapeUnknown, text
	}
	switch strings.ToLower(string(text[at[2]:at[3]])) {
	case "rss", "rdf", "feed", "channel":
		return shapeXML, text[at[0]:]
	case "opml":
		return shapeOPML, text[at[0]:]
	case "html":
		return shapePage, text
	}
	return shapeUnknown, text
}

// deepest is how far into an answer its root is looked for: a document type may stand before it.
const deepest = 1 << 20

func rootAt(text []byte) []int {
	from := 0
	for from < len(text) && from < deepest {
		found := rootTag.FindSubmatchIndex(text[from:min(len(text), from+deepest)])
		if found == nil {
			return nil
		}
		for i := range found {
			found[i] += from
		}
		end := commentAround(text, found[0])
		if end < 0 {
			return found
		}
		from = end
	}
	return nil
}

// commentAround is where the comment or the document type ends in which position at stands, or -1.
func commentAround(text []byte, at int) int {
	if open := bytes.LastIndex(text[:at], []byte("<!--")); open >= 0 {
		if shut := bytes.Index(text[open:], []byte("-->")); shut >= 0 && open+shut > at {
			return open + shut + len("-->")
		}
	}
	if open := bytes.LastIndex(text[:at], []byte("<!DOCTYPE")); open >= 0 {
		head := text[open:at]
		if bytes.Count(head, []byte("[")) > bytes.Count(head, []byte("]")) {
			if shut := bytes.Index(text[at:], []byte("]")); shut >= 0 {
				return at + shut
			}
		}
	}
	return -1
}
