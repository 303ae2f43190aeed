package settings

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// ruleForm makes or changes a rule: when it applies, what it does, what it would do now, and what it did.
type ruleForm struct {
	pane    *rulesPane
	rule    reviews.Rule // as it is stored; without a number: a new one
	name    *kit.Entry
	query   *kit.Entry
	on      *widget.Check
	builder *builder
	actions []*actionRow

	nameField, queryField, thenField *kit.Field
	rows, trial, history             *fyne.Container
	scroll, content                  fyne.CanvasObject
	read                             reading
}

// fewShown is how many mentions a trial lists, and fewHits how many lines the history of a rule.
const (
	fewShown = 10
	fewHits  = 30
)

func newRuleForm(p *rulesPane, r reviews.Rule) *ruleForm {
	f := &ruleForm{pane: p, rule: r, name: kit.NewEntry("Low stars on Google"), query: kit.NewEntry("stars:<3 source:google"), on: widget.NewCheck("The rule is on", nil),
		rows: kit.Column(theme.Space2), trial: kit.Column(theme.Space2), history: kit.Column(theme.Space2)}
	f.name.SetText(r.Name)
	f.query.SetText(r.Query)
	f.query.OnSubmitted = func(string) { f.try() }
	f.on.Checked = r.Active
	f.builder = newBuilder(f)
	f.query.OnChanged = func(string) { f.typed() }
	f.nameField, f.queryField = kit.NewField("Name", "", f.name), kit.NewField("If", "In the words of the search box. All of it has to hold.", f.query)
	f.thenField = kit.NewField("Then", "", f.rows)
	for _, a := range r.Actions {
		f.actions = append(f.actions, newActionRow(f, a))
	}
	f.showActions()
	f.typed()
	add := kit.NewQuiet("Add an action", theme.Icon("plus"), func() {
		row := newActionRow(f, reviews.Action{Do: reviews.DoTag})
		f.actions = append(f.actions, row)
		f.showActions()
		p.screen.host.Focus(row.do)
	})
	left := kit.Column(theme.Space4, f.nameField, f.queryField, kit.Column(theme.Space1, f.thenField, kit.Line(0, add)), f.on)
	title := "New rule"
	if r.ID != 0 {
		title = r.Name
	}
	back := kit.NewIconButton(theme.Icon("arrow-left"), "Back to the rules (Escape)", p.back)
	save := kit.NewPrimary("Save", theme.Icon("save"), f.save)
	bar := kit.Line(theme.Space2, back, kit.Fill(kit.NewLabel(title, kit.Heading).Ellipsis()), kit.NewKeyHint("Ctrl+S"), kit.NewButton("Try", theme.Icon("play"), f.try), save)
	parts := []fyne.CanvasObject{kit.Grid(340, theme.Space6, left, f.builder.content), f.trial}
	if r.ID != 0 {
		run := kit.NewQuiet("Run on what is there", theme.Icon("play"), f.run)
		parts = append(parts, kit.NewSection("What it did", f.history, run))
	}
	f.scroll = kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space6, parts...), 1080), theme.Space6, theme.Space4))
	f.content = container.NewBorder(kit.Column(0, kit.InsetXY(kit.MaxWidth(bar, 1080), theme.Space6, theme.Space2), kit.Hairline()), nil, nil, nil, f.scroll)
	return f
}

// typed follows the search while it is written.
func (f *ruleForm) typed() {
	q, err := f.pane.parse(f.query.Text)
	if err == nil && !f.builder.filling {
		f.builder.read(q)
	}
	f.judge()
}

// judge says what is wrong with the search.
func (f *ruleForm) judge() {
	if _, err := f.pane.parse(f.query.Text); err != nil {
		f.queryField.SetError(kit.Sentence(err))
		return
	}
	f.queryField.SetError("")
}

func (f *ruleForm) showActions() {
	f.rows.Objects = nil
	for _, a := range f.actions {
		f.rows.Add(a.content)
	}
	f.rows.Refresh()
	f.refresh()
}

func (f *ruleForm) refresh() {
	if f.content != nil {
		f.content.Refresh()
	}
}

// written is the rule as it stands in the form.
func (f *ruleForm) written() reviews.Rule {
	r := reviews.Rule{ID: f.rule.ID, Name: f.name.Text, Query: f.query.Text, Active: f.on.Checked}
	for _, a := range f.actions {
		r.Actions = append(r.Actions, a.written())
	}
	return r
}

func (f *ruleForm) save() {
	r, by := f.written(), f.pane.screen.actor()
	f.pane.screen.back.Run(func(ctx context.Context) func() {
		_, err := f.pane.screen.deps.Rules.SaveRule(ctx, r, by)
		return func() {
			if f.refuse(err) {
				return
			}
			f.pane.screen.host.Toast("Saved. It runs on what comes in from now on.")
			f.pane.close()
		}
	})
}

// changed reports whether something was typed that is not stored.
func (f *ruleForm) changed() bool { return !reflect.DeepEqual(f.written(), f.rule) }

// run runs the rule as it is stored, so what was typed has to be saved first.
func (f *ruleForm) run() {
	if f.changed() {
		f.pane.screen.host.Toast("Save the rule first.")
		return
	}
	f.pane.run(f.rule)
}

// refuse says at the field that it is about what is wrong with the rule, and reports whether anything is.
func (f *ruleForm) refuse(err error) bool {
	f.nameField.SetError("")
	f.thenField.SetError("")
	if err == nil {
		return false
	}
	_, wrong := f.pane.parse(f.query.Text)
	switch {
	case strings.TrimSpace(f.name.Text) == "":
		f.nameField.SetErr(err)
		f.pane.screen.host.Focus(f.name)
	case wrong != nil || strings.TrimSpace(f.query.Text) == "":
		f.queryField.SetErr(err)
		f.pane.screen.host.Focus(f.query)
	default:
		f.thenField.SetErr(err)
	}
	f.refresh()
	return true
}

// try shows how many mentions the rule would look at now, with the first of them.
func (f *ruleForm) try() {
	r := f.written()
	if strings.TrimSpace(r.Name) == "" {
		r.Name = "A rule without a name" // a trial needs none
	}
	f.trial.Objects = []fyne.CanvasObject{kit.Help("Looking through the mentions.")}
	f.refresh()
	f.read.run(f.pane.screen.back, func(ctx context.Context) func() {
		ids, err := f.pane.screen.deps.Rules.TryRule(ctx, r)
		var list []reviews.Mention
		if err == nil {
			list, err = f.pane.screen.deps.Rules.Page(ctx, ids[:min(len(ids), fewShown)])
		}
		return func() {
			f.trial.Objects = nil
			if !f.refuse(err) {
				f.trial.Objects = []fyne.CanvasObject{f.found(len(ids), list)}
			}
			f.refresh()
			kit.Reveal(f.scroll, f.trial)
		}
	})
}

func (f *ruleForm) found(n int, list []reviews.Mention) fyne.CanvasObject {
	if n == 0 {
		return kit.NewCard("Trial", kit.Help("None of the mentions that are there now fits. What comes in later may."))
	}
	title := kit.Counted(n, "mention fits", "mentions fit") + " now"
	if n > len(list) {
		title += ", the newest " + kit.Count(len(list)) + ":"
	}
	rows := make([]kit.RowData, len(list))
	for i, m := range list {
		rows[i] = f.pane.row(m)
	}
	return kit.NewCard(title, kit.Column(theme.Space2, kit.NewSmallList(rows, func(row kit.RowData) { f.pane.screen.host.Go("inbox", row.ID) }),
		kit.Help("Nothing was changed. A saved rule looks at new mentions only, until you run it on what is there.")))
}

// row is a mention as a list shows it.
func (p *rulesPane) row(m reviews.Mention) kit.RowData {
	d := kit.RowData{ID: m.ID, Title: m.Author, Meta: respond.SiteName(m.Site), Text: firstWords(m), Stars: float64(m.Stars), Age: p.day(m)}
	if d.Title == "" {
		d.Title = "Without a name"
	}
	if m.Stars == 0 {
		d.Stars = -1
	}
	return d
}

func (p *rulesPane) day(m reviews.Mention) string {
	at := m.Posted
	if at.IsZero() {
		at = m.Seen
	}
	return at.In(p.known.practice.Location()).Format("2 Jan 2006")
}

// firstWords is the beginning of a mention on one line.
func firstWords(m reviews.Mention) string {
	text := strings.Join(strings.Fields(m.Title+" "+m.Text), " ")
	switch {
	case text == "" && !m.Purged.IsZero():
		return "Its words were cleared"
	case text == "":
		return "A rating without words"
	}
	return text
}

// readHistory reads what the rule did.
func (f *ruleForm) readHistory() {
	if f.rule.ID == 0 {
		return
	}
	f.pane.screen.back.Run(func(ctx context.Context) func() {
		hits, err := f.pane.screen.deps.Rules.Hits(ctx, f.rule.ID, fewHits)
		var list []reviews.Mention
		if err == nil {
			ids := make([]int64, len(hits))
			for i, h := range hits {
				ids[i] = h.MentionID
			}
			list, err = f.pane.screen.deps.Rules.Page(ctx, ids)
		}
		return func() {
			f.history.Objects = f.showHistory(hits, list, err)
			f.refresh()
		}
	})
}

func (f *ruleForm) showHistory(hits []reviews.Hit, list []reviews.Mention, err error) []fyne.CanvasObject {
	if err != nil {
		return []fyne.CanvasObject{kit.NewBanner(kit.ToneBad, "What the rule did could not be read: "+kit.Sentence(err))}
	}
	if len(hits) == 0 {
		return []fyne.CanvasObject{kit.Help("It has not done anything yet.")}
	}
	table := kit.NewTable(kit.TableColumn{Title: "When", Width: 150}, kit.TableColumn{Title: "Mention"}, kit.TableColumn{Title: "Did"})
	var rows [][]kit.Cell
	for _, h := range hits {
		words := ""
		if i := slices.IndexFunc(list, func(m reviews.Mention) bool { return m.ID == h.MentionID }); i >= 0 {
			words = firstWords(list[i])
		}
		rows = append(rows, []kit.Cell{{Text: h.At.In(f.pane.known.practice.Location()).Format("2 Jan 2006, 15:04"), Secondary: true}, {Text: words}, {Text: h.Did, Secondary: true}})
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { f.pane.screen.host.Go("inbox", hits[row].MentionID) }
	return []fyne.CanvasObject{table}
}
