package paper_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/png"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/paper"
)

func sheet(t *testing.T) paper.Sheet {
	t.Helper()
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	return paper.Sheet{
		Title: "Social media policy", Subtitle: "Harbor Lane Dental, version 3", Footer: "Printed by Goodword",
		Made: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC),
		Blocks: []paper.Block{
			paper.Heading{Level: 1, Text: "Scope"},
			paper.Text{Text: "Zoë Núñez & Søren <b>agree</b> that \"privacy\" comes first."},
			paper.List{Items: []string{"First point", "Second point"}, Numbered: true},
			paper.List{Items: []string{"Ring the insurer"}, Ticks: true},
			paper.Table{Head: []string{"Who", "When"}, Rows: [][]string{{"Dana | Whitlock", "2026-11-22"}, {strings.Repeat("long words ", 900), "x"}}, Widths: []float64{3, 1}},
			paper.Facts{{Name: "In force", Value: "2026-12-01"}},
			paper.Quote{Text: "Never again."},
			paper.Picture{Data: picture.Bytes(), Alt: "a grey field", Width: 0.4},
			paper.Picture{Data: []byte("no picture"), Alt: "what was lost"},
			paper.Small{Text: "Source: 45 CFR 164.530, checked 2026-11-22"},
			paper.Bars{{Name: "Waiting", Parts: []paper.Part{{Size: 4, Tone: paper.Good}, {Size: 2, Tone: paper.Bad}}, Value: "6 mentions"}, {Name: "Nothing"}},
			paper.Marked{{Text: "It is kept for "}, {Text: "five ", Gone: true}, {Text: "six <years>", Put: true, Bold: true}},
			paper.Break{},
			paper.Sign{Under: "Name, date, signature"},
		},
	}
}

func TestEveryFormatHoldsEveryWord(t *testing.T) {
	for _, ending := range paper.Formats() {
		t.Run(ending, func(t *testing.T) {
			var first, again bytes.Buffer
			if err := paper.Write(&first, ending, sheet(t)); err != nil {
				t.Fatal(err)
			}
			if err := paper.Write(&again, ending, sheet(t)); err != nil {
				t.Fatal(err)
			}
			if ending != ".docx" && !bytes.Equal(first.Bytes(), again.Bytes()) { // a zip of the library's own order
				t.Error("the same sheet made other bytes")
			}
			text := words(t, ending, first.Bytes())
			for _, want := range []string{"Social media policy", "Harbor Lane Dental", "Scope", "Zoë Núñez", "Second point", "Ring the insurer",
				"Whitlock", "long words", "In force", "Never again", "45 CFR 164.530", "6 mentions", "signature", "what was lost", "It is kept for", "five"} {
				if !strings.Contains(text, want) {
					t.Errorf("%q is missing", want)
				}
			}
			if ending == ".html" && strings.Contains(text, "<b>agree</b>") {
				t.Error("words are taken for marks")
			}
		})
	}
}

// words are what an ordinary reader finds in a file.
func words(t *testing.T, ending string, data []byte) string {
	t.Helper()
	switch ending {
	case ".pdf":
		if !bytes.HasPrefix(data, []byte("%PDF-")) {
			t.Fatalf("this is no PDF: %.20q", data)
		}
		reader, err := exec.LookPath("pdftotext")
		if err != nil {
			t.Skip("pdftotext is not installed (Debian: poppler-utils)")
		}
		file := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		out, err := exec.CommandContext(t.Context(), reader, "-layout", file, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		return string(out)
	case ".docx":
		box, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		file, err := box.Open("word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	return string(data)
}

func TestAnUnknownEndingIsRefused(t *testing.T) {
	if err := paper.Write(io.Discard, ".odt", sheet(t)); err == nil || !strings.Contains(err.Error(), ".pdf") {
		t.Errorf("got %v", err)
	}
}
