package collect

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// blueskyKind is a search on Bluesky, which wants an account.
var blueskyKind = Kind{
	ID: "bluesky", Title: "Bluesky search", Group: GroupNetworks, Every: 360, Retention: reviews.Own,
	Help: "Public posts on Bluesky that have your words. Bluesky answers searches of people with an account only.\n" +
		"1. In Bluesky open Settings, Privacy and security, App passwords, and add one called Goodword.\n" +
		"2. Write your handle and that app password here, never your own password.\n" +
		"Bluesky asks programs to search seldom, so this source is visited a few times a day.",
	Fields: []Field{wordsField, {Name: "handle", Label: "Your handle", Example: "brightharbor.bsky.social"},
		{Name: "password", Label: "App password", Example: "abcd-efgh-ijkl-mnop", Secret: true},
		{Name: "server", Label: "Server of your account", Optional: true, Help: "Empty: bsky.social."}},
	prepare: prepareBluesky,
	ask:     askBluesky,
}

func prepareBluesky(values reviews.Options) (reviews.Source, string, error) {
	handle, password := strings.TrimPrefix(values["handle"], "@"), strings.TrimSpace(values["password"])
	switch {
	case !blueskyHandle.MatchString(handle):
		return reviews.Source{}, "", errors.New("This is not a handle of Bluesky. It looks like brightharbor.bsky.social")
	case values["server"] != "" && serverIn(values["server"]) == "":
		return reviews.Source{}, "", errors.New("This is not the name of a server. It looks like bsky.social")
	}
	query := url.Values{"q": {searchFor(values["words"])}}
	source := reviews.Source{Name: "Bluesky: " + values["words"], Address: "https://bsky.app/search?" + query.Encode(), Site: "bluesky"}
	return narrowed(source, values["words"]), password, nil
}

// blueskyServer is where the account is.
func blueskyServer(source reviews.Source) string {
	if host := serverIn(source.Options["server"]); source.Options["server"] != "" && host != "" {
		return "https://" + host
	}
	return "https://bsky.social"
}

type blueskyFound struct {
	URI    string `json:"uri"`
	Author struct {
		Handle string `json:"handle"`
		Name   string `json:"displayName"`
	} `json:"author"`
	Record struct {
		Text    string `json:"text"`
		Created string `json:"createdAt"`
	} `json:"record"`
	Indexed string `json:"indexedAt"`
}

func (p blueskyFound) found(now time.Time) reviews.Found {
	f := reviews.Found{Key: p.URI, Author: "@" + p.Author.Handle, Text: tidy(p.Record.Text), Posted: dateOf(p.Record.Created, now), Payload: piece(p)}
	if name := line(p.Author.Name); name != "" {
		f.Author = name + " (" + f.Author + ")"
	}
	if at := strings.LastIndexByte(p.URI, '/'); at >= 0 {
		f.URL = link("https://bsky.app/profile/"+url.PathEscape(p.Author.Handle)+"/post/"+url.PathEscape(p.URI[at+1:]), "")
	}
	return f
}

// Some pages of each search are enough for a few hours; a post may be indexed late, so each visit looks a day back.
const (
	searchPages = 3
	indexedLate = 24 * time.Hour
)

func askBluesky(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "bluesky", title: v.source.Name}
	token, err := c.blueskySession(ctx, v, &got)
	if err != nil {
		return got, err
	}
	searches, simple := phrases(v.source.Options["words"])
	if !simple {
		searches = []string{v.source.Options["words"]}
	}
	posts := map[string]blueskyFound{}
	for _, words := range searches {
		if simple {
			words = `"` + words + `"`
		}
		if err := c.searchBluesky(ctx, v, &got, token, words, posts); err != nil {
			got.cut = len(got.entries) > 0
			return got, err
		}
	}
	newest := v.source.State["newest"]
	for _, p := range posts {
		if at, err := time.Parse(time.RFC3339, p.Indexed); err == nil && at.Before(v.now.Add(time.Hour)) {
			newest = max(newest, at.UTC().Format(time.RFC3339))
		}
	}
	got.visit.State = reviews.Options{"newest": newest}
	return got, nil
}

// searchBluesky takes in the newest posts of one search that no other search has found.
func (c *Collector) searchBluesky(ctx context.Context, v visiting, got *answer, token, words string, posts map[string]blueskyFound) error {
	query := url.Values{"q": {words}, "sort": {"latest"}, "limit": {"100"}}
	if at, err := time.Parse(time.RFC3339, v.source.State["newest"]); err == nil {
		query.Set("since", at.Add(-indexedLate).UTC().Format(time.RFC3339))
	}
	for range searchPages {
		var list struct {
			Posts  []blueskyFound `json:"posts"`
			Cursor string         `json:"cursor"`
		}
		address := blueskyServer(v.source) + "/xrpc/app.bsky.feed.searchPosts?" + query.Encode()
		if err := c.askAPI(ctx, v, got, fetch.Request{URL: address, Header: bearer(token)}, &list); err != nil {
			return err
		}
		for _, p := range list.Posts {
			if _, known := posts[p.URI]; !known {
				posts[p.URI] = p
				got.entries = append(got.entries, p.found(v.now))
			}
		}
		if list.Cursor == "" || len(list.Posts) == 0 || v.look {
			return nil
		}
		query.Set("cursor", list.Cursor)
	}
	return nil
}

type blueskyTokens struct {
	Access  string `json:"accessJwt"`
	Refresh string `json:"refreshJwt"`
}

// blueskySession signs in. Few sign-ins are allowed in a day, so the session of the last visit is carried on: the keychain holds its token
// behind the password.
func (c *Collector) blueskySession(ctx context.Context, v visiting, got *answer) (string, error) {
	password, kept, _ := strings.Cut(v.secret, "\n")
	var tokens blueskyTokens
	if kept != "" {
		err := c.askAPI(ctx, v, got, fetch.Request{URL: blueskyServer(v.source) + "/xrpc/com.atproto.server.refreshSession", Header: bearer(kept), Body: []byte{}}, &tokens)
		if err != nil && got.visit.Status != http.StatusBadRequest && !errors.Is(err, errKey) { // a session that has ended is begun anew
			return "", err
		}
		got.visit.Status = 0
	}
	if tokens.Access == "" {
		body, err := json.Marshal(map[string]string{"identifier": strings.TrimPrefix(v.source.Options["handle"], "@"), "password": password})
		if err != nil {
			return "", err
		}
		if err := c.askAPI(ctx, v, got, fetch.Request{URL: blueskyServer(v.source) + "/xrpc/com.atproto.server.createSession", Body: body}, &tokens); err != nil {
			return "", err
		}
	}
	switch {
	case tokens.Access == "":
		return "", fmt.Errorf("Bluesky gave no session. %w", errKey)
	case v.source.Secret == "": // a source that is only looked at has no place in the keychain
		return tokens.Access, nil
	}
	return tokens.Access, c.Secrets.Set(v.source.Secret, password+"\n"+tokens.Refresh)
}
