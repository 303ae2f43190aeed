package policyroom

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// signaturesPane shows where everybody stands with the version in force: who signed, who refused, who is still to sign, who is overdue.
type signaturesPane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	staff   staff
	version policy.Version
	lines   []policy.RollLine
	years   int // for how long records are kept
}

func newSignaturesPane(s *Screen) *signaturesPane {
	return &signaturesPane{screen: s, states: kit.NewStates()}
}

func (p *signaturesPane) name() string               { return "Signatures" }
func (p *signaturesPane) content() fyne.CanvasObject { return p.states }
func (p *signaturesPane) open(string)                {}

func (p *signaturesPane) commands() []kit.Command {
	waiting := func() bool { return len(policy.Waiting(p.lines)) > 0 }
	there := func() bool { return p.version.ID != 0 }
	return []kit.Command{
		{Title: "Copy a reminder to those who have not signed", Run: p.remind, Enabled: waiting},
		{Title: "Save a reminder for the board", Run: p.saveReminder, Enabled: waiting},
		{Title: "Save sheets to sign by hand", Run: p.saveSheets, Enabled: there},
		{Title: "Save the record of signatures", Run: p.saveRoll, Enabled: there},
		{Title: "Refuse to sign the policy", Run: p.refuseMyself, Enabled: func() bool { return p.mine() != nil }},
	}
}

func (p *signaturesPane) load() {
	if p.version.ID == 0 {
		p.states.ShowLoading("Reading the signatures")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var versions []policy.Version
		if err == nil {
			versions, err = p.screen.deps.Document.Versions(ctx)
		}
		current, found := policy.Current(versions, f.day)
		var lines []policy.RollLine
		if err == nil && found {
			lines, err = p.screen.deps.Document.RollCall(ctx, current.ID)
		}
		years := 0
		if err == nil {
			years, err = p.screen.deps.Records.KeepFor(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The signatures could not be read", err, p.load)
				return
			}
			p.staff, p.version, p.lines, p.years = f, current, lines, years
			p.screen.tabs.SetCount(p.name(), len(policy.Waiting(lines)))
			p.show(found)
		}
	})
}

func (p *signaturesPane) show(found bool) {
	if !found {
		p.states.ShowEmpty("signature", "Nothing to sign yet", "When a version of the policy is in force, this page shows who has signed it.",
			kit.NewButton("Go to the policy", nil, func() { p.screen.Receive("Document") }))
		return
	}
	counts := policy.CountRoll(p.lines)
	waiting := counts[policy.RollOpen] + counts[policy.RollOverdue]
	all := waiting + counts[policy.RollSigned] + counts[policy.RollRefused]
	tone := kit.ToneGood
	if waiting > 0 {
		tone = kit.ToneAccent
	}
	share := 1.0
	if all > 0 {
		share = float64(counts[policy.RollSigned]) / float64(all)
	}
	chips := kit.Flow()
	for _, c := range []struct {
		state policy.RollState
		words string
		tone  kit.Tone
	}{{policy.RollOverdue, "overdue", kit.ToneBad}, {policy.RollOpen, "still to sign", kit.ToneWarn}, {policy.RollRefused, "refused", kit.ToneNeutral}, {policy.RollLeft, "left since", kit.ToneNeutral}} {
		if n := counts[c.state]; n > 0 {
			chips.Add(kit.NewChip(fmt.Sprintf("%d %s", n, c.words), c.tone))
		}
	}
	head := kit.Column(theme.Space2,
		kit.NewLabel(fmt.Sprintf("%d of %d have signed version %d", counts[policy.RollSigned], all, p.version.Number), kit.Heading),
		kit.NewMeter(share, tone))
	if len(chips.Objects) > 0 {
		head.Add(chips)
	}
	head.Add(kit.Help(fmt.Sprintf("In force since %s, put in force by %s on %s. Open a row for what can be done.", longDay(p.version.From), p.version.PutBy, dayOf(p.version.PutAt, p.staff.practice.Location()))))
	head.Add(measured("sign-days", p.staff.day))
	head.Add(p.actions())
	table := kit.NewTable(kit.TableColumn{Title: "Person"}, kit.TableColumn{Title: "Work", Width: 140}, kit.TableColumn{Title: "Stands", Width: 120},
		kit.TableColumn{Title: "When", Width: 150}, kit.TableColumn{Title: "How", Width: 190})
	table.SetRows(p.rows())
	table.OnOpened = p.opened
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, head, table), 1080), theme.Space6, theme.Space4)))
}

func (p *signaturesPane) actions() fyne.CanvasObject {
	line := kit.Flow()
	if p.mine() != nil {
		line.Add(kit.NewPrimary("Read and sign", theme.Icon("signature"), func() { p.screen.Receive("Document/" + versionID(p.version)) }))
	}
	if len(policy.Waiting(p.lines)) > 0 {
		line.Add(kit.NewButton("Copy reminder", theme.Icon("copy"), p.remind))
		line.Add(kit.NewButton("Reminder for the board", theme.Icon("printer"), p.saveReminder))
	}
	line.Add(kit.NewButton("Sheets to sign", theme.Icon("printer"), p.saveSheets))
	line.Add(kit.NewQuiet("Save the record", theme.Icon("download"), p.saveRoll))
	return line
}

// mine is the line of whoever works, if they are still to sign.
func (p *signaturesPane) mine() *policy.RollLine {
	who, _ := p.screen.host.Who()
	for i, l := range p.lines {
		if l.Person.ID == who && who != 0 && (l.State == policy.RollOpen || l.State == policy.RollOverdue) {
			return &p.lines[i]
		}
	}
	return nil
}

func (p *signaturesPane) rows() [][]kit.Cell {
	var rows [][]kit.Cell
	zone := p.staff.practice.Location()
	for _, l := range p.lines {
		row := []kit.Cell{{Text: l.Person.Name, Strong: true}, {Text: jobOf(l.Person), Secondary: true}, {}, {}, {}}
		switch l.State {
		case policy.RollOverdue:
			row[2], row[3] = kit.Cell{Text: "Overdue", Tone: kit.ToneBad}, kit.Cell{Text: "by " + kit.ShortDay(l.Due)}
		case policy.RollOpen:
			row[2], row[3] = kit.Cell{Text: "Not signed", Tone: kit.ToneWarn}, kit.Cell{Text: "by " + kit.ShortDay(l.Due)}
		case policy.RollRefused:
			row[2] = kit.Cell{Text: "Refused", Tone: kit.ToneAccent}
		case policy.RollSigned:
			row[2] = kit.Cell{Text: "Signed", Tone: kit.ToneGood}
		case policy.RollLeft:
			row[2] = kit.Cell{Text: "Left " + kit.ShortDay(l.Person.LeftOn), Secondary: true}
		}
		switch {
		case l.Signature != nil:
			row[3] = kit.Cell{Text: moment(l.Signature.At, zone)}
			row[4] = kit.Cell{Text: kit.Capital(l.Signature.How()), Secondary: true}
		case l.Refusal != nil:
			row[3] = kit.Cell{Text: moment(l.Refusal.At, zone)}
			row[4] = kit.Cell{Text: l.Refusal.Reason, Secondary: true}
		}
		rows = append(rows, row)
	}
	return rows
}

func jobOf(p practice.Person) string {
	if p.Job != "" {
		return p.Job
	}
	return roleWords(p.Role)
}

func roleWords(r practice.Role) string {
	switch r {
	case practice.HR:
		return "HR"
	case practice.Compliance:
		return "Compliance officer"
	default:
		return kit.Capital(string(r))
	}
}

func (p *signaturesPane) remind() {
	p.copyLetter(policy.ReminderForAll(p.staff.practice, p.version, p.lines, p.staff.day))
}

func (p *signaturesPane) copyLetter(l policy.Letter) {
	p.screen.host.Copy("Subject: " + l.Subject + "\n\n" + l.Body)
	p.screen.host.Toast("The reminder is on the clipboard.")
}

func (p *signaturesPane) saveReminder() {
	made := p.screen.deps.Now()
	p.screen.savePaper("Saving the reminder", fmt.Sprintf("policy-version-%d-reminder.pdf", p.version.Number),
		func() paper.Sheet {
			return policy.ReminderSheet(p.staff.practice, p.version, p.lines, p.staff.day, made)
		})
}

// saveSheets saves the policy with a page to sign for each who is still to sign, or one blank page.
func (p *signaturesPane) saveSheets() {
	people := policy.People(policy.Waiting(p.lines))
	p.screen.savePaper("Saving the sheets", fmt.Sprintf("policy-version-%d-to-sign.pdf", p.version.Number),
		func() paper.Sheet { return policy.SigningSheet(p.staff.practice, p.version, policy.InForce, people) })
}

func (p *signaturesPane) saveRoll() {
	made := p.screen.deps.Now()
	p.screen.savePaper("Saving the record", fmt.Sprintf("policy-version-%d-signatures.pdf", p.version.Number),
		func() paper.Sheet {
			return policy.RollSheet(p.staff.practice, p.version, p.lines, p.staff.day, p.years, made)
		})
}

func (p *signaturesPane) refuseMyself() {
	if l := p.mine(); l != nil {
		p.refuse(*l)
	}
}

// opened shows what can be done about a person.
func (p *signaturesPane) opened(row int) {
	if row >= len(p.lines) {
		return
	}
	switch l := p.lines[row]; {
	case l.Signature != nil:
		p.showSignature(l)
	case l.State == policy.RollLeft:
		p.showRefusal(l)
	default:
		p.record(l)
	}
}

// factRows is a column of facts about a signature or a refusal.
func factRows(facts ...string) *fyne.Container {
	rows := kit.Column(theme.Space2)
	for i := 0; i+1 < len(facts); i += 2 {
		if facts[i+1] == "" {
			continue
		}
		rows.Add(kit.Line(theme.Space3, kit.MinWidth(kit.NewLabel(facts[i], kit.Secondary), 120), kit.Fill(kit.NewParagraph(facts[i+1]))))
	}
	return rows
}
