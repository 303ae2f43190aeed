// Command train makes the sentiment model anew from the texts that people labelled, and writes it with its card into assets/sentiment:
//
//	go run ./reviews/classify/train ../shared/data
//
// The same data give the same bytes again on the same kind of processor. A fifth of each set, chosen by a hash of the text, is never trained
// on; the card gives the figures on it.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"goodword/reviews/classify"
)

// set is one file of labelled texts.
type set struct {
	file    string
	weight  float64 // how much one text counts
	Source  string  `yaml:"source"`
	Licence string  `yaml:"licence"`
}

var sets = []set{
	{"nhs_v6.train.jsonl", 2, "NHS patient comments, human-coded sentiment (NHS England, pxtextmining)", "MIT"},
	{"nhs_p1.train.jsonl", 2, "NHS patient comments, human-coded criticality (NHS England, pxtextmining)", "MIT"},
	{"vgt_amazon.jsonl", 1, "product reviews, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
	{"vgt_tweets.jsonl", 1, "short messages, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
	{"vgt_movie.jsonl", 1, "film reviews, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
	{"vgt_nyt.jsonl", 0.5, "newspaper sentences, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
}

const (
	rounds    = 5
	rate      = 0.12
	decay     = 1e-5
	fewest    = 3 // words: shorter answers carry labels that contradict each other
	checkedOn = "2026-11-22"
)

var labels = map[string]int{"neg": 0, "neu": 1, "pos": 2}

// row is one labelled text.
type row struct {
	features classify.Features
	label    int
	weight   float64
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./reviews/classify/train FOLDER-OF-LABELLED-TEXTS")
		os.Exit(2)
	}
	if err := run(os.Args[1], filepath.Join("assets", "sentiment")); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(folder, out string) error {
	var train []row
	held := make([][]row, len(sets))
	for i, s := range sets {
		seen, apart, err := read(filepath.Join(folder, s.file), s.weight)
		if err != nil {
			return err
		}
		train, held[i] = append(train, seen...), apart
	}
	// The heat is found with a model that has not seen a tenth of the texts, and serves the one that has seen them all.
	cut := len(train) / 10
	rand.New(rand.NewSource(3)).Shuffle(len(train), func(i, j int) { train[i], train[j] = train[j], train[i] })
	heat := calibrate(fit(train[cut:]), train[:cut])
	m := fit(train)
	m.Heat = heat
	type figures struct {
		Set      set     `yaml:",inline"`
		Texts    int     `yaml:"held_out_texts"`
		Accuracy float64 `yaml:"accuracy"`
		F1       float64 `yaml:"mean_f1_of_negative_and_positive"`
		Recall   float64 `yaml:"negative_recall"`
		Exact    float64 `yaml:"negative_precision"`
	}
	card := struct {
		Name     string    `yaml:"name"`
		Checked  string    `yaml:"checked"`
		What     string    `yaml:"what"`
		Trained  int       `yaml:"trained_on_texts"`
		Heat     float64   `yaml:"heat"`
		Sets     []figures `yaml:"sets"`
		Limits   string    `yaml:"limits"`
		Remaking string    `yaml:"made_with"`
	}{Name: "Goodword sentiment, English", Checked: checkedOn, Trained: len(train), Heat: round(heat),
		What:   "A linear classifier over hashed words, pairs of neighbouring words and what the lexicon says; negative, mixed, positive. Figures are of the part of each set that was never trained on, without stars.",
		Limits: "Mixed and neutral are rarely told from the rest, because the sets have few such texts. There is hardly any text on billing and insurance in the sets; the lexicon covers it. English only.", Remaking: "go run ./reviews/classify/train ../shared/data"}
	for i, s := range sets {
		f := figures{Set: s, Texts: len(held[i])}
		f.Accuracy, f.F1, f.Exact, f.Recall = measure(m, held[i])
		card.Sets = append(card.Sets, f)
	}
	text, err := yaml.Marshal(card)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "model.bin"), m.Pack(), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, "card.yaml"), text, 0o644)
}

func read(file string, weight float64) (seen, held []row, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = f.Close() }()
	judge := classify.Default()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var text struct{ Label, Text string }
		if err := json.Unmarshal(lines.Bytes(), &text); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		label, ok := labels[text.Label]
		if !ok {
			continue
		}
		r := row{judge.FeaturesOf(text.Text), label, weight}
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(text.Text))
		if hash.Sum32()%5 == 0 {
			held = append(held, r)
		} else if r.features.Words >= fewest {
			seen = append(seen, r)
		}
	}
	return seen, held, lines.Err()
}

func scores(m *classify.Model, f classify.Features) [3]float64 {
	s := m.Bias
	for _, h := range f.Hashed {
		for k := range s {
			s[k] += f.Weight * m.Hashed[int(h)*3+k]
		}
	}
	for i, v := range f.Dense {
		for k := range s {
			s[k] += float64(v) * m.Dense[i][k]
		}
	}
	return s
}

func shares(s [3]float64, heat float64) [3]float64 {
	most, total := max(s[0], s[1], s[2]), 0.0
	for k := range s {
		s[k] = math.Exp((s[k] - most) / heat)
		total += s[k]
	}
	for k := range s {
		s[k] /= total
	}
	return s
}

// fit finds the weights by AdaGrad (Duchi and others, 2011) on the cross entropy.
func fit(rows []row) *classify.Model {
	m := &classify.Model{Hashed: make([]float64, classify.Buckets*3), Heat: 1}
	pace := classify.Model{Hashed: make([]float64, classify.Buckets*3)}
	step := func(w, seen *float64, gradient float64) {
		*seen += gradient * gradient
		*w -= rate * gradient / (math.Sqrt(*seen) + 1e-6)
	}
	order := rand.New(rand.NewSource(7))
	for range rounds {
		for _, i := range order.Perm(len(rows)) {
			r := rows[i]
			p := shares(scores(m, r.features), 1)
			for k := range p {
				miss := p[k] * r.weight
				if k == r.label {
					miss -= r.weight
				}
				for _, h := range r.features.Hashed {
					at := int(h)*3 + k
					step(&m.Hashed[at], &pace.Hashed[at], miss*r.features.Weight+decay*m.Hashed[at])
				}
				for j, v := range r.features.Dense {
					step(&m.Dense[j][k], &pace.Dense[j][k], miss*float64(v)+decay*m.Dense[j][k])
				}
				step(&m.Bias[k], &pace.Bias[k], miss)
			}
		}
	}
	return m
}

// calibrate finds the heat at which the shares are as often right as they say (Guo and others, 2017).
func calibrate(m *classify.Model, rows []row) float64 {
	best, least := 1.0, math.Inf(1)
	for heat := 0.5; heat < 4; heat += 0.05 {
		loss := 0.0
		for _, r := range rows {
			loss -= math.Log(max(1e-9, shares(scores(m, r.features), heat)[r.label]))
		}
		if loss < least {
			best, least = heat, loss
		}
	}
	return best
}

func measure(m *classify.Model, rows []row) (accuracy, f1, precision, recall float64) {
	var hit, wrong, missed [3]float64
	right := 0.0
	for _, r := range rows {
		s := scores(m, r.features)
		got := 0
		for k := range s {
			if s[k] > s[got] {
				got = k
			}
		}
		if got == r.label {
			right++
			hit[got]++
		} else {
			wrong[got]++
			missed[r.label]++
		}
	}
	of := func(k int) float64 { return 2 * hit[k] / (2*hit[k] + wrong[k] + missed[k]) }
	return round(right / float64(len(rows))), round((of(0) + of(2)) / 2), round(hit[0] / (hit[0] + wrong[0])), round(hit[0] / (hit[0] + missed[0]))
}

func round(v float64) float64 { return math.Round(v*1000) / 1000 }
