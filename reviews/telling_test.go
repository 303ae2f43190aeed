package reviews

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

// pair is two entries of testdata/pairs.txt.
type pair struct {
	line       int
	same, kept bool
	a, b       entry
	x, y       telling
}

func pairs(t *testing.T) []pair {
	t.Helper()
	text, err := os.ReadFile("testdata/pairs.txt")
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]int64{"-": 0, "North": 1, "South": 2}
	told := func(line string) (entry, telling) {
		f := strings.Split(line, "\t")
		if len(f) != 6 {
			t.Fatalf("%d fields, want 6: %s", len(f), line)
		}
		for i := range f {
			if f[i] == "-" && i != 3 {
				f[i] = ""
			}
		}
		stars, err := strconv.Atoi(f[1])
		if err != nil {
			t.Fatal(err)
		}
		days, err := strconv.Atoi(f[2])
		if err != nil {
			t.Fatal(err)
		}
		posted := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC).AddDate(0, 0, days)
		e := identify([]Found{{Author: f[0], Stars: stars, Title: f[4], Text: f[5], Posted: posted}})[0]
		return e, telling{f[0], f[4], f[5], stars, places[f[3]], posted, false}
	}
	var list []pair
	lines := strings.Split(string(text), "\n")
	for i := 0; i+2 < len(lines); i++ {
		if !strings.HasPrefix(lines[i], "same ") && !strings.HasPrefix(lines[i], "two ") {
			continue
		}
		p := pair{line: i + 1, same: strings.HasPrefix(lines[i], "same "), kept: strings.HasSuffix(lines[i], " kept")}
		p.a, p.x = told(lines[i+1])
		p.b, p.y = told(lines[i+2])
		list = append(list, p)
		i += 2
	}
	return list
}

// meet reports whether the fingerprints lead from one entry to the other.
func meet(a, b entry) bool {
	return a.story != 0 && a.story == b.story || a.opening != 0 && a.opening == b.opening || a.likeness != 0 && a.likeness == b.likeness
}

// TestOneStoryOrTwo counts how often the rules are right on labelled pairs: what is called the same has to be (precision), and most of what is the
// same has to be found (recall), also through the fingerprints alone.
func TestOneStoryOrTwo(t *testing.T) {
	list := pairs(t)
	if len(list) < 120 {
		t.Fatalf("got %d pairs, want at least 120", len(list))
	}
	for _, kept := range []bool{false, true} {
		var right, wrong, missed, unmet int
		for _, p := range list {
			if p.kept != kept {
				continue
			}
			got := p.x.same(p.y)
			if got != p.y.same(p.x) {
				t.Errorf("line %d: the answer depends on the order", p.line)
			}
			switch {
			case got && p.same:
				right++
				if !meet(p.a, p.b) {
					unmet++
				}
			case got:
				wrong++
				t.Logf("line %d: two were taken for one", p.line)
			case p.same:
				missed++
				t.Logf("line %d: one was taken for two", p.line)
			}
		}
		precision, recall := float64(right)/float64(right+wrong), float64(right)/float64(right+missed)
		found := float64(right-unmet) / float64(right+missed)
		t.Logf("kept %v: precision %.3f, recall %.3f, through fingerprints %.3f (%d right, %d wrong, %d missed, %d not met)", kept, precision, recall, found, right, wrong, missed, unmet)
		if precision < 0.98 || found < 0.7 {
			t.Errorf("kept %v: precision %.3f, want 0.98; recall through fingerprints %.3f, want 0.7", kept, precision, found)
		}
	}
}

func TestCompareAuthors(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want likeness
	}{
		{"Sarah Miller", "sarah miller", sameAuthor}, {"Sarah M.", "Sarah Miller", likeAuthor}, {"S. Miller", "Sarah Miller", likeAuthor},
		{"SM", "Sarah Miller", likeAuthor}, {"Miller, Sarah", "Sarah Miller", sameAuthor}, {"Sarah", "Sarah Miller", likeAuthor},
		{"sarahmiller84", "Sarah Miller", likeAuthor}, {"smiller", "Sarah Miller", likeAuthor}, {"José Pérez", "Jose Perez", sameAuthor},
		{"Niamh O’Brien", "Niamh O'Brien", sameAuthor}, {"Chris Long", "Christopher Long", likeAuthor}, {"Dr. Ann Bell, MD", "Ann Bell", sameAuthor},
		{"", "Sarah Miller", unknownAuthor}, {"A Google User", "Sarah Miller", unknownAuthor}, {"Sarah M.", "Sarah Novak", otherAuthor},
		{"Sarah Miller", "Susan Miller", otherAuthor}, {"S. M.", "S. N.", otherAuthor}, {"Sarah", "Susan", otherAuthor}, {"RH", "Sarah Miller", otherAuthor},
		{"Sarah M.", "Sarah M.", likeAuthor}, {"王芳", "王芳", likeAuthor}, {"T. Brandt", "Tom B.", likeAuthor},
	} {
		if got := compareAuthors(c.a, c.b); got != c.want {
			t.Errorf("%q and %q: got %d, want %d", c.a, c.b, got, c.want)
		}
		if got := compareAuthors(c.b, c.a); got != c.want {
			t.Errorf("%q and %q: got %d, want %d", c.b, c.a, got, c.want)
		}
	}
}
