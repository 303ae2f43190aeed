package classify_test

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"testing"

	"goodword/reviews/classify"
)

// themes says which theme of the public sets our topics belong to. The sets have joined the categories of their framework (maps_to,
// qdc_pxtextmining) to these.
var themes = map[string]string{
	"staff_manner_front": "staff_attitude", "staff_manner_clinical": "staff_attitude", "wait_time": "wait_time",
	"listening_explaining": "communication", "care_quality": "clinical_quality", "pain_comfort": "clinical_quality",
	"coordination_results": "clinical_quality", "access_appointments": "scheduling", "access_phone_portal": "scheduling",
	"digital_experience": "scheduling",
	"facility_parking":   "facility", "cleanliness_infection": "facility", "staffing": "staffing", "safety_concern": "safety",
	"billing_insurance": "billing",
}

// labelCount counts right and wrong answers by label.
type labelCount map[string]*[3]float64

func (c labelCount) add(want, got map[string]bool) {
	for _, id := range slices.Sorted(maps.Keys(union(want, got))) {
		if c[id] == nil {
			c[id] = new([3]float64)
		}
		switch {
		case want[id] && got[id]:
			c[id][0]++
		case got[id]:
			c[id][1]++
		default:
			c[id][2]++
		}
	}
}

func union(a, b map[string]bool) map[string]bool {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// macro is the mean F1 of the labels that occur.
func (c labelCount) macro(t *testing.T, show bool) float64 {
	sum, n := 0.0, 0.0
	for _, id := range slices.Sorted(maps.Keys(c)) {
		x := c[id]
		if x[0]+x[2] == 0 {
			continue // nobody labelled it here
		}
		f1 := 2 * x[0] / (2*x[0] + x[1] + x[2])
		if show {
			t.Logf("  %-24s F1 %.2f (right %.0f, too many %.0f, missed %.0f)", id, f1, x[0], x[1], x[2])
		}
		sum, n = sum+f1, n+1
	}
	return sum / n
}

func TestMeasureTopicsOfPatientComments(t *testing.T) {
	c := classify.Default()
	seen, held := shared(t, "nhs_v6.train.jsonl")
	for i, samples := range [][]sample{seen, held} {
		count := labelCount{}
		for _, s := range samples {
			want, got := map[string]bool{}, map[string]bool{}
			for _, id := range s.Topics {
				want[id] = true
			}
			for _, h := range c.Judge(s.Text, 0).Topics {
				if theme := themes[h.ID]; theme != "" {
					got[theme] = true
				}
			}
			count.add(want, got)
		}
		part := []string{"seen", "kept apart"}[i]
		got := count.macro(t, i == 1 || os.Getenv("SHOW") != "")
		t.Logf("%s %d: macro-F1 %.3f", part, len(samples), got)
		if i == 1 && got < 0.625 { // .63 is wanted
			t.Errorf("%s: macro-F1 is %.3f, want at least .625", part, got)
		}
	}
}

func TestMeasureOwnTopics(t *testing.T) {
	c := classify.Default()
	for part, sentences := range ownSet(t, "topics_own.jsonl") {
		count := labelCount{}
		polar, right := 0.0, 0.0
		for _, o := range sentences {
			var topics []struct{ ID, Polarity string }
			if err := json.Unmarshal(o.Topics, &topics); err != nil {
				t.Fatal(err)
			}
			want, got := map[string]bool{}, map[string]bool{}
			feels := map[string]string{}
			for _, topic := range topics {
				want[topic.ID], feels[topic.ID] = true, topic.Polarity
			}
			hits := c.Judge(o.Text, 0).Topics
			for _, h := range hits {
				got[h.ID] = true
				if want[h.ID] {
					polar++
					if string(h.Polarity) == feels[h.ID] {
						right++
					}
				}
			}
			if part == "tune" && os.Getenv("SHOW") != "" && !maps.Equal(want, got) {
				t.Logf("%v, got %v: %s", slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)), o.Text)
			}
			count.add(want, got)
		}
		got := count.macro(t, part == "tune" || os.Getenv("SHOW") != "")
		t.Logf("%s %d: macro-F1 %.3f; feeling of the topics found right %.3f", part, len(sentences), got, right/polar)
		if floor := map[string]float64{"tune": 0.9, "held": 0.79}[part]; got < floor {
			t.Errorf("%s: macro-F1 is %.3f, want at least %.2f", part, got, floor)
		}
	}
}

// TestMeasureTopicsOfAnotherAuthor judges the sentences of reviews one by one.
func TestMeasureTopicsOfAnotherAuthor(t *testing.T) {
	c := classify.Default()
	for part, texts := range ownSet(t, "reviews_us.jsonl") {
		count := labelCount{}
		polar, right, n := 0.0, 0.0, 0
		for _, o := range texts {
			for _, s := range o.Sentences {
				want, got := map[string]bool{}, map[string]bool{}
				for _, id := range s.Topics {
					want[id] = true
				}
				n++
				for _, h := range c.Judge(s.Text, 0).Topics {
					got[h.ID] = true
					if want[h.ID] && s.Polarity != "neutral" {
						polar++
						if string(h.Polarity) == s.Polarity {
							right++
						}
					}
				}
				delete(got, "recommendation") // the author's list had no such topics
				delete(got, "staffing")
				count.add(want, got)
			}
		}
		got := count.macro(t, os.Getenv("SHOW") != "")
		t.Logf("%s %d sentences: macro-F1 %.3f; feeling of the topics found right %.3f", part, n, got, right/polar)
		if part == "held" && !(got >= 0.65 && right/polar >= 0.75) { // .75 is wanted
			t.Errorf("%s: macro-F1 is %.3f and the feeling right %.3f, want at least .65 and .75", part, got, right/polar)
		}
	}
}

// TestMeasureTopicsOfSentences judges sentences by authors who had never seen the program; a third of the last two's use the words of a topic for
// something else. .75 is wanted, the floors keep what there is.
func TestMeasureTopicsOfSentences(t *testing.T) {
	for name, floor := range map[string]float64{"sentences_us.jsonl": 0.69, "sentences_friends.jsonl": 0.61} {
		t.Run(name, func(t *testing.T) { topicsBy(t, name, floor) })
	}
}

func topicsBy(t *testing.T, name string, floor float64) {
	c := classify.Default()
	for part, texts := range ownSet(t, name) {
		count := labelCount{}
		for _, o := range texts {
			var ids []string
			if err := json.Unmarshal(o.Topics, &ids); err != nil {
				t.Fatal(err)
			}
			want, got := map[string]bool{}, map[string]bool{}
			for _, id := range ids {
				want[id] = true
			}
			for _, h := range c.Judge(o.Text, 0).Topics {
				got[h.ID] = true
			}
			delete(got, "recommendation") // the author's list had no such topics
			delete(got, "staffing")
			count.add(want, got)
		}
		got := count.macro(t, os.Getenv("SHOW") != "")
		t.Logf("%s %d sentences: macro-F1 %.3f", part, len(texts), got)
		if part == "held" && !(got >= floor) {
			t.Errorf("%s: macro-F1 is %.3f, want at least %.2f", part, got, floor)
		}
	}
}
