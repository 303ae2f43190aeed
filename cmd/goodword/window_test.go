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
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/house/sample"
	"goodword/reviews"
)

// patience is how long the test waits for the window to do what a key asked for: a busy machine without a graphics card is slow.
const patienceWithWindow = 60 * time.Second

// desk is a display of its own with the built program on it.
type desk struct {
	t       *testing.T
	display string
	path    string // of the database
	opened  string // file in which the stand-in for the browser notes what it was asked to open
	house   *house.House
}

// sit starts a display, builds the program and opens it on the database at path.
func sit(t *testing.T, path string) *desk {
	t.Helper()
	for _, tool := range []string{"Xvfb", "xdotool", "openbox"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("%s is not installed, and the window needs it: scripts/setup test", tool)
		}
	}
	folder := t.TempDir()
	d := &desk{t: t, path: path, opened: filepath.Join(folder, "opened")}
	program := filepath.Join(folder, "goodword")
	if out, err := exec.Command("go", "build", "-tags", "migrated_fynedo", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("the program does not build: %v\n%s", err, out)
	}
	browser := filepath.Join(folder, "xdg-open")
	if err := os.WriteFile(browser, []byte("#!/bin/sh\necho \"$1\" >> "+d.opened+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	d.startDisplay()
	d.start(folder, "openbox")
	d.start(folder, program, "--db", path)
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

// press sends keys, such as "ctrl+2" or "j", one after the other.
func (d *desk) press(keys ...string) {
	d.t.Helper()
	for _, key := range keys {
		d.xdotool("key", "--clearmodifiers", key)
		time.Sleep(250 * time.Millisecond)
	}
}

// write types text.
func (d *desk) write(text string) {
	d.t.Helper()
	d.xdotool("type", "--delay", "15", text)
	time.Sleep(250 * time.Millisecond)
}

func (d *desk) xdotool(args ...string) {
	d.t.Helper()
	if out, err := d.command("", "xdotool", args...).CombinedOutput(); err != nil {
		d.t.Fatalf("xdotool %v: %v\n%s", args, err, out)
	}
}

// until waits for something to be true in the database, and presses nothing meanwhile.
func (d *desk) until(what string, holds func() bool) {
	d.t.Helper()
	for end := time.Now().Add(patienceWithWindow); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		if holds() {
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
	d.until("the practice is open", func() bool {
		text, err := os.ReadFile(d.path + ".window")
		return err == nil && len(text) > 0
	})
	time.Sleep(3 * time.Second)
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

func (d *desk) mentions(query string) []int64 {
	d.t.Helper()
	q, err := reviews.ParseQuery(query, time.Now(), time.Local)
	if err != nil {
		d.t.Fatal(err)
	}
	ids, err := d.open().Reviews.IDs(context.Background(), q)
	if err != nil {
		d.t.Fatal(err)
	}
	return ids
}

func samplePath(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "goodword.db")
	if err := sample.Fill(t.Context(), path, time.Now()); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestAReplyByKeyboard(t *testing.T) {
	d := sit(t, samplePath(t))
	d.onScreen()
	waiting := d.mentions("is:open stars:3 source:google")
	if len(waiting) == 0 {
		t.Fatal("the sample practice has no three-star review on Google to answer")
	}
	id := waiting[0]
	d.press("ctrl+2", "slash")
	d.write("is:open stars:3 source:google")
	d.press("Return", "Escape", "j")
	d.until("the review is read", func() bool {
		m, err := d.open().Reviews.Find(context.Background(), id)
		return err == nil && m.Status != reviews.New
	})
	d.press("r", "1")
	d.until("the draft is stored", func() bool {
		reply, err := d.open().Reviews.ReplyTo(context.Background(), id)
		return err == nil && reply.Text != ""
	})
	d.press("ctrl+Return")
	d.until("the reply is copied", func() bool {
		reply, err := d.open().Reviews.ReplyTo(context.Background(), id)
		return err == nil && (reply.State == reviews.Copied || reply.State == reviews.Posted)
	})
	d.until("the page is opened", func() bool {
		text, err := os.ReadFile(d.opened)
		return err == nil && strings.HasPrefix(string(text), "https://")
	})
	m, err := d.open().Reviews.Find(t.Context(), id)
	if err != nil || m.Status != reviews.Answered {
		t.Errorf("the mention is %s, %v; want answered", m.Status, err)
	}
	if _, err := d.open().Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestASecondStartShowsTheWindow(t *testing.T) {
	d := sit(t, samplePath(t))
	d.onScreen()
	folder := filepath.Dir(d.opened)
	second := d.command(folder, filepath.Join(folder, "goodword"), "--db", d.path)
	if out, err := second.CombinedOutput(); err != nil {
		t.Errorf("the second program ended with %v: %s", err, out)
	}
}

var _ = fmt.Sprint
var _ = advocacy.Stages
