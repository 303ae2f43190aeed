package spotlights

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// filters narrow the board and the list: by colleague, role, place, occasion and stage. The first choice of each leaves all in.
type filters struct {
	o       *overview
	content *fyne.Container
	who     *widget.Select
	job     *widget.Select
	place   *widget.Select
	what    *widget.Select
	stage   *widget.Select
	placed  fyne.CanvasObject // the choice of a place, only where there are several
	all     *widget.Button
	people  []int64 // as the choice lists them
	places  []int64
	quiet   bool // the choices change by program
}

// The first choices.
const (
	everybody  = "Everybody"
	everyRole  = "Every role"
	everyPlace = "Every place"
	everyTime  = "Every occasion"
	everyStage = "Every stage"
)

func newFilters(o *overview) *filters {
	f := &filters{o: o}
	choice := func(first string) *widget.Select {
		s := kit.NewSelect([]string{first}, func(string) {
			if !f.quiet {
				o.refresh()
			}
		})
		f.set(s, first)
		return s
	}
	f.who, f.job, f.place, f.what, f.stage = choice(everybody), choice(everyRole), choice(everyPlace), choice(everyTime), choice(everyStage)
	occasions, stages := []string{everyTime}, []string{everyStage}
	for _, occasion := range advocacy.Occasions() {
		occasions = append(occasions, occasion.Name)
	}
	for _, stage := range advocacy.Stages() {
		stages = append(stages, stageTitle(stage))
	}
	f.what.Options, f.stage.Options = occasions, stages
	f.all = kit.NewQuiet("Clear", theme.Icon("x"), o.clear)
	width := func(s *widget.Select) fyne.CanvasObject { return kit.MinWidth(kit.Framed(s), 150) }
	f.placed = width(f.place)
	f.content = kit.Flow(width(f.who), width(f.job), f.placed, width(f.what), width(f.stage), f.all)
	return f
}

// set changes a choice without asking anew.
func (f *filters) set(s *widget.Select, to string) {
	f.quiet = true
	s.SetSelected(to)
	f.quiet = false
}

// show offers what there is; what was chosen stays chosen while it is there.
func (f *filters) show(seen scene) {
	names, jobs, places := []string{everybody}, []string{}, []string{everyPlace}
	f.people, f.places = nil, nil
	shown := map[int64]bool{}
	for _, v := range seen.list {
		shown[v.Shows()] = true
	}
	for _, p := range seen.people {
		if !shown[p.ID] {
			continue // nothing of theirs could be found
		}
		f.people, names = append(f.people, p.ID), append(names, p.Name)
		if p.Job != "" && !slices.ContainsFunc(jobs, func(job string) bool { return strings.EqualFold(job, p.Job) }) {
			jobs = append(jobs, p.Job)
		}
	}
	for _, p := range seen.places {
		f.places, places = append(f.places, p.ID), append(places, p.Name)
	}
	slices.SortFunc(jobs, func(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) })
	f.offer(f.who, names)
	f.offer(f.job, append([]string{everyRole}, jobs...))
	f.offer(f.place, places)
	visible(f.placed, len(places) > 2)
	visible(f.all, f.o.filter().Any())
	f.content.Refresh()
}

func (f *filters) offer(s *widget.Select, options []string) {
	if slices.Equal(s.Options, options) {
		return
	}
	s.Options = options
	if !slices.Contains(options, s.Selected) {
		f.set(s, options[0])
	}
}

func visible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
		return
	}
	o.Hide()
}

func (f *filters) clear() {
	for _, s := range []*widget.Select{f.who, f.job, f.place, f.what, f.stage} {
		f.set(s, s.Options[0])
	}
}

// chosen is what the choices ask for.
func (f *filters) chosen() advocacy.Filter {
	var filter advocacy.Filter
	if i := f.who.SelectedIndex() - 1; i >= 0 && i < len(f.people) {
		filter.PersonID = f.people[i]
	}
	if f.job.SelectedIndex() > 0 {
		filter.Job = f.job.Selected
	}
	if i := f.place.SelectedIndex() - 1; i >= 0 && i < len(f.places) {
		filter.PlaceID = f.places[i]
	}
	if i := f.what.SelectedIndex() - 1; i >= 0 {
		filter.Occasion = advocacy.Occasions()[i].ID
	}
	if i := f.stage.SelectedIndex() - 1; i >= 0 {
		filter.Stages = []advocacy.Stage{advocacy.Stages()[i]}
	}
	return filter
}
