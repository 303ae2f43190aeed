// Package desk is what covers the window of a computer that several people share: the list of names to pick from, with the PIN of those who have one,
// or a plain cover that anybody who works here may lift. Nothing of any patient is in it.
package desk

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Person is somebody who may work here.
type Person struct {
	ID   int64
	Name string
	Job  string
	PIN  bool // they have one, and must give it
}

// Deps is what the cover stands on.
type Deps struct {
	People func(ctx context.Context) ([]Person, error)
	Check  func(ctx context.Context, id int64, pin string) error
	Enter  func(Person) // lifts the cover: this person works now
	Focus  func(fyne.Focusable)
}

// Desk asks who works.
type Desk struct {
	back   kit.Background
	deps   Deps
	states *kit.States
	people []Person
	found  []Person
	find   *kit.Search
	list   *fyne.Container
	busy   bool
}

// New makes the cover; nothing is read before Ask.
func New(back kit.Background, deps Deps) *Desk {
	d := &Desk{back: back, deps: deps, states: kit.NewStates()}
	d.find = kit.NewSearch("Your name", func(string) { d.fill() }, func(string) {
		if len(d.found) > 0 {
			d.pick(d.found[0])
		}
	})
	d.list = kit.Column(theme.Space1)
	return d
}

// Content is what lies over the window.
func (d *Desk) Content() fyne.CanvasObject { return face(d.states) }

// above is the free room over the content.
const above float32 = 120

// face sets content into the upper middle of an empty window.
func face(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(kit.Gap(above), nil, nil, nil, kit.Centered(content, 420))
}

// Ask reads who works here and shows the names.
func (d *Desk) Ask() {
	d.states.ShowLoading("Reading who works here")
	d.back.Run(func(ctx context.Context) func() {
		people, err := d.deps.People(ctx)
		return func() {
			if err != nil {
				d.states.ShowError("The staff list could not be read", err, d.Ask)
				return
			}
			if len(people) == 0 { // or nobody could ever enter anybody
				d.deps.Enter(Person{})
				return
			}
			d.people = people
			d.names()
		}
	})
}

// names shows the list to pick from.
func (d *Desk) names() {
	d.busy = false
	d.find.SetText("")
	d.fill()
	scroll := container.NewVScroll(kit.InsetXY(d.list, 0, 0))
	scroll.SetMinSize(fyne.NewSize(400, 380))
	d.states.ShowContent(kit.Column(theme.Space4, kit.NewLabel("Who is working?", kit.Title), kit.Help("Pick your name. What was on screen stays covered until then."), d.find, scroll))
	d.deps.Focus(d.find)
}

func (d *Desk) fill() {
	wanted := strings.ToLower(strings.TrimSpace(d.find.Text))
	d.list.Objects, d.found = nil, nil
	for _, p := range d.people {
		if wanted != "" && !strings.Contains(strings.ToLower(p.Name), wanted) {
			continue
		}
		d.found = append(d.found, p)
		var icon fyne.Resource
		if p.PIN {
			icon = theme.IconIn("lock", theme.Secondary)
		}
		name := kit.NewQuiet(p.Name, icon, func() { d.pick(p) })
		name.Alignment = widget.ButtonAlignLeading
		d.list.Add(kit.Line(theme.Space3, kit.NewAvatar(p.Name, 32), kit.Fill(name)))
	}
	if len(d.found) == 0 {
		d.list.Add(kit.Help("Nobody of that name works here. The owner or a manager enters people under Settings."))
	}
	d.list.Refresh()
}

// pick takes a name; who has a PIN gives it.
func (d *Desk) pick(p Person) {
	if !p.PIN {
		d.deps.Enter(p)
		return
	}
	pin := kit.NewEntry("PIN")
	pin.Password = true
	field := kit.NewField("PIN of "+p.Name, "Forgotten? The owner or a manager takes it away under Settings, People.", pin)
	form := kit.Column(theme.Space4)
	try := func() { d.try(p, pin, field, form.Refresh) }
	pin.OnSubmitted = func(string) { try() }
	form.Objects = []fyne.CanvasObject{kit.Line(theme.Space3, kit.NewAvatar(p.Name, 40), kit.Fill(kit.NewLabel(p.Name, kit.Title).Ellipsis())), field,
		kit.Line(theme.Space2, kit.NewPrimary("Begin", nil, try), kit.NewButton("Another name", nil, d.names))}
	d.states.ShowContent(form)
	d.deps.Focus(pin)
}

func (d *Desk) try(p Person, pin *kit.Entry, field *kit.Field, again func()) {
	if d.busy {
		return
	}
	d.busy = true
	given := pin.Text
	pin.SetText("")
	d.back.Run(func(ctx context.Context) func() {
		err := d.deps.Check(ctx, p.ID, given)
		return func() {
			d.busy = false
			if err != nil {
				field.SetErr(err)
				again()
				d.deps.Focus(pin)
				return
			}
			d.deps.Enter(p)
		}
	})
}

// Cover is the plain cover, lifted by its button; how says in a few words how else.
func Cover(how string, lift func()) fyne.CanvasObject {
	return face(kit.Column(theme.Space4, container.NewCenter(widget.NewIcon(theme.IconIn("eye-off", theme.Secondary))), container.NewCenter(kit.NewLabel("Covered", kit.Title)), container.NewCenter(kit.NewLabel(how, kit.Secondary)),
		container.NewCenter(kit.NewPrimary("Show the screen", theme.Icon("eye"), lift))))
}
