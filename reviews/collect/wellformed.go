package collect

import (
	"html"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
)

// Most feeds are RSS 2.0 or Atom 1.0 as the books have it, and gofeed, which forgives nearly everything, takes several times as long to read
// them as it has to. readWellFormed reads these; at the first thing that is in any way unusual it gives up, and gofeed reads the feed instead. A
// test holds the two against each other over the corpora.

// The namespaces and roots that readWellFormed knows.
const (
	atomSpace    = `xmlns="http://www.w3.org/2005/Atom"`
	contentSpace = `xmlns:content="http://purl.org/rss/1.0/modules/content/"`
	dublinSpace  = `xmlns:dc="http://purl.org/dc/elements/1.1/"`
)

// element is one element of a feed. inner is what stands between its tags, as written.
type element struct {
	name, attrs, inner string
}

// reader walks over elements that stand side by side.
type reader struct {
	rest    string
	strange bool // something unusual was met
}

// readWellFormed reads a feed, or reports that it is not of the usual form. text begins with the root and ends with its end.
func readWellFormed(text []byte) (*gofeed.Feed, bool) {
	for _, c := range text {
		if c < ' ' && c != '\n' && c != '\t' && c != '\r' {
			return nil, false
		}
	}
	root := reader{rest: string(text)}
	e, ok := root.next()
	if !ok || strings.Contains(root.rest, "<") || strings.Contains(e.attrs, "xml:base") {
		return nil, false
	}
	switch {
	case e.name == "rss" && !strings.Contains(e.attrs, "xmlns="):
		inside := reader{rest: e.inner}
		channel, ok := inside.next()
		if !ok || channel.name != "channel" || channel.attrs != "" || strings.TrimSpace(inside.rest) != "" {
			return nil, false
		}
		return readRSS(channel.inner, e.attrs)
	case e.name == "feed" && strings.Contains(e.attrs, atomSpace):
		return readAtom(e.inner)
	}
	return nil, false
}

func readRSS(channel, spaces string) (*gofeed.Feed, bool) {
	f := &gofeed.Feed{FeedType: "rss"}
	r := reader{rest: channel}
	for e, ok := r.next(); ok; e, ok = r.next() {
		switch e.name {
		case "title":
			f.Title = r.text(e)
		case "link":
			f.Link = r.text(e)
		case "item":
			f.Items = append(f.Items, r.rssItem(e, spaces))
		case "textInput", "items":
			r.strange = true
		default:
			r.pass(e)
		}
	}
	return f, r.wellRead() && f.Title != "" && f.Link != ""
}

// rssItem reads an item. Of the elements beside the usual ones only those are passed over that say nothing about the entry: all others may be
// a rating, or stand in for something that is missing.
func (r *reader) rssItem(item element, spaces string) *gofeed.Item {
	out := &gofeed.Item{}
	in := reader{rest: item.inner}
	for e, ok := in.next(); ok; e, ok = in.next() {
		switch e.name {
		case "title":
			out.Title = in.text(e)
		case "description":
			out.Description = in.text(e)
		case "link":
			out.Link = in.text(e)
			in.strange = in.strange || e.attrs != "" || out.Link == ""
		case "guid":
			out.GUID = in.text(e)
		case "pubDate":
			out.Published = in.text(e)
			out.PublishedParsed = in.date(out.Published, rssDates...)
		case "dc:creator":
			in.author(out, in.text(e), spaces)
		case "content:encoded":
			out.Content = in.text(e)
			in.strange = in.strange || !strings.Contains(spaces, contentSpace)
		case "category", "comments", "enclosure", "slash:comments", "wfw:commentRss":
			in.pass(e)
		default:
			in.strange = true
		}
	}
	in.strange = in.strange || out.Link == "" || out.Published == "" || strings.Contains(item.attrs, ":")
	r.strange = r.strange || !in.wellRead()
	return out
}

// author takes a plain name; gofeed has rules for names with addresses, and for several.
func (r *reader) author(item *gofeed.Item, name, spaces string) {
	r.strange = r.strange || item.Authors != nil || strings.ContainsAny(name, "@()") || !strings.Contains(spaces, dublinSpace)
	item.Authors = []*gofeed.Person{{Name: name}}
}

func readAtom(inner string) (*gofeed.Feed, bool) {
	f := &gofeed.Feed{FeedType: "atom"}
	r := reader{rest: inner}
	for e, ok := r.next(); ok; e, ok = r.next() {
		switch e.name {
		case "title":
			f.Title = r.content(e)
		case "link":
			r.link(e, &f.Link)
		case "entry":
			f.Items = append(f.Items, r.atomEntry(e))
		default:
			r.pass(e)
		}
	}
	return f, r.wellRead()
}

func (r *reader) atomEntry(entry element) *gofeed.Item {
	out := &gofeed.Item{}
	in := reader{rest: entry.inner}
	for e, ok := in.next(); ok; e, ok = in.next() {
		switch e.name {
		case "title":
			out.Title = in.content(e)
		case "id":
			out.GUID = in.address(in.text(e))
		case "link":
			in.link(e, &out.Link)
		case "published":
			out.Published = in.text(e)
			out.PublishedParsed = in.date(out.Published, time.RFC3339)
		case "updated":
			out.Updated = in.text(e)
			out.UpdatedParsed = in.date(out.Updated, time.RFC3339)
		case "author":
			in.atomAuthor(out, e)
		case "summary":
			out.Description = in.content(e)
		case "content":
			out.Content = in.content(e)
			in.strange = in.strange || strings.Contains(e.attrs, "src")
		case "category", "rights":
			in.pass(e)
		default:
			in.strange = true
		}
	}
	if out.Published == "" {
		out.Published, out.PublishedParsed = out.Updated, out.UpdatedParsed
	}
	in.strange = in.strange || strings.Contains(entry.attrs, ":")
	r.strange = r.strange || !in.wellRead()
	return out
}

func (r *reader) atomAuthor(item *gofeed.Item, author element) {
	var who gofeed.Person
	in := reader{rest: author.inner}
	for e, ok := in.next(); ok; e, ok = in.next() {
		switch e.name {
		case "name":
			who.Name = in.text(e)
		case "email":
			who.Email = in.text(e)
		default:
			in.pass(e)
		}
	}
	r.strange = r.strange || !in.wellRead()
	item.Authors = append(item.Authors, &who)
}

// link keeps the first link that leads to what is meant for people.
func (r *reader) link(e element, into *string) {
	rel := r.attribute(e, "rel")
	if *into == "" && (rel == "" || rel == "alternate") {
		*into = r.address(r.attribute(e, "href"))
	}
}

// address is one that stays as it is when it is taken apart and put together again, as gofeed does.
func (r *reader) address(text string) string {
	u, err := url.Parse(text)
	r.strange = r.strange || err != nil || text == "" || u.String() != text
	return text
}

// content is what an element of Atom says, by its type.
func (r *reader) content(e element) string {
	switch r.attribute(e, "type") {
	case "", "text", "html":
		return r.text(e)
	case "xhtml":
		r.pass(e)
		inner := strings.TrimSpace(e.inner)
		r.strange = r.strange || !strings.HasPrefix(inner, "<div") || !strings.HasSuffix(inner, "</div>") ||
			strings.Contains(inner, "<![CDATA[")
		return inner
	}
	r.strange = true
	return ""
}

// pass takes an element as it is, if all elements in it end where they should: otherwise it may have swallowed what comes behind it.
func (r *reader) pass(e element) {
	in := reader{rest: e.inner}
	for !r.strange {
		at := strings.IndexByte(in.rest, '<')
		if at < 0 {
			return
		}
		if in.rest = in.rest[at:]; strings.HasPrefix(in.rest, "<![CDATA[") {
			_, in.rest, _ = strings.Cut(in.rest, "]]>")
			continue
		}
		inside, ok := in.next()
		r.strange = !ok
		r.pass(inside)
	}
}

// wellRead reports whether all was read and nothing was unusual.
func (r *reader) wellRead() bool { return !r.strange && strings.TrimSpace(r.rest) == "" }

// next is the next element. Its end is the next end tag of the same name: an element inside one of its own name is unusual.
func (r *reader) next() (element, bool) {
	r.rest = strings.TrimLeft(r.rest, " \t\r\n")
	if r.strange || len(r.rest) < 2 || r.rest[0] != '<' || !nameStart(r.rest[1]) {
		return element{}, false
	}
	shut := strings.IndexByte(r.rest, '>')
	if shut < 0 {
		return element{}, false
	}
	tag, rest := r.rest[1:shut], r.rest[shut+1:]
	open, empty := strings.CutSuffix(tag, "/")
	name, attrs := open, ""
	if gap := strings.IndexAny(open, " \t\r\n"); gap >= 0 {
		name, attrs = open[:gap], open[gap:]
	}
	if strings.ContainsAny(name, `"'=<&`) || !usualAttributes(attrs) {
		return element{}, false
	}
	if empty {
		r.rest = rest
		return element{name: name, attrs: attrs}, true
	}
	end := endOf(rest, name)
	if end < 0 {
		return element{}, false
	}
	r.rest = rest[end+len(name)+len("</>"):]
	return element{name: name, attrs: attrs, inner: rest[:end]}, true
}

// usualAttributes reports whether attributes are written as name="value", each after a space.
func usualAttributes(attrs string) bool {
	for attrs = strings.TrimRight(attrs, " \t\r\n"); attrs != ""; {
		name, rest, _ := strings.Cut(attrs, `="`)
		value, after, ended := strings.Cut(rest, `"`)
		trimmed := strings.TrimLeft(name, " \t\r\n")
		if !ended || trimmed == "" || trimmed == name || strings.ContainsAny(trimmed, " \t\r\n\"'=<&/;") || strings.IndexByte(value, '<') >= 0 {
			return false
		}
		attrs = after
	}
	return true
}

// endOf is where the end tag of an element begins, or -1. What looks like one in a CDATA section is none.
func endOf(text, name string) int {
	end := "</" + name + ">"
	from := 0
	for {
		at := strings.Index(text[from:], end)
		if at < 0 {
			return -1
		}
		section := strings.Index(text[from:from+at], "<![CDATA[")
		if section < 0 {
			return from + at
		}
		shut := strings.Index(text[from+section:], "]]>")
		if shut < 0 {
			return -1
		}
		from += section + shut
	}
}

// text is what an element without elements in it says.
func (r *reader) text(e element) string {
	inner := strings.TrimSpace(e.inner)
	if section, ok := strings.CutPrefix(inner, "<![CDATA["); ok {
		section, ok = strings.CutSuffix(section, "]]>")
		r.strange = r.strange || !ok || strings.Contains(section, "]]>")
		return section
	}
	r.strange = r.strange || strings.IndexByte(inner, '<') >= 0
	return r.unescaped(inner)
}

// unescaped resolves the references that XML knows; any other is unusual.
func (r *reader) unescaped(text string) string {
	at := strings.IndexByte(text, '&')
	if at < 0 {
		return text
	}
	for rest := text[at:]; ; rest = rest[at:] {
		name, _, ended := strings.Cut(rest[1:min(len(rest), 10)], ";")
		known := name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos" || len(name) > 1 && name[0] == '#'
		if !ended || !known {
			r.strange = true
			return text
		}
		rest = rest[1:]
		if at = strings.IndexByte(rest, '&'); at < 0 {
			return html.UnescapeString(text)
		}
	}
}

// attribute is the value of an attribute that is written with double quotes.
func (r *reader) attribute(e element, name string) string {
	before, value, ok := strings.Cut(e.attrs, name+`="`)
	if !ok {
		return ""
	}
	r.strange = r.strange || strings.TrimRight(before, " \t\r\n") == before // it is only the end of another name
	value, _, _ = strings.Cut(value, `"`)
	return r.unescaped(value)
}

// rssDates are the usual ways to write a date; zones by name, other than GMT, differ from one country to the next.
var rssDates = []string{"Mon, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 GMT"}

func (r *reader) date(text string, layouts ...string) *time.Time {
	for _, layout := range layouts {
		if at, err := time.Parse(layout, text); err == nil {
			at = at.UTC()
			return &at
		}
	}
	r.strange = true
	return nil
}

func nameStart(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
