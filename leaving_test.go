package goodword_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// personal are the fields that hold what somebody wrote, or who it was.
var personal = map[string]bool{"Text": true, "Title": true, "Author": true, "Reply": true, "Quote": true, "Words": true, "Snippet": true, "Draft": true}

// What is logged, and what a notification of the system shows, is read by people and machines outside the practice: it carries no words of a
// mention and no names.
func TestNoWordsOfAMentionInLogsAndNotifications(t *testing.T) {
	calls := 0
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && strings.HasPrefix(entry.Name(), ".") && path != "." {
			return filepath.SkipDir
		}
		if filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || !tells(call) {
				return true
			}
			calls++
			for _, arg := range call.Args {
				ast.Inspect(arg, func(n ast.Node) bool {
					if s, ok := n.(*ast.SelectorExpr); ok && personal[s.Sel.Name] {
						t.Errorf("%s tells outside what stands in .%s", files.Position(s.Pos()), s.Sel.Name)
					}
					return true
				})
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if calls < 5 {
		t.Errorf("got %d calls, want those of all logs", calls)
	}
}

// tells reports whether a call logs or notifies.
func tells(call *ast.CallExpr) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	if s.Sel.Name == "SendNotification" || s.Sel.Name == "NewNotification" {
		return true
	}
	on, ok := s.X.(*ast.Ident)
	return ok && (on.Name == "slog" || on.Name == "log")
}
