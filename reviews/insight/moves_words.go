package insight

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Said is a mention of the last days with its words.
type Said struct {
	ID     int64
	Day    time.Time // midnight of its day
	Author string
	Alike  int64 // texts that are nearly the same share it; 0: none does
	Text   string
}

// Texts counts the mentions that words are looked for in.
type Texts struct {
	Now    int     // of the last days
	Usual  float64 // in as many days
	Before int
}

// Word is a word, or two that stand together, which several writers used in the last days.
type Word struct {
	Term     string // as it is counted: small letters, no plural
	Shown    string // as somebody wrote it
	Mentions []int64
	Voices   int // different writers with different texts
	Since    time.Time
	Before   int // mentions that had it before
}

// wordChance is for one word; there are very many.
const wordChance = 2e-7

// wordUnrest is how much the use of a word goes up and down by itself.
const wordUnrest = 0.5

// Forms are the ways in which a word may have been written before.
func (w Word) Forms() []string { return []string{w.Term, w.Term + "s"} }

// MostBefore is how often a word may have been used before and still be new, or less than 0 if it never is.
func (w Word) MostBefore(t Texts) int {
	return sort.Search(min(t.Before+1, mostRare), func(n int) bool { return chanceOf(w.Voices, n, t) > wordChance }) - 1
}

func chanceOf(voices, before int, t Texts) float64 {
	weight := float64(before) + 0.5
	mean := weight / float64(t.Before+1) * max(t.Usual, float64(t.Now-voices)) // a rumour brings mentions; they do not make it more usual
	return tail(voices, mean, varianceOf(mean, wordUnrest, weight))
}

// usualTexts is how many mentions there are in as many days as words are looked for in.
func usualTexts(days []Day) float64 {
	days = begun(days)
	days = days[:len(days)-wordDays]
	n := 0
	for _, d := range days {
		n += d.All.Mentions
	}
	return wordDays * float64(n) / float64(len(days))
}

// mostRare is in how many mentions a word may have been before and still be one that hardly anybody used.
const mostRare = 100

// leastTexts is how many older mentions it takes to say what is new.
const leastTexts = 50

// Candidates lists what several writers used. skip tells the words that are none: names of the staff and of the practice.
func Candidates(said []Said, skip func(word string) bool) []Word {
	type mention struct {
		words, shown []string
	}
	read := make([]mention, len(said))
	seenIn := map[string]int{}
	for i, m := range said {
		read[i].words, read[i].shown = tokens(m.Text)
		once := map[string]bool{}
		for _, w := range read[i].words {
			if !once[w] {
				once[w] = true
				seenIn[w]++
			}
		}
	}
	usable := func(w string) bool { return len(w) > 2 && seenIn[w] >= leastVoices && !calendar[w] && !skip(w) }
	found := map[string]*gathering{}
	for i, m := range said {
		words, shown := read[i].words, read[i].shown
		for j, w := range words {
			if !usable(w) {
				continue
			}
			gather(found, w, shown[j], m)
			if j+1 < len(words) && usable(words[j+1]) {
				gather(found, w+" "+words[j+1], shown[j]+" "+shown[j+1], m)
			}
		}
	}
	var out []Word
	for _, g := range found {
		if g.Voices = len(g.voices); g.Voices >= leastVoices {
			out = append(out, g.Word)
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Term < out[j].Term })
	return out
}

type gathering struct {
	Word
	voices map[string]bool
	alike  map[int64]bool
}

// gather counts a word for a mention. A writer counts once, and so does a text that many sign.
func gather(found map[string]*gathering, term, shown string, m Said) {
	g := found[term]
	if g == nil {
		g = &gathering{Word: Word{Term: term, Shown: shown, Since: m.Day}, voices: map[string]bool{}, alike: map[int64]bool{}}
		found[term] = g
	}
	if n := len(g.Mentions); n > 0 && g.Mentions[n-1] == m.ID {
		return
	}
	g.Mentions = append(g.Mentions, m.ID)
	if m.Day.Before(g.Since) {
		g.Since = m.Day
	}
	if m.Alike != 0 && g.alike[m.Alike] {
		return
	}
	g.alike[m.Alike] = true
	voice := strings.ToLower(strings.TrimSpace(m.Author))
	if voice == "" {
		voice = "#" + strconv.FormatInt(m.ID, 10) // nobody knows, so it is a writer of its own
	}
	g.voices[voice] = true
}

// tokens are the words of a text as they are counted and as they were written.
func tokens(text string) (words, shown []string) {
	for _, w := range strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\'' && c != '’' }) {
		w, _, _ = strings.Cut(strings.ReplaceAll(w, "’", "'"), "'")
		if w == "" {
			continue
		}
		words, shown = append(words, WordForm(w)), append(shown, w)
	}
	return words, shown
}

// WordForm is how a word is counted: in small letters, a plural like its singular. What begins with a digit is no word.
func WordForm(w string) string {
	if w[0] >= '0' && w[0] <= '9' {
		return ""
	}
	w = strings.ToLower(w)
	if len(w) > 4 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") {
		return w[:len(w)-1]
	}
	return w
}

// calendar are words of the calendar: they come and go with the year.
var calendar = map[string]bool{}

func init() {
	for m := time.January; m <= time.December; m++ {
		calendar[WordForm(m.String())] = true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		calendar[WordForm(d.String())] = true
	}
}

// newWords are the words that are new. Words that the same mentions share are one rumour, named by the longest.
func newWords(words []Word, t Texts) []Signal {
	if t.Before < leastTexts {
		return nil
	}
	var fresh []Word
	for _, w := range words {
		if w.Before <= w.MostBefore(t) {
			fresh = append(fresh, w)
		}
	}
	sort.SliceStable(fresh, func(i, j int) bool {
		if fresh[i].Voices != fresh[j].Voices {
			return fresh[i].Voices > fresh[j].Voices
		}
		return len(fresh[i].Term) > len(fresh[j].Term)
	})
	var out []Signal
	for _, w := range fresh {
		if slices.ContainsFunc(out, func(s Signal) bool { return overlap(s.Mentions, w.Mentions) }) {
			continue
		}
		mean := (float64(w.Before) + 0.5) / float64(t.Before+1) * float64(t.Now)
		out = append(out, Signal{Kind: MoveWord, Subject: strings.ToLower(w.Shown), Since: w.Since, Count: len(w.Mentions), Usual: mean,
			Chance: chanceOf(w.Voices, w.Before, t), Mentions: w.Mentions})
	}
	return out
}

// overlap reports whether half of the smaller list stands in the other.
func overlap(a, b []int64) bool {
	common := 0
	for _, id := range a {
		if slices.Contains(b, id) {
			common++
		}
	}
	return 2*common >= min(len(a), len(b)) && common > 0
}
