package inbox

import (
	"context"
	"strings"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/vault"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Notes keeps what only the practice knows of a mention.
type Notes interface {
	Note(ctx context.Context, mentionID int64) (reviews.Note, error)
	SaveNote(ctx context.Context, mentionID int64, text string, by actor) error
	RemoveNotes(ctx context.Context, mentionID int64, by actor) error
}

// Vault says whether the notes can be read.
type Vault interface {
	Status(ctx context.Context) (vault.Status, error)
	Enter(ctx context.Context, passphrase string) error
}

// private is the pane of the notes beside the public draft. It stands on another ground and under another heading, so that nobody takes the one
// for the other.
type private struct {
	r      *reply
	open   bool // somebody asked for it although there are no notes
	stored string
	cancel func()

	entry   *kit.Entry
	says    *kit.Paragraph
	step    *widget.Button // unlocks or sets up
	remove  *widget.Button
	state   vault.State
	content *fyne.Container
}

func newPrivate(r *reply) *private {
	p := &private{r: r, cancel: func() {}}
	p.entry = kit.NewMultiLine("Who it was, what happened, what was done", 5)
	p.entry.OnChanged = func(string) { p.save(false) }
	p.entry.OnKey = func(e *fyne.KeyEvent) bool {
		if e.Name != fyne.KeyEscape {
			return false
		}
		r.s.host.Focus(r.editor.Entry)
		return true
	}
	p.says = kit.Help("")
	p.step = kit.NewButton("Unlock", theme.Icon("lock"), p.unlock)
	p.remove = kit.NewQuiet("Remove the notes", theme.Icon("trash-2"), p.removeDialog)
	head := kit.Line(theme.Space2, widget.NewIcon(theme.Icon("lock")), kit.NewLabel("Private: never published", kit.Strong))
	p.content = kit.Ground(theme.WarnSoft, kit.Inset(kit.Column(theme.Space2, head, p.entry, p.says, kit.Flow(p.step, p.remove)), theme.Space3))
	p.content.Hide()
	return p
}

// show shows the notes of the mention in sight; words that are being typed stay.
func (p *private) show(o opened, same bool) {
	if !same {
		p.open = false
	}
	p.state = o.vault.State
	if typing := same && p.entry.Text != p.stored; !typing || o.note.Locked {
		p.stored = o.note.Text
		if p.entry.Text != o.note.Text {
			p.entry.SetText(o.note.Text)
		}
	}
	p.refresh()
}

func (p *private) refresh() {
	o := p.r.shown
	there := p.r.s.deps.Notes != nil && (o.note.There || p.open)
	opened := p.state == vault.Opened
	show(p.entry, opened)
	show(p.step, !opened)
	show(p.remove, o.note.Locked)
	switch {
	case opened:
		p.says.SetText("Sealed on the disk. The gate stops a reply that tells what stands here.")
	case p.state == vault.None:
		p.step.SetText("Set up private notes")
		p.says.SetText("Private notes are sealed with a key of your own. They are not set up yet.")
	default:
		p.step.SetText("Unlock")
		p.says.SetText("There are private notes on this mention. They are locked, so the gate cannot compare the reply with them, and it cannot go out.")
		if !o.note.There {
			p.says.SetText("The private notes are locked.")
		}
	}
	show(p.content, there)
	p.content.Refresh()
}

// begin goes to the notes, from anywhere.
func (p *private) begin() {
	if p.r.id == 0 || p.r.s.deps.Notes == nil {
		return
	}
	p.open = true
	p.r.open = true
	p.r.refresh()
	if p.state == vault.Opened {
		p.r.s.host.Focus(p.entry)
		return
	}
	p.r.s.host.Focus(p.step)
}

// unlock asks for the passphrase where the vault has one; everything else is in the settings.
func (p *private) unlock() {
	if p.state != vault.Locked || !p.r.shown.vault.Passphrase {
		p.r.s.host.Go("settings", "private notes")
		return
	}
	words := kit.NewEntry("")
	words.Password = true
	field := kit.NewField("Passphrase", "The one of the private notes. Without it the recovery phrase opens them, under Settings.", words)
	var closeIt func()
	enter := func() {
		text := words.Text
		p.r.s.bg.Run(func(ctx context.Context) func() {
			err := p.r.s.deps.Vault.Enter(ctx, text)
			return func() {
				if err != nil {
					field.SetErr(err)
					return
				}
				closeIt()
				p.r.s.reading.refresh()
			}
		})
	}
	words.OnSubmitted = func(string) { enter() }
	closeIt = p.r.s.host.Dialog("Unlock the private notes", field, kit.Button{Title: "Unlock", Primary: true, Stay: true, Run: enter}, kit.Button{Title: "Cancel"})
	p.r.s.host.Focus(words)
}

// removeDialog takes notes away that nobody can open any more. There is no way back, so it asks.
func (p *private) removeDialog() {
	p.r.s.host.Confirm("Remove the private notes?", "Nobody can bring them back. Do this only if the recovery phrase is lost.", "Remove them", func() {
		p.r.s.act("Removing the private notes", p.r.s.deps.Notes.RemoveNotes, nil)
	})
}

// save stores the notes when the typing rests, or at once.
func (p *private) save(now bool) {
	p.cancel()
	p.cancel = func() {}
	id, text, by, pause := p.r.id, p.entry.Text, p.r.s.by(), p.r.s.deps.Pause
	if id == 0 || p.state != vault.Opened || strings.TrimSpace(text) == strings.TrimSpace(p.stored) {
		return
	}
	if now {
		pause = 0
	}
	p.cancel = p.r.s.bg.Run(func(ctx context.Context) func() {
		if !rest(ctx, pause) {
			return nil
		}
		err := p.r.s.deps.Notes.SaveNote(ctx, id, text, by)
		return func() {
			if err != nil {
				p.r.s.host.Fail("Saving the private notes", err)
				return
			}
			if p.r.id == id {
				p.stored = text
				p.r.shown.note.Text, p.r.shown.note.There = text, strings.TrimSpace(text) != ""
				p.r.shown.draft.Private = nil
				if p.r.shown.note.There {
					p.r.shown.draft.Private = []string{text}
				}
				p.r.judge(p.r.editor.Text())
			}
		}
	})
}

// The shortest pasted words that are known again as those of the notes.
const (
	knownWords   = 4 // in a row
	knownLetters = 6 // of something shorter, all of which stands in the notes
)

// fromNotes reports whether words that came into the public draft at one stroke are those of the notes: four of them in a row, or all of them where
// they are fewer but tell something.
func fromNotes(pasted, notes string) bool {
	words, known := plainWords(pasted), " "+strings.Join(plainWords(notes), " ")+" "
	if len(words) == 0 || len(known) < 3 {
		return false
	}
	if len(words) < knownWords {
		text := strings.Join(words, " ")
		telling := len([]rune(text)) >= knownLetters || strings.ContainsFunc(text, unicode.IsDigit)
		return telling && strings.Contains(known, " "+text+" ")
	}
	for i := range len(words) - knownWords + 1 {
		if strings.Contains(known, " "+strings.Join(words[i:i+knownWords], " ")+" ") {
			return true
		}
	}
	return false
}

func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}

// inserted is what one change put into a text.
func inserted(before, after string) string {
	a, b := []rune(before), []rune(after)
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < len(a)-start && end < len(b)-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	return string(b[start : len(b)-end])
}
