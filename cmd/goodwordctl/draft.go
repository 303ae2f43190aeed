package main

import (
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

type draftVerb struct {
	ID       int64  `arg:"" help:"Number of the mention."`
	Template string `help:"Use this template in place of the one that fits best." placeholder:"T"`
	Look     bool   `help:"Only print what fits; save nothing."`
	Replace  bool   `help:"Save it in the place of a text that somebody wrote, or that is on its way out."`
}

type drafted struct {
	Mention      int64         `json:"mention"`
	Template     string        `json:"template"`
	Title        string        `json:"title"`
	When         string        `json:"when"`
	Text         string        `json:"text"`
	Verdict      string        `json:"verdict"`
	Public       []string      `json:"in_public,omitempty"` // what may be said to a mention that cannot wait, by its signals
	Others       []string      `json:"others"`
	Alternatives []alternative `json:"alternatives"`
	Missing      []string      `json:"missing,omitempty"` // facts that the question asks for and the fact sheet lacks
	Claim        string        `json:"claim,omitempty"`   // the error about health that the mention repeats
	Approved     bool          `json:"claim_approved,omitempty"`
}

type alternative struct {
	Template string `json:"template"`
	Title    string `json:"title"`
	When     string `json:"when"`
	Text     string `json:"text"`
}

// alternatives is how many further texts are printed beside the chosen one.
const alternatives = 2

func (v draftVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		m, err := h.Reviews.Find(d.ctx, v.ID)
		if err != nil {
			return err
		}
		offer, err := h.Draft(d.ctx, m)
		if err != nil {
			return err
		}
		chosen, err := v.choose(d, h, m, offer)
		if err != nil {
			return err
		}
		row := describe(m.ID, chosen, offer)
		for _, id := range m.Signals {
			if s, ok := classify.Default().Signal(id); ok && s.PublicReply != "" {
				row.Public = append(row.Public, s.Label+": "+s.PublicReply)
			}
		}
		draft, err := h.Reviews.GateDraft(d.ctx, v.ID, chosen.Text)
		if err != nil {
			return err
		}
		row.Verdict = string(h.Gate.Check(draft).Verdict)
		if !v.Look {
			if err := v.spare(d, h); err != nil {
				return err
			}
			if _, _, err := h.Reviews.SaveDraft(d.ctx, v.ID, chosen.Text, chosen.TemplateID, by); err != nil {
				return err
			}
		}
		return d.print(row, "%s", row.plain())
	})
}

// spare refuses to write over words that are somebody's own or on their way out.
func (v draftVerb) spare(d *desk, h *house.House) error {
	r, err := h.Reviews.ReplyTo(d.ctx, v.ID)
	if err != nil || v.Replace {
		return err
	}
	if r.Text != "" && (r.Template == "" || r.State != reviews.Draft) {
		return refusal.Because(reviews.ErrStep, "There is a text for this mention already, and it stays. Look at what fits with --look; --replace puts it in the place of the text")
	}
	return nil
}

func (v draftVerb) choose(d *desk, h *house.House, m reviews.Mention, offer respond.Draft) (respond.Suggestion, error) {
	if v.Template == "" {
		if len(offer.Suggestions) == 0 {
			return respond.Suggestion{}, fmt.Errorf("No template fits mention %d. Write the reply with \"goodwordctl reply %d --text TEXT\"", m.ID, m.ID)
		}
		return offer.Suggestions[0], nil
	}
	for _, s := range offer.Suggestions {
		if s.TemplateID == v.Template {
			return s, nil
		}
	}
	library, err := h.Library(d.ctx)
	if err != nil {
		return respond.Suggestion{}, err
	}
	t, ok := library.Template(v.Template)
	if !ok {
		return respond.Suggestion{}, fmt.Errorf("There is no template %q. \"goodwordctl draft %d --look --json\" names those that fit", v.Template, m.ID)
	}
	g, err := h.Ground(d.ctx, m)
	if err != nil {
		return respond.Suggestion{}, err
	}
	text := library.Fill(t, g.Practice, g.Place)
	if text == "" {
		return respond.Suggestion{}, fmt.Errorf("The template %s needs facts of the practice that are not entered: %s", t.ID, strings.Join(titles(respond.Missing(t, g.Practice, g.Place)), ", "))
	}
	return respond.Suggestion{TemplateID: t.ID, Title: t.Title, When: t.When, Text: text, Language: t.Language, Version: t.Version, Own: t.Own}, nil
}

func describe(mention int64, chosen respond.Suggestion, offer respond.Draft) drafted {
	row := drafted{Mention: mention, Template: chosen.TemplateID, Title: chosen.Title, When: chosen.When, Text: chosen.Text, Others: []string{}, Missing: titles(offer.Missing)}
	for _, s := range offer.Suggestions {
		if s.Text == chosen.Text {
			continue
		}
		row.Others = append(row.Others, s.TemplateID)
		if len(row.Alternatives) < alternatives {
			row.Alternatives = append(row.Alternatives, alternative{s.TemplateID, s.Title, s.When, s.Text})
		}
	}
	if offer.Claim != nil {
		row.Claim, row.Approved = offer.Claim.Myth.ID, offer.Claim.Approved
	}
	return row
}

func titles(facts []respond.Fact) []string {
	var list []string
	for _, f := range facts {
		list = append(list, f.ID)
	}
	return list
}

func (r drafted) plain() string {
	var b strings.Builder
	for _, p := range r.Public {
		fmt.Fprintf(&b, "! In public, %s.\n", strings.TrimSuffix(p, "."))
	}
	fmt.Fprintf(&b, "%s (%s, %s)\n%s\n\n%s\n", r.Title, r.Template, r.Verdict, r.When, r.Text)
	for i, a := range r.Alternatives {
		fmt.Fprintf(&b, "\nOr %d: %s (%s)\n%s\n", i+1, a.Title, a.Template, a.Text)
	}
	if len(r.Missing) > 0 {
		fmt.Fprintf(&b, "\nThe fact sheet does not say: %s\n", strings.Join(r.Missing, ", "))
	}
	if r.Claim != "" && !r.Approved {
		fmt.Fprintf(&b, "\nThere is an answer to the claim, which a clinician approves first: goodwordctl myth approve %s --as CLINICIAN\n", r.Claim)
	}
	return strings.TrimSuffix(b.String(), "\n")
}
