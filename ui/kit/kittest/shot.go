package kittest

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"

	"goodword/ui/theme"
)

// Shot draws a window into the folder that the environment variable GOODWORD_SHOTS names, as name.png, for a person to look at. Without it
// nothing is drawn.
func Shot(t testing.TB, window fyne.Window, name string) {
	t.Helper()
	folder := os.Getenv("GOODWORD_SHOTS")
	if folder == "" {
		return
	}
	file, err := os.Create(filepath.Join(folder, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(png.Encode(file, window.Canvas().Capture()), file.Close()); err != nil {
		t.Fatal(err)
	}
}

// ShotInBothLooks is Shot in the light and in the dark look; the light one stays.
func ShotInBothLooks(t testing.TB, window fyne.Window, name string) {
	t.Helper()
	if os.Getenv("GOODWORD_SHOTS") == "" {
		return
	}
	for _, mode := range []theme.Mode{theme.Dark, theme.Light} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		Shot(t, window, name+"-"+string(mode))
	}
}
