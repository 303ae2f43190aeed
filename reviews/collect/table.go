package collect

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/reviews"
)

// table is a file with columns, as it stands: which row is the header is not yet known.
type table struct {
	rows    [][]string
	sheet   string
	trouble []string // what was wrong with the file itself
	shift   int      // days to add to the dates of an old Mac workbook
}

// tableAddress begins the address of every source that is a table: tools change their columns, and their reviews are still the same.
const tableAddress = "table:"

// shownRows is how many rows of a table a preview shows.
const shownRows = 20

var delimiters = []byte{',', ';', '\t', '|'}

func previewCSV(ctx context.Context, c *Collector, f opened, given Mapping) (Preview, error) {
	body, err := f.body()
	if err != nil {
		return Preview{}, err
	}
	t, err := readCSV(f.name, body)
	if err != nil {
		return Preview{}, err
	}
	return c.previewRows(ctx, f.name, t, given)
}

// previewRows reads the rows of a table by the mapping: what a person says now, else what was settled for these columns before, else the guess.
func (c *Collector) previewRows(ctx context.Context, name string, t table, given Mapping) (Preview, error) {
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return Preview{}, err
	}
	columns, _, _ := t.headed(given)
	kept, settled, err := c.Store.SavedMapping(ctx, columnsPrint(columns))
	if err != nil {
		return Preview{}, err
	}
	preview, err := t.preview(given, kept, reading{zone: p.Location(), country: p.Country, now: c.Now(), shift: t.shift})
	if kept != nil {
		preview.Settled = settled
	}
	preview.source = reviews.Source{Kind: reviews.KindImport, Name: name, Address: tableAddress + preview.print, Site: "import"}
	return preview, err
}

// preview reads the rows by the mapping.
func (t table) preview(given, kept Mapping, r reading) (Preview, error) {
	columns, rows, first := t.headed(given)
	guess := guessMapping(columns, rows)
	if kept != nil {
		guess = Mapping{} // what a person took away stays away
		for field, column := range kept {
			if field == scaleField {
				guess[field] = column
				continue
			}
			if named := columnNamed(column, columns); named != "" {
				guess[field] = named
			}
		}
	}
	mapping, err := settled(given, guess, columns)
	if err == nil && mapping["text"] == "" {
		if _, said := given["text"]; !said && kept == nil {
			if !starsAlone(given, mapping) {
				return Preview{Sheet: t.sheet, Columns: columns, Mapping: mapping, Rows: rows[:min(len(rows), shownRows)], print: columnsPrint(columns), Problems: append(t.trouble, noTextColumn)}, nil
			}
			t.trouble = append(t.trouble, onlyStars)
		}
	}
	p := Preview{Sheet: t.sheet, Columns: columns, Mapping: mapping, Rows: rows[:min(len(rows), shownRows)], print: columnsPrint(columns), Problems: t.trouble}
	if err != nil {
		return p, err
	}
	found, scale, trouble := r.entries(columns, rows, mapping, first)
	p.Found, p.Problems = found, append(p.Problems, trouble...)
	if mapping["stars"] != "" {
		p.Scale = scale
	}
	return p, nil
}

// What is said of a table without a column of words.
const (
	noTextColumn = "No column looks like the text of a review. Choose which column holds the text."
	onlyStars    = "No column looks like the text of a review, so that only the stars are taken. If there is one, choose it."
)

// starsAlone reports whether a table without words is one of ratings beyond doubt: by the name of its column of stars, with a date or a name to
// each.
func starsAlone(given, mapping Mapping) bool {
	named, _ := fieldOf(mapping["stars"])
	return (named == "stars" || given["stars"] != "") && (mapping["date"] != "" || mapping["author"] != "")
}

// columnsPrint tells the columns of one tool from those of another, in whatever order they stand.
func columnsPrint(columns []string) string {
	keys := make([]string, len(columns))
	for i, column := range columns {
		keys[i] = key(column)
	}
	slices.Sort(keys)
	sum := sha256.Sum256([]byte(strings.Join(keys, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// readCSV reads a table whose delimiter and encoding are not known. The error says what the file seems to be instead.
func readCSV(name string, body []byte) (table, error) {
	text := decode(body, "")
	var t table
	if zeros := bytes.Count(text, []byte{0}); zeros > 0 && zeros*20 < len(text) && !bytes.HasPrefix(text, []byte("\x89PNG")) {
		text = bytes.ReplaceAll(text, []byte{0}, nil)
		t.trouble = append(t.trouble, fmt.Sprintf("The file is damaged: it has %d empty bytes, which are left out.", zeros))
	}
	if why := noTable(text); why != "" {
		return t, fmt.Errorf("The file %s is no table: %s", name, why)
	}
	rest, delimiter, even := delimited(string(text))
	if even < 0 {
		return t, fmt.Errorf("The file %s is no table: its lines have no columns, separated by commas, semicolons or tabs", name)
	}
	rows, trouble := splitRows(rest, delimiter, 0)
	if len(rows) == 0 {
		return t, fmt.Errorf("The file %s has no rows", name)
	}
	t.rows, t.trouble = rows, append(t.trouble, trouble.all()...)
	return t, nil
}

// sampled is how many rows tell the delimiter.
const sampled = 50

// delimited finds the delimiter: the one named in a first line "sep=;", or the one with which the rows look most like a table. even is below
// zero if the text is no table.
func delimited(text string) (rest string, delimiter byte, even float64) {
	line, rest, _ := strings.Cut(text, "\n")
	line = strings.TrimRight(line, "\r")
	if named, ok := strings.CutPrefix(strings.ToLower(line), "sep="); ok && len(named) == 1 {
		return rest, named[0], 1
	}
	if field, _ := fieldOf(strings.Trim(line, `" `)); field == "text" || field == "stars" {
		return text, 0, 1 // one column: a comma in a review is no delimiter
	}
	even = -1
	for _, try := range delimiters {
		rows, _ := splitRows(text[:min(len(text), largestCell)], try, sampled)
		if n := evenness(rows); n > even {
			delimiter, even = try, n
		}
	}
	if rows, _ := splitRows(text[:min(len(text), largestCell)], delimiter, 1); even < 0.2 && (len(rows) == 0 || knownColumns(rows[0]) == 0) {
		return text, delimiter, -1
	}
	return text, delimiter, even
}

func noTable(text []byte) string {
	trimmed := bytes.TrimSpace(text)
	switch {
	case len(trimmed) == 0:
		return "it is empty"
	case bytes.IndexByte(text, 0) >= 0:
		return "it is not a text. Export it as CSV first"
	case bytes.HasPrefix(trimmed, []byte("{")), bytes.HasPrefix(trimmed, []byte("[")):
		return "it is JSON, and not of a kind that Goodword knows"
	case bytes.HasPrefix(trimmed, []byte("<")):
		return "it is a web page or an XML file"
	case bytes.HasPrefix(trimmed, []byte("%PDF")):
		return "it is a PDF"
	}
	return ""
}

// evenness says how much rows look like a table: many columns, the same number in most rows, no quotation marks left inside the fields. A wrong
// delimiter gives rows of all lengths; one column alone is none.
func evenness(rows [][]string) float64 {
	if len(rows) == 0 {
		return -1
	}
	counts, marks := map[int]int{}, 1.0
	for _, row := range rows {
		counts[len(row)]++
		if slices.ContainsFunc(row, func(cell string) bool { return strings.Count(cell, `"`)%2 == 1 }) {
			marks = 0.5
		}
	}
	best := 0.0
	for columns, n := range counts {
		share := float64(n) / float64(len(rows))
		best = max(best, float64(columns-1)*share*share*marks)
	}
	return best
}

// key is a column name without case, spaces and marks.
func key(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case strings.ContainsRune(" _-./():[]#*?!'’\"\u00a0\u202f\ufeff\t\r\n", c):
			return -1
		}
		return unaccented(c)
	}, strings.TrimSpace(name))
}

// accents are the letters with marks of the languages whose headers are known; exports write them with and without.
var accents = strings.NewReplacer("á", "a", "à", "a", "â", "a", "é", "e", "è", "e", "ê", "e", "í", "i", "î", "i", "ó", "o", "ô", "o", "ú", "u", "û", "u", "ñ", "n", "ç", "c",
	"ä", "a", "ö", "o", "ü", "u")

func unaccented(c rune) rune {
	if c < 0x80 {
		return c
	}
	plain := []rune(accents.Replace(strings.ToLower(string(c))))
	return plain[0]
}

// reading is how the cells of a table are to be understood.
type reading struct {
	zone    *time.Location
	country string
	now     time.Time
	shift   int
}
