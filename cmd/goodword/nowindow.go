//go:build !cgo

package main

import (
	"fmt"
	"os"
)

// Without a C compiler there is no window to open. The package still builds, so that `go build ./...` holds on every computer.
func main() {
	fmt.Fprintln(os.Stderr, "goodword was built without its window: build it with CGO_ENABLED=1 and a C compiler, or use goodwordctl.")
	os.Exit(1)
}
