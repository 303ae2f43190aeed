package policy_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodword/internal/practice"
	"goodword/policy"
)

var elm = practice.Practice{Name: "Elm Dental", Phone: "555-0140", ContactName: "Dana Whitlock"}

// Every answer to every question gives a whole text that the linter has nothing against, and changes the text if it is not the first.
func TestEveryAnswerMakesAGoodPolicy(t *testing.T) {
	standard := policy.Compose(elm, nil)
	for _, q := range policy.Questions() {
		if q.Ask == "" || q.Why == "" || q.Kind != policy.OwnWords && len(q.Options) < 2 || q.Kind == policy.OwnWords && q.Standard == "" {
			t.Errorf("question %s is incomplete", q.ID)
		}
		asked := false
		for _, chapter := range policy.Chapters() {
			for _, c := range chapter.Clauses {
				asked = asked || slices.Contains(c.Asks(), q.ID)
			}
		}
		if !asked {
			t.Errorf("no clause asks %s", q.ID)
		}
		answers := [][]string{}
		for _, o := range q.Options {
			answers = append(answers, []string{o.ID})
		}
		if q.Kind == policy.OwnWords {
			answers = [][]string{{"Dr. Marisol Vega"}}
		}
		for i, a := range answers {
			s := policy.Situation{q.ID: a}
			must(t, s.Check())
			text := policy.Compose(elm, s)
			if strings.ContainsAny(text, "{}") {
				t.Errorf("%s=%s leaves a blank", q.ID, a)
			}
			if first := i == 0 && q.Kind == policy.OneOf; first != (text == standard) {
				t.Errorf("%s=%s: the text is the standard one: %v, want %v", q.ID, a, !first, first)
			}
			for _, f := range policy.Lint(text).Findings {
				t.Errorf("%s=%s: %s objects to %q", q.ID, a, f.ID, f.Quote)
			}
		}
	}
	for _, wrong := range []policy.Situation{{"nothing": {"x"}}, {"reader": {"perhaps"}}, {"reader": {"second", "alone"}}, {"press": {"a\n## b"}}} {
		if wrong.Check() == nil {
			t.Errorf("%v was taken", wrong)
		}
	}
}

func kinds(b policy.Built) map[string]policy.BuildKind {
	all := map[string]policy.BuildKind{}
	for _, n := range b.Notes {
		all[n.Part] = n.Kind
	}
	return all
}

func TestOneAnswerChangesItsClauseOnly(t *testing.T) {
	first := policy.Rebuild("", "", elm, nil)
	second := policy.Rebuild(first.Text, first.Composed, elm, policy.Situation{"years": {"ten"}, "networks": {"google", "facebook", "website"}})
	got := kinds(second)
	if len(got) != 2 || got["How long we keep records"] != policy.Taken || got["Where we speak"] != policy.Added {
		t.Errorf("got %v", got)
	}
	if !strings.Contains(second.Text, "at least ten years from") || !strings.Contains(second.Text, "Google, our website and Facebook, and nowhere else") {
		t.Errorf("the text does not follow the answers: %s", second.Text)
	}
	if i, j := strings.Index(second.Text, "### Where we speak"), strings.Index(second.Text, "### The practice's accounts"); i < 0 || i > j {
		t.Error("the new clause stands in the wrong place")
	}
	back := policy.Rebuild(second.Text, second.Composed, elm, nil)
	if back.Text != first.Text {
		t.Error("taking the answers back does not give the first text")
	}
}

func TestOwnWordsOutliveTheBuilder(t *testing.T) {
	first := policy.Rebuild("", "", elm, nil)
	own := strings.Replace(first.Text, "at least six years from the day", "in the blue cabinet for six years from the day", 1)
	own = strings.Replace(own, "### Reporters", "### The garden\n\nOur garden may be shown at any time.\n\n### Reporters", 1)
	own = strings.Replace(own, "### Danger first", "### When somebody is in danger", 1)
	from := strings.Index(own, "### Chat assistants")
	to := from + strings.Index(own[from:], "\n## ") + 1
	own = own[:from] + own[to:]
	second := policy.Rebuild(own, first.Composed, elm, policy.Situation{"years": {"ten"}, "oncall": {"Dr. Vega"}, "assistants": {"none"}, "sanctions": {"steps"}})
	got := kinds(second)
	want := map[string]policy.BuildKind{"How long we keep records": policy.Kept, "The garden": policy.Untouched, "When somebody is in danger": policy.Kept, "Chat assistants": policy.KeptOut, "Sanctions": policy.Taken}
	for part, kind := range want {
		if got[part] != kind {
			t.Errorf("%s: got %q, want %q", part, got[part], kind)
		}
	}
	if len(got) != len(want) {
		t.Errorf("got %v", got)
	}
	for _, words := range []string{"in the blue cabinet for six years", "Our garden may be shown", "When somebody is in danger", "in steps: a talk"} {
		if !strings.Contains(second.Text, words) {
			t.Errorf("%q is gone", words)
		}
	}
	if strings.Contains(second.Text, "### Chat assistants") {
		t.Error("a clause that was taken out came back")
	}
	if strings.Index(second.Text, "### The garden") > strings.Index(second.Text, "### Reporters") {
		t.Error("the own clause lost its place")
	}
}

func TestImportedTextIsNotFilledUnasked(t *testing.T) {
	own := "# Our rules\n\nBe careful.\n\n## Pictures\n\nOnly in the garden.\n"
	built := policy.Rebuild(own, "", elm, nil)
	if built.Text != own {
		t.Errorf("got %q", built.Text)
	}
	with := policy.Rebuild(built.Text, built.Composed, elm, policy.Situation{"networks": {"google"}})
	if !strings.Contains(with.Text, "### Where we speak") || !strings.Contains(with.Text, "Only in the garden.") {
		t.Errorf("got %q", with.Text)
	}
}

// Whatever is answered in whatever order: without own words the text is what the clauses say, and an own clause is never lost.
func TestBuildingInAnyOrder(t *testing.T) {
	situation := rapid.Custom(func(r *rapid.T) policy.Situation {
		s := policy.Situation{}
		for _, q := range policy.Questions() {
			if q.Kind == policy.OwnWords || rapid.Bool().Draw(r, "leave out "+q.ID) {
				continue
			}
			s[q.ID] = []string{rapid.SampledFrom(q.Options).Draw(r, q.ID).ID}
		}
		return s
	})
	rapid.Check(t, func(r *rapid.T) {
		b := policy.Rebuild("", "", elm, situation.Draw(r, "first"))
		owned := ""
		for n := range rapid.IntRange(1, 4).Draw(r, "builds") {
			if owned == "" && rapid.IntRange(0, 2).Draw(r, "own clause") == 0 {
				owned = "### Ours alone\n\nWords of our own.\n"
				at := strings.LastIndex(b.Text, "\n### ") + 1
				b.Text = b.Text[:at] + owned + "\n" + b.Text[at:]
			}
			s := situation.Draw(r, "answers")
			b = policy.Rebuild(b.Text, b.Composed, elm, s)
			if owned == "" && b.Text != policy.Compose(elm, s) {
				r.Fatalf("build %d differs from what the clauses say:\n%s\n---\n%s", n, b.Text, policy.Compose(elm, s))
			}
			if strings.Count(b.Text, "### Ours alone") != min(1, len(owned)) {
				r.Fatalf("build %d lost the own clause", n)
			}
			if again := policy.Rebuild(b.Text, b.Composed, elm, s); again.Text != b.Text {
				r.Fatalf("the same answers again change the text")
			}
		}
	})
}
