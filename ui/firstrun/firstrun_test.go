package firstrun_test

import (
	"context"
	"errors"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/ui/firstrun"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var ctx = context.Background()

type setup struct {
	*firstrun.Run
	t      *testing.T
	host   *kittest.Host
	store  *practice.Store
	window fyne.Window
	done   int
	sample error
}

func open(t *testing.T) *setup {
	t.Helper()
	kittest.App(t)
	now := clock.At(time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC))
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "practice.db"), now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := &setup{t: t, host: &kittest.Host{}, store: practice.NewStore(db, now)}
	s.Run = firstrun.New(s.host, kit.Inline{}, firstrun.Deps{Practices: s.store, Sample: func(context.Context) error { return s.sample }, Done: func() { s.done++ }, Zone: "America/Chicago"})
	s.window = kittest.Window(t, s.Content(), 1280, 800)
	return s
}

func (s *setup) press(title string) {
	s.t.Helper()
	for _, o := range kittest.Objects(s.window.Content()) {
		if b, ok := o.(*widget.Button); ok && b.Text == title {
			test.Tap(b)
			return
		}
	}
	s.t.Fatalf("no button %q in sight", title)
}

func (s *setup) enter(placeholder, text string) {
	s.t.Helper()
	for _, o := range kittest.Objects(s.window.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == placeholder {
			e.SetText(text)
			return
		}
	}
	s.t.Fatalf("no entry %q in sight", placeholder)
}

func (s *setup) sees(words string) bool {
	for _, o := range kittest.Objects(s.window.Content()) {
		if named, ok := o.(interface{ AccessibilityLabel() string }); ok && strings.Contains(named.AccessibilityLabel(), words) {
			return true
		}
	}
	return false
}

func (s *setup) tick(title string, on bool) {
	s.t.Helper()
	for _, o := range kittest.Objects(s.window.Content()) {
		if c, ok := o.(*widget.Check); ok && c.Text == title {
			c.SetChecked(on)
			return
		}
	}
	s.t.Fatalf("no tick %q in sight", title)
}

func (s *setup) choose(option string) {
	s.t.Helper()
	for _, o := range kittest.Objects(s.window.Content()) {
		if c, ok := o.(*widget.Select); ok && slices.Contains(c.Options, option) {
			c.SetSelected(option)
			return
		}
	}
	s.t.Fatalf("no choice of %q in sight", option)
}

func TestSetUp(t *testing.T) {
	s := open(t)
	s.press("Set up my practice")
	s.press("Next")
	if s.Step() != 1 || !s.sees("The practice needs a name.") {
		t.Errorf("went on without a name: step %d", s.Step())
	}
	s.enter("Elm Street Dental", " Oak Lane Family Practice ")
	s.enter("+1 555 0140", "555-0199")
	s.enter("Springfield", "Oakville")
	s.enter("8:00-12:00, 13:00-17:00", "8-late")
	s.press("Next")
	if s.Step() != 1 || !s.sees("is not a time span") {
		t.Errorf("went on with office hours that are none: step %d", s.Step())
	}
	s.enter("8:00-12:00, 13:00-17:00", "7:30-12, 13-16")
	s.tick("Fri", false)
	s.tick("Sat", true)
	s.choose("United Kingdom")
	s.press("Next")
	s.press("Back")
	s.press("Next")
	s.enter("Dana Whitlock", "Ruth Amadi")
	s.press("Next")
	if s.Step() != 3 {
		t.Fatalf("got step %d, want 3", s.Step())
	}
	s.enter("One a line", "Oak Lane\nDr. Amadi\n\nOak Lane\n")
	s.press("Begin")
	if s.done != 1 {
		t.Fatalf("done %d times, want once", s.done)
	}
	p, err := s.store.Get(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if p.Name != "Oak Lane Family Practice" || p.Phone != "555-0199" || p.TimeZone != "America/Chicago" || p.ContactName != "Ruth Amadi" || !slices.Equal(p.WatchWords, []string{"Oak Lane", "Dr. Amadi"}) {
		t.Errorf("got %+v", p)
	}
	long := []practice.Span{{From: 450, To: 720}, {From: 780, To: 960}}
	if want := (practice.Hours{Week: [7][]practice.Span{nil, long, long, long, long, nil, long}}); p.Country != "GB" || !reflect.DeepEqual(p.Hours, want) {
		t.Errorf("got the country %s and the hours %+v, want GB and %+v", p.Country, p.Hours, want)
	}
	people, err := s.store.People(ctx)
	if err != nil || len(people) != 1 || people[0].Role != practice.Owner || people[0].Name != "Ruth Amadi" {
		t.Fatalf("got %+v, %v", people, err)
	}
	places, err := s.store.Places(ctx)
	if err != nil || len(places) != 1 || places[0].Name != "Oakville" || people[0].PlaceID != places[0].ID {
		t.Errorf("got %+v, %v", places, err)
	}
	who, err := s.store.Setting(ctx, practice.SettingPerson)
	if err != nil || who != strconv.FormatInt(people[0].ID, 10) {
		t.Errorf("who works: got %q, %v", who, err)
	}
}

func TestEnterGoesOn(t *testing.T) {
	s := open(t)
	s.press("Set up my practice")
	s.enter("Elm Street Dental", "Oak Lane")
	if len(s.host.Focused) == 0 {
		t.Fatal("nothing has the keyboard")
	}
	name, ok := s.host.Focused[len(s.host.Focused)-1].(*kit.Entry)
	if !ok {
		t.Fatal("the first entry does not have the keyboard")
	}
	name.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if s.Step() != 2 {
		t.Errorf("got step %d, want 2", s.Step())
	}
}

func TestSample(t *testing.T) {
	s := open(t)
	s.sample = errors.New("The disk is full")
	s.press("Look around with a sample practice")
	if s.done != 0 || !s.sees("The disk is full.") {
		t.Errorf("a fault was not said; done %d times", s.done)
	}
	s.sample = nil
	s.press("Look around with a sample practice")
	if s.done != 1 {
		t.Errorf("done %d times, want once", s.done)
	}
}

func TestAPracticeThatCameMeanwhileIsOpenedAndNotReplaced(t *testing.T) {
	s := open(t)
	s.press("Set up my practice")
	s.enter("Elm Street Dental", "Oak Lane Family Practice")
	s.press("Next")
	s.enter("Dana Whitlock", "Ruth Amadi")
	s.press("Next")
	if err := s.store.Save(ctx, practice.Practice{Name: "Harbor Dental"}, audit.Program); err != nil { // goodwordctl init
		t.Fatal(err)
	}
	s.press("Begin")
	p, err := s.store.Get(ctx)
	if err != nil || p.Name != "Harbor Dental" {
		t.Errorf("the practice is %q, %v; want the one that was there", p.Name, err)
	}
	if people, err := s.store.People(ctx); err != nil || len(people) != 0 {
		t.Errorf("people were added to it: %v, %v", people, err)
	}
	if s.done != 1 || len(s.host.Toasts) != 1 || !strings.Contains(s.host.Toasts[0], "set up in this database meanwhile") {
		t.Errorf("done %d times, said %q; want it open, with a sentence", s.done, s.host.Toasts)
	}
}
