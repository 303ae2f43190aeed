package settings

import (
	"image/color"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// ruleRow is one rule of the list. A press or Return opens it, Space switches it, Delete removes it, Alt and an arrow move it.
type ruleRow struct {
	widget.BaseWidget
	pane           *rulesPane
	at             int
	rule           reviews.Rule
	hovered, focus bool
	ground         *canvas.Rectangle
	content        fyne.CanvasObject
}

func newRuleRow(p *rulesPane, at int, rule reviews.Rule) *ruleRow {
	r := &ruleRow{pane: p, at: at, rule: rule, ground: canvas.NewRectangle(color.Transparent)}
	r.ground.CornerRadius = theme.Radius
	name, place := kit.NewLabel(rule.Name, kit.Strong).Ellipsis(), kit.NewLabel(strconv.Itoa(at+1), kit.Caption)
	state := kit.NewChip("On", kit.ToneGood)
	if !rule.Active {
		name.SetStyle(kit.Strong.In(theme.Secondary))
		state = kit.NewChip("Off", kit.ToneNeutral)
	}
	state.OnTapped = func() { p.turn(rule) }
	up := kit.NewIconButton(theme.Icon("arrow-up"), "Earlier (Alt+Up)", func() { p.move(rule.ID, at-1) })
	down := kit.NewIconButton(theme.Icon("arrow-down"), "Later (Alt+Down)", func() { p.move(rule.ID, at+1) })
	if at == 0 {
		up.Disable()
	}
	if at == len(p.rules)-1 {
		down.Disable()
	}
	more := kit.NewIconButton(theme.Icon("ellipsis"), "More", nil)
	more.OnTapped = func() { r.menu(more) }
	condition := rule.Query
	if q, err := p.parse(rule.Query); err == nil {
		condition = p.known.describe(q)
	}
	words := kit.Column(theme.Space1/2, name, line("If", condition), line("Then", does(rule)))
	r.content = kit.InsetXY(kit.Line(theme.Space3, kit.MinWidth(place, theme.Space4), kit.Fill(words), state, kit.Line(0, up, down, more)), theme.Space2, theme.Space2)
	r.ExtendBaseWidget(r)
	return r
}

// line is a small word with what stands for it.
func line(name, text string) fyne.CanvasObject {
	return kit.Line(theme.Space2, kit.MinWidth(kit.NewLabel(name, kit.Caption), theme.Space8), kit.Fill(kit.NewLabel(text, kit.Secondary).Ellipsis()))
}

func (r *ruleRow) menu(under fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(under)
	if c == nil {
		return
	}
	turn := "Switch it off"
	if !r.rule.Active {
		turn = "Switch it on"
	}
	menu := fyne.NewMenu("", fyne.NewMenuItem("Change", func() { r.pane.edit(r.rule) }), fyne.NewMenuItem("Run on what is there", func() { r.pane.run(r.rule) }),
		fyne.NewMenuItem(turn, func() { r.pane.turn(r.rule) }), fyne.NewMenuItem("Remove", func() { r.pane.remove(r.rule) }))
	widget.ShowPopUpMenuAtRelativePosition(menu, c, fyne.NewPos(0, under.Size().Height), under)
}

// CreateRenderer is used by Fyne.
func (r *ruleRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(r.ground, r.content))
}

// Refresh paints the ground and the ring anew.
func (r *ruleRow) Refresh() {
	r.ground.FillColor, r.ground.StrokeWidth = color.Transparent, 0
	if r.hovered {
		r.ground.FillColor = theme.Color(theme.Hover)
	}
	if r.focus {
		r.ground.FillColor = theme.Color(theme.Selected)
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Focus), 2
	}
	r.ground.Refresh()
	r.BaseWidget.Refresh()
}

// AccessibilityLabel reads the rule.
func (r *ruleRow) AccessibilityLabel() string {
	state := "on"
	if !r.rule.Active {
		state = "off"
	}
	return strconv.Itoa(r.at+1) + ", " + r.rule.Name + ", " + state + ": if " + r.rule.Query + ", then " + does(r.rule)
}

// AccessibilityRole is a button.
func (r *ruleRow) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped opens the rule.
func (r *ruleRow) Tapped(*fyne.PointEvent) { r.pane.edit(r.rule) }

// Cursor is a hand.
func (r *ruleRow) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn marks the row.
func (r *ruleRow) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved is not needed.
func (r *ruleRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the mark away.
func (r *ruleRow) MouseOut() { r.hovered = false; r.Refresh() }

// FocusGained shows the ring.
func (r *ruleRow) FocusGained() { r.focus = true; r.Refresh() }

// FocusLost hides it.
func (r *ruleRow) FocusLost() { r.focus = false; r.Refresh() }

// TypedRune passes the letter on to the shell.
func (r *ruleRow) TypedRune(letter rune) { kit.PassRune(r, letter) }

// TypedKey opens, switches or removes the rule, or goes to a neighbour.
func (r *ruleRow) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyReturn, fyne.KeyEnter:
		r.pane.edit(r.rule)
	case fyne.KeySpace:
		r.pane.turn(r.rule)
	case fyne.KeyDelete:
		r.pane.remove(r.rule)
	case fyne.KeyDown:
		r.step(1)
	case fyne.KeyUp:
		r.step(-1)
	default:
		kit.PassKey(r, e)
	}
}

func (r *ruleRow) step(by int) {
	if to := r.at + by; to >= 0 && to < len(r.pane.rows) {
		r.pane.screen.host.Focus(r.pane.rows[to])
	}
}

// TypedShortcut moves the rule by Alt and an arrow.
func (r *ruleRow) TypedShortcut(s fyne.Shortcut) {
	key, ok := s.(*desktop.CustomShortcut)
	switch {
	case ok && key.Modifier == fyne.KeyModifierAlt && key.KeyName == fyne.KeyUp:
		r.pane.move(r.rule.ID, r.at-1)
	case ok && key.Modifier == fyne.KeyModifierAlt && key.KeyName == fyne.KeyDown:
		r.pane.move(r.rule.ID, r.at+1)
	default:
		kit.PassShortcut(r, s)
	}
}
