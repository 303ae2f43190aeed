package advocacy_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/policy/guard"
)

// clumsy are joins that tell of a form rather than of a person.
var clumsy = regexp.MustCompile(`\.\.|\?\.|,,|\.,|,\.|  | ,| \.|“”|““|””|\ba (?:[aeio]\w)|\ban (?:[bcdfgjkpqtvwz]\w)|\b(\w+) ([Ww]e|[Ii]|the) ([Ww]e|[Ii]|the)\b|:\s*:|\{|\}`)

// Every tone, occasion, job and turn of the wording reads without a clumsy join, fits, and passes the gate and the person's record.
func TestEveryToneReadsWell(t *testing.T) {
	p := practice.Practice{Name: "Lakeside Family Dental", Phone: "218-555-0140", City: "Two Harbors", Disciplines: []string{"dental"}}
	people := []practice.Person{
		{ID: 1, Name: "Mara Lindqvist", Job: "dental hygienist", Credentials: "RDH", HiredOn: "2019-03-01"},
		{ID: 2, Name: "Dr. Tomás Okonjo-Iweala", Job: "orthodontist", Credentials: "DDS", HiredOn: "2025-11-20"},
		{ID: 3, Name: "Marcus Bell", Job: "people and culture"},
		{ID: 4, Name: "Rosa Delgado", Job: "front desk lead", HiredOn: "2015-05-18"},
		{ID: 5, Name: "James", Job: ""},
	}
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	answers := []string{"keeping the supply room in order", "I like that no two mornings are the same.", "The people. We laugh a lot", "Why not?", "“Two minutes, twice a day”"}
	seen := map[string]bool{}
	for _, o := range advocacy.Occasions() {
		for _, person := range people {
			for turn := range int64(4) {
				for _, tone := range advocacy.Tones() {
					s := advocacy.Spotlight{ID: turn, PersonID: person.ID, Occasion: o.ID}
					for i, q := range advocacy.QuestionsFor(o.ID, person.Job) {
						s.Answers = append(s.Answers, advocacy.Answer{Question: q.ID, Text: answers[(i+int(turn))%len(answers)]})
					}
					for _, v := range advocacy.WriteIn(tone, s, person, p, now) {
						whole := v.Whole(p)
						if bad := clumsy.FindString(whole); bad != "" {
							t.Errorf("%s, %s, %s: clumsy at %q:\n%s", o.ID, tone, v.Network, bad, whole)
						}
						if err := advocacy.Fits(v.Network, whole); err != nil {
							t.Errorf("%s, %s, %s: %v", o.ID, tone, v.Network, err)
						}
						if v.Network != "website" {
							continue
						}
						seen[whole] = true
						result := guard.Default().Check(guard.Draft{Kind: guard.Spotlight, Text: whole, Own: guard.Own{Names: []string{p.Name}}})
						if claims := advocacy.Claims(whole, person, "2026-11-22"); result.Verdict != guard.Clear || len(claims) > 0 {
							t.Errorf("%s, %s: %+v %+v\n%s", o.ID, tone, result.Findings, claims, whole)
						}
					}
				}
			}
		}
	}
	if got, want := len(seen), len(advocacy.Occasions())*len(people)*4*3; got < want*9/10 {
		t.Errorf("got %d different texts of %d: the tones and turns differ too little", got, want)
	}
}

// Each question can be asked in Spanish, and each wording comes in three tones.
func TestTheStoryKitIsWhole(t *testing.T) {
	for _, o := range advocacy.Occasions() {
		if o.Spanish == "" {
			t.Errorf("%s has no Spanish name", o.ID)
		}
		for _, job := range []string{"dentist", "dental hygienist", "RN, charge nurse", "sterilization technician", "receptionist", "billing", ""} {
			for _, q := range advocacy.QuestionsFor(o.ID, job) {
				if q.Spanish.Ask == "" || q.Hint != "" && q.Spanish.Hint == "" {
					t.Errorf("%s, %s lacks its Spanish", o.ID, q.ID)
				}
				for _, tone := range advocacy.Tones() {
					for _, way := range append(q.Say[tone], "") {
						if way != "" && !regexp.MustCompile(`\{answer,?\}|\{go on\}`).MatchString(way) {
							t.Errorf("%s, %s: %q leaves the answer out", o.ID, q.ID, way)
						}
					}
					if len(q.Say[tone]) == 0 || len(o.Open[tone]) < 2 {
						t.Errorf("%s, %s has nothing to say in the tone %s", o.ID, q.ID, tone)
					}
				}
			}
		}
	}
	if got := len(advocacy.QuestionsFor("meet the team", "dental hygienist")); got != 5 {
		t.Errorf("got %d questions for a hygienist, want the four of the occasion and the one of the role", got)
	}
	if got := len(advocacy.QuestionsFor("meet the team", "labourer")); got != 4 {
		t.Errorf("got %d questions for a labourer, who works in no lab; want 4", got)
	}
}

// The sheet asks in the language of the colleague, keeps what is answered, and writes the same mail.
func TestStorySheet(t *testing.T) {
	sheet := advocacy.StorySheet{Spotlight: advocacy.Spotlight{Occasion: "meet the team", Due: "2026-12-04", Answers: []advocacy.Answer{{Question: "free", Text: "Pottery"}}},
		Person: practice.Person{Name: "Linh Tran", Job: "nurse"}, Practice: practice.Practice{Name: "Lakeside"}, To: "Ines Calloway", Made: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	for language, wants := range map[string][]string{
		"en": {"Hello Linh,", "What do you do here, in plain words? *", "about listening", "> Pottery", "by 4 December 2026 to Ines Calloway", "Never tell of a patient"},
		"es": {"Hola Linh:", "¿Qué hace usted aquí, en palabras sencillas? *", "sobre escuchar", "> Pottery", "4 de diciembre de 2026", "Nunca cuente nada de un paciente"},
	} {
		sheet.Language = language
		subject, body := sheet.Mail()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s: the mail lacks %q:\n%s", language, want, body)
			}
		}
		if strings.ContainsAny(subject+body, "{}") {
			t.Errorf("%s: something is not filled in: %s\n%s", language, subject, body)
		}
		if p := sheet.Paper(); p.Language != language || len(p.Blocks) < 20 {
			t.Errorf("%s: got %d blocks in %q", language, len(p.Blocks), p.Language)
		}
	}
}

func TestHashtagsAndLinks(t *testing.T) {
	p := practice.Practice{Name: "Lakeside", City: "Two Harbors", Disciplines: []string{"dental"}, Website: "https://lakeside.example/team?lang=en"}
	mara := practice.Person{Name: "Mara Lindqvist", Job: "dental hygienist"}
	s := advocacy.Spotlight{Occasion: "meet the team"}
	instagram, _ := advocacy.NetworkByID("instagram")
	google, _ := advocacy.NetworkByID("google")
	if got, want := strings.Join(advocacy.Hashtags(s, mara, p, instagram), " "), "#MeetTheTeam #DentalTeam #DentalHygienist #TwoHarbors"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := advocacy.Hashtags(s, mara, p, google); len(got) != 0 {
		t.Errorf("got %q where nobody uses tags", got)
	}
	text := advocacy.WithHashtag("Meet Mara.", "#MeetTheTeam", true)
	text = advocacy.WithHashtag(text, "#TwoHarbors", true)
	if want := "Meet Mara.\n\n#MeetTheTeam #TwoHarbors"; text != want {
		t.Errorf("got %q, want %q", text, want)
	}
	if text = advocacy.WithHashtag(advocacy.WithHashtag(text, "#MeetTheTeam", false), "#TwoHarbors", false); text != "Meet Mara." {
		t.Errorf("got %q", text)
	}
	if got, want := advocacy.TrackedLink(p, "bluesky", s), "https://lakeside.example/team?lang=en&utm_campaign=meet-the-team&utm_medium=social&utm_source=bluesky"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := advocacy.TrackedLink(practice.Practice{Website: "javascript:alert(1)"}, "bluesky", s); got != "" {
		t.Errorf("got %q for an address that is none", got)
	}
}
