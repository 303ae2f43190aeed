//go:build window

package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"goodword/house"
	"goodword/house/sample"
)

// patience is how long the test waits for the window to do what a key asked for: a busy machine without a graphics card is slow.
const patienceWithWindow = 60 * time.Second

// desk is a display of its own with the built program on it.
type desk struct {
	t       *testing.T
	display string
	path    string // of the database
	program string
	opened  string // file in which the stand-in for the browser notes what it was asked to open
	house   *house.House
}

// shared is the folder of what all tests use: the program and the database of the sample practice.
var shared string

func TestMain(m *testing.M) {
	os.Exit(func() int {
		var err error
		if shared, err = os.MkdirTemp("", "goodword-window"); err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(shared) }()
		return m.Run()
	}())
}

// program builds the program, once for all tests.
var program = sync.OnceValues(func() (string, error) {
	path := filepath.Join(shared, "goodword")
	if out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", path, ".").CombinedOutput(); err != nil {
		return "", fmt.Errorf("the program does not build: %w\n%s", err, out)
	}
	return path, nil
})

// practiceOnce fills the sample practice, once for all tests; each works on a copy.
var practiceOnce = sync.OnceValues(func() ([]byte, error) {
	path := filepath.Join(shared, "sample.db")
	if err := sample.Fill(context.Background(), path, time.Now()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// samplePath is a database of its own with the sample practice.
func samplePath(t *testing.T) string {
	t.Helper()
	bytes, err := practiceOnce()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "goodword.db")
	if err := os.WriteFile(path, bytes, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sit starts a display and opens the built program on the database at path.
func sit(t *testing.T, path string) *desk {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "openbox", "import"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed, and the window needs it: scripts/setup test", tool)
		}
	}
	folder := t.TempDir()
	d := &desk{t: t, path: path, opened: filepath.Join(folder, "opened")}
	var err error
	if d.program, err = program(); err != nil {
		t.Fatal(err)
	}
	browser := filepath.Join(folder, "xdg-open")
	if err := os.WriteFile(browser, []byte("#!/bin/sh\necho \"$1\" >> "+d.opened+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.startDisplay()
	d.start(folder, "openbox")
	d.start(folder, d.program, "--db", path)
	return d
}

// startDisplay lets Xvfb choose a free number and tell it.
func (d *desk) startDisplay() {
	d.t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		d.t.Fatal(err)
	}
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1400x900x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	_ = write.Close()
	number := make([]byte, 8)
	n, err := read.Read(number)
	if err != nil {
		d.t.Fatalf("Xvfb did not start: %v", err)
	}
	d.display = ":" + strings.TrimSpace(string(number[:n]))
}

func (d *desk) command(folder string, name string, args ...string) *exec.Cmd {
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.display, "LANG=en_US.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1", "HOME="+folder, "XDG_CONFIG_HOME="+folder,
		"WAYLAND_DISPLAY=", "PATH="+folder+":"+os.Getenv("PATH"))
	return c
}

func (d *desk) start(folder, name string, args ...string) {
	d.t.Helper()
	c := d.command(folder, name, args...)
	var said bytes.Buffer
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		d.t.Fatal(err)
	}
	d.t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
		if d.t.Failed() {
			d.t.Logf("%s said:\n%s", filepath.Base(name), said.String())
		}
	})
}

// press sends keys, such as "ctrl+2" or "j", one after the other. The window takes them in this order; what it reads from the database
// meanwhile is waited for with until or rest.
func (d *desk) press(keys ...string) {
	d.t.Helper()
	d.xdotool(append([]string{"key", "--clearmodifiers", "--delay", "60"}, keys...)...)
}

// write types text.
func (d *desk) write(text string) {
	d.t.Helper()
	d.xdotool("type", "--delay", "15", text)
}

// rest waits until the display stands still, but for a cursor that blinks.
func (d *desk) rest() {
	d.t.Helper()
	before := d.shot()
	for end := time.Now().Add(patienceWithWindow); time.Now().Before(end); {
		time.Sleep(250 * time.Millisecond)
		now := d.shot()
		if alike(before, now) {
			return
		}
		before = now
	}
	d.picture("restless")
	d.t.Fatalf("the window does not come to rest within %v", patienceWithWindow)
}

// shot is the display in grey, a byte a point.
func (d *desk) shot() []byte {
	d.t.Helper()
	var said bytes.Buffer
	c := d.command("", "import", "-window", "root", "-depth", "8", "gray:-")
	c.Stderr = &said
	points, err := c.Output()
	if err != nil {
		d.t.Fatalf("the display cannot be seen: %v\n%s", err, said.String())
	}
	return points
}

// alike reports whether two shots differ by no more than a cursor.
func alike(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	const cursor = 200
	differ := 0
	for i := range a {
		if a[i] != b[i] {
			differ++
		}
	}
	return differ <= cursor
}

func (d *desk) xdotool(args ...string) {
	d.t.Helper()
	if out, err := d.command("", "xdotool", args...).CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

// until waits for something to be true in the database, presses nothing meanwhile, and then lets the window show it.
func (d *desk) until(what string, holds func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patienceWithWindow); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if holds() {
			d.rest()
			return
		}
	}
	d.picture("failed")
	d.t.Fatalf("this did not come true in %v: %s", patienceWithWindow, what)
}

// picture keeps what the display shows, to look at after a failure.
func (d *desk) picture(name string) {
	if folder := os.Getenv("GOODWORD_PICTURES"); folder != "" {
		_ = d.command("", "import", "-window", "root", filepath.Join(folder, name+".png")).Run()
	}
}

// onScreen waits for the window, and gives it the keyboard.
func (d *desk) onScreen() {
	d.t.Helper()
	d.until("the window appears", func() bool {
		return d.command("", "xdotool", "search", "--onlyvisible", "--name", "^Goodword$", "windowfocus").Run() == nil
	})
	d.until("the program listens", func() bool {
		text, err := os.ReadFile(d.path + ".window")
		return err == nil && len(text) > 0
	})
	d.rest()
}

// atWork waits until the practice is open: the words "Opening the practice" stand as still as a finished screen, but only an open practice
// answers Ctrl+K with its commands.
func (d *desk) atWork() {
	d.t.Helper()
	d.onScreen()
	d.until("the practice is open", func() bool {
		before := d.shot()
		d.press("ctrl+k")
		d.rest()
		return !alike(before, d.shot())
	})
	d.press("Escape")
	d.rest()
}

// open reads the database beside the window.
func (d *desk) open() *house.House {
	d.t.Helper()
	if d.house == nil {
		h, err := house.Open(context.Background(), d.path, time.Now)
		if err != nil {
			d.t.Fatal(err)
		}
		d.house = h
		d.t.Cleanup(func() { _ = h.Close() })
	}
	return d.house
}
