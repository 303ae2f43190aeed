package policyroom

import (
	"context"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/policy"
	"goodword/policy/proof"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// exportDialog asks what the pack is about, and then where it goes.
func (p *proofPane) exportDialog() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	type about struct {
		title  string
		choice proof.Choice
	}
	list := []about{{"Everything on record", proof.Choice{}}}
	for _, v := range p.versions {
		if v.From != "" {
			list = append(list, about{fmt.Sprintf("Version %d, in force from %s", v.Number, longDay(v.From)), proof.Choice{Version: v.ID}})
		}
	}
	for _, person := range p.staff.people {
		list = append(list, about{person.Name, proof.Choice{Person: person.ID}})
	}
	titles := make([]string, len(list))
	for i, a := range list {
		titles[i] = a.title
	}
	chosen := kit.NewSelect(titles, nil)
	chosen.SetSelectedIndex(0)
	from, to := kit.NewEntry("2026-01-01"), kit.NewEntry("2026-12-31")
	unmasked := widget.NewCheck("For counsel: leave names and health details as they are", nil)
	form := kit.NewForm(kit.NewField("About", "One colleague, one version, or everything.", kit.Framed(chosen)),
		kit.NewField("From", "Days, only with \"Everything on record\". Empty: from the beginning.", from), kit.NewField("To", "Empty: until today.", to), kit.NewField("Names", "", unmasked))
	p.screen.host.Dialog("Export a proof pack", form, kit.Button{Title: "Choose where", Primary: true, Run: func() {
		c := list[max(chosen.SelectedIndex(), 0)].choice
		c.From, c.To, c.Unmasked = strings.TrimSpace(from.Text), strings.TrimSpace(to.Text), unmasked.Checked
		kit.SaveFile(p.screen.host, "Exporting the proof pack", "proof-pack-"+p.staff.day+".zip", func(path string) { p.export(path, c, by) })
	}}, kit.Button{Title: "Cancel"})
}

// export writes a pack, with its sign in the top bar and a way to stop it.
func (p *proofPane) export(path string, c proof.Choice, by audit.Actor) {
	p.work("Exporting the proof pack", func(ctx context.Context) (func(), error) {
		m, err := p.screen.deps.Packs.Export(ctx, c, path, by, nil)
		return func() {
			p.screen.host.Toast(fmt.Sprintf("Exported: %s, %d files. Read index.pdf first.", filepath.Base(path), len(m.Files)+1))
		}, err
	})
}

func (p *proofPane) prove() {
	kit.OpenFile(p.screen.host, "Proving a proof pack", []string{".zip", ".json"}, p.proveAt)
}

// proveAt proves a .zip, or the folder that a manifest.json lies in.
func (p *proofPane) proveAt(path string) {
	if filepath.Ext(path) == ".json" {
		path = filepath.Dir(path)
	}
	p.work("Proving the proof pack", func(ctx context.Context) (func(), error) {
		r, err := p.screen.deps.Packs.Verify(ctx, path)
		return func() {
			text := fmt.Sprintf("%s, about %s, made %s by %s. All %d files and %d lines of the audit log are as they were made, and the audit log knows the manifest.", r.Practice, r.About,
				moment(r.Made, p.staff.practice.Location()), r.By, r.Files, r.Lines)
			p.screen.host.Dialog("The pack holds", kit.NewParagraph(text), kit.Button{Title: "Close", Primary: true})
		}, err
	})
}

func (p *proofPane) work(doing string, work func(context.Context) (done func(), err error)) {
	host := p.screen.host
	var cancel func()
	host.SetStatus(doing, -1, func() {
		if cancel != nil {
			cancel()
		}
		host.SetStatus("", -1, nil)
	})
	cancel = p.screen.back.Run(func(ctx context.Context) func() {
		done, err := work(ctx)
		return func() {
			host.SetStatus("", -1, nil)
			if err != nil {
				host.Fail(doing, err)
				return
			}
			done()
		}
	})
}

func (p *proofPane) checkDialog() {
	code := kit.NewEntry("7K3F-9QWE-20XB")
	p.screen.host.Dialog("Check a certificate", kit.NewForm(kit.NewField("Verification code", "Twelve signs at the foot of the certificate.", code)), kit.Button{Title: "Check", Primary: true, Run: func() { p.check(code.Text) }},
		kit.Button{Title: "Cancel"})
	p.screen.host.Focus(code)
}

func (p *proofPane) check(code string) {
	var c policy.Certificate
	p.screen.do("Checking the certificate", func(ctx context.Context) (err error) {
		c, err = p.screen.deps.Records.CheckCertificate(ctx, code)
		return err
	}, func() {
		text := fmt.Sprintf("%s passed \"%s\" on %s with %d of %d. It is line %d of the audit log, and nothing was altered since.", c.Person.Name, c.Module.Title,
			dayOf(c.Result.At, p.staff.practice.Location()), c.Result.Right, c.Result.Asked, c.Line)
		p.screen.host.Dialog("The certificate holds", kit.NewParagraph(text), kit.Button{Title: "Close", Primary: true})
	})
}

func (p *proofPane) holdDialog() {
	titles, subjects := []string{"Everything"}, []string{""}
	for _, person := range p.staff.people {
		titles, subjects = append(titles, person.Name), append(subjects, fmt.Sprintf("person/%d", person.ID))
	}
	for _, v := range p.versions {
		if v.From != "" {
			titles, subjects = append(titles, fmt.Sprintf("Version %d of the policy", v.Number)), append(subjects, fmt.Sprintf("policy/%d", v.ID))
		}
	}
	on, reason := kit.NewSelect(titles, nil), kit.NewMultiLine("Letter of the Office for Civil Rights of 3 March", 3)
	on.SetSelectedIndex(0)
	p.screen.host.Dialog("Place a legal hold", kit.NewForm(kit.NewField("On", "What a hold names stays, however old it is.", kit.Framed(on)), kit.NewField("Reason", "Who asked for it, and in which matter. It goes into the audit log.", reason)),
		kit.Button{Title: "Place it", Primary: true, Run: func() {
			subject := subjects[max(on.SelectedIndex(), 0)]
			p.step("Placing the legal hold", "The hold stands.", func(ctx context.Context, by audit.Actor) error {
				return p.screen.deps.Records.PlaceHold(ctx, subject, reason.Text, by)
			})
		}}, kit.Button{Title: "Cancel"})
	p.screen.host.Focus(reason)
}

func (p *proofPane) yearsDialog() {
	years := kit.NewEntry(strconv.Itoa(p.years))
	years.SetText(strconv.Itoa(p.years))
	p.screen.host.Dialog("Keep longer", kit.NewForm(kit.NewField("Years", fmt.Sprintf("At least %d (%s). State law may ask for more.", policy.KeepYears, policy.KeepBasis().Basis), years), note(policy.KeepBasis(), p.staff.day)), kit.Button{Title: "Save", Primary: true, Run: func() {
		n, err := strconv.Atoi(strings.TrimSpace(years.Text))
		if err != nil {
			n = 0 // the store says which numbers there are
		}
		p.step("Setting the years", "Saved.", func(ctx context.Context, by audit.Actor) error { return p.screen.deps.Records.SetKeepFor(ctx, n, by) })
	}}, kit.Button{Title: "Cancel"})
	p.screen.host.Focus(years)
}

// briefDialog asks what answering costs, and writes the brief.
func (p *proofPane) briefDialog() {
	hours, hour, year, currency := kit.NewEntry("2.5"), kit.NewEntry("40"), kit.NewEntry("0"), kit.NewEntry("USD")
	currency.SetText("USD")
	fields := []fyne.CanvasObject{kit.NewField("Hours a week", "Time that people spend on reading and answering. Empty: the brief says that it is not known.", hours), kit.NewField("An hour costs", "", hour),
		kit.NewField("Beside the hours, a year", "Fees and tools.", year), kit.NewField("Currency", "", currency)}
	p.screen.host.Dialog("Brief for the owner", kit.Column(theme.Space3, fields...), kit.Button{Title: "Choose where", Primary: true, Run: func() {
		c := policy.BriefCosts{HoursAWeek: amount(hours.Text), AnHour: amount(hour.Text), AYear: amount(year.Text), Currency: strings.TrimSpace(currency.Text)}
		kit.SaveFile(p.screen.host, "Writing the brief", "brief-"+p.staff.day+".pdf", func(path string) { p.brief(path, c) })
	}}, kit.Button{Title: "Cancel"})
	p.screen.host.Focus(hours)
}

func (p *proofPane) brief(path string, c policy.BriefCosts) {
	p.work("Writing the brief", func(ctx context.Context) (func(), error) {
		var s paper.Sheet
		s, err := p.screen.deps.Briefs.Brief(ctx, c)
		return func() { p.write(path, s) }, err
	})
}

// amount reads a number as people type it; what is none counts as not typed.
func amount(text string) float64 {
	n, err := strconv.ParseFloat(strings.ReplaceAll(strings.TrimSpace(text), ",", "."), 64)
	if err != nil || n < 0 || n > 1e9 {
		return 0
	}
	return n
}
