package main

import (
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/advocacy"
	"goodword/ui"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// view is one picture of the tour: a screen, and what it is asked to show.
type view struct {
	name, screen string
	arg          any
}

// views lists the screens in the order of the rail, with what is worth seeing on them.
func (t *tour) views() ([]view, error) {
	urgent, err := t.first("urgency:critical is:unread")
	if err != nil {
		return nil, err
	}
	mixed, err := t.first("stars:3 is:open")
	if err != nil {
		return nil, err
	}
	// A draft that the gate stops, so that the picture shows what it says.
	if _, _, err := t.h.Reviews.SaveDraft(t.ctx, mixed.ID, unsafe, "", t.dana); err != nil {
		return nil, err
	}
	cards, err := t.h.Advocacy.List(t.ctx, advocacy.Filter{Stages: []advocacy.Stage{advocacy.ReviewStage}})
	if err != nil {
		return nil, err
	}
	all := []view{{"today", "today", nil}, {"inbox", "inbox", mixed.ID}, {"inbox-urgent", "inbox", urgent.ID}, {"spotlights", "spotlights", nil},
		{"spotlights-list", "spotlights", "list"}, {"spotlights-fairness", "spotlights", "fairness"}}
	for _, card := range cards {
		all = append(all, view{"spotlight", "spotlights", card.ID})
	}
	return append(all, view{"calendar", "calendar", nil}, view{"policy", "policy", "checklist"}, view{"policy-training", "policy", "training"},
		view{"policy-signatures", "policy", "signatures"}, view{"insights", "insights", nil}, view{"sources", "sources", nil}, view{"settings", "settings", nil}), nil
}

// pictures draws the screens with Fyne's software renderer, so that no display is needed: some in light, or all in light and dark at two sizes.
func (t *tour) pictures(all bool) error {
	folder := filepath.Join(t.folder, "screenshots")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return fmt.Errorf("The folder %s cannot be made: %w", folder, err)
	}
	modes, sizes := []theme.Mode{theme.Light}, []fyne.Size{fyne.NewSize(1280, 800)}
	if all {
		modes, sizes = append(modes, theme.Dark), append(sizes, fyne.NewSize(1920, 1080))
	}
	views, err := t.views()
	if err != nil {
		return err
	}
	drawn := 0
	for _, size := range sizes {
		for _, mode := range modes {
			n, err := t.drawAll(folder, views, mode, size)
			if err != nil {
				return err
			}
			drawn += n
		}
	}
	return t.step("Drew the screens", fmt.Sprintf("%d pictures in %s", drawn, folder))
}

// drawAll draws each view in a window of its own look and size.
func (t *tour) drawAll(folder string, views []view, mode theme.Mode, size fyne.Size) (drawn int, err error) {
	program := test.NewApp()
	defer program.Quit()
	window := test.NewWindow(nil)
	defer window.Close()
	window.Resize(size)
	w := ui.NewWindow(program, window, ui.Options{Path: t.h.DB.Path(), Now: t.now, Background: kit.Inline{}, ToastTime: -1})
	defer func() { err = errors.Join(err, w.Close()) }()
	w.Dress(mode, 1)
	for _, v := range views {
		w.Show(v.screen, v.arg)
		name := fmt.Sprintf("%s-%s-%.0fx%.0f.png", v.name, mode, size.Width, size.Height)
		if err := draw(window.Canvas(), filepath.Join(folder, name)); err != nil {
			return drawn, err
		}
		drawn++
	}
	return drawn, nil
}

func draw(canvas fyne.Canvas, name string) error {
	file, err := os.Create(name)
	if err != nil {
		return fmt.Errorf("The picture %s cannot be written: %w", name, err)
	}
	if err := png.Encode(file, canvas.Capture()); err != nil {
		_ = file.Close()
		return fmt.Errorf("The picture %s cannot be drawn: %w", name, err)
	}
	return file.Close()
}
