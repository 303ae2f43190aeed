package collect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/collect"
)

var pastedNow = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)

// pasteCase is a paste with the reviews that a person sees in it.
type pasteCase struct {
	name, text string
	want       []wantedPaste
}

type wantedPaste struct {
	stars                    int
	author, day, text, reply string
}

func pasteCases(t testing.TB, file string) []pasteCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "paste", file))
	if err != nil {
		t.Fatal(err)
	}
	var cases []pasteCase
	for _, block := range strings.Split(string(data), "#### ")[1:] {
		name, rest, _ := strings.Cut(block, "\n")
		text, wanted, ok := strings.Cut(rest, "%%%%\n")
		if !ok {
			t.Fatalf("%s has no expectation", name)
		}
		c := pasteCase{name: name, text: text}
		for row := range strings.Lines(strings.TrimSpace(wanted)) {
			cells := strings.Split(strings.TrimSpace(row), "|")
			if len(cells) != 5 {
				t.Fatalf("%s: %q has %d cells", name, row, len(cells))
			}
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			stars, err := strconv.Atoi(cells[0])
			if err != nil {
				t.Fatal(err)
			}
			c.want = append(c.want, wantedPaste{stars, cells[1], pastedDay(cells[2]), cells[3], cells[4]})
		}
		cases = append(cases, c)
	}
	return cases
}

var pastedAge = regexp.MustCompile(`^(\d+)(h|d|w|mo|y)$`)

func pastedDay(word string) string {
	found := pastedAge.FindStringSubmatch(word)
	if found == nil {
		return word
	}
	n, at := 0, pastedNow
	fmt.Sscan(found[1], &n)
	switch found[2] {
	case "h":
		at = at.Add(-time.Duration(n) * time.Hour)
	case "d":
		at = at.AddDate(0, 0, -n)
	case "w":
		at = at.AddDate(0, 0, -7*n)
	case "mo":
		at = at.AddDate(0, -n, 0)
	case "y":
		at = at.AddDate(-n, 0, 0)
	}
	return at.Format(time.DateOnly)
}

// spans compares a text with "how it begins ... how it ends".
func spans(text, wanted string) bool {
	text = strings.Join(strings.Fields(text), " ")
	begin, end, cut := strings.Cut(wanted, "...")
	if !cut {
		return text == wanted
	}
	return strings.HasPrefix(text, strings.TrimSpace(begin)) && strings.HasSuffix(text, strings.TrimSpace(end)) && len(text) >= len(begin)+len(strings.TrimSpace(end))
}

// pasteScore counts what was read right.
type pasteScore struct{ pastes, counts, reviews, stars, authors, days, texts, replies int }

func (s *pasteScore) add(c pasteCase, got []reviews.Found, tell func(format string, args ...any)) {
	s.pastes++
	s.reviews += len(c.want)
	if len(got) == len(c.want) {
		s.counts++
	} else {
		tell("%s: %d reviews, want %d: %+v", c.name, len(got), len(c.want), got)
	}
	for i, w := range c.want {
		if i >= len(got) {
			break
		}
		g := got[i]
		day := "-"
		if !g.Posted.IsZero() {
			day = g.Posted.Format(time.DateOnly)
		}
		right := func(count *int, ok bool, what string, got, want any) {
			if ok {
				*count++
			} else {
				tell("%s, review %d: %s %q, want %q", c.name, i+1, what, got, want)
			}
		}
		right(&s.stars, g.Stars == w.stars, "stars", fmt.Sprint(g.Stars), fmt.Sprint(w.stars))
		right(&s.authors, g.Author == w.author, "author", g.Author, w.author)
		wanted := w.day
		if wanted == "" {
			wanted = "-"
		}
		right(&s.days, day == wanted, "day", day, wanted)
		right(&s.texts, spans(g.Text, w.text), "text", g.Text, w.text)
		right(&s.replies, (g.Reply == "") == (w.reply == "") && strings.HasPrefix(g.Reply, w.reply), "reply", g.Reply, w.reply)
	}
}

func (s pasteScore) String() string {
	return fmt.Sprintf("%d pastes: %d with the right number of reviews; of %d reviews right: stars %d, author %d, day %d, text %d, reply %d",
		s.pastes, s.counts, s.reviews, s.stars, s.authors, s.days, s.texts, s.replies)
}

// least is how much has to be right: reviews found, stars, authors, days, texts, replies. The second file was never tuned on; of the third, which
// lacks the buttons that make it easy, 14 counts, 24 of 27 authors and 25 texts were right before anything was. The fourth are whole pages with
// their menus, cookie notes, pictures and counters: of the first 16, 14 counts, 19 stars, 20 authors and 12 of 28 texts were right before anything was.
var least = map[string][]int{"tuned.txt": {31, 64, 64, 64, 64, 64}, "heldout.txt": {30, 57, 56, 57, 57, 57}, "fresh.txt": {14, 27, 26, 27, 27, 27},
	"pages.txt": {20, 36, 36, 36, 36, 36}}

func FuzzSplitPaste(f *testing.F) {
	for _, file := range []string{"tuned.txt", "heldout.txt", "fresh.txt", "pages.txt"} {
		for _, c := range pasteCases(f, file) {
			f.Add(c.text)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := collect.SplitPaste(text, practice.Practice{TimeZone: "UTC"}, pastedNow)
		for _, found := range p.Found {
			if found.Key == "" || found.Stars < 0 || found.Stars > 5 || found.Text == "" && found.Stars == 0 {
				t.Errorf("a review without identity, words or stars: %+v", found)
			}
			if !utf8.ValidString(found.Text) || strings.TrimSpace(found.Text) != found.Text {
				t.Errorf("the text is not clean: %q", found.Text)
			}
			if found.Posted.After(pastedNow.Add(48 * time.Hour)) {
				t.Errorf("posted in the future: %v", found.Posted)
			}
		}
	})
}

func TestSplitPaste(t *testing.T) {
	for _, file := range []string{"tuned.txt", "heldout.txt", "fresh.txt", "pages.txt"} {
		t.Run(file, func(t *testing.T) {
			var score pasteScore
			for _, c := range pasteCases(t, file) {
				score.add(c, collect.SplitPaste(c.text, practice.Practice{TimeZone: "UTC"}, pastedNow).Found, t.Logf)
			}
			t.Log(score)
			got := []int{score.counts, score.stars, score.authors, score.days, score.texts, score.replies}
			for i, n := range least[file] {
				if got[i] < n {
					t.Errorf("right are %d, want at least %d", got, least[file])
					break
				}
			}
		})
	}
}
