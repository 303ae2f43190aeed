package classify_test

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"

	"goodword/reviews/classify"
)

// ownLines reads a set of our own, a JSON object a line.
func ownLines[T any](t testing.TB, name string) []T {
	t.Helper()
	f, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []T
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		var one T
		if err := json.Unmarshal(sc.Bytes(), &one); err != nil {
			t.Fatal(err)
		}
		out = append(out, one)
	}
	return out
}

// urgentLine is one fresh wording of something that cannot wait.
type urgentLine struct {
	Text     string            `json:"text"`
	Signals  []string          `json:"signals"`
	Severity classify.Severity `json:"severity"`
	Part     string            `json:"part"`
}

func TestUrgencyOfFreshWordings(t *testing.T) {
	c := classify.Default()
	type count struct{ found, exact, all int }
	parts := map[string]*count{"tune": {}, "held": {}}
	signals := map[string]*count{}
	for _, l := range ownLines[urgentLine](t, "urgency_own.jsonl") {
		got := c.Judge(l.Text, 0)
		p := parts[l.Part]
		s := signals[l.Part+" "+l.Signals[0]]
		if s == nil {
			s = &count{}
			signals[l.Part+" "+l.Signals[0]] = s
		}
		p.all++
		s.all++
		if got.Urgency.Rank() >= l.Severity.Rank() {
			p.found++
			s.found++
		} else if l.Part == "tune" {
			t.Logf("missed %s: %q %v", l.Signals, l.Text, got.Signals)
		}
		for _, id := range l.Signals {
			if has(got.Signals, id) {
				p.exact++
				s.exact++
				break
			}
		}
	}
	for part, floor := range map[string]float64{"tune": 0.95, "held": 0.8} {
		p := parts[part]
		if got := float64(p.found) / float64(p.all); got < floor {
			t.Errorf("%s: %.3f are in time, want at least %.2f", part, got, floor)
		}
		t.Logf("%s: %d of %d in time (%.3f), %d with the very signal", part, p.found, p.all, float64(p.found)/float64(p.all), p.exact)
		for _, s := range c.Signals() {
			if n := signals[part+" "+s.ID]; n != nil {
				t.Logf("  %-20s %d of %d in time, %d with the very signal", s.ID, n.found, n.all, n.exact)
			}
		}
	}
}

// TestUrgencyByOtherAuthors reads wordings of authors who knew none of the lists. The held part was never trained on. From the third on most ordinary texts
// use the words of emergencies on purpose, from the fifth to the eighth the urgent ones avoid them; the last two write as people do. .9 in time is wanted.
// The floors keep what there is.
func TestUrgencyByOtherAuthors(t *testing.T) {
	var critical, ordinary float64
	for name, floor := range map[string]float64{
		"urgency_u1.jsonl": 0.74, "urgency_u2.jsonl": 0.67, "urgency_u3.jsonl": 0.74, "urgency_u4.jsonl": 0.72, "urgency_u5.jsonl": 0.62,
		"urgency_u6.jsonl": 0.65, "urgency_u7.jsonl": 0.62, "urgency_u8.jsonl": 0.59, "urgency_u9.jsonl": 0.81, "urgency_u10.jsonl": 0.62,
	} {
		t.Run(name, func(t *testing.T) {
			c, o := urgencyBy(t, name, floor)
			critical, ordinary = critical+c, ordinary+o
		})
	}
	t.Logf("of %.0f ordinary ones, most of them near misses, %.3f critical", ordinary, critical/ordinary)
	if critical/ordinary > 0.05 {
		t.Errorf("%.3f of the ordinary ones are critical, want at most .05", critical/ordinary)
	}
}

// urgencyBy gives how many of the ordinary ones are critical, of how many.
func urgencyBy(t *testing.T, name string, foundFloor float64) (critical, ordinary float64) {
	c := classify.Default()
	var found, worst, named, all, high float64
	for _, l := range ownLines[urgentLine](t, name) {
		if l.Part != "held" {
			continue
		}
		got := c.Judge(l.Text, 0)
		if len(l.Signals) == 0 {
			ordinary++
			switch got.Urgency {
			case classify.Critical:
				critical++
			case classify.High:
				high++
			}
			continue
		}
		all++
		if got.Urgency.Rank() >= l.Severity.Rank() {
			found++
		}
		if got.Urgency != "" {
			worst++
		}
		if slices.ContainsFunc(l.Signals, func(id string) bool { return has(got.Signals, id) }) {
			named++
		}
	}
	t.Logf("of %.0f %.3f in time, %.3f seen at all, %.3f with the very signal; of %.0f ordinary ones %.3f critical, %.3f high",
		all, found/all, worst/all, named/all, ordinary, critical/ordinary, high/ordinary)
	if found/all < foundFloor {
		t.Errorf("%.3f are in time, want at least %.2f", found/all, foundFloor)
	}
	return critical, ordinary
}

func TestSituations(t *testing.T) {
	c := classify.Default()
	for text, want := range map[string]string{
		"Is it normal that my face is numb 3 days after the extraction?":            "emergency_symptoms",
		"Is it normal to wait 3 days after leaving a message?":                      "",
		"My leg is swollen and purple after surgery, no fever, what do I do":        "emergency_symptoms",
		"There were no ants in the exam room this time":                             "",
		"If I were having a stroke they would still ask for my insurance card":      "",
		"They jumped the gun and cancelled my slot":                                 "",
		"You people are a joke.":                                                    "",
		"Mi hija no puede respirar desde la inyección, por favor ayuda":             "emergency_symptoms",
		"Sé a qué hora sale la doctora y la voy a esperar afuera":                   "threat_violence",
		"Ya no quiero seguir, estarían mejor sin mí":                                "self_harm",
		"El asistente me metió la mano debajo de la bata":                           "abuse_allegation",
		"He dropped the mirror on the floor. Wiped it on his pants and kept going.": "infection_control",
	} {
		got := c.Judge(text, 0)
		if want == "" && got.Urgency.Rank() > classify.Medium.Rank() || want != "" && !has(got.Signals, want) {
			t.Errorf("%q: got %v, want %q", text, got.Signals, want)
		}
	}
}

// TestDoubtedAlarmsAreStillSeenToday asks that words of the lists in an ordinary story are no alarm at once, but keep their signal and its routing.
func TestDoubtedAlarmsAreStillSeenToday(t *testing.T) {
	c := classify.Default()
	for text, want := range map[string]classify.Severity{
		"The TV was blaring news of some shooting, could you put on cartoons with kids around?":              classify.High,
		"Had a heart attack back in 2015 (not their doing!) and they always check my meds before they start": classify.High,
		"My husband is having a heart attack and nobody picks up":                                            classify.Critical,
		"There is going to be a shooting at your office tomorrow":                                            classify.Critical,
		"My daughter is suicidal and your office will not call back":                                         classify.Critical,
	} {
		if got := c.Judge(text, 0); got.Urgency != want || len(got.Signals) == 0 {
			t.Errorf("%q: got %q with %v, want %q", text, got.Urgency, got.Signals, want)
		}
	}
}

func TestOrdinaryAngerIsNoEmergency(t *testing.T) {
	c := classify.Default()
	type count struct{ critical, high, all int }
	parts := map[string]*count{"tune": {}, "held": {}}
	for _, l := range ownLines[urgentLine](t, "ordinary_angry.jsonl") {
		got := c.Judge(l.Text, 0)
		p := parts[l.Part]
		p.all++
		switch got.Urgency {
		case classify.Critical:
			p.critical++
		case classify.High:
			p.high++
		default:
			continue
		}
		if l.Part == "tune" {
			t.Logf("flagged %s: %q %v", got.Urgency, l.Text, got.Signals)
		}
	}
	if n := parts["tune"].critical + parts["held"].critical; n*100 > parts["tune"].all+parts["held"].all {
		t.Errorf("%d ordinary ones are called critical, want at most 1 %%", n)
	}
	for part, p := range parts {
		t.Logf("%s: of %d ordinary angry ones %d critical, %d high", part, p.all, p.critical, p.high)
	}
}
