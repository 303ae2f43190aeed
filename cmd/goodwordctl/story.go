package main

import (
	"fmt"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
)

type storyVerb struct {
	Split storySplit `cmd:"" help:"Take a place out of a mention into a mention of its own."`
	Join  storyJoin  `cmd:"" help:"Make another mention a place of this one: they tell the same story."`
}

type storySplit struct {
	ID    int64 `arg:"" help:"Number of the mention."`
	Place int   `arg:"" help:"Number of the place, as \"show\" lists them."`
}

func (v storySplit) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if _, err := h.Reviews.Find(d.ctx, v.ID); err != nil {
			return err
		}
		places, err := h.Reviews.Appearances(d.ctx, v.ID)
		if err != nil {
			return err
		}
		if len(places) == 0 {
			return fmt.Errorf("Mention %d stands in one place only; there is nothing to take apart", v.ID)
		}
		if v.Place < 1 || v.Place > len(places) {
			return wrong("Mention %d has the other places 1 to %d; \"goodwordctl show %d\" lists them", v.ID, len(places), v.ID)
		}
		id, err := h.Collect.TakeApart(d.ctx, v.ID, places[v.Place-1], by)
		if err != nil {
			return err
		}
		m, err := h.Reviews.Find(d.ctx, id)
		if err != nil {
			return err
		}
		return d.print(whole(m), "Mention %d on %s is now by itself: %s.", m.ID, m.Site, judged(m))
	})
}

type storyJoin struct {
	Keep  int64 `arg:"" help:"Number of the mention that stays."`
	Other int64 `arg:"" help:"Number of the mention that becomes a place of it."`
}

func (v storyJoin) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.Join(d.ctx, v.Keep, v.Other, by); err != nil {
			return err
		}
		places, err := h.Reviews.Appearances(d.ctx, v.Keep)
		if err != nil {
			return err
		}
		return d.print(struct {
			ID     int64                `json:"id"`
			Places []reviews.Appearance `json:"places"`
		}{v.Keep, places}, "Mention %d now stands in %d places. \"goodwordctl story split\" takes it back.", v.Keep, len(places)+1)
	})
}
