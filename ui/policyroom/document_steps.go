package policyroom

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// menu offers what is done more rarely with the version in sight.
func (p *documentPane) menu(under fyne.CanvasObject) {
	c := fyne.CurrentApp().Driver().CanvasForObject(under)
	if c == nil {
		return
	}
	items := []*fyne.MenuItem{fyne.NewMenuItem("Save as PDF, Word, web page or Markdown", p.export),
		fyne.NewMenuItem("Save with reasons and sources", func() { p.exportWith(true) }),
		fyne.NewMenuItem("Copy the text", func() { p.screen.host.Copy(p.current.Text); p.screen.host.Toast("The text is on the clipboard.") })}
	if p.refused() == "" {
		items = append(items, fyne.NewMenuItem("Answer the questions about the practice", p.ask), fyne.NewMenuItem("Import the practice's own policy", p.importOwn))
		if d := p.drafted(); d != nil && d.ID == p.current.ID {
			items = append(items, fyne.NewMenuItem("Drop the draft", p.drop))
		}
	}
	widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, under.Size().Height), under)
}

// ask opens the questions, over the draft or over the newest version.
func (p *documentPane) ask() {
	newest := policy.Version{}
	if len(p.versions) > 0 {
		newest = p.versions[0]
	}
	if p.writing && p.typed != nil && p.typed.text != newest.Text {
		p.screen.host.Toast("Save what you are writing first.")
		return
	}
	p.asking = newQuestionsView(p, newest)
	p.states.ShowContent(p.asking.view)
	if p.asking.first != nil {
		p.screen.host.Focus(p.asking.first)
	}
}

func (p *documentPane) leaveQuestions() {
	p.asking = nil
	p.load()
}

// build writes the draft from the answers.
func (p *documentPane) build() {
	by, ok := p.screen.actor()
	if !ok || p.asking == nil {
		return
	}
	situation, before := p.asking.situation, p.asking.newest
	var made policy.Version
	p.screen.do("Writing the draft", func(ctx context.Context) (err error) {
		made, _, err = p.screen.deps.Document.BuildDraft(ctx, situation, by)
		return err
	}, func() {
		p.asking, p.typed, p.writing, p.current = nil, nil, false, policy.Version{}
		p.list.rows.open = versionID(made)
		p.screen.again()
		if before.From == "" && before.ID != 0 {
			p.screen.host.ToastUndo("The draft follows the answers now.", func() { p.unbuild(made, before, by) })
			return
		}
		p.screen.host.Toast(fmt.Sprintf("Version %d is drafted.", made.Number))
	})
}

// unbuild gives the draft the text and the answers that it had.
func (p *documentPane) unbuild(made, before policy.Version, by audit.Actor) {
	p.screen.do("Bringing the draft back", func(ctx context.Context) error {
		if err := p.screen.deps.Document.DropDraft(ctx, made.ID, by); err != nil {
			return err
		}
		_, err := p.screen.deps.Document.RestoreDraft(ctx, before, by)
		return err
	}, func() {
		p.current = policy.Version{}
		p.screen.again()
	})
}

// importOwn reads the practice's own text into the draft, or into a new one.
func (p *documentPane) importOwn() {
	kit.OpenFile(p.screen.host, "Importing the policy", []string{".docx", ".html", ".htm", ".md", ".txt", ".pdf"}, p.importFile)
}

func (p *documentPane) importFile(path string) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	before := p.drafted()
	var made policy.Version
	p.screen.do("Importing the policy", func(ctx context.Context) error {
		text, err := policy.ReadOwn(ctx, path)
		if err != nil {
			return err
		}
		if before != nil {
			made, err = p.screen.deps.Document.SaveDraft(ctx, before.ID, text, before.Summary, before.Material, by)
			return err
		}
		made, err = p.screen.deps.Document.DraftVersion(ctx, text, "The practice's own policy", true, by)
		return err
	}, func() {
		p.typed, p.writing, p.current, p.asking = nil, false, policy.Version{}, nil
		p.list.rows.open = versionID(made)
		p.parts.SetSelected(1) // what the check says about a text that nobody checked yet
		p.screen.again()
		if before == nil {
			p.screen.host.ToastUndo("Imported as a draft.", func() {
				p.screen.do("Dropping the draft", func(ctx context.Context) error { return p.screen.deps.Document.DropDraft(ctx, made.ID, by) }, func() {
					p.current = policy.Version{}
					p.screen.again()
				})
			})
			return
		}
		p.screen.host.ToastUndo("Imported into the draft.", func() { p.unbuild(made, *before, by) })
	})
}

func (p *documentPane) export() { p.exportWith(false) }

func (p *documentPane) exportWith(reasons bool) {
	v, standing := p.current, policy.Stands(p.current, p.versions, p.staff.day)
	p.screen.savePaper("Saving the policy", fmt.Sprintf("policy-version-%d.pdf", v.Number), func() paper.Sheet { return policy.VersionSheet(v, standing, reasons) })
}

// sign shows what is signed and asks for the signature: with the person's PIN, if they have one.
func (p *documentPane) sign() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	v := p.current
	words := kit.NewParagraph(policy.Acknowledgement(v))
	words.SetStyle(kit.Reading)
	pin := kit.NewEntry("")
	pin.Password = true
	field := kit.NewField("Your PIN", "Leave it empty if you have set none.", pin)
	content := kit.MaxWidth(kit.Column(theme.Space4, words, field,
		kit.Help(fmt.Sprintf("Signed as %s. The fingerprint of the text, the time and the way are kept. If you do not want to sign, say so under Signatures; nobody is treated worse for it.", by.Name))), 520)
	var shut func()
	sign := func() {
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Document.SignAs(ctx, policy.Signing{PersonID: by.ID, VersionID: v.ID, Way: policy.OnScreen, Shown: policy.Hash(v.Text), PIN: strings.TrimSpace(pin.Text)}, by)
			return func() {
				switch {
				case errors.Is(err, practice.ErrWrongPIN), errors.Is(err, practice.ErrWait):
					field.SetError(kit.Sentence(err))
				case err != nil:
					p.screen.host.Fail("Signing the policy", err)
				default:
					shut()
					p.screen.again()
					p.screen.host.Toast("Signed. Thank you.")
				}
			}
		})
	}
	shut = p.screen.host.Dialog(fmt.Sprintf("Sign version %d", v.Number), content, kit.Button{Title: "Not now"}, kit.Button{Title: "Sign", Primary: true, Stay: true, Run: sign})
}

func (p *documentPane) drop() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	v := p.current
	p.screen.do("Dropping the draft", func(ctx context.Context) error {
		return p.screen.deps.Document.DropDraft(ctx, v.ID, by)
	}, func() {
		p.current = policy.Version{}
		p.screen.again()
		p.screen.host.ToastUndo(fmt.Sprintf("Draft of version %d dropped.", v.Number), func() { p.bringBack(v, by) })
	})
}

func (p *documentPane) bringBack(v policy.Version, by audit.Actor) {
	p.screen.do("Bringing the draft back", func(ctx context.Context) error {
		_, err := p.screen.deps.Document.RestoreDraft(ctx, v, by)
		return err
	}, p.screen.again)
}

// putInForce asks for the day; the step cannot be taken back, and says so.
func (p *documentPane) putInForce() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	v := p.current
	before, _ := policy.Current(p.versions, p.staff.day)
	proposal := policy.Propose(before.Text, v.Text)
	day := kit.NewEntry("2026-12-01")
	day.SetText(p.staff.day)
	field := kit.NewField("In force from", "A day such as "+p.staff.day, day)
	consequence := kit.Help("")
	material := v.Material
	tell := func() {
		words := "Everybody is asked to sign it. "
		if !material {
			words = "Nobody is asked to sign again. "
		}
		consequence.SetText(words + "From then on the text never changes; a later change is a new version.")
	}
	tell()
	chosen := 1
	if material {
		chosen = 0
	}
	kind := kit.NewSegmented([]string{"Material", "Editorial"}, chosen, func(i int) {
		material = i == 0
		tell()
	})
	looks := "The program thinks that the change is editorial. "
	if proposal.Material {
		looks = "The program thinks that the change is material. "
	}
	reasons := proposal.Reasons
	if len(reasons) > 3 {
		reasons = append(reasons[:3:3], "And more.")
	}
	rows := kit.Column(theme.Space4, field)
	if v.Number > 1 {
		rows.Add(kit.NewField("Kind of change", looks+strings.Join(reasons, " "), kit.Line(0, kind)))
	}
	if l, ok := p.linted[v.Hash]; ok && len(l.Findings) > 0 {
		rows.Add(kit.Flow(lintChips(l)...))
	}
	rows.Add(consequence)
	content := kit.MaxWidth(rows, 480)
	var shut func()
	put := func() {
		if !isDay(day.Text) {
			field.SetError("This is not a day such as " + p.staff.day + ".")
			return
		}
		shut()
		from := day.Text
		p.screen.do("Putting the policy in force", func(ctx context.Context) error {
			if material != v.Material {
				if _, err := p.screen.deps.Document.SaveDraft(ctx, v.ID, v.Text, v.Summary, material, by); err != nil {
					return err
				}
			}
			_, err := p.screen.deps.Document.PutInForce(ctx, v.ID, from, by)
			return err
		}, func() {
			p.current = policy.Version{}
			p.screen.again()
			p.screen.host.Toast(fmt.Sprintf("Version %d is in force from %s.", v.Number, longDay(from)))
		})
	}
	shut = p.screen.host.Dialog(fmt.Sprintf("Put version %d in force", v.Number), content, kit.Button{Title: "Cancel"}, kit.Button{Title: "Put in force", Primary: true, Stay: true, Run: put})
}
