package policy_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"goodword/internal/practice"
	"goodword/policy"
)

// sample is one of the policies under testdata/lint, which were written before the rules.
func sample(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", "lint", name+".md"))
	must(t, err)
	return string(text)
}

func TestLintIsSilentOnGoodPolicies(t *testing.T) {
	for n := 1; n <= 10; n++ {
		name := fmt.Sprintf("good-%02d", n)
		for _, f := range policy.Lint(sample(t, name)).Findings {
			t.Errorf("%s: %s objects to %q", name, f.ID, f.Quote)
		}
	}
}

func TestLintFindsWhatWasPlanted(t *testing.T) {
	var planted map[string][]struct{ Rule, Words string }
	text, err := os.ReadFile(filepath.Join("testdata", "lint", "faults.yaml"))
	must(t, err)
	must(t, yaml.Unmarshal(text, &planted))
	if len(planted) != 10 {
		t.Fatalf("got %d policies with faults, want 10", len(planted))
	}
	faults := 0
	for name, want := range planted {
		text := sample(t, name)
		found := policy.Lint(text).Findings
		fits := func(f policy.LintFinding, words string) bool {
			if words == "" {
				return f.Quote == ""
			}
			at := strings.Index(text, words)
			if at < 0 {
				t.Fatalf("%s has no %q", name, words)
			}
			return f.Start < at+len(words) && f.End > at
		}
		for _, w := range want {
			faults++
			hit := false
			for _, f := range found {
				hit = hit || f.ID == w.Rule && fits(f, w.Words)
			}
			if !hit {
				t.Errorf("%s: %s was not found at %q", name, w.Rule, w.Words)
			}
		}
		for _, f := range found {
			known := false
			for _, w := range want {
				known = known || f.ID == w.Rule
			}
			if !known {
				t.Errorf("%s: %s objects to %q, which was not planted", name, f.ID, f.Quote)
			}
			if f.Quote != "" && f.Kind != policy.Hard && strings.TrimSpace(text[f.Start:f.End]) != f.Quote {
				t.Errorf("%s: %s points at %q and quotes %q", name, f.ID, text[f.Start:f.End], f.Quote)
			}
		}
	}
	t.Logf("%d planted faults", faults)
}

// The sentences were held back until the rules fitted the policies above; U is one that labour law forbids, L one that stands.
func TestLintTellsSentencesApart(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("testdata", "lint", "sentences.txt"))
	must(t, err)
	for line := range strings.Lines(string(text)) {
		kind, sentence, _ := strings.Cut(strings.TrimSpace(line), " ")
		linted := policy.Lint(sentence)
		if got, want := linted.Count(policy.Overbroad)+linted.Count(policy.Unlawful) > 0, kind == "U"; got != want {
			t.Errorf("%q: objected to is %v, want %v", sentence, got, want)
		}
	}
}

func TestLintRulesFitTheirExamples(t *testing.T) {
	for _, r := range policy.LintRules() {
		if r.Title == "" || r.Why == "" || r.Instead == "" || r.Basis.Basis == "" || r.Source == "" || r.Checked == "" {
			t.Errorf("%s is incomplete", r.ID)
		}
		if r.ID != "hard-reading" && (len(r.Examples.Wrong) == 0 || len(r.Examples.Right) == 0) {
			t.Errorf("%s has no examples", r.ID)
		}
		for want, examples := range map[bool][]string{true: r.Examples.Wrong, false: r.Examples.Right} {
			for _, text := range examples {
				got := false
				for _, f := range policy.Lint(text).Findings {
					got = got || f.ID == r.ID
				}
				if got != want {
					t.Errorf("%s on %q: found is %v, want %v", r.ID, text, got, want)
				}
			}
		}
	}
}

func TestOurOwnPolicyPassesTheLinter(t *testing.T) {
	linted := policy.Lint(policy.Suggested(practice.Practice{Name: "Elm Dental", Phone: "555-0140", ContactName: "Dana Whitlock", ContactRole: "office manager"}))
	for _, f := range linted.Findings {
		t.Errorf("%s objects to %q", f.ID, f.Quote)
	}
	if linted.Reading.Grade > 10 || linted.Reading.Minutes > 10 {
		t.Errorf("our policy reads at grade %.1f in %d minutes, want at most 10 and 10", linted.Reading.Grade, linted.Reading.Minutes)
	}
}

func TestReading(t *testing.T) {
	easy := policy.Lint("The cat sat on the mat. It was a fine day. We had a good time.").Reading
	if easy.Grade > 2 || easy.Words != 16 {
		t.Errorf("got %+v, want a grade below 2 and 16 words", easy)
	}
	hard := policy.Lint("Notwithstanding organizational considerations, personnel communicating institutional information electronically necessitate prior administrative authorization.").Reading
	if hard.Grade < 20 || len(hard.Hardest) != 1 {
		t.Errorf("got %+v, want a grade above 20", hard)
	}
	if got := policy.Lint("").Reading; got.Grade != 0 || got.Words != 0 {
		t.Errorf("nothing: got %+v", got)
	}
}

func FuzzLint(f *testing.F) {
	for _, seed := range []string{"# A\n\nDo not talk about pay.\r\n- no pictures\n  at work\n", "\xff\n\n[NAME]", "Dr. A. b. c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, found := range policy.Lint(text).Findings {
			if found.Start < 0 || found.End > len(text) || found.Start > found.End || (found.Quote == "") != (found.Kind == policy.Missing) {
				t.Fatalf("%q: %s points at %d to %d, quotes %q", text, found.ID, found.Start, found.End, found.Quote)
			}
		}
	})
}
