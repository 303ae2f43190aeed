package respond_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

// judged is a mention as the program itself understands it.
func judged(text string, stars int, site string) reviews.Mention {
	r := classify.Default().Judge(text, stars)
	m := reviews.Mention{ID: 3, Text: text, Stars: stars, Site: site}
	m.Language, m.Sentiment, m.Urgency, m.Kind = r.Language, string(r.Sentiment), string(r.Urgency), string(r.Kind)
	for _, topic := range r.Topics {
		m.Topics = append(m.Topics, topic.ID)
	}
	for _, signal := range r.Signals {
		m.Signals = append(m.Signals, signal.ID)
	}
	return m
}

// TestThePickIsOneThatAManagerWouldMake measures the choice of templates on mentions that were judged before it was tuned.
func TestThePickIsOneThatAManagerWouldMake(t *testing.T) {
	data, err := os.ReadFile("testdata/pick.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var set struct {
		Mentions []struct {
			Text   string
			Stars  int
			Accept []string
			Held   bool
		}
	}
	if err := yaml.Unmarshal(data, &set); err != nil {
		t.Fatal(err)
	}
	var first, among, all [2]int
	for _, c := range set.Mentions {
		part := 0
		if c.Held {
			part = 1
		}
		m := judged(c.Text, c.Stars, "google")
		got := suggest(m, full(), nil, nil)
		fits := func(s respond.Suggestion) bool {
			return slices.ContainsFunc(c.Accept, func(id string) bool { return strings.HasPrefix(s.TemplateID, id) })
		}
		all[part]++
		switch {
		case len(got) > 0 && fits(got[0]):
			first[part]++
			among[part]++
			continue
		case slices.ContainsFunc(got[:min(3, len(got))], fits):
			among[part]++
		}
		if !c.Held || os.Getenv("GOODWORD_HELD") != "" {
			t.Logf("%q (%d stars, %s, %s, %v, %v): got %v, want %v", c.Text, c.Stars, m.Sentiment, m.Kind, m.Topics, m.Signals, ids(got), c.Accept)
		}
	}
	for part, name := range []string{"tuned on", "held out"} {
		t.Logf("%s: %d of %d first, %d among the three offered", name, first[part], all[part], among[part])
	}
	if float64(first[0]) < 0.9*float64(all[0]) || float64(first[1]) < 0.7*float64(all[1]) {
		t.Error("the choice of templates became worse")
	}
}

func TestAMissingFactIsNamed(t *testing.T) {
	p := full()
	delete(p.Facts, "parking")
	d := respond.Default().Draft(judged("Where can I park?", 0, "google"), respond.Ground{Practice: p})
	if len(d.Missing) != 1 || d.Missing[0].ID != "parking" {
		t.Errorf("got %v, want the parking", d.Missing)
	}
	if len(d.Suggestions) == 0 || d.Suggestions[0].TemplateID == "question-parking" {
		t.Errorf("got %v, want a general answer", ids(d.Suggestions))
	}
	p.Facts["parking"] = "Behind the house."
	d = respond.Default().Draft(judged("Where can I park?", 0, "google"), respond.Ground{Practice: p})
	if len(d.Missing) != 0 || !strings.Contains(d.Suggestions[0].Text, "Behind the house.") {
		t.Errorf("got %v and %+v, want the fact", d.Missing, d.Suggestions)
	}
}

func TestTheSpanishFactIsUsedInSpanish(t *testing.T) {
	p := full()
	p.Facts["hours es"] = "De lunes a viernes, de 8 a 17 horas"
	m := mention("¿A qué hora abren los lunes?", 0, "not judged")
	m.Language = "es"
	d := respond.Default().Draft(m, respond.Ground{Practice: p})
	if len(d.Suggestions) == 0 || !strings.Contains(d.Suggestions[0].Text, "De lunes a viernes") {
		t.Errorf("got %+v", d.Suggestions)
	}
}

func TestThereIsAlwaysSomethingToChooseFrom(t *testing.T) {
	for _, c := range []struct {
		text  string
		stars int
	}{{"Wonderful people.", 5}, {"Awful.", 1}, {"", 1}, {"Do you take Medicaid?", 0}, {"They are fine.", 3}, {"Muy mala atención.", 1}} {
		got := suggest(judged(c.text, c.stars, "google"), full(), north, nil)
		if len(got) < 3 {
			t.Errorf("%q: got %v, want a pick and two alternatives", c.text, ids(got))
		}
		for i, s := range got {
			if slices.ContainsFunc(got[:i], func(o respond.Suggestion) bool { return o.Text == s.Text }) {
				t.Errorf("%q: twice the same: %s", c.text, s.Text)
			}
		}
	}
}

func TestTheToneChoosesTheWords(t *testing.T) {
	m := mention("Wonderful people.", 5, "positive", "praise_general")
	seen := map[string]bool{}
	for _, tone := range respond.Tones() {
		s := respond.Default().Draft(m, respond.Ground{Practice: full(), Tone: tone}).Suggestions[0]
		if seen[s.Text] {
			t.Errorf("the tone %s says what another said: %s", tone, s.Text)
		}
		seen[s.Text] = true
		if !respond.Default().Knows(s.TemplateID, s.Text, full(), nil) {
			t.Errorf("%s: the text is not known as a template: %s", tone, s.Text)
		}
	}
}

func TestAnApprovedStatementAnswersAnError(t *testing.T) {
	m := judged("Fluoride is a poison and dentists push it for the money.", 0, "google")
	d := respond.Default().Draft(m, respond.Ground{Practice: full()})
	if d.Claim == nil || d.Claim.Approved || strings.HasPrefix(d.Suggestions[0].TemplateID, "myth/") {
		t.Fatalf("nobody approved it: got %+v and %v", d.Claim, ids(d.Suggestions))
	}
	mine := respond.Default().With(nil, []policy.ApprovedMyth{{Myth: d.Claim.Myth, By: 4}})
	d = mine.Draft(m, respond.Ground{Practice: full()})
	if d.Claim == nil || !d.Claim.Approved || d.Suggestions[0].TemplateID != "myth/"+d.Claim.Myth.ID {
		t.Fatalf("approved: got %+v and %v", d.Claim, ids(d.Suggestions))
	}
	text := d.Suggestions[0].Text
	if strings.Contains(text, strings.TrimSuffix(d.Claim.Myth.Myth, ".")) || strings.Count(text, d.Claim.Myth.Naming()) != 1 || strings.Count(text, "http") != 1 {
		t.Errorf("the error is named once and not repeated, and there is one address: %s", text)
	}
	if !mine.Knows(d.Suggestions[0].TemplateID, text, full(), nil) || respond.Default().Knows(d.Suggestions[0].TemplateID, text, full(), nil) {
		t.Error("the text is known where it was approved, and only there")
	}
}

func TestStatementsPassTheGate(t *testing.T) {
	clear := 0
	for _, myth := range policy.Myths() {
		mine := respond.Default().With(nil, []policy.ApprovedMyth{{Myth: myth}})
		m := mention(myth.Myth, 0, "negative", "misinformation")
		d := mine.Draft(m, respond.Ground{Practice: full()})
		if d.Claim == nil || d.Claim.Myth.ID != myth.ID {
			t.Logf("%s: %q is not found again", myth.ID, myth.Myth)
			continue
		}
		if len(d.Suggestions) > 0 && d.Suggestions[0].TemplateID == "myth/"+myth.ID {
			clear++
			if v := guard.Default().Check(guard.Draft{Kind: guard.Reply, Review: myth.Myth, Text: d.Suggestions[0].Text,
				Own: guard.Own{Phones: []string{full().Phone}, Names: []string{full().ContactName}, Statements: myth.Statements()}}); v.Verdict != guard.Clear {
				t.Errorf("%s: %s", myth.ID, d.Suggestions[0].Text)
			}
		} else {
			t.Logf("%s is not offered: %q", myth.ID, myth.Correct)
		}
	}
	t.Logf("%d of %d statements are offered", clear, len(policy.Myths()))
	if clear < len(policy.Myths())*3/4 {
		t.Error("too few statements can be used")
	}
}

// Praise is thanked for first, whatever signal one of its words gave; what blames is not.
func TestPraiseWithASignalIsThankedFor(t *testing.T) {
	for text, want := range map[string]bool{
		"So gentle with my mom's blood draw after her stroke. Wonderful people.":         true,
		"Lovely front desk. They gave me the wrong medication and I ended up in the ER.": false,
	} {
		m := judged(text, 5, "google")
		m.Urgency, m.Signals, m.Sentiment = "high", []string{"adverse_event"}, "positive"
		got := suggest(m, full(), nil, nil)
		if len(got) == 0 || strings.HasPrefix(got[0].TemplateID, "praise") != want {
			t.Errorf("%s: praise first %v, want %v: %+v", text, !want, want, got)
		}
	}
}
