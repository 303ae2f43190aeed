// Package early gives the process a language before Fyne looks for one. Fyne's package lang reads the locale when it is initialised, and where
// there is none, or only "C" as on most servers, it writes three lines to standard error: in a program whose errors are one sentence that is noise.
//
// Go initialises packages in the order of their import paths, as far as their imports allow (release notes of Go 1.21). That is why this is a module
// of its own with a name that comes before "fyne.io": imported by a command, it runs first.
package early

import (
	"os"
	"strings"
)

func init() {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} { // the order in which they are asked
		value, _, _ := strings.Cut(os.Getenv(name), ".")
		switch value {
		case "":
			continue
		case "C", "POSIX":
			_ = os.Setenv(name, "en_US.UTF-8")
		}
		return
	}
	_ = os.Setenv("LANG", "en_US.UTF-8")
}
