package collect

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// jsonLD reads every script of a page that holds linked data.
func (all *things) jsonLD(page []byte) {
	tokens := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			name, more := tokens.TagName()
			if atom.Lookup(name) != atom.Script || !more {
				continue
			}
			if kind := strings.ToLower(attributes(tokens)["type"]); !strings.Contains(kind, "ld+json") {
				continue
			}
			if tokens.Next() == html.TextToken {
				all.script(string(tokens.Raw()))
			}
		}
	}
}

// script reads the text of one script.
func (all *things) script(text string) {
	if !strings.Contains(text, `"`) && strings.Contains(text, "&") {
		text = html.UnescapeString(text)
	}
	for _, v := range readLoose(text) {
		all.values(v)
	}
}

// values turns what JSON holds into values, and its objects into things.
func (all *things) values(from any) []value {
	switch from := from.(type) {
	case string:
		return []value{{text: from}}
	case []any:
		var list []value
		for _, item := range from {
			list = append(list, all.values(item)...)
		}
		return list
	case object:
		return all.object(from)
	}
	return nil
}

func (all *things) object(from object) []value {
	for _, wrapper := range []string{"@value", "@list", "@set"} {
		if inner, ok := from.get(wrapper); ok {
			return all.values(inner)
		}
	}
	id, _ := from.get("@id")
	name, _ := id.(string)
	t := all.node(name)
	if t.ownReview() && len(from) > 2 { // careless sites give all their reviews one id
		t = all.node("")
	}
	for _, m := range from {
		switch m.name {
		case "@id", "@context":
		case "@type":
			for _, v := range all.values(m.value) {
				t.types = append(t.types, term(v.text))
			}
		case "@graph", "@included":
			all.values(m.value)
		case "@reverse":
			if reverse, ok := m.value.(object); ok {
				for _, r := range reverse {
					for _, v := range all.values(r.value) {
						if v.thing != nil {
							v.thing.add(term(r.name), value{thing: t})
						}
					}
				}
			}
		default:
			for _, v := range all.values(m.value) {
				t.add(term(m.name), v)
			}
		}
	}
	return []value{{thing: t}}
}

// object is a JSON object in the order of its text.
type object []member

type member struct {
	name  string
	value any
}

func (o object) get(name string) (any, bool) {
	for _, m := range o {
		if m.name == name {
			return m.value, true
		}
	}
	return nil, false
}

// deepestJSON is how far values may stand inside each other.
const deepestJSON = 100

// loose reads JSON as people and plugins write it: with comments, line breaks and control characters inside strings, quotes that were not
// escaped, commas too many or too few, and several values after each other. Right JSON is read right. Numbers and words come as strings.
type loose struct {
	text  string
	at    int
	depth int
}

// readLoose lists the values of a text; what comes after something that cannot be read is left out.
func readLoose(text string) []any {
	r := loose{text: text}
	var list []any
	for {
		r.skip()
		if r.at >= len(r.text) {
			return list
		}
		before := r.at
		v, ok := r.value()
		if v != nil {
			list = append(list, v)
		}
		if !ok {
			return list
		}
		if r.at == before {
			r.at++
		}
	}
}

// skip passes over what stands between values.
func (r *loose) skip() {
	for r.at < len(r.text) {
		rest := r.text[r.at:]
		switch c := rest[0]; {
		case c <= ' ' || c == ';' || c == 0x7f:
			r.at++
		case strings.HasPrefix(rest, "\ufeff"), strings.HasPrefix(rest, "]]>"), strings.HasPrefix(rest, "-->"):
			r.at += 3
		case strings.HasPrefix(rest, "\u00a0"), strings.HasPrefix(rest, "//") && (strings.HasPrefix(rest[2:], "<![CDATA[") || strings.HasPrefix(rest[2:], "]]>")):
			r.at += 2
		case strings.HasPrefix(rest, "<![CDATA["):
			r.at += len("<![CDATA[")
		case strings.HasPrefix(rest, "//"):
			r.until("\n")
		case strings.HasPrefix(rest, "/*"):
			r.until("*/")
		case strings.HasPrefix(rest, "<!--"):
			if end := strings.IndexAny(rest, "{["); end >= 0 && !strings.Contains(rest[:end], "-->") { // an old way to hide the script, not a comment
				r.at += len("<!--")
			} else {
				r.until("-->")
			}
		default:
			return
		}
	}
}

func (r *loose) until(end string) {
	if n := strings.Index(r.text[r.at:], end); n >= 0 {
		r.at += n + len(end)
	} else {
		r.at = len(r.text)
	}
}

// value reads one value. The second answer is false when the rest of the text is of no use.
func (r *loose) value() (any, bool) {
	if r.depth++; r.depth > deepestJSON {
		return nil, false
	}
	defer func() { r.depth-- }()
	r.skip()
	if r.at >= len(r.text) {
		return nil, false
	}
	switch c := r.text[r.at]; c {
	case '{':
		return r.object()
	case '[':
		return r.array()
	case '"', '\'':
		return r.quoted(), true
	default:
		if word := r.word(); word != "null" {
			return word, true
		}
		return nil, true
	}
}

func (r *loose) object() (any, bool) {
	r.at++
	o := object{}
	for {
		r.skip()
		if r.at >= len(r.text) {
			return o, false
		}
		var name string
		switch r.text[r.at] {
		case '}':
			r.at++
			return o, true
		case ',', ':':
			r.at++
			continue
		case ']':
			return o, true // somebody forgot the brace
		case '"', '\'':
			name = r.quoted()
		case '{', '[':
			return o, false
		default:
			name = r.word()
		}
		r.skip()
		if r.at >= len(r.text) || r.text[r.at] != ':' {
			continue
		}
		r.at++
		v, ok := r.value()
		o = append(o, member{name, v})
		if !ok {
			return o, false
		}
	}
}

func (r *loose) array() (any, bool) {
	r.at++
	list := []any{}
	for {
		r.skip()
		if r.at >= len(r.text) {
			return list, false
		}
		switch r.text[r.at] {
		case ']':
			r.at++
			return list, true
		case ',', ':':
			r.at++
			continue
		case '}':
			return list, true
		}
		v, ok := r.value()
		if v != nil {
			list = append(list, v)
		}
		if !ok {
			return list, false
		}
	}
}

// word reads a number, a word or a name without quotes.
func (r *loose) word() string {
	from := r.at
	for r.at < len(r.text) && !strings.ContainsRune(",:{}[]\"'\n\r\t ;", rune(r.text[r.at])) {
		r.at++
	}
	if r.at == from {
		r.at++
	}
	return r.text[from:r.at]
}

// quoted reads a string. A quote in the middle of a sentence does not end it.
func (r *loose) quoted() string {
	quote := r.text[r.at]
	r.at++
	var b strings.Builder
	for r.at < len(r.text) {
		switch c := r.text[r.at]; {
		case c == '\\':
			r.escaped(&b)
		case c == quote:
			r.at++
			if r.ends() {
				return b.String()
			}
			b.WriteByte(quote)
		default:
			b.WriteByte(c)
			r.at++
		}
	}
	return b.String()
}

// farthestEnd is how far after a quote the next sign is looked for.
const farthestEnd = 200

// ends reports whether a quote that was just read closes its string: what follows is a sign of JSON, or the next line.
func (r *loose) ends() bool {
	line := false
	for i := r.at; i < len(r.text) && i < r.at+farthestEnd; i++ {
		switch c := r.text[i]; {
		case c == '\n':
			line = true
		case c <= ' ':
		case c == '/' || c == '<':
			return true
		case c == '"' || c == '\'':
			return line
		case c == ',':
			return afterComma.MatchString(r.text[i+1 : min(len(r.text), i+farthestEnd)])
		default:
			return strings.IndexByte(":}];", c) >= 0
		}
	}
	return true
}

// afterComma is what may follow a comma in JSON; in a sentence it is hardly ever that.
var afterComma = regexp.MustCompile(`^\s*(?:["'{}\[\],/\d<-]|$|true\b|false\b|null\b|[\w$@]+\s*:)`)

var escapes = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', 'b': '\b', 'f': '\f'}

func (r *loose) escaped(b *strings.Builder) {
	r.at++
	if r.at >= len(r.text) {
		return
	}
	c := r.text[r.at]
	r.at++
	if c != 'u' {
		if plain, ok := escapes[c]; ok {
			c = plain
		}
		b.WriteByte(c)
		return
	}
	first, ok := r.hex()
	if !ok {
		return
	}
	if utf16.IsSurrogate(first) && strings.HasPrefix(r.text[r.at:], `\u`) {
		r.at += 2
		second, _ := r.hex()
		first = utf16.DecodeRune(first, second)
	}
	if utf16.IsSurrogate(first) {
		first = utf8.RuneError
	}
	b.WriteRune(first)
}

func (r *loose) hex() (rune, bool) {
	if r.at+4 > len(r.text) {
		return 0, false
	}
	n, err := strconv.ParseUint(r.text[r.at:r.at+4], 16, 32)
	if err != nil {
		return 0, false
	}
	r.at += 4
	return rune(n), true
}
