package kit

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Meter is a thin bar that shows a share of the whole.
type Meter struct {
	widget.BaseWidget
	share float64
	tone  Tone
}

// NewMeter makes a meter; share is 0 to 1.
func NewMeter(share float64, tone Tone) *Meter {
	m := &Meter{share: share, tone: tone}
	m.ExtendBaseWidget(m)
	return m
}

// Set changes the share.
func (m *Meter) Set(share float64, tone Tone) {
	m.share, m.tone = share, tone
	m.Refresh()
}

// AccessibilityLabel says the share in percent.
func (m *Meter) AccessibilityLabel() string { return trimNumber(m.share*100) + " percent" }

// AccessibilityRole is text.
func (m *Meter) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (m *Meter) CreateRenderer() fyne.WidgetRenderer {
	track, fill := canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	paint := func() {
		track.FillColor, fill.FillColor = theme.Color(theme.NeutralSoft), theme.Color(m.tone.Mark())
		track.CornerRadius, fill.CornerRadius = 3, 3
		fill.Hidden = m.share <= 0
	}
	paint()
	return &sketch{
		owner: m, objects: fixed(track, fill), paint: paint,
		min: func() fyne.Size { return fyne.NewSize(48, 6) },
		place: func(size fyne.Size) {
			y := (size.Height - 6) / 2
			put(track, 0, y, size.Width, 6)
			put(fill, 0, y, max(6, size.Width*float32(max(0, min(1, m.share)))), 6)
		},
	}
}

// Progress is work under way: what it is, how far it is, and a way to stop it.
type Progress struct {
	widget.BaseWidget

	// OnCancel stops the work; nil hides the cross.
	OnCancel func()

	words   *Label
	meter   *Meter
	stop    *IconButton
	content *fyne.Container
}

// NewProgress makes a line for work of which nothing is known yet.
func NewProgress(text string) *Progress {
	p := &Progress{words: NewLabel(text, Secondary).Ellipsis(), meter: NewMeter(0, ToneAccent)}
	p.stop = NewIconButton(theme.IconIn("x", theme.Secondary), "Stop", func() {
		if p.OnCancel != nil {
			p.OnCancel()
		}
	})
	p.meter.Hide()
	p.content = Line(theme.Space2, Fill(p.words), p.meter, p.stop)
	p.ExtendBaseWidget(p)
	return p
}

// Set says what is going on and how far it is, 0 to 1; below 0 nobody knows, and no bar is shown.
func (p *Progress) Set(text string, share float64) {
	p.words.SetText(text)
	p.meter.Hidden = share < 0
	p.meter.Set(share, ToneAccent)
	p.Refresh()
}

// Text is what is said to be going on.
func (p *Progress) Text() string { return p.words.Text() }

// CreateRenderer is used by Fyne.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: p, objects: fixed(p.content), min: p.content.MinSize,
		paint: func() { p.stop.Hidden = p.OnCancel == nil },
		place: func(size fyne.Size) {
			p.content.Resize(size)
			p.content.Refresh()
		},
	}
}
