package settings

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// targetsPane is the list of targets for a site and a rating, which go before the four general ones of the hours.
type targetsPane struct {
	practiceForm

	wheres  []where // in the order of the choices
	names   []string
	sources []reviews.Source
	rows    []*targetRow
	list    *fyne.Container
	page    *fyne.Container // the list with what stands above and below it
}

// where is what a target holds for: a site, one source, or, empty, everything.
type where struct {
	site   string
	source int64
}

// targetRow is one line: where, how many stars, how many office hours.
type targetRow struct {
	where, from, to *widget.Select
	hours           *kit.Entry
	field           *kit.Field
}

// starWords are the choices for a rating, by its number.
var starWords = []string{"no rating", "1 star", "2 stars", "3 stars", "4 stars", "5 stars"}

func newTargetsPane(s *Screen) *targetsPane {
	p := &targetsPane{practiceForm: practiceForm{screen: s, states: kit.NewStates(), part: "the targets"}, list: kit.Column(theme.Space3)}
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.fill, p.store = p.show, p.check
	add := kit.NewButton("Add a target", theme.Icon("plus"), func() {
		p.add(practice.TargetRow{From: 1, To: 2, Hours: 4})
		p.laid()
		p.touched()
		p.screen.host.Focus(p.rows[len(p.rows)-1].where)
	})
	p.page = kit.Column(theme.Space4,
		kit.Help("The first line that fits a mention holds. Where none does, the four general targets under Hours hold. What is critical or high never waits longer than those. "+
			"At four fifths of the time the inbox and Today begin to warn."), p.list, kit.Line(0, add, kit.Fill(nil)))
	p.form = saved(p.page, "In office hours.", p.save)
	return p
}

func (p *targetsPane) name() string { return "Targets" }

// load reads the sources with the practice: a target may be for one of them.
func (p *targetsPane) load() {
	if p.dirty {
		return
	}
	p.screen.back.Run(func(ctx context.Context) func() {
		list, err := p.screen.deps.Sources(ctx)
		return func() {
			if err != nil {
				p.states.ShowError("The sources could not be read", err, p.load)
				return
			}
			p.sources = list
			p.practiceForm.load()
		}
	})
}

// choices are where a target may hold: everywhere, at a site, or for what one source brings.
func (p *targetsPane) choices() {
	p.wheres, p.names = []where{{}}, []string{"Every site"}
	for _, site := range respond.Sites() {
		p.wheres, p.names = append(p.wheres, where{site: site.ID}), append(p.names, site.Name)
	}
	for _, s := range p.sources {
		p.wheres, p.names = append(p.wheres, where{source: s.ID}), append(p.names, s.Name+" (source)")
	}
}

func (p *targetsPane) show(f practice.Practice) {
	p.choices()
	p.rows, p.list.Objects = nil, nil
	for _, r := range f.TargetRows {
		p.add(r)
	}
	p.laid()
}

// laid gives the lines their room after one came or went.
func (p *targetsPane) laid() {
	p.list.Refresh()
	p.page.Refresh()
	p.form.Refresh()
}

// add puts a line at the end.
func (p *targetsPane) add(r practice.TargetRow) {
	row := &targetRow{}
	touched := func(string) { p.touched() }
	at := slices.Index(p.wheres, where{r.Site, r.Source})
	if at < 0 { // what is in no list, such as the host of a feed, or a source that is gone
		p.wheres, p.names = append(p.wheres, where{r.Site, r.Source}), append(p.names, cmp.Or(r.Site, "A source that is gone"))
		at = len(p.wheres) - 1
	}
	row.where, row.from, row.to = kit.NewSelect(p.names, nil), kit.NewSelect(starWords, nil), kit.NewSelect(starWords, nil)
	row.where.SetSelectedIndex(at)
	row.from.SetSelectedIndex(r.From)
	row.to.SetSelectedIndex(r.To)
	row.hours = kit.NewEntry("hours")
	row.hours.SetText(strconv.Itoa(r.Hours))
	row.where.OnChanged, row.from.OnChanged, row.to.OnChanged, row.hours.OnChanged = touched, touched, touched, touched
	row.field = kit.NewField("Office hours", "", row.hours)
	remove := kit.NewIconButton(theme.Icon("trash-2"), "Remove this target", nil)
	line := kit.Line(theme.Space3, kit.Fill(kit.Grid(140, theme.Space3, kit.NewField("Site or source", "", row.where), kit.NewField("From", "", row.from),
		kit.NewField("To", "", row.to), row.field)), remove)
	remove.OnTapped = func() {
		p.rows = slices.DeleteFunc(p.rows, func(r *targetRow) bool { return r == row })
		p.list.Remove(line)
		p.laid()
		p.touched()
	}
	p.rows = append(p.rows, row)
	p.list.Add(line)
}

func (p *targetsPane) check() {
	var rows []practice.TargetRow
	good := true
	for _, r := range p.rows {
		hours, err := strconv.Atoi(strings.TrimSpace(r.hours.Text))
		if err != nil {
			hours = 0
		}
		at := p.wheres[max(r.where.SelectedIndex(), 0)]
		row := practice.TargetRow{Site: at.site, Source: at.source, From: r.from.SelectedIndex(), To: r.to.SelectedIndex(), Hours: hours}
		err = row.Check()
		r.field.SetErr(err)
		good = good && err == nil
		rows = append(rows, row)
	}
	if !good {
		p.refuse()
		return
	}
	p.keep(func(f *practice.Practice) { f.TargetRows = rows })
}
