package spotlights

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/disk"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// ConsentStore is what the screen asks about consents, releases and authorizations.
type ConsentStore interface {
	Record(ctx context.Context, c advocacy.Consent, by audit.Actor) (advocacy.Consent, error)
	Withdraw(ctx context.Context, consentID int64, by audit.Actor) ([]advocacy.TakeDown, error)
	AttachScan(ctx context.Context, consentID int64, r io.Reader, by audit.Actor) (advocacy.Consent, error)
	ReadScan(ctx context.Context, hash string) (advocacy.Scan, error)
	Endings(ctx context.Context) ([]advocacy.Ending, error)
	ShowPatients(ctx context.Context, id int64, patients int, by audit.Actor) error
	Authorize(ctx context.Context, a advocacy.Authorization, by audit.Actor) (advocacy.Authorization, error)
	AttachAuthorization(ctx context.Context, id int64, r io.Reader, by audit.Actor) (advocacy.Authorization, error)
	Revoke(ctx context.Context, id int64, by audit.Actor) ([]advocacy.TakeDown, error)
}

// networkTicks lets a person tick networks, one by one.
type networkTicks struct {
	content *fyne.Container
	ticks   []*widget.Check
}

func newNetworkTicks() *networkTicks {
	t := &networkTicks{content: kit.Grid(150, 0)}
	for _, n := range advocacy.Networks() {
		tick := widget.NewCheck(shortName(n), nil)
		t.ticks = append(t.ticks, tick)
		t.content.Add(tick)
	}
	return t
}

func (t *networkTicks) ticked() []string {
	var ids []string
	for i, n := range advocacy.Networks() {
		if t.ticks[i].Checked {
			ids = append(ids, n.ID)
		}
	}
	return ids
}

// languages chooses the language of a paper.
type languages struct{ choice *kit.Segmented }

func newLanguages() languages {
	var names []string
	for _, l := range advocacy.ReleaseLanguages() {
		names = append(names, l.Name)
	}
	return languages{choice: kit.NewSegmented(names, 0, nil)}
}

func (l languages) id() string { return advocacy.ReleaseLanguages()[l.choice.Selected()].ID }

// consentForm is the form on which a consent is recorded.
type consentForm struct {
	pane     *consentPane
	content  fyne.CanvasObject
	uses     []*widget.Check
	every    *widget.Check
	networks *networkTicks
	fault    *kit.Field
	from     *dayField
	until    *dayField
	young    *widget.Check
	adult    *dayField
	guardian *kit.Entry
	language languages
	form     *kit.Entry
}

// newConsentForm ticks everything but video, because that is what a usual release says; the person at the desk unticks what the colleague did
// not want.
func newConsentForm(p *consentPane) *consentForm {
	s := p.c.s
	f := &consentForm{pane: p, networks: newNetworkTicks(), language: newLanguages(), from: s.newDay(p.c.step.Now.Format(practice.Day)), until: s.newDay(""),
		adult: s.newDay(""), guardian: kit.NewEntry("Name of the parent or guardian"), form: kit.NewEntry("Signed release, HR folder")}
	uses := kit.Grid(200, 0)
	for _, use := range advocacy.ConsentUses() {
		tick := widget.NewCheck(usesInWords[use], nil)
		tick.SetChecked(use != advocacy.UseVideo)
		f.uses = append(f.uses, tick)
		uses.Add(tick)
	}
	f.every = widget.NewCheck("All networks", nil)
	f.every.OnChanged = func(all bool) { shown(f.networks.content, !all) }
	f.every.SetChecked(true)
	f.fault = kit.NewField("Where", "", kit.Column(0, f.every, f.networks.content))
	signs := kit.Grid(180, theme.Space4, kit.NewField("18th birthday", "From then on they decide alone.", f.adult.content), kit.NewField("Signs too", "", f.guardian))
	f.young = widget.NewCheck("Under age: a parent or guardian signs too", nil)
	f.young.OnChanged = func(yes bool) { shown(signs, yes) }
	signs.Hide()
	if own := p.c.step.ConsentsOf(p.c.step.Person.ID); len(own) > 0 && own[len(own)-1].AdultOn > p.c.step.Now.Format(practice.Day) {
		f.adult.entry.SetText(own[len(own)-1].AdultOn)
		f.guardian.SetText(own[len(own)-1].Guardian)
		f.young.SetChecked(true)
	}
	source := advocacy.ReleaseSource()
	note := p.c.step.Person.Name + " decides. A staff release is not a patient's authorization and never stands for one."
	f.content = kit.NewForm(kit.Help(note), kit.NewField("What may be shown", "", uses), f.fault,
		kit.Grid(180, theme.Space4, kit.NewField("From", "", f.from.content), kit.NewField("Until", "Empty: until withdrawn.", f.until.content)),
		kit.Column(theme.Space2, f.young, signs), kit.NewField("Form", "Where the signed paper is kept. Its scan can be attached afterwards.", f.form),
		kit.NewField("Paper", fmt.Sprintf("%s. Wording checked %s, due again %s. Not legal advice.", source.Basis, source.Checked, source.ReviewBy),
			kit.Line(theme.Space3, f.language.choice, kit.NewButton("Print it to be signed", theme.Icon("printer"), func() { p.print(f.consent()) }))))
	return f
}

// consent is what the form says.
func (f *consentForm) consent() advocacy.Consent {
	c := advocacy.Consent{PersonID: f.pane.c.step.Person.ID, From: f.from.text(), Until: f.until.text(), Form: f.form.Text, Language: f.language.id()}
	for i, use := range advocacy.ConsentUses() {
		if f.uses[i].Checked {
			c.Uses = append(c.Uses, use)
		}
	}
	if !f.every.Checked {
		c.Networks = f.networks.ticked()
	}
	if f.young.Checked {
		c.AdultOn, c.Guardian = f.adult.text(), f.guardian.Text
	} else if f.adult.text() != "" {
		c.AdultOn = c.From // an earlier record called them under age, and whoever records this one knows better
	}
	return c
}

// lacks is what the form still needs before the domain is asked.
func (f *consentForm) lacks() string {
	switch {
	case !f.every.Checked && len(f.networks.ticked()) == 0:
		return "Tick at least one network."
	case f.young.Checked && f.adult.text() == "":
		return "Enter the 18th birthday of " + f.pane.c.step.Person.Name + "."
	}
	return ""
}

// record asks what was allowed.
func (p *consentPane) record() {
	f, by := newConsentForm(p), p.c.s.actor()
	var shut func()
	shut = p.c.s.host.Dialog("Record a consent", kit.MaxWidth(f.content, 520), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Record", Primary: true, Stay: true, Run: func() {
			if f.lacks() != "" {
				f.fault.SetError(f.lacks())
				return
			}
			consent := f.consent()
			p.c.s.bg.Run(func(ctx context.Context) func() {
				_, err := p.c.s.deps.Store.Record(ctx, consent, by)
				return func() {
					if err != nil {
						f.fault.SetError(said(err))
						return
					}
					shut()
					p.c.s.host.Toast("The consent is on record. Attach the signed copy when it is scanned.")
					p.c.s.reload()
				}
			})
		}})
	p.c.s.host.Focus(f.form)
}

// print writes the release as a PDF to be signed.
func (p *consentPane) print(c advocacy.Consent) {
	step := p.c.step
	name := "release-" + fileName(step.Person.Name) + ".pdf"
	p.c.s.writePaper("Printing the release", name, advocacy.Release(step.Practice, step.Person, c, step.Now))
}

// fileName is a person's name as part of the name of a file.
func fileName(name string) string { return strings.ToLower(strings.Join(strings.Fields(name), "-")) }

// writePaper asks where a paper goes, writes it and opens nothing: the person prints it from their own program.
func (s *Screen) writePaper(doing, name string, sheet paper.Sheet) {
	s.saveSheet(doing, name, sheet, "Saved. Print it, let it be signed, scan it, and attach the scan here.")
}

// scans are the endings of a signed copy.
var scans = []string{".pdf", ".png", ".jpg", ".jpeg"}

func (p *consentPane) attach(consent advocacy.Consent) {
	kit.OpenFile(p.c.s.host, "Attaching the signed copy", scans, func(path string) { p.attachFile(consent, path) })
}

func (p *consentPane) attachFile(consent advocacy.Consent, path string) {
	by := p.c.s.actor()
	p.c.s.attached(path, func(ctx context.Context, file *os.File) error {
		_, err := p.c.s.deps.Store.AttachScan(ctx, consent.ID, file, by)
		return err
	})
}

// attached reads a scanned paper and gives it to keep.
func (s *Screen) attached(path string, keep func(ctx context.Context, file *os.File) error) {
	s.do("Attaching the signed copy", func(ctx context.Context) error {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("The file %s cannot be read: %w", path, err)
		}
		defer func() { _ = file.Close() }()
		return keep(ctx, file)
	}, func() { s.host.Toast("The signed copy is kept in the database, with its hash.") })
}

// saveScan writes a signed copy to a file, after proving it.
func (s *Screen) saveScan(hash string) {
	s.bg.Run(func(ctx context.Context) func() {
		scan, err := s.deps.Store.ReadScan(ctx, hash)
		return func() {
			if err != nil {
				s.host.Fail("Reading the signed copy", err)
				return
			}
			kit.SaveFile(s.host, "Saving the signed copy", "signed-"+hash[:12]+"."+scan.Kind, func(path string) {
				s.do("Saving the signed copy", func(context.Context) error { return disk.Write(path, scan.Data) },
					func() { s.host.Toast("The signed copy is saved.") })
			})
		}
	})
}
