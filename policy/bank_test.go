package policy_test

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"goodword/policy"
)

func TestTheBank(t *testing.T) {
	bank := policy.Scenarios()
	if len(bank) < 80 {
		t.Errorf("got %d scenarios, want 80 at least", len(bank))
	}
	seen, situations := map[string]bool{}, map[string]bool{}
	for _, s := range bank {
		if seen[s.ID] || situations[s.Situation] {
			t.Errorf("%s stands twice in the bank", s.ID)
		}
		seen[s.ID], situations[s.Situation] = true, true
		right := 0
		texts := map[string]bool{}
		for _, o := range s.Options {
			if o.Right {
				right++
			}
			texts[o.Text] = true
		}
		if right != 1 || len(s.Options) < 3 || len(texts) != len(s.Options) {
			t.Errorf("%s: %d right options among %d, %d of them different", s.ID, right, len(s.Options), len(texts))
		}
		if s.Why == "" || s.Question == "" || !slices.Contains([]string{"medium", "high", "critical"}, s.Severity) {
			t.Errorf("%s is incomplete", s.ID)
		}
	}
}

// The bank that we started from gave the answer away: in 36 of 42 questions the right option was the longest.
func TestLengthGivesNoAnswerAway(t *testing.T) {
	longest, shortest, chance, difference := 0.0, 0.0, 0.0, 0.0
	bank := policy.Scenarios()
	for _, s := range bank {
		right := len(s.Options[s.Right()].Text)
		sum, most, least := 0, 0, math.MaxInt
		for _, o := range s.Options {
			sum, most, least = sum+len(o.Text), max(most, len(o.Text)), min(least, len(o.Text))
		}
		chance += 1 / float64(len(s.Options))
		if right == most {
			longest++
		}
		if right == least {
			shortest++
		}
		difference += float64(right) - float64(sum-right)/float64(len(s.Options)-1)
	}
	n := float64(len(bank))
	t.Logf("%d scenarios: the right option is the longest in %.0f %%, the shortest in %.0f %%, by chance it were %.0f %%; it is %.1f letters longer on average",
		len(bank), 100*longest/n, 100*shortest/n, 100*chance/n, difference/n)
	for name, got := range map[string]float64{"longest": longest, "shortest": shortest} {
		if got/n > chance/n+0.05 {
			t.Errorf("the right option is the %s in %.0f %%, want at most %.0f %%", name, 100*got/n, 100*chance/n+5)
		}
	}
	if math.Abs(difference/n) > 2 {
		t.Errorf("the right option is %.1f letters longer on average, want 2 at most", difference/n)
	}
}

// Somebody who knows nothing but a trick must not pass: each trick picks among the options that it likes, and what it earns by luck is counted.
func TestNoTrickKnowsTheAnswers(t *testing.T) {
	absolute := regexp.MustCompile(`(?i)\b(always|never|all|nothing|nobody|everybody|everyone|everything|any|only)\b`)
	careful := regexp.MustCompile(`(?i)\b(officer|manager|counsel|clinician|ask|written|writing|signed|authorization)\b`)
	for name, likes := range map[string]func(string) bool{
		"begins with no":         func(o string) bool { return strings.HasPrefix(o, "No") },
		"does not begin with no": func(o string) bool { return !strings.HasPrefix(o, "No") },
		"begins with yes":        func(o string) bool { return strings.HasPrefix(o, "Yes") },
		"no absolute word":       func(o string) bool { return !absolute.MatchString(o) },
		"an absolute word":       absolute.MatchString,
		"sounds careful":         careful.MatchString,
		"does not sound so":      func(o string) bool { return !careful.MatchString(o) },
	} {
		earned, bank := 0.0, policy.Scenarios()
		for _, s := range bank {
			liked, hit := 0, false
			for i, o := range s.Options {
				if likes(o.Text) {
					liked++
					hit = hit || i == s.Right()
				}
			}
			switch {
			case liked == 0:
				earned += 1 / float64(len(s.Options))
			case hit:
				earned += 1 / float64(liked)
			}
		}
		if share := earned / float64(len(bank)); share > 0.45 {
			t.Errorf("the trick %q earns %.0f %%, want 45 at most", name, 100*share)
		} else {
			t.Logf("the trick %q earns %.0f %%", name, 100*share)
		}
	}
}

func TestADrawAsksWhatIsCritical(t *testing.T) {
	for _, m := range policy.Modules() {
		critical := 0
		for _, s := range policy.Scenarios() {
			if slices.Contains(m.QuizIDs, s.ID) && s.Severity == "critical" {
				critical++
			}
		}
		drawn := map[string]bool{}
		for seed := range int64(40) {
			got := 0
			for _, s := range m.Quiz(seed) {
				drawn[s.ID] = true
				if s.Severity == "critical" {
					got++
				}
			}
			if got != critical {
				t.Fatalf("module %s, draw %d: got %d critical questions, want %d", m.ID, seed, got, critical)
			}
		}
		if len(drawn) != len(m.QuizIDs) {
			t.Errorf("module %s: forty draws asked %d of %d questions", m.ID, len(drawn), len(m.QuizIDs))
		}
	}
}
