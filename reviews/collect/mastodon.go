package collect

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// tokenField asks for the token of an account on Mastodon.
var tokenField = Field{Name: "token", Label: "Access token", Secret: true,
	Help: "In Mastodon open Preferences, Development, New application. Call it Goodword and allow only read:search and read:statuses. Open it and copy the access token."}

var serverField = Field{Name: "server", Label: "Your server", Example: "mastodon.social"}

// mastodonSearchKind is a search with the practice's own account.
var mastodonSearchKind = Kind{
	ID: "mastodon-search", Title: "Mastodon search", Group: GroupNetworks, Every: 180, Retention: reviews.Own,
	Help: "Public posts that have your words, as the server of your account finds them. Some servers do not search words at all and then find nothing; " +
		"use a hashtag there. Programs such as GoToSocial answer in the same way.",
	Fields:  []Field{wordsField, serverField, tokenField},
	prepare: prepareMastodonSearch,
	ask:     askMastodonSearch,
}

// mastodonAccountTagKind is a hashtag with the practice's own account, for servers that show hashtags to members only.
var mastodonAccountTagKind = Kind{
	ID: "mastodon-tag-account", Title: "Mastodon hashtag, signed in", Group: GroupNetworks, Every: 60, Retention: reviews.Own, All: true,
	Help:    "Public posts with one hashtag, asked for with your account: for servers that show hashtags only to people who have signed in.",
	Fields:  []Field{{Name: "tag", Label: "Hashtag", Example: "#BrightHarbor"}, serverField, tokenField},
	prepare: prepareMastodonAccountTag,
	ask:     askMastodonTag,
}

var errServer = errors.New("This is not the name of a server. It looks like mastodon.social")

func prepareMastodonSearch(values reviews.Options) (reviews.Source, string, error) {
	server := serverIn(values["server"])
	if server == "" {
		return reviews.Source{}, "", errServer
	}
	source := reviews.Source{Name: server + ": " + values["words"], Address: "https://" + server + "/search?q=" + url.QueryEscape(values["words"]), Site: "mastodon"}
	return narrowed(source, values["words"]), strings.TrimSpace(values["token"]), nil
}

func prepareMastodonAccountTag(values reviews.Options) (reviews.Source, string, error) {
	source, _, err := prepareMastodonTag(values)
	if err != nil {
		return source, "", err
	}
	if serverIn(values["server"]) == "" {
		return source, "", errServer
	}
	source.Address = strings.TrimSuffix(source.Address, ".rss")
	return source, strings.TrimSpace(values["token"]), nil
}

type mastodonStatus struct {
	ID         string `json:"id"`
	Created    string `json:"created_at"`
	Visibility string `json:"visibility"`
	Warning    string `json:"spoiler_text"`
	URI        string `json:"uri"`
	URL        string `json:"url"`
	Content    string `json:"content"`
	Account    struct {
		Acct string `json:"acct"`
		Name string `json:"display_name"`
	} `json:"account"`
}

// statusesAtOnce is how many posts a server gives at most.
const statusesAtOnce = "40"

func askMastodonSearch(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "mastodon", title: v.source.Name}
	host := "https://" + serverIn(v.source.Options["server"])
	searches, simple := phrases(v.source.Options["words"])
	if !simple {
		searches = []string{v.source.Options["words"]}
	}
	last := v.source.State["last"]
	for _, words := range searches {
		query := url.Values{"q": {words}, "type": {"statuses"}, "limit": {statusesAtOnce}}
		if simple {
			query.Set("q", `"`+words+`"`)
		}
		if since := v.source.State["last"]; since != "" {
			query.Set("min_id", since)
		}
		var found struct {
			Statuses []mastodonStatus `json:"statuses"`
		}
		if err := c.askAPI(ctx, v, &got, fetch.Request{URL: host + "/api/v2/search?" + query.Encode(), Header: bearer(v.secret)}, &found); err != nil {
			got.cut = len(got.entries) > 0
			return got, err
		}
		last = got.takeStatuses(found.Statuses, last, v)
	}
	got.visit.State = reviews.Options{"last": last}
	return got, nil
}

func askMastodonTag(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "mastodon", title: v.source.Name}
	address := "https://" + serverIn(v.source.Options["server"]) + "/api/v1/timelines/tag/" + url.PathEscape(strings.TrimPrefix(v.source.Options["tag"], "#"))
	last := v.source.State["last"]
	for range pagesAVisit {
		query := url.Values{"limit": {statusesAtOnce}}
		if last != "" {
			query.Set("min_id", last)
		}
		var list []mastodonStatus
		if err := c.askAPI(ctx, v, &got, fetch.Request{URL: address + "?" + query.Encode(), Header: bearer(v.secret)}, &list); err != nil {
			got.cut = len(got.entries) > 0
			return got, err
		}
		before := last
		last = got.takeStatuses(list, last, v)
		if last == before || before == "" || v.look { // the first visit takes the newest page; what is older was never promised
			break
		}
	}
	got.visit.State = reviews.Options{"last": last}
	return got, nil
}

// takeStatuses takes public posts in and returns the highest id. A token also shows posts that were meant for few; they are nobody else's business.
func (got *answer) takeStatuses(list []mastodonStatus, last string, v visiting) string {
	for _, s := range list {
		if laterID(s.ID, last) {
			last = s.ID
		}
		if s.Visibility == "private" || s.Visibility == "direct" {
			continue
		}
		f := reviews.Found{Key: s.URI, URL: link(s.URL, ""), Author: "@" + s.Account.Acct, Title: line(s.Warning), Text: plain(s.Content),
			Posted: dateOf(s.Created, v.now), Payload: piece(s)}
		if f.Key == "" {
			f.Key = s.ID
		}
		if name := line(s.Account.Name); name != "" {
			f.Author = name + " (" + f.Author + ")"
		}
		got.entries = append(got.entries, f)
	}
	return last
}

// laterID reports whether an id was given later: they grow in length, then in order.
func laterID(a, b string) bool {
	return len(a) > len(b) || len(a) == len(b) && a > b
}
