package policyroom

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/paper"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// warn shows on top the clock that runs down first.
func (p *incidentsPane) warn(parts *fyne.Container, running []policy.Running) {
	zone := p.staff.practice.Location()
	for _, r := range running {
		if !r.Runs() || r.Due.IsZero() {
			continue
		}
		unless := "."
		if r.Clock.Excused {
			unless = ", unless a low probability of compromise is shown."
		}
		banner := kit.NewBanner(kit.ToneWarn, "")
		write := func(now time.Time) {
			tone := kit.ToneWarn
			if r.Due.Sub(now) < 7*24*time.Hour {
				tone = kit.ToneBad
			}
			banner.Set(tone, fmt.Sprintf("%s: tell %s by %s%s", kit.Capital(r.Left(now)), lowerFirst(r.Clock.Whom), longDay(r.Due.In(zone).Format(time.DateOnly)), unless))
		}
		write(p.screen.deps.Now())
		p.running = append(p.running, write)
		parts.Add(banner)
		return
	}
}

func lowerFirst(s string) string {
	if strings.HasPrefix(s, "The ") {
		return "the " + s[4:]
	}
	return s
}

// laps is the time report of a drill.
func laps(i policy.Incident, day string) fyne.CanvasObject {
	all, whole := i.Laps()
	table := kit.NewTable(kit.TableColumn{Title: "Step"}, kit.TableColumn{Title: "After the start", Width: 150, Align: fyne.TextAlignTrailing}, kit.TableColumn{Title: "By", Width: 160})
	var rows [][]kit.Cell
	for _, lap := range all {
		row := []kit.Cell{{Text: lap.Step.Title}, {Text: "open", Secondary: true}, {}}
		if lap.Done {
			row = []kit.Cell{{Text: lap.Step.Title}, {Text: fmt.Sprintf("%d min", int(lap.After.Minutes()))}, {Text: lap.By, Secondary: true}}
		}
		rows = append(rows, row)
	}
	table.SetRows(rows)
	said := "The aim is to have every step done within the hour."
	if whole > 0 {
		said = fmt.Sprintf("All steps took %d minutes. The aim is sixty.", int(whole.Minutes()))
	}
	return kit.NewSection("How long it took", kit.Column(theme.Space2, table, kit.Help(said), measured("drill-hour", day)))
}

// weighing shows the four factors and what they came to.
func (p *incidentsPane) weighing(i policy.Incident, closed bool) fyne.CanvasObject {
	list := kit.Column(theme.Space3)
	for _, f := range policy.Factors() {
		got := i.Weighing.Factors[f.ID]
		chip := kit.NewChip("Open", kit.ToneNeutral)
		switch got.Weight {
		case policy.WeighsLow:
			chip = kit.NewChip("Low", kit.ToneGood)
		case policy.WeighsMedium:
			chip = kit.NewChip("Medium", kit.ToneWarn)
		case policy.WeighsHigh:
			chip = kit.NewChip("High", kit.ToneBad)
		}
		lines := kit.Column(0, kit.Spread(kit.NewLabel(f.Title, kit.Strong).Ellipsis(), chip))
		if got.Words != "" {
			lines.Add(kit.NewParagraph(got.Words))
		} else {
			lines.Add(kit.Help(f.Text))
		}
		list.Add(lines)
	}
	found := "Not decided. Until a low probability is shown, it counts as a breach that must be told."
	if i.Weighing.Finding != "" {
		found = fmt.Sprintf("Found: %s. %s (%s, %s)", i.Weighing.Finding, i.Weighing.Reason, i.Weighing.By, moment(i.Weighing.At, p.staff.practice.Location()))
	}
	list.Add(kit.NewParagraph(found))
	list.Add(measured("factors", p.staff.day))
	if closed {
		return kit.NewSection("Is it a breach? The four factors", list)
	}
	return kit.NewSection("Is it a breach? The four factors", list, kit.NewButton("Weigh", theme.Icon("scale"), func() { p.weigh(i) }))
}

func (p *incidentsPane) weigh(i policy.Incident) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	rows := kit.Column(theme.Space4)
	weights, words := map[string]*kit.Segmented{}, map[string]*kit.Entry{}
	chosen := map[string]policy.Weight{}
	proposal := kit.NewLabel("", kit.Strong).Ellipsis()
	findings := []policy.Finding{"", policy.FindingLow, policy.FindingBreach, policy.FindingNone}
	said := func() policy.Weighing {
		w := policy.Weighing{Factors: map[string]policy.Weighed{}}
		for _, f := range policy.Factors() {
			w.Factors[f.ID] = policy.Weighed{Weight: chosen[f.ID], Words: words[f.ID].Text}
		}
		return w
	}
	propose := func() {
		switch said().Proposes() {
		case policy.FindingLow:
			proposal.SetText("The factors speak for a low probability.")
		case policy.FindingBreach:
			proposal.SetText("The factors speak for a breach.")
		default:
			proposal.SetText("Weigh all four to see what they speak for.")
		}
	}
	for _, f := range policy.Factors() {
		got := i.Weighing.Factors[f.ID]
		chosen[f.ID] = got.Weight
		at := -1
		for n, w := range policy.Weights() {
			if w == got.Weight {
				at = n
			}
		}
		weights[f.ID] = kit.NewSegmented([]string{"Low", "Medium", "High"}, at, func(n int) { chosen[f.ID] = policy.Weights()[n]; propose() })
		words[f.ID] = kit.NewMultiLine("What was found", 2)
		words[f.ID].SetText(got.Words)
		rows.Add(kit.NewField(f.Title, "Low: "+f.Low+". High: "+f.High+".", kit.Column(theme.Space1, kit.Line(0, weights[f.ID]), words[f.ID])))
	}
	reason := kit.NewMultiLine("Why", 2)
	reason.SetText(i.Weighing.Reason)
	at := 0
	for n, f := range findings {
		if f == i.Weighing.Finding {
			at = n
		}
	}
	finding := kit.NewSegmented([]string{"Not decided", "Low probability", "Breach", "No patient data"}, at, func(n int) { at = n })
	field := kit.NewField("What it comes to", "", kit.Column(theme.Space2, proposal, kit.Line(0, finding), reason))
	rows.Add(field)
	rows.Add(measured("factors", p.staff.day))
	propose()
	var shut func()
	save := func() {
		w := said()
		w.Finding, w.Reason = findings[at], strings.TrimSpace(reason.Text)
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Registers.Weigh(ctx, i.ID, w, by)
			return func() {
				if field.SetErr(err); err == nil {
					shut()
					p.screen.again()
				}
			}
		})
	}
	shut = p.screen.host.Dialog("The four factors", kit.MaxWidth(rows, 560), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
}

// clocks shows who must be told by when, each with its source and age.
func (p *incidentsPane) clocks(i policy.Incident, running []policy.Running, closed bool) fyne.CanvasObject {
	zone, now := p.staff.practice.Location(), p.screen.deps.Now()
	list := kit.Column(theme.Space4)
	for _, r := range running {
		left := kit.NewLabel("", kit.Strong)
		write := func(now time.Time) {
			left.SetText(kit.Capital(r.Left(now)))
			switch {
			case r.Told != nil:
				left.SetStyle(kit.Strong.In(theme.Good))
			case r.Late(now):
				left.SetStyle(kit.Strong.In(theme.Bad))
			case !r.Runs():
				left.SetStyle(kit.Secondary)
			case !r.Due.IsZero() && r.Due.Sub(now) < 7*24*time.Hour:
				left.SetStyle(kit.Strong.In(theme.Warn))
			}
		}
		write(now)
		p.running = append(p.running, write)
		lines := kit.Column(theme.Space1, kit.Spread(kit.NewLabel(r.Clock.Whom, kit.Strong).Ellipsis(), left))
		if !r.Due.IsZero() && r.Runs() {
			lines.Add(kit.NewLabel("By "+moment(r.Due, zone)+", "+policy.PlaceTitle(r.Clock.Jurisdiction), kit.Secondary).Ellipsis())
		}
		text := r.Clock.Text
		if r.Idle != "" {
			text = r.Idle + " " + text
		}
		lines.Add(kit.NewParagraph(text))
		lines.Add(note(r.Clock.Basis, p.staff.day))
		tick := widget.NewCheck("Told", nil)
		tick.SetChecked(r.Told != nil)
		if r.Told != nil {
			tick.SetText("Told, " + r.Told.By + " · " + moment(r.Told.At, zone))
		}
		tick.OnChanged = func(on bool) { p.told(i, r.Clock.ID, on) }
		if closed {
			tick.Disable()
		}
		lines.Add(kit.Line(theme.Space3, tick, kit.NewQuiet("Open the source", theme.Icon("external-link"), func() { p.screen.openLink(r.Clock.URL) })))
		list.Add(lines)
	}
	if len(running) == 0 {
		list.Add(kit.NewParagraph("We have no deadline on record for where the practice is. Ask counsel today."))
	}
	asOf := kit.Help("")
	write := func(now time.Time) { asOf.SetText("As of " + moment(now, zone) + ".") }
	write(now)
	p.running = append(p.running, write)
	list.Add(asOf)
	list.Add(kit.Help("A clock that runs is a reminder to ask, not a finding that the duty is there; the law of a state that is missing here may be stricter."))
	return kit.NewSection("Who must be told, and by when", list)
}

func (p *incidentsPane) told(i policy.Incident, clockID string, on bool) {
	by, ok := p.screen.actor()
	if !ok {
		p.showIncident(i)
		return
	}
	p.screen.do("Noting the notice", func(ctx context.Context) error {
		_, err := p.screen.deps.Registers.TickTold(ctx, i.ID, clockID, on, by)
		return err
	}, p.screen.again)
}

// story is the timeline, newest first, with a button to write into it.
func (p *incidentsPane) story(i policy.Incident, events []policy.Event, closed bool) fyne.CanvasObject {
	zone := p.staff.practice.Location()
	list := kit.Column(theme.Space2)
	for n := len(events) - 1; n >= 0; n-- {
		e := events[n]
		text := e.Text
		if e.Reason != "" {
			text = strings.TrimSuffix(text, ".") + ". Reason: " + e.Reason
		}
		words := kit.NewParagraph(text)
		from := map[string]string{"note": " · note", "decision": " · decision", "review": " · review", "spotlight": " · spotlight"}[e.From]
		list.Add(kit.Column(0, words, kit.NewLabel(e.By+" · "+moment(e.At, zone)+from, kit.Caption).Ellipsis()))
	}
	if closed {
		return kit.NewSection("Timeline", list)
	}
	return kit.NewSection("Timeline", list, kit.NewButton("Write into it", theme.Icon("pencil"), func() { p.write(i) }))
}

func (p *incidentsPane) write(i policy.Incident) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	zone := p.staff.practice.Location()
	const form = "2006-01-02 15:04"
	text, reason, at := kit.NewMultiLine("What happened, or what was decided. Leave out the patient's name.", 3), kit.NewMultiLine("Why", 2), kit.NewEntry(form)
	at.SetText(p.screen.deps.Now().In(zone).Format(form))
	why := kit.NewField("Reason", "", reason)
	why.Hide()
	kind := policy.EntryNote
	kinds := kit.NewSegmented([]string{"A note", "A decision"}, 0, func(n int) {
		kind = []policy.EntryKind{policy.EntryNote, policy.EntryDecision}[n]
		if why.Hide(); n == 1 {
			why.Show()
		}
	})
	field := kit.NewField("What", "", text)
	var shut func()
	save := func() {
		when, err := time.ParseInLocation(form, strings.TrimSpace(at.Text), zone)
		if err != nil {
			field.SetError("The time is written as 2026-11-22 15:04.")
			return
		}
		e := policy.Entry{IncidentID: i.ID, Kind: kind, Text: text.Text, Reason: reason.Text, At: when}
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Registers.AddEntry(ctx, e, by)
			return func() {
				if field.SetErr(err); err == nil {
					shut()
					p.screen.again()
				}
			}
		})
	}
	shut = p.screen.host.Dialog("Into the timeline", kit.MaxWidth(kit.Column(theme.Space4, kit.Line(0, kinds), field, why, kit.NewField("When it happened", "", at), kit.Help("An entry never changes. If it was wrong, write another.")), 480),
		kit.Button{Title: "Cancel"}, kit.Button{Title: "Write", Primary: true, Stay: true, Run: save})
	p.screen.host.Focus(text)
}

// facts changes what is known: the words, how many are concerned, what it is linked to.
func (p *incidentsPane) facts(i policy.Incident) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	title, place, what := kit.NewEntry(""), kit.NewEntry("Google, our page"), kit.NewMultiLine("", 4)
	title.SetText(i.Title)
	place.SetText(i.Place)
	what.SetText(i.What)
	numbers := map[string]*kit.Entry{}
	for name, n := range map[string]int64{"people": int64(i.People), "review": i.MentionID, "spotlight": i.SpotlightID} {
		numbers[name] = kit.NewEntry("Not known")
		if n > 0 {
			numbers[name].SetText(strconv.FormatInt(n, 10))
		}
	}
	where := map[string]*widget.Check{}
	places := kit.Flow()
	for _, place := range policy.Places() {
		check := widget.NewCheck(place.Title, nil)
		for _, id := range or2(i.Where, p.choice.Places()) {
			if id == place.ID {
				check.SetChecked(true)
			}
		}
		where[place.ID] = check
		places.Add(check)
	}
	field := kit.NewField("What happened", "", title)
	var shut func()
	save := func() {
		i.Title, i.Place, i.What, i.Where = title.Text, place.Text, what.Text, nil
		for _, place := range policy.Places() {
			if where[place.ID].Checked {
				i.Where = append(i.Where, place.ID)
			}
		}
		read := map[string]int64{}
		for name, entry := range numbers {
			if text := strings.TrimSpace(entry.Text); text != "" {
				n, err := strconv.ParseInt(text, 10, 64)
				if err != nil || n < 0 {
					field.SetError(fmt.Sprintf("%q is not a number.", text))
					return
				}
				read[name] = n
			}
		}
		i.People, i.MentionID, i.SpotlightID = int(read["people"]), read["review"], read["spotlight"]
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Registers.SaveIncident(ctx, i, by)
			return func() {
				if field.SetErr(err); err == nil {
					shut()
					p.screen.again()
				}
			}
		})
	}
	shut = p.screen.host.Dialog("What is known", kit.MaxWidth(kit.Column(theme.Space4, field, kit.NewField("Where", "", place), kit.NewField("In more words", "", what),
		kit.Grid(150, theme.Space4, kit.NewField("People concerned", "", numbers["people"]), kit.NewField("Number of the review", "", numbers["review"]), kit.NewField("Number of the spotlight", "", numbers["spotlight"])),
		kit.NewField("Where the people live", "The clocks of these places run.", places)), 560), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
}

func or2(list, otherwise []string) []string {
	if len(list) == 0 {
		return otherwise
	}
	return list
}

// rehearse begins a drill with one of the stories.
func (p *incidentsPane) rehearse() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	rows := kit.Column(theme.Space3, kit.NewParagraph("A drill runs like the real thing: tick the steps as they are done, and see how long it took. It is marked as a drill everywhere, and never counted."))
	var shut func()
	for _, story := range policy.Stories() {
		rows.Add(kit.NewCard(story.Title, kit.NewParagraph(story.Text), kit.NewButton("Begin", theme.Icon("play"), func() {
			shut()
			var made policy.Incident
			p.screen.do("Beginning the drill", func(ctx context.Context) (err error) {
				made, err = p.screen.deps.Registers.SaveIncident(ctx, policy.Incident{Title: story.Title, Drill: story.Text}, by)
				return err
			}, func() {
				p.list.rows.open = incidentPrefix + strconv.FormatInt(made.ID, 10)
				p.screen.again()
			})
		})))
	}
	shut = p.screen.host.Dialog("Rehearse an incident", kit.MaxWidth(rows, 560), kit.Button{Title: "Cancel"})
}

// print saves the whole of the incident on paper.
func (p *incidentsPane) print() {
	i, ok := p.current()
	if !ok {
		return
	}
	kit.SaveFile(p.screen.host, "Saving the incident", fmt.Sprintf("incident-%d.pdf", i.ID), func(path string) { p.writeIncident(path, i) })
}

func (p *incidentsPane) writeIncident(path string, i policy.Incident) {
	f, running, made := p.staff, i.Clocks(p.choice.Places(), p.staff.practice.Location()), p.screen.deps.Now()
	p.screen.do("Saving the incident", func(ctx context.Context) error {
		events, err := p.screen.deps.Registers.Timeline(ctx, i)
		if err != nil {
			return err
		}
		return paper.Save(ctx, path, policy.IncidentSheet(f.practice, i, running, events, made))
	}, func() { p.screen.host.Toast("Saved.") })
}
