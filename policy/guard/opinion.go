package guard

import (
	"encoding/binary"
	"io/fs"
	"math"
	"strings"
)

// An opinion is a small linear model over the words of a draft: what the
// rules did not name but what reads like drafts that people stopped. It is
// asked only where every rule is silent, and it can only warn.
//
// It was trained on the judged drafts in testdata (opinion_test.go), and lies
// beside the packs as one byte for each weight.
type opinion struct {
	scale   float64
	weights []int8
}

const (
	opinionFile = "rules/opinion.bin"
	opinionSize = 1 << 15 // features are hashed into so many weights
	fewTraits   = 8       // a sentence of fewer, such as a telephone number, is not shown
	opinionWarn = .6      // the likelihood from which it warns
)

// readOpinion reads the weights: a scale, then a byte each. A pack folder
// without them has no second opinion.
func readOpinion(fsys fs.FS) *opinion {
	data, err := fs.ReadFile(fsys, opinionFile)
	if err != nil || len(data) != 4+opinionSize {
		return nil
	}
	o := &opinion{scale: float64(math.Float32frombits(binary.LittleEndian.Uint32(data))), weights: make([]int8, opinionSize)}
	for i := range o.weights {
		o.weights[i] = int8(data[4+i])
	}
	return o
}

// features names each trait of a text by the number of its weight, a list for
// each sentence: its words, how they begin and end, how the sentence opens,
// and whether it speaks of the practice at all.
func features(kind Kind, parts []sentence) [][]uint16 {
	out := make([][]uint16, len(parts))
	k := string(kind)[:1]
	for i, s := range parts {
		words := wordsOf(s.text)
		own := false
		list := make([]uint16, 0, 3*len(words)+3)
		for _, w := range words {
			t := w.text
			if digits(t) {
				t = "0"
			}
			list = append(list, trait(k, "word", t))
			if len(t) > 4 {
				list = append(list, trait(k, "head", t[:4]), trait(k, "tail", t[len(t)-3:]))
			}
			own = own || ownVoice[t]
		}
		if len(words) > 0 {
			list = append(list, trait(k, "opens", words[0].text))
		}
		if len(words) > 1 {
			list = append(list, trait(k, "opens", words[0].text+" "+words[1].text))
		}
		if !own {
			list = append(list, trait(k, "voice", "other"))
		}
		out[i] = list
	}
	return out
}

// ownVoice are words by which a sentence speaks of the practice, of thanks or of anyone.
var ownVoice = map[string]bool{"we": true, "our": true, "us": true, "thank": true, "thanks": true, "please": true, "any": true,
	"anyone": true, "every": true, "everyone": true, "call": true, "gracias": true, "nuestra": true, "nuestro": true}

// reviewFeatures are those of the review that is answered.
func reviewFeatures(kind Kind, text string) []uint16 {
	var out []uint16
	for _, w := range wordsOf(text) {
		out = append(out, trait(string(kind)[:1], "review", w.text))
	}
	return out
}

// trait hashes a feature (FNV-1a).
func trait(parts ...string) uint16 {
	h := uint32(2166136261)
	for _, p := range parts {
		for i := 0; i < len(p); i++ {
			h = (h ^ uint32(p[i])) * 16777619
		}
		h = (h ^ ' ') * 16777619
	}
	return uint16((h ^ h>>15) % opinionSize)
}

// likelihood is how likely a draft with so many features and this sum of weights is one to stop.
func likelihood(sum float64, features int) float64 {
	return 1 / (1 + math.Exp(-sum/math.Sqrt(float64(features+1))))
}

// secondOpinion warns of a draft on which all rules are silent, at the
// sentence that weighs most. An answer to a question is full of facts and is
// left to the rules.
func secondOpinion(r *reading, u *rule) {
	o := r.g.opinion
	if o == nil || len(r.found) > 0 || r.review.mood == question || strings.TrimSpace(r.body.lower) == "" {
		return
	}
	count, total, worst, heaviest := 0, 0.0, 0, math.Inf(-1)
	for i, list := range append(features(r.Kind, r.sentences), reviewFeatures(r.Kind, r.review.text)) {
		sum := 0.0
		for _, f := range list {
			sum += float64(o.weights[f]) * o.scale
		}
		if i < len(r.sentences) && sum > heaviest && len(list) > fewTraits {
			worst, heaviest = i, sum
		}
		count, total = count+len(list), total+sum
	}
	if len(r.sentences) > worst && likelihood(total, count) > opinionWarn {
		r.add(u, u.Severity, r.sentences[worst].start, r.sentences[worst].end)
	}
}
