package settings

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// option is a choice of the builder with what it writes into the search; "" is no condition.
type option struct{ title, value string }

// anyOption is the choice that sets no condition.
const anyOption = "Any"

var (
	starOptions    = []option{{anyOption, ""}, {"1 or 2 stars", "<3"}, {"3 stars", "3"}, {"4 or 5 stars", ">3"}, {"No rating", "none"}}
	feelingOptions = []option{{anyOption, ""}, {"Negative", "negative"}, {"Mixed", "mixed"}, {"Positive", "positive"}}
	urgencyOptions = []option{{anyOption, ""}, {"Any urgency", "any"}, {"Critical", "critical"}, {"High", "high"}, {"Medium", "medium"}, {"Not urgent", "none"}}
)

// builder writes a condition for people who do not know the words of the search, and shows what of a written one it knows.
type builder struct {
	form    *ruleForm
	filling bool
	fields  []*picked
	words   *kit.Entry
	content fyne.CanvasObject
}

// picked is one condition of the builder.
type picked struct {
	field   string // as the search calls it
	options []option
	choice  *widget.Select
}

func newBuilder(f *ruleForm) *builder {
	b := &builder{form: f}
	known := f.pane.known
	sites, topics, places := []option{{anyOption, ""}}, []option{{anyOption, ""}}, []option{{anyOption, ""}}
	for _, site := range known.sites {
		sites = append(sites, option{respond.SiteName(site), site})
	}
	for _, t := range known.topics {
		topics = append(topics, option{t.Label, t.ID})
	}
	for _, p := range known.places {
		places = append(places, option{p.Name, strings.ToLower(p.Name)})
	}
	b.words = kit.NewEntry(`parking "front desk"`)
	b.words.OnChanged = func(string) { b.write() }
	grid := []fyne.CanvasObject{b.pick("Where it was said", "source", sites), b.pick("Stars", "stars", starOptions), b.pick("What it is about", "topic", topics)}
	if len(known.places) > 1 {
		grid = append(grid, b.pick("Place", "place", places))
	}
	grid = append(grid, b.pick("Feeling", "sentiment", feelingOptions), b.pick("Urgency", "urgency", urgencyOptions))
	b.content = kit.NewCard("Choose", kit.Column(theme.Space3, kit.Help("What you choose is written into the search."),
		kit.NewField("With these words", "All of them. In quotation marks, together.", b.words), kit.Grid(150, theme.Space3, grid...)))
	return b
}

func (b *builder) pick(label, field string, options []option) fyne.CanvasObject {
	titles := make([]string, len(options))
	for i, o := range options {
		titles[i] = o.title
	}
	p := &picked{field: field, options: options}
	p.choice = kit.NewSelect(titles, func(string) { b.write() })
	b.fields = append(b.fields, p)
	return kit.NewField(label, "", p.choice)
}

// read shows what a search asks for; what the builder has no choice for it leaves alone.
func (b *builder) read(q reviews.Query) {
	b.filling = true
	defer func() { b.filling = false }()
	var words []string
	for _, t := range q.Terms {
		if plain(t) {
			words = append(words, t.String())
		}
	}
	if text := strings.Join(words, " "); text != b.wordsIn() {
		b.words.SetText(text)
	}
	for _, p := range b.fields {
		at := 0
		for _, t := range q.Terms {
			if t.Field == p.field && !t.Not {
				at = slices.IndexFunc(p.options, func(o option) bool { return o.value == t.Op+strings.Join(t.Values, ",") })
			}
		}
		if at < 0 {
			p.choice.ClearSelected()
			continue
		}
		p.choice.SetSelectedIndex(at)
	}
}

// plain reports whether a condition is of words that must occur.
func plain(t reviews.Term) bool { return t.Field == "" && !t.Not }

// wordsIn are the words as the search writes them.
func (b *builder) wordsIn() string {
	q, err := b.form.pane.parse(b.words.Text)
	if err != nil {
		return b.words.Text
	}
	return q.String()
}

// write puts the choices into the search in place of what it said of them before.
func (b *builder) write() {
	if b.filling {
		return
	}
	q, err := b.form.pane.parse(b.form.query.Text)
	if err != nil {
		return // the search says what is wrong with it
	}
	more, err := b.form.pane.parse(b.words.Text)
	if err != nil {
		more = reviews.Query{}
	}
	text := []string{}
	for _, t := range more.Terms {
		if plain(t) {
			text = append(text, t.String())
		}
	}
	for _, p := range b.fields {
		if at := p.choice.SelectedIndex(); at > 0 {
			value := p.options[at].value
			if strings.ContainsAny(value, " ,") {
				value = `"` + value + `"`
			}
			text = append(text, p.field+":"+value)
		}
	}
	for _, t := range q.Terms { // what the builder does not know stays
		if !b.knows(t) {
			text = append(text, t.String())
		}
	}
	b.filling = true
	b.form.query.SetText(strings.Join(text, " "))
	b.filling = false
	b.form.judge()
}

// knows reports whether a condition is one that a choice stands for now, or stood for.
func (b *builder) knows(t reviews.Term) bool {
	if plain(t) {
		return true
	}
	for _, p := range b.fields {
		if p.field == t.Field && !t.Not {
			return p.choice.SelectedIndex() >= 0
		}
	}
	return false
}

// describe says a search in words, for the list of rules.
func (c choices) describe(q reviews.Query) string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = c.term(t)
	}
	return strings.Join(parts, ", ")
}

func (c choices) term(t reviews.Term) string {
	value := t.Op + strings.Join(t.Values, ",")
	said := ""
	switch t.Field {
	case "":
		said = "“" + t.Values[0] + "”"
	case "source":
		said = "on " + respond.SiteName(value)
	case "topic":
		for _, topic := range c.topics {
			if topic.ID == value {
				said = "about " + strings.ToLower(topic.Label)
			}
		}
	case "place":
		for _, place := range c.places {
			if strings.EqualFold(place.Name, value) {
				said = "at " + place.Name
			}
		}
	case "stars":
		if said = titled(starOptions, value); said == "" && t.Op == "" {
			said = strings.Join(t.Values, " or ") + " stars"
		}
	case "after", "before":
		said = span(t.Field, value)
	case "tag":
		said = "tagged " + value
	case "sentiment":
		said = titled(feelingOptions, value)
	case "urgency":
		if said = titled(urgencyOptions, value); said != "" && value != "any" && value != "none" {
			said += " urgency"
		}
	}
	if said == "" {
		return t.String()
	}
	if t.Not {
		said = "not " + said
	}
	return said
}

var spanOfDays = regexp.MustCompile(`^(\d+)([dwmy])$`)

// span says how long ago something was posted, where that is counted from now.
func span(field, value string) string {
	found := spanOfDays.FindStringSubmatch(value)
	if found == nil {
		return "posted " + field + " " + value
	}
	unit := map[string]string{"d": "day", "w": "week", "m": "month", "y": "year"}[found[2]]
	n, err := strconv.Atoi(found[1])
	if err != nil {
		return ""
	}
	if field == "before" {
		return "posted more than " + kit.Counted(n, unit, unit+"s") + " ago"
	}
	return "posted in the last " + kit.Counted(n, unit, unit+"s")
}

func titled(options []option, value string) string {
	for _, o := range options {
		if o.value == value && value != "" {
			return strings.ToLower(o.title)
		}
	}
	return ""
}
