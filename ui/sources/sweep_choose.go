package sources

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// choosingStops is the choice of sites for the round: a tick and the address of the practice's page, nothing else.
type choosingStops struct {
	sweep   *sweep
	cancel  func()
	rows    []*stopRow
	name    *kit.Entry // of a site that is not listed
	address *kit.Entry
	own     *kit.Field
	put     *widget.Button
	body    fyne.CanvasObject
}

// stopRow is one site to choose.
type stopRow struct {
	name    string
	check   *widget.Check
	address *kit.Entry
	field   *kit.Field
	frame   *fyne.Container
}

// choose opens the choice of sites.
func (w *sweep) choose() {
	s := w.screen
	c := &choosingStops{sweep: w, cancel: func() {}}
	var boxes []fyne.CanvasObject
	for _, name := range collect.StopNames() {
		if slices.ContainsFunc(w.stops, func(stop reviews.SweepStop) bool { return stop.Name == name }) {
			continue
		}
		row := c.row(name)
		c.rows = append(c.rows, row)
		boxes = append(boxes, row.frame)
	}
	c.name, c.address = kit.NewEntry("Name"), kit.NewEntry("https://")
	c.own = kit.NewField(collect.OtherSite, "Any site where people write about you and no program may read.", kit.Column(theme.Space2, c.name, c.address))
	c.put = kit.NewPrimary("Add to the round", theme.IconIn("plus", theme.OnAccent), c.store)
	help := kit.Help("Tick the sites that have a page about you and paste the address of that page. Where a site can show the newest reviews first, take that address.")
	body := kit.Column(theme.Space4, help, kit.Grid(340, theme.Space4, boxes...), kit.MaxWidth(c.own, 480))
	page := kit.NewPage("Sites of the weekly round", "The address of your page on each is all that is needed", kit.NewButton("Cancel", nil, s.back), c.put)
	c.body = kit.Scrolling(kit.InsetSides(kit.MaxWidth(body, 1160), theme.Space6, theme.Space2, theme.Space6, theme.Space6))
	s.begin(c, page.SetContent(c.body))
}

func (c *choosingStops) stop() { c.cancel() }

func (c *choosingStops) row(name string) *stopRow {
	row := &stopRow{name: name, address: kit.NewEntry("https://")}
	row.field = kit.NewField("Address of your page there", "", row.address)
	row.frame = kit.Column(theme.Space1)
	row.check = widget.NewCheck(name, func(on bool) {
		row.frame.Objects = row.frame.Objects[:1]
		if on {
			row.frame.Objects = append(row.frame.Objects, row.field)
			c.sweep.screen.host.Focus(row.address)
		}
		c.body.Refresh()
	})
	row.frame.Add(row.check)
	return row
}

// wanted are the fields of what was chosen, with the place to say what is wrong with each.
func (c *choosingStops) wanted() (list []reviews.Options, fields []*kit.Field) {
	for _, row := range c.rows {
		if row.check.Checked {
			list, fields = append(list, reviews.Options{"site": row.name, "profile": row.address.Text}), append(fields, row.field)
		}
	}
	if strings.TrimSpace(c.name.Text+c.address.Text) != "" {
		list, fields = append(list, reviews.Options{"site": collect.OtherSite, "name": c.name.Text, "profile": c.address.Text}), append(fields, c.own)
	}
	return list, fields
}

// store adds the sites, or says what is missing of which.
func (c *choosingStops) store() {
	s := c.sweep.screen
	list, fields := c.wanted()
	if len(list) == 0 {
		s.host.Toast("Tick at least one site.")
		return
	}
	by := s.actor()
	c.put.Disable()
	c.cancel = s.bg.Run(func(ctx context.Context) func() {
		drafts, problems, bad := make([]collect.Draft, len(list)), make([]string, len(list)), false
		for i, values := range list {
			draft, err := s.deps.Collector.LookKind(ctx, reviews.KindSweep, values, false)
			if err != nil {
				problems[i], bad = kit.Sentence(err), true
			}
			drafts[i] = draft
		}
		for i := 0; !bad && i < len(drafts); i++ {
			if _, err := s.deps.Collector.AddDraft(ctx, drafts[i], collect.AddOptions{}, by); err != nil {
				problems[i], bad = kit.Sentence(err), true
			}
		}
		return func() {
			c.put.Enable()
			for i, field := range fields {
				field.SetError(problems[i])
			}
			if bad {
				return
			}
			s.host.Toast(fmt.Sprintf("%s in the weekly round.", kit.Counted(len(list), "more site", "more sites")))
			s.turn("sweep")
		}
	})
}
