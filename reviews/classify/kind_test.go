package classify_test

import (
	"os"
	"testing"

	"goodword/reviews/classify"
)

func TestKind(t *testing.T) {
	for _, test := range []struct {
		text  string
		stars int
		want  classify.Kind
	}{
		{"Wonderful team, thank you.", 5, classify.Praise},
		{"I waited two hours and the front desk was rude.", 1, classify.Operational},
		{"The crown fell off after a week and the tooth still hurts.", 1, classify.Clinical},
		{"Are you open on Saturdays? Do you take Aetna?", 0, classify.Question},
		{"Do you people ever answer the phone? I have called for three days and nobody picks up. Terrible.", 1, classify.Operational},
		{"Vaccines cause autism and this office pushes them.", 1, classify.Misinformation},
		{"Earn money from home, DM me for the link in bio", 5, classify.Spam},
		{"I have never been here but a friend told me they are awful.", 1, classify.SuspectedFake},
		{"The pizza was cold and the driver was rude.", 1, classify.SuspectedFake},
		{"We had pizza after the cleaning, the kids were so happy. The dentist is gentle and kind.", 5, classify.Praise},
		{"I worked here for two years and never got paid overtime.", 1, classify.Employment},
		{"Hit the wrong button, sorry! They are wonderful, kind and gentle, the best dentist ever.", 1, classify.Praise},
		{"", 5, classify.Praise},
		{"", 0, ""},
		{"Die Praxis ist sauber und das Team sehr nett.", 0, ""},
	} {
		if got := classify.Default().Judge(test.text, test.stars); got.Kind != test.want {
			t.Errorf("%q with %d stars is of the kind %q (%v), want %q", test.text, test.stars, got.Kind, got.KindWhy, test.want)
		}
	}
}

func TestASuspectedFakeNamesItsReasons(t *testing.T) {
	text := "I don't live in Arizona and I have never been a patient. Everybody leave one star."
	r := classify.Default().Judge(text, 1)
	if r.Kind != classify.SuspectedFake || len(r.KindWhy) < 2 {
		t.Fatalf("the kind is %q for %v, want a suspected fake with two reasons", r.Kind, r.KindWhy)
	}
	for _, w := range r.KindWhy {
		if w.Says == "" || w.Words != text[w.Span.Start:w.Span.End] {
			t.Errorf("the reason %+v does not name its words", w)
		}
	}
}

func TestMeasureKinds(t *testing.T) {
	c := classify.Default()
	for part, texts := range ownSet(t, "reviews_own.jsonl") {
		count, right := labelCount{}, 0.0
		for _, o := range texts {
			got := string(c.Judge(o.Text, o.Stars).Kind)
			if got == o.Kind {
				right++
			} else if part == "tune" && os.Getenv("SHOW") != "" {
				t.Logf("%s, got %q: %s", o.Kind, got, o.Text)
			}
			count.add(map[string]bool{o.Kind: true}, map[string]bool{got: true})
		}
		f1 := count.macro(t, part == "tune" || os.Getenv("SHOW") != "")
		t.Logf("%s %d: accuracy %.3f, macro-F1 %.3f", part, len(texts), right/float64(len(texts)), f1)
		if right < 0.69*float64(len(texts)) {
			t.Errorf("%s: %.0f of %d kinds are right, want at least 69 of a hundred", part, right, len(texts))
		}
	}
}

func TestRoutineQuestionsAreNotUrgent(t *testing.T) {
	for _, text := range []string{"Do you accept Medicaid?", "¿Aceptan Medicaid?", "¿A qué hora abren los lunes?", "What are your hours on Saturday?",
		"Is there parking for a wheelchair van?", "Do you take Delta Dental?", "Can I book online or do I have to call?"} {
		if got := classify.Default().Judge(text, 0); got.Urgency != "" || got.Kind != classify.Question {
			t.Errorf("%q: urgency %q, signals %v, kind %q", text, got.Urgency, got.Signals, got.Kind)
		}
	}
	if got := classify.Default().Judge("Do you have a number for after hours? My face is swollen and I can hardly breathe.", 0); got.Urgency != classify.Critical {
		t.Errorf("an emergency in the form of a question is %q", got.Urgency)
	}
}
