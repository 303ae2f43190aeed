package spotlights

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// consentPane shows what the colleague allowed, and records and withdraws it.
type consentPane struct {
	c       *card
	content *fyne.Container
}

func newConsentPane(c *card) *consentPane {
	return &consentPane{c: c, content: kit.Column(theme.Space3)}
}

func (p *consentPane) show() {
	step := p.c.step
	p.content.Objects = nil
	if len(step.ConsentsOf(step.Person.ID)) == 0 {
		p.content.Add(kit.Help("Nothing is on record yet. Without a consent that covers the uses, the networks and the day, nothing can be scheduled or posted."))
	}
	today := step.Now.In(step.Practice.Location()).Format(practice.Day)
	for _, consent := range slices.Backward(step.ConsentsOf(step.Person.ID)) {
		p.content.Add(p.row(consent, today))
	}
	if len(step.ConsentsOf(step.Person.ID)) > 0 {
		p.content.Add(kit.Help("This spotlight uses: " + strings.ToLower(useNames(advocacy.Needs(step.Spotlight, step.Person))) + "."))
	}
	p.content.Refresh()
}

func (p *consentPane) row(consent advocacy.Consent, today string) fyne.CanvasObject {
	state, tone := "Live", kit.ToneGood
	switch {
	case !consent.Withdrawn.IsZero():
		state, tone = "Withdrawn", kit.ToneBad
	case consent.From > today:
		state, tone = "From "+consent.From, kit.ToneNeutral
	case consent.Until != "" && consent.Until < today:
		state, tone = "Ended", kit.ToneWarn
	}
	until := "until withdrawn"
	if consent.Until != "" {
		until = "until " + consent.Until
	}
	lines := kit.Column(theme.Space1, kit.NewParagraph(useNames(consent.Uses)), kit.Help(fmt.Sprintf("On %s, from %s, %s.", where(consent.Networks), consent.From, until)))
	if consent.Form != "" {
		lines.Add(kit.Help("Form: " + consent.Form))
	}
	head := kit.Line(theme.Space2, kit.NewChip(state, tone))
	if consent.Withdrawn.IsZero() {
		head = kit.Spread(kit.Line(0, kit.NewChip(state, tone)), kit.NewQuiet("Withdraw", theme.Icon("circle-minus"), func() { p.withdraw(consent) }))
	}
	return kit.Column(theme.Space2, head, lines, kit.Hairline())
}

func where(networks []string) string {
	if len(networks) == 0 {
		return "all networks"
	}
	var names []string
	for _, id := range networks {
		n, _ := advocacy.NetworkByID(id)
		names = append(names, n.Name)
	}
	return strings.Join(names, ", ")
}

var usesInWords = map[string]string{advocacy.UseName: "Name", advocacy.UsePhoto: "Photo", advocacy.UseQuote: "Own words in quotation marks",
	advocacy.UseStory: "Story", advocacy.UseCredentials: "Credentials", advocacy.UseVideo: "Video"}

func useNames(uses []string) string {
	var names []string
	for i, use := range uses {
		name := usesInWords[use]
		if i > 0 {
			name = strings.ToLower(name)
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

// record asks what was allowed. Everything but video is ticked, because that is what a usual release says; the person at the desk unticks
// what the colleague did not want.
func (p *consentPane) record() {
	uses := kit.Column(0)
	var useTicks []*widget.Check
	for _, use := range advocacy.ConsentUses() {
		tick := widget.NewCheck(usesInWords[use], nil)
		tick.SetChecked(use != advocacy.UseVideo)
		useTicks = append(useTicks, tick)
		uses.Add(tick)
	}
	every := widget.NewCheck("All networks", nil)
	nets := kit.Grid(150, 0)
	var netTicks []*widget.Check
	for _, n := range advocacy.Networks() {
		tick := widget.NewCheck(shortName(n), nil)
		netTicks = append(netTicks, tick)
		nets.Add(tick)
	}
	every.OnChanged = func(all bool) { shown(nets, !all) }
	every.SetChecked(true)
	from, until := p.c.s.newDay(p.c.step.Now.Format(practice.Day)), p.c.s.newDay("")
	form := kit.NewEntry("Signed release, HR folder")
	fault := kit.NewField("Where", "", kit.Column(0, every, nets))
	body := kit.NewForm(kit.Help(p.c.step.Person.Name+" decides. A staff release is not a patient's authorization and never stands for one."),
		kit.NewField("What may be shown", "", uses), fault, kit.Grid(180, theme.Space4, kit.NewField("From", "", from.content), kit.NewField("Until", "Empty: until withdrawn.", until.content)),
		kit.NewField("Form", "Where the signed paper is kept.", form))
	by := p.c.s.actor()
	var shut func()
	shut = p.c.s.host.Dialog("Record a consent", kit.MaxWidth(body, 480), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Record", Primary: true, Stay: true, Run: func() {
			consent := advocacy.Consent{PersonID: p.c.step.Person.ID, From: from.text(), Until: until.text(), Form: form.Text}
			for i, use := range advocacy.ConsentUses() {
				if useTicks[i].Checked {
					consent.Uses = append(consent.Uses, use)
				}
			}
			for i, n := range advocacy.Networks() {
				if !every.Checked && netTicks[i].Checked {
					consent.Networks = append(consent.Networks, n.ID)
				}
			}
			if !every.Checked && len(consent.Networks) == 0 {
				fault.SetError("Tick at least one network.")
				return
			}
			p.c.s.bg.Run(func(ctx context.Context) func() {
				_, err := p.c.s.deps.Store.Record(ctx, consent, by)
				return func() {
					if err != nil {
						fault.SetError(said(err))
						return
					}
					shut()
					p.c.s.host.Toast("The consent is on record.")
					p.c.s.reload()
				}
			})
		}})
	p.c.s.host.Focus(form)
}

func shown(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}

// withdraw asks first, because a withdrawal cannot be taken back: a new consent is recorded instead.
func (p *consentPane) withdraw(consent advocacy.Consent) {
	by := p.c.s.actor()
	p.c.s.host.Confirm("Withdraw this consent?", "Nothing new can be posted under it. What is posted and covered by no other consent goes on the take-down list.",
		"Withdraw", func() {
			var list []advocacy.TakeDown
			p.c.s.do("Withdrawing the consent", func(ctx context.Context) error {
				var err error
				list, err = p.c.s.deps.Store.Withdraw(ctx, consent.ID, by)
				return err
			}, func() {
				p.c.s.host.Toast("The consent is withdrawn.")
				if len(list) > 0 {
					p.c.s.takeDownDialog(list)
				}
			})
		})
}
