package insight_test

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"goodword/reviews/insight"
)

// town is an invented practice whose mentions come at random: more on Mondays than on Sundays, hardly any on holidays, more in winter, growing
// slowly, some days livelier than others, with moods that last for weeks.
type town struct {
	r        *rand.Rand
	perDay   float64
	start    time.Time
	days     []spoken
	mood     float64
	words    []float64 // cumulative weights of the vocabulary
	before   map[string]int
	counted  int // days whose words are in before
	texts    int
	known    []insight.Move
	alerts   []insight.Move
	n        int64
	noWords  bool
	topicSum []float64
}

// spoken is one day.
type spoken struct {
	tally  insight.Tally
	topics map[int]int
	said   []insight.Said
}

const simTopics = 20

func newTown(seed uint64, perDay float64) *town {
	t := &town{r: rand.New(rand.NewPCG(seed, 7)), perDay: perDay, start: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC), before: map[string]int{}, n: 1}
	sum := 0.0
	for i := range 6000 {
		sum += math.Pow(float64(i)+3, -1.05)
		t.words = append(t.words, sum)
	}
	sum = 0
	for i := range simTopics {
		sum += 1 / float64(i+1)
		t.topicSum = append(t.topicSum, sum)
	}
	return t
}

var ofWeek = [7]float64{0.5, 1.4, 1.2, 1.1, 1.1, 1.0, 0.7}

func (t *town) poisson(mean float64) int {
	n, p, limit := 0, 1.0, math.Exp(-mean)
	for mean > 0 {
		if p *= t.r.Float64(); p < limit {
			break
		}
		n++
	}
	return n
}

// around is a factor with mean 1 that differs by about this much.
func (t *town) around(by float64) float64 { return math.Exp(by*t.r.NormFloat64() - by*by/2) }

func (t *town) today() time.Time { return t.start.AddDate(0, 0, len(t.days)-1) }

// live lets a day pass. more negative ones come on top, with these words in their texts.
func (t *town) live(more int, topic int, lower float64, words string) {
	day := t.start.AddDate(0, 0, len(t.days))
	t.mood = 0.97*t.mood + 0.03*t.r.NormFloat64()
	rate, share := t.usual(day)
	rate *= t.around(0.3)
	s := spoken{topics: map[int]int{}}
	negative := share * math.Exp(t.mood) * t.around(0.15)
	for range t.poisson(rate) {
		bad := t.r.Float64() < negative+lower*0.25
		t.say(&s, day, bad, -1, "")
	}
	for range more {
		t.say(&s, day, true, topic, words)
	}
	t.days = append(t.days, s)
}

// usual is how many mentions are usual on a day, and which share of them is negative.
func (t *town) usual(day time.Time) (mentions, negative float64) {
	year := 2 * math.Pi * float64(day.YearDay()) / 365
	mentions = t.perDay * ofWeek[day.Weekday()] * (1 + 0.2*math.Cos(year)) * math.Pow(1.15, float64(len(t.days))/365)
	if day.Month() == 12 && day.Day() > 23 || day.Month() == 7 && day.Day() == 4 || day.YearDay() == 1 {
		mentions *= 0.15
	}
	return mentions, 0.15 * (1 + 0.1*math.Sin(year))
}

func (t *town) say(s *spoken, day time.Time, bad bool, topic int, words string) {
	s.tally.Mentions++
	stars := 5 - t.poisson(0.25)
	if bad {
		s.tally.Negative++
		stars = 1 + t.poisson(0.5)
	}
	if t.r.Float64() < 0.6 {
		s.tally.Stars[max(1, min(stars, 5))]++
	} else {
		s.tally.Stars[0]++
	}
	for range 1 + t.r.IntN(2) {
		s.topics[draw(t.r, t.topicSum)]++
	}
	if topic >= 0 {
		s.topics[topic]++
	}
	if t.noWords {
		return
	}
	text := make([]string, 0, 26)
	for range 12 + t.r.IntN(24) {
		text = append(text, fmt.Sprintf("word%d", draw(t.r, t.words)))
	}
	t.n++
	s.said = append(s.said, insight.Said{ID: t.n, Day: day, Author: fmt.Sprint("writer", t.n), Text: strings.Join(append(text, words), " ")})
}

func draw(r *rand.Rand, sums []float64) int {
	i, _ := slices.BinarySearch(sums, r.Float64()*sums[len(sums)-1])
	return i
}

// past is what the rules get to see today.
func (t *town) past() insight.Past {
	var p insight.Past
	from := max(0, len(t.days)-430)
	for i, s := range t.days[from:] {
		p.Days = append(p.Days, insight.Day{Start: t.start.AddDate(0, 0, from+i), All: s.tally, Fresh: s.tally})
	}
	for w := 13; w >= 0; w-- {
		week := insight.Week{Start: t.today().AddDate(0, 0, -7*w-6), Topics: map[string]int{}}
		for i := len(t.days) - 7*w - 7; i < len(t.days)-7*w; i++ {
			if i < 0 {
				continue
			}
			week.Mentions += t.days[i].tally.Mentions
			for id, n := range t.days[i].topics {
				week.Topics[fmt.Sprint(id)] += n
			}
		}
		p.Weeks = append(p.Weeks, week)
	}
	p.Fresh = p.Weeks[13]
	if !t.noWords {
		t.wordsInto(&p)
	}
	return p
}

func (t *town) wordsInto(p *insight.Past) {
	const span = 5
	for ; t.counted < len(t.days)-span; t.counted++ {
		for _, m := range t.days[t.counted].said {
			t.texts++
			once := map[string]bool{}
			last := ""
			for _, w := range strings.Fields(m.Text) {
				once[w] = true
				once[last+" "+w] = true
				last = w
			}
			for w := range once {
				t.before[w]++
			}
		}
		t.days[t.counted].said = nil
	}
	var said []insight.Said
	for _, s := range t.days[max(0, len(t.days)-span):] {
		said = append(said, s.said...)
	}
	p.Texts = insight.Texts{Now: len(said), Usual: span * float64(t.texts) / float64(t.counted), Before: t.texts}
	p.Words = insight.Candidates(said, func(string) bool { return false })
	for i, w := range p.Words {
		p.Words[i].Before = t.before[w.Term]
	}
}

// look does what the program does after a collection, and returns the alerts that were raised.
func (t *town) look() []insight.Move {
	var raised []insight.Move
	for _, m := range insight.Settle(t.known, insight.Detect(t.past()), t.today()) {
		if m.ID == 0 {
			t.n++
			m.ID = t.n
			raised = append(raised, m)
			t.known = append(t.known, m)
			continue
		}
		i := slices.IndexFunc(t.known, func(k insight.Move) bool { return k.ID == m.ID })
		if t.known[i] = m; m.State == insight.MoveEnded {
			t.known = slices.Delete(t.known, i, i+1)
		}
	}
	t.alerts = append(t.alerts, raised...)
	return raised
}

// settled is a practice with a year behind it, in which nobody looked.
func settled(seed uint64, perDay float64, noWords bool) *town {
	t := newTown(seed, perDay)
	t.noWords = noWords
	for range 365 + seed%7 {
		t.live(0, -1, 0, "")
	}
	return t
}

var sizes = []float64{0.3, 1, 5, 20}

func TestACalmYearIsQuiet(t *testing.T) {
	all := os.Getenv("GOODWORD_SIMULATE") != "" // all years of busy practices, with their words: some minutes
	for _, size := range sizes {
		t.Run(fmt.Sprint(size), func(t *testing.T) {
			t.Parallel()
			years, wordYears := 50, 1
			if size > 1 && !all {
				years, wordYears = 20, 10
			}
			if testing.Short() {
				years = 5
			}
			var counts []int
			kinds, sum := map[insight.MoveKind]int{}, 0
			for year := range years {
				practice := settled(uint64(1000+year), size, year%wordYears != 0)
				for range 365 {
					practice.live(0, -1, 0, "")
					practice.look()
				}
				for _, a := range practice.alerts {
					kinds[a.Kind]++
				}
				counts, sum = append(counts, len(practice.alerts)), sum+len(practice.alerts)
			}
			slices.Sort(counts)
			mean, ninth, worst := float64(sum)/float64(years), counts[(9*years+9)/10-1], counts[years-1]
			t.Logf("%.1f mentions a day: false alerts a year: mean %.2f, 90th percentile %d, worst %d; by kind %v", size, mean, ninth, worst, kinds)
			if mean > 2 || ninth > 2 {
				t.Errorf("got mean %.2f and 90th percentile %d of false alerts a year, want at most 2", mean, ninth)
			}
		})
	}
}

func TestABurstIsFoundTheSameDay(t *testing.T) {
	const tries = 200
	found := 0
	for try := range tries {
		practice := settled(uint64(5000+try), []float64{4, 5.5, 7, 12}[try%4], true)
		for range 365 {
			mentions, share := practice.usual(practice.today().AddDate(0, 0, 1))
			if normal := mentions * share; normal > 0.85 && normal < 1.15 { // this is a day where 1 is normal
				break
			}
			practice.live(0, -1, 0, "")
		}
		practice.look() // what is open already is not counted
		open := len(practice.known)
		practice.live(0, -1, 0, "")
		last := &practice.days[len(practice.days)-1]
		last.tally.Negative, last.tally.Mentions = 8, max(last.tally.Mentions, 8)
		raised := practice.look()
		if open > 0 && len(raised) == 0 || slices.ContainsFunc(raised, func(m insight.Move) bool { return m.Kind == insight.MoveNegatives }) {
			found++
		}
	}
	t.Logf("8 negatives where 1 is normal: found the same day in %d of %d", found, tries)
	if found*100 < tries*99 {
		t.Errorf("found in %d of %d, want 99 of 100", found, tries)
	}
}

// delay plants something in invented practices and tells after how many days it was found, the median and how many of them all.
func delay(t *testing.T, size float64, kind insight.MoveKind, most int, noWords bool, live func(p *town, day int)) (median, found, tries int) {
	t.Helper()
	tries = 30
	var days []int
	for try := range tries {
		practice := settled(uint64(9000+try), size, noWords)
		for day := range most {
			live(practice, day)
			if slices.ContainsFunc(practice.look(), func(m insight.Move) bool { return m.Kind == kind }) {
				days = append(days, day+1)
				break
			}
		}
	}
	slices.Sort(days)
	if len(days) == 0 {
		return 0, 0, tries
	}
	return days[len(days)/2], len(days), tries
}

func TestWhatIsPlantedIsFound(t *testing.T) {
	for _, c := range []struct {
		name    string
		size    float64
		kind    insight.MoveKind
		most    int // days to find it in
		least   int // of 30
		noWords bool
		live    func(p *town, day int)
	}{
		{"a topic of one in forty mentions comes up once a day", 1, insight.MoveTopic, 14, 24, true, func(p *town, _ int) { p.live(1, 12, 0, "") }},
		{"a topic of one in forty mentions comes up twice a day more", 5, insight.MoveTopic, 14, 27, true, func(p *town, _ int) { p.live(2, 12, 0, "") }},
		{"ratings fall by 0.7 stars over eight weeks and stay there", 1, insight.MoveDown, 168, 24, true, drift},
		{"ratings fall by 0.7 stars over eight weeks and stay there", 5, insight.MoveDown, 112, 28, true, drift},
		{"ratings fall by 0.7 stars over eight weeks and stay there", 20, insight.MoveDown, 84, 29, true, drift},
		{"a rumour, two mentions a day", 0.3, insight.MoveWord, 7, 27, false, rumour},
		{"a rumour, two mentions a day", 1, insight.MoveWord, 7, 29, false, rumour},
		{"a rumour, two mentions a day", 5, insight.MoveWord, 7, 29, false, rumour},
	} {
		t.Run(fmt.Sprint(c.name, " ", c.size), func(t *testing.T) {
			t.Parallel()
			median, found, tries := delay(t, c.size, c.kind, c.most, c.noWords, c.live)
			t.Logf("%.1f a day, %s: found in %d of %d, in half of them by day %d", c.size, c.name, found, tries, median)
			if found < c.least {
				t.Errorf("found in %d of %d within %d days, want %d", found, tries, c.most, c.least)
			}
		})
	}
}

// drift makes ratings fall by 0.7 stars: of those with good ones, a part more is bad.
func drift(p *town, day int) { p.live(0, -1, min(float64(day)/56, 1)*0.9, "") }

func rumour(p *town, day int) {
	p.live(2, -1, 0, []string{"they say there is mould in the walls", "I heard of mould behind the chairs"}[day%2])
}

// realTexts are comments of patients, in no order: whatever is found among them is a false alarm.
func realTexts(t *testing.T) []string {
	t.Helper()
	var texts []string
	for _, name := range []string{"nhs_p1.train.jsonl", "nhs_v6.train.jsonl"} {
		data, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", name))
		if err != nil {
			t.Skip("the comments are not here: ", err)
		}
		for line := range strings.Lines(string(data)) {
			var row struct {
				Text string `json:"text"`
			}
			must(t, json.Unmarshal([]byte(line), &row))
			if len(strings.Fields(row.Text)) > 4 {
				texts = append(texts, row.Text)
			}
		}
	}
	rand.New(rand.NewPCG(3, 3)).Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	return texts
}

func TestRealWordsAreNoRumours(t *testing.T) {
	texts := realTexts(t)
	for _, perDay := range []int{1, 5, 20} {
		used := map[string]int{}
		var window [][]insight.Said
		var known []insight.Move
		day, alerts, looked, at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), 0, 0, insight.Texts{}
		for next := 0; next+perDay <= len(texts) && looked < 1500; next += perDay {
			var today []insight.Said
			for i := range perDay {
				today = append(today, insight.Said{ID: int64(next + i + 1), Day: day, Author: fmt.Sprint("Writer ", next+i), Text: texts[next+i]})
			}
			if window = append(window, today); len(window) > 5 {
				for _, m := range window[0] {
					at.Before++
					for w := range forms(m.Text) {
						used[w]++
					}
				}
				window = window[1:]
			}
			said := slices.Concat(window...)
			past := insight.Past{Texts: insight.Texts{Now: len(said), Usual: float64(5 * perDay), Before: at.Before}, Words: insight.Candidates(said, func(string) bool { return false })}
			for i, w := range past.Words {
				past.Words[i].Before = used[w.Term]
			}
			for i := range 40 { // so many ordinary days that the rules begin
				past.Days = append(past.Days, insight.Day{Start: day.AddDate(0, 0, i-39), All: insight.Tally{Mentions: 1}})
			}
			for _, m := range insight.Settle(known, insight.Detect(past), day) {
				switch {
				case m.ID == 0:
					m.ID = int64(alerts + 1)
					alerts++
					known = append(known, m)
					t.Logf("%d a day, after %d: %s", perDay, at.Before, m.Says(day))
				case m.State == insight.MoveEnded:
					known = slices.DeleteFunc(known, func(k insight.Move) bool { return k.ID == m.ID })
				default:
					known[slices.IndexFunc(known, func(k insight.Move) bool { return k.ID == m.ID })] = m
				}
			}
			day = day.AddDate(0, 0, 1)
			looked++
		}
		years := float64(looked) / 365
		t.Logf("%d comments a day: %d new words in %.1f years", perDay, alerts, years)
		if float64(alerts) > 0.5*years+1 {
			t.Errorf("%d a day: %d false rumours in %.1f years", perDay, alerts, years)
		}
	}
}

// forms are the words and pairs of a text as they are counted.
func forms(text string) map[string]bool {
	out := map[string]bool{}
	last := ""
	for _, w := range strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '\'' && c != '’' }) {
		if w, _, _ = strings.Cut(strings.ReplaceAll(w, "’", "'"), "'"); w == "" {
			continue
		}
		w = insight.WordForm(w)
		out[w], out[last+" "+w] = true, true
		last = w
	}
	return out
}
