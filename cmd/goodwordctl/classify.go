package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"goodword/reviews"
	"goodword/reviews/classify"
)

type classifyVerb struct {
	File  string `arg:"" optional:"" help:"File with the text; without it standard input."`
	Stars int    `help:"The rating that stands with the text, 1 to 5."`
	JSONL bool   `help:"Read {\"id\",\"text\",\"stars\"} a line, write one answer a line." name:"jsonl"`
}

type classifyLine struct {
	ID    any    `json:"id"`
	Text  string `json:"text"`
	Stars int    `json:"stars"`
}

type classifyAnswer struct {
	ID        any      `json:"id"`
	Language  string   `json:"language"`
	Sentiment string   `json:"sentiment"`
	Score     float64  `json:"score"`
	Topics    []string `json:"topics"`
	Urgency   string   `json:"urgency"`
	Signals   []string `json:"signals"`
	// What goes beyond the contract.
	Kind       string                `json:"kind"`
	KindWhy    []classify.KindReason `json:"kind_why,omitempty"`
	Confidence float64               `json:"confidence"`
	Disagrees  bool                  `json:"disagrees"`
	Why        []classify.Reason     `json:"why"`
}

func (v classifyVerb) Run(d *desk) error {
	in, closeIn, err := d.input(v.File)
	if err != nil {
		return err
	}
	defer closeIn()
	judge := classify.Default()
	if v.JSONL {
		return eachLine(in, func(line []byte) error {
			var c classifyLine
			if err := object(line, &c); err != nil {
				return err
			}
			if err := possible(c.Stars); err != nil {
				return err
			}
			return d.line(classified(judge.Judge(c.Text, c.Stars), c.ID))
		})
	}
	if err := possible(v.Stars); err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(in, longest))
	if err != nil {
		return unreadable(v.File, err)
	}
	if strings.TrimSpace(string(text)) == "" {
		return wrong("There is no text to judge")
	}
	a := classified(judge.Judge(strings.TrimSpace(string(text)), v.Stars), nil)
	language := ""
	if a.Language != "" {
		language = fmt.Sprintf(" (%s)", a.Language)
	}
	return d.print(a, "%s%s", judged(reviews.Mention{Understood: reviews.Understood{Sentiment: a.Sentiment, Topics: a.Topics, Urgency: a.Urgency, Signals: a.Signals}}), language)
}

func classified(r classify.Result, id any) classifyAnswer {
	a := classifyAnswer{ID: id, Language: r.Language, Sentiment: string(r.Sentiment), Score: r.Score, Urgency: string(r.Urgency),
		Topics: []string{}, Signals: []string{}, Kind: string(r.Kind), KindWhy: r.KindWhy, Confidence: r.Confidence, Disagrees: r.Disagrees, Why: slices.Concat([]classify.Reason{}, r.Why)}
	for _, t := range r.Topics {
		a.Topics = append(a.Topics, t.ID)
	}
	for _, s := range r.Signals {
		a.Signals = append(a.Signals, s.ID)
	}
	return a
}
