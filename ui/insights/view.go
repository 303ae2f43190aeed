package insights

import (
	"fmt"
	"math"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/reviews/insight"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// view is the widgets of the figures. They are made once and filled anew, so that the page does not jump under the reader.
type view struct {
	screen  *Screen
	content fyne.CanvasObject

	mentions, rating, positive, time *kit.Tile

	moves *fyne.Container

	changes  *kit.Table
	compared *kit.Paragraph
	changed  []insight.Change
	ratings  *kit.LineChart
	volume   *kit.BarChart
	feeling  *kit.LineChart
	stars    *kit.BarChart
	topics   *kit.BarChart
	topicOf  *kit.Segmented
	topicIDs []string
	where    *kit.Table
	whereOf  *kit.Segmented
	whereIDs []insight.Slice
	fast     *kit.Table
	within   *kit.LineChart
	figures  insight.Figures
}

// The choices above the topics.
var topicChoices = []string{"All", "Praise", "Criticism"}

const mostTopics = 12

func newView(s *Screen) *view {
	v := &view{screen: s, moves: kit.Grid(430, theme.Space4)}
	v.mentions = kit.NewTile("Mentions", "", "", kit.ToneNeutral, func() { s.openAll() })
	v.rating = kit.NewTile("Mean rating", "", "", kit.ToneNeutral, func() { s.openAll("is:review") })
	v.positive = kit.NewTile("Positive", "", "", kit.ToneNeutral, func() { s.openAll("sentiment:positive") })
	v.time = kit.NewTile("Office time to handle one", "", "", kit.ToneNeutral, func() { s.openAll("is:done") })

	v.changes = kit.NewTable(kit.TableColumn{Title: "Figure"}, kit.TableColumn{Title: "Before", Width: 98, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "Now", Width: 98, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "Change", Width: 116})
	v.changes.OnOpened = v.openChange
	v.compared = kit.Help("")

	v.ratings = kit.NewLineChart(nil)
	low, high := 1.0, 5.0
	v.ratings.Min, v.ratings.Max = &low, &high
	v.ratings.Format = func(x float64) string { return fmt.Sprintf("%.1f", x) }
	v.ratings.OnTapped = func(i int) { v.openStep(i, "is:review") }
	v.volume = kit.NewBarChart(nil)
	v.volume.OnTapped = func(i int) { v.openStep(i) }
	v.feeling = kit.NewLineChart(nil)
	none, all := 0.0, 1.0
	v.feeling.Min, v.feeling.Max, v.feeling.Format = &none, &all, kit.Percent
	v.feeling.OnTapped = func(i int) { v.openStep(i) }
	v.stars = kit.NewBarChart(nil)
	v.stars.Horizontal = true
	v.stars.OnTapped = func(i int) { s.openAll(fmt.Sprintf("stars:%d", 5-i)) }

	v.topics = kit.NewBarChart(nil)
	v.topics.Horizontal = true
	v.topics.OnTapped = func(i int) { s.openAll("topic:"+v.topicIDs[i], v.feelingOf()) }
	v.topicOf = kit.NewSegmented(topicChoices, 0, func(int) { v.setTopics() })

	v.where = kit.NewTable(kit.TableColumn{Title: "Where"}, kit.TableColumn{Title: "Mentions", Width: 74, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "Rating", Width: 86, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "Negative", Width: 74, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "Handled", Width: 74, Align: fyne.TextAlignTrailing})
	v.where.OnOpened = v.openWhere
	v.whereOf = kit.NewSegmented([]string{"Sites", "Places"}, 0, func(int) { v.setWhere() })

	v.fast = kit.NewTable(kit.TableColumn{Title: "Mentions that could be answered"}, kit.TableColumn{Title: "", Width: 90, Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "", Width: 70, Align: fyne.TextAlignTrailing})
	v.fast.OnOpened = v.openFast
	v.within = kit.NewLineChart(nil)
	v.within.Min, v.within.Max, v.within.Format = &none, &all, kit.Percent
	v.within.OnTapped = func(i int) { v.openStep(i) }

	v.content = kit.Ground(theme.Canvas, kit.Scrolling(kit.Inset(kit.MaxWidth(v.layout(), 1672), theme.Space6)))
	return v
}

func (v *view) layout() fyne.CanvasObject {
	two := func(objects ...fyne.CanvasObject) fyne.CanvasObject { return kit.Grid(430, theme.Space4, objects...) }
	return kit.Column(theme.Space4,
		kit.Grid(200, theme.Space4, v.mentions, v.rating, v.positive, v.time),
		v.moves,
		two(kit.NewCard("Are we getting better?", kit.Column(theme.Space2, v.ratings, kit.Help("Mean rating. A gap is a time without one; open a point to read what stands behind it."))),
			kit.NewCard("What changed", kit.Column(theme.Space2, v.changes, v.compared))),
		two(kit.NewCard("How much is said", v.volume), kit.NewCard("How is it meant", v.feeling)),
		two(kit.NewCard("What do people talk about", v.topics, v.topicOf), kit.Column(theme.Space4,
			kit.NewCard("Where", v.where, v.whereOf), kit.NewCard("Ratings", v.stars))),
		two(kit.NewCard("How fast are we", kit.Column(theme.Space2, v.fast,
			kit.Help("No public reply, for a recorded reason, counts as handled. Imported history never counts."))),
			kit.NewCard("Handled within the target", v.within)),
		kit.Help("People choose to write, so these figures tell of those who wrote, not of all who came. Below ten, plain counts stand in the place of percentages."))
}

// set fills the widgets.
func (v *view) set(l loaded) {
	f := l.figures
	v.figures = f
	v.mentions.Set(kit.Count(f.Now.Mentions), beside("%s before", kit.Count(f.Before.Mentions), f.Before.Mentions), kit.ToneNeutral)
	v.rating.Set(figure(f.Now.Reviews(), fmt.Sprintf("%.1f", f.Now.Mean())), rests(f.Now.Reviews(), "rating", f, insight.MeanRating), v.tone(insight.MeanRating))
	v.positive.Set(percent(f.Now.PositiveShare(), f.Now.Positive, f.Now.Judged()), rests(f.Now.Judged(), "mention", f, insight.Positive), v.tone(insight.Positive))
	v.time.Set(f.Now.Response.Office(), beside("%s before", f.Before.Response.Office(), f.Before.Response.Handled), kit.ToneNeutral)
	v.setMoves(l)
	v.setChanges()
	v.setSteps()
	v.setStars()
	v.setTopics()
	v.setWhere()
	v.setFast()
}

func (v *view) change(what string) insight.Change {
	for _, c := range v.figures.Changes {
		if c.What == what {
			return c
		}
	}
	return insight.Change{}
}

func (v *view) tone(what string) kit.Tone { return toneOf(v.change(what).Trend) }

func toneOf(t insight.Trend) kit.Tone {
	switch t {
	case insight.Better:
		return kit.ToneGood
	case insight.Worse:
		return kit.ToneBad
	case insight.Other:
		return kit.ToneAccent
	}
	return kit.ToneNeutral
}

func (v *view) setChanges() {
	v.changed = v.figures.Changes
	rows := make([][]kit.Cell, len(v.changed))
	for i, c := range v.changed {
		last := kit.Cell{Text: string(c.Trend), Tone: toneOf(c.Trend), Secondary: true}
		switch {
		case c.Trend != insight.Untold:
		case v.figures.Before.Mentions == 0:
			last.Text = none
		case strings.HasPrefix(c.Note, "too few"):
			last.Text = "too few"
		default:
			last.Text = c.Note
		}
		rows[i] = []kit.Cell{{Text: c.What}, {Text: c.Before, Secondary: true}, {Text: c.Now, Strong: true}, last}
	}
	v.changes.SetRows(rows)
	v.compared.SetText("About the same means that chance alone could make the difference.")
	if v.figures.Before.Mentions == 0 {
		v.compared.SetText("Nothing was said in the period before, so there is nothing to compare with.")
	}
}

func (v *view) openChange(i int) {
	c := v.changed[i]
	switch {
	case c.Topic != "":
		v.screen.openAll("topic:" + c.Topic)
	case c.What == insight.MeanRating:
		v.screen.openAll("is:review")
	case c.What == insight.Positive:
		v.screen.openAll("sentiment:positive")
	case c.What == insight.Negative:
		v.screen.openAll("sentiment:negative")
	case c.What == insight.Mentions:
		v.screen.openAll()
	default:
		v.screen.openAll("is:done")
	}
}

func (v *view) setSteps() {
	var labels []string
	var ratings, positive, negative, within []float64
	var volume []kit.Bar
	for _, s := range v.figures.Steps {
		label := s.Label
		if v.figures.Step == "month" {
			label = s.From.Format("Jan 06")
		}
		labels = append(labels, label)
		ratings, within = append(ratings, s.Mean()), append(within, s.Response.WithinShare())
		positive, negative = append(positive, s.PositiveShare()), append(negative, s.NegativeShare())
		volume = append(volume, kit.Bar{Label: label, Value: float64(s.Mentions)})
	}
	v.volume.SetBars(volume)
	v.ratings.SetData(labels, some(kit.Series{Name: "Mean rating", Values: ratings, Tone: kit.ToneAccent})...)
	v.feeling.SetData(labels, some(kit.Series{Name: "Positive", Values: positive, Tone: kit.ToneGood}, kit.Series{Name: "Negative", Values: negative, Tone: kit.ToneBad})...)
	v.within.SetData(labels, some(kit.Series{Name: "Within the target", Values: within, Tone: kit.ToneAccent})...)
}

// some leaves out the series that have no value at all, so that the chart says there is nothing yet.
func some(series ...kit.Series) []kit.Series {
	var out []kit.Series
	for _, s := range series {
		for _, x := range s.Values {
			if !math.IsNaN(x) {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

func (v *view) openStep(i int, more ...string) {
	if i >= 0 && i < len(v.figures.Steps) {
		s := v.figures.Steps[i]
		v.screen.open(s.From, s.To, more...)
	}
}

func (v *view) setStars() {
	var bars []kit.Bar
	for n := 5; n >= 1; n-- {
		count := v.figures.Now.Stars[n]
		tone := [6]kit.Tone{1: kit.ToneBad, 2: kit.ToneBad, 3: kit.ToneWarn, 4: kit.ToneGood, 5: kit.ToneGood}[n]
		bars = append(bars, kit.Bar{Label: kit.StarsText(float64(n)), Value: float64(count), Note: kit.Count(count), Tone: tone})
	}
	v.stars.SetBars(bars)
}

func (v *view) setTopics() {
	var bars []kit.Bar
	v.topicIDs = nil
	for _, t := range ranked(v.figures.Topics, v.topicOf.Selected()) {
		n, note, tone := t.Mentions, kit.Count(t.Mentions), kit.ToneNeutral
		switch v.topicOf.Selected() {
		case 1:
			n, note, tone = t.Positive, fmt.Sprintf("%d of %d", t.Positive, t.Mentions), kit.ToneGood
		case 2:
			n, note, tone = t.Negative+t.Mixed, fmt.Sprintf("%d of %d", t.Negative+t.Mixed, t.Mentions), kit.ToneBad
		}
		if n == 0 || len(bars) == mostTopics {
			continue
		}
		bars, v.topicIDs = append(bars, kit.Bar{Label: t.Label, Value: float64(n), Note: note, Tone: tone}), append(v.topicIDs, t.ID)
	}
	v.topics.SetBars(bars)
}

func (v *view) feelingOf() string {
	return []string{"", "sentiment:positive", "sentiment:negative,mixed"}[v.topicOf.Selected()]
}

func (v *view) setWhere() {
	v.whereIDs = v.figures.Sites
	if v.whereOf.Selected() == 1 {
		v.whereIDs = v.figures.Places
	}
	rows := make([][]kit.Cell, len(v.whereIDs))
	for i, s := range v.whereIDs {
		rows[i] = []kit.Cell{{Text: s.Label}, {Text: kit.Count(s.Mentions)}, {Text: figure(s.Reviews(), fmt.Sprintf("%.1f", s.Mean())), Strong: true},
			{Text: percent(s.NegativeShare(), s.Negative, s.Judged())}, {Text: percent(s.Response.HandledShare(), s.Response.Handled, s.Response.Owed), Secondary: true}}
	}
	v.where.SetRows(rows)
}

func (v *view) openWhere(i int) {
	s := v.whereIDs[i]
	switch {
	case v.whereOf.Selected() == 1 && s.ID == "":
		v.screen.openAll("place:none")
	case v.whereOf.Selected() == 1:
		v.screen.openAll(term("place", s.Label))
	case s.ID == "":
		v.screen.openAll()
	default:
		v.screen.openAll(term("source", s.ID))
	}
}

// fastRows says what each row of "How fast are we" opens.
var fastRows = []string{"-is:imported", "is:done -is:imported", `status:"no reply" -is:imported`, "is:done -is:imported", "is:overdue", "is:open", "is:done -is:imported", "is:done -is:imported"}

func (v *view) setFast() {
	r := v.figures.Now.Response
	overdue := kit.Cell{Text: kit.Count(r.Overdue)}
	if r.Overdue > 0 {
		overdue.Tone = kit.ToneBad
	}
	v.fast.SetRows([][]kit.Cell{
		{{Text: "All"}, {Text: kit.Count(r.Owed)}, {}},
		{{Text: "Handled"}, {Text: kit.Count(r.Handled), Strong: true}, {Text: percent(r.HandledShare(), r.Handled, r.Owed), Secondary: true}},
		{{Text: "Of them with no public reply, for a reason"}, {Text: kit.Count(r.Quiet)}, {}},
		{{Text: "Handled within the target"}, {Text: kit.Count(r.Within), Strong: true}, {Text: percent(r.WithinShare(), r.Within, r.Judged()), Secondary: true}},
		{{Text: "Overdue"}, overdue, {}},
		{{Text: "Still in time"}, {Text: kit.Count(r.Open)}, {}},
		{{Text: "Median, office hours"}, {Text: r.Office()}, {}},
		{{Text: "Median, by the clock"}, {Text: r.Wall()}, {}},
	})
}

func (v *view) openFast(i int) { v.screen.openAll(fastRows[i]) }
