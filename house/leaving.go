package house

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy"
)

// Work is one thing that waits for a person, so that somebody else can take it over when they leave.
type Work struct {
	Kind  string `json:"kind"` // in words: "Review", "Spotlight", "Checklist"
	Title string `json:"title"`
	Why   string `json:"why"`

	hand func(ctx context.Context, to practice.Person, by audit.Actor) error // nil: it cannot be handed over, only seen to
}

// OpenWork lists what waits for a person: mentions, spotlights, consents, items of the checklist, duties that nobody else has.
func (h *House) OpenWork(ctx context.Context, personID int64) ([]Work, error) {
	person, err := h.Practices.Person(ctx, personID)
	if err != nil {
		return nil, err
	}
	mentions, err := h.Reviews.OpenOf(ctx, personID)
	if err != nil {
		return nil, err
	}
	var all []Work
	for _, m := range mentions {
		w := Work{Kind: "Review", Title: fmt.Sprintf("%s on %s", cmp.Or(m.Author, "Somebody"), m.Site), Why: "assigned to " + person.Name}
		if m.Assigned != personID {
			w.Why = person.Name + " has begun the reply"
		}
		w.hand = func(ctx context.Context, to practice.Person, by audit.Actor) error {
			return h.Reviews.Assign(ctx, m.ID, to.ID, by)
		}
		all = append(all, w)
	}
	spotlights, err := h.Advocacy.List(ctx, advocacy.Filter{PersonID: personID})
	if err != nil {
		return nil, err
	}
	for _, s := range spotlights {
		if s.Stage != advocacy.Published && s.Stage != advocacy.Archived {
			all = append(all, Work{Kind: "Spotlight", Title: s.Title, Why: "shows " + person.Name + "; archive it, or ask whether it may still run"})
		}
	}
	consents, err := h.Advocacy.Consents(ctx, personID)
	if err != nil {
		return nil, err
	}
	today := h.Now().Format(practice.Day)
	for _, c := range consents {
		if c.Live(today) {
			all = append(all, Work{Kind: "Consent", Title: "Consent to be shown", Why: "still stands; ask what may stay online"})
			break
		}
	}
	groups, err := h.Policy.Checklist(ctx)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		for _, i := range g.Items {
			if i.OwnerID == personID {
				all = append(all, Work{Kind: "Checklist", Title: i.Text, Why: person.Name + " looks after it",
					hand: func(ctx context.Context, to practice.Person, by audit.Actor) error {
						a := i.Answered
						a.OwnerID = to.ID
						return h.Policy.Answer(ctx, i.ID, a, by)
					}})
			}
		}
	}
	duties, err := h.alone(ctx, person)
	return append(all, duties...), err
}

// alone says which duties would have nobody left.
func (h *House) alone(ctx context.Context, leaving practice.Person) ([]Work, error) {
	people, err := h.Practices.People(ctx)
	if err != nil {
		return nil, err
	}
	today := h.Now().Format(practice.Day)
	left := slices.DeleteFunc(people, func(p practice.Person) bool { return p.ID == leaving.ID || !p.Here(today) })
	var all []Work
	if leaving.Role.MayApprove() && !slices.ContainsFunc(left, func(p practice.Person) bool { return p.Role.MayApprove() }) {
		all = append(all, Work{Kind: "Role", Title: "Nobody else may approve texts", Why: "give somebody the role first"})
	}
	if leaving.Role == practice.Compliance && !slices.ContainsFunc(left, func(p practice.Person) bool { return p.Role == practice.Compliance }) {
		all = append(all, Work{Kind: "Role", Title: "There is no other compliance officer", Why: "name one in writing"})
	}
	return all, nil
}

// HandOver gives everything that can be handed over to somebody else, and says how much it was.
func (h *House) HandOver(ctx context.Context, from, to int64, by audit.Actor) (handed int, err error) {
	heir, err := h.Practices.Person(ctx, to)
	if err != nil {
		return 0, err
	}
	if from == to || !heir.Here(h.Now().Format(practice.Day)) {
		return 0, refusal.Because(policy.ErrStep, "Choose somebody else who works here")
	}
	work, err := h.OpenWork(ctx, from)
	if err != nil {
		return 0, err
	}
	for _, w := range work {
		if w.hand == nil {
			continue
		}
		if err := w.hand(ctx, heir, by); err != nil {
			return handed, fmt.Errorf("%s: %w", w.Title, err)
		}
		handed++
	}
	return handed, nil
}
