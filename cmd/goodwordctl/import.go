package main

import (
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
)

type importVerb struct {
	File    string   `arg:"" help:"The export."`
	Format  string   `help:"csv, xlsx or takeout; by default found out." placeholder:"F"`
	Map     []string `help:"Which column holds a field, such as text=Comment." placeholder:"FIELD=COLUMN"`
	Preview bool     `help:"Show what would be imported, and store nothing."`
}

func (v importVerb) Run(d *desk) error {
	mapping := map[string]string{}
	for _, pair := range v.Map {
		field, column, ok := strings.Cut(pair, "=")
		if !ok || field == "" || column == "" {
			return fmt.Errorf("%q is no mapping; write FIELD=COLUMN, such as text=Comment: %w", pair, errUse)
		}
		mapping[field] = column
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.Preview {
			return v.preview(d, h, mapping)
		}
		o, err := h.Collect.Import(d.ctx, v.File, mapping, v.Format, by)
		if err != nil {
			return err
		}
		return d.print(o, "Imported %d new, %d edited, %d duplicates, %d unchanged.", o.New, o.Edited, o.Duplicates, o.Unchanged)
	})
}

func (v importVerb) preview(d *desk, h *house.House, mapping map[string]string) error {
	p, err := h.Collect.Preview(d.ctx, v.File, mapping, v.Format)
	if err != nil {
		return err
	}
	if !d.json {
		if err := d.print(nil, "%s with %d entries. Columns: %v", p.Format, len(p.Found), p.Mapping); err != nil {
			return err
		}
	}
	for _, f := range p.Found {
		if err := d.print(f, "%s  %d stars  %-20s %s", f.Posted.Format("2006-01-02"), f.Stars, short(f.Author, 20), short(f.Text, 70)); err != nil {
			return err
		}
	}
	for _, problem := range p.Problems {
		if err := d.print(map[string]string{"problem": problem}, "%s", problem); err != nil {
			return err
		}
	}
	return nil
}
