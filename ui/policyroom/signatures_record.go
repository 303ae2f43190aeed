package policyroom

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/disk"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// record takes down a signed sheet of somebody who is still to sign, or that they refuse.
func (p *signaturesPane) record(l policy.RollLine) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	witness := kit.NewEntry(by.Name)
	scan := kit.NewLabel("No scan yet", kit.Secondary).Ellipsis()
	var sheet *policy.Sheet
	choose := kit.NewButton("Choose a file", theme.Icon("paperclip"), func() {
		kit.OpenFile(p.screen.host, "Reading the sheet", []string{".pdf", ".png", ".jpg", ".jpeg"}, func(path string) {
			p.screen.do("Reading the sheet", func(ctx context.Context) error {
				read, err := policy.ReadSheet(ctx, path)
				if err == nil {
					sheet = &read
				}
				return err
			}, func() { scan.SetText(sheet.Name + ", " + sheet.Hash[:12]) })
		})
	})
	rows := kit.Column(theme.Space4)
	if l.Refusal != nil {
		rows.Add(kit.NewBanner(kit.ToneNeutral, fmt.Sprintf("Refused on %s: %s. A signature may follow.", dayOf(l.Refusal.At, p.staff.practice.Location()), strings.TrimSuffix(l.Refusal.How(), "."))))
	}
	rows.Add(kit.NewParagraph(l.Person.Name + " has signed these words on paper:"))
	rows.Add(kit.NewCard("", kit.NewParagraph(policy.Acknowledgement(p.version))))
	rows.Add(kit.NewField("Scan of the sheet", "PDF, PNG or JPEG. It is kept in the database with its fingerprint.", kit.Line(theme.Space3, choose, kit.Fill(scan))))
	rows.Add(kit.NewField("Witness", "Who saw it signed; you, if nobody else is named.", witness))
	more := kit.Flow(kit.NewQuiet("Copy a reminder", theme.Icon("copy"), func() {
		p.copyLetter(policy.Reminder(p.staff.practice, p.version, l, p.staff.day))
	}))
	rows.Add(more)
	var shut func()
	sign := func() {
		shut()
		p.screen.do("Recording the signature", func(ctx context.Context) error {
			_, err := p.screen.deps.Document.SignAs(ctx, policy.Signing{PersonID: l.Person.ID, VersionID: p.version.ID, Way: policy.OnPaper, Witness: witness.Text, Sheet: sheet}, by)
			return err
		}, func() {
			p.screen.again()
			p.screen.host.Toast(l.Person.Name + " has signed on paper.")
		})
	}
	shut = p.screen.host.Dialog("Record a signed sheet", kit.MaxWidth(rows, 520), kit.Button{Title: "Cancel"},
		kit.Button{Title: "They refuse", Run: func() { p.refuse(l) }}, kit.Button{Title: "Record", Primary: true, Stay: true, Run: sign})
}

// refuse records that somebody does not sign, with the reason.
func (p *signaturesPane) refuse(l policy.RollLine) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	reason := kit.NewMultiLine("Why, in their words. \"No reason given\" is one.", 3)
	field := kit.NewField("Reason", "", reason)
	witness := kit.NewEntry("Nobody")
	rows := kit.Column(theme.Space4, field)
	if by.ID != l.Person.ID {
		rows.Add(kit.NewField("Witness", "Who else was there.", witness))
	}
	rows.Add(kit.Help(fmt.Sprintf("A refusal is a record, not an absence: %s is not reminded of version %d again, and may still sign later. The policy holds for those who did not sign it as well; ask counsel before anything follows from a refusal.", l.Person.Name, p.version.Number)))
	var shut func()
	refuse := func() {
		if reason.Text == "" {
			field.SetError("Write down why.")
			return
		}
		shut()
		p.screen.do("Recording the refusal", func(ctx context.Context) error {
			_, err := p.screen.deps.Document.Refuse(ctx, l.Person.ID, p.version.ID, reason.Text, witness.Text, by)
			return err
		}, func() {
			p.screen.again()
			p.screen.host.Toast("The refusal is on record.")
		})
	}
	shut = p.screen.host.Dialog(l.Person.Name+" does not sign", kit.MaxWidth(rows, 480), kit.Button{Title: "Cancel"}, kit.Button{Title: "Record the refusal", Primary: true, Stay: true, Run: refuse})
}

// showSignature shows how somebody signed, and lets a mistake be struck.
func (p *signaturesPane) showSignature(l policy.RollLine) {
	g := *l.Signature
	rows := kit.Column(theme.Space4, factRows("Signed", moment(g.At, p.staff.practice.Location()), "How", kit.Capital(g.How()), "Version", fmt.Sprint(g.Number), "Witness", g.Witness,
		"Recorded by", g.Recorder, "Fingerprint", g.TextHash, "Sheet", g.Scan), kit.NewCard("", kit.NewParagraph(g.Statement)))
	buttons := []kit.Button{{Title: "Close"}}
	if g.Scan != "" {
		buttons = append(buttons, kit.Button{Title: "Save the scan", Run: func() { p.saveScan(g) }})
	}
	if g.Way == policy.OnPaper && g.Scan == "" && l.State == policy.RollSigned {
		buttons = append(buttons, kit.Button{Title: "Add the sheet", Run: func() { p.addSheet(g) }})
	}
	who, _ := p.screen.host.Who()
	if g.Way == policy.OnPaper && p.staff.refuses(who) == "" && l.State == policy.RollSigned {
		buttons = append(buttons, kit.Button{Title: "Strike as a mistake", Danger: true, Run: func() { p.strike(l) }})
	}
	p.screen.host.Dialog(l.Person.Name, kit.MaxWidth(rows, 560), buttons...)
}

// addSheet keeps the scan of a paper that was recorded without one.
func (p *signaturesPane) addSheet(g policy.Signature) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	kit.OpenFile(p.screen.host, "Reading the sheet", []string{".pdf", ".png", ".jpg", ".jpeg"}, func(path string) {
		p.screen.do("Keeping the sheet", func(ctx context.Context) error {
			sheet, err := policy.ReadSheet(ctx, path)
			if err == nil {
				_, err = p.screen.deps.Document.AddSheet(ctx, g.ID, sheet, by)
			}
			return err
		}, func() {
			p.screen.again()
			p.screen.host.Toast("The sheet of " + g.Person + " is kept.")
		})
	})
}

func (p *signaturesPane) showRefusal(l policy.RollLine) {
	if l.Refusal == nil {
		return
	}
	r := *l.Refusal
	p.screen.host.Dialog(l.Person.Name, kit.MaxWidth(factRows("Refused", moment(r.At, p.staff.practice.Location()), "Reason", r.Reason, "Version", fmt.Sprint(r.Number), "Witness", r.Witness,
		"Recorded by", r.Recorder, "Fingerprint", r.TextHash), 560), kit.Button{Title: "Close"})
}

func (p *signaturesPane) saveScan(g policy.Signature) {
	var sheet policy.Sheet
	p.screen.do("Reading the scan", func(ctx context.Context) (err error) {
		sheet, err = p.screen.deps.Document.SignedSheet(ctx, g.Scan)
		return err
	}, func() {
		kit.SaveFile(p.screen.host, "Saving the scan", sheet.Name, func(path string) {
			p.screen.do("Saving the scan", func(context.Context) error {
				return disk.Write(path, sheet.Data)
			}, func() { p.screen.host.Toast("Saved as " + filepath.Base(path) + ".") })
		})
	})
}

// strike takes a signature out of the count that was recorded by mistake.
func (p *signaturesPane) strike(l policy.RollLine) {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	why := kit.NewEntry("It was the sheet of somebody else")
	field := kit.NewField("What went wrong", "The signature stays on record with this reason, and does not count.", why)
	var content fyne.CanvasObject = kit.MaxWidth(field, 460)
	var shut func()
	shut = p.screen.host.Dialog("Strike the signature of "+l.Person.Name, content, kit.Button{Title: "Cancel"}, kit.Button{Title: "Strike", Danger: true, Stay: true, Run: func() {
		if why.Text == "" {
			field.SetError("Write down why.")
			return
		}
		shut()
		p.screen.do("Striking the signature", func(ctx context.Context) error {
			return p.screen.deps.Document.Strike(ctx, l.Signature.ID, why.Text, by)
		}, func() {
			p.screen.again()
			p.screen.host.Toast("The signature does not count any more.")
		})
	}})
}
