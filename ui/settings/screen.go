// Package settings is the screen on which a practice says who it is and how the program behaves: name and numbers, office hours and targets, places,
// people and roles, rules for what comes in, the topics and what was learned of them, how long things are kept, the look, the data on the disk, the network, and what the program is made of.
package settings

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Practices keeps the practice, its places and people; *practice.Store does.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	Save(ctx context.Context, p practice.Practice, by audit.Actor) error
	Places(ctx context.Context) ([]practice.Place, error)
	SavePlace(ctx context.Context, p practice.Place, by audit.Actor) (int64, error)
	People(ctx context.Context) ([]practice.Person, error)
	SavePerson(ctx context.Context, p practice.Person, by audit.Actor) (int64, error)
}

// People is what the screen needs of the staff besides the list; *practice.Store is.
type People interface {
	HavePIN(ctx context.Context) (map[int64]bool, error)
	SetPIN(ctx context.Context, personID int64, old, pin string, by audit.Actor) error
	ResetPIN(ctx context.Context, personID int64, by audit.Actor) error
	ImportPeople(ctx context.Context, lines []practice.RosterLine, by audit.Actor) (added, changed int, err error)
	Desk(ctx context.Context) (practice.Desk, error)
	SetDesk(ctx context.Context, desk practice.Desk, by audit.Actor) error
}

// Waiting is one thing that waits for a person.
type Waiting struct{ Kind, Title, Why string }

// Data is the open database; *database.DB is.
type Data interface {
	Path() string
	Backup(ctx context.Context, file string) error
	Version(ctx context.Context) (int64, error)
}

// Look is how the program looks on this computer.
type Look struct {
	Mode  theme.Mode
	Scale float32 // 1 is normal
}

// Deps is what the screen stands on.
type Deps struct {
	Practices  Practices
	People     People
	Waiting    func(ctx context.Context, person int64) ([]Waiting, error) // what waits for somebody who leaves
	HandOver   func(ctx context.Context, from, to int64, by audit.Actor) (int, error)
	Rules      Rules
	Sources    func(ctx context.Context) ([]reviews.Source, error) // for which a target may hold
	Ladder     Ladders
	Keeping    Keeping
	Remembered Remembered
	Wordings   Wordings
	Trial      func(ctx context.Context) (respond.Trial, error) // what a wording is tried against
	Gate       *guard.Guard
	Models     Models
	Statements Statements
	Decisions  Decisions
	Leaving    Leaving
	InForce    func(ctx context.Context) (policy.Version, error) // the policy in force; policy.ErrNotFound without one
	Accounts   Accounts
	Vault      Vault
	Keys       Keys
	Topics     func() []classify.Topic
	Learning   Learning
	Unlearn    func(ctx context.Context, id int64, by audit.Actor) error // takes back what a person corrected in a mention
	Data       Data
	Verify     func(ctx context.Context) (string, error) // what was found in order, in a sentence
	Restore    func(file string)                         // puts a backup in the place of the database and opens it
	Offline    func() bool
	SetOffline func(offline bool)
	Look       func() Look
	SetLook    func(Look)
	Changed    func(what string) // tells the other screens, as kit.ChangedPractice
	Version    string
	Now        clock.Clock
}

// Screen is the settings screen.
type Screen struct {
	host  kit.Host
	back  kit.Background
	deps  Deps
	page  *kit.Page
	tabs  *kit.Tabs
	panes []pane
}

var (
	_ kit.Screen    = (*Screen)(nil)
	_ kit.Receiver  = (*Screen)(nil)
	_ kit.Commander = (*Screen)(nil)
)

// pane is one tab. load reads everything anew, but never over what is being typed.
type pane interface {
	name() string
	content() fyne.CanvasObject
	load()
	commands() []kit.Command
}

// New builds the screen; nothing is read before Shown.
func New(host kit.Host, back kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, back: back, deps: deps, page: kit.NewPage("Settings", "Everything stays on this computer")}
	var tabs []kit.Tab
	for _, g := range []struct {
		name  string
		panes []pane
	}{
		{"The practice", []pane{newPracticePane(s), newHoursPane(s), newTargetsPane(s), newPlacesPane(s), newPeoplePane(s)}},
		{"What comes in", []pane{newRulesPane(s), newTopicsPane(s), newKeepingPane(s)}},
		{"What goes out", []pane{newAnswersPane(s), newTemplatesPane(s), newStatementsPane(s), newGatePane(s), newModelPane(s), newAccountsPane(s), newLeavingPane(s), newPrivatePane(s), newLadderPane(s)}},
		{"This computer", []pane{newDeskPane(s), newLookPane(s), newDataPane(s), newNetworkPane(s), newAboutPane(s)}},
	} {
		for _, p := range g.panes {
			s.panes = append(s.panes, p)
			tabs = append(tabs, kit.Tab{Title: p.name(), Group: g.name, Content: p.content(), Load: p.load})
		}
	}
	s.tabs = kit.NewIndex(tabs...)
	s.page.SetContent(s.tabs)
	return s
}

// ID is the place of the screen in the rail.
func (s *Screen) ID() string { return "settings" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Settings" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("settings") }

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown reads the tab in sight anew: sizes, backups and the ledger change without a word.
func (s *Screen) Shown() { s.tabs.Again() }

// Changed notes that the practice changed.
func (s *Screen) Changed(what string) {
	if what == kit.ChangedPractice || what == reviews.ChangedRules {
		s.tabs.Again()
	}
}

// Receive opens a tab by its name: "people", "data".
func (s *Screen) Receive(arg any) {
	if name, ok := arg.(string); ok {
		s.tabs.Open(name)
	}
}

// Commands are the tabs and what the tab in sight offers.
func (s *Screen) Commands() []kit.Command {
	commands := s.panes[s.tabs.Selected()].commands()
	for _, p := range s.panes {
		commands = append(commands, kit.Command{Title: "Settings: " + strings.ToLower(p.name()), Run: func() { s.Receive(p.name()) }})
	}
	return commands
}

// actor is who works. Settings may be changed before anybody was chosen, for how else would the first person be entered.
func (s *Screen) actor() audit.Actor {
	id, name := s.host.Who()
	if id == 0 {
		return audit.Program
	}
	return audit.Actor{ID: id, Name: name}
}

// told tells this screen and the others that the practice changed.
func (s *Screen) told() {
	s.tabs.Again()
	if s.deps.Changed != nil {
		s.deps.Changed(kit.ChangedPractice)
	}
}

// reading is one read in the background at a time: a newer one cancels the older.
type reading struct{ cancel func() }

func (r *reading) run(back kit.Background, work func(ctx context.Context) func()) {
	if r.cancel != nil {
		r.cancel()
	}
	r.cancel = back.Run(work)
}

// formWidth is how wide a form grows; longer lines are hard to scan.
const formWidth = 760

func scrolled(o fyne.CanvasObject) fyne.CanvasObject {
	return kit.Scrolling(kit.InsetXY(kit.MaxWidth(o, formWidth), theme.Space6, theme.Space4))
}

// saved puts a form under a bar that keeps its Save button in sight.
func saved(form fyne.CanvasObject, help string, save *widget.Button) fyne.CanvasObject {
	bar := kit.InsetXY(kit.MaxWidth(kit.Line(theme.Space3, kit.Fill(kit.Help(help)), kit.NewKeyHint("Ctrl+S"), save), formWidth), theme.Space6, theme.Space2)
	return container.NewBorder(kit.Column(0, bar, kit.Hairline()), nil, nil, nil, scrolled(form))
}

// lines takes a text apart by lines and drops empty ones.
func lines(text string) []string {
	var kept []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return kept
}
