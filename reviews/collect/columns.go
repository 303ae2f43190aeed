package collect

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Mapping says which column of a table holds which field: "text", "title", "stars", "author", "date", "site", "url", "id", "place", "reply",
// "reply date". A column is named by its header or its number from 1.
type Mapping = map[string]string

// Fields lists the fields of a mapping in the order in which a form offers them.
func Fields() []string {
	return []string{"text", "stars", "author", "date", "site", "title", "url", "id", "place", "reply", "reply date"}
}

// scaleField of a mapping says what the numbers in the column of stars are out of: 5, 10 or 100. It is no column.
const scaleField = "stars-scale"

// otherNames are what people call a field on the command line.
var otherNames = map[string]string{"rating": "stars", "comment": "text", "review": "text", "source": "site", "location": "place", "replydate": "reply date",
	"reply_date": "reply date", "name": "author", "posted": "date", "link": "url"}

// fieldOf names the field that a header stands for, or "".
func fieldOf(header string) (field string, rank int) {
	known, ok := aliasOf[key(header)]
	if !ok {
		return "", -1
	}
	return known.field, known.rank
}

func knownColumns(row []string) int {
	n := 0
	for _, cell := range row {
		if field, _ := fieldOf(cell); field != "" {
			n++
		}
	}
	return n
}

// headerRows is how far down a header may stand under titles and notes.
const headerRows = 10

// headed finds the header and the rows under it: the row with the names of the mapping, or with names that exports use. Without one the
// columns are called by their numbers. first is the number of the first row under the header.
func (t table) headed(given Mapping) (columns []string, rows [][]string, first int) {
	best, at := 0, -1
	for i, row := range t.rows[:min(len(t.rows), headerRows)] {
		n := knownColumns(row)
		if n > 0 && len(row) > 1 && filled(row) == 1 {
			n = 0 // a title: "Reviews"
		}
		for field, column := range given {
			if column != "" && field != scaleField && slices.Contains(row, column) {
				n += len(row)
			}
		}
		if n > best {
			best, at = n, i
		}
	}
	if skip := t.titles(); at < 0 && looksLikeHeader(t.rows[skip:]) {
		at = skip
	}
	width := 0
	for _, row := range t.rows {
		width = max(width, len(row))
	}
	columns = make([]string, width)
	taken := map[string]int{}
	for i := range columns {
		name := fmt.Sprintf("Column %d", i+1)
		if at >= 0 && i < len(t.rows[at]) && strings.TrimSpace(t.rows[at][i]) != "" {
			name = line(t.rows[at][i])
		}
		if taken[name]++; taken[name] > 1 {
			name = fmt.Sprintf("%s (%d)", name, taken[name])
		}
		columns[i] = name
	}
	return columns, t.rows[at+1:], at + 2
}

func filled(row []string) int {
	n := 0
	for _, cell := range row {
		if strings.TrimSpace(cell) != "" {
			n++
		}
	}
	return n
}

// titles is how many rows at the top have but one cell filled, while the table is wider: the name of the report, and when it was made.
func (t table) titles() int {
	width := 0
	for _, row := range t.rows[:min(len(t.rows), headerRows)] {
		width = max(width, filled(row))
	}
	for i, row := range t.rows[:min(len(t.rows), headerRows)] {
		if filled(row) > 1 || width == 1 {
			return i
		}
	}
	return 0
}

// looksLikeHeader tells names from data: short words, none of them a number or a date, above rows that have some.
func looksLikeHeader(rows [][]string) bool {
	if len(rows) < 2 {
		return false
	}
	for _, cell := range rows[0] {
		if strings.TrimSpace(cell) == "" || len(cell) > 40 || isDataCell(cell) {
			return false
		}
	}
	for _, cell := range rows[1] {
		if isDataCell(cell) {
			return true
		}
	}
	return false
}

func isDataCell(cell string) bool {
	if _, err := strconv.ParseFloat(strings.TrimSpace(cell), 64); err == nil {
		return true
	}
	_, ok := readDate(cell, time.UTC, false, time.Time{})
	return ok || strings.Contains(cell, "://")
}

// guessMapping finds out what the columns hold: by their headers, and what is left of text, stars and date by what stands in them.
func guessMapping(columns []string, rows [][]string) Mapping {
	mapping, ranks, taken := Mapping{}, map[string]int{}, map[string]bool{}
	for _, column := range columns {
		field, rank := fieldOf(column)
		if field == "" {
			continue
		}
		if held, ok := ranks[field]; !ok || rank < held {
			delete(taken, mapping[field])
			mapping[field], ranks[field] = column, rank
			taken[column] = true
		}
	}
	sample := rows[:min(len(rows), 50)]
	for i, column := range columns {
		if taken[column] {
			continue
		}
		if field := guessField(sample, i); field != "" && mapping[field] == "" {
			mapping[field] = column
			taken[column] = true
		}
	}
	if mapping["text"] == "" {
		if column := wordiest(columns, sample, taken); column != "" {
			mapping["text"] = column
		}
	}
	return mapping
}

func guessField(rows [][]string, i int) string {
	filled, dates, stars, links := 0, 0, 0, 0
	for _, row := range rows {
		if i >= len(row) || strings.TrimSpace(row[i]) == "" {
			continue
		}
		filled++
		cell := strings.TrimSpace(row[i])
		if n, ok := starsOf(cell); ok && n > 0 && len(cell) <= len("★★★★★") {
			stars++
		} else if _, ok := readDate(cell, time.UTC, false, time.Time{}); ok {
			dates++
		}
		if strings.HasPrefix(cell, "http://") || strings.HasPrefix(cell, "https://") {
			links++
		}
	}
	switch {
	case filled == 0:
		return ""
	case stars == filled:
		return "stars"
	case dates == filled:
		return "date"
	case links == filled:
		return "url"
	}
	return ""
}

// wordiest is the column with the longest texts, if any is long enough to be one.
func wordiest(columns []string, rows [][]string, taken map[string]bool) string {
	best, most := "", 20.0
	for i, column := range columns {
		if taken[column] || len(rows) == 0 {
			continue
		}
		letters := 0
		for _, row := range rows {
			if i < len(row) {
				letters += utf8.RuneCountInString(row[i])
			}
		}
		if mean := float64(letters) / float64(len(rows)); mean > most {
			best, most = column, mean
		}
	}
	return best
}

// settled is the mapping that a person gave, checked against the columns, on top of the guess. An empty column takes a field away.
func settled(given, guess Mapping, columns []string) (Mapping, error) {
	result := Mapping{}
	for field, column := range guess {
		result[field] = column
	}
	for field, column := range given {
		name := strings.ToLower(strings.TrimSpace(field))
		if other, ok := otherNames[name]; ok {
			name = other
		}
		if name == scaleField {
			if n, err := strconv.ParseFloat(column, 64); err != nil || !slices.Contains(scales, n) {
				return nil, fmt.Errorf("Stars are out of 5, 10 or 100; %q is none of them", column)
			}
			result[name] = column
			continue
		}
		if _, ok := aliases[name]; !ok {
			return nil, fmt.Errorf("There is no field %q. The fields are %s", field, strings.Join(Fields(), ", "))
		}
		if strings.TrimSpace(column) == "" {
			delete(result, name)
			continue
		}
		found := columnNamed(column, columns)
		if found == "" {
			return nil, fmt.Errorf("The file has no column %q. Its columns are: %s", column, strings.Join(columns, ", "))
		}
		result[name] = found
	}
	return result, nil
}

func columnNamed(name string, columns []string) string {
	for _, column := range columns {
		if column == name {
			return column
		}
	}
	for _, column := range columns {
		if key(column) == key(name) {
			return column
		}
	}
	if n, err := strconv.Atoi(strings.TrimSpace(name)); err == nil && n >= 1 && n <= len(columns) {
		return columns[n-1]
	}
	return ""
}
