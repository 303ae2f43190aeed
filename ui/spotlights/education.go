package spotlights

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// EducationStore is what a post about health asks of the domain.
type EducationStore interface {
	SaveEducation(ctx context.Context, id int64, e advocacy.Education, by audit.Actor) error
	ApproveHealth(ctx context.Context, id int64, by audit.Actor) error
	WithdrawHealth(ctx context.Context, id int64, by audit.Actor) error
}

// groundPane says on what a public post stands: of a post about health its page and its clinician.
type groundPane struct {
	c       *card
	content *fyne.Container
}

func newGroundPane(c *card) *groundPane {
	return &groundPane{c: c, content: kit.Column(theme.Space3)}
}

func (p *groundPane) show() {
	p.content.Objects = nil
	v := p.c.step.Spotlight
	if v.Kind != advocacy.KindEducation {
		p.content.Add(kit.Help("This post speaks to everybody and shows nobody, so it needs no release. A colleague whom the text names, or who is in the picture, needs one."))
		p.content.Refresh()
		return
	}
	p.showSource(v.Education)
	p.showApproval(v.Education)
	p.content.Refresh()
}

func (p *groundPane) showSource(e advocacy.Education) {
	source, ok := advocacy.TrustedSource(e.Source)
	if !ok {
		p.content.Add(kit.Help("No source yet. A post about health names the page that it stands on."))
	} else {
		p.content.Add(kit.NewLabel(source.Name, kit.Strong).Ellipsis())
		read := "Nobody has noted that they read the page."
		if e.Read != "" {
			read = "Read on " + longDay(e.Read) + "."
		}
		p.content.Add(kit.Help(e.URL + "\n" + read))
		if source.Caution != "" {
			p.content.Add(kit.NewBanner(kit.ToneWarn, source.Caution+"."))
		}
	}
	buttons := []fyne.CanvasObject{kit.NewButton("Source", theme.Icon("pencil"), p.askSource)}
	if e.URL != "" {
		buttons = append(buttons, kit.NewQuiet("Open the page", theme.Icon("external-link"), func() {
			if err := p.c.s.host.Open(e.URL); err != nil {
				p.c.s.host.Fail("Opening the page", err)
			}
		}))
	}
	p.content.Add(kit.Flow(buttons...))
}

func (p *groundPane) showApproval(e advocacy.Education) {
	p.content.Add(kit.Hairline())
	by, step := p.c.s.actor(), p.c.step
	missing := step.Sound()
	switch {
	case e.By == 0:
		p.content.Add(kit.Help("A clinician of the practice approves exactly these words before the post can be scheduled."))
	case missing != nil:
		p.content.Add(kit.NewBanner(kit.ToneWarn, said(missing)))
	default:
		p.content.Add(kit.NewBanner(kit.ToneGood, "Approved by "+p.c.s.seen.person(e.By).Name+" on "+e.At.In(step.Practice.Location()).Format("2 January 2006")+", in exactly these words."))
	}
	approve := kit.NewButton("Approve as a clinician", theme.Icon("badge-check"), func() {
		p.c.save(func() {
			p.c.keep("Approving", func(ctx context.Context) error { return p.c.s.deps.Store.ApproveHealth(ctx, p.c.id, by) }, nil)
		})
	})
	why := step.MayApproveHealth()
	if why != nil {
		approve.Disable()
	}
	if e.By == 0 || missing != nil {
		p.content.Add(kit.Line(0, approve))
		if why != nil {
			p.content.Add(kit.Help(said(why)))
		}
	}
	if e.By != 0 {
		p.content.Add(kit.Line(0, kit.NewQuiet("Take the approval back", theme.Icon("undo-2"), func() {
			p.c.keep("Taking the approval back", func(ctx context.Context) error { return p.c.s.deps.Store.WithdrawHealth(ctx, p.c.id, by) }, nil)
		})))
	}
}

// askSource asks for the page and the day on which it was read.
func (p *groundPane) askSource() {
	e, by := p.c.step.Spotlight.Education, p.c.s.actor()
	sources := policy.TrustedSources()
	var names []string
	for _, s := range sources {
		names = append(names, s.Name)
	}
	page, day := kit.NewEntry("https://"), p.c.s.newDay(e.Read)
	if e.Read == "" {
		day = p.c.s.newDay(p.c.s.deps.Now().In(p.c.step.Practice.Location()).Format(practice.Day))
	}
	choose := kit.NewSelect(names, nil)
	choose.OnChanged = func(string) {
		if s := sources[max(choose.SelectedIndex(), 0)]; strings.TrimSpace(page.Text) == "" {
			page.SetText(s.URL)
		}
	}
	page.SetText(e.URL)
	if at := slices.IndexFunc(sources, func(s policy.TrustedSource) bool { return s.ID == e.Source }); at >= 0 {
		choose.SetSelectedIndex(at)
	}
	what := kit.NewField("Trusted source", "Agencies and societies that say where their statements come from.", choose)
	form := kit.NewForm(what, kit.NewField("Page", "The very page, on the site of the source.", page), kit.NewField("Read on", "Somebody opened the page and it says what the post says.", day.content))
	var shut func()
	shut = p.c.s.host.Dialog("What it stands on", kit.MaxWidth(form, 460), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: func() {
		e.URL, e.Read = page.Text, day.text()
		if at := choose.SelectedIndex(); at >= 0 {
			e.Source = sources[at].ID
		}
		p.c.s.bg.Run(func(ctx context.Context) func() {
			err := p.c.s.deps.Store.SaveEducation(ctx, p.c.id, e, by)
			return func() {
				if err != nil {
					what.SetError(said(err))
					return
				}
				shut()
				p.c.reload()
			}
		})
	}})
	p.c.s.host.Focus(page)
}
