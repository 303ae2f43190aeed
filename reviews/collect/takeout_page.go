package collect

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"goodword/reviews"
)

type takeoutReview struct {
	Name     string `json:"name"` // accounts/A/locations/L/reviews/R
	ID       string `json:"reviewId"`
	Reviewer struct {
		DisplayName string `json:"displayName"`
	} `json:"reviewer"`
	StarRating word   `json:"starRating"`
	Comment    string `json:"comment"`
	CreateTime string `json:"createTime"`
	UpdateTime string `json:"updateTime"`
	Reply      *struct {
		Comment    string `json:"comment"`
		UpdateTime string `json:"updateTime"`
	} `json:"reviewReply"`
	ReplyURL string `json:"reviewReplyUrl"`
}

type takeoutFound struct {
	reviews.Found
	updated time.Time
}

// takeoutPage is one file of reviews.
type takeoutPage struct {
	found   []takeoutFound
	prefix  string // of the location that its reviews are of: locations/L/reviews/
	reviews bool   // it has a list of reviews, be it empty
	own     bool   // it has what the person wrote about others
	strange int    // entries of the list that are no reviews
}

var errNoTakeout = errors.New("It is no page of reviews")

// readTakeoutPage reads one reviews.json, one review after the other: what stands before a break is read. location is the number of the location
// as far as the folder tells it.
func readTakeoutPage(body []byte, location string, now time.Time) (takeoutPage, error) {
	var p takeoutPage
	if location != "" {
		p.prefix = "locations/" + location + "/reviews/"
	}
	from := json.NewDecoder(bytes.NewReader(decode(body, "")))
	if opening, err := from.Token(); err != nil || opening != json.Delim('{') {
		return p, errors.Join(errNoTakeout, err)
	}
	for from.More() {
		field, err := from.Token()
		if err != nil {
			return p, err
		}
		switch field {
		case "reviews":
			if err := p.readList(from, now); err != nil {
				return p, err
			}
		case "type":
			var kind any
			if err := from.Decode(&kind); err != nil {
				return p, err
			}
			p.own = p.own || kind == "FeatureCollection" // of Maps
		default:
			var skipped json.RawMessage
			if err := from.Decode(&skipped); err != nil {
				return p, err
			}
		}
	}
	_, err := from.Token()
	return p, err
}

func (p *takeoutPage) readList(from *json.Decoder, now time.Time) error {
	opening, err := from.Token()
	if opening == nil && err == nil {
		p.reviews = true // null
		return nil
	}
	if err != nil || opening != json.Delim('[') {
		return errors.Join(errNoTakeout, err)
	}
	p.reviews = true
	for from.More() {
		var raw json.RawMessage
		if err := from.Decode(&raw); err != nil {
			return err
		}
		p.add(raw, now)
	}
	p.reviews = len(p.found) > 0 || p.strange == 0 // another list may have the same name
	_, err = from.Token()
	return err
}

// add takes one review in. Another list called "reviews" has none with such a name.
func (p *takeoutPage) add(raw json.RawMessage, now time.Time) {
	var r takeoutReview
	if json.Unmarshal(raw, &r) != nil {
		p.strange++
		return
	}
	_, id, _ := strings.Cut(r.Name, "locations/")
	location, id, ok := strings.Cut(id, "/reviews/")
	switch {
	case ok && location != "" && id != "":
		p.prefix = "locations/" + location + "/reviews/"
	case r.ID != "" && p.prefix != "":
		id = r.ID
	default:
		p.strange++
		return
	}
	f := r.found(p.prefix+id, now)
	sum := sha256.Sum256(raw)
	f.Payload = sum[:]
	p.found = append(p.found, f)
}

func (r takeoutReview) found(key string, now time.Time) takeoutFound {
	f := reviews.Found{Key: key, URL: link(r.ReplyURL, ""), Author: line(r.Reviewer.DisplayName), Text: original(tidy(r.Comment)), Site: "google", Imported: true}
	f.Stars, _ = starsOf(string(r.StarRating))
	if posted, ok := readDate(r.CreateTime, time.UTC, false, now); ok {
		f.Posted, f.About = posted.at, posted.about
	}
	updated, ok := readDate(r.UpdateTime, time.UTC, false, now)
	if !ok {
		updated.at = f.Posted
	}
	if r.Reply != nil {
		f.Reply = original(tidy(r.Reply.Comment))
		at, _ := readDate(r.Reply.UpdateTime, time.UTC, false, now)
		f.ReplyAt = at.at
	}
	return takeoutFound{Found: f, updated: updated.at}
}

// The marks with which Google wraps a text it translated.
const (
	markTranslated = "(Translated by Google)"
	markOriginal   = "(Original)"
)

// original takes the author's own words out of a text that Google translated, whichever stands first.
func original(text string) string {
	if _, own, ok := strings.Cut(text, markOriginal); ok && strings.Contains(text, markTranslated) {
		own, _, _ = strings.Cut(own, markTranslated)
		if own = strings.TrimSpace(own); own != "" {
			return own
		}
	}
	if own, _, ok := strings.Cut(text, markTranslated); ok && strings.TrimSpace(own) != "" {
		return strings.TrimSpace(own)
	}
	return text
}

// listingName is the name of a place in additionalData.json.
func listingName(body []byte) string {
	text := decode(body, "")
	if !bytes.Contains(text, []byte("LISTING_NAME")) {
		return ""
	}
	var file struct {
		Attributes []struct {
			ID struct {
				Type string `json:"attributeType"`
			} `json:"id"`
			Values []struct {
				Datum struct {
					Listing struct {
						Text string `json:"text"`
					} `json:"listingName"`
				} `json:"datum"`
			} `json:"values"`
		} `json:"attributes"`
	}
	if json.Unmarshal(text, &file) != nil {
		return ""
	}
	for _, a := range file.Attributes {
		if a.ID.Type == "LISTING_NAME" && len(a.Values) > 0 {
			return line(a.Values[0].Datum.Listing.Text)
		}
	}
	return ""
}
