package policy_test

import (
	"slices"
	"strings"
	"testing"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
)

func TestTheGateIsNeverChangedSilently(t *testing.T) {
	d := open(t)
	manager := audit.Actor{ID: d.people[0].ID, Name: d.people[0].Name}
	author := audit.Actor{ID: d.people[1].ID, Name: d.people[1].Name}
	officer := practice.Person{Name: "Noa Lund", Role: practice.Compliance}
	var err error
	officer.ID, err = d.practices.SavePerson(ctx, officer, audit.Program)
	must(t, err)
	compliance := audit.Actor{ID: officer.ID, Name: officer.Name}
	const day = "2027-05-01"
	refused := []struct {
		name string
		rule policy.GateRule
		by   audit.Actor
	}{
		{"no reason", policy.GateRule{What: policy.SoftenRule, Rule: "promise", ReviewOn: day}, manager},
		{"no day", policy.GateRule{What: policy.SoftenRule, Rule: "promise", Reason: "Our slogan"}, manager},
		{"an author", policy.GateRule{What: policy.SoftenRule, Rule: "promise", Reason: "Our slogan", ReviewOn: day}, author},
		{"no such rule", policy.GateRule{What: policy.RuleOff, Rule: "nothing", Reason: "Our slogan", ReviewOn: day}, manager},
		{"a core rule by a manager", policy.GateRule{What: policy.SoftenRule, Rule: "your-care", Reason: "Too strict", ReviewOn: day}, manager},
		{"a core rule switched off", policy.GateRule{What: policy.RuleOff, Rule: "your-care", Reason: "Too strict", ReviewOn: day}, compliance},
	}
	for _, c := range refused {
		if _, err := d.store.AddGateRule(ctx, c.rule, c.by); err == nil {
			t.Errorf("%s: got no refusal, want one", c.name)
		}
	}
	before := d.chain(t)
	soft, err := d.store.AddGateRule(ctx, policy.GateRule{What: policy.SoftenRule, Rule: "your-care", Reason: "We ask first", ReviewOn: day}, compliance)
	must(t, err)
	_, err = d.store.AddGateRule(ctx, policy.GateRule{What: policy.AddRule, Code: "hostile-tone", Severity: guard.Block, Words: "snowflake", Reason: "We do not say that", ReviewOn: day}, manager)
	must(t, err)
	if got := d.chain(t) - before; got != 2 {
		t.Errorf("got %d lines in the audit log, want 2", got)
	}
	judged := func(text string) guard.Result {
		local, err := policy.Local(ctx, d.db.Reader())
		must(t, err)
		return guard.Default().Check(guard.Draft{Kind: guard.Reply, Review: "Rude.", Text: text, Local: local})
	}
	if got := judged("Each snowflake may call our office at 555-0140."); got.Verdict != guard.Block {
		t.Errorf("own words: got %s, want block", got.Verdict)
	}
	const text = "We are sorry that your appointment ran late. Call our office at 555-0140."
	got := judged(text)
	if len(got.Notes) != 1 || !strings.Contains(got.Notes[0], "Noa Lund") || !strings.Contains(got.Notes[0], "We ask first") {
		t.Errorf("got notes %q, want who softened the rule and why", got.Notes)
	}
	must(t, d.store.EndGateRule(ctx, soft.ID, "", manager))
	if got := judged(text); len(got.Notes) != 0 || got.Verdict != guard.Block {
		t.Errorf("ended: got %s and %q, want a block and no note", got.Verdict, got.Notes)
	}
	all, err := d.store.GateRules(ctx)
	must(t, err)
	if len(all) != 2 || !slices.ContainsFunc(all, func(g policy.GateRule) bool { return g.ID == soft.ID && !g.Ended.IsZero() && g.By.Name == "Noa Lund" }) {
		t.Errorf("got %+v, want both decisions, the ended one still listed", all)
	}
}

// A rule of the practice's own proves itself before it is kept, is edited and softened with a reason, and stays in the list when it has ended.
func TestOwnRulesProveThemselves(t *testing.T) {
	d := open(t)
	manager := audit.Actor{ID: d.people[0].ID, Name: d.people[0].Name}
	rule := policy.GateRule{What: policy.AddRule, Code: "hostile-tone", Severity: guard.Block, Words: "snowflake\nKaren", Kind: guard.Reply, Language: "en",
		Reason: "We do not call people names", Source: "Staff meeting", ReviewOn: "2027-05-01", Fires: []string{"Each snowflake may call us.", "Every Karen is welcome."},
		Silent: []string{"We are open when it snows.", "Gracias por la nota, Karen es parte de nuestra familia."}}
	for name, spoil := range map[string]func(*policy.GateRule){
		"an example it misses": func(g *policy.GateRule) { g.Fires = append(slices.Clone(g.Fires), "Call our office.") },
		"one it must not stop": func(g *policy.GateRule) { g.Silent = []string{"A snowflake on the window."} },
		"no words":             func(g *policy.GateRule) { g.Words = " \n " },
		"no reason":            func(g *policy.GateRule) { g.Reason = " " },
		"a code that is none":  func(g *policy.GateRule) { g.Code = "nothing" },
		"a kind that is none":  func(g *policy.GateRule) { g.Kind = "poem" },
	} {
		bad := rule
		spoil(&bad)
		if _, err := d.store.AddGateRule(ctx, bad, manager); err == nil {
			t.Errorf("%s: got no refusal, want one", name)
		}
	}
	kept, err := d.store.AddGateRule(ctx, rule, manager)
	must(t, err)
	verdict := func(kind guard.Kind, text string) guard.Verdict {
		local, err := policy.Local(ctx, d.db.Reader())
		must(t, err)
		return guard.Default().Check(guard.Draft{Kind: kind, Text: text, Local: local}).Verdict
	}
	const text = "Thank you for the note. The paper snowflake in our window stays. Please call our office at 555-0140."
	if got := verdict(guard.Reply, text); got != guard.Block {
		t.Errorf("a reply: got %s, want block", got)
	}
	if got := verdict(guard.Spotlight, text); got == guard.Block {
		t.Error("a post is stopped by a rule for replies")
	}
	soft := kept
	soft.Severity, soft.Reason = guard.Warn, ""
	if _, err := d.store.ChangeGateRule(ctx, kept.ID, soft, manager); err == nil {
		t.Error("it was softened without a reason")
	}
	soft.Reason = "A season's joke"
	before := d.chain(t)
	soft, err = d.store.ChangeGateRule(ctx, kept.ID, soft, manager)
	must(t, err)
	if got := verdict(guard.Reply, text); got != guard.Warn || d.chain(t) != before+1 {
		t.Errorf("softened: got %s and %d lines in the log, want warn and one", got, d.chain(t)-before)
	}
	if d.store.EndGateRule(ctx, soft.ID, " ", manager) == nil {
		t.Error("it was switched off without a reason")
	}
	must(t, d.store.EndGateRule(ctx, soft.ID, "Nobody says it", manager))
	back, err := d.store.AddGateRule(ctx, kept, manager) // as undo does
	must(t, err)
	if got := verdict(guard.Reply, text); got != guard.Block {
		t.Errorf("undone: got %s, want block", got)
	}
	all, err := d.store.GateRules(ctx)
	must(t, err)
	if len(all) != 3 || all[0].ID != back.ID || !slices.Equal(all[0].Fires, rule.Fires) || all[0].Language != "en" || all[0].Source != "Staff meeting" {
		t.Errorf("got %+v, want all three, the one that holds first", all)
	}
	for _, g := range all[1:] {
		if g.Ended.IsZero() || g.EndedWhy == "" {
			t.Errorf("got %+v, want it ended and why", g)
		}
	}
}
