package ui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// mostToasts is how many toasts stand on one another; an older one makes room.
const mostToasts = 3

// toasts is the layer of short sentences at the foot of the window.
type toasts struct {
	layer      *fyne.Container
	background kit.Background
	stay       time.Duration
}

// newToasts makes the layer; left is where the screen begins in a window of that width.
func newToasts(background kit.Background, stay time.Duration, left func(width float32) float32) *toasts {
	return &toasts{layer: container.New(footLayout{left}), background: background, stay: stay}
}

// show adds a toast; action may be empty. A toast with sticky stays until it is closed.
func (t *toasts) show(text, icon, action string, run func(), sticky bool) {
	var plate *toast
	leave := func() { t.remove(plate) }
	plate = newToast(text, icon, action, func() {
		leave()
		if run != nil {
			run()
		}
	}, leave)
	for len(t.layer.Objects) >= mostToasts {
		t.remove(t.layer.Objects[0].(*toast))
	}
	t.layer.Add(plate)
	if sticky || t.stay < 0 {
		return
	}
	plate.cancel = t.background.Run(func(ctx context.Context) func() {
		timer := time.NewTimer(t.stay)
		defer timer.Stop()
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
			return leave
		}
	})
}

func (t *toasts) remove(plate *toast) {
	if plate.cancel != nil {
		plate.cancel()
	}
	t.layer.Remove(plate)
}

// footRoom is the height of a bar of buttons at the foot of a pane.
const footRoom = 56

// footLayout stacks toasts upwards from the lower left corner of the screen: what is to be pressed next stands at the right of most screens, and
// a toast must not lie on it. In a narrow window those buttons reach under it, so that it stands above them.
type footLayout struct{ left func(width float32) float32 }

// MinSize is nothing: toasts take no room from the window.
func (footLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// Layout places the toasts.
func (f footLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	x, y := f.left(size.Width)+theme.Space4, size.Height-theme.Space4
	if size.Width < railBreak {
		y -= footRoom
	}
	for i := len(objects) - 1; i >= 0; i-- {
		width := min(objects[i].(*toast).width(), size.Width-x-theme.Space4)
		objects[i].Resize(fyne.NewSize(width, objects[i].MinSize().Height))
		height := objects[i].MinSize().Height
		y -= height
		objects[i].Resize(fyne.NewSize(width, height))
		objects[i].Move(fyne.NewPos(x, y))
		y -= theme.Space2
	}
}

// toast is one sentence on a dark plate.
type toast struct {
	widget.BaseWidget
	text    string
	words   *kit.Paragraph
	content *fyne.Container
	cancel  func()
	extra   float32 // width beside the words
}

func newToast(text, icon, action string, run, leave func()) *toast {
	t := &toast{text: text, words: kit.NewParagraph(text)}
	t.words.SetStyle(kit.Body.In(theme.OnInverse))
	var parts []fyne.CanvasObject
	if icon != "" {
		image := widget.NewIcon(theme.IconIn(icon, theme.InverseAccent))
		parts = append(parts, container.NewGridWrap(fyne.NewSquareSize(18), image))
		t.extra += 18 + theme.Space3
	}
	parts = append(parts, kit.Fill(t.words))
	if action != "" {
		press := newToastAction(action, run)
		parts = append(parts, press)
		t.extra += press.MinSize().Width + theme.Space3
	}
	cross := kit.NewIconButton(theme.IconIn("x", theme.OnInverse), "Close", leave)
	parts = append(parts, cross)
	t.extra += cross.MinSize().Width + theme.Space3
	t.content = kit.InsetSides(kit.Line(theme.Space3, parts...), theme.Space4, theme.Space1, theme.Space1, theme.Space1)
	t.ExtendBaseWidget(t)
	return t
}

func (t *toast) width() float32 {
	text := fyne.MeasureText(t.text, theme.Size(theme.SizeText), fyne.TextStyle{}).Width
	return min(text+8, 520) + t.extra + theme.Space4 + theme.Space1
}

// AccessibilityLabel is the sentence.
func (t *toast) AccessibilityLabel() string { return t.text }

// AccessibilityRole is text.
func (t *toast) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (t *toast) CreateRenderer() fyne.WidgetRenderer {
	return newPlate(t, theme.Inverse, "", 8, t.content)
}

// toastAction is the word to press on a toast.
type toastAction struct {
	widget.BaseWidget
	word  *canvas.Text
	run   func()
	focus bool
}

func newToastAction(text string, run func()) *toastAction {
	a := &toastAction{word: canvas.NewText(text, theme.Color(theme.InverseAccent)), run: run}
	a.word.TextStyle.Bold = true
	a.word.TextSize = theme.Size(theme.SizeText)
	a.ExtendBaseWidget(a)
	return a
}

// AccessibilityLabel is the word.
func (a *toastAction) AccessibilityLabel() string { return a.word.Text }

// AccessibilityRole is a button.
func (a *toastAction) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (a *toastAction) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(a.word) }

// Tapped runs it.
func (a *toastAction) Tapped(*fyne.PointEvent) { a.run() }

// Cursor is a hand.
func (a *toastAction) Cursor() desktop.Cursor { return desktop.PointerCursor }
