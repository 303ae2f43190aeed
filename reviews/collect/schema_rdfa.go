package collect

import (
	"maps"
	"strings"

	"golang.org/x/net/html"
)

// scope is what an element inherits from those around it.
type scope struct {
	subject  *thing
	vocab    string
	prefixes map[string]string
	open     []string // relations that wait for the thing they lead to
}

// schemaPrefixes stand for schema.org without being declared.
var schemaPrefixes = map[string]string{"schema": "http://schema.org/", "s": "http://schema.org/", "sdo": "https://schema.org/"}

// rdfa reads the attributes of RDFa, in its full form and in RDFa Lite. Only what is of schema.org counts.
func (m *markup) rdfa(n *html.Node, s scope) {
	if m.left--; m.left < 0 {
		return
	}
	if n.Type == html.ElementNode && len(n.Attr) > 0 {
		s = m.element(n, s)
	}
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		m.rdfa(child, s)
	}
}

// element takes in what one element says and returns the scope of its children.
func (m *markup) element(n *html.Node, s scope) scope {
	s.declare(n)
	properties, relations := s.terms(attribute(n, "property")), s.terms(attribute(n, "rel"))
	about, resource := attribute(n, "about"), target(n, len(relations) > 0)
	outer := s.subject
	if about != "" {
		outer = m.node(about)
		m.connect(s, outer)
		s.open = nil
	}
	if kinds := s.terms(attribute(n, "typeof")); len(kinds) > 0 {
		return m.typed(n, s, outer, kinds, append(properties, relations...))
	}
	switch {
	case len(properties) > 0 && outer != nil:
		v := m.valueOf(n)
		if resource != "" && !has(n, "content") {
			v.thing = m.byID[resource]
			if v.thing == nil && has(n, "resource") {
				v.thing = m.node(resource)
			}
		}
		for _, name := range properties {
			outer.add(name, v)
		}
	case len(properties) == 0 && len(relations) == 0 && has(n, "resource") && resource != "":
		outer = m.node(resource)
		m.connect(s, outer)
		s.open = nil
	}
	s.subject = outer
	if len(relations) > 0 && outer != nil {
		if resource == "" {
			s.open = relations
			return s
		}
		inner := m.node(resource)
		s.subject = outer
		for _, name := range relations {
			outer.add(name, value{text: resource, label: m.textOf(n), thing: knownThing(inner, n)})
		}
		s.subject, s.open = inner, nil
	}
	return s
}

// knownThing is the thing that a relation leads to; a plain link leads to a page, of which nothing is known.
func knownThing(t *thing, n *html.Node) *thing {
	if n.Data == "a" || n.Data == "link" {
		if len(t.types) == 0 {
			return nil
		}
	}
	return t
}

// typed makes the thing of an element that says its type, and links it to what leads there.
func (m *markup) typed(n *html.Node, s scope, outer *thing, kinds, names []string) scope {
	inner := outer
	if attribute(n, "about") == "" || len(names) > 0 {
		id := attribute(n, "resource")
		if id == "" {
			id = attribute(n, "href")
		}
		inner = m.node(id)
		if inner.ownReview() {
			inner = m.node("")
		}
	}
	inner.types = append(inner.types, kinds...)
	if len(names) > 0 && outer != nil {
		for _, name := range names {
			outer.add(name, value{thing: inner})
		}
	} else if inner != outer {
		m.connect(s, inner)
	}
	s.subject, s.open = inner, nil
	return s
}

// connect ends the relations that waited.
func (m *markup) connect(s scope, to *thing) {
	if s.subject == nil {
		return
	}
	for _, name := range s.open {
		s.subject.add(name, value{thing: to})
	}
}

// target is the address that an element leads to; the link and the picture count only where a relation stands.
func target(n *html.Node, related bool) string {
	if id := attribute(n, "resource"); id != "" || !related {
		return id
	}
	if id := attribute(n, "href"); id != "" {
		return id
	}
	return attribute(n, "src")
}

// declare takes in the vocabulary and the prefixes that an element names.
func (s *scope) declare(n *html.Node) {
	own := false
	note := func(prefix, address string) {
		if !own {
			s.prefixes, own = maps.Clone(s.prefixes), true
			if s.prefixes == nil {
				s.prefixes = map[string]string{}
			}
		}
		s.prefixes[strings.ToLower(strings.TrimSuffix(prefix, ":"))] = address
	}
	for _, a := range n.Attr {
		switch {
		case a.Key == "vocab":
			s.vocab = a.Val
		case strings.HasPrefix(a.Key, "xmlns:"):
			note(a.Key[len("xmlns:"):], a.Val)
		case a.Key == "prefix":
			words := strings.Fields(a.Val)
			for i := 0; i+1 < len(words); i += 2 {
				note(words[i], words[i+1])
			}
		}
	}
}

// terms lists the names of schema.org in an attribute.
func (s scope) terms(written string) []string {
	var names []string
	for _, word := range strings.Fields(written) {
		prefix, rest, ok := strings.Cut(word, ":")
		address := s.vocab
		switch known, given := s.prefixes[strings.ToLower(prefix)]; {
		case !ok:
		case strings.HasPrefix(rest, "//"):
			address = word
		case given:
			address = known
		default:
			address = schemaPrefixes[strings.ToLower(prefix)]
		}
		if strings.Contains(address, "schema.org") {
			names = append(names, term(word))
		}
	}
	return names
}
