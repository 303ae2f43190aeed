package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/policy/guard"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// templateForm is one template: what it is for, its wordings in each tone with what the gate says of them, how they read when filled in, and the steps
// of its life.
type templateForm struct {
	pane    *templatesPane
	listed  respond.Listed
	base    respond.Template // what the form began with: the version that waits, or the one in use
	about   *templateAbout   // nil: it ships, and only its wordings are the practice's own
	tone    respond.Tone     // in sight
	texts   map[respond.Tone]string
	tones   *kit.Segmented
	words   *kit.MarkedEntry
	preview *fyne.Container
	history *kit.Paragraph
	flaws   int // wordings that cannot stand, in every tone
	read    reading
	content fyne.CanvasObject
}

// between stands between two wordings.
const between = "\n\n"

func newTemplateForm(p *templatesPane, t respond.Listed) *templateForm {
	f := &templateForm{pane: p, listed: t, base: t.Template, tone: respond.Plain, texts: map[respond.Tone]string{}, preview: kit.Column(theme.Space2), history: kit.Help("")}
	if t.Waiting != nil {
		f.base = respond.Of(*t.Waiting)
	}
	for _, tone := range respond.Tones() {
		f.texts[tone] = strings.Join(f.base.Tones[tone], between)
	}
	f.texts[respond.Plain] = strings.Join(slices.Concat(f.base.Wordings, f.base.Tones[respond.Plain]), between)
	if _, ships := respond.Default().Template(t.ID); !ships {
		f.about = newTemplateAbout(f, f.base)
	}
	f.words = kit.NewMarkedEntry("One wording a paragraph, with an empty line between two", 9)
	f.words.SetText(f.texts[f.tone])
	f.words.OnChanged = func(text string) { f.texts[f.tone] = text; f.judge() }
	names := []string{}
	for _, tone := range respond.Tones() {
		names = append(names, kit.Capital(string(tone)))
	}
	f.tones = kit.NewSegmented(names, 0, func(i int) { f.show(respond.Tones()[i]) })
	f.lay()
	f.judge()
	f.readHistory()
	return f
}

// first is where the keyboard begins.
func (f *templateForm) first() fyne.Focusable {
	if f.about != nil && f.base.Title == "" {
		return f.about.title
	}
	return f.words.Entry
}

func (f *templateForm) lay() {
	t := f.listed
	title, id := t.Title, t.ID
	if title == "" {
		title, id = "New template", "It waits for another person's approval before it is used"
	}
	head := kit.Spread(kit.Column(theme.Space1, kit.NewLabel(title, kit.Heading), kit.NewLabel(id, kit.Caption)), kit.NewButton("Back", theme.Icon("arrow-left"), f.pane.back))
	buttons := kit.Flow(kit.NewPrimary("Save as your version", nil, f.save))
	if t.Waiting != nil {
		buttons.Add(kit.NewButton("Approve", theme.Icon("check"), f.approve))
	}
	if t.ID != "" {
		if t.Own || t.Waiting != nil {
			restore := "Restore the shipped text"
			if f.about != nil {
				restore = "Put it out of use"
			}
			buttons.Add(kit.NewButton(restore, theme.Icon("undo-2"), f.restore))
		}
		turn := "Switch off"
		if t.Off {
			turn = "Switch on"
		}
		buttons.Add(kit.NewButton(turn, nil, f.turn))
	}
	parts := kit.Column(theme.Space4, head)
	if f.about != nil {
		parts.Add(f.about.content)
	} else {
		parts.Add(kit.NewField("When to use it", "", kit.NewParagraph(t.When)))
	}
	parts.Add(kit.NewField("Wordings", "They take turns. A tone without wordings takes the plain ones. Variables: "+strings.Join(respond.Variables(), " "), kit.Column(theme.Space2, f.tones, f.words)))
	parts.Add(buttons)
	parts.Add(kit.NewSection("As it would read", f.preview))
	if t.ID != "" {
		parts.Add(kit.NewSection("Where it comes from", kit.Column(theme.Space1, kit.Help(whence(t)), f.history)))
	}
	f.content = scrolled(parts)
}

func whence(t respond.Listed) string {
	switch {
	case t.Own && t.Waiting != nil:
		return t.Source + ", which nobody has approved yet."
	case t.Own:
		return t.Source + ", approved on " + t.Checked + "."
	}
	return fmt.Sprintf("%s. Version %d, %s.", t.Source, t.Version, t.Checked)
}

// show turns to the wordings in another tone.
func (f *templateForm) show(tone respond.Tone) {
	f.tone = tone
	f.words.SetText(f.texts[tone])
	f.judge()
}

// paragraphs are the wordings that are typed.
func paragraphs(text string) []string {
	var list []string
	for part := range strings.SplitSeq(text, between) {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			list = append(list, part)
		}
	}
	return list
}

func (f *templateForm) typed() respond.Template {
	t := f.base
	t.Wordings, t.Tones = paragraphs(f.texts[respond.Plain]), nil
	for _, tone := range respond.Tones() {
		if list := paragraphs(f.texts[tone]); tone != respond.Plain && len(list) > 0 {
			if t.Tones == nil {
				t.Tones = map[respond.Tone][]string{}
			}
			t.Tones[tone] = list
		}
	}
	if f.about != nil {
		f.about.into(&t)
	}
	return t
}

// judge fills in what is typed in every way that the facts of the practice allow, and shows what the gate finds at its words.
func (f *templateForm) judge() {
	if f.content == nil {
		return
	}
	t, trial := f.typed(), f.pane.trial
	f.read.run(f.pane.screen.back, func(context.Context) func() {
		flaws, err := trial.Flaws(t), trial.Sound(t)
		texts := respond.Filled(t, respond.Ground{Practice: trial.Practice})
		return func() {
			f.judged(flaws, err)
			f.preview.Objects = nil
			for _, text := range texts {
				f.preview.Objects = append(f.preview.Objects, kit.NewParagraph(text))
			}
			if len(texts) < len(t.Wordings) {
				f.preview.Objects = append(f.preview.Objects, kit.Help("A wording whose facts are missing is left out."))
			}
			f.content.Refresh() // the findings and the preview may be longer than before
		}
	})
}

func (f *templateForm) judged(flaws []respond.Flaw, err error) {
	f.flaws = len(flaws)
	var findings []kit.Finding
	text, elsewhere := f.words.Text(), ""
	for _, flaw := range flaws {
		tone := flaw.Tone
		if tone == "" {
			tone = respond.Plain
		}
		if tone == f.tone {
			findings = append(findings, atWords(text, flaw)...)
		} else {
			elsewhere = string(tone)
		}
	}
	f.words.SetFindings(findings)
	switch {
	case len(findings) > 0:
		f.words.SetVerdict(kit.ToneBad, "These words cannot stand. Each is shown with why.")
	case len(flaws) > 0:
		f.words.SetVerdict(kit.ToneBad, "A "+elsewhere+" wording cannot stand yet. Turn to that tone to see why.")
	case err != nil && len(paragraphs(f.texts[respond.Plain])) > 0 && (f.about == nil || f.about.named()):
		f.flaws = 1
		f.words.SetVerdict(kit.ToneBad, kit.Sentence(err))
	case err != nil:
		f.flaws = 1
		f.words.SetVerdict(kit.ToneNeutral, "It needs a name, when to use it, and a wording.")
	default:
		f.words.SetVerdict(kit.ToneGood, "Safe however its variables are filled.")
	}
}

// atWords are the findings of a flaw, at the words of the wording as it is typed. What the gate found in words that a variable brought stands at the
// whole wording.
func atWords(text string, flaw respond.Flaw) []kit.Finding {
	start, end := 0, 0
	for part := range strings.SplitSeq(text, between) {
		end = start + len(part)
		if strings.Join(strings.Fields(part), " ") == flaw.Wording {
			break
		}
		start = end + len(between)
	}
	start, end = min(start, len(text)), min(end, len(text))
	if start > end {
		start = end
	}
	whole := kit.Finding{Start: start, End: end, Quote: text[start:end], Why: flaw.Why, Tone: kit.ToneBad}
	var list []kit.Finding
	for _, found := range guard.Told(flaw.Result.Findings) {
		one := whole
		one.Why, one.Instead, one.Basis = found.Why, found.Instead, found.Basis
		if at := strings.Index(whole.Quote, found.Quote); at >= 0 && found.Quote != "" {
			one.Start, one.End, one.Quote = start+at, start+at+len(found.Quote), found.Quote
		}
		list = append(list, one)
	}
	if len(list) == 0 {
		return []kit.Finding{whole}
	}
	return list
}

func (f *templateForm) readHistory() {
	if f.listed.ID == "" {
		return
	}
	f.pane.screen.back.Run(func(ctx context.Context) func() {
		versions, err := f.pane.screen.deps.Wordings.TemplateHistory(ctx, f.listed.ID)
		return func() {
			var lines []string
			for _, v := range versions {
				lines = append(lines, fmt.Sprintf("Version %d, %s, %s", v.Version, v.State, v.At.In(f.pane.trial.Practice.Location()).Format("2 Jan 2006 15:04")))
			}
			if err == nil {
				f.history.SetText(strings.Join(lines, "\n"))
			}
		}
	})
}

func (f *templateForm) save() {
	own := f.typed().Copy()
	if f.base.ID == "" {
		own.ID = f.pane.freeID(own.Title)
	}
	f.step("Saving the template", "Saved. Another person approves it before it is used.", func(ctx context.Context, by audit.Actor) error {
		_, err := f.pane.screen.deps.Wordings.SaveTemplate(ctx, own, by)
		return err
	})
}

// freeID is an id for a template of the practice's own that no other has.
func (p *templatesPane) freeID(title string) string {
	name := strings.Join(strings.FieldsFunc(strings.ToLower(title), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), "-")
	id := "own-" + name
	for n := 2; slices.ContainsFunc(p.all, func(t respond.Listed) bool { return t.ID == id }); n++ {
		id = fmt.Sprintf("own-%s-%d", name, n)
	}
	return id
}

func (f *templateForm) approve() {
	f.step("Approving the template", "It is in use now.", func(ctx context.Context, by audit.Actor) error {
		return f.pane.screen.deps.Wordings.ApproveTemplate(ctx, f.listed.ID, by)
	})
}

func (f *templateForm) restore() {
	done := "It reads as it was shipped."
	if f.about != nil {
		done = "It is out of use. Its versions stay on record."
	}
	f.step("Restoring the template", done, func(ctx context.Context, by audit.Actor) error {
		return f.pane.screen.deps.Wordings.RestoreTemplate(ctx, f.listed.ID, by)
	})
}

func (f *templateForm) turn() {
	off := !f.listed.Off
	f.step("Switching the template", "Done.", func(ctx context.Context, by audit.Actor) error {
		return f.pane.screen.deps.Wordings.SwitchTemplate(ctx, f.listed.ID, off, by)
	})
}

func (f *templateForm) step(doing, done string, do func(ctx context.Context, by audit.Actor) error) {
	s := f.pane.screen
	by := s.actor()
	s.back.Run(func(ctx context.Context) func() {
		err := do(ctx, by)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
				return
			}
			s.host.Toast(done)
			f.pane.back()
		}
	})
}
