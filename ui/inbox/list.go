package inbox

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// list is the middle pane: what is searched for, and the mentions that fit, however many they are.
type list struct {
	s     *Screen
	query reviews.Query
	title string

	rows    *kit.List
	pager   *kit.Pager[kit.RowData]
	states  *kit.States
	keys    bool // the list takes the keyboard once it is in sight
	heading *kit.Label
	count   *kit.Label
	menu    *kit.IconButton // the views, where they have no pane
	terms   *fyne.Container // the query as chips
	wrong   *kit.Banner     // what is wrong with the search
	content fyne.CanvasObject

	found found
	fresh bool // the next rows are those of a new search: open the first
}

// found are the ids of the search; the background writes and reads them.
type found struct {
	mu    sync.Mutex
	round int
	query reviews.Query
	shown string // the query that the ids are of
	ids   []int64
	open  int64
}

func newList(s *Screen) *list {
	l := &list{s: s, title: standing[0].title}
	l.query, _ = reviews.ParseQuery(firstView, s.deps.Now(), s.known().practice.Location())
	l.found.query = l.query
	l.pager = kit.NewPager(s.bg, l.countAll, l.page)
	l.pager.OnError = func(err error) {
		l.states.ShowError("The list could not be read", err, l.reload)
	}
	l.pager.OnChanged = l.arrived
	l.rows = kit.NewList(l.pager)
	l.rows.IndexOf = l.indexOf
	l.rows.OnOpened = func(row kit.RowData) {
		l.found.setOpen(row.ID)
		s.reading.open(row.ID)
	}
	l.rows.OnActivated = func(kit.RowData) { s.reply.begin() }
	l.states = kit.NewStates()
	l.states.ShowLoading("Reading the inbox")
	l.heading = kit.NewLabel(l.title, kit.Heading).Ellipsis()
	l.count = kit.NewLabel("", kit.Secondary)
	l.menu = newViewsButton(s)
	l.terms = kit.Flow()
	l.wrong = kit.NewBanner(kit.ToneWarn, "")
	l.wrong.Hide()
	filter := kit.NewIconButton(theme.Icon("list-filter"), "Filter", nil)
	filter.OnTapped = func() { l.filterMenu(filter) }
	add := kit.NewIconButton(theme.Icon("plus"), "Add a mention by hand", s.addDialog)
	head := kit.Column(theme.Space2,
		kit.Line(theme.Space2, l.menu, kit.Fill(l.heading), l.count, filter, add),
		l.wrong, l.terms)
	l.content = kit.Column(0, kit.InsetSides(head, theme.Space4, theme.Space3, theme.Space3, theme.Space2), kit.Hairline(), kit.Fill(l.states))
	return l
}

// search shows what fits a text from the search box; one that cannot be understood changes nothing but says why.
func (l *list) search(text string) {
	query, err := reviews.ParseQuery(text, l.s.deps.Now(), l.s.known().practice.Location())
	l.wrong.Hidden = err == nil
	if err != nil {
		l.wrong.Set(kit.ToneWarn, kit.Sentence(err))
		l.content.Refresh()
		return
	}
	l.show(l.s.views.titleOf(query), query)
}

// show shows a query under a title; without one it is a search.
func (l *list) show(title string, query reviews.Query) {
	l.query, l.title = query, title
	if title == "" {
		l.title = "Search"
	}
	if query.Empty() {
		l.title = "All mentions"
	}
	l.wrong.Hide()
	l.heading.SetText(l.title)
	l.showTerms(title == "" && !query.Empty())
	l.s.views.choose(query)
	l.fresh = true
	l.rows.ScrollTo(0)
	l.reload()
}

// showTerms lists the conditions as chips; each can be taken away.
func (l *list) showTerms(on bool) {
	l.terms.Objects = nil
	if on {
		for i, term := range l.query.Terms {
			chip := kit.NewChip(term.String(), kit.ToneAccent)
			chip.OnRemoved = func() {
				q := l.query
				q.Terms = slices.Delete(slices.Clone(q.Terms), i, i+1)
				l.show("", q)
			}
			l.terms.Objects = append(l.terms.Objects, chip)
		}
		save := kit.NewChip("Save as view", kit.ToneNeutral)
		save.OnTapped = l.saveView
		l.terms.Objects = append(l.terms.Objects, save)
	}
	l.terms.Hidden = !on
	l.terms.Refresh()
	l.content.Refresh()
}

// narrow adds a condition to what is shown.
func (l *list) narrow(text string) func() {
	return func() {
		more, err := reviews.ParseQuery(text, l.s.deps.Now(), l.s.known().practice.Location())
		if err != nil {
			l.s.host.Fail("Filtering", err)
			return
		}
		q := l.query
		q.Terms = slices.DeleteFunc(slices.Clone(q.Terms), func(t reviews.Term) bool { return t.String() == text })
		l.show("", q.And(more))
	}
}

// reload reads the ids anew.
func (l *list) reload() {
	l.found.begin(l.query)
	l.rows.Reload()
}

// update shows one mention anew where it stands.
func (l *list) update(id int64) {
	l.s.bg.Run(func(ctx context.Context) func() {
		rows, err := l.rowsOf(ctx, []int64{id})
		if err != nil || len(rows) != 1 {
			return nil
		}
		return func() {
			l.pager.Update(func(r kit.RowData) bool { return r.ID == id }, func(kit.RowData) kit.RowData { return rows[0] })
		}
	})
}

// arrived shows the rows, or why there are none.
func (l *list) arrived() {
	if !l.pager.Known() {
		return
	}
	n := l.pager.Len()
	if count := kit.Count(n); count != l.count.Text() {
		l.count.SetText(count)
		l.content.Refresh()
	}
	if n == 0 {
		l.empty()
		if l.fresh {
			l.fresh = false
			l.rows.Close()
			l.s.reading.close()
		}
		return
	}
	l.states.ShowContent(l.rows)
	if l.keys {
		l.keys = false
		if l.s.idle() { // somebody may have gone to the search meanwhile
			l.s.host.Focus(l.rows)
		}
	}
	if l.fresh {
		l.fresh = false
		if l.s.reading.id == 0 {
			return
		}
		if _, ok := l.pager.Find(func(r kit.RowData) bool { return r.ID == l.s.reading.id }); !ok {
			l.rows.Close()
			l.s.reading.close()
		}
	}
}

func (f *found) begin(q reviews.Query) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.round++
	f.query = q
}

func (f *found) setOpen(id int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.open = id
}

func (f *found) current() []int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ids
}

// countAll reads the ids that fit. The open mention stays in its place even when it no longer fits, for somebody is reading it.
func (l *list) countAll(ctx context.Context) (int, error) {
	f := &l.found
	f.mu.Lock()
	round, query, before, open := f.round, f.query, f.ids, f.open
	f.mu.Unlock()
	ids, err := l.s.deps.Mentions.IDs(ctx, query)
	if err != nil {
		return 0, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.round != round {
		return 0, errors.New("a newer search has begun")
	}
	if f.shown == query.String() {
		ids = keep(before, ids, open)
	}
	f.ids, f.shown = ids, query.String()
	return len(ids), nil
}

// keep puts the open mention back where it stood before, if it is no longer among the ids.
func keep(before, ids []int64, open int64) []int64 {
	at := slices.Index(before, open)
	if open == 0 || at < 0 || slices.Contains(ids, open) {
		return ids
	}
	for _, next := range before[at+1 : min(len(before), at+50)] {
		if i := slices.Index(ids, next); i >= 0 {
			return slices.Insert(ids, i, open)
		}
	}
	return append(ids, open)
}

// page reads the rows of a stretch of the ids; if the ids were read anew meanwhile, it reads again.
func (l *list) page(ctx context.Context, offset, limit int) ([]kit.RowData, error) {
	for {
		ids := l.found.current()
		stretch := ids[min(offset, len(ids)):min(offset+limit, len(ids))]
		rows, err := l.rowsOf(ctx, stretch)
		if err != nil {
			return nil, err
		}
		now := l.found.current()
		if len(now) != len(ids) || len(ids) > 0 && &now[0] != &ids[0] {
			continue
		}
		return rows, nil
	}
}

// rowsOf reads some mentions, and how far the replies to them are, as the list shows them.
func (l *list) rowsOf(ctx context.Context, ids []int64) ([]kit.RowData, error) {
	mentions, err := l.s.deps.Mentions.Page(ctx, ids)
	if err != nil {
		return nil, err
	}
	states, err := l.s.deps.Replies.ReplyStates(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows := make([]kit.RowData, len(mentions))
	for i, m := range mentions {
		rows[i] = l.s.row(m, states[m.ID])
	}
	return rows, nil
}

func (l *list) indexOf(_ context.Context, id int64) (int, error) {
	return slices.Index(l.found.current(), id), nil
}

// markAllRead notes all that is shown as read.
func (l *list) markAllRead() {
	query, by := l.query, l.s.by()
	l.s.bg.Run(func(ctx context.Context) func() {
		n, err := l.s.deps.Life.MarkAllRead(ctx, query, by)
		return func() {
			if err != nil {
				l.s.host.Fail("Marking as read", err)
				return
			}
			l.s.host.Toast(fmt.Sprintf("%s marked as read", kit.Count(n)))
			l.reload()
		}
	})
}

// saveView asks for a name for what is shown.
func (l *list) saveView() {
	name := kit.NewEntry("Complaints about billing")
	field := kit.NewField("Name", "It appears at the left, below the other views.", name)
	query := l.query.String()
	var closeDialog func()
	save := func() {
		by, view := l.s.by(), reviews.View{Name: name.Text, Query: query}
		l.s.bg.Run(func(ctx context.Context) func() {
			_, err := l.s.deps.Mentions.SaveView(ctx, view, by)
			return func() {
				if field.SetErr(err); err == nil {
					closeDialog()
					l.s.views.reload()
				}
			}
		})
	}
	name.OnSubmitted = func(string) { save() }
	closeDialog = l.s.host.Dialog("Save this search", field, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save}, kit.Button{Title: "Cancel"})
	l.s.host.Focus(name)
}
