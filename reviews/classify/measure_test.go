package classify_test

import (
	"bufio"
	"encoding/json"
	"hash/fnv"
	"os"
	"path/filepath"
	"testing"

	"goodword/reviews/classify"
)

// sample is one human-coded text of the shared data.
type sample struct {
	Label  string   `json:"label"`
	Q      string   `json:"q"`
	Text   string   `json:"text"`
	Topics []string `json:"topics"`
}

// shared reads a data set that lies beside the repository and splits it: a fifth, chosen by hash of the text, is kept
// apart and never looked at while the lists are made.
func shared(t *testing.T, name string) (seen, held []sample) {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		f, err := os.Open(filepath.Join(dir, "..", "shared", "data", name))
		if err == nil {
			defer f.Close()
			sc := bufio.NewScanner(f)
			sc.Buffer(nil, 1<<20)
			for sc.Scan() {
				var s sample
				if err := json.Unmarshal(sc.Bytes(), &s); err != nil {
					t.Fatal(err)
				}
				h := fnv.New32a()
				h.Write([]byte(s.Text))
				if h.Sum32()%5 == 0 {
					held = append(held, s)
				} else {
					seen = append(seen, s)
				}
			}
			return seen, held
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Skip("the shared data is not beside the repository")
		}
		dir = parent
	}
}

// figures are the usual ones: share of right answers, and F1 of negative and of positive.
type figures struct{ accuracy, negative, positive float64 }

func measure(samples []sample) figures {
	c := classify.Default()
	right, all := 0, 0
	type counts struct{ tp, fp, fn float64 }
	by := map[classify.Sentiment]*counts{classify.Negative: {}, classify.Positive: {}, classify.Mixed: {}}
	labels := map[string]classify.Sentiment{"neg": classify.Negative, "pos": classify.Positive, "neu": classify.Mixed}
	for _, s := range samples {
		want := labels[s.Label]
		if want == "" {
			continue // coded for topics only
		}
		all++
		got := c.Judge(s.Text, 0).Sentiment
		if got == classify.NotJudged {
			got = classify.Mixed
		}
		if got == want {
			right++
			by[want].tp++
		} else {
			by[got].fp++
			by[want].fn++
		}
	}
	f1 := func(c *counts) float64 { return 2 * c.tp / (2*c.tp + c.fp + c.fn) }
	return figures{float64(right) / float64(all), f1(by[classify.Negative]), f1(by[classify.Positive])}
}

func TestMeasureSentiment(t *testing.T) {
	// All lie a little under what was reached; a linear model in ../shared/data/README.md has .792 and .829 on NHS comments.
	for _, test := range []struct {
		file            string
		accuracy, floor float64 // and the mean of negative and positive F1, on the part kept apart
	}{
		{"nhs_v6.train.jsonl", 0.81, 0.84},
		{"nhs_p1.train.jsonl", 0.89, 0.865},
		{"vgt_amazon.jsonl", 0.73, 0.76},
		{"vgt_tweets.jsonl", 0.75, 0.775},
	} {
		t.Run(test.file, func(t *testing.T) {
			seen, held := shared(t, test.file)
			a, b := measure(seen), measure(held)
			t.Logf("seen %d: accuracy %.3f, F1 negative %.3f positive %.3f", len(seen), a.accuracy, a.negative, a.positive)
			t.Logf("kept apart %d: accuracy %.3f, F1 negative %.3f positive %.3f", len(held), b.accuracy, b.negative, b.positive)
			if got := (b.negative + b.positive) / 2; got < test.floor || b.accuracy < test.accuracy {
				t.Errorf("accuracy is %.3f and mean F1 %.3f, want at least %.3f and %.3f", b.accuracy, got, test.accuracy, test.floor)
			}
		})
	}
}
