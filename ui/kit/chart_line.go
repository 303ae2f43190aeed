package kit

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// Series is one line of a LineChart. A NaN is a gap.
type Series struct {
	Name   string
	Values []float64
	Tone   Tone
}

// LineChart shows how values went over time. Each point in time can be opened.
type LineChart struct {
	widget.BaseWidget

	// OnTapped opens what a point in time stands for.
	OnTapped func(index int)
	// Format writes a value.
	Format func(float64) string
	// Min and Max fix the ends of the scale; nil takes them from the values.
	Min, Max *float64

	labels  []string
	series  []Series
	over    int
	objects []fyne.CanvasObject
	left    float32 // of the plot
	step    float32 // between two points
}

// NewLineChart makes a chart with a label for each point in time.
func NewLineChart(labels []string, series ...Series) *LineChart {
	c := &LineChart{labels: labels, series: series, over: -1}
	c.ExtendBaseWidget(c)
	return c
}

// SetData changes what is shown.
func (c *LineChart) SetData(labels []string, series ...Series) {
	c.labels, c.series, c.over = labels, series, -1
	c.Refresh()
}

// AccessibilityLabel reads the last value of each line.
func (c *LineChart) AccessibilityLabel() string {
	text := ""
	for _, s := range c.series {
		for i := len(s.Values) - 1; i >= 0; i-- {
			if !math.IsNaN(s.Values[i]) && i < len(c.labels) {
				text += s.Name + " " + c.labels[i] + ": " + writeValue(c.Format, s.Values[i]) + ". "
				break
			}
		}
	}
	return text
}

// AccessibilityRole is text.
func (c *LineChart) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer is used by Fyne.
func (c *LineChart) CreateRenderer() fyne.WidgetRenderer {
	return &sketch{
		owner: c, objects: func() []fyne.CanvasObject { return c.objects }, paint: func() {}, place: c.draw,
		min: func() fyne.Size { return fyne.NewSize(200, 180) },
	}
}

func (c *LineChart) span() (low, high float64, any bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, s := range c.series {
		for _, v := range s.Values {
			if !math.IsNaN(v) {
				low, high, any = min(low, v), max(high, v), true
			}
		}
	}
	if c.Min != nil {
		low = *c.Min
	}
	if c.Max != nil {
		high = *c.Max
	}
	return low, high, any
}

func (c *LineChart) draw(size fyne.Size) {
	c.objects = c.objects[:0]
	low, high, any := c.span()
	if !any || len(c.labels) == 0 || size.Width < 40 {
		c.objects = append(c.objects, nothingYet(size))
		return
	}
	low, high, tick := niceScale(low, high, c.Min != nil, c.Max != nil)
	text := measure("Á", Caption).Height
	top := text / 2
	if len(c.series) > 1 {
		top = c.legend(text) + theme.Space2
	}
	bottom := size.Height - text - theme.Space2
	small := lettersFor(theme.Size(theme.SizeCaption), fyne.TextStyle{})
	c.left = 0
	for v := low; v <= high+tick/1e6; v += tick {
		c.left = max(c.left, small.width(writeValue(c.Format, v)))
	}
	c.left += theme.Space2
	y := func(v float64) float32 { return bottom - (bottom-top)*float32((v-low)/(high-low)) }
	for v := low; v <= high+tick/1e6; v += tick {
		grid := canvas.NewRectangle(theme.Color(theme.Hairline))
		put(grid, c.left, y(v), size.Width-c.left, 1)
		c.objects = append(c.objects, grid, drawText(writeValue(c.Format, v), Caption, 0, y(v)-text/2, c.left-theme.Space2, fyne.TextAlignTrailing))
	}
	c.step = (size.Width - c.left - 16) / float32(max(1, len(c.labels)-1))
	x := func(i int) float32 { return c.left + 8 + float32(i)*c.step }
	c.drawLabels(size, small, bottom+theme.Space1, x)
	for _, s := range c.series {
		c.drawSeries(s, x, y)
	}
	if c.over >= 0 && c.over < len(c.labels) {
		c.drawHover(size, small, top, bottom, x, y)
	}
}

func (c *LineChart) drawLabels(size fyne.Size, small *letters, y float32, x func(int) float32) {
	var widest float32
	for _, label := range c.labels {
		widest = max(widest, small.width(label)+theme.Space3)
	}
	every := max(1, int(math.Ceil(float64(widest/max(1, c.step)))))
	for i := len(c.labels) - 1; i >= 0; i -= every {
		w := small.width(c.labels[i])
		at := max(c.left, min(x(i)-w/2, size.Width-w))
		c.objects = append(c.objects, drawText(c.labels[i], Caption, at, y, w, fyne.TextAlignLeading))
	}
}

func (c *LineChart) drawSeries(s Series, x func(int) float32, y func(float64) float32) {
	colour := theme.Color(c.role(s))
	for i, v := range s.Values {
		if math.IsNaN(v) || i >= len(c.labels) {
			continue
		}
		if i > 0 && !math.IsNaN(s.Values[i-1]) {
			line := canvas.NewLine(colour)
			line.StrokeWidth = 2
			line.Position1, line.Position2 = fyne.NewPos(x(i-1), y(s.Values[i-1])), fyne.NewPos(x(i), y(v))
			c.objects = append(c.objects, line)
		}
		if len(c.labels) <= 40 {
			dot := canvas.NewCircle(colour)
			put(dot, x(i)-2.5, y(v)-2.5, 5, 5)
			c.objects = append(c.objects, dot)
		}
	}
}

func (c *LineChart) role(s Series) fyne.ThemeColorName {
	if s.Tone == ToneNeutral && len(c.series) == 1 {
		return theme.Accent
	}
	return s.Tone.Mark()
}

func (c *LineChart) legend(text float32) float32 {
	x := float32(0)
	for _, s := range c.series {
		dot := canvas.NewRectangle(theme.Color(c.role(s)))
		dot.CornerRadius = 2
		put(dot, x, (text-8)/2, 12, 8)
		w := measure(s.Name, Caption).Width
		c.objects = append(c.objects, dot, drawText(s.Name, Caption.In(theme.Text), x+18, 0, w, fyne.TextAlignLeading))
		x += 18 + w + theme.Space4
	}
	return text
}

// drawHover says the values at the point under the pointer.
func (c *LineChart) drawHover(size fyne.Size, small *letters, top, bottom float32, x func(int) float32, y func(float64) float32) {
	rule := canvas.NewRectangle(theme.Color(theme.Outline))
	put(rule, x(c.over), top, 1, bottom-top)
	c.objects = append(c.objects, rule)
	words := c.labels[c.over]
	for _, s := range c.series {
		if c.over < len(s.Values) && !math.IsNaN(s.Values[c.over]) {
			words += "  ·  "
			if len(c.series) > 1 {
				words += s.Name + " "
			}
			words += writeValue(c.Format, s.Values[c.over])
			ring := canvas.NewCircle(theme.Color(c.role(s)))
			put(ring, x(c.over)-4, y(s.Values[c.over])-4, 8, 8)
			c.objects = append(c.objects, ring)
		}
	}
	height := measure("Á", Caption).Height
	w := small.width(words) + 12
	at := max(0, min(x(c.over)-w/2, size.Width-w))
	plate := canvas.NewRectangle(theme.Color(theme.Inverse))
	plate.CornerRadius = 4
	put(plate, at, top, w, height+6)
	c.objects = append(c.objects, plate, drawText(words, Caption.In(theme.OnInverse), at+6, top+3, w, fyne.TextAlignLeading))
}

// niceScale rounds the ends of a scale to steps a person would choose, four or so of them.
func niceScale(low, high float64, fixedLow, fixedHigh bool) (from, to, tick float64) {
	if !fixedLow && low > 0 && low < high*0.6 {
		low = 0
	}
	if high <= low {
		high = low + 1
	}
	raw := (high - low) / 4
	power := math.Pow(10, math.Floor(math.Log10(raw)))
	tick = 10 * power
	for _, step := range []float64{1, 2, 2.5, 5} {
		if step*power >= raw*0.999 {
			tick = step * power
			break
		}
	}
	from, to = math.Floor(low/tick)*tick, math.Ceil(high/tick)*tick
	if fixedLow {
		from = low
	}
	if fixedHigh {
		to = high
	}
	return from, to, tick
}

func (c *LineChart) at(pos fyne.Position) int {
	if c.step <= 0 || len(c.labels) == 0 {
		return -1
	}
	return max(0, min(len(c.labels)-1, int((pos.X-c.left-8)/c.step+0.5)))
}

// Tapped opens a point in time.
func (c *LineChart) Tapped(e *fyne.PointEvent) {
	if i := c.at(e.Position); i >= 0 && c.OnTapped != nil {
		c.OnTapped(i)
	}
}

// MouseIn does nothing.
func (c *LineChart) MouseIn(*desktop.MouseEvent) {}

// MouseMoved shows the values under the pointer.
func (c *LineChart) MouseMoved(e *desktop.MouseEvent) {
	if over := c.at(e.Position); over != c.over {
		c.over = over
		c.Refresh()
	}
}

// MouseOut hides them.
func (c *LineChart) MouseOut() { c.over = -1; c.Refresh() }

// Percent writes a share of one as percent, for Format.
func Percent(v float64) string { return strconv.Itoa(int(math.Round(v*100))) + "%" }
