package policy_test

import (
	"slices"
	"strings"
	"testing"

	"goodword/internal/practice"
	"goodword/policy"
)

func TestSuggestedPolicy(t *testing.T) {
	text := policy.Suggested(practice.Practice{Name: "Elm Dental", Phone: "555-0140", ContactName: "Dana Whitlock", ContactRole: "office manager"})
	for _, want := range []string{"# Social media policy of Elm Dental", "555-0140", "our office manager, Dana Whitlock", "\nOur office manager, Dana Whitlock owns this policy",
		"never confirm and never deny", "pay, hours, staffing, safety", "six years", "sixty days"} {
		if !strings.Contains(text, want) {
			t.Errorf("the suggested policy lacks %q", want)
		}
	}
	if strings.ContainsAny(text, "{}") {
		t.Errorf("a variable was not filled in: %s", text)
	}
	if words := len(strings.Fields(text)); words > 2000 {
		t.Errorf("the policy has %d words and promises ten minutes", words)
	}
	bare := policy.Suggested(practice.Practice{Name: "Elm Dental"})
	if strings.ContainsAny(bare, "{}") || !strings.Contains(bare, "of the front desk") {
		t.Error("without a telephone number the policy points to the front desk")
	}
}

func TestBlocks(t *testing.T) {
	got := policy.Blocks("# Title\n\nOne line\ngoes on.\n\n## Chapter\n### Clause\n- first\n  goes on\n- second\nNew words\n\n")
	want := []policy.Block{
		{Kind: policy.TitleLine, Text: "Title"}, {Kind: policy.Prose, Text: "One line goes on."}, {Kind: policy.ChapterLine, Text: "Chapter"},
		{Kind: policy.ClauseLine, Text: "Clause"}, {Kind: policy.Bullet, Text: "first goes on"}, {Kind: policy.Bullet, Text: "second New words"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestAcknowledgement(t *testing.T) {
	got := policy.Acknowledgement(policy.Version{Number: 3, From: "2026-12-01"})
	if !strings.Contains(got, "version 3 of 1 December 2026") || !strings.Contains(got, "does not limit my right") {
		t.Errorf("got %q", got)
	}
}

func FuzzBlocks(f *testing.F) {
	for _, seed := range []string{"# A\n\nb c\nd\n- e\n", "###\n- \n\n#x", "- a\n  b\n\n  c"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var words []string
		for _, b := range policy.Blocks(text) {
			words = append(words, strings.Fields(b.Text)...)
		}
		marks := 0
		for _, line := range strings.Split(text, "\n") {
			for _, mark := range []string{"# ", "## ", "### ", "- "} {
				if strings.HasPrefix(strings.TrimSpace(line), mark) {
					marks++
				}
			}
		}
		if got, want := len(words), len(strings.Fields(text))-marks; got != want {
			t.Errorf("%q: %d words were kept of %d", text, got, want)
		}
	})
}
