package collect

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"

	"goodword/reviews"
)

// entries turns the rows of a table into entries. first is the number of the first row in the file, for the sentences about it.
func (r reading) entries(columns []string, rows [][]string, mapping Mapping, first int) (list []reviews.Found, scale float64, remarks []string) {
	var trouble problems
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
	if scale, _ = strconv.ParseFloat(mapping[scaleField], 64); scale == 0 {
		scale = scaleOf(mapping["stars"], rows, func(row []string) string { return cell(row, "stars") })
	}
	dayFirst, mixed := r.daysFirst(rows, func(row []string) string { return cell(row, "date") })
	if mixed {
		trouble.add("Some dates can only be read with the day first, others only with the month first. Those that can be read either way are read with the %s first.", dayOrMonth(dayFirst))
	}
	replyDayFirst, _ := r.daysFirst(rows, func(row []string) string { return cell(row, "reply date") })
	found := make([]reviews.Found, 0, len(rows))
	for n, row := range rows {
		f := reviews.Found{Title: line(cell(row, "title")), Text: original(plain(cell(row, "text"))), Author: nobody(line(cell(row, "author"))), URL: link(cell(row, "url"), ""),
			Place: line(cell(row, "place")), Reply: original(plain(cell(row, "reply"))), Site: siteNamed(cell(row, "site"))}
		var ok bool
		if f.Stars, ok = starsOn(cell(row, "stars"), scale); !ok {
			trouble.add("Row %d: %q is no rating of 1 to %g. The row is taken without stars.", first+n, short(cell(row, "stars")), scale)
		}
		if f.Text == "" && f.Title == "" && f.Stars == 0 {
			if !blank(row) {
				trouble.add("Row %d has neither a text nor stars and is left out.", first+n)
			}
			continue
		}
		f.Posted, f.About, ok = r.date(cell(row, "date"), dayFirst)
		if !ok {
			trouble.add("Row %d: the date %q cannot be read. The row is taken without a date.", first+n, short(cell(row, "date")))
		}
		f.ReplyAt, _, _ = r.date(cell(row, "reply date"), replyDayFirst)
		if f.Site == "" && f.URL != "" {
			f.Site = siteOf(f.URL)
		}
		f.Key = r.rowKey(cell(row, "id"), f)
		found = append(found, f)
	}
	apart(found)
	return found, scale, trouble.all()
}

func dayOrMonth(dayFirst bool) string {
	if dayFirst {
		return "day"
	}
	return "month"
}

// nobody drops what exports write where a review has no name.
func nobody(author string) string {
	switch strings.ToLower(author) {
	case "anonymous", "anonymous user", "n/a", "na", "none", "null", "-", "unknown", "anónimo", "anonym", "anonyme", "a google user":
		return ""
	}
	return author
}

func (r reading) date(text string, dayFirst bool) (time.Time, bool, bool) {
	if text == "" || text == "-" || strings.EqualFold(text, "n/a") || strings.EqualFold(text, "null") {
		return time.Time{}, false, true
	}
	d, ok := readDate(serialShift(text, r.shift), r.zone, dayFirst, r.now)
	return d.at, d.about, ok
}

// ownWords is the number of letters from which a text tells one review from all others.
const ownWords = 40

// rowKey is the id that the export gives, or one made of the row itself: the same row in a later export is the same mention, wherever it
// stands, however its text is broken into lines or its date is written, and whatever other columns there are this time.
func (r reading) rowKey(id string, f reviews.Found) string {
	if id != "" {
		return f.Site + ":" + id
	}
	words := folded(f.Text)
	if len(words) >= ownWords {
		return "row:" + hashed(words)
	}
	return "row:" + hashed(words, r.day(f), folded(f.Title), strconv.Itoa(f.Stars), folded(f.Author), f.Site, folded(f.Place))
}

// day is the date as people in the practice know it.
func (r reading) day(f reviews.Found) string {
	if f.Posted.IsZero() {
		return ""
	}
	return f.Posted.In(r.zone).Format(time.DateOnly)
}

// apart gives rows that would be taken for one review keys of their own where they are several: the same words of two people, or ratings without
// a word and a name on the same day. It goes by what is in the rows, so that their order does not matter.
func apart(found []reviews.Found) {
	same := make(map[string][]int, len(found))
	for i, f := range found {
		same[f.Key] = append(same[f.Key], i)
	}
	for key, list := range same {
		if len(list) == 1 {
			continue
		}
		writers := map[string]bool{}
		for _, i := range list {
			writers[folded(found[i].Author)] = true
		}
		seen := map[string]int{}
		for _, i := range list {
			f := &found[i]
			if len(writers) > 1 && strings.HasPrefix(key, "row:") {
				f.Key += ":" + hashed(folded(f.Author), f.Site)
			}
			if f.Author == "" && strings.TrimSpace(f.Text+f.Title) == "" && f.About && strings.HasPrefix(key, "row:") {
				if seen[f.Key]++; seen[f.Key] > 1 {
					f.Key += "#" + strconv.Itoa(seen[f.Key])
				}
			}
		}
	}
}

// folded are the words of a text without case, marks and spacing.
func folded(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) }), " ")
}

func hashed(parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return hex.EncodeToString(sum[:12])
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
