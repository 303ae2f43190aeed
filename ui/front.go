package ui

import (
	"context"
	"time"

	"goodword/internal/practice"
	"goodword/ui/desk"
	"goodword/ui/kit"
)

// guardEvery is how often the window looks whether anybody is still there.
const guardEvery = 5 * time.Second

// front guards a computer that several people share: it covers the window, and asks who works.
type front struct {
	rules   practice.Desk
	touched time.Time // when somebody last did something
	typed   string
	asked   bool // what passed while the program was closed was spoken of
	away    bool // the cover came because another window is in front, and goes by itself
}

// coverByUser is Ctrl+L: a computer that several people share asks who works, another is only covered.
func (w *Window) coverByUser() {
	if w.house == nil {
		return
	}
	if w.front.rules.On {
		w.lock()
		return
	}
	w.blur("Enter or Ctrl+L shows it again")
}

// lock covers the window and asks who works.
func (w *Window) lock() {
	h := w.house
	d := desk.New(w.options.Background, desk.Deps{Focus: w.shell.Focus, Check: func(ctx context.Context, id int64, pin string) error { return h.Practices.CheckPIN(ctx, id, pin) },
		People: w.deskPeople, Enter: func(p desk.Person) {
			w.front.away = false
			w.shell.Uncover()
			w.ask()
			if id, _ := w.shell.Who(); p.ID != 0 && id != p.ID {
				w.shell.setPersonByUser(Person{ID: p.ID, Name: p.Name, Role: p.Job})
			}
		}})
	w.front.away = false
	w.shell.Cover(d.Content())
	d.Ask()
}

// ask lets the screens ask, once, about what passed while the program was closed. A covered window asks when somebody has come.
func (w *Window) ask() {
	if w.front.asked {
		return
	}
	w.front.asked = true
	for _, screen := range w.shell.screens {
		if s, ok := screen.(interface{ Ask() }); ok {
			s.Ask()
		}
	}
}

// blur covers the window without asking anything.
func (w *Window) blur(how string) {
	lift := func() {
		w.front.away = false
		w.shell.Uncover()
	}
	w.shell.Cover(desk.Cover(how, lift), kit.Command{Title: "Show the screen", Key: "Ctrl+L", Run: lift}, kit.Command{Title: "Show the screen", Key: "Enter", Run: lift})
}

func (w *Window) deskPeople(ctx context.Context) ([]desk.Person, error) {
	people, err := w.people(ctx)
	if err != nil {
		return nil, err
	}
	have, err := w.house.Practices.HavePIN(ctx)
	if err != nil {
		return nil, err
	}
	var all []desk.Person
	for _, p := range people {
		all = append(all, desk.Person{ID: p.ID, Name: p.Name, Job: p.Role, PIN: have[p.ID]})
	}
	return all, nil
}

// enter asks for the PIN of somebody who was picked from the list of people, before they work.
func (w *Window) enter(p Person, then func()) {
	h := w.house
	w.options.Background.Run(func(ctx context.Context) func() {
		have, err := h.Practices.HavePIN(ctx)
		return func() {
			switch {
			case err != nil:
				w.shell.Fail("Looking for the PIN", err)
			case have[p.ID]:
				w.askPIN(p, then)
			default:
				then()
			}
		}
	})
}

func (w *Window) askPIN(p Person, then func()) {
	h := w.house
	pin := kit.NewEntry("PIN")
	pin.Password = true
	field := kit.NewField("PIN", "Forgotten? The owner or a manager takes it away under Settings, People.", pin)
	var shut func()
	try := func() {
		given := pin.Text
		w.options.Background.Run(func(ctx context.Context) func() {
			err := h.Practices.CheckPIN(ctx, p.ID, given)
			return func() {
				field.SetErr(err)
				if err == nil {
					shut()
					then()
				}
			}
		})
	}
	pin.OnSubmitted = func(string) { try() }
	shut = w.shell.Dialog(p.Name, field, kit.Button{Title: "Cancel"}, kit.Button{Title: "Begin", Primary: true, Stay: true, Run: try})
}

// left covers the window while another is in front, where the practice wants that.
func (w *Window) left() {
	if w.house != nil && w.front.rules.Blur && !w.shell.Covered() {
		w.blur("It shows again when you come back")
		w.front.away = true
	}
}

// back lifts the cover that came with another window.
func (w *Window) back() {
	if w.front.away {
		w.front.away = false
		w.shell.Uncover()
	}
}

// heed reads how the screen is guarded, at the start and when the practice changed it.
func (w *Window) heed() {
	h := w.house
	if h == nil {
		return
	}
	w.options.Background.Run(func(ctx context.Context) func() {
		rules, err := h.Practices.Desk(ctx)
		if err != nil {
			return func() { w.shell.Fail("Reading how the screen is guarded", err) }
		}
		return func() { w.front.rules = rules }
	})
}

// stirred notes that somebody is there.
func (w *Window) stirred() { w.front.touched = w.options.Now() }

// Idle locks the window when nobody has touched it for the time that the practice has set.
func (w *Window) Idle() {
	if typed := w.shell.Typed(); typed != w.front.typed {
		w.front.typed = typed
		w.stirred()
	}
	rules := w.front.rules
	if w.house == nil || !rules.On || rules.Minutes == 0 || w.shell.Covered() && !w.front.away {
		return
	}
	if w.options.Now().Sub(w.front.touched) >= time.Duration(rules.Minutes)*time.Minute {
		w.lock()
	}
}

// keepWatch looks every few seconds whether anybody is there, as long as this practice is open.
func (w *Window) keepWatch() {
	h := w.house
	w.options.Background.Run(func(ctx context.Context) func() {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(guardEvery):
		}
		return func() {
			if w.house == h {
				w.Idle()
				w.keepWatch()
			}
		}
	})
}
