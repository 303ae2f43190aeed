package reviews_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
)

// faltering is a context that ends after it was asked a number of times: an interruption at any place of a run.
type faltering struct {
	context.Context
	cancel context.CancelFunc
	left   *atomic.Int64
}

func falter(asked int) faltering {
	inner, cancel := context.WithCancel(ctx)
	f := faltering{inner, cancel, &atomic.Int64{}}
	f.left.Store(int64(asked))
	return f
}

func (f faltering) Done() <-chan struct{} {
	if f.left.Add(-1) < 0 {
		f.cancel()
	}
	return f.Context.Done()
}

// TestEachRuleRunsOnceOnEachNewMention lets mentions come in, rules be made, switched and removed, and runs be cut off at any moment. A rule
// leaves the tag of its number and asks for a mark; whichever rules stood when a mention was ruled have run on it once, those made later never.
func TestEachRuleRunsOnceOnEachNewMention(t *testing.T) {
	d := open(t)
	feed := d.feed(t, "google")
	n, begun := 0, time.Now()
	usual := flag.Lookup("rapid.checks").Value.String() == flag.Lookup("rapid.checks").DefValue
	rapid.Check(t, func(r *rapid.T) {
		if usual && time.Since(begun) > 4*time.Second { // -rapid.checks N runs all
			return
		}
		words := []string{"parking", "billing", "kind"}
		text := map[int64]string{}                // what came in
		ruled := map[int64]map[string]bool{}      // the tags that each mention has to have once it was ruled
		waiting := map[int64]bool{}               // came in and not ruled yet
		rules := map[int64]reviews.Rule{}         // that stand now
		for _, old := range must1(d.Rules(ctx)) { // of the round before
			must2(r, d.RemoveRule(ctx, old.ID, d.manager))
		}
		must1(d.ApplyRules(ctx))
		settle := func(upto int64) {
			for id := range waiting {
				if id > upto {
					continue
				}
				delete(waiting, id)
				ruled[id] = map[string]bool{}
				for _, rule := range rules {
					if rule.Active && strings.Contains(text[id], rule.Query) {
						ruled[id][rule.Actions[0].Value] = true
					}
				}
			}
		}
		check := func(r *rapid.T) {
			for id := range text {
				m, err := d.Find(ctx, id)
				must2(r, err)
				got, want := slices.Sorted(slices.Values(m.Tags)), slices.Sorted(maps.Keys(ruled[id]))
				if !slices.Equal(got, want) {
					r.Fatalf("mention %d %q has the tags %v, want %v", id, text[id], got, want)
				}
				lines, err := audit.List(ctx, d.db.Reader(), fmt.Sprint("mention/", id), 100)
				must2(r, err)
				steps := 0
				for _, l := range lines {
					if strings.HasPrefix(l.Did, "rule ") {
						steps++
					}
				}
				if steps != len(want) {
					r.Fatalf("rules took %d steps on mention %d, want %d", steps, id, len(want))
				}
			}
		}
		r.Repeat(map[string]func(*rapid.T){
			"arrive": func(r *rapid.T) {
				var found []reviews.Found
				for range rapid.IntRange(1, 4).Draw(r, "how many") {
					n++
					said := strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(words), 1, 3, rapid.ID[string]).Draw(r, "words"), " and ")
					found = append(found, reviews.Found{Key: fmt.Sprint("k", n), Author: fmt.Sprint("writer", n), Text: fmt.Sprintf("number%d says %s", n, said), Posted: monday})
				}
				d.visit(t, feed, found...)
				for _, f := range found {
					id := d.ids(t, "author:"+f.Author)[0]
					text[id], waiting[id] = f.Text, true
				}
			},
			"make a rule": func(r *rapid.T) {
				n++
				tag := fmt.Sprint("t", n)
				rule, err := d.SaveRule(ctx, reviews.Rule{Name: tag, Query: rapid.SampledFrom(words).Draw(r, "word"), Active: rapid.Bool().Draw(r, "on"),
					Actions: []reviews.Action{{Do: reviews.DoTag, Value: tag}}}, d.manager)
				must2(r, err)
				rules[rule.ID] = rule
			},
			"switch a rule": func(r *rapid.T) {
				rule, ok := anyOf(r, rules)
				if !ok {
					return
				}
				rule.Active = !rule.Active
				_, err := d.SaveRule(ctx, rule, d.manager)
				must2(r, err)
				rules[rule.ID] = rule
			},
			"remove a rule": func(r *rapid.T) {
				if rule, ok := anyOf(r, rules); ok {
					must2(r, d.RemoveRule(ctx, rule.ID, d.manager))
					delete(rules, rule.ID)
				}
			},
			"run": func(r *rapid.T) {
				must1(d.ApplyRules(ctx))
				settle(1 << 62)
				check(r)
			},
			"run, cut off": func(r *rapid.T) {
				_, err := d.ApplyRules(falter(rapid.IntRange(0, 60).Draw(r, "asked")))
				var upto int64
				must2(r, d.db.Reader().QueryRowContext(ctx, `SELECT upto FROM rules_done`).Scan(&upto))
				if err == nil {
					upto = 1 << 62
				}
				settle(upto)
				check(r)
			},
		})
	})
}

func anyOf(r *rapid.T, rules map[int64]reviews.Rule) (reviews.Rule, bool) {
	if len(rules) == 0 {
		return reviews.Rule{}, false
	}
	return rules[rapid.SampledFrom(slices.Sorted(maps.Keys(rules))).Draw(r, "rule")], true
}

func must1[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestARunThatIsCutOffInTheMiddleGoesOnWhereItEnded has more mentions than fit into a transaction, and a rule that fits what another rule did:
// what was ruled before the interruption must not be looked at again with what the rules made of it.
func TestARunThatIsCutOffInTheMiddleGoesOnWhereItEnded(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of visits, one after the other: the race detector makes minutes of them")
	}
	d := open(t)
	d.rule(t, "All", "stars:none,1,2,3,4,5", reviews.Action{Do: reviews.DoTag, Value: "first"})
	d.rule(t, "Echo", "tag:first", reviews.Action{Do: reviews.DoTag, Value: "echo"})
	var found []reviews.Found
	for i := range 260 {
		found = append(found, reviews.Found{Key: fmt.Sprint(i), Author: fmt.Sprint("writer", i), Text: fmt.Sprintf("word%d thing%d", i, i), Posted: monday})
	}
	d.visit(t, d.feed(t, "google"), found...)
	partly := false
	for asked := 10; ; asked += 100 {
		_, err := d.ApplyRules(falter(asked))
		if ruled := len(d.ids(t, "tag:first")); ruled > 0 && ruled < 260 {
			partly = true
		}
		if err == nil {
			break
		}
	}
	if !partly {
		t.Error("no run was cut off in the middle")
	}
	d.apply(t, 0)
	if got := len(d.ids(t, "tag:first")); got != 260 {
		t.Errorf("%d mentions were ruled, want 260", got)
	}
	if got := len(d.ids(t, "tag:echo")); got != 0 {
		t.Errorf("%d mentions were ruled twice", got)
	}
}

// TestRulesSeeTheWordsThatJustCame runs the rules right after each way in: the search index must know the words by then.
func TestRulesSeeTheWordsThatJustCame(t *testing.T) {
	d := open(t)
	d.rule(t, "Parking", `"no parking"`, reviews.Action{Do: reviews.DoTag, Value: "parking"})
	feed := d.feed(t, "google")
	d.visit(t, feed, reviews.Found{Key: "1", Text: "There is no parking at all", Posted: monday})
	d.apply(t, 1)
	_, err := d.Add(ctx, reviews.Found{Text: "Still no parking here", Site: "yelp"}, d.manager)
	must(t, err)
	d.apply(t, 1)
	_, err = d.Import(ctx, reviews.Source{Name: "Export", Address: "file:export", Site: "google"}, []reviews.Found{{Key: "9", Text: "Alas no parking", Posted: monday}}, d.manager)
	must(t, err)
	d.apply(t, 1)
	if got := len(d.ids(t, "tag:parking")); got != 3 {
		t.Errorf("the rule saw %d mentions, want 3", got)
	}
}

// TestTwoProgramsRuleAtOnce has the window and the command run the rules at the same time.
func TestTwoProgramsRuleAtOnce(t *testing.T) {
	d := open(t)
	d.rule(t, "Low", "stars:1", reviews.Action{Do: reviews.DoTag, Value: "low"}, reviews.Action{Do: reviews.DoAlert})
	other := reviews.NewStore(d.db, clock.Clock(func() time.Time { return d.at }), practice.NewStore(d.db, clock.At(d.at)), guard.Default())
	var found []reviews.Found
	for i := range 60 {
		found = append(found, reviews.Found{Key: fmt.Sprint(i), Author: fmt.Sprint("writer", i), Text: fmt.Sprintf("word%d", i), Stars: 1, Posted: monday})
	}
	d.visit(t, d.feed(t, "google"), found...)
	counts := make(chan int, 2)
	for _, s := range []*reviews.Store{d.Store, other} {
		go func() {
			n, err := s.ApplyRules(ctx)
			if err != nil {
				t.Error(err)
			}
			counts <- n
		}()
	}
	if got := <-counts + <-counts; got != 60 {
		t.Errorf("the two changed %d mentions, want 60 in all", got)
	}
}

func TestRulesAsAFile(t *testing.T) {
	rules := []reviews.Rule{{Name: "Low", Query: `stars:<3 -"no parking"`, Active: true, Actions: []reviews.Action{{Do: reviews.DoTarget, Value: "2"}, {Do: reviews.DoAlert}}},
		{Name: "Off", Query: "topic:billing", Actions: []reviews.Action{{Do: reviews.DoStop}}}}
	var file bytes.Buffer
	must(t, reviews.WriteRules(&file, rules))
	got, err := reviews.ReadRules(&file)
	if err != nil || fmt.Sprint(got) != fmt.Sprint(rules) {
		t.Errorf("got %v, %v; want %v", got, err, rules)
	}
	for text, want := range map[string]string{"": "no rules", "rules: 7": "no file of rules", "rules:\n- name: x\n  unless: y": "no file of rules", strings.Repeat("#", 1<<20+1): "megabyte"} {
		if _, err := reviews.ReadRules(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%.20q: got %v, want %q in it", text, err, want)
		}
	}
}
