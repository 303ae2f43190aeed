package today

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/reviews"
	"goodword/ui/kit"
)

// alert is what one rule asks somebody to look at.
type alert struct {
	rule   reviews.Rule
	newest reviews.Mention
	at     time.Time // when the rule asked last
	count  int
}

// alerts reads what rules ask somebody to look at.
func (d Deps) alerts(ctx context.Context, f *facts, _ int64) error {
	hits, err := d.Reviews.Alerts(ctx, mostAlerts)
	if err != nil || len(hits) == 0 {
		return err
	}
	rules, err := d.Reviews.Rules(ctx)
	if err != nil {
		return err
	}
	for _, h := range hits {
		if i := slices.IndexFunc(f.alerts, func(a alert) bool { return a.rule.ID == h.RuleID }); i >= 0 {
			f.alerts[i].count++
			continue
		}
		i := slices.IndexFunc(rules, func(r reviews.Rule) bool { return r.ID == h.RuleID })
		if i < 0 {
			continue // it was removed a moment ago
		}
		newest, err := d.Reviews.Page(ctx, []int64{h.MentionID})
		if err != nil {
			return err
		}
		if len(newest) == 1 {
			f.alerts = append(f.alerts, alert{rule: rules[i], newest: newest[0], at: h.At, count: 1})
		}
	}
	return nil
}

// alertItems are a line for each rule that asks; one click opens what it asks about.
func (f facts) alertItems() []item {
	var out []item
	for _, a := range f.alerts {
		i := item{icon: "wand-sparkles", tone: kit.ToneAccent, title: "A rule asks you to look: “" + a.rule.Name + "”",
			detail: words(a.newest), when: f.since(a.at), screen: "inbox", arg: a.newest.ID}
		if a.count > 1 {
			i.detail, i.arg = fmt.Sprintf("%s, the newest: %s", kit.Counted(a.count, "mention", "mentions"), i.detail), a.search()
		}
		out = append(out, i)
	}
	return cut(out, func(n int) item { return more("wand-sparkles", n, "rules ask you to look", "alert:any") })
}

// search finds what the rule asks about. A name that the search cannot hold is put as the number of the rule.
func (a alert) search() string {
	if strings.Contains(a.rule.Name, `"`) {
		return fmt.Sprintf("alert:%d", a.rule.ID)
	}
	return `alert:"` + a.rule.Name + `"`
}
