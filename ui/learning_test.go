package ui

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var friday = clock.At(time.Date(2026, 11, 20, 10, 30, 0, 0, time.UTC))

// opened is a window on a practice, for what only happens inside it.
func opened(t *testing.T, path string) *Window {
	t.Helper()
	win := test.NewTempWindow(t, nil)
	win.Resize(fyne.NewSize(1280, 800))
	w := NewWindow(kittest.App(t), win, Options{Path: path, Now: friday, Background: kit.Inline{}, ToastTime: -1})
	t.Cleanup(func() { _ = w.Close() })
	return w
}

func TestOlderMentionsFollowWhenTheTopicsChange(t *testing.T) {
	path := filepath.Join(t.TempDir(), "goodword.db")
	h, err := house.Open(t.Context(), path, friday)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(err)
	must(h.Practices.Save(t.Context(), practice.Practice{Name: "Harbor Dental", TimeZone: "UTC"}, audit.Program))
	m, err := h.Collect.AddByHand(t.Context(), reviews.Found{Text: "The robot dog barked.", Site: "google"}, audit.Program)
	must(err)
	must(h.Close())
	w := opened(t, path)
	w.Show("settings", "words and topics")
	lists := classify.Lists{Topics: []classify.OwnTopic{{Label: "Robot dog", About: []string{"robot dog"}}}}
	_, err = w.house.Reviews.SaveOwnLists(t.Context(), lists, audit.Program)
	must(err)
	after, err := w.house.Reviews.Find(t.Context(), m.ID)
	must(err)
	if !slices.Contains(after.Topics, "own_robot_dog") {
		t.Errorf("the older mention is about %v", after.Topics)
	}
	var seen strings.Builder
	for _, o := range kittest.Objects(w.shell.config.Window.Canvas().Content()) {
		if l, ok := o.(*kit.Label); ok {
			seen.WriteString(l.Text() + "\n")
		}
		if s, ok := o.(*kit.Segmented); ok {
			seen.WriteString(s.AccessibilityLabel() + "\n")
		}
	}
	if !strings.Contains(seen.String(), "25 topics") {
		t.Errorf("the settings do not show the new topic:\n%s", seen.String())
	}
	if topic, ok := w.house.Judge.Topic("own_robot_dog"); !ok || topic.Label != "Robot dog" {
		t.Errorf("got %+v", topic)
	}
}
