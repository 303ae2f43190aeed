package insight

import (
	"slices"
	"sort"
	"time"
)

// A move is a departure from what is usual in this practice. The rules here know no database: they get counts and answer with signals; the
// store makes one alert of the signals of one event. Each kind of rule has its own chance of a false alarm, chosen so that all of them together
// stay well below two a year in a practice where nothing happens; moves_test.go simulates such years and counts.

// MoveKind says what moves.
type MoveKind string

// The kinds of moves.
const (
	MoveNegatives MoveKind = "negatives" // more negative mentions than usual
	MoveTopic     MoveKind = "topic"     // a topic is spoken of more than usual
	MoveDown      MoveKind = "rating down"
	MoveUp        MoveKind = "rating up"
	MoveWord      MoveKind = "word" // a word that hardly anybody used before
)

// Signal is what a rule sees today.
type Signal struct {
	Kind    MoveKind `json:"kind"`
	Subject string   `json:"subject,omitempty"` // id of the topic, or the word

	Since    time.Time `json:"since"`              // first day of it
	Count    int       `json:"count"`              // mentions behind it
	Usual    float64   `json:"usual"`              // how many are usual in that time; of a rating the mean before
	Now      float64   `json:"now,omitempty"`      // the mean rating of these days
	Chance   float64   `json:"chance"`             // that an ordinary day looks like this
	Mentions []int64   `json:"mentions,omitempty"` // of a word; of the other kinds the store finds them
	Points   []Point   `json:"points,omitempty"`   // the days, and what is usual
}

// Key tells the events of one subject from those of another.
func (s Signal) Key() string {
	if s.Subject == "" {
		return string(s.Kind)
	}
	return string(s.Kind) + ":" + s.Subject
}

// Point is one day or week of a small chart, with the range in which nineteen of twenty ordinary ones lie.
type Point struct {
	From  time.Time `json:"from"`
	Value float64   `json:"value"`
	Low   float64   `json:"low"`
	High  float64   `json:"high"`
}

// Tally counts the mentions of some days.
type Tally struct {
	Mentions int
	Negative int
	Stars    [6]int // by number of stars; 0: without a rating
}

func (t *Tally) add(o Tally) {
	t.Mentions, t.Negative = t.Mentions+o.Mentions, t.Negative+o.Negative
	for i, n := range o.Stars {
		t.Stars[i] += n
	}
}

// Day is what was said on one day of the practice. Imported history tells what is usual, but is no news: it is in All and not in Fresh.
type Day struct {
	Start      time.Time // midnight where the practice is
	All, Fresh Tally
}

// Week counts what is spoken of in seven days.
type Week struct {
	Start    time.Time
	Mentions int
	Topics   map[string]int
}

// Past is all that the rules look at. The last of the days is today.
type Past struct {
	Days  []Day  // without gaps, the oldest first
	Weeks []Week // the oldest first; the last one ends today
	Fresh Week   // the last week without imported history
	Words []Word // what may be new, with how often it was used before
	Texts Texts
}

// How much of the past is looked at.
const (
	pastDays    = 430 // a year, and the time that ratings are compared over
	pastWeeks   = 14  // a quarter, and the week that is compared with it
	leastDays   = 28  // a practice without four weeks of past has no normal yet
	leastVoices = 4   // mentions from that many different writers make a new word
	wordDays    = 5   // within so many days
)

// Detect looks for moves, the surest first.
func Detect(p Past) []Signal {
	days := begun(p.Days)
	if len(days) < leastDays {
		return nil
	}
	var out []Signal
	out = append(out, bursts(days)...)
	out = append(out, rising(p, len(days)/7)...)
	out = append(out, drifts(days)...)
	out = append(out, newWords(p.Words, p.Texts)...)
	sort.SliceStable(out, func(i, j int) bool { return out[i].Chance < out[j].Chance })
	return out
}

// begun leaves out the days before the first mention.
func begun(days []Day) []Day {
	first := slices.IndexFunc(days, func(d Day) bool { return d.All.Mentions > 0 })
	if first < 0 {
		return nil
	}
	return days[first:]
}
