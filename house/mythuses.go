package house

import (
	"context"
	"slices"
	"strings"

	"goodword/advocacy"
	"goodword/policy"
	"goodword/reviews/respond"
)

// MythUses lists where a statement about health was said: in replies that stand on its template or have its words, and in posts that have them.
func (h *House) MythUses(ctx context.Context, m policy.Myth) ([]policy.MythUse, error) {
	words, _ := m.Parts()
	words = strings.TrimSuffix(words, ".")
	replies, err := h.Reviews.Saying(ctx, respond.MythTemplateID(m), words)
	if err != nil {
		return nil, err
	}
	var all []policy.MythUse
	for _, r := range replies {
		all = append(all, policy.MythUse{Kind: policy.UsedInReply, ID: r.MentionID, State: string(r.State), At: r.Changed})
	}
	posts, err := h.Advocacy.List(ctx, advocacy.Filter{Archived: true})
	if err != nil {
		return nil, err
	}
	for _, p := range posts {
		if slices.ContainsFunc(p.Variants, func(v advocacy.Variant) bool { return strings.Contains(v.Text, words) }) {
			all = append(all, policy.MythUse{Kind: policy.UsedInPost, ID: p.ID, Title: p.Title, State: string(p.Stage), At: p.Changed})
		}
	}
	return all, nil
}
