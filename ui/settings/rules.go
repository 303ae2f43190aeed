package settings

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Rules keeps the rules of the practice, tries and runs them; *reviews.Store does.
type Rules interface {
	Rules(ctx context.Context) ([]reviews.Rule, error)
	SaveRule(ctx context.Context, r reviews.Rule, by audit.Actor) (reviews.Rule, error)
	AddRules(ctx context.Context, rules []reviews.Rule, by audit.Actor) ([]reviews.Rule, error)
	RemoveRule(ctx context.Context, id int64, by audit.Actor) error
	MoveRule(ctx context.Context, id int64, place int, by audit.Actor) error
	TryRule(ctx context.Context, r reviews.Rule) ([]int64, error)
	ApplyRule(ctx context.Context, id int64, by audit.Actor, progress func(done, total int)) (int, error)
	Hits(ctx context.Context, rule int64, limit int) ([]reviews.Hit, error)
	Page(ctx context.Context, ids []int64) ([]reviews.Mention, error)
	Sources(ctx context.Context) ([]reviews.Source, error)
}

// rulesPane is the rules in their order, or the form of one of them.
type rulesPane struct {
	screen *Screen
	states *kit.States
	read   reading
	known  choices
	rules  []reviews.Rule
	rows   []*ruleRow
	form   *ruleForm // that is open; nil: the list is in sight
	busy   func()    // stops the run that is under way; nil: none is
}

// choices are what the conditions and actions of a rule are chosen from.
type choices struct {
	practice practice.Practice
	sites    []string
	topics   []classify.Topic
	places   []practice.Place
	staff    []string
}

func newRulesPane(s *Screen) *rulesPane {
	p := &rulesPane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Reading the rules")
	return p
}

func (p *rulesPane) name() string               { return "Rules" }
func (p *rulesPane) content() fyne.CanvasObject { return p.states }

func (p *rulesPane) commands() []kit.Command {
	if f := p.form; f != nil {
		return []kit.Command{{Title: "Save the rule", Key: "Ctrl+S", Run: f.save}, {Title: "Try the rule", Key: "Ctrl+Enter", Run: f.try}, {Title: "Back to the rules", Key: "Escape", Run: p.back}}
	}
	some := func() bool { return len(p.rules) > 0 }
	return []kit.Command{{Title: "Add a rule", Key: "N", Run: p.add}, {Title: "Export the rules", Run: p.export, Enabled: some}, {Title: "Import rules from a file", Run: p.bring}}
}

func (p *rulesPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		known, err := p.screen.choices(ctx)
		var rules []reviews.Rule
		if err == nil {
			rules, err = p.screen.deps.Rules.Rules(ctx)
		}
		return func() {
			if err != nil {
				p.states.ShowError("The rules could not be read", err, p.load)
				return
			}
			p.known, p.rules = known, rules
			if p.form == nil {
				p.show()
			}
		}
	})
}

// choices reads what rules can name.
func (s *Screen) choices(ctx context.Context) (choices, error) {
	c := choices{topics: s.deps.Topics()}
	var err error
	if c.practice, err = s.deps.Practices.Get(ctx); err != nil {
		return c, err
	}
	if c.places, err = s.deps.Practices.Places(ctx); err != nil {
		return c, err
	}
	people, err := s.deps.Practices.People(ctx)
	if err != nil {
		return c, err
	}
	today := s.deps.Now().In(c.practice.Location()).Format(practice.Day)
	for _, person := range people {
		if person.Here(today) {
			c.staff = append(c.staff, person.Name)
		}
	}
	sources, err := s.deps.Rules.Sources(ctx)
	for _, source := range sources {
		if source.Site != "" && !slices.Contains(c.sites, source.Site) {
			c.sites = append(c.sites, source.Site)
		}
	}
	slices.Sort(c.sites)
	return c, err
}

// show shows the list; the row that had the keyboard has it again.
func (p *rulesPane) show() {
	had := int64(0)
	for _, row := range p.rows {
		if row.focus {
			had = row.rule.ID
		}
	}
	p.rows = nil
	add := kit.NewPrimary("Add a rule", theme.Icon("plus"), p.add)
	bring := kit.NewQuiet("Import", theme.Icon("upload"), p.bring)
	if len(p.rules) == 0 {
		p.states.ShowContent(kit.EmptyState("wand-sparkles", "No rules yet",
			"A rule looks at each mention that comes in, and tags it, assigns it, sets how soon it is answered, shows it on Today or closes it.", add, bring))
		return
	}
	list := kit.Column(0)
	for i, rule := range p.rules {
		row := newRuleRow(p, i, rule)
		p.rows = append(p.rows, row)
		if i > 0 {
			list.Add(kit.Hairline())
		}
		list.Add(row)
	}
	export := kit.NewQuiet("Export", theme.Icon("file-down"), p.export)
	head := kit.Spread(kit.Column(theme.Space1, kit.NewLabel(kit.Counted(len(p.rules), "rule", "rules"), kit.Heading), kit.Help("They run from top to bottom on each mention as it comes in.")),
		kit.Line(theme.Space1, bring, export, add))
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, head, kit.NewCard("", list),
		kit.Line(theme.Space2, kit.NewKeyHint("Alt+↑"), kit.NewKeyHint("Alt+↓"), kit.NewLabel("move a rule,", kit.Caption), kit.NewKeyHint("Space"), kit.NewLabel("switches it on or off,", kit.Caption),
			kit.NewKeyHint("Del"), kit.NewLabel("removes it", kit.Caption))), 1080), theme.Space6, theme.Space4)))
	for _, row := range p.rows {
		if row.rule.ID == had {
			p.screen.host.Focus(row)
		}
	}
}

func (p *rulesPane) add() {
	p.edit(reviews.Rule{Active: true, Actions: []reviews.Action{{Do: reviews.DoTag}}})
}

func (p *rulesPane) edit(r reviews.Rule) {
	p.form = newRuleForm(p, r)
	p.states.ShowContent(p.form.content)
	p.screen.host.Focus(p.form.name)
	p.form.readHistory()
}

// back leaves the form for the list; what was typed and not saved comes back by Undo.
func (p *rulesPane) back() {
	if f := p.form; f.changed() {
		p.screen.host.ToastUndo("Not saved.", func() {
			p.form = f
			p.states.ShowContent(f.content)
		})
	}
	p.close()
}

// close shows the list in place of the form.
func (p *rulesPane) close() {
	p.form = nil
	p.show()
	p.load()
}

// do changes the rules in the background and shows the list anew.
func (p *rulesPane) do(doing string, step func(ctx context.Context, by audit.Actor) error, done func()) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := step(ctx, by)
		return func() {
			if err != nil {
				p.screen.host.Fail(doing, err)
			} else if done != nil {
				done()
			}
			p.load()
		}
	})
}

func (p *rulesPane) move(id int64, to int) {
	if to < 0 || to >= len(p.rules) {
		return
	}
	p.do("Moving the rule", func(ctx context.Context, by audit.Actor) error { return p.screen.deps.Rules.MoveRule(ctx, id, to, by) }, nil)
}

func (p *rulesPane) turn(r reviews.Rule) {
	r.Active = !r.Active
	p.do("Switching the rule", func(ctx context.Context, by audit.Actor) error {
		_, err := p.screen.deps.Rules.SaveRule(ctx, r, by)
		return err
	}, nil)
}

// remove takes a rule away; undo makes it again at its place.
func (p *rulesPane) remove(r reviews.Rule) {
	at := slices.IndexFunc(p.rules, func(o reviews.Rule) bool { return o.ID == r.ID })
	p.do("Removing the rule", func(ctx context.Context, by audit.Actor) error { return p.screen.deps.Rules.RemoveRule(ctx, r.ID, by) }, func() {
		p.screen.host.ToastUndo("The rule "+r.Name+" is removed. What it did stays.", func() {
			again := r
			again.ID = 0
			p.do("Bringing the rule back", func(ctx context.Context, by audit.Actor) error {
				saved, err := p.screen.deps.Rules.SaveRule(ctx, again, by)
				if err != nil {
					return err
				}
				return p.screen.deps.Rules.MoveRule(ctx, saved.ID, at, by)
			}, nil)
		})
	})
}

// run runs one rule on what is there, with its progress in the top bar.
func (p *rulesPane) run(r reviews.Rule) {
	host := p.screen.host
	if p.busy != nil {
		host.Toast("A rule is running already.")
		return
	}
	doing := "Running " + r.Name
	var cancel func()
	over := func() {
		p.busy = nil
		host.SetStatus("", -1, nil)
	}
	p.busy = func() {
		cancel()
		over()
		host.Toast("Stopped. What the rule did until now stays.")
		p.load()
	}
	host.SetStatus(doing, -1, p.busy)
	by := p.screen.actor()
	cancel = p.screen.back.Run(func(ctx context.Context) func() {
		n, err := p.screen.deps.Rules.ApplyRule(ctx, r.ID, by, func(done, total int) { p.tell(ctx, doing, done, total) })
		return func() {
			over()
			if err != nil {
				host.Fail(doing, err)
				return
			}
			host.Toast("The rule changed " + kit.Counted(n, "mention", "mentions") + ".")
			if p.form != nil && p.form.rule.ID == r.ID {
				p.form.readHistory()
			}
		}
	})
}

// tell shows how far a run is. It is called on the goroutine that works.
func (p *rulesPane) tell(run context.Context, doing string, done, total int) {
	p.screen.back.Run(func(context.Context) func() {
		return func() {
			if run.Err() == nil && p.busy != nil && total > 0 {
				p.screen.host.SetStatus(fmt.Sprintf("%s, %s of %s", doing, kit.Count(done), kit.Count(total)), float64(done)/float64(total), p.busy)
			}
		}
	})
}

// parse reads a condition as it is kept.
func (p *rulesPane) parse(text string) (reviews.Query, error) {
	return reviews.ParseQuery(text, p.screen.deps.Now(), p.known.practice.Location())
}

// does says what the actions of a rule do.
func does(r reviews.Rule) string {
	parts := make([]string, len(r.Actions))
	for i, a := range r.Actions {
		parts[i] = a.String()
	}
	return strings.Join(parts, ", ")
}
