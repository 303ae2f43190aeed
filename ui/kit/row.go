package kit

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/theme"
)

// RowData is what one row of a List shows.
type RowData struct {
	ID      int64
	Title   string   // who said it, or what it is
	Meta    string   // where: the source, the place
	Text    string   // the first words
	Topics  []string // what it is about, after Meta
	Stars   float64  // 0 to 5; below zero there is no rating
	Age     string   // how old, or how it stands against the response target
	AgeTone Tone
	Status  string // how far the work on it is, when there is something to say
	Unread  bool
	Urgent  bool
	Flagged bool // to come back to
	Mood    Mood
}

func (d RowData) equal(o RowData) bool {
	return d.ID == o.ID && d.Title == o.Title && d.Meta == o.Meta && d.Text == o.Text && d.Stars == o.Stars &&
		d.Age == o.Age && d.AgeTone == o.AgeTone && d.Status == o.Status && d.Unread == o.Unread &&
		d.Urgent == o.Urgent && d.Flagged == o.Flagged && d.Mood == o.Mood && slices.Equal(d.Topics, o.Topics)
}

// Describe reads the row as a sentence, for screen readers.
func (d RowData) Describe() string {
	var parts []string
	add := func(when bool, text string) {
		if when && text != "" {
			parts = append(parts, text)
		}
	}
	add(d.Urgent, "Urgent")
	add(d.Unread, "Unread")
	add(d.Flagged, "Flagged")
	add(true, d.Title)
	add(true, d.Meta)
	add(d.Stars >= 0, StarsText(d.Stars))
	add(true, d.Age)
	add(true, d.Status)
	add(d.Mood != MoodNone, d.Mood.String())
	add(true, strings.Join(d.Topics, ", "))
	add(true, d.Text)
	return strings.Join(parts, ", ")
}

// The places in a row. Rows are one widget of a few drawn texts, because a row of nested labels
// takes thirty times as long to fill.
const (
	rowLeft   float32 = 32
	rowRight  float32 = 16
	rowAbove  float32 = 10
	rowSpread float32 = 3
	rowFlag   float32 = 14
)

type rowState struct {
	loaded, selected, hovered, focus bool
}

// row draws one RowData.
type row struct {
	widget.BaseWidget

	self     fyne.Widget // the row, or what embeds it: what Fyne knows
	onTapped func()
	index    int
	data     RowData
	state    rowState

	face, ring, urgentPill, line  *canvas.Rectangle
	dot                           *canvas.Circle
	mood                          *moodBar
	flag                          *canvas.Image
	title, age, meta, text, right *canvas.Text
	starsOn, starsOff             *canvas.Text
	blanks                        [3]*canvas.Rectangle
}

func newRow() *row {
	r := &row{index: -1}
	r.self = r
	r.ExtendBaseWidget(r)
	return r
}

// rowHeight is the height of every row at the present size of text.
func rowHeight() float32 {
	h := 2*rowAbove + 2*rowSpread + measure("Ág", Body).Height + 2*measure("Ág", Secondary).Height
	return float32(int(h+3) / 4 * 4)
}

// show fills the row; it does nothing if nothing changed, which is what makes scrolling cheap.
func (r *row) show(index int, data RowData, state rowState) {
	if r.index == index && r.state == state && r.data.equal(data) {
		return
	}
	r.index, r.data, r.state = index, data, state
	r.Refresh()
}

// AccessibilityLabel reads the row.
func (r *row) AccessibilityLabel() string { return r.data.Describe() }

// AccessibilityRole is a button, for it opens something.
func (r *row) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// CreateRenderer is used by Fyne.
func (r *row) CreateRenderer() fyne.WidgetRenderer {
	r.face, r.ring = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.urgentPill, r.line = canvas.NewRectangle(nil), canvas.NewRectangle(nil)
	r.dot, r.mood = canvas.NewCircle(nil), newMoodBar()
	r.flag = canvas.NewImageFromResource(theme.IconIn("flag", theme.WarnMark))
	objects := []fyne.CanvasObject{r.line, r.face, r.mood.parts[0], r.mood.parts[1], r.dot, r.urgentPill, r.flag}
	for _, text := range []**canvas.Text{&r.title, &r.age, &r.meta, &r.text, &r.right, &r.starsOn, &r.starsOff} {
		*text = canvas.NewText("", nil)
		objects = append(objects, *text)
	}
	for i := range r.blanks {
		r.blanks[i] = canvas.NewRectangle(nil)
		objects = append(objects, r.blanks[i])
	}
	objects = append(objects, r.ring)
	r.paint()
	return &sketch{
		owner: r.self, objects: fixed(objects...), paint: r.paint, place: r.place,
		min: func() fyne.Size { return fyne.NewSize(200, rowHeight()) },
	}
}

func (r *row) paint() {
	d, s := r.data, r.state
	r.face.CornerRadius, r.ring.CornerRadius = theme.Radius, theme.Radius
	r.face.Hidden = !s.selected && !s.hovered
	r.face.FillColor = theme.Color(theme.Hover)
	if s.selected {
		r.face.FillColor = theme.Color(theme.Selected)
	}
	r.ring.Hidden = !s.selected || !s.focus
	r.ring.StrokeColor, r.ring.StrokeWidth = theme.Color(theme.Focus), 1.5
	r.line.FillColor = theme.Color(theme.Hairline)
	r.dot.FillColor = theme.Color(theme.Accent)
	r.dot.Hidden = !d.Unread || !s.loaded
	r.mood.show(d.Mood)
	r.flag.Hidden = !d.Flagged || !s.loaded
	if !r.flag.Hidden {
		r.flag.Refresh() // the look may have changed
	}

	title := Body
	if d.Unread {
		title = Strong
	}
	title.paint(r.title)
	age := Caption
	if d.AgeTone != ToneNeutral {
		age = Caption.In(d.AgeTone.Text())
		age.Bold = true
	}
	age.paint(r.age)
	r.age.Text = d.Age
	Secondary.paint(r.meta)
	Secondary.paint(r.text)
	if d.Unread {
		Secondary.In(theme.Text).paint(r.text)
	}
	right := Caption
	r.right.Text = d.Status
	if d.Urgent {
		right = Caption.In(theme.Bad)
		right.Bold = true
		r.right.Text = "Urgent"
		if d.Status != "" {
			r.right.Text += " · " + d.Status
		}
	}
	right.paint(r.right)
	r.urgentPill.Hidden = !d.Urgent
	r.urgentPill.FillColor = theme.Color(theme.BadSoft)

	Secondary.In(theme.WarnMark).paint(r.starsOn)
	Secondary.In(fynetheme.ColorNameScrollBar).paint(r.starsOff)
	r.starsOn.Text, r.starsOff.Text = "", ""
	if d.Stars >= 0 && s.loaded {
		full := max(0, min(5, int(d.Stars+0.5)))
		r.starsOn.Text, r.starsOff.Text = strings.Repeat("★", full), strings.Repeat("★", 5-full)
	}
	for _, blank := range r.blanks {
		blank.Hidden = s.loaded
		blank.FillColor = theme.Color(theme.NeutralSoft)
		blank.CornerRadius = 4
	}
}

func (r *row) place(size fyne.Size) {
	put(r.face, 4, 1, size.Width-8, size.Height-2)
	put(r.ring, 4, 1, size.Width-8, size.Height-2)
	put(r.line, rowLeft, size.Height-1, size.Width-rowLeft-rowRight, 1)
	r.mood.place(r.data.Mood, 9, 13, size.Height-26)

	first, second := measure("Ág", Body).Height, measure("Ág", Secondary).Height
	y1 := (size.Height - first - 2*second - 2*rowSpread) / 2
	y2 := y1 + first + rowSpread
	y3 := y2 + second + rowSpread
	put(r.dot, 19, y1+(first-8)/2, 8, 8)

	right := size.Width - rowRight
	if !r.state.loaded {
		for i, width := range []float32{0.4, 0.3, 0.8} {
			put(r.blanks[i], rowLeft, []float32{y1, y2, y3}[i]+3, (right-rowLeft)*width, second-6)
		}
	}

	age := lettersFor(r.age.TextSize, r.age.TextStyle).width(r.age.Text)
	put(r.age, right-age, y1+(first-measure("Á", Caption).Height)/2, age, measure("Á", Caption).Height)
	room := right - rowLeft - age - theme.Space2
	if !r.flag.Hidden {
		put(r.flag, right-age-theme.Space2-rowFlag, y1+(first-rowFlag)/2, rowFlag, rowFlag)
		room -= rowFlag + theme.Space2
	}
	r.title.Text = lettersFor(r.title.TextSize, r.title.TextStyle).fit(r.data.Title, room)
	put(r.title, rowLeft, y1, room, first)

	status := lettersFor(r.right.TextSize, r.right.TextStyle).width(r.right.Text)
	low := measure("Á", Caption).Height
	edge := right - status
	if r.data.Urgent {
		edge -= 7
		put(r.urgentPill, edge-7, y2+(second-low)/2-1, status+14, low+2)
		r.urgentPill.CornerRadius = (low + 2) / 2
	}
	put(r.right, edge, y2+(second-low)/2, status, low)
	if status > 0 {
		edge -= theme.Space3
	}
	x := rowLeft
	if r.starsOn.Text != "" || r.starsOff.Text != "" {
		star := lettersFor(r.starsOn.TextSize, r.starsOn.TextStyle).letter('★')
		on := star * float32(len(r.starsOn.Text)/len("★"))
		put(r.starsOn, x, y2, on, second)
		put(r.starsOff, x+on, y2, 5*star-on, second)
		x += 5*star + theme.Space2
	}
	meta := r.data.Meta
	if topics := strings.Join(r.data.Topics, ", "); topics != "" {
		if meta != "" {
			meta += "  ·  "
		}
		meta += topics
	}
	r.meta.Text = lettersFor(r.meta.TextSize, r.meta.TextStyle).fit(meta, edge-x)
	put(r.meta, x, y2, edge-x, second)
	r.text.Text = lettersFor(r.text.TextSize, r.text.TextStyle).fit(r.data.Text, right-rowLeft)
	put(r.text, rowLeft, y3, right-rowLeft, second)
}

// Tapped opens the row.
func (r *row) Tapped(*fyne.PointEvent) {
	if r.onTapped != nil {
		r.onTapped()
	}
}

// MouseIn shows the hover.
func (r *row) MouseIn(*desktop.MouseEvent) { r.state.hovered = true; r.Refresh() }

// MouseMoved does nothing.
func (r *row) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (r *row) MouseOut() { r.state.hovered = false; r.Refresh() }
