package policyroom

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// documentPane shows the policy document: its versions, one of them in readable form, and the steps from draft to in force to signed.
type documentPane struct {
	screen   *Screen
	states   *kit.States
	read     reading
	versions []policy.Version
	staff    staff
	signed   map[int64]bool // by whom the version in sight is signed
	current  policy.Version
	reasons  bool
	typed    *typedDraft // what is being written and not saved yet
	writing  bool        // the editor is in sight

	list    *ledger
	head    *kit.Label
	summary *kit.Paragraph
	buttons *fyne.Container
	text    *fyne.Container
	right   *kit.States
	view    fyne.CanvasObject
	body    fyne.CanvasObject
}

// typedDraft is a draft as it stands in the editor; it is kept until it is saved or cancelled, whatever else is looked at meanwhile.
type typedDraft struct {
	id            int64
	text, summary string
	material      bool
}

func newDocumentPane(s *Screen) *documentPane {
	p := &documentPane{screen: s, states: kit.NewStates(), right: kit.NewStates(), head: kit.NewLabel("", kit.Heading).Ellipsis(),
		summary: kit.Help(""), buttons: kit.Line(theme.Space2), text: container.NewStack()}
	p.list = newLedger(p.show)
	why := widget.NewCheck("Show why each clause is there", func(on bool) {
		p.reasons = on
		p.showText()
	})
	top := kit.InsetXY(kit.Column(theme.Space2, kit.Spread(p.head, p.buttons), p.summary, why), theme.Space6, theme.Space3)
	p.view = container.NewBorder(kit.Column(0, top, kit.Hairline()), nil, nil, nil, kit.Scrolling(kit.InsetXY(kit.MaxWidth(p.text, 720), theme.Space6, theme.Space4)))
	left := container.NewBorder(kit.InsetXY(kit.NewLabel("Versions", kit.Overline), theme.Space4, theme.Space3), nil, nil, nil, p.list)
	p.body = kit.NewSplit(left, p.right, 280)
	return p
}

func (p *documentPane) name() string               { return "Document" }
func (p *documentPane) content() fyne.CanvasObject { return p.states }

func (p *documentPane) open(id string) { p.list.mark(id); p.show(id) }

func (p *documentPane) commands() []kit.Command {
	onDraft := func() bool {
		return p.refused() == "" && p.current.ID != 0 && policy.Stands(p.current, p.versions, p.staff.day) == policy.Draft
	}
	return []kit.Command{
		{Title: "Sign the policy", Key: "S", Run: p.sign, Enabled: func() bool { return p.maySign() }},
		{Title: "Draft a new version", Key: "N", Run: p.draft, Enabled: func() bool { return p.drafted() == nil && p.refused() == "" }},
		{Title: "Change the draft", Key: "E", Run: p.edit, Enabled: onDraft},
		{Title: "Save the draft", Key: "Ctrl+S", Run: p.saveDraft, Enabled: func() bool { return p.writing }},
		{Title: "Put the draft in force", Run: p.putInForce, Enabled: onDraft},
	}
}

func (p *documentPane) load() {
	if p.versions == nil {
		p.states.ShowLoading("Reading the policy")
	}
	wanted := p.list.opened()
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		versions, err := p.screen.deps.Document.Versions(ctx)
		var f staff
		if err == nil {
			f, err = p.screen.staff(ctx)
		}
		chosen := pick(versions, wanted, f.day)
		signed, readErr := p.signedBy(ctx, chosen)
		err = errors.Join(err, readErr)
		return func() {
			if err != nil {
				p.states.ShowError("The policy could not be read", err, p.load)
				return
			}
			p.versions, p.staff, p.signed = versions, f, signed
			if len(versions) == 0 {
				p.states.ShowEmpty("scroll-text", "There is no policy yet",
					"We suggest one of 31 clauses in plain language. It is yours to change, and counsel should read it before it is in force.",
					p.restricted(kit.NewPrimary("Begin with our suggestion", theme.Icon("file-text"), p.draft)))
				return
			}
			p.states.ShowContent(p.body)
			p.fill()
			p.list.mark(versionID(chosen))
			if !p.writing {
				p.showVersion(chosen)
			}
		}
	})
}

// pick is the version that was open, or else the one in force, or else the newest.
func pick(versions []policy.Version, wanted, day string) policy.Version {
	for _, v := range versions {
		if versionID(v) == wanted {
			return v
		}
	}
	if v, ok := policy.Current(versions, day); ok {
		return v
	}
	if len(versions) > 0 {
		return versions[0]
	}
	return policy.Version{}
}

func (p *documentPane) signedBy(ctx context.Context, v policy.Version) (map[int64]bool, error) {
	signed := map[int64]bool{}
	if v.From == "" {
		return signed, nil
	}
	all, _, err := p.screen.deps.Document.Signatures(ctx, v.ID)
	for _, s := range all {
		signed[s.PersonID] = true
	}
	return signed, err
}

func versionID(v policy.Version) string { return strconv.FormatInt(v.ID, 10) }

func (p *documentPane) fill() {
	var rows []entry
	for _, v := range p.versions {
		e := entry{id: versionID(v), title: fmt.Sprintf("Version %d", v.Number), icon: "file-text", role: theme.Secondary}
		switch policy.Stands(v, p.versions, p.staff.day) {
		case policy.Draft:
			e.icon, e.role, e.note, e.right, e.tone = "pencil", theme.Warn, "Changed by "+v.By, "Draft", kit.ToneWarn
		case policy.Coming:
			e.icon, e.role, e.note, e.right, e.tone = "calendar-clock", theme.AccentText, "From "+kit.ShortDay(v.From), "Coming", kit.ToneAccent
		case policy.InForce:
			e.icon, e.role, e.note, e.right, e.tone, e.strong = "circle-check", theme.Good, "Since "+kit.ShortDay(v.From), "In force", kit.ToneGood, true
		default:
			e.note, e.right = "From "+kit.ShortDay(v.From), "Superseded"
		}
		rows = append(rows, e)
	}
	p.list.set(rows)
}

func (p *documentPane) show(id string) {
	for _, v := range p.versions {
		if versionID(v) == id && v.ID != p.current.ID {
			p.read.run(p.screen.back, func(ctx context.Context) func() {
				signed, err := p.signedBy(ctx, v)
				return func() {
					if err != nil {
						p.right.ShowError("The version could not be read", err, func() { p.show(id) })
						return
					}
					p.signed = signed
					p.showVersion(v)
				}
			})
		}
	}
}

func (p *documentPane) showVersion(v policy.Version) {
	p.current, p.writing = v, false
	standing := policy.Stands(v, p.versions, p.staff.day)
	title := fmt.Sprintf("Version %d, %s", v.Number, standing)
	switch standing {
	case policy.InForce:
		title = fmt.Sprintf("Version %d, in force since %s", v.Number, longDay(v.From))
	case policy.Coming:
		title = fmt.Sprintf("Version %d, in force from %s", v.Number, longDay(v.From))
	}
	p.head.SetText(title)
	kind := "Editorial: signatures of the version before still count."
	if v.Material {
		kind = "Material: everybody signs."
	}
	summary := kind
	if v.Summary != "" {
		summary = v.Summary + ". " + kind
	}
	if v.From != "" {
		summary += fmt.Sprintf(" Put in force by %s on %s. Fingerprint %s.", v.PutBy, dayOf(v.PutAt, p.staff.practice.Location()), v.Hash[:12])
	}
	if why := p.refused(); why != "" && (standing == policy.Draft || p.drafted() == nil) {
		summary += " " + why
	}
	p.summary.SetText(summary)
	p.buttons.Objects = nil
	switch standing {
	case policy.Draft:
		p.buttons.Add(p.restricted(kit.NewQuiet("Drop", nil, p.drop)))
		p.buttons.Add(p.restricted(kit.NewButton("Change", theme.Icon("pencil"), p.edit)))
		p.buttons.Add(p.restricted(kit.NewPrimary("Put in force", nil, p.putInForce)))
	case policy.InForce, policy.Coming:
		p.buttons.Add(kit.NewQuiet("Copy text", theme.Icon("copy"), func() { p.screen.host.Copy(v.Text); p.screen.host.Toast("The text is on the clipboard.") }))
		if p.drafted() == nil {
			p.buttons.Add(p.restricted(kit.NewButton("New version", theme.Icon("plus"), p.draft)))
		}
		if p.maySign() {
			p.buttons.Add(kit.NewPrimary("Sign", theme.Icon("signature"), p.sign))
		} else if who, _ := p.screen.host.Who(); p.signed[who] {
			p.buttons.Add(kit.NewChip("You have signed", kit.ToneGood))
		}
	}
	p.buttons.Refresh()
	p.showText()
	p.right.ShowContent(p.view)
}

// refused is why whoever works may not change the policy.
func (p *documentPane) refused() string {
	who, _ := p.screen.host.Who()
	return p.staff.refuses(who)
}

// restricted is a button that only some roles may press.
func (p *documentPane) restricted(b *widget.Button) *widget.Button {
	if p.refused() != "" {
		b.Disable()
	}
	return b
}

func (p *documentPane) showText() {
	var note func(string) fyne.CanvasObject
	if p.reasons {
		note = p.reason
	}
	p.text.Objects = []fyne.CanvasObject{document(p.current.Text, note)}
	p.text.Refresh()
}

// reason says why a clause of ours is there, by its title.
func (p *documentPane) reason(title string) fyne.CanvasObject {
	for _, chapter := range policy.Chapters() {
		for _, c := range chapter.Clauses {
			if c.Title == title {
				why := kit.NewParagraph(c.Why)
				return kit.NewCard("", kit.Column(theme.Space2, why, p.screen.basisLines(c.Basis)))
			}
		}
	}
	return nil
}

func (p *documentPane) drafted() *policy.Version {
	for i, v := range p.versions {
		if v.From == "" {
			return &p.versions[i]
		}
	}
	return nil
}

func (p *documentPane) maySign() bool {
	who, _ := p.screen.host.Who()
	return who != 0 && p.current.From != "" && !p.signed[who] && policy.Stands(p.current, p.versions, p.staff.day) != policy.Superseded
}

// sign shows what is signed and asks for the signature.
func (p *documentPane) sign() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	v := p.current
	words := kit.NewParagraph(policy.Acknowledgement(v))
	words.SetStyle(kit.Reading)
	content := kit.MaxWidth(kit.Column(theme.Space4, words, kit.Help(fmt.Sprintf("Signed as %s. The fingerprint of the text, the time and the way are kept.", by.Name))), 520)
	p.screen.host.Dialog("Sign version "+strconv.Itoa(v.Number), content, kit.Button{Title: "Not now"}, kit.Button{Title: "Sign", Primary: true, Run: func() {
		p.screen.do("Signing the policy", func(ctx context.Context) error {
			_, err := p.screen.deps.Document.Sign(ctx, by.ID, v.ID, policy.OnScreen, by)
			return err
		}, func() {
			p.screen.again()
			p.screen.host.Toast("Signed. Thank you.")
		})
	}})
}

// draft begins a new version with the text in force, or with our suggestion if there is none.
func (p *documentPane) draft() {
	by, ok := p.screen.actor()
	if !ok {
		return
	}
	text, summary := "", "First version"
	if v, found := policy.Current(p.versions, p.staff.day); found {
		text, summary = v.Text, ""
	}
	var made policy.Version
	p.screen.do("Drafting a version", func(ctx context.Context) (err error) {
		if text == "" {
			if text, err = p.screen.deps.Document.SuggestedText(ctx); err != nil {
				return err
			}
		}
		made, err = p.screen.deps.Document.DraftVersion(ctx, text, summary, true, by)
		return err
	}, func() {
		p.list.rows.open = versionID(made)
		p.screen.again()
	})
}

// edit changes the draft in place: the text, what is new, and whether people sign again.
func (p *documentPane) edit() {
	v := p.current
	if p.typed == nil || p.typed.id != v.ID {
		p.typed = &typedDraft{id: v.ID, text: v.Text, summary: v.Summary, material: v.Material}
	}
	typed := p.typed
	text := kit.NewMultiLine("", 20)
	text.SetText(typed.text)
	text.OnChanged = func(words string) { typed.text = words }
	summary := kit.NewEntry("What is new, in a sentence")
	summary.SetText(typed.summary)
	summary.OnChanged = func(words string) { typed.summary = words }
	material := widget.NewCheck("A material change: everybody signs again", nil)
	material.SetChecked(typed.material)
	material.OnChanged = func(on bool) { typed.material = on }
	if v.Number == 1 {
		material.Disable()
	}
	cancel := func() {
		p.typed = nil
		p.showVersion(v)
	}
	bar := kit.InsetXY(kit.Column(theme.Space3,
		kit.Spread(kit.NewLabel(fmt.Sprintf("Version %d, draft", v.Number), kit.Heading),
			kit.Line(theme.Space2, kit.NewQuiet("Cancel", nil, cancel), kit.NewPrimary("Save draft", nil, p.saveDraft))),
		kit.NewField("What is new", "", summary), material,
		kit.Help("A line with # is the title, ## a chapter, ### a clause, - a point in a list.")), theme.Space6, theme.Space3)
	p.writing = true
	p.right.ShowContent(container.NewBorder(bar, nil, nil, nil, kit.InsetXY(text, theme.Space6, theme.Space3)))
	p.screen.host.Focus(text)
}

func (p *documentPane) saveDraft() {
	by, ok := p.screen.actor()
	if !ok || p.typed == nil {
		return
	}
	d := *p.typed
	p.screen.do("Saving the draft", func(ctx context.Context) error {
		_, err := p.screen.deps.Document.SaveDraft(ctx, d.id, d.text, d.summary, d.material, by)
		return err
	}, func() {
		p.typed, p.writing, p.current = nil, false, policy.Version{}
		p.screen.again()
		p.screen.host.Toast("Draft saved.")
	})
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
		_, err := p.screen.deps.Document.DraftVersion(ctx, v.Text, v.Summary, v.Material, by)
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
	day := kit.NewEntry("2026-12-01")
	day.SetText(p.staff.day)
	field := kit.NewField("In force from", "A day such as "+p.staff.day, day)
	consequence := "Everybody is asked to sign it. "
	if !v.Material {
		consequence = "The change is editorial: nobody is asked to sign again. "
	}
	content := kit.MaxWidth(kit.Column(theme.Space4, field, kit.Help(consequence+"From then on the text never changes; a later change is a new version.")), 440)
	var shut func()
	put := func() {
		if !isDay(day.Text) {
			field.SetError("This is not a day such as " + p.staff.day + ".")
			return
		}
		shut()
		from := day.Text
		p.screen.do("Putting the policy in force", func(ctx context.Context) error {
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

func isDay(text string) bool {
	return text != "" && longDay(text) != text && len(text) == len(practice.Day)
}
