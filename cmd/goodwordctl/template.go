package main

import (
	"fmt"
	"slices"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews/respond"
)

type templateVerb struct {
	List    templateListVerb    `cmd:"" help:"List the templates as the practice has them."`
	Show    templateShowVerb    `cmd:"" help:"Show one with its wordings and versions."`
	Edit    templateEditVerb    `cmd:"" help:"Write an own version; another person approves it."`
	Approve templateApproveVerb `cmd:"" help:"Put the version that waits into use."`
	Restore templateRestoreVerb `cmd:"" help:"Go back to the shipped text."`
	Off     templateOffVerb     `cmd:"" help:"Take one out of use."`
	On      templateOnVerb      `cmd:"" help:"Take it back into use."`
}

type templateRow struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	When     string   `json:"when"`
	Kind     string   `json:"kind"`
	Language string   `json:"language"`
	Apology  string   `json:"apology"`
	Own      bool     `json:"own"`
	Off      bool     `json:"off"`
	Waits    bool     `json:"waits"` // a version waits for approval
	Version  int      `json:"version"`
	Wordings []string `json:"wordings,omitempty"`
	History  []string `json:"history,omitempty"`
}

// templateRows are all templates, those that are switched off too.
func templateRows(d *desk, h *house.House) ([]templateRow, []respond.Listed, error) {
	kept, err := h.Reviews.KeptTemplates(d.ctx)
	if err != nil {
		return nil, nil, err
	}
	all := h.Respond.Listed(kept)
	rows := make([]templateRow, len(all))
	for i, t := range all {
		rows[i] = templateRow{ID: t.ID, Title: t.Title, When: t.When, Kind: string(t.Kind), Language: t.Language, Apology: string(t.Apology), Own: t.Own,
			Off: t.Off, Waits: t.Waiting != nil, Version: t.Version}
	}
	return rows, all, nil
}

type templateListVerb struct {
	Words []string `arg:"" optional:"" help:"Only those with these words."`
}

func (v templateListVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		rows, _, err := templateRows(d, h)
		if err != nil {
			return err
		}
		for _, row := range rows {
			text := strings.ToLower(row.ID + " " + row.Title + " " + row.When + " " + row.Kind)
			if slices.ContainsFunc(v.Words, func(w string) bool { return !strings.Contains(text, strings.ToLower(w)) }) {
				continue
			}
			if err := d.print(row, "%-28s %-10s %s%s", row.ID, row.Kind, row.Title, row.marks()); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r templateRow) marks() string {
	var list []string
	for mark, on := range map[string]bool{"own": r.Own, "off": r.Off, "waits for approval": r.Waits} {
		if on {
			list = append(list, mark)
		}
	}
	if len(list) == 0 {
		return ""
	}
	slices.Sort(list)
	return " (" + strings.Join(list, ", ") + ")"
}

type templateShowVerb struct {
	ID string `arg:"" help:"Id of the template."`
}

func (v templateShowVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		rows, all, err := templateRows(d, h)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(rows, func(r templateRow) bool { return r.ID == v.ID })
		if i < 0 {
			return noTemplate(v.ID)
		}
		row := rows[i]
		row.Wordings = all[i].Wordings
		versions, err := h.Reviews.TemplateHistory(d.ctx, v.ID)
		if err != nil {
			return err
		}
		for _, version := range versions {
			row.History = append(row.History, fmt.Sprintf("version %d, %s, %s", version.Version, version.State, version.At.UTC().Format("2006-01-02 15:04")))
		}
		return d.print(row, "%s (%s)%s\n%s\n\n- %s\n\n%s", row.Title, row.ID, row.marks(), row.When, strings.Join(row.Wordings, "\n- "), strings.Join(row.History, "\n"))
	})
}

func noTemplate(id string) error {
	return fmt.Errorf("There is no template %q. \"goodwordctl template list\" names them", id)
}

type templateEditVerb struct {
	ID   string   `arg:"" help:"Id of the template."`
	Text []string `help:"A wording; give it again for another. They take the place of all wordings." required:"" sep:"none" placeholder:"T"`
}

func (v templateEditVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		_, all, err := templateRows(d, h)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(t respond.Listed) bool { return t.ID == v.ID })
		if i < 0 {
			return noTemplate(v.ID)
		}
		own := all[i].Copy()
		own.Wordings, own.Tones = v.Text, nil
		version, err := h.Reviews.SaveTemplate(d.ctx, own, by)
		if err != nil {
			return err
		}
		return d.print(version, "Version %d of %s waits for approval.", version.Version, v.ID)
	})
}

type templateApproveVerb struct {
	ID string `arg:"" help:"Id of the template."`
}

func (v templateApproveVerb) Run(d *desk) error {
	return d.template(v.ID, "is in use now", func(h *house.House, by audit.Actor) error { return h.Reviews.ApproveTemplate(d.ctx, v.ID, by) })
}

type templateRestoreVerb struct {
	ID string `arg:"" help:"Id of the template."`
}

func (v templateRestoreVerb) Run(d *desk) error {
	return d.template(v.ID, "reads as it was shipped", func(h *house.House, by audit.Actor) error { return h.Reviews.RestoreTemplate(d.ctx, v.ID, by) })
}

type templateOffVerb struct {
	ID string `arg:"" help:"Id of the template."`
}

func (v templateOffVerb) Run(d *desk) error {
	return d.template(v.ID, "is switched off", func(h *house.House, by audit.Actor) error { return h.Reviews.SwitchTemplate(d.ctx, v.ID, true, by) })
}

type templateOnVerb struct {
	ID string `arg:"" help:"Id of the template."`
}

func (v templateOnVerb) Run(d *desk) error {
	return d.template(v.ID, "is switched on", func(h *house.House, by audit.Actor) error { return h.Reviews.SwitchTemplate(d.ctx, v.ID, false, by) })
}

// template takes a step with a template that there is.
func (d *desk) template(id, done string, step func(h *house.House, by audit.Actor) error) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		rows, _, err := templateRows(d, h)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(rows, func(r templateRow) bool { return r.ID == id }) {
			return noTemplate(id)
		}
		if err := step(h, by); err != nil {
			return err
		}
		return d.print(map[string]any{"id": id, "done": done}, "The template %s %s.", id, done)
	})
}
