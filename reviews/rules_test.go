package reviews_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/reviews"
)

func (d *desk) rule(t testing.TB, name, query string, actions ...reviews.Action) reviews.Rule {
	t.Helper()
	r, err := d.SaveRule(ctx, reviews.Rule{Name: name, Query: query, Actions: actions, Active: true}, d.manager)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (d *desk) apply(t testing.TB, want int) {
	t.Helper()
	if n, err := d.ApplyRules(ctx); err != nil || n != want {
		t.Errorf("the rules changed %d mentions, %v; want %d", n, err, want)
	}
}

func TestRulesThatAreNone(t *testing.T) {
	d := open(t)
	tag := []reviews.Action{{Do: reviews.DoTag, Value: "x"}}
	tests := []struct {
		rule reviews.Rule
		want string
	}{
		{reviews.Rule{Query: "stars:1", Actions: tag}, "needs a name"},
		{reviews.Rule{Name: "a", Actions: tag}, "needs a search"},
		{reviews.Rule{Name: "a", Query: "stars:9", Actions: tag}, "stars"},
		{reviews.Rule{Name: "a", Query: "stars:1"}, "do something"},
		{reviews.Rule{Name: "a", Query: "stars:1", Actions: []reviews.Action{{Do: "delete"}}}, "cannot"},
		{reviews.Rule{Name: "a", Query: "stars:1", Actions: []reviews.Action{{Do: reviews.DoTag, Value: " , "}}}, "which tag"},
		{reviews.Rule{Name: "a", Query: "stars:1", Actions: []reviews.Action{{Do: reviews.DoAssign, Value: "Nemo"}}}, "Nobody"},
		{reviews.Rule{Name: "a", Query: "stars:1", Actions: []reviews.Action{{Do: reviews.DoTarget, Value: "soon"}}}, "office hours"},
		{reviews.Rule{Name: "a", Query: "stars:1", Actions: []reviews.Action{{Do: reviews.DoClose}}}, "reason"},
	}
	for _, test := range tests {
		if _, err := d.SaveRule(ctx, test.rule, d.manager); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%+v: got %v, want a refusal with %q", test.rule, err, test.want)
		}
	}
	if rules, err := d.Rules(ctx); err != nil || len(rules) != 0 {
		t.Errorf("got %d rules, %v; want none", len(rules), err)
	}
}

func TestRulesDoWhatTheySay(t *testing.T) {
	d := open(t)
	d.rule(t, "Billing", `billing`, reviews.Action{Do: reviews.DoTag, Value: "Billing office"}, reviews.Action{Do: reviews.DoAssign, Value: "ivo marsh"})
	d.rule(t, "Low", `stars:<3`, reviews.Action{Do: reviews.DoTarget, Value: "2"}, reviews.Action{Do: reviews.DoAlert})
	d.rule(t, "Stars only", `stars:5`, reviews.Action{Do: reviews.DoClose, Value: "Stars without words need no answer"}, reviews.Action{Do: reviews.DoStop})
	d.rule(t, "All", `stars:none,1,2,3,4,5`, reviews.Action{Do: reviews.DoTag, Value: "seen"})
	feed := d.feed(t, "google")
	d.visit(t, feed, reviews.Found{Key: "1", Text: "The billing department never calls back", Stars: 1, Posted: monday},
		reviews.Found{Key: "2", Stars: 5, Posted: monday}, reviews.Found{Key: "3", Text: "It was fine", Stars: 3, Posted: monday})
	d.apply(t, 3)
	d.apply(t, 0)

	byKey := map[int]reviews.Mention{}
	for _, m := range d.list(t, "") {
		byKey[m.Stars] = m
	}
	low := byKey[1]
	if !slices.Equal(low.Tags, []string{"billing-office", "seen"}) || low.Assigned != d.author.ID || low.Target != 2 {
		t.Errorf("the low review is %+v", low)
	}
	if want := monday.Add(2 * time.Hour); !low.Due.Equal(want) {
		t.Errorf("it is due %v, want %v", low.Due, want)
	}
	if m := byKey[5]; m.Status != reviews.NoReply || m.Reason != "Stars without words need no answer" || len(m.Tags) != 0 {
		t.Errorf("the five stars are %+v; want them closed, and no later rule", m)
	}
	if got := len(d.list(t, "tag:billing-office")); got != 1 {
		t.Errorf("tag:billing-office finds %d, want 1", got)
	}
	if tags, err := d.Tags(ctx); err != nil || !slices.Equal(tags, []string{"billing-office", "seen"}) {
		t.Errorf("the tags are %v, %v; want billing-office and seen", tags, err)
	}
	if got := len(d.list(t, "tag:none")); got != 1 {
		t.Errorf("tag:none finds %d, want 1", got)
	}
	alerts, err := d.Alerts(ctx, 10)
	if err != nil || len(alerts) != 1 || alerts[0].MentionID != low.ID {
		t.Errorf("got the alerts %+v, %v; want the low review", alerts, err)
	}
	if err := d.MarkRead(ctx, low.ID, d.manager); err != nil {
		t.Fatal(err)
	}
	if alerts, _ := d.Alerts(ctx, 10); len(alerts) != 0 {
		t.Error("the alert stands although the review was read")
	}
	lines, err := audit.List(ctx, d.db.Reader(), "mention/"+string(rune('0'+low.ID)), 10)
	if err != nil || !slices.ContainsFunc(lines, func(l audit.Line) bool { return strings.HasPrefix(l.Did, `rule "Billing": tag billing-office`) }) {
		t.Errorf("the audit log does not tell of the rule: %+v, %v", lines, err)
	}
}

func TestRulesLeaveUrgentAndPastThingsOpen(t *testing.T) {
	d := open(t)
	d.rule(t, "Close all", `stars:none,1,2,3,4,5`, reviews.Action{Do: reviews.DoClose, Value: "No answers"}, reviews.Action{Do: reviews.DoAlert})
	d.visit(t, d.feed(t, "google"), reviews.Found{Key: "1", Text: "I will sue", Posted: monday, Understood: reviews.Understood{Urgency: "critical"}},
		reviews.Found{Key: "2", Text: "Long ago", Posted: monday.AddDate(-1, 0, 0)})
	d.apply(t, 2)
	for _, m := range d.list(t, "urgency:critical") {
		if m.Status != reviews.New {
			t.Errorf("an urgent mention was closed by a rule: %s", m.Status)
		}
	}
}

func TestTryingARuleChangesNothingAndRunningItDoes(t *testing.T) {
	d := open(t)
	d.visit(t, d.feed(t, "google"), reviews.Found{Key: "1", Text: "Parking is hard to find", Stars: 3, Posted: monday}, reviews.Found{Key: "2", Text: "All well", Stars: 5, Posted: monday})
	d.apply(t, 0)
	r := reviews.Rule{Name: "Parking", Query: "parking", Actions: []reviews.Action{{Do: reviews.DoTag, Value: "parking"}}, Active: true}
	ids, err := d.TryRule(ctx, r)
	if err != nil || len(ids) != 1 {
		t.Fatalf("the trial finds %d, %v; want 1", len(ids), err)
	}
	if got := len(d.list(t, "tag:parking")); got != 0 {
		t.Errorf("the trial tagged %d mentions", got)
	}
	saved := d.rule(t, r.Name, r.Query, r.Actions...)
	d.apply(t, 0) // rules are for what comes; what is there waits for a person
	for _, want := range []int{1, 0} {
		if n, err := d.ApplyRule(ctx, saved.ID, d.manager, nil); err != nil || n != want {
			t.Errorf("running it changed %d, %v; want %d", n, err, want)
		}
	}
	hits, err := d.Hits(ctx, saved.ID, 10)
	if err != nil || len(hits) != 1 || hits[0].Did != "tag parking" {
		t.Errorf("its history is %+v, %v", hits, err)
	}
	if err := d.RemoveRule(ctx, saved.ID, d.manager); err != nil {
		t.Fatal(err)
	}
	if got := len(d.list(t, "tag:parking")); got != 1 {
		t.Errorf("after the rule went, %d mentions have its tag; want 1", got)
	}
	if err := d.RemoveRule(ctx, saved.ID, d.manager); !errors.Is(err, reviews.ErrNotFound) {
		t.Errorf("removing it again: %v, want ErrNotFound", err)
	}
}

func TestTheOrderOfRules(t *testing.T) {
	d := open(t)
	var ids []int64
	for _, name := range []string{"a", "b", "c", "d"} {
		ids = append(ids, d.rule(t, name, "stars:1", reviews.Action{Do: reviews.DoAlert}).ID)
	}
	rapid.Check(t, func(r *rapid.T) {
		from, to := rapid.IntRange(0, 3).Draw(r, "from"), rapid.IntRange(0, 3).Draw(r, "to")
		id := ids[from]
		ids = slices.Insert(slices.Delete(ids, from, from+1), to, id)
		if err := d.MoveRule(ctx, id, to, d.manager); err != nil {
			r.Fatal(err)
		}
		rules, err := d.Rules(ctx)
		if err != nil {
			r.Fatal(err)
		}
		for i, rule := range rules {
			if rule.ID != ids[i] {
				r.Fatalf("at %d stands rule %d, want %d", i, rule.ID, ids[i])
			}
		}
	})
}
