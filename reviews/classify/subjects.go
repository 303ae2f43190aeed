package classify

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// subjectModel tells what a sentence is about where no listed phrase does, and doubts a listed word that stands for something else: one
// linear classifier for each topic, over hashed words, pairs of words, and the phrases of the topics that were found. Its weights lie in
// assets/sentiment/topics.bin. A topic that a practice added has no weights; there the phrases decide alone.
type subjectModel struct {
	ids     []string
	bias    []float32
	from    []float32 // the score from which a sentence is about the topic
	listed  []float32 // the same where a listed phrase says so, which a lower score takes back; topics only
	scale   float32
	mask    uint32  // buckets less one; there are a power of two of them
	weights []int8  // buckets times topics
	lanes   []lanes // by bucket: the same for adding
	topic   []int16 // by head: the place of its topic in the list, -1 when the list has none
	head    []int16 // by topic: its head, -1 for none
}

// mostHeads is how many classifiers a model has at most.
const mostHeads = 32

// lanes are the weights that one feature has for all heads, eight in one number, each as a byte above zero.
type lanes [mostHeads / 8]uint64

const (
	subjectBuckets = 1 << 16
	subjectMagic   = "GWTOPC04"
	subjectSteps   = 31      // of a weight above zero: finer ones take room and add nothing
	alarmSteps     = 127     // the finest that a byte has
	mostWeights    = 1 << 22 // bytes; no model of ours comes near
)

// Subjects is what training hands over.
type Subjects struct {
	IDs    []string
	Bias   []float64
	From   []float64
	Listed []float64 // for topics: From where a listed phrase was found
	Hashed []float64 // SubjectBuckets times topics
}

// SubjectBuckets is how many hashed features the topic model has.
const SubjectBuckets = subjectBuckets

// Pack writes the weights as the program reads them.
func (s Subjects) Pack() []byte { return s.pack(subjectMagic, subjectSteps) }

// PackAlarms writes the weights of the urgency model as the program reads them.
func (s Subjects) PackAlarms() []byte { return s.pack(alarmMagic, alarmSteps) }

func (s Subjects) pack(magic string, steps float64) []byte {
	largest := 0.0
	for _, w := range s.Hashed {
		largest = max(largest, math.Abs(w))
	}
	scale := largest / steps
	names := strings.Join(s.IDs, " ")
	b := append([]byte(nil), magic...)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(names)))
	b = append(b, names...)
	put := func(v float64) { b = binary.LittleEndian.AppendUint32(b, math.Float32bits(float32(v))) }
	put(scale)
	for k := range s.IDs {
		put(s.Bias[k])
		put(s.From[k])
		if s.Listed != nil {
			put(s.Listed[k])
		}
	}
	var packed bytes.Buffer
	squeeze, _ := flate.NewWriter(&packed, flate.BestCompression) // the level is known, and a buffer takes all
	weights := make([]byte, len(s.Hashed))
	for i, w := range s.Hashed {
		weights[i] = byte(int8(math.Round(w / scale)))
	}
	_, _ = squeeze.Write(weights)
	_ = squeeze.Close()
	return append(b, packed.Bytes()...)
}

func readSubjects(b []byte, magic string) (*subjectModel, error) {
	wrong := fmt.Errorf("these weights of topics or signals are not of this program: it has %d bytes", len(b))
	if len(b) < len(magic)+4 || !bytes.HasPrefix(b, []byte(magic)) {
		return nil, wrong
	}
	b = b[len(magic):]
	n := int(binary.LittleEndian.Uint32(b))
	if b = b[4:]; n > len(b) {
		return nil, wrong
	}
	m := &subjectModel{ids: strings.Fields(string(b[:n]))}
	b = b[n:]
	heads := len(m.ids)
	before := 4 + 8*heads
	if magic == subjectMagic {
		before += 4 * heads
	}
	if heads == 0 || heads > mostHeads || len(b) < before {
		return nil, wrong
	}
	weights, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b[before:])), mostWeights+1))
	if err != nil {
		return nil, fmt.Errorf("these weights of topics or signals cannot be read: %w", err)
	}
	buckets := len(weights) / heads
	if buckets == 0 || buckets&(buckets-1) != 0 || len(weights) != heads*buckets || len(weights) > mostWeights {
		return nil, wrong
	}
	m.mask = uint32(buckets - 1)
	next := func() float32 {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b))
		b = b[4:]
		return v
	}
	m.scale = next()
	for range m.ids {
		m.bias, m.from = append(m.bias, next()), append(m.from, next())
		if magic == subjectMagic {
			m.listed = append(m.listed, next())
		}
	}
	m.weights, m.lanes = make([]int8, len(weights)), make([]lanes, buckets)
	for i, w := range weights {
		m.weights[i] = int8(w)
		k := i % heads
		m.lanes[i/heads][k/8] |= uint64(w^0x80) << (8 * (k % 8))
	}
	return m, nil
}

// add adds the weights of features to the sums of all heads, eight heads at a time: four sums find room in one number. The sums stand apart and not
// in a list, so that the processor keeps them at hand.
func (m *subjectModel) add(sum *[mostHeads]int32, hashed []uint32) {
	const most, bytes = 256, 0x00ff00ff00ff00ff
	for len(hashed) > 0 {
		part := hashed[:min(most, len(hashed))]
		hashed = hashed[len(part):]
		var even0, even1, even2, even3, odd0, odd1, odd2, odd3 uint64
		for _, h := range part {
			row := &m.lanes[h&m.mask]
			even0 += row[0] & bytes
			odd0 += row[0] >> 8 & bytes
			even1 += row[1] & bytes
			odd1 += row[1] >> 8 & bytes
			even2 += row[2] & bytes
			odd2 += row[2] >> 8 & bytes
			even3 += row[3] & bytes
			odd3 += row[3] >> 8 & bytes
		}
		zero := int32(0x80 * len(part))
		for i, four := range [...][2]uint64{{even0, odd0}, {even1, odd1}, {even2, odd2}, {even3, odd3}} {
			eight := (*[8]int32)(sum[8*i:])
			for k := range 4 {
				eight[2*k] += int32(four[0]>>(16*k)&0xffff) - zero
				eight[2*k+1] += int32(four[1]>>(16*k)&0xffff) - zero
			}
		}
	}
}

// join finds the topics of the list that the model knows.
func (m *subjectModel) join(topics []Topic) {
	m.topic, m.head = make([]int16, len(m.ids)), make([]int16, len(topics))
	for i := range topics {
		m.head[i] = int16(slices.Index(m.ids, topics[i].ID))
	}
	for k, id := range m.ids {
		m.topic[k] = int16(slices.IndexFunc(topics, func(t Topic) bool { return t.ID == id }))
	}
}

// CueBucket is the feature of a phrase that was found. It goes by the name of the topic, so that the list may change its order.
func CueBucket(topic string, polarity int8) uint32 {
	return mix(hashWord([]byte(topic))+uint32(polarity+2)*0x9e3779b9) % subjectBuckets
}

// shares scores how likely so many words are about each topic of the model, by the sums of their weights and the phrases found in them.
func (m *subjectModel) shares(sum *[mostHeads]int32, words int, cues []uint32, out []float32) {
	heads := len(m.ids)
	x := m.scale * sentenceWeight(words)
	for k := range out {
		out[k] = m.bias[k] + x*float32(sum[k])
	}
	for _, h := range cues {
		for k, v := range m.weights[int(h)*heads:][:heads] {
			out[k] += m.scale * float32(v)
		}
	}
}

// sentenceWeight is what one feature of a sentence counts: the more words, the less.
func sentenceWeight(words int) float32 { return float32(1 / math.Sqrt(float64(2*words+1))) }

// telling finds the word, or the pair of words, that spoke most for a topic.
func (m *subjectModel) telling(f *features, first, last int, head int) (from, to int) {
	heads, best := len(m.ids), int32(math.MinInt32)
	weight := func(h uint32) int32 { return int32(m.weights[int(h&m.mask)*heads+head]) }
	for i := first; i <= last; i++ {
		ways := f.felt[fourWays*i:][:fourWays]
		one, pair := weight(ways[0])+weight(ways[2]), weight(ways[1])+weight(ways[3])
		if sum := one + pair; sum > best {
			best, from, to = sum, i, i
			if i > first && pair > one {
				from = i - 1
			}
		}
	}
	return from, to
}
