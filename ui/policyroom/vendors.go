package policyroom

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// vendorsPane shows the register of vendors and tools.
type vendorsPane struct {
	screen  *Screen
	states  *kit.States
	read    reading
	staff   staff
	vendors []policy.Vendor
}

func newVendorsPane(s *Screen) *vendorsPane { return &vendorsPane{screen: s, states: kit.NewStates()} }

func (p *vendorsPane) name() string               { return "Vendors" }
func (p *vendorsPane) content() fyne.CanvasObject { return p.states }
func (p *vendorsPane) open(string)                {}

func (p *vendorsPane) commands() []kit.Command {
	return []kit.Command{{Title: "Add a vendor", Key: "N", Run: p.add}}
}

func (p *vendorsPane) add() { p.form(policy.Vendor{Agreement: policy.NoAgreement}, nil) }

func (p *vendorsPane) load() {
	if p.vendors == nil {
		p.states.ShowLoading("Reading the vendors")
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		f, err := p.screen.staff(ctx)
		var vendors []policy.Vendor
		if err == nil {
			vendors, err = p.screen.deps.Registers.Vendors(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The vendors could not be read", err, p.load)
				return
			}
			p.staff, p.vendors = f, vendors
			p.show()
		}
	})
}

func (p *vendorsPane) show() {
	worries := 0
	for _, v := range p.vendors {
		if v.Worry(p.staff.day) != "" {
			worries++
		}
	}
	p.screen.tabs.SetCount(p.name(), worries)
	if len(p.vendors) == 0 {
		p.states.ShowEmpty("handshake", "No vendors yet", "Enter who sees, keeps or sends data for the practice: agencies, software, chat assistants. Staff can then see what may go where.",
			kit.NewPrimary("Add a vendor", theme.Icon("plus"), p.add))
		return
	}
	table := kit.NewTable(kit.TableColumn{Title: "Vendor"}, kit.TableColumn{Title: "Service"}, kit.TableColumn{Title: "Agreement", Width: 120},
		kit.TableColumn{Title: "Until", Width: 110}, kit.TableColumn{Title: "Patient information?", Width: 170}, kit.TableColumn{Title: "To do", Width: 200})
	var rows [][]kit.Cell
	for _, v := range p.vendors {
		may, _ := v.MaySee(p.staff.day)
		answer := kit.Cell{Text: "No", Secondary: true, Icon: "ban"}
		if may {
			answer = kit.Cell{Text: "Yes, for its task", Icon: "check"}
		}
		agreement := kit.Cell{Text: kit.Capital(string(v.Agreement))}
		todo := kit.Cell{}
		if worry := v.Worry(p.staff.day); worry != "" {
			todo = kit.Cell{Text: worry, Tone: kit.ToneBad}
		}
		name := kit.Cell{Text: v.Name, Strong: true}
		if v.Assistant {
			name.Icon = "sparkles"
		}
		rows = append(rows, []kit.Cell{name, {Text: v.Service, Secondary: true}, agreement, {Text: kit.ShortDay(v.ExpiresOn), Secondary: true}, answer, todo})
	}
	table.SetRows(rows)
	table.OnOpened = p.opened
	head := kit.Spread(kit.Column(theme.Space1, kit.NewLabel(kit.Counted(len(p.vendors), "vendor", "vendors"), kit.Heading),
		kit.NewLabel("Patient information goes only where an agreement is signed (45 CFR 164.502(e), 164.504(e); checked on 22 November 2026).", kit.Caption).Ellipsis()),
		kit.NewPrimary("Add a vendor", theme.Icon("plus"), p.add))
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.Column(theme.Space4, head, table), theme.Space6, theme.Space4)))
}

func (p *vendorsPane) opened(row int) {
	v := p.vendors[row]
	p.screen.back.Run(func(ctx context.Context) func() {
		lines, err := p.screen.deps.Registers.VendorHistory(ctx, v.ID)
		return func() {
			if err != nil {
				p.screen.host.Fail("Reading the history", err)
				return
			}
			p.form(v, lines)
		}
	})
}

// form adds or changes a vendor.
func (p *vendorsPane) form(v policy.Vendor, history []audit.Line) {
	name, service, sees := kit.NewEntry("Bright Replies, Inc."), kit.NewEntry("Answers reviews"), kit.NewEntry("Reviews and names of reviewers")
	signedOn, expiresOn, reviewOn := kit.NewEntry("2026-01-31"), kit.NewEntry("2027-01-31"), kit.NewEntry("2027-01-31")
	contact, note := kit.NewEntry("Name, telephone"), kit.NewMultiLine("", 2)
	for input, text := range map[*kit.Entry]string{name: v.Name, service: v.Service, sees: v.Sees, signedOn: v.SignedOn, expiresOn: v.ExpiresOn, reviewOn: v.ReviewOn, contact: v.Contact, note: v.Note} {
		input.SetText(text)
	}
	patients := widget.NewCheck("It can see, keep or send patient information", nil)
	patients.SetChecked(v.Patients)
	assistant := widget.NewCheck("It is a chat assistant or another AI tool", nil)
	assistant.SetChecked(v.Assistant)
	ended := widget.NewCheck("We no longer work with it", nil)
	ended.SetChecked(v.EndedOn != "")
	var states []string
	for _, a := range policy.Agreements() {
		states = append(states, string(a))
	}
	agreement := kit.NewSelect(states, nil)
	agreement.SetSelected(string(v.Agreement))
	file := kit.NewLabel(v.File.Name, kit.Secondary).Ellipsis()
	choose := kit.NewButton("Name the file", theme.Icon("paperclip"), func() { p.chooseFile(&v, file) })
	nameField := kit.NewField("Name", "", name)
	content := kit.Column(theme.Space4,
		kit.Grid(220, theme.Space4, nameField, kit.NewField("What it does", "", service), kit.NewField("What it sees", "", sees), kit.NewField("Contact", "", contact)),
		patients, assistant,
		kit.Grid(130, theme.Space4, kit.NewField("Agreement (BAA)", "", agreement), kit.NewField("Signed on", "", signedOn), kit.NewField("Ends on", "", expiresOn), kit.NewField("Review on", "", reviewOn)),
		kit.Line(theme.Space2, choose, kit.Fill(file)), kit.NewField("Note", "", note), ended)
	if len(history) > 0 {
		content.Add(kit.NewGroup("History", timeline(history, p.staff.practice.Location(), saidVendor)))
	}
	var shut func()
	save := func() {
		by, ok := p.screen.actor()
		if !ok {
			return
		}
		v.Name, v.Service, v.Sees, v.Contact, v.Note = name.Text, service.Text, sees.Text, contact.Text, note.Text
		v.SignedOn, v.ExpiresOn, v.ReviewOn = strings.TrimSpace(signedOn.Text), strings.TrimSpace(expiresOn.Text), strings.TrimSpace(reviewOn.Text)
		v.Patients, v.Assistant, v.Agreement = patients.Checked, assistant.Checked, policy.Agreement(agreement.Selected)
		switch {
		case !ended.Checked:
			v.EndedOn = ""
		case v.EndedOn == "":
			v.EndedOn = p.staff.day
		}
		p.screen.back.Run(func(ctx context.Context) func() {
			_, err := p.screen.deps.Registers.SaveVendor(ctx, v, by)
			return func() {
				nameField.SetErr(err)
				if err == nil {
					shut()
					p.screen.again()
					p.screen.host.Toast("Saved.")
				}
			}
		})
	}
	title := "Add a vendor"
	if v.ID != 0 {
		title = v.Name
	}
	shut = p.screen.host.Dialog(title, kit.MaxWidth(content, 620), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
}

// saidVendor says what a line of the audit log changed.
func saidVendor(line audit.Line) string {
	var before, after policy.Vendor
	_ = json.Unmarshal([]byte(line.Before), &before)
	_ = json.Unmarshal([]byte(line.After), &after)
	switch {
	case line.Before == "":
		return "Entered"
	case before.Agreement != after.Agreement:
		return fmt.Sprintf("Agreement changed from \"%s\" to \"%s\"", before.Agreement, after.Agreement)
	case before.EndedOn != after.EndedOn && after.EndedOn != "":
		return "Work ended on " + kit.ShortDay(after.EndedOn)
	case before.ExpiresOn != after.ExpiresOn:
		return "Agreement now ends on " + kit.ShortDay(after.ExpiresOn)
	default:
		return "Changed"
	}
}

func (p *vendorsPane) chooseFile(v *policy.Vendor, shown *kit.Label) {
	window := p.screen.host.Window()
	if window == nil {
		return
	}
	dialog.ShowFileOpen(func(in fyne.URIReadCloser, err error) {
		if err != nil || in == nil {
			return
		}
		path := in.URI().Path()
		_ = in.Close()
		var file policy.File
		p.screen.do("Reading the file", func(ctx context.Context) (err error) {
			file, err = policy.ReadFile(ctx, path)
			return err
		}, func() {
			v.File = file
			shown.SetText(file.Name)
		})
	}, window)
}
