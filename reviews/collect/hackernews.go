package collect

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"goodword/reviews"
)

// hackerNewsKind is a search in the posts and comments of Hacker News.
var hackerNewsKind = Kind{
	ID: "hacker-news", Title: "Hacker News", Group: GroupNetworks, Every: 360, Retention: reviews.Own,
	Help:   "Posts and comments on Hacker News, a forum of people who make software. Of use if your practice, its software or a supplier may be spoken of there. No account is needed.",
	Fields: []Field{wordsField},
	prepare: func(values reviews.Options) (reviews.Source, string, error) {
		return narrowed(reviews.Source{Name: "Hacker News: " + values["words"], Address: hackerNewsSearch(values["words"]), Site: "hacker news"}, values["words"]), "", nil
	},
	ask: askHackerNews,
	knows: func(u *url.URL) (reviews.Options, bool) {
		words := u.Query().Get("query")
		if u.Hostname() == "hnrss.org" {
			words = u.Query().Get("q")
		} else if u.Hostname() != "hn.algolia.com" {
			words = ""
		}
		return reviews.Options{"words": wordsBack(words)}, strings.TrimSpace(words) != ""
	},
}

// hackerNewsSearch is the address of a search. The site knows no "or", so askHackerNews asks for each phrase by itself.
func hackerNewsSearch(words string) string {
	ask := url.Values{"query": {searchFor(words)}, "tags": {"(story,comment)"}, "hitsPerPage": {"100"}}
	return "https://hn.algolia.com/api/v1/search_by_date?" + ask.Encode()
}

func askHackerNews(ctx context.Context, c *Collector, v visiting) (answer, error) {
	list, simple := phrases(v.source.Options["words"])
	if !simple || len(list) < 2 {
		return askFeedAt(ctx, c, v, v.source.Address, parseHackerNews)
	}
	var all answer
	v.fresh = true // several answers have no condition and no hash in common
	for _, phrase := range list {
		got, err := askFeedAt(ctx, c, v, hackerNewsSearch(phrase), parseHackerNews)
		all.kind, all.visit.Status, all.visit.Retry = got.kind, got.visit.Status, max(all.visit.Retry, got.visit.Retry)
		for _, f := range got.entries {
			if !slices.ContainsFunc(all.entries, func(other reviews.Found) bool { return other.Key == f.Key }) {
				all.entries = append(all.entries, f)
			}
		}
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

type hackerNewsHits struct {
	Hits []struct {
		ID         string `json:"objectID"`
		Title      string `json:"title"`
		Author     string `json:"author"`
		Created    int64  `json:"created_at_i"`
		StoryText  string `json:"story_text"`
		Comment    string `json:"comment_text"`
		StoryTitle string `json:"story_title"`
	} `json:"hits"`
}

func parseHackerNews(body []byte, contentType, _ string, now time.Time) (feed, error) {
	shape, text := shapeOf(decode(body, contentType))
	if shape != shapeJSON {
		return feed{}, ErrNoFeed
	}
	var read hackerNewsHits
	if err := json.Unmarshal(text, &read); err != nil {
		return feed{}, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	f := feed{kind: "json"}
	for _, hit := range read.Hits {
		if hit.ID == "" {
			continue
		}
		entry := reviews.Found{Key: hit.ID, URL: link("https://news.ycombinator.com/item?id="+url.QueryEscape(hit.ID), ""), Author: oneLine(hit.Author)}
		if entry.Text = plain(hit.Comment); entry.Text == "" {
			entry.Title, entry.Text = oneLine(hit.Title), plain(hit.StoryText)
		} else if hit.StoryTitle != "" {
			entry.Title = "On: " + oneLine(hit.StoryTitle)
		}
		if entry.Text == "" {
			entry.Title, entry.Text = "", entry.Title
		}
		var posted *time.Time
		if hit.Created > 0 {
			at := time.Unix(hit.Created, 0)
			posted = &at
		}
		f.entries = append(f.entries, finish(entry, now, posted, nil))
	}
	return f, nil
}
