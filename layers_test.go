// Package goodword_test holds the house rules that no single package can hold.
package goodword_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// floors lists the rooms from top to bottom. A package may import its own floor's room and every floor below.
var floors = [][]string{
	{"cmd"},
	{"ui"},
	{"house"},
	{"reviews", "advocacy"},
	{"policy"},
	{"internal"},
	{"assets"},
}

func floorOf(room string) int {
	for i, rooms := range floors {
		for _, r := range rooms {
			if r == room {
				return i
			}
		}
	}
	return -1
}

type imported struct{ file, from, path string }

// imports lists what every Go file of the project imports; from is the folder of the file.
func imports(t *testing.T) []imported {
	t.Helper()
	var all []imported
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != "." {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				return err
			}
			all = append(all, imported{path, filepath.ToSlash(filepath.Dir(path)), name})
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(all) < 100 {
		t.Fatalf("only %d imports were found: the walk does not see the project", len(all))
	}
	return all
}

func room(path string) string { return strings.SplitN(path, "/", 2)[0] }

func TestImportsPointDownwards(t *testing.T) {
	for _, i := range imports(t) {
		target, ours := strings.CutPrefix(i.path, "goodword/")
		if !ours || i.from == "." {
			continue
		}
		from, to := room(i.from), room(target)
		switch {
		case floorOf(from) < 0 || floorOf(to) < 0:
			t.Errorf("%s: %s or %s is no room of the house", i.file, from, to)
		case from == to:
		case floorOf(to) <= floorOf(from):
			t.Errorf("%s imports %s: imports point downwards only", i.file, i.path)
		}
	}
}

func TestDomainsKnowNoWindow(t *testing.T) {
	for _, i := range imports(t) {
		if strings.HasPrefix(i.path, "fyne.io/fyne") && floorOf(room(i.from)) > floorOf("ui") {
			t.Errorf("%s imports %s: only cmd and ui know the window", i.file, i.path)
		}
		if i.path == "fyne.io/fyne/v2/app" && i.from != "cmd/goodword" {
			t.Errorf("%s imports %s: only cmd/goodword starts a window, so that screens are tested without a display", i.file, i.path)
		}
	}
}

func TestScreensKnowNoSQL(t *testing.T) {
	for _, i := range imports(t) {
		if (i.path == "database/sql" || strings.HasPrefix(i.path, "modernc.org/sqlite")) && floorOf(room(i.from)) <= floorOf("house") && !strings.HasSuffix(i.file, "_test.go") {
			t.Errorf("%s imports %s: SQL stands in the stores", i.file, i.path)
		}
		if strings.HasPrefix(i.path, "modernc.org/sqlite") && i.from != "internal/database" {
			t.Errorf("%s imports %s: one package names the driver", i.file, i.path)
		}
	}
}

// A test may lie beside a screen and open windows as it likes; the program's screens may not start work of their own.
func TestScreensStartNoWorkOfTheirOwn(t *testing.T) {
	for _, file := range sources(t, "ui") {
		if strings.HasSuffix(file.path, "_test.go") || file.path == filepath.Join("ui", "background.go") {
			continue
		}
		for number, line := range strings.Split(file.text, "\n") {
			code := strings.TrimSpace(line)
			if strings.HasPrefix(code, "go ") || strings.Contains(code, "fyne.Do") {
				t.Errorf("%s:%d starts work of its own: use kit.Background", file.path, number+1)
			}
		}
	}
}
