package collect

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// markup reads what the elements of a page say about themselves. It counts what it does, so that no page can keep it busy for long.
type markup struct {
	*things
	ids   map[string]*html.Node
	items map[*html.Node]*thing
	left  int // nodes to visit and bytes of text to copy, until it gives up
	refs  int // references that are being followed, one inside the other
}

// mostWork is enough for the largest honest page several times over.
const mostWork = 24 << 20

func (all *things) markup(root *html.Node) {
	m := &markup{things: all, ids: map[string]*html.Node{}, items: map[*html.Node]*thing{}, left: mostWork}
	m.index(root)
	m.microdata(root, nil)
	m.rdfa(root, scope{})
}

func (m *markup) index(n *html.Node) {
	if id := attribute(n, "id"); id != "" {
		m.ids[id] = n
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		m.index(child)
	}
}

// microdata reads itemscope, itemtype, itemprop and itemref. within is the item that an element belongs to.
func (m *markup) microdata(n *html.Node, within *thing) {
	if m.left--; m.left < 0 {
		return
	}
	inner := within
	if n.Type == html.ElementNode {
		names := strings.Fields(attribute(n, "itemprop"))
		if has(n, "itemscope") {
			known := m.items[n]
			if inner = known; inner == nil {
				inner = m.item(n)
			}
			for _, name := range names {
				if within != nil {
					within.add(term(name), value{thing: inner})
				}
			}
			if known != nil { // reached by a reference before
				return
			}
			m.referred(n, inner)
		} else if within != nil && len(names) > 0 {
			v := m.valueOf(n)
			for _, name := range names {
				within.add(term(name), v)
			}
		}
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		m.microdata(child, inner)
	}
}

func (m *markup) item(n *html.Node) *thing {
	id := attribute(n, "itemid")
	t := m.node(id)
	if t.ownReview() {
		t = m.node("")
	}
	m.items[n] = t
	for _, kind := range strings.Fields(attribute(n, "itemtype")) {
		t.types = append(t.types, term(kind))
	}
	return t
}

// mostRefs is how many references may lead on to each other.
const mostRefs = 50

// referred reads the properties of an item that stand elsewhere on the page.
func (m *markup) referred(n *html.Node, t *thing) {
	if m.refs >= mostRefs {
		return
	}
	m.refs++
	for _, id := range strings.Fields(attribute(n, "itemref")) {
		if target := m.ids[id]; target != nil && !contains(target, n) && !contains(n, target) {
			m.microdata(target, t)
		}
	}
	m.refs--
}

func contains(outer, inner *html.Node) bool {
	for n := inner; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// valueOf is what an element says: what stands in its attribute for programs, else its text.
func (m *markup) valueOf(n *html.Node) value {
	if at := attributeAt(n, "content"); at >= 0 {
		return value{text: n.Attr[at].Val}
	}
	for _, name := range valueAttributes[n.DataAtom] {
		if text := attribute(n, name); text != "" {
			if name == "href" {
				return value{text: text, label: m.textOf(n)}
			}
			return value{text: text}
		}
	}
	return value{text: m.textOf(n)}
}

var valueAttributes = map[atom.Atom][]string{atom.A: {"href"}, atom.Area: {"href"}, atom.Link: {"href"}, atom.Img: {"src"}, atom.Audio: {"src"}, atom.Video: {"src"},
	atom.Embed: {"src"}, atom.Iframe: {"src"}, atom.Source: {"src"}, atom.Object: {"data"}, atom.Data: {"value"}, atom.Meter: {"value"}, atom.Time: {"datetime"}}

// textOf is the text of an element with its paragraphs.
func (m *markup) textOf(n *html.Node) string {
	var b strings.Builder
	m.write(&b, n)
	return tidy(b.String())
}

func (m *markup) write(b *strings.Builder, n *html.Node) {
	if m.left--; m.left < 0 || b.Len() > longestText {
		return
	}
	switch {
	case n.Type == html.TextNode:
		m.left -= len(n.Data)
		writeText(b, []byte(n.Data))
	case n.Type != html.ElementNode || !silent(n.DataAtom):
		b.WriteString(lead(n.DataAtom))
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			m.write(b, child)
		}
		if n.DataAtom != atom.Br && n.DataAtom != atom.Li {
			b.WriteString(lead(n.DataAtom))
		}
	}
}

func attributeAt(n *html.Node, name string) int {
	return slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
}

func attribute(n *html.Node, name string) string {
	if at := attributeAt(n, name); at >= 0 {
		return strings.TrimSpace(n.Attr[at].Val)
	}
	return ""
}

func has(n *html.Node, name string) bool { return attributeAt(n, name) >= 0 }
