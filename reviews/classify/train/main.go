// Command train makes the models anew from the texts that people labelled, and writes them with their cards into assets/sentiment and assets/urgency:
//
//	go run ./reviews/classify/train ../shared/data
//
// The same data give the same bytes again on the same kind of processor. A fifth of each public set, chosen by a hash of the text, is never
// trained on, nor is the held part of the labelled sets of our own; the card gives the figures on the first.
package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v3"

	"goodword/assets"
	"goodword/reviews/classify"
)

const checkedOn = "2026-11-22"

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
	Sets     []figures `yaml:"sets"`
	Limits   string    `yaml:"limits"`
	Remaking string    `yaml:"made_with"`
}

// run makes the files of the models from the public sets in data and the sentences of our own in folder.
func run(data, folder string) (map[string][]byte, error) {
	judge, err := classify.Untrained(assets.FS)
	if err != nil {
		return nil, err
	}
	texts, err := own(folder)
	if err != nil {
		return nil, err
	}
	mine := len(texts)
	held := make([][]row, len(sets))
	for i, s := range sets {
		seen, apart, err := public(data, s)
		if err != nil {
			return nil, err
		}
		texts, held[i] = append(texts, seen...), rows(apart, judge, 0)
	}
	learnt := append(rows(texts[mine:], judge, fewest), rows(texts[:mine], judge, 0)...)
	m := train(learnt)

	var ids []string
	for _, t := range judge.Topics() {
		ids = append(ids, t.ID)
	}
	var about []themed
	for _, t := range texts {
		if t.themed {
			about = append(about, theme(t, judge, ids))
		}
	}
	c := card{Name: "Goodword sentiment and topics, English", Checked: checkedOn, Trained: len(learnt), Own: mine, Heat: round(m.Heat),
		What:     "A linear classifier over hashed words, word stems, two and three words in a row, phrases of topics and what the lexicon says; negative, mixed, positive. Where a text is as long as a review, a second small one weighs what the first says of the whole and of each sentence. Figures are of the part of each set that was never trained on, without stars.",
		Topics:   "A linear classifier for each topic over the hashed words of one sentence, their meanings (words/card.yaml) and the listed phrases in it, trained on the NHS sets' themes and on sentences of our own. It adds to the lists; tests measure both together.",
		Limits:   "Mixed and neutral are rarely told from the rest, because the sets have few such texts. There is hardly any text on billing and insurance in the public sets; the lexicon and sentences of our own cover it. English only.",
		Remaking: "go run ./reviews/classify/train ../shared/data"}
	for i, s := range sets {
		f := figures{Set: s, Texts: len(held[i])}
		f.Accuracy, f.F1, f.Exact, f.Recall = measure(m, held[i])
		c.Sets = append(c.Sets, f)
	}
	said, err := yaml.Marshal(c)
	if err != nil {
		return nil, err
	}
	made, err := alarms(judge, data, folder)
	if err != nil {
		return nil, err
	}
	made["sentiment/model.bin"], made["sentiment/topics.bin"], made["sentiment/card.yaml"] = m.Pack(), finish(about, ids).pack(), said
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
