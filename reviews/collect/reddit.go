package collect

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"goodword/reviews"
)

// redditKind is a search on Reddit. Reddit lets a reader without an account ask about once a minute, so it is visited seldom.
var redditKind = Kind{
	ID: "reddit", Title: "Reddit", Group: GroupNetworks, Every: 360, Retention: reviews.Own, feed: true,
	Help: "Posts on Reddit that name your practice. No account is needed, but Reddit answers strangers only now and then.\n" +
		"With an account it goes better:\n" +
		"1. Sign in at old.reddit.com and open old.reddit.com/prefs/feeds.\n" +
		"2. Press “RSS” beside any of the private feeds and copy the address of the page that opens.\n" +
		"3. Paste it as your private feed address. It is like a password: Goodword keeps it in this computer's keychain and never shows it again.",
	Fields: []Field{wordsField, {Name: "feed", Label: "Your private feed address", Example: "https://www.reddit.com/.rss?feed=…&user=…", Secret: true, Optional: true,
		Help: "Only if Reddit refuses to answer."}},
	prepare: prepareReddit,
	ask:     askReddit,
	knows:   knowsReddit,
}

// redditEvery is how often a search is asked, in minutes.
const redditEvery = 360

// errNoRedditFeed does not repeat what was pasted, which is a secret.
var errNoRedditFeed = errors.New("This is not the address of a private feed of Reddit. It has feed= and user= in it. Leave the field empty to search without an account")

func prepareReddit(values reviews.Options) (reviews.Source, string, error) {
	if _, err := redditPass(values["feed"]); err != nil {
		return reviews.Source{}, "", err
	}
	ask := url.Values{"q": {searchFor(values["words"])}, "sort": {"new"}}
	source := reviews.Source{Name: "Reddit: " + values["words"], Address: "https://www.reddit.com/search.rss?" + ask.Encode(), Site: "reddit", Every: redditEvery}
	return narrowed(source, values["words"]), values["feed"], nil
}

// redditPass is the part of a private feed's address that tells Reddit who asks.
func redditPass(private string) (url.Values, error) {
	if private == "" {
		return url.Values{}, nil
	}
	u, err := url.Parse(asAddress(private))
	if err != nil || !onReddit(u) || u.Query().Get("feed") == "" || u.Query().Get("user") == "" {
		return nil, errNoRedditFeed
	}
	return url.Values{"feed": {u.Query().Get("feed")}, "user": {u.Query().Get("user")}}, nil
}

func onReddit(u *url.URL) bool {
	return u.Hostname() == "reddit.com" || strings.HasSuffix(u.Hostname(), ".reddit.com")
}

func knowsReddit(u *url.URL) (reviews.Options, bool) {
	query := u.Query()
	path := strings.TrimSuffix(strings.Trim(u.Path, "/"), "/.rss")
	if !onReddit(u) || path != "search" && path != "search.rss" || strings.TrimSpace(query.Get("q")) == "" {
		return nil, false
	}
	values := reviews.Options{"words": wordsBack(query.Get("q"))}
	if query.Get("feed") != "" && query.Get("user") != "" {
		values["feed"] = u.String()
	}
	return values, true
}

func askReddit(ctx context.Context, c *Collector, v visiting) (answer, error) {
	pass, err := redditPass(v.secret)
	if err != nil {
		return answer{}, err
	}
	address := v.source.Address
	if len(pass) > 0 {
		address += "&" + pass.Encode()
	}
	return askFeedAt(ctx, c, v, address, shaped(func(f *reviews.Found) {
		f.Author = strings.TrimPrefix(f.Author, "/u/")
		if text, cut := strings.CutSuffix(f.Text, "[link] [comments]"); cut { // the foot of every entry
			text, _, _ = strings.Cut(text, "submitted by /u/")
			f.Text = strings.TrimSpace(text)
		}
	}))
}
