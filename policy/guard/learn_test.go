package guard

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"io"
	"io/fs"
	"math"
	"math/rand"
	"os"
	"slices"
	"sort"
	"sync"
	"testing"

	"goodword/assets"
)

// slope keeps, for each weight, how far it was moved (AdaGrad).
type slope [3]float64

// learned is what the words were found to weigh, in drafts and in sentences: as the file will hold it, and as the program will read that.
type learned struct {
	packed                   []byte
	draft, sentence, letters weights
}

func learnWords(set []lesson) learned {
	var drafts, sentences, spelled []part
	for _, l := range set {
		drafts = append(drafts, part{want: l.want, traits: l.traits})
		spelled = append(spelled, part{want: l.want, traits: l.letters})
		for _, p := range l.parts {
			if p.want != unsaid {
				sentences = append(sentences, p)
			}
		}
	}
	words := packedWords(packedWords(packedWords(nil, fit(drafts)), fit(sentences)), fit(spelled))
	u := unpacker{in: bytes.NewReader(words)}
	return learned{words, u.weights(), u.weights(), u.weights()}
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
	var s said
	s.block, s.warn = words.draft.mean(l.traits)
	s.blockOfLetters, s.warnOfLetters = words.letters.mean(l.letters)
	s.blockOfOne, s.warnOfOne, s.blockOfClause, s.warnOfClause = math.Inf(-1), math.Inf(-1), math.Inf(-1), math.Inf(-1)
	for _, p := range l.parts {
		block, warn := words.sentence.mean(p.traits)
		if !p.clause {
			s.blockOfOne, s.warnOfOne = max(s.blockOfOne, block), max(s.warnOfOne, warn)
		}
		s.blockOfClause, s.warnOfClause = max(s.blockOfClause, block), max(s.warnOfClause, warn)
	}
	if len(l.parts) == 0 {
		s.blockOfOne, s.warnOfOne, s.blockOfClause, s.warnOfClause = 0, 0, 0, 0
	}
	s.size = sizeOf(len(l.traits))
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

// packed writes an opinion down.
func packed(lessons []byte, words learned, balance map[string][3]float64, codes []string, lean [][]float64) []byte {
	out := slices.Concat([]byte(opinionSign), lessons, words.packed)
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

// packedWords writes down the weights of all traits that weigh enough to have a level.
func packedWords(out []byte, words [][3]float64) []byte {
	var sizes []float64
	for _, w := range words {
		if size := max(math.Abs(w[2]-w[0]), math.Abs(w[1]-w[0])); size > 0 {
			sizes = append(sizes, size)
		}
	}
	sort.Float64s(sizes)
	clip := sizes[len(sizes)-1-len(sizes)/1000] // the few that weigh more are cut
	var traits []int
	var pairs []byte
	for n, w := range words {
		if pair := nibble((w[2]-w[0])/clip)<<4 | nibble((w[1]-w[0])/clip); pair != nibble(0)<<4|nibble(0) {
			traits, pairs = append(traits, n), append(pairs, pair)
		}
	}
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(float32(clip)))
	out = binary.AppendUvarint(out, uint64(len(traits)))
	at := -1
	for _, n := range traits {
		out = binary.AppendUvarint(out, uint64(n-at-1))
		at = n
	}
	return append(out, pairs...)
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

// weighedApart weighs the lessons of each group of authors by words learned from all others.
func weighedApart(set []lesson, authors []string) [groups][]weighed {
	var out [groups][]weighed
	var wait sync.WaitGroup
	for g := range out {
		wait.Go(func() {
			words := learnWords(slices.DeleteFunc(slices.Clone(set), func(l lesson) bool { return groupOf(l.author, authors) == g }))
			for i := range set {
				if groupOf(set[i].author, authors) == g {
					out[g] = append(out[g], weighedBy(words, &set[i]))
				}
			}
		})
	}
	wait.Wait()
	return out
}

// digestOf stands for all that an opinion learns from its lessons.
func digestOf(set []lesson) []byte {
	h := sha256.New()
	e := gob.NewEncoder(h)
	for _, l := range set {
		rules := []string{l.author, string(l.kind)}
		for _, f := range l.found {
			rules = append(rules, f.id, string(f.Severity))
		}
		for _, part := range []any{rules, l.reasons, l.want, l.traits, l.letters, l.codes} {
			if err := e.Encode(part); err != nil {
				panic(err) // all of it can be encoded
			}
		}
		for _, p := range l.parts {
			if err := errors.Join(e.Encode(p.want), e.Encode(p.traits)); err != nil {
				panic(err)
			}
		}
	}
	return h.Sum(nil)
}

// TestTheOpinionKnowsItsLessons holds the weights that ship against the lessons of today: a template, a rule or a judged draft that changed since
// they were learned asks for a training.
func TestTheOpinionKnowsItsLessons(t *testing.T) {
	if testing.Short() {
		t.Skip("many drafts, judged one after the other: the race detector finds nothing here")
	}
	if os.Getenv("GOODWORD_TRAIN") != "" {
		t.Skip("they are about to be learned")
	}
	if set := allLessons(t); !bytes.Equal(digestOf(set), Default().opinion.lessons) {
		t.Errorf("the opinion learned from other than these %d lessons: train it anew with GOODWORD_TRAIN=1 go test -run TheOpinionIsTrainedHere ./policy/guard", len(set))
	}
	if ships, err := fs.ReadFile(assets.FS, opinionFile); err != nil || len(ships) > mostBytes {
		t.Errorf("got %d bytes of weights and %v, want at most %d", len(ships), err, mostBytes)
	}
}

const mostBytes = 5 << 20

// TestTheOpinionIsTrainedHere makes the weights anew and compares them with those that ship; with GOODWORD_TRAIN it writes them.
func TestTheOpinionIsTrainedHere(t *testing.T) {
	train := os.Getenv("GOODWORD_TRAIN") != ""
	if !train && os.Getenv("GOODWORD_MEASURE") == "" {
		t.Skip("a training takes minutes: set GOODWORD_TRAIN=1 to make the weights, GOODWORD_MEASURE=1 to compare those that ship (on amd64, for other processors round otherwise)")
	}
	set := allLessons(t)
	apart := weighedApart(set, authorsOf(set))
	balance := learnBalance(slices.Concat(apart[:]...))
	codes, lean := learnCodes(set)
	data := packed(digestOf(set), learnWords(set), balance, codes, lean)
	if train {
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
		t.Errorf("got weights of %d bytes, want the %d that ship: train anew with GOODWORD_TRAIN=1", len(data), len(plain))
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

// settled is the verdict after the findings that do not yield have had their say.
func settled(p odds, found []Finding) Verdict {
	want := decide(p, worst(found))
	got := want
	for _, f := range found {
		if !f.yields(want, p) && f.Severity.weight() > got.weight() {
			got = f.Severity
		}
	}
	return got
}
