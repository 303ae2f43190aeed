package collect

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The formats of files that can be imported.
const (
	formatCSV     = "csv"
	formatXLSX    = "xlsx"
	formatTakeout = "takeout"
	formatOPML    = "opml"
	formatMail    = "mail"
	formatPage    = "page"
)

// fileFormat is one kind of file that can be imported.
type fileFormat struct {
	id    string                                                                              // as people name it after --format
	known func(f opened) bool                                                                 // by what is in the file rather than by its name
	read  func(ctx context.Context, c *Collector, f opened, mapping Mapping) (Preview, error) // nil: Goodword only knows what it is
	help  string                                                                              // without read: what to do instead
}

// fileFormats are the formats in the order in which a file is tried: what is unmistakable first. What none of them knows is read as a table.
func fileFormats() []fileFormat {
	return []fileFormat{
		{id: formatXLSX, known: isWorkbook, read: previewWorkbook},
		{id: "xls", known: startsWith("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), help: "is an old Excel file, or one with a password. Open it in Excel, save it as an Excel workbook (.xlsx) without a password, and import that"},
		{id: "ods", known: hasPart("content.xml", "Index/Document.iwa", "Index/"), help: "is a table of LibreOffice or Numbers. Save it there as Excel (.xlsx) or CSV, and import that"},
		{id: "docx", known: hasPart("word/"), help: "is a Word document. Copy the table into Excel, save it, and import that"},
		{id: "pdf", known: startsWith("%PDF"), help: "is a PDF, which cannot be read as a table. Export the reviews as CSV or Excel"},
		{id: formatTakeout, known: isTakeout, read: previewTakeout},
		{id: formatOPML, known: hasShape(shapeOPML), read: func(context.Context, *Collector, opened, Mapping) (Preview, error) { return Preview{}, ErrIsOPML }},
		{id: formatMail, known: holdsMail, read: previewMail},
		{id: formatPage, known: hasShape(shapePage), read: previewPage},
		{id: formatCSV, known: func(opened) bool { return true }, read: previewCSV},
	}
}

// Formats names the formats that can be imported.
func Formats() []string {
	var names []string
	for _, f := range fileFormats() {
		if f.read != nil && f.id != formatOPML {
			names = append(names, f.id)
		}
	}
	slices.Sort(names)
	return names
}

// formatNamed finds the format of a file: the one that a person named, or the first that knows it.
func formatNamed(name string, f opened) (fileFormat, error) {
	for _, format := range fileFormats() {
		if strings.EqualFold(format.id, name) || name == "" && format.known(f) {
			if format.read == nil {
				return format, fmt.Errorf("The file %s %s", f.name, format.help)
			}
			return format, nil
		}
	}
	return fileFormat{}, fmt.Errorf("Goodword cannot import the format %q. It reads %s", name, strings.Join(Formats(), ", "))
}

// opened is a file or a folder to import. Only its beginning is read until a format wants the rest.
type opened struct {
	path, name string
	folder     bool
	head       []byte   // its first bytes, as they are
	text       []byte   // the same in UTF-8
	parts      []string // of an archive: the names in it
}

// headSize is how much of a file tells what it is.
const headSize = 256 << 10

// openFile looks at the beginning of a file.
func openFile(path string) (f opened, err error) {
	f = opened{path: path, name: filepath.Base(path)}
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f, fmt.Errorf("There is no file %s", path)
	case err != nil:
		return f, fmt.Errorf("The file %s cannot be read: %w", path, err)
	case info.IsDir():
		f.folder = true
		return f, nil
	}
	from, err := os.Open(path)
	if err != nil {
		return f, fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	if f.head, err = io.ReadAll(io.LimitReader(from, headSize)); err != nil {
		return f, fmt.Errorf("The file %s cannot be read: %w", path, err)
	}
	if bytes.HasPrefix(f.head, []byte("PK")) {
		if archive, err := zip.NewReader(from, info.Size()); err == nil {
			for _, part := range archive.File {
				f.parts = append(f.parts, part.Name)
			}
		}
		return f, nil
	}
	f.text = decode(f.head, "")
	return f, nil
}

// largestFile is how large a file may be that is read into memory as a whole.
const largestFile = 200 << 20

// body is all of a file.
func (f opened) body() (body []byte, err error) {
	from, err := os.Open(f.path)
	if err != nil {
		return nil, fmt.Errorf("The file %s cannot be read: %w", f.path, err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	tooLarge := fmt.Errorf("The file %s is larger than %d MB. Split it and import the parts", f.path, largestFile>>20)
	var b bytes.Buffer
	if info, err := from.Stat(); err == nil {
		if info.Size() > largestFile {
			return nil, tooLarge
		}
		b.Grow(int(info.Size()) + bytes.MinRead) // the size is known, and growing to it would take as much again
	}
	if _, err := b.ReadFrom(io.LimitReader(from, largestFile+1)); err != nil {
		return nil, fmt.Errorf("The file %s cannot be read: %w", f.path, err)
	}
	if b.Len() > largestFile {
		return nil, tooLarge
	}
	return b.Bytes(), nil
}

func startsWith(mark string) func(opened) bool {
	return func(f opened) bool { return bytes.HasPrefix(f.head, []byte(mark)) }
}

func hasShape(want shape) func(opened) bool {
	return func(f opened) bool {
		kind, _ := shapeOf(f.text)
		return kind == want
	}
}

func hasPart(names ...string) func(opened) bool {
	return func(f opened) bool {
		for _, part := range f.parts {
			for _, name := range names {
				if part == name || strings.HasSuffix(name, "/") && strings.HasPrefix(part, name) {
					return true
				}
			}
		}
		return false
	}
}

func isWorkbook(f opened) bool {
	return hasPart("xl/")(f) || f.parts == nil && bytes.HasPrefix(f.head, []byte("PK")) && strings.EqualFold(filepath.Ext(f.name), ".xlsx")
}

func isTakeout(f opened) bool {
	if f.folder || bytes.HasPrefix(f.head, []byte("PK")) {
		return true
	}
	kind, text := shapeOf(f.text)
	return kind == shapeJSON && (bytes.Contains(text, []byte(`"reviews"`)) || bytes.Contains(text, []byte(`"FeatureCollection"`)))
}
