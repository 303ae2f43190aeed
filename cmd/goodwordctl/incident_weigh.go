package main

import (
	"fmt"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/policy"
)

type incidentWeigh struct {
	ID      int64    `arg:"" help:"Number of the incident."`
	Factor  []string `help:"How a factor speaks for a compromise, in words: ID=low:WORDS, medium or high. May be given again; what was weighed before stays." placeholder:"F" sep:"none"`
	Finding string   `help:"What it comes to: low, breach, or none where no patient information was in it." enum:",low,breach,none" default:""`
	Reason  string   `help:"Why."`
}

// factorRow is one of the four factors as machines read it.
type factorRow struct {
	policy.Factor
	policy.Weighed
}

func (v incidentWeigh) Run(d *desk) error {
	return d.happening(v.ID, false, func(h *house.House, i policy.Incident, by audit.Actor) error {
		if len(v.Factor) == 0 && v.Finding == "" {
			return d.factors(i.Weighing)
		}
		w := policy.Weighing{Factors: map[string]policy.Weighed{}, Finding: i.Weighing.Finding, Reason: i.Weighing.Reason}
		for id, f := range i.Weighing.Factors {
			w.Factors[id] = f
		}
		for _, given := range v.Factor {
			id, found, _ := strings.Cut(given, "=")
			weight, words, ok := strings.Cut(found, ":")
			if !ok || strings.TrimSpace(words) == "" {
				return wrong("%q weighs nothing. Write the factor, how it weighs, and why, as in %s=low:\"Seen by nobody outside\"", given, policy.Factors()[0].ID)
			}
			w.Factors[strings.ToLower(id)] = policy.Weighed{Weight: policy.Weight(strings.ToLower(weight)), Words: strings.TrimSpace(words)}
		}
		if v.Finding != "" {
			w.Finding = map[string]policy.Finding{"low": policy.FindingLow, "breach": policy.FindingBreach, "none": policy.FindingNone}[v.Finding]
			w.Reason = v.Reason
		}
		i, err := h.Policy.Weigh(d.ctx, v.ID, w, by)
		if err != nil {
			return err
		}
		return d.print(i, "%s", weighed(i.Weighing))
	})
}

// weighed says what the weighing came to, or what it speaks for so far.
func weighed(w policy.Weighing) string {
	switch proposes := w.Proposes(); {
	case w.Finding != "":
		return fmt.Sprintf("Found: %s. %s", w.Finding, w.Reason)
	case proposes != "":
		return fmt.Sprintf("The factors speak for: %s. Decide with --finding and --reason.", proposes)
	default:
		return "Not decided. Until a low probability is shown, it counts as a breach that must be told."
	}
}

func (d *desk) factors(w policy.Weighing) error {
	for _, f := range policy.Factors() {
		got := w.Factors[f.ID]
		state := string(got.Weight)
		if state == "" {
			state = "open"
		}
		if err := d.print(factorRow{f, got}, "%-12s %-7s %s. %s\n%21sLow: %s. High: %s.\n%21s%s", f.ID, state, f.Title, f.Text, "", f.Low, f.High, "", got.Words); err != nil {
			return err
		}
	}
	return d.remark(weighed(w))
}
