// Package spotlights is the screen of staff spotlights: the board by stage, the list, and the card on which one spotlight goes from
// nomination to published post.
package spotlights

import (
	"context"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Store is what the screen asks of the advocacy domain.
type Store interface {
	ConsentStore
	PublishStore
	PictureStore
	CampaignStore
	EducationStore
	List(ctx context.Context, f advocacy.Filter) ([]advocacy.Spotlight, error)
	Step(ctx context.Context, id int64, by audit.Actor) (advocacy.Step, error)
	Consents(ctx context.Context, personID int64) ([]advocacy.Consent, error)
	Nominate(ctx context.Context, v advocacy.Spotlight, by audit.Actor) (advocacy.Spotlight, error)
	Move(ctx context.Context, id int64, to advocacy.Stage, by audit.Actor) error
	SendBack(ctx context.Context, id int64, note string, by audit.Actor) error
	SaveCard(ctx context.Context, id int64, title, reason, due string, by audit.Actor) error
	SaveStory(ctx context.Context, id int64, answers []advocacy.Answer, by audit.Actor) error
	SaveVariant(ctx context.Context, id int64, v advocacy.Variant, by audit.Actor) (advocacy.Variant, guard.Result, error)
	RemoveVariant(ctx context.Context, id int64, network string, by audit.Actor) error
	Schedule(ctx context.Context, id int64, at time.Time, by audit.Actor) error
	CopyVariant(ctx context.Context, id int64, network string, by audit.Actor) (string, error)
	MarkPosted(ctx context.Context, id int64, network, url string, by audit.Actor) error
	History(ctx context.Context, id int64) ([]audit.Line, error)
	TakeDowns(ctx context.Context) ([]advocacy.TakeDown, error)
	TakeDownsOf(ctx context.Context, spotlightID int64) ([]advocacy.TakeDown, error)
	TickTakeDown(ctx context.Context, id int64, done bool, by audit.Actor) error
}

// Practices is what the screen asks about the practice and its people.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	People(ctx context.Context) ([]practice.Person, error)
	Places(ctx context.Context) ([]practice.Place, error)
}

// Deps is what the screen works with.
type Deps struct {
	Store     Store
	Practices Practices
	Publisher Publisher // nil: nothing is posted from here
	Now       func() time.Time
}

// Screen is the place of spotlights in the window.
type Screen struct {
	host kit.Host
	bg   kit.Background
	deps Deps

	content   *fyne.Container
	overall   *overview
	card      *card      // nil while the overview is shown
	after     *after     // nil while it is not in sight
	campaigns *campaigns // nil while they are not in sight
	cancel    func()
	seen      scene
	asked     func() // to nominate, once the staff list was read
}

// scene is what the overview shows, read at one moment.
type scene struct {
	list     []advocacy.Spotlight
	people   []practice.Person
	places   []practice.Place
	consents []advocacy.Consent
	practice practice.Practice
	downs    []advocacy.TakeDown
	endings  []advocacy.Ending
	now      time.Time
}

func (s scene) person(id int64) practice.Person {
	for _, p := range s.people {
		if p.ID == id {
			return p
		}
	}
	return practice.Person{ID: id, Name: "Somebody"}
}

// place is the name of a place, "" where none is entered.
func (s scene) place(id int64) string {
	for _, p := range s.places {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// New makes the screen; it reads nothing before it is shown.
func New(host kit.Host, bg kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, bg: bg, deps: deps, content: container.NewStack(), cancel: func() {}}
	s.overall = newOverview(s)
	s.content.Objects = []fyne.CanvasObject{s.overall.content}
	return s
}

// ID is the name by which other screens open this one.
func (s *Screen) ID() string { return "spotlights" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Spotlights" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("sparkles") }

// Content is the screen itself.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown reads everything anew.
func (s *Screen) Shown() { s.reload() }

// Changed reads anew when spotlights or people changed.
func (s *Screen) Changed(what string) {
	if !s.seen.now.IsZero() && (what == kit.ChangedSpotlights || what == kit.ChangedPractice) {
		s.reload()
	}
}

// Receive opens a spotlight by its number, the dialog to nominate somebody with "nominate", with a mention's praise or with the turn of a series,
// what ends soon with "endings", all of them as a "list", or who was never shown with "fairness".
func (s *Screen) Receive(arg any) {
	switch arg := arg.(type) {
	case int64:
		s.open(arg)
	case reviews.Praise:
		s.nominateFrom(nomination{people: arg.People, mention: arg.MentionID, words: arg.Words})
	case advocacy.SeriesTurn:
		s.nominateFrom(nomination{turn: arg})
	case string:
		switch arg {
		case "nominate":
			s.nominate()
		case "endings":
			s.endings()
		case "list":
			s.overall.show(asList)
		case "fairness":
			s.overall.show(asFairness)
		case "campaigns":
			s.showCampaigns()
		case "results":
			s.showAfter(resultsTab)
		case "sharing":
			s.showAfter(sharingTab)
		case "partners":
			s.showAfter(partnersTab)
		}
	}
}

// Drop takes a picture that was dropped on the window, for the card that is open.
func (s *Screen) Drop(file fyne.URI) {
	if s.card != nil {
		s.card.picture.take(file)
	}
}

// Commands are what the palette and the keyboard offer here.
func (s *Screen) Commands() []kit.Command {
	overview := func() bool { return s.card == nil && s.after == nil && s.campaigns == nil }
	results := func() bool { return s.after != nil }
	return append([]kit.Command{
		{Title: "Show campaigns", Key: "G", Run: s.showCampaigns},
		{Title: "Back from the campaigns", Key: "Escape", Run: s.leave, Enabled: func() bool { return s.campaigns != nil && s.card == nil }},
		{Title: "Show results", Key: "R", Run: func() { s.showAfter(resultsTab) }},
		{Title: "Show who shares", Key: "2", Run: func() { s.showAfter(sharingTab) }, Enabled: results},
		{Title: "Show partners", Key: "3", Run: func() { s.showAfter(partnersTab) }, Enabled: results},
		{Title: "Back from the results", Key: "Escape", Run: s.leave, Enabled: results},
		{Title: "Nominate a colleague", Key: "N", Run: s.nominate},
		{Title: "Show spotlights as board", Key: "B", Run: func() { s.overall.show(asBoard) }, Enabled: overview},
		{Title: "Show spotlights as list", Key: "L", Run: func() { s.overall.show(asList) }, Enabled: overview},
		{Title: "Show who was never shown", Key: "W", Run: func() { s.overall.show(asFairness) }, Enabled: overview},
		{Title: "Filter the spotlights", Key: "F", Run: func() { s.host.Focus(s.overall.filters.who) }, Enabled: func() bool { return overview() && s.overall.way.Selected() != asFairness }},
		{Title: "Clear the filters", Key: "Backspace", Run: s.overall.clear, Enabled: func() bool { return overview() && s.overall.filter().Any() }},
		{Title: "Put the keyboard on the cards", Key: "J", Run: s.overall.hold, Enabled: overview},
		{Title: "Move to the next stage", Key: "Alt+Right", Run: func() { s.overall.step(1) }, Enabled: func() bool { return overview() && s.overall.marked().ID != 0 }},
		{Title: "Move to the stage before", Key: "Alt+Left", Run: func() { s.overall.step(-1) }, Enabled: func() bool { return overview() && s.overall.marked().ID != 0 }},
	}, s.cardCommands()...)
}

func (s *Screen) actor() audit.Actor {
	id, name := s.host.Who()
	return audit.Actor{ID: id, Name: name}
}

// reload reads the overview, and the card that is open.
func (s *Screen) reload() {
	s.cancel()
	s.cancel = s.bg.Run(func(ctx context.Context) func() {
		seen, err := s.read(ctx)
		return func() {
			if err != nil {
				s.overall.fail(err)
				return
			}
			s.seen = seen
			s.overall.refresh()
			if ask := s.asked; ask != nil {
				s.asked = nil
				ask()
			}
		}
	})
	if s.card != nil {
		s.card.reload()
	}
	if s.campaigns != nil {
		s.campaigns.load()
	}
	if s.after != nil {
		s.after.load()
	}
}

func (s *Screen) read(ctx context.Context) (scene, error) {
	seen := scene{now: s.deps.Now()}
	var err error
	if seen.practice, err = s.deps.Practices.Get(ctx); err != nil {
		return seen, err
	}
	if seen.people, err = s.deps.Practices.People(ctx); err != nil {
		return seen, err
	}
	if seen.places, err = s.deps.Practices.Places(ctx); err != nil {
		return seen, err
	}
	if seen.consents, err = s.deps.Store.Consents(ctx, 0); err != nil {
		return seen, err
	}
	if seen.list, err = s.deps.Store.List(ctx, advocacy.Filter{Archived: true}); err != nil {
		return seen, err
	}
	if seen.downs, err = s.deps.Store.TakeDowns(ctx); err != nil {
		return seen, err
	}
	seen.endings, err = s.deps.Store.Endings(ctx)
	return seen, err
}

// do runs a step in the background; then runs in the window when it went well.
func (s *Screen) do(doing string, work func(ctx context.Context) error, then func()) {
	s.bg.Run(func(ctx context.Context) func() {
		err := work(ctx)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
				return
			}
			if then != nil {
				then()
			}
			s.reload()
		}
	})
}

// open shows the card of a spotlight in place of the overview.
func (s *Screen) open(id int64) {
	if s.card != nil {
		s.card.close()
	}
	s.after = nil
	s.card = newCard(s, id)
	s.unfocus()
	s.content.Objects = []fyne.CanvasObject{s.card.content}
	s.content.Refresh()
	s.card.reload()
}

// back keeps what was typed and returns to the overview.
func (s *Screen) back() {
	if s.card == nil {
		return
	}
	s.card.save(func() {
		if s.card != nil {
			s.card.close()
		}
		s.card = nil
		s.unfocus()
		s.content.Objects = []fyne.CanvasObject{s.overall.content}
		s.content.Refresh()
		s.reload()
	})
}

// move takes a spotlight to a stage, with a way back where there is one; then may be nil.
func (s *Screen) move(id int64, from, to advocacy.Stage, then func()) {
	by := s.actor()
	s.do("Moving the spotlight", func(ctx context.Context) error { return s.deps.Store.Move(ctx, id, to, by) }, func() {
		said := fmt.Sprintf("Moved to “%s”.", stageTitle(to))
		if then != nil {
			then()
		}
		if to == advocacy.Scheduled || from == advocacy.ReviewStage || from == advocacy.Scheduled {
			s.host.Toast(said)
			return
		}
		s.host.ToastUndo(said, func() {
			s.do("Moving it back", func(ctx context.Context) error { return s.deps.Store.Move(ctx, id, from, by) }, nil)
		})
	})
}

// beginStory takes a nomination through both steps that a consent on file allows.
func (s *Screen) beginStory(id int64) {
	by := s.actor()
	move := func(to ...advocacy.Stage) func(ctx context.Context) error {
		return func(ctx context.Context) error {
			for _, stage := range to {
				if err := s.deps.Store.Move(ctx, id, stage, by); err != nil {
					return err
				}
			}
			return nil
		}
	}
	s.do("Beginning the story", move(advocacy.ConsentAsked, advocacy.StoryStage), func() {
		s.host.ToastUndo("The story begins: a consent is on file.", func() { s.do("Moving it back", move(advocacy.Nominated), nil) })
	})
}

// stageTitle is a stage as the board heads it.
func stageTitle(stage advocacy.Stage) string {
	return map[advocacy.Stage]string{advocacy.Nominated: "Nominated", advocacy.ConsentAsked: "Consent", advocacy.StoryStage: "Story",
		advocacy.DraftStage: "Draft", advocacy.ReviewStage: "Review", advocacy.Scheduled: "Scheduled", advocacy.Published: "Published",
		advocacy.Archived: "Archived"}[stage]
}
