package collect

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"goodword/reviews"
)

// The errors that tell what came in place of a feed.
var (
	ErrPage    = errors.New("This is a web page, not a feed")
	ErrNoFeed  = errors.New("This is neither a feed nor a web page")
	ErrEmpty   = errors.New("The answer is empty")
	ErrIsOPML  = errors.New("This is a list of feeds (OPML). Import it with \"Import a list of sources\"")
	errCutOff  = errors.New("The feed broke off before its end. The entries that came whole were kept, and the rest is asked for again")
	errNoParse = errors.New("The feed is damaged so badly that no entry in it can be read")
)

// feed is what a feed says, whatever its format.
type feed struct {
	kind    string // "rss", "atom", "json"
	title   string
	home    string // the page the feed belongs to
	entries []reviews.Found
	cut     bool // the end is missing
}

// parseFeed reads RSS, RDF, Atom or JSON Feed from the bytes of an answer. Feeds that are not well formed are mended as far as they can be
// understood; entities are never expanded. address is where the feed was found, now bounds dates in the future.
func parseFeed(body []byte, contentType, address string, now time.Time) (feed, error) {
	found, text := shapeOf(decode(body, contentType))
	switch found {
	case shapeEmpty:
		return feed{}, ErrEmpty
	case shapePage:
		return feed{}, pageInPlace(text)
	case shapeOPML:
		return feed{}, ErrIsOPML
	case shapeJSON:
		return parseJSON(text, address, now)
	case shapeXML:
		return parseXML(text, address, now)
	}
	return feed{}, ErrNoFeed
}

func parseXML(text []byte, address string, now time.Time) (feed, error) {
	text, whole := toRootEnd(text)
	if bytes.HasPrefix(text, []byte("<channel")) {
		text = append(append([]byte(`<rss version="2.0">`), text...), "</rss>"...)
	}
	parsed, ok := readWellFormed(text)
	if !ok || len(parsed.Items) < items(text) {
		var err error
		if parsed, err = readAnyhow(text, whole); err != nil {
			return feed{}, err
		}
	}
	return feedOf(parsed, address, whole, now), nil
}

// feedOf is what a parser found as a feed.
func feedOf(parsed *gofeed.Feed, address string, whole bool, now time.Time) feed {
	f := feed{kind: parsed.FeedType, title: line(parsed.Title), home: link(parsed.Link, address), cut: !whole}
	base := address
	if f.home != "" {
		base = f.home
	}
	for _, item := range parsed.Items {
		if item != nil {
			f.entries = append(f.entries, entryOf(item, base, now))
		}
	}
	return f
}

// readAnyhow reads a feed that is unusual or not well formed, as far as it can be understood.
func readAnyhow(text []byte, whole bool) (*gofeed.Feed, error) {
	parsed, err := understand(text)
	if err == nil && len(parsed.Items) >= items(text) {
		return parsed, nil
	}
	loose := parseLoose(text, whole)
	if parsed == nil || len(loose.Items) > len(parsed.Items) {
		parsed = loose
	}
	if err != nil && len(parsed.Items) == 0 && (whole || items(text) > 0) {
		return nil, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	return parsed, nil
}

// items counts the beginnings of entries: a parser that forgives everything may swallow most of them after one wrong tag.
func items(text []byte) int {
	n := 0
	for _, start := range []string{"<item>", "<item ", "<entry>", "<entry "} {
		n += bytes.Count(text, []byte(start))
	}
	return n
}

// roots are the ends of the elements that a feed stands in.
var roots = [][]byte{[]byte("</rss"), []byte("</feed"), []byte(":feed>"), []byte("</rdf"), []byte("</channel")}

// deepestTail is how far from its end the end of a feed is looked for.
const deepestTail = 64 << 10

// toRootEnd cuts what a server added after the end of the feed, and tells whether there is an end.
func toRootEnd(text []byte) ([]byte, bool) {
	text = bytes.TrimRight(text, " \t\r\n")
	if bytes.HasSuffix(text, []byte("</rss>")) || bytes.HasSuffix(text, []byte("</feed>")) {
		return text, true
	}
	tail := max(0, len(text)-deepestTail)
	lower := bytes.ToLower(text[tail:])
	for _, root := range roots {
		if at := bytes.LastIndex(lower, root); at >= 0 {
			if shut := bytes.IndexByte(lower[at:], '>'); shut >= 0 {
				return text[:tail+at+shut+1], true
			}
		}
	}
	return text, bytes.HasSuffix(bytes.TrimSpace(text), []byte("/>")) && bytes.Count(text, []byte("<")) == 1
}

// understand lets gofeed read the text. The decoder below it was written for whole documents; whatever a hostile one makes it do, the visit
// ends with an error and the program goes on.
func understand(text []byte) (parsed *gofeed.Feed, err error) {
	defer func() {
		if trouble := recover(); trouble != nil {
			parsed, err = nil, fmt.Errorf("the parser gave up: %v", trouble)
		}
	}()
	if err := tooDeep(text); err != nil {
		return nil, err
	}
	parsed, err = gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		parsed, err = gofeed.NewParser().Parse(bytes.NewReader(mend(text)))
	}
	return parsed, err
}

// deepestNest is how far elements may stand inside each other; a feed needs about five, XHTML inside an entry some dozens.
const deepestNest = 500

func tooDeep(text []byte) error {
	depth := 0
	for i := 0; i+1 < len(text); i++ {
		if text[i] != '<' {
			continue
		}
		switch c := text[i+1]; {
		case c == '/':
			depth--
		case c == '!' && bytes.HasPrefix(text[i:], []byte("<![CDATA[")):
			shut := bytes.Index(text[i:], []byte("]]>"))
			if shut < 0 {
				return nil
			}
			i += shut
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			depth++
			end := bytes.IndexAny(text[i+1:], "<>") // no further: a feed without a single '>' must not be searched to its end for each '<'
			if end < 0 {
				return nil
			}
			if text[i+1+end] == '>' && text[i+end] == '/' {
				depth--
			}
			i += end
		}
		if depth > deepestNest {
			return errors.New("elements stand too deep inside each other")
		}
	}
	return nil
}

// mend makes text of what only looks like a tag, and drops the characters that XML does not know.
func mend(text []byte) []byte {
	mended := make([]byte, 0, len(text)+len(text)/64)
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '<' && bytes.HasPrefix(text[i:], []byte("<![CDATA[")):
			shut := bytes.Index(text[i:], []byte("]]>"))
			if shut < 0 {
				return append(mended, text[i:]...)
			}
			mended = append(mended, text[i:i+shut+3]...)
			i += shut + 2
		case c == '<' && (i+1 == len(text) || !opensTag(text[i+1])):
			mended = append(mended, "&lt;"...)
		case c < ' ' && c != '\n' && c != '\t' && c != '\r':
		case c == 0xef && i+2 < len(text) && text[i+1] == 0xbf && text[i+2] >= 0xbe: // U+FFFE, U+FFFF
			i += 2
		default:
			mended = append(mended, c)
		}
	}
	return mended
}

func opensTag(c byte) bool {
	return c == '/' || c == '!' || c == '?' || c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// entryOf is a feed's item as a found entry.
func entryOf(item *gofeed.Item, base string, now time.Time) reviews.Found {
	f := reviews.Found{Key: strings.TrimSpace(item.GUID), URL: link(item.Link, base), Title: line(item.Title)}
	if f.URL == "" {
		f.URL = link(item.GUID, "")
	}
	if f.Text = plain(item.Content); f.Text == "" {
		f.Text = plain(item.Description)
	}
	if len(item.Authors) > 0 && item.Authors[0] != nil {
		f.Author = line(item.Authors[0].Name)
		if f.Author == "" {
			f.Author = line(item.Authors[0].Email)
		}
	}
	f.Stars = itemStars(item)
	return finish(f, now, item.PublishedParsed, item.UpdatedParsed, item.Published, item.Updated)
}

// finish fills what all kinds of feeds share: the date, the rating in the words, a title that only repeats the text.
func finish(f reviews.Found, now time.Time, published, updated *time.Time, texts ...string) reviews.Found {
	switch {
	case published != nil && sensible(*published):
		f.Posted = published.UTC()
	case updated != nil && sensible(*updated):
		f.Posted = updated.UTC()
	default:
		for _, text := range texts {
			if d, ok := readDate(text, time.UTC, false, now); ok {
				f.Posted, f.About = d.at, d.about
				break
			}
		}
	}
	if f.Posted.After(now.Add(24 * time.Hour)) { // a clock that runs ahead; the entry is new today
		f.Posted, f.About = now.UTC(), true
	}
	if f.Stars == 0 {
		f.Stars = starsIn(f.Title, f.Text)
	}
	if short := strings.TrimRight(f.Title, "….  "); short != "" && strings.HasPrefix(strings.ReplaceAll(f.Text, "\n", " "), short) {
		f.Title = ""
	}
	return f
}

// ratingNames are the elements in which feeds put the stars of a review.
var ratingNames = []string{"rating", "starrating", "stars", "reviewrating", "ratingvalue", "score"}

func itemStars(item *gofeed.Item) int {
	for name, value := range item.Custom {
		if n := namedStars(name, value); n > 0 {
			return n
		}
	}
	for space, elements := range item.Extensions {
		if space == "media" || space == "itunes" { // there the average of a film, or its age limit
			continue
		}
		for name, all := range elements {
			for _, e := range all {
				if n := extensionStars(name, e); n > 0 {
					return n
				}
			}
		}
	}
	return 0
}

func extensionStars(name string, e ext.Extension) int {
	value := e.Value
	if best := e.Attrs["max"] + e.Attrs["best"] + e.Attrs["bestRating"]; best != "" && value != "" && !strings.Contains(value, "/") {
		value += "/" + best
	}
	if n := namedStars(name, value); n > 0 {
		return n
	}
	for inner, all := range e.Children {
		for _, child := range all {
			if n := namedStars(inner, child.Value); n > 0 {
				return n
			}
		}
	}
	return 0
}

func namedStars(name, value string) int {
	for _, known := range ratingNames {
		if strings.EqualFold(name, known) {
			n, _ := starsOf(value)
			return n
		}
	}
	return 0
}
