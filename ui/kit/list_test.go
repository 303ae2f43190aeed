package kit_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

// shelf is a long result of numbered rows; ids[i] is the id of row i, or i+1 where ids is nil.
type shelf struct {
	length int
	ids    []int64
	pages  []int // offsets asked for
	err    error
}

func (s *shelf) count(context.Context) (int, error) { return s.length, s.err }

func (s *shelf) page(_ context.Context, offset, limit int) ([]kit.RowData, error) {
	s.pages = append(s.pages, offset)
	rows := make([]kit.RowData, 0, limit)
	for i := offset; i < min(offset+limit, s.length); i++ {
		id := int64(i + 1)
		if s.ids != nil {
			id = s.ids[i]
		}
		rows = append(rows, kit.RowData{ID: id, Title: "Row " + kit.Count(int(id)), Stars: -1})
	}
	return rows, s.err
}

func (s *shelf) pager() *kit.Pager[kit.RowData] {
	return kit.NewPager(kit.Inline{}, s.count, s.page)
}

func TestPagerLoadsOnlyWhatIsSeen(t *testing.T) {
	s := &shelf{length: 1_000_000}
	p := s.pager()
	p.Reload()
	if got := p.Len(); got != s.length {
		t.Fatalf("got %d rows, want %d", got, s.length)
	}
	if row, ok := p.At(999_999); !ok || row.ID != 1_000_000 {
		t.Errorf("got %v %v for the last row, want id 1000000", row.ID, ok)
	}
	if _, ok := p.At(1_000_000); ok {
		t.Error("there is a row behind the last")
	}
	if want := []int{0, 999_936}; !slices.Equal(s.pages, want) {
		t.Errorf("got pages %v loaded, want %v", s.pages, want)
	}
	for i := range 40 {
		p.At(i * 64)
	}
	s.pages = nil
	p.At(39 * 64)
	if len(s.pages) != 0 {
		t.Errorf("a page in use was loaded again: %v", s.pages)
	}
	p.At(0)
	if want := []int{0}; !slices.Equal(s.pages, want) {
		t.Errorf("got %v, want the page used longest ago to have been dropped and loaded again", s.pages)
	}
}

func TestPagerTellsErrors(t *testing.T) {
	s := &shelf{length: 10, err: errors.New("the disk is full")}
	p := s.pager()
	var got error
	p.OnError = func(err error) { got = err }
	p.Reload()
	if !errors.Is(got, s.err) || p.Known() {
		t.Errorf("got %v, known %v; want the error and nothing known", got, p.Known())
	}
}

func TestPagerUpdatesInPlace(t *testing.T) {
	s := &shelf{length: 100}
	p := s.pager()
	p.Reload()
	told := 0
	p.OnChanged = func() { told++ }
	found := p.Update(func(r kit.RowData) bool { return r.ID == 7 }, func(r kit.RowData) kit.RowData {
		r.Status = "Answered"
		return r
	})
	if row, _ := p.At(6); !found || row.Status != "Answered" || told != 1 {
		t.Errorf("got found %v, status %q, told %d times", found, row.Status, told)
	}
}

func newListWindow(t *testing.T, s *shelf) (*kit.List, *[]int64, fyne.Window) {
	t.Helper()
	kittest.App(t)
	list := kit.NewList(s.pager())
	opened := &[]int64{}
	list.OnOpened = func(row kit.RowData) { *opened = append(*opened, row.ID) }
	w := kittest.Window(t, list, 400, 760)
	list.Reload()
	return list, opened, w
}

func TestListKeysOpenRows(t *testing.T) {
	list, opened, w := newListWindow(t, &shelf{length: 1_000_000})
	w.Canvas().Focus(list)
	keys := []fyne.KeyName{fyne.KeyHome, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyEnd, fyne.KeyDown, fyne.KeyPageUp}
	for _, key := range keys {
		list.TypedKey(&fyne.KeyEvent{Name: key})
	}
	list.TypedRune('k')
	list.TypedRune('j')
	page := int64(760/list.RowHeight()) - 1
	want := []int64{1, 2, 3, 2, 1_000_000, 1_000_000 - page, 1_000_000 - page - 1, 1_000_000 - page}
	if !slices.Equal(*opened, want) {
		t.Errorf("got %v opened, want %v", *opened, want)
	}
	var activated int64
	list.OnActivated = func(row kit.RowData) { activated = row.ID }
	list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if activated != 1_000_000-page {
		t.Errorf("Return activated %d, want %d", activated, 1_000_000-page)
	}
}

func TestListOpensByPress(t *testing.T) {
	list, opened, w := newListWindow(t, &shelf{length: 50})
	test.TapCanvas(w.Canvas(), fyne.NewPos(100, 2.5*list.RowHeight()))
	if want := []int64{3}; !slices.Equal(*opened, want) {
		t.Errorf("got %v opened, want %v", *opened, want)
	}
	if w.Canvas().Focused() != fyne.Focusable(list) {
		t.Error("a press does not give the list the keyboard")
	}
}

func TestListKeepsItsPlaceWhenRowsArrive(t *testing.T) {
	s := &shelf{length: 1000}
	list, opened, _ := newListWindow(t, s)
	list.OpenAt(10)
	list.ScrollTo(3 * float64(list.RowHeight()))
	before := list.Offset()
	s.ids = append([]int64{5001, 5002}, make([]int64, 0, 1000)...)
	for i := range 1000 {
		s.ids = append(s.ids, int64(i+1))
	}
	s.length = len(s.ids)
	list.Reload()
	if list.Open() != 11 {
		t.Errorf("got id %d open, want 11", list.Open())
	}
	if want := before + 2*float64(list.RowHeight()); list.Offset() != want {
		t.Errorf("got offset %v, want %v, so that the open row stays where it stood", list.Offset(), want)
	}
	if len(*opened) != 1 {
		t.Errorf("a reload opened rows: %v", *opened)
	}
	list.Next()
	if list.Open() != 12 {
		t.Errorf("the next row is %d, want 12", list.Open())
	}
}

func TestListFindsAFarRowAgain(t *testing.T) {
	s := &shelf{length: 100_000}
	list, _, _ := newListWindow(t, s)
	list.IndexOf = func(_ context.Context, id int64) (int, error) { return int(id) - 1, nil }
	list.SelectID(70_000)
	top := list.Offset() / float64(list.RowHeight())
	if top > 69_999 || top < 69_999-12 {
		t.Errorf("row 69999 is not in sight: the list begins at row %v", top)
	}
}

func TestListScrollsExactlyAtTheFarEnd(t *testing.T) {
	list, _, _ := newListWindow(t, &shelf{length: 1_000_000})
	list.ScrollTo(1e12)
	end := list.Offset()
	for range 4 {
		list.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, 25)})
	}
	if got, want := end-list.Offset(), 100.0; got != want {
		t.Errorf("four turns of the wheel moved %v, want %v", got, want)
	}
}

func TestListShrinks(t *testing.T) {
	s := &shelf{length: 1000}
	list, _, _ := newListWindow(t, s)
	list.OpenAt(999)
	s.length = 3
	list.Reload()
	if list.Offset() != 0 {
		t.Errorf("got offset %v after the list shrank, want 0", list.Offset())
	}
	s.length = 0
	list.Reload()
	list.Next()
	list.OpenAt(5)
}

func BenchmarkListFastScroll(b *testing.B) {
	kittest.App(b)
	list := kit.NewList(sampleShelf(1_000_000))
	kittest.Window(b, list, 420, 800)
	list.Reload()
	b.ReportAllocs()
	for b.Loop() {
		list.ScrollTo(list.Offset() + 400)
	}
}

func sampleShelf(n int) *kit.Pager[kit.RowData] {
	texts := []string{
		"The reception team knew my name before I sat down, and the hygienist explained every step.",
		"Waited ninety minutes past my slot and nobody said a word.",
		"Billing called three times about an invoice I had paid in March.",
	}
	return kit.NewPager(kit.Inline{}, func(context.Context) (int, error) { return n, nil },
		func(_ context.Context, offset, limit int) ([]kit.RowData, error) {
			var rows []kit.RowData
			for i := offset; i < min(offset+limit, n); i++ {
				rows = append(rows, kit.RowData{
					ID: int64(i + 1), Title: "Writer " + kit.Count(i), Meta: "Google", Text: texts[i%3],
					Topics: []string{"Waiting time"}, Stars: float64(i % 6), Age: "08:44", Unread: i%3 == 0, Urgent: i%7 == 0,
					Mood: kit.Mood(i % 4),
				})
			}
			return rows, nil
		})
}
