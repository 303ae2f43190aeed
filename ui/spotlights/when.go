package spotlights

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// whenPane holds the day and hour, where the texts were posted, and what must come down.
type whenPane struct {
	c       *card
	content *fyne.Container
	day     *dayField
	hour    *kit.Entry
	field   *kit.Field
	set     *widget.Button
	posts   *fyne.Container
	seen    time.Time

	accounts []advocacy.Account // with which the practice posts
	tries    []advocacy.Post
}

const hourForm = "15:04"

func newWhenPane(c *card) *whenPane {
	p := &whenPane{c: c, day: c.s.newDay(""), hour: kit.NewEntry("09:00"), posts: kit.Column(theme.Space3)}
	p.day.entry.OnSubmitted = func(string) { p.schedule() }
	p.hour.OnSubmitted = func(string) { p.schedule() }
	p.set = kit.NewButton("Set the date", theme.Icon("calendar-check"), p.schedule)
	p.field = kit.NewField("To be posted on", "", kit.Column(theme.Space2, kit.Grid(130, theme.Space2, p.day.content, p.hour), kit.Line(0, p.set)))
	p.content = kit.Column(theme.Space4, p.field, p.posts)
	p.day.entry.OnFocus = func() { kit.Reveal(c.left, p.field) }
	return p
}

// open reports whether the day can still be chosen.
func (p *whenPane) open() bool {
	stage := p.c.step.Spotlight.Stage
	return stage != advocacy.Published && stage != advocacy.Archived
}

// work gives the keyboard to the day.
func (p *whenPane) work() { p.c.s.typeOver(p.day.entry) }

func (p *whenPane) show(downs []advocacy.TakeDown) {
	v, zone := p.c.step.Spotlight, p.c.step.Practice.Location()
	if !v.Schedule.Equal(p.seen) || p.day.text() == "" {
		p.seen = v.Schedule
		if v.Schedule.IsZero() {
			p.day.entry.SetText("")
			p.hour.SetText("09:00")
		} else {
			p.day.entry.SetText(v.Schedule.In(zone).Format(practice.Day))
			p.hour.SetText(v.Schedule.In(zone).Format(hourForm))
		}
	}
	name := zone.String()
	if p.c.step.Practice.TimeZone == "" {
		name = "this computer's"
	}
	p.field.SetHelp("In the practice's time (" + name + "). Goodword posts nothing by itself: it reminds you.")
	shown(p.field, p.open())
	p.posts.Objects = nil
	for _, variant := range v.Variants {
		if strings.TrimSpace(variant.Text) != "" {
			p.posts.Add(p.post(v, variant))
		}
	}
	if v.Stage == advocacy.Scheduled || v.Stage == advocacy.Published {
		p.posts.Add(kit.Line(0, kit.NewButton("Share kit for staff", theme.Icon("users"), p.c.shareKit)))
	}
	if len(downs) > 0 {
		list := kit.Column(theme.Space1)
		for _, d := range downs {
			list.Add(p.c.s.takeDownRow(d))
		}
		p.posts.Add(kit.NewGroup("To take down", list))
	}
	p.posts.Refresh()
}

// post is one network: not posted yet, posted when and where, or taken down.
func (p *whenPane) post(v advocacy.Spotlight, variant advocacy.Variant) fyne.CanvasObject {
	n, _ := advocacy.NetworkByID(variant.Network)
	zone := p.c.step.Practice.Location()
	name := kit.NewLabel(n.Name, kit.Strong).Ellipsis()
	switch {
	case !variant.TakenDown.IsZero():
		return kit.Spread(kit.Column(2, name, kit.NewLabel("Taken down "+variant.TakenDown.In(zone).Format("2 Jan 2006, 15:04"), kit.Caption)), kit.NewChip("Taken down", kit.ToneNeutral))
	case !variant.PostedAt.IsZero():
		line := "Posted " + variant.PostedAt.In(zone).Format("2 Jan 2006, 15:04")
		right := fyne.CanvasObject(kit.NewChip("Posted", kit.ToneGood))
		if variant.PostedURL != "" {
			right = kit.NewQuiet("Open", theme.Icon("external-link"), func() {
				if err := p.c.s.host.Open(variant.PostedURL); err != nil {
					p.c.s.host.Fail("Opening the post", err)
				}
			})
		}
		return kit.Spread(kit.Column(2, name, kit.NewLabel(line, kit.Caption)), right)
	}
	if v.Stage != advocacy.Scheduled && v.Stage != advocacy.Published {
		return kit.Spread(name, kit.NewChip("Not posted", kit.ToneNeutral))
	}
	return p.waiting(n, name)
}

// postedNext asks for the post of the network in sight, or of the one after it that is not posted yet.
func (p *whenPane) postedNext() {
	if open := p.c.texts.postable(); len(open) > 0 {
		n, _ := advocacy.NetworkByID(open[0])
		p.posted(n)
	}
}

// posted asks for the address of the post, so that it can be found again should it have to come down.
func (p *whenPane) posted(n advocacy.Network) {
	url := kit.NewEntry("https://")
	field := kit.NewField("Address of the post", "Copy it from the post. Without it, taking the post down later means searching for it.", url)
	by := p.c.s.actor()
	var shut func()
	run := func() {
		address := strings.TrimSpace(url.Text)
		p.c.s.bg.Run(func(ctx context.Context) func() {
			err := p.c.s.deps.Store.MarkPosted(ctx, p.c.id, n.ID, address, by)
			return func() {
				if err != nil {
					field.SetError(said(err))
					return
				}
				shut()
				p.c.s.host.Toast(fmt.Sprintf("Noted as posted on %s.", inSentence(n)))
				p.c.texts.goOn(n.ID)
				p.c.s.reload()
			}
		})
	}
	url.OnSubmitted = func(string) { run() }
	shut = p.c.s.host.Dialog("Posted on "+inSentence(n), kit.MaxWidth(field, 440), kit.Button{Title: "Cancel"}, kit.Button{Title: "Mark as posted", Primary: true, Stay: true, Run: run})
	p.c.s.host.Focus(url)
}

func (p *whenPane) schedule() {
	zone := p.c.step.Practice.Location()
	var at time.Time
	if p.day.text() != "" {
		var err error
		at, err = time.ParseInLocation(practice.Day+" "+hourForm, p.day.text()+" "+strings.TrimSpace(p.hour.Text), zone)
		if err != nil {
			p.field.SetError("Write the day as 2026-11-22 and the hour as 09:00.")
			return
		}
	}
	p.field.SetError("")
	by, before := p.c.s.actor(), p.seen
	set := func(to time.Time) func(ctx context.Context) error {
		return func(ctx context.Context) error { return p.c.s.deps.Store.Schedule(ctx, p.c.id, to, by) }
	}
	p.c.keep("Setting the date", set(at), func() {
		p.c.s.unfocus()
		text := "The date is taken off."
		if !at.IsZero() {
			text = "Planned for " + at.Format("Mon 2 January, 15:04") + "."
		}
		p.c.s.host.ToastUndo(text, func() { p.c.keep("Setting the date", set(before), nil) })
	})
}
