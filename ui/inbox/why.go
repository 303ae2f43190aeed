package inbox

import (
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// toggleWhy shows or hides why the program thinks what it thinks of the open mention.
func (s *Screen) toggleWhy() {
	s.reading.why = !s.reading.why
	s.reading.render()
}

// sure says in words how sure the program is.
func sure(confidence float64) string {
	switch {
	case confidence >= 0.8:
		return "sure"
	case confidence >= 0.6:
		return "fairly sure"
	}
	return "not sure"
}

// feelingTone is the colour of a feeling.
func feelingTone(f classify.Sentiment) kit.Tone { return mood(string(f)).Tone() }

// sign stands before a topic, so that its feeling is told without colour too.
func sign(f classify.Sentiment) string {
	switch f {
	case classify.Negative:
		return "− "
	case classify.Positive:
		return "+ "
	}
	return ""
}

// disagreement says plainly that the stars and the words part; empty when they do not.
func disagreement(m reviews.Mention, judged classify.Result) string {
	if !judged.Disagrees || m.Stars == 0 {
		return ""
	}
	stars := "One star"
	if m.Stars > 1 {
		stars = []string{"", "", "Two", "Three", "Four", "Five"}[m.Stars] + " stars"
	}
	if m.Stars >= 4 {
		return stars + ", but the words complain. Read it before you thank."
	}
	return stars + ", but the words praise. Perhaps the stars were meant the other way round."
}

// unrepeatable says why a part of the text is marked, so that nobody echoes it.
var unrepeatable = map[string]string{classify.MarkName: "A name. Do not repeat this in a reply.",
	classify.MarkHealth: "A health detail. Do not repeat this in a reply."}

// marks are what stands out in the text: names and health details quietly, what cannot wait always, and what decided when that is asked for. from is where the paragraph begins
// in all the words of the mention.
func (r *reading) marks(text string, from int) []kit.Mark {
	var marks []kit.Mark
	add := func(span classify.Span, tone kit.Tone, line bool) {
		start, end := max(span.Start-from, 0), min(span.End-from, len(text))
		if start < end {
			marks = append(marks, kit.Mark{Start: start, End: end, Tone: tone, Underline: line})
		}
	}
	for _, m := range r.shown.private {
		if start, end := max(m.Span.Start-from, 0), min(m.Span.End-from, len(text)); start < end {
			marks = append(marks, kit.Mark{Start: start, End: end, Quiet: true, Tip: unrepeatable[m.Kind]})
		}
	}
	judged := r.shown.judged
	if r.why {
		for _, t := range judged.Topics {
			for _, span := range t.Spans {
				add(span, kit.ToneAccent, true)
			}
		}
		for _, reason := range judged.Why {
			tone := kit.ToneGood
			if reason.Weight < 0 {
				tone = kit.ToneBad
			}
			add(reason.Span, tone, false)
		}
	}
	if len(r.shown.signals) > 0 {
		for _, hit := range judged.Signals {
			add(hit.Span, kit.ToneBad, true)
		}
	}
	return marks
}

// reasons is the card that says what decided.
func (r *reading) reasons(m reviews.Mention) fyne.CanvasObject {
	judged, words := r.shown.judged, m.Words()
	var rows []fyne.CanvasObject
	row := func(name string, objects ...fyne.CanvasObject) {
		rows = append(rows, kit.Line(theme.Space3, kit.MinWidth(kit.NewLabel(name, kit.Caption), 72), kit.Fill(kit.Column(theme.Space1, objects...))))
	}
	row("Feeling", kit.NewParagraph(feelingBy(m, r.shown.alone)))
	if chips := decisive(judged.Why); len(chips) > 0 {
		row("Words", kit.Flow(chips...))
	}
	name := "Topics"
	for _, t := range judged.Topics {
		var quotes []string
		for _, span := range t.Spans {
			if q := "“" + strings.Join(strings.Fields(words[span.Start:span.End]), " ") + "”"; !slices.Contains(quotes, q) {
				quotes = append(quotes, q)
			}
		}
		row(name, kit.Line(theme.Space2, kit.NewChip(sign(t.Polarity)+r.s.known().topic(t.ID), feelingTone(t.Polarity)), kit.Fill(kit.NewLabel(strings.Join(quotes, ", "), kit.Secondary).Ellipsis())))
		name = ""
	}
	for _, hit := range judged.Signals {
		label := hit.ID
		if signal, ok := r.s.deps.Judge.Signal(hit.ID); ok {
			label = signal.Label
		}
		row("Urgent", kit.Line(theme.Space2, kit.NewChip(label, urgencyTone(string(hit.Severity))), kit.Fill(kit.NewLabel("“"+hit.Quote+"”", kit.Secondary).Ellipsis())))
	}
	name = "Kind"
	for _, reason := range judged.KindWhy {
		row(name, kit.NewParagraph(reasonLine(reason)))
		name = ""
	}
	if s := r.s; s.removable() {
		row("", kit.NewButton("Copy the reasons for a removal report", theme.Icon("copy"), s.copyRemoval))
	}
	if len(judged.Learned) > 0 {
		row("Learned", kit.NewParagraph("Your earlier corrections decided about "+strings.Join(judged.Learned, ", ")+"."))
	}
	if len(m.Corrected) > 0 {
		row("By hand", kit.NewParagraph("A person decided about "+strings.Join(m.Corrected, ", ")+"; that stays."))
	}
	return kit.NewCard("Why", kit.Column(theme.Space2, rows...), kit.NewKeyHint("W"))
}

// feelingBy says what decided about the feeling; alone is what the words say without the stars.
func feelingBy(m reviews.Mention, alone classify.Result) string {
	said := string(alone.Sentiment) + ", " + sure(alone.Confidence)
	switch {
	case alone.Sentiment == classify.NotJudged && m.Stars > 0:
		return fmt.Sprintf("The stars say it: %d of 5. %s", m.Stars, unread(alone.Language))
	case alone.Sentiment == classify.NotJudged:
		return unread(alone.Language)
	case m.Stars > 0:
		said = fmt.Sprintf("The stars speak first: %d of 5. The words by themselves: %s", m.Stars, said)
	}
	if len(alone.Why) == 0 {
		return kit.Capital(said) + "; no single word decided."
	}
	return kit.Capital(said) + ". These say most:"
}

// unread says that the program does not judge a language.
func unread(language string) string {
	if language == "" || language == "und" {
		return "There are too few words to tell their language, so they are not judged."
	}
	return "The program does not read " + languageName(language) + ", so the words are not judged."
}

// decisive are the words that say most, each once.
func decisive(why []classify.Reason) []fyne.CanvasObject {
	var chips []fyne.CanvasObject
	seen := map[string]bool{}
	for _, reason := range why {
		word := strings.ToLower(strings.Join(strings.Fields(reason.Words), " "))
		if seen[word] {
			continue
		}
		seen[word] = true
		if reason.Weight < 0 {
			chips = append(chips, kit.NewChip("− "+word, kit.ToneBad))
		} else {
			chips = append(chips, kit.NewChip("+ "+word, kit.ToneGood))
		}
	}
	return chips
}
