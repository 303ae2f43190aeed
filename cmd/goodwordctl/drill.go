package main

import (
	"errors"
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/policy"
)

type drillVerb struct {
	List    drillList    `cmd:"" default:"1" help:"List the drills, with the time that each took."`
	Stories drillStories `cmd:"" help:"List the stories that can be rehearsed."`
	Start   drillStart   `cmd:"" help:"Begin a drill with one of the stories. It is marked as a drill everywhere, and never counted."`
	Step    drillStep    `cmd:"" help:"Tick a step of the first hour; without one, list the steps."`
	Note    drillNote    `cmd:"" help:"Write into the timeline of a drill."`
	End     drillEnd     `cmd:"" help:"End a drill, and say how long each step took."`
}

type drillList struct{}

func (drillList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		drills, err := h.Policy.Drills(d.ctx)
		if err != nil {
			return err
		}
		if len(drills) == 0 {
			return d.remark("No drill was held yet. \"goodwordctl drill stories\" lists what can be rehearsed.")
		}
		return d.happenings(drills)
	})
}

type drillStories struct{}

func (drillStories) Run(d *desk) error {
	for _, s := range policy.Stories() {
		if err := d.print(s, "%-10s %s\n           %s", s.ID, s.Title, s.Text); err != nil {
			return err
		}
	}
	return nil
}

type drillStart struct {
	Story string `arg:"" help:"Which story; \"goodwordctl drill stories\" lists them."`
}

func (v drillStart) Run(d *desk) error {
	for _, s := range policy.Stories() {
		if s.ID != strings.ToLower(v.Story) {
			continue
		}
		return d.work(func(h *house.House, by audit.Actor) error {
			i, err := h.Policy.SaveIncident(d.ctx, policy.Incident{Title: s.Title, Drill: s.Text}, by)
			if err != nil {
				return err
			}
			return d.print(i, "Drill %d has begun: %s\n%s\nThe steps are ticked with \"goodwordctl drill step %d STEP\"; first comes %s.", i.ID, i.Title, i.Drill, i.ID, i.Next())
		})
	}
	return wrong("There is no story %q. \"goodwordctl drill stories\" lists them", v.Story)
}

type drillStep struct{ stepWords }

func (v drillStep) Run(d *desk) error { return v.tick(d, true) }

type drillNote struct{ entryWords }

func (v drillNote) Run(d *desk) error { return v.write(d, true, policy.Entry{Kind: policy.EntryNote}) }

type drillEnd struct {
	ID     int64  `arg:"" help:"Number of the drill."`
	Lesson string `help:"What was learned from it."`
}

func (v drillEnd) Run(d *desk) error {
	return d.happening(v.ID, true, func(h *house.House, i policy.Incident, by audit.Actor) error {
		if !i.Closed.IsZero() {
			return errors.New("The drill has ended already")
		}
		i, err := d.finish(h, i, "", v.Lesson, by)
		if err != nil {
			return err
		}
		if d.json {
			return d.line(i)
		}
		return d.laps(i)
	})
}

// laps prints how long after the start each step was done.
func (d *desk) laps(i policy.Incident) error {
	laps, whole := i.Laps()
	for _, lap := range laps {
		done := "not done"
		if lap.Done {
			done = fmt.Sprintf("after %s, by %s", minutes(lap.After), lap.By)
		}
		if err := d.print(lap, "%-26s %s", lap.Step.Title, done); err != nil {
			return err
		}
	}
	if i.Next() != "" {
		return d.remark("Not every step was done. Open when the drill ended: " + strings.Join(i.OpenSteps(), "; ") + ".")
	}
	return d.remark("All steps took " + minutes(whole) + ". The aim is one hour.")
}
