package classify_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"goodword/reviews/classify"
)

func TestThePracticeEditsTheTopics(t *testing.T) {
	lists, err := classify.Lists{Topics: []classify.OwnTopic{
		{ID: "facility_parking", Label: "House and  parking", Complaint: []string{"Hissing radiator"}},
		{ID: "billing_insurance", Off: true},
		{Label: "Robot dog", About: []string{"robot dog", "mechanical dog~", "Robot dog"}, Praise: []string{"adorable robot"}},
	}}.Ready()
	if err != nil {
		t.Fatal(err)
	}
	own := lists.Topics[2]
	if own.ID != "own_robot_dog" || !slices.Equal(own.About, []string{"robot dog", "mechanical dog~"}) || lists.Topics[0].Label != "House and parking" {
		t.Errorf("tidied to %+v", lists)
	}
	c := practice(t, lists)
	r := c.Judge("The mechanical dogs barked, and the hissing radiator kept me awake. My bill was wrong.", 0)
	if got := about(r); !slices.Contains(got, "own_robot_dog") || !slices.Contains(got, "facility_parking") || slices.Contains(got, "billing_insurance") {
		t.Errorf("got %v", got)
	}
	for _, h := range r.Topics {
		if h.ID == "facility_parking" && h.Polarity != classify.Negative {
			t.Errorf("a complaint phrase is %s", h.Polarity)
		}
	}
	if topic, ok := c.Topic("billing_insurance"); !ok || !topic.Off || slices.ContainsFunc(c.Topics(), func(t classify.Topic) bool { return t.ID == "billing_insurance" }) {
		t.Errorf("a topic that is off keeps its name and is not offered: %+v %v", topic, ok)
	}
	if topic, _ := c.Topic("own_robot_dog"); topic.Label != "Robot dog" || !topic.Own {
		t.Errorf("own topic: %+v", topic)
	}
	if got := c.Judge("Solo hablo español y la señora de la entrada fue amable con el robot dog.", 0); got.Language != "es" {
		t.Errorf("phrases of the practice changed the language to %s", got.Language)
	}
}

func TestAPhraseOfOursCanBeLeftOut(t *testing.T) {
	text := "The parking there."
	if got := about(classify.Default().Judge(text, 0)); !slices.Contains(got, "facility_parking") {
		t.Fatalf("got %v", got)
	}
	lists := classify.Lists{Topics: []classify.OwnTopic{{ID: "facility_parking", Without: []string{"parking"}}}}
	if got := about(practice(t, lists).Judge(text, 0)); slices.Contains(got, "facility_parking") {
		t.Errorf("left out: got %v", got)
	}
}

func TestListsThatCannotBeKept(t *testing.T) {
	for _, c := range []struct {
		topic classify.OwnTopic
		want  string
	}{
		{classify.OwnTopic{}, "needs a name"},
		{classify.OwnTopic{Label: "Waiting"}, "already"},
		{classify.OwnTopic{ID: "nonsense", Label: "X"}, "no topic"},
		{classify.OwnTopic{Label: strings.Repeat("a", 80)}, "too long"},
		{classify.OwnTopic{Label: "Art", About: []string{"ab*"}}, "three letters"},
		{classify.OwnTopic{Label: "Art", About: []string{"!!"}}, "cannot be used"},
	} {
		label := c.topic.Label
		if label == "Waiting" {
			wait, _ := classify.Default().Topic("wait_time")
			c.topic.Label = strings.ToUpper(wait.Label)
		}
		if _, err := (classify.Lists{Topics: []classify.OwnTopic{c.topic}}).Ready(); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: got %v, want %q", label, err, c.want)
		}
	}
}

func TestListsGoThroughAFile(t *testing.T) {
	lists, err := classify.Lists{Topics: []classify.OwnTopic{{ID: "wait_time", Off: true}, {Label: "Art: on walls", Praise: []string{"lovely pictures"}}}}.Ready()
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	if err := classify.WriteLists(&file, lists); err != nil {
		t.Fatal(err)
	}
	back, err := classify.ReadLists(&file)
	if err != nil || !reflect.DeepEqual(back, lists) {
		t.Errorf("got %+v %v, want %+v", back, err, lists)
	}
	if _, err := classify.ReadLists(strings.NewReader("topics: [{colour: red}]")); err == nil || !strings.Contains(err.Error(), "no file of topics") {
		t.Errorf("another file: got %v", err)
	}
	same := practice(t, classify.Lists{Topics: []classify.OwnTopic{{ID: "wait_time", Label: "Delays"}}})
	if same.Stamp() != classify.Default().Stamp() {
		t.Error("another name has all mentions judged anew")
	}
	if practice(t, lists).Stamp() == classify.Default().Stamp() {
		t.Error("other phrases do not have the mentions judged anew")
	}
}
