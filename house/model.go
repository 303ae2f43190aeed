package house

import (
	"context"
	"encoding/json"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
	"goodword/reviews/respond/model"
)

// settingModel is the name under which the practice's settings keep those of the language model.
const settingModel = "language model"

// ModelSettings are how the practice uses a language model; off before anybody switched it on.
func (h *House) ModelSettings(ctx context.Context) (model.Settings, error) {
	var s model.Settings
	value, err := h.Practices.Setting(ctx, settingModel)
	if err != nil || value == "" {
		return s, err
	}
	if err := json.Unmarshal([]byte(value), &s); err != nil {
		return model.Settings{}, nil // what cannot be read is off
	}
	return s, nil
}

// SaveModelSettings keeps them. An address that is not on this computer is refused.
func (h *House) SaveModelSettings(ctx context.Context, s model.Settings, by audit.Actor) error {
	if s.On || s.Address != "" {
		address, err := model.CheckAddress(s.Address)
		if err != nil {
			return err
		}
		s.Address = address.String()
	}
	if s.On && s.Name == "" {
		return refusal.Because(model.ErrAddress, "Say which model the server shall use")
	}
	value, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return h.Practices.SetSetting(ctx, settingModel, string(value), by)
}

// ModelOn reports whether the language model may be asked.
func (h *House) ModelOn(ctx context.Context) (bool, error) {
	s, err := h.ModelSettings(ctx)
	return s.On, err
}

// Models lists what the server at an address on this computer can run.
func (h *House) Models(ctx context.Context, address string) ([]string, error) {
	return h.Model.Models(ctx, model.Settings{Address: address, Seconds: 10})
}

// AskModel has the language model on this computer word a reply. name is that of the model, under which the draft is kept.
func (h *House) AskModel(ctx context.Context, m reviews.Mention) (text, name string, err error) {
	s, err := h.ModelSettings(ctx)
	if err != nil {
		return "", "", err
	}
	g, err := h.Ground(ctx, m)
	if err != nil {
		return "", "", err
	}
	offer, err := h.Draft(ctx, m)
	if err != nil {
		return "", "", err
	}
	q := model.Question{Review: m.Words(), Stars: m.Stars, Language: m.Language, Tone: string(g.Tone), Practice: g.Practice.Name, Call: respond.Call(g), Sorry: sorry(g.Practice.Apology)}
	if !s.Open {
		if q.Review, err = h.masked(ctx, m); err != nil {
			return "", "", err
		}
	}
	for _, suggestion := range offer.Suggestions[:min(2, len(offer.Suggestions))] {
		q.Examples = append(q.Examples, suggestion.Text)
	}
	text, err = h.Model.Ask(ctx, s, q)
	return text, s.Name, err
}

// masked are the words of a mention without names and health details. Its author is covered too, where the review signs with that name.
func (h *House) masked(ctx context.Context, m reviews.Mention) (string, error) {
	team, err := h.Reviews.Team(ctx)
	if err != nil {
		return "", err
	}
	words := m.Words()
	return respond.WithoutName(classify.Mask(words, h.Judge.Marks(words, team)), m.Author), nil
}

func sorry(level practice.Apology) string {
	switch level {
	case practice.NoApology:
		return "never say sorry or apologize"
	case practice.FullApology:
		return "may apologize in general terms for falling short, never for a mistake in care"
	}
	return "may say sorry that anyone feels so, never apologize and never admit anything"
}
