package inbox

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// correct puts a person's judgement in the place of the program's, which learns from it; Undo brings back what stood there.
func (s *Screen) correct(c reviews.Correction, said string) {
	before := s.reading.shown.mention.Understood
	s.act("Correcting", func(ctx context.Context, id int64, by actor) error { return s.deps.Life.Correct(ctx, id, c, by) }, func(id int64) {
		s.undo(said, "Taking it back", func(ctx context.Context, by actor) error { return s.deps.Life.TakeBack(ctx, id, before, by) })
	})
}

var feelings = []struct {
	key       rune
	sentiment string
}{{'n', "negative"}, {'m', "mixed"}, {'p', "positive"}}

func (s *Screen) correctSentiment(to string) func() {
	return func() { s.correct(reviews.Correction{Sentiment: &to}, "Corrected: it is "+to+".") }
}

var urgencies = []struct {
	key       rune
	title, id string
}{{'c', "Critical", "critical"}, {'h', "High", "high"}, {'m', "Medium", "medium"}, {'n', "Not urgent", ""}}

func (s *Screen) correctUrgency(to string) func() {
	return func() {
		said := "Corrected: it is not urgent."
		if to != "" {
			said = "Corrected: its urgency is " + to + "."
		}
		s.correct(reviews.Correction{Urgency: &to}, said)
	}
}

func (s *Screen) setTopics(topics []string) {
	said := "Corrected: it is about nothing in particular."
	if len(topics) > 0 {
		labels := make([]string, len(topics))
		for i, id := range topics {
			labels[i] = s.known().topic(id)
		}
		said = "Corrected: it is about " + strings.Join(labels, ", ") + "."
	}
	s.correct(reviews.Correction{Topics: &topics}, said)
}

// correctDialog asks what is right: the feeling by one letter, the rest by the dialogs of T and G.
func (s *Screen) correctDialog() {
	m := s.reading.shown.mention
	var choices []choice
	for _, f := range feelings {
		choices = append(choices, choice{f.key, "It is " + f.sentiment, f.sentiment == m.Sentiment, s.correctSentiment(f.sentiment)})
	}
	choices = append(choices, choice{'t', "It is about something else …", false, s.topicsDialog}, choice{'g', "It is more or less urgent …", false, s.urgencyDialog},
		choice{'k', "It is of another kind …", false, s.kindDialog}, choice{'s', "It speaks of somebody else …", false, s.peopleDialog})
	s.choose("What is right?", "Your answer stays, whatever the program thinks later, and it learns from it.", choices)
}

// urgencyDialog asks how urgent a mention is.
func (s *Screen) urgencyDialog() {
	m := s.reading.shown.mention
	var choices []choice
	for _, u := range urgencies {
		choices = append(choices, choice{u.key, u.title, u.id == m.Urgency, s.correctUrgency(u.id)})
	}
	s.choose("How urgent is it?", "The response target follows the urgency.", choices)
}

// kinds are the kinds of mentions with the letters that give them.
var kinds = []struct {
	key  rune
	kind classify.Kind
}{{'p', classify.Praise}, {'o', classify.Operational}, {'c', classify.Clinical}, {'q', classify.Question}, {'m', classify.Misinformation}, {'s', classify.Spam},
	{'f', classify.SuspectedFake}, {'e', classify.Employment}}

// kindDialog asks what kind of mention it is.
func (s *Screen) kindDialog() {
	m := s.reading.shown.mention
	var choices []choice
	for _, k := range kinds {
		to := string(k.kind)
		choices = append(choices, choice{k.key, kit.Capital(to), to == m.Kind, func() { s.correct(reviews.Correction{Kind: &to}, "Corrected: its kind is "+to+".") }})
	}
	s.choose("What kind of mention is it?", "The kind tells who looks after it.", choices)
}

// choose shows answers to a question; one of them closes it.
func (s *Screen) choose(question, help string, choices []choice) {
	var closeIt func()
	for i := range choices {
		run := choices[i].run
		choices[i].run = func() {
			closeIt()
			run()
		}
	}
	list := newChooser(choices)
	closeIt = s.host.Dialog(question, kit.MinWidth(kit.Column(theme.Space3, kit.Help(help), list), 360), kit.Button{Title: "Cancel"})
	s.host.Focus(list)
}

// topicsDialog offers all topics to tick. What is typed narrows them down; Return ticks the first, and with nothing typed it saves.
func (s *Screen) topicsDialog() {
	chosen := slices.Clone(s.reading.shown.mention.Topics)
	topics := s.known().topics
	grid := kit.Grid(240, theme.Space1)
	turn := func(id string) {
		if i := slices.Index(chosen, id); i >= 0 {
			chosen = slices.Delete(chosen, i, i+1)
		} else {
			chosen = append(chosen, id)
		}
	}
	fitting := func(typed string) []classify.Topic {
		return slices.DeleteFunc(slices.Clone(topics), func(t classify.Topic) bool { return !named(t, typed) })
	}
	show := func(typed string) {
		grid.Objects = nil
		for _, t := range fitting(typed) {
			check := widget.NewCheck(short(t.Label), func(bool) { turn(t.ID) })
			check.Checked = slices.Contains(chosen, t.ID)
			grid.Add(check)
		}
		grid.Refresh()
	}
	var closeIt func()
	save := func() {
		closeIt()
		s.setTopics(chosen)
	}
	entry := kit.NewEntry("Type the beginning of a topic")
	entry.OnChanged = show
	entry.OnSubmitted = func(typed string) {
		if typed == "" {
			save()
			return
		}
		if fits := fitting(typed); len(fits) > 0 {
			turn(fits[0].ID)
			entry.SetText("")
		}
	}
	show("")
	content := kit.Column(theme.Space3, kit.Help("What you tick here stays, whatever the program thinks later."), entry, grid)
	closeIt = s.host.Dialog("What is it about?", kit.MinWidth(content, 560), kit.Button{Title: "Save", Primary: true, Stay: true, Run: save}, kit.Button{Title: "Cancel"})
	s.host.Focus(entry)
}

// named reports whether a word of a topic's name begins as typed.
func named(t classify.Topic, typed string) bool {
	typed = strings.ToLower(strings.TrimSpace(typed))
	label := strings.ToLower(t.Label)
	if strings.HasPrefix(label, typed) {
		return true
	}
	return strings.Contains(label, " "+typed)
}

// widestTopic is how many letters of a topic fit into a column of the dialog.
const widestTopic = 30

func short(label string) string {
	letters := []rune(label)
	if len(letters) <= widestTopic {
		return label
	}
	return strings.TrimRight(string(letters[:widestTopic]), " ,") + "…"
}

// menu opens choices beneath a chip.
func (r *reading) menu(under fyne.CanvasObject, items []*fyne.MenuItem) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(under); c != nil {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, under.Size().Height), under)
	}
}

func (s *Screen) sentimentItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, f := range feelings {
		items = append(items, fyne.NewMenuItem(kit.Capital(f.sentiment), s.correctSentiment(f.sentiment)))
	}
	return items
}

func (s *Screen) urgencyItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, u := range urgencies {
		items = append(items, fyne.NewMenuItem(u.title, s.correctUrgency(u.id)))
	}
	return items
}

// topicItems offers the topics that the mention does not have yet.
func (s *Screen) topicItems(m reviews.Mention) []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, t := range s.known().topics {
		if !slices.Contains(m.Topics, t.ID) {
			items = append(items, fyne.NewMenuItem(t.Label, func() { s.setTopics(append(slices.Clone(m.Topics), t.ID)) }))
		}
	}
	return items
}
