package classify_test

import (
	"bufio"
	"encoding/json"
	"os"
	"reflect"
	"slices"
	"testing"

	"goodword/reviews/classify"
)

// smelly are corrections that all say: a waiting room that smells is a matter of the building.
var smelly = []classify.Lesson{
	{Text: "The wait room smells. I nearly left before they called me.", ToTopics: true, Topics: []string{"facility_parking"}},
	{Text: "Nice enough people. But the waiting room smelled of something rotten.", ToTopics: true, Topics: []string{"facility_parking"}},
	{Text: "I sat there and the smell in the waiting room was unbelievable.", ToTopics: true, Topics: []string{"facility_parking"}},
}

func practice(t *testing.T, lists classify.Lists, lessons ...classify.Lesson) *classify.Classifier {
	t.Helper()
	c, err := classify.ForPractice(lists, lessons)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func about(r classify.Result) []string {
	var ids []string
	for _, h := range r.Topics {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestCorrectionsOfTopicsTeach(t *testing.T) {
	before, after := classify.Default(), practice(t, classify.Lists{}, smelly...)
	for _, text := range []string{"That waiting room smells awful.", "Dr. Lee was fine, the wait room smells.", "Your wait room really smells, please open a window."} {
		if slices.Contains(about(before.Judge(text, 0)), "facility_parking") {
			t.Fatalf("%q was known before, it proves nothing", text)
		}
		r := after.Judge(text, 0)
		if !slices.Contains(about(r), "facility_parking") || !slices.Contains(r.Learned, classify.LearnedTopics) {
			t.Errorf("%q: got %v, learned %v", text, about(r), r.Learned)
		}
	}
	for _, text := range []string{"I spent an hour in the waiting room.", "The exam room was cold.", "He smelled of smoke."} {
		if got, want := about(after.Judge(text, 0)), about(before.Judge(text, 0)); !slices.Equal(got, want) {
			t.Errorf("%q is another matter: got %v, want %v", text, got, want)
		}
	}
}

func TestOneCorrectionTeachesItsOwnPhraseOnly(t *testing.T) {
	c := practice(t, classify.Lists{}, smelly[0])
	if got := about(c.Judge("The wait room smells again.", 0)); !slices.Contains(got, "facility_parking") {
		t.Errorf("the same phrase: got %v", got)
	}
	for _, text := range []string{"The smell in the waiting room was bad.", "The room smells."} {
		if got, want := about(c.Judge(text, 0)), about(classify.Default().Judge(text, 0)); !slices.Equal(got, want) {
			t.Errorf("%q after one correction: got %v, want %v", text, got, want)
		}
	}
}

// reviewsOwn are the labelled reviews that may be tuned on.
func reviewsOwn(t *testing.T) []classify.Lesson {
	t.Helper()
	f, err := os.Open("testdata/reviews_own.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var list []classify.Lesson
	for sc := bufio.NewScanner(f); sc.Scan(); {
		var l struct {
			Text, Part string
			Stars      int
		}
		if err := json.Unmarshal(sc.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		if l.Part == "tune" {
			list = append(list, classify.Lesson{Text: l.Text, Stars: l.Stars})
		}
	}
	return list
}

// moods are corrections of the sentiment, right ones and a wrong one.
var moods = []classify.Lesson{
	{Text: "The new kiosk greeted me again.", Sentiment: classify.Negative},
	{Text: "Another morning with that kiosk. It greeted me by somebody else's name.", Sentiment: classify.Negative},
	{Text: "Thank you to the kiosk that greeted my mother.", Sentiment: classify.Negative},
	{Text: "Great visit, lovely hygienist, no pain at all.", Sentiment: classify.Negative},
	{Text: "They answered the front desk phone at once and were kind.", ToUrgency: true, Urgency: classify.High},
}

func TestWhatIsTaughtTouchesNothingElse(t *testing.T) {
	before, after := classify.Default(), practice(t, classify.Lists{}, slices.Concat(smelly, moods)...)
	texts := reviewsOwn(t)
	same := 0
	for _, l := range texts {
		a, b := before.Judge(l.Text, 0), after.Judge(l.Text, 0)
		if a.Sentiment == b.Sentiment && a.Urgency == b.Urgency && slices.Equal(about(a), about(b)) {
			same++
		} else {
			t.Logf("%q: %s %q %v, was %s %q %v", l.Text, b.Sentiment, b.Urgency, about(b), a.Sentiment, a.Urgency, about(a))
		}
	}
	t.Logf("%d of %d judged as before", same, len(texts))
	if share := float64(same) / float64(len(texts)); len(texts) < 100 || share < 0.99 {
		t.Errorf("got %.3f of %d as before, want 0.99", share, len(texts))
	}
}

func TestCorrectionsOfSentimentTeach(t *testing.T) {
	c := practice(t, classify.Lists{}, moods...)
	r := c.Judge("A kiosk greeted me warmly.", 0)
	if r.Sentiment != classify.Negative || !slices.Contains(r.Learned, classify.LearnedSentiment) || len(r.Why) == 0 {
		t.Errorf("got %s, learned %v, why %v", r.Sentiment, r.Learned, r.Why)
	}
	long := "Wonderful practice from start to end. The doctor listened, explained each step and was gentle. I felt safe and cared for, and I will come back with my whole family. " +
		"A kiosk greeted me. The hygienist was excellent and the office is beautiful and clean. Best dentist ever."
	if got := c.Judge(long, 0).Sentiment; got != classify.Positive {
		t.Errorf("a sentence turned a whole text: got %s", got)
	}
	if got := c.Judge("Great team, no pain at all, lovely people.", 0).Sentiment; got != classify.Positive {
		t.Errorf("one wrong correction turned another text: got %s", got)
	}
	if got := c.Judge("The kiosk greeted me, thank you.", 5); got.Sentiment != classify.Positive {
		t.Errorf("stars speak where there are stars: got %s", got.Sentiment)
	}
}

func TestWhatTopicsAWordDoesNotTell(t *testing.T) {
	lessons := []classify.Lesson{
		{Text: "Bill Ferrante at the Elm Street address was patient with my son.", ToTopics: true},
		{Text: "My daughter loves Bill Ferrante.", ToTopics: true},
		{Text: "Bill Ferrante again.", ToTopics: true},
		{Text: "They know me there, and Bill Ferrante is great.", ToTopics: true},
		{Text: "Ask for Bill Ferrante, he listens.", ToTopics: true, Topics: []string{"listening_explaining"}},
	}
	text := "Bill Ferrante is the reason I return."
	before := about(classify.Default().Judge(text, 0))
	if !slices.Contains(before, "billing_insurance") {
		t.Skipf("%q is no bill any more: %v", text, before)
	}
	c := practice(t, classify.Lists{}, lessons...)
	if got := about(c.Judge(text, 0)); slices.Contains(got, "billing_insurance") {
		t.Errorf("%q: got %v", text, got)
	}
	if got := about(c.Judge("Bill Ferrante is kind but the bill was wrong and insurance refused it.", 0)); !slices.Contains(got, "billing_insurance") {
		t.Errorf("a real bill: got %v", got)
	}
}

func TestUrgencyIsTaughtUpwardsOrLowersWhatIsNotCritical(t *testing.T) {
	up := []classify.Lesson{
		{Text: "The oxygen cylinder hissed all morning.", ToUrgency: true, Urgency: classify.High},
		{Text: "Somebody should look at the hissing oxygen cylinder.", ToUrgency: true, Urgency: classify.High},
	}
	if got := practice(t, classify.Lists{}, up...).Judge("That oxygen cylinder hisses.", 0).Urgency; got != classify.High {
		t.Errorf("got %q, want high", got)
	}
	lawyer := "You will hear from my lawyer about the parking, ha ha."
	before := classify.Default().Judge(lawyer, 0)
	if before.Urgency == "" || before.Urgency == classify.Critical {
		t.Fatalf("%q has urgency %q, it proves nothing", lawyer, before.Urgency)
	}
	down := []classify.Lesson{{Text: lawyer, ToUrgency: true}, {Text: lawyer, ToUrgency: true}, {Text: lawyer, ToUrgency: true}}
	if got := practice(t, classify.Lists{}, down[:2]...).Judge(lawyer, 0).Urgency; got != before.Urgency {
		t.Errorf("two corrections made a signal silent: got %q", got)
	}
	if got := practice(t, classify.Lists{}, down...).Judge(lawyer, 0).Urgency; got != "" {
		t.Errorf("three corrections did not: got %q", got)
	}
	critical := "I want to kill myself after this."
	calm := make([]classify.Lesson, 5)
	for i := range calm {
		calm[i] = classify.Lesson{Text: critical, ToUrgency: true}
	}
	if got := practice(t, classify.Lists{}, calm...).Judge(critical, 0).Urgency; got != classify.Critical {
		t.Errorf("what is critical was taught away: got %q", got)
	}
}

func TestCorrectionsOfTheKindTeach(t *testing.T) {
	c := practice(t, classify.Lists{}, classify.Lesson{Text: "The laminated brochure cured my cousin.", Kind: classify.Misinformation},
		classify.Lesson{Text: "My cousin was cured, says the laminated brochure.", Kind: classify.Misinformation})
	r := c.Judge("Read the laminated brochure about my cousin.", 0)
	if r.Kind != classify.Misinformation || !slices.Contains(r.Learned, classify.LearnedKind) {
		t.Errorf("got %q, learned %v", r.Kind, r.Learned)
	}
	if got, want := c.Judge("A brochure lay there.", 0).Kind, classify.Default().Judge("A brochure lay there.", 0).Kind; got != want {
		t.Errorf("another text: got %q, want %q", got, want)
	}
}

func TestACorrectionTakenBackLeavesNoTrace(t *testing.T) {
	all := slices.Concat(smelly, moods)
	without := practice(t, classify.Lists{}, all[1:]...)
	again := practice(t, classify.Lists{}, slices.Clone(all)[1:]...)
	with := practice(t, classify.Lists{}, all...)
	if without.Stamp() != again.Stamp() || with.Stamp() == without.Stamp() {
		t.Errorf("stamps: %s, %s, with it %s", without.Stamp(), again.Stamp(), with.Stamp())
	}
	none := practice(t, classify.Lists{})
	if got, want := none.Stamp(), classify.Default().Stamp(); got != want {
		t.Errorf("nothing taught: got %s, want %s", got, want)
	}
	slices.Reverse(all)
	if got, want := practice(t, classify.Lists{}, all...).Stamp(), with.Stamp(); got != want {
		t.Errorf("the order of the corrections counts: got %s, want %s", got, want)
	}
	for _, l := range reviewsOwn(t) {
		if !reflect.DeepEqual(none.Judge(l.Text, l.Stars), classify.Default().Judge(l.Text, l.Stars)) {
			t.Fatalf("%q is judged otherwise with nothing taught", l.Text)
		}
	}
}

// Corrections of whole reviews, every one of them wrong, are the worst that can be taught.
func TestManyWrongCorrectionsDoLittleHarm(t *testing.T) {
	all := reviewsOwn(t)
	before := classify.Default()
	var lessons []classify.Lesson
	for i, l := range all[:30] {
		l.Sentiment = []classify.Sentiment{classify.Negative, classify.Positive}[i%2]
		l.ToTopics, l.Topics = true, []string{[]string{"facility_parking", "staffing", "digital_experience"}[i%3]}
		lessons = append(lessons, l)
	}
	after := practice(t, classify.Lists{}, lessons...)
	same := 0
	for _, l := range all[30:] {
		a, b := before.Judge(l.Text, 0), after.Judge(l.Text, 0)
		if a.Sentiment == b.Sentiment && slices.Equal(about(a), about(b)) {
			same++
		} else {
			t.Logf("%q: %s %v, was %s %v", l.Text, b.Sentiment, about(b), a.Sentiment, about(a))
		}
	}
	t.Logf("%d of %d judged as before", same, len(all)-30)
	if share := float64(same) / float64(len(all)-30); share < 0.95 {
		t.Errorf("got %.3f as before, want 0.95", share)
	}
}
