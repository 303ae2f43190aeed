package house

import (
	"context"
	"slices"

	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/policy"
	"goodword/reviews"
)

// mostStopped is how many blocked drafts are looked through: what is older teaches nobody that it is about them.
const mostStopped = 60

// Stopped lists the newest drafts that the gate stopped and that could become examples.
func (h *House) Stopped(ctx context.Context) ([]policy.Stopped, error) {
	drafts, err := h.Reviews.Stopped(ctx, mostStopped)
	if err != nil {
		return nil, err
	}
	known, err := h.Policy.NearMisses(ctx)
	if err != nil {
		return nil, err
	}
	var all []policy.Stopped
	for _, d := range drafts {
		if slices.ContainsFunc(known, func(n policy.NearMiss) bool { return n.DraftID == d.ID }) {
			continue
		}
		i := slices.IndexFunc(d.Rules, policy.Teaches)
		if i < 0 {
			continue
		}
		s := policy.Stopped{DraftID: d.ID, MentionID: d.MentionID, At: d.At, Rule: d.Rules[i], Proposal: policy.Mask(d.Text)}
		for _, r := range h.Gate.Rules() {
			if r.Code == s.Rule {
				s.Label = r.Label
				break
			}
		}
		all = append(all, s)
	}
	return all, nil
}

// ProposeNearMiss keeps what somebody has made of a stopped draft as a candidate for the training. The words are compared with the draft and with every
// name that the practice knows.
func (h *House) ProposeNearMiss(ctx context.Context, draftID int64, text string, by audit.Actor) (policy.NearMiss, error) {
	drafts, err := h.Reviews.Stopped(ctx, mostStopped)
	if err != nil {
		return policy.NearMiss{}, err
	}
	i := slices.IndexFunc(drafts, func(d reviews.Stopped) bool { return d.ID == draftID })
	if i < 0 {
		return policy.NearMiss{}, refusal.Because(policy.ErrNotFound, "This draft is not among the newest that the gate stopped")
	}
	d := drafts[i]
	at := slices.IndexFunc(d.Rules, policy.Teaches)
	if at < 0 {
		return policy.NearMiss{}, refusal.Because(policy.ErrStep, "What stopped this draft makes no question")
	}
	names := []string{d.Reviewer}
	p, err := h.Practices.Get(ctx)
	if err != nil {
		return policy.NearMiss{}, err
	}
	names = append(names, p.Name, p.ContactName)
	people, err := h.Practices.People(ctx)
	if err != nil {
		return policy.NearMiss{}, err
	}
	for _, person := range people {
		names = append(names, person.Name)
	}
	return h.Policy.Propose(ctx, policy.NearMiss{DraftID: d.ID, Rule: d.Rules[at], Text: text}, d.Text, names, by)
}
