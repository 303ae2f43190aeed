package practice_test

import (
	"slices"
	"testing"

	"goodword/internal/practice"
)

func TestParseSpans(t *testing.T) {
	tests := []struct {
		text string
		want []practice.Span
		bad  bool
	}{
		{"", nil, false},
		{"Closed", nil, false},
		{"8-12, 13-17", []practice.Span{{From: 480, To: 720}, {From: 780, To: 1020}}, false},
		{"8:30–12:00; 13–17:45", []practice.Span{{From: 510, To: 720}, {From: 780, To: 1065}}, false},
		{"0:00-24:00", []practice.Span{{From: 0, To: 1440}}, false},
		{"8", nil, true},
		{"8-25", nil, true},
		{"8:70-9", nil, true},
		{"12-8", nil, true},
		{"8-12, 11-13", nil, true},
		{"8-12,", nil, true},
	}
	for _, test := range tests {
		got, err := practice.ParseSpans(test.text)
		if !slices.Equal(got, test.want) || (err != nil) != test.bad {
			t.Errorf("%q: got %v, %v; want %v, an error: %v", test.text, got, err, test.want, test.bad)
		}
	}
}

func FuzzParseSpans(f *testing.F) {
	for _, seed := range []string{"8-12, 13-17", "8:00–17:30", "closed", "0-24", ",-"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		spans, err := practice.ParseSpans(text)
		if err != nil {
			return
		}
		if err := (practice.Hours{Week: [7][]practice.Span{spans}}).Check(); err != nil {
			t.Errorf("%q was taken, but the practice refuses it: %v", text, err)
		}
		again, err := practice.ParseSpans(practice.WriteSpans(spans))
		if err != nil || !slices.Equal(again, spans) {
			t.Errorf("%q: written as %q it reads as %v, %v", text, practice.WriteSpans(spans), again, err)
		}
	})
}
