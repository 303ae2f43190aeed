package classify

import (
	"math"
	"sync"
)

// The model sees a text as hashed words and pairs of neighbouring words, and beside them what the lexicon says. Everything here has to stay as
// it was when the model was trained: a change needs a new training (go run ./reviews/classify/train).

const (
	buckets    = 250_000 // all weights and lists together stay under two million bytes
	dense      = 12
	hashStart  = 0x9e3779b9 // stands before the first word of a sentence
	hashPause  = 0x27d4eb2f // stands before the first word after a comma
	hashEnd    = 0x165667b1 // stands after the last word of a sentence
	hashClose  = 0xd3a2646c // marks the words of the last of several sentences
	hashThree  = 0xfd7046c5 // marks three words in a row
	hashNumber = 0x51ed270b // stands for every number
)

// features are what the models see of one text.
type features struct {
	felt      []uint32 // fourWays of each word
	means     []int32  // the place of each word among the meanings, 0 for none
	three     []uint32 // each word with the two before it, which count half
	closing   []uint32 // the words of the last of several sentences once more, since it sums up
	sentences []sentenceFelt
	beside    []uint32 // of all sentences: their ends, and the phrases of topics in them
	dense     [dense]float32
}

// fourWays is how often a word is felt: itself, with the one before it, its stem, and its stem with the stem before it.
const fourWays = 4

// sentenceFelt is where the features of one sentence lie, and what the model and the lexicon make of it.
type sentenceFelt struct {
	first, last int // words
	from, to    int // in beside
	bad, good   int32
	lean, words float64
	ironic      bool
}

var featuresPool = sync.Pool{New: func() any { return new(features) }}

// pair is the feature of two words in this order.
func pair(before, word uint32) uint32 { return mix(before*0x01000193 ^ word*0x85ebca6b) }

// sense takes in the words, and the complaints and praise of topics that were found: a mere word about a topic says nothing of the feeling.
func (f *features) sense(c *Classifier, d *document) {
	f.means = f.means[:0]
	f.felt, f.three, f.closing, f.sentences, f.beside = f.felt[:0], f.three[:0], f.closing[:0], f.sentences[:0], f.beside[:0]
	hit := 0
	d.sentences(func(first, last int) {
		s := sentenceFelt{first: first, last: last, from: len(f.beside)}
		before, further, root := uint32(hashStart), uint32(hashStart), uint32(hashStart)
		for i := first; i <= last; i++ {
			w := &d.words[i]
			if i > first && (w.comma || w.clause != d.words[i-1].clause) {
				before = hashPause
			}
			stemmed, meaning := uint32(hashNumber), int32(0)
			if !w.number {
				stemmed, meaning = uint32(stem(d.folded[w.start:w.end])), c.meanings.row(w.hash)
			}
			f.means = append(f.means, meaning)
			f.felt = append(f.felt, mix(w.hash), pair(before, w.hash), mix(stemmed^hashEnd), pair(root^hashEnd, stemmed))
			f.three = append(f.three, mix(pair(further, before)^w.hash*hashThree))
			further, before, root = before, w.hash, stemmed
		}
		f.beside = append(f.beside, pair(before, hashEnd))
		for ; hit < len(d.hits) && int(d.hits[hit].start) <= last; hit++ {
			if e := d.hits[hit].entry; e.role == about && e.polarity != 0 {
				f.beside = append(f.beside, c.topics[e.topic].cue[e.polarity+1]^hashEnd)
			}
		}
		s.to = len(f.beside)
		f.sentences = append(f.sentences, s)
	})
	if n := len(f.sentences); n > 1 {
		for i := f.sentences[n-1].first; i <= f.sentences[n-1].last; i++ {
			f.closing = append(f.closing, mix(d.words[i].hash^hashClose))
		}
	}
}

// feel takes in what the lexicon says of the text and of its sentences.
func (f *features) feel(d *document, v verdict) {
	for i := range f.sentences {
		s := &f.sentences[i]
		for k := d.words[s.first].clause; k <= d.words[s.last].clause; k++ {
			s.words += d.clause[k].score
		}
	}
	var good, bad, last float64
	var goods, bads float32
	for _, r := range v.reasons {
		if r.weight > 0 {
			good += r.weight
			goods++
		} else {
			bad -= r.weight
			bads++
		}
		last = r.weight
	}
	words := float64(len(d.words))
	root := math.Sqrt(words + 1)
	contrasts := float32(0)
	for i := range d.clause {
		if d.clause[i].contrast {
			contrasts++
		}
	}
	f.dense = [dense]float32{
		float32(v.score), float32(good / root), float32(bad / root), float32(math.Tanh(good / 4)), float32(math.Tanh(bad / 4)), float32(math.Tanh(last)),
		float32(min(d.bangs, 4)) / 4, float32(min(d.shouts, 4)) / 4, float32(math.Log1p(words)) / 5, min(contrasts, 3) / 3,
		(goods - bads) / (goods + bads + 1), 0,
	}
	if len(v.reasons) == 0 {
		f.dense[11] = 1
	}
}

// weight is what one hashed feature counts: the more there are, the less. A word has fourWays, and half a one with the two before it.
func weight(words, more int) float64 {
	return 1 / math.Sqrt((fourWays+0.5)*float64(words)+float64(more)+1)
}

func hashWord(word []byte) uint32 {
	h := uint32(hashStartOfWord)
	for _, b := range word {
		h = hashOn(h, b)
	}
	return h
}

const hashStartOfWord = 2166136261

// hashOn takes one more byte into the hash of a word.
func hashOn(h uint32, b byte) uint32 { return (h ^ uint32(b)) * 16777619 }

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	return h ^ h>>16
}
