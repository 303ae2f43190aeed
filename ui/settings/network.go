package settings

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// networkPane holds the switch that takes the program off the network, and the way to the ledger of all that ever left it.
type networkPane struct {
	screen *Screen
	flip   *widget.Check
	page   fyne.CanvasObject
}

func newNetworkPane(s *Screen) *networkPane {
	p := &networkPane{screen: s, flip: widget.NewCheck("Offline: no request leaves this computer", nil)}
	ledger := kit.NewButton("Open the network ledger", theme.Icon("globe"), func() { s.host.Go("sources", "network") })
	p.page = kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6,
		kit.NewSection("The switch", p.flip),
		kit.NewSection("Network ledger", kit.Column(theme.Space3,
			kit.Help("Each request is written down: when, where to, why, and how many bytes went out and came in. There is no other traffic: no account, no telemetry."),
			kit.Line(0, ledger)))), 1080), theme.Space6, theme.Space4))
	return p
}

func (p *networkPane) name() string               { return "Network" }
func (p *networkPane) content() fyne.CanvasObject { return p.page }
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
}
