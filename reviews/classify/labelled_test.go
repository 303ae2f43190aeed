package classify_test

import (
	"os"
	"strings"
	"testing"

	"goodword/reviews/classify"
)

// labelled reads lines of "label | sentence".
func labelled(t *testing.T, name string) [][2]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for line := range strings.Lines(string(data)) {
		if label, sentence, ok := strings.Cut(strings.TrimSpace(line), " | "); ok && label[0] != '#' {
			out = append(out, [2]string{label, sentence})
		}
	}
	return out
}

func TestOwnUrgencySentences(t *testing.T) {
	c := classify.Default()
	for _, l := range labelled(t, "urgency.txt") {
		want, text := l[0], l[1]
		got := c.Judge(text, 0)
		switch want {
		case "-":
			if len(got.Signals) > 0 {
				t.Errorf("%q is ordinary, got %v", text, got.Signals)
			}
		case "~critical":
			if got.Urgency == classify.Critical {
				t.Errorf("%q is nothing critical, got %v", text, got.Signals)
			}
		default:
			if !has(got.Signals, want) {
				t.Errorf("%q is %s, got %v", text, want, got.Signals)
			}
		}
	}
}

func TestOwnTopicSentences(t *testing.T) {
	c := classify.Default()
	feelings := map[byte]classify.Sentiment{'-': classify.Negative, '+': classify.Positive}
	for _, l := range labelled(t, "topics.txt") {
		got := c.Judge(l[1], 0)
		for label := range strings.SplitSeq(l[0], ",") {
			i := 0
			for i < len(got.Topics) && got.Topics[i].ID != label[1:] {
				i++
			}
			if i == len(got.Topics) {
				t.Errorf("%q is about %s, got %v", l[1], label[1:], got.Topics)
			} else if want := feelings[label[0]]; want != "" && got.Topics[i].Polarity != want {
				t.Errorf("%q: %s is %s, got %v", l[1], label[1:], want, got.Topics)
			}
		}
	}
}
