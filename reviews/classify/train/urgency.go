package main

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"math/rand"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"goodword/reviews/classify"
)

const (
	alarmRounds  = 14
	alarmSettled = 8 // rounds before those of which the mean is taken
	alarmRate    = 0.3
	alarmDecay   = 2e-3
	publicShare  = 4 // one of so many public comments is enough
	folds        = 5
)

// falseAlarms are the shares of ordinary wordings, unseen in cross-validation, that a head of a severity may flag.
var falseAlarms = map[classify.Severity]float64{classify.Critical: 0.009, classify.High: 0.15, classify.Medium: 0.17}

var severities = []classify.Severity{classify.Critical, classify.High, classify.Medium}

// labelled are the files of wordings in which people looked for signals. The ordinary texts of some use the words of emergencies on purpose, or were not
// judged one by one: they teach, but do not say how often ordinary anger is flagged.
var labelled = []struct {
	name       string
	nearMisses bool
	listed     bool // lists were made with it
}{
	{name: "urgency_learn.jsonl"}, {name: "urgency_u1.jsonl"}, {name: "urgency_u2.jsonl"}, {name: "urgency_u3.jsonl", nearMisses: true},
	{name: "urgency_u4.jsonl", nearMisses: true}, {name: "urgency_u5.jsonl", nearMisses: true}, {name: "urgency_u6.jsonl", nearMisses: true},
	{name: "urgency_u7.jsonl", nearMisses: true}, {name: "urgency_u8.jsonl", nearMisses: true}, {name: "urgency_u9.jsonl", nearMisses: true},
	{name: "urgency_u10.jsonl", nearMisses: true}, {name: "urgency_angry.jsonl"}, {name: "urgency_own.jsonl", listed: true}, {name: "ordinary_angry.jsonl"},
}

// wording is one text with the signals that a person found in it.
type wording struct {
	windows  []classify.Window
	heads    []bool
	listed   int  // rank of the worst severity that the lists find
	severity int  // rank
	ordinary bool // may be angry, and can wait
	fresh    bool // no list was made with it
	fold     uint32
}

// mayBeUrgent says whether even praise of a topic may tell of something that cannot wait.
func mayBeUrgent(topic string) bool {
	return slices.Contains([]string{"safety_concern", "privacy_dignity", "equity_respect", "misinformation", "cleanliness_infection"}, topic)
}

// alarmSet reads the wordings to train on.
func alarmSet(judge *classify.Classifier, data, folder string, ids []string) ([]wording, error) {
	var out []wording
	rank := map[string]int{}
	for _, s := range judge.Signals() {
		rank[s.ID] = s.Severity.Rank()
	}
	add := func(text string, signals []string) *wording {
		w := wording{heads: make([]bool, len(ids))}
		var listed []string
		w.windows, listed = judge.WindowsOf(text)
		for _, id := range listed {
			w.listed = max(w.listed, rank[id])
		}
		for _, id := range signals {
			w.severity = max(w.severity, rank[id])
		}
		for k, id := range ids {
			w.heads[k] = slices.Contains(signals, id) || classify.Severity(id).Rank() > 0 && w.severity >= classify.Severity(id).Rank()
		}
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(text))
		w.fold = hash.Sum32() % folds
		if len(w.windows) > 0 {
			out = append(out, w)
		}
		return &out[len(out)-1]
	}
	// quiet adds what nobody looked through for signals, unless the lists find one.
	quiet := func(text string) {
		if w := add(text, nil); w.listed > 0 {
			out = out[:len(out)-1]
		}
	}
	for _, file := range labelled {
		err := eachLine(filepath.Join(folder, "testdata", file.name), func(b []byte) error {
			var l struct {
				Text, Part string
				Signals    []string
			}
			if err := json.Unmarshal(b, &l); err != nil || l.Part == "held" {
				return err
			}
			w := add(l.Text, l.Signals)
			w.ordinary = len(l.Signals) == 0 && !file.nearMisses
			w.fresh = len(l.Signals) > 0 && !file.listed
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, file := range []string{"reviews_own.jsonl", "reviews_us.jsonl", "sentences_us.jsonl", "sentences_friends.jsonl"} {
		err := eachLine(filepath.Join(folder, "testdata", file), func(b []byte) error {
			var l struct {
				Text, Part, Sentiment, Polarity string
				Topics                          []string
			}
			if err := json.Unmarshal(b, &l); err != nil || l.Part == "held" {
				return err
			}
			praise := l.Sentiment == "positive" || l.Polarity == "positive"
			if file == "reviews_own.jsonl" || praise && !slices.ContainsFunc(l.Topics, mayBeUrgent) {
				quiet(l.Text)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	for _, s := range judge.Signals() {
		for _, text := range s.Examples {
			add(text, []string{s.ID})
		}
		for _, text := range s.FalseFriends {
			add(text, nil)
		}
	}
	err := eachLine(filepath.Join(folder, "testdata", "urgency.txt"), func(line []byte) error {
		if said, words, ok := strings.Cut(string(line), " | "); ok && (said == "-" || said == "~critical") {
			add(words, nil)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, s := range sets[:3] {
		seen, _, err := public(data, s)
		if err != nil {
			return nil, err
		}
		for i, t := range seen {
			if i%publicShare == 0 {
				quiet(t.text)
			}
		}
	}
	return out, nil
}

// alarm fits one classifier for each signal and each severity. A text cannot wait when one of its windows cannot: the window that speaks most for a
// head learns.
type alarm struct {
	ids  []string
	bias []float64
	w    []float64
}

func (m *alarm) score(w classify.Window, k int) float64 {
	sum := 0.0
	for _, h := range w.Hashed {
		sum += m.w[int(h)*len(m.ids)+k]
	}
	return sum*w.Weight + m.bias[k]
}

func (m *alarm) best(t wording, k int) (at int, score float64) {
	score = math.Inf(-1)
	for i, w := range t.windows {
		if v := m.score(w, k); v > score {
			at, score = i, v
		}
	}
	return at, score
}

// severest is what a window of a text says for a severity at most, its signals' heads heard as well.
func (m *alarm) severest(t wording, judge *classify.Classifier, s classify.Severity) float64 {
	most := math.Inf(-1)
	for _, w := range t.windows {
		own, signal := 0.0, math.Inf(-1)
		for k, id := range m.ids {
			if id == string(s) {
				own = m.score(w, k)
			} else if known, ok := judge.Signal(id); ok && known.Severity.Rank() >= s.Rank() {
				signal = max(signal, m.score(w, k))
			}
		}
		most = max(most, own+classify.AlarmShare*signal)
	}
	return most
}

func fitAlarm(rows []wording, ids []string) *alarm {
	n := len(ids)
	m := &alarm{ids, make([]float64, n), make([]float64, n*classify.AlarmBuckets)}
	pace := &alarm{ids, make([]float64, n), make([]float64, n*classify.AlarmBuckets)}
	step := func(w, seen *float64, gradient float64) {
		gradient += alarmDecay * *w
		*seen += gradient * gradient
		*w -= alarmRate * gradient / (math.Sqrt(*seen) + 1e-6)
	}
	for k := range m.bias {
		m.bias[k] = -2
	}
	mean := &alarm{ids, make([]float64, n), make([]float64, n*classify.AlarmBuckets)}
	order := rand.New(rand.NewSource(7))
	for round := range alarmRounds {
		for _, i := range order.Perm(len(rows)) {
			t := rows[i]
			for k := range ids {
				// At first nobody knows which window of an urgent text tells it; each of an ordinary one has to be silent.
				weight, windows := 1/math.Sqrt(float64(len(t.windows))), t.windows
				if t.heads[k] {
					weight = 1 / float64(len(t.windows))
					if round >= alarmRounds/2 {
						at, _ := m.best(t, k)
						weight, windows = 1, t.windows[at:at+1]
					}
				}
				for _, w := range windows {
					miss := 1 / (1 + math.Exp(-m.score(w, k)))
					if t.heads[k] {
						miss--
					}
					if miss *= weight; math.Abs(miss) < 1e-3 {
						continue
					}
					step(&m.bias[k], &pace.bias[k], miss)
					for _, h := range w.Hashed {
						step(&m.w[int(h)*n+k], &pace.w[int(h)*n+k], miss*w.Weight)
					}
				}
			}
		}
		if round >= alarmSettled { // the mean of many rounds depends less on the order of the texts
			for i, v := range m.bias {
				mean.bias[i] += v / (alarmRounds - alarmSettled)
			}
			for i, v := range m.w {
				mean.w[i] += v / (alarmRounds - alarmSettled)
			}
		}
	}
	return mean
}

// alarmCard says what the urgency model was made of.
type alarmCard struct {
	Name     string                         `yaml:"name"`
	Checked  string                         `yaml:"checked"`
	What     string                         `yaml:"what"`
	Texts    int                            `yaml:"trained_on_texts"`
	Urgent   int                            `yaml:"of_these_cannot_wait"`
	Ordinary int                            `yaml:"of_these_ordinary_anger_and_near_misses"`
	Levels   map[classify.Severity]unseenAt `yaml:"on_texts_unseen_in_cross_validation"`
	InTime   float64                        `yaml:"found_in_time_with_the_lists"`
	Alone    float64                        `yaml:"found_in_time_by_the_lists_alone"`
	Limits   string                         `yaml:"limits"`
	Remaking string                         `yaml:"made_with"`
}

// unseenAt are the figures of one severity.
type unseenAt struct {
	From   float64 `yaml:"score_from"`
	False  float64 `yaml:"ordinary_ones_flagged"`
	Recall float64 `yaml:"recall_of_the_model_alone"`
}

// alarms makes the urgency model and its card. The thresholds are those at which models that had not seen a fifth of the texts flag no more of the
// ordinary ones among them than is allowed.
func alarms(judge *classify.Classifier, rows []wording, ids []string) (map[string][]byte, error) {
	first := len(ids) - len(severities)
	c := alarmCard{Name: "Goodword urgency", Checked: checkedOn, Texts: len(rows), Levels: map[classify.Severity]unseenAt{},
		What:     "A linear classifier for each signal and each severity over the hashed words, word stems and pairs of words of one sentence or two and the ideas of situations.yaml in them, trained on wordings written for this project; ordinary comments of the NHS sets and product reviews (sources and licences in sentiment/card.yaml) are among those that can wait. It adds to the lists.",
		Limits:   "The wordings are invented, nearly all English. What nobody worded alike is missed: a person must read every new mention.",
		Remaking: "go run ./reviews/classify/train ../shared/data"}
	unseen := make([][3]float64, len(rows))
	for fold := range uint32(folds) {
		var seen []wording
		for _, r := range rows {
			if r.fold != fold {
				seen = append(seen, r)
			}
		}
		m := fitAlarm(seen, ids)
		for i, r := range rows {
			if r.fold == fold {
				for n, s := range severities {
					unseen[i][n] = m.severest(r, judge, s)
				}
			}
		}
	}
	from := make([]float64, len(ids))
	for n, s := range severities {
		var ordinary []float64
		for i, r := range rows {
			if r.ordinary {
				ordinary = append(ordinary, unseen[i][n])
			}
		}
		slices.Sort(ordinary)
		allowed := int(falseAlarms[s] * float64(len(ordinary)))
		from[first+n] = ordinary[len(ordinary)-1-allowed] + 1e-6
		found, all := 0.0, 0.0
		for i, r := range rows {
			if r.fresh && r.severity == s.Rank() {
				all++
				if unseen[i][n] >= from[first+n] {
					found++
				}
			}
		}
		c.Levels[s] = unseenAt{round(from[first+n]), round(float64(allowed) / float64(len(ordinary))), round(found / all)}
	}
	all := 0.0
	for i, r := range rows {
		c.Urgent += map[bool]int{true: 1}[r.severity > 0]
		c.Ordinary += map[bool]int{true: 1}[r.ordinary]
		if !r.fresh {
			continue
		}
		all++
		got := r.listed
		if got >= r.severity {
			c.Alone++
		}
		for n, s := range severities {
			if unseen[i][n] >= from[first+n] {
				got = max(got, s.Rank())
			}
		}
		if got >= r.severity {
			c.InTime++
		}
	}
	c.InTime, c.Alone = round(c.InTime/all), round(c.Alone/all)
	m := fitAlarm(rows, ids)
	said, err := yaml.Marshal(c)
	return map[string][]byte{
		"urgency/model.bin": classify.Subjects{IDs: ids, Bias: m.bias, From: from, Hashed: m.w}.PackAlarms(),
		"urgency/card.yaml": said,
	}, err
}
