package classify

import (
	"encoding/binary"
	"fmt"
	"math"
)

// model tells the feeling in two steps: a linear classifier over features gives three scores, for negative, mixed and positive; where a text is
// as long as a review, a second one weighs what the first says of the whole and of each sentence. Its weights lie in assets/sentiment, made by
// reviews/classify/train; assets/sentiment/card.yaml says of what.
type model struct {
	weights []int8 // buckets times two, bad and good; mixed is what they are measured from
	scale   float32
	dense   [dense][classes]float32
	bias    [classes]float32
	heat    float32 // what the scores are divided by, so that the shares mean what they say
	pooled  [Pooled + 1][classes]float32
}

const (
	classes = 3
	isBad   = 0
	isMixed = 1
	isGood  = 2
)

// modelMagic begins a file of weights; its last digit is the version of the features that it was trained on.
const modelMagic = "GWSENT03"

const (
	modelHead  = len(modelMagic) + 4*(2+classes+dense*classes+(Pooled+1)*classes)
	modelSteps = 63 // of a weight above zero: finer ones take room and add nothing
)

// readModel reads a file of weights.
func readModel(b []byte) (*model, error) {
	wrong := fmt.Errorf("the sentiment model is not one of this program: it has %d bytes", len(b))
	if len(b) < modelHead || string(b[:len(modelMagic)]) != modelMagic {
		return nil, wrong
	}
	weights, err := unpack(b[modelHead:])
	if err != nil || len(weights) != buckets*2 {
		return nil, wrong
	}
	b = b[len(modelMagic):]
	next := func() float32 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return v
	}
	m := &model{scale: next(), heat: next(), weights: make([]int8, buckets*2)}
	for k := range m.bias {
		m.bias[k] = next()
	}
	for i := range m.dense {
		for k := range m.dense[i] {
			m.dense[i][k] = next()
		}
	}
	for i := range m.pooled {
		for k := range m.pooled[i] {
			m.pooled[i][k] = next()
		}
	}
	for i := range m.weights {
		m.weights[i] = int8(weights[i])
	}
	return m, nil
}

// Model is what training hands over: weights as real numbers.
type Model struct {
	Hashed []float64 // Buckets times three: negative, mixed, positive
	Dense  [dense][classes]float64
	Bias   [classes]float64
	Heat   float64
	Pooled [Pooled + 1][classes]float64 // of the second step; the last are its biases
}

// Buckets is how many hashed features there are.
const Buckets = buckets

// Pack writes the weights as the program reads them. Each hashed weight becomes one byte.
func (m Model) Pack() []byte {
	largest := 0.0
	less := make([]float64, 0, buckets*2)
	for i := range buckets {
		w := m.Hashed[i*classes:]
		less = append(less, w[isBad]-w[isMixed], w[isGood]-w[isMixed])
	}
	for _, w := range less {
		largest = max(largest, math.Abs(w))
	}
	scale := largest / modelSteps
	b := append([]byte(nil), modelMagic...)
	put := func(v float64) { b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v))) }
	put(scale)
	put(m.Heat)
	for _, v := range m.Bias {
		put(v)
	}
	for _, row := range m.Dense {
		for _, v := range row {
			put(v)
		}
	}
	for _, row := range m.Pooled {
		for _, v := range row {
			put(v)
		}
	}
	return append(b, pack(less, scale)...)
}

// shares are the probabilities of the three classes. They leave each sentence with its lean from bad to good.
func (m *model) shares(f *features) [classes]float64 {
	var bad, good int32 // in halves
	add := func(h uint32, n int32) {
		at := h % buckets * 2
		bad += n * int32(m.weights[at])
		good += n * int32(m.weights[at+1])
	}
	for i := range f.sentences {
		s := &f.sentences[i]
		badBefore, goodBefore := bad, good
		for _, h := range f.felt[fourWays*s.first : fourWays*(s.last+1)] {
			add(h, 2)
		}
		for _, h := range f.three[s.first : s.last+1] {
			add(h, 1)
		}
		for _, h := range f.beside[s.from:s.to] {
			add(h, 2)
		}
		s.bad, s.good = bad-badBefore, good-goodBefore
		s.lean = float64(m.bias[isGood]-m.bias[isBad]) + m.unit(s.last-s.first+1, s.to-s.from)*float64(s.good-s.bad)
	}
	for _, h := range f.closing {
		add(h, 2)
	}
	unit := m.unit(len(f.three), len(f.beside)+len(f.closing))
	score := [classes]float64{float64(m.bias[isBad]) + unit*float64(bad), float64(m.bias[isMixed]), float64(m.bias[isGood]) + unit*float64(good)}
	for i, v := range f.dense {
		for k := range score {
			score[k] += float64(v * m.dense[i][k])
		}
	}
	if !LikeReview(len(f.three), len(f.sentences)) {
		for k := range score {
			score[k] /= float64(m.heat)
		}
		return softmax(score)
	}
	seen := newPool(score)
	for i := range f.sentences {
		seen.add(f.sentences[i].lean, f.sentences[i].words)
	}
	x := seen.done()
	for k := range score {
		score[k] = float64(m.pooled[Pooled][k])
		for i, v := range x {
			score[k] += v * float64(m.pooled[i][k])
		}
	}
	return softmax(score)
}

// unit is what half a hashed feature counts.
func (m *model) unit(words, more int) float64 { return weight(words, more) * float64(m.scale) / 2 }

func softmax(s [classes]float64) [classes]float64 {
	most, total := max(s[0], s[1], s[2]), 0.0
	for k := range s {
		s[k] = math.Exp(s[k] - most)
		total += s[k]
	}
	for k := range s {
		s[k] /= total
	}
	return s
}
