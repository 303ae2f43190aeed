package settings

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// hoursPane is the form of the office hours and of the targets that count in them.
type hoursPane struct {
	practiceForm

	days    [7]*kit.Entry
	fields  [7]*kit.Field
	closed  *kit.Entry
	closing *kit.Field
	targets [4]*kit.Entry
	aims    [4]*kit.Field
}

var targetNames = [4]struct{ title, help string }{
	{"Critical", "Danger, threats, self-harm"}, {"High", "Possible harm, discrimination, leaks"}, {"Negative", "One to three stars, or negative words"}, {"All others", "Praise and questions"},
}

func newHoursPane(s *Screen) *hoursPane {
	p := &hoursPane{practiceForm: practiceForm{screen: s, states: kit.NewStates(), part: "the office hours"}, closed: kit.NewMultiLine("2026-12-25\n2027-01-01", 4)}
	week, aims := kit.Grid(240, theme.Space4), kit.Grid(150, theme.Space4)
	for n := range 7 {
		day := (n + 1) % 7 // a week begins on Monday
		p.days[day] = kit.NewEntry("closed")
		p.days[day].OnChanged = func(string) { p.touched() }
		p.fields[day] = kit.NewField(time.Weekday(day).String(), "", p.days[day])
		week.Add(p.fields[day])
	}
	for i, t := range targetNames {
		p.targets[i] = kit.NewEntry("hours")
		p.targets[i].OnChanged = func(string) { p.touched() }
		p.aims[i] = kit.NewField(t.title, t.help, p.targets[i])
		aims.Add(p.aims[i])
	}
	p.closed.OnChanged = func(string) { p.touched() }
	p.closing = kit.NewField("Closed on", "Holidays, one day a line.", p.closed)
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.fill, p.store = p.show, p.check
	p.form = saved(kit.Column(theme.Space6,
		kit.NewSection("Office hours", kit.Column(theme.Space3, kit.Help("As \"8:00-12:00, 13:00-17:00\"; empty means closed."), week, p.closing)),
		kit.NewSection("Answer within", kit.Column(theme.Space3, kit.Help("In office hours, by how urgent the matter is. These are our suggestions for a small practice; no norm sets them."), aims))), "Response times count in office hours only.", p.save)
	return p
}

func (p *hoursPane) name() string { return "Hours" }

func (p *hoursPane) show(f practice.Practice) {
	for day, spans := range f.Hours.Week {
		p.days[day].SetText(practice.WriteSpans(spans))
	}
	p.closed.SetText(strings.Join(f.Hours.Closed, "\n"))
	for i, hours := range []int{f.Targets.Critical, f.Targets.High, f.Targets.Negative, f.Targets.Other} {
		p.targets[i].SetText(strconv.Itoa(hours))
	}
}

func (p *hoursPane) check() {
	var hours practice.Hours
	good := true
	for day := range p.days {
		spans, err := practice.ParseSpans(p.days[day].Text)
		p.fields[day].SetErr(err)
		good = good && err == nil
		hours.Week[day] = spans
	}
	p.closing.SetError("")
	for _, day := range lines(p.closed.Text) {
		if _, err := time.Parse(practice.Day, day); err != nil {
			p.closing.SetError(fmt.Sprintf("%q is not a day such as 2026-12-25.", day))
			good = false
		}
		hours.Closed = append(hours.Closed, day)
	}
	var aims [4]int
	for i, e := range p.targets {
		n, err := strconv.Atoi(strings.TrimSpace(e.Text))
		p.aims[i].SetError("")
		if err != nil || n < 1 || n > 1000 {
			p.aims[i].SetError("A number of hours from 1 to 1,000.")
			good = false
		}
		aims[i] = n
	}
	if !good {
		p.refuse()
		return
	}
	p.keep(func(f *practice.Practice) {
		f.Hours = hours
		f.Targets = practice.Targets{Critical: aims[0], High: aims[1], Negative: aims[2], Other: aims[3]}
	})
}
