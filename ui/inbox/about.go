package inbox

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
)

// aboutChips name whom of the practice a mention speaks of, and ask where a name fits several. They are for the practice alone.
func (r *reading) aboutChips(m reviews.Mention) []fyne.CanvasObject {
	var chips []fyne.CanvasObject
	said := slices.Contains(m.Corrected, "people")
	for _, id := range r.shown.about {
		name := r.s.known().person(id)
		title := "About " + name
		if !said && slices.Contains(r.shown.meant.Probably, id) {
			title = "Probably about " + name
		}
		chip := kit.NewChip(title, kit.ToneNeutral)
		chip.OnTapped = func() {
			r.s.list.search(reviews.Query{Terms: []reviews.Term{{Field: "about", Values: []string{name}}}}.String())
		}
		chip.OnRemoved = func() {
			r.s.setPeople(slices.DeleteFunc(slices.Clone(r.shown.about), func(other int64) bool { return other == id }))
		}
		chips = append(chips, chip)
	}
	if said {
		return chips
	}
	for _, ids := range r.shown.meant.Either {
		var names []string
		var items []*fyne.MenuItem
		for _, id := range ids {
			names = append(names, r.s.known().person(id))
			items = append(items, fyne.NewMenuItem(names[len(names)-1], func() { r.s.setPeople(append(slices.Clone(r.shown.about), id)) }))
		}
		items = append(items, fyne.NewMenuItem("None of them", func() { r.s.setPeople(slices.Clone(r.shown.about)) }))
		chip := kit.NewChip("About "+strings.Join(names, " or ")+"?", kit.ToneWarn)
		chip.OnTapped = func() { r.menu(chip, items) }
		chips = append(chips, chip)
	}
	return chips
}

// setPeople keeps whom a mention speaks of as a person says it; Undo brings back what stood there.
func (s *Screen) setPeople(people []int64) {
	before, about := s.reading.shown.mention.Understood, s.reading.shown.about
	said := "Corrected: it is about nobody of the practice."
	if len(people) > 0 {
		names := make([]string, len(people))
		for i, id := range people {
			names[i] = s.known().person(id)
		}
		said = "Corrected: it is about " + strings.Join(names, ", ") + "."
	}
	s.act("Correcting", func(ctx context.Context, id int64, by actor) error {
		return s.deps.Life.Correct(ctx, id, reviews.Correction{People: &people}, by)
	}, func(id int64) {
		s.undo(said, "Taking it back", func(ctx context.Context, by actor) error {
			if slices.Contains(before.Corrected, "people") {
				return s.deps.Life.Correct(ctx, id, reviews.Correction{People: &about}, by)
			}
			return s.deps.Life.TakeBack(ctx, id, before, by)
		})
	})
}

// mostNumbered is how many people have a digit of their own.
const mostNumbered = 9

// peopleDialog asks whom of the practice a mention speaks of: first those whose name stands in it, then the others who work here.
func (s *Screen) peopleDialog() {
	about := s.reading.shown.about
	var ids []int64
	for _, list := range append([][]int64{about}, s.reading.shown.meant.Either...) {
		ids = append(ids, list...)
	}
	for _, p := range s.known().staff() {
		ids = append(ids, p.ID)
	}
	choices := []choice{{'0', "Nobody of the practice", len(about) == 0, func() { s.setPeople(nil) }}}
	for _, id := range ids {
		name := s.known().person(id)
		if len(choices) > mostNumbered || slices.ContainsFunc(choices, func(c choice) bool { return c.title == name }) {
			continue
		}
		choices = append(choices, choice{rune('0' + len(choices)), name, slices.Contains(about, id), func() { s.setPeople([]int64{id}) }})
	}
	s.choose("Whom of the practice does it speak of?", "This is for the practice alone and is never shown outside.", choices)
}
