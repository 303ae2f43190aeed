package classify_test

import (
	"bufio"
	"encoding/json"
	"os"
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
	for _, part := range []string{"tune", "held"} {
		p := parts[part]
		t.Logf("%s: %d of %d in time (%.3f), %d with the very signal", part, p.found, p.all, float64(p.found)/float64(p.all), p.exact)
		for _, s := range c.Signals() {
			if n := signals[part+" "+s.ID]; n != nil {
				t.Logf("  %-20s %d of %d in time, %d with the very signal", s.ID, n.found, n.all, n.exact)
			}
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
	for part, p := range parts {
		t.Logf("%s: of %d ordinary angry ones %d critical, %d high", part, p.all, p.critical, p.high)
	}
}
