package settings_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

// source adds a place that mentions come from.
func (d *desk) source(name, site string, retention reviews.Retention) reviews.Source {
	d.t.Helper()
	s, err := d.reviews.AddSource(ctx, reviews.Source{Name: name, Address: "https://" + site + ".example/" + name, Site: site, All: true, Retention: retention, Keeps: 48}, audit.Program)
	must(d.t, err)
	return s
}

var sayings = []string{"There is no parking anywhere near the office", "Parking was easy and everybody was kind", "The bill was wrong and nobody at the front desk calls back",
	"A gentle cleaning, and the hygienist explained each step", "Waited an hour past my appointment with no word from anybody", "My children love to come here",
	"They billed my insurance twice and then said it was my fault", "The new crown fits well", "The parking lot was full again", "Good with nervous patients",
	"No answer on the telephone for three days", "The dentist took time for my questions", "Friendly from the first call to the last"}

// say lets mentions come in, one a day; what is said goes round.
func (d *desk) say(s reviews.Source, n int) {
	d.t.Helper()
	var found []reviews.Found
	for i := range n {
		f := reviews.Found{Key: fmt.Sprint(i), Author: []string{"Ann P.", "Luis R.", "Grace H.", "Tom"}[i%4], Text: fmt.Sprintf("%s (%d)", sayings[i%len(sayings)], i), Stars: 1 + i%5, Posted: d.at.Add(-time.Duration(i) * 24 * time.Hour)}
		f.Understood = reviews.Understood{Language: "en", Sentiment: []string{"negative", "positive"}[i%2], Topics: []string{}}
		found = append(found, f)
	}
	_, err := d.reviews.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: d.at, Status: 200}, found)
	must(d.t, err)
}

func (d *desk) rule(name, query string, actions ...reviews.Action) reviews.Rule {
	d.t.Helper()
	r, err := d.reviews.SaveRule(ctx, reviews.Rule{Name: name, Query: query, Actions: actions, Active: true}, audit.Program)
	must(d.t, err)
	return r
}

func (d *desk) names() string {
	d.t.Helper()
	rules, err := d.reviews.Rules(ctx)
	must(d.t, err)
	var names []string
	for _, r := range rules {
		names = append(names, r.Name)
	}
	return strings.Join(names, " ")
}

func (d *desk) command(title string) {
	d.t.Helper()
	for _, c := range d.Commands() {
		if c.Title == title && c.CanRun() {
			c.Run()
			return
		}
	}
	d.t.Fatalf("no command %q can run now", title)
}

// choose picks in the choice that stands in the field of a label.
func (d *desk) choose(label, title string) {
	d.t.Helper()
	field := find(d, d.window.Content(), func(f *kit.Field) bool {
		return slices.ContainsFunc(kittest.Objects(f), func(o fyne.CanvasObject) bool {
			named, ok := o.(*kit.Label)
			return ok && named.Text() == label
		})
	})
	choice := find(d, field, func(*widget.Select) bool { return true })
	if !slices.Contains(choice.Options, title) {
		d.t.Fatalf("%s offers %q, not %q", label, choice.Options, title)
	}
	choice.SetSelected(title)
}

func TestARuleIsBuiltTriedSavedAndRun(t *testing.T) {
	d := open(t)
	d.say(d.source("Google reviews", "google", reviews.Own), 12)
	d.Receive("rules")
	d.press("Add a rule")
	content := d.window.Content()
	query := entry(d, content, "stars:<3")
	d.choose("Where it was said", "Google")
	d.choose("Stars", "1 or 2 stars")
	entry(d, content, "parking").SetText(`parking "no parking"`)
	if want := `parking "no parking" source:google stars:<3`; query.Text != want {
		t.Errorf("the builder wrote %q, want %q", query.Text, want)
	}
	query.SetText(query.Text + " -insurance")
	d.choose("Feeling", "Negative")
	d.choose("Stars", "Any")
	entry(d, content, "parking").SetText("parking")
	if want := `parking source:google sentiment:negative -insurance`; query.Text != want {
		t.Errorf("the builder wrote %q, want %q", query.Text, want)
	}
	query.SetText("stars:9")
	d.sees("stars:9")
	query.SetText("parking")
	d.press("Save")
	d.sees("A rule needs a name")
	entry(d, content, "Low stars").SetText("Parking")
	d.press("Save")
	d.sees("Say which tag the rule gives")
	entry(d, content, "billing-office").SetText("Parking Lot")
	d.press("Try")
	d.sees("3 mentions fit now", "There is no parking anywhere near the office (0)")
	if got := len(mentions(d, "tag:parking-lot")); got != 0 {
		t.Errorf("the trial tagged %d mentions", got)
	}
	d.press("Save")
	d.sees("1 rule", "1, Parking, on: if parking, then tag parking-lot")

	row := d.row(0)
	test.Tap(row.(fyne.Tappable))
	d.sees("It has not done anything yet.")
	d.press("Run on what is there")
	if got := len(mentions(d, "tag:parking-lot")); got != 3 {
		t.Errorf("the run tagged %d mentions, want 3", got)
	}
	if !slices.Contains(d.host.Toasts, "The rule changed 3 mentions.") || d.host.Status != "" {
		t.Errorf("got %q, status %q", d.host.Toasts, d.host.Status)
	}
	name := entry(d, content, "Low stars")
	name.SetText("Parking spaces")
	d.press("Run on what is there")
	if got := d.host.Toasts[len(d.host.Toasts)-1]; got != "Save the rule first." {
		t.Errorf("a rule that is not saved was run: %q", got)
	}
	d.command("Back to the rules")
	d.host.Undo()
	if got := entry(d, content, "Low stars").Text; got != "Parking spaces" {
		t.Errorf("undo brought back %q", got)
	}
	name.SetText("Parking")
	d.table().OnOpened(0)
	if got := d.host.Went; len(got) != 1 || got[0].Screen != "inbox" {
		t.Errorf("the history opens %v", got)
	}
	d.command("Back to the rules")
	d.sees("1 rule")
}

// row is a rule in sight.
func (d *desk) row(at int) fyne.Focusable {
	d.t.Helper()
	var rows []fyne.Focusable
	for _, o := range kittest.Objects(d.window.Content()) {
		named, ok := o.(interface{ AccessibilityLabel() string })
		if f, focusable := o.(fyne.Focusable); ok && focusable && strings.Contains(named.AccessibilityLabel(), ": if ") {
			rows = append(rows, f)
		}
	}
	if at >= len(rows) {
		d.t.Fatalf("there are %d rules in sight, want more than %d", len(rows), at)
	}
	return rows[at]
}

func mentions(d *desk, text string) []int64 {
	d.t.Helper()
	q, err := reviews.ParseQuery(text, d.at, time.UTC)
	must(d.t, err)
	ids, err := d.reviews.IDs(ctx, q)
	must(d.t, err)
	return ids
}

func TestRulesByTheKeyboard(t *testing.T) {
	d := open(t)
	for _, name := range []string{"a", "b", "c"} {
		d.rule(name, "stars:1", reviews.Action{Do: reviews.DoAlert})
	}
	d.Receive("rules")
	alt := func(at int, key fyne.KeyName) {
		d.row(at).(fyne.Shortcutable).TypedShortcut(&desktop.CustomShortcut{KeyName: key, Modifier: fyne.KeyModifierAlt})
	}
	alt(0, fyne.KeyDown)
	alt(2, fyne.KeyUp)
	alt(0, fyne.KeyUp) // the first goes no higher
	if got := d.names(); got != "b c a" {
		t.Errorf("got the order %s, want b c a", got)
	}
	d.row(1).TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	rules, err := d.reviews.Rules(ctx)
	must(t, err)
	if rules[1].Active || !rules[0].Active {
		t.Errorf("got %+v; want the second one off", rules)
	}
	d.row(1).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if got := d.names(); got != "b a" {
		t.Errorf("got %s, want b a", got)
	}
	d.host.Undo()
	if got := d.names(); got != "b c a" {
		t.Errorf("after undo: %s, want b c a", got)
	}
}

func TestRulesGoIntoAFileAndComeBack(t *testing.T) {
	d := open(t)
	d.rule("Low", "stars:<3", reviews.Action{Do: reviews.DoAlert}, reviews.Action{Do: reviews.DoAssign, Value: "Dana Whitlock"})
	d.Receive("rules")
	file := filepath.Join(t.TempDir(), "rules.yaml")
	d.ExportRules(file)
	d.ImportRules(file)
	if got := d.names(); got != "Low" {
		t.Errorf("got %s, want the rule once: it is there already", got)
	}
	d.row(0).TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	d.rule("High", "stars:5", reviews.Action{Do: reviews.DoAlert})
	d.Receive("rules")
	d.ImportRules(file)
	if got := d.names(); got != "High Low" {
		t.Errorf("got %s, want the rule at the end", got)
	}
	d.host.Undo()
	if got := d.names(); got != "High" {
		t.Errorf("after undo: %s, want High", got)
	}
	text := "rules:\n- name: One\n  if: stars:1\n  then: [{do: alert}]\n  active: true\n- name: Two\n  if: stars:1\n  then: [{do: assign, value: Nemo}]\n"
	must(t, os.WriteFile(file, []byte(text), 0o600))
	d.ImportRules(file)
	if len(d.host.Failures) != 1 || !strings.Contains(d.host.Failures[0], "Nobody on the staff list is called Nemo") {
		t.Errorf("got %q", d.host.Failures)
	}
	if got := d.names(); got != "High" {
		t.Errorf("half a file was imported: %s", got)
	}
}

// keeps fills a practice with what goes, what is held and what went.
func (d *desk) keeps() {
	d.t.Helper()
	yelp := d.source("Yelp excerpts", "yelp", reviews.Restricted)
	d.source("Google reviews", "google", reviews.Own)
	d.at = d.at.Add(-72 * time.Hour)
	d.say(yelp, 2)
	d.at = d.at.Add(72 * time.Hour)
	_, err := d.reviews.Purge(ctx)
	must(d.t, err)
	var found []reviews.Found
	for i, said := range sayings[:4] {
		found = append(found, reviews.Found{Key: fmt.Sprint("later", i), Author: "Rosa", Text: said, Stars: 2, Posted: d.at})
	}
	_, err = d.reviews.RecordVisit(ctx, reviews.Visit{SourceID: yelp.ID, At: d.at, Status: 200}, found)
	must(d.t, err)
	must(d.t, d.reviews.Hold(ctx, mentions(d, `"no parking anywhere"`)[0], true, audit.Program))
}

func TestKeepingSaysWhatGoesWhatStaysAndWhatWent(t *testing.T) {
	d := open(t)
	d.keeps()
	d.Receive("keeping")
	d.sees("Kept for a time", "Yelp excerpts.", "Google reviews.", "None of your sources.", "1 mention stays whole")
	var tables []*kit.Table
	for _, o := range kittest.Objects(d.window.Content()) {
		if table, ok := o.(*kit.Table); ok {
			tables = append(tables, table)
		}
	}
	if len(tables) != 3 || tables[0].AccessibilityLabel() != "3 rows" || tables[1].AccessibilityLabel() != "1 rows" || tables[2].AccessibilityLabel() != "1 rows" {
		t.Fatalf("got %d tables", len(tables))
	}
	tables[1].OnOpened(0)
	if got := d.host.Went; len(got) != 1 || got[0].Arg != mentions(d, "is:held")[0] {
		t.Errorf("got %v", got)
	}
}

// TestRulePictures draws the panes into GOODWORD_PICTURES, for a person to look at.
func TestRulePictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	d := open(t)
	_, err := d.store.SavePlace(ctx, practice.Place{Name: "Oak Lane"}, audit.Program)
	must(t, err)
	d.Receive("rules")
	pictures := func(name string) {
		for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
			fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
			for _, size := range []fyne.Size{{Width: 1072, Height: 752}, {Width: 792, Height: 652}} { // what the shell leaves of 1280 by 800 and 1000 by 700
				d.window.Resize(size)
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("settings-%s-%s-%.0f.png", name, mode, size.Width)))
				must(t, err)
				must(t, png.Encode(file, d.window.Canvas().Capture()))
				must(t, file.Close())
			}
		}
	}
	pictures("rules-none")
	d.keeps()
	d.say(d.source("Google profile", "google", reviews.Own), 30)
	d.rule("Low stars on Google", "source:google stars:<3", reviews.Action{Do: reviews.DoTarget, Value: "4"}, reviews.Action{Do: reviews.DoAlert}, reviews.Action{Do: reviews.DoAssign, Value: "Dana Whitlock"})
	parking := d.rule("Parking", `parking topic:parking_access -"easy"`, reviews.Action{Do: reviews.DoTag, Value: "parking"}, reviews.Action{Do: reviews.DoAlert})
	off := d.rule("Five stars without words", "stars:5 sentiment:positive before:30d", reviews.Action{Do: reviews.DoClose, Value: "Five stars without words need no public reply"}, reviews.Action{Do: reviews.DoStop})
	off.Active = false
	_, err = d.reviews.SaveRule(ctx, off, audit.Program)
	must(t, err)
	parking.Query = "parking -easy"
	_, err = d.reviews.SaveRule(ctx, parking, audit.Program)
	must(t, err)
	_, err = d.reviews.ApplyRule(ctx, parking.ID, audit.Program, nil)
	must(t, err)
	d.Changed(reviews.ChangedRules)
	d.window.Canvas().Focus(d.row(1))
	pictures("rules")
	test.Tap(d.row(1).(fyne.Tappable))
	pictures("rule")
	d.press("Try")
	pictures("rule-tried")
	d.window.Resize(fyne.Size{Width: 792, Height: 652})
	d.press("Try")
	file, err := os.Create(filepath.Join(folder, "settings-rule-trial-revealed.png"))
	must(t, err)
	must(t, png.Encode(file, d.window.Canvas().Capture()))
	must(t, file.Close())
	d.command("Back to the rules")
	test.Tap(d.row(0).(fyne.Tappable))
	pictures("rule-actions")
	d.command("Back to the rules")
	d.Receive("keeping")
	pictures("keeping")
}
