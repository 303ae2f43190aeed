package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
)

type seriesVerb struct {
	List    seriesList    `cmd:"" default:"1" help:"List the series."`
	Add     seriesAdd     `cmd:"" help:"Add a series: a post that comes back by a rule, until a day."`
	End     seriesEnd     `cmd:"" help:"End a series on a day; the turns before stay."`
	Results seriesResults `cmd:"" help:"List the turns of a series, and which have their post."`
}

type seriesList struct{}

func (seriesList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		list, err := h.Advocacy.SeriesList(d.ctx)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return d.remark("No series yet. Add one with \"goodwordctl series add TITLE --on tuesday --until D\".")
		}
		for _, v := range list {
			if err := d.printSeries(v); err != nil {
				return err
			}
		}
		return nil
	})
}

func (d *desk) printSeries(v advocacy.Series) error {
	return d.print(v, "%4d  %-24s %s, from %s until %s", v.ID, v.Title, v.Says(), v.First, v.Until)
}

type seriesAdd struct {
	Title string `arg:"" help:"What it is called, such as \"Meet the team\"."`
	On    string `help:"Weekday, such as tuesday." required:""`
	Every int    `help:"Every so many weeks, or months with --nth." default:"1"`
	Nth   int    `help:"The first (1) to fourth of the month, -1 for the last; by weeks when left out."`
	From  string `help:"First day; today when left out." placeholder:"D"`
	Until string `help:"Last day." required:"" placeholder:"D"`
	At    string `help:"Time of the day." default:"09:00"`
	Kind  string `help:"spotlight, education, hiring or event." default:"spotlight"`
	Note  string `help:"What it is about."`
}

func (v seriesAdd) Run(d *desk) error {
	weekday := slices.IndexFunc([]time.Weekday{0, 1, 2, 3, 4, 5, 6}, func(w time.Weekday) bool { return strings.EqualFold(w.String(), v.On) })
	if weekday < 0 {
		return wrong("%q is no weekday; write it as tuesday", v.On)
	}
	at, err := time.Parse("15:04", v.At)
	if err != nil {
		return wrong("%q is no time; write it as 09:00", v.At)
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.From == "" {
			v.From = d.today()
		}
		rule := advocacy.Repeat{Every: v.Every, Nth: v.Nth, Weekdays: []time.Weekday{time.Weekday(weekday)}}.Rule()
		s, err := h.Advocacy.SaveSeries(d.ctx, advocacy.Series{Title: v.Title, Kind: advocacy.PostKind(v.Kind), Note: v.Note, First: v.From, Until: v.Until, Rule: rule,
			Minute: at.Hour()*60 + at.Minute()}, by)
		if err != nil {
			return err
		}
		return d.printSeries(s)
	})
}

type seriesEnd struct {
	ID int64  `arg:"" help:"Number of the series."`
	On string `help:"Last day; today when left out." placeholder:"D"`
}

func (v seriesEnd) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		s, err := d.series(h, v.ID)
		if err != nil {
			return err
		}
		if s.Until = v.On; v.On == "" {
			s.Until = d.today()
		}
		if s, err = h.Advocacy.SaveSeries(d.ctx, s, by); err != nil {
			return err
		}
		return d.printSeries(s)
	})
}

func (d *desk) series(h *house.House, id int64) (advocacy.Series, error) {
	list, err := h.Advocacy.SeriesList(d.ctx)
	if err != nil {
		return advocacy.Series{}, err
	}
	for _, s := range list {
		if s.ID == id {
			return s, nil
		}
	}
	return advocacy.Series{}, fmt.Errorf("There is no series with number %d. \"goodwordctl series\" prints them", id)
}

type seriesResults struct {
	ID int64 `arg:"" help:"Number of the series."`
}

type turnRow struct {
	Day         string         `json:"day"`
	SpotlightID int64          `json:"spotlight_id,omitempty"`
	Stage       advocacy.Stage `json:"stage,omitempty"`
}

func (v seriesResults) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		s, err := d.series(h, v.ID)
		if err != nil {
			return err
		}
		posts, err := h.Advocacy.List(d.ctx, advocacy.Filter{Archived: true})
		if err != nil {
			return err
		}
		for _, turn := range s.Turns(s.First, s.Until) {
			row, state := turnRow{Day: turn.On}, "waits for its post"
			for _, p := range posts {
				if p.SeriesID == s.ID && p.SeriesDay == turn.Day && (p.Stage != advocacy.Archived || !p.FirstPosted().IsZero()) {
					row.SpotlightID, row.Stage = p.ID, p.Stage
					state = fmt.Sprintf("%s, spotlight %d", p.Stage, p.ID)
				}
			}
			if err := d.print(row, "%s  %s", row.Day, state); err != nil {
				return err
			}
		}
		return nil
	})
}
