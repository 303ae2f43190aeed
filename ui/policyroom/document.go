package policyroom

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
	asking   *questionsView
	linted   map[string]policy.Linted // by the hash of the text
	linting  reading
	changes  changesView

	list    *ledger
	head    *kit.Label
	summary *kit.Paragraph
	buttons *fyne.Container
	more    *kit.IconButton
	parts   *kit.Segmented
	why     *widget.Check
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
		summary: kit.Help(""), buttons: kit.Line(theme.Space2), text: container.NewStack(), linted: map[string]policy.Linted{}}
	p.changes.pane = p
	p.list = newLedger(p.show)
	p.why = widget.NewCheck("Show why each clause is there", func(on bool) {
		p.reasons = on
		p.showPart()
	})
	p.parts = kit.NewSegmented([]string{"Text", "Check", "Changes"}, 0, func(int) { p.showPart() })
	p.more = kit.NewIconButton(theme.Icon("ellipsis-vertical"), "More with this version", func() { p.menu(p.more) })
	top := kit.InsetXY(kit.Column(theme.Space2, p.head, p.summary, p.buttons, kit.Line(theme.Space4, p.parts, p.why)), theme.Space6, theme.Space3)
	p.view = container.NewBorder(kit.Column(0, top, kit.Hairline()), nil, nil, nil, kit.Scrolling(kit.InsetXY(kit.MaxWidth(p.text, 720), theme.Space6, theme.Space4)))
	left := container.NewBorder(kit.InsetXY(kit.NewLabel("Versions", kit.Overline), theme.Space4, theme.Space3), nil, nil, nil, p.list)
	p.body = kit.NewSplit(left, p.right, 220)
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
		{Title: "Answer the questions about the practice", Key: "Q", Run: p.ask, Enabled: func() bool { return p.refused() == "" && p.asking == nil && !p.writing }},
		{Title: "Import the practice's own policy", Run: p.importOwn, Enabled: func() bool { return p.refused() == "" }},
		{Title: "Save the policy as a file", Run: p.export, Enabled: func() bool { return p.current.ID != 0 }},
		{Title: "Policy: read the text", Key: "1", Run: func() { p.choosePart(0) }, Enabled: p.reading},
		{Title: "Policy: check the text", Key: "2", Run: func() { p.choosePart(1) }, Enabled: p.reading},
		{Title: "Policy: see what changed", Key: "3", Run: func() { p.choosePart(2) }, Enabled: p.reading},
		{Title: "Change the draft", Key: "E", Run: p.edit, Enabled: onDraft},
		{Title: "Save the draft", Key: "Ctrl+S", Run: p.saveDraft, Enabled: func() bool { return p.writing }},
		{Title: "Drop the draft", Run: p.drop, Enabled: onDraft},
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
				if p.asking != nil {
					return
				}
				p.states.ShowContent(kit.EmptyState("scroll-text", "There is no policy yet",
					"Answer a few questions about the practice, and a policy in plain language follows. It is yours to change, and counsel should read it before it is in force.",
					p.restricted(kit.NewPrimary("Answer the questions", theme.Icon("list-checks"), p.ask)),
					p.restricted(kit.NewButton("Begin with our suggestion", theme.Icon("file-text"), p.draft)),
					p.restricted(kit.NewButton("Import your own", theme.Icon("folder-open"), p.importOwn))))
				return
			}
			if p.asking == nil {
				p.states.ShowContent(p.body)
			}
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
	if standing == policy.InForce || standing == policy.Coming {
		title = v.Described(standing)
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
		p.buttons.Add(p.restricted(kit.NewPrimary("Put in force", nil, p.putInForce)))
		p.buttons.Add(p.restricted(kit.NewButton("Questions", theme.Icon("list-checks"), p.ask)))
		p.buttons.Add(p.restricted(kit.NewButton("Change", theme.Icon("pencil"), p.edit)))
	case policy.InForce, policy.Coming:
		if p.drafted() == nil {
			p.buttons.Add(p.restricted(kit.NewButton("New version", theme.Icon("plus"), p.draft)))
		}
		if p.maySign() {
			p.buttons.Add(kit.NewPrimary("Sign", theme.Icon("signature"), p.sign))
		} else if who, _ := p.screen.host.Who(); p.signed[who] {
			p.buttons.Add(kit.NewChip("You have signed", kit.ToneGood))
		}
	}
	p.buttons.Add(p.more)
	p.buttons.Refresh()
	p.showPart()
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

// showPart shows the text, what the linter says, or what changed.
func (p *documentPane) showPart() {
	p.linting.stop()
	switch p.parts.Selected() {
	case 1:
		p.why.Hide()
		p.showCheck()
	case 2:
		p.why.Hide()
		p.put(p.changes.show(p.current))
	default:
		p.why.Show()
		var under func(string) fyne.CanvasObject
		if p.reasons {
			under = p.reason
		}
		p.put(document(p.current.Text, under))
	}
}

func (p *documentPane) put(o fyne.CanvasObject) {
	p.text.Objects = []fyne.CanvasObject{o}
	p.text.Refresh()
}

// showCheck reads the text with the linter; a text is read once.
func (p *documentPane) showCheck() {
	v := p.current
	if l, ok := p.linted[v.Hash]; ok {
		p.put(p.screen.lintedText(l, p.staff.day))
		return
	}
	p.put(kit.LoadingState("Reading the text"))
	p.linting.run(p.screen.back, func(context.Context) func() {
		l := policy.Lint(v.Text)
		return func() {
			p.linted[v.Hash] = l
			if p.current.Hash == v.Hash && p.parts.Selected() == 1 {
				p.put(p.screen.lintedText(l, p.staff.day))
			}
		}
	})
}

// reading reports whether a version is in sight, rather than the editor or the questions.
func (p *documentPane) reading() bool { return p.current.ID != 0 && !p.writing && p.asking == nil }

func (p *documentPane) choosePart(i int) {
	p.parts.SetSelected(i)
	p.showPart()
}

// reason says why a clause of ours is there, by its title.
func (p *documentPane) reason(title string) fyne.CanvasObject {
	for _, chapter := range policy.Chapters() {
		for _, c := range chapter.Clauses {
			if c.Title == title {
				why := kit.NewParagraph(c.Why)
				return kit.NewCard("", kit.Column(theme.Space2, why, p.screen.basisLines(c.Basis, p.staff.day)))
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

func isDay(text string) bool {
	return text != "" && longDay(text) != text && len(text) == len(practice.Day)
}
