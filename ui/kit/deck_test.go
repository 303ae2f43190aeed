package kit_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

func sizeInSight(t *testing.T, root fyne.CanvasObject, words string) float32 {
	t.Helper()
	for _, o := range kittest.Objects(root) {
		if text, ok := o.(*canvas.Text); ok && text.Text == words {
			return text.TextSize
		}
	}
	t.Fatalf("%q is not in sight", words)
	return 0
}

func TestTabsOutOfSightHearOfANewTheme(t *testing.T) {
	app := kittest.App(t)
	tabs := kit.NewTabs(kit.Tab{Title: "One", Content: kit.NewLabel("first", kit.Body)}, kit.Tab{Title: "Two", Content: kit.Scrolling(kit.Column(0, kit.NewLabel("second", kit.Body)))})
	window := kittest.Window(t, tabs, 400, 300)
	tabs.Select(1)
	before := sizeInSight(t, window.Content(), "second")
	tabs.Select(0)
	app.Settings().SetTheme(theme.New(theme.Dark, 1.5))
	tabs.Select(1)
	if got, want := sizeInSight(t, window.Content(), "second"), before*1.5; got != want {
		t.Errorf("after the text was made larger: got %v, want %v", got, want)
	}
}

func TestTabsLoadWhatComesIntoSight(t *testing.T) {
	kittest.App(t)
	loaded := ""
	load := func(what string) func() { return func() { loaded += what } }
	tabs := kit.NewTabs(kit.Tab{Title: "One", Content: kit.Gap(0), Load: load("1")}, kit.Tab{Title: "Two", Content: kit.Gap(0), Load: load("2")}, kit.Tab{Title: "Still", Content: kit.Gap(0)})
	for _, step := range []struct {
		do   func()
		want string
	}{
		{func() {}, ""}, {tabs.Freshen, "1"}, {tabs.Freshen, ""}, {func() { tabs.Open("two") }, "2"}, {func() { tabs.Open("One") }, ""},
		{tabs.Again, "1"}, {func() { tabs.Open("Two") }, "2"}, {func() { tabs.Open("Still") }, ""}, {tabs.Again, ""}, {func() { tabs.Open("One") }, "1"},
	} {
		loaded = ""
		if step.do(); loaded != step.want {
			t.Errorf("got %q loaded, want %q", loaded, step.want)
		}
	}
	if got := tabs.Open("Nowhere"); got != -1 || tabs.Selected() != 0 {
		t.Errorf("a tab that does not exist: got %d, and %d in sight", got, tabs.Selected())
	}
}

func TestDeckShowsOne(t *testing.T) {
	kittest.App(t)
	small, large := kit.Gap(10), kit.Gap(80)
	deck := kit.NewDeck(small, large)
	kittest.Window(t, deck, 200, 100)
	if !small.Visible() || large.Visible() {
		t.Error("the first object is shown first, alone")
	}
	if got := deck.MinSize().Height; got != 10 {
		t.Errorf("least height: got %v, want that of what is in sight, 10", got)
	}
	deck.ShowAt(1)
	deck.ShowAt(7)
	if small.Visible() || !large.Visible() || large.Size().Height != 100 {
		t.Errorf("the second object: visible %v, %v high", large.Visible(), large.Size().Height)
	}
}

func TestContentBehindAStateHearsOfANewTheme(t *testing.T) {
	app := kittest.App(t)
	states, content := kit.NewStates(), kit.NewLabel("content", kit.Body)
	window := kittest.Window(t, states, 400, 300)
	states.ShowContent(content)
	before := sizeInSight(t, window.Content(), "content")
	states.ShowLoading("Reading")
	app.Settings().SetTheme(theme.New(theme.Dark, 1.5))
	states.ShowContent(content)
	if got, want := sizeInSight(t, window.Content(), "content"), before*1.5; got != want {
		t.Errorf("after the text was made larger: got %v, want %v", got, want)
	}
}
