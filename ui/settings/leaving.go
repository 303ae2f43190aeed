package settings

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/policy"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// leavingPane says how replies leave the practice: which rest in the outbox, for how long, and whether a second person reads all free text.
type leavingPane struct {
	screen *Screen
	states *kit.States
	read   reading
}

func newLeavingPane(s *Screen) *leavingPane {
	p := &leavingPane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Looking at how replies leave")
	return p
}

func (p *leavingPane) name() string               { return "Outbox" }
func (p *leavingPane) content() fyne.CanvasObject { return p.states }
func (p *leavingPane) commands() []kit.Command    { return nil }

func (p *leavingPane) load() {
	who, _ := p.screen.host.Who()
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		l, err := p.screen.deps.Leaving.Leaving(ctx)
		var inForce policy.Version
		if err == nil {
			if inForce, err = p.screen.deps.InForce(ctx); errors.Is(err, policy.ErrNotFound) {
				err = nil
			}
		}
		why := ""
		if err == nil {
			why, err = p.refused(ctx, who)
		}
		return func() {
			if err != nil {
				p.states.ShowError("How replies leave could not be read", err, p.load)
				return
			}
			p.states.ShowContent(p.form(l, inForce, why))
		}
	})
}

// rests are the rules in the order of the form.
var rests = []reviews.Resting{reviews.RestNegative, reviews.RestAlways, reviews.RestNever}

func (p *leavingPane) form(l reviews.Leaving, inForce policy.Version, why string) fyne.CanvasObject {
	which := kit.NewSelect([]string{"Free text on negative or urgent mentions, and what the gate has a remark on", "Every reply, templates too", "No reply"}, nil)
	for i, rest := range rests {
		if rest == l.Rest {
			which.SetSelectedIndex(i)
		}
	}
	minutes := kit.NewEntry("10")
	minutes.SetText(strconv.Itoa(l.Minutes))
	field := kit.NewField("For how many minutes?", "0 to 60. A reply that rests can be recalled; nothing leaves by itself.", minutes)
	second := widget.NewCheck("A second person reads all free text, whoever wrote it", nil)
	second.SetChecked(l.Second)
	save := kit.NewPrimary("Save", theme.IconIn("save", theme.OnAccent), func() {
		n, err := strconv.Atoi(minutes.Text)
		if err != nil || n < 0 || n > 60 {
			field.SetError("A number from 0 to 60")
			return
		}
		field.SetError("")
		p.store(reviews.Leaving{Rest: rests[max(which.SelectedIndex(), 0)], Minutes: n, Second: second.Checked})
	})
	approval := kit.Column(theme.Space3, second)
	if inForce.SecondReader() {
		approval.Add(p.decidedBy(inForce))
	}
	approval.Add(kit.Help("Owner, manager and compliance officer may otherwise publish their own words. Nobody ever approves a text of their own, and templates left as they are need no approval."))
	return scrolled(kit.Column(theme.Space6,
		kit.NewSection("Outbox", kit.Column(theme.Space3, kit.NewField("Which replies rest before they can be copied?", "", kit.Framed(which)), field)),
		kit.NewSection("Approval", approval),
		kit.Flow(kit.Hinted(save, why))))
}

// refused says why somebody may not change how replies leave; "" if they may.
func (p *leavingPane) refused(ctx context.Context, person int64) (string, error) {
	people, err := p.screen.deps.Practices.People(ctx)
	for _, one := range people {
		if one.ID == person && !one.Role.MayApprove() {
			return "An owner, manager or compliance officer changes how replies leave.", nil
		}
	}
	return "", err
}

// decidedBy says that the policy in force wants a second person, so that nobody wonders why the switch alone changes nothing.
func (p *leavingPane) decidedBy(v policy.Version) fyne.CanvasObject {
	text := fmt.Sprintf("The policy decides this now: “%s”, version %d, in force since %s, says that a second person reads each text. That holds whether or not the box is ticked.",
		v.Name(), v.Number, kit.ShortDay(v.From))
	return kit.NewBanner(kit.ToneNeutral, text, kit.Button{Title: "Open the policy", Run: func() { p.screen.host.Go("policy", fmt.Sprintf("document/%d", v.ID)) }})
}

func (p *leavingPane) store(l reviews.Leaving) {
	by := p.screen.actor()
	by.ID, by.Name = p.screen.host.Who()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.deps.Leaving.SetLeaving(ctx, l, by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Saving how replies leave", err)
				return
			}
			p.screen.host.Toast("Saved")
			p.load()
		}
	})
}
