package collect

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"sort"
	"strings"
	"time"

	"goodword/reviews"
)

// takeoutFile is one file of reviews in a Google Takeout export.
type takeoutFile struct {
	Reviews []takeoutReview `json:"reviews"`
	Type    string          `json:"type"` // "FeatureCollection": the person's own reviews of others, from Maps
}

type takeoutReview struct {
	Name     string `json:"name"` // accounts/A/locations/L/reviews/R
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

// ErrOwnReviews says that an export holds what the person wrote about others.
var ErrOwnReviews = errors.New("These are reviews that you wrote yourself on Google Maps. Choose \"Google Business Profile\" in Google Takeout for the reviews of your practice")

const largestTakeoutFile = 64 << 20

// readTakeoutZIP reads the archive as Google made it.
func readTakeoutZIP(name string, from io.ReaderAt, size int64, now time.Time) ([]reviews.Found, error) {
	archive, err := zip.NewReader(from, size)
	if err != nil {
		return nil, fmt.Errorf("The file %s is no sound ZIP archive. Download it from Google again: %w", name, err)
	}
	return readTakeout(name, archive, now)
}

// readTakeout reads every file of reviews in a folder or an archive. Folder names differ by language, so the files are known by what is in them.
func readTakeout(name string, files fs.FS, now time.Time) ([]reviews.Found, error) {
	newest := map[string]takeoutFound{}
	places := map[string]string{}
	own := false
	err := fs.WalkDir(files, ".", func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.EqualFold(path.Ext(file), ".json") {
			return err
		}
		body, err := readPart(files, file)
		if err != nil {
			return fmt.Errorf("The file %s in %s cannot be read: %w", file, name, err)
		}
		if listing := listingName(body); listing != "" {
			places[path.Dir(file)] = listing
			return nil
		}
		found, err := takeoutReviews(body, now)
		if errors.Is(err, ErrOwnReviews) {
			own = true
			return nil
		}
		for _, f := range found {
			f.folder = path.Dir(file)
			if held, ok := newest[f.Key]; !ok || f.updated.After(held.updated) {
				newest[f.Key] = f
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(newest) == 0 {
		if own {
			return nil, ErrOwnReviews
		}
		return nil, fmt.Errorf("There are no reviews of Google Business Profile in %s", name)
	}
	return inOrder(newest, places), nil
}

type takeoutFound struct {
	reviews.Found
	updated time.Time
	folder  string
}

func inOrder(newest map[string]takeoutFound, places map[string]string) []reviews.Found {
	list := make([]reviews.Found, 0, len(newest))
	for _, f := range newest {
		f.Place = places[f.folder]
		list = append(list, f.Found)
	}
	sort.Slice(list, func(i, j int) bool {
		if !list[i].Posted.Equal(list[j].Posted) {
			return list[i].Posted.Before(list[j].Posted)
		}
		return list[i].Key < list[j].Key
	})
	return list
}

func readPart(files fs.FS, name string) (body []byte, err error) {
	part, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, part.Close()) }()
	body, err = io.ReadAll(io.LimitReader(part, largestTakeoutFile+1))
	if len(body) > largestTakeoutFile {
		return nil, errors.New("it is too large")
	}
	return body, err
}

// takeoutReviews reads one reviews.json.
func takeoutReviews(body []byte, now time.Time) ([]takeoutFound, error) {
	var file takeoutFile
	if err := json.Unmarshal(decode(body, ""), &file); err != nil {
		return nil, fmt.Errorf("The file holds no reviews of Google Takeout: %w", err)
	}
	if file.Type == "FeatureCollection" {
		return nil, ErrOwnReviews
	}
	var found []takeoutFound
	for _, r := range file.Reviews {
		if _, id, ok := strings.Cut(r.Name, "locations/"); ok && strings.Contains(id, "/reviews/") {
			found = append(found, r.found("locations/"+id, now))
		}
	}
	if len(found) == 0 {
		return nil, errors.New("The file holds no reviews of Google Takeout")
	}
	return found, nil
}

func (r takeoutReview) found(key string, now time.Time) takeoutFound {
	f := reviews.Found{Key: key, URL: link(r.ReplyURL, ""), Author: line(r.Reviewer.DisplayName), Text: original(tidy(r.Comment)), Site: "google", Imported: true}
	f.Stars, _ = starsOf(string(r.StarRating))
	if posted, ok := readDate(r.CreateTime, time.UTC, false, now); ok {
		f.Posted = posted.at
	}
	updated, _ := readDate(r.UpdateTime, time.UTC, false, now)
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
		return strings.TrimSpace(own)
	}
	if own, _, ok := strings.Cut(text, markTranslated); ok && strings.TrimSpace(own) != "" {
		return strings.TrimSpace(own)
	}
	return text
}

// listingName is the name of a place in additionalData.json.
func listingName(body []byte) string {
	if !bytes.Contains(body, []byte("LISTING_NAME")) {
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
	if json.Unmarshal(decode(body, ""), &file) != nil {
		return ""
	}
	for _, a := range file.Attributes {
		if a.ID.Type == "LISTING_NAME" && len(a.Values) > 0 {
			return line(a.Values[0].Datum.Listing.Text)
		}
	}
	return ""
}
