package settings

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// targetsPane is the list of targets for a site and a rating, which go before the four general ones of the hours.
type targetsPane struct {
	practiceForm

	sites []string // ids in the order of the choices, "" for every site
	names []string
	rows  []*targetRow
	list  *fyne.Container
	page  *fyne.Container // the list with what stands above and below it
}

// targetRow is one line: where, how many stars, how many office hours.
type targetRow struct {
	site, from, to *widget.Select
	hours          *kit.Entry
	field          *kit.Field
	source         int64 // of a row that was made for one source; the list keeps it
}

// starWords are the choices for a rating, by its number.
var starWords = []string{"no rating", "1 star", "2 stars", "3 stars", "4 stars", "5 stars"}

func newTargetsPane(s *Screen) *targetsPane {
	p := &targetsPane{practiceForm: practiceForm{screen: s, states: kit.NewStates(), part: "the targets"}, list: kit.Column(theme.Space3)}
	p.sites, p.names = []string{""}, []string{"Every site"}
	for _, site := range respond.Sites() {
		p.sites, p.names = append(p.sites, site.ID), append(p.names, site.Name)
	}
	p.save = kit.NewPrimary("Save", nil, p.check)
	p.fill, p.store = p.show, p.check
	add := kit.NewButton("Add a target", theme.Icon("plus"), func() {
		p.add(practice.TargetRow{From: 1, To: 2, Hours: 4})
		p.laid()
		p.touched()
		p.screen.host.Focus(p.rows[len(p.rows)-1].site)
	})
	p.page = kit.Column(theme.Space4,
		kit.Help("The first line that fits a mention holds. Where none does, the four general targets under Hours hold. What is critical or high never waits longer than those. "+
			"At four fifths of the time the inbox and Today begin to warn."), p.list, kit.Line(0, add, kit.Fill(nil)))
	p.form = saved(p.page, "In office hours.", p.save)
	return p
}

func (p *targetsPane) name() string { return "Targets" }

func (p *targetsPane) show(f practice.Practice) {
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
	row := &targetRow{source: r.Source}
	touched := func(string) { p.touched() }
	at := slices.Index(p.sites, r.Site)
	if at < 0 { // a site that is in no list, such as the host of a feed
		p.sites, p.names = append(p.sites, r.Site), append(p.names, r.Site)
		at = len(p.sites) - 1
	}
	row.site, row.from, row.to = kit.NewSelect(p.names, nil), kit.NewSelect(starWords, nil), kit.NewSelect(starWords, nil)
	row.site.SetSelectedIndex(at)
	row.from.SetSelectedIndex(r.From)
	row.to.SetSelectedIndex(r.To)
	row.hours = kit.NewEntry("hours")
	row.hours.SetText(strconv.Itoa(r.Hours))
	row.site.OnChanged, row.from.OnChanged, row.to.OnChanged, row.hours.OnChanged = touched, touched, touched, touched
	row.field = kit.NewField("Office hours", "", row.hours)
	remove := kit.NewIconButton(theme.Icon("trash-2"), "Remove this target", nil)
	line := kit.Line(theme.Space3, kit.Fill(kit.Grid(140, theme.Space3, kit.NewField("Site", "", row.site), kit.NewField("From", "", row.from),
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
		row := practice.TargetRow{Site: p.sites[max(r.site.SelectedIndex(), 0)], Source: r.source, From: r.from.SelectedIndex(), To: r.to.SelectedIndex(), Hours: hours}
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
