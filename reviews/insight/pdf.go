package insight

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"goodword/internal/paper"
)

// writePDF writes the same report as writeHTML on paper.
func writePDF(w io.Writer, p page) error { return paper.WritePDF(w, onPaper(p)) }

func longDay(t time.Time) string { return t.Format("2 January 2006") }

func onPaper(p page) paper.Sheet {
	between := longDay(p.Scope.From) + " to " + longDay(p.Scope.Last())
	if p.Filter != "" {
		between += " · " + p.Filter
	}
	s := paper.Sheet{
		Title:    "What people say about " + p.Practice.Name,
		Subtitle: between + " · compared with " + longDay(p.Previous.From) + " to " + longDay(p.Previous.Last()),
		Footer:   "Made with Goodword on " + longDay(p.Made) + ". Holds numbers only: no text of a review and no name of a writer.",
		Made:     p.Made,
	}
	add := func(blocks ...paper.Block) { s.Blocks = append(s.Blocks, blocks...) }
	if p.Unfinished {
		add(paper.Small{Text: "This period is not over yet: counts are still growing."})
	}
	if p.Now.Mentions == 0 && p.Before.Mentions == 0 {
		add(paper.Heading{Level: 1, Text: "Nothing was said in this period"},
			paper.Text{Text: "There are no mentions between these days, and none in the period before. Choose a longer period, or check that the sources are collected."})
		return s
	}
	add(paper.Facts{
		{Name: "Mentions", Value: fmt.Sprintf("%d, %d of them with a rating", p.Now.Mentions, p.Now.Reviews())},
		{Name: "Mean rating", Value: stars(p.Now)},
		{Name: "Positive", Value: fmt.Sprintf("%s of %d judged", percentOf(p.Now.Positive, p.Now.Judged()), p.Now.Judged())},
		{Name: "Time to handle one", Value: p.Now.Response.Office() + " of office hours (median)"},
	})
	changes := paper.Table{Head: []string{"Figure", "Before", "Now", "Change"}, Widths: []float64{3, 2, 2, 3}}
	for _, c := range p.Changes {
		change := string(c.Trend)
		if c.Note != "" {
			change += " (" + c.Note + ")"
		}
		changes.Rows = append(changes.Rows, []string{c.What, c.Before, c.Now, change})
	}
	add(paper.Heading{Level: 1, Text: "What changed"}, changes, paper.Small{Text: "“About the same” means that chance alone could make the difference."},
		paper.Heading{Level: 1, Text: "How much is said, and how it is meant"}, barsOf(p.Steps),
		paper.Small{Text: "From the left: positive (green), mixed (amber), negative (red), not judged (grey)."},
		partTable(strings.ToUpper(p.Step[:1])+p.Step[1:], p.Steps))
	if len(p.Topics) > 0 {
		add(paper.Heading{Level: 1, Text: "What people talk about"}, barsOf(shown(p.Topics)),
			paper.Small{Text: "One mention may speak of several topics. The colour is how the whole mention is meant."})
	}
	r, t := p.Now.Response, p.Practice.Targets
	add(paper.Heading{Level: 1, Text: "How fast the practice answers"}, paper.Table{Widths: []float64{4, 1}, Rows: [][]string{
		{"Mentions that could be answered", strconv.Itoa(r.Owed)},
		{"Handled: answered, resolved, or no public reply for a recorded reason", fmt.Sprintf("%d (%s)", r.Handled, percentOf(r.Handled, r.Owed))},
		{"Of them with no public reply, for a reason", strconv.Itoa(r.Quiet)},
		{"Handled within the target", fmt.Sprintf("%d (%s)", r.Within, percentOf(r.Within, r.Judged()))},
		{"Overdue", strconv.Itoa(r.Overdue)},
		{"Still in time", strconv.Itoa(r.Open)},
		{"Median time to handle, office hours", r.Office()},
		{"Median time to handle, by the clock", r.Wall()},
	}}, paper.Small{Text: fmt.Sprintf("Imported history never counts here. Targets in office hours: critical %d, high %d, negative %d, other %d.", t.Critical, t.High, t.Negative, t.Other)})
	add(paper.Heading{Level: 1, Text: "Where"}, partTable("Site", shown(p.Sites)), partTable("Place", shown(p.Places)),
		paper.Small{Text: "Below 10, plain counts stand in the place of percentages. People choose to write, so these figures tell of those who wrote, not of all who came."})
	return s
}

// shown are the first of a long list, as on the page.
func shown(list []Slice) []Slice { return list[:min(len(list), shownInReport)] }

func barsOf(list []Slice) paper.Bars {
	var bars paper.Bars
	for _, s := range list {
		bars = append(bars, paper.Bar{Name: s.Label, Value: strconv.Itoa(s.Mentions), Parts: []paper.Part{
			{Size: float64(s.Positive), Tone: paper.Good}, {Size: float64(s.Mixed), Tone: paper.Mixed},
			{Size: float64(s.Negative), Tone: paper.Bad}, {Size: float64(s.NotJudged), Tone: paper.Rest}}})
	}
	return bars
}

func partTable(first string, list []Slice) paper.Table {
	t := paper.Table{Head: []string{first, "Mentions", "Mean rating", "Positive", "Negative", "Handled"}, Widths: []float64{3, 1.3, 2, 1.3, 1.3, 1.3}}
	for _, s := range list {
		t.Rows = append(t.Rows, []string{s.Label, strconv.Itoa(s.Mentions), stars(s.Part), percentOf(s.Positive, s.Judged()),
			percentOf(s.Negative, s.Judged()), percentOf(s.Response.Handled, s.Response.Owed)})
	}
	return t
}
