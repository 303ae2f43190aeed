package policyroom

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// itemDetail shows one item of the checklist in full, with the form for answer and evidence.
type itemDetail struct {
	pane    *checklistPane
	content *kit.States
	item    policy.Item
	staff   staff
	file    policy.File
	dirty   bool // something was typed that is not stored yet
	filling bool
	history reading

	chips    *fyne.Container
	text     *kit.Paragraph
	proof    *kit.Paragraph
	answer   *kit.Segmented
	note     *kit.Entry
	link     *kit.Entry
	fileName *kit.Label
	noFile   *kit.IconButton
	saveFile *kit.IconButton
	own      *fyne.Container
	owner    *widget.Select
	due      *kit.Entry
	dueField *kit.Field
	every    *kit.Entry
	saveIt   *widget.Button
	basis    *fyne.Container
	months   *kit.Paragraph // whose the number of months is
	past     *fyne.Container
	body     fyne.CanvasObject
}

const nobody = "Nobody yet"

func newItemDetail(p *checklistPane) *itemDetail {
	d := &itemDetail{pane: p, content: kit.NewStates(), chips: kit.Flow(), text: kit.NewParagraph(""), proof: kit.Help(""),
		note: kit.NewMultiLine("Where the proof is, what is still missing", 3), link: kit.NewEntry("https://"), fileName: kit.NewLabel("", kit.Secondary).Ellipsis(),
		due: kit.NewEntry("2026-12-31"), every: kit.NewEntry("months"), basis: kit.Column(0), months: kit.Help(""), past: kit.Column(0)}
	d.text.SetStyle(kit.Heading)
	var titles []string
	for _, a := range policy.Answers() {
		titles = append(titles, answerWords(a))
	}
	d.answer = kit.NewSegmented(titles, -1, func(i int) { p.answer(policy.Answers()[i], false) })
	d.owner = kit.NewSelect(nil, func(string) { d.touched() })
	d.note.OnChanged = func(string) { d.touched() }
	d.link.OnChanged = func(string) { d.touched() }
	d.due.OnChanged = func(string) { d.touched() }
	d.every.OnChanged = func(string) { d.touched() }
	d.saveIt = kit.NewPrimary("Save", nil, d.save)
	choose := kit.NewButton("Choose a file", theme.Icon("paperclip"), d.chooseFile)
	d.noFile = kit.NewIconButton(theme.Icon("x"), "Forget the file", func() { d.setFile(policy.File{}); d.touched() })
	d.saveFile = kit.NewIconButton(theme.Icon("download"), "Save a copy of the file", func() { p.screen.saveEvidence(d.file) })
	d.own = kit.Line(theme.Space2, kit.NewQuiet("Change our item", theme.Icon("pencil"), func() { p.changeOwn(d.item.Own) }), kit.NewQuiet("Take it off the list", theme.Icon("trash-2"), func() { p.removeOwn(d.item) }))
	d.dueField = kit.NewField("Due", "", d.due)
	form := kit.Column(theme.Space4,
		d.text, d.proof, d.basis, d.own,
		kit.Column(theme.Space1, kit.Line(0, d.answer), kit.Help("Keys: Y yes, P partly, N no, A not applicable; J and K move.")),
		kit.NewField("Evidence", "", d.note),
		kit.NewField("Link", "", kit.Spread(d.link, kit.NewIconButton(theme.Icon("external-link"), "Open the link", func() { p.screen.openLink(d.link.Text) }))),
		kit.NewField("File", "Kept in the database with its fingerprint up to 8 MB; of a larger file the name and the fingerprint.", kit.Line(theme.Space2, choose, kit.Fill(d.fileName), d.saveFile, d.noFile)),
		kit.Grid(150, theme.Space4, kit.NewField("Who sees to it", "", d.owner), d.dueField, kit.NewField("Look again after", "", d.every)),
		d.months,
		d.past)
	head := kit.InsetXY(kit.Line(theme.Space3, kit.Fill(d.chips), kit.NewKeyHint("Ctrl+S"), d.saveIt), theme.Space6, theme.Space2)
	d.body = container.NewBorder(kit.Column(0, head, kit.Hairline()), nil, nil, nil, kit.Scrolling(kit.InsetXY(kit.MaxWidth(form, 720), theme.Space6, theme.Space4)))
	d.content.ShowEmpty("list-checks", "No item is open", "Choose one at the left.", nil)
	return d
}

func (d *itemDetail) touched() {
	if d.filling {
		return
	}
	d.dirty = true
	d.saveIt.Enable()
}

// show shows an item; what is being typed about the same item is not lost.
func (d *itemDetail) show(item policy.Item, f staff) {
	same := d.item.ID == item.ID
	d.item, d.staff = item, f
	d.showAnswer()
	d.showPast()
	if same && d.dirty {
		return
	}
	d.filling = true
	defer func() { d.filling = false }()
	d.dirty = false
	d.saveIt.Disable()
	level := kit.ToneNeutral
	if item.Level == policy.ByLaw {
		level = kit.ToneAccent
	}
	d.chips.Objects = []fyne.CanvasObject{kit.NewChip(item.Level.Words(), level), kit.NewChip(or(policy.PlaceTitle(item.Jurisdiction), "Our own"), kit.ToneNeutral)}
	if item.Overdue(f.day) {
		d.chips.Add(kit.NewChip("Overdue", kit.ToneBad))
	}
	if next := item.NextLook(); next != "" {
		d.chips.Add(kit.NewChip("Next look "+kit.ShortDay(next), kit.ToneNeutral))
	}
	d.chips.Refresh()
	d.text.SetText(item.Text)
	if d.own.Hide(); item.Own != 0 {
		d.own.Show()
	}
	proof := ""
	if item.Evidence != "" {
		proof = "What would prove it: " + item.Evidence + "."
	}
	if item.AppliesIf != "" {
		proof += " Applies if: " + item.AppliesIf + "."
	}
	d.proof.SetText(proof)
	d.note.SetText(item.Note)
	d.link.SetText(item.Link)
	d.setFile(item.File)
	d.owner.Options = append([]string{nobody}, f.names()...)
	d.owner.SetSelected(nobody)
	if name := f.name(item.OwnerID); name != "" {
		d.owner.SetSelected(name)
	}
	d.due.SetText(item.Due)
	d.dueField.SetError("")
	d.every.SetText("")
	d.every.SetPlaceHolder(fmt.Sprintf("%d months", item.Months))
	d.months.SetText(measured("item-months", f.day).Text())
	if item.Every > 0 {
		d.every.SetText(strconv.Itoa(item.Every))
	}
	d.basis.Objects = []fyne.CanvasObject{d.pane.screen.basisLines(item.Basis, f.day)}
	d.basis.Refresh()
	d.content.ShowContent(d.body)
}

func (d *itemDetail) showAnswer() {
	at := -1
	for i, a := range policy.Answers() {
		if a == d.item.Answer {
			at = i
		}
	}
	d.answer.SetSelected(at)
}

func (d *itemDetail) showPast() {
	id := d.item.ID
	d.history.run(d.pane.screen.back, func(ctx context.Context) func() {
		lines, err := d.pane.screen.deps.Checklist.ItemHistory(ctx, id)
		return func() {
			d.past.Objects = nil
			switch {
			case err != nil:
				d.past.Add(kit.Help("The history could not be read. " + kit.Sentence(err)))
			case len(lines) > 0:
				d.past.Add(kit.NewGroup("History", timeline(lines, d.staff.practice.Location(), func(l audit.Line) string { return saidAnswer(l) })))
			}
			d.past.Refresh()
		}
	})
}

func (d *itemDetail) setFile(f policy.File) {
	d.file = f
	d.fileName.SetText(f.Name)
	if len(f.Hash) > 12 {
		d.fileName.SetText(f.Name + "  ·  " + f.Hash[:12])
	}
	if f.Name == "" {
		d.noFile.Hide()
		d.saveFile.Hide()
	} else {
		d.noFile.Show()
		d.saveFile.Show()
	}
}

func (d *itemDetail) chooseFile() {
	kit.OpenFile(d.pane.screen.host, "Reading the file", nil, d.nameFile)
}

// nameFile takes the fingerprint of a file in the background.
func (d *itemDetail) nameFile(path string) {
	var file policy.File
	d.pane.screen.do("Reading the file", func(ctx context.Context) (err error) {
		file, err = policy.ReadFile(ctx, path)
		return err
	}, func() {
		d.setFile(file)
		d.touched()
	})
}

// form is what stands in the form, the answer as it was.
func (d *itemDetail) form() (policy.Answered, error) {
	a := policy.Answered{Answer: d.item.Answer, Note: d.note.Text, Link: d.link.Text, File: d.file, OwnerID: d.staff.idOf(d.owner.Selected), Due: strings.TrimSpace(d.due.Text)}
	if a.OwnerID == 0 && d.owner.Selected != nobody { // the owner has left: the name stays until another is chosen
		a.OwnerID = d.item.OwnerID
	}
	if text := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(d.every.Text), "months")); text != "" {
		months, err := strconv.Atoi(text)
		if err != nil {
			return a, fmt.Errorf("%q is not a number of months", text)
		}
		a.Every = months
	}
	return a, nil
}

func (d *itemDetail) save() {
	by, ok := d.pane.screen.actor()
	if !ok || d.item.ID == "" {
		return
	}
	a, err := d.form()
	if err != nil {
		d.pane.screen.host.Fail("Saving the evidence", err)
		return
	}
	d.pane.store(d.item, a, by, func() { d.pane.screen.host.Toast("Saved.") })
}
