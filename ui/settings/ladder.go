package settings

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Ladders keeps the ladder; *reviews.Store does.
type Ladders interface {
	Ladder(ctx context.Context) (reviews.Ladder, error)
	SaveLadder(ctx context.Context, l reviews.Ladder, by audit.Actor) error
}

// ladderPane is the form of the ladder: who takes over on each step, and how long it may stand there.
type ladderPane struct {
	screen *Screen
	states *kit.States
	read   reading
	ladder reviews.Ladder
	people []practice.Person
	rungs  []*rungRow
	lifts  *widget.Select
	list   *fyne.Container
	save   *widget.Button
	form   fyne.CanvasObject

	dirty, filling bool
}

// rungRow is the fields of one step.
type rungRow struct {
	rung              reviews.Rung
	on                *widget.Check
	who               *widget.Select
	contact           *kit.Entry
	minutes, critical *kit.Entry
	fields            [2]*kit.Field
}

// liftWords are what can go up by itself, in the words of the form.
var liftWords = []struct {
	lift  reviews.Lift
	words string
}{{reviews.LiftUrgent, "What is critical or high"}, {reviews.LiftNegative, "That, and what is negative"}, {reviews.LiftAll, "Everything"}, {reviews.LiftNone, "Nothing"}}

func newLadderPane(s *Screen) *ladderPane {
	p := &ladderPane{screen: s, states: kit.NewStates(), list: kit.Column(theme.Space4)}
	words := make([]string, len(liftWords))
	for i, l := range liftWords {
		words[i] = l.words
	}
	p.lifts = kit.NewSelect(words, func(string) { p.touched() })
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.form = saved(kit.Column(theme.Space6, kit.NewSection("Steps", kit.Column(theme.Space3,
		kit.Help("What is escalated stands on a step until somebody takes it up. When the clock of the step has run out, it climbs to the next by itself. It is shown in Today and in the inbox; nothing is sent anywhere."),
		p.list, kit.Help(reviews.LadderBasis()))),
		kit.NewSection("By itself", kit.NewField("What goes onto the ladder once its target has passed and nobody has begun", "", p.lifts))), "Critical clocks run day and night, the others in office time.", p.save)
	return p
}

func (p *ladderPane) name() string               { return "Escalation" }
func (p *ladderPane) content() fyne.CanvasObject { return p.states }

func (p *ladderPane) commands() []kit.Command {
	return []kit.Command{{Title: "Save the ladder", Key: "Ctrl+S", Run: p.check, Enabled: func() bool { return p.dirty }}}
}

func (p *ladderPane) touched() {
	if !p.filling {
		p.dirty = true
		p.save.Enable()
	}
}

func (p *ladderPane) load() {
	if p.dirty {
		return
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		ladder, err := p.screen.deps.Ladder.Ladder(ctx)
		var people []practice.Person
		if err == nil {
			people, err = p.screen.deps.Practices.People(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The ladder could not be read", err, p.load)
				return
			}
			p.show(ladder, people)
			p.states.ShowContent(p.form)
		}
	})
}

func (p *ladderPane) show(ladder reviews.Ladder, people []practice.Person) {
	p.filling = true
	defer func() { p.filling = false }()
	today := p.screen.deps.Now().Format(practice.Day)
	p.ladder, p.people = ladder, slices.DeleteFunc(people, func(who practice.Person) bool { return !who.Here(today) })
	p.rungs, p.list.Objects = nil, nil
	for i, r := range ladder.Rungs {
		p.rungs = append(p.rungs, p.row(i+1, r, today))
	}
	p.lifts.SetSelectedIndex(slices.IndexFunc(liftWords, func(l struct {
		lift  reviews.Lift
		words string
	}) bool {
		return l.lift == ladder.Lifts
	}))
	p.save.Disable()
	p.list.Refresh()
}

func (p *ladderPane) row(n int, r reviews.Rung, today string) *rungRow {
	row := &rungRow{rung: r}
	touched := func(string) { p.touched() }
	row.on = widget.NewCheck(strconv.Itoa(n)+". "+r.Title, func(bool) { p.touched() })
	row.on.SetChecked(!r.Off)
	usual := "Nobody of the staff"
	plain := r
	plain.Person, plain.Contact = 0, ""
	if id := plain.Holder(p.people, today); id != 0 {
		usual = "By role: " + p.nameOf(id)
	}
	options := []string{usual}
	for _, who := range p.people {
		options = append(options, who.Name)
	}
	row.who = kit.NewSelect(options, touched)
	row.who.SetSelectedIndex(1 + slices.IndexFunc(p.people, func(who practice.Person) bool { return who.ID == r.Person }))
	row.contact, row.minutes, row.critical = kit.NewEntry("Name and phone"), kit.NewEntry("minutes"), kit.NewEntry("minutes")
	row.contact.SetText(r.Contact)
	row.minutes.SetText(strconv.Itoa(r.Minutes))
	row.critical.SetText(strconv.Itoa(r.Critical))
	row.contact.OnChanged, row.minutes.OnChanged, row.critical.OnChanged = touched, touched, touched
	row.fields = [2]*kit.Field{kit.NewField("Minutes of office time", "", row.minutes), kit.NewField("Minutes where critical", "", row.critical)}
	p.list.Add(kit.Column(theme.Space1, row.on, kit.Help(r.Help),
		kit.Grid(150, theme.Space3, kit.NewField("Who", "", row.who), kit.NewField("Or somebody outside", "", row.contact), row.fields[0], row.fields[1])))
	return row
}

func (p *ladderPane) nameOf(id int64) string {
	for _, who := range p.people {
		if who.ID == id {
			return who.Name
		}
	}
	return ""
}

func (p *ladderPane) check() {
	ladder := reviews.Ladder{Lifts: liftWords[max(p.lifts.SelectedIndex(), 0)].lift}
	good := true
	for _, row := range p.rungs {
		r := row.rung
		r.Off, r.Person, r.Contact = !row.on.Checked, 0, strings.TrimSpace(row.contact.Text)
		if i := row.who.SelectedIndex(); i > 0 {
			r.Person = p.people[i-1].ID
		}
		for i, entry := range []*kit.Entry{row.minutes, row.critical} {
			n, err := strconv.Atoi(strings.TrimSpace(entry.Text))
			row.fields[i].SetError("")
			if err != nil || n < 1 || n > 60*practice.LongestTarget {
				row.fields[i].SetError("A number of minutes from 1 to 60,000.")
				good = false
			}
			if i == 0 {
				r.Minutes = n
			} else {
				r.Critical = n
			}
		}
		ladder.Rungs = append(ladder.Rungs, r)
	}
	if !good {
		p.screen.host.Toast("Not saved: something above needs a look.")
		return
	}
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.deps.Ladder.SaveLadder(ctx, ladder, by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Saving the ladder", err)
				return
			}
			p.dirty = false
			p.load()
			p.screen.host.Toast("Saved.")
		}
	})
}
