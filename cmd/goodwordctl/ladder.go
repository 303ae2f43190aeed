package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
)

type escalateVerb struct {
	ID     int64  `arg:"" help:"Number of the mention."`
	To     string `help:"Name or number of the colleague who takes it, or a step of the ladder; without it the ladder says who." placeholder:"PERSON"`
	Reason string `help:"Why." required:"" placeholder:"R"`
	Tried  string `help:"What was done already." placeholder:"T"`
	Avoid  string `help:"What must not be done." placeholder:"A"`
}

type escalated struct {
	Mention int64          `json:"mention"`
	Status  reviews.Status `json:"status"`
	Step    string         `json:"step"`
	To      string         `json:"to,omitempty"`
	Due     time.Time      `json:"due"`
}

func (v escalateVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		ladder, err := h.Reviews.Ladder(d.ctx)
		if err != nil {
			return err
		}
		to := reviews.HandOver{Reason: v.Reason, Tried: v.Tried, Avoid: v.Avoid}
		if r, ok := ladder.Rung(strings.ToLower(v.To)); ok {
			to.Rung = r.ID
		} else if v.To != "" {
			person, err := d.colleague(h, v.To)
			if err != nil {
				return err
			}
			to.Person = person.ID
		}
		if err := h.Reviews.HandOver(d.ctx, v.ID, to, by); err != nil {
			return err
		}
		e, err := h.Reviews.EscalationOf(d.ctx, v.ID)
		if err != nil {
			return err
		}
		row, p, err := d.standing(h, e)
		if err != nil {
			return err
		}
		text := fmt.Sprintf("Mention %d is escalated to %s.", v.ID, row.whom())
		if r, ok := ladder.Rung(e.Rung); ok && row.To == "" && r.Contact == "" {
			text += " Nobody holds this step, so nobody sees it: hand it to a colleague with --to PERSON, or name somebody for the step in the settings."
		}
		if !e.Up() {
			text += " To be taken up by " + e.Due.In(p.Location()).Format("Mon 2 Jan 15:04") + "."
		}
		return d.print(row, "%s", text)
	})
}

func (e escalated) whom() string {
	if e.To == "" {
		return e.Step
	}
	return e.To + " (" + e.Step + ")"
}

// standing is where a mention stands on the ladder, by name.
func (d *desk) standing(h *house.House, e reviews.Escalation) (escalated, practice.Practice, error) {
	row := escalated{Mention: e.Mention, Status: reviews.Escalated, Step: e.Rung, Due: e.Due}
	p, err := h.Practices.Get(d.ctx)
	if err != nil {
		return row, p, err
	}
	people, err := h.Practices.People(d.ctx)
	for _, person := range people {
		if person.ID == e.Person {
			row.To = person.Name
		}
	}
	return row, p, err
}

type takeVerb struct {
	ID      int64 `arg:"" help:"Number of the mention."`
	Replace bool  `help:"Take it over from the colleague who has it."`
}

func (v takeVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		take := h.Reviews.TakeUp
		if v.Replace {
			take = h.Reviews.TakeOver
		}
		err := take(d.ctx, v.ID, by)
		if errors.Is(err, reviews.ErrTaken) {
			return fmt.Errorf("%w: \"goodwordctl take %d --replace\" does", err, v.ID)
		}
		if err != nil {
			return err
		}
		return d.print(map[string]any{"mention": v.ID, "taken_by": by.Name}, "%s has mention %d.", by.Name, v.ID)
	})
}

type snoozeVerb struct {
	ID    int64  `arg:"" help:"Number of the mention."`
	Until string `help:"The day on which it comes back, when the office opens: 2026-12-01, tomorrow, 3d, 2w; or \"now\" to bring it back." required:"" placeholder:"D"`
	For   string `help:"Whom or what it waits for; the clock of its target stands still until then." placeholder:"WHO"`
}

func (v snoozeVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if strings.EqualFold(v.Until, "now") {
			if err := h.Reviews.Wake(d.ctx, v.ID, by); err != nil {
				return err
			}
			return d.print(map[string]any{"mention": v.ID}, "Mention %d is back in the inbox.", v.ID)
		}
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		until, err := comingDay(v.Until, d.now(), p)
		if err != nil {
			return err
		}
		if err := h.Reviews.Snooze(d.ctx, v.ID, until, v.For, by); err != nil {
			return err
		}
		return d.print(map[string]any{"mention": v.ID, "until": until, "for": v.For}, "Mention %d comes back on %s.", v.ID, until.In(p.Location()).Format("Monday 2 January 2006 at 15:04"))
	})
}

// comingDay reads a day to come: 2026-12-01, tomorrow, 3d, 2w.
func comingDay(text string, now time.Time, p practice.Practice) (time.Time, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if day, err := time.ParseInLocation(practice.Day, text, p.Location()); err == nil {
		return reviews.ReturnOn(day, p), nil
	}
	var n int
	var unit string
	if text == "tomorrow" {
		n, unit = 1, "d"
	} else if _, err := fmt.Sscanf(text, "%d%s", &n, &unit); err != nil || n < 1 || n > 999 || unit != "d" && unit != "w" {
		return time.Time{}, fmt.Errorf("%q is no day to come back on. Write 2026-12-01, tomorrow, 3d or 2w", text)
	}
	if unit == "w" {
		n *= 7
	}
	return reviews.ReturnOn(now.In(p.Location()).AddDate(0, 0, n), p), nil
}

type ladderVerb struct{}

type rungRow struct {
	Step     string  `json:"step"`
	Who      string  `json:"who,omitempty"`
	Minutes  int     `json:"office_minutes"`
	Critical int     `json:"critical_minutes"`
	Mentions []int64 `json:"mentions"` // that stand there and nobody has taken up
}

func (ladderVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		ladder, err := h.Reviews.Ladder(d.ctx)
		if err != nil {
			return err
		}
		standing, err := h.Reviews.Escalations(d.ctx)
		if err != nil {
			return err
		}
		people, err := h.Practices.People(d.ctx)
		if err != nil {
			return err
		}
		for _, r := range ladder.Rungs {
			if r.Off {
				continue
			}
			row := rungRow{Step: r.ID, Who: r.Contact, Minutes: r.Minutes, Critical: r.Critical, Mentions: []int64{}}
			holder := r.Holder(people, d.now().Format(practice.Day))
			for _, p := range people {
				if p.ID == holder {
					row.Who = p.Name
				}
			}
			for _, e := range standing {
				if e.Rung == r.ID && e.Waits() {
					row.Mentions = append(row.Mentions, e.Mention)
				}
			}
			if err := d.print(row, "%-10s  %-24s  %4d office minutes, critical %3d minutes  waiting: %d", row.Step, row.Who, row.Minutes, row.Critical, len(row.Mentions)); err != nil {
				return err
			}
		}
		return nil
	})
}
