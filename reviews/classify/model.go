package classify

import (
	"encoding/binary"
	"fmt"
	"math"
)

// model is a linear classifier over features: three scores, for negative, mixed and positive. Its weights lie in assets/sentiment, made by
// reviews/classify/train; assets/sentiment/card.yaml says of what.
type model struct {
	weights []int8 // buckets times classes
	scale   float32
	dense   [dense][classes]float32
	bias    [classes]float32
	heat    float32 // what the scores are divided by, so that the shares mean what they say
}

const (
	classes = 3
	isBad   = 0
	isMixed = 1
	isGood  = 2
)

// modelMagic begins a file of weights; its last digit is the version of the features that it was trained on.
const modelMagic = "GWSENT01"

const modelSize = len(modelMagic) + 4*(2+classes+dense*classes) + buckets*classes

// readModel reads a file of weights.
func readModel(b []byte) (*model, error) {
	if len(b) != modelSize || string(b[:len(modelMagic)]) != modelMagic {
		return nil, fmt.Errorf("the sentiment model is not one of this program: it has %d bytes, want %d", len(b), modelSize)
	}
	b = b[len(modelMagic):]
	next := func() float32 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return v
	}
	m := &model{scale: next(), heat: next(), weights: make([]int8, buckets*classes)}
	for k := range m.bias {
		m.bias[k] = next()
	}
	for i := range m.dense {
		for k := range m.dense[i] {
			m.dense[i][k] = next()
		}
	}
	for i := range m.weights {
		m.weights[i] = int8(b[i])
	}
	return m, nil
}

// Model is what training hands over: weights as real numbers.
type Model struct {
	Hashed []float64 // Buckets times three: negative, mixed, positive
	Dense  [dense][classes]float64
	Bias   [classes]float64
	Heat   float64
}

// Buckets is how many hashed features there are.
const Buckets = buckets

// Pack writes the weights as the program reads them. Each hashed weight becomes one byte.
func (m Model) Pack() []byte {
	largest := 0.0
	for _, w := range m.Hashed {
		largest = max(largest, math.Abs(w))
	}
	scale := largest / 127
	b := append(make([]byte, 0, modelSize), modelMagic...)
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
	for _, w := range m.Hashed {
		b = append(b, byte(int8(math.Round(w/scale))))
	}
	return b
}

// shares are the probabilities of the three classes.
func (m *model) shares(f *features) [classes]float64 {
	var sum [classes]int32
	for _, h := range f.hashed {
		w := m.weights[int(h%buckets)*classes:]
		sum[0] += int32(w[0])
		sum[1] += int32(w[1])
		sum[2] += int32(w[2])
	}
	x := f.weight() * m.scale
	var score [classes]float64
	for k := range score {
		s := m.bias[k] + x*float32(sum[k])
		for i, v := range f.dense {
			s += v * m.dense[i][k]
		}
		score[k] = float64(s / m.heat)
	}
	return softmax(score)
}

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
