package settings

import (
	"context"

	"fyne.io/fyne/v2"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// pinPart is what the form of a person says of their PIN: their own they set, that of others can be taken away.
func (p *peoplePane) pinPart(person practice.Person) fyne.CanvasObject {
	me, _ := p.screen.host.Who()
	words := "No PIN yet. " + person.Name + " sets one when working under this name."
	parts := kit.Line(theme.Space2)
	if p.pins[person.ID] {
		words = "A PIN is set."
		parts.Add(kit.NewButton("Take the PIN away", nil, func() { p.resetPIN(person) }))
	}
	if person.ID == me {
		title := "Set my PIN"
		if p.pins[person.ID] {
			title = "Change my PIN"
		} else {
			words = "No PIN yet."
		}
		parts.Add(kit.NewButton(title, theme.Icon("lock"), func() { p.setPIN(person) }))
	}
	return kit.NewGroup("PIN", kit.Column(theme.Space2, kit.Help(words), parts))
}

func (p *peoplePane) resetPIN(person practice.Person) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := p.screen.deps.People.ResetPIN(ctx, person.ID, by)
		return func() {
			if err != nil {
				p.screen.host.Fail("Taking the PIN away", err)
				return
			}
			p.screen.told()
			p.screen.host.Toast(person.Name + " has no PIN now, and can set another. This is on record.")
		}
	})
}

// setPIN asks for the old PIN, where there is one, and twice for the new.
func (p *peoplePane) setPIN(person practice.Person) {
	by := p.screen.actor()
	old, pin, again := kit.NewEntry(""), kit.NewEntry(""), kit.NewEntry("")
	for _, e := range []*kit.Entry{old, pin, again} {
		e.Password = true
	}
	pinField := kit.NewField("New PIN", "Four to twelve digits. After a few wrong tries the program makes everybody wait, longer each time.", pin)
	againField := kit.NewField("Once more", "", again)
	form := kit.Column(theme.Space4)
	first := pin
	if p.pins[person.ID] {
		form.Add(kit.NewField("The PIN so far", "", old))
		first = old
	}
	form.Add(pinField)
	form.Add(againField)
	var shut func()
	shut = p.screen.host.Dialog("PIN of "+person.Name, kit.MaxWidth(form, 420), kit.Button{Title: "Cancel"}, kit.Button{Title: "Set the PIN", Primary: true, Stay: true, Run: func() {
		againField.SetError("")
		if pin.Text != again.Text {
			againField.SetError("The two are not the same.")
			return
		}
		before, next := old.Text, pin.Text
		p.screen.back.Run(func(ctx context.Context) func() {
			err := p.screen.deps.People.SetPIN(ctx, person.ID, before, next, by)
			return func() {
				pinField.SetErr(err)
				if err == nil {
					shut()
					p.screen.told()
					p.screen.host.Toast("The PIN is set.")
				}
			}
		})
	}})
	p.screen.host.Focus(first)
}
