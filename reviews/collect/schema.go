package collect

import (
	"slices"
	"strings"
)

// A page says what it shows a second time, for programs, in the words of schema.org: as JSON-LD, as microdata or as RDFa. All three
// are read into the same things, so that only schema_reviews.go has to know what a review is.

// thing is one item of a page with its properties. Types and names are without the address of their vocabulary.
type thing struct {
	id    string
	types []string
	props map[string][]value
}

// value is a text or a thing. label is what a link says, where text is the address it leads to.
type value struct {
	text, label string
	thing       *thing
}

// things are all items of a page in their order, each known by its id where it has one.
type things struct {
	list []*thing
	byID map[string]*thing
}

func newThings() *things { return &things{byID: map[string]*thing{}} }

// node is the thing with an id, or a new one.
func (all *things) node(id string) *thing {
	if t := all.byID[id]; t != nil && id != "" {
		return t
	}
	t := &thing{id: id, props: map[string][]value{}}
	if len(all.list) >= mostThings {
		return t
	}
	all.list = append(all.list, t)
	if id != "" {
		all.byID[id] = t
	}
	return t
}

func (t *thing) add(name string, v value) {
	if name != "" && (v.thing != nil || v.text != "" || v.label != "") {
		t.props[name] = append(t.props[name], v)
	}
}

func (t *thing) isA(types ...string) bool {
	return slices.ContainsFunc(t.types, func(have string) bool { return slices.Contains(types, have) })
}

// text is the first of the named properties that says something; of a thing that stands there, its name.
func (t *thing) text(names ...string) string {
	for _, name := range names {
		for _, v := range t.props[name] {
			if s := v.words(); s != "" {
				return s
			}
		}
	}
	return ""
}

// words is a value as people read it.
func (v value) words() string {
	if v.thing == nil {
		if v.label != "" && strings.Contains(v.text, "/") {
			return v.label
		}
		return strings.TrimSpace(v.text)
	}
	for _, name := range []string{"name", "legalName", "alternateName"} {
		for _, inner := range v.thing.props[name] {
			if s := strings.TrimSpace(inner.text); s != "" {
				return s
			}
		}
	}
	var parts []string
	for _, name := range []string{"givenName", "familyName"} {
		for _, inner := range v.thing.props[name] {
			parts = append(parts, strings.TrimSpace(inner.text))
		}
	}
	return strings.Join(parts, " ")
}

// things lists the things among the values of the named properties.
func (t *thing) things(names ...string) []*thing {
	var list []*thing
	for _, name := range names {
		for _, v := range t.props[name] {
			if v.thing != nil {
				list = append(list, v.thing)
			}
		}
	}
	return list
}

// term is the name of a type or a property without the address of its vocabulary: "http://schema.org/Review", "schema:Review" and "Review" are one.
func term(name string) string {
	name = strings.TrimSpace(name)
	return name[strings.LastIndexAny(name, "/#:")+1:]
}
