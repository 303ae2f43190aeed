package classify

import (
	"math"
	"sync"
)

// The model sees a text as hashed words and pairs of neighbouring words, and beside them what the lexicon says. Everything here has to stay as
// it was when the model was trained: a change needs a new training (go run ./reviews/classify/train).

const (
	buckets = 1 << 16
	dense   = 12
)

// features are what the model sees of one text.
type features struct {
	hashed []uint32 // buckets, as often as they occur
	dense  [dense]float32
}

var featuresPool = sync.Pool{New: func() any { return new(features) }}

// fill reads the features of a judged text.
func (f *features) fill(d *document, v verdict) {
	f.hashed = f.hashed[:0]
	const start = 0x9e3779b9
	before, sentence := uint32(start), int32(-1)
	for i := range d.words {
		w := &d.words[i]
		h := hashWord(d.folded[w.start:w.end])
		if w.number {
			h = 0x51ed270b
		}
		if s := d.clause[w.clause].sentence; s != sentence {
			before, sentence = start, s
		}
		f.hashed = append(f.hashed, mix(h)%buckets, mix(before*0x01000193^h*0x85ebca6b)%buckets)
		before = h
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
	for _, c := range d.clause {
		if c.contrast {
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

// weight is what one hashed feature counts: the more there are, the less.
func (f *features) weight() float32 { return float32(1 / math.Sqrt(float64(len(f.hashed))+1)) }

func hashWord(word []byte) uint32 {
	h := uint32(2166136261)
	for _, b := range word {
		h = (h ^ uint32(b)) * 16777619
	}
	return h
}

func mix(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x7feb352d
	h ^= h >> 15
	h *= 0x846ca68b
	return h ^ h>>16
}
