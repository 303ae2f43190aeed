package insight

import (
	"fmt"
	"html"
	"html/template"
	"math"
	"strings"
)

// The size of a chart in the report, in SVG units.
const (
	chartWidth  = 720.0
	chartHeight = 200.0
	chartLeft   = 36.0
	chartFoot   = 24.0
	chartTop    = 8.0
)

// svg gathers the parts of one drawing. Every text passes through escape.
type svg struct{ strings.Builder }

func (s *svg) open(height float64, title string) {
	fmt.Fprintf(s, `<svg viewBox="0 0 %g %g" role="img" aria-label="%s">`, chartWidth, height, html.EscapeString(title))
}

func (s *svg) rect(x, y, w, h float64, class, title string) {
	if h <= 0 || w <= 0 {
		return
	}
	fmt.Fprintf(s, `<rect x="%.1f" y="%.1f" width="%.1f" height="%.1f" class="%s"><title>%s</title></rect>`, x, y, w, h, class, html.EscapeString(title))
}

func (s *svg) text(x, y float64, class, text string) {
	fmt.Fprintf(s, `<text x="%.1f" y="%.1f" class="%s">%s</text>`, x, y, class, html.EscapeString(text))
}

func (s *svg) line(x1, y1, x2, y2 float64, class string) {
	fmt.Fprintf(s, `<line x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f" class="%s"/>`, x1, y1, x2, y2, class)
}

func (s *svg) done() template.HTML {
	s.WriteString(`</svg>`)
	return template.HTML(s.String()) // numbers and escaped words only
}

// grid draws the lines of the scale and returns where a value stands.
func (s *svg) grid(low, high float64, ticks int, format string) (y func(float64) float64) {
	y = func(v float64) float64 {
		return chartHeight - chartFoot - (v-low)/(high-low)*(chartHeight-chartFoot-chartTop)
	}
	for i := range ticks + 1 {
		v := low + (high-low)*float64(i)/float64(ticks)
		s.line(chartLeft, y(v), chartWidth, y(v), "grid")
		s.text(chartLeft-6, y(v)+4, "scale", fmt.Sprintf(format, v))
	}
	return y
}

// labels writes as many names of steps as there is room for.
func (s *svg) labels(steps []Slice, width float64) {
	every := int(math.Ceil(64 / width))
	for i, step := range steps {
		if i%every == 0 {
			s.text(chartLeft+(float64(i)+0.5)*width, chartHeight-6, "step", step.Label)
		}
	}
}

// volumeChart shows how much was said in each step, and how it was meant.
func volumeChart(f Figures) template.HTML {
	var s svg
	most := 0
	for _, step := range f.Steps {
		most = max(most, step.Mentions)
	}
	s.open(chartHeight, "Mentions per "+f.Step)
	high, ticks := ceiling(most)
	y := s.grid(0, high, ticks, "%.0f")
	width := (chartWidth - chartLeft) / float64(len(f.Steps))
	for i, step := range f.Steps {
		x, base := chartLeft+(float64(i)+0.15)*width, 0.0
		for _, part := range []struct {
			n           int
			class, what string
		}{{step.Positive, "good", "positive"}, {step.Mixed, "mixed", "mixed"}, {step.Negative, "bad", "negative"}, {step.NotJudged, "rest", "not judged"}} {
			top := base + float64(part.n)
			s.rect(x, y(top), width*0.7, y(base)-y(top), part.class, fmt.Sprintf("%s: %d %s", step.Label, part.n, part.what))
			base = top
		}
	}
	s.labels(f.Steps, width)
	return s.done()
}

// ceiling is a round top for a scale that starts at 0, and how many lines cut it.
func ceiling(most int) (high float64, ticks int) {
	for unit := 1.0; ; unit *= 10 {
		for _, step := range []float64{1, 2, 5} {
			if step*unit*4 >= float64(most) {
				return step * unit * 4, 4
			}
		}
	}
}

// ratingChart shows the mean rating of each step; steps without a rating are a gap, those with few ratings a hollow point.
func ratingChart(f Figures) template.HTML {
	var s svg
	s.open(chartHeight, "Mean rating per "+f.Step)
	y := s.grid(1, 5, 4, "%.0f")
	width := (chartWidth - chartLeft) / float64(len(f.Steps))
	last := -1
	for i, step := range f.Steps {
		if step.Reviews() == 0 {
			continue
		}
		x := chartLeft + (float64(i)+0.5)*width
		if last == i-1 && last >= 0 {
			s.line(x-width, y(f.Steps[last].Mean()), x, y(step.Mean()), "trend")
		}
		last = i
	}
	for i, step := range f.Steps {
		if n := step.Reviews(); n > 0 {
			class := "point"
			if n < Few {
				class = "point few"
			}
			fmt.Fprintf(&s, `<circle cx="%.1f" cy="%.1f" r="4" class="%s"><title>%s: %s</title></circle>`,
				chartLeft+(float64(i)+0.5)*width, y(step.Mean()), class, html.EscapeString(step.Label), stars(step.Part))
		}
	}
	s.labels(f.Steps, width)
	return s.done()
}

// topicChart shows the topics by how often they are spoken of, and how.
func topicChart(list []Slice) template.HTML {
	const rowHeight, left, right = 24.0, 210.0, 44.0
	var s svg
	most := 1
	for _, t := range list {
		most = max(most, t.Mentions)
	}
	s.open(rowHeight*float64(len(list)), "Topics")
	unit := (chartWidth - left - right) / float64(most)
	for i, t := range list {
		y, x := rowHeight*float64(i), left
		s.text(left-8, y+16, "name", t.Label)
		for _, part := range []struct {
			n           int
			class, what string
		}{{t.Positive, "good", "positive"}, {t.Mixed, "mixed", "mixed"}, {t.Negative, "bad", "negative"}, {t.NotJudged, "rest", "not judged"}} {
			w := unit * float64(part.n)
			s.rect(x, y+5, w, rowHeight-10, part.class, fmt.Sprintf("%s: %d %s", t.Label, part.n, part.what))
			x += w
		}
		s.text(x+8, y+16, "count", fmt.Sprint(t.Mentions))
	}
	return s.done()
}
