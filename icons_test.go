package goodword_test

import (
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"goodword/assets"
)

// A missing drawing stops the program when a screen asks for it, and one that nobody asks for is dead weight in the program.
func TestEveryIconIsThereAndNamed(t *testing.T) {
	asked := regexp.MustCompile(`\bIcon(?:In)?\("([^"]+)"`)
	var all strings.Builder
	for _, file := range sources(t, "ui") {
		if strings.HasSuffix(file.path, "_test.go") {
			continue
		}
		all.WriteString(file.text)
		for _, found := range asked.FindAllStringSubmatch(file.text, -1) {
			if _, err := fs.Stat(assets.FS, "icons/"+found[1]+".svg"); err != nil {
				t.Errorf("%s asks for the icon %q, which assets/icons does not have", file.path, found[1])
			}
		}
	}
	drawings, err := fs.Glob(assets.FS, "icons/*.svg")
	if err != nil || len(drawings) == 0 {
		t.Fatalf("got %d drawings, error %v", len(drawings), err)
	}
	for _, drawing := range drawings {
		name := strings.TrimSuffix(filepath.Base(drawing), ".svg")
		if name != "goodword" && !strings.Contains(all.String(), `"`+name+`"`) {
			t.Errorf("no screen names %s", drawing)
		}
	}
}
