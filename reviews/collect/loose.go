package collect

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"
)

var (
	itemStart  = regexp.MustCompile(`(?i)<(?:[a-z][\w-]*:)?(item|entry)[\s>]`)
	itemEnd    = regexp.MustCompile(`(?i)</(?:[a-z][\w-]*:)?(item|entry)\s*>`)
	looseTitle = field("title")
	looseLink  = field("link")
	looseHref  = regexp.MustCompile(`(?is)<(?:[a-z][\w-]*:)?link\b[^>]*?\bhref\s*=\s*["']([^"']*)`)
	looseID    = field("guid|id")
	looseText  = field("content:encoded|content|encoded")
	looseShort = field("description|summary")
	looseWho   = field("creator|name|author")
	looseDate  = field("pubdate|published|date|issued|created")
	looseLater = field("updated|modified")
	looseStars = field("rating|starrating|stars")
)

// field finds the inside of an element by its local names. The end is that of the element, or, where it was forgotten, the next tag of an item.
func field(names string) *regexp.Regexp {
	return regexp.MustCompile(`(?is)<(?:[a-z][\w-]*:)?(?:` + names + `)(?:\s[^>]*)?>(.*?)(?:</(?:[a-z][\w-]*:)?(?:` + names + `)\s*>|<(?:title|link|guid|pubdate|description|author|published|updated|category|id|summary|content)\b|$)`)
}

// parseLoose reads the items of a feed that is not well formed, each by itself: one bad item does not take the others with it. When the feed
// has no end, its last item counts only if it has one.
func parseLoose(text []byte, whole bool) *gofeed.Feed {
	starts := itemStart.FindAllIndex(text, -1)
	f := &gofeed.Feed{FeedType: "rss"}
	if bytes.Contains(text[:min(len(text), 512)], []byte("<feed")) {
		f.FeedType = "atom"
	}
	head := text
	if len(starts) > 0 {
		head = text[:starts[0][0]]
	}
	f.Title, f.Link = inside(looseTitle, head), inside(looseLink, head)
	for i, start := range starts {
		part := text[start[0]:]
		if i+1 < len(starts) {
			part = text[start[0]:starts[i+1][0]]
		}
		end := itemEnd.FindIndex(part)
		if end == nil && i+1 == len(starts) && !whole {
			break
		}
		if end != nil {
			part = part[:end[0]]
		}
		f.Items = append(f.Items, looseItem(part))
	}
	return f
}

func looseItem(part []byte) *gofeed.Item {
	item := &gofeed.Item{Title: inside(looseTitle, part), Link: inside(looseLink, part), GUID: inside(looseID, part), Content: inside(looseText, part),
		Description: inside(looseShort, part), Published: inside(looseDate, part), Updated: inside(looseLater, part)}
	if item.Link == "" {
		if found := looseHref.FindSubmatch(part); found != nil {
			item.Link = html.UnescapeString(string(found[1]))
		}
	}
	if who := inside(looseWho, part); who != "" {
		item.Authors = []*gofeed.Person{{Name: who}}
	}
	if stars := inside(looseStars, part); stars != "" {
		item.Custom = map[string]string{"rating": stars}
	}
	return item
}

// inside is the text of the first such element, out of its CDATA or its entities.
func inside(element *regexp.Regexp, part []byte) string {
	found := element.FindSubmatch(part)
	if found == nil {
		return ""
	}
	text := strings.TrimSpace(string(found[1]))
	if rest, ok := strings.CutPrefix(text, "<![CDATA["); ok {
		text, _, _ = strings.Cut(rest, "]]>")
		return strings.TrimSpace(text)
	}
	return html.UnescapeString(text)
}
