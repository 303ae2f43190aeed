package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodword/reviews"
)

// mostProblems is how many rows with trouble are named; of the rest only the number is.
const mostProblems = 50

// problems collects what a person should know before importing.
type problems struct {
	list []string
	more int
}

func (p *problems) add(format string, values ...any) {
	if len(p.list) < mostProblems {
		p.list = append(p.list, fmt.Sprintf(format, values...))
	} else {
		p.more++
	}
}

func (p *problems) all() []string {
	if p.more > 0 {
		return append(p.list, fmt.Sprintf("%d more rows have something of the kind.", p.more))
	}
	return p.list
}

// entriesOf turns the rows of a table into entries. first is the number of the first row in the file, for the sentences about it.
func entriesOf(columns []string, rows [][]string, mapping Mapping, first int, zone *time.Location, now time.Time) ([]reviews.Found, []string) {
	var trouble problems
	if mapping["text"] == "" && mapping["stars"] == "" {
		return nil, []string{"No column looks like the text of a review or its stars. Choose which column holds the text."}
	}
	at := map[string]int{}
	for i := len(columns) - 1; i >= 0; i-- {
		at[columns[i]] = i
	}
	cell := func(row []string, field string) string {
		i, ok := at[mapping[field]]
		if mapping[field] == "" || !ok || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[i])
	}
	dates := make([]string, 0, len(rows))
	for _, row := range rows {
		dates = append(dates, cell(row, "date"))
	}
	dayFirst := daysFirst(dates)
	found, writers := make([]reviews.Found, 0, len(rows)), map[string]string{}
	for n, row := range rows {
		f := reviews.Found{Title: line(cell(row, "title")), Text: original(plain(cell(row, "text"))), Author: line(cell(row, "author")), URL: link(cell(row, "url"), ""),
			Place: line(cell(row, "place")), Reply: original(plain(cell(row, "reply"))), Site: siteNamed(cell(row, "site"))}
		var ok bool
		if f.Stars, ok = starsOf(cell(row, "stars")); !ok {
			trouble.add("Row %d: %q is no rating. The row is taken without stars.", first+n, short(cell(row, "stars")))
		}
		if f.Text == "" && f.Title == "" && f.Stars == 0 {
			if !blank(row) {
				trouble.add("Row %d has neither a text nor stars and is left out.", first+n)
			}
			continue
		}
		f.Posted, f.About, ok = rowDate(cell(row, "date"), zone, dayFirst, now)
		if !ok {
			trouble.add("Row %d: the date %q cannot be read. The row is taken without a date.", first+n, short(cell(row, "date")))
		}
		f.ReplyAt, _, _ = rowDate(cell(row, "reply date"), zone, dayFirst, now)
		if f.Site == "" && f.URL != "" {
			f.Site = siteOf(f.URL)
		}
		f.Key = rowKey(cell(row, "id"), f)
		if other, ok := writers[f.Key]; ok && other != f.Author { // the same words of two people
			f.Key += ":" + f.Author
		} else {
			writers[f.Key] = f.Author
		}
		found = append(found, f)
	}
	return found, trouble.all()
}

func rowDate(text string, zone *time.Location, dayFirst bool, now time.Time) (time.Time, bool, bool) {
	if text == "" {
		return time.Time{}, false, true
	}
	d, ok := readDate(text, zone, dayFirst, now)
	return d.at, d.about, ok
}

// ownWords is the length from which a text tells one review from all others.
const ownWords = 40

// rowKey is the id that the export gives, or one made of the row itself: the same row in a later export is the same mention, wherever it
// stands and whatever other columns were named this time.
func rowKey(id string, f reviews.Found) string {
	if id != "" {
		return f.Site + ":" + id
	}
	parts := []string{f.Text, f.Posted.Format(time.DateOnly), f.Title, strconv.Itoa(f.Stars), f.Author, f.Site, f.Place}
	if len(f.Text) >= ownWords {
		parts = parts[:2]
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "row:" + hex.EncodeToString(sum[:12])
}

// siteNamed writes the name of a site as the rest of the program does.
func siteNamed(name string) string {
	name = strings.ToLower(line(name))
	if strings.Contains(name, "://") {
		return siteOf(name)
	}
	name = strings.TrimPrefix(name, "www.")
	if site, ok := sites[name]; ok {
		return site
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimSuffix(name, " reviews"), ".com"))
}

func blank(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" }

func short(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
