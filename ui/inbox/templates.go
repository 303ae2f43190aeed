package inbox

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// offered is how many texts Tab goes through: the pick and two alternatives.
const offered = 3

// chosen is the place of the suggestion that stands in the editor as it is, or -1.
func (r *reply) chosen() int {
	return slices.IndexFunc(r.suggestions, func(s respond.Suggestion) bool { return s.Text == r.editor.Text() })
}

// turn goes to the next of the offered texts while one of them stands there unchanged; words of somebody's own stay, and Tab goes on to the buttons.
func (r *reply) turn(key fyne.KeyName) bool {
	at := r.chosen()
	if key != fyne.KeyTab || at < 0 || len(r.suggestions) < 2 {
		return false
	}
	n := min(offered, len(r.suggestions))
	r.use((at + 1) % max(n, 1))
	return true
}

// showWhen says when to use the template that stands there, or before one was taken the first.
func (r *reply) showWhen() {
	text := ""
	if at := r.chosen(); at >= 0 {
		text = "When to use it: " + r.suggestions[at].When
		if r.suggestions[at].Own {
			text += " Your own version."
		}
	} else if r.editor.Text() == "" && len(r.suggestions) > 0 {
		text = r.suggestions[0].Title + ": " + lowerFirst(r.suggestions[0].When)
	}
	if strings.HasPrefix(r.template, reviews.ByModel) && r.editor.Text() != "" {
		text = "Written by a language model on this computer. Read every word before it goes out."
	}
	r.when.Hidden = text == "" || r.templates.Hidden
	r.when.SetText(text)
}

func lowerFirst(text string) string {
	if len(text) > 1 && text[1] >= 'a' && text[1] <= 'z' && !strings.HasPrefix(text, "I ") {
		return strings.ToLower(text[:1]) + text[1:]
	}
	return text
}

// gap says what an answer lacks: a fact that the sheet does not have, or a clinician behind a statement about health.
func (r *reply) gap() string {
	offer := r.shown.offer
	if len(offer.Missing) > 0 {
		var names []string
		for _, f := range offer.Missing {
			names = append(names, strings.ToLower(f.Title))
		}
		return "The fact sheet does not say: " + strings.Join(names, ", ") + ". Enter it under Settings, Answers, and the question is answered from it."
	}
	if c := offer.Claim; c != nil && !c.Approved {
		return "There is an answer to this claim (" + c.Myth.Topic + "). A clinician of the practice approves it first, under Settings, Health claims."
	}
	return ""
}

// aids are the ways to more words: a line at the cursor, and the language model where it is switched on.
func (r *reply) aids() []fyne.CanvasObject {
	line := kit.NewChip("Ctrl+L  Add a line", kit.ToneNeutral)
	line.OnTapped = r.linesDialog
	list := []fyne.CanvasObject{line}
	if r.shown.model {
		model := kit.NewChip("Ctrl+M  Ask the language model", kit.ToneNeutral)
		model.OnTapped = r.askModel
		list = append(list, model)
	}
	return list
}

// linesDialog lets a line be chosen by its letter; it goes in where the cursor is, and the next goes behind it.
func (r *reply) linesDialog() {
	if r.id == 0 || r.shown.choices.Write != nil {
		return
	}
	id, m := r.id, r.shown.mention
	r.s.bg.Run(func(ctx context.Context) func() {
		lines, err := r.s.deps.Drafts.Lines(ctx, m)
		return func() {
			switch {
			case err != nil:
				r.s.host.Fail("Reading the lines", err)
			case r.id == id:
				r.chooseLine(lines)
			}
		}
	})
}

// lineKeys are the letters by which lines are chosen.
const lineKeys = "abcdefghijklmnopqrstuvwxyz"

func (r *reply) chooseLine(lines []respond.Line) {
	var closeIt func()
	var choices []choice
	for i, line := range lines {
		if i == len(lineKeys) {
			break
		}
		choices = append(choices, choice{key: rune(lineKeys[i]), title: line.Text, run: func() {
			closeIt()
			r.insert(line.Text)
		}})
	}
	list := newChooser(choices)
	closeIt = r.s.host.Dialog("Put a line into the reply", kit.Column(theme.Space2, kit.Help("A letter takes it. It goes in where the cursor is."), list), kit.Button{Title: "Cancel"})
	r.s.host.Focus(list)
}

func (r *reply) insert(text string) {
	r.open = true
	r.editor.Insert(text)
	r.refresh()
	r.s.host.Focus(r.editor.Entry)
}

// askModel has the language model on this computer write a draft, which is judged like any other.
func (r *reply) askModel() {
	if r.id == 0 || r.shown.choices.Write != nil || !r.shown.model {
		return
	}
	id, m := r.id, r.shown.mention
	before, template := r.editor.Text(), r.template
	r.asking()
	r.when.Hidden = false
	r.when.SetText("The language model is writing. Taking a template stops waiting for it.")
	r.asking = r.s.bg.Run(func(ctx context.Context) func() {
		text, name, err := r.s.deps.Model.AskModel(ctx, m)
		return func() { r.modelAnswered(id, before, template, text, name, err) }
	})
}

func (r *reply) modelAnswered(id int64, before, template, text, name string, err error) {
	if r.id != id {
		return
	}
	r.showWhen()
	if err != nil {
		r.s.host.Fail("Asking the language model", err)
		return
	}
	if r.editor.Text() != before {
		r.s.host.Toast("You wrote on meanwhile, so the words of the language model were left out.")
		return
	}
	r.open = true
	r.write(text, reviews.ByModel+name)
	if before != "" {
		r.s.host.ToastUndo("The language model's words took the place of yours", func() {
			if r.id == id {
				r.write(before, template)
			}
		})
	}
}
