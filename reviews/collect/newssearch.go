package collect

import (
	"net/url"
	"strings"

	"goodword/reviews"
)

// googleNewsKind is a search in Google News.
var googleNewsKind = Kind{
	ID: "google-news", Title: "Google News", Group: GroupFeeds, Every: 60, Retention: reviews.Own, All: true, feed: true,
	Help: "News about your practice from newspapers and stations, as Google News finds them. No account is needed.\n" +
		"Write the name as a newspaper would write it. A name that others share brings their news too: add the town, for example Harbor Dental Springfield.",
	Fields:  []Field{wordsField, {Name: "edition", Label: "Edition", Help: "Which country's news, in which language.", Choices: titlesOf(editions)}},
	prepare: prepareGoogleNews,
	ask:     askShaped(headline),
	knows:   knowsGoogleNews,
}

// bingNewsKind is a search in Bing News.
var bingNewsKind = Kind{
	ID: "bing-news", Title: "Bing News", Group: GroupFeeds, Every: 120, Retention: reviews.Own, All: true, feed: true,
	Help: "News about your practice as Microsoft's search finds them. It often sees local papers that Google News does not. No account is needed.\n" +
		"Write the name as a newspaper would write it.",
	Fields:  []Field{wordsField, {Name: "edition", Label: "Edition", Help: "Which country's news, in which language.", Choices: titlesOf(editions)}},
	prepare: prepareBingNews,
	ask:     askFeed,
	knows:   knowsBingNews,
}

// edition is a country's news in one language.
type edition struct{ title, language, country string }

var editions = []edition{{"United States", "en", "US"}, {"United States (Spanish)", "es-419", "US"}, {"United Kingdom", "en", "GB"}, {"Canada", "en", "CA"}, {"Canada (French)", "fr", "CA"},
	{"Ireland", "en", "IE"}, {"Australia", "en", "AU"}, {"New Zealand", "en", "NZ"}, {"South Africa", "en", "ZA"}, {"India", "en", "IN"}, {"Germany", "de", "DE"}, {"Austria", "de", "AT"},
	{"Switzerland (German)", "de", "CH"}, {"France", "fr", "FR"}, {"Spain", "es", "ES"}, {"Italy", "it", "IT"}, {"Netherlands", "nl", "NL"}}

func titlesOf(list []edition) []string {
	titles := make([]string, len(list))
	for i, e := range list {
		titles[i] = e.title
	}
	return titles
}

func editionCalled(title string) edition {
	for _, e := range editions {
		if e.title == title {
			return e
		}
	}
	return editions[0]
}

// editionOf is the edition of a country and a language as an address names them; the usual one if there is none.
func editionOf(country, language string) edition {
	language, _, _ = strings.Cut(strings.ToLower(language), "-")
	for _, e := range editions {
		if own, _, _ := strings.Cut(e.language, "-"); strings.EqualFold(e.country, country) && (language == "" || own == language) {
			return e
		}
	}
	return editions[0]
}

func prepareGoogleNews(values reviews.Options) (reviews.Source, string, error) {
	e := editionCalled(values["edition"])
	language, _, _ := strings.Cut(e.language, "-")
	ask := url.Values{"q": {searchFor(values["words"])}, "hl": {e.language + "-" + e.country}, "gl": {e.country}, "ceid": {e.country + ":" + language}}
	if e.language == "es-419" {
		ask.Set("hl", e.language)
		ask.Set("ceid", e.country+":"+e.language)
	}
	return reviews.Source{Name: "Google News: " + values["words"], Address: "https://news.google.com/rss/search?" + ask.Encode(), Site: "google news"}, "", nil
}

func knowsGoogleNews(u *url.URL) (reviews.Options, bool) {
	query := u.Query()
	if u.Hostname() != "news.google.com" || !strings.HasSuffix(u.Path, "/search") || strings.TrimSpace(query.Get("q")) == "" {
		return nil, false
	}
	return reviews.Options{"words": wordsBack(query.Get("q")), "edition": editionOf(query.Get("gl"), query.Get("hl")).title}, true
}

func prepareBingNews(values reviews.Options) (reviews.Source, string, error) {
	e := editionCalled(values["edition"])
	language, _, _ := strings.Cut(e.language, "-")
	ask := url.Values{"q": {searchFor(values["words"])}, "format": {"rss"}, "mkt": {language + "-" + e.country}}
	return reviews.Source{Name: "Bing News: " + values["words"], Address: "https://www.bing.com/news/search?" + ask.Encode(), Site: "bing news"}, "", nil
}

func knowsBingNews(u *url.URL) (reviews.Options, bool) {
	query := u.Query()
	if strings.TrimPrefix(u.Hostname(), "www.") != "bing.com" || u.Path != "/news/search" || strings.TrimSpace(query.Get("q")) == "" {
		return nil, false
	}
	language, country, _ := strings.Cut(query.Get("mkt"), "-")
	return reviews.Options{"words": wordsBack(query.Get("q")), "edition": editionOf(country, language).title}, true
}

// headline takes the publisher, which stands behind the headline, for the author. The text of such an entry only repeats both.
func headline(f *reviews.Found) {
	title := f.Title
	if title == "" {
		title = f.Text
	}
	at := strings.LastIndex(title, " - ")
	if at <= 0 {
		return
	}
	head, publisher := title[:at], strings.TrimSpace(title[at+3:])
	if f.Author == "" {
		f.Author = publisher
	}
	if text := oneLine(f.Text); text == oneLine(title) || strings.HasPrefix(text, head) && len(text) <= len(head)+len(publisher)+4 {
		f.Text = ""
	}
	if f.Text == "" {
		f.Title, f.Text = "", head
	} else {
		f.Title = head
	}
}
