package guard

import (
	"bufio"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"io/fs"
	"math"
	"math/bits"
	"slices"
	"strings"
	"sync"
)

// An opinion judges a draft beside the rules. It has three parts, all trained
// on the judged drafts in testdata (lessons_test.go) and kept in one file:
//
//   - the words: a linear model over the traits of a draft, which says how
//     much it reads like drafts that people stopped, doubted or let pass, and
//     a second one that reads each sentence by itself, and each clause of a
//     long one, so that a bad one is not lost among good ones; and a third
//     that reads how the words are spelled (letters.go);
//   - the balance: how much that counts beside the rules that fired, of which
//     some are surer than others, in a draft of this size;
//   - the codes: which reason the words suggest, where no rule names one.
//
// So a draft is stopped that no rule names, and a rule that is known to be
// over-eager is calmed.
type opinion struct {
	lessons                  []byte // a digest of what it was learned from
	draft, sentence, letters weights
	balance                  map[string][3]float64
	codes                    []string
	lean                     [][]byte // of each code, by its traits
}

// weights are what traits say for block and for warn, against clear.
type weights struct {
	rows   []row       // of 64 traits each
	pairs  []byte      // of each, for block and for warn, as levels
	levels [16]float64 // what the levels stand for
}

// row is together what one look needs, for most of a look is waiting for memory.
type row struct {
	has    uint64 // a bit for each of its traits that says something
	before uint32 // how many of them lie before this row
}

const (
	opinionFile = "rules/opinion.bin"
	opinionSign = "goodword opinion 6\n"
	codeSize    = 1 << 12
)

// odds are how likely a draft is clear, to be doubted and to be stopped.
type odds [3]float64

var outcomes = [3]Verdict{Clear, Warn, Block}

// softened makes odds of three sums of weights.
func softened(z [3]float64) odds {
	most := max(z[0], z[1], z[2])
	var out odds
	total := 0.0
	for i := range z {
		out[i] = math.Exp(z[i] - most)
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

// readOpinion reads the weights. A pack folder without them has no opinion.
func readOpinion(fsys fs.FS) (*opinion, error) {
	data, err := fs.ReadFile(fsys, opinionFile)
	if err != nil {
		return nil, nil
	}
	o, err := unpacked(bufio.NewReader(flate.NewReader(bytes.NewReader(data))))
	if err != nil {
		return nil, fmt.Errorf("the weights of the gate's opinion cannot be read: %w", err)
	}
	return o, nil
}

// unpacked reads an opinion: what it was learned from, the three weights, the balance, and the codes, two levels a byte.
func unpacked(in packedReader) (*opinion, error) {
	sign := make([]byte, len(opinionSign))
	if _, err := io.ReadFull(in, sign); err != nil || string(sign) != opinionSign {
		return nil, fmt.Errorf("they are of another kind")
	}
	u := unpacker{in: in}
	o := &opinion{balance: map[string][3]float64{}, lessons: u.bytes(sha256.Size), draft: u.weights(), sentence: u.weights(), letters: u.weights()}
	for range u.number() {
		o.balance[u.text()] = [3]float64{u.real(), u.real(), u.real()}
	}
	o.codes = make([]string, u.number())
	for i := range o.codes {
		o.codes[i] = u.text()
		o.lean = append(o.lean, u.bytes(codeSize/2))
	}
	return o, u.err
}

type packedReader interface {
	io.Reader
	io.ByteReader
}

// unpacker reads the parts of an opinion. After the first fault all that it reads is empty.
type unpacker struct {
	in  packedReader
	err error
}

func (u *unpacker) number() int {
	if u.err != nil {
		return 0
	}
	n, err := binary.ReadUvarint(u.in)
	if err != nil || n > traitSize {
		u.err = fmt.Errorf("they end too early")
		return 0
	}
	return int(n)
}

func (u *unpacker) bytes(n int) []byte {
	out := make([]byte, n)
	if u.err == nil {
		if _, err := io.ReadFull(u.in, out); err != nil {
			u.err = fmt.Errorf("they end too early")
		}
	}
	return out
}

func (u *unpacker) text() string { return string(u.bytes(u.number())) }

func (u *unpacker) real() float64 {
	return float64(math.Float32frombits(binary.LittleEndian.Uint32(u.bytes(4))))
}

// weights are written as what the greatest level stands for, the traits by their distances, and two levels a byte.
func (u *unpacker) weights() weights {
	w := weights{rows: make([]row, traitSize/64), levels: levels(u.real())}
	at, pairs := -1, u.number()
	for range pairs {
		if at += 1 + u.number(); at >= traitSize {
			u.err = fmt.Errorf("they are broken")
		}
		if u.err != nil {
			return w
		}
		w.rows[at>>6].has |= 1 << (at & 63)
	}
	w.pairs = u.bytes(pairs)
	count := uint32(0)
	for i := range w.rows {
		w.rows[i].before = count
		count += uint32(bits.OnesCount64(w.rows[i].has))
	}
	return w
}

// levels works out what the sixteen levels of a weight stand for.
func levels(most float64) (out [16]float64) {
	for i := range out {
		share := float64(i-8) / 7
		out[i] = share * math.Abs(share) * most
	}
	return out
}

// of is the weight of a trait, for block and for warn.
func (w *weights) of(n trait) (block, warn float64) {
	at, bit := &w.rows[n>>6], uint64(1)<<(n&63)
	if at.has&bit == 0 {
		return 0, 0
	}
	pair := w.pairs[at.before+uint32(bits.OnesCount64(at.has&(bit-1)))]
	return w.levels[pair>>4], w.levels[pair&15]
}

// sum is what traits say together.
func (w *weights) sum(list []trait) (block, warn float64) {
	for _, n := range list {
		b, d := w.of(n)
		block, warn = block+b, warn+d
	}
	return block, warn
}

// mean is what traits say together, the less for each the more there are.
func (w *weights) mean(list []trait) (block, warn float64) {
	block, warn = w.sum(list)
	length := math.Sqrt(float64(len(list) + 1))
	return block / length, warn / length
}

// said is what the words say for block and for warn, against clear: those of
// the whole draft, the most that a sentence says, the most that a sentence or a clause of one says, and how the words are spelled.
type said struct {
	block, warn                   float64
	blockOfOne, warnOfOne         float64
	blockOfClause, warnOfClause   float64
	blockOfLetters, warnOfLetters float64
	size                          string // in long drafts one sentence weighs more beside all
}

func (o *opinion) words(t *traits) said {
	var s said
	s.block, s.warn = o.draft.mean(t.list)
	sharedBlock, sharedWarn := o.sentence.sum(t.shared)
	for i := range t.ends {
		own := t.ofSentence(i)
		length := math.Sqrt(float64(len(own) + len(t.shared) + 1))
		block, warn := o.sentence.sum(own)
		block, warn = (block+sharedBlock)/length, (warn+sharedWarn)/length
		if i == 0 || block > s.blockOfOne {
			s.blockOfOne = block
		}
		if i == 0 || warn > s.warnOfOne {
			s.warnOfOne = warn
		}
	}
	s.blockOfClause, s.warnOfClause = s.blockOfOne, s.warnOfOne
	for i := range t.cuts {
		own := t.ofClause(i)
		length := math.Sqrt(float64(len(own) + len(t.shared) + 1))
		block, warn := o.sentence.sum(own)
		s.blockOfClause, s.warnOfClause = max(s.blockOfClause, (block+sharedBlock)/length), max(s.warnOfClause, (warn+sharedWarn)/length)
	}
	s.blockOfLetters, s.warnOfLetters = o.letters.mean(t.letters)
	s.size = sizeOf(len(t.list))
	return s
}

// sizeOf puts drafts into three sizes by how many traits they have: up to some fifteen words, up to forty, and more.
func sizeOf(n int) string {
	switch {
	case n < 400:
		return "short"
	case n < 900:
		return "middle"
	}
	return "long"
}

// ground is one thing that counts in the balance.
type ground struct {
	name  string
	value float64
}

const ruleGround = .5 // what a rule that fired counts before it is weighed

// grounds are all that count for a draft: what its words say for block and
// for warn, and the rules that fired.
func grounds(kind Kind, s said, found []Finding) []ground {
	worst, stops := Clear, 0
	out := []ground{{"always", 1}, {"words block clear", s.block}, {"words warn clear", s.warn}, {"words block warn", s.block - s.warn},
		{"sentence block clear", s.blockOfOne}, {"sentence warn clear", s.warnOfOne}, {"sentence block warn", s.blockOfOne - s.warnOfOne},
		{"clause block clear", s.blockOfClause}, {"clause warn clear", s.warnOfClause}, {"clause block warn", s.blockOfClause - s.warnOfClause},
		{"letters block clear", s.blockOfLetters}, {"letters warn clear", s.warnOfLetters}, {"letters block warn", s.blockOfLetters - s.warnOfLetters}}
	for _, g := range out { // each weighs otherwise in a draft of another size
		out = append(out, ground{g.name + " " + s.size, g.value})
	}
	var seen []string
	for _, f := range found {
		if f.id == opinionID {
			continue
		}
		if f.Severity.weight() > worst.weight() {
			worst = f.Severity
		}
		name := f.id + " " + string(f.Severity)
		if !slices.Contains(seen, name) {
			seen = append(seen, name)
			if f.Severity == Block {
				stops++
			}
			out = append(out, ground{name, ruleGround})
		}
	}
	out = append(out, ground{"worst " + string(worst), 1}, ground{"worst " + string(worst) + " " + string(kind), 1},
		ground{"stops", float64(min(stops, 4)) / 2})
	if worst == Block {
		out = append(out, ground{"words where a rule stops", s.block})
	}
	return out
}

func (o *opinion) weigh(list []ground) odds {
	var z [3]float64
	for _, g := range list {
		w := o.balance[g.name]
		for k := range z {
			z[k] += w[k] * g.value
		}
	}
	return softened(z)
}

// The shares from which the opinion decides, found on authors it had not read (rules/opinion.md).
const (
	sureToStop = .48 // from this share of block it stops what no rule stops
	calmBlock  = .35 // below it, it calms what a rule stops
	sureToPass = .85 // from this share of clear it lets a draft pass where clear is likelier than warn, and warn counts only so much beside the others:
	doubtIs    = .15 // to pass a draft that deserved a doubt is the smaller harm
	sureOfAll  = .70 // from this share of clear it is sure that all is clear
)

const opinionID = "opinion"

var collectors = sync.Pool{New: func() any { return new(traits) }}

// consult lets the opinion judge beside the rules.
func (r *reading) consult() {
	o := r.g.opinion
	if o == nil || strings.TrimSpace(r.body.lower) == "" {
		return
	}
	t := collectors.Get().(*traits)
	defer collectors.Put(t)
	t.of(r)
	rule := worst(r.found)
	p := o.weigh(grounds(r.Kind, o.words(t), r.found))
	want := decide(p, rule)
	if want.weight() < rule.weight() {
		r.calm(want, p)
	}
	if worst(r.found).weight() < want.weight() {
		r.opine(want)
	}
}

// decide gives the verdict of rules and opinion together.
func decide(p odds, rule Verdict) Verdict {
	stop := sureToStop
	if rule == Block {
		stop = calmBlock
	}
	switch {
	case p[2] >= stop:
		return Block
	case p[0] > p[1] && p[0] >= sureToPass*(p[0]+p[2]+doubtIs*p[1]):
		return Clear
	}
	return Warn
}

func worst(found []Finding) Verdict {
	out := Clear
	for _, f := range found {
		if f.Severity.weight() > out.weight() {
			out = f.Severity
		}
	}
	return out
}

// yields says whether a finding gives way to the opinion that the draft deserves no more than a verdict. Identifiers do not, nor what is counted or compared
// rather than understood. Days, looks into records, and names and numbers said in passing give way only to one that is sure that all is clear: it is mostly right
// about those on drafts of authors it has not read.
func (f Finding) yields(to Verdict, p odds) bool {
	sure := to == Clear && p[0] >= sureOfAll
	switch f.id {
	case privateID, "named-care", "unmasked-name": // a name is one whatever is said around it
		return f.Severity != Block
	case "foreign-number", "shown-name", "removal-bought":
		return false
	case "records-say", "reviewers-contact", "spoken-name":
		return sure
	}
	switch f.Rule {
	case "phi-id":
		return f.Severity != Block
	case "phi-date":
		return sure || !digits(f.Quote)
	case "length", "quote-back":
		return false
	}
	return true
}

// calm lets findings weigh no more than a verdict, where they yield to it.
func (r *reading) calm(most Verdict, p odds) {
	r.found = slices.DeleteFunc(r.found, func(f Finding) bool { return most == Clear && f.yields(most, p) })
	for i := range r.found {
		if f := &r.found[i]; f.Severity.weight() > most.weight() && f.yields(most, p) {
			f.Severity = most
			f.Why += " The rest of the text reads as harmless, so this only warns."
		}
	}
}

// opine notes what the opinion thinks, at the words that weigh most.
func (r *reading) opine(severity Verdict) {
	heaviest, from, to := math.Inf(-1), 0, 0
	var toks []token
	for _, s := range r.sentences {
		toks = r.tokens(s.text, s.start, toks[:0])
		if weight, start, end := r.g.opinion.stretch(toks, r.Kind, severity); weight > heaviest {
			heaviest, from, to = weight, s.start+start, s.start+end
		}
	}
	if to <= from {
		return
	}
	code := r.g.opinion.code(r, severity)
	if severity == Warn && r.nothingMissing(code) {
		return
	}
	about := r.g.codes[code]
	start, end := r.body.span(from, to)
	r.found = append(r.found, Finding{Rule: code, Severity: severity, Start: start, End: end, Quote: r.Text[start:end], id: opinionID,
		Why:   "No single rule names these words, but the draft reads like ones that a careful reviewer " + treated[severity] + " for this reason: " + about.Why,
		Basis: about.Basis, Instead: about.Instead})
}

// nothingMissing says whether the rule for a reason saw that what the reason asks for is there, or not called for. Then the doubt goes: to guess at the
// next reason instead doubted three drafts more that deserved it, and ten that did not.
func (r *reading) nothingMissing(code string) bool {
	switch code {
	case "consent-missing":
		return r.has("consent") && r.has("staff_role")
	case "missing-offline-path":
		return r.review.mood != complaint || r.showsPath()
	}
	return false
}

var treated = map[Verdict]string{Block: "stopped", Warn: "doubted"}

// mostShown is how many words of a sentence are shown as those that weigh most.
const mostShown = 10

// stretch finds the words of a sentence that weigh most, and their weight.
func (o *opinion) stretch(toks []token, kind Kind, severity Verdict) (weight float64, from, to int) {
	if len(toks) < 2 {
		return math.Inf(-1), 0, 0
	}
	own := hashed(string(kind))
	each := make([]float64, len(toks))
	of := func(h uint64) float64 {
		total := 0.0
		for _, h := range []uint64{h, mix(h, own)} {
			block, warn := o.sentence.of(number(h))
			if severity == Warn {
				block = warn
			}
			total += block
		}
		return total
	}
	total := 0.0
	for i, a := range toks {
		each[i] = of(mix(tagWord, a.word)) + of(mix(tagSign, a.sign))
		if i > 0 {
			pair := of(mix(tagWords, mix(toks[i-1].word, a.word))) + of(mix(tagSigns, mix(toks[i-1].sign, a.sign)))
			each[i] += pair / 2
			each[i-1] += pair / 2
		}
	}
	for _, w := range each {
		total += w
	}
	first, last := 0, len(toks)-1
	for last-first+1 > mostShown { // drop the lighter end
		if each[first] < each[last] {
			first++
		} else {
			last--
		}
	}
	return total / math.Sqrt(float64(len(toks)+2)), toks[first].start, toks[last].end
}

// code is the reason that the words suggest. A draft is only stopped for a reason for which some rule stops one.
func (o *opinion) code(r *reading, severity Verdict) string {
	list := codeTraits(r, severity)
	best, most := "", math.Inf(-1)
	for i, code := range o.codes {
		if severity == Block && !r.g.grave[code] {
			continue
		}
		sum := 0.0
		for _, n := range list {
			level := o.lean[i][n/2] >> 4
			if n%2 == 1 {
				level = o.lean[i][n/2] & 15
			}
			sum += codeLevels[level]
		}
		if sum > most {
			best, most = code, sum
		}
	}
	return best
}

// codeLevels are what the levels stand for in the codes, where only the greatest counts.
var codeLevels = levels(1)

// codeTraits are those that a reason is guessed from: the words of the draft
// and their signs.
func codeTraits(r *reading, severity Verdict) []uint16 {
	kind := hashed(string(r.Kind))
	out := []uint16{uint16(mix(kind, 1) % codeSize), uint16(mix(kind, hashed(string(severity))) % codeSize)}
	var toks []token
	for _, s := range r.sentences {
		toks = r.tokens(s.text, s.start, toks[:0])
		for i, w := range toks {
			out = append(out, uint16(mix(3, w.word)%codeSize), uint16(mix(4, w.sign)%codeSize), uint16(mix(mix(4, w.sign), kind)%codeSize))
			if i > 0 {
				out = append(out, uint16(mix(5, mix(toks[i-1].sign, w.sign))%codeSize))
			}
		}
	}
	for _, w := range r.tokens(r.note, -1, toks[:0]) {
		out = append(out, uint16(mix(6, w.sign)%codeSize))
	}
	return out
}
