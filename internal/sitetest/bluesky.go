// Package sitetest starts real servers of the networks on this computer, for the tests of those who read there and of those who post there. Where a
// server is not installed, the test is skipped.
package sitetest

import (
	"bufio"
	_ "embed"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

//go:embed bluesky.mjs
var blueskyScript string

// Bluesky starts a server of Bluesky that knows one account, practice.test with the password app-pass-word-123, and returns its address.
func Bluesky(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("a server of Bluesky takes some seconds to start")
	}
	folder := os.Getenv("GOODWORD_PDS")
	if folder == "" {
		t.Skip("GOODWORD_PDS names no folder in which npm installed @atproto/dev-env")
	}
	server := exec.Command("node", "--input-type=module", "--eval", blueskyScript)
	server.Dir, server.Stderr = folder, os.Stderr
	stop, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Skipf("node does not start: %v", err)
	}
	t.Cleanup(func() { _ = errors.Join(stop.Close(), server.Wait()) })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if address := lines.Text(); strings.HasPrefix(address, "http://") {
			return address
		}
	}
	t.Fatal("the server of Bluesky did not start")
	return ""
}
