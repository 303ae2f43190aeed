package policy_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"goodword/internal/paper"
	"goodword/policy"
)

func word(t testing.TB, body string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("word/document.xml")
	must(t, err)
	_, err = w.Write([]byte(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>` + body + `</w:body></w:document>`))
	must(t, err)
	must(t, z.Close())
	return b.Bytes()
}

func TestImportText(t *testing.T) {
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"own.md", []byte("# Our *policy*\r\n\r\n#### Privacy ####\nWe **never** [confirm](https://x.example).\n* one\n1. two\n---\nEnd\n"),
			"# Our policy\n\n### Privacy\n\nWe never confirm.\n- one\n- 1. two\n\nEnd\n"},
		{"own.txt", []byte("\ufeffElm Policy\n\nPRIVACY AND CARE\nSay nothing.\n\n2. Pictures\n\n\u2022 only outside\n"),
			"# Elm Policy\n\n## PRIVACY AND CARE\n\nSay nothing.\n\n## 2. Pictures\n\n- only outside\n"},
		{"old.txt", []byte("Policy\n\nIt\x92s \x93private\x94.\n"), "# Policy\n\nIt’s “private”.\n"},
		{"own.html", []byte(`<html><head><title>x</title><style>p{}</style></head><body><h1>Our policy</h1><p>Say <b>nothing</b>.<br>Ever.</p><ul><li><p>one</p></li><li>two</li></ul><script>bad()</script><p>we <del>may</del><ins>do</ins></p></body></html>`),
			"# Our policy\n\nSay nothing. Ever.\n\n- one\n- two\n\nwe do\n"},
		{"own.docx", word(t, `<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Our policy</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Privacy</w:t></w:r></w:p>`+
			`<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del><w:ins><w:r><w:t>must</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> not &amp; never.</w:t></w:r></w:p>`+
			`<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>one</w:t></w:r></w:p><w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>two</w:t></w:r></w:p>`),
			"# Our policy\n\n## Privacy\n\nWe must not & never.\n\n- one\n- two\n"},
	}
	for _, test := range tests {
		got, err := policy.ImportText(test.name, test.data)
		if err != nil || got != test.want {
			t.Errorf("%s: got %q, %v\nwant %q", test.name, got, err, test.want)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	for name, want := range map[string]string{"policy.pdf": "save it as .docx", "policy.docx": "no Word document", "policy.xlsx": "Use a file that ends", "empty.txt": "no text"} {
		data := []byte("   ")
		if name == "policy.docx" {
			data = []byte("PK but no")
		}
		if _, err := policy.ImportText(name, data); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", name, err, want)
		}
	}
	if _, err := policy.ImportText("hidden.txt", []byte("%PDF-1.7 ...")); err == nil {
		t.Error("a PDF under another name was taken")
	}
	if _, err := policy.ReadOwn(ctx, filepath.Join(t.TempDir(), "missing.md")); err == nil || strings.Contains(err.Error(), "no such file") {
		t.Errorf("got %v", err)
	}
}

// What we export for Word comes back as the same headings and paragraphs.
func TestWordAndBack(t *testing.T) {
	text := policy.Compose(elm, nil)
	v := policy.Version{Number: 2, Text: text, Hash: policy.Hash(text), From: "2026-12-01"}
	var b bytes.Buffer
	must(t, paper.Write(&b, ".docx", policy.VersionSheet(v, policy.InForce, false)))
	path := filepath.Join(t.TempDir(), "policy.docx")
	must(t, os.WriteFile(path, b.Bytes(), 0o600))
	got, err := policy.ReadOwn(ctx, path)
	must(t, err)
	for _, block := range policy.Blocks(text) {
		if !strings.Contains(got, block.Text) {
			t.Errorf("%q is lost", block.Text)
		}
	}
}

func FuzzImportText(f *testing.F) {
	f.Add("a.md", []byte("# A\n\n* b"))
	f.Add("a.txt", []byte("A\n\nB\n"))
	f.Add("a.html", []byte("<h1>A<p>b<li>c"))
	f.Add("a.docx", word(f, `<w:p><w:r><w:t>A</w:t></w:r></w:p></w:p></w:del>`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		text, err := policy.ImportText(name, data)
		if err == nil && (!utf8.ValidString(text) || strings.TrimSpace(text) == "") {
			t.Errorf("%q: got %q", data, text)
		}
	})
}
