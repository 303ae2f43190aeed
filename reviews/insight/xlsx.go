package insight

import (
	"errors"
	"io"
	"math"

	"github.com/xuri/excelize/v2"
)

// writeXLSX writes one sheet a table, with a fixed head row.
func writeXLSX(w io.Writer, f Figures) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	bold, err := book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return err
	}
	for i, s := range sheets(f) {
		if i == 0 {
			err = book.SetSheetName(book.GetSheetName(0), s.name)
		} else {
			_, err = book.NewSheet(s.name)
		}
		if err != nil {
			return err
		}
		if err := fillSheet(book, s, bold); err != nil {
			return err
		}
	}
	return book.Write(w)
}

func fillSheet(book *excelize.File, s sheet, bold int) error {
	head := make([]any, len(s.head))
	for i, h := range s.head {
		head[i] = h
	}
	if err := book.SetSheetRow(s.name, "A1", &head); err != nil {
		return err
	}
	for i, row := range s.rows {
		cells := make([]any, len(row))
		for j, v := range row {
			if number, ok := v.(float64); ok && math.IsNaN(number) {
				continue
			}
			cells[j] = v
		}
		corner, err := excelize.CoordinatesToCellName(1, i+2)
		if err != nil {
			return err
		}
		if err := book.SetSheetRow(s.name, corner, &cells); err != nil {
			return err
		}
	}
	return errors.Join(
		book.SetRowStyle(s.name, 1, 1, bold),
		book.SetColWidth(s.name, "A", "A", 30),
		book.SetColWidth(s.name, "B", "X", 12),
		book.SetPanes(s.name, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
}
