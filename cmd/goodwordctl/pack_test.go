package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPackAndItsProof(t *testing.T) {
	home := t.TempDir()
	c := ctl{t, filepath.Join(home, "a.db")}
	call := c.both
	for _, args := range [][]string{{"init", "--name", "Alder Street"}, {"policy", "draft", "--summary", "First"}, {"policy", "put", "1"}} {
		if code, out := call(args...); code != done {
			t.Fatalf("%v: %s", args, out)
		}
	}
	path := filepath.Join(home, "pack.zip")
	if code, out := call("policy", "pack", "--to", path); code != done || !strings.Contains(out, "everything on record") {
		t.Fatalf("pack: %d %s", code, out)
	}
	if code, out := call("verify", "--folder", path); code != done || !strings.Contains(out, "The proof pack holds: Alder Street") || !strings.Contains(out, "noted it on") {
		t.Errorf("verify: %d %s", code, out)
	}
	if code, out := call("policy", "kept"); code != done || !strings.Contains(out, "in effect") {
		t.Errorf("kept: %d %s", code, out)
	}
	if code, out := call("verify", "--certificate", "7K3F-9QWE-20XB"); code != failed || !strings.Contains(out, "knows no certificate") {
		t.Errorf("certificate: %d %s", code, out)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data[:len(data)-40], 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := call("verify", "--folder", path); code != failed {
		t.Errorf("a cut .zip: %d %s", code, out)
	}
}
