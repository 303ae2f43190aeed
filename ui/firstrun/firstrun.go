// Package firstrun is what a practice sees before anything else: a short set-up of three steps, or a look around in a sample practice.
package firstrun

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Practices keeps what was entered; *practice.Store does.
type Practices interface {
	Create(ctx context.Context, p practice.Practice, by audit.Actor) error
	Save(ctx context.Context, p practice.Practice, by audit.Actor) error
	SavePlace(ctx context.Context, p practice.Place, by audit.Actor) (int64, error)
	SavePerson(ctx context.Context, p practice.Person, by audit.Actor) (int64, error)
	SetSetting(ctx context.Context, name, value string, by audit.Actor) error
}

// Deps is what the set-up stands on.
type Deps struct {
	Practices Practices
	Sample    func(ctx context.Context) error // fills the database with the sample practice
	Done      func()                          // goes on into the program
	Zone      string                          // the computer's own time zone, if it is known
}

// Run is the set-up.
type Run struct {
	host kit.Host
	back kit.Background
	deps Deps
	pane *fyne.Container
	step int
	busy bool
	// saved is the first part that was stored, so that a second try after a fault does not store it twice.
	placeID, personID int64
	stored            bool // the practice itself is in the database, and it is this one

	name, phone, city    *kit.Entry
	zone                 *widget.SelectEntry
	country              *widget.Select
	hours                *kit.Entry
	days                 [7]*widget.Check // from Sunday, as time.Weekday counts
	hoursField           *kit.Field
	you, job             *kit.Entry
	contact, contactRole *kit.Entry
	words                *kit.Entry
	nameField, zoneField *kit.Field
	youField             *kit.Field
	suggested            string // watch words as we suggested them
	suggestedContact     string
	steps                []fyne.CanvasObject
	titles               []string
	forward              *widget.Button
	firsts               []fyne.Focusable
	problem              *kit.Banner
	choose               []*widget.Button
}

// New builds the set-up.
func New(host kit.Host, back kit.Background, deps Deps) *Run {
	r := &Run{host: host, back: back, deps: deps, pane: container.NewStack(), name: kit.NewEntry("Elm Street Dental"), phone: kit.NewEntry("+1 555 0140"), city: kit.NewEntry("Springfield"),
		zone: widget.NewSelectEntry(practice.CommonZones()), you: kit.NewEntry("Dana Whitlock"), job: kit.NewEntry("office manager"),
		contact: kit.NewEntry("Dana Whitlock"), contactRole: kit.NewEntry("office manager"), words: kit.NewMultiLine("One a line", 5), problem: kit.NewBanner(kit.ToneBad, "")}
	r.zone.SetText(deps.Zone)
	r.zone.PlaceHolder = "The computer's own"
	r.nameField = kit.NewField("Name of the practice", "", r.name)
	r.zoneField = kit.NewField("Time zone", "", r.zone)
	r.youField = kit.NewField("Your name", "You can enter your colleagues later, under Settings.", r.you)
	r.country = kit.NewSelect(countryNames(), nil)
	r.country.SetSelected(countryNames()[countryOf(deps.Zone)])
	r.hours = kit.NewEntry("8:00-12:00, 13:00-17:00")
	usual, week := practice.DefaultHours(), kit.Flow()
	r.hours.SetText(practice.WriteSpans(usual.Week[time.Monday]))
	for n := range r.days {
		day := (n + 1) % 7 // a week begins on Monday
		r.days[day] = widget.NewCheck(time.Weekday(day).String()[:3], nil)
		r.days[day].SetChecked(len(usual.Week[day]) > 0)
		week.Add(r.days[day])
	}
	r.hoursField = kit.NewField("Office hours", "Response times count in them. Days that differ are set later, under Settings.", kit.Column(theme.Space1, r.hours, week))
	two := func(a, b fyne.CanvasObject) fyne.CanvasObject { return kit.Grid(220, theme.Space4, a, b) }
	r.titles = []string{"Your practice", "You", "What is about you"}
	r.steps = []fyne.CanvasObject{
		kit.NewForm(r.nameField, two(kit.NewField("Telephone", "The number that replies point to.", r.phone), kit.NewField("City", "", r.city)),
			two(kit.NewField("Country", "", kit.Framed(r.country)), r.zoneField), r.hoursField),
		kit.NewForm(two(r.youField, kit.NewField("Your job", "", r.job)), two(kit.NewField("Who takes calls about reviews", "Named in replies.", r.contact), kit.NewField("Their role", "", r.contactRole))),
		kit.NewForm(kit.NewField("Watch words", "An entry of a feed is about the practice if it has one of these words. Add the names of your doctors and what people call you.", r.words)),
	}
	r.firsts = []fyne.Focusable{r.name, r.you, r.words}
	for _, e := range []*kit.Entry{r.name, r.phone, r.city, r.hours, r.you, r.job, r.contact, r.contactRole} {
		e.OnSubmitted = func(string) { r.next() }
	}
	r.welcome()
	return r
}

// Content is what the window shows.
func (r *Run) Content() fyne.CanvasObject { return kit.Ground(theme.Canvas, r.pane) }

// Shown gives the keyboard to the first choice; it is called when the content is in the window.
func (r *Run) Shown() { r.host.Focus(r.choose[0]) }

// Begin goes past the welcome, for somebody who has chosen already; it is called in place of Shown.
func (r *Run) Begin() { r.next() }

// Step is the step in sight: 0 is the welcome.
func (r *Run) Step() int { return r.step }

func (r *Run) show(o fyne.CanvasObject) {
	r.pane.Objects = []fyne.CanvasObject{kit.Scrolling(kit.InsetXY(kit.Centered(o, 640), theme.Space6, 2*theme.Space8))}
	r.pane.Refresh()
}

func (r *Run) welcome() {
	r.step = 0
	mark := container.NewGridWrap(fyne.NewSquareSize(56), widget.NewIcon(theme.AppIcon()))
	lead := kit.NewParagraph("One private inbox for everything people say about your practice, replies that are safe to publish, and a policy you can prove. Everything stays on this computer.")
	lead.SetStyle(kit.Reading)
	setUp := kit.NewPrimary("Set up my practice", theme.Icon("arrow-right"), r.next)
	look := kit.NewButton("Look around with a sample practice", theme.Icon("eye"), r.sample)
	r.choose = []*widget.Button{setUp, look}
	r.show(kit.Column(theme.Space6, kit.Line(0, mark), kit.Column(theme.Space3, kit.NewLabel("Welcome to Goodword", kit.Title), lead),
		kit.NewCard("Set up my practice", kit.Column(theme.Space3, kit.NewParagraph("Three short steps, about two minutes. Everything can be changed later."), kit.Line(0, setUp))),
		kit.NewCard("Look around first", kit.Column(theme.Space3, kit.NewParagraph("An invented practice with three locations, fourteen people and four hundred mentions. Nothing in it is real, and nothing leaves the computer."), kit.Line(0, look))),
		r.problem))
	r.problem.Hide()
}

// draw shows a step of the set-up.
func (r *Run) draw() {
	words := "Next"
	if r.step == len(r.steps) {
		words = "Begin"
	}
	r.forward = kit.NewPrimary(words, theme.Icon("arrow-right"), r.next)
	back := kit.NewQuiet("Back", theme.Icon("arrow-left"), r.previous)
	r.problem.Hide()
	r.show(kit.Column(theme.Space6,
		kit.Column(theme.Space2, kit.NewLabel(fmt.Sprintf("Step %d of %d", r.step, len(r.steps)), kit.Secondary), kit.NewMeter(float64(r.step)/float64(len(r.steps)), kit.ToneAccent)),
		kit.NewCard("", kit.Column(theme.Space4, kit.NewLabel(r.titles[r.step-1], kit.Title), r.steps[r.step-1])),
		r.problem, kit.Spread(kit.Line(0, back), r.forward)))
	r.host.Focus(r.firsts[r.step-1])
}

func (r *Run) previous() {
	if r.step--; r.step <= 0 {
		r.welcome()
		r.Shown()
		return
	}
	r.draw()
}

// next goes on if the step in sight is filled in well enough, and finishes after the last.
func (r *Run) next() {
	if r.busy || !r.good() {
		return
	}
	r.suggest()
	if r.step == len(r.steps) {
		r.finish()
		return
	}
	r.step++
	r.draw()
}

func (r *Run) good() bool {
	switch r.step {
	case 1:
		r.nameField.SetError("")
		if strings.TrimSpace(r.name.Text) == "" {
			r.nameField.SetError("The practice needs a name.")
		}
		r.zoneField.SetErr(practice.CheckZone(strings.TrimSpace(r.zone.Text)))
		_, err := r.week()
		r.hoursField.SetErr(err)
		return r.nameField.Error() == "" && r.zoneField.Error() == "" && err == nil
	case 2:
		r.youField.SetError("")
		if strings.TrimSpace(r.you.Text) == "" {
			r.youField.SetError("Somebody has to work here first.")
		}
		return r.youField.Error() == ""
	}
	return true
}

// suggest fills in what follows from what was entered, where nothing else was typed.
func (r *Run) suggest() {
	switch r.step {
	case 1:
		if r.words.Text == r.suggested {
			r.suggested = strings.TrimSpace(r.name.Text)
			r.words.SetText(r.suggested)
		}
	case 2:
		if r.contact.Text == r.suggestedContact {
			r.suggestedContact = strings.TrimSpace(r.you.Text)
			r.contact.SetText(r.suggestedContact)
		}
	}
}

func (r *Run) watchWords() []string {
	var words []string
	for line := range strings.SplitSeq(r.words.Text, "\n") {
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(words, line) {
			words = append(words, line)
		}
	}
	return words
}

// week is what was entered as office hours.
func (r *Run) week() (practice.Hours, error) {
	var hours practice.Hours
	spans, err := practice.ParseSpans(r.hours.Text)
	if err != nil {
		return hours, err
	}
	open := false
	for day, tick := range r.days {
		if tick.Checked {
			hours.Week[day] = spans
			open = open || len(spans) > 0
		}
	}
	if !open {
		return hours, errors.New("Say when the practice is open, such as 8:00-17:00, and tick the days")
	}
	return hours, nil
}

// finish stores the practice, its first place and its first person, and goes on into the program.
func (r *Run) finish() {
	hours, err := r.week()
	if err != nil {
		r.problem.Set(kit.ToneBad, kit.Sentence(err))
		r.problem.Show()
		return
	}
	p := practice.Practice{Hours: hours, Country: countries[max(0, r.country.SelectedIndex())].code, Name: strings.TrimSpace(r.name.Text), Phone: strings.TrimSpace(r.phone.Text), City: strings.TrimSpace(r.city.Text), TimeZone: strings.TrimSpace(r.zone.Text),
		ContactName: strings.TrimSpace(r.contact.Text), ContactRole: strings.TrimSpace(r.contactRole.Text), WatchWords: r.watchWords()}
	place := practice.Place{ID: r.placeID, Name: p.Name, City: p.City, Phone: p.Phone}
	if p.City != "" {
		place.Name = p.City
	}
	person := practice.Person{ID: r.personID, Name: strings.TrimSpace(r.you.Text), Job: strings.TrimSpace(r.job.Text), Role: practice.Owner}
	r.work("Setting up the practice", func(ctx context.Context) error {
		by := audit.Actor{Name: person.Name}
		put := r.deps.Practices.Create
		if r.stored {
			put = r.deps.Practices.Save
		}
		if err := put(ctx, p, by); err != nil {
			return err
		}
		r.stored = true
		var err error
		if place.ID, err = r.deps.Practices.SavePlace(ctx, place, by); err != nil {
			return err
		}
		r.placeID, person.PlaceID = place.ID, place.ID
		if person.ID, err = r.deps.Practices.SavePerson(ctx, person, by); err != nil {
			return err
		}
		r.personID = person.ID
		return r.deps.Practices.SetSetting(ctx, practice.SettingPerson, strconv.FormatInt(person.ID, 10), person.Actor())
	})
}

func (r *Run) sample() { r.work("Filling the sample practice", r.deps.Sample) }

// work runs one thing at a time and goes on when it is done; what went wrong is said in the pane, and nothing typed is lost.
func (r *Run) work(doing string, step func(ctx context.Context) error) {
	if r.busy {
		return
	}
	r.busy = true
	for _, b := range r.choose {
		b.Disable()
	}
	r.problem.Set(kit.ToneNeutral, doing+". This takes a moment.")
	r.problem.Show()
	r.pane.Refresh()
	r.back.Run(func(ctx context.Context) func() {
		err := step(ctx)
		return func() {
			r.busy = false
			for _, b := range r.choose {
				b.Enable()
			}
			if errors.Is(err, practice.ErrThere) {
				r.host.Toast("A practice was set up in this database meanwhile. It is open now, and nothing that you entered here replaced it.")
				r.deps.Done()
				return
			}
			if err != nil {
				r.problem.Set(kit.ToneBad, doing+" did not work. "+kit.Sentence(err))
				r.pane.Refresh()
				return
			}
			r.problem.Hide()
			r.deps.Done()
		}
	})
}
