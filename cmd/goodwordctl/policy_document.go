package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/paper"
	"goodword/policy"
)

type policyQuestions struct{}

// question is one question with its answers, as "policy build" takes them.
type question struct {
	policy.Question
	Answer []string `json:"answer"`
}

func (policyQuestions) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		versions, err := h.Policy.Versions(d.ctx)
		if err != nil {
			return err
		}
		var situation policy.Situation
		if len(versions) > 0 {
			situation = versions[0].Situation
		}
		for _, q := range policy.Questions() {
			chosen := situation.Chosen(q)
			var options []string
			for _, o := range q.Options {
				options = append(options, o.ID)
			}
			if err := d.print(question{q, chosen}, "%-11s %s\n            now: %s%s", q.ID, q.Ask, strings.Join(chosen, ", "), among(options)); err != nil {
				return err
			}
		}
		return nil
	})
}

func among(options []string) string {
	if len(options) == 0 {
		return " (own words)"
	}
	return " (of " + strings.Join(options, ", ") + ")"
}

type policyBuild struct {
	Answer []string `arg:"" optional:"" help:"Answers such as years=ten or networks=google,facebook; what was answered before stays."`
}

func (v policyBuild) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		versions, err := h.Policy.Versions(d.ctx)
		if err != nil {
			return err
		}
		situation := policy.Situation{}
		if len(versions) > 0 {
			for id, answers := range versions[0].Situation {
				situation[id] = answers
			}
		}
		for _, given := range v.Answer {
			id, answer, found := strings.Cut(given, "=")
			if !found {
				return fmt.Errorf("%q is no answer. Write the question and the answer as in years=ten; \"policy questions\" lists them", given)
			}
			q, _ := policy.FindQuestion(id)
			situation[id] = []string{answer}
			if q.Kind == policy.ManyOf {
				situation[id] = strings.Split(answer, ",")
			}
			if answer == "" {
				delete(situation, id)
			}
		}
		version, notes, err := h.Policy.BuildDraft(d.ctx, situation, by)
		if err != nil {
			return err
		}
		for _, n := range notes {
			if err := d.print(n, "%-10s %s", n.Kind, n.Part); err != nil {
				return err
			}
		}
		return d.print(version, "Version %d is a draft (number %d for \"policy put\").", version.Number, version.ID)
	})
}

type policyLint struct {
	File string `arg:"" optional:"" help:"A policy: .md, .txt, .docx or .html; the newest version when left out."`
}

func (v policyLint) Run(d *desk) error {
	if v.File != "" {
		text, err := policy.ReadOwn(d.ctx, v.File)
		if err != nil {
			return err
		}
		return d.linted(text)
	}
	return d.work(func(h *house.House, _ audit.Actor) error {
		versions, err := h.Policy.Versions(d.ctx)
		if err != nil {
			return err
		}
		if len(versions) == 0 {
			return d.remark("There is no policy yet.")
		}
		return d.linted(versions[0].Text)
	})
}

func (d *desk) linted(text string) error {
	l := policy.Lint(text)
	for _, f := range l.Findings {
		if err := d.finding(f); err != nil {
			return err
		}
	}
	found, minutes := fmt.Sprintf("%d findings", len(l.Findings)), fmt.Sprintf("%d minutes", l.Reading.Minutes)
	if len(l.Findings) == 1 {
		found = "1 finding"
	}
	if l.Reading.Minutes <= 1 {
		minutes = "a minute"
	}
	return d.print(map[string]any{"findings": len(l.Findings), "grade": l.Reading.Grade, "words": l.Reading.Words, "minutes": l.Reading.Minutes},
		"%s. It reads at grade %.1f in about %s.", found, l.Reading.Grade, minutes)
}

func (d *desk) finding(f policy.LintFinding) error {
	quote := ""
	if f.Quote != "" {
		quote = "\n    \"" + f.Quote + "\""
	}
	return d.print(f, "%-10s %s%s\n    Better: %s\n    %s (%s)", f.Kind, f.Title, quote, f.Instead, f.Basis.Basis, f.HowChecked(f.Checked))
}

type policyDiff struct {
	Before int64  `arg:"" help:"Number of the older version."`
	After  int64  `arg:"" help:"Number of the newer version."`
	Out    string `help:"Write it to a file: .pdf, .docx, .html or .md." placeholder:"FILE"`
}

func (v policyDiff) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		before, err := h.Policy.Version(d.ctx, v.Before)
		if err != nil {
			return err
		}
		after, err := h.Policy.Version(d.ctx, v.After)
		if err != nil {
			return err
		}
		if v.Out != "" {
			return d.savePaper(v.Out, policy.DifferenceSheet(before, after, d.now()))
		}
		for _, b := range policy.Difference(before.Text, after.Text) {
			if !b.Changed() {
				continue
			}
			var words []string
			for _, r := range b.Runs {
				words = append(words, map[policy.RunKind]string{policy.Same: r.Text, policy.Put: "[+" + r.Text + "]", policy.Removed: "[-" + r.Text + "]"}[r.Kind])
			}
			if err := d.print(b, "%s\n", strings.Join(words, " ")); err != nil {
				return err
			}
		}
		proposal := policy.Propose(before.Text, after.Text)
		looks := "editorial"
		if proposal.Material {
			looks = "material"
		}
		return d.print(proposal, "The change looks %s. %s", looks, strings.Join(proposal.Reasons, " "))
	})
}

// savePaper writes a sheet in the format of the file's ending, and says so.
func (d *desk) savePaper(file string, s paper.Sheet) error {
	if err := paper.Save(d.ctx, file, s); err != nil {
		return err
	}
	return d.print(map[string]string{"file": file}, "Written to %s.", file)
}

// ownPolicy reads a policy from a file; what no plain text is, is turned into it.
func ownPolicy(ctx context.Context, file string) (string, error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".docx", ".html", ".htm", ".pdf":
		return policy.ReadOwn(ctx, file)
	}
	given, err := os.ReadFile(file)
	if err != nil {
		return "", unreadable(file, err)
	}
	return string(given), nil
}
