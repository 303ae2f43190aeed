package settings_test

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/zalando/go-keyring"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/secret"
	"goodword/internal/vault"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/settings"
	"goodword/ui/theme"
)

var ctx = context.Background()

type desk struct {
	*settings.Screen
	t        *testing.T
	host     *kittest.Host
	store    *practice.Store
	reviews  *reviews.Store
	vault    *vault.Vault
	at       time.Time
	db       *database.DB
	window   fyne.Window
	look     settings.Look
	offline  bool
	heard    []string
	restored []string
	unsound  error
	accounts *accounts
}

func open(t *testing.T) *desk {
	t.Helper()
	kittest.App(t)
	d := &desk{t: t, at: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC), look: settings.Look{Mode: theme.Auto, Scale: 1}, accounts: &accounts{}}
	now := clock.Clock(func() time.Time { return d.at })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "practice.db"), now)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	d.db, d.store = db, practice.NewStore(db, now)
	d.reviews = reviews.NewStore(db, now, d.store, guard.Default())
	keyring.MockInit()
	d.vault = vault.New(db, now, secret.New(filepath.Join(t.TempDir(), "secrets")))
	must(t, d.store.Save(ctx, practice.Practice{Name: "Elm Street Dental", Phone: "555-0140", City: "Springfield", TimeZone: "America/Chicago", ContactName: "Dana Whitlock", ContactRole: "office manager",
		Disciplines: []string{"dental"}, WatchWords: []string{"Elm Street Dental", "Dr. Oberhuber"}, Facts: map[string]string{"parking": "free, behind the house", "hours": "Monday to Friday, 8 to 5"}}, audit.Program))
	place, err := d.store.SavePlace(ctx, practice.Place{Name: "Elm Street", City: "Springfield", Phone: "555-0140", Pages: map[string]string{"google": "https://example.org/g", "yelp": "https://example.org/y"}}, audit.Program)
	must(t, err)
	for _, p := range []practice.Person{{Name: "Dana Whitlock", Role: practice.Manager, Job: "office manager", PlaceID: place, HiredOn: "2019-03-04"}, {Name: "Dr. Maximiliane Oberhuber-Featherstonehaugh", Role: practice.Owner, Job: "dentist", Credentials: "DDS", HiredOn: "2012-09-01"},
		{Name: "Tom Reyes", Role: practice.Staff, Job: "dental assistant", HiredOn: "2021-01-01", LeftOn: "2026-01-31"}} {
		_, err = d.store.SavePerson(ctx, p, audit.Program)
		must(t, err)
	}
	d.host = &kittest.Host{Yes: true, PersonID: 1, Person: "Dana Whitlock"}
	d.Screen = settings.New(d.host, kit.Inline{}, settings.Deps{Accounts: d.accounts, Practices: d.store, People: d.store, Waiting: d.waiting, HandOver: d.handOver, Rules: d.reviews, Sources: d.reviews.Sources, Ladder: d.reviews, Keeping: d.reviews, Leaving: d.reviews, InForce: policy.NewStore(db, now, d.store).InForce, Vault: d.vault, Keys: d, Remembered: d.store, Wordings: d.reviews, Trial: d.trial, Gate: guard.Default(), Models: &models{}, Statements: policy.NewStore(db, now, d.store), Decisions: policy.NewStore(db, now, d.store), Topics: classify.Default().Topics, Learning: d.reviews, Unlearn: func(ctx context.Context, id int64, by audit.Actor) error {
		return d.reviews.TakeBack(ctx, id, reviews.Understood{Language: "en", Sentiment: "mixed"}, by)
	}, Data: db, Verify: func(context.Context) (string, error) {
		return "Everything holds: 12 lines of the audit log.", d.unsound
	},
		Restore: func(file string) { d.restored = append(d.restored, file) }, Offline: func() bool { return d.offline }, SetOffline: func(on bool) { d.offline = on },
		Look: func() settings.Look { return d.look }, SetLook: func(l settings.Look) { d.look = l }, Changed: func(what string) { d.heard = append(d.heard, what) }, Version: "1.0.0", Now: now})
	d.window = kittest.Window(t, d.Content(), 1080, 760)
	return d
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// find returns the first object in sight that fits.
func find[T any](d *desk, root fyne.CanvasObject, fits func(T) bool) T {
	d.t.Helper()
	for _, o := range kittest.Objects(root) {
		if o, ok := o.(T); ok && fits(o) {
			return o
		}
	}
	var none T
	d.t.Fatalf("no %T in sight fits", none)
	return none
}

func (d *desk) press(title string) {
	d.t.Helper()
	test.Tap(find(d, d.window.Content(), func(b *widget.Button) bool { return b.Text == title }))
}

func entry(d *desk, root fyne.CanvasObject, placeholder string) *kit.Entry {
	d.t.Helper()
	return find(d, root, func(e *kit.Entry) bool { return strings.HasPrefix(e.PlaceHolder, placeholder) })
}

func (d *desk) table() *kit.Table {
	d.t.Helper()
	return find(d, d.window.Content(), func(t *kit.Table) bool { return t.OnOpened != nil })
}

func (d *desk) dialog() fyne.CanvasObject {
	d.t.Helper()
	shown := d.host.LastDialog()
	if shown == nil {
		d.t.Fatal("no dialog was shown")
	}
	w := test.NewTempWindow(d.t, shown.Content)
	w.Resize(fyne.NewSize(700, 700))
	return shown.Content
}

func (d *desk) sees(words ...string) {
	d.t.Helper()
	var all strings.Builder
	for _, o := range kittest.Objects(d.window.Content()) {
		if named, ok := o.(interface{ AccessibilityLabel() string }); ok {
			all.WriteString(named.AccessibilityLabel() + "\n")
		}
	}
	for _, w := range words {
		if !strings.Contains(all.String(), w) {
			d.t.Errorf("the screen does not show %q; it shows:\n%s", w, all.String())
		}
	}
}

func TestEveryTab(t *testing.T) {
	d := open(t)
	d.Shown()
	for tab, words := range map[string]string{"practice": "Watch words", "hours": "Monday", "places": "Add a place", "people": "Add a person", "rules": "No rules yet", "words and topics": "24 topics", "keeping": "Nothing has to go.", "appearance": "Size of text",
		"data": "Verify", "network": "Open the network ledger", "about": "Version 1.0.0"} {
		d.Receive(tab)
		d.sees(words)
	}
}

func TestSavePractice(t *testing.T) {
	d := open(t)
	d.Shown()
	content := d.window.Content()
	name := entry(d, content, "Elm Street Dental")
	if name.Text != "Elm Street Dental" {
		t.Errorf("got name %q", name.Text)
	}
	name.SetText("Elm Street Dental Group")
	entry(d, content, "One a line").SetText("Elm Street\n\n Dr. O \n")
	zone := find(d, content, func(e *widget.SelectEntry) bool { return true })
	zone.SetText("Chicago")
	d.press("Save")
	d.sees("is not a time zone")
	zone.SetText("Europe/London")
	d.Changed(kit.ChangedPractice)
	if name.Text != "Elm Street Dental Group" {
		t.Errorf("typed text was lost: %q", name.Text)
	}
	d.press("Save")
	p, err := d.store.Get(ctx)
	must(t, err)
	if p.Name != "Elm Street Dental Group" || p.TimeZone != "Europe/London" || p.Facts["parking"] != "free, behind the house" || !slices.Equal(p.WatchWords, []string{"Elm Street", "Dr. O"}) || len(p.Hours.Week[1]) != 1 {
		t.Errorf("got %+v", p)
	}
	if !slices.Contains(d.heard, kit.ChangedPractice) {
		t.Errorf("the other screens were not told: %v", d.heard)
	}
}

func TestSaveHours(t *testing.T) {
	d := open(t)
	d.Receive("hours")
	days := []*kit.Entry{}
	for _, o := range kittest.Objects(d.window.Content()) {
		if e, ok := o.(*kit.Entry); ok && e.PlaceHolder == "closed" {
			days = append(days, e)
		}
	}
	if len(days) != 7 || days[0].Text != "8:00-17:00" || days[6].Text != "" {
		t.Fatalf("got %d days, Monday %q", len(days), days[0].Text)
	}
	days[0].SetText("8-12, 13:30–18")
	days[5].SetText("nine to five")
	d.press("Save")
	d.sees("is not a time span")
	days[5].SetText("9-8")
	d.press("Save")
	d.sees("ends before it begins")
	days[5].SetText("9:00-12:00")
	entry(d, d.window.Content(), "2026-12-25").SetText("2026-12-25\n")
	d.press("Save")
	p, err := d.store.Get(ctx)
	must(t, err)
	if got, want := p.Hours.Week[time.Monday], []practice.Span{{From: 480, To: 720}, {From: 810, To: 1080}}; !slices.Equal(got, want) {
		t.Errorf("Monday: got %v, want %v", got, want)
	}
	if len(p.Hours.Week[time.Saturday]) != 1 || !slices.Equal(p.Hours.Closed, []string{"2026-12-25"}) || p.Name != "Elm Street Dental" {
		t.Errorf("got %+v", p)
	}
}

func TestPlacesAndPeople(t *testing.T) {
	d := open(t)
	d.Receive("places")
	d.press("Add a place")
	form := d.dialog()
	entry(d, form, "Elm Street").SetText("Oak Lane")
	pages := entry(d, form, "google:")
	pages.SetText("google: javascript:alert(1)")
	d.host.LastDialog().Press("Save")
	if d.host.LastDialog().Closed {
		t.Error("an address that cannot be opened was taken")
	}
	pages.SetText("google: https://example.org/oak")
	d.host.LastDialog().Press("Save")
	places, err := d.store.Places(ctx)
	must(t, err)
	if len(places) != 2 || places[1].Pages["google"] != "https://example.org/oak" {
		t.Errorf("got %+v", places)
	}

	d.Receive("people")
	d.sees("2 people work here")
	d.table().OnOpened(0)
	form = d.dialog()
	find(d, form, func(s *widget.Select) bool { return s.Selected == "Manager" }).SetSelected("Compliance officer")
	left := entry(d, form, "still here")
	left.SetText("soon")
	d.host.LastDialog().Press("Save")
	if d.host.LastDialog().Closed {
		t.Error("\"soon\" was taken for a day")
	}
	left.SetText("")
	d.host.LastDialog().Press("Save")
	people, err := d.store.People(ctx)
	must(t, err)
	if people[0].Role != practice.Compliance || people[0].PlaceID != places[0].ID || people[0].HiredOn != "2019-03-04" {
		t.Errorf("got %+v", people[0])
	}
}

func TestLook(t *testing.T) {
	d := open(t)
	d.Receive("appearance")
	for _, c := range d.Commands() {
		if c.Title == "Larger text" {
			c.Run()
		}
	}
	if d.look.Scale != 1.15 || d.look.Mode != theme.Auto {
		t.Errorf("got %+v", d.look)
	}
	mode := find(d, d.window.Content(), func(s *kit.Segmented) bool { return strings.HasPrefix(s.AccessibilityLabel(), "As the computer") })
	mode.OnChanged(2)
	if d.look.Mode != theme.Dark || d.look.Scale != 1.15 {
		t.Errorf("got %+v", d.look)
	}
}

func TestDataIsBackedUpProvedAndRestored(t *testing.T) {
	d := open(t)
	d.Receive("data")
	d.sees(d.db.Path(), "There is no backup yet.")
	d.press("Back up now")
	last := database.LastBackup(d.db.Path())
	if last == "" {
		t.Fatal("there is no backup")
	}
	d.sees("The last backup is of", filepath.Base(last))
	d.press("Verify")
	d.sees("Everything holds: 12 lines of the audit log.")
	d.unsound = errors.New("Line 7 of the audit log does not fit the line before it")
	d.press("Verify")
	if len(d.host.Failures) != 1 || !strings.Contains(d.host.Failures[0], "Line 7") {
		t.Errorf("got %v", d.host.Failures)
	}
	if d.host.Status != "" {
		t.Errorf("the status stayed: %q", d.host.Status)
	}
}

func TestNetworkSwitch(t *testing.T) {
	d := open(t)
	d.Receive("network")
	d.press("Open the network ledger")
	if got := d.host.Went; len(got) != 1 || got[0].Screen != "sources" || got[0].Arg != "network" {
		t.Errorf("the ledger is not opened: %v", got)
	}
	find(d, d.window.Content(), func(*widget.Check) bool { return true }).SetChecked(true)
	if !d.offline {
		t.Error("the switch did nothing")
	}
}
