package collect

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// youtubeKind is the new films of a channel. Comments are not in its feed.
var youtubeKind = Kind{
	ID: "youtube", Title: "YouTube channel", Group: GroupNetworks, Every: 180, Retention: reviews.Own, feed: true,
	Help: "The new films of one channel: that of a local station, of somebody who tests practices, or your own. Comments are not part of it.\n" +
		"1. Open the channel on youtube.com.\n" +
		"2. Copy the address at the top of the browser. It looks like https://www.youtube.com/@name.\n" +
		"3. Paste it here. The name alone, as @name, is enough too.",
	Fields:  []Field{{Name: "channel", Label: "Channel", Example: "https://www.youtube.com/@name"}},
	prepare: prepareYouTube,
	ask:     askYouTube,
	knows:   knowsYouTube,
}

var (
	channelID     = regexp.MustCompile(`^UC[0-9A-Za-z_-]{22}$`)
	channelHandle = regexp.MustCompile(`^@[^/\s?#]{3,}$`)
	channelInPage = regexp.MustCompile(`(?:youtube\.com/channel/|channel_id=|"externalId":"|itemprop="identifier" content=")(UC[0-9A-Za-z_-]{22})`)
)

// errNoChannel says what a channel looks like.
var errNoChannel = errors.New("This is not a channel of YouTube. Open the channel in the browser and copy its address, such as https://www.youtube.com/@name")

// errChannelHidden says that the page of a channel does not name its number.
var errChannelHidden = errors.New("YouTube did not show which channel this is. On the channel's page choose “more”, then “Share channel” and “Copy channel ID”, and paste that")

func prepareYouTube(values reviews.Options) (reviews.Source, string, error) {
	given := strings.TrimSpace(values["channel"])
	source := reviews.Source{Site: "youtube"}
	switch {
	case channelID.MatchString(given):
		source.Address = channelFeed(given)
		return source, "", nil
	case channelHandle.MatchString(given):
		source.Address = "https://www.youtube.com/" + url.PathEscape(given)
		return source, "", nil
	}
	u, err := url.Parse(asAddress(given))
	if err != nil || !onYouTube(u) {
		return source, "", errNoChannel
	}
	first, rest, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	second, _, _ := strings.Cut(rest, "/")
	switch {
	case first == "channel" && channelID.MatchString(second):
		source.Address = channelFeed(second)
	case first == "feeds" && channelID.MatchString(u.Query().Get("channel_id")):
		source.Address = channelFeed(u.Query().Get("channel_id"))
	case channelHandle.MatchString(first):
		source.Address = "https://www.youtube.com/" + url.PathEscape(first)
	case (first == "c" || first == "user") && second != "":
		source.Address = "https://www.youtube.com/" + first + "/" + url.PathEscape(second)
	default:
		return source, "", errNoChannel
	}
	return source, "", nil
}

func onYouTube(u *url.URL) bool {
	return u.Hostname() == "youtube.com" || strings.HasSuffix(u.Hostname(), ".youtube.com")
}

func knowsYouTube(u *url.URL) (reviews.Options, bool) {
	if !onYouTube(u) {
		return nil, false
	}
	_, _, err := prepareYouTube(reviews.Options{"channel": u.String()})
	return reviews.Options{"channel": u.String()}, err == nil
}

func channelFeed(id string) string {
	return "https://www.youtube.com/feeds/videos.xml?channel_id=" + id
}

// askYouTube visits the feed of a channel. Of a channel that is known by its page alone the page is asked first, once.
func askYouTube(ctx context.Context, c *Collector, v visiting) (answer, error) {
	address := v.source.Address
	if u, err := url.Parse(address); err == nil && u.Query().Get("channel_id") == "" {
		id, err := c.channelAt(ctx, v)
		if err != nil {
			return answer{}, err
		}
		address = channelFeed(id)
	}
	got, err := askFeedAt(ctx, c, v, address, parseYouTube)
	if got.visit.Address == "" && address != v.source.Address {
		got.visit.Address = address
	}
	return got, err
}

func (c *Collector) channelAt(ctx context.Context, v visiting) (string, error) {
	page, err := c.Fetch.Get(ctx, fetch.Request{URL: c.where(v.source.Address), Why: why(v), AllowPrivate: v.source.AllowPrivate})
	if err != nil {
		return "", err
	}
	found := channelInPage.FindSubmatch(page.Body)
	if found == nil {
		return "", errChannelHidden
	}
	return string(found[1]), nil
}

type youtubeFeed struct {
	XMLName xml.Name `xml:"feed"`
	Title   string   `xml:"title"`
	Entries []struct {
		ID        string `xml:"id"`
		Title     string `xml:"title"`
		Author    string `xml:"author>name"`
		Published string `xml:"published"`
		Text      string `xml:"group>description"`
		Links     []struct {
			Address string `xml:"href,attr"`
		} `xml:"link"`
	} `xml:"entry"`
}

// parseYouTube reads the feed of a channel, which has the words under each film in an element of its own.
func parseYouTube(body []byte, contentType, address string, now time.Time) (feed, error) {
	shape, text := shapeOf(decode(body, contentType))
	if shape != shapeXML {
		return parseFeed(body, contentType, address, now)
	}
	if err := tooDeep(text); err != nil {
		return feed{}, fmt.Errorf("%w (%w)", errNoParse, err)
	}
	var read youtubeFeed
	if err := lenient(text).Decode(&read); err != nil {
		return parseFeed(body, contentType, address, now)
	}
	f := feed{kind: "atom", title: oneLine(read.Title)}
	for _, e := range read.Entries {
		entry := reviews.Found{Key: strings.TrimSpace(e.ID), Title: oneLine(e.Title), Text: tidy(e.Text), Author: oneLine(e.Author)}
		if len(e.Links) > 0 {
			entry.URL = link(e.Links[0].Address, "")
		}
		f.entries = append(f.entries, finish(entry, now, nil, nil, e.Published))
	}
	return f, nil
}

// lenient reads XML that is not quite well formed. It expands no entities but those of HTML.
func lenient(text []byte) *xml.Decoder {
	decoder := xml.NewDecoder(bytes.NewReader(text))
	decoder.Strict = false
	decoder.Entity = xml.HTMLEntity
	return decoder
}
