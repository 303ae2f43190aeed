package spotlights

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// textsPane is the text for each network: written, counted and judged live, and shown as it goes out.
type textsPane struct {
	c       *card
	content *fyne.Container
	pane    fyne.CanvasObject // the scrolled pane it stands in

	tabs     *kit.Tabs
	networks []string          // in the order of the tabs
	drafts   map[string]*draft // what stands in the window, by network
	at       string            // the network in sight

	bar        *fyne.Container
	editor     *kit.MarkedEntry
	length     *kit.Label
	disclosure *widget.Check
	tone       *kit.Segmented // in which a text is written from the story sheet
	tags       *fyne.Container
	link       *widget.Button
	preview    *preview
	copy       *widget.Button
	post       *widget.Button // with the practice's account, where there is one
	keep       *widget.Button
	body       fyne.CanvasObject
	adding     fyne.CanvasObject // the choice of a further network
	editing    fyne.CanvasObject // what is in sight only while texts may be changed
	why        *kit.Paragraph    // why the text cannot be copied
	stop       func()            // the judgement under way
}

// draft is a text in the window and as it is stored.
type draft struct {
	now, stored advocacy.Variant
}

func (d *draft) dirty() bool {
	return d.now.Text != d.stored.Text || d.now.Disclosure != d.stored.Disclosure
}

func newTextsPane(c *card) *textsPane {
	p := &textsPane{c: c, content: kit.Column(theme.Space4), drafts: map[string]*draft{}, bar: container.NewStack(), stop: func() {}}
	p.editor = kit.NewMarkedEntry("What is to be posted", 9)
	p.editor.OnChanged = func(text string) { p.change(func(v *advocacy.Variant) { v.Text = text }) }
	p.editor.Entry.OnFocus = func() { kit.Reveal(p.pane, p.editor.Entry) }
	p.length = kit.NewLabel("", kit.Secondary)
	p.disclosure = widget.NewCheck("Say who is speaking", nil)
	p.preview = newPreview()
	p.copy = kit.NewPrimary("Copy and open", theme.IconIn("copy", theme.OnAccent), p.copyOut)
	p.post = kit.NewPrimary("Post", theme.IconIn("send", theme.OnAccent), func() { c.when.askFor(p.at) })
	p.keep = kit.NewButton("Save", theme.Icon("save"), func() { p.save(func() { c.s.host.Toast("The text is saved.") }) })
	p.tone, p.tags = kit.NewSegmented([]string{"Warm", "Plain", "Lively"}, 0, func(int) { p.again() }), kit.Column(theme.Space1)
	p.link = kit.NewQuiet("Add the link", theme.Icon("external-link"), p.addLink)
	remove := kit.NewQuiet("Remove", theme.Icon("trash-2"), p.remove)
	buttons := kit.Line(theme.Space2, p.keep, kit.NewButton("Write again", theme.Icon("wand-sparkles"), p.again), p.tone, kit.Fill(nil), remove)
	d := advocacy.Disclosing()
	explained := kit.Help(d.Why + " Source: " + d.Source + ".")
	p.why = kit.Help("")
	counted := kit.Spread(p.disclosure, p.length)
	p.editing = kit.Column(theme.Space3, p.editor, counted, p.tags, explained, buttons)
	p.body = kit.Grid(440, theme.Space6, p.editing, kit.Column(theme.Space3, kit.Line(theme.Space2, p.post, p.copy), p.why, kit.NewGroup("As it will be posted", p.preview.content)))
	p.pane = pane(p.content, 1400)
	return p
}

// show takes over what is stored, but never over what is being typed.
func (p *textsPane) show() {
	step := p.c.step
	var networks []string
	for _, v := range step.Spotlight.Variants {
		networks = append(networks, v.Network)
		d := p.drafts[v.Network]
		if d == nil {
			d = &draft{now: v, stored: v}
			p.drafts[v.Network] = d
		}
		if !d.dirty() {
			d.now = v
		}
		d.stored = v
	}
	if !slices.Equal(networks, p.networks) || len(p.content.Objects) == 0 {
		p.networks = networks
		p.build()
	}
	if len(networks) == 0 {
		return
	}
	if !slices.Contains(networks, p.at) {
		p.at = networks[0]
	}
	p.open(p.at)
}

// build makes the tabs anew after a network came or went.
func (p *textsPane) build() {
	p.content.Objects = nil
	if len(p.networks) == 0 {
		button := kit.NewPrimary("Write the texts", theme.IconIn("wand-sparkles", theme.OnAccent), p.write)
		text := "Goodword writes a first text for every network from the answers of the story sheet. You change what you like."
		if !p.writable() {
			button, text = nil, "The texts are written once the consent is on record and the story is told."
		}
		p.content.Add(container.New(room{}, kit.EmptyState("pencil", "No texts yet", text, button)))
		p.content.Refresh()
		return
	}
	var panes []kit.Tab
	for _, id := range p.networks {
		n, _ := advocacy.NetworkByID(id)
		panes = append(panes, kit.Tab{Title: shortName(n), Content: kit.Gap(0)})
	}
	p.tabs = kit.NewTabs(panes...)
	p.tabs.OnChanged = func(i int) { p.save(nil); p.open(p.networks[i]) }
	p.adding = p.adder()
	p.content.Add(container.NewBorder(nil, nil, nil, p.adding, p.tabs))
	p.content.Add(p.body)
	p.content.Refresh()
}

// adder offers the networks that have no text yet.
func (p *textsPane) adder() fyne.CanvasObject {
	var names, ids []string
	for _, n := range advocacy.Networks() {
		if !slices.Contains(p.networks, n.ID) {
			names, ids = append(names, shortName(n)), append(ids, n.ID)
		}
	}
	choose := kit.NewSelect(names, nil)
	choose.PlaceHolder = "Add a network"
	choose.OnChanged = func(string) {
		if i := choose.SelectedIndex(); i >= 0 {
			p.at = ids[i]
			p.store("Adding the network", p.written([]string{ids[i]}), nil)
		}
	}
	return choose
}

// turn brings the network that many tabs further on into sight, and begins anew after the last.
func (p *textsPane) turn(by int) {
	p.c.turn(textsTab)
	at, n := slices.Index(p.networks, p.at), len(p.networks)
	p.save(nil)
	p.open(p.networks[(at+by+n)%n])
}

// postable are the networks whose text may be marked as posted, that in sight first and then those after it.
func (p *textsPane) postable() []string {
	v := p.c.step.Spotlight
	if v.Stage != advocacy.Scheduled && v.Stage != advocacy.Published {
		return nil
	}
	at := max(0, slices.Index(p.networks, p.at))
	return slices.DeleteFunc(slices.Concat(p.networks[at:], p.networks[:at]), func(network string) bool {
		text, _ := v.Variant(network)
		return strings.TrimSpace(text.Text) == "" || !text.PostedAt.IsZero() || !text.TakenDown.IsZero()
	})
}

// goOn brings the next text that is to be posted into sight, after that of a network was.
func (p *textsPane) goOn(posted string) {
	left := slices.DeleteFunc(p.postable(), func(network string) bool { return network == posted })
	if len(left) > 0 {
		p.open(left[0])
	}
}

// writable reports whether texts may be changed at this stage.
func (p *textsPane) writable() bool {
	stage := p.c.step.Spotlight.Stage
	return stage == advocacy.DraftStage || stage == advocacy.ReviewStage
}

// open brings a network into sight.
func (p *textsPane) open(network string) {
	d := p.drafts[network]
	if d == nil {
		return
	}
	p.at = network
	p.tabs.Select(slices.Index(p.networks, network))
	if p.editor.Text() != d.now.Text {
		p.editor.SetText(d.now.Text)
	}
	p.disclosure.OnChanged = nil
	p.disclosure.SetChecked(d.now.Disclosure)
	p.disclosure.OnChanged = func(on bool) { p.change(func(v *advocacy.Variant) { v.Disclosure = on }) }
	shown(p.editing, p.writable())
	shown(p.adding, p.writable() && len(p.networks) < len(advocacy.Networks()))
	n, _ := advocacy.NetworkByID(network)
	p.copy.SetText("Copy and open " + inSentence(n))
	p.look()
}

func (p *textsPane) change(how func(*advocacy.Variant)) {
	if d := p.drafts[p.at]; d != nil {
		how(&d.now)
		p.look()
	}
}

// look counts and judges the text in sight as it would go out.
func (p *textsPane) look() {
	d, step := p.drafts[p.at], p.c.step
	whole := d.now.Whole(step.Practice)
	n, _ := advocacy.NetworkByID(p.at)
	used, style := advocacy.Length(p.at, whole), kit.Secondary
	text := fmt.Sprintf("%s characters", kit.Count(used))
	if n.Limit > 0 {
		text = fmt.Sprintf("%s of %s", kit.Count(used), kit.Count(n.Limit))
	}
	if n.Bytes > 0 {
		text += fmt.Sprintf(", %s of %s bytes", kit.Count(len(whole)), kit.Count(n.Bytes))
	}
	if n.Unit == "weighted" {
		text += ", wide signs count two"
	}
	if advocacy.Fits(p.at, whole) != nil {
		style = kit.Secondary.In(theme.Bad)
		text = "Too long: " + text
	}
	p.length.SetStyle(style)
	p.length.SetText(text)
	p.showTags(n)
	p.preview.show(n, step, d.now)
	if d.dirty() {
		p.keep.Enable()
	} else {
		p.keep.Disable()
	}
	err := step.MayCopy(p.at)
	if !d.dirty() && err == nil {
		p.copy.Enable()
	} else {
		p.copy.Disable()
	}
	p.showPost(err == nil && !d.dirty())
	shown(p.why, err != nil)
	if err != nil {
		p.why.SetText(said(err))
	}
	p.stop()
	network, variant := p.at, d.now
	p.stop = p.c.s.bg.Run(func(context.Context) func() {
		result := step.Judge(variant)
		return func() {
			if p.at == network {
				p.judged(variant, result)
			}
		}
	})
}

func (p *textsPane) judged(v advocacy.Variant, result guard.Result) {
	var findings []kit.Finding
	for _, f := range guard.Told(result.Findings) {
		findings = append(findings, kit.Finding{Start: f.Start, End: f.End, Quote: f.Quote, Why: f.Why, Instead: f.Instead, Basis: f.Basis, Tone: verdictTone(f.Severity)})
	}
	p.editor.SetFindings(findings)
	fits := advocacy.Fits(v.Network, v.Whole(p.c.step.Practice))
	switch {
	case strings.TrimSpace(v.Text) == "":
		p.editor.SetVerdict(kit.ToneNeutral, "")
	case result.Verdict == guard.Block:
		p.editor.SetVerdict(kit.ToneBad, "This cannot be published. See why below.", result.Notes...)
	case fits != nil:
		p.editor.SetVerdict(kit.ToneBad, said(fits), result.Notes...)
	case result.Verdict == guard.Warn:
		p.editor.SetVerdict(kit.ToneWarn, "It can be published, but look again.", result.Notes...)
	default:
		p.editor.SetVerdict(kit.ToneGood, "Safe to publish.", result.Notes...)
	}
	n, _ := advocacy.NetworkByID(v.Network)
	p.tabs.SetCount(shortName(n), len(findings))
}

func verdictTone(v guard.Verdict) kit.Tone {
	switch v {
	case guard.Block:
		return kit.ToneBad
	case guard.Warn:
		return kit.ToneWarn
	}
	return kit.ToneGood
}

// variantTone is the colour of a network's chip on the board.
func variantTone(s advocacy.Spotlight, v advocacy.Variant) kit.Tone {
	switch {
	case !v.TakenDown.IsZero():
		return kit.ToneNeutral
	case !v.PostedAt.IsZero():
		return kit.ToneGood
	case v.Verdict == guard.Block:
		return kit.ToneBad
	case v.Verdict == guard.Warn:
		return kit.ToneWarn
	}
	return kit.ToneNeutral
}

// save stores every text that was changed.
func (p *textsPane) save(then func()) {
	var changed []advocacy.Variant
	for _, network := range p.networks {
		if d := p.drafts[network]; d.dirty() {
			changed = append(changed, d.now)
		}
	}
	if len(changed) == 0 {
		if then != nil {
			then()
		}
		return
	}
	p.store("Saving the text", changed, then)
}

func (p *textsPane) store(doing string, texts []advocacy.Variant, then func()) {
	by := p.c.s.actor()
	p.c.keep(doing, func(ctx context.Context) error {
		for _, v := range texts {
			if _, _, err := p.c.s.deps.Store.SaveVariant(ctx, p.c.id, v, by); err != nil {
				return err
			}
		}
		return nil
	}, then)
}

// usual are the networks that a first draft is written for, where the consent allows them; others are added by hand.
var usual = []string{"facebook", "instagram", "linkedin", "bluesky", "google", "website"}

// write makes the first drafts.
func (p *textsPane) write() {
	var ids []string
	for _, id := range usual {
		n, _ := advocacy.NetworkByID(id)
		if !n.Picture || p.c.step.Spotlight.Picture.File != "" {
			ids = append(ids, id)
		}
	}
	p.store("Writing the texts", p.written(p.allowed(ids)), func() { p.c.work(textsTab) })
}

// allowed drops the networks that no live consent names.
func (p *textsPane) allowed(ids []string) []string {
	step := p.c.step
	today := step.Now.In(step.Practice.Location()).Format("2006-01-02")
	return slices.DeleteFunc(ids, func(id string) bool {
		return !slices.ContainsFunc(step.ConsentsOf(step.Person.ID), func(c advocacy.Consent) bool {
			return c.Live(today) && (len(c.Networks) == 0 || slices.Contains(c.Networks, id))
		})
	})
}

func (p *textsPane) written(ids []string) []advocacy.Variant {
	step := p.c.step
	return slices.DeleteFunc(advocacy.WriteIn(advocacy.Tones()[p.tone.Selected()], step.Spotlight, step.Person, step.Practice, step.Now),
		func(v advocacy.Variant) bool { return !slices.Contains(ids, v.Network) })
}

// again replaces the text in sight by a fresh one from the story sheet; the old one can be had back.
func (p *textsPane) again() {
	fresh, d := p.written([]string{p.at}), p.drafts[p.at]
	if len(fresh) == 0 || d == nil {
		return
	}
	network, old := p.at, d.now
	if fresh[0].Disclosure = old.Disclosure; fresh[0].Text == old.Text {
		return
	}
	d.now = fresh[0]
	p.open(network)
	p.c.s.host.ToastUndo("Written again from the story sheet.", func() {
		d.now = old
		p.open(network)
	})
}

func (p *textsPane) remove() {
	network, by := p.at, p.c.s.actor()
	old := p.drafts[network].now
	p.c.keep("Removing the text", func(ctx context.Context) error { return p.c.s.deps.Store.RemoveVariant(ctx, p.c.id, network, by) }, func() {
		delete(p.drafts, network)
		n, _ := advocacy.NetworkByID(network)
		p.c.s.host.ToastUndo("The text for "+n.Name+" is removed.", func() { p.store("Bringing the text back", []advocacy.Variant{old}, nil) })
	})
}

// copyOut puts the text on the clipboard and opens the network's composer; the domain judges the text once more and may refuse.
func (p *textsPane) copyOut() {
	network, by, text := p.at, p.c.s.actor(), ""
	n, _ := advocacy.NetworkByID(network)
	p.c.s.do("Copying the text", func(ctx context.Context) error {
		var err error
		text, err = p.c.s.deps.Store.CopyVariant(ctx, p.c.id, network, by)
		return err
	}, func() {
		p.c.s.host.Copy(text)
		said := "The text is on the clipboard."
		if n.Note != "" {
			said += " " + n.Note
		}
		p.c.s.host.Toast(said)
		link := advocacy.ShareLink(network, text)
		if link == "" {
			link = p.c.step.Practice.Website
		}
		if link == "" {
			return
		}
		if err := p.c.s.host.Open(link); err != nil {
			p.c.s.host.Fail("Opening "+n.Name, err)
		}
	})
}

// room gives an empty state height enough to breathe.
type room struct{}

// MinSize is a third of a small screen.
func (room) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(260, 320) }

// Layout fills it.
func (room) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}
