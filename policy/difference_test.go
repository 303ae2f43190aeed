package policy_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"goodword/policy"
)

func TestDifference(t *testing.T) {
	before := "# Policy\n\n## Privacy\n\n### Charts\n\nNobody opens a chart to answer a review.\n\n### Old\n\nThis goes away altogether now.\n"
	after := "# Policy\n\n## Privacy\n\n### Charts\n\nNobody opens a chart or a bill to answer a review.\n\n### New\n\nEntirely different words stand here.\n"
	var got []string
	for _, b := range policy.Difference(before, after) {
		var line strings.Builder
		for _, r := range b.Runs {
			mark := map[policy.RunKind]string{policy.Same: "", policy.Put: "+", policy.Removed: "-"}[r.Kind]
			line.WriteString("[" + mark + r.Text + "]")
		}
		got = append(got, line.String())
	}
	want := "[Policy] [Privacy] [Charts] [Nobody opens a chart][+or a bill][to answer a review.] [-Old] [-This goes away altogether now.] [+New] [+Entirely different words stand here.]"
	if joined := strings.Join(got, " "); joined != want {
		t.Errorf("got  %s\nwant %s", joined, want)
	}
}

// A difference loses nothing: without what came it is the old text, without what went the new one.
func TestDifferenceHoldsBothTexts(t *testing.T) {
	words := rapid.StringMatching(`(# |## |### |- )?[a-d]{1,2}( [a-d]{1,2}){0,6}`)
	text := rapid.Custom(func(r *rapid.T) string {
		return strings.Join(rapid.SliceOfN(words, 0, 6).Draw(r, "paragraphs"), "\n\n")
	})
	rapid.Check(t, func(r *rapid.T) {
		before, after := text.Draw(r, "before"), text.Draw(r, "after")
		var old, now []policy.Block
		for _, b := range policy.Difference(before, after) {
			if s := b.Before(); s != "" {
				old = append(old, policy.Block{Kind: b.Kind, Text: s})
			}
			if s := b.After(); s != "" {
				now = append(now, policy.Block{Kind: b.Kind, Text: s})
			}
		}
		for _, side := range []struct {
			text string
			got  []policy.Block
		}{{before, old}, {after, now}} {
			want := policy.Blocks(side.text)
			if len(want) != len(side.got) {
				r.Fatalf("got %d paragraphs of %d", len(side.got), len(want))
			}
			for i, b := range want {
				if side.got[i].Kind != b.Kind || side.got[i].Text != strings.Join(strings.Fields(b.Text), " ") {
					r.Fatalf("paragraph %d: got %+v, want %+v", i, side.got[i], b)
				}
			}
		}
	})
}

func TestPropose(t *testing.T) {
	base := "# Policy\n\n## Records\n\n### How long\n\nRecords are kept for six years by the office manager, telephone 555-0140.\n\n### Pictures\n\nStaff may take pictures in the garden, and we like to see them there.\n"
	change := func(old, now string) string {
		if !strings.Contains(base, old) {
			t.Fatalf("the base has no %q", old)
		}
		return strings.Replace(base, old, now, 1)
	}
	tests := []struct {
		name, after string
		material    bool
		reason      string
	}{
		{"nothing", base, false, "the same"},
		{"line breaks", strings.ReplaceAll(base, "kept for", "kept\nfor"), false, "the same"},
		{"punctuation", change("garden, and", "garden; and"), false, "punctuation"},
		{"capitals", change("office manager", "Office Manager"), false, "punctuation or capitals"},
		{"spelling", change("pictures in the", "picturs in the"), false, "no duty"},
		{"telephone", change("555-0140", "555-0199"), false, "no duty"},
		{"heading", change("### Pictures", "### Taking pictures"), false, "heading"},
		{"number in words", change("six years", "seven years"), true, "a number changed"},
		{"number", change("six years", "6 years"), true, "a number changed"},
		{"duty", change("Staff may take", "Staff must take"), true, "duty"},
		{"a not", change("Staff may take", "Staff may not take"), true, "duty"},
		{"order of duties", change("may take pictures in the garden", "take pictures in the garden"), true, "duty"},
		{"new clause", base + "\n### Minors\n\nNothing about a child is published.\n", true, "a paragraph is new"},
		{"dropped clause", base[:strings.Index(base, "### Pictures")], true, "a paragraph is gone"},
		{"rewritten", change("we like to see them there", "which pleases visitors, neighbours, friends, families likewise"), true, "wording"},
		{"first", "", true, ""},
	}
	for _, test := range tests {
		before, after := base, test.after
		if test.name == "first" {
			before, after = "", base
		}
		got := policy.Propose(before, after)
		if got.Material != test.material || len(got.Reasons) == 0 || !strings.Contains(strings.Join(got.Reasons, " "), test.reason) {
			t.Errorf("%s: got %+v, want material %v because of %q", test.name, got, test.material, test.reason)
		}
	}
}
