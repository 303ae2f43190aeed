package main

import (
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
)

type importVerb struct {
	File importFile `cmd:"" default:"withargs" help:"Import a file."`
	Undo importUndo `cmd:"" help:"Take back the last import of a source, as far as nobody worked on what it brought."`
}

type importUndo struct {
	Source int64 `arg:"" help:"Number of the source; \"goodwordctl source list\" shows it."`
}

func (v importUndo) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		gone, err := h.Reviews.TakeBackImport(d.ctx, v.Source, by)
		if err != nil {
			return err
		}
		return d.print(map[string]int{"taken_back": gone}, "Took back %d mentions.", gone)
	})
}

type importFile struct {
	File    string   `arg:"" help:"A table (CSV or Excel), a Google Takeout (ZIP, or its folder), mails (.eml or .mbox) or a page saved in a browser."`
	Format  string   `help:"csv, xlsx, takeout, mail or page; by default found out." placeholder:"F"`
	Map     []string `help:"Which column holds a field, such as text=Comment; stars-scale=10 says what the stars are out of. It is kept for the next file with the same columns." placeholder:"FIELD=COLUMN"`
	Gone    bool     `help:"What a much smaller export lacks is gone from the site; so is what a table lacks that has the numbers of its reviews."`
	Preview bool     `help:"Show what would be imported, and store nothing."`
}

// imported is what an import became; the problems name the rows that were left out or taken in part.
type imported struct {
	reviews.Outcome
	Problems []string `json:"problems,omitempty"`
}

func (v importFile) Run(d *desk) error {
	mapping := map[string]string{}
	for _, pair := range v.Map {
		field, column, ok := strings.Cut(pair, "=")
		if !ok || field == "" || column == "" {
			return wrong("%q is no mapping; write FIELD=COLUMN, such as text=Comment", pair)
		}
		mapping[field] = column
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		p, err := h.Collect.Preview(d.ctx, v.File, mapping, v.Format)
		if err != nil {
			return err
		}
		if len(p.Columns) > 0 && p.Mapping["text"] == "" && len(p.Found) == 0 {
			return fmt.Errorf("No column of %s looks like the text of a review. Say which it is with --map text=COLUMN; the columns are: %s",
				v.File, strings.Join(p.Columns, ", "))
		}
		if v.Preview {
			return d.preview(p)
		}
		o, err := h.Collect.Import(d.ctx, v.File, collect.ImportOptions{Mapping: mapping, Format: v.Format, Gone: v.Gone}, by)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("Imported %d new, %d edited, %d duplicates, %d unchanged.", o.New, o.Edited, o.Duplicates, o.Unchanged)
		remarks := p.Problems
		if o.Gone > 0 {
			text += fmt.Sprintf(" %d are gone from the site and marked.", o.Gone)
		} else if question := p.Question(); question != "" && !v.Gone {
			remarks = append(remarks, question+" To say so: --gone.")
		}
		return d.print(imported{o, remarks}, "%s", strings.Join(append([]string{text}, remarks...), "\n"))
	})
}

// columns says which field comes from which column, in the order of a form.
func columns(mapping collect.Mapping) []string {
	var list []string
	for _, field := range collect.Fields() {
		if column := mapping[field]; column != "" {
			list = append(list, fmt.Sprintf("%s from %q", field, column))
		}
	}
	return list
}

// preview prints what would be imported; machines get a line for each entry and one for each problem.
func (d *desk) preview(p collect.Preview) error {
	text := fmt.Sprintf("%s with %d entries", p.Format, len(p.Found))
	if found := columns(p.Mapping); len(found) > 0 {
		text += ": " + strings.Join(found, ", ")
	}
	if !p.Settled.IsZero() {
		text += ", as it was settled on " + d.dayOf(p.Settled)
	}
	if p.Scale > 5 {
		text += fmt.Sprintf("; the stars are read as out of %g (another scale: --map stars-scale=5)", p.Scale)
	}
	if gone := p.Gone(); gone > 0 {
		text += fmt.Sprintf("; %d known ones are no longer in it and would be marked as gone", gone)
	}
	if err := d.remark(text + "."); err != nil {
		return err
	}
	for _, f := range p.Found {
		if err := d.print(f, "%-10s  %s  %-20s %s", d.dayOf(f.Posted), stars(f.Stars), short(f.Author, 20), short(f.Text, 70)); err != nil {
			return err
		}
	}
	remarks := p.Problems
	if question := p.Question(); question != "" {
		remarks = append(remarks, question)
	}
	for _, problem := range remarks {
		if err := d.print(map[string]string{"problem": problem}, "%s", problem); err != nil {
			return err
		}
	}
	return nil
}
