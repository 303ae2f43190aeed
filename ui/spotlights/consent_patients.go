package spotlights

import (
	"context"
	"fmt"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// showPatients says whether patients are shown or told of, and lists their authorizations: a record apart from the consents of staff.
func (p *consentPane) showPatients(today string) {
	step := p.c.step
	n := step.Spotlight.Patients
	text := "No patient is shown or told of."
	if n > 0 {
		text = kit.Counted(n, "patient is shown or told of.", "patients are shown or told of.")
	}
	less := kit.NewIconButton(theme.Icon("minus"), "One patient fewer", func() { p.setPatients(n - 1) })
	more := kit.NewIconButton(theme.Icon("plus"), "One patient more", func() { p.setPatients(n + 1) })
	row := kit.Line(theme.Space1, kit.Fill(kit.NewLabel(text, kit.Body).Ellipsis()), more)
	if n > 0 {
		row = kit.Line(theme.Space1, kit.Fill(kit.NewLabel(text, kit.Body).Ellipsis()), less, more)
	}
	list := kit.Column(theme.Space3, row)
	for _, a := range step.Allowed {
		list.Add(p.paperOf(a, today))
	}
	if n > 0 {
		list.Add(kit.Help("Each signs an authorization of their own before anything is scheduled; a staff release never stands for it. The gate's rules stay: no text may say that somebody is a patient."))
		list.Add(kit.Flow(kit.NewButton("Record an authorization", theme.Icon("plus"), func() { p.authorize() }),
			kit.NewQuiet("Print a blank one", theme.Icon("printer"), func() { p.printPaper(advocacy.Authorization{Discloser: step.Practice.Name, Language: "en"}) })))
	}
	p.content.Add(kit.NewGroup("Patients", list))
}

func (p *consentPane) setPatients(n int) {
	by := p.c.s.actor()
	p.c.keep("Noting the patients", func(ctx context.Context) error { return p.c.s.deps.Store.ShowPatients(ctx, p.c.id, n, by) }, nil)
}

func (p *consentPane) paperOf(a advocacy.Authorization, today string) fyne.CanvasObject {
	state, tone := standing(a.SignedOn, a.Until, !a.Withdrawn.IsZero(), today)
	if a.Scan == "" && a.Withdrawn.IsZero() {
		state, tone = "No signed copy yet", kit.ToneWarn
	}
	papers := kit.Flow(kit.NewQuiet("Print", theme.Icon("printer"), func() { p.printPaper(a) }))
	if a.Scan == "" {
		papers.Add(kit.NewQuiet("Attach the signed copy", theme.Icon("paperclip"), func() {
			kit.OpenFile(p.c.s.host, "Attaching the signed copy", scans, func(path string) { p.attachPaper(a, path) })
		}))
	} else {
		papers.Add(kit.NewQuiet("Save the signed copy", theme.Icon("file-down"), func() { p.c.s.saveScan(a.Scan) }))
	}
	head := fyne.CanvasObject(kit.Line(0, kit.NewChip(state, tone)))
	if a.Withdrawn.IsZero() {
		head = kit.Spread(kit.Line(0, kit.NewChip(state, tone)), kit.NewQuiet("Withdraw", theme.Icon("circle-minus"), func() { p.revoke(a) }))
	}
	return kit.Column(theme.Space2, head, kit.NewParagraph(a.Patient+": "+a.Describes),
		kit.Help(fmt.Sprintf("On %s, signed %s, until %s.", where(a.Networks), a.SignedOn, a.Until)), papers, kit.Hairline())
}

func (p *consentPane) attachPaper(a advocacy.Authorization, path string) {
	by := p.c.s.actor()
	p.c.s.attached(path, func(ctx context.Context, file *os.File) error {
		_, err := p.c.s.deps.Store.AttachAuthorization(ctx, a.ID, file, by)
		return err
	})
}

func (p *consentPane) printPaper(a advocacy.Authorization) {
	p.c.s.writePaper("Printing the authorization", "authorization.pdf", a.Paper(p.c.step.Practice, p.c.step.Now))
}

// paperForm is the form on which a patient's authorization is recorded, element by element as the law asks for them.
type paperForm struct {
	content                                fyne.CanvasObject
	patient, describes, discloser, purpose *kit.Entry
	until, signed                          *dayField
	representative, authority              *kit.Entry
	networks                               *networkTicks
	language                               languages
	statements                             []*widget.Check
	fault                                  *kit.Field
}

func newPaperForm(p *consentPane) *paperForm {
	s, step := p.c.s, p.c.step
	f := &paperForm{patient: kit.NewEntry("As it stands on the paper"), describes: kit.NewMultiLine("One photo that shows my face beside Mara", 2),
		discloser: kit.NewEntry(step.Practice.Name), purpose: kit.NewEntry("To show our team"), until: s.newDay(""),
		signed: s.newDay(step.Now.Format(practice.Day)), representative: kit.NewEntry("Nobody: the patient signs"), authority: kit.NewEntry("Parent, guardian, power of attorney"),
		networks: newNetworkTicks(), language: newLanguages()}
	f.discloser.SetText(step.Practice.Name)
	says := kit.Column(0)
	for _, statement := range advocacy.AuthorizationStatements() {
		tick := widget.NewCheck("", nil)
		f.statements = append(f.statements, tick)
		says.Add(kit.Line(0, tick, kit.Fill(kit.Column(0, kit.NewParagraph(statement.Text), kit.NewLabel(statement.Basis, kit.Caption)))))
	}
	source := advocacy.AuthorizationSource()
	f.fault = kit.NewField("What the signed paper says", "Read it and tick each line.", says)
	f.content = kit.NewForm(kit.NewField("Patient", "Stays in this record; never in a post, never in the log.", f.patient),
		kit.NewField("What may be used", "", f.describes),
		kit.Grid(200, theme.Space4, kit.NewField("Who may disclose it", "", f.discloser), kit.NewField("What for", "", f.purpose)),
		kit.NewField("Who will see it", "The readers of these networks, and of no others.", f.networks.content),
		kit.Grid(200, theme.Space4, kit.NewField("Signed on", "", f.signed.content), kit.NewField("Ends on", "", f.until.content)),
		kit.Grid(200, theme.Space4, kit.NewField("Signed for the patient by", "", f.representative), kit.NewField("With the right of", "", f.authority)),
		f.fault, kit.NewField("Paper", fmt.Sprintf("%s. Wording checked %s, due again %s. Not legal advice.", source.Basis, source.Checked, source.ReviewBy),
			kit.Line(theme.Space3, f.language.choice, kit.NewButton("Print it to be signed", theme.Icon("printer"), func() { p.printPaper(f.paper(p.c.id)) }))))
	return f
}

func (f *paperForm) paper(spotlight int64) advocacy.Authorization {
	a := advocacy.Authorization{SpotlightID: spotlight, Patient: f.patient.Text, Describes: f.describes.Text, Discloser: f.discloser.Text, Networks: f.networks.ticked(),
		Purpose: f.purpose.Text, Until: f.until.text(), SignedOn: f.signed.text(), Representative: strings.TrimSpace(f.representative.Text),
		Authority: strings.TrimSpace(f.authority.Text), Language: f.language.id()}
	for i, statement := range advocacy.AuthorizationStatements() {
		if f.statements[i].Checked {
			a.Statements = append(a.Statements, statement.ID)
		}
	}
	return a
}

func (p *consentPane) authorize() {
	f, by := newPaperForm(p), p.c.s.actor()
	var shut func()
	shut = p.c.s.host.Dialog("Record a patient's authorization", kit.MaxWidth(f.content, 560), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Record", Primary: true, Stay: true, Run: func() {
			a := f.paper(p.c.id)
			p.c.s.bg.Run(func(ctx context.Context) func() {
				_, err := p.c.s.deps.Store.Authorize(ctx, a, by)
				return func() {
					if err != nil {
						f.fault.SetError(said(err))
						return
					}
					shut()
					p.c.s.host.Toast("Recorded. It counts as soon as the signed copy is attached.")
					p.c.s.reload()
				}
			})
		}})
	p.c.s.host.Focus(f.patient)
}

func (p *consentPane) revoke(a advocacy.Authorization) {
	by := p.c.s.actor()
	p.c.s.host.Confirm("Withdraw this authorization?", "Nothing new can be posted under it. What is posted goes on the take-down list.", "Withdraw", func() {
		var list []advocacy.TakeDown
		p.c.s.do("Withdrawing the authorization", func(ctx context.Context) error {
			var err error
			list, err = p.c.s.deps.Store.Revoke(ctx, a.ID, by)
			return err
		}, func() {
			p.c.s.host.Toast("The authorization is withdrawn.")
			if len(list) > 0 {
				p.c.s.takeDownDialog(list)
			}
		})
	})
}
