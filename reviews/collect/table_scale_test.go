package collect

import (
	"slices"
	"strings"
	"testing"
)

func TestTheScaleOfAColumnOfStars(t *testing.T) {
	for name, c := range map[string]struct {
		header, cells string
		given         Mapping
		scale         float64
		want          []int
		problem       string
	}{
		"one stray number":      {"Rating", "5 4 9 1 5", nil, 5, []int{5, 4, 0, 1, 5}, "Row 4: \"9\" is no rating of 1 to 5"},
		"most are above five":   {"Rating", "10 8 4 9 7", nil, 10, []int{5, 4, 2, 5, 4}, ""},
		"the header says ten":   {"Rating out of 10", "4 2 5", nil, 10, []int{2, 1, 3}, ""},
		"the cells say ten":     {"Rating", "8/10 5 4", nil, 5, []int{4, 5, 4}, ""},
		"a person says ten":     {"Rating", "4 2 5", Mapping{"stars-scale": "10"}, 10, []int{2, 1, 3}, ""},
		"a person says five":    {"Rating", "9 8 5", Mapping{"stars-scale": "5"}, 5, []int{0, 0, 5}, "no rating of 1 to 5"},
		"one of a hundred more": {"Rating", "5 4 80 5", nil, 5, []int{5, 4, 0, 5}, "Row 4"},
	} {
		t.Run(name, func(t *testing.T) {
			body := "Review," + c.header + ",Author\n"
			for _, cell := range strings.Fields(c.cells) {
				body += "Something," + cell + ",Ana\n"
			}
			given := Mapping{"stars": c.header}
			for field, value := range c.given {
				given[field] = value
			}
			p := tableOf(t, []byte(body), given)
			var got []int
			for _, f := range p.Found {
				got = append(got, f.Stars)
			}
			if !slices.Equal(got, c.want) || p.Scale != c.scale {
				t.Errorf("got %v out of %v, want %v out of %v", got, p.Scale, c.want, c.scale)
			}
			if problems := strings.Join(p.Problems, " "); !strings.Contains(problems, c.problem) || c.problem == "" && problems != "" {
				t.Errorf("got problems %q, want %q", problems, c.problem)
			}
		})
	}
}

func TestATableWithoutATextIsNotImportedAsBlankRatings(t *testing.T) {
	for body, want := range map[string]int{
		"A,B,C\n5,yes,Ana\n4,no,Bo\n":               0,
		"Rating,Shown\n5,yes\n4,no\n":               0,
		"Rating,Date\n5,2026-11-01\n4,2026-11-02\n": 2,
		"Stars,Reviewer\n5,Ana\n4,Bo\n":             2,
		"What they said,Who,When,Where\nGood,Ana,2026-11-01,Google\nBad,Bo,2026-11-02,Yelp\n": 2,
	} {
		p := tableOf(t, []byte(body), nil)
		if len(p.Found) != want {
			t.Errorf("%q: got %d, want %d (%v, %q)", body, len(p.Found), want, p.Mapping, p.Problems)
		}
		if asks := strings.Contains(strings.Join(p.Problems, " "), "No column looks like the text"); asks != (p.Mapping["text"] == "") {
			t.Errorf("%q: got problems %q", body, p.Problems)
		}
	}
	p := tableOf(t, []byte("What they said,Who,When,Where\nGood,Ana,2026-11-01,Google\nBad,Bo,2026-11-02,Yelp\n"), nil)
	if f := p.Found[0]; f.Text != "Good" || f.Author != "Ana" || f.Posted.IsZero() || f.Site != "google" {
		t.Errorf("got %+v", f)
	}
}
