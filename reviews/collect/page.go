package collect

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mostGuesses is how many addresses are tried behind one page.
const mostGuesses = 6

// usual are the places where sites keep their feed without saying so.
var usual = []string{"/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss"}

// feedsOf lists the addresses at which the feed of a page may be: those the page names, then those it links to, then the usual ones of its site.
func feedsOf(body []byte, contentType, address string) []string {
	base, err := url.Parse(address)
	if err != nil {
		return nil
	}
	named, linked := feedLinks(decode(body, contentType), base)
	all := append(named, linked...)
	if len(all) == 0 {
		for _, path := range usual {
			all = append(all, base.ResolveReference(&url.URL{Path: path}).String())
		}
	}
	var once []string
	for _, a := range all {
		if a != address && !slices.Contains(once, a) {
			once = append(once, a)
		}
	}
	return once[:min(len(once), mostGuesses)]
}

// feedLinks reads <link rel=alternate> and the links of the text that look like feeds.
func feedLinks(text []byte, base *url.URL) (named, linked []string) {
	page := html.NewTokenizer(bytes.NewReader(text))
	for {
		switch page.Next() {
		case html.ErrorToken:
			return named, linked
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := page.TagName()
			tag := atom.Lookup(name)
			if !more || tag != atom.Link && tag != atom.A && tag != atom.Base {
				continue
			}
			given := attributes(page)
			target := link(given["href"], base.String())
			switch {
			case target == "":
			case tag == atom.Base:
				if b, err := url.Parse(target); err == nil {
					base = b
				}
			case tag == atom.Link && strings.Contains(strings.ToLower(given["rel"]), "alternate") && feedType(given["type"]):
				named = append(named, target)
			case tag == atom.A && looksLikeFeed(target):
				linked = append(linked, target)
			}
		}
	}
}

func attributes(page *html.Tokenizer) map[string]string {
	given := map[string]string{}
	for {
		name, value, more := page.TagAttr()
		given[string(name)] = string(value)
		if !more {
			return given
		}
	}
}

func feedType(t string) bool {
	t = strings.ToLower(t)
	return strings.Contains(t, "rss") || strings.Contains(t, "atom") || strings.Contains(t, "rdf") || strings.Contains(t, "feed+json")
}

func looksLikeFeed(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	path := strings.ToLower(strings.TrimRight(u.Path, "/"))
	for _, end := range []string{"/feed", "/rss", "/atom", ".rss", ".atom", ".rdf", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json"} {
		if strings.HasSuffix(path, end) {
			return true
		}
	}
	return false
}
