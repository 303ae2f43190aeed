package main

import (
	"slices"

	"goodword/reviews/classify"
)

type classifyVerb struct {
	File  string `arg:"" optional:"" help:"File; without it standard input."`
	JSONL bool   `help:"Read {\"id\",\"text\",\"stars\"} a line, write one answer a line." name:"jsonl" required:""`
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
	return eachLine(in, func(line []byte) error {
		var c classifyLine
		if err := object(line, &c); err != nil {
			return err
		}
		r := judge.Judge(c.Text, c.Stars)
		a := classifyAnswer{ID: c.ID, Language: r.Language, Sentiment: string(r.Sentiment), Score: r.Score, Urgency: string(r.Urgency),
			Topics: []string{}, Signals: []string{}, Kind: string(r.Kind), KindWhy: r.KindWhy, Confidence: r.Confidence, Disagrees: r.Disagrees, Why: slices.Concat([]classify.Reason{}, r.Why)}
		for _, t := range r.Topics {
			a.Topics = append(a.Topics, t.ID)
		}
		for _, s := range r.Signals {
			a.Signals = append(a.Signals, s.ID)
		}
		return d.line(a)
	})
}
