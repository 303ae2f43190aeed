package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// gateForm makes or changes a rule of the practice's own: the words, what they break, where it holds, and the examples on which it proves itself while
// it is written.
type gateForm struct {
	pane  *gatePane
	rule  policy.GateRule // as it is stored; without a number: a new one
	codes []string

	words, reason, source, day, fires, silent *kit.Entry
	code                                      *widget.Select
	verdict, kind, language                   *kit.Segmented
	severityAt, kindAt, languageAt            int

	proof   *kit.Banner
	read    reading
	content fyne.CanvasObject
}

// What the segments of the form stand for, in their order.
var (
	gateVerdicts  = []guard.Verdict{guard.Block, guard.Warn}
	gateKinds     = []guard.Kind{"", guard.Reply, guard.Spotlight}
	gateLanguages = []string{"", "en", "es"}
)

func newGateForm(p *gatePane, g policy.GateRule) *gateForm {
	f := &gateForm{pane: p, rule: g, words: kit.NewMultiLine("snowflake", 3), reason: kit.NewEntry("We do not call people names"), source: kit.NewEntry("Staff meeting of 3 March, a page, a letter"),
		day: kit.NewEntry("2027-05-22"), fires: kit.NewMultiLine("Every snowflake may call our office.", 3), silent: kit.NewMultiLine("We are open when it snows.", 3), proof: kit.NewBanner(kit.ToneNeutral, "")}
	for _, r := range p.rules {
		if !slices.Contains(f.codes, r.Code) {
			f.codes = append(f.codes, r.Code)
		}
	}
	slices.Sort(f.codes)
	names := make([]string, len(f.codes))
	for i, code := range f.codes {
		names[i] = kit.Capital(strings.ReplaceAll(code, "-", " "))
	}
	f.code = kit.NewSelect(names, func(string) { f.prove() })
	f.code.SetSelectedIndex(max(0, slices.Index(f.codes, g.Code)))
	f.severityAt, f.kindAt, f.languageAt = max(0, slices.Index(gateVerdicts, g.Severity)), max(0, slices.Index(gateKinds, g.Kind)), max(0, slices.Index(gateLanguages, g.Language))
	f.verdict = kit.NewSegmented([]string{"Blocks", "Warns"}, f.severityAt, func(i int) { f.severityAt = i; f.prove() })
	f.kind = kit.NewSegmented([]string{"Replies and posts", "Replies", "Posts"}, f.kindAt, func(i int) { f.kindAt = i; f.prove() })
	f.language = kit.NewSegmented([]string{"Any language", "English", "Spanish"}, f.languageAt, func(i int) { f.languageAt = i; f.prove() })
	f.words.SetText(g.Words)
	f.source.SetText(g.Source)
	f.fires.SetText(strings.Join(g.Fires, "\n"))
	f.silent.SetText(strings.Join(g.Silent, "\n"))
	f.reason.SetText(g.Reason)
	f.day.SetText(g.ReviewOn)
	if g.ID == 0 {
		f.day.SetText(p.screen.deps.Now().AddDate(0, 6, 0).Format("2006-01-02"))
	}
	for _, e := range []*kit.Entry{f.words, f.reason, f.source, f.day, f.fires, f.silent} {
		e.OnChanged = func(string) { f.prove() }
	}
	f.lay()
	f.prove()
	return f
}

func (f *gateForm) lay() {
	title, actions := "A rule of your own", kit.Line(theme.Space2)
	reason := "It stands beside every finding. Say it as you would to a colleague."
	if f.rule.ID != 0 {
		title = f.pane.said(f.rule)
		reason = "Beside every finding. Say also why it changes: the old one stays in the list of your decisions."
		actions.Add(kit.NewButton("Switch off", nil, func() { f.pane.endAdded(f.rule) }))
	}
	back := kit.NewIconButton(theme.Icon("arrow-left"), "Back to the gate (Escape)", f.pane.back)
	actions.Add(kit.NewPrimary("Save", theme.IconIn("save", theme.OnAccent), f.save))
	bar := kit.Line(theme.Space2, back, kit.Fill(kit.NewLabel(title, kit.Heading).Ellipsis()), kit.NewKeyHint("Ctrl+S"), actions)
	left := kit.NewForm(kit.NewField("Words", "One word or phrase a line. Capitals, accents and look-alike letters make no difference.", f.words),
		kit.NewField("What they break", "", f.code), kit.NewField("Verdict", "", f.verdict), kit.NewField("Where", "", f.kind), kit.NewField("Language of the draft", "", f.language))
	right := kit.NewForm(kit.NewField("It must stop", "One text a line. Nothing is kept until each of them is judged as it says here.", f.fires),
		kit.NewField("It must leave alone", "One text a line.", f.silent), kit.NewField("Reason", reason, f.reason),
		kit.NewField("Source", "Where the rule comes from.", f.source), kit.NewField("Look again on", "A date such as 2027-05-22.", f.day))
	body := kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, f.proof, kit.Grid(340, theme.Space6, left, right)), 1080), theme.Space6, theme.Space4))
	f.content = container.NewBorder(kit.Column(0, kit.InsetXY(kit.MaxWidth(bar, 1080), theme.Space6, theme.Space2), kit.Hairline()), nil, nil, nil, body)
}

// typed is the rule as it stands in the form.
func (f *gateForm) typed() policy.GateRule {
	return policy.GateRule{What: policy.AddRule, Words: f.words.Text, Code: f.codes[f.code.SelectedIndex()], Severity: gateVerdicts[f.severityAt], Kind: gateKinds[f.kindAt],
		Language: gateLanguages[f.languageAt], Reason: f.reason.Text, Source: f.source.Text, ReviewOn: strings.TrimSpace(f.day.Text), Fires: lines(f.fires.Text), Silent: lines(f.silent.Text)}
}

// prove tries the rule on its examples while it is written.
func (f *gateForm) prove() {
	if f.content == nil {
		return
	}
	g, gate := f.typed(), f.pane.screen.deps.Gate
	f.read.run(f.pane.screen.back, func(context.Context) func() {
		err := gate.Prove(g.Addition())
		return func() {
			switch n := len(g.Fires) + len(g.Silent); {
			case strings.TrimSpace(g.Words) == "":
				f.proof.Set(kit.ToneNeutral, "Write the words, then a text that the rule must stop and one that it must leave alone.")
			case err != nil:
				f.proof.Set(kit.ToneBad, kit.Sentence(err))
			case len(g.Fires) == 0 || len(g.Silent) == 0:
				f.proof.Set(kit.ToneWarn, "Give a text that it must stop and one that it must leave alone, so that the rule proves itself.")
			default:
				f.proof.Set(kit.ToneGood, "It judges all "+kit.Count(n)+" examples as you say.")
			}
		}
	})
}

func (f *gateForm) save() {
	g, old, s := f.typed(), f.rule, f.pane.screen
	by := s.actor()
	s.back.Run(func(ctx context.Context) func() {
		var kept policy.GateRule
		var err error
		if old.ID == 0 {
			kept, err = s.deps.Decisions.AddGateRule(ctx, g, by)
		} else {
			kept, err = s.deps.Decisions.ChangeGateRule(ctx, old.ID, g, by)
		}
		return func() {
			if err != nil {
				f.proof.Set(kit.ToneBad, kit.Sentence(err))
				return
			}
			f.pane.back()
			s.host.ToastUndo("The rule holds from now on", func() {
				f.pane.undo(func(ctx context.Context, by audit.Actor) error {
					if old.ID == 0 {
						return s.deps.Decisions.EndGateRule(ctx, kept.ID, "Taken back at once", by)
					}
					old.Reason = kept.Reason
					_, err := s.deps.Decisions.ChangeGateRule(ctx, kept.ID, old, by)
					return err
				})
			})
		}
	})
}
