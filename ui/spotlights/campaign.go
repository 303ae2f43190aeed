package spotlights

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// CampaignStore is what the page of campaigns asks of the domain.
type CampaignStore interface {
	Reports(ctx context.Context) ([]advocacy.Report, error)
	SaveCampaign(ctx context.Context, c advocacy.Campaign, by audit.Actor) (advocacy.Campaign, error)
	RemoveCampaign(ctx context.Context, id int64, by audit.Actor) (advocacy.Campaign, error)
	JoinCampaign(ctx context.Context, spotlightID, campaignID int64, by audit.Actor) error
}

// campaigns is the page of campaigns. It stands in place of the overview.
type campaigns struct {
	s       *Screen
	content fyne.CanvasObject
	states  *kit.States
	cancel  func()
}

func newCampaigns(s *Screen) *campaigns {
	c := &campaigns{s: s, states: kit.NewStates(), cancel: func() {}}
	page := kit.NewPage("Campaigns", "Posts that serve one goal within one period", kit.NewButton("All spotlights", theme.Icon("arrow-left"), s.leave),
		kit.NewPrimary("New campaign", theme.IconIn("plus", theme.OnAccent), func() { c.edit(advocacy.Campaign{Goal: advocacy.GoalHiring}) }))
	page.SetContent(c.states)
	c.content = page
	c.states.ShowLoading("Reading the campaigns")
	return c
}

// showCampaigns brings the page into sight.
func (s *Screen) showCampaigns() {
	if s.card != nil {
		s.card.save(func() {
			s.card.close()
			s.card = nil
			s.showCampaigns()
		})
		return
	}
	if s.campaigns == nil {
		s.campaigns = newCampaigns(s)
	}
	s.after = nil
	s.unfocus()
	s.content.Objects = []fyne.CanvasObject{s.campaigns.content}
	s.content.Refresh()
	s.campaigns.load()
}

func (c *campaigns) load() {
	c.cancel()
	c.cancel = c.s.bg.Run(func(ctx context.Context) func() {
		list, err := c.s.deps.Store.Reports(ctx)
		posts, missing := c.s.deps.Store.List(ctx, advocacy.Filter{})
		if err == nil {
			err = missing
		}
		return func() {
			if err != nil {
				c.states.ShowError("The campaigns could not be read", err, c.load)
				return
			}
			c.show(list, posts)
		}
	})
}

func (c *campaigns) show(list []advocacy.Report, posts []advocacy.Spotlight) {
	if len(list) == 0 {
		c.states.ShowEmpty("megaphone", "No campaign yet", "A campaign holds spotlights and health tips together: to find an assistant before spring, to thank a team, to teach one thing well. It ends with a brief on paper.",
			kit.NewPrimary("New campaign", theme.IconIn("plus", theme.OnAccent), func() { c.edit(advocacy.Campaign{Goal: advocacy.GoalHiring}) }))
		return
	}
	column := kit.Column(theme.Space4)
	for _, r := range list {
		column.Add(c.cardOf(r, posts))
	}
	c.states.ShowContent(kit.Scrolling(kit.InsetSides(kit.MaxWidth(column, 860), theme.Space6, theme.Space2, theme.Space6, theme.Space6)))
}

func (c *campaigns) cardOf(r advocacy.Report, posts []advocacy.Spotlight) fyne.CanvasObject {
	v := r.Campaign
	tone := map[string]kit.Tone{"Running": kit.ToneAccent, "Over": kit.ToneNeutral}[r.State()]
	parts := kit.Column(theme.Space3, kit.Flow(kit.NewChip(v.Goal.Name(), kit.ToneNeutral), kit.NewChip(r.State(), tone)),
		kit.NewLabel(longDay(v.From)+" to "+longDay(v.Until), kit.Secondary))
	if v.Aim != "" {
		parts.Add(kit.NewParagraph(v.Aim))
	}
	parts.Add(kit.NewLabel(r.Result(), kit.Strong))
	if v.Wanted > 0 {
		parts.Add(kit.NewMeter(min(float64(r.Reached())/float64(v.Wanted), 1), kit.ToneGood))
	}
	if len(r.Posts) == 0 {
		parts.Add(kit.Help("No post is in it yet."))
	}
	for _, post := range r.Posts {
		open := kit.NewQuiet(post.Title, nil, func() { c.s.open(post.ID) })
		parts.Add(kit.Line(theme.Space3, kit.MinWidth(kit.NewChip(stageTitle(post.Stage), stageTone(post, c.s.deps.Now())), 96), kit.Fill(kit.Line(0, open)),
			kit.NewIconButton(theme.Icon("x"), "Take it out of the campaign", func() { c.join(post, 0, v.ID) })))
	}
	if r.Out() > 0 && r.Looked() < r.Out() {
		parts.Add(kit.Help(fmt.Sprintf("Figures are known of %d of %d posts that are out. Enter them under Results.", r.Looked(), r.Out())))
	}
	parts.Add(kit.Flow(kit.NewButton("Add posts", theme.Icon("plus"), func() { c.add(v, posts) }), kit.NewButton("Change", theme.Icon("pencil"), func() { c.edit(v) }),
		kit.NewButton("Brief as PDF", theme.Icon("printer"), func() { c.brief(r) }), kit.NewQuiet("Remove", theme.Icon("trash-2"), func() { c.remove(v) })))
	return kit.NewCard(v.Name, parts)
}

func (c *campaigns) join(post advocacy.Spotlight, to, back int64) {
	by := c.s.actor()
	c.s.do("Changing the campaign", func(ctx context.Context) error { return c.s.deps.Store.JoinCampaign(ctx, post.ID, to, by) }, func() {
		c.load()
		c.s.host.ToastUndo("“"+post.Title+"” is taken out.", func() {
			c.s.do("Changing the campaign", func(ctx context.Context) error { return c.s.deps.Store.JoinCampaign(ctx, post.ID, back, by) }, c.load)
		})
	})
}

func (c *campaigns) remove(v advocacy.Campaign) {
	by := c.s.actor()
	c.s.do("Removing the campaign", func(ctx context.Context) error { _, err := c.s.deps.Store.RemoveCampaign(ctx, v.ID, by); return err }, func() {
		c.load()
		c.s.host.ToastUndo("“"+v.Name+"” is removed. Its posts stay.", func() {
			c.s.do("Bringing the campaign back", func(ctx context.Context) error { _, err := c.s.deps.Store.SaveCampaign(ctx, v, by); return err }, c.load)
		})
	})
}

// brief writes the campaign on paper.
func (c *campaigns) brief(r advocacy.Report) {
	name := "campaign-" + strings.Join(strings.FieldsFunc(strings.ToLower(r.Campaign.Name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-") + ".pdf"
	c.s.saveSheet("Writing the brief", name, r.Brief(c.s.deps.Now()), "The brief is saved.")
}
