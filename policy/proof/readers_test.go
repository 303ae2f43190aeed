package proof_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"goodword/internal/paper"
	"goodword/policy/proof"
)

// pressed is a PDF file of one sentence, such as a scanner or a vendor would send.
func pressed(t testing.TB, words string) []byte {
	t.Helper()
	var b bytes.Buffer
	ok(t, paper.WritePDF(&b, paper.Sheet{Title: words, Made: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), Blocks: []paper.Block{paper.Text{Text: words + ", as it was kept."}}}))
	return b.Bytes()
}

func pdfText(t testing.TB, path string) string {
	t.Helper()
	reader, err := exec.LookPath("pdftotext")
	if err != nil {
		t.Skip("pdftotext is not installed")
	}
	out := must[[]byte](t)(exec.Command(reader, "-layout", path, "-").Output())
	return strings.Join(strings.Fields(string(out)), " ")
}

func TestPdftotextReadsEveryPaper(t *testing.T) {
	d := open(t)
	d.work(t)
	d.conduct(t)
	path, m := d.export(t, proof.Choice{}, "pack")
	words := pdfText(t, filepath.Join(path, "index.pdf"))
	for _, want := range []string{"Proof pack", "Alder Street Dental: everything on record", "Signatures", "25", "Refusals", "6 attempts: 5 passed by 5 people, 1 not passed", d.second.Hash, "45 CFR 164.530(j)(2)",
		"Drills 1", "Near-misses 1", "8 duties, 7 that nobody has"} {
		if !strings.Contains(words, want) {
			t.Errorf("index.pdf does not say %q: %s", want, words)
		}
	}
	papers := 0
	for _, f := range m.Files {
		if !strings.HasSuffix(f.Name, ".pdf") {
			continue
		}
		papers++
		if got := pdfText(t, filepath.Join(path, filepath.FromSlash(f.Name))); len(got) < 30 {
			t.Errorf("%s has no words: %q", f.Name, got)
		}
	}
	if papers < 25 {
		t.Errorf("only %d papers are in the pack", papers)
	}
	if words := pdfText(t, filepath.Join(path, "signatures.pdf")); !strings.Contains(words, "Zoë Müller-Lindqvist") || !strings.Contains(words, "on paper, sheet") {
		t.Errorf("signatures.pdf: %s", words)
	}
}

// TestLibreOfficeOpensEveryTable opens each table as a spreadsheet and compares every cell. Where LibreOffice has no Calc, the tables are opened as
// lines of text, and the test says so.
func TestLibreOfficeOpensEveryTable(t *testing.T) {
	if testing.Short() {
		t.Skip("LibreOffice takes its time")
	}
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	d := open(t)
	d.work(t)
	d.conduct(t)
	path, m := d.export(t, proof.Choice{}, "pack")
	var tables []string
	for _, f := range m.Files {
		if strings.HasSuffix(f.Name, ".csv") {
			tables = append(tables, filepath.Join(path, f.Name))
		}
	}
	if len(tables) < 15 {
		t.Fatalf("only %d tables are in the pack", len(tables))
	}
	out := t.TempDir()
	convert := func(how ...string) {
		t.Helper()
		args := append([]string{"-env:UserInstallation=file://" + filepath.ToSlash(out) + "/profile", "--headless"}, how...)
		args = append(append(args, "--outdir", out), tables...)
		if said, err := exec.CommandContext(t.Context(), office, args...).CombinedOutput(); err != nil {
			t.Fatalf("LibreOffice does not start: %v %s", err, said[:min(len(said), 400)])
		}
	}
	// Comma, quotation mark, UTF-8, from the first line; a quoted field is text, and nothing is taken for a date.
	convert("--infilter=CSV:44,34,76,1,,0,true,false", "--convert-to", "xlsx")
	if made, err := filepath.Glob(filepath.Join(out, "*.xlsx")); err != nil || len(made) == 0 {
		convert("--infilter=Text (encoded):UTF8,LF,,,", "--convert-to", "fodt")
		for _, table := range tables {
			asText(t, table, out)
		}
		t.Skip("LibreOffice has no Calc here: every table was opened as text, none as a spreadsheet")
	}
	for _, table := range tables {
		asSpreadsheet(t, table, out)
	}
}

func opened(table, out, ending string) string {
	return filepath.Join(out, strings.TrimSuffix(filepath.Base(table), ".csv")+ending)
}

// cells reads a table as it stands in the pack, its head among the rows.
func cells(t *testing.T, table string) [][]string {
	t.Helper()
	data := must[[]byte](t)(os.ReadFile(table))
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	var all [][]string
	for {
		row, err := r.Read()
		if err == io.EOF {
			return all
		}
		ok(t, err)
		all = append(all, row)
	}
}

func asSpreadsheet(t *testing.T, table, out string) {
	t.Helper()
	book, err := excelize.OpenFile(opened(table, out, ".xlsx"))
	if err != nil {
		t.Errorf("LibreOffice did not open %s: %v", filepath.Base(table), err)
		return
	}
	defer func() { _ = book.Close() }()
	got := must[[][]string](t)(book.GetRows(book.GetSheetName(0)))
	want := cells(t, table)
	if len(got) != len(want) {
		t.Errorf("%s: %d rows in the spreadsheet, want %d", filepath.Base(table), len(got), len(want))
		return
	}
	for i, row := range want {
		for j, cell := range row {
			shown := ""
			if j < len(got[i]) {
				shown = got[i][j]
			}
			if strings.ReplaceAll(shown, "\r", "") != strings.ReplaceAll(cell, "\r", "") {
				t.Errorf("%s, row %d, %s: the spreadsheet shows %q, want %q", filepath.Base(table), i, want[0][j], shown, cell)
				return
			}
		}
	}
}

func asText(t *testing.T, table, out string) {
	t.Helper()
	text, err := os.ReadFile(opened(table, out, ".fodt"))
	if err != nil {
		t.Errorf("LibreOffice did not open %s: %v", filepath.Base(table), err)
		return
	}
	if head := cells(t, table)[0][0]; !bytes.Contains(text, []byte(head)) {
		t.Errorf("%s, opened as text, has no column %s", filepath.Base(table), head)
	}
	if strings.HasPrefix(filepath.Base(table), "signatures") && !bytes.Contains(text, []byte("Zoë Müller-Lindqvist")) {
		t.Error("LibreOffice does not read the signatures")
	}
}
