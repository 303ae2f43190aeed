package classify_test

import (
	"testing"

	"goodword/reviews/classify"
)

func TestPraiseOfAFailureIsMockery(t *testing.T) {
	c := classify.Default()
	for _, text := range []string{
		"another two hour wait, fantastic job",
		"Another two hour wait. Fantastic job!",
		"Great job losing my x-rays for the third time.",
		"Love waiting 90 minutes past my appointment.",
		"Thanks for the surprise $400 bill, really classy.",
		"Nice of them to cancel my appointment twice in one week.",
		"Way to go, you sent me to collections over eleven dollars.",
		"Thank you for keeping me waiting in a paper gown.",
		"Kudos to the front desk for hanging up on my mother.",
		"Top notch service, nobody answered for three days.",
		"Two hours past my appointment, what a treat. The chairs are nice.",
	} {
		got := c.Judge(text, 0)
		if got.Sentiment != classify.Negative || got.Kind == classify.Praise {
			t.Errorf("%q is %s and %s, want a complaint", text, got.Sentiment, got.Kind)
		}
	}
	for _, text := range []string{
		"Only waited five minutes and the hygienist was fantastic, great service.",
		"They stayed an hour late to see my son, amazing. Thank you for that.",
		"Thank you for never keeping me waiting.",
		"Great job, it was worth the two hour wait.",
		"Thank you for helping me when I lost my crown on a Saturday.",
		"Great service, 5 minute wait, and everyone was friendly.",
		"They were kind and fixed what another dentist did to the wrong tooth. Wonderful, gentle, thank you for that.",
		"No hour wait here, great job to all of them.",
		"Nice of them to call me when they were running early.",
		"Great job, they fixed what my last office did when they billed me twice.",
	} {
		if got := c.Judge(text, 0); got.Sentiment != classify.Positive {
			t.Errorf("%q is %s, want positive", text, got.Sentiment)
		}
	}
	for _, hit := range c.Judge("Another two hour wait, fantastic job!", 0).Topics {
		if hit.ID == "employment" || hit.Polarity == classify.Positive {
			t.Errorf("mockery praises %+v", hit)
		}
	}
	// One joke in a kind review does not turn it.
	text := "Dr. Patel is the best dentist I have had. The hygienist was gentle and explained it all. The office is spotless and friendly. Another two hour wait, great job."
	if got := c.Judge(text, 0); got.Sentiment == classify.Negative {
		t.Errorf("a kind review with one joke is %s", got.Sentiment)
	}
}

func TestWorkNeverDoneIsFraudAndNoDiscrimination(t *testing.T) {
	c := classify.Default()
	for _, text := range []string{"They are billing Medicaid for work never done.", "This office billed Medicaid for fillings that were never done."} {
		if got := c.Judge(text, 0).Signals; !has(got, "fraud_billing") || has(got, "discrimination") {
			t.Errorf("%q: got %v, want fraud alone", text, got)
		}
	}
	if got := c.Judge("They treated me worse because I am on Medicaid.", 0).Signals; !has(got, "discrimination") {
		t.Errorf("who is on Medicaid and treated worse: got %v", got)
	}
}

func TestALawyerIsNoStaffAndLovedItIsNoChild(t *testing.T) {
	c := classify.Default()
	for text, wrong := range map[string]string{"I have hired a lawyer.": "employment", "They hired a lawyer to collect my bill.": "employment", "Loved it!": "children_family"} {
		for _, hit := range c.Judge(text, 0).Topics {
			if hit.ID == wrong {
				t.Errorf("%q is not about %s", text, wrong)
			}
		}
	}
}
