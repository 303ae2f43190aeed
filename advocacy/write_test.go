package advocacy_test

import (
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

var sheet = map[string]string{
	"before": "worked at the harbour clinic in Duluth", "why": "I like it when people leave less worried than they came", "learn": "the new scanner",
	"free": "Sailing and baking rye bread", "first_day": "getting lost between the two floors", "stay": "The team. We laugh a lot",
	"changed": "paper forms are gone", "advice": "Ask, and ask again", "what": "Certified Dental Assistant, Dental Assisting National Board",
	"took": "Eight months of evening classes", "means": "I understand better why we do things the way we do", "morning": "coffee, then the huddle at 7:45",
	"unseen": "Ordering, counting and cleaning", "best": "When the room is ready and everything has its place", "end": "Lights out and a last look round",
	"work": "keeps teeth clean and explains how", "like": "No two days are the same", "tip": "Two minutes, twice a day",
	"for": "keeping the supply room in order", "words": "She never lets us run out of anything", "proud": "A supply room where you find things",
}

func answered(occasion string) advocacy.Spotlight {
	s := advocacy.Spotlight{PersonID: 1, Occasion: occasion, Stage: advocacy.DraftStage}
	for _, q := range advocacy.Questions(occasion) {
		s.Answers = append(s.Answers, advocacy.Answer{Question: q.ID, Text: sheet[q.ID]})
	}
	return s
}

// Every draft fits its network, says that the colleague agreed, and clears the gate.
func TestWriteVariants(t *testing.T) {
	p := practice.Practice{Name: "Lakeside Family Dental", Phone: "218-555-0140"}
	people := []practice.Person{
		{ID: 1, Name: "Mara Lindqvist", Job: "dental hygienist", HiredOn: "2019-03-01"},
		{ID: 1, Name: "Dr. Tomás Okonjo-Iweala", Job: "dentist", HiredOn: "2025-11-20"},
		{ID: 1, Name: "Alexandria Montgomery-Featherstonehaugh", Job: "orthodontic treatment coordinator"},
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, o := range advocacy.Occasions() {
		for _, person := range people {
			variants := advocacy.WriteVariants(answered(o.ID), person, p, now)
			if got, want := len(variants), len(advocacy.Networks()); got != want {
				t.Fatalf("got %d texts, want %d", got, want)
			}
			for _, v := range variants {
				whole := v.Whole(p)
				if err := advocacy.Fits(v.Network, whole); err != nil {
					t.Errorf("%s, %s: %v", o.ID, v.Network, err)
				}
				if !v.Disclosure || !strings.Contains(whole, "permission") || !strings.Contains(whole, person.Name) {
					t.Errorf("%s, %s: lacks the name, the permission or the disclosure: %s", o.ID, v.Network, whole)
				}
				if strings.ContainsAny(whole, "{}") {
					t.Errorf("%s, %s: something is not filled in: %s", o.ID, v.Network, whole)
				}
				result := guard.Default().Check(guard.Draft{Kind: guard.Spotlight, Text: whole, Own: guard.Own{Names: []string{p.Name}}})
				if result.Verdict != guard.Clear {
					t.Errorf("%s, %s: the gate says %s: %+v\n%s", o.ID, v.Network, result.Verdict, result.Findings, whole)
				}
			}
		}
	}
}

// An answer reads well as a whole sentence and as a few words, however it is typed.
func TestAnAnswerReadsWell(t *testing.T) {
	person := practice.Person{ID: 1, Name: "Mara Lindqvist", Job: "dental hygienist"}
	for _, test := range []struct{ occasion, question, answer, want string }{
		{"meet the team", "work", "I keep teeth clean.", "“I keep teeth clean,” says Mara."},
		{"meet the team", "work", "keeps teeth clean", "“Keeps teeth clean,” says Mara."},
		{"meet the team", "work", "Teeth!", "“Teeth!” says Mara."},
		{"meet the team", "tip", "  “Two minutes,\n twice a day” ", "Mara's tip for everybody: “Two minutes, twice a day.”"},
		{"meet the team", "like", "…", "The best part of the job? “…”"},
		{"certification", "what", "A certificate in coding", "It is official: a certificate in coding."},
		{"certification", "what", "Certified Dental Assistant", "It is official: Certified Dental Assistant."},
		{"thank-you week", "for", "keeping the supply room in order", "What for? Keeping the supply room in order."},
	} {
		s := advocacy.Spotlight{Occasion: test.occasion, Answers: []advocacy.Answer{{Question: test.question, Text: test.answer}}}
		for _, v := range advocacy.WriteVariants(s, person, practice.Practice{Name: "Lakeside"}, time.Now()) {
			if !strings.Contains(v.Text, "\n\n"+test.want+"\n\n") {
				t.Errorf("%q on %s: got %q, want %q in it", test.answer, v.Network, v.Text, test.want)
			}
		}
	}
}

func TestWriteVariantsUsesWhatFits(t *testing.T) {
	p := practice.Practice{Name: "Lakeside Family Dental"}
	person := practice.Person{ID: 1, Name: "Mara Lindqvist", Job: "dental hygienist", HiredOn: "2019-03-01"}
	s := answered("anniversary")
	text := map[string]string{}
	for _, v := range advocacy.WriteVariants(s, person, p, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)) {
		text[v.Network] = v.Text
	}
	if !strings.Contains(text["website"], "seven years") || !strings.Contains(text["website"], "“Paper forms are gone.”") || !strings.Contains(text["website"], "“The team. We laugh a lot.”") {
		t.Errorf("the website has room for all answers:\n%s", text["website"])
	}
	if !strings.Contains(text["bluesky"], "We laugh a lot") || strings.Contains(text["bluesky"], "Ask, and ask again") {
		t.Errorf("Bluesky takes the needed answer first:\n%s", text["bluesky"])
	}
	if !strings.Contains(text["instagram"], "#WorkAnniversary") || strings.Contains(text["google"], "#") {
		t.Errorf("hashtags belong where they are used:\n%s\n%s", text["instagram"], text["google"])
	}
}
