package policyroom

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
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
	wanted  string // a vendor to open once the register is read

	ask    *kit.Search
	answer *fyne.Container
	asking fyne.CanvasObject
	around []fyne.CanvasObject // what must be laid out anew when the answer grows, from inside out
}

func newVendorsPane(s *Screen) *vendorsPane {
	p := &vendorsPane{screen: s, states: kit.NewStates(), answer: kit.Column(theme.Space2)}
	p.ask = kit.NewSearch("Type the name of the tool", func(string) { p.say() }, nil)
	p.asking = kit.NewCard("May this tool see patient information?", kit.Column(theme.Space3, kit.MaxWidth(p.ask, 420), p.answer))
	return p
}

func (p *vendorsPane) name() string               { return "Vendors" }
func (p *vendorsPane) content() fyne.CanvasObject { return p.states }

func (p *vendorsPane) open(id string) {
	p.wanted = id
	p.openWanted()
}

func (p *vendorsPane) openWanted() {
	for row, v := range p.vendors {
		if strconv.FormatInt(v.ID, 10) == p.wanted {
			p.wanted = ""
			p.opened(row)
			return
		}
	}
}

// officer is whom staff ask about a tool.
func (p *vendorsPane) officer() string {
	for _, person := range p.staff.here() {
		if person.Role == practice.Compliance {
			return person.Name
		}
	}
	return "the compliance officer"
}

// say answers, large, whether the tool whose name stands in the field may see patient information.
func (p *vendorsPane) say() {
	p.answer.Objects = nil
	defer func() {
		p.answer.Refresh()
		for _, o := range p.around {
			o.Refresh()
		}
	}()
	if strings.TrimSpace(p.ask.Text) == "" {
		p.answer.Add(kit.Help("A tool that is not in the register may not. This holds for chat assistants as for everything else."))
		p.answer.Add(note(policy.VendorRule(), p.staff.day))
		return
	}
	a := policy.Ask(p.vendors, p.ask.Text, p.staff.day, p.officer())
	word, tone, icon := "No", kit.ToneBad, "ban"
	if a.May {
		word, tone, icon = "Yes", kit.ToneGood, "circle-check"
	}
	why := kit.NewParagraph(daysInWords(strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(a.Why, "No: "), "Yes, "))))
	why.SetStyle(kit.Reading)
	why.SetText(kit.Capital(why.Text()))
	p.answer.Add(kit.Line(theme.Space3, widget.NewIcon(theme.IconIn(icon, tone.Text())), kit.NewLabel(word, kit.Figure.In(tone.Text())), kit.Fill(why)))
	if len(a.Like) > 0 {
		like := kit.Flow(kit.NewLabel("Did you mean:", kit.Secondary))
		for _, name := range a.Like {
			like.Add(kit.NewQuiet(name, nil, func() { p.ask.SetText(name) }))
		}
		p.answer.Add(like)
	}
	p.answer.Add(note(policy.VendorRule(), p.staff.day))
}

// importList reads a list of vendors and shows what would come of it.
func (p *vendorsPane) importList() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	kit.OpenFile(p.screen.host, "Reading the list", []string{".csv", ".txt", ".tsv"}, func(path string) { p.preview(path, by) })
}

func (p *vendorsPane) preview(path string, by audit.Actor) {
	var lines []policy.VendorLine
	p.screen.do("Reading the list", func(context.Context) error {
		in, err := os.Open(path)
		if err != nil {
			return err
		}
		defer func() { _ = in.Close() }()
		lines, err = policy.ReadVendors(in, p.vendors)
		return err
	}, func() {
		table := kit.NewTable(kit.TableColumn{Title: "Line", Width: 60}, kit.TableColumn{Title: "Vendor"}, kit.TableColumn{Title: "Agreement", Width: 110}, kit.TableColumn{Title: "", Width: 280})
		var rows [][]kit.Cell
		good := 0
		for _, line := range lines {
			state := kit.Cell{Text: "New"}
			switch {
			case line.Err != nil:
				state = kit.Cell{Text: kit.Sentence(line.Err), Tone: kit.ToneBad}
			case line.Known:
				state = kit.Cell{Text: "Known, is brought up to date", Secondary: true}
			}
			if line.Err == nil {
				good++
			}
			rows = append(rows, []kit.Cell{{Text: strconv.Itoa(line.Number), Secondary: true}, {Text: line.Vendor.Name, Strong: true}, {Text: string(line.Vendor.Agreement)}, state})
		}
		table.SetRows(rows)
		take := kit.Button{Title: "Take over " + kit.Counted(good, "vendor", "vendors"), Primary: true, Run: func() {
			added, changed := 0, 0
			p.screen.do("Taking over the list", func(ctx context.Context) (err error) {
				added, changed, err = p.screen.deps.Registers.ImportVendors(ctx, lines, by)
				return err
			}, func() {
				p.screen.again()
				p.screen.host.Toast(fmt.Sprintf("%s new, %d brought up to date.", kit.Counted(added, "vendor", "vendors"), changed))
			})
		}}
		p.screen.host.Dialog("Import vendors", container.NewGridWrap(fyne.NewSize(720, 360), kit.Scrolling(table)), kit.Button{Title: "Cancel"}, take)
	})
}

func (p *vendorsPane) commands() []kit.Command {
	return []kit.Command{{Title: "Add a vendor", Key: "N", Run: p.add}, {Title: "Import vendors from a list", Run: p.importList},
		{Title: "May this tool see patient information?", Key: "F", Run: func() { p.screen.host.Focus(p.ask) }}}
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
	p.say()
	defer p.openWanted()
	if len(p.vendors) == 0 {
		empty := kit.NewStates()
		p.around = []fyne.CanvasObject{p.asking, p.states}
		p.states.ShowContent(container.NewBorder(kit.InsetXY(p.asking, theme.Space6, theme.Space4), kit.InsetXY(kit.Line(0, kit.NewQuiet("Import a list", theme.Icon("upload"), p.importList)), theme.Space6, theme.Space4), nil, nil, empty))
		empty.ShowEmpty("handshake", "No vendors yet", "Enter who sees, keeps or sends data for the practice: agencies, software, chat assistants. Staff can then see what may go where.",
			kit.NewPrimary("Add a vendor", theme.Icon("plus"), p.add))
		return
	}
	table := kit.NewTable(kit.TableColumn{Title: "Vendor"}, kit.TableColumn{Title: "Service"}, kit.TableColumn{Title: "Agreement", Width: 180},
		kit.TableColumn{Title: "Patient data?", Width: 130}, kit.TableColumn{Title: "To do", Width: 190})
	var rows [][]kit.Cell
	for _, v := range p.vendors {
		may, _ := v.MaySee(p.staff.day)
		answer := kit.Cell{Text: "No", Secondary: true, Icon: "ban"}
		if may {
			answer = kit.Cell{Text: "Yes, its task", Icon: "check"}
		}
		agreement := kit.Cell{Text: kit.Capital(string(v.Agreement))}
		if v.ExpiresOn != "" {
			agreement.Text += " until " + kit.ShortDay(v.ExpiresOn)
		}
		todo := kit.Cell{}
		if ahead := v.Ahead(p.staff.day); ahead != "" {
			todo = kit.Cell{Text: ahead, Tone: kit.ToneWarn}
		}
		if worry := v.Worry(p.staff.day); worry != "" {
			todo = kit.Cell{Text: worry, Tone: kit.ToneBad}
		}
		name := kit.Cell{Text: v.Name, Strong: true}
		if v.Assistant {
			name.Icon = "sparkles"
		}
		rows = append(rows, []kit.Cell{name, {Text: v.Service, Secondary: true}, agreement, answer, todo})
	}
	table.SetRows(rows)
	table.OnOpened = p.opened
	head := kit.Spread(kit.Column(theme.Space1, kit.NewLabel(kit.Counted(len(p.vendors), "vendor", "vendors"), kit.Heading),
		kit.NewLabel("Patient information goes only where an agreement is signed", kit.Caption).Ellipsis()),
		kit.Line(theme.Space2, kit.NewButton("Import a list", theme.Icon("upload"), p.importList), kit.NewPrimary("Add a vendor", theme.Icon("plus"), p.add)))
	column := kit.Column(theme.Space4, p.asking, head, table, p.daysNote())
	scroll := kit.Scrolling(kit.InsetXY(column, theme.Space6, theme.Space4))
	p.around = []fyne.CanvasObject{p.asking, column, scroll}
	p.states.ShowContent(scroll)
}

// daysNote says whose the days of the register are, and from where the time of warning comes.
func (p *vendorsPane) daysNote() fyne.CanvasObject {
	return kit.Column(theme.Space1, kit.Help("The days of signing, ending and review are those that the practice entered; open a vendor for who changed them and when."), measured("agreement-days", p.staff.day))
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
	contact, remark, also := kit.NewEntry("Name, telephone"), kit.NewMultiLine("", 2), kit.NewEntry("What staff call it, parted by commas")
	for input, text := range map[*kit.Entry]string{name: v.Name, service: v.Service, sees: v.Sees, signedOn: v.SignedOn, expiresOn: v.ExpiresOn, reviewOn: v.ReviewOn, contact: v.Contact, remark: v.Note, also: v.Also} {
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
	choose := kit.NewButton("Choose the agreement", theme.Icon("paperclip"), func() { p.chooseFile(&v, file) })
	files := kit.Line(theme.Space2, choose, kit.Fill(file))
	if v.File.Hash != "" {
		files.Add(kit.NewIconButton(theme.Icon("download"), "Save a copy of the file", func() { p.screen.saveEvidence(v.File) }))
	}
	nameField := kit.NewField("Name", "", name)
	content := kit.Column(theme.Space4,
		kit.Grid(220, theme.Space4, nameField, kit.NewField("What it does", "", service), kit.NewField("What it sees", "", sees), kit.NewField("Contact", "", contact)),
		patients, assistant,
		kit.Grid(130, theme.Space4, kit.NewField("Agreement (BAA)", "", agreement), kit.NewField("Signed on", "", signedOn), kit.NewField("Ends on", "", expiresOn), kit.NewField("Review on", "", reviewOn)),
		kit.NewField("Other names", "", also), files, kit.NewField("Note", "", remark), ended, note(policy.VendorRule(), p.staff.day), p.daysNote())
	if len(history) > 0 {
		content.Add(kit.NewGroup("History", timeline(history, p.staff.practice.Location(), saidVendor)))
	}
	var shut func()
	save := func() {
		by, ok := p.screen.actor()
		if !ok {
			return
		}
		v.Name, v.Service, v.Sees, v.Contact, v.Note, v.Also = name.Text, service.Text, sees.Text, contact.Text, remark.Text, also.Text
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
	kit.OpenFile(p.screen.host, "Reading the file", nil, func(path string) {
		var file policy.File
		p.screen.do("Reading the file", func(ctx context.Context) (err error) {
			file, err = policy.ReadFile(ctx, path)
			return err
		}, func() {
			v.File = file
			shown.SetText(file.Name)
		})
	})
}
