package policyroom

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// incidentsPane shows the register of slips with the playbook of the first hour, and what regulators did in cases of the kind.
type incidentsPane struct {
	screen    *Screen
	states    *kit.States
	read      reading
	history   reading
	staff     staff
	incidents []policy.Incident
	drills    []policy.Incident
	choice    policy.PlaceChoice
	list      *ledger
	right     *kit.States
	body      fyne.CanvasObject
	running   []func(now time.Time) // what writes anew how much time is left in the incident in sight
	typed     map[int64]conclusion  // what was written about an incident and not saved yet
}

// conclusion is how an incident ends, as it stands in the form.
type conclusion struct{ decision, lesson string }

const (
	incidentPrefix = "incident/"
	casePrefix     = "case/"
	penaltiesID    = "penalties"
)

func newIncidentsPane(s *Screen) *incidentsPane {
	p := &incidentsPane{screen: s, states: kit.NewStates(), right: kit.NewStates(), typed: map[int64]conclusion{}}
	p.list = newLedger(p.show)
	report := kit.NewPrimary("Report a slip", theme.Icon("siren"), p.report)
	left := container.NewBorder(kit.InsetXY(kit.Line(theme.Space2, report, kit.NewButton("Rehearse", theme.Icon("play"), p.rehearse)), theme.Space4, theme.Space3), nil, nil, nil, p.list)
	p.body = kit.NewSplit(left, p.right, 400)
	return p
}

func (p *incidentsPane) name() string               { return "Incidents" }
func (p *incidentsPane) content() fyne.CanvasObject { return p.states }
func (p *incidentsPane) open(id string) {
	if _, err := strconv.Atoi(id); err == nil {
		id = incidentPrefix + id
	}
	p.list.mark(id)
	p.show(id)
}

// tick writes anew what is left of each clock in sight.
func (p *incidentsPane) tick() {
	now := p.screen.deps.Now()
	for _, write := range p.running {
		write(now)
	}
}

func (p *incidentsPane) commands() []kit.Command {
	return []kit.Command{{Title: "Report a slip", Key: "N", Run: p.report}, {Title: "Rehearse an incident", Run: p.rehearse},
		{Title: "Save the incident as a report", Key: "Ctrl+P", Run: p.print, Enabled: func() bool { _, ok := p.current(); return ok }}}
}

func (p *incidentsPane) load() {
	if p.staff.day == "" {
		p.states.ShowLoading("Reading the incidents")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var incidents []policy.Incident
		if err == nil {
			incidents, err = p.screen.deps.Registers.Incidents(ctx)
		}
		var drills []policy.Incident
		if err == nil {
			drills, err = p.screen.deps.Registers.Drills(ctx)
		}
		var choice policy.PlaceChoice
		if err == nil {
			choice, err = p.screen.deps.Checklist.PlaceChoice(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The incidents could not be read", err, p.load)
				return
			}
			p.staff, p.incidents, p.drills, p.choice = f, incidents, drills, choice
			p.states.ShowContent(p.body)
			p.fill()
		}
	})
}

func (p *incidentsPane) fill() {
	var rows []entry
	open := 0
	heading := ""
	for _, i := range p.incidents {
		under := "Open"
		e := entry{id: incidentPrefix + strconv.FormatInt(i.ID, 10), icon: "siren", role: theme.Bad, title: i.Title,
			note: "Noticed " + dayOf(i.Noticed, p.staff.practice.Location()), right: fmt.Sprintf("%d of %d", len(i.Steps), len(policy.FirstHour().Steps)), strong: true}
		if !i.Closed.IsZero() {
			under, e.icon, e.role, e.right, e.strong = "Closed", "circle-check", theme.Good, "Closed", false
		} else {
			open++
		}
		if under != heading {
			rows = append(rows, entry{heading: true, title: under})
			heading = under
		}
		rows = append(rows, e)
	}
	if len(p.incidents) == 0 {
		rows = append(rows, entry{heading: true, title: "No slip was reported so far"})
	}
	if len(p.drills) > 0 {
		rows = append(rows, entry{heading: true, title: "Rehearsed, never counted"})
	}
	for _, i := range p.drills {
		e := entry{id: incidentPrefix + strconv.FormatInt(i.ID, 10), icon: "play", role: theme.Secondary, title: "Drill: " + i.Title, note: "Began " + dayOf(i.Noticed, p.staff.practice.Location()), right: fmt.Sprintf("%d of %d", len(i.Steps), len(policy.FirstHour().Steps))}
		if !i.Closed.IsZero() {
			e.right = "Ended"
		}
		rows = append(rows, e)
	}
	rows = append(rows, entry{heading: true, title: "Why this matters: what regulators did"},
		entry{id: penaltiesID, icon: "scale", role: theme.Secondary, title: "What the law allows as a penalty", note: "HIPAA tiers and the rule on reviews"})
	for _, c := range policy.Enforcement() {
		rows = append(rows, entry{id: casePrefix + c.ID, icon: "gavel", role: theme.Secondary, title: c.Entity, note: c.KindWords() + " · " + longDay(c.Announced), right: amountWords(c)})
	}
	p.screen.tabs.SetCount(p.name(), open)
	if !p.list.set(rows) {
		p.list.first()
		return
	}
	p.show(p.list.opened())
}

func (p *incidentsPane) show(id string) {
	p.running = nil
	if id == penaltiesID {
		p.right.ShowContent(p.penalties())
		return
	}
	if caseID, ok := strings.CutPrefix(id, casePrefix); ok {
		for _, c := range policy.Enforcement() {
			if c.ID == caseID {
				p.right.ShowContent(p.fullCase(c))
			}
		}
		return
	}
	if i, ok := p.find(id); ok {
		p.showIncident(i)
	}
}

func (p *incidentsPane) find(id string) (policy.Incident, bool) {
	for _, all := range [][]policy.Incident{p.incidents, p.drills} {
		for _, i := range all {
			if incidentPrefix+strconv.FormatInt(i.ID, 10) == id {
				return i, true
			}
		}
	}
	return policy.Incident{}, false
}

func (p *incidentsPane) current() (policy.Incident, bool) { return p.find(p.list.opened()) }

func (p *incidentsPane) showIncident(i policy.Incident) {
	p.history.run(p.screen.back, func(ctx context.Context) func() {
		events, err := p.screen.deps.Registers.Timeline(ctx, i)
		return func() {
			if err != nil {
				p.right.ShowError("The incident could not be read", err, func() { p.showIncident(i) })
				return
			}
			p.right.ShowContent(p.fullIncident(i, events))
		}
	})
}

func (p *incidentsPane) fullIncident(i policy.Incident, events []policy.Event) fyne.CanvasObject {
	zone := p.staff.practice.Location()
	title := kit.NewParagraph(i.Title)
	title.SetStyle(kit.Heading)
	closed := !i.Closed.IsZero()
	facts := kit.NewLabel(fmt.Sprintf("Noticed %s, reported by %s", moment(i.Noticed, zone), i.ReportedBy), kit.Secondary).Ellipsis()
	tools := kit.Flow(kit.NewQuiet("Change", theme.Icon("pencil"), func() { p.facts(i) }), kit.NewQuiet("Save as PDF", theme.Icon("file-text"), p.print))
	if i.MentionID != 0 {
		tools.Add(kit.NewQuiet("Open the review", theme.Icon("arrow-right"), func() { p.screen.host.Go("inbox", i.MentionID) }))
	}
	if i.SpotlightID != 0 {
		tools.Add(kit.NewQuiet("Open the spotlight", theme.Icon("arrow-right"), func() { p.screen.host.Go("spotlights", i.SpotlightID) }))
	}
	running := i.Clocks(p.choice.Places(), zone)
	p.running = nil
	parts := kit.Column(theme.Space4, kit.Column(theme.Space1, title, facts, tools))
	if i.IsDrill() {
		parts.Add(kit.NewBanner(kit.ToneAccent, "This is a drill. Nothing of it happened, and it is not counted."))
		parts.Add(kit.NewParagraph(i.Drill))
	}
	if i.Place != "" {
		parts.Add(kit.NewLabel("Published on "+i.Place, kit.Body).Ellipsis())
	}
	if i.What != "" {
		parts.Add(kit.NewParagraph(i.What))
	}
	if closed {
		parts.Add(kit.NewBanner(kit.ToneGood, "Closed on "+dayOf(i.Closed, zone)+"."))
	} else {
		p.warn(parts, running)
	}
	steps := kit.Column(theme.Space3)
	for _, step := range policy.FirstHour().Steps {
		steps.Add(p.step(i, step, closed))
	}
	parts.Add(kit.NewSection("The first hour", steps))
	if i.IsDrill() {
		parts.Add(laps(i, p.staff.day))
	}
	parts.Add(p.weighing(i, closed))
	parts.Add(p.clocks(i, running, closed))
	parts.Add(p.story(i, events, closed))
	parts.Add(p.conclusion(i, closed))
	parts.Add(kit.Hairline())
	parts.Add(p.screen.basisCard("Stands on", policy.FirstHour().Basis, p.staff.day))
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(parts, 680), theme.Space6, theme.Space4))
}

func (p *incidentsPane) step(i policy.Incident, step policy.PlayStep, closed bool) fyne.CanvasObject {
	tick := widget.NewCheck(step.Title, nil)
	done, ok := i.Steps[step.ID]
	tick.SetChecked(ok)
	tick.OnChanged = func(on bool) { p.mark(i, step.ID, on) }
	if closed {
		tick.Disable()
	}
	text := kit.Help(step.Text)
	lines := kit.Column(0, tick, kit.InsetSides(text, theme.Space8, 0, 0, 0))
	if ok {
		lines.Add(kit.InsetSides(kit.NewLabel(done.By+" · "+moment(done.At, p.staff.practice.Location()), kit.Caption), theme.Space8, 0, 0, 0))
	}
	return lines
}

func (p *incidentsPane) mark(i policy.Incident, step string, on bool) {
	by, ok := p.screen.actor()
	if !ok {
		p.showIncident(i)
		return
	}
	p.screen.do("Ticking the step", func(ctx context.Context) error {
		_, err := p.screen.deps.Registers.TickStep(ctx, i.ID, step, on, by)
		return err
	}, p.screen.again)
}

// conclusion is the decision and the lesson, and the button that closes or reopens.
func (p *incidentsPane) conclusion(i policy.Incident, closed bool) fyne.CanvasObject {
	decision, lesson := kit.NewMultiLine("Who is told, or why the probability of compromise is low", 3), kit.NewMultiLine("What let it through, and what is changed", 3)
	words, typed := p.typed[i.ID]
	if !typed || closed {
		words = conclusion{i.Decision, i.Lesson}
	}
	decision.SetText(words.decision)
	lesson.SetText(words.lesson)
	keep := func(string) { p.typed[i.ID] = conclusion{decision.Text, lesson.Text} }
	decision.OnChanged, lesson.OnChanged = keep, keep
	if closed {
		decision.Disable()
		lesson.Disable()
		return kit.Column(theme.Space4, kit.NewField("Decision", "", decision), kit.NewField("Lesson", "", lesson),
			kit.Line(0, kit.NewButton("Reopen", theme.Icon("rotate-ccw"), func() { p.close(i, false) })))
	}
	save := func(then func(policy.Incident)) {
		by, ok := p.screen.actor()
		if !ok {
			return
		}
		i.Decision, i.Lesson = decision.Text, lesson.Text
		var saved policy.Incident
		p.screen.do("Saving the incident", func(ctx context.Context) (err error) {
			saved, err = p.screen.deps.Registers.SaveIncident(ctx, i, by)
			return err
		}, func() {
			delete(p.typed, i.ID)
			then(saved)
		})
	}
	return kit.Column(theme.Space4, kit.NewField("Decision", "", decision), kit.NewField("Lesson", "", lesson), kit.Line(theme.Space2,
		kit.NewButton("Save", nil, func() {
			save(func(policy.Incident) { p.screen.again(); p.screen.host.Toast("Saved.") })
		}),
		kit.NewPrimary("Close the incident", nil, func() { save(func(saved policy.Incident) { p.close(saved, true) }) })))
}

func (p *incidentsPane) close(i policy.Incident, closed bool) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	p.screen.do("Closing the incident", func(ctx context.Context) error {
		_, err := p.screen.deps.Registers.CloseIncident(ctx, i.ID, closed, by)
		return err
	}, func() {
		p.screen.again()
		if closed {
			p.screen.host.ToastUndo("Incident closed.", func() { p.close(i, false) })
		}
	})
}

// report takes down a new slip; only the title is asked for, since the first steps are more urgent than words.
func (p *incidentsPane) report() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	title, place, what := kit.NewEntry("A reply named a treatment"), kit.NewEntry("Google, our page"), kit.NewMultiLine("What was published, who could see it. Leave out the patient's name.", 4)
	field := kit.NewField("What happened", "", title)
	var shut func()
	save := func() {
		told := policy.Incident{Title: title.Text, Place: place.Text, What: what.Text}
		p.screen.back.Run(func(ctx context.Context) func() {
			made, err := p.screen.deps.Registers.SaveIncident(ctx, told, by)
			return func() {
				field.SetErr(err)
				if err == nil {
					shut()
					p.list.rows.open = incidentPrefix + strconv.FormatInt(made.ID, 10)
					p.screen.again()
				}
			}
		})
	}
	content := kit.MaxWidth(kit.NewForm(field, kit.NewField("Where", "", place), kit.NewField("In more words", "", what), kit.Help("Reporting a slip of your own in good faith is the right thing. The clock runs from now.")), 480)
	shut = p.screen.host.Dialog("Report a slip", content, kit.Button{Title: "Cancel"}, kit.Button{Title: "Report", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(title)
}

func (p *incidentsPane) fullCase(c policy.Case) fyne.CanvasObject {
	title := kit.NewParagraph(c.Entity)
	title.SetStyle(kit.Heading)
	lesson := kit.NewParagraph(c.Lesson)
	lesson.SetStyle(kit.Reading)
	parts := kit.Column(theme.Space4, title,
		kit.Line(theme.Space3, kit.NewLabel(amountWords(c), kit.Figure), kit.NewLabel("announced "+longDay(c.Announced), kit.Secondary)),
		kit.Flow(kit.NewChip(c.KindWords(), kit.ToneAccent), kit.NewChip(c.Platform, kit.ToneNeutral), kit.NewChip(c.Jurisdiction, kit.ToneNeutral)),
		kit.NewParagraph(c.Outcome), kit.NewGroup("The lesson", lesson))
	for _, part := range []struct {
		title string
		lines []string
	}{{"What was disclosed", c.Disclosed}, {"What the authority found", c.Findings}, {"What had to be done", c.Remedy}} {
		if len(part.lines) > 0 {
			parts.Add(kit.NewGroup(part.title, bullets(part.lines)))
		}
	}
	parts.Add(kit.Hairline())
	basis := c.Basis
	basis.Basis = c.Authority
	parts.Add(p.screen.basisCard("Where this comes from", basis, p.staff.day))
	if c.Note != "" {
		parts.Add(kit.Help("Note: " + c.Note + "."))
	}
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(parts, 680), theme.Space6, theme.Space4))
}

func (p *incidentsPane) penalties() fyne.CanvasObject {
	sums := policy.PenaltySums()
	table := kit.NewTable(kit.TableColumn{Title: "Tier", Width: 46}, kit.TableColumn{Title: "From", Align: fyne.TextAlignTrailing},
		kit.TableColumn{Title: "To", Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "A year", Align: fyne.TextAlignTrailing})
	var tiers []string
	var rows [][]kit.Cell
	for _, t := range sums.HIPAA.Tiers {
		rows = append(rows, []kit.Cell{{Text: strconv.Itoa(t.Tier)}, {Text: kit.Count(t.Min)}, {Text: kit.Count(t.Max)}, {Text: kit.Count(int(t.YearCap2019))}})
		tiers = append(tiers, fmt.Sprintf("Tier %d: %s", t.Tier, t.Culpability))
	}
	table.SetRows(rows)
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4,
		kit.NewSection("Civil penalties under HIPAA, in US dollars", kit.Column(theme.Space2, table, bullets(tiers),
			kit.Help(fmt.Sprintf("For one violation, in effect since %s; the yearly cap is that of the enforcement discretion of 2019, the rule itself allows %s in every tier.", longDay(sums.HIPAA.Effective), kit.Count(sums.HIPAA.Tiers[0].YearCap))))),
		p.screen.basisCard("Where this comes from", sums.HIPAA.Basis, p.staff.day), kit.Hairline(),
		kit.NewSection("The rule on reviews", kit.NewParagraph(fmt.Sprintf("Up to USD %s for each violation, as of %s. %s", kit.Count(sums.ReviewRule.Max), longDay(sums.ReviewRule.AsOf), sums.ReviewRule.Note))),
		p.screen.basisCard("Where this comes from", sums.ReviewRule.Basis, p.staff.day)), 680), theme.Space6, theme.Space4))
}

func bullets(lines []string) fyne.CanvasObject {
	list := kit.Column(theme.Space1)
	for _, line := range lines {
		list.Add(bulleted(kit.NewParagraph(kit.Capital(line))))
	}
	return list
}

// bulleted sets a dot before a paragraph, at the height of its first line.
func bulleted(words *kit.Paragraph) fyne.CanvasObject {
	return container.NewBorder(nil, nil, kit.InsetSides(kit.Column(0, kit.NewLabel("•", kit.Reading.In(theme.Secondary))), 0, 0, theme.Space2, 0), nil, words)
}
