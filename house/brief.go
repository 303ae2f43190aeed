package house

import (
	"context"
	"errors"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews/insight"
)

// Brief is the brief for the owner on why to answer: from the practice's own figures of the last twelve months and what answering costs.
func (h *House) Brief(ctx context.Context, costs policy.BriefCosts) (paper.Sheet, error) {
	p, err := h.Practices.Get(ctx)
	if err != nil {
		return paper.Sheet{}, err
	}
	now := h.Now()
	to := policy.Today(now, p)
	from := now.In(p.Location()).AddDate(-1, 0, 1).Format(practice.Day)
	scope, err := insight.Days(from, to, p)
	if err != nil {
		return paper.Sheet{}, err
	}
	figures, err := h.Insight.Figures(ctx, scope, p)
	if err != nil {
		return paper.Sheet{}, err
	}
	r := figures.Now.Response
	f := policy.BriefFigures{From: from, To: to, Mentions: figures.Now.Mentions, Owed: r.Owed, Handled: r.Handled, Quiet: r.Quiet, Within: r.Within, Judged: r.Judged(), Timed: r.Timed,
		Median: r.MedianOffice, Reviews: figures.Now.Reviews(), ReviewsBefore: figures.Before.Reviews(), Mean: figures.Now.Mean(), MeanBefore: figures.Before.Mean()}
	for _, t := range figures.Topics {
		if t.ID != "" {
			f.Topics = append(f.Topics, policy.BriefTopic{Label: t.Label, Mentions: t.Mentions, Positive: t.Positive, Negative: t.Negative})
		}
	}
	incidents, err := h.Policy.Incidents(ctx)
	if err != nil {
		return paper.Sheet{}, err
	}
	f.Incidents = len(incidents)
	if v, err := h.Policy.InForce(ctx); err == nil {
		roll, err := h.Policy.RollCall(ctx, v.ID)
		if err != nil {
			return paper.Sheet{}, err
		}
		counts := policy.CountRoll(roll)
		f.Signed = counts[policy.RollSigned]
		f.Asked = len(roll) - counts[policy.RollLeft]
	} else if !errors.Is(err, policy.ErrNotFound) {
		return paper.Sheet{}, err
	}
	return policy.Brief(p, f, costs, now), nil
}
