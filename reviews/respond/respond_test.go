package respond_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/respond"
)

func full() practice.Practice {
	return practice.Practice{
		Name: "Harbor Point Dental", Phone: "555-0142", Email: "office@harborpoint.example", Website: "harborpoint.example",
		ContactName: "Dana Whitlock", ContactRole: "office manager", Apology: practice.FullApology,
		Facts: map[string]string{
			"hours":        "Monday to Friday from 8 to 5, Saturday from 9 to 1",
			"booking":      "Booking is open online at harborpoint.example and by phone. New patients are welcome.",
			"insurance":    "We work with most PPO plans and have a price list for people without a plan.",
			"parking":      "Free parking is behind the building, entrance on Mill Street",
			"languages":    "English, Spanish and Vietnamese are spoken here",
			"new patients": "New patients are welcome, and the first openings are usually within two weeks",
			"records":      "Requests for copies of records go through a form at the front desk or on our website",
			"emergency":    "A recorded message names the clinician on call",
		},
	}
}

// combination is one way in which facts are known or missing.
type combination struct {
	practice practice.Practice
	place    *practice.Place
}

var north = &practice.Place{Name: "North Office", Phone: "555-0199", Address: "12 Mill Street", City: "Easton"}

// combinations are all ways of having or lacking each variable, with names that are long, Spanish, or look like something else.
func combinations() []combination {
	var list []combination
	for _, name := range []string{"Harbor Point Dental", "The Reverend Ebenezer Whitcombe Memorial Center for Family Medicine, Pediatrics and Physical Therapy of Lower Saxton County",
		"Clínica Dental Peña y Muñoz", "Dr. Osei Family Practice", "St. Mary's Women's Health"} {
		for _, phone := range []string{"", "(555) 014-2000"} {
			for _, contact := range [][2]string{{}, {"Dana Whitlock", "office manager"}, {"María de los Ángeles Fernández-Villanueva", "patient experience coordinator"}} {
				for _, website := range []string{"", "https://www.harborpoint.example"} {
					for _, place := range []*practice.Place{nil, north, {Name: "Riverside at the Old Mill"}} {
						for _, facts := range []map[string]string{nil, full().Facts} {
							list = append(list, combination{practice.Practice{Name: name, Phone: phone, ContactName: contact[0], ContactRole: contact[1],
								Website: website, Facts: facts}, place})
						}
					}
				}
			}
		}
	}
	return list
}

// said are reviews that templates of a kind answer.
var said = map[respond.Kind][]string{
	respond.Praise:    {"", "They fixed my knee and the friendly team is great!"},
	respond.Complaint: {"", "Terrible. Rude, overcharged, and I waited two hours."},
	respond.Mixed:     {"", "Nice dentist but the wait was awful."},
	respond.Stars:     {""},
	respond.Question:  {"", "Are you open on Saturday and do you take Delta Dental?"},
	respond.Comment:   {"", "Harbor Point is on Mill Street."},
	respond.Holding:   {"", "They gave me the wrong medication and the nurse shouted my diagnosis."},
	respond.Other:     {"", "Fluoride is poison and they push it.", "I was fired from there."},
}

// texts are all that a template can say to a practice, each once.
func texts(t respond.Template, combinations []combination) map[string]combination {
	out := map[string]combination{}
	for _, c := range combinations {
		for _, one := range each(t) {
			if text := respond.Default().Fill(one, c.practice, c.place); text != "" {
				out[text] = c
			}
		}
	}
	return out
}

// each is the template once for each of its wordings, in every tone.
func each(t respond.Template) []respond.Template {
	wordings := slices.Clone(t.Wordings)
	for _, tone := range respond.Tones() {
		wordings = append(wordings, t.Tones[tone]...)
	}
	var list []respond.Template
	for _, wording := range wordings {
		one := t
		one.Wordings, one.Tones = []string{wording}, nil
		list = append(list, one)
	}
	return list
}

func TestEveryWordingIsClear(t *testing.T) {
	gate, combinations := guard.Default(), combinations()
	checked := 0
	for _, template := range respond.Default().Templates("") {
		told := 0
		for text, c := range texts(template, combinations) {
			answered := said[template.Kind]
			if c.practice.Name != "Harbor Point Dental" {
				answered = answered[:1] // the words of the review matter once, the facts every time
			}
			for _, review := range answered {
				checked++
				got := gate.Check(guard.Draft{Kind: guard.Reply, Review: review, Text: text, Own: c.own()})
				if got.Verdict != guard.Clear && told < 2 {
					told++
					t.Errorf("%s to %q: %s\n%s\n%s", template.ID, review, got.Verdict, text, findings(got))
				}
			}
			if n := len(strings.Fields(text)); n > 110 {
				t.Errorf("%s has %d words: %s", template.ID, n, text)
			}
			if strings.ContainsAny(text, "{}[]!") {
				t.Errorf("%s leaves something open or shouts: %s", template.ID, text)
			}
		}
		if len(texts(template, combinations)) == 0 {
			t.Errorf("%s never fills", template.ID)
		}
	}
	t.Logf("%d combinations, %d drafts checked", len(combinations), checked)
}

func (c combination) own() guard.Own {
	own := guard.Own{Phones: []string{c.practice.Phone}, Names: []string{c.practice.Name, c.practice.ContactName}, Websites: []string{c.practice.Website}}
	if c.place != nil {
		own.Phones, own.Addresses = append(own.Phones, c.place.Phone), []string{c.place.Address}
	}
	return own
}

func findings(r guard.Result) string {
	var b strings.Builder
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "  %s %q %s\n", f.Rule, f.Quote, f.Why)
	}
	return b.String()
}

func TestLibrarySize(t *testing.T) {
	lib := respond.Default()
	if got := len(lib.Templates("en")); got < 40 {
		t.Errorf("English templates: got %d, want at least 40", got)
	}
	if got := len(lib.Templates("es")); got < 15 {
		t.Errorf("Spanish templates: got %d, want at least 15", got)
	}
	for _, x := range lib.Templates("") {
		if x.Version < 1 || x.Source == "" || x.URL == "" || x.Checked == "" {
			t.Errorf("%s does not say its version, source and date", x.ID)
		}
		needsFact := x.Kind == respond.Question && x.ID != "question-general" && x.ID != "question-general-es" && x.ID != "question-services"
		if bare := (practice.Practice{Name: "Tern Bay Clinic"}); !needsFact && lib.Fill(x, bare, nil) == "" {
			t.Errorf("%s cannot be used by a practice that gave only its name", x.ID)
		}
	}
	levels := map[practice.Apology]int{}
	for _, x := range lib.Templates("en") {
		levels[x.Apology]++
	}
	for _, want := range []practice.Apology{practice.NoApology, practice.Regret, practice.FullApology} {
		if levels[want] == 0 {
			t.Errorf("no template at the apology level %q", want)
		}
	}
}

func suggest(m reviews.Mention, p practice.Practice, place *practice.Place, recent []string) []respond.Suggestion {
	return respond.Default().Draft(m, respond.Ground{Practice: p, Place: place, Recent: recent}).Suggestions
}

func mention(text string, stars int, sentiment string, topics ...string) reviews.Mention {
	m := reviews.Mention{ID: 7, Site: "google", Text: text, Stars: stars}
	m.Language, m.Sentiment, m.Topics = "en", sentiment, topics
	return m
}

func TestSuggestFits(t *testing.T) {
	urgent := mention("They gave me the wrong pills", 1, "negative", "safety_concern")
	urgent.Urgency, urgent.Signals = "high", []string{"adverse_event"}
	spanish := mention("Muy mala atención en la recepción.", 1, "negative", "staff_manner_front")
	spanish.Language = "es"
	job := mention("Pay is low and nobody listens.", 2, "negative", "listening_explaining")
	job.Site = "www.glassdoor.com"
	french := mention("Trop d'attente.", 2, "negative", "wait_time")
	french.Language = "fr"
	cases := []struct {
		name string
		m    reviews.Mention
		want string // prefix of the first template
	}{
		{"praise", mention("Wonderful people.", 5, "positive", "praise_general"), "praise-general"},
		{"praise for the desk", mention("The receptionist is so friendly and welcoming.", 5, "positive", "staff_manner_front"), "praise-front-desk"},
		{"praise for a doctor", mention("Dr. Osei listened and explained everything.", 5, "positive", "listening_explaining", "staff_manner_clinical"), "praise-clinical"},
		{"wait", mention("Sat there for two hours.", 1, "negative", "wait_time"), "wait-"},
		{"billing", mention("Charged twice. The bill is a joke.", 1, "negative", "billing_insurance"), "billing-"},
		{"insurance", mention("My insurance coverage was misquoted, they are out of network.", 2, "negative", "billing_insurance"), "insurance-"},
		{"front desk", mention("Rude at the desk.", 2, "negative", "staff_manner_front"), "front-desk-"},
		{"clinician", mention("The dentist rushed.", 2, "negative", "staff_manner_clinical"), "clinician-manner"},
		{"phone", mention("I was on hold and no voicemail.", 2, "negative", "access_phone_portal"), "phone-"},
		{"portal", mention("The portal eats every message.", 2, "negative", "access_phone_portal"), "portal-"},
		{"scheduling", mention("Cancelled on me again.", 2, "negative", "access_appointments"), "scheduling-"},
		{"parking", mention("No parking anywhere, the garage is full.", 2, "negative", "facility_parking"), "parking-"},
		{"building", mention("The elevator is broken.", 2, "negative", "facility_parking"), "facility-"},
		{"clean", mention("Dirty restroom.", 2, "negative", "cleanliness_infection"), "cleanliness-"},
		{"mixed", mention("Good dentist, long wait.", 3, "mixed", "wait_time"), "mixed-wait"},
		{"stars low", mention("", 1, "not judged"), "stars-low"},
		{"stars mid", mention("", 3, "not judged"), "stars-mid"},
		{"stars high", mention("", 5, "not judged"), "stars-high"},
		{"misinformation", mention("Fluoride is poison.", 0, "negative", "misinformation"), "misinformation"},
		{"wrong business", mention("Best pizza in town.", 1, "negative", "spam_fake"), "wrong-business"},
		{"employment", mention("Worst job I ever had.", 1, "negative", "employment"), "employment"},
		{"hours", mention("Are you open on Saturday?", 0, "not judged"), "question-hours"},
		{"booking", mention("Do you take new patients and how do I book?", 0, "not judged", "access_appointments"), "question-booking"},
		{"insurance taken", mention("Do you accept Medicaid?", 0, "not judged", "billing_insurance"), "question-insurance"},
		{"where to park", mention("Where do I park?", 0, "not judged", "facility_parking"), "question-parking"},
		{"languages", mention("Does anyone there speak Spanish?", 0, "not judged"), "question-languages"},
		{"safety", urgent, "safety-concern"},
		{"a job site", job, "employer-site"},
		{"spanish", spanish, "front-desk-regret-es"},
		{"another language gets English", french, "wait-"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := suggest(c.m, full(), north, nil)
			if len(got) == 0 || len(got) > 5 {
				t.Fatalf("got %d suggestions, want 1 to 5", len(got))
			}
			if !strings.HasPrefix(got[0].TemplateID, c.want) {
				t.Errorf("got %v first, want %s", ids(got), c.want)
			}
			for _, s := range got {
				if v := guard.Default().Check(guard.Draft{Kind: guard.Reply, Review: c.m.Text, Text: s.Text, Own: guard.Own{
					Phones: []string{"555-0142", "555-0199"}, Names: []string{"Dana Whitlock", "Harbor Point Dental"}}}).Verdict; v != guard.Clear {
					t.Errorf("%s is %s: %s", s.TemplateID, v, s.Text)
				}
			}
		})
	}
}

func ids(list []respond.Suggestion) []string {
	var out []string
	for _, s := range list {
		out = append(out, s.TemplateID)
	}
	return out
}

func TestSuggestUsesThePhoneOfThePlace(t *testing.T) {
	got := suggest(mention("Slow.", 1, "negative", "wait_time"), full(), north, nil)
	if !strings.Contains(got[0].Text, "555-0199") || strings.Contains(got[0].Text, "555-0142") {
		t.Errorf("want the phone of the place: %s", got[0].Text)
	}
}

func TestSuggestRotates(t *testing.T) {
	m := mention("Wonderful people.", 5, "positive", "praise_general")
	var recent []string
	for range 3 {
		text := suggest(m, full(), nil, recent)[0].Text
		if slices.Contains(recent, text) {
			t.Errorf("repeated at once: %s", text)
		}
		recent = append([]string{text}, recent...)
	}
	oldest := recent[len(recent)-1]
	if got := suggest(m, full(), nil, recent)[0].Text; got != oldest {
		t.Errorf("when all were used: got %q, want the oldest %q", got, oldest)
	}
}

func TestKnows(t *testing.T) {
	lib, p, place := respond.Default(), full(), north
	s := suggest(mention("Slow.", 1, "negative", "wait_time"), p, place, nil)[0]
	for _, c := range []struct {
		name, id, text string
		place          *practice.Place
		want           bool
	}{
		{"as suggested", s.TemplateID, s.Text, place, true},
		{"a word changed", s.TemplateID, s.Text + " Really.", place, false},
		{"the phone of another place", s.TemplateID, s.Text, nil, false},
		{"another template", "praise-general", s.Text, place, false},
		{"no such template", "nothing", s.Text, place, false},
	} {
		if got := lib.Knows(c.id, c.text, p, c.place); got != c.want {
			t.Errorf("%s: got %v, want %v", c.name, got, c.want)
		}
	}
}

func TestSuggestKeepsTheApologyLevel(t *testing.T) {
	m := mention("Sat there for two hours.", 1, "negative", "wait_time")
	for level, banned := range map[practice.Apology][]string{
		practice.NoApology: {"sorry", "apolog", "regret"},
		practice.Regret:    {"apolog"},
	} {
		p := full()
		p.Apology = level
		for _, s := range suggest(m, p, nil, nil) {
			for _, word := range banned {
				if strings.Contains(strings.ToLower(s.Text), word) {
					t.Errorf("level %s offers %q: %s", level, word, s.Text)
				}
			}
		}
	}
	p := full()
	if got := suggest(m, p, nil, nil)[0].TemplateID; got != "wait-apology" {
		t.Errorf("full apology: got %s first", got)
	}
}

func TestSuggestUrgentHolds(t *testing.T) {
	for _, signal := range []string{"adverse_event", "infection_control", "privacy_breach", "discrimination", "abuse_allegation", "fraud_billing",
		"death_bereavement", "self_harm", "emergency_symptoms", "media_attention", "legal_threat", "threat_violence"} {
		m := mention("Something terrible.", 1, "negative", "safety_concern")
		m.Urgency, m.Signals = "high", []string{signal}
		got := suggest(m, full(), nil, nil)
		if len(got) == 0 {
			t.Fatalf("%s: nothing to say", signal)
		}
		for _, s := range got {
			x, _ := respond.Default().Template(s.TemplateID)
			if x.Kind != respond.Holding && x.ID != "complaint-listen" {
				t.Errorf("%s: offers %s", signal, x.ID)
			}
		}
	}
}

func TestAdvise(t *testing.T) {
	m := reviews.Mention{}
	m.Signals = []string{"misinformation", "legal_threat"}
	if got, quiet := respond.Default().Advise(m); !quiet || got.Reason != "counsel" || got.Text == "" {
		t.Errorf("legal threat: got %+v, %v", got, quiet)
	}
	for _, beside := range []string{"abuse_allegation", "death_bereavement", "adverse_event", "self_harm", "media_attention"} {
		m.Signals = []string{beside, "legal_threat"}
		if got, quiet := respond.Default().Advise(m); !quiet || got.Reason != "counsel" {
			t.Errorf("legal threat beside %s: got %+v, %v", beside, got, quiet)
		}
	}
	m.Signals = []string{"adverse_event"}
	if got, quiet := respond.Default().Advise(m); quiet {
		t.Errorf("adverse event: got %+v, want no advice to stay silent", got)
	}
}

func TestALegalThreatIsForCounselFirst(t *testing.T) {
	for beside, want := range map[string]string{"adverse_event": "holding-general", "privacy_breach": "holding-general", "self_harm": "crisis-care"} {
		m := mention("You hurt me and my lawyer will write.", 1, "negative", "safety_concern")
		m.Urgency, m.Signals = "high", []string{beside, "legal_threat"}
		got := suggest(m, full(), nil, nil)
		if len(got) == 0 || got[0].TemplateID != want {
			t.Fatalf("%s: got %v, want %s first", beside, ids(got), want)
		}
		for _, s := range got {
			if !strings.HasPrefix(s.When, "No public reply before counsel") {
				t.Errorf("%s: %s does not say that counsel looks first: %s", beside, s.TemplateID, s.When)
			}
		}
	}
}

func TestSafeReasons(t *testing.T) {
	seen := map[string]bool{}
	for _, r := range respond.Default().SafeReasons() {
		if r.ID == "" || r.Text == "" || r.When == "" || seen[r.ID] {
			t.Errorf("reason %+v is empty or twice there", r)
		}
		seen[r.ID] = true
	}
	if len(seen) < 10 {
		t.Errorf("got %d reasons, want at least 10", len(seen))
	}
}

func TestSiteOf(t *testing.T) {
	cases := []struct{ in, want string }{
		{"google", "google"}, {"www.google.com", "google"}, {"https://www.yelp.com/biz/x?hrid=1", "yelp"}, {"m.facebook.com", "facebook"},
		{"HEALTHGRADES.COM", "healthgrades"}, {"old.reddit.com", "reddit"}, {"https://doctor.webmd.com/a", "webmd"}, {"bsky.app", "bluesky"},
		{"notyelp.com", ""}, {"yelp.com.evil.example", ""}, {"", ""}, {"%zz", ""}, {"harborpoint.example", ""},
	}
	for _, c := range cases {
		got, ok := respond.SiteOf(c.in)
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("SiteOf(%q): got %q, %v, want %q", c.in, got.ID, ok, c.want)
		}
	}
	for _, id := range []string{"google", "yelp", "healthgrades", "zocdoc", "facebook", "vitals", "webmd", "ratemds", "nextdoor", "reddit", "glassdoor", "indeed", "trustpilot"} {
		if s, ok := respond.SiteOf(id); !ok || s.How == "" || !strings.HasPrefix(s.ReplyPage, "https://") {
			t.Errorf("%s is not described: %+v", id, s)
		}
	}
}

func TestSiteLimit(t *testing.T) {
	google, _ := respond.SiteOf("google")
	if got := google.Length("ñ"); got != 2 {
		t.Errorf("Google counts bytes: got %d, want 2", got)
	}
	bluesky, _ := respond.SiteOf("bluesky")
	if got := bluesky.Length("👩‍⚕️ñ"); got != 2 {
		t.Errorf("Bluesky counts characters: got %d, want 2", got)
	}
	if bluesky.Fits(strings.Repeat("a", 301)) || !bluesky.Fits(strings.Repeat("a", 300)) {
		t.Error("the limit of Bluesky is 300")
	}
	zocdoc, _ := respond.SiteOf("zocdoc")
	if !zocdoc.Fits(strings.Repeat("a", 100000)) {
		t.Error("a site without a published limit refuses nothing")
	}
}

func TestLoadRefuses(t *testing.T) {
	head := "language: en\ntemplates:\n"
	good := "- {id: a, title: A, when: always, kind: praise, wordings: [Thank you.]}\n"
	cases := []struct{ name, body string }{
		{"twice the same id", head + good + good},
		{"an unknown kind", head + "- {id: a, title: A, when: x, kind: rant, wordings: [Hm.]}"},
		{"a variable of the writer", head + "- {id: a, title: A, when: x, kind: praise, wordings: ['Dear {author}']}"},
		{"no wording", head + "- {id: a, title: A, when: x, kind: praise}"},
		{"stars upside down", head + "- {id: a, title: A, when: x, kind: praise, stars: [5, 1], wordings: [Hm.]}"},
		{"no YAML", "\t{"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"templates/en/a.yaml": {Data: []byte(c.body)}, "templates/reasons.yaml": {Data: []byte("reasons: []")}}
			if _, err := respond.Load(files); err == nil {
				t.Error("want an error")
			}
		})
	}
}

func BenchmarkSuggest(b *testing.B) {
	m := mention("Sat there for two hours and nobody at the desk cared.", 1, "negative", "wait_time", "staff_manner_front")
	for n := 0; b.Loop(); n++ {
		m.Title = fmt.Sprint("Case ", n) // so that the gate does not remember it
		suggest(m, full(), nil, nil)
	}
}

func TestFitting(t *testing.T) {
	for _, c := range []struct {
		stars      int
		text       string
		understood reviews.Understood
		want       string
	}{
		{5, "Kind and quick.", reviews.Understood{Sentiment: "positive"}, "praise"},
		{5, "Kind and quick. Are you open on Sundays?", reviews.Understood{Sentiment: "positive"}, ""},
		{2, "", reviews.Understood{Sentiment: "negative"}, "stars"},
		{2, "Nobody answers the phone.", reviews.Understood{Sentiment: "negative"}, ""},
		{5, "Kind, but I still bleed.", reviews.Understood{Sentiment: "positive", Urgency: "high", Signals: []string{"adverse_event"}}, ""},
		{1, "My lawyer will write.", reviews.Understood{Urgency: "high", Signals: []string{"legal_threat"}}, "counsel"},
		{1, "Cheap loans here.", reviews.Understood{Kind: "spam"}, "spam"},
		{1, "They never paid me.", reviews.Understood{Kind: "employment"}, "employment"},
	} {
		got, ok := respond.Default().Fitting(reviews.Mention{Stars: c.stars, Text: c.text, Understood: c.understood})
		if got.ID != c.want || ok != (c.want != "") {
			t.Errorf("%d stars, %q: got %q, want %q", c.stars, c.text, got.ID, c.want)
		}
	}
}
