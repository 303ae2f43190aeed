package classify_test

import (
	"slices"
	"testing"

	"goodword/reviews/classify"
)

// TestEachPartOfASentenceIsHeard asks for each thing that a sentence of several parts speaks of.
func TestEachPartOfASentenceIsHeard(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"But the waiting room was filthy, nobody answered the phone, and the bill was wrong again.", []string{"cleanliness_infection", "access_phone_portal", "billing_insurance"}},
		{"The front desk was rude, the wait was over an hour, and the parking lot was full.", []string{"staff_manner_front", "wait_time", "facility_parking"}},
		{"The dentist was gentle, but I was overcharged and nobody calls me back.", []string{"billing_insurance", "access_phone_portal"}},
		{"Great hygienist, terrible billing department.", []string{"billing_insurance"}},
		{"She explained everything, the office was spotless, and it did not hurt at all.", []string{"listening_explaining", "cleanliness_infection", "pain_comfort"}},
		{"They lost my referral; the portal does not work; the receptionist hung up on me.", []string{"coordination_results", "digital_experience", "staff_manner_front"}},
		{"I waited two hours, and then the doctor did not listen to a word I said.", []string{"wait_time", "listening_explaining"}},
		{"The crown fell out after a week, and they charged me again.", []string{"care_quality", "billing_insurance"}},
		{"Couldn't get an appointment for months, then they cancelled it, and my test results never came.", []string{"access_appointments", "coordination_results"}},
		{"The room was dirty, the injection really hurt, and I could hear everything said about the next patient.", []string{"cleanliness_infection", "pain_comfort"}},
		{"My kids love it here, and the staff at the front desk are so friendly.", []string{"children_family", "staff_manner_front"}},
		{"Easy parking, short wait, fair prices.", []string{"facility_parking", "wait_time", "billing_insurance"}},
		{"Although the doctor was kind, my insurance was billed twice and I was on hold forever.", []string{"billing_insurance", "access_phone_portal"}},
		{"They gave me the wrong medication, and no one apologized, and the bill came anyway.", []string{"safety_concern", "billing_insurance"}},
		{"Online booking failed, the phone rang and rang, and then they said there was no appointment until May.", []string{"access_phone_portal", "access_appointments"}},
		{"The nurse was patient with my mother, however the bathroom was filthy.", []string{"cleanliness_infection"}},
		{"Hidden fees, long waits, rude receptionist.", []string{"billing_insurance", "wait_time", "staff_manner_front"}},
		{"He rushed through the exam, never answered my questions, and sent me a huge bill.", []string{"listening_explaining", "billing_insurance"}},
		{"The refill took three weeks, the voicemail is always full, and the copay went up.", []string{"coordination_results", "access_phone_portal", "billing_insurance"}},
		{"Painless filling, friendly hygienist, and I was seen on time.", []string{"pain_comfort", "wait_time"}},
	} {
		var got []string
		for _, h := range classify.Default().Judge(test.text, 0).Topics {
			got = append(got, h.ID)
		}
		for _, id := range test.want {
			if !slices.Contains(got, id) {
				t.Errorf("%q: got %v, want %s among them", test.text, got, id)
			}
		}
	}
}

// TestATornReviewDisagreesWithItsStars asks that five stars over a complaint are seen.
func TestATornReviewDisagreesWithItsStars(t *testing.T) {
	for text, want := range map[string]bool{
		"The hygienist was gentle and kind. But the waiting room was filthy, nobody answered the phone, and the bill was wrong again. My face is swollen and nobody calls back.": true,
		"Rude, late and overpriced. I will never go back.":                           true,
		"The dentist was gentle and kind, and the office called me the next day.":    false,
		"Wonderful team. The wait was a little long, but they were worth it for me.": false,
	} {
		if got := classify.Default().Judge(text, 5).Disagrees; got != want {
			t.Errorf("%q with five stars: disagrees is %t, want %t", text, got, want)
		}
	}
}
