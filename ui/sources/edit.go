package sources

import (
	"context"
	"strings"

	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// editing is the form of a source that is there: what its kind asks for, and what a person may set of any.
type editing struct {
	screen      *Screen
	source      reviews.Source
	inputs      []*input
	name, match *kit.Entry
	nameField   *kit.Field
	fault       *kit.Field
	often       *widget.Select
	all, inside *widget.Check
	close       func()
}

// edit changes what a person may set.
func (d *detail) edit() {
	s, source := d.screen, d.source
	if !changeable(source) {
		return
	}
	kind := kindOf(source.Kind)
	e := &editing{screen: s, source: source, name: kit.NewEntry(""), match: kit.NewEntry(placeholder(d.watched))}
	e.inputs = inputsOf(kind, collect.Filled(source), s.keeper(), source.Secret != "", func() {}, e.save)
	e.name.SetText(source.Name)
	e.match.SetText(strings.Join(source.Match, ", "))
	e.often = kit.NewSelect(everyTitles(source.Every), nil)
	e.often.SetSelected(everyTitle(source.Every))
	e.all = widget.NewCheck("Everything it says is about us", nil)
	e.all.SetChecked(source.All)
	e.inside = widget.NewCheck("The address is inside our own network", nil)
	e.inside.SetChecked(source.AllowPrivate)
	e.nameField = kit.NewField("Name", "", e.name)
	parts := append(framesOf(e.inputs), e.nameField)
	parts[0], parts[len(parts)-1] = parts[len(parts)-1], parts[0] // the name first
	if visited(source) {
		parts = append(parts, kit.NewField("How often", "", e.often), kit.NewField("Watch words", "Separated by commas. An entry counts if it has one of them.", e.match), kit.Column(0, e.all, e.inside))
	}
	e.fault = kit.NewField("", "", kit.Gap(0))
	parts = append(parts, e.fault)
	e.name.OnSubmitted = func(string) { e.save() }
	e.match.OnSubmitted = e.name.OnSubmitted
	e.close = s.host.Dialog("Change the source", kit.MinWidth(kit.Column(theme.Space4, parts...), 520), kit.Button{Title: "Cancel"}, kit.Button{Title: "Save", Primary: true, Stay: true, Run: e.save})
	s.host.Focus(e.name)
}

// save stores the form and leaves it open with a sentence when that is refused.
func (e *editing) save() {
	s, by := e.screen, e.screen.actor()
	if strings.TrimSpace(e.name.Text) == "" {
		e.nameField.SetError("A source needs a name.")
		return
	}
	if in := missing(e.inputs, e.source.Secret != ""); in != nil {
		s.host.Focus(in.focusable())
		return
	}
	source, values := e.source, filled(e.inputs)
	source.Name, source.Match = strings.TrimSpace(e.name.Text), words(e.match.Text)
	source.Every, source.All, source.AllowPrivate = everyMinutes(e.often.Selected, source.Every), e.all.Checked, e.inside.Checked
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Collector.Change(ctx, source, values, by)
		return func() {
			if err != nil {
				e.fault.SetErr(err)
				return
			}
			e.close()
			s.reload()
		}
	})
}
