package respond

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// Suggestion is a text that fits a mention and clears the gate.
type Suggestion struct {
	TemplateID string
	Title      string
	When       string
	Text       string
	Language   string
}

// Advice says why no public reply is the safer choice. Reason is the id of a Reason.
type Advice struct {
	Reason string
	Text   string
	When   string
}

const most = 5

// Suggest returns up to five texts for a mention, the best first. Each clears the gate, and a wording that is among the recent replies
// comes only when there is no fresh one. An urgent mention gets holding replies.
func (l *Library) Suggest(m reviews.Mention, p practice.Practice, place *practice.Place, recent []string) []Suggestion {
	c := newCase(m, p)
	ranked := c.rank(l.templates)
	var out []Suggestion
	for _, t := range ranked {
		text, ok := choose(t, m, p, place, recent)
		if !ok {
			continue
		}
		out = append(out, Suggestion{TemplateID: t.ID, Title: t.Title, When: t.When, Text: text, Language: t.Language})
		if len(out) == most {
			break
		}
	}
	return out
}

// Advise reports whether no public reply is the safer choice for a mention, and why.
func (l *Library) Advise(m reviews.Mention) (Advice, bool) {
	for _, signal := range m.Signals {
		for _, r := range l.reasons {
			if slices.Contains(r.Signals, signal) {
				return Advice{Reason: r.ID, Text: r.Text, When: r.When}, true
			}
		}
	}
	return Advice{}, false
}

// Fitting returns the reason for silence that fits a mention as it stands: what its urgency signals advise, that it is gone, a rating without
// words, or praise that asks nothing. Mostly there is none, and a person has to judge.
func (l *Library) Fitting(m reviews.Mention) (Reason, bool) {
	id, words := "", strings.TrimSpace(m.Title+m.Text)
	advice, advised := l.Advise(m)
	switch {
	case advised:
		id = advice.Reason
	case m.Urgency == "critical" || m.Urgency == "high":
	case !m.Gone.IsZero():
		id = "gone"
	case m.Kind == string(classify.Spam):
		id = "spam"
	case m.Kind == string(classify.Employment):
		id = "employment"
	case words == "" && m.Stars > 0:
		id = "stars"
	case m.Sentiment == "positive" && !strings.ContainsAny(words, "?¿"):
		id = "praise"
	}
	i := slices.IndexFunc(l.reasons, func(r Reason) bool { return r.ID == id })
	if i < 0 {
		return Reason{}, false
	}
	return l.reasons[i], true
}

// Knows reports whether text is word for word a wording of the template with that id, filled for this practice and place: an approved text
// that nobody changed.
func (l *Library) Knows(id, text string, p practice.Practice, place *practice.Place) bool {
	t, ok := l.Template(id)
	return ok && slices.Contains(filled(t, p, place), text)
}

// choose picks the wording of a template that was used longest ago, or never, among those that clear the gate.
func choose(t Template, m reviews.Mention, p practice.Practice, place *practice.Place, recent []string) (string, bool) {
	wordings := filled(t, p, place)
	if len(wordings) == 0 {
		return "", false
	}
	turn := int(m.ID % int64(len(wordings)))
	wordings = append(slices.Clone(wordings[turn:]), wordings[:turn]...)
	sort.SliceStable(wordings, func(i, j int) bool { return age(wordings[i], recent) > age(wordings[j], recent) })
	review := strings.TrimSpace(m.Title + "\n" + m.Text)
	for _, text := range wordings {
		draft := guard.Draft{Kind: guard.Reply, Review: review, Text: text, Own: own(p, place)}
		if guard.Default().Check(draft).Verdict == guard.Clear {
			return text, true
		}
	}
	return "", false
}

// age is how long ago a text was used: its place among the recent ones (newest first), or past their end.
func age(text string, recent []string) int {
	if i := slices.Index(recent, text); i >= 0 {
		return i
	}
	return len(recent)
}

// situation is one mention as the ranking sees it.
type situation struct {
	mention  reviews.Mention
	kinds    []Kind // what it is, the best guess first
	urgent   bool
	language string
	apology  practice.Apology
	site     string // id of a known site, or the mention's own
	words    string // lower case, single blanks, one at each end
}

func newCase(m reviews.Mention, p practice.Practice) situation {
	c := situation{mention: m, language: "en", apology: cmp.Or(p.Apology, practice.Regret), words: spaced(m.Title + " " + m.Text)}
	c.site = m.Site
	if known, ok := SiteOf(m.Site); ok {
		c.site = known.ID
	}
	if m.Language == "es" {
		c.language = "es"
	}
	c.urgent = m.Urgency == "critical" || m.Urgency == "high"
	c.kinds = c.guess()
	return c
}

func (c situation) guess() []Kind {
	m := c.mention
	switch {
	case c.urgent:
		return []Kind{Holding, Complaint}
	case strings.TrimSpace(m.Text+m.Title) == "" && m.Stars > 0:
		return []Kind{Stars, Comment}
	case m.Stars == 0 && m.Sentiment != "negative" && strings.Contains(m.Text+m.Title, "?"):
		return []Kind{Question, Other, Comment}
	case m.Kind == string(classify.Question):
		return []Kind{Question, Other, Comment}
	case m.Kind == string(classify.SuspectedFake):
		return []Kind{Other, Comment, Complaint}
	case c.isOther():
		return []Kind{Other, Comment, Complaint}
	case m.Stars == 3, m.Sentiment == "mixed" && (m.Stars == 0 || m.Stars > 3), m.Stars > 3 && m.Sentiment == "negative":
		return []Kind{Mixed, Complaint, Comment}
	case m.Stars > 0 && m.Stars < 3, m.Stars == 0 && m.Sentiment == "negative":
		return []Kind{Complaint, Mixed, Comment}
	case m.Stars > 3, m.Sentiment == "positive":
		return []Kind{Praise, Comment}
	}
	return []Kind{Comment, Question, Praise}
}

// jobSites are where staff write, not patients.
var jobSites = []string{"glassdoor", "indeed"}

func (c situation) isOther() bool {
	if slices.Contains(jobSites, c.site) && c.mention.Sentiment != "positive" {
		return true
	}
	return slices.ContainsFunc(c.mention.Topics, func(topic string) bool {
		return topic == "misinformation" || topic == "spam_fake" || (topic == "employment" && c.mention.Sentiment != "positive")
	})
}

func (c situation) rank(templates []Template) []Template {
	type scored struct {
		Template
		score int
	}
	var list []scored
	for _, t := range templates {
		if score, fits := c.score(t); fits {
			list = append(list, scored{t, score})
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].score > list[j].score })
	out := make([]Template, len(list))
	for i, s := range list {
		out[i] = s.Template
	}
	return out
}

// The weights: kind before signal before topic before cue; another language only after all of the own.
const (
	perKind     = 100
	forSignal   = 60
	forTopic    = 24
	forCue      = 8
	offTopic    = -30
	offLanguage = -1000
	bestApology = 6
	ownSite     = 10
)

// score says how well a template fits; false means that it must not be offered at all.
func (c situation) score(t Template) (int, bool) {
	kind := slices.Index(c.kinds, t.Kind)
	if kind < 0 || !c.allows(t) {
		return 0, false
	}
	score := -perKind * kind
	if t.Language != c.language {
		score += offLanguage
	}
	score += c.topicScore(t) + c.cueScore(t)
	if slices.ContainsFunc(t.Signals, func(s string) bool { return slices.Contains(c.mention.Signals, s) }) {
		score += forSignal
	}
	if t.Apology == c.apology {
		score += bestApology
	}
	if len(t.Sites) > 0 {
		score += ownSite
	}
	return score, true
}

// allows keeps out what must not be said: an apology beyond the practice's level, a text for another rating, site or signal.
func (c situation) allows(t Template) bool {
	m := c.mention
	if t.Language != c.language && t.Language != "en" {
		return false
	}
	if level(t.Apology) > level(c.apology) {
		return false
	}
	if m.Stars > 0 && len(t.Stars) == 2 && (m.Stars < t.Stars[0] || m.Stars > t.Stars[1]) && t.Kind != Mixed {
		return false
	}
	if len(t.Sites) > 0 {
		return slices.Contains(t.Sites, c.site)
	}
	if c.urgent && t.Kind == Complaint {
		return len(t.Topics) == 1 && t.Topics[0] == "complaint_general" && t.Apology == practice.NoApology
	}
	if t.Kind == Holding && len(t.Signals) > 0 {
		return slices.ContainsFunc(t.Signals, func(s string) bool { return slices.Contains(m.Signals, s) })
	}
	if t.Kind == Other {
		return slices.ContainsFunc(t.Topics, func(topic string) bool { return slices.Contains(m.Topics, topic) })
	}
	return true
}

func (c situation) topicScore(t Template) int {
	if len(t.Topics) == 0 {
		return 0
	}
	shared := 0
	for _, topic := range t.Topics {
		if slices.Contains(c.mention.Topics, topic) {
			shared++
		}
	}
	switch {
	case shared > 0:
		return forTopic*min(shared, 2) - len(t.Topics) // the narrower one wins a tie
	case slices.Contains(t.Topics, "praise_general"), slices.Contains(t.Topics, "complaint_general"):
		return 0
	}
	return offTopic
}

func (c situation) cueScore(t Template) int {
	found := 0
	for _, cue := range t.Cues {
		if strings.Contains(c.words, " "+cue+" ") {
			found++
		}
	}
	return forCue * min(found, 4)
}

func level(a practice.Apology) int {
	return slices.Index([]practice.Apology{practice.NoApology, practice.Regret, practice.FullApology}, a)
}

// spaced is a text in lower case with everything but letters and digits as single blanks, so that a cue matches whole words.
func spaced(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}
