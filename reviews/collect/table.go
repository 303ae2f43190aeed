package collect

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// table is a file with columns, as it stands: the first row is not yet known to be a header.
type table struct {
	rows [][]string
}

// unpackedLimit bounds what a packed file may grow to.
const unpackedLimit = 256 << 20

var delimiters = []rune{',', ';', '\t', '|'}

// readCSV reads a table whose delimiter and encoding are not known. The error says what the file seems to be instead.
func readCSV(name string, body []byte) (table, error) {
	text := decode(body, "")
	if why := noTable(text); why != "" {
		return table{}, fmt.Errorf("The file %s is no table: %s", name, why)
	}
	best, columns := [][]string(nil), -1.0
	head := firstLines(text, 50)
	for _, delimiter := range delimiters {
		sample, err := split(head, delimiter)
		if err != nil || len(sample) == 0 {
			continue
		}
		if n := evenness(sample); n > columns {
			rows, err := split(text, delimiter)
			if err != nil {
				return table{}, fmt.Errorf("The file %s is no sound table: %w", name, err)
			}
			best, columns = rows, n
		}
	}
	if len(best) == 0 {
		return table{}, fmt.Errorf("The file %s has no rows", name)
	}
	t := table{best}
	if columns < 0.2 && knownColumns(t.rows[0]) == 0 {
		return table{}, fmt.Errorf("The file %s is no table: its lines have no columns, separated by commas, semicolons or tabs", name)
	}
	return t, nil
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

func firstLines(text []byte, n int) []byte {
	at := 0
	for range n {
		next := bytes.IndexByte(text[at:], '\n')
		if next < 0 {
			return text
		}
		at += next + 1
	}
	return text[:at]
}

func split(text []byte, delimiter rune) ([][]string, error) {
	reader := csv.NewReader(bytes.NewReader(bytes.ReplaceAll(text, []byte("\r\r\n"), []byte("\r\n"))))
	reader.Comma, reader.FieldsPerRecord, reader.LazyQuotes, reader.ReuseRecord = delimiter, -1, true, false
	var rows [][]string
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
}

// evenness says how much rows look like a table: many columns, the same number in most rows, no quotation marks left inside the fields. A wrong
// delimiter gives rows of all lengths; one column alone is none.
func evenness(rows [][]string) float64 {
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

// readXLSX reads the sheet with the most rows. Dates come as the day numbers of the spreadsheet, whatever the cell's format shows.
func readXLSX(name string, body []byte) (t table, err error) {
	book, err := excelize.OpenReader(bytes.NewReader(body), excelize.Options{UnzipSizeLimit: unpackedLimit, RawCellValue: true})
	if err != nil {
		return t, fmt.Errorf("The file %s is no sound Excel file: %w", name, err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	for _, sheet := range book.GetSheetList() {
		rows, err := book.GetRows(sheet, excelize.Options{RawCellValue: true})
		if err != nil {
			return t, fmt.Errorf("The sheet %s of %s cannot be read: %w", sheet, name, err)
		}
		if len(rows) > len(t.rows) {
			t.rows = rows
		}
	}
	if len(t.rows) == 0 {
		return t, fmt.Errorf("The file %s has no rows", name)
	}
	return t, nil
}

// key is a column name without case, spaces and marks.
func key(name string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c >= 'A' && c <= 'Z':
			return c + 'a' - 'A'
		case c == ' ', c == '_', c == '-', c == '.', c == '/', c == '(', c == ')', c == ':', c == '[', c == ']', c == '\u00a0':
			return -1
		}
		return c
	}, strings.TrimSpace(name))
}
