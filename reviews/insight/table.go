package insight

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"time"

	"goodword/internal/practice"
)

// sheet is one table of the figures, for CSV and XLSX. A cell is a string, an int or a float64; NaN is an empty cell.
type sheet struct {
	name string
	head []string
	rows [][]any
}

var partHead = []string{"Mentions", "With rating", "Mean rating", "1 star", "2 stars", "3 stars", "4 stars", "5 stars", "Positive", "Mixed",
	"Negative", "Not judged", "Urgent", "Could be answered", "Handled", "No public reply", "Within target", "Overdue", "In time",
	"Median office hours", "Median hours"}

func partCells(p Part) []any {
	r := p.Response
	return []any{p.Mentions, p.Reviews(), round(p.Mean()), p.Stars[1], p.Stars[2], p.Stars[3], p.Stars[4], p.Stars[5], p.Positive, p.Mixed,
		p.Negative, p.NotJudged, p.Urgent, r.Owed, r.Handled, r.Quiet, r.Within, r.Overdue, r.Open, hours(r, r.MedianOffice), hours(r, r.MedianWall)}
}

func round(v float64) float64 { return math.Round(v*100) / 100 }

func hours(r Response, d time.Duration) float64 {
	if r.Timed == 0 {
		return math.NaN()
	}
	return round(d.Hours())
}

func sheets(f Figures) []sheet {
	with := func(first ...string) []string { return append(first, partHead...) }
	summary := sheet{name: "Summary", head: with("Period", "From", "To")}
	summary.rows = append(summary.rows,
		append([]any{"Now", f.Scope.From.Format(practice.Day), f.Scope.Last().Format(practice.Day)}, partCells(f.Now)...),
		append([]any{"Before", f.Previous.From.Format(practice.Day), f.Previous.Last().Format(practice.Day)}, partCells(f.Before)...))
	steps := sheet{name: "Months", head: with("Month", "From", "To")}
	if f.Step == "week" {
		steps = sheet{name: "Weeks", head: with("Week", "From", "To")}
	}
	for _, s := range f.Steps {
		last := s.To.Add(-time.Second)
		steps.rows = append(steps.rows, append([]any{s.Label, s.From.Format(practice.Day), last.Format(practice.Day)}, partCells(s.Part)...))
	}
	changed := sheet{name: "Changes", head: []string{"Figure", "Before", "Now", "Change", "Note"}}
	for _, c := range f.Changes {
		changed.rows = append(changed.rows, []any{c.What, c.Before, c.Now, string(c.Trend), c.Note})
	}
	list := func(name, first string, slices []Slice) sheet {
		s := sheet{name: name, head: with(first)}
		for _, one := range slices {
			s.rows = append(s.rows, append([]any{one.Label}, partCells(one.Part)...))
		}
		return s
	}
	return []sheet{summary, changed, steps, list("Topics", "Topic", f.Topics), list("Sites", "Site", f.Sites), list("Places", "Place", f.Places)}
}

// writeCSV writes one long table that a spreadsheet can filter: section, name, period, figure, value.
func writeCSV(w io.Writer, f Figures) error {
	out := csv.NewWriter(w)
	if err := out.Write([]string{"Section", "Name", "From", "To", "Figure", "Value"}); err != nil {
		return err
	}
	write := func(section, name string, s Scope, p Part) error {
		for i, v := range partCells(p) {
			record := []string{section, name, s.From.Format(practice.Day), s.Last().Format(practice.Day), partHead[i], plain(v)}
			if err := out.Write(record); err != nil {
				return err
			}
		}
		return nil
	}
	if err := write("Summary", "Now", f.Scope, f.Now); err != nil {
		return err
	}
	if err := write("Summary", "Before", f.Previous, f.Before); err != nil {
		return err
	}
	for _, section := range []struct {
		name string
		list []Slice
	}{{f.Step, f.Steps}, {"topic", f.Topics}, {"site", f.Sites}, {"place", f.Places}} {
		for _, s := range section.list {
			scope := f.Scope
			if !s.From.IsZero() {
				scope = Scope{From: s.From, To: s.To}
			}
			if err := write(section.name, harmless(s.Label), scope, s.Part); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

func plain(v any) string {
	switch v := v.(type) {
	case int:
		return strconv.Itoa(v)
	case float64:
		if math.IsNaN(v) {
			return ""
		}
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// harmless keeps a spreadsheet from taking a name for a formula.
func harmless(label string) string {
	if label != "" && (label[0] == '=' || label[0] == '+' || label[0] == '-' || label[0] == '@' || label[0] == '\t') {
		return "'" + label
	}
	return label
}
