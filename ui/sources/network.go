package sources

import (
	"context"
	"errors"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/fetch"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// network shows what the program asked of other computers, and the switch that ends all of it.
type network struct {
	screen  *Screen
	content fyne.CanvasObject
	states  *kit.States
	table   *kit.Table
	offline *widget.Check
	cancel  func()
	quiet   bool // the switch is being set by the program
}

// shownRequests is how many requests are listed.
const shownRequests = 200

func newNetwork(s *Screen) *network {
	n := &network{screen: s, states: kit.NewStates(), cancel: func() {}}
	n.offline = widget.NewCheck("Offline: no request leaves this computer", func(on bool) {
		if !n.quiet {
			n.setOffline(on)
		}
	})
	n.table = kit.NewTable(kit.TableColumn{Title: "When", Width: 170}, kit.TableColumn{Title: "Computer asked"}, kit.TableColumn{Title: "Why", Width: 240},
		kit.TableColumn{Title: "Answer"}, kit.TableColumn{Title: "Sent", Width: 80, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "Received", Width: 90, Align: fyne.TextAlignTrailing})
	n.content = container.NewBorder(kit.InsetXY(kit.Column(theme.Space2,
		kit.Help("Goodword speaks to nobody but the sources that you add. Every single request is listed here, the newest first. No account, no telemetry."), n.offline), 0, theme.Space3),
		nil, nil, nil, n.states)
	n.states.ShowLoading("Reading the ledger")
	return n
}

func (n *network) load() {
	n.cancel()
	n.cancel = n.screen.bg.Run(func(ctx context.Context) func() {
		entries, err := n.screen.deps.Network.Ledger(ctx, shownRequests)
		return func() {
			switch {
			case err != nil:
				n.states.ShowError("The ledger could not be read", err, n.load)
			case len(entries) == 0:
				n.states.ShowEmpty("globe", "No request was ever made", "As soon as a source is visited, each request stands here: when, to whom, why, and how much was sent and received.", nil)
			default:
				n.show(entries)
			}
		}
	})
}

func (n *network) show(entries []fetch.Entry) {
	now := n.screen.deps.Now()
	rows := make([][]kit.Cell, len(entries))
	for i, e := range entries {
		answer := kit.Cell{Text: statusText(e.Status), Icon: "circle-check"}
		if e.Status >= 400 || e.Error != "" {
			answer.Icon = "circle-alert"
		}
		if e.Error != "" {
			answer.Text = e.Error
		}
		rows[i] = []kit.Cell{{Text: kit.Capital(day(e.At, now))}, {Text: e.Host, Strong: true}, {Text: why(e.Why)}, answer, {Text: kit.Bytes(e.Sent), Secondary: true}, {Text: kit.Bytes(e.Got), Secondary: true}}
	}
	n.table.SetRows(rows)
	n.states.ShowContent(kit.Scrolling(n.table))
}

// why puts the reason of a request into words.
func why(reason string) string {
	switch reason {
	case "collect":
		return "Visit of a source"
	case "look":
		return "A look before adding"
	case "robots":
		return "To ask whether the page may be read"
	}
	return reason
}

// readSwitch shows whether the program is offline.
func (n *network) readSwitch() { n.showSwitch(n.screen.deps.Offline()) }

func (n *network) showSwitch(on bool) {
	n.quiet = true
	n.offline.SetChecked(on)
	n.quiet = false
	n.screen.seen.mu.Lock()
	n.screen.seen.offline = on
	n.screen.seen.mu.Unlock()
	n.screen.banner.Objects = nil
	if on {
		n.screen.banner.Objects = []fyne.CanvasObject{kit.InsetSides(n.screen.offline, theme.Space6, 0, theme.Space6, theme.Space2)}
	}
	n.screen.frame.Refresh()
}

func (n *network) setOffline(on bool) {
	n.screen.deps.SetOffline(on)
	n.screen.reload()
}

// insideOurs tells the error that a check mark can cure.
func insideOurs(err error) bool { return errors.Is(err, fetch.ErrPrivate) }

func entriesText(n int) string { return fmt.Sprintf("%s now", kit.Counted(n, "entry", "entries")) }
