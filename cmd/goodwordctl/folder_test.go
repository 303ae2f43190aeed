package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFolderAndItsProof(t *testing.T) {
	home := t.TempDir()
	c := ctl{t, filepath.Join(home, "a.db")}
	call := c.both
	for _, args := range [][]string{{"init", "--name", "Alder Street"}, {"add", "--text", "Lovely team. Ask for Maria.", "--stars", "5", "--author", "Jo Bell"},
		{"reply", "1", "--text", "Thank you for the kind words. They mean a lot to the whole team."}} {
		if code, out := call(args...); code != done {
			t.Fatalf("%v: %s", args, out)
		}
	}
	path := filepath.Join(home, "incident")
	for _, args := range [][]string{{"staff", "add", "Dana Whitlock", "--role", "owner"}, {"staff", "add", "Iris Okafor"}} {
		if code, out := call(args...); code != done {
			t.Fatalf("%v: %s", args, out)
		}
	}
	for _, args := range [][]string{{"folder", "1"}, {"policy", "pack"}} {
		if code, out := call(append(append([]string{"--as", "Iris Okafor"}, args...), "--unmasked", "--to", path+".zip")...); code != failed || !strings.Contains(out, "by the owner, the compliance officer or a manager") {
			t.Errorf("%v by staff: %d %s", args, code, out)
		}
	}
	if code, out := call("folder", "1", "--to", path); code != done || !strings.Contains(out, "masked") {
		t.Fatalf("folder: %d %s", code, out)
	}
	if code, out := call("verify", "--folder", path); code != done || !strings.Contains(out, "The folder holds: mention 1 of Alder Street") {
		t.Errorf("verify: %d %s", code, out)
	}
	if code, out := call("verify"); code != done {
		t.Errorf("verify: %d %s", code, out)
	}
	if err := os.WriteFile(filepath.Join(path, "masked.txt"), []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, more := range [][]string{nil, {"--json"}} {
		if code, out := call(append(more, "verify", "--folder", path)...); code != failed || !strings.Contains(out, "masked.txt") {
			t.Errorf("an altered file: %d %s", code, out)
		}
	}
	if code, out := call("verify", "--folder", home); code != failed || !strings.Contains(out, "no incident folder") {
		t.Errorf("another folder: %d %s", code, out)
	}
	call = ctl{t, filepath.Join(home, "none.db")}.both
	if code, out := call("verify", "--folder", path); code != failed || !strings.Contains(out, "Altered: masked.txt") {
		t.Errorf("without a database: %d %s", code, out)
	}
}
