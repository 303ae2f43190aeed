package inbox

import (
	"slices"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// understood is what the program made of a mention, as chips; each can be put right with one press.
func (r *reading) understood(m reviews.Mention) fyne.CanvasObject {
	judged := r.shown.judged
	title := kit.Capital(m.Sentiment)
	if !slices.Contains(m.Corrected, "sentiment") && judged.Sentiment != classify.NotJudged && string(judged.Sentiment) == m.Sentiment {
		title += " · " + sure(judged.Confidence)
	}
	sentiment := kit.NewChip(title, mood(m.Sentiment).Tone())
	sentiment.OnTapped = func() { r.menu(sentiment, r.s.sentimentItems()) }
	chips := []fyne.CanvasObject{sentiment}
	if m.Urgency != "" {
		urgency := kit.NewChip(kit.Capital(m.Urgency)+" urgency", urgencyTone(m.Urgency))
		urgency.OnTapped = func() { r.menu(urgency, r.s.urgencyItems()) }
		chips = append(chips, urgency)
	}
	if m.Kind != "" {
		kind := kit.NewChip(kit.Capital(m.Kind), kit.ToneNeutral)
		kind.OnTapped = func() {
			r.s.list.search(reviews.Query{Terms: []reviews.Term{{Field: "kind", Values: []string{m.Kind}}}}.String())
		}
		chips = append(chips, kind)
	}
	for _, id := range m.Topics {
		chips = append(chips, r.topicChip(m, id))
	}
	add := kit.NewChip("+ Topic", kit.ToneNeutral)
	add.OnTapped = func() { r.menu(add, r.s.topicItems(m)) }
	chips = append(chips, add)
	chips = append(chips, r.aboutChips(m)...)
	chips = append(chips, r.tags(m)...)
	if m.Language != "" && m.Language != "en" && m.Language != "und" {
		chips = append(chips, kit.NewChip(languageName(m.Language), kit.ToneNeutral))
	}
	if len(m.Corrected) > 0 {
		chips = append(chips, kit.NewLabel("Corrected by hand", kit.Caption))
	}
	why := kit.NewChip("Why?", kit.ToneAccent)
	why.OnTapped = r.s.toggleWhy
	parts := []fyne.CanvasObject{kit.Flow(append(chips, why)...)}
	if text := disagreement(m, judged); text != "" {
		parts = append(parts, kit.NewBanner(kit.ToneWarn, text))
	}
	if r.why {
		parts = append(parts, r.reasons(m))
	}
	return kit.Column(theme.Space2, parts...)
}

// topicChip is a topic with the feeling of the sentences that speak of it.
func (r *reading) topicChip(m reviews.Mention, id string) fyne.CanvasObject {
	name, tone := r.s.known().topic(id), kit.ToneNeutral
	for _, t := range r.shown.judged.Topics {
		if t.ID == id && t.Polarity != classify.Mixed {
			name, tone = sign(t.Polarity)+name, feelingTone(t.Polarity)
		}
	}
	chip := kit.NewChip(name, tone)
	chip.OnTapped = func() { r.s.list.search("topic:" + id) }
	chip.OnRemoved = func() {
		r.s.setTopics(slices.DeleteFunc(slices.Clone(m.Topics), func(t string) bool { return t == id }))
	}
	return chip
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
