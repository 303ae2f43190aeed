package collect

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"goodword/reviews"
)

// appStoreKind is what people write about an app in Apple's App Store.
var appStoreKind = Kind{
	ID: "app-store", Title: "App Store reviews", Group: GroupReviews, Every: 360, Retention: reviews.Own, All: true,
	Help: "Reviews of your practice's own app in Apple's App Store, country by country. No account is needed.\n" +
		"1. Look for the app on apps.apple.com.\n" +
		"2. Copy the address of its page. It ends with id and a long number.",
	Fields: []Field{{Name: "app", Label: "App", Example: "https://apps.apple.com/us/app/name/id123456789", Help: "The address of its page, or its number."},
		{Name: "country", Label: "Country", Example: "us", Optional: true, Help: "Two letters, as in the address. Empty: the one in the address."}},
	prepare: prepareAppStore,
	ask:     askAppStore,
	knows: func(u *url.URL) (reviews.Options, bool) {
		onStore := u.Hostname() == "apps.apple.com" || u.Hostname() == "itunes.apple.com"
		return reviews.Options{"app": u.String()}, onStore && appNumber.MatchString(u.Path)
	},
}

var (
	appNumber   = regexp.MustCompile(`(?:^|/id|id=)(\d{5,12})(?:$|[/?&#])`)
	appCountry  = regexp.MustCompile(`apple\.com/([a-z]{2})/`)
	countryCode = regexp.MustCompile(`^[a-z]{2}$`)
)

// mostPages is how many pages the store shows of one country.
const mostPages = 10

func prepareAppStore(values reviews.Options) (reviews.Source, string, error) {
	number := appNumber.FindStringSubmatch(strings.TrimSpace(values["app"]))
	if number == nil {
		return reviews.Source{}, "", errors.New("This is not the address of an app. It looks like https://apps.apple.com/us/app/name/id123456789")
	}
	country := strings.ToLower(strings.TrimSpace(values["country"]))
	if country == "" {
		country = "us"
		if found := appCountry.FindStringSubmatch(strings.ToLower(values["app"])); found != nil {
			country = found[1]
		}
	}
	if !countryCode.MatchString(country) {
		return reviews.Source{}, "", errors.New("A country is written with two letters here, such as us or gb")
	}
	return reviews.Source{Name: "App Store reviews (" + strings.ToUpper(country) + ")", Site: "app store", Options: reviews.Options{"app": number[1], "country": country},
		Address: "https://itunes.apple.com/" + country + "/rss/customerreviews/id=" + number[1] + "/sortBy=mostRecent/xml"}, "", nil
}

func appPage(source reviews.Source, page int, form string) string {
	return fmt.Sprintf("https://itunes.apple.com/%s/rss/customerreviews/page=%d/id=%s/sortBy=mostRecent/%s", source.Options["country"], page, source.Options["app"], form)
}

// askAppStore turns the pages until one has a review that was there at the last visit, or nothing. The XML tells the dates; where it does not
// answer, which happens, the JSON does.
func askAppStore(ctx context.Context, c *Collector, v visiting) (answer, error) {
	var all answer
	known := v.source.State["newest"]
	for page := 1; page <= mostPages; page++ {
		got, err := askAppPage(ctx, c, v, page)
		all.visit.Retry = max(all.visit.Retry, got.visit.Retry)
		if err != nil && page > 1 && got.visit.Status >= 400 && got.visit.Status < 429 {
			break // the store says so in place of an empty page
		}
		if err != nil {
			all.visit.Status, all.cut = got.visit.Status, len(all.entries) > 0
			return all, err
		}
		all.kind, all.title, all.visit.Status = got.kind, got.title, got.visit.Status
		met := false
		for _, f := range got.entries {
			met = met || f.Key == known
		}
		all.entries = append(all.entries, got.entries...)
		if len(got.entries) == 0 || v.look || met && !v.fresh {
			break
		}
	}
	if len(all.entries) > 0 {
		all.visit.State = reviews.Options{"newest": all.entries[0].Key}
	}
	return all, nil
}

func askAppPage(ctx context.Context, c *Collector, v visiting, page int) (answer, error) {
	whole := v
	whole.fresh = true // the conditions of one page do not hold for another
	got, err := askFeedAt(ctx, c, whole, appPage(v.source, page, "xml"), parseAppStoreXML)
	if err == nil && len(got.entries) > 0 || ctx.Err() != nil || got.visit.Retry > 0 {
		return got, err
	}
	other, otherErr := askFeedAt(ctx, c, whole, appPage(v.source, page, "json"), parseAppStoreJSON)
	if otherErr != nil {
		return got, err
	}
	return other, nil
}

type appStoreFeed struct {
	XMLName xml.Name `xml:"feed"`
	Title   string   `xml:"title"`
	Entries []struct {
		ID      string `xml:"id"`
		Title   string `xml:"title"`
		Updated string `xml:"updated"`
		Author  string `xml:"author>name"`
		Rating  string `xml:"rating"`
		Content []struct {
			Type string `xml:"type,attr"`
			Text string `xml:",chardata"`
		} `xml:"content"`
		Links []struct {
			Rel     string `xml:"rel,attr"`
			Address string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

// parseAppStoreXML reads a page of reviews. The first entry of a page may be the app itself, which has no rating.
func parseAppStoreXML(body []byte, contentType, _ string, now time.Time) (feed, error) {
	shape, text := shapeOf(decode(body, contentType))
	switch {
	case shape == shapeEmpty:
		return feed{}, ErrEmpty
	case shape == shapePage:
		return feed{}, ErrPage
	case shape != shapeXML:
		return feed{}, ErrNoFeed
	}
	if err := tooDeep(text); err != nil {
		return feed{}, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	var read appStoreFeed
	if err := lenient(text).Decode(&read); err != nil {
		return feed{}, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	f := feed{kind: "atom", title: oneLine(read.Title)}
	for _, e := range read.Entries {
		entry, ok := appReview(e.ID, e.Title, e.Author, e.Rating)
		if !ok {
			continue
		}
		for _, content := range e.Content {
			if content.Type != "html" {
				entry.Text = tidy(content.Text)
			} else if entry.Text == "" {
				entry.Text = plain(content.Text)
			}
		}
		for _, l := range e.Links {
			if entry.URL == "" {
				entry.URL = link(l.Address, "")
			}
		}
		f.entries = append(f.entries, finish(entry, now, nil, nil, e.Updated))
	}
	return f, nil
}

func appReview(id, title, author, rating string) (reviews.Found, bool) {
	stars, err := strconv.Atoi(strings.TrimSpace(rating))
	if err != nil || stars < 1 || stars > 5 || strings.TrimSpace(id) == "" {
		return reviews.Found{}, false
	}
	return reviews.Found{Key: strings.TrimSpace(id), Title: oneLine(title), Author: oneLine(author), Stars: stars}, true
}

type appleLabel struct {
	Label string `json:"label"`
}

type appStoreEntry struct {
	ID      appleLabel `json:"id"`
	Title   appleLabel `json:"title"`
	Content appleLabel `json:"content"`
	Updated appleLabel `json:"updated"`
	Rating  appleLabel `json:"im:rating"`
	Author  struct {
		Name appleLabel `json:"name"`
	} `json:"author"`
	Link json.RawMessage `json:"link"` // one or several
}

// parseAppStoreJSON reads the other form of a page: every value has a label around it, and a single review stands alone, not in a list.
func parseAppStoreJSON(body []byte, contentType, _ string, now time.Time) (feed, error) {
	shape, text := shapeOf(decode(body, contentType))
	if shape != shapeJSON {
		return feed{}, ErrNoFeed
	}
	var read struct {
		Feed struct {
			Title appleLabel      `json:"title"`
			Entry json.RawMessage `json:"entry"`
		} `json:"feed"`
	}
	if err := json.Unmarshal(text, &read); err != nil {
		return feed{}, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	entries, err := oneOrMany[appStoreEntry](read.Feed.Entry)
	if err != nil {
		return feed{}, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	f := feed{kind: "json", title: oneLine(read.Feed.Title.Label)}
	for _, e := range entries {
		entry, ok := appReview(e.ID.Label, e.Title.Label, e.Author.Name.Label, e.Rating.Label)
		if !ok {
			continue
		}
		entry.Text = tidy(e.Content.Label)
		links, _ := oneOrMany[struct { // a review without an address is one all the same
			Attributes struct {
				Address string `json:"href"`
			} `json:"attributes"`
		}](e.Link)
		if len(links) > 0 {
			entry.URL = link(links[0].Attributes.Address, "")
		}
		f.entries = append(f.entries, finish(entry, now, nil, nil, e.Updated.Label))
	}
	return f, nil
}

// oneOrMany reads a list, or the one value that stands where a list would.
func oneOrMany[T any](raw json.RawMessage) (list []T, err error) {
	switch {
	case len(raw) == 0:
	case raw[0] == '[':
		err = json.Unmarshal(raw, &list)
	default:
		list = make([]T, 1)
		err = json.Unmarshal(raw, &list[0])
	}
	return list, err
}
