package house

import (
	"context"

	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/respond"
)

// recentReplies is how many of the last replies a new one does not repeat.
const recentReplies = 30

// Library is the templates as the practice has them today: its approved copies, without what it switched off, with the statements about health that its
// clinicians stand behind.
func (h *House) Library(ctx context.Context) (*respond.Library, error) {
	kept, err := h.Reviews.KeptTemplates(ctx)
	if err != nil {
		return nil, err
	}
	approved, err := h.Policy.Approved(ctx)
	if err != nil {
		return nil, err
	}
	if len(kept) == 0 && len(approved) == 0 {
		return h.Respond, nil
	}
	return h.Respond.With(kept, approved), nil
}

// Ground is what a draft for a mention stands on.
func (h *House) Ground(ctx context.Context, m reviews.Mention) (respond.Ground, error) {
	g := respond.Ground{Gate: h.Gate}
	var err error
	if g.Practice, err = h.Practices.Get(ctx); err != nil {
		return g, err
	}
	if g.Place, err = h.PlaceOf(ctx, m); err != nil {
		return g, err
	}
	tone, err := h.Practices.Setting(ctx, respond.SettingTone)
	if err != nil {
		return g, err
	}
	g.Tone = respond.Tone(tone)
	if g.Local, err = policy.Local(ctx, h.DB.Reader()); err != nil {
		return g, err
	}
	g.Recent, err = h.Reviews.Recent(ctx, recentReplies)
	return g, err
}

// Draft picks and fills what may be answered to a mention.
func (h *House) Draft(ctx context.Context, m reviews.Mention) (respond.Draft, error) {
	library, err := h.Library(ctx)
	if err != nil {
		return respond.Draft{}, err
	}
	g, err := h.Ground(ctx, m)
	if err != nil {
		return respond.Draft{}, err
	}
	return library.Draft(m, g), nil
}

// Lines are the snippets that can be put into a reply to a mention, in its language.
func (h *House) Lines(ctx context.Context, m reviews.Mention) ([]respond.Line, error) {
	g, err := h.Ground(ctx, m)
	if err != nil {
		return nil, err
	}
	language := "en"
	if m.Language == "es" {
		language = "es"
	}
	return h.Respond.Lines(language, g), nil
}

// Trial is what the wordings of this practice are tried against.
func (h *House) Trial(ctx context.Context) (respond.Trial, error) {
	t := respond.Trial{Gate: h.Gate}
	var err error
	if t.Practice, err = h.Practices.Get(ctx); err != nil {
		return t, err
	}
	if t.Places, err = h.Practices.Places(ctx); err != nil {
		return t, err
	}
	t.Local, err = policy.Local(ctx, h.DB.Reader())
	return t, err
}

// soundTemplate proves that a template of the practice passes the gate however its variables are filled.
func (h *House) soundTemplate(ctx context.Context, t reviews.OwnTemplate) error {
	trial, err := h.Trial(ctx)
	if err != nil {
		return err
	}
	return trial.Sound(respond.Of(reviews.TemplateVersion{Template: t}))
}

// soundMyth proves that an answer with a statement of the practice's own passes the gate.
func (h *House) soundMyth(ctx context.Context, m policy.Myth) error {
	trial, err := h.Trial(ctx)
	if err != nil {
		return err
	}
	return trial.SoundMyth(m)
}
