package collect

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// placesKind is the interface of Google Maps, which shows and does not let anything be kept.
var placesKind = Kind{
	ID: "google-places", Title: "Google Places (to look at only)", Group: GroupReviews, Retention: reviews.NoStore, All: true,
	Help: "The rating and up to five reviews that Google Maps shows, as they are now. Google does not let them be stored: they are shown when you " +
		"look, and nothing of them comes into the inbox, the search or the reports. To keep your reviews use Google Takeout or the e-mails of Google.\n" +
		"1. In the Google Cloud console switch on Places API (New) and create a key for it.\n" +
		"2. Find the place ID of your practice with Google's Place ID Finder.",
	Fields:  []Field{keyField("API key", ""), {Name: "place", Label: "Place ID", Example: "ChIJ…"}},
	prepare: preparePlaces,
	ask:     askPlaces,
}

var placeID = regexp.MustCompile(`^[0-9A-Za-z_-]{10,400}$`)

func preparePlaces(values reviews.Options) (reviews.Source, string, error) {
	id := strings.TrimPrefix(strings.TrimSpace(values["place"]), "places/")
	if !placeID.MatchString(id) {
		return reviews.Source{}, "", errors.New("This is no place ID. It is one word of letters and digits and often begins with ChIJ")
	}
	return keyed(reviews.Source{Address: "https://www.google.com/maps/place/?q=place_id:" + id, Site: "google"}, values)
}

// shownFields are what is asked for and no more; each costs.
const shownFields = "id,displayName,rating,userRatingCount,reviews,googleMapsUri"

func askPlaces(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "google places"}
	var place struct {
		Name struct {
			Text string `json:"text"`
		} `json:"displayName"`
		Rating  float64 `json:"rating"`
		Count   int     `json:"userRatingCount"`
		Reviews []struct {
			Name     string  `json:"name"`
			Rating   float64 `json:"rating"`
			Text     localised
			Original localised `json:"originalText"`
			Author   struct {
				Name string `json:"displayName"`
			} `json:"authorAttribution"`
			Published string `json:"publishTime"`
			URL       string `json:"googleMapsUri"`
		} `json:"reviews"`
	}
	_, id, _ := strings.Cut(v.source.Address, "place_id:")
	request := fetch.Request{URL: "https://places.googleapis.com/v1/places/" + url.PathEscape(id),
		Header: http.Header{"X-Goog-Api-Key": {v.secret}, "X-Goog-Fieldmask": {shownFields}}}
	if err := c.askAPI(ctx, v, &got, request, &place); err != nil {
		return got, err
	}
	got.title = line(place.Name.Text)
	if place.Rating > 0 {
		got.visit.Rating = &reviews.Rating{At: v.now.UTC(), Value: place.Rating, Best: 5, Count: place.Count}
	}
	for _, r := range place.Reviews {
		text := r.Original.Text
		if text == "" {
			text = r.Text.Text
		}
		got.entries = append(got.entries, reviews.Found{Key: r.Name, URL: link(r.URL, ""), Author: line(r.Author.Name), Text: plain(text),
			Stars: min(5, max(0, int(r.Rating+0.5))), Posted: dateOf(r.Published, v.now), Site: "google"})
	}
	return got, nil
}

// localised is a text in a language.
type localised struct {
	Text string `json:"text"`
}
