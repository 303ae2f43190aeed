package policyroom

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// signaturesPane shows who has signed the version in force and who has not.
type signaturesPane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	staff   staff
	version policy.Version
	signed  []policy.Signature
	missing []practice.Person
}

func newSignaturesPane(s *Screen) *signaturesPane {
	return &signaturesPane{screen: s, states: kit.NewStates()}
}

func (p *signaturesPane) name() string               { return "Signatures" }
func (p *signaturesPane) content() fyne.CanvasObject { return p.states }
func (p *signaturesPane) open(string)                {}

func (p *signaturesPane) commands() []kit.Command {
	return []kit.Command{{Title: "Copy a reminder to those who have not signed", Run: p.remind, Enabled: func() bool { return len(p.missing) > 0 }}}
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
		var signed []policy.Signature
		var missing []practice.Person
		if err == nil && found {
			signed, missing, err = p.screen.deps.Document.Signatures(ctx, current.ID)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The signatures could not be read", err, p.load)
				return
			}
			p.staff, p.version, p.signed, p.missing = f, current, signed, missing
			p.screen.tabs.SetCount(p.name(), len(missing))
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
	all := len(p.signed) + len(p.missing)
	tone := kit.ToneGood
	if len(p.missing) > 0 {
		tone = kit.ToneAccent
	}
	share := 1.0
	if all > 0 {
		share = float64(len(p.signed)) / float64(all)
	}
	head := kit.Column(theme.Space2,
		kit.Spread(kit.NewLabel(fmt.Sprintf("%d of %d have signed version %d", len(p.signed), all, p.version.Number), kit.Heading), p.actions()),
		kit.NewMeter(share, tone),
		kit.NewLabel("In force since "+longDay(p.version.From)+". A row that is not signed opens a form for a signed sheet of paper.", kit.Caption).Ellipsis())
	table := kit.NewTable(kit.TableColumn{Title: "Person"}, kit.TableColumn{Title: "Role", Width: 150}, kit.TableColumn{Title: "Signed", Width: 170},
		kit.TableColumn{Title: "Version", Width: 80}, kit.TableColumn{Title: "How", Width: 130}, kit.TableColumn{Title: "Recorded by"})
	table.SetRows(p.rows())
	table.OnOpened = p.opened
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, head, table), 1080), theme.Space6, theme.Space4)))
}

func (p *signaturesPane) actions() fyne.CanvasObject {
	line := kit.Line(theme.Space2)
	if len(p.missing) > 0 {
		line.Add(kit.NewButton("Copy reminder", theme.Icon("copy"), p.remind))
	}
	who, _ := p.screen.host.Who()
	for _, m := range p.missing {
		if m.ID == who {
			line.Add(kit.NewPrimary("Read and sign", theme.Icon("signature"), func() { p.screen.Receive("Document/" + versionID(p.version)) }))
		}
	}
	return line
}

func (p *signaturesPane) rows() [][]kit.Cell {
	var rows [][]kit.Cell
	for _, m := range p.missing {
		rows = append(rows, []kit.Cell{{Text: m.Name, Strong: true}, {Text: jobOf(m), Secondary: true}, {Text: "Not signed", Tone: kit.ToneWarn}, {}, {}, {}})
	}
	zone := p.staff.practice.Location()
	for _, s := range p.signed {
		var person practice.Person
		for _, candidate := range p.staff.people {
			if candidate.ID == s.PersonID {
				person = candidate
			}
		}
		rows = append(rows, []kit.Cell{{Text: s.Person, Strong: true}, {Text: jobOf(person), Secondary: true}, {Text: moment(s.At, zone)}, {Text: fmt.Sprint(s.Number)},
			{Text: string(s.Way), Secondary: true}, {Text: s.Witness, Secondary: true}})
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

// opened records a signed sheet for somebody who has not signed.
func (p *signaturesPane) opened(row int) {
	if row >= len(p.missing) {
		return
	}
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	person := p.missing[row]
	text := kit.NewParagraph(policy.Acknowledgement(p.version))
	content := kit.MaxWidth(kit.Column(theme.Space4, kit.NewParagraph(person.Name+" has signed these words on paper, and the sheet is kept:"), text,
		kit.Help("You are recorded as the witness. Keep the sheet for at least six years from the day on which the version was last in force.")), 520)
	p.screen.host.Dialog("Record a signed sheet", content, kit.Button{Title: "Cancel"}, kit.Button{Title: "Record", Primary: true, Run: func() {
		p.screen.do("Recording the signature", func(ctx context.Context) error {
			_, err := p.screen.deps.Document.Sign(ctx, person.ID, p.version.ID, policy.OnPaper, by)
			return err
		}, func() {
			p.screen.again()
			p.screen.host.Toast(person.Name + " has signed on paper.")
		})
	}})
}

func (p *signaturesPane) remind() {
	var names []string
	for _, m := range p.missing {
		names = append(names, m.Name)
	}
	p.screen.host.Copy(fmt.Sprintf("Dear colleagues,\n\nversion %d of our social media policy is in force since %s. These signatures are still missing: %s.\n\nPlease read it in Goodword, under Policy, and sign it there. It takes ten minutes. Questions go to %s.\n",
		p.version.Number, longDay(p.version.From), strings.Join(names, ", "), p.staff.practice.Contact()))
	p.screen.host.Toast("The reminder is on the clipboard.")
}
