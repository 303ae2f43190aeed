package settings

import (
	"fmt"

	"fyne.io/fyne/v2"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// lookPane chooses light or dark and the size of text; both act at once.
type lookPane struct {
	screen *Screen
	mode   *kit.Segmented
	size   *kit.Segmented
	body   fyne.CanvasObject
}

var modes = []theme.Mode{theme.Auto, theme.Light, theme.Dark}

var scales = []float32{0.9, 1, 1.15, 1.3, 1.5}

func newLookPane(s *Screen) *lookPane {
	p := &lookPane{screen: s}
	p.mode = kit.NewSegmented([]string{"As the computer", "Light", "Dark"}, 0, func(i int) {
		look := s.deps.Look()
		look.Mode = modes[i]
		s.deps.SetLook(look)
	})
	var titles []string
	for _, scale := range scales {
		titles = append(titles, fmt.Sprintf("%.0f %%", scale*100))
	}
	p.size = kit.NewSegmented(titles, 1, func(i int) { p.scale(i) })
	p.body = scrolled(kit.Column(theme.Space6,
		kit.NewSection("Light or dark", kit.Line(0, p.mode)),
		kit.NewSection("Size of text", kit.Column(theme.Space3, kit.Line(0, p.size), kit.Help("These choices belong to this computer, not to the practice.")))))
	return p
}

func (p *lookPane) scale(i int) {
	look := p.screen.deps.Look()
	look.Scale = scales[i]
	p.screen.deps.SetLook(look)
}

func (p *lookPane) at() int {
	look := p.screen.deps.Look()
	for i, scale := range scales {
		if scale >= look.Scale-0.01 {
			return i
		}
	}
	return len(scales) - 1
}

func (p *lookPane) step(n int) {
	i := max(0, min(len(scales)-1, p.at()+n))
	p.size.SetSelected(i)
	p.scale(i)
}

func (p *lookPane) name() string               { return "Appearance" }
func (p *lookPane) content() fyne.CanvasObject { return p.body }

func (p *lookPane) commands() []kit.Command {
	return []kit.Command{{Title: "Larger text", Run: func() { p.step(1) }}, {Title: "Smaller text", Run: func() { p.step(-1) }}}
}

func (p *lookPane) load() {
	look := p.screen.deps.Look()
	for i, m := range modes {
		if m == look.Mode {
			p.mode.SetSelected(i)
		}
	}
	p.size.SetSelected(p.at())
}
