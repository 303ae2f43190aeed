package ui_test

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/ui/kit/kittest"
)

// Whoever opens the program after the moment of a post is asked at once, whichever screen comes first; Escape leaves it for later.
func TestPostsThatWereMissedAreAskedAboutAtTheStart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "goodword.db")
	missedPost(t, path)
	_, win := window(t, path)
	top := win.Canvas().Overlays().Top()
	if top == nil {
		t.Fatal("nothing is asked")
	}
	var text strings.Builder
	for _, o := range kittest.Objects(top) {
		switch o := o.(type) {
		case *canvas.Text:
			text.WriteString(o.Text + " ")
		case interface{ Text() string }:
			text.WriteString(o.Text() + " ")
		}
	}
	for _, want := range []string{"Missed while Goodword was closed", "Open house", "Planned for", "Leave as drafts", "New day", "Post now"} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not asked: %s", want, text.String())
		}
	}
	for _, o := range kittest.Objects(top) {
		if b, ok := o.(fyne.Tappable); ok && strings.Contains(labels(o), "Leave as drafts") {
			b.Tapped(nil)
			break
		}
	}
	if win.Canvas().Overlays().Top() != nil {
		t.Error("the question is answered and still stands")
	}
	h, err := house.Open(t.Context(), path, friday)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = h.Close() }()
	list, err := h.Advocacy.List(t.Context(), advocacy.Filter{})
	if err != nil || len(list) != 1 || list[0].Stage != advocacy.DraftStage {
		t.Errorf("got %+v, %v", list, err)
	}
}

// labels are the texts of a button.
func labels(o fyne.CanvasObject) string {
	if _, whole := o.(fyne.Focusable); !whole {
		return ""
	}
	var text strings.Builder
	for _, o := range kittest.Objects(o) {
		if o, ok := o.(*canvas.Text); ok {
			text.WriteString(o.Text)
		}
	}
	return text.String()
}

// missedPost makes a practice whose open house was to be posted a day before.
func missedPost(t *testing.T, path string) {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	h, err := house.Open(t.Context(), path, clock.Clock(func() time.Time { return friday().AddDate(0, 0, -3) }))
	must(err)
	must(h.Practices.Save(t.Context(), practice.Practice{Name: "Lakeside Family Dental", TimeZone: "America/Chicago", Country: "US", Disciplines: []string{"dental"}}, audit.Program))
	owner := practice.Person{Name: "Dr. Ada Brandt", Role: practice.Owner, Job: "dentist"}
	owner.ID, err = h.Practices.SavePerson(t.Context(), owner, audit.Program)
	must(err)
	v, err := h.Advocacy.Plan(t.Context(), advocacy.Spotlight{Kind: advocacy.KindEvent, Title: "Open house"}, owner.Actor())
	must(err)
	_, _, err = h.Advocacy.SaveVariant(t.Context(), v.ID, advocacy.Variant{Network: "facebook", Text: "Open house on Saturday. Come and see us."}, owner.Actor())
	must(err)
	must(h.DB.Write(t.Context(), func(tx *sql.Tx) error { // the way through review and training is another test's
		_, err := tx.Exec(`UPDATE spotlights SET stage = 'scheduled', schedule = ? WHERE id = ?`, friday().AddDate(0, 0, -1).Unix(), v.ID)
		return err
	}))
	must(h.Close())
}
