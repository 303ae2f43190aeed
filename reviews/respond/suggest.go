package respond

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"unicode"

	"goodword/internal/practice"
	"goodword/policy"
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
	Version    int
	Own        bool // worded by the practice itself
}

// Ground is what a draft stands on beside the mention. Recent are the last replies, newest first; without a Gate it is the one that ships.
type Ground struct {
	Practice practice.Practice
	Place    *practice.Place
	Tone     Tone
	Recent   []string
	Gate     *guard.Guard
	Local    guard.Local // what the practice has decided about the rules
}

// Draft is what may be answered to a mention.
type Draft struct {
	Suggestions []Suggestion // the best first
	Missing     []Fact       // what a routine question asks for and the fact sheet does not say
	Claim       *Claim       // the error about health that the mention repeats
}

// Advice says why no public reply is the safer choice. Reason is the id of a Reason.
type Advice struct {
	Reason string
	Text   string
	When   string
}

// How many suggestions there are: up to most, and at least few where the templates have so many wordings.
const (
	most = 5
	few  = 3
)

// Draft returns up to five texts for a mention, the best first. Each clears the gate, and a wording that is among the recent replies comes only when
// there is no fresh one. An urgent mention gets holding replies.
func (l *Library) Draft(m reviews.Mention, g Ground) Draft {
	if g.Gate == nil {
		g.Gate = guard.Default()
	}
	c := newCase(m, g.Practice)
	var d Draft
	if c.claims() {
		d = l.answerClaim(m, g, c)
	}
	ranked := c.rank(l.templates)
	for i, t := range ranked {
		if i == 0 && t.Kind == Question {
			d.Missing = Missing(t, g.Practice, g.Place)
		}
		if text, ok := choose(t, m, g, nil); ok && len(d.Suggestions) < most {
			d.Suggestions = append(d.Suggestions, suggestion(t, text))
		}
	}
	return l.counsel(l.more(d, m, g), m)
}

// legal is the signal that comes before every other: what is said in public can be used in court.
const legal = "legal_threat"

// counsel says with each text for a legal threat that nothing goes out before counsel agrees.
func (l *Library) counsel(d Draft, m reviews.Mention) Draft {
	if advice, ok := l.Advise(m); ok && slices.Contains(m.Signals, legal) {
		for i := range d.Suggestions {
			d.Suggestions[i].When = advice.When + " " + d.Suggestions[i].When
		}
	}
	return d
}

// more adds further wordings of the templates that fit until there is something to choose from.
func (l *Library) more(d Draft, m reviews.Mention, g Ground) Draft {
	for i := 0; i < len(d.Suggestions) && len(d.Suggestions) < few; i++ {
		t, ok := l.Template(d.Suggestions[i].TemplateID)
		if !ok {
			continue
		}
		var taken []string
		for _, s := range d.Suggestions {
			taken = append(taken, s.Text)
		}
		if text, ok := choose(t, m, g, taken); ok {
			d.Suggestions = append(d.Suggestions, suggestion(t, text))
			i--
		}
	}
	return d
}

func suggestion(t Template, text string) Suggestion {
	return Suggestion{TemplateID: t.ID, Title: t.Title, When: t.When, Text: text, Language: t.Language, Version: t.Version, Own: t.Own}
}

// answerClaim answers an error about health where a clinician of the practice stands behind the answer.
func (l *Library) answerClaim(m reviews.Mention, g Ground, c situation) Draft {
	claim, found := l.claim(c.words)
	if !found {
		return Draft{}
	}
	d := Draft{Claim: &claim}
	if !claim.Approved || c.language != "en" {
		return d
	}
	t := mythTemplate(claim.Myth)
	if text, ok := choose(t, m, g, nil); ok {
		d.Suggestions = append(d.Suggestions, suggestion(t, text))
	}
	return d
}

func mythTemplate(m policy.Myth) Template {
	return Template{ID: MythTemplateID(m), Title: "Fact: " + m.Topic, Kind: Other, Language: "en", Wordings: mythTexts(m), Version: 1, statements: m.Statements(),
		When: "Somebody repeats an error about health. Decide first whether to answer at all; small posts are left alone. Answer once, then stop."}
}

// Advise reports whether no public reply is the safer choice for a mention, and why. A legal threat is the first reason, whatever stands beside it.
func (l *Library) Advise(m reviews.Mention) (Advice, bool) {
	signals := m.Signals
	if slices.Contains(signals, legal) {
		signals = []string{legal}
	}
	for _, signal := range signals {
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
	for _, a := range l.myths {
		if mythPrefix+a.ID == id {
			t := mythTemplate(a.Myth)
			return slices.Contains(filled(t, p, place, t.Wordings), text)
		}
	}
	t, ok := l.Template(id)
	return ok && slices.Contains(filled(t, p, place, t.all()), text)
}

// choose picks the wording of a template that was used longest ago, or never, among those that clear the gate and are not taken; where wordings stand in
// order it is the first that does. One that the gate finds
// too much like a recent reply comes only where there is no other.
func choose(t Template, m reviews.Mention, g Ground, taken []string) (string, bool) {
	wordings := filled(t, g.Practice, g.Place, t.in(g.Tone))
	if len(wordings) == 0 || len(taken) > 0 {
		wordings = append(wordings, filled(t, g.Practice, g.Place, t.all())...)
	}
	wordings = slices.DeleteFunc(wordings, func(text string) bool { return slices.Contains(taken, text) })
	if len(wordings) == 0 {
		return "", false
	}
	if !t.InOrder {
		turn := int(m.ID % int64(len(wordings)))
		wordings = append(slices.Clone(wordings[turn:]), wordings[:turn]...)
		sort.SliceStable(wordings, func(i, j int) bool { return lately(wordings[i], g.Recent) > lately(wordings[j], g.Recent) })
	}
	draft := guard.Draft{Kind: guard.Reply, Review: reviews.AsShown(m), Stars: m.Stars, Own: own(g.Practice, g.Place), Site: m.Site, Recent: g.Recent, Local: g.Local}
	draft.Own.Statements = t.statements
	if text, ok := passing(g.Gate, draft, wordings); ok {
		return text, true
	}
	draft.Recent = nil
	return passing(g.Gate, draft, wordings)
}

// passing finds the first wording that the gate calls clear.
func passing(gate *guard.Guard, draft guard.Draft, wordings []string) (string, bool) {
	for _, text := range wordings {
		draft.Text = text
		if gate.Check(draft).Verdict == guard.Clear {
			return text, true
		}
	}
	return "", false
}

// lately is how long ago a text was used: its place among the recent ones (newest first), or past their end.
func lately(text string, recent []string) int {
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
	case c.urgent && c.onlyPraises():
		return []Kind{Praise, Holding}
	case c.urgent:
		return []Kind{Holding, Complaint}
	case strings.TrimSpace(m.Text+m.Title) == "" && m.Stars > 0:
		return []Kind{Stars, Comment}
	case m.Stars == 0 && m.Sentiment != "negative" && strings.ContainsAny(m.Text+m.Title, "?¿"):
		return []Kind{Question, Other, Comment}
	case m.Kind == string(classify.Question), m.Stars == 0 && onlyAsks(m.Words()):
		return []Kind{Question, Other, Comment}
	case m.Kind == string(classify.SuspectedFake):
		return []Kind{Other, Comment, Complaint}
	case c.isOther():
		return []Kind{Other, Comment, Complaint}
	case m.Stars == 4 && c.turns():
		return []Kind{Mixed, Praise, Complaint}
	case m.Stars == 3, m.Sentiment == "mixed" && (m.Stars == 0 || m.Stars > 3), m.Stars > 3 && m.Sentiment == "negative":
		return []Kind{Mixed, Complaint, Comment}
	case m.Stars > 0 && m.Stars < 3, m.Stars == 0 && m.Sentiment == "negative":
		return []Kind{Complaint, Mixed, Comment}
	case m.Stars > 3, m.Sentiment == "positive":
		return []Kind{Praise, Comment}
	}
	return []Kind{Comment, Question, Praise}
}

// onlyPraises reports whether a mention is praise with no negative sentence, whatever signal a word of it gave: "so gentle after her stroke".
func (c situation) onlyPraises() bool {
	m := c.mention
	if m.Stars < 5 || m.Sentiment != "positive" || c.turns() || slices.ContainsFunc(m.Signals, func(id string) bool { return id == "self_harm" || id == legal || id == "threat_violence" }) {
		return false
	}
	for sentence := range strings.FieldsFuncSeq(m.Title+". "+m.Text, func(r rune) bool { return strings.ContainsRune(".!?\n", r) }) {
		if strings.TrimSpace(sentence) != "" && classify.Default().Judge(sentence, 0).Sentiment == "negative" {
			return false
		}
	}
	return true
}

// asking are the words with which a plain question begins.
var asking = []string{"is", "are", "do", "does", "did", "can", "could", "would", "will", "how", "what", "where", "when", "which", "who", "any", "anybody", "anyone",
	"cómo", "dónde", "cuándo", "cuánto", "qué", "quién", "cuál", "hay", "puedo", "aceptan", "tienen", "hacen", "a"}

// onlyAsks reports whether a text is nothing but plain questions, whatever their words feel like.
func onlyAsks(text string) bool {
	asked := 0
	for sentence := range strings.SplitAfterSeq(text, "?") {
		words := strings.Fields(spaced(sentence))
		if len(words) == 0 {
			continue
		}
		if !strings.HasSuffix(sentence, "?") || strings.ContainsAny(strings.TrimSuffix(sentence, "?"), ".!") || !slices.Contains(asking, words[0]) {
			return false
		}
		asked++
	}
	return asked > 0
}

// turns reports whether praise takes a turn: "good, but".
func (c situation) turns() bool {
	return slices.ContainsFunc([]string{" but ", " though ", " although ", " however ", " except ", " pero ", " aunque "}, func(w string) bool { return strings.Contains(c.words, w) })
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

// claims reports whether the mention says something about health that does not hold.
func (c situation) claims() bool {
	return c.mention.Kind == string(classify.Misinformation) || slices.Contains(c.mention.Topics, "misinformation")
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
	nearKind    = 20
	forSignal   = 60
	forTopic    = 24
	forCue      = 8
	offTopic    = -30
	offLanguage = -1000
	firstTopic  = 7
	bestApology = 6
	ownSite     = 10
)

// crises are the signals of danger to somebody: the words that send to help stand first even beside a legal threat.
var crises = []string{"self_harm", "emergency_symptoms"}

// score says how well a template fits; false means that it must not be offered at all.
func (c situation) score(t Template) (int, bool) {
	kind := slices.Index(c.kinds, t.Kind)
	if kind < 0 || !c.allows(t) {
		return 0, false
	}
	score := -perKind * kind
	if kind == 1 && c.mention.Stars == 3 && (c.mention.Kind == string(classify.Operational) || c.mention.Kind == string(classify.Clinical)) {
		score = -nearKind // three stars for one thing that went wrong
	}
	if t.Language != c.language {
		score += offLanguage
	}
	score += c.topicScore(t) + c.cueScore(t)
	if slices.ContainsFunc(t.Signals, func(s string) bool { return slices.Contains(c.mention.Signals, s) }) {
		score += forSignal
		if slices.Contains(c.mention.Signals, legal) && !slices.ContainsFunc(t.Signals, func(s string) bool { return slices.Contains(crises, s) }) {
			score -= 2 * perKind // the words that say least come first
		}
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
	if t.Kind == Question { // its own words say more than what the program takes it to be about
		return forTopic / 2 * min(shared, 1)
	}
	switch {
	case shared > 0:
		score := forTopic*min(shared, 2) - len(t.Topics) // the narrower one wins a tie
		if slices.Contains(t.Topics, c.mention.Topics[0]) {
			score += firstTopic
		}
		return score
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
	if t.Kind != Question {
		return forCue * min(found, 4)
	}
	if found == 0 && len(t.Cues) > 0 && c.topicScore(t) == 0 {
		return -forCue // asked for something else
	}
	return 2 * forCue * min(found, 4)
}

func level(a practice.Apology) int {
	return slices.Index([]practice.Apology{practice.NoApology, practice.Regret, practice.FullApology}, a)
}

// spaced is a text in lower case with everything but letters and digits as single blanks, so that a cue matches whole words.
func spaced(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}
