package spotlights

import (
	"context"
	"io"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/disk"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func longDay(day string) string {
	if t, err := time.Parse(practice.Day, day); err == nil {
		return t.Format("2 January 2006")
	}
	return day
}

// edit asks for a campaign, new or there already.
func (c *campaigns) edit(v advocacy.Campaign) {
	name, aim, learned := kit.NewEntry("An assistant before spring"), kit.NewMultiLine("What it is to reach, in a sentence", 2), kit.NewMultiLine("For the next time", 2)
	wanted, from, until := kit.NewEntry("0"), c.s.newDay(v.From), c.s.newDay(v.Until)
	var goals []string
	for _, g := range advocacy.Goals() {
		goals = append(goals, g.Name())
	}
	counts := kit.NewField("How many", "", wanted)
	goal := kit.NewSelect(goals, nil)
	goal.OnChanged = func(string) {
		counts.SetHelp("Of " + advocacy.Goals()[max(goal.SelectedIndex(), 0)].Counts() + ". 0: no number.")
	}
	name.SetText(v.Name)
	aim.SetText(v.Aim)
	learned.SetText(v.Learned)
	wanted.SetText(strconv.Itoa(v.Wanted))
	goal.SetSelected(v.Goal.Name())
	field := kit.NewField("Name", "", name)
	form := kit.NewForm(field, kit.NewField("Goal", "", goal), kit.NewField("Aim", "", aim), counts, kit.NewField("From", "", from.content), kit.NewField("Until", "", until.content))
	if v.ID != 0 {
		form.Add(kit.NewField("What was learned", "Stands in the brief.", learned))
	}
	by := c.s.actor()
	var shut func()
	save := func() {
		n, err := strconv.Atoi(strings.TrimSpace("0" + wanted.Text))
		if err != nil {
			counts.SetError("Write a whole number.")
			return
		}
		v.Name, v.Aim, v.Learned, v.Wanted, v.From, v.Until = name.Text, aim.Text, learned.Text, n, from.text(), until.text()
		v.Goal = advocacy.Goals()[max(goal.SelectedIndex(), 0)]
		c.s.bg.Run(func(ctx context.Context) func() {
			_, err := c.s.deps.Store.SaveCampaign(ctx, v, by)
			return func() {
				if err != nil {
					field.SetError(said(err))
					return
				}
				shut()
				c.load()
			}
		})
	}
	name.OnSubmitted = func(string) { save() }
	shut = c.s.host.Dialog("Campaign", kit.MaxWidth(form, 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	c.s.host.Focus(name)
}

// add offers the posts that are in no campaign.
func (c *campaigns) add(v advocacy.Campaign, posts []advocacy.Spotlight) {
	list, by := kit.Column(theme.Space1), c.s.actor()
	for _, post := range posts {
		if post.CampaignID != 0 && post.CampaignID != v.ID {
			continue
		}
		tick := widget.NewCheck(post.Title, nil)
		tick.SetChecked(post.CampaignID == v.ID)
		tick.OnChanged = func(in bool) {
			to := int64(0)
			if in {
				to = v.ID
			}
			c.s.do("Changing the campaign", func(ctx context.Context) error { return c.s.deps.Store.JoinCampaign(ctx, post.ID, to, by) }, c.load)
		}
		list.Add(tick)
	}
	if len(list.Objects) == 0 {
		list.Add(kit.Help("Every post is in another campaign, or there is none yet."))
	}
	c.s.host.Dialog("Posts of “"+v.Name+"”", kit.MaxWidth(list, 460), kit.Button{Title: "Done", Primary: true})
}

// saveSheet asks where a paper goes and writes it as a PDF.
func (s *Screen) saveSheet(doing, name string, sheet paper.Sheet, done string) {
	kit.SaveFile(s.host, doing, name, func(path string) {
		s.do(doing, func(context.Context) error {
			return disk.WriteMade(path, func(w io.Writer) error { return paper.WritePDF(w, sheet) })
		}, func() { s.host.Toast(done) })
	})
}
