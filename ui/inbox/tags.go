package inbox

import (
	"context"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// tags are the tags of a mention as chips. A press finds the others that have it, the cross takes it away.
func (r *reading) tags(m reviews.Mention) []fyne.CanvasObject {
	var chips []fyne.CanvasObject
	for _, tag := range m.Tags {
		chip := kit.NewChip("#"+tag, kit.ToneAccent)
		chip.OnTapped = func() { r.s.list.search("tag:" + tag) }
		chip.OnRemoved = func() { r.s.setTags(slices.DeleteFunc(slices.Clone(m.Tags), func(t string) bool { return t == tag })) }
		chips = append(chips, chip)
	}
	add := kit.NewChip("+ Tag", kit.ToneNeutral)
	add.OnTapped = func() { r.menu(add, r.s.tagItems(m)) }
	return append(chips, add)
}

// fewTags is how many tags the menu of a chip offers; the dialog takes any.
const fewTags = 12

// tagItems offers the tags that other mentions have, and the way to a new one.
func (s *Screen) tagItems(m reviews.Mention) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, tag := range s.views.tags {
		if !slices.Contains(m.Tags, tag) && len(items) < fewTags {
			items = append(items, fyne.NewMenuItem(tag, func() { s.setTags(append(slices.Clone(m.Tags), tag)) }))
		}
	}
	return append(items, fyne.NewMenuItem("Another… (L)", s.tagsDialog))
}

// tagsDialog asks for all tags of the open mention in one line, for the keyboard.
func (s *Screen) tagsDialog() {
	m := s.reading.shown.mention
	entry := kit.NewEntry("billing-office, call-back")
	entry.SetText(strings.Join(m.Tags, ", "))
	entry.CursorColumn = len([]rune(entry.Text))
	field := kit.NewField("Tags", "With commas between them. A tag is a word or two.", entry)
	content := kit.Column(theme.Space3, field)
	var known []fyne.CanvasObject
	for _, tag := range s.views.tags[:min(len(s.views.tags), fewTags)] {
		chip := kit.NewChip("+ "+tag, kit.ToneNeutral)
		chip.OnTapped = func() { entry.SetText(strings.Join(append(tagsIn(entry.Text), tag), ", ")) }
		known = append(known, chip)
	}
	if len(known) > 0 {
		content.Add(kit.Flow(known...))
	}
	var closeIt func()
	save := func() {
		closeIt()
		s.setTags(tagsIn(entry.Text))
	}
	entry.OnSubmitted = func(string) { save() }
	closeIt = s.host.Dialog("Tag it", content, kit.Button{Title: "Save", Primary: true, Stay: true, Run: save}, kit.Button{Title: "Cancel"})
	s.host.Focus(entry)
}

// tagsIn takes a line with tags apart.
func tagsIn(text string) []string {
	var tags []string
	for tag := range strings.SplitSeq(text, ",") {
		if tag = reviews.TidyTag(tag); tag != "" && !slices.Contains(tags, tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// setTags gives the open mention these tags and no others.
func (s *Screen) setTags(wanted []string) {
	had := s.reading.shown.mention.Tags
	s.act("Tagging", func(ctx context.Context, id int64, by actor) error {
		for _, tag := range had {
			if !slices.Contains(wanted, tag) {
				if err := s.deps.Life.Tag(ctx, id, tag, false, by); err != nil {
					return err
				}
			}
		}
		for _, tag := range wanted {
			if !slices.Contains(had, tag) {
				if err := s.deps.Life.Tag(ctx, id, tag, true, by); err != nil {
					return err
				}
			}
		}
		return nil
	}, func(int64) { s.views.reload() })
}

// hold puts the open mention under legal hold, or releases it; Undo does the other.
func (s *Screen) hold() {
	on := s.reading.shown.mention.Held.IsZero()
	done := "Under legal hold: nothing of it is deleted"
	if !on {
		done = "Released from legal hold"
	}
	s.act("Changing the legal hold", func(ctx context.Context, id int64, by actor) error { return s.deps.Life.Hold(ctx, id, on, by) }, func(id int64) {
		s.undo(done, "Taking it back", func(ctx context.Context, by actor) error { return s.deps.Life.Hold(ctx, id, !on, by) })
	})
}

// keeping says how long the words of a mention stay, where that is not for good.
func keeping(m reviews.Mention, zone *time.Location) []fyne.CanvasObject {
	switch {
	case !m.Held.IsZero():
		return []fyne.CanvasObject{kit.NewChip("Legal hold", kit.ToneWarn)}
	case !m.Expires.IsZero():
		return []fyne.CanvasObject{kit.NewChip("Words go on "+m.Expires.In(zone).Format("2 January"), kit.ToneNeutral)}
	}
	return nil
}

// wordless says why there are no words.
func wordless(m reviews.Mention, zone *time.Location) string {
	if m.Purged.IsZero() {
		return "A rating without words."
	}
	return "Its words were cleared on " + onDay(m.Purged, false, zone) + ", because the site lets them be kept only for a time."
}
