package inbox

import (
	"context"
	"strings"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// goAheadDialog asks who agreed to a public reply, where the signal of a mention says that somebody must.
func (r *reply) goAheadDialog() {
	awaits := r.shown.choices.Awaits
	if awaits == nil {
		return
	}
	options := make([]string, len(awaits.From))
	for i, from := range awaits.From {
		options[i] = kit.Capital(reviews.VoiceTitle(from))
	}
	from := kit.NewSelect(options, nil)
	from.SetSelectedIndex(0)
	name := kit.NewEntry("With whom you spoke")
	nameField := kit.NewField("Name", "", name)
	why := kit.NewMultiLine("What was agreed, and why", 2)
	whyField := kit.NewField("Reason", "It stays in the history of this mention, and holds for the review as it reads now.", why)
	var closeIt func()
	record := func() {
		g := reviews.GoAhead{From: awaits.From[max(from.SelectedIndex(), 0)], Name: name.Text, Reason: why.Text}
		if strings.TrimSpace(g.Name) == "" {
			nameField.SetError("Say with whom you spoke.")
			return
		}
		if strings.TrimSpace(g.Reason) == "" {
			whyField.SetErr(errReason)
			return
		}
		closeIt()
		r.s.act("Recording the go-ahead", func(ctx context.Context, id int64, by actor) error {
			return r.s.deps.Replies.GoAhead(ctx, id, g, by)
		}, nil)
	}
	closeIt = r.s.host.Dialog("Who agreed to a public reply?", kit.MinWidth(kit.Column(theme.Space3, kit.NewField("Who agreed", "", from), nameField, whyField), 480),
		kit.Button{Title: "Record the go-ahead", Primary: true, Stay: true, Run: record}, kit.Button{Title: "Cancel"})
	r.s.host.Focus(name)
}
