package settings

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
)

// practiceForm is a pane that edits a part of the practice. It is never filled over what is being typed.
type practiceForm struct {
	screen *Screen
	states *kit.States
	read   reading
	part   string                  // "the office hours"
	fill   func(practice.Practice) // puts what is stored into the entries
	store  func()                  // checks the entries and keeps them
	save   *widget.Button
	form   fyne.CanvasObject

	dirty, filling bool
}

func (p *practiceForm) content() fyne.CanvasObject { return p.states }

func (p *practiceForm) commands() []kit.Command {
	return []kit.Command{{Title: "Save " + p.part, Key: "Ctrl+S", Run: func() { p.store() }, Enabled: func() bool { return p.dirty }}}
}

func (p *practiceForm) touched() {
	if !p.filling {
		p.dirty = true
		p.save.Enable()
	}
}

func (p *practiceForm) load() {
	if p.dirty {
		return
	}
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		found, err := p.screen.deps.Practices.Get(ctx)
		return func() {
			if err != nil {
				p.states.ShowError(kit.Capital(p.part)+" could not be read", err, p.load)
				return
			}
			p.filling = true
			p.fill(found)
			p.filling = false
			p.save.Disable()
			p.states.ShowContent(p.form)
		}
	})
}

// refuse says that nothing was kept; the fields say why.
func (p *practiceForm) refuse() { p.screen.host.Toast("Not saved: something above needs a look.") }

// keep saves a part of the practice and leaves the rest as it stands. set runs in the background and reads no widget.
func (p *practiceForm) keep(set func(*practice.Practice)) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.change(ctx, by, set)
		return func() {
			if err != nil {
				p.screen.host.Fail("Saving "+p.part, err)
				return
			}
			p.dirty = false
			p.screen.told()
			p.screen.host.Toast("Saved.")
		}
	})
}

func (s *Screen) change(ctx context.Context, by audit.Actor, set func(*practice.Practice)) error {
	found, err := s.deps.Practices.Get(ctx)
	if err != nil {
		return err
	}
	set(&found)
	return s.deps.Practices.Save(ctx, found, by)
}

// ask shows the form of a place or a person. check is told to take over the entries and reports whether they can be kept; keep stores them, and
// what it refuses is said under the name.
func (s *Screen) ask(title string, content fyne.CanvasObject, name *kit.Field, first *kit.Entry, check func() bool, keep func(context.Context, audit.Actor) error) {
	s.askThen(title, content, name, first, check, keep, func() { s.host.Toast("Saved.") })
}

// askThen is ask with something to do once it is kept.
func (s *Screen) askThen(title string, content fyne.CanvasObject, name *kit.Field, first *kit.Entry, check func() bool, keep func(context.Context, audit.Actor) error, done func()) {
	var shut func()
	save := func() {
		if !check() {
			return
		}
		by := s.actor()
		s.back.Run(func(ctx context.Context) func() {
			err := keep(ctx, by)
			return func() {
				name.SetErr(err)
				if err == nil {
					shut()
					s.told()
					done()
				}
			}
		})
	}
	shut = s.host.Dialog(title, content, kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save})
	s.host.Focus(first)
}
