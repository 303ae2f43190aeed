package inbox

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// understood is what the program made of a mention, as chips; each can be put right with one press.
func (r *reading) understood(m reviews.Mention) fyne.CanvasObject {
	chips := []fyne.CanvasObject{}
	feeling := mood(m.Sentiment)
	sentiment := kit.NewChip(kit.Capital(m.Sentiment), feeling.Tone())
	sentiment.OnTapped = func() { r.menu(sentiment, r.s.sentimentItems()) }
	chips = append(chips, sentiment)
	if m.Urgency != "" {
		urgency := kit.NewChip(kit.Capital(m.Urgency)+" urgency", urgencyTone(m.Urgency))
		urgency.OnTapped = func() { r.menu(urgency, r.s.urgencyItems()) }
		chips = append(chips, urgency)
	}
	for _, id := range m.Topics {
		chip := kit.NewChip(r.s.known().topic(id), kit.ToneNeutral)
		chip.OnTapped = func() { r.s.list.search("topic:" + id) }
		chip.OnRemoved = func() {
			r.s.setTopics(slices.DeleteFunc(slices.Clone(m.Topics), func(t string) bool { return t == id }))
		}
		chips = append(chips, chip)
	}
	add := kit.NewChip("+ Topic", kit.ToneNeutral)
	add.OnTapped = func() { r.menu(add, r.s.topicItems(m)) }
	chips = append(chips, add)
	chips = append(chips, r.tags(m)...)
	if m.Language != "" && m.Language != "en" && m.Language != "und" {
		chips = append(chips, kit.NewChip(languageName(m.Language), kit.ToneNeutral))
	}
	if len(m.Corrected) > 0 {
		chips = append(chips, kit.NewLabel("Corrected by hand", kit.Caption))
	}
	return kit.Flow(chips...)
}

func urgencyTone(urgency string) kit.Tone {
	if urgency == "medium" {
		return kit.ToneWarn
	}
	return kit.ToneBad
}

var languages = map[string]string{"es": "Spanish", "en": "English", "fr": "French", "de": "German", "pt": "Portuguese", "it": "Italian", "vi": "Vietnamese",
	"zh": "Chinese", "ar": "Arabic", "ru": "Russian", "ko": "Korean", "tl": "Tagalog", "pl": "Polish", "ja": "Japanese"}

func languageName(code string) string {
	if name, ok := languages[code]; ok {
		return name
	}
	return "Language: " + code
}

// menu opens choices beneath a chip.
func (r *reading) menu(under fyne.CanvasObject, items []*fyne.MenuItem) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(under); c != nil {
		widget.ShowPopUpMenuAtRelativePosition(fyne.NewMenu("", items...), c, fyne.NewPos(0, under.Size().Height), under)
	}
}

func (s *Screen) sentimentItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, to := range []string{"positive", "mixed", "negative"} {
		items = append(items, fyne.NewMenuItem(kit.Capital(to), s.correctSentiment(to)))
	}
	return items
}

func (s *Screen) urgencyItems() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, choice := range urgencies {
		items = append(items, fyne.NewMenuItem(choice.title, s.correctUrgency(choice.id)))
	}
	return items
}

var urgencies = []struct{ title, id string }{{"Critical", "critical"}, {"High", "high"}, {"Medium", "medium"}, {"Not urgent", ""}}

func (s *Screen) correctUrgency(to string) func() {
	return func() {
		s.act("Correcting", func(ctx context.Context, id int64, by actor) error {
			return s.deps.Life.Correct(ctx, id, reviews.Correction{Urgency: &to}, by)
		}, nil)
	}
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

func (s *Screen) setTopics(topics []string) {
	s.act("Correcting", func(ctx context.Context, id int64, by actor) error {
		return s.deps.Life.Correct(ctx, id, reviews.Correction{Topics: &topics}, by)
	}, nil)
}

// topicsDialog lists all topics to tick, for the keyboard.
func (s *Screen) topicsDialog() {
	m := s.reading.shown.mention
	chosen := slices.Clone(m.Topics)
	var checks []fyne.CanvasObject
	for _, t := range s.known().topics {
		check := widget.NewCheck(short(t.Label), nil)
		check.Checked = slices.Contains(chosen, t.ID)
		check.OnChanged = func(on bool) {
			chosen = slices.DeleteFunc(chosen, func(id string) bool { return id == t.ID })
			if on {
				chosen = append(chosen, t.ID)
			}
		}
		checks = append(checks, check)
	}
	content := kit.Column(theme.Space2, kit.Help("What a person ticks here stays, whatever the program thinks later."), kit.Grid(240, theme.Space1, checks...))
	s.host.Dialog("What is it about?", content, kit.Button{Title: "Save", Primary: true, Run: func() { s.setTopics(chosen) }}, kit.Button{Title: "Cancel"})
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

// urgencyDialog asks how urgent a mention is.
func (s *Screen) urgencyDialog() {
	titles := make([]string, len(urgencies))
	at := len(urgencies) - 1
	for i, u := range urgencies {
		titles[i] = u.title
		if u.id == s.reading.shown.mention.Urgency {
			at = i
		}
	}
	choice := kit.NewSegmented(titles, at, func(i int) { at = i })
	s.host.Dialog("How urgent is it?", kit.Column(theme.Space3, kit.Help("The response target follows the urgency."), choice),
		kit.Button{Title: "Save", Primary: true, Run: func() { s.correctUrgency(urgencies[at].id)() }}, kit.Button{Title: "Cancel"})
	s.host.Focus(choice)
}
