package guard

import (
	"slices"
	"testing"
)

func TestWhatAPrivateNoteHoldsStaysPrivate(t *testing.T) {
	own := Own{Phones: []string{"(555) 555-0123"}, Names: []string{"Marlo Finch", "Harbor Point Dental"}}
	cases := []struct {
		name, note, review, text, want string // the code, or none
	}{
		{"a date", "Came in March 3, shouted at the desk.", "Rude.", "We know March 3 was hard; call our office at 555-0123.", "phi-date"},
		{"a clock time", "Arrived 10:40 for a 10:00 slot.", "Slow.", "The 10:40 arrival made it harder. Office: 555-0123.", "phi-date"},
		{"a sum", "Owes $240 since spring.", "Greedy.", "$240 is not greed. Office: 555-0123.", "phi-financial"},
		{"a number of the record", "Chart 88214.", "Slow.", "We looked at 88214. Office: 555-0123.", "phi-id"},
		{"the person's telephone", "Ring her on 555-0177.", "Slow.", "Our manager rings 555-0177 today.", "phi-contact"},
		{"a name", "Her husband Gerald waited outside.", "Slow.", "Gerald is welcome to call our office at 555-0123.", "phi-name"},
		{"a condition", "Has psoriasis, felt stared at.", "Cold people.", "Nobody with psoriasis is stared at. Office: 555-0123.", "phi-health"},
		{"a rare word", "She is the trombonist from the parade.", "Cold people.", "A trombonist deserves better. Office: 555-0123.", "patient-confirmation"},
		{"said by the reviewer too", "Says the wait was 50 minutes.", "50 minutes of waiting.", "Fifty is too long for anyone. Office: 555-0123.", ""},
		{"the practice's own manager", "Marlo Finch has called her.", "Rude.", "Please call our office manager Marlo Finch at 555-0123.", ""},
		{"usual words", "The receptionist was short with her; the manager will listen.", "Rude.", "Please call our office manager, who is glad to listen: 555-0123.", ""},
	}
	for _, c := range cases {
		r := Default().Check(Draft{Kind: Reply, Review: c.review, Text: c.text, Own: own, Private: []string{c.note}})
		told := slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity == Block && f.Rule == c.want })
		known := slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.id == privateID })
		if c.want != "" && (!told || r.Verdict != Block) || c.want == "" && known {
			t.Errorf("%s: got %s, want a finding of %q: %+v", c.name, r.Verdict, c.want, r.Findings)
		}
	}
}
