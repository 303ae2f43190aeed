package kit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Layers is what the window holds: the content and over it, out of the way of the pointer, the
// tool tip and whatever else floats (the shell's toasts).
type Layers struct {
	widget.BaseWidget

	// OnShortcut is told shortcuts that a focused widget has no use for.
	OnShortcut func(fyne.Shortcut)
	// OnStir is told each move of the pointer over the window; it may be nil.
	OnStir func()

	content, float fyne.CanvasObject
	tip            *tip
	delay          *fyne.Animation
}

// NewLayers puts float over content; float may be nil. Presses go through float where it holds
// nothing that takes them.
func NewLayers(content, float fyne.CanvasObject) *Layers {
	l := &Layers{content: content, float: float, tip: newTip()}
	l.tip.Hide()
	l.ExtendBaseWidget(l)
	return l
}

// CreateRenderer is used by Fyne.
func (l *Layers) CreateRenderer() fyne.WidgetRenderer {
	objects := []fyne.CanvasObject{l.content}
	if l.float != nil {
		objects = append(objects, l.float)
	}
	objects = append(objects, l.tip)
	return &sketch{
		owner: l, objects: fixed(objects...), paint: func() {},
		min: l.content.MinSize,
		place: func(size fyne.Size) {
			l.content.Resize(size)
			if l.float != nil {
				l.float.Resize(size)
			}
		},
	}
}

// Cursor is asked at each move of the pointer, before the objects beneath are: that is how the window hears that somebody is there.
func (l *Layers) Cursor() desktop.Cursor {
	if l.OnStir != nil {
		l.OnStir()
	}
	return desktop.DefaultCursor
}

const tipDelay = 600 * time.Millisecond

// ShowTip shows text below an object after a moment, if the window has Layers.
func ShowTip(o fyne.CanvasObject, text string) {
	l := layersOf(o)
	if l == nil || text == "" {
		return
	}
	l.stopTip()
	l.delay = fyne.NewAnimation(tipDelay, func(done float32) {
		if done < 1 {
			return
		}
		l.tip.show(text)
		m, at := l.tip.MinSize(), fyne.CurrentApp().Driver().AbsolutePositionForObject(o)
		x := min(at.X+(o.Size().Width-m.Width)/2, l.Size().Width-m.Width-4)
		y := at.Y + o.Size().Height + 4
		if y+m.Height > l.Size().Height {
			y = at.Y - m.Height - 4
		}
		put(l.tip, max(4, x), y, m.Width, m.Height)
		l.tip.Show()
	})
	l.delay.Start()
}

// HideTip takes the tool tip away.
func HideTip(o fyne.CanvasObject) {
	if l := layersOf(o); l != nil {
		l.stopTip()
	}
}

func (l *Layers) stopTip() {
	if l.delay != nil {
		l.delay.Stop()
	}
	l.tip.Hide()
}

func layersOf(o fyne.CanvasObject) *Layers {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	l, _ := c.Content().(*Layers)
	return l
}

// tip is the small dark plate.
type tip struct {
	widget.BaseWidget
	text string
}

func newTip() *tip {
	t := &tip{}
	t.ExtendBaseWidget(t)
	return t
}

func (t *tip) show(text string) {
	t.text = text
	t.Refresh()
}

// CreateRenderer is used by Fyne.
func (t *tip) CreateRenderer() fyne.WidgetRenderer {
	plate, word := canvas.NewRectangle(nil), canvas.NewText("", nil)
	style := Caption.In(theme.OnInverse)
	paint := func() {
		plate.FillColor = theme.Color(theme.Inverse)
		plate.CornerRadius = 4
		style.paint(word)
		word.Text = t.text
	}
	paint()
	return &sketch{
		owner: t, objects: fixed(plate, word), paint: paint,
		min: func() fyne.Size { return measure(t.text, style).AddWidthHeight(16, 8) },
		place: func(size fyne.Size) {
			plate.Resize(size)
			put(word, 8, 4, size.Width-16, size.Height-8)
		},
	}
}
