package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
	"strings"
)

// set is one file of labelled texts.
type set struct {
	file    string
	weight  float64 // how much one text counts
	themes  themes  // what its coders named
	otherly string  // a theme that they understood otherwise than those of the first set
	Source  string  `yaml:"source"`
	Licence string  `yaml:"licence"`
}

// themes says how far the coders of a set told what its texts are about.
type themes int

const (
	noTheme  themes = iota
	oneTheme        // the first that came to mind; the text may be about others
	everyTheme
)

var sets = []set{
	{"nhs_v6.train.jsonl", 2, everyTheme, "", "NHS patient comments, human-coded sentiment and themes (NHS England, pxtextmining)", "MIT"},
	{"nhs_p1.train.jsonl", 2, oneTheme, "clinical_quality", "NHS patient comments, human-coded criticality and theme (NHS England, pxtextmining)", "MIT"},
	{"vgt_amazon.jsonl", 1.2, noTheme, "", "product reviews, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
	{"vgt_tweets.jsonl", 1.2, noTheme, "", "short messages, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
	{"vgt_movie.jsonl", 0.5, noTheme, "", "film reviews, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
	{"vgt_nyt.jsonl", 0.1, noTheme, "", "newspaper sentences, mean of 20 raters (Hutto and Gilbert, ICWSM 2014)", "MIT"},
}

const (
	fewest         = 3   // words: shorter answers carry labels that contradict each other
	ownWeight      = 6   // of the sentences written to train on
	tuneWeight     = 3   // of the parts to tune on of the labelled sets
	reviewWeight   = 8   // of whole reviews
	plainWeight    = 2   // of whole reviews by more authors
	sentenceWeight = 2.5 // of their sentences
	ownFelt        = 4   // of their feeling
	sentenceFelt   = 1.2 // of the feeling of sentences by themselves, which are mostly complaints
	angry          = 1.2
)

// text is one labelled text.
type text struct {
	text      string
	sentiment int // -1 when nobody said
	topics    []string
	coarse    bool // the topics are those of the public sets, not ours
	themed    bool // somebody said what it is about
	partly    bool // and left away what else it is about
	weight    float64
	felt      float64 // how much its feeling counts; 0: as much as the rest
	review    bool    // a whole review of a practice
	part      string  // the review that it is a sentence of
	public    bool
}

var labels = map[string]int{"neg": 0, "neu": 1, "pos": 2, "-": 0, "~": 1, "+": 2,
	"negative": 0, "mixed": 1, "neutral": 1, "positive": 2}

// public reads one of the public sets. A fifth of it, chosen by a hash of the text, is held apart and never trained on.
func public(folder string, s set) (seen, held []text, err error) {
	err = eachLine(filepath.Join(folder, s.file), func(line []byte) error {
		var l struct {
			Label, Text string
			Topics      []string
		}
		if err := json.Unmarshal(line, &l); err != nil {
			return err
		}
		t := text{text: l.Text, sentiment: -1, topics: l.Topics, coarse: true, partly: s.themes == oneTheme, weight: s.weight, public: true}
		t.themed = s.themes == everyTheme || t.partly && len(l.Topics) > 0 && l.Topics[0] != s.otherly
		if label, ok := labels[l.Label]; ok {
			t.sentiment = label
		}
		hash := fnv.New32a()
		_, _ = hash.Write([]byte(l.Text))
		if hash.Sum32()%5 == 0 {
			held = append(held, t)
		} else {
			seen = append(seen, t)
		}
		return nil
	})
	return seen, held, err
}

// own reads what was written for this project: sentences to train on, and of the labelled sets the parts that may be tuned on.
func own(folder string) ([]text, error) {
	var out []text
	for _, file := range []string{"train/own.txt", "testdata/topics.txt"} {
		if err := eachLine(filepath.Join(folder, file), func(line []byte) error {
			said, words, ok := strings.Cut(string(line), " | ")
			if ok && said[0] != '#' {
				out = append(out, sentence(said, words))
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	type line struct {
		Text, Kind, Part, Language string
		Stars                      int
		Topics                     json.RawMessage
		Sentiment, Polarity        string
		Sentences                  []struct {
			Text, Polarity string
			Topics         []string
		}
	}
	for _, file := range []string{"reviews_own.jsonl", "ordinary_angry.jsonl", "topics_own.jsonl", "reviews_us.jsonl", "reviews_plain.jsonl", "sentences_us.jsonl", "sentences_friends.jsonl"} {
		err := eachLine(filepath.Join(folder, "testdata", file), func(b []byte) error {
			var l line
			if err := json.Unmarshal(b, &l); err != nil || l.Part == "held" || l.Language != "" {
				return err
			}
			t := text{text: l.Text, sentiment: -1, weight: tuneWeight}
			switch file {
			case "ordinary_angry.jsonl":
				t.sentiment, t.weight = 0, angry
			case "sentences_friends.jsonl": // their feeling made the one of whole reviews no better
				t.themed, t.weight = true, sentenceWeight
				if err := json.Unmarshal(l.Topics, &t.topics); err != nil {
					return err
				}
			case "sentences_us.jsonl":
				t.sentiment, t.themed, t.weight, t.felt = labels[l.Polarity], true, sentenceWeight, sentenceFelt
				if err := json.Unmarshal(l.Topics, &t.topics); err != nil {
					return err
				}
			case "reviews_us.jsonl":
				t.sentiment, t.weight, t.review = labels[l.Sentiment], reviewWeight, true
				for _, s := range l.Sentences {
					out = append(out, text{text: s.Text, sentiment: labels[s.Polarity], topics: s.Topics, themed: true, weight: sentenceWeight, part: l.Text})
				}
			case "reviews_plain.jsonl":
				t.sentiment, t.weight, t.review = labels[l.Sentiment], plainWeight, true
			case "reviews_own.jsonl":
				t.weight, t.review = reviewWeight, true
				if l.Stars != 3 && l.Kind != "question" && l.Kind != "spam" && l.Kind != "suspected fake" {
					t.sentiment = min(2, l.Stars/2)
					if l.Stars < 3 {
						t.sentiment = 0
					}
				}
			default:
				var topics []struct{ ID, Polarity string }
				if err := json.Unmarshal(l.Topics, &topics); err != nil {
					return err
				}
				t.themed = true
				feelings := map[string]bool{}
				for _, topic := range topics {
					t.topics = append(t.topics, topic.ID)
					feelings[map[string]string{"negative": "-", "positive": "+"}[topic.Polarity]] = true
				}
				if t.sentiment = feeling(feelings); t.sentiment == 1 {
					t.sentiment = -1
				}
			}
			out = append(out, t)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// sentence reads a line such as "-wait_time,+care_quality | The doctor is good, the wait is not".
func sentence(said, words string) text {
	t := text{text: words, themed: true, weight: ownWeight, felt: ownFelt}
	feelings := map[string]bool{}
	for s := range strings.SplitSeq(said, ",") {
		feelings[s[:1]] = true
		if s[1:] != "general" {
			t.topics = append(t.topics, s[1:])
		}
	}
	t.sentiment = feeling(feelings)
	return t
}

// feeling is the class of a sentence whose topics are felt so, -1 when nobody said.
func feeling(signs map[string]bool) int {
	switch {
	case signs["?"]:
		return -1
	case signs["-"] && !signs["+"]:
		return labels["-"]
	case signs["+"] && !signs["-"]:
		return labels["+"]
	}
	return labels["~"]
}

func eachLine(file string, f func(line []byte) error) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		if err := f(lines.Bytes()); err != nil {
			return fmt.Errorf("%s, line %d: %w", file, n, err)
		}
	}
	return lines.Err()
}
