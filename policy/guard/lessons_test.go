package guard

import (
	"errors"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"goodword/assets"
)

// wordsFrom are the judged sets that the words of the opinion are learned
// from. The held sets are not among them.
var wordsFrom = []string{"wave3", "wave5", "wave6", "wave7", "wave8", "wave_tune", "adversarial", "own"}

// balancedOn are the sets whose authors the rules were not written for: only
// there the rules show how sure they are.
var balancedOn = []string{"wave3", "wave5", "wave6", "wave7", "wave8"}

// lesson is a judged draft as the opinion sees it.
type lesson struct {
	author  string
	want    int // of outcomes
	traits  []trait
	letters []trait
	found   []Finding // by the rules
	kind    Kind
	codes   []uint16
	reasons []string
	parts   []part
}

// part is a sentence of a judged draft, or a clause of one.
type part struct {
	want   int // of outcomes, or unsaid
	traits []trait
	clause bool
}

// unsaid is the verdict on a sentence of a draft that was stopped or doubted for another one.
const unsaid = -1

func lessons(t *testing.T, name string) []lesson {
	t.Helper()
	var out []lesson
	for _, j := range readJudged(t, "testdata/"+name+".jsonl") {
		author := name
		if slices.Contains(balancedOn, name) {
			author = j.ID[:2]
		}
		out = append(out, lessonOf(author, Draft{Kind: j.Kind, Review: j.Review, Text: j.Text}, j.Verdict, j.Reasons, j.Spans...))
	}
	return out
}

// lessonOf reads a judged draft. Its spans are the words for which it was stopped or doubted.
func lessonOf(author string, d Draft, want Verdict, reasons []string, spans ...string) lesson {
	r := Default().read(d)
	r.applyAll()
	var c traits
	c.of(r)
	l := lesson{author: author, want: slices.Index(outcomes[:], want), traits: slices.Clone(c.list), letters: slices.Clone(c.letters), found: r.found, kind: d.Kind,
		codes: codeTraits(r, want), reasons: reasons}
	// told says whether the draft was stopped or doubted for words of this stretch.
	told := func(from, to int) bool {
		start, end := r.body.span(from, to)
		return slices.ContainsFunc(spans, func(words string) bool {
			at := strings.Index(d.Text, words)
			return at >= 0 && at < end && at+len(words) > start
		})
	}
	add := func(list []trait, clause, sure bool) {
		p := part{want: l.want, traits: slices.Concat(list, c.shared), clause: clause}
		if !sure {
			p.want = unsaid
		}
		l.parts = append(l.parts, p)
	}
	for i, s := range r.sentences {
		add(c.ofSentence(i), false, want == Clear || len(r.sentences) == 1 || told(s.start, s.end))
	}
	for i, k := range c.cuts {
		add(c.ofClause(i), true, want == Clear || told(k.from, k.to))
	}
	return l
}

// filledIn are the words that a template stands for, by language.
var filledIn = map[string]*strings.Replacer{
	"en": strings.NewReplacer("{call}", "call our office at 555-0100", "{phone}", "555-0100", "{contact}", "our office manager", "{practice}", "our practice",
		"{team}", "our team", "{hours}", "Monday to Friday, 8 to 5", "{booking}", "Online or by telephone", "{insurance}", "Most large plans",
		"{emergency}", "The line on our voicemail, at any hour", "{languages}", "English, Spanish and Vietnamese", "{new_patients}", "New patients are welcome",
		"{parking}", "Behind the building, free of charge", "{records}", "A form at the front desk or on our website", "{website}", "www.practice.example", "{place}", "the office on Main Street",
		"{emergency_number}", "911", "{crisis_line}", "The 988 Lifeline answers calls and texts day and night."),
	"es": strings.NewReplacer("{call}", "llame al 555-0100", "{phone}", "555-0100", "{contact}", "la gerente", "{practice}", "nuestra clínica",
		"{team}", "nuestro equipo", "{hours}", "De lunes a viernes, de 8 a 17 horas", "{booking}", "En línea o por teléfono", "{insurance}", "La mayoría de los planes",
		"{emergency}", "La línea de nuestro contestador, a toda hora", "{languages}", "Inglés y español", "{new_patients}", "Recibimos a pacientes nuevos",
		"{parking}", "Detrás del edificio, gratis", "{records}", "Un formulario en la recepción", "{website}", "www.practice.example", "{place}", "la oficina de la calle Main",
		"{emergency_number}", "911", "{crisis_line}", "La Línea 988 atiende en español día y noche."),
}

// asked are reviews that the templates of a file answer.
var asked = map[string]string{
	"en/praise": "Lovely people.", "en/complaint": "Rude desk and a long wait.", "en/other": "What are your hours?", "en/holding": "This was dangerous.",
	"es/praise": "Muy buena gente.", "es/complaint": "Mala atención.", "es/other": "¿A qué hora abren los lunes?",
}

// houseLessons are the program's own words: the wordings of the templates,
// which are clear, and the examples of the rules.
func houseLessons(t *testing.T) []lesson {
	t.Helper()
	var out []lesson
	names, err := fs.Glob(assets.FS, "templates/*/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatalf("got %d templates and %v, want some", len(names), err)
	}
	for _, name := range names {
		var file struct {
			Templates []struct{ Wordings []string }
		}
		if err := readYAML(assets.FS, name, &file); err != nil {
			t.Fatal(err)
		}
		for _, one := range file.Templates {
			key := strings.TrimSuffix(strings.TrimPrefix(name, "templates/"), ".yaml")
			for _, w := range one.Wordings {
				if named := strings.ReplaceAll(w, "{practice}", "Alder Lane Family Care"); named != w { // a name that the practice calls its own
					out = append(out, lessonOf("templates", Draft{Kind: Reply, Text: filledIn[key[:2]].Replace(named), Own: Own{Names: []string{"Alder Lane Family Care"}}}, Clear, nil))
				}
				w = filledIn[key[:2]].Replace(w)
				out = append(out, lessonOf("templates", Draft{Kind: Reply, Text: w}, Clear, nil),
					lessonOf("templates", Draft{Kind: Reply, Review: asked[key], Text: w}, Clear, nil))
			}
		}
	}
	var lines struct {
		Snippets []struct {
			Language string
			Wordings []string
		}
	}
	if err := readYAML(assets.FS, "templates/snippets.yaml", &lines); err != nil || len(lines.Snippets) == 0 {
		t.Fatalf("got %d snippets and %v, want some", len(lines.Snippets), err)
	}
	for i, a := range lines.Snippets {
		b := lines.Snippets[(i+5)%len(lines.Snippets)]
		for _, text := range append(slices.Clone(a.Wordings), a.Wordings[0]+" "+b.Wordings[0]) {
			out = append(out, lessonOf("templates", Draft{Kind: Reply, Text: filledIn[a.Language].Replace(text)}, Clear, nil))
		}
	}
	out = slices.Concat(out, courtesies(), storyLessons(t), tipLessons(t), crisisLessons(t))
	for _, name := range []string{"Mrs. Okafor", "Mr. Brandt", "Ms. Marlowe", "Ines Marlowe", "Dr. Park"} { // a colleague whom the practice names as the contact
		own := Own{Names: []string{name, "Alder Lane Family Care"}}
		for _, text := range []string{"%s is glad to hear more: 555-0100.", "Please ask for %s at 555-0100.", "%s, our office manager, listens to every concern at 555-0100.",
			"Alder Lane Family Care thanks you for the note. %s can be reached at 555-0100.", "%s answers 555-0100 on weekdays."} {
			for _, review := range []string{"", "Rude desk.", "Three calls and no answer."} {
				out = append(out, lessonOf("templates", Draft{Kind: Reply, Review: review, Text: strings.Replace(text, "%s", name, 1), Own: own}, Clear, nil))
			}
		}
	}
	for _, address := range []string{"41 Mill Lane", "220 Larch Avenue, Suite 4", "18 Harbor Road"} {
		for _, text := range []string{"We are at %s.", "Find us at %s.", "Our office is at %s, beside the post office.", "The address is %s."} {
			for _, review := range []string{"", "Hard to find.", "Where are you?"} {
				out = append(out, lessonOf("templates", Draft{Kind: Reply, Review: review, Text: strings.Replace(text, "%s", address, 1), Own: Own{Addresses: []string{address}}}, Clear, nil))
			}
		}
	}
	for i := range Default().rules {
		u := &Default().rules[i]
		kind := Reply
		if len(u.Kinds) == 1 {
			kind = u.Kinds[0]
		}
		for _, e := range u.Fires {
			out = append(out, lessonOf("rules", Draft{Kind: kind, Review: e.Review, Text: e.Text}, u.Severity, []string{u.Code}))
		}
		for _, e := range u.Silent {
			if l := lessonOf("rules", Draft{Kind: kind, Review: e.Review, Text: e.Text}, Clear, nil); worst(l.found) == Clear { // no other rule stops it either
				out = append(out, l)
			}
		}
	}
	return out
}

// courtesies are what every practice says, alone and in pairs.
func courtesies() []lesson {
	lines := []string{"Thank you for the kind words.", "Thank you for the feedback.", "Thanks for taking the time to write.", "We appreciate every comment.", "Many thanks from the whole team.",
		"This made our day.", "Gracias por sus amables palabras.", "We read every review with care."}
	var out []lesson
	for i, line := range lines {
		for _, review := range []string{"", "Lovely people.", "Great place!"} {
			for _, text := range []string{line, line + " " + lines[(i+3)%len(lines)]} {
				out = append(out, lessonOf("templates", Draft{Kind: Reply, Review: review, Text: text}, Clear, nil))
			}
		}
	}
	return out
}

// tipLessons are the ready-made posts about health, with and without the page they stand on, and the corrections of myths.
func tipLessons(t *testing.T) []lesson {
	t.Helper()
	var tips struct {
		Tips []struct{ Text, URL string }
	}
	var myths struct {
		Myths []struct{ Myth, Correct string }
	}
	if err := errors.Join(readYAML(assets.FS, "observances/tips.yaml", &tips), readYAML(assets.FS, "myths/myths.yaml", &myths)); err != nil {
		t.Fatal(err)
	}
	var out []lesson
	for _, tip := range tips.Tips {
		out = append(out, lessonOf("tips", Draft{Kind: Spotlight, Text: tip.Text}, Clear, nil),
			lessonOf("tips", Draft{Kind: Spotlight, Text: tip.Text + "\n\nSource: the national society, " + tip.URL}, Clear, nil))
	}
	for _, m := range myths.Myths {
		out = append(out, lessonOf("tips", Draft{Kind: Reply, Review: m.Myth, Text: m.Correct + " Questions: 555-0100."}, Clear, nil))
	}
	if len(out) == 0 {
		t.Fatal("got no tips, want those of the calendar")
	}
	for _, frame := range []string{"From our team:", "Our clinicians say:", "De nuestro equipo:"} { // what is left around words that a clinician stands behind
		out = append(out, lessonOf("tips", Draft{Kind: Spotlight, Text: frame}, Clear, nil), lessonOf("tips", Draft{Kind: Spotlight, Text: frame + " " + tips.Tips[0].Text}, Clear, nil))
	}
	return out
}

// crisisLessons are the statements that lie ready for a bad day.
func crisisLessons(t *testing.T) []lesson {
	t.Helper()
	var file struct {
		Statements []struct{ Text string }
	}
	if err := readYAML(assets.FS, "checklist/crisis.yaml", &file); err != nil || len(file.Statements) == 0 {
		t.Fatalf("got %d statements and %v, want some", len(file.Statements), err)
	}
	var out []lesson
	for _, s := range file.Statements {
		out = append(out, lessonOf("templates", Draft{Kind: Spotlight, Text: s.Text}, Clear, nil), lessonOf("templates", Draft{Kind: Reply, Text: s.Text}, Clear, nil))
	}
	return out
}

// storyLessons are the posts that the story sheet makes of plain answers, in each tone.
func storyLessons(t *testing.T) []lesson {
	t.Helper()
	type wordings map[string][]string // by tone
	var file struct {
		Occasions []struct {
			Open      wordings
			Questions []struct{ Say wordings }
		}
	}
	if err := readYAML(assets.FS, "stories/occasions.yaml", &file); err != nil {
		t.Fatal(err)
	}
	answers := []string{"The team, and the garden behind the office", "Sorting the supply room before anyone is in", "Twelve months of evening classes",
		"No two mornings are the same", "Baking bread and long bicycle rides", "The forms are on paper no more", "Ran the front desk of a hotel for ten years",
		"A school office in another town", "Cooked in a diner by the lake",
		"Walking into the wrong room twice", "Worked at a clinic by the river", "The people. We laugh all day long"}
	colleagues := []struct{ name, first, job, tail string }{
		{"Ines Marlowe", "Ines", "dental hygienist", "From the team at Lakeside Family Dental."},
		{"Dr. Amaka Reyes-Holm", "Dr. Reyes-Holm", "dentist", "I work at Lakeside Family Dental. #employee"},
		{"Bartholomew Finch-Hatton", "Bartholomew", "front desk coordinator", "I work at Lakeside Family Dental. #employee"},
	}
	var out []lesson
	for i, o := range file.Occasions {
		for n, tone := range slices.Sorted(maps.Keys(o.Open)) {
			who := colleagues[(i+n)%len(colleagues)]
			fill := func(list []string, turn int) string {
				answer := answers[turn%len(answers)]
				return strings.NewReplacer("{name}", who.name, "{first}", who.first, "{first's}", who.first+"'s", "{job}", who.job, "{a job}", "a "+who.job,
					"{practice}", "Lakeside Family Dental", "{years}", "seven years", "{answer}", answer, "{answer,}", answer+",",
					"{go on}", strings.ToLower(answer[:1])+answer[1:]).Replace(list[turn%len(list)])
			}
			open := fill(o.Open[tone], i+n)
			post := func(told ...string) {
				d := Draft{Kind: Spotlight, Text: strings.Join([]string{open, strings.Join(told, " "), "Shared with " + who.first + "'s permission.", who.tail}, "\n\n")}
				out = append(out, lessonOf("stories", d, Clear, nil))
				d.Own.Names = []string{"Lakeside Family Dental"}
				out = append(out, lessonOf("stories", d, Clear, nil))
			}
			var all []string
			for k, q := range o.Questions {
				if len(q.Say[tone]) == 0 {
					continue
				}
				said := fill(q.Say[tone], i+k+n)
				post(said) // as where there is room for one answer, or for two
				if len(all) > 0 {
					post(all[len(all)-1], said)
				}
				all = append(all, said)
			}
			post(all...)
		}
	}
	if len(out) < 3 {
		t.Fatal("got no occasions, want those of the story sheet")
	}
	return out
}

func allLessons(t *testing.T) []lesson {
	t.Helper()
	if err := Default().ready(); err != nil {
		t.Fatal(err)
	}
	set := houseLessons(t)
	set = append(set, set...) // what the program itself offers has to pass, whatever is learned beside it
	for _, name := range wordsFrom {
		set = append(set, lessons(t, name)...)
	}
	return set
}

func authorsOf(set []lesson) []string {
	var out []string
	for _, l := range set {
		if len(l.author) == 2 && !slices.Contains(out, l.author) {
			out = append(out, l.author)
		}
	}
	return out
}

// groups is in how many parts the authors are put: what a group's drafts weigh is learned from the other groups.
const groups = 4

func groupOf(author string, authors []string) int {
	at := slices.Index(authors, author)
	if at < 0 {
		return -1 // the program's own words, and older sets: of no group
	}
	return at % groups
}
