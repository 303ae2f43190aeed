package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestASecondProgramShowsTheFirst(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new folder", "a.db")
	shown := 0
	first, err := alone(path, func() { shown++ })
	if err != nil || first == nil {
		t.Fatalf("the first program did not get the database: %v", err)
	}
	second, err := alone(path, func() { t.Error("the second program showed itself") })
	if err != nil || second != nil {
		t.Errorf("the second got %v, %v; want neither a hold nor an error", second, err)
	}
	if shown != 1 {
		t.Errorf("the first was shown %d times, want once", shown)
	}
	if err := first.release(); err != nil {
		t.Fatal(err)
	}
	third, err := alone(path, func() {})
	if err != nil || third == nil {
		t.Errorf("after the first ended, the next got %v, %v", third, err)
	} else if err := third.release(); err != nil {
		t.Error(err)
	}
}

func TestAStrangerCannotShowTheWindow(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.db")
	first, err := alone(path, func() { t.Error("a wrong word showed the window") })
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = first.release() }()
	text, err := os.ReadFile(path + ".window")
	if err != nil {
		t.Fatal(err)
	}
	address, _, _ := strings.Cut(string(text), "\n")
	if err := os.WriteFile(path+".window", []byte(address+"\nguess\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := askToShow(path + ".window"); err == nil {
		t.Error("a wrong word was answered")
	}
}
