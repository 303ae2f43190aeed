package kit

import "context"

const (
	pageRows  = 64
	pagesKept = 32
)

// Pager feeds a list with rows of a long result: it knows how many there are and loads them page
// by page, when they come into sight, keeping the pages used last. A million rows cost no more
// than the two thousand it keeps.
//
// It belongs to the window's goroutine; only the loading functions run in the background.
type Pager[T any] struct {
	// OnChanged is told that the length or some rows are now known.
	OnChanged func()
	// OnError is told that loading went wrong.
	OnError func(error)

	background Background
	count      func(context.Context) (int, error)
	page       func(ctx context.Context, offset, limit int) ([]T, error)

	length  int
	known   bool
	round   int // grows with each Reload; answers to older questions are dropped
	pages   map[int]*loadedPage[T]
	stale   map[int]*loadedPage[T] // what was shown before Reload, until the new page is there
	clock   int
	cancel  func()
	cancels map[int]func()
}

type loadedPage[T any] struct {
	rows []T
	used int
}

// NewPager makes a pager and loads nothing yet; Reload begins.
func NewPager[T any](background Background, count func(context.Context) (int, error), page func(ctx context.Context, offset, limit int) ([]T, error)) *Pager[T] {
	return &Pager[T]{
		background: background, count: count, page: page,
		pages: map[int]*loadedPage[T]{}, cancels: map[int]func(){},
	}
}

// Len is the number of rows, 0 until it is known.
func (p *Pager[T]) Len() int { return p.length }

// Known tells whether the number of rows has been counted.
func (p *Pager[T]) Known() bool { return p.known }

// Reload counts again and forgets the pages, as after a change of filter or of data. Until the
// new rows are there the old ones stay in sight, so that nothing flickers.
func (p *Pager[T]) Reload() {
	p.round++
	round := p.round
	if p.cancel != nil {
		p.cancel()
	}
	for page, cancel := range p.cancels {
		delete(p.cancels, page)
		cancel()
	}
	var first []T
	p.cancel = p.background.Run(func(ctx context.Context) func() {
		length, err := p.count(ctx)
		if err == nil && length > 0 {
			// The first page comes with the count, so that the list shows both in one frame.
			first, err = p.page(ctx, 0, pageRows)
		}
		return func() {
			if round != p.round {
				return
			}
			if err != nil {
				p.fail(err)
				return
			}
			p.stale, p.pages = p.pages, map[int]*loadedPage[T]{}
			p.length, p.known = length, true
			if length > 0 {
				p.keep(0, first)
			}
			p.changed()
		}
	})
}

// At gives a row, or false while it is being loaded.
func (p *Pager[T]) At(index int) (T, bool) {
	var none T
	if index < 0 || index >= p.length {
		return none, false
	}
	number := index / pageRows
	if page, ok := p.pages[number]; ok {
		p.clock++
		page.used = p.clock
		if at := index % pageRows; at < len(page.rows) {
			return page.rows[at], true
		}
		return none, false
	}
	p.load(number)
	// Inline backgrounds have answered by now.
	page, ok := p.pages[number]
	if !ok {
		page, ok = p.stale[number]
	}
	if ok && index%pageRows < len(page.rows) {
		return page.rows[index%pageRows], true
	}
	return none, false
}

// Update changes a row in place, where it is loaded, without asking again: for a row that was read
// or answered. It returns whether it found one.
func (p *Pager[T]) Update(match func(T) bool, change func(T) T) bool {
	for _, page := range p.pages {
		for i, row := range page.rows {
			if match(row) {
				page.rows[i] = change(row)
				p.changed()
				return true
			}
		}
	}
	return false
}

// Find looks for a row among those that are loaded.
func (p *Pager[T]) Find(match func(T) bool) (index int, ok bool) {
	for number, page := range p.pages {
		for i, row := range page.rows {
			if match(row) {
				return number*pageRows + i, true
			}
		}
	}
	return 0, false
}

func (p *Pager[T]) load(number int) {
	if _, busy := p.cancels[number]; busy {
		return
	}
	round := p.round
	p.cancels[number] = func() {}
	cancel := p.background.Run(func(ctx context.Context) func() {
		rows, err := p.page(ctx, number*pageRows, pageRows)
		return func() {
			if round != p.round {
				return
			}
			delete(p.cancels, number)
			if err != nil {
				p.fail(err)
				return
			}
			p.keep(number, rows)
			p.changed()
		}
	})
	if _, busy := p.cancels[number]; busy {
		p.cancels[number] = cancel
	}
}

func (p *Pager[T]) keep(number int, rows []T) {
	p.clock++
	p.pages[number] = &loadedPage[T]{rows: rows, used: p.clock}
	delete(p.stale, number)
	for len(p.pages) > pagesKept {
		oldest := -1
		for n, page := range p.pages {
			if oldest < 0 || page.used < p.pages[oldest].used {
				oldest = n
			}
		}
		delete(p.pages, oldest)
	}
}

func (p *Pager[T]) changed() {
	if p.OnChanged != nil {
		p.OnChanged()
	}
}

func (p *Pager[T]) fail(err error) {
	if p.OnError != nil {
		p.OnError(err)
	}
}
