package collect

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// What a workbook may grow to. Sheets that are larger than a part of it wait on the disk and are read row by row.
const (
	unpackedLimit = 1 << 30
	sheetInMemory = 8 << 20
	widestRow     = 400
	mostRows      = 1 << 20 // Excel has no more
)

func previewWorkbook(ctx context.Context, c *Collector, f opened, given Mapping) (Preview, error) {
	t, err := readWorkbook(ctx, f, given)
	if err != nil {
		return Preview{}, err
	}
	return c.previewRows(ctx, f.name, t, given)
}

// readWorkbook reads the sheet that looks most like reviews. Dates come as the day numbers of the spreadsheet, whatever the cell's format shows.
func readWorkbook(ctx context.Context, f opened, given Mapping) (t table, err error) {
	if err := unpacksWithin(f, unpackedLimit); err != nil {
		return t, err
	}
	book, err := excelize.OpenFile(f.path, excelize.Options{UnzipSizeLimit: unpackedLimit, UnzipXMLSizeLimit: sheetInMemory, RawCellValue: true})
	if err != nil {
		return t, fmt.Errorf("The file %s is no sound Excel file: %w", f.name, err)
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	best, sheets := -1.0, book.GetSheetList()
	for _, sheet := range sheets {
		head, err := rowsOf(ctx, book, sheet, sampled+headerRows)
		if err != nil {
			continue // a chart, or a broken sheet beside a sound one
		}
		if n := (table{rows: head}).likeReviews(given); len(head) > 0 && n > best {
			best, t.sheet = n, sheet
		}
	}
	if best < 0 {
		return t, fmt.Errorf("The file %s has no rows", f.name)
	}
	if t.rows, err = rowsOf(ctx, book, t.sheet, mostRows); err != nil {
		return t, fmt.Errorf("The sheet %s of %s cannot be read: %w", t.sheet, f.name, err)
	}
	if len(sheets) == 1 {
		t.sheet = ""
	} else {
		t.trouble = append(t.trouble, fmt.Sprintf("The workbook has %d sheets. The one called %s is read.", len(sheets), t.sheet))
	}
	if n := unworked(ctx, book, t.sheetName(sheets), &t); n > 0 {
		t.trouble = append(t.trouble, fmt.Sprintf("%d cells hold formulas whose results are not in the file and cannot be worked out. Open it in Excel, save it, and import it again.", n))
	}
	if props, err := book.GetWorkbookProps(); err == nil && props.Date1904 != nil && *props.Date1904 {
		t.shift = 1462
	}
	return t, nil
}

func (t table) sheetName(sheets []string) string {
	if t.sheet != "" {
		return t.sheet
	}
	return sheets[0]
}

// rowsOf streams the rows of a sheet. Every row is as long as its last filled cell.
func rowsOf(ctx context.Context, book *excelize.File, sheet string, most int) (list [][]string, err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	empty := 0
	for len(list) < most && rows.Next() {
		if len(list)%1000 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		cells, err := rows.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, err
		}
		cells = cells[:min(len(cells), widestRow)]
		for len(cells) > 0 && strings.TrimSpace(cells[len(cells)-1]) == "" {
			cells = cells[:len(cells)-1]
		}
		if len(cells) == 0 {
			empty++
		} else {
			empty = 0
		}
		list = append(list, cells)
	}
	return list[:len(list)-empty], rows.Error()
}

// likeReviews says how much a table looks like reviews: by its header, and by what stands in it.
func (t table) likeReviews(given Mapping) float64 {
	columns, rows, _ := t.headed(given)
	mapping := guessMapping(columns, rows)
	score := float64(min(len(rows), sampled)) / sampled
	for _, field := range []string{"text", "stars"} {
		if mapping[field] != "" {
			score += 3
		}
	}
	for _, row := range t.rows[:min(len(t.rows), headerRows)] {
		score = max(score, score+float64(min(knownColumns(row), 8))/10)
	}
	return score + float64(len(mapping))
}

// workedOut is how many formulas without a result are worked out: Excel writes the results, and other programs seldom have many.
const workedOut = 2000

// unworked works out the formulas of a sheet whose results are not in the file, and counts those that cannot be.
func unworked(ctx context.Context, book *excelize.File, sheet string, t *table) int {
	if len(t.rows) > workedOut {
		return 0
	}
	failed, done, width := 0, 0, 0
	for _, row := range t.rows {
		width = max(width, len(row))
	}
	for i, row := range t.rows {
		for j := range width {
			if j < len(row) && strings.TrimSpace(row[j]) != "" || done >= workedOut || ctx.Err() != nil {
				continue
			}
			name, err := excelize.CoordinatesToCellName(j+1, i+1)
			if err != nil {
				continue
			}
			formula, err := book.GetCellFormula(sheet, name)
			if err != nil || formula == "" {
				continue
			}
			done++
			value, err := book.CalcCellValue(sheet, name, excelize.Options{RawCellValue: true})
			if err != nil {
				failed++
				continue
			}
			for len(t.rows[i]) <= j {
				t.rows[i] = append(t.rows[i], "")
			}
			t.rows[i][j] = value
		}
	}
	return failed
}

// unpacksWithin refuses an archive that would grow beyond all measure, before any of it is unpacked, and by what comes out rather than by what it
// says of itself.
func unpacksWithin(f opened, limit int64) (err error) {
	tooLarge := fmt.Errorf("The file %s would unpack to more than %d MB, and no table of reviews does. Copy the reviews into a workbook of their own and import that", f.name, limit>>20)
	archive, err := zip.OpenReader(f.path)
	if err != nil {
		return fmt.Errorf("The file %s is no sound Excel file: %w", f.name, err)
	}
	defer func() { err = errors.Join(err, archive.Close()) }()
	info, err := os.Stat(f.path)
	if err != nil {
		return err
	}
	total := uint64(0)
	for _, part := range archive.File {
		if total += part.UncompressedSize64; total > uint64(limit) || part.UncompressedSize64 > uint64(limit) {
			return tooLarge
		}
	}
	if total > uint64(info.Size())*200 && total > 64<<20 {
		return fmt.Errorf("The file %s is packed so tightly that it is no workbook somebody filled in. Copy the reviews into a workbook of their own and import that", f.name)
	}
	return nil
}

// serialShift moves the day number of an old Mac workbook onto the usual calendar.
func serialShift(cell string, days int) string {
	if days == 0 {
		return cell
	}
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n < 18000 || n > 80000 {
		return cell
	}
	return strconv.FormatFloat(n+float64(days), 'f', -1, 64)
}
