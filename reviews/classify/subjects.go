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
// linear classifier for each topic, over hashed words, stems and pairs of words, their meanings, and the phrases of the topics that were found. Its weights lie in
// assets/sentiment/topics.bin. A topic that a practice added has no weights; there the phrases decide alone.
type subjectModel struct {
	ids     []string
	bias    []float32
	from    []float32 // the score from which a sentence is about the topic
	listed  []float32 // the same where a listed phrase says so, which a lower score takes back; topics only
	scale   float32
	mask    uint32  // buckets less one; there are a power of two of them
	weights []int8  // buckets times topics
	lanes   []lanes // by bucket, and behind them by word that has a meaning: the same for adding
	ways    int     // how many of the ways to see a word it looks at
	topic   []int16 // by head: the place of its topic in the list, -1 when the list has none
	head    []int16 // by topic: its head, -1 for none
}

// mostHeads is how many classifiers a model has at most.
const mostHeads = 32

// lanes are the weights that one feature has for all heads, eight in one number, each as a byte above zero.
type lanes [mostHeads / 8]uint64

const (
	subjectBuckets = 1 << 16
	subjectMagic   = "GWTOPC05"
	subjectSteps   = 24      // of a weight above zero: finer ones take room and add nothing
	alarmSteps     = 39      // the same
	mostWeights    = 1 << 22 // bytes; no model of ours comes near
)

// Subjects is what training hands over.
type Subjects struct {
	IDs    []string
	Bias   []float64
	From   []float64
	Listed []float64 // for topics: From where a listed phrase was found
	Hashed []float64 // SubjectBuckets times topics
	Meant  []float64 // for topics, Meanings times them: how much a place in the space of meanings speaks for one
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
	for _, v := range s.Meant {
		put(v)
	}
	return append(b, pack(s.Hashed, scale)...)
}

// pack writes weights as bytes, so many of a scale, and squeezes them.
func pack(weights []float64, scale float64) []byte {
	var packed bytes.Buffer
	squeeze, _ := flate.NewWriter(&packed, flate.BestCompression) // the level is known, and a buffer takes all
	plain := make([]byte, len(weights))
	for i, w := range weights {
		plain[i] = byte(int8(math.Round(w / scale)))
	}
	_, _ = squeeze.Write(plain)
	_ = squeeze.Close()
	return packed.Bytes()
}

// unpack reads what was squeezed. A file that would come to more than any of ours is cut short.
func unpack(b []byte) ([]byte, error) {
	return io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(b)), mostWeights+1))
}

func readSubjects(b []byte, magic string, known *meanings) (*subjectModel, error) {
	wrong := fmt.Errorf("these weights of topics or signals are not of this program: it has %d bytes", len(b))
	if len(b) < len(magic)+4 || !bytes.HasPrefix(b, []byte(magic)) {
		return nil, wrong
	}
	b = b[len(magic):]
	n := int(binary.LittleEndian.Uint32(b))
	if b = b[4:]; n > len(b) {
		return nil, wrong
	}
	m := &subjectModel{ids: strings.Fields(string(b[:n])), ways: alarmWays}
	b = b[n:]
	heads := len(m.ids)
	before := 4 + 8*heads
	if magic == subjectMagic {
		before += (4 + 4*Meanings) * heads
		m.ways = fourWays
	}
	if heads == 0 || heads > mostHeads || len(b) < before {
		return nil, wrong
	}
	weights, err := unpack(b[before:])
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
	var meant []float32
	for magic == subjectMagic && len(meant) < Meanings*heads {
		meant = append(meant, next()/m.scale)
	}
	m.weights, m.lanes = make([]int8, len(weights)), make([]lanes, buckets+len(known.itself))
	for i, w := range weights {
		m.weights[i] = int8(w)
		m.lanes[i/heads].set(i%heads, int(int8(w)))
	}
	m.know(known, meant)
	return m, nil
}

// know joins for each word that has a meaning what the word, its stem and its meaning say: one row in place of three.
func (m *subjectModel) know(known *meanings, meant []float32) {
	heads := len(m.ids)
	for row := 1; row < len(known.itself); row++ {
		var sum [mostHeads]float32
		for j := 0; j < len(meant); j += heads {
			at := known.of(int32(row))[j/heads]
			for k, w := range meant[j:][:heads] {
				sum[k] += at * w
			}
		}
		one, root := m.weights[int(known.itself[row][0]&m.mask)*heads:], m.weights[int(known.itself[row][1]&m.mask)*heads:]
		to := &m.lanes[int(m.mask)+1+row]
		for k := range heads {
			to.set(k, int(one[k])+int(root[k])+int(math.Round(float64(sum[k]))))
		}
	}
}

// set writes the weight for one head.
func (l *lanes) set(head, weight int) {
	shift := 8 * (head % 8)
	l[head/8] = l[head/8]&^(0xff<<shift) | uint64(uint8(max(-128, min(127, weight)))^0x80)<<shift
}

// of is the weight for one head.
func (l *lanes) of(head int) int32 { return int32(uint8(l[head/8]>>(8*(head%8)))) - 0x80 }

// rows are where the model looks for the words from first to last.
func (m *subjectModel) rows(f *features, first, last int, out []uint32) []uint32 {
	for i := first; i <= last; i++ {
		ways := f.felt[fourWays*i:][:fourWays]
		if known := f.means[i]; known > 0 {
			out = append(out, m.mask+1+uint32(known), ways[1]&m.mask)
		} else {
			out = append(out, ways[0]&m.mask, ways[1]&m.mask, ways[2]&m.mask)
		}
		if m.ways == fourWays {
			out = append(out, ways[3]&m.mask)
		}
	}
	return out
}

// word is what a word says for a head: by itself, and with the one before it.
func (m *subjectModel) word(f *features, i, head int) (alone, paired int32) {
	ways := f.felt[fourWays*i:][:fourWays]
	of := func(way int) int32 { return m.lanes[ways[way]&m.mask].of(head) }
	if known := f.means[i]; known > 0 {
		alone = m.lanes[m.mask+1+uint32(known)].of(head)
	} else {
		alone = of(0) + of(2)
	}
	if paired = of(1); m.ways == fourWays {
		paired += of(3)
	}
	return alone, paired
}

// add adds the weights of rows to the sums of all heads, eight heads at a time: four sums find room in one number. The sums stand apart and not
// in a list, so that the processor keeps them at hand.
func (m *subjectModel) add(sum *[mostHeads]int32, rows []uint32) {
	const most, bytes = 256, 0x00ff00ff00ff00ff
	for len(rows) > 0 {
		part := rows[:min(most, len(rows))]
		rows = rows[len(part):]
		var even0, even1, even2, even3, odd0, odd1, odd2, odd3 uint64
		for _, h := range part {
			row := &m.lanes[h]
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
		for k, v := range m.weights[int(h&m.mask)*heads:][:heads] {
			out[k] += m.scale * float32(v)
		}
	}
}

// sentenceWeight is what one feature of a sentence counts: the more words, the less.
func sentenceWeight(words int) float32 { return float32(1 / math.Sqrt(float64(2*words+1))) }

// telling finds the word, or the pair of words, that spoke most for a topic.
func (m *subjectModel) telling(f *features, first, last int, head int) (from, to int) {
	best := int32(math.MinInt32)
	for i := first; i <= last; i++ {
		one, pair := m.word(f, i, head)
		if sum := one + pair; sum > best {
			best, from, to = sum, i, i
			if i > first && pair > one {
				from = i - 1
			}
		}
	}
	return from, to
}
