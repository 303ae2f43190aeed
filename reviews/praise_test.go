package reviews_test

import (
	"strings"
	"testing"

	"goodword/reviews"
	"goodword/reviews/classify"
)

// What is carried over names the colleague and never the patient, nor anything of their health.
func TestPraiseIsMasked(t *testing.T) {
	judge := classify.Default()
	team := classify.NewTeam([]classify.Member{{ID: 3, Name: "Mara Lindqvist", Job: "dental hygienist"}}, nil)
	for _, test := range []struct {
		author, text string
		has, lacks   []string
	}{
		{"Julian Prado", "Mara was so gentle with my root canal. Thank you, Julian Prado", []string{"Mara", "gentle"}, []string{"root canal", "Julian", "Prado"}},
		{"J. Prado", "My son Theo has diabetes and Mara Lindqvist took all the time in the world.", []string{"Mara Lindqvist", "time"}, []string{"diabetes", "Theo", "Prado"}},
		{"Lena", strings.Repeat("The parking is easy to find. ", 30) + "Mara stayed late to explain everything to me. Lena", []string{"Mara stayed late"}, []string{"Lena"}},
		{"", "", nil, nil},
	} {
		m := reviews.Mention{ID: 9, Author: test.author, Text: test.text, Stars: 5}
		p := m.Praise([]int64{3}, []string{"Mara Lindqvist"}, judge.Marks(m.Words(), team))
		if len([]rune(p.Words)) > 330 || p.MentionID != 9 {
			t.Errorf("%q: got %d runes of mention %d", test.text, len([]rune(p.Words)), p.MentionID)
		}
		for _, word := range test.has {
			if !strings.Contains(p.Words, word) {
				t.Errorf("%q lacks %q", p.Words, word)
			}
		}
		for _, word := range test.lacks {
			if strings.Contains(strings.ToLower(p.Words), strings.ToLower(word)) {
				t.Errorf("%q has %q", p.Words, word)
			}
		}
	}
}

func TestPraises(t *testing.T) {
	for _, test := range []struct {
		m    reviews.Mention
		want bool
	}{
		{reviews.Mention{Stars: 5}, true},
		{reviews.Mention{Stars: 2, Understood: reviews.Understood{Sentiment: "positive"}}, false},
		{reviews.Mention{Understood: reviews.Understood{Sentiment: "positive"}}, true},
		{reviews.Mention{Stars: 5, Understood: reviews.Understood{Sentiment: "negative"}}, false},
	} {
		if got := test.m.Praises(); got != test.want {
			t.Errorf("%+v: got %v, want %v", test.m, got, test.want)
		}
	}
}
