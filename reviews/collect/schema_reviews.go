package collect

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"math"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/net/html"

	"goodword/reviews"
)

// shown is what a page shows of reviews.
type shown struct {
	title   string
	reviews []reviews.Found
	ratings []rated
}

// rated is a rating as a whole with the name of what is rated.
type rated struct {
	of string
	reviews.Rating
}

// What is longer than any honest page is not read to its end.
const (
	largestTree = 2 << 20 // bytes of markup
	mostThings  = 50000
	mostShown   = 2000 // reviews
)

// readPage reads the reviews and ratings that a page describes for programs. address is where it was found, now bounds dates.
func readPage(body []byte, contentType, address string, now time.Time) shown {
	text := decode(body, contentType)
	all := newThings()
	all.jsonLD(text)
	var page shown
	if root, err := html.Parse(bytes.NewReader(text[:min(len(text), largestTree)])); err == nil { // a page nested too deep is not read further; its scripts were
		all.markup(root)
		page.title = titleOf(root)
	}
	all.reviews(&page, address, now)
	return page
}

var reviewTypes = []string{"Review", "UserReview", "EmployerReview", "CriticReview", "Recommendation"}

// ownReview reports whether the thing is a review that says something already, so that another with its id is another.
func (t *thing) ownReview() bool {
	return t.isA(reviewTypes...) && len(t.props) > 0
}

// reviews turns the things of a page into its reviews and ratings.
func (all *things) reviews(page *shown, address string, now time.Time) {
	subject := map[*thing]*thing{}
	for _, t := range all.list {
		for _, inner := range t.things("review", "reviews", "aggregateRating") {
			if subject[inner] == nil {
				subject[inner] = t
			}
		}
	}
	told := map[string]bool{}
	var sure []bool // of each review: its day is known
	for _, t := range all.list {
		if t.isA(reviewTypes...) && len(page.reviews) < mostShown {
			f, dated, ok := reviewOf(t, subject[t], address, now)
			if same := sameReview(f); ok && !told[same] {
				told[same] = true
				page.reviews, sure = append(page.reviews, f), append(sure, dated)
			}
		}
		if r, ok := ratingOf(t); ok {
			r.of = itemName(t, subject[t])
			page.ratings = append(page.ratings, r)
		}
	}
	apartByKey(page.reviews, sure)
}

// apartByKey gives reviews, of which sure tells whether their day is known, that share a key another: an address that several have is that of none, and one person may write twice on a day.
func apartByKey(list []reviews.Found, sure []bool) {
	for _, dated := range []bool{true, false} {
		times := map[string]int{}
		for _, f := range list {
			times[f.Key]++
		}
		for i, f := range list {
			if times[f.Key] > 1 {
				list[i].Key = contentKey(f, dated && sure[i])
			}
		}
	}
}

// sameReview is by what a review is known that a page tells twice, once in JSON-LD and once in its markup, where the text may be cut.
func sameReview(f reviews.Found) string {
	text := fold(f.Text)
	if strings.TrimSpace(text) == "" {
		text = f.Posted.String() + strconv.Itoa(f.Stars)
	}
	return fold(f.Author) + "|" + fold(f.Place) + "|" + text[:min(len(text), 80)]
}

// reviewOf reads a review; dated tells whether its day is known.
func reviewOf(t, host *thing, address string, now time.Time) (f reviews.Found, dated, ok bool) {
	f = reviews.Found{Author: line(t.text("author", "creator", "reviewer")), Title: line(t.text("name", "headline")),
		Text: plain(t.text("reviewBody", "description", "text")), Stars: starsGiven(t), Place: itemName(t, host)}
	if f.Text == "" {
		f.Text, f.Title = f.Title, ""
	}
	if strings.TrimSpace(f.Text) == "" && f.Stars == 0 {
		return f, false, false
	}
	dated = tellsDay(t.text("datePublished")) || tellsDay(t.text("dateCreated")) // the date of a change moves on with each
	f = finish(f, now, nil, nil, t.text("datePublished"), t.text("dateCreated"), t.text("dateModified"))
	f.URL = link(t.text("url"), address)
	f.Site = publisherOf(t)
	if f.Key = ownID(f.URL, address); f.Key == "" {
		f.Key = ownID(t.id, address)
	}
	if f.Key == "" {
		f.Key = contentKey(f, dated)
	}
	if f.URL == "" {
		f.URL = link(address, "")
	}
	return f, dated, true
}

// itemName is the name of what was reviewed or rated.
func itemName(t, host *thing) string {
	if name := line(t.text("itemReviewed")); name != "" || host == nil {
		return name
	}
	return line(value{thing: host}.words())
}

// publisherOf is the site a review was written on, where a page shows those of other sites.
func publisherOf(t *thing) string {
	for _, p := range t.things("publisher") {
		if site := siteOf(p.text("url", "sameAs")); isKnownSite(site) {
			return site
		}
	}
	if name := strings.ToLower(t.text("publisher")); isKnownSite(name) {
		return name
	}
	return ""
}

func isKnownSite(name string) bool {
	for _, known := range sites {
		if name == known {
			return true
		}
	}
	return false
}

// numbered are ids that only count the reviews of the page: the next review moves all of them on.
var numbered = regexp.MustCompile(`(?i)^(?:[#_:]|.*#)(?:[a-z_/-]*\d{0,3}|b\d+)$`)

// ownID is an address or a name that belongs to one review alone and stays with it; else nothing.
func ownID(id, address string) string {
	if id == "" || strings.HasPrefix(id, "_:") || numbered.MatchString(id) {
		return ""
	}
	base, err := url.Parse(address)
	if err != nil {
		return id
	}
	u, err := base.Parse(id)
	if err != nil {
		return id
	}
	full := reviews.Canonical(u.String())
	switch {
	case full == "":
		return id
	case full == reviews.Canonical(address), u.Path == "" || u.Path == "/" && u.RawQuery == "" && u.Fragment == "":
		return ""
	}
	return full
}

// tellsDay reports whether a date tells the day, and not "2 weeks ago", which moves along with each visit.
func tellsDay(date string) bool {
	digits := 0
	for _, c := range date {
		if unicode.IsDigit(c) {
			digits++
		}
	}
	return digits > len("2026")
}

// firstWords is how many words of a text tell it from another of the same author; further on, it may be edited.
const firstWords = 8

// contentKey is the identity of a review that has no other: who wrote it when, so that one whose text was edited is still the same. Where that is
// not known for sure, the first words of the text count too. A review without words is known by its day.
func contentKey(f reviews.Found, dated bool) string {
	day := f.Posted.Format(time.DateOnly)
	dated = dated && !f.Posted.IsZero()
	said := strings.Fields(fold(f.Title + " " + f.Text))
	words := strings.Join(said[:min(len(said), firstWords)], " ")
	switch named := strings.TrimSpace(fold(f.Author)) != ""; {
	case dated && named:
		words = "on " + day
	case len(said) == 0:
		words = day + strconv.Itoa(f.Stars)
	case dated:
		words += " on " + day
	}
	sum := sha256.Sum256([]byte(fold(f.Author) + "\x00" + fold(f.Place) + "\x00" + words))
	return "#" + base64.RawURLEncoding.EncodeToString(sum[:12])
}

var firstNumber = regexp.MustCompile(`-?\d+(?:[.,]\d+)?`)

// figure is the first number of a text: 4.7, "4,7", "4.7 out of 5".
func figure(text string) (float64, bool) {
	n, err := strconv.ParseFloat(strings.Replace(firstNumber.FindString(text), ",", ".", 1), 64)
	return n, err == nil
}

var wholeNumber = regexp.MustCompile(`(\d{1,3}(?:[ .,'’\x{a0}\x{202f}]\d{3})+)\b|(\d+)([.,]\d+)?\s*(?:([kKmM])\b)?`)

// counted is a whole number, however its thousands are parted: 1204, "1,204 reviews", "1.2K".
func counted(text string) int {
	found := wholeNumber.FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	digits := strings.Map(func(c rune) rune {
		if c >= '0' && c <= '9' {
			return c
		}
		return -1
	}, found[1]+found[2])
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	if times := map[string]float64{"k": 1e3, "m": 1e6}[strings.ToLower(found[4])]; times > 0 {
		rough, _ := figure(found[2] + found[3])
		return int(min(rough, 1e9) * times)
	}
	return n
}

// starsGiven are the stars that a review gives, on the scale that it names.
func starsGiven(t *thing) int {
	for _, r := range append(t.things("reviewRating", "rating"), t) {
		value, ok := figure(r.text("ratingValue"))
		if !ok {
			continue
		}
		best, worst := ratingScale(r, value)
		if value < min(best, worst) || value > max(best, worst) || value == 0 && worst == 0 && best <= 5 {
			continue
		}
		share := value / best
		if worst > best { // as in school, where one is the best mark
			share = 0.2 + 0.8*(worst-value)/(worst-best)
		}
		return min(5, max(1, int(math.Round(5*share))))
	}
	if text := t.text("reviewRating", "rating"); text != "" {
		n, _ := starsOf(text)
		return n
	}
	return 0
}

// ratingScale is the scale of a rating. Where a page does not name it, it is one to five, or the usual one that the value fits in.
func ratingScale(r *thing, value float64) (best, worst float64) {
	best, ok := figure(r.text("bestRating"))
	if !ok || best <= 0 {
		switch {
		case value <= 5:
			best = 5
		case value <= 10:
			best = 10
		default:
			best = 100
		}
	}
	worst, _ = figure(r.text("worstRating"))
	return best, worst
}

// ratingOf reads the rating as a whole.
func ratingOf(t *thing) (rated, bool) {
	if !t.isA("AggregateRating", "EmployerAggregateRating") {
		return rated{}, false
	}
	value, ok := figure(t.text("ratingValue"))
	if !ok || value <= 0 {
		return rated{}, false
	}
	best, worst := ratingScale(t, value)
	if value < min(best, worst) || value > max(best, worst) {
		return rated{}, false
	}
	if worst > best {
		value, best = 1+4*(worst-value)/(worst-best), 5
	}
	count := counted(t.text("reviewCount"))
	if n := counted(t.text("ratingCount")); n > count {
		count = n
	}
	return rated{Rating: reviews.Rating{Value: value, Best: best, Count: count}}, true
}

func titleOf(root *html.Node) string {
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == "title" && n.FirstChild != nil {
			return oneLine(n.FirstChild.Data)
		}
	}
	return ""
}
