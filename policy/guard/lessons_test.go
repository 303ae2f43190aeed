package guard

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"maps"
	"math"
	"math/rand"
	"os"
	"runtime"
	"slices"
	"sort"
	"strings"
	"testing"

	"goodword/assets"
)

// wordsFrom are the judged sets that the words of the opinion are learned
// from. The held sets are not among them.
var wordsFrom = []string{"wave3", "wave5", "wave_tune", "adversarial", "own"}

// balancedOn are the sets whose authors the rules were not written for: only
// there the rules show how sure they are.
var balancedOn = []string{"wave3", "wave5"}

// lesson is a judged draft as the opinion sees it.
type lesson struct {
	author  string
	want    int // of outcomes
	traits  []trait
	found   []Finding // by the rules
	kind    Kind
	codes   []uint16
	reasons []string
	parts   []part
}

// part is a sentence of a judged draft.
type part struct {
	want   int // of outcomes, or unsaid
	traits []trait
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
	l := lesson{author: author, want: slices.Index(outcomes[:], want), traits: slices.Clone(c.list), found: r.found, kind: d.Kind,
		codes: codeTraits(r, want), reasons: reasons}
	for i, s := range r.sentences {
		start, end := r.body.span(s.start, s.end)
		p := part{want: l.want, traits: slices.Concat(c.ofSentence(i), c.shared)}
		if want != Clear && len(r.sentences) > 1 && !slices.ContainsFunc(spans, func(words string) bool {
			at := strings.Index(d.Text, words)
			return at >= 0 && at < end && at+len(words) > start
		}) {
			p.want = unsaid
		}
		l.parts = append(l.parts, p)
	}
	return l
}

// filledIn are the words that a template stands for, by language.
var filledIn = map[string]*strings.Replacer{
	"en": strings.NewReplacer("{call}", "call our office at 555-0100", "{phone}", "555-0100", "{contact}", "our office manager", "{practice}", "our practice",
		"{team}", "our team", "{hours}", "Monday to Friday, 8 to 5", "{booking}", "Online or by telephone", "{insurance}", "Most large plans",
		"{emergency}", "The line on our voicemail, at any hour", "{languages}", "English, Spanish and Vietnamese", "{new_patients}", "New patients are welcome",
		"{parking}", "Behind the building, free of charge", "{records}", "A form at the front desk or on our website", "{website}", "www.practice.example", "{place}", "the office on Main Street"),
	"es": strings.NewReplacer("{call}", "llame al 555-0100", "{phone}", "555-0100", "{contact}", "la gerente", "{practice}", "nuestra clínica",
		"{team}", "nuestro equipo", "{hours}", "De lunes a viernes, de 8 a 17 horas", "{booking}", "En línea o por teléfono", "{insurance}", "La mayoría de los planes",
		"{emergency}", "La línea de nuestro contestador, a toda hora", "{languages}", "Inglés y español", "{new_patients}", "Recibimos a pacientes nuevos",
		"{parking}", "Detrás del edificio, gratis", "{records}", "Un formulario en la recepción", "{website}", "www.practice.example", "{place}", "la oficina de la calle Main"),
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
	out = append(append(append(out, storyLessons(t)...), tipLessons(t)...), crisisLessons(t)...)
	for _, name := range []string{"Mrs. Okafor", "Mr. Brandt", "Ms. Marlowe", "Ines Marlowe", "Dr. Park"} { // a colleague whom the practice names as the contact
		own := Own{Names: []string{name, "Alder Lane Family Care"}}
		for _, text := range []string{"%s is glad to hear more: 555-0100.", "Please ask for %s at 555-0100.", "%s, our office manager, listens to every concern at 555-0100.",
			"Alder Lane Family Care thanks you for the note. %s can be reached at 555-0100.", "%s answers 555-0100 on weekdays."} {
			for _, review := range []string{"", "Rude desk.", "Three calls and no answer."} {
				out = append(out, lessonOf("templates", Draft{Kind: Reply, Review: review, Text: strings.Replace(text, "%s", name, 1), Own: own}, Clear, nil))
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
		"No two mornings are the same", "Baking bread and long bicycle rides", "The forms are on paper no more"}
	var out []lesson
	for i, o := range file.Occasions {
		for n, tone := range slices.Sorted(maps.Keys(o.Open)) {
			fill := func(list []string, turn int) string {
				answer := answers[turn%len(answers)]
				return strings.NewReplacer("{name}", "Ines Marlowe", "{first}", "Ines", "{first's}", "Ines's", "{job}", "dental hygienist", "{a job}", "a dental hygienist",
					"{practice}", "Lakeside Family Dental", "{years}", "seven years", "{answer}", answer, "{answer,}", answer+",",
					"{go on}", strings.ToLower(answer[:1])+answer[1:]).Replace(list[turn%len(list)])
			}
			parts := []string{fill(o.Open[tone], i+n)}
			for k, q := range o.Questions {
				if k%3 != n%3 && len(q.Say[tone]) > 0 {
					parts = append(parts, fill(q.Say[tone], i+k+n))
				}
			}
			parts = append(parts, "Shared with Ines's permission.", "From the team at Lakeside Family Dental.")
			out = append(out, lessonOf("stories", Draft{Kind: Spotlight, Text: strings.Join(parts, " ")}, Clear, nil))
		}
	}
	if len(out) < 3 {
		t.Fatal("got no occasions, want those of the story sheet")
	}
	return out
}

// slope keeps, for each weight, how far it was moved (AdaGrad).
type slope [3]float64

// learned is what the words were found to weigh, in drafts and in sentences.
type learned struct{ draft, sentence [][3]float64 }

func learnWords(set []lesson) learned {
	var drafts, sentences []part
	for _, l := range set {
		drafts = append(drafts, part{l.want, l.traits})
		for _, p := range l.parts {
			if p.want != unsaid {
				sentences = append(sentences, p)
			}
		}
	}
	return learned{fit(drafts), fit(sentences)}
}

// fit finds the weights of traits by logistic regression.
func fit(set []part) [][3]float64 {
	weights, moved := make([][3]float64, traitSize), make([]slope, traitSize)
	rnd := rand.New(rand.NewSource(1))
	const rate, shrink, rounds, settled = .3, .01, 14, 4
	mean := make([][3]float64, traitSize)
	for round := range rounds {
		for _, i := range rnd.Perm(len(set)) {
			l := &set[i]
			length := math.Sqrt(float64(len(l.traits) + 1))
			p := softened(told(weights, l.traits))
			for k := range p {
				miss := p[k]
				if k == l.want {
					miss--
				}
				for _, n := range l.traits {
					step := (miss + shrink*weights[n][k]) / length
					moved[n][k] += step * step
					weights[n][k] -= rate * step / math.Sqrt(moved[n][k]+1e-6)
				}
			}
		}
		if round >= settled { // the mean of many rounds depends less on the order of the lessons
			for n := range mean {
				for k := range mean[n] {
					mean[n][k] += weights[n][k] / (rounds - settled)
				}
			}
		}
	}
	return mean
}

func told(weights [][3]float64, list []trait) [3]float64 {
	var z [3]float64
	for _, n := range list {
		for k := range z {
			z[k] += weights[n][k]
		}
	}
	length := math.Sqrt(float64(len(list) + 1))
	for k := range z {
		z[k] /= length
	}
	return z
}

// weighed is a lesson with what weights that did not see it make of it.
type weighed struct {
	*lesson
	grounds []ground
}

func weighedBy(words learned, l *lesson) weighed {
	z := told(words.draft, l.traits)
	s := said{block: z[2] - z[0], warn: z[1] - z[0]}
	for i, p := range l.parts {
		z := told(words.sentence, p.traits)
		if i == 0 || z[2]-z[0] > s.blockOfOne {
			s.blockOfOne = z[2] - z[0]
		}
		if i == 0 || z[1]-z[0] > s.warnOfOne {
			s.warnOfOne = z[1] - z[0]
		}
	}
	return weighed{l, grounds(l.kind, s, l.found)}
}

// learnBalance fits how much words and rules count beside each other.
func learnBalance(set []weighed) map[string][3]float64 {
	index := map[string]int{}
	for _, l := range set {
		for _, g := range l.grounds {
			if _, ok := index[g.name]; !ok {
				index[g.name] = len(index)
			}
		}
	}
	weights, moved := make([][3]float64, len(index)), make([]slope, len(index))
	rnd := rand.New(rand.NewSource(2))
	shrink := 2 / float64(len(set))
	for range 60 {
		for _, i := range rnd.Perm(len(set)) {
			l := set[i]
			var z [3]float64
			for _, g := range l.grounds {
				w := weights[index[g.name]]
				for k := range z {
					z[k] += w[k] * g.value
				}
			}
			p := softened(z)
			for k := range p {
				miss := p[k]
				if k == l.want {
					miss--
				}
				for _, g := range l.grounds {
					n := index[g.name]
					step := miss*g.value + shrink*weights[n][k]
					moved[n][k] += step * step
					weights[n][k] -= .1 * step / math.Sqrt(moved[n][k]+1e-6)
				}
			}
		}
	}
	out := map[string][3]float64{}
	for name, n := range index {
		out[name] = weights[n]
	}
	return out
}

// learnCodes fits one model for each reason.
func learnCodes(set []lesson) ([]string, [][]float64) {
	var codes []string
	for code := range Default().codes {
		codes = append(codes, code)
	}
	sort.Strings(codes)
	weights := make([][]float64, len(codes))
	for c, code := range codes {
		w, moved := make([]float64, codeSize), make([]float64, codeSize)
		rnd := rand.New(rand.NewSource(3))
		for range 8 {
			for _, i := range rnd.Perm(len(set)) {
				l := &set[i]
				if len(l.reasons) == 0 {
					continue
				}
				length := math.Sqrt(float64(len(l.codes)))
				z := 0.0
				for _, n := range l.codes {
					z += w[n]
				}
				miss := 1 / (1 + math.Exp(-z/length))
				if slices.Contains(l.reasons, code) {
					miss--
				}
				for _, n := range l.codes {
					step := (miss + .02*w[n]) / length
					moved[n] += step * step
					w[n] -= .2 * step / math.Sqrt(moved[n]+1e-6)
				}
			}
		}
		weights[c] = w
	}
	return codes, weights
}

// mostTraits is how many traits keep their weights: those that weigh most.
const mostTraits = 150000

// packed writes an opinion down.
func packed(words learned, balance map[string][3]float64, codes []string, lean [][]float64) []byte {
	out := packedWords(packedWords([]byte(opinionSign), words.draft), words.sentence)
	var names []string
	for name := range balance {
		names = append(names, name)
	}
	sort.Strings(names)
	out = binary.AppendUvarint(out, uint64(len(names)))
	for _, name := range names {
		out = append(binary.AppendUvarint(out, uint64(len(name))), name...)
		for _, x := range balance[name] {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(x)))
		}
	}
	most := 0.0
	for _, row := range lean {
		for _, x := range row {
			most = max(most, math.Abs(x))
		}
	}
	out = binary.AppendUvarint(out, uint64(len(codes)))
	for i, code := range codes {
		out = append(binary.AppendUvarint(out, uint64(len(code))), code...)
		for n := 0; n < codeSize; n += 2 {
			out = append(out, nibble(lean[i][n]/most)<<4|nibble(lean[i][n+1]/most))
		}
	}
	return out
}

func packedWords(out []byte, words [][3]float64) []byte {
	type kept struct {
		n           int
		block, warn float64
	}
	var list []kept
	for n, w := range words {
		if w != [3]float64{} {
			list = append(list, kept{n, w[2] - w[0], w[1] - w[0]})
		}
	}
	weight := func(k kept) float64 { return max(math.Abs(k.block), math.Abs(k.warn)) }
	sort.SliceStable(list, func(i, j int) bool { return weight(list[i]) > weight(list[j]) })
	list = list[:min(len(list), mostTraits)]
	clip := weight(list[len(list)/200]) // the few that weigh more are cut
	sort.Slice(list, func(i, j int) bool { return list[i].n < list[j].n })
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(clip)))
	out = binary.AppendUvarint(out, uint64(len(list)))
	at := -1
	for _, k := range list {
		out = binary.AppendUvarint(out, uint64(k.n-at-1))
		at = k.n
	}
	for _, k := range list {
		out = append(out, nibble(k.block/clip)<<4|nibble(k.warn/clip))
	}
	return out
}

// nibble writes a share from -1 to 1 in four bits, small ones more exactly.
func nibble(x float64) byte {
	level := math.Round(7 * math.Sqrt(min(1, math.Abs(x))))
	if x < 0 {
		level = -level
	}
	return byte(int8(level)+8) & 15
}

// squeezed makes an opinion smaller for the program.
func squeezed(data []byte) []byte {
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err == nil {
		_, err = w.Write(data)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		panic(err) // a buffer in memory takes everything
	}
	return out.Bytes()
}

func allLessons(t *testing.T) []lesson {
	t.Helper()
	if err := Default().ready(); err != nil {
		t.Fatal(err)
	}
	set := houseLessons(t)
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

// weighedApart weighs the lessons of each group of authors by words learned from all others.
func weighedApart(set []lesson, authors []string) [groups][]weighed {
	var out [groups][]weighed
	for g := range out {
		words := learnWords(slices.DeleteFunc(slices.Clone(set), func(l lesson) bool { return groupOf(l.author, authors) == g }))
		for i := range set {
			if groupOf(set[i].author, authors) == g {
				out[g] = append(out[g], weighedBy(words, &set[i]))
			}
		}
	}
	return out
}

// TestTheOpinionIsTrainedHere makes the weights anew and compares them with
// those that ship; with GOODWORD_TRAIN it writes them.
func TestTheOpinionIsTrainedHere(t *testing.T) {
	if testing.Short() || runtime.GOARCH != "amd64" {
		t.Skip("training takes some seconds, and other processors round otherwise")
	}
	set := allLessons(t)
	apart := weighedApart(set, authorsOf(set))
	balance := learnBalance(slices.Concat(apart[:]...))
	codes, lean := learnCodes(set)
	data := packed(learnWords(set), balance, codes, lean)
	if os.Getenv("GOODWORD_TRAIN") != "" {
		if err := os.WriteFile("../../assets/"+opinionFile, squeezed(data), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Skip("the weights were written anew; run the tests again")
	}
	ships, err := fs.ReadFile(assets.FS, opinionFile)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(flate.NewReader(bytes.NewReader(ships)))
	if err != nil || !bytes.Equal(data, plain) {
		t.Errorf("got weights of %d bytes, want the %d that ship: train anew with GOODWORD_TRAIN=1", len(data), len(ships))
	}
	if len(ships) > 450<<10 {
		t.Errorf("got %d bytes of weights, want at most 450 KiB", len(ships))
	}
}

// TestTheOpinionOnAnAuthorItNeverRead leaves one group of authors out at a time,
// of the words as well as of the balance: what may be hoped for on foreign drafts.
func TestTheOpinionOnAnAuthorItNeverRead(t *testing.T) {
	if os.Getenv("GOODWORD_MEASURE") == "" {
		t.Skip("a training for each group of authors takes a minute: set GOODWORD_MEASURE=1")
	}
	set := allLessons(t)
	authors := authorsOf(set)
	apart := weighedApart(set, authors)
	var all score
	var curve []judgedOdds
	scores := map[string]*score{}
	for g := range apart {
		o := &opinion{balance: learnBalance(slices.Concat(slices.Concat(apart[:g]...), slices.Concat(apart[g+1:]...)))}
		for _, l := range apart[g] {
			if scores[l.author] == nil {
				scores[l.author] = &score{}
			}
			p := o.weigh(l.grounds)
			curve = append(curve, judgedOdds{p, l.want, worst(l.found), l.lesson})
			scores[l.author].count(outcomes[l.want], settled(p, l.found))
		}
	}
	for _, a := range authors {
		scores[a].log(t, "never read "+a)
		all.add(*scores[a])
	}
	all.log(t, "authors never read")
	var bl, cl, bp, cp []float64
	for _, c := range curve {
		if c.want == 2 {
			bl, bp = append(bl, c.p[2]), append(bp, c.p[0])
		} else if c.want == 0 {
			cl, cp = append(cl, c.p[2]), append(cp, c.p[0])
		}
	}
	sort.Float64s(cl)
	sort.Float64s(cp)
	over := func(list []float64, x float64) float64 {
		n := 0
		for _, y := range list {
			if y > x {
				n++
			}
		}
		return ratio(n, len(list))
	}
	at := func(list []float64, q float64) float64 { return list[int(float64(len(list)-1)*q)] }
	t.Logf("were the shares set otherwise: block recall with 3 %% of the clear stopped %.3f, 5 %% %.3f, 10 %% %.3f, 20 %% %.3f; block taken for clear with .9 of the clear kept %.3f, .8 %.3f, .7 %.3f", over(bl, at(cl, .97)), over(bl, at(cl, .95)), over(bl, at(cl, .9)), over(bl, at(cl, .8)), over(bp, at(cp, .1)), over(bp, at(cp, .2)), over(bp, at(cp, .3)))
	all.floor(t, .90, .065, .11, .84)
}

// judgedOdds are the odds of a draft whose author was never read.
type judgedOdds struct {
	p    odds
	want int
	rule Verdict
	*lesson
}

// settled is the verdict after firm findings have had their say.
func settled(p odds, found []Finding) Verdict {
	got := decide(p, worst(found))
	for _, f := range found {
		if f.firm() && f.Severity.weight() > got.weight() {
			got = f.Severity
		}
	}
	return got
}
