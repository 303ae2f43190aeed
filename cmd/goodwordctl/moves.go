package main

import (
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews/insight"
)

type movesVerb struct {
	Seen int64 `help:"Say that somebody looked at this move; it is on Today no more." placeholder:"ID"`
	All  bool  `help:"Also those that ended lately."`
}

// moveLine is a move with its words.
type moveLine struct {
	insight.Move
	What string `json:"what"`
	Sure string `json:"sure"`
}

func (v movesVerb) Run(d *desk) error {
	return d.work(func(h *house.House, who audit.Actor) error {
		if v.Seen != 0 {
			if err := h.Insight.MarkMoveSeen(d.ctx, v.Seen, true, who); err != nil {
				return err
			}
			return d.print(map[string]any{"id": v.Seen, "state": insight.MoveSeen}, "Move %d was looked at.", v.Seen)
		}
		p, err := h.Practices.Get(d.ctx)
		if err != nil {
			return err
		}
		if _, err := h.Insight.LookForMoves(d.ctx); err != nil {
			return err
		}
		moves, err := h.Insight.Moves(d.ctx)
		if err != nil {
			return err
		}
		y, m, day := d.now().In(p.Location()).Date()
		today := time.Date(y, m, day, 0, 0, 0, 0, p.Location())
		n := 0
		for _, m := range moves {
			if m.State == insight.MoveEnded && !v.All {
				continue
			}
			n++
			line := moveLine{m, m.Says(today), m.Sure()}
			if err := d.print(line, "%4d  %-5s  %s\n             %s. \"goodwordctl inbox move:%d\" lists the mentions", m.ID, m.State, line.What, line.Sure, m.ID); err != nil {
				return err
			}
		}
		if n == 0 && !d.json {
			return d.print(nil, "Nothing moves: the last days are as usual.")
		}
		return nil
	})
}
