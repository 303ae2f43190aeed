package house

import (
	"context"
	"log/slog"

	"goodword/reviews"
)

// Tend does what is due without a person: what was put off comes back, what nobody took up climbs the ladder, posts
// whose consent ran out stand on the take-down list. Nothing leaves the program.
func (h *House) Tend(ctx context.Context) reviews.Tended {
	done, err := h.Reviews.Tend(ctx)
	if err != nil && ctx.Err() == nil {
		slog.Warn("see to what is due", "error", err)
	}
	if err := h.Advocacy.Lapse(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("see to consents that ran out", "error", err)
	}
	return done
}

// brought looks at what a collection changed: what moves, and what is due.
func (h *House) brought(ctx context.Context) {
	h.LookForMoves(ctx)
	h.Tend(ctx)
}
