package inbox

import (
	"context"
	"errors"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// firstView is what the inbox shows first: what still waits for an answer.
const firstView = "is:open -is:snoozed"

// flaggedView is what somebody wants to come back to.
const flaggedView = "is:flagged"

// view is one line of the left pane.
type view struct {
	title, icon, query string
	count              func(tally) int
}

// tally is how many mentions there are in each view.
type tally struct {
	reviews.Counts
	flagged int
}

// standing are the views that every practice has.
var standing = []view{
	{"To answer", "inbox", firstView, func(c tally) int { return c.Open - c.Snoozed }},
	{"Unread", "mail", "is:unread", func(c tally) int { return c.New }},
	{"Overdue", "clock-alert", "is:overdue", func(c tally) int { return c.Overdue }},
	{"Urgent", "siren", "is:urgent is:open", func(c tally) int { return c.Urgent }},
	{"Negative", "frown", "sentiment:negative is:open", func(c tally) int { return c.Negative }},
	{"Drafts", "pencil", "status:answering", func(c tally) int { return c.Drafts }},
	{"Escalated", "users", "status:escalated", func(c tally) int { return c.Escalated }},
	{"Put off", "calendar-clock", "is:snoozed", func(c tally) int { return c.Snoozed }},
	{"Flagged", "flag", flaggedView, func(c tally) int { return c.flagged }},
	{"Done", "circle-check", "is:done", nil},
	{"All mentions", "list", "", func(c tally) int { return c.Mentions }},
}

// views is the left pane.
type views struct {
	s       *Screen
	lines   []*viewLine
	none    bool // the practice has no mentions at all
	saved   *fyne.Container
	own     []*viewLine
	tags    []string // that mentions have
	content fyne.CanvasObject
}

func newViews(s *Screen) *views {
	v := &views{s: s, saved: kit.Column(2)}
	var objects []fyne.CanvasObject
	for _, standing := range standing {
		line := newViewLine(standing, func() { v.open(standing) })
		v.lines = append(v.lines, line)
		objects = append(objects, line)
	}
	v.lines[0].chosen = true
	all := kit.Column(theme.Space4, kit.Column(2, objects...), v.saved)
	v.content = kit.Ground(theme.Sidebar, kit.Scrolling(kit.InsetXY(all, theme.Space2, theme.Space3)))
	return v
}

func (v *views) open(chosen view) {
	query, err := reviews.ParseQuery(chosen.query, v.s.deps.Now(), v.s.known().practice.Location())
	if err != nil {
		v.s.host.Fail("Opening the view", err)
		return
	}
	v.s.list.show(chosen.title, query)
	v.s.host.Focus(v.s.list.rows)
}

// titleOf is the name of the view that has this search, or "".
func (v *views) titleOf(query reviews.Query) string {
	for _, line := range v.all() {
		if line.view.query == query.String() {
			return line.view.title
		}
	}
	return ""
}

func (v *views) all() []*viewLine { return slices.Concat(v.lines, v.own) }

// choose marks the view whose search is shown.
func (v *views) choose(query reviews.Query) {
	for _, line := range v.all() {
		if chosen := line.view.query == query.String(); chosen != line.chosen {
			line.chosen = chosen
			line.Refresh()
		}
	}
}

// reload reads the counts and the saved views anew.
func (v *views) reload() {
	flagged, _ := reviews.ParseQuery(flaggedView, v.s.deps.Now(), v.s.known().practice.Location())
	v.s.bg.Run(func(ctx context.Context) func() {
		counts, err := v.s.deps.Mentions.Counts(ctx)
		var ids []int64
		if err == nil {
			ids, err = v.s.deps.Mentions.IDs(ctx, flagged)
		}
		if err != nil {
			return func() { v.s.host.Fail("Counting the mentions", err) }
		}
		saved, err := v.s.deps.Mentions.Views(ctx)
		tags, wrong := v.s.deps.Mentions.Tags(ctx)
		return func() {
			if err = errors.Join(err, wrong); err != nil {
				v.s.host.Fail("Reading the saved views and tags", err)
			}
			v.tags = tags
			v.show(tally{counts, len(ids)}, saved)
		}
	})
}

func (v *views) show(counts tally, saved []reviews.View) {
	if none := counts.Mentions == 0; none != v.none {
		v.none = none
		v.s.list.arrived() // an empty list says something else now
	}
	for _, line := range v.lines {
		if line.view.count != nil {
			line.setCount(line.view.count(counts))
		}
	}
	v.saved.Objects, v.own = nil, nil
	for _, view := range saved {
		line := newViewLine(viewOf(view), func() { v.open(viewOf(view)) })
		line.remove = func() { v.forget(view) }
		v.own = append(v.own, line)
		v.saved.Objects = append(v.saved.Objects, line)
	}
	if len(v.own) > 0 {
		title := kit.InsetXY(kit.NewLabel("Saved views", kit.Overline), theme.Space3, theme.Space1)
		v.saved.Objects = append([]fyne.CanvasObject{title}, v.saved.Objects...)
	}
	v.choose(v.s.list.query)
	v.content.Refresh()
}

func viewOf(saved reviews.View) view {
	return view{title: saved.Name, icon: "search", query: saved.Query}
}

// forget removes a saved view; undo saves it again.
func (v *views) forget(saved reviews.View) {
	by := v.s.by()
	run := func(doing string, step func(context.Context) error, done func()) {
		v.s.bg.Run(func(ctx context.Context) func() {
			err := step(ctx)
			return func() {
				if err != nil {
					v.s.host.Fail(doing, err)
					return
				}
				done()
				v.reload()
			}
		})
	}
	run("Removing the view", func(ctx context.Context) error { return v.s.deps.Mentions.RemoveView(ctx, saved.ID, by) }, func() {
		v.s.host.ToastUndo("The view "+saved.Name+" is removed", func() {
			run("Bringing the view back", func(ctx context.Context) error {
				_, err := v.s.deps.Mentions.SaveView(ctx, saved, by)
				return err
			}, func() {})
		})
	})
}

// viewLine is one line of the left pane: a drawing, a name, a count.
type viewLine struct {
	widget.BaseWidget
	view    view
	onTap   func()
	remove  func() // of a saved view, on the second button
	count   int
	chosen  bool
	hovered bool
	focused bool
}

func newViewLine(v view, onTap func()) *viewLine {
	l := &viewLine{view: v, onTap: onTap}
	l.ExtendBaseWidget(l)
	return l
}

func (l *viewLine) setCount(n int) {
	if n != l.count {
		l.count = n
		l.Refresh()
	}
}

// CreateRenderer is used by Fyne.
func (l *viewLine) CreateRenderer() fyne.WidgetRenderer {
	r := &viewRenderer{line: l, face: canvas.NewRectangle(nil), icon: widget.NewIcon(nil),
		title: kit.NewLabel(l.view.title, kit.Body).Ellipsis(), count: kit.NewLabel("", kit.Caption)}
	row := kit.Line(theme.Space2, container.NewGridWrap(fyne.NewSquareSize(theme.Space4), r.icon), kit.Fill(r.title), r.count)
	r.row = kit.InsetXY(row, theme.Space3, 6)
	r.Refresh()
	return r
}

type viewRenderer struct {
	line  *viewLine
	face  *canvas.Rectangle
	icon  *widget.Icon
	title *kit.Label
	count *kit.Label
	row   *fyne.Container
}

func (r *viewRenderer) Destroy() {}

func (r *viewRenderer) Layout(size fyne.Size) {
	r.face.Resize(size)
	r.row.Resize(size)
}

func (r *viewRenderer) MinSize() fyne.Size { return r.row.MinSize() }

func (r *viewRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.face, r.row} }

func (r *viewRenderer) Refresh() {
	style, role := kit.Body, theme.Secondary
	r.face.FillColor = nil
	switch {
	case r.line.chosen:
		style, role = kit.Strong.In(theme.AccentText), theme.AccentText
		r.face.FillColor = theme.Color(theme.Selected)
	case r.line.hovered:
		r.face.FillColor = theme.Color(theme.Hover)
	}
	r.face.CornerRadius = theme.Radius
	r.face.StrokeWidth = 0
	if r.line.focused {
		r.face.StrokeColor, r.face.StrokeWidth = theme.Color(theme.Focus), 2
	}
	r.icon.SetResource(theme.IconIn(r.line.view.icon, role))
	r.title.SetStyle(style)
	count := ""
	if r.line.count > 0 {
		count = kit.ShortCount(r.line.count)
	}
	r.count.SetText(count)
	r.face.Refresh()
	r.row.Refresh()
}

// Tapped shows the view.
func (l *viewLine) Tapped(*fyne.PointEvent) { l.onTap() }

// TappedSecondary offers to remove a saved view.
func (l *viewLine) TappedSecondary(e *fyne.PointEvent) {
	if l.remove == nil {
		return
	}
	if c := fyne.CurrentApp().Driver().CanvasForObject(l); c != nil {
		widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", fyne.NewMenuItem("Remove this view", l.remove)), c, e.AbsolutePosition)
	}
}

// Cursor is a hand.
func (l *viewLine) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that the line can be pressed.
func (l *viewLine) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.Refresh() }

// MouseMoved does nothing.
func (l *viewLine) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (l *viewLine) MouseOut() { l.hovered = false; l.Refresh() }

// FocusGained shows the ring.
func (l *viewLine) FocusGained() { l.focused = true; l.Refresh() }

// FocusLost hides the ring.
func (l *viewLine) FocusLost() { l.focused = false; l.Refresh() }

// TypedRune passes the letter on to the shell.
func (l *viewLine) TypedRune(r rune) { kit.PassRune(l, r) }

// TypedKey shows the view by space or return, and removes a saved one by delete.
func (l *viewLine) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		l.onTap()
	case fyne.KeyDelete:
		if l.remove != nil {
			l.remove()
		}
	default:
		kit.PassKey(l, e)
	}
}

// AccessibilityLabel is the name of the view.
func (l *viewLine) AccessibilityLabel() string { return l.view.title }

// AccessibilityRole is a button.
func (l *viewLine) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }
