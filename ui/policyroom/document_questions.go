package policyroom

import (
	"context"
	"maps"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// questionsView asks about the practice at the left and shows at the right what the answers change in the text, before anything is stored.
type questionsView struct {
	pane      *documentPane
	newest    policy.Version // what the answers are put into; none yet if its id is 0
	practice  practice.Practice
	situation policy.Situation
	read      reading
	preview   *kit.States
	first     fyne.Focusable
	view      fyne.CanvasObject
}

func newQuestionsView(p *documentPane, newest policy.Version) *questionsView {
	q := &questionsView{pane: p, newest: newest, practice: p.staff.practice, situation: policy.Situation{}, preview: kit.NewStates()}
	maps.Copy(q.situation, newest.Situation)
	form := kit.Column(theme.Space4)
	for _, question := range policy.Questions() {
		form.Add(q.field(question))
	}
	note := "The answers are kept. Change one later, and only its clauses change; what you wrote yourself stays."
	head := kit.InsetXY(kit.Spread(kit.NewLabel("Questions about the practice", kit.Heading),
		kit.Line(theme.Space2, kit.NewQuiet("Cancel", nil, p.leaveQuestions), kit.NewPrimary("Write the draft", theme.Icon("pencil"), p.build))), theme.Space6, theme.Space3)
	left := kit.Scrolling(kit.InsetXY(kit.Column(theme.Space4, kit.Help(note), form), theme.Space6, theme.Space4))
	q.view = container.NewBorder(kit.Column(0, head, kit.Hairline()), nil, nil, nil, kit.NewSplit(left, q.preview, 380))
	q.refresh()
	return q
}

func (q *questionsView) field(question policy.Question) fyne.CanvasObject {
	switch question.Kind {
	case policy.OwnWords:
		entry := kit.NewEntry(question.Standard)
		entry.SetText(first(q.situation[question.ID]))
		entry.OnChanged = func(words string) { q.set(question.ID, words) }
		q.focusable(entry)
		return kit.NewField(question.Ask, question.Why, entry)
	case policy.ManyOf:
		boxes := kit.Flow()
		for _, o := range question.Options {
			box := widget.NewCheck(kit.Capital(o.Text), nil)
			box.SetChecked(slices.Contains(q.situation[question.ID], o.ID))
			box.OnChanged = func(on bool) {
				chosen := slices.DeleteFunc(slices.Clone(q.situation[question.ID]), func(id string) bool { return id == o.ID })
				if on {
					chosen = append(chosen, o.ID)
				}
				q.set(question.ID, chosen...)
			}
			boxes.Add(box)
		}
		return kit.NewField(question.Ask, question.Why, boxes)
	default:
		var texts []string
		for _, o := range question.Options {
			texts = append(texts, o.Text)
		}
		chosen := slices.IndexFunc(question.Options, func(o policy.QuestionOption) bool { return o.ID == first(q.situation.Chosen(question)) })
		choice := kit.NewSelect(texts, nil)
		choice.SetSelectedIndex(max(chosen, 0))
		choice.OnChanged = func(text string) {
			for _, o := range question.Options {
				if o.Text == text {
					q.set(question.ID, o.ID)
				}
			}
		}
		q.focusable(choice)
		return kit.NewField(question.Ask, question.Why, kit.Framed(choice))
	}
}

func first(answers []string) string {
	if len(answers) == 0 {
		return ""
	}
	return answers[0]
}

func (q *questionsView) focusable(f fyne.Focusable) {
	if q.first == nil {
		q.first = f
	}
}

func (q *questionsView) set(id string, answers ...string) {
	answers = slices.DeleteFunc(answers, func(a string) bool { return a == "" })
	if len(answers) == 0 {
		delete(q.situation, id)
	} else {
		q.situation[id] = answers
	}
	q.refresh()
}

// refresh works out what the answers change, away from the keyboard.
func (q *questionsView) refresh() {
	situation := maps.Clone(q.situation)
	q.read.run(q.pane.screen.back, func(context.Context) func() {
		if err := situation.Check(); err != nil {
			return func() { q.preview.ShowError("This answer does not go", err, q.refresh) }
		}
		built := policy.Rebuild(q.newest.Text, q.newest.Composed, q.practice, situation)
		return func() {
			q.preview.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(q.changes(built), 640), theme.Space6, theme.Space4)))
		}
	})
}

// changes shows part by part what the answers do.
func (q *questionsView) changes(built policy.Built) fyne.CanvasObject {
	if q.newest.ID == 0 {
		title := kit.NewLabel("The policy that follows from the answers", kit.Overline)
		return kit.Column(theme.Space4, title, document(built.Text, nil))
	}
	list := kit.Column(theme.Space4)
	changed := 0
	for _, n := range built.Notes {
		if n.Kind == policy.Untouched {
			continue
		}
		changed++
		list.Add(noteCard(n))
	}
	words := "The answers change nothing in the text"
	if changed > 0 {
		words = kit.Counted(changed, "part of the text is touched", "parts of the text are touched")
	}
	return kit.Column(theme.Space4, kit.NewLabel(words, kit.Heading), list)
}

// noteCard tells what became of one part.
func noteCard(n policy.BuildNote) fyne.CanvasObject {
	title := kit.NewParagraph(n.Part)
	title.SetStyle(kit.Strong)
	chip, tone, help := "Changes", kit.ToneAccent, ""
	before, after := n.Stands, n.Ours
	switch n.Kind {
	case policy.Added:
		chip, tone, before = "New", kit.ToneGood, ""
	case policy.Dropped:
		chip, tone, after = "Goes", kit.ToneWarn, ""
	case policy.Kept:
		chip, tone, help = "Your words stay", kit.ToneNeutral, "You changed this part yourself, so it is kept. Against it, our words for these answers:"
	case policy.KeptOut:
		chip, tone, before, help = "Stays out", kit.ToneNeutral, "", "You took this part out. For these answers we would write:"
	case policy.Stays:
		chip, tone, help = "Your words stay", kit.ToneWarn, "The answers no longer ask for this part. You wrote it yourself, so it stays until you take it out."
		after = before
	}
	card := kit.Column(theme.Space2, kit.Spread(title, kit.NewChip(chip, tone)))
	if help != "" {
		card.Add(kit.Help(help))
	}
	for _, b := range policy.Difference(before, after) {
		card.Add(runsParagraph(b.Runs))
	}
	return kit.NewCard("", card)
}
