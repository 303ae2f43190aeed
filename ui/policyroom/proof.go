package policyroom

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/policy"
	"goodword/policy/proof"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Records is what the screen needs of what is kept.
type Records interface {
	Certificates(ctx context.Context, personID int64) ([]policy.Certificate, error)
	CheckCertificate(ctx context.Context, code string) (policy.Certificate, error)
	Kept(ctx context.Context) ([]policy.KeptRecord, error)
	KeepFor(ctx context.Context) (int, error)
	KeepGround(ctx context.Context) (policy.Basis, error)
	SetKeepFor(ctx context.Context, years int, by audit.Actor) error
	Holds(ctx context.Context) ([]policy.Hold, error)
	PlaceHold(ctx context.Context, subject, reason string, by audit.Actor) error
	EndHold(ctx context.Context, id int64, by audit.Actor) error
}

// Packs makes proof packs and proves them.
type Packs interface {
	Export(ctx context.Context, c proof.Choice, path string, by audit.Actor, progress func(done, total int)) (proof.Manifest, error)
	Verify(ctx context.Context, path string) (proof.Report, error)
}

// Briefs writes the brief for the owner.
type Briefs interface {
	Brief(ctx context.Context, costs policy.BriefCosts) (paper.Sheet, error)
}

// proofPane is what the practice can show: packs, certificates, what is kept and for how long, the brief for the owner.
type proofPane struct {
	screen       *Screen
	list         *ledger
	papers       *ledger // the certificates
	right        *kit.States
	body         fyne.CanvasObject
	read         reading
	staff        staff
	versions     []policy.Version
	certificates []policy.Certificate
	kept         []policy.KeptRecord
	holds        []policy.Hold
	years        int
	ground       policy.Basis // of the years
	known        bool
}

func newProofPane(s *Screen) *proofPane {
	p := &proofPane{screen: s, right: kit.NewStates()}
	p.list = newLedger(p.show)
	p.body = kit.NewSplit(p.list, p.right, 300)
	return p
}

func (p *proofPane) name() string               { return "Proof" }
func (p *proofPane) content() fyne.CanvasObject { return p.body }
func (p *proofPane) open(id string)             { p.list.mark(id); p.show(id) }

func (p *proofPane) commands() []kit.Command {
	return []kit.Command{{Title: "Export a proof pack", Run: func() { p.open("pack"); p.exportDialog() }}, {Title: "Prove a proof pack", Run: p.prove},
		{Title: "Check a certificate", Run: p.checkDialog}, {Title: "Place a legal hold", Run: p.holdDialog}, {Title: "Write the brief for the owner", Run: p.briefDialog}}
}

func (p *proofPane) load() {
	if !p.known {
		p.right.ShowLoading("Reading what is on record")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		d := p.screen.deps
		var versions []policy.Version
		var certificates []policy.Certificate
		var kept []policy.KeptRecord
		var holds []policy.Hold
		var years int
		var ground policy.Basis
		for _, step := range []func() error{
			func() (e error) { versions, e = d.Document.Versions(ctx); return e },
			func() (e error) { certificates, e = d.Records.Certificates(ctx, 0); return e },
			func() (e error) { kept, e = d.Records.Kept(ctx); return e },
			func() (e error) { holds, e = d.Records.Holds(ctx); return e },
			func() (e error) { years, e = d.Records.KeepFor(ctx); return e },
			func() (e error) { ground, e = d.Records.KeepGround(ctx); return e },
		} {
			if err == nil {
				err = step()
			}
		}
		return func() {
			if err != nil {
				p.right.ShowError("What is on record could not be read", err, p.load)
				return
			}
			p.known, p.staff, p.versions, p.certificates, p.kept, p.holds, p.years, p.ground = true, f, versions, certificates, kept, holds, years, ground
			p.fill()
		}
	})
}

func (p *proofPane) fill() {
	may, held := 0, 0
	for _, r := range p.kept {
		if r.MayGo(p.staff.day) {
			may++
		}
	}
	for _, h := range p.holds {
		if h.Stands() {
			held++
		}
	}
	kept := entry{id: "kept", icon: "calendar", role: theme.Secondary, title: "What is kept", note: fmt.Sprintf("%s, for %d years", kit.Counted(len(p.kept), "record", "records"), p.years)}
	if held > 0 {
		kept.right, kept.tone = kit.Counted(held, "hold", "holds"), kit.ToneWarn
	} else if may > 0 {
		kept.right = fmt.Sprintf("%d may go", may)
	}
	rows := []entry{{id: "pack", icon: "download", role: theme.Secondary, title: "Proof pack", note: "What a regulator asks for"},
		{id: "certificates", icon: "circle-check", role: theme.Secondary, title: "Certificates", note: kit.Counted(len(p.certificates), "module passed", "modules passed")}, kept,
		{id: "brief", icon: "info", role: theme.Secondary, title: "Brief for the owner", note: "Why we answer, on two pages"}}
	if p.list.set(rows) {
		p.show(p.list.opened())
	} else {
		p.list.first()
	}
}

func (p *proofPane) show(id string) {
	if !p.known {
		return
	}
	switch id {
	case "pack":
		p.page("Proof pack", "Everything that a regulator asks for after a breach, in one folder or .zip: the policy as it was signed, who was trained and what was missed, signatures and refusals, incidents, the checklist, vendors and the audit log. A paper to read first leads through it; a manifest proves later that nothing was altered.",
			kit.Line(theme.Space2, kit.NewPrimary("Export a pack", theme.Icon("download"), p.exportDialog), kit.NewButton("Prove a pack", theme.Icon("circle-check"), p.prove)),
			kit.Help("Names and health details in the words of incidents are covered, unless you ask otherwise. The audit log notes each pack."), note(p.ground, p.staff.day))
	case "certificates":
		p.certified()
	case "kept":
		p.keeping()
	case "brief":
		studies := kit.Column(theme.Space3)
		for _, study := range policy.Studies() {
			studies.Add(kit.Column(theme.Space1, kit.NewParagraph(study.Says), note(study.Basis, p.staff.day)))
		}
		p.page("Brief for the owner", "Two pages from the practice's own figures of the last twelve months and from dated facts with their sources: why answer, what it costs, what it brings. Where there are few answers it says so.",
			kit.Line(0, kit.NewPrimary("Write the brief", theme.Icon("download"), p.briefDialog)), kit.NewSection("What research it cites", studies), measured("few-answers", p.staff.day))
	}
}

func (p *proofPane) page(title, says string, parts ...fyne.CanvasObject) {
	column := kit.Column(theme.Space4, kit.NewLabel(title, kit.Heading), kit.NewParagraph(says))
	for _, o := range parts {
		column.Add(o)
	}
	p.right.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(column, 760), theme.Space6, theme.Space4)))
}

func (p *proofPane) certified() {
	check := kit.NewButton("Check a code", theme.Icon("search"), p.checkDialog)
	if len(p.certificates) == 0 {
		p.page("Certificates", "Nobody has passed a module yet. Each pass gets a certificate with a code.", kit.Line(0, check), p.passNote())
		return
	}
	var rows []entry
	zone := p.staff.practice.Location()
	for _, c := range p.certificates {
		rows = append(rows, entry{id: c.Code, title: c.Person.Name + " · " + c.Module.Title, note: fmt.Sprintf("Passed on %s with %d of %d", dayOf(c.Result.At, zone), c.Result.Right, c.Result.Asked), right: c.Code})
	}
	p.papers = newLedger(nil)
	p.papers.onActivated = func(string) { p.saveCertificate() }
	p.papers.set(rows)
	p.papers.first()
	head := kit.Column(theme.Space2, kit.NewLabel("Certificates", kit.Heading), kit.Help("The code at the right is taken from the audit log; \"Check a code\" says whether a certificate holds."), p.passNote(),
		kit.Line(theme.Space2, kit.NewPrimary("Save the certificate", theme.Icon("download"), p.saveCertificate), check))
	p.right.ShowContent(kit.Column(0, kit.InsetXY(head, theme.Space6, theme.Space4), kit.Fill(kit.InsetXY(p.papers, theme.Space3, 0))))
}

// passNote says by what mark a module was passed, and for how long that counts.
func (p *proofPane) passNote() fyne.CanvasObject {
	return kit.Column(theme.Space1, measured("pass-mark", p.staff.day), measured("pass-months", p.staff.day))
}

// saveCertificate saves the one that is chosen.
func (p *proofPane) saveCertificate() {
	for _, c := range p.certificates {
		if p.papers != nil && c.Code == p.papers.opened() {
			p.save(c.FileName(), c.Sheet())
		}
	}
}

func (p *proofPane) keeping() {
	parts := []fyne.CanvasObject{kit.Line(theme.Space2, kit.NewButton("Place a legal hold", theme.Icon("lock"), p.holdDialog), kit.NewQuiet("Keep longer", theme.Icon("calendar"), p.yearsDialog))}
	for _, h := range p.holds {
		if !h.Stands() {
			continue
		}
		text := fmt.Sprintf("Legal hold on %s since %s, by %s: %s", p.heldOn(h), dayOf(h.Since, p.staff.practice.Location()), h.By, h.Reason)
		parts = append(parts, kit.NewBanner(kit.ToneWarn, text, kit.Button{Title: "End it", Run: func() {
			p.step("Ending the legal hold", "The hold has ended. It stays on record.", func(ctx context.Context, by audit.Actor) error { return p.screen.deps.Records.EndHold(ctx, h.ID, by) })
		}}))
	}
	var may []string
	for _, r := range p.kept {
		if r.MayGo(p.staff.day) {
			may = append(may, fmt.Sprintf("%s: %s. Kept until %s", r.Kind, r.Title, longDay(r.Until)))
		}
	}
	if len(may) == 0 {
		parts = append(parts, kit.NewSection("What may go", kit.Help("Nothing has served its time, or a hold keeps it.")))
	} else {
		parts = append(parts, kit.NewSection("What may go", kit.Column(theme.Space2, kit.Help("These have served their time and no hold is on them. They are listed here and stay until people decide."), bullets(may))))
	}
	counts, order := map[string]int{}, []string{}
	for _, r := range p.kept {
		if counts[r.Kind] == 0 {
			order = append(order, r.Kind)
		}
		counts[r.Kind]++
	}
	var kinds []string
	for _, kind := range order {
		kinds = append(kinds, fmt.Sprintf("%s: %d", kind, counts[kind]))
	}
	if len(kinds) > 0 {
		parts = append(parts, kit.NewSection("On record", bullets(kinds)))
	}
	parts = append(parts, p.screen.basisCard("Stands on", policy.KeepBasis(), p.staff.day))
	if p.ground.Status == policy.StatusPractice {
		parts = append(parts, note(p.ground, p.staff.day))
	}
	p.page("What is kept", fmt.Sprintf("Records are kept for %d years from the day on which they were made or were last in effect. The program deletes none of them by itself.", p.years), parts...)
}

func (p *proofPane) heldOn(h policy.Hold) string {
	if id, found := strings.CutPrefix(h.Subject, "person/"); found {
		if n, err := strconv.ParseInt(id, 10, 64); err == nil && p.staff.name(n) != "" {
			return p.staff.name(n)
		}
	}
	return h.On()
}

// save asks where a paper goes and writes it there.
func (p *proofPane) save(name string, s paper.Sheet) {
	kit.SaveFile(p.screen.host, "Saving the paper", name, func(path string) { p.write(path, s) })
}

func (p *proofPane) write(path string, s paper.Sheet) {
	p.screen.do("Saving the paper", func(ctx context.Context) error { return paper.Save(ctx, path, s) }, func() { p.screen.host.Toast("Saved: " + filepath.Base(path)) })
}

func (p *proofPane) step(doing, done string, step func(ctx context.Context, by audit.Actor) error) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	p.screen.do(doing, func(ctx context.Context) error { return step(ctx, by) }, func() {
		p.screen.host.Toast(done)
		p.load()
	})
}
