package main

import (
	"cmp"
	"math"
	"math/rand"
	"slices"
	"sync"

	"goodword/reviews/classify"
)

// groups says which of our topics the themes of the public sets stand for: the categories of their framework, as in maps_to of the list, joined.
var groups = map[string][]string{
	"staff_attitude":   {"staff_manner_front", "staff_manner_clinical"},
	"wait_time":        {"wait_time"},
	"communication":    {"listening_explaining"},
	"clinical_quality": {"care_quality", "pain_comfort", "coordination_results"},
	"scheduling":       {"access_appointments", "access_phone_portal", "digital_experience"},
	"facility":         {"facility_parking", "cleanliness_infection"},
	"staffing":         {"staffing"},
	"safety":           {"safety_concern"},
	"billing":          {"billing_insurance"},
}

const (
	topicOrders = 6 // models of which the mean is taken
	topicRounds = 12
	topicRate   = 0.15
	meantRate   = 0.3
	elsewhere   = 0.02 // how much it counts that a public text is not about a topic which its coders had no theme for, or did not name beside the first
)

// Learning starts with what the lists say.
const (
	priorBias = -2.5
	priorCue  = 4.0 // of a complaint or praise of the topic
	priorWord = 2.5 // of a word about it
)

// themed is one text as the topic model sees it.
type themed struct {
	sentences []classify.Sentence
	wanted    [][]int // groups of heads of which one has to speak
	others    []int   // heads that have to be silent
	weight    float64
	unsure    []int // heads that may have no theme in the text's set, or may have been left away
	coarse    bool
	partly    bool         // nobody said what else it is about
	speaks    map[int]bool // heads that are wanted, one by one or as one of a group
	fold      int
}

// topicModel fits one classifier for each topic. A text is about a topic when one of its sentences is: the sentence that speaks for it most
// learns (multiple-instance learning); where the public sets have one theme for several of our topics, the likeliest of them learns.
type topicModel struct {
	ids    []string
	bias   []float64
	from   []float64 // the score from which a sentence is about the topic
	listed []float64 // and where a listed phrase says so
	w      []float64
	meant  []float64 // meanings times topics
}

func newTopicModel(ids []string) *topicModel {
	n := len(ids)
	return &topicModel{ids: ids, bias: make([]float64, n), w: make([]float64, n*classify.SubjectBuckets), meant: make([]float64, n*classify.Meanings)}
}

func (m *topicModel) score(s classify.Sentence, k int) float64 {
	sum, n := 0.0, len(m.ids)
	for _, h := range s.Hashed {
		sum += m.w[int(h)*n+k]
	}
	for j, v := range s.Meant {
		sum += m.meant[j*n+k] * v
	}
	sum *= s.Weight
	for _, h := range s.Cues {
		sum += m.w[int(h)*n+k]
	}
	return sum + m.bias[k]
}

// best is the whole sentence that speaks most for a topic; what is heard in a part of it is not learned from.
func (m *topicModel) best(t themed, k int) (at int, score float64) {
	score = math.Inf(-1)
	for i, s := range t.sentences {
		if s.Part {
			continue
		}
		if v := m.score(s, k); v > score {
			at, score = i, v
		}
	}
	return at, score
}

// theme makes a labelled text ready for the topics of a list.
func theme(t text, judge *classify.Classifier, ids []string) themed {
	out := themed{sentences: judge.SentencesOf(t.text), weight: t.weight, coarse: t.coarse, partly: t.partly, fold: foldOf(cmp.Or(t.part, t.text))}
	spoken, covered := map[int]bool{}, map[int]bool{}
	heads := func(names []string) (list []int) {
		for _, name := range names {
			if k := slices.Index(ids, name); k >= 0 {
				list = append(list, k)
			}
		}
		return list
	}
	if t.coarse {
		for name, group := range groups {
			for _, k := range heads(group) {
				covered[k] = true
				spoken[k] = spoken[k] || slices.Contains(t.topics, name)
			}
		}
		for _, name := range t.topics {
			if group := heads(groups[name]); len(group) > 0 {
				out.wanted = append(out.wanted, group)
			}
		}
	} else {
		for _, k := range heads(t.topics) {
			out.wanted, spoken[k] = append(out.wanted, []int{k}), true
		}
	}
	out.speaks = spoken
	for k := range ids {
		switch {
		case spoken[k]:
		case t.partly || t.coarse && !covered[k]:
			out.unsure = append(out.unsure, k)
		default:
			out.others = append(out.others, k)
		}
	}
	return out
}

// fitTopics takes the mean of models that read the texts in different orders.
func fitTopics(rows []themed, ids []string) *topicModel {
	mean := newTopicModel(ids)
	for order := range topicOrders {
		m := fitTopicsIn(rows, ids, int64(order))
		for _, list := range [][2][]float64{{mean.bias, m.bias}, {mean.w, m.w}, {mean.meant, m.meant}} {
			for i, v := range list[1] {
				list[0][i] += v / topicOrders
			}
		}
	}
	return mean
}

// fitTopicsIn finds the weights by AdaGrad on the logistic loss.
func fitTopicsIn(rows []themed, ids []string, seed int64) *topicModel {
	m, n := newTopicModel(ids), len(ids)
	for k, id := range ids {
		m.bias[k] = priorBias
		for polarity, w := range []float64{priorCue, priorWord, priorCue} {
			m.w[int(classify.CueBucket(id, int8(polarity-1)))*n+k] = w
		}
	}
	pace := newTopicModel(ids)
	step := func(w, seen *float64, gradient, rate float64) {
		gradient += decay * *w
		*seen += gradient * gradient
		*w -= rate * gradient / (math.Sqrt(*seen) + 1e-6)
	}
	learn := func(s classify.Sentence, k int, score, want, weight float64) {
		miss := (1/(1+math.Exp(-score)) - want) * weight
		if math.Abs(miss) < 1e-3 {
			return
		}
		step(&m.bias[k], &pace.bias[k], miss, topicRate)
		for _, h := range s.Hashed {
			step(&m.w[int(h)*n+k], &pace.w[int(h)*n+k], miss*s.Weight, topicRate)
		}
		for j, v := range s.Meant {
			step(&m.meant[j*n+k], &pace.meant[j*n+k], miss*s.Weight*v, meantRate)
		}
		for _, h := range s.Cues {
			step(&m.w[int(h)*n+k], &pace.w[int(h)*n+k], miss, topicRate)
		}
	}
	order := rand.New(rand.NewSource(7 + seed))
	for range topicRounds {
		for _, i := range order.Perm(len(rows)) {
			t := rows[i]
			if len(t.sentences) == 0 {
				continue
			}
			for _, group := range t.wanted {
				head, at, most := 0, 0, math.Inf(-1)
				for _, k := range group {
					if i, v := m.best(t, k); v > most {
						head, at, most = k, i, v
					}
				}
				learn(t.sentences[at], head, most, 1, t.weight)
			}
			for n, heads := range [][]int{t.others, t.unsure} {
				for _, k := range heads {
					at, v := m.best(t, k)
					learn(t.sentences[at], k, v, 0, t.weight*[]float64{1, elsewhere}[n])
				}
			}
		}
	}
	return m
}

// finish fits the model on all texts, with thresholds by models that had not seen the text.
func finish(rows []themed, ids []string) *topicModel {
	m := fitTopics(rows, ids)
	m.from, m.listed = thresholds(cross(rows, ids), ids)
	return m
}

// cross hears each text by a model that all texts but those of its fold made.
func cross(rows []themed, ids []string) []heard {
	out := make([]heard, len(rows))
	var wait sync.WaitGroup
	for fold := range folds {
		wait.Go(func() {
			var others []themed
			for _, r := range rows {
				if r.fold != fold {
					others = append(others, r)
				}
			}
			m := fitTopics(others, ids)
			for i, r := range rows {
				if r.fold == fold {
					out[i] = m.hear(r)
				}
			}
		})
	}
	wait.Wait()
	return out
}

// heard is what a model says of a text that it has not seen: for each topic the best score of a sentence, and of one where a list found it.
type heard struct {
	themed
	any, listed []float64
}

func (m *topicModel) hear(t themed) heard {
	h := heard{themed: t}
	for k, id := range m.ids {
		any, listed := math.Inf(-1), math.Inf(-1)
		for _, s := range t.sentences {
			v := m.score(s, k)
			if s.Part {
				v -= classify.PartDoubt
			}
			any = max(any, v)
			if slices.Contains(s.Strong, id) {
				listed = max(listed, v+classify.StrongPhrase)
			} else if slices.Contains(s.Listed, id) {
				listed = max(listed, v)
			}
		}
		h.any, h.listed = append(h.any, any), append(h.listed, listed)
	}
	return h
}

// thresholds finds for each topic the score from which its F1 is best, without a listed phrase and with one: on the public texts by their themes,
// on our own by the topic. Topics that share a theme are looked at again once the others have theirs.
func thresholds(texts []heard, ids []string) (from, listed []float64) {
	from, listed = make([]float64, len(ids)), make([]float64, len(ids))
	with := make([][]int, len(ids)) // the other topics of the theme
	for k, id := range ids {
		for _, names := range groups {
			for _, name := range names {
				if slices.Contains(names, id) && name != id {
					with[k] = append(with[k], slices.Index(ids, name))
				}
			}
		}
		from[k], listed[k] = math.Inf(1), math.Inf(1)
	}
	const looks = 3 // after the second hardly one moves
	for range looks {
		for k := range ids {
			from[k], listed[k] = threshold(texts, k, with[k], from, listed)
		}
	}
	return from, listed
}

// threshold is that of one topic while those that share its theme keep theirs.
func threshold(texts []heard, k int, with []int, from, listed []float64) (bestFrom, bestListed float64) {
	type heardCase struct {
		any, listed float64
		want, got   bool
		kind        int
	}
	var cases []heardCase
	for i := range texts {
		t := &texts[i]
		if t.partly || slices.Contains(t.unsure, k) {
			continue
		}
		c := heardCase{any: t.any[k], listed: t.listed[k], want: t.speaks[k], kind: 1}
		if t.coarse {
			c.kind = 0
			for _, h := range with {
				c.want = c.want || t.speaks[h]
				c.got = c.got || t.any[h] >= from[h] || t.listed[h] >= listed[h]
			}
		}
		cases = append(cases, c)
	}
	most := -1.0
	for a := -2.5; a <= 1.5; a += 0.25 {
		for b := -5.0; b <= a; b += 0.25 {
			var right, wrong, missed [2]float64
			for i := range cases {
				c := &cases[i]
				switch got := c.got || c.any >= a || c.listed >= b; {
				case c.want && got:
					right[c.kind]++
				case got:
					wrong[c.kind]++
				case c.want:
					missed[c.kind]++
				}
			}
			sum := 0.0
			for kind := range right {
				sum += 2 * right[kind] / (2*right[kind] + wrong[kind] + missed[kind] + 1)
			}
			if sum > most {
				most, bestFrom, bestListed = sum, a, b
			}
		}
	}
	return bestFrom, bestListed
}

// pack hands the model over.
func (m *topicModel) pack() []byte {
	return classify.Subjects{IDs: m.ids, Bias: m.bias, From: m.from, Listed: m.listed, Hashed: m.w, Meant: m.meant}.Pack()
}
