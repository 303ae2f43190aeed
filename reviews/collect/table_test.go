package collect

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

func TestForgottenQuotationMarks(t *testing.T) {
	const head = "author,rating,text\nDi,4,Fine\n"
	tests := []struct {
		name, body string
		texts      []string
		problem    string
	}{
		{"sound", head + "Ana,5,\"Kind, \"\"quick\"\"\nand clean\"\nBo,2,Slow\n", []string{"Fine", "Kind, \"quick\"\nand clean", "Slow"}, ""},
		{"never closed", head + "Ana,5,\"Great\nBo,2,Slow\nCy,3,So so\n", []string{"Fine", "Great", "Slow", "So so"}, "Line 3"},
		{"closed by the quoted cell of a row below", head + "Ana,5,\"Great\nBo,2,\"Slow, very slow\"\nCy,3,So so\n", []string{"Fine", "Great", "Slow, very slow", "So so"}, "Line 3"},
		{"all cells are quoted", "\"author\",\"rating\",\"text\"\n\"Di\",\"4\",\"Fine\"\n\"Ana\",\"5\",\"Great\n\"Bo\",\"2\",\"Slow, very slow\"\n\"Cy\",\"3\",\"So so\"\n", []string{"Fine", "Great", "Slow, very slow", "So so"}, "Line 3"},
		{"in the middle of a row", "text,author,rating\nFine,Di,4\n\"Great,Ana,5\nSlow,Bo,2\n", []string{"Fine", "Great", "Slow"}, "Line 3"},
		{"the file breaks off", head + "Ana,5,\"Great\nand the rest is miss", []string{"Fine", "Great\nand the rest is miss"}, "Line 3"},
		{"marks that were not doubled", head + "Ana,5,\"They said \"hello\" to me, and\nI said \"hi\" too\"\nBo,2,Slow\n", []string{"Fine", "They said \"hello\" to me, and\nI said \"hi\" too", "Slow"}, ""},
		{"a mark inside a plain cell", head + "Ana,5,A 5\" needle\nBo,2,Slow\n", []string{"Fine", "A 5\" needle", "Slow"}, ""},
		{"old Mac line ends", "author,rating,text\rDi,4,Fine\rBo,2,Slow\r", []string{"Fine", "Slow"}, ""},
		{"two returns a line", "author,rating,text\r\r\nDi,4,Fine\r\r\nBo,2,Slow\r\r\n", []string{"Fine", "Slow"}, ""},
		{"empty bytes", head + "Ana,5,Gre\x00at\nBo,2,Slow\n", []string{"Fine", "Great", "Slow"}, "damaged"},
		{"the delimiter is named", "sep=|\nauthor|rating|text\nDi|4|Fine, well; good\n", []string{"Fine, well; good"}, ""},
		{"one column", "Review\nKind, quick, clean\n\"Slow, very\nslow\"\nFine\n", []string{"Kind, quick, clean", "Slow, very\nslow", "Fine"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := tableOf(t, []byte(test.body), nil)
			var texts []string
			for _, f := range p.Found {
				texts = append(texts, f.Text)
			}
			if !slices.Equal(texts, test.texts) {
				t.Errorf("got %q, want %q (mapping %v)", texts, test.texts, p.Mapping)
			}
			if got := strings.Join(p.Problems, " "); !strings.Contains(got, test.problem) || test.problem == "" && got != "" {
				t.Errorf("got problems %q, want %q", got, test.problem)
			}
		})
	}
}

func TestHeadersInFourLanguages(t *testing.T) {
	for header, want := range map[string]Mapping{
		"Reviewer Name,Star Rating,Review Content,Publish Date,Publisher,Response Text,Response Date,Store Code": {"author": "Reviewer Name", "stars": "Star Rating", "text": "Review Content", "date": "Publish Date", "site": "Publisher", "reply": "Response Text", "reply date": "Response Date", "place": "Store Code"},
		"Autor;Calificación;Reseña;Fecha;Fuente;Respuesta;Fecha de respuesta;Ubicación;Título":                   {"author": "Autor", "stars": "Calificación", "text": "Reseña", "date": "Fecha", "site": "Fuente", "reply": "Respuesta", "reply date": "Fecha de respuesta", "place": "Ubicación", "title": "Título"},
		"Verfasser;Sterne;Bewertungstext;Veröffentlicht am;Plattform;Antwort;Antwortdatum;Standort;Überschrift":  {"author": "Verfasser", "stars": "Sterne", "text": "Bewertungstext", "date": "Veröffentlicht am", "site": "Plattform", "reply": "Antwort", "reply date": "Antwortdatum", "place": "Standort", "title": "Überschrift"},
		"Nom de l'auteur;Étoiles;Commentaire;Publié le;Plateforme;Réponse;Date de réponse;Établissement;Titre":   {"author": "Nom de l'auteur", "stars": "Étoiles", "text": "Commentaire", "date": "Publié le", "site": "Plateforme", "reply": "Réponse", "reply date": "Date de réponse", "place": "Établissement", "title": "Titre"},
		"KUNDE\tBEWERTUNG\tKOMMENTAR\tDATUM\tQUELLE":                                                             {"author": "KUNDE", "stars": "BEWERTUNG", "text": "KOMMENTAR", "date": "DATUM", "site": "QUELLE"},
	} {
		got := guessMapping(strings.FieldsFunc(header, func(c rune) bool { return c == ';' || c == '\t' || c == ',' }), nil)
		for field, column := range want {
			if got[field] != column {
				t.Errorf("%s: got %s from %q, want %q", header, field, got[field], column)
			}
		}
	}
}

func TestStarsOfAColumn(t *testing.T) {
	tests := []struct {
		cells []string
		want  []int
	}{
		{[]string{"5", "4.0", "FIVE", "★★★☆☆", "2 stars", "1/5", ""}, []int{5, 4, 5, 3, 2, 1, 0}},
		{[]string{"10", "8", "4", "2"}, []int{5, 4, 2, 1}},
		{[]string{"100", "80", "20"}, []int{5, 4, 1}},
		{[]string{"80%", "4,5 von 5", "4 de 5", "cinco estrellas", "3 étoiles", "fünf Sterne", "4★", "⭐️⭐️⭐️"}, []int{4, 5, 4, 5, 3, 5, 4, 3}},
		{[]string{"Recommended", "Not Recommended", "Doesn’t recommend", "No recomendado"}, []int{5, 1, 1, 1}},
		{[]string{"☆☆☆☆☆", "no rating", "N/A"}, []int{0, 0, 0}},
	}
	for _, test := range tests {
		body := "text,rating,author\n"
		for _, cell := range test.cells {
			body += "Something,\"" + cell + "\",Ana\n"
		}
		p := tableOf(t, []byte(body), nil)
		var got []int
		for _, f := range p.Found {
			got = append(got, f.Stars)
		}
		if !slices.Equal(got, test.want) || len(p.Problems) > 0 {
			t.Errorf("%q: got %v, want %v; problems %q", test.cells, got, test.want, p.Problems)
		}
	}
}

func TestDatesOfAColumn(t *testing.T) {
	tests := []struct {
		name, country string
		cells         []string
		want          []string
		mixed         bool
	}{
		{"a day above twelve", "US", []string{"03/04/2026", "21/11/2025"}, []string{"2026-04-03", "2025-11-21"}, false},
		{"a day above twelve behind", "Germany", []string{"03/04/2026", "11/21/2025"}, []string{"2026-03-04", "2025-11-21"}, false},
		{"nothing lies ahead", "US", []string{"11/12/2025", "01/12/2026", "11/10/2026"}, []string{"2025-11-12", "2026-01-12", "2026-11-10"}, false},
		{"the order tells", "US", []string{"01/02/2026", "02/02/2026", "03/02/2026", "01/03/2026", "02/03/2026"}, []string{"2026-02-01", "2026-02-02", "2026-02-03", "2026-03-01", "2026-03-02"}, false},
		{"the country tells", "Spain", []string{"03/04/2026"}, []string{"2026-04-03"}, false},
		{"the country tells, at home", "US", []string{"03/04/2026"}, []string{"2026-03-04"}, false},
		{"both", "US", []string{"03/04/2026", "21/11/2025", "11/21/2025", "22/10/2025"}, []string{"2026-04-03", "2025-11-21", "2025-11-21", "2025-10-22"}, true},
		{"dots", "US", []string{"03.04.2026", "3.4.26"}, []string{"2026-04-03", "2026-04-03"}, false},
		{"serials", "US", []string{"46116", "46116.75"}, []string{"2026-04-04", "2026-04-04"}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows := table{rows: [][]string{{"text", "date"}}}
			for _, cell := range test.cells {
				rows.rows = append(rows.rows, []string{"Something", cell})
			}
			p := rowsOfTable(t, rows, nil, test.country)
			var got []string
			for _, f := range p.Found {
				got = append(got, f.Posted.Format(time.DateOnly))
			}
			if !slices.Equal(got, test.want) || (len(p.Problems) > 0) != test.mixed {
				t.Errorf("got %v, %q; want %v", got, p.Problems, test.want)
			}
		})
	}
}

func TestDatesInWords(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Skip("there are no time zones here")
	}
	for text, want := range map[string]string{
		"20 de noviembre de 2026":           "2026-11-20T06:00:00Z",
		"20. November 2026":                 "2026-11-20T06:00:00Z",
		"20 nov. 2026":                      "2026-11-20T06:00:00Z",
		"vendredi 20 novembre 2026 à 15h04": "2026-11-20T21:04:00Z",
		"1er août 2026":                     "2026-08-01T05:00:00Z",
		"20. Okt. 2026, 15:04 Uhr":          "2026-10-20T20:04:00Z",
		"November 20th, 2026":               "2026-11-20T06:00:00Z",
		"Nov 20, 2026 at 3:04 p.m.":         "2026-11-20T21:04:00Z",
		"Fri, Nov 20, 2026 3:04 PM EST":     "2026-11-20T20:04:00Z",
		"2026-11-20 15:04:05 PST":           "2026-11-20T23:04:05Z",
		"11/20/2026 3:04 PM":                "2026-11-20T21:04:00Z",
		"11/20/2026, 15:04:05 +0200":        "2026-11-20T13:04:05Z",
		"2026-11-20 15:04:05 UTC":           "2026-11-20T15:04:05Z",
		"2026-11-20T15:04:05.123+01:00":     "2026-11-20T14:04:05Z",
		"2026-11-20 15:04:05 GMT+2":         "2026-11-20T13:04:05Z",
		"20-Nov-26":                         "2026-11-20T06:00:00Z",
		"1795186800":                        "2026-11-20T15:00:00Z",
		"1795186800000":                     "2026-11-20T15:00:00Z",
	} {
		d, ok := readDate(text, chicago, false, noon)
		if got := d.at.Truncate(time.Second).Format(time.RFC3339); !ok || got != want {
			t.Errorf("%q: got %s %v, want %s", text, got, ok, want)
		}
	}
	for _, text := range []string{"soon", "20 of them", "31/31/2026", "Mayor 5, 2026", "-", "99999999999999999999"} {
		if d, ok := readDate(text, chicago, false, noon); ok {
			t.Errorf("%q was read as %s", text, d.at)
		}
	}
}

// TestKeysStay has the same reviews written in other ways: each is known again by its key.
func TestKeysStay(t *testing.T) {
	const first = "author,rating,text,date\nAna,5,\"Kind and quick, and the whole office was very clean indeed.\",2026-03-04\nBo,1,Slow,2026-03-05\nCy,4,,2026-03-06\n,5,,2026-03-07\n,5,,2026-03-07\nDee,5,\"Kind and quick, and the whole office was very clean indeed.\",2026-03-08\n"
	want := keysOf(tableOf(t, []byte(first), nil))
	if len(want) != 6 || len(slices.Compact(slices.Clone(want))) != 6 {
		t.Fatalf("got %q, want six keys", want)
	}
	for name, body := range map[string]string{
		"other order and other layout": "date,author,rating,text\n03/07/2026,,5,\n03/08/2026,Dee,5,\"Kind and quick, and the whole office was very clean indeed.\"\n\"March 6, 2026\",Cy,4,\n03/05/2026,Bo,1,Slow\n03/04/2026,Ana,5,\"Kind and quick, and the whole office was very clean indeed.\"\n3/7/2026,,5,\n",
		"columns added, text wrapped":  "author;rating;text;date;flagged;id of tag\nAna;5 stars;\"Kind and quick, and the\nwhole office was very   clean indeed.\";04.03.2026;no;1\nBo;1;Slow;05.03.2026;no;2\nCy;4;;06.03.2026;no;3\n;5;;07.03.2026;no;4\n;5;;07.03.2026;no;4\nDee;5;\"Kind and quick, and the\nwhole office was very clean indeed.\";08.03.2026;yes;2\n",
	} {
		if got := keysOf(tableOf(t, []byte(body), nil)); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func keysOf(p Preview) []string {
	var keys []string
	for _, f := range p.Found {
		keys = append(keys, f.Key)
	}
	slices.Sort(keys)
	return keys
}

type sheet struct {
	name string
	rows [][]any
}

func bookOf(t testing.TB, change func(*excelize.File), sheets ...sheet) string {
	t.Helper()
	book := excelize.NewFile()
	defer func() { _ = book.Close() }()
	for i, s := range sheets {
		if i == 0 {
			if err := book.SetSheetName("Sheet1", s.name); err != nil {
				t.Fatal(err)
			}
		} else if _, err := book.NewSheet(s.name); err != nil {
			t.Fatal(err)
		}
		for j, row := range s.rows {
			if err := book.SetSheetRow(s.name, fmt.Sprintf("A%d", j+1), &row); err != nil {
				t.Fatal(err)
			}
		}
	}
	if change != nil {
		change(book)
	}
	file := filepath.Join(t.TempDir(), "reviews.xlsx")
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	return file
}

func workbookAt(t testing.TB, file string) (table, error) {
	t.Helper()
	f, err := openFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if format, err := formatNamed("", f); err != nil || format.id != formatXLSX {
		t.Fatalf("got format %q, %v; want xlsx", format.id, err)
	}
	return readWorkbook(context.Background(), f, nil)
}

func TestWorkbooks(t *testing.T) {
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	header := []any{"Reviewer", "Rating", "Review", "Date"}
	row := []any{"Ana", 4, "Kind and quick", day}
	tests := []struct {
		name    string
		file    string
		problem string
	}{
		{"one sheet", bookOf(t, nil, sheet{"Export", [][]any{header, row}}), ""},
		{"several sheets", bookOf(t, nil, sheet{"Summary", [][]any{{"Month", "Reviews"}, {"Oct", 12}, {"Nov", 3}, {"Dec", 4}}}, sheet{"Reviews", [][]any{header, row}}, sheet{"Empty", nil}), "called Reviews"},
		{"merged titles above", bookOf(t, func(b *excelize.File) {
			if err := b.MergeCell("Export", "A1", "D1"); err != nil {
				t.Fatal(err)
			}
		}, sheet{"Export", [][]any{{"Reviews of Bright Harbor Dental"}, {"Made on 22 November 2026"}, nil, header, row}}), ""},
		{"formulas", bookOf(t, func(b *excelize.File) {
			for cell, formula := range map[string]string{"A2": `"A"&"na"`, "B2": "2+2", "D2": "DATE(2026,11,20)"} {
				if err := b.SetCellFormula("Export", cell, formula); err != nil {
					t.Fatal(err)
				}
			}
		}, sheet{"Export", [][]any{header, {nil, nil, "Kind and quick", nil}}}), ""},
		{"the old Mac calendar", bookOf(t, func(b *excelize.File) {
			old := true
			if err := b.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &old}); err != nil {
				t.Fatal(err)
			}
		}, sheet{"Export", [][]any{header, {"Ana", 4, "Kind and quick", 46346 - 1462}}}), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, err := workbookAt(t, test.file)
			if err != nil {
				t.Fatal(err)
			}
			p := rowsOfTable(t, rows, nil, "US")
			if len(p.Found) != 1 {
				t.Fatalf("got %+v from %q", p, rows.rows)
			}
			if f := p.Found[0]; f.Author != "Ana" || f.Stars != 4 || f.Text != "Kind and quick" || f.Posted.Format(time.DateOnly) != "2026-11-20" {
				t.Errorf("got %+v (mapping %v)", f, p.Mapping)
			}
			if got := strings.Join(p.Problems, " "); !strings.Contains(got, test.problem) || test.problem == "" && got != "" {
				t.Errorf("got problems %q, want %q", got, test.problem)
			}
		})
	}
}

func TestNotAWorkbook(t *testing.T) {
	tests := []struct{ name, file, want string }{
		{"broken", fileOf(t, "reviews.xlsx", []byte("PK\x03\x04 no archive")), "no sound Excel file"},
		{"old Excel", fileOf(t, "reviews.xls", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and so on")), "old Excel file"},
		{"Word", zipOf(t, "reviews.docx", map[string]string{"word/document.xml": "<w/>"}), "Word document"},
		{"LibreOffice", zipOf(t, "reviews.ods", map[string]string{"content.xml": "<o/>", "mimetype": "x"}), "LibreOffice"},
		{"PDF", fileOf(t, "reviews.pdf", []byte("%PDF-1.7")), "is a PDF"},
		{"bomb", zipOf(t, "bomb.xlsx", map[string]string{"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": strings.Repeat("\n", 80<<20)}), "packed so tightly"},
		{"no sheets", zipOf(t, "x.xlsx", map[string]string{"xl/workbook.xml": "<w/>"}), "no"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			f, err := openFile(test.file)
			if err != nil {
				t.Fatal(err)
			}
			format, err := formatNamed("", f)
			if err == nil && format.id == formatXLSX {
				_, err = readWorkbook(context.Background(), f, nil)
			}
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want a sentence that says %q", err, test.want)
			}
		})
	}
}

func FuzzTable(f *testing.F) {
	for _, seed := range []string{"a,b\n1,2\n", "rating;text\n5;\"x\n", "\xff\xfea\x00,\x00", "author,rating,text\nDi,4,Fine\nAna,5,\"Great\nBo,2,\"Slow\"\n", "sep=;\na;b\n", "Review\n\"x\n", "a\tb\r\"c\"\"\t\"d\r\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		rows, err := readCSV("f", body)
		if err != nil {
			return
		}
		p, err := rows.preview(nil, nil, reading{zone: time.UTC, now: noon})
		if err != nil || len(p.Found) > len(rows.rows) {
			t.Errorf("%d entries from %d rows, %v", len(p.Found), len(rows.rows), err)
		}
		for _, e := range p.Found {
			if e.Key == "" || e.Stars < 0 || e.Stars > 5 {
				t.Errorf("got %+v", e)
			}
		}
	})
}

// FuzzSplit checks that nothing is lost on the way: every letter of a text is in some cell.
func FuzzSplit(f *testing.F) {
	f.Add("a,b\n\"c,d\ne,\"f\"\n")
	f.Add("\"\"\"a\"\"\",b\r\rc")
	f.Add("x,y\n\"a\n\"b,c\n")
	f.Fuzz(func(t *testing.T, text string) {
		letters := func(s string) int { return strings.Count(s, "a") + strings.Count(s, "b") + strings.Count(s, "é") }
		rows, _ := splitRows(text, ',', 0)
		got := 0
		for _, row := range rows {
			for _, cell := range row {
				got += letters(cell)
			}
		}
		if got != letters(text) {
			t.Errorf("%q became %q", text, rows)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"2026-11-20", "3/4/26 3:04 PM", "20 de noviembre de 2026", "46116.5", "2 weeks ago", "1er août 2026 à 15h04", "Fri, Nov 20, 2026 3:04 PM EST"} {
		f.Add(seed, true)
	}
	f.Fuzz(func(t *testing.T, text string, dayFirst bool) {
		if d, ok := readDate(text, time.UTC, dayFirst, noon); ok && (d.at.Year() < 900 || d.at.Year() > 2200) {
			t.Errorf("%q became %s", text, d.at)
		}
	})
}

func FuzzStars(f *testing.F) {
	for _, seed := range []string{"5", "4,5 von 5", "★★★½", "80 %", "FIVE", "not recommended", "9/0", "1e308"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, best := range []float64{5, 10, 100} {
			if n, ok := starsOn(text, best); n < 0 || n > 5 || !ok && n != 0 {
				t.Errorf("%q out of %v: got %d, %v", text, best, n, ok)
			}
		}
		if n := starsIn(text, text); n < 0 || n > 5 {
			t.Errorf("%q: got %d", text, n)
		}
	})
}
