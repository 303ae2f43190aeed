// Command train makes the models anew from the texts that people labelled, and writes them with their cards into assets/sentiment and assets/urgency:
//
//	go run ./reviews/classify/train ../shared/data
//
// The same data give the same bytes again on the same kind of processor. A fifth of each public set, chosen by a hash of the text, is never
// trained on, nor is the held part of the labelled sets of our own; the card gives the figures on the first.
package main

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
	"goodword/reviews/classify"
)

const checkedOn = "2026-11-23"

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run ./reviews/classify/train FOLDER-OF-LABELLED-TEXTS")
		os.Exit(2)
	}
	made, err := run(os.Args[1], filepath.Join("reviews", "classify"))
	for name, content := range made {
		if err == nil {
			err = os.WriteFile(filepath.Join("assets", filepath.FromSlash(name)), content, 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// figures are of texts that were never trained on.
type figures struct {
	Set      set     `yaml:",inline"`
	Texts    int     `yaml:"held_out_texts"`
	Accuracy float64 `yaml:"accuracy"`
	F1       float64 `yaml:"mean_f1_of_negative_and_positive"`
	Recall   float64 `yaml:"negative_recall"`
	Exact    float64 `yaml:"negative_precision"`
}

// card says what the models were made of and how good they are.
type card struct {
	Name     string    `yaml:"name"`
	Checked  string    `yaml:"checked"`
	What     string    `yaml:"what"`
	Topics   string    `yaml:"topics"`
	Trained  int       `yaml:"trained_on_texts"`
	Own      int       `yaml:"of_these_written_for_this_project"`
	Heat     float64   `yaml:"heat"`
	Lessons  string    `yaml:"digest_of_the_lessons"`
	Sets     []figures `yaml:"sets"`
	Limits   string    `yaml:"limits"`
	Remaking string    `yaml:"made_with"`
}

// lessons are all that the models learn from, as they see it.
type lessons struct {
	judge    *classify.Classifier
	subjects []string // what the topic model may find
	alarms   []string // what the urgency model may find: the signals, then the severities
	learnt   []row
	mine     int // so many of the texts learnt from were written for this project
	held     [][]row
	about    []themed
	wordings []wording
}

// read takes the public sets in data and the sentences of our own in folder.
func read(data, folder string) (lessons, error) {
	judge, err := classify.Untrained(assets.FS)
	if err != nil {
		return lessons{}, err
	}
	texts, err := own(folder)
	if err != nil {
		return lessons{}, err
	}
	l := lessons{judge: judge, mine: len(texts), held: make([][]row, len(sets))}
	for i, s := range sets {
		seen, apart, err := public(data, s)
		if err != nil {
			return l, err
		}
		texts, l.held[i] = append(texts, seen...), rows(apart, judge, 0)
	}
	l.learnt = append(rows(texts[l.mine:], judge, fewest), rows(texts[:l.mine], judge, 0)...)
	for _, t := range judge.Topics() {
		l.subjects = append(l.subjects, t.ID)
	}
	for _, t := range texts {
		if t.themed {
			l.about = append(l.about, theme(t, judge, l.subjects))
		}
	}
	for _, s := range judge.Signals() {
		l.alarms = append(l.alarms, s.ID)
	}
	for _, s := range severities {
		l.alarms = append(l.alarms, string(s))
	}
	l.wordings, err = alarmSet(judge, data, folder, l.alarms)
	return l, err
}

// digest stands for the lessons: another one asks for a new training.
func (l lessons) digest() string {
	h := sha256.New() // it takes all, so that nothing fails
	_, _ = fmt.Fprintln(h, l.subjects, l.alarms)
	for _, r := range l.learnt {
		_, _ = fmt.Fprintln(h, r)
	}
	for _, t := range l.about {
		_, _ = fmt.Fprintln(h, t)
	}
	for _, w := range l.wordings {
		_, _ = fmt.Fprintln(h, w)
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// run makes the files of the models from the public sets in data and the sentences of our own in folder.
func run(data, folder string) (map[string][]byte, error) {
	l, err := read(data, folder)
	if err != nil {
		return nil, err
	}
	m := train(l.learnt)
	c := card{Name: "Goodword sentiment and topics, English", Checked: checkedOn, Trained: len(l.learnt), Own: l.mine, Heat: round(m.Heat), Lessons: l.digest(),
		What:     "A linear classifier over hashed words, word stems, two and three words in a row, phrases of topics and what the lexicon says; negative, mixed, positive. Where a text is as long as a review, a second small one weighs what the first says of the whole and of each sentence. Figures are of the part of each set that was never trained on, without stars.",
		Topics:   "A linear classifier for each topic over the hashed words of one sentence, their meanings (words/card.yaml) and the listed phrases in it, trained on the NHS sets' themes (the second set's coders named one theme a text: it teaches what a text is about, and hardly what it is not about) and on sentences of our own. It adds to the lists; tests measure both together.",
		Limits:   "Mixed and neutral are rarely told from the rest, because the sets have few such texts. There is hardly any text on billing and insurance in the public sets; the lexicon and sentences of our own cover it. English only.",
		Remaking: "go run ./reviews/classify/train ../shared/data"}
	for i, s := range sets {
		f := figures{Set: s, Texts: len(l.held[i])}
		f.Accuracy, f.F1, f.Exact, f.Recall = measure(m, l.held[i])
		c.Sets = append(c.Sets, f)
	}
	said, err := yaml.Marshal(c)
	if err != nil {
		return nil, err
	}
	made, err := alarms(l.judge, l.wordings, l.alarms)
	if err != nil {
		return nil, err
	}
	made["sentiment/model.bin"], made["sentiment/topics.bin"], made["sentiment/card.yaml"] = m.Pack(), finish(l.about, l.subjects).pack(), said
	return made, nil
}

// rows are the texts whose feeling somebody told, with at least so many words.
func rows(texts []text, judge *classify.Classifier, fewest int) []row {
	var out []row
	for _, t := range texts {
		if t.sentiment < 0 {
			continue
		}
		if f := judge.FeaturesOf(t.text); f.Words >= fewest {
			fold := -1
			if t.review || t.public {
				fold = foldOf(t.text)
			} else if t.part != "" {
				fold = foldOf(t.part)
			}
			out = append(out, row{f, t.sentiment, cmp.Or(t.felt, t.weight), t.review, t.public, fold})
		}
	}
	return out
}
