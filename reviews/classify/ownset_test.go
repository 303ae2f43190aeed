package classify_test

import (
	"bufio"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"goodword/reviews/classify"
)

// own is one line of the labelled sets of our own: invented, and written before anything was tuned on them.
type own struct {
	Text     string          `json:"text"`
	Stars    int             `json:"stars"`
	Kind     string          `json:"kind"`
	Language string          `json:"language"`
	Topics   json.RawMessage `json:"topics"`
	Part     string          `json:"part"`

	Sentiment classify.Sentiment `json:"sentiment"`
	Sentences []struct {
		Text     string   `json:"text"`
		Topics   []string `json:"topics"`
		Polarity string   `json:"polarity"`
	} `json:"sentences"`
}

// ownSet reads a set and splits it: the held part is measured only.
func ownSet(t *testing.T, name string) map[string][]own {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	parts := map[string][]own{}
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var o own
		if err := json.Unmarshal(lines.Bytes(), &o); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		parts[o.Part] = append(parts[o.Part], o)
	}
	if len(parts["held"]) == 0 {
		t.Fatalf("%s has no part that is held apart", name)
	}
	return parts
}

// TestMeasureOwnReviews judges reviews with their stars hidden. A person must not miss the angry ones.
func TestMeasureOwnReviews(t *testing.T) {
	c := classify.Default()
	for part, texts := range ownSet(t, "reviews_own.jsonl") {
		var found, missed, wrong, right, all float64
		for _, o := range texts {
			if o.Language != "" && o.Language != "es" || o.Stars == 3 || o.Kind == "question" || o.Kind == "spam" || o.Kind == "suspected fake" {
				continue // no feeling to be told from the stars
			}
			got := c.Judge(o.Text, 0)
			all++
			bad := o.Stars < 3
			switch {
			case bad && got.Sentiment == classify.Negative:
				found++
			case bad:
				missed++
			case got.Sentiment == classify.Negative:
				wrong++
			}
			if bad && got.Sentiment == classify.Negative || !bad && got.Sentiment == classify.Positive {
				right++
			} else if part == "tune" && os.Getenv("SHOW") != "" {
				t.Logf("%d stars, %s %.2f: %s %v", o.Stars, got.Sentiment, got.Score, o.Text, got.Why)
			}
		}
		recall, precision := found/(found+missed), found/(found+wrong)
		t.Logf("%s: %.0f reviews, accuracy %.3f, negative recall %.3f precision %.3f", part, all, right/all, recall, precision)
		// .85 and .70 are wanted, of these and those of other authors together: .874 and .706 are reached. Here are 44 negative reviews.
		if recall < 0.78 || precision < 0.75 {
			t.Errorf("%s: negative recall is %.3f and precision %.3f, want at least .78 and .75", part, recall, precision)
		}
	}
}

// TestMeasureReviewsOfOtherAuthors judges whole reviews by people who had never seen the program. One in six to one in three is mixed. The second set
// has more wry and dry ones than real sites have.
func TestMeasureReviewsOfOtherAuthors(t *testing.T) {
	c := classify.Default()
	for name, floor := range map[string]struct{ recall, precision float64 }{"reviews_us.jsonl": {0.93, 0.70}, "reviews_plain.jsonl": {0.86, 0.67}} {
		for part, texts := range ownSet(t, name) {
			count := labelCount{}
			var mixed, right float64 // mixed reviews that are called negative
			for _, o := range texts {
				got := c.Judge(o.Text, 0).Sentiment
				count.add(map[string]bool{string(o.Sentiment): true}, map[string]bool{string(got): true})
				if got == classify.Negative && o.Sentiment == classify.Mixed {
					mixed++
				}
				if got == o.Sentiment {
					right++
				}
			}
			bad := count[string(classify.Negative)]
			recall, precision, among := bad[0]/(bad[0]+bad[2]), bad[0]/(bad[0]+bad[1]), bad[0]/(bad[0]+bad[1]-mixed)
			t.Logf("%s %s: %d reviews, accuracy %.3f, negative recall %.3f precision %.3f, %.3f without mixed ones", name, part, len(texts), right/float64(len(texts)), recall, precision, among)
			if part == "held" && !(recall >= floor.recall && precision >= floor.precision) {
				t.Errorf("%s %s: negative recall is %.3f and precision %.3f, want at least %.2f and %.2f", name, part, recall, precision, floor.recall, floor.precision)
			}
		}
	}
}

// TestConfidenceMeansWhatItSays asks that of the answers given with a confidence of about p, about p are right.
func TestConfidenceMeansWhatItSays(t *testing.T) {
	c := classify.Default()
	labels := map[string]classify.Sentiment{"neg": classify.Negative, "pos": classify.Positive, "neu": classify.Mixed}
	var sum, right [10]float64
	var n [10]float64
	total := 0.0
	for _, name := range []string{"nhs_v6.train.jsonl", "nhs_p1.train.jsonl", "vgt_amazon.jsonl", "vgt_tweets.jsonl"} {
		_, held := shared(t, name)
		for _, s := range held {
			r := c.Judge(s.Text, 0)
			if labels[s.Label] == "" || r.Sentiment == classify.NotJudged {
				continue
			}
			bin := min(9, int(r.Confidence*10))
			n[bin], sum[bin], total = n[bin]+1, sum[bin]+r.Confidence, total+1
			if r.Sentiment == labels[s.Label] {
				right[bin]++
			}
		}
	}
	off := 0.0
	for bin := range n {
		if n[bin] > 0 {
			t.Logf("about %.2f: right %.2f of %.0f", sum[bin]/n[bin], right[bin]/n[bin], n[bin])
			off += math.Abs(sum[bin]-right[bin]) / total
		}
	}
	if off > 0.05 {
		t.Errorf("confidence is off by %.3f on average, want at most .05", off)
	}
}

func TestTheDecisiveWordsAreNamed(t *testing.T) {
	for _, test := range []struct{ text, word string }{
		{"The dentist was gentle and kind with my daughter.", "gentle"},
		{"They were rude and I waited two hours.", "rude"},
		{"I have been ignored by everybody in that office.", "ignored"},
	} {
		r := classify.Default().Judge(test.text, 0)
		found := false
		for _, w := range r.Why {
			if w.Words != test.text[w.Span.Start:w.Span.End] {
				t.Errorf("the reason %q is not the text at %v", w.Words, w.Span)
			}
			found = found || strings.Contains(w.Words, test.word)
		}
		if !found {
			t.Errorf("%q: the reasons are %v, want %q among them", test.text, r.Why, test.word)
		}
	}
}
