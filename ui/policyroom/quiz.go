package policyroom

import (
	"context"
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

type roleOfPerson = practice.Role

// quiz plays the questions of a module one by one: keys 1 to 4 answer, Return goes on. Each answer is stored at once, so the quiz can be left
// and taken up again.
type quiz struct {
	pane      *trainingPane
	module    policy.Module
	attempt   policy.Attempt
	by        audit.Actor
	questions []policy.Scenario
	at        int
	chosen    int // -1: not answered yet
	busy      bool
	content   *fyne.Container
	pad       *keyPad
}

func newQuiz(p *trainingPane, m policy.Module, a policy.Attempt, by audit.Actor) *quiz {
	q := &quiz{pane: p, module: m, attempt: a, by: by, questions: a.Quiz, content: container.NewStack(), chosen: -1}
	for q.at < len(q.questions) {
		if _, given := a.Answers[q.questions[q.at].ID]; !given {
			break
		}
		q.at++
	}
	return q
}

func (q *quiz) answered() bool { return q.chosen >= 0 }

// show shows the question that is next, or asks for the result after the last one.
func (q *quiz) show() {
	if q.at >= len(q.questions) {
		q.finish()
		return
	}
	q.chosen = -1
	q.draw()
}

func (q *quiz) draw() {
	s := q.questions[q.at]
	situation, question := kit.NewParagraph(s.Situation), kit.NewParagraph(s.Question)
	situation.SetStyle(kit.Reading)
	question.SetStyle(kit.Heading)
	weight := ""
	if s.Critical() {
		weight = " · must be right"
	}
	parts := kit.Column(theme.Space4,
		kit.Spread(kit.NewLabel(q.module.Title, kit.Secondary).Ellipsis(), kit.NewQuiet("Stop for now", nil, q.leave)),
		kit.NewMeter(float64(q.at)/float64(len(q.questions)), kit.ToneAccent),
		kit.NewLabel(fmt.Sprintf("Question %d of %d%s", q.at+1, len(q.questions), weight), kit.Caption),
		situation, question)
	options := kit.Column(theme.Space2)
	for i, o := range s.Options {
		tone := kit.ToneNeutral
		switch {
		case q.answered() && o.Right:
			tone = kit.ToneGood
		case q.answered() && i == q.chosen:
			tone = kit.ToneBad
		}
		options.Add(newOption(i, o.Text, tone, q.answered(), func() { q.choose(i) }))
	}
	parts.Add(options)
	if q.answered() {
		parts.Add(q.explanation(s))
	} else {
		parts.Add(kit.Help("Answer with the keys 1 to " + fmt.Sprint(len(s.Options)) + ". The first answer counts."))
	}
	q.pad = newKeyPad(kit.Scrolling(kit.InsetXY(kit.MaxWidth(parts, 680), theme.Space6, theme.Space4)), q.letter, q.key)
	q.content.Objects = []fyne.CanvasObject{q.pad}
	q.content.Refresh()
	q.pane.screen.host.Focus(q.pad)
}

func (q *quiz) explanation(s policy.Scenario) fyne.CanvasObject {
	words := "Right."
	tone := kit.ToneGood
	if q.chosen != s.Right() {
		words, tone = "Not quite.", kit.ToneBad
	}
	why := kit.NewParagraph(s.Why)
	why.SetStyle(kit.Reading)
	forward := "Next question"
	if q.at == len(q.questions)-1 {
		forward = "See the result"
	}
	return kit.Column(theme.Space4, kit.NewCard("", kit.Column(theme.Space3, kit.NewLabel(words, kit.Strong.In(tone.Text())), why, q.pane.screen.basisLines(s.Basis, q.pane.staff.day))),
		kit.Line(theme.Space3, kit.NewPrimary(forward, nil, q.next), kit.NewKeyHint("Enter")))
}

func (q *quiz) letter(r rune) bool {
	n := int(r - '1')
	if n < 0 || n > 8 {
		return false
	}
	q.choose(n)
	return true
}

func (q *quiz) key(name fyne.KeyName) bool {
	switch {
	case (name == fyne.KeyReturn || name == fyne.KeyEnter) && q.answered():
		q.next()
		return true
	case name == fyne.KeyEscape:
		q.leave()
		return true
	}
	return false
}

// choose stores the answer and shows whether it was right.
func (q *quiz) choose(n int) {
	if q.answered() || q.busy || q.at >= len(q.questions) || n >= len(q.questions[q.at].Options) {
		return
	}
	q.busy = true
	id := q.questions[q.at].ID
	q.pane.screen.back.Run(func(ctx context.Context) func() {
		a, err := q.pane.screen.deps.Training.Choose(ctx, q.attempt.ID, id, n)
		return func() {
			q.busy = false
			if err != nil {
				q.pane.screen.host.Fail("Keeping the answer", err)
				return
			}
			q.attempt, q.chosen = a, n
			q.draw()
		}
	})
}

func (q *quiz) next() {
	if !q.answered() {
		return
	}
	q.at++
	q.show()
}

func (q *quiz) leave() {
	p := q.pane
	p.quiz = nil
	p.screen.again()
	p.show(q.module.ID)
	p.screen.host.Focus(p.list)
}

func (q *quiz) finish() {
	var r policy.Result
	q.pane.screen.do("Grading the quiz", func(ctx context.Context) (err error) {
		r, err = q.pane.screen.deps.Training.Finish(ctx, q.attempt.ID, q.by)
		return err
	}, func() {
		q.content.Objects = []fyne.CanvasObject{q.result(r)}
		q.content.Refresh()
		q.pane.screen.again()
	})
}

func (q *quiz) result(r policy.Result) fyne.CanvasObject {
	title, text, tone := "Passed", "Well done. The result is on record.", kit.ToneGood
	if !r.Passed {
		title, tone = "Not passed yet", kit.ToneWarn
		text = fmt.Sprintf("It takes %d %% right, and every question of high weight right. Read the lesson once more and try again; the questions come in another order.", int(policy.PassMark*100))
	}
	parts := kit.Column(theme.Space4, kit.NewLabel(q.module.Title, kit.Secondary), kit.NewLabel(title, kit.Title.In(tone.Text())),
		kit.NewLabel(fmt.Sprintf("%d of %d right", r.Right, r.Asked), kit.Figure), kit.NewMeter(r.Score(), tone), kit.NewParagraph(text), measured("pass-mark", q.pane.staff.day))
	if len(r.Missed) > 0 {
		missed := kit.Column(theme.Space4)
		for _, s := range q.questions {
			for _, id := range r.Missed {
				if s.ID == id {
					missed.Add(kit.Column(theme.Space1, kit.NewParagraph(s.Situation+" "+s.Question), kit.NewLabel(s.Options[s.Right()].Text, kit.Strong).Ellipsis(), kit.Help(s.Why), note(s.Basis, q.pane.staff.day)))
				}
			}
		}
		parts.Add(kit.NewSection("Worth another look", missed))
	}
	again := "Back to the lesson"
	parts.Add(kit.Line(theme.Space2, kit.NewPrimary(again, nil, q.leave)))
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(parts, 680), theme.Space6, theme.Space4))
}

// keyPad gives its content the keyboard.
type keyPad struct {
	widget.BaseWidget
	content fyne.CanvasObject
	letter  func(rune) bool
	key     func(fyne.KeyName) bool
}

var _ fyne.Focusable = (*keyPad)(nil)

func newKeyPad(content fyne.CanvasObject, letter func(rune) bool, key func(fyne.KeyName) bool) *keyPad {
	p := &keyPad{content: content, letter: letter, key: key}
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer is used by Fyne.
func (p *keyPad) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.content) }

// FocusGained shows nothing: the whole pane is the pad.
func (p *keyPad) FocusGained() {}

// FocusLost shows nothing.
func (p *keyPad) FocusLost() {}

// TypedRune offers a letter to the quiz.
func (p *keyPad) TypedRune(r rune) {
	if !p.letter(r) {
		passRune(p, r)
	}
}

// TypedKey offers a key to the quiz.
func (p *keyPad) TypedKey(e *fyne.KeyEvent) {
	if !p.key(e.Name) {
		passKey(p, e)
	}
}

// option is one answer of a question: its key, its words, and afterwards whether it was right.
type option struct {
	widget.BaseWidget
	onTapped func()
	done     bool
	hovered  bool
	tone     kit.Tone
	face     *canvas.Rectangle
	content  fyne.CanvasObject
}

var _ desktop.Hoverable = (*option)(nil)

func newOption(n int, text string, tone kit.Tone, done bool, onTapped func()) *option {
	words := kit.NewParagraph(text)
	words.SetStyle(kit.Reading)
	mark := fyne.CanvasObject(kit.NewKeyHint(fmt.Sprint(n + 1)))
	if tone != kit.ToneNeutral {
		icon := map[kit.Tone]string{kit.ToneGood: "circle-check", kit.ToneBad: "circle-x"}[tone]
		mark = container.NewGridWrap(fyne.NewSquareSize(18), widget.NewIcon(theme.IconIn(icon, tone.Text())))
	}
	o := &option{onTapped: onTapped, done: done, tone: tone, face: canvas.NewRectangle(nil), content: kit.InsetXY(kit.Line(theme.Space3, mark, kit.Fill(words)), theme.Space3, theme.Space2)}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer is used by Fyne.
func (o *option) CreateRenderer() fyne.WidgetRenderer {
	o.face.CornerRadius, o.face.StrokeWidth = theme.Radius, 1
	o.paint()
	return widget.NewSimpleRenderer(container.NewStack(o.face, o.content))
}

// Refresh takes over the state.
func (o *option) Refresh() {
	o.paint()
	o.BaseWidget.Refresh()
}

func (o *option) paint() {
	o.face.FillColor, o.face.StrokeColor = theme.Color(theme.Surface), theme.Color(theme.Outline)
	switch {
	case o.tone != kit.ToneNeutral:
		o.face.FillColor, o.face.StrokeColor = theme.Color(o.tone.Soft()), theme.Color(o.tone.Mark())
	case o.hovered && !o.done:
		o.face.FillColor = theme.Color(theme.Hover)
	}
}

// Tapped answers.
func (o *option) Tapped(*fyne.PointEvent) {
	if !o.done {
		o.onTapped()
	}
}

// MouseIn shows that it can be pressed.
func (o *option) MouseIn(*desktop.MouseEvent) { o.hovered = true; o.Refresh() }

// MouseMoved does nothing.
func (o *option) MouseMoved(*desktop.MouseEvent) {}

// MouseOut takes the hover away.
func (o *option) MouseOut() { o.hovered = false; o.Refresh() }
