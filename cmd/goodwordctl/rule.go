package main

import (
	"fmt"
	"os"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
)

type ruleVerb struct {
	List    ruleListVerb    `cmd:"" help:"List the rules in their order."`
	Add     ruleAddVerb     `cmd:"" help:"Make a rule: what to do with mentions that a search finds."`
	Change  ruleChangeVerb  `cmd:"" help:"Change a rule, or switch it on or off."`
	Try     ruleTryVerb     `cmd:"" help:"List the mentions that a rule would change, and change nothing."`
	Run     ruleRunVerb     `cmd:"" help:"Run a rule on the mentions that are there."`
	History ruleHistoryVerb `cmd:"" help:"List what a rule did, newest first."`
	Move    ruleMoveVerb    `cmd:"" help:"Put a rule at another place in the order."`
	Remove  ruleRemoveVerb  `cmd:"" help:"Remove a rule; what it did stays."`
	Export  ruleExportVerb  `cmd:"" help:"Write all rules as YAML."`
	Import  ruleImportVerb  `cmd:"" help:"Add the rules of a YAML file at the end of the list."`
}

// ruleWords are what a rule is made of.
type ruleWords struct {
	If   string   `help:"Which mentions, in the words of the search box." placeholder:"QUERY"`
	Then []string `help:"What to do: tag=WORD, assign=NAME, target=HOURS, alert, close=REASON or stop. May be given several times." sep:"none" placeholder:"ACTION"`
}

func (w ruleWords) actions() ([]reviews.Action, error) {
	var list []reviews.Action
	for _, text := range w.Then {
		do, value, _ := strings.Cut(text, "=")
		a := reviews.Action{Do: reviews.Do(strings.TrimSpace(do)), Value: value}
		known := false
		for _, d := range reviews.Dos {
			known = known || d == a.Do
		}
		if !known {
			return nil, wrong("A rule cannot %q; it can tag=WORD, assign=NAME, target=HOURS, alert, close=REASON or stop", do)
		}
		list = append(list, a)
	}
	return list, nil
}

func (d *desk) rule(h *house.House, id int64) (reviews.Rule, error) {
	rules, err := h.Reviews.Rules(d.ctx)
	if err != nil {
		return reviews.Rule{}, err
	}
	for _, r := range rules {
		if r.ID == id {
			return r, nil
		}
	}
	return reviews.Rule{}, fmt.Errorf("There is no rule %d. \"goodwordctl rule list\" shows them", id)
}

func (d *desk) printRule(r reviews.Rule) error {
	does := make([]string, len(r.Actions))
	for i, a := range r.Actions {
		does[i] = a.String()
	}
	off := ""
	if !r.Active {
		off = "  (off)"
	}
	return d.print(r, "%4d  %s%s\n      if %s\n      then %s", r.ID, r.Name, off, r.Query, strings.Join(does, ", "))
}

type ruleListVerb struct{}

func (ruleListVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		rules, err := h.Reviews.Rules(d.ctx)
		if err != nil {
			return err
		}
		if len(rules) == 0 && !d.json {
			return d.print(nil, "There are no rules yet.")
		}
		for _, r := range rules {
			if err := d.printRule(r); err != nil {
				return err
			}
		}
		return nil
	})
}

type ruleAddVerb struct {
	Name string `arg:"" help:"Name of the rule."`
	ruleWords
	Off bool `help:"Store it without switching it on."`
}

func (v ruleAddVerb) Run(d *desk) error {
	actions, err := v.actions()
	if err != nil {
		return err
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		r, err := h.Reviews.SaveRule(d.ctx, reviews.Rule{Name: v.Name, Query: v.If, Actions: actions, Active: !v.Off}, by)
		if err != nil {
			return err
		}
		return d.printRule(r)
	})
}

type ruleChangeVerb struct {
	ID   int64  `arg:"" help:"Number of the rule."`
	Name string `help:"New name."`
	ruleWords
	On  bool `help:"Switch it on." xor:"on"`
	Off bool `help:"Switch it off." xor:"on"`
}

func (v ruleChangeVerb) Run(d *desk) error {
	actions, err := v.actions()
	if err != nil {
		return err
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		r, err := d.rule(h, v.ID)
		if err != nil {
			return err
		}
		if v.Name != "" {
			r.Name = v.Name
		}
		if v.If != "" {
			r.Query = v.If
		}
		if len(actions) > 0 {
			r.Actions = actions
		}
		r.Active = (r.Active || v.On) && !v.Off
		if r, err = h.Reviews.SaveRule(d.ctx, r, by); err != nil {
			return err
		}
		return d.printRule(r)
	})
}

type ruleTryVerb struct {
	ID int64 `arg:"" help:"Number of the rule."`
}

func (v ruleTryVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		r, err := d.rule(h, v.ID)
		if err != nil {
			return err
		}
		ids, err := h.Reviews.TryRule(d.ctx, r)
		if err != nil {
			return err
		}
		if ids == nil {
			ids = []int64{}
		}
		return d.print(struct {
			ID       int64   `json:"id"`
			Mentions []int64 `json:"mentions"`
		}{v.ID, ids}, "The rule would look at %d mentions: %s", len(ids), numbers(ids))
	})
}

// numbers lists ids, but no more than a screen holds.
func numbers(ids []int64) string {
	const most = 40
	text := strings.Trim(fmt.Sprint(ids[:min(len(ids), most)]), "[]")
	if len(ids) > most {
		text += " …"
	}
	return text
}

type ruleRunVerb struct {
	ID int64 `arg:"" help:"Number of the rule."`
}

func (v ruleRunVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		n, err := h.Reviews.ApplyRule(d.ctx, v.ID, by, nil)
		if err != nil {
			return err
		}
		return d.print(struct {
			ID      int64 `json:"id"`
			Changed int   `json:"changed"`
		}{v.ID, n}, "The rule changed mentions: %d.", n)
	})
}

type ruleHistoryVerb struct {
	ID    int64 `arg:"" help:"Number of the rule."`
	Limit int   `help:"How many lines at most." default:"50"`
}

func (v ruleHistoryVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		hits, err := h.Reviews.Hits(d.ctx, v.ID, v.Limit)
		if err != nil {
			return err
		}
		for _, hit := range hits {
			if err := d.print(hit, "%s  mention %d: %s", d.clock(hit.At), hit.MentionID, hit.Did); err != nil {
				return err
			}
		}
		if len(hits) == 0 && !d.json {
			return d.print(nil, "The rule has not done anything yet.")
		}
		return nil
	})
}

type ruleMoveVerb struct {
	ID    int64 `arg:"" help:"Number of the rule."`
	Place int   `arg:"" help:"Its new place; 1 is the first."`
}

func (v ruleMoveVerb) Run(d *desk) error {
	if v.Place < 1 {
		return wrong("The first place is 1")
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.MoveRule(d.ctx, v.ID, v.Place-1, by); err != nil {
			return err
		}
		return d.print(struct {
			ID int64 `json:"id"`
		}{v.ID}, "Rule %d stands at place %d.", v.ID, v.Place)
	})
}

type ruleRemoveVerb struct {
	ID int64 `arg:"" help:"Number of the rule."`
}

func (v ruleRemoveVerb) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.RemoveRule(d.ctx, v.ID, by); err != nil {
			return err
		}
		return d.print(struct {
			ID int64 `json:"id"`
		}{v.ID}, "Removed rule %d. What it did stays.", v.ID)
	})
}

type ruleExportVerb struct{}

func (ruleExportVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		rules, err := h.Reviews.Rules(d.ctx)
		if err != nil {
			return err
		}
		return reviews.WriteRules(d.out, rules)
	})
}

type ruleImportVerb struct {
	File string `arg:"" help:"The file, or \"-\" for standard input."`
}

func (v ruleImportVerb) Run(d *desk) error {
	in := d.in
	if v.File != "-" {
		file, err := os.Open(v.File)
		if err != nil {
			return fmt.Errorf("%s cannot be read: %w", v.File, err)
		}
		defer func() { _ = file.Close() }()
		in = file
	}
	rules, err := reviews.ReadRules(in)
	if err != nil {
		return err
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		for _, r := range rules {
			saved, err := h.Reviews.SaveRule(d.ctx, r, by)
			if err != nil {
				return fmt.Errorf("The rule %q: %w", r.Name, err)
			}
			if err := d.printRule(saved); err != nil {
				return err
			}
		}
		return nil
	})
}
