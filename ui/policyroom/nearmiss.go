package policyroom

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// missesPane shows what the gate stopped and what became of it: candidates, examples, what was declined.
type missesPane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	staff   staff
	stopped []policy.Stopped
	misses  []policy.NearMiss
	loaded  bool
}

func newMissesPane(s *Screen) *missesPane { return &missesPane{screen: s, states: kit.NewStates()} }

func (p *missesPane) name() string               { return "Near-misses" }
func (p *missesPane) content() fyne.CanvasObject { return p.states }
func (p *missesPane) open(string)                {}
func (p *missesPane) commands() []kit.Command {
	return []kit.Command{{Title: "Make an example of the newest stopped draft", Key: "N", Run: func() { p.propose(p.stopped[0]) }, Enabled: func() bool { return len(p.stopped) > 0 }}}
}

func (p *missesPane) load() {
	if !p.loaded {
		p.states.ShowLoading("Looking at what the gate stopped")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var stopped []policy.Stopped
		var misses []policy.NearMiss
		if err == nil {
			stopped, err = p.screen.deps.Stops.Stopped(ctx)
		}
		if err == nil {
			misses, err = p.screen.deps.Misses.NearMisses(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The near-misses could not be read", err, p.load)
				return
			}
			p.staff, p.stopped, p.misses, p.loaded = f, stopped, misses, true
			p.show()
		}
	})
}

func (p *missesPane) show() {
	waiting := 0
	for _, n := range p.misses {
		if n.Status == policy.MissCandidate {
			waiting++
		}
	}
	p.screen.tabs.SetCount(p.name(), waiting)
	if len(p.stopped)+len(p.misses) == 0 {
		p.states.ShowEmpty("shield-check", "Nothing was stopped yet", "When the speak-safe gate stops a draft, you can retell it here without anybody in it. If the compliance officer agrees, it becomes a question in the training.", nil)
		return
	}
	content := kit.Column(theme.Space6, kit.NewParagraph("What nearly went wrong here teaches more than any example of ours. Nobody is named: a person retells the draft in other words, the program refuses names, days, numbers and any five words in a row of the draft, and the compliance officer decides."), measured("near-miss", p.staff.day))
	for _, group := range []struct {
		status policy.MissStatus
		title  string
	}{{policy.MissCandidate, "To decide"}, {policy.MissApproved, "In the training"}, {policy.MissWithdrawn, "Taken out again"}, {policy.MissDeclined, "Declined"}} {
		list := kit.Column(theme.Space3)
		for _, n := range p.misses {
			if n.Status == group.status {
				list.Add(p.card(n))
			}
		}
		if len(list.Objects) > 0 {
			content.Add(kit.NewSection(group.title, list))
		}
	}
	if len(p.stopped) > 0 {
		list := kit.Column(theme.Space3)
		for _, s := range p.stopped[:min(len(p.stopped), 30)] {
			list.Add(p.draft(s))
		}
		content.Add(kit.NewSection("Stopped by the gate", list))
	}
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(content, 780), theme.Space6, theme.Space4)))
}

func (p *missesPane) card(n policy.NearMiss) fyne.CanvasObject {
	text := kit.NewParagraph("\u201c" + n.Text + "\u201d")
	text.SetStyle(kit.Reading)
	zone := p.staff.practice.Location()
	said := fmt.Sprintf("Retold by %s on %s.", n.MadeBy, dayOf(n.Made, zone))
	if n.By != "" {
		said += fmt.Sprintf(" Decided by %s on %s.", n.By, dayOf(n.Decided, zone))
	}
	if n.Note != "" {
		said += " " + n.Note
	}
	buttons := kit.Line(theme.Space2)
	switch n.Status {
	case policy.MissCandidate:
		buttons.Add(kit.NewPrimary("Use it in the training", theme.Icon("check"), func() { p.decide(n, policy.MissApproved) }))
		buttons.Add(kit.NewButton("Decline", nil, func() { p.decide(n, policy.MissDeclined) }))
	case policy.MissApproved:
		buttons.Add(kit.NewButton("Take it out", nil, func() { p.decide(n, policy.MissWithdrawn) }))
	default:
		buttons.Add(kit.NewButton("Use it in the training", nil, func() { p.decide(n, policy.MissApproved) }))
	}
	return kit.NewCard("", kit.Column(theme.Space2, text, kit.Help(said), buttons))
}

func (p *missesPane) draft(s policy.Stopped) fyne.CanvasObject {
	text := kit.NewParagraph(s.Proposal)
	return kit.NewCard("", kit.Column(theme.Space2, kit.NewLabel(s.Label, kit.Strong).Ellipsis(), text, kit.Line(theme.Space2, kit.NewButton("Retell it", theme.Icon("pencil"), func() { p.propose(s) }),
		kit.NewQuiet("Show the mention", theme.Icon("inbox"), func() { p.screen.host.Go("inbox", s.MentionID) }))))
}

func (p *missesPane) decide(n policy.NearMiss, to policy.MissStatus) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	p.screen.do("Deciding on the example", func(ctx context.Context) error {
		_, err := p.screen.deps.Misses.Decide(ctx, n.ID, to, "", by)
		return err
	}, func() {
		p.screen.again()
		p.screen.host.Toast(map[policy.MissStatus]string{policy.MissApproved: "The next quizzes may ask it.", policy.MissDeclined: "Declined.", policy.MissWithdrawn: "New quizzes no longer ask it."}[to])
	})
}

// propose asks for the draft in other words.
func (p *missesPane) propose(s policy.Stopped) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	words := kit.NewMultiLine("Tell what was written, in other words", 5)
	field := kit.NewField("Retold, without anybody in it", "Keep what was wrong; change everything else.", words)
	masked := kit.NewParagraph(s.Proposal)
	masked.SetStyle(kit.Secondary)
	content := kit.Column(theme.Space4, kit.NewGroup("What the gate stopped, masked", masked), kit.NewLabel("Stopped for: "+s.Label, kit.Caption).Ellipsis(), field, measured("near-miss", p.staff.day))
	var shut func()
	shut = p.screen.host.Dialog("Retell a near-miss", kit.MaxWidth(content, 560), kit.Button{Title: "Cancel"}, kit.Button{Title: "Propose it", Primary: true, Stay: true, Run: func() {
		text := words.Text
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Stops.ProposeNearMiss(ctx, s.DraftID, text, by)
			return func() {
				field.SetErr(err)
				if err == nil {
					shut()
					p.screen.again()
					p.screen.host.Toast("Proposed. The compliance officer decides.")
				}
			}
		})
	}})
	p.screen.host.Focus(words)
}
