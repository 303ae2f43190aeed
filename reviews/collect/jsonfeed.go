package collect

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"time"

	"goodword/reviews"
)

// word is a text that some feeds write as a number, a list or nothing.
type word string

// UnmarshalJSON takes texts and numbers as they are and everything else as nothing.
func (w *word) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		*w = word(text)
	} else if len(raw) > 0 && (raw[0] == '-' || raw[0] >= '0' && raw[0] <= '9') {
		*w = word(raw)
	}
	return nil
}

type jsonItem struct {
	ID        word            `json:"id"`
	URL       word            `json:"url"`
	External  word            `json:"external_url"`
	Title     word            `json:"title"`
	HTML      word            `json:"content_html"`
	Text      word            `json:"content_text"`
	Summary   word            `json:"summary"`
	Published word            `json:"date_published"`
	Modified  word            `json:"date_modified"`
	Rating    word            `json:"rating"`
	Own       json.RawMessage `json:"_rating"`
	Author    json.RawMessage `json:"author"`
	Authors   json.RawMessage `json:"authors"`
}

// parseJSON reads a JSON Feed item by item, so that a feed that was cut off gives what came whole.
func parseJSON(text []byte, address string, now time.Time) (feed, error) {
	f := feed{kind: "json"}
	decoder := json.NewDecoder(bytes.NewReader(text))
	if opening, err := decoder.Token(); err != nil || opening != json.Delim('{') {
		return f, ErrNoFeed
	}
	version, items := word(""), false
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			break
		}
		if name == "items" {
			items = true
			if err := f.readItems(decoder, address, now); err != nil {
				f.cut = true
				break
			}
			continue
		}
		var value word
		if err := decoder.Decode(&value); err != nil {
			f.cut = true
			break
		}
		switch name {
		case "version":
			version = value
		case "title":
			f.title = line(string(value))
		case "home_page_url":
			f.home = link(string(value), address)
		}
	}
	if _, err := decoder.Token(); err != nil && !errors.Is(err, io.EOF) {
		f.cut = true
	}
	if !items && !strings.Contains(string(version), "jsonfeed") {
		return feed{}, ErrNoFeed
	}
	return f, nil
}

func (f *feed) readItems(decoder *json.Decoder, address string, now time.Time) error {
	opening, err := decoder.Token()
	if err != nil || opening != json.Delim('[') {
		return err
	}
	for decoder.More() {
		var raw json.RawMessage
		if err := decoder.Decode(&raw); err != nil {
			return err
		}
		var item jsonItem
		if json.Unmarshal(raw, &item) == nil {
			f.entries = append(f.entries, item.entry(address, now))
		}
	}
	_, err = decoder.Token()
	return err
}

func (i jsonItem) entry(address string, now time.Time) reviews.Found {
	e := reviews.Found{Key: strings.TrimSpace(string(i.ID)), URL: link(string(i.URL), address), Title: line(string(i.Title)), Author: i.author()}
	if e.URL == "" {
		e.URL = link(string(i.External), address)
	}
	for _, text := range []string{string(i.HTML), string(i.Summary)} {
		if e.Text == "" {
			e.Text = plain(text)
		}
	}
	if i.Text != "" && i.HTML == "" {
		e.Text = tidy(string(i.Text))
	}
	e.Stars, _ = starsOf(string(i.Rating))
	if e.Stars == 0 && len(i.Own) > 0 {
		var own struct {
			Value word `json:"value"`
		}
		if json.Unmarshal(i.Own, &own) == nil {
			e.Stars, _ = starsOf(string(own.Value))
		}
	}
	return finish(e, now, nil, nil, string(i.Published), string(i.Modified))
}

// author reads the name in version 1 ("author") and 1.1 ("authors").
func (i jsonItem) author() string {
	type person struct {
		Name word `json:"name"`
	}
	var several []person
	if json.Unmarshal(i.Authors, &several) == nil && len(several) > 0 {
		return line(string(several[0].Name))
	}
	var one person
	if json.Unmarshal(i.Author, &one) == nil {
		return line(string(one.Name))
	}
	return ""
}
