package settings

import (
	"context"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// deskPane decides how a computer that several people share guards what is on its screen.
type deskPane struct {
	screen *Screen
	states *kit.States
	read   reading
}

func newDeskPane(s *Screen) *deskPane { return &deskPane{screen: s, states: kit.NewStates()} }

func (p *deskPane) name() string               { return "Front desk" }
func (p *deskPane) content() fyne.CanvasObject { return p.states }
func (p *deskPane) commands() []kit.Command    { return nil }

func (p *deskPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		desk, err := p.screen.deps.People.Desk(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("How the screen is guarded could not be read", err, p.load)
				return
			}
			p.show(desk)
		}
	})
}

// waits are the times that the form offers, in minutes.
var waits = []int{1, 2, 5, 10, 15, 30, 0}

func waitWords(minutes int) string {
	if minutes == 0 {
		return "Not by itself"
	}
	if minutes == 1 {
		return "After one minute"
	}
	return "After " + strconv.Itoa(minutes) + " minutes"
}

func (p *deskPane) show(desk practice.Desk) {
	keep := func(change func(*practice.Desk)) {
		by := p.screen.actor()
		next := desk
		change(&next)
		if next == desk {
			return
		}
		p.screen.back.Run(func(ctx context.Context) func() {
			err := p.screen.deps.People.SetDesk(ctx, next, by)
			return func() {
				if err != nil {
					p.screen.host.Fail("Keeping how the screen is guarded", err)
				}
				p.screen.told()
			}
		})
	}
	on := widget.NewCheck("Several people share this computer", nil)
	on.SetChecked(desk.On)
	on.OnChanged = func(checked bool) { keep(func(d *practice.Desk) { d.On = checked }) }
	blur := widget.NewCheck("Cover the screen while another window is in front", nil)
	blur.SetChecked(desk.Blur)
	blur.OnChanged = func(checked bool) { keep(func(d *practice.Desk) { d.Blur = checked }) }
	var titles []string
	for _, minutes := range waits {
		titles = append(titles, waitWords(minutes))
	}
	wait := kit.NewSelect(titles, nil)
	wait.SetSelected(waitWords(desk.Minutes))
	wait.OnChanged = func(title string) {
		for _, minutes := range waits {
			if waitWords(minutes) == title {
				keep(func(d *practice.Desk) { d.Minutes = minutes })
			}
		}
	}
	if !desk.On {
		wait.Disable()
	}
	parts := kit.Column(theme.Space6,
		kit.NewCard("A shared computer", kit.Column(theme.Space3, on, kit.Help("Goodword then begins with the list of names. Who has a PIN gives it; the others only pick their name."),
			kit.NewField("Lock the screen when nobody touches it", "", wait))),
		kit.NewCard("Looks from the side", kit.Column(theme.Space3, kit.NewParagraph("Ctrl+L covers everything at once, dialogs too. On a shared computer it also asks who works."), blur)),
		kit.Line(theme.Space2, kit.NewButton("People and their PINs", theme.Icon("users"), func() { p.screen.Receive("people") })))
	p.states.ShowContent(scrolled(parts))
}

// rightsTable shows what each role may do.
func rightsTable() fyne.CanvasObject {
	columns := []kit.TableColumn{{Title: "What"}}
	for _, r := range practice.Roles() {
		columns = append(columns, kit.TableColumn{Title: map[bool]string{true: "Officer", false: roles[r].title}[r == practice.Compliance], Width: 78, Align: fyne.TextAlignCenter})
	}
	table := kit.NewTable(columns...)
	var rows [][]kit.Cell
	for _, power := range practice.Powers() {
		row := []kit.Cell{{Text: power.Title}}
		for _, r := range practice.Roles() {
			cell := kit.Cell{Text: "–", Secondary: true}
			for _, has := range power.Roles {
				if has == r {
					cell = kit.Cell{Text: "Yes", Strong: true}
				}
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	table.SetRows(rows)
	return table
}
