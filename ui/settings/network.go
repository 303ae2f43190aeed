package settings

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/fetch"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// networkPane holds the switch that takes the program off the network, and shows every request that ever left it.
type networkPane struct {
	screen *Screen
	states *kit.States
	read   reading
	flip   *widget.Check
}

// shown is how many requests the table shows.
const shown = 200

func newNetworkPane(s *Screen) *networkPane {
	p := &networkPane{screen: s, states: kit.NewStates()}
	p.flip = widget.NewCheck("Offline: no request leaves this computer", nil)
	return p
}

func (p *networkPane) name() string               { return "Network" }
func (p *networkPane) content() fyne.CanvasObject { return p.states }
func (p *networkPane) commands() []kit.Command    { return nil }

func (p *networkPane) load() {
	p.flip.OnChanged = nil
	p.flip.SetChecked(p.screen.deps.Offline())
	p.flip.OnChanged = func(on bool) {
		p.screen.deps.SetOffline(on)
		if on {
			p.screen.host.Toast("Offline. Nothing leaves this computer.")
			return
		}
		p.screen.host.Toast("Online. Sources are visited as they fall due.")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		entries, err := p.screen.deps.Ledger.Ledger(ctx, shown)
		return func() {
			if err != nil {
				p.states.ShowError("The network ledger could not be read", err, p.load)
				return
			}
			p.states.ShowContent(p.page(entries))
		}
	})
}

func (p *networkPane) page(entries []fetch.Entry) fyne.CanvasObject {
	list := fyne.CanvasObject(kit.Help("No request has left this computer so far."))
	if len(entries) > 0 {
		list = ledgerTable(entries)
	}
	note := fmt.Sprintf("The last %d requests, newest first: when, where to, why, and how many bytes went out and came in. There is no other traffic: no account, no telemetry.", shown)
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6,
		kit.NewSection("The switch", p.flip),
		kit.NewSection("Network ledger", kit.Column(theme.Space3, kit.Help(note), list))), 1080), theme.Space6, theme.Space4))
}

func ledgerTable(entries []fetch.Entry) fyne.CanvasObject {
	right := fyne.TextAlignTrailing
	table := kit.NewTable(kit.TableColumn{Title: "When", Width: 170}, kit.TableColumn{Title: "Where to"}, kit.TableColumn{Title: "Why"}, kit.TableColumn{Title: "Out", Width: 80, Align: right},
		kit.TableColumn{Title: "In", Width: 80, Align: right}, kit.TableColumn{Title: "Answer", Width: 240})
	var rows [][]kit.Cell
	for _, e := range entries {
		answer := kit.Cell{Text: fmt.Sprint(e.Status)}
		if e.Error != "" {
			answer = kit.Cell{Text: e.Error, Tone: kit.ToneWarn}
		}
		rows = append(rows, []kit.Cell{{Text: e.At.Local().Format("2 Jan 2006, 15:04:05"), Secondary: true}, {Text: e.Host, Strong: true}, {Text: e.Why, Secondary: true},
			{Text: kit.Bytes(e.Sent)}, {Text: kit.Bytes(e.Got)}, answer})
	}
	table.SetRows(rows)
	return table
}
