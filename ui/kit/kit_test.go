package kit_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// TestLooks compares what widgets draw with what they drew when somebody last looked at them. New
// pictures land in testdata/failed; look at them before they are moved to testdata.
func TestLooks(t *testing.T) {
	day := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	tests := []struct {
		name          string
		width, height float32
		make          func() fyne.CanvasObject
	}{
		{"chip", 120, 32, func() fyne.CanvasObject { return kit.NewChip("Waiting time", kit.ToneWarn) }},
		{"label_cut", 120, 24, func() fyne.CanvasObject {
			return kit.NewLabel("A line that is far too long for its place", kit.Body).Ellipsis()
		}},
		{"stars_half", 100, 20, func() fyne.CanvasObject { return kit.NewStars(3.5) }},
		{"segmented", 240, 40, func() fyne.CanvasObject {
			return kit.NewSegmented([]string{"Week", "Month", "Year"}, 1, nil)
		}},
		{"paragraph_marks", 260, 90, func() fyne.CanvasObject {
			p := kit.NewParagraph("Thank you for visiting us on Tuesday, we hope to see you soon.")
			p.SetMarks([]kit.Mark{{Start: 10, End: 36, Tone: kit.ToneBad, Underline: true}})
			return p
		}},
		{"empty", 420, 260, func() fyne.CanvasObject {
			return kit.EmptyState("inbox", "Nothing here", "New mentions show up here.", kit.NewPrimary("Add a source", nil, nil))
		}},
		{"error", 420, 260, func() fyne.CanvasObject {
			return kit.ErrorState("The list could not be read", errors.New("the disk is full"), func() {})
		}},
		{"banner", 420, 40, func() fyne.CanvasObject { return kit.NewBanner(kit.ToneWarn, "You are offline.") }},
		{"table", 420, 120, func() fyne.CanvasObject {
			table := kit.NewTable(kit.TableColumn{Title: "Question"}, kit.TableColumn{Title: "State", Width: 100})
			table.SetRows([][]kit.Cell{
				{{Text: "Is there a policy?", Strong: true}, {Text: "Done", Tone: kit.ToneGood}},
				{{Text: "Who signs it?"}, {Text: "Open"}},
			})
			return table
		}},
		{"bars", 300, 160, func() fyne.CanvasObject {
			return kit.NewBarChart([]kit.Bar{{Label: "Jan", Value: 10}, {Label: "Feb", Value: 25}, {Label: "Mar"}})
		}},
		{"bars_empty", 300, 160, func() fyne.CanvasObject { return kit.NewBarChart(nil) }},
		{"line_gap", 300, 180, func() fyne.CanvasObject {
			return kit.NewLineChart([]string{"Jan", "Feb", "Mar"}, kit.Series{Name: "All", Values: []float64{3, math.NaN(), 4.5}})
		}},
		{"form", 300, 90, func() fyne.CanvasObject {
			f := kit.NewField("Name", "As on the door.", kit.NewEntry("Lakeside Dental"))
			f.SetError("Give the practice a name.")
			return f
		}},
		{"week", 700, 140, func() fyne.CanvasObject {
			g := kit.NewWeekGrid(day, day, time.Monday)
			g.SetItems(func(d time.Time) []kit.DayItem {
				if d.Day() == 18 {
					return []kit.DayItem{{ID: "a", Title: "Policy due", Tone: kit.ToneBad}}
				}
				return nil
			})
			return g
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			kittest.App(t)
			w := kittest.Window(t, tt.make(), tt.width, tt.height)
			test.AssertRendersToMarkup(t, tt.name+".xml", w.Canvas())
		})
	}
}

func TestListPicture(t *testing.T) {
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		app := kittest.App(t)
		app.Settings().SetTheme(theme.New(mode, 1))
		list := kit.NewList(sampleShelf(1000))
		w := kittest.Window(t, list, 420, 400)
		list.Reload()
		list.OpenAt(1)
		test.AssertRendersToImage(t, "list_"+string(mode)+".png", w.Canvas())
	}
}

func TestParagraphWrapsAndGrows(t *testing.T) {
	kittest.App(t)
	p := kit.NewParagraph(strings.Repeat("one two three ", 20) + "\n\nlast")
	p.Resize(fyne.NewSize(600, 10))
	wide := p.MinSize().Height
	p.Resize(fyne.NewSize(150, 10))
	if narrow := p.MinSize().Height; narrow <= wide*2 {
		t.Errorf("got %v high at 150 and %v at 600, want much more at 150", narrow, wide)
	}
	p.SetText("")
	if got := p.MinSize().Height; got <= 0 {
		t.Errorf("an empty paragraph is %v high, want one line", got)
	}
}

func TestParagraphSelectsAndCopies(t *testing.T) {
	app := kittest.App(t)
	p := kit.NewParagraph("Zoë’s front desk")
	kittest.Window(t, p, 400, 40)
	p.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(6, 8)})
	if got, want := p.SelectedText(), "Zoë’s"; got != want {
		t.Errorf("got %q selected, want %q", got, want)
	}
	p.TypedShortcut(&fyne.ShortcutCopy{})
	if got, want := app.Clipboard().Content(), "Zoë’s"; got != want {
		t.Errorf("got %q copied, want %q", got, want)
	}
	p.MouseDown(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary, PointEvent: fyne.PointEvent{Position: fyne.NewPos(0, 8)}})
	p.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(390, 8)}})
	if got, want := p.SelectedText(), p.Text(); got != want {
		t.Errorf("got %q selected by dragging, want %q", got, want)
	}
}

func TestParagraphTellsPressedMarks(t *testing.T) {
	kittest.App(t)
	p := kit.NewParagraph("Thank you for visiting")
	kittest.Window(t, p, 400, 40)
	pressed := -1
	p.OnMarkTapped = func(i int) { pressed = i }
	p.SetMarks([]kit.Mark{{Start: -1, End: 3}, {Start: 0, End: 99}, {Start: 0, End: 5, Tone: kit.ToneBad}})
	test.TapAt(p, fyne.NewPos(10, 8))
	if pressed != 0 {
		t.Errorf("got mark %d pressed, want 0: marks outside the text are dropped", pressed)
	}
}

func TestMarkedEntrySelectsTheWordsOfAFinding(t *testing.T) {
	kittest.App(t)
	m := kit.NewMarkedEntry("", 4)
	kittest.Window(t, m, 260, 400)
	told := 0
	m.OnChanged = func(string) { told++ }
	text := "Dear Zoë, we were glad to help.\nThank you for visiting us on Tuesday, we would love to see you again soon."
	m.SetText(text)
	if told != 0 {
		t.Error("SetText told OnChanged")
	}
	for _, quote := range []string{"Zoë", "Thank you for visiting us on Tuesday", "soon.", "D"} {
		start := strings.Index(text, quote)
		m.SetFindings([]kit.Finding{{Start: start, End: start + len(quote), Quote: quote, Why: "It tells that the writer is a patient."}})
		m.SelectFinding(0)
		if got := m.Entry.SelectedText(); got != quote {
			t.Errorf("got %q selected, want %q", got, quote)
		}
	}
	m.SetFindings([]kit.Finding{{Start: 0, End: 4, Quote: "Tuesday"}})
	m.SelectFinding(0)
	if got, want := m.Entry.SelectedText(), "Tuesday"; got != want {
		t.Errorf("words that moved: got %q selected, want %q", got, want)
	}
	m.SelectFinding(7)
}

func TestSplitMovesWithinItsLimits(t *testing.T) {
	kittest.App(t)
	a, b := kit.NewLabel("a", kit.Body), kit.NewLabel("b", kit.Body)
	split := kit.NewSplit(a, b, 200)
	split.MinFirst, split.MinSecond = 100, 150
	w := kittest.Window(t, split, 500, 300)
	moved := float32(0)
	split.OnMoved = func(size float32) { moved = size }
	test.Drag(w.Canvas(), fyne.NewPos(200, 100), 60, 0)
	if moved != 260 || a.Size().Width != 260 {
		t.Errorf("got %v told and %v wide, want 260", moved, a.Size().Width)
	}
	test.Drag(w.Canvas(), fyne.NewPos(260, 100), -900, 0)
	if got := a.Size().Width; got != 100 {
		t.Errorf("got the first pane %v wide, want its least of 100", got)
	}
	split.SetSize(900)
	if got := b.Size().Width; got != 150 {
		t.Errorf("got the second pane %v wide, want its least of 150", got)
	}
}

func TestTableOpensAndSorts(t *testing.T) {
	kittest.App(t)
	table := kit.NewTable(kit.TableColumn{Title: "A", Width: 100}, kit.TableColumn{Title: "B"})
	table.SetRows([][]kit.Cell{{{Text: "1"}, {Text: "2"}}, {{Text: "3"}, {Text: "4"}}})
	var opened, sorted []int
	table.OnOpened = func(row int) { opened = append(opened, row) }
	table.OnSort = func(column int) { sorted = append(sorted, column) }
	kittest.Window(t, table, 300, 200)
	test.TapAt(table, fyne.NewPos(150, 8))
	test.TapAt(table, fyne.NewPos(20, 90))
	table.FocusGained()
	for _, key := range []fyne.KeyName{fyne.KeyHome, fyne.KeyReturn, fyne.KeyDown, fyne.KeyDown, fyne.KeySpace} {
		table.TypedKey(&fyne.KeyEvent{Name: key})
	}
	if want := []int{1, 0, 1}; !slices.Equal(opened, want) {
		t.Errorf("got rows %v opened, want %v", opened, want)
	}
	if want := []int{1}; !slices.Equal(sorted, want) {
		t.Errorf("got columns %v sorted, want %v", sorted, want)
	}
}

func TestBarChartOpensByPressAndKey(t *testing.T) {
	kittest.App(t)
	chart := kit.NewBarChart([]kit.Bar{{Label: "a", Value: 1}, {Label: "b", Value: 2}, {Label: "c", Value: 3}})
	var got []int
	chart.OnTapped = func(i int) { got = append(got, i) }
	kittest.Window(t, chart, 300, 160)
	test.TapAt(chart, fyne.NewPos(150, 100))
	chart.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	chart.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	chart.Horizontal = true
	chart.Refresh()
	test.TapAt(chart, fyne.NewPos(150, 5))
	if want := []int{1, 2, 0}; !slices.Equal(got, want) {
		t.Errorf("got bars %v opened, want %v", got, want)
	}
}

func TestBoardMovesByKeyWhereAllowed(t *testing.T) {
	kittest.App(t)
	board := kit.NewBoard([]kit.BoardColumn{{ID: "draft", Title: "Draft"}, {ID: "review", Title: "Review"}, {ID: "done", Title: "Done"}})
	var moves []string
	var opened int64
	board.OnMoved = func(card int64, column string) { moves = append(moves, column) }
	board.OnOpened = func(card int64) { opened = card }
	board.CanMove = func(card int64, column string) bool { return column != "draft" }
	board.SetCards("review", []kit.BoardCard{{ID: 9, Title: "Ana Ruiz"}})
	w := kittest.Window(t, board, 800, 400)
	test.TapCanvas(w.Canvas(), fyne.NewPos(400, 70))
	if opened != 9 {
		t.Fatalf("got card %d opened, want 9", opened)
	}
	card := w.Canvas().Focused().(fyne.Shortcutable)
	card.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyLeft, Modifier: fyne.KeyModifierAlt})
	card.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt})
	if want := []string{"done"}; !slices.Equal(moves, want) {
		t.Errorf("got moves to %v, want %v", moves, want)
	}
}

func TestBoardBringsTheFocusedCardIntoSight(t *testing.T) {
	kittest.App(t)
	var columns []kit.BoardColumn
	for i := range 6 {
		columns = append(columns, kit.BoardColumn{ID: fmt.Sprint(i), Title: fmt.Sprint("Stage ", i)})
	}
	board := kit.NewBoard(columns)
	var cards []kit.BoardCard
	for i := range 12 {
		cards = append(cards, kit.BoardCard{ID: int64(i + 1), Title: fmt.Sprint("Card ", i+1), Text: "Knows every child by name."})
	}
	board.SetCards("0", cards[:1])
	board.SetCards("5", cards)
	w := kittest.Window(t, board, 700, 300)
	var found []fyne.Focusable
	for _, o := range kittest.Objects(w.Content()) {
		if card, ok := o.(fyne.Focusable); ok {
			found = append(found, card)
		}
	}
	if len(found) != 13 {
		t.Fatalf("got %d cards, want 13", len(found))
	}
	for _, i := range []int{12, 0, 1, 7} {
		w.Canvas().Focus(found[i])
		at, size := fyne.CurrentApp().Driver().AbsolutePositionForObject(found[i].(fyne.CanvasObject)), found[i].(fyne.CanvasObject).Size()
		if at.X < 0 || at.X+size.Width > 700 || at.Y < 0 || at.Y+size.Height > 300 {
			t.Errorf("card %d lies at %v of 700 x 300", i, at)
		}
	}
}

func TestAPageSetsItsActionsBeneathWhereTheyDoNotFit(t *testing.T) {
	kittest.App(t)
	action := kit.NewButton("Export all of it", nil, func() {})
	page := kit.NewPage("Insights", "The last twelve months", action).SetContent(kit.Gap(1))
	for width, beneath := range map[float32]bool{900: false, 200: true} {
		kittest.Window(t, page, width, 300)
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(action)
		if at.X+action.Size().Width > width || (at.Y > 50) != beneath {
			t.Errorf("in a window of %.0f the action lies at %v, beneath the title: want %v", width, at, beneath)
		}
	}
}

func TestMonthGrid(t *testing.T) {
	kittest.App(t)
	day := time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)
	grid := kit.NewMonthGrid(day, day, time.Monday)
	from, to := grid.Span()
	if got, want := from.Format(time.DateOnly)+" "+to.Format(time.DateOnly), "2026-10-26 2026-12-07"; got != want {
		t.Errorf("got the span %s, want %s", got, want)
	}
	grid.SetItems(func(d time.Time) []kit.DayItem {
		if d.Equal(day) {
			return []kit.DayItem{{ID: "policy", Title: "Policy due"}}
		}
		return nil
	})
	var items []string
	var days []int
	grid.OnItem = func(id string) { items = append(items, id) }
	grid.OnDay = func(d time.Time) { days = append(days, d.Day()) }
	kittest.Window(t, grid, 700, 600)
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	grid.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	test.TapAt(grid, fyne.NewPos(650, 352))
	if want := []string{"policy", "policy"}; !slices.Equal(items, want) {
		t.Errorf("got items %v opened, want %v", items, want)
	}
	if want := []int{15}; !slices.Equal(days, want) {
		t.Errorf("got days %v told, want %v", days, want)
	}
}

func TestChipAndSegmentedTellPresses(t *testing.T) {
	kittest.App(t)
	chip := kit.NewChip("Billing", kit.ToneNeutral)
	removed, pressed := 0, 0
	chip.OnTapped = func() { pressed++ }
	chip.OnRemoved = func() { removed++ }
	kittest.Window(t, kit.Flow(chip), 300, 40)
	test.TapAt(chip, fyne.NewPos(8, 10))
	test.TapAt(chip, fyne.NewPos(chip.Size().Width-10, 10))
	if pressed != 1 || removed != 1 {
		t.Errorf("got %d presses and %d removals, want 1 and 1", pressed, removed)
	}
	var chosen []int
	choice := kit.NewSegmented([]string{"Week", "Month"}, 0, func(i int) { chosen = append(chosen, i) })
	kittest.Window(t, choice, 300, 40)
	test.TapAt(choice, fyne.NewPos(100, 10))
	test.TapAt(choice, fyne.NewPos(100, 10))
	choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	choice.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if want := []int{1, 0}; !slices.Equal(chosen, want) {
		t.Errorf("got %v chosen, want %v", chosen, want)
	}
}

func TestWords(t *testing.T) {
	tests := []struct{ got, want string }{
		{kit.Count(1204), "1,204"}, {kit.Count(-1234567), "-1,234,567"}, {kit.Count(7), "7"},
		{kit.ShortCount(999), "999"}, {kit.ShortCount(1204), "1.2k"}, {kit.ShortCount(34_000), "34k"}, {kit.ShortCount(1_000_000), "1m"},
		{kit.Initials("Dr. Zoë van Lindqvist"), "ZL"}, {kit.Initials("ana"), "A"}, {kit.Initials("…"), "?"},
		{kit.StarsText(3), "3 of 5"}, {kit.StarsText(-1), "no rating"}, {kit.StarsText(3.5), "3.5 of 5"},
		{kit.Sentence(errors.New("the disk is full")), "The disk is full."}, {kit.Sentence(nil), ""},
		{kit.Percent(0.944), "94%"},
		{kit.Counted(1, "reply", "replies"), "1 reply"}, {kit.Counted(0, "reply", "replies"), "0 replies"}, {kit.Counted(1204, "reply", "replies"), "1,204 replies"},
		{kit.Bytes(999), "999 B"}, {kit.Bytes(1500), "1.5 KB"}, {kit.Bytes(2_340_000), "2.3 MB"}, {kit.Bytes(5_120_000_000), "5.12 GB"},
		{kit.Span(0), "1 min"}, {kit.Span(59 * time.Minute), "59 min"}, {kit.Span(47 * time.Hour), "47 h"}, {kit.Span(48 * time.Hour), "2 days"},
		{kit.ShortDay("2026-01-31"), "31 Jan 2026"}, {kit.ShortDay("soon"), "soon"}, {kit.ShortDay(""), ""},
		{kit.Capital("élan"), "Élan"}, {kit.Capital(""), ""},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
}

func TestDescribeReadsARow(t *testing.T) {
	row := kit.RowData{Title: "A Google user", Meta: "Google", Stars: 2, Age: "2 h over", Urgent: true, Unread: true, Mood: kit.MoodBad, Topics: []string{"Billing"}, Text: "Called three times"}
	want := "Urgent, Unread, A Google user, Google, 2 of 5, 2 h over, negative, Billing, Called three times"
	if got := row.Describe(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
