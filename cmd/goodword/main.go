//go:build cgo

// Command goodword is the desktop program: flags, wiring, window. A second start on the same database shows the window that is open.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	_ "early" // before Fyne, see there

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"github.com/alecthomas/kong"

	"goodword/house"
	"goodword/ui"
	"goodword/ui/theme"
)

type flags struct {
	DB      string           `help:"The database; by default the one in your data folder." name:"db" env:"GOODWORD_DB" placeholder:"PATH"`
	Version kong.VersionFlag `help:"Print the version."`
}

func main() {
	var f flags
	kong.Parse(&f, kong.Name("goodword"), kong.Description("Answer reviews safely, celebrate staff, prove your policy."), kong.Vars{"version": house.Version})
	if err := run(f); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(f flags) (err error) {
	path := f.DB
	if path == "" {
		if path, err = house.DefaultPath(); err != nil {
			return err
		}
	}
	if path, err = filepath.Abs(path); err != nil {
		return fmt.Errorf("The place of the database is not clear: %w", err)
	}
	var window fyne.Window
	hold, err := alone(path, func() {
		fyne.Do(func() {
			window.Show()
			window.RequestFocus()
		})
	})
	if err != nil || hold == nil {
		return err
	}
	defer func() { err = errors.Join(err, hold.release()) }()
	defer keepLog(filepath.Dir(path))()

	program := app.NewWithID("org.goodword.Goodword")
	program.SetIcon(theme.AppIcon())
	if err := withGraphics(func() { window = program.NewWindow("Goodword") }); err != nil {
		return err
	}
	background := ui.NewBackground(context.Background())
	w := ui.NewWindow(program, window, ui.Options{Path: path, Now: time.Now, Background: background, Settle: ui.SettleTime, Tick: ui.TickTime, Watch: true})
	size := fyne.NewSize(float32(program.Preferences().FloatWithFallback("width", 1280)), float32(program.Preferences().FloatWithFallback("height", 800)))
	window.Resize(size)
	window.SetMaster()
	window.SetOnClosed(func() {
		now := window.Canvas().Size()
		program.Preferences().SetFloat("width", float64(now.Width))
		program.Preferences().SetFloat("height", float64(now.Height))
	})
	if err := withGraphics(window.Show); err != nil {
		background.Close()
		return errors.Join(err, w.Close())
	}
	program.Run()
	background.Close()
	return w.Close()
}

// withGraphics does something that needs a display and OpenGL. Where there is none, Fyne panics; the user gets a sentence.
func withGraphics(do func()) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			slog.Error("open the window", "reason", reason)
			err = errors.New("The window cannot be opened, because there is no display here or it offers no OpenGL. The README says under \"Windows\" what helps; goodwordctl does the same work without a window")
		}
	}()
	do()
	return nil
}

// logSize is how large the log may grow before it starts anew; the one before is kept.
const logSize = 1 << 20

// keepLog writes what goes wrong into a file beside the database: never what people said, nor who they are.
func keepLog(folder string) (done func()) {
	name := filepath.Join(folder, "goodword.log")
	if info, err := os.Stat(name); err == nil && info.Size() > logSize {
		_ = os.Rename(name, name+".before")
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return func() {}
	}
	slog.SetDefault(slog.New(slog.NewTextHandler(io.MultiWriter(os.Stderr, file), nil)))
	if crash, err := os.OpenFile(filepath.Join(folder, "goodword.crash"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err == nil {
		_ = debug.SetCrashOutput(crash, debug.CrashOptions{})
		_ = crash.Close()
	}
	return func() { _ = file.Close() }
}
