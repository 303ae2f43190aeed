package main

import (
	"fmt"
	"slices"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/reviews"
)

type ruleVerb struct {
	List    ruleList    `cmd:"" help:"List the rules in their order."`
	Add     ruleAdd     `cmd:"" help:"Make a rule: what to do with mentions that a search finds."`
	Change  ruleChange  `cmd:"" help:"Change a rule, or switch it on or off."`
	Try     ruleTry     `cmd:"" help:"List the mentions that a rule would change, and change nothing."`
	Run     ruleRun     `cmd:"" help:"Run a rule on the mentions that are there."`
	History ruleHistory `cmd:"" help:"List what a rule did, newest first."`
	Move    ruleMove    `cmd:"" help:"Put a rule at another place in the order."`
	Remove  ruleRemove  `cmd:"" help:"Remove a rule; what it did stays."`
	Export  ruleExport  `cmd:"" help:"Write all rules as YAML."`
	Import  ruleImport  `cmd:"" help:"Add the rules of a YAML file that are not there yet at the end of the list."`
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
		if !slices.Contains(reviews.Dos, a.Do) {
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
	at := slices.IndexFunc(rules, func(r reviews.Rule) bool { return r.ID == id })
	if at < 0 {
		return reviews.Rule{}, fmt.Errorf("There is no rule %d. \"goodwordctl rule list\" shows them", id)
	}
	return rules[at], nil
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

type ruleList struct{}

func (ruleList) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		rules, err := h.Reviews.Rules(d.ctx)
		if err != nil {
			return err
		}
		if len(rules) == 0 {
			return d.remark("There are no rules yet.")
		}
		for _, r := range rules {
			if err := d.printRule(r); err != nil {
				return err
			}
		}
		return nil
	})
}

type ruleAdd struct {
	Name string `arg:"" help:"Name of the rule."`
	ruleWords
	Off bool `help:"Store it without switching it on."`
}

func (v ruleAdd) Run(d *desk) error {
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

type ruleChange struct {
	ID   int64  `arg:"" help:"Number of the rule."`
	Name string `help:"New name."`
	ruleWords
	On  bool `help:"Switch it on." xor:"on"`
	Off bool `help:"Switch it off." xor:"on"`
}

func (v ruleChange) Run(d *desk) error {
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

type ruleTry struct {
	ID int64 `arg:"" help:"Number of the rule."`
}

func (v ruleTry) Run(d *desk) error {
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
		err = d.print(struct {
			ID       int64   `json:"id"`
			Mentions []int64 `json:"mentions"`
		}{v.ID, ids}, "The rule is for %d mentions.", len(ids))
		if d.json || err != nil {
			return err
		}
		if err := d.list(h, ids[:min(len(ids), mostTried)]); err != nil {
			return err
		}
		if more := len(ids) - mostTried; more > 0 {
			return d.remark(fmt.Sprintf("and %d more", more))
		}
		return nil
	})
}

// mostTried is how many mentions of a rule are listed for people: no more than a screen holds.
const mostTried = 40

// list prints mentions, one a line.
func (d *desk) list(h *house.House, ids []int64) error {
	for _, id := range ids {
		m, err := h.Reviews.Find(d.ctx, id)
		if err != nil {
			return err
		}
		if err := d.row(m); err != nil {
			return err
		}
	}
	return nil
}

type ruleRun struct {
	ID int64 `arg:"" help:"Number of the rule."`
}

func (v ruleRun) Run(d *desk) error {
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

type ruleHistory struct {
	ID    int64 `arg:"" help:"Number of the rule."`
	Limit int   `help:"How many lines at most." default:"50"`
}

func (v ruleHistory) Run(d *desk) error {
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
		if len(hits) == 0 {
			return d.remark("The rule has not done anything yet.")
		}
		return nil
	})
}

type ruleMove struct {
	ID    int64 `arg:"" help:"Number of the rule."`
	Place int   `arg:"" help:"Its new place; 1 is the first."`
}

func (v ruleMove) Run(d *desk) error {
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

type ruleRemove struct {
	ID int64 `arg:"" help:"Number of the rule."`
}

func (v ruleRemove) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		if err := h.Reviews.RemoveRule(d.ctx, v.ID, by); err != nil {
			return err
		}
		return d.print(struct {
			ID int64 `json:"id"`
		}{v.ID}, "Removed rule %d. What it did stays.", v.ID)
	})
}

type ruleExport struct{}

func (ruleExport) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		rules, err := h.Reviews.Rules(d.ctx)
		if err != nil {
			return err
		}
		return reviews.WriteRules(d.out, rules)
	})
}

type ruleImport struct {
	File string `arg:"" help:"The file, or \"-\" for standard input."`
}

func (v ruleImport) Run(d *desk) error {
	in, closed, err := d.input(v.File)
	if err != nil {
		return err
	}
	defer closed()
	rules, err := reviews.ReadRules(in)
	if err != nil {
		return err
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		added, err := h.Reviews.AddRules(d.ctx, rules, by)
		if err != nil {
			return err
		}
		for _, r := range added {
			if err := d.printRule(r); err != nil {
				return err
			}
		}
		if known := len(rules) - len(added); known > 0 {
			return d.remark(fmt.Sprintf("Of %d rules in the file, %d are there already.", len(rules), known))
		}
		return nil
	})
}
