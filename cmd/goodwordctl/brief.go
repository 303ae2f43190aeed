package main

import (
	"bytes"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/policy"
)

type briefVerb struct {
	Out      string  `help:"Write it to a file: .pdf, .docx, .html or .md. Without it, it is printed as Markdown." placeholder:"FILE"`
	Hours    float64 `help:"Hours a week that people spend on reading and answering; without it the brief says that it is not known."`
	AnHour   float64 `help:"What an hour costs."`
	AYear    float64 `help:"What is paid beside the hours, a year: fees, tools."`
	Currency string  `help:"Of these sums." default:"USD"`
}

// Run writes the brief for the owner: why to answer, what it costs, what it brings.
func (v briefVerb) Run(d *desk) error {
	if v.Hours < 0 || v.Hours > 168 || v.AnHour < 0 || v.AYear < 0 {
		return wrong("Hours and sums are not below zero, and a week has 168 hours")
	}
	return d.work(func(h *house.House, _ audit.Actor) error {
		s, err := h.Brief(d.ctx, policy.BriefCosts{HoursAWeek: v.Hours, AnHour: v.AnHour, AYear: v.AYear, Currency: v.Currency})
		if err != nil {
			return err
		}
		if v.Out != "" {
			return d.savePaper(v.Out, s)
		}
		var text bytes.Buffer
		if err := paper.WriteMarkdown(&text, s); err != nil {
			return err
		}
		return d.print(map[string]string{"title": s.Title, "text": text.String()}, "%s", strings.TrimSpace(text.String()))
	})
}
