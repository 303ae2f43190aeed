package classify_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"goodword/reviews/classify"
)

// namedLine is a sentence with the names and health details in it, and whom and which place of the practice it means. Where the last two are not
// given, they were not labelled.
type namedLine struct {
	Text   string   `json:"text"`
	Names  [][2]int `json:"names"`  // in runes
	Health [][2]int `json:"health"` // in runes
	Staff  []string `json:"staff"`
	Place  *string  `json:"place"`
}

// ownTeam is the practice of names_own.jsonl.
func ownTeam(c *classify.Classifier, lines []namedLine) (team *classify.Team, people, places []string) {
	for _, l := range lines {
		for _, name := range l.Staff {
			if !slices.Contains(people, name) {
				people = append(people, name)
			}
		}
		if l.Place != nil && *l.Place != "" && !slices.Contains(places, *l.Place) {
			places = append(places, *l.Place)
		}
	}
	var members []classify.Member
	for i, name := range people {
		members = append(members, classify.Member{ID: int64(i + 1), Name: name})
	}
	var spots []classify.Spot
	for i, name := range places {
		spots = append(spots, classify.Spot{ID: int64(i + 1), Name: name})
	}
	return c.Team(members, spots), people, places
}

// tally counts what was found, what was wanted, and what of it is right.
type tally struct{ right, found, wanted int }

func (t tally) precision() float64 { return float64(t.right) / float64(max(1, t.found)) }
func (t tally) recall() float64    { return float64(t.right) / float64(max(1, t.wanted)) }

// overlaps counts the spans of a that overlap one of b.
func overlaps(a, b [][2]int) (n int) {
	for _, x := range a {
		if slices.ContainsFunc(b, func(y [2]int) bool { return x[0] < y[1] && y[0] < x[1] }) {
			n++
		}
	}
	return n
}

func TestNamesAndHealthOfOwnSentences(t *testing.T) {
	c := classify.Default()
	lines := ownLines[namedLine](t, "names_own.jsonl")
	team, people, places := ownTeam(c, lines)
	// Every other line was looked at while the lists were made; the rest never.
	for part, name := range []string{"tune", "held"} {
		var precision, recall [2]tally
		var staff, place tally
		for i, l := range lines {
			if i%2 != part {
				continue
			}
			var got [2][][2]int
			for _, m := range c.Marks(l.Text, team) {
				kind := 0
				if m.Kind == classify.MarkHealth {
					kind = 1
				}
				got[kind] = append(got[kind], [2]int{utf8.RuneCountInString(l.Text[:m.Span.Start]), utf8.RuneCountInString(l.Text[:m.Span.End])})
			}
			for kind, want := range [2][][2]int{l.Names, l.Health} {
				precision[kind].found += len(got[kind])
				precision[kind].right += overlaps(got[kind], want)
				recall[kind].wanted += len(want)
				recall[kind].right += overlaps(want, got[kind])
				if part == 0 && (overlaps(got[kind], want) < len(got[kind]) || overlaps(want, got[kind]) < len(want)) {
					t.Logf("marks of kind %d: %v, want %v: %q", kind, got[kind], want, l.Text)
				}
			}
			if l.Place == nil {
				continue
			}
			meant := team.Meant(l.Text)
			var who []string
			for _, id := range meant.People {
				who = append(who, people[id-1])
			}
			staff.found += len(who)
			staff.wanted += len(l.Staff)
			for _, name := range who {
				if slices.Contains(l.Staff, name) {
					staff.right++
				}
			}
			where := ""
			if meant.Place != 0 {
				where = places[meant.Place-1]
				place.found++
			}
			if *l.Place != "" {
				place.wanted++
				if where == *l.Place {
					place.right++
				}
			}
			if part == 0 && (strings.Join(slices.Sorted(slices.Values(who)), ";") != strings.Join(slices.Sorted(slices.Values(l.Staff)), ";") || where != *l.Place) {
				t.Logf("got %q at %q, want %q at %q: %s", who, where, l.Staff, *l.Place, l.Text)
			}
		}
		t.Logf("%s: names %.3f right, %.3f found; health %.3f right, %.3f found; staff %.3f right, %.3f found (%d); place %.3f right, %.3f found (%d)", name,
			precision[0].precision(), recall[0].recall(), precision[1].precision(), recall[1].recall(), staff.precision(), staff.recall(), staff.wanted,
			place.precision(), place.recall(), place.wanted)
		for what, got := range map[string][2]float64{"names found": {recall[0].recall(), 0.85}, "health details found": {recall[1].recall(), 0.85},
			"staff right": {staff.precision(), 0.95}, "staff found": {staff.recall(), 0.85}, "places right": {place.precision(), 0.95}, "places found": {place.recall(), 0.85}} {
			if got[0] < got[1] {
				t.Errorf("%s, %s: got %.3f, want at least %.2f", name, what, got[0], got[1])
			}
		}
	}
}

func TestWhoIsNobodyOfOurs(t *testing.T) {
	c := classify.Default()
	team := c.Team([]classify.Member{{ID: 1, Name: "Elizabeth Moore", Job: "hygienist"}, {ID: 2, Name: "Ines Okafor, DDS", Clinician: true}, {ID: 3, Name: "Mark Bell"},
		{ID: 4, Name: "Daniel Reyes"}, {ID: 5, Name: "Daniela Ruiz"}}, []classify.Spot{{ID: 1, Name: "Harbor Point Dental"}, {ID: 2, Name: "Elm Street Office"}})
	for text, want := range map[string][]int64{
		"Liz was so gentle":                          {1},
		"thanks lizzie moore!":                       {1},
		"liz was there":                              nil, // without capitals a short form alone is no name
		"The hygienist Elisabeth cleaned my teeth":   {1},
		"Dr. O. never rushes":                        {2},
		"Dr Okafer fixed it":                         {2},
		"Dr. Bell is across the street":              nil, // no doctor of ours
		"They left a mark on the wall":               nil,
		"Mark at the desk was kind":                  {3},
		"My daughter Elizabeth was scared":           nil,
		"Elizabeth Warren should see this":           nil,
		"Dan is the best, so is Daniela":             {4, 5},
		"The bell rang and nobody came":              nil,
		"Mr. Bell called twice about Ms. Moore":      {3, 1},
		"Elizabeth, my mother, waited for two hours": nil,
	} {
		if got := team.Meant(text).People; !slices.Equal(got, want) {
			t.Errorf("%q means %v, want %v", text, got, want)
		}
	}
	for text, want := range map[string]int64{"Harbor Point is the place": 1, "the elm st office": 2, "Harbour Point was closed": 1, "a point at the harbor": 0, "I live on Elm and Third": 2,
		"from Harbor Point I was sent to Elm Street": 0} {
		if got := team.Meant(text).Place; got != want {
			t.Errorf("%q is about place %d, want %d", text, got, want)
		}
	}
}

func TestMask(t *testing.T) {
	c := classify.Default()
	team := c.Team([]classify.Member{{ID: 1, Name: "Linh Tran"}}, nil)
	text := "Linh did my root canal; I’m on warfarin."
	if got, want := classify.Mask(text, c.Marks(text, team)), "[name] did my [health]; I’m on [health]."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := classify.Mask("Nothing to hide.", c.Marks("Nothing to hide.", nil)); got != "Nothing to hide." {
		t.Errorf("got %q of a text without marks", got)
	}
}

func FuzzMarksAndWho(f *testing.F) {
	c := classify.Default()
	for _, l := range ownLines[namedLine](f, "names_own.jsonl") {
		f.Add(l.Text)
	}
	f.Add("Dr. O’Níll-\u0301 MS. İ ß\xff D. 'S ’s Mc\u200bDonald")
	team := c.Team([]classify.Member{{ID: 1, Name: "Dr. Ines O’Neill"}, {ID: 2, Name: "Ming-Na Ó"}, {ID: 3, Name: "-"}}, []classify.Spot{{ID: 7, Name: "North Gate", City: "É"}, {ID: 8, Name: "St"}})
	f.Fuzz(func(t *testing.T, text string) {
		at := 0
		marks := c.Marks(text, team)
		for _, m := range marks {
			if m.Span.Start < at || m.Span.End <= m.Span.Start || m.Span.End > len(text) {
				t.Fatalf("mark %v after byte %d of %d", m, at, len(text))
			}
			if utf8.ValidString(text) && (!utf8.RuneStart(text[m.Span.Start]) || m.Span.End < len(text) && !utf8.RuneStart(text[m.Span.End])) {
				t.Fatalf("mark %v cuts a rune of %q", m, text)
			}
			at = m.Span.End
		}
		if masked := classify.Mask(text, marks); (masked == text) != (len(marks) == 0) && !strings.Contains(text, "[") {
			t.Fatalf("%d marks make %q of %q", len(marks), masked, text)
		}
		meant := team.Meant(text)
		for _, id := range meant.People {
			if id < 1 || id > 3 {
				t.Fatalf("person %d is nobody", id)
			}
		}
		if meant.Place != 0 && meant.Place != 7 && meant.Place != 8 {
			t.Fatalf("place %d is nowhere", meant.Place)
		}
	})
}

func BenchmarkWho(b *testing.B) {
	c := classify.Default()
	team, _, _ := ownTeam(c, ownLines[namedLine](b, "names_own.jsonl"))
	for kind, text := range benchTexts {
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				team.Meant(text)
			}
		})
	}
}

func TestWhatIsNoHealthDetail(t *testing.T) {
	for text, want := range map[string]int{
		"Filling in the forms took longer than the visit.":    0,
		"I was filling out paperwork for half an hour.":       0,
		"I got a filling in my molar.":                        1,
		"The filling fell out, and filling in the form hurt.": 1,
	} {
		if got := classify.Default().Marks(text, nil); len(got) != want {
			t.Errorf("%q: got %v, want %d", text, got, want)
		}
	}
}

func TestAFirstNameAloneIsProbablyMeantAndTwoAreAsked(t *testing.T) {
	team := classify.NewTeam([]classify.Member{{ID: 1, Name: "Dr. Grace Okafor"}, {ID: 2, Name: "Rosa Delgado"}, {ID: 3, Name: "Will Baker"}, {ID: 4, Name: "Mary Ann Tate"},
		{ID: 5, Name: "Amy Park"}, {ID: 6, Name: "Amy Stone"}}, nil)
	for _, test := range []struct {
		text             string
		people, probably []int64
		either           [][]int64
	}{
		{"Rosa cleaned my teeth.", []int64{2}, []int64{2}, nil},
		{"my hygienist rosa is the best", []int64{2}, []int64{2}, nil},
		{"Ms. Rosa was rude.", []int64{2}, []int64{2}, nil},
		{"Rosa Delgado cleaned my teeth. I love Rosa.", []int64{2}, nil, nil},
		{"I love Rosa. Rosa Delgado cleaned my teeth.", []int64{2}, nil, nil},
		{"Dr. Okafor was rushed, but Dr Grace is kind.", []int64{1}, nil, nil},
		{"Will at the front desk helped me.", []int64{3}, []int64{3}, nil},
		{"Will they ever call back? Grace period or not.", nil, nil, nil},
		{"Mary Ann was so sweet.", []int64{4}, []int64{4}, nil},
		{"Amy was great.", nil, nil, [][]int64{{5, 6}}},
		{"Amy was great, and so was Rosa.", []int64{2}, []int64{2}, [][]int64{{5, 6}}},
		{"Amy Stone met me. Amy was great.", []int64{6}, nil, nil},
		{"My sister Amy sent me.", nil, nil, nil},
	} {
		got := team.Meant(test.text)
		if !slices.Equal(got.People, test.people) || !slices.Equal(got.Probably, test.probably) || !slices.EqualFunc(got.Either, test.either, slices.Equal) {
			t.Errorf("%q: got %+v, want %v, probably %v, either %v", test.text, got, test.people, test.probably, test.either)
		}
	}
	if other := classify.NewTeam([]classify.Member{{ID: 1, Name: "Rosa Delgado"}}, nil); other.Stamp() == team.Stamp() {
		t.Error("two lists have one stamp")
	}
}
