// Package policyroom is the screen of the social media policy: the checklist, the policy document and its versions, the training, who has signed,
// the vendors, the incidents, the rules that the speak-safe gate applies, and the library against health myths.
package policyroom

import (
	"context"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Checklist is what the screen needs of the checklist.
type Checklist interface {
	Checklist(ctx context.Context) ([]policy.Group, error)
	Answer(ctx context.Context, itemID string, a policy.Answered, by audit.Actor) error
	ItemHistory(ctx context.Context, itemID string) ([]audit.Line, error)
	ChecklistSince(ctx context.Context, day string) (policy.Since, error)
	PlaceChoice(ctx context.Context) (policy.PlaceChoice, error)
	ChoosePlaces(ctx context.Context, places []string, by audit.Actor) error
	OwnItem(ctx context.Context, id int64) (policy.OwnItem, error)
	SaveOwnItem(ctx context.Context, o policy.OwnItem, by audit.Actor) (policy.OwnItem, error)
	RemoveOwnItem(ctx context.Context, id int64, removed bool, by audit.Actor) error
	KeptFile(ctx context.Context, hash string) ([]byte, error)
}

// Document is what the screen needs of the policy document and its signatures.
type Document interface {
	Versions(ctx context.Context) ([]policy.Version, error)
	SuggestedText(ctx context.Context) (string, error)
	DraftVersion(ctx context.Context, text, summary string, material bool, by audit.Actor) (policy.Version, error)
	SaveDraft(ctx context.Context, id int64, text, summary string, material bool, by audit.Actor) (policy.Version, error)
	DropDraft(ctx context.Context, id int64, by audit.Actor) error
	PutInForce(ctx context.Context, id int64, from string, by audit.Actor) (policy.Version, error)
	BuildDraft(ctx context.Context, situation policy.Situation, by audit.Actor) (policy.Version, []policy.BuildNote, error)
	RestoreDraft(ctx context.Context, v policy.Version, by audit.Actor) (policy.Version, error)
	SignAs(ctx context.Context, how policy.Signing, by audit.Actor) (policy.Signature, error)
	AddSheet(ctx context.Context, signatureID int64, sheet policy.Sheet, by audit.Actor) (policy.Signature, error)
	Refuse(ctx context.Context, personID, versionID int64, reason, witness string, by audit.Actor) (policy.Refusal, error)
	Strike(ctx context.Context, signatureID int64, why string, by audit.Actor) error
	SignedSheet(ctx context.Context, hash string) (policy.Sheet, error)
	RollCall(ctx context.Context, versionID int64) ([]policy.RollLine, error)
	Signatures(ctx context.Context, versionID int64) ([]policy.Signature, []practice.Person, error)
}

// Training is what the screen needs of the training.
type Training interface {
	Start(ctx context.Context, personID int64, moduleID string) (policy.Attempt, error)
	Choose(ctx context.Context, attemptID int64, scenarioID string, option int) (policy.Attempt, error)
	Finish(ctx context.Context, attemptID int64, by audit.Actor) (policy.Result, error)
	Results(ctx context.Context) ([]policy.Result, error)
	Open(ctx context.Context, personID int64) (map[string]policy.Attempt, error)
	AllNeeds(ctx context.Context) (map[int64][]policy.Need, error)
	Assignments(ctx context.Context) ([]policy.Assignment, error)
	Assign(ctx context.Context, a policy.Assignment, by audit.Actor) (policy.Assignment, error)
	TakeAssignmentBack(ctx context.Context, id int64, by audit.Actor) error
}

// Doors is what the screen needs of the doors that training opens.
type Doors interface {
	DoorRules(ctx context.Context) (policy.DoorRules, error)
	SwitchDoors(ctx context.Context, on bool, grace int, by audit.Actor) (policy.DoorRules, error)
	Passages(ctx context.Context) (map[int64][]policy.Passage, error)
	Overrides(ctx context.Context) ([]policy.Override, error)
	GiveOverride(ctx context.Context, o policy.Override, by audit.Actor) (policy.Override, error)
	EndOverride(ctx context.Context, id int64, by audit.Actor) error
}

// Misses is what the screen needs of the near-misses that become examples.
type Misses interface {
	NearMisses(ctx context.Context) ([]policy.NearMiss, error)
	Decide(ctx context.Context, id int64, to policy.MissStatus, note string, by audit.Actor) (policy.NearMiss, error)
}

// Stops knows the drafts that the gate stopped, and makes examples of them; *house.House does.
type Stops interface {
	Stopped(ctx context.Context) ([]policy.Stopped, error)
	ProposeNearMiss(ctx context.Context, draftID int64, text string, by audit.Actor) (policy.NearMiss, error)
}

// Registers is what the screen needs of vendors, incidents and the plan for a crisis.
type Registers interface {
	ImportVendors(ctx context.Context, lines []policy.VendorLine, by audit.Actor) (added, changed int, err error)
	Drills(ctx context.Context) ([]policy.Incident, error)
	Timeline(ctx context.Context, i policy.Incident) ([]policy.Event, error)
	Weigh(ctx context.Context, id int64, w policy.Weighing, by audit.Actor) (policy.Incident, error)
	TickTold(ctx context.Context, id int64, clockID string, told bool, by audit.Actor) (policy.Incident, error)
	AddEntry(ctx context.Context, e policy.Entry, by audit.Actor) (policy.Entry, error)
	CrisisPlan(ctx context.Context) (policy.Plan, error)
	SaveDuty(ctx context.Context, d policy.Duty, by audit.Actor) (policy.Duty, error)
	SaveStatement(ctx context.Context, id, text string, by audit.Actor) error
	Vendors(ctx context.Context) ([]policy.Vendor, error)
	SaveVendor(ctx context.Context, v policy.Vendor, by audit.Actor) (policy.Vendor, error)
	VendorHistory(ctx context.Context, id int64) ([]audit.Line, error)
	Incidents(ctx context.Context) ([]policy.Incident, error)
	SaveIncident(ctx context.Context, i policy.Incident, by audit.Actor) (policy.Incident, error)
	TickStep(ctx context.Context, id int64, step string, done bool, by audit.Actor) (policy.Incident, error)
	CloseIncident(ctx context.Context, id int64, closed bool, by audit.Actor) (policy.Incident, error)
	IncidentHistory(ctx context.Context, id int64) ([]audit.Line, error)
}

// Practices is what the screen needs of the practice.
type Practices interface {
	Get(ctx context.Context) (practice.Practice, error)
	People(ctx context.Context) ([]practice.Person, error)
}

// Deps is what the screen stands on; *policy.Store serves all but Stops, Uses, Packs, Briefs and the last four.
type Deps struct {
	Checklist Checklist
	Document  Document
	Training  Training
	Doors     Doors
	Misses    Misses
	Stops     Stops
	Registers Registers
	Records   Records
	Claims    Claims
	Uses      Uses
	Packs     Packs
	Briefs    Briefs
	Practices Practices
	Rules     func() []guard.Rule
	Now       func() time.Time
	Tick      time.Duration // how often countdowns in sight are written anew; 0: never
}

// Screen is the policy screen.
type Screen struct {
	host  kit.Host
	back  kit.Background
	deps  Deps
	page  *kit.Page
	tabs  *kit.Tabs
	panes []pane

	turn       reading         // the next turn of the countdowns waits
	signatures *signaturesPane // its count stands in sight whatever tab is open
}

var (
	_ kit.Screen    = (*Screen)(nil)
	_ kit.Receiver  = (*Screen)(nil)
	_ kit.Commander = (*Screen)(nil)
)

// pane is one tab. load reads everything anew; open shows one thing of it; focus gives it the keyboard.
type pane interface {
	name() string
	content() fyne.CanvasObject
	load()
	open(id string)
	commands() []kit.Command
}

// New builds the screen; nothing is read before Shown.
func New(host kit.Host, back kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, back: back, deps: deps, page: kit.NewPage("Policy", "What we promise in public, and the proof that we keep it")}
	s.signatures = newSignaturesPane(s)
	var tabs []kit.Tab
	for _, g := range []struct {
		name  string
		panes []pane
	}{
		{"The promise", []pane{newChecklistPane(s), newDocumentPane(s), s.signatures}},
		{"The people", []pane{newTrainingPane(s), newDoorsPane(s), newMissesPane(s)}},
		{"When it matters", []pane{newIncidentsPane(s), newCrisisPane(s), newVendorsPane(s), newProofPane(s)}},
		{"To look up", []pane{newRulesPane(s), newMythsPane(s)}},
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
func (s *Screen) ID() string { return "policy" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Policy" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("clipboard-check") }

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.page }

// Shown reads what has changed since the tab was last seen.
func (s *Screen) Shown() {
	s.tabs.Freshen()
	s.count()
	s.watch()
}

// Changed notes that the policy or the staff changed.
func (s *Screen) Changed(what string) {
	if what == kit.ChangedPolicy || what == kit.ChangedPractice {
		s.again()
	}
}

// Receive opens a tab by its name, and one thing in it: "training", "checklist/gov1".
func (s *Screen) Receive(arg any) {
	place, ok := arg.(string)
	if !ok {
		return
	}
	name, id, _ := strings.Cut(place, "/")
	if i := s.tabs.Open(name); i >= 0 && id != "" {
		s.panes[i].open(id)
	}
}

// Commands are the tabs and what the tab in sight offers.
func (s *Screen) Commands() []kit.Command {
	commands := s.current().commands()
	for _, p := range s.panes {
		commands = append(commands, kit.Command{Title: "Policy: " + strings.ToLower(p.name()), Run: func() { s.Receive(p.name()) }})
	}
	return commands
}

func (s *Screen) current() pane { return s.panes[s.tabs.Selected()] }

// again reads the tab in sight anew after a step of the user, and the others when they come into sight.
func (s *Screen) again() {
	s.tabs.Again()
	s.count()
}

// count reads who has not signed while another tab is in sight.
func (s *Screen) count() {
	if s.current() != pane(s.signatures) {
		s.signatures.load()
	}
}

// actor is who works; false, with a hint, if nobody chose yet.
func (s *Screen) actor() (audit.Actor, bool) {
	id, name := s.host.Who()
	if id == 0 {
		s.host.Toast("Choose who is working first, at the top right.")
	}
	return audit.Actor{ID: id, Name: name}, id != 0
}

// do runs a step in the background and shows done; what goes wrong is told as "doing: reason".
func (s *Screen) do(doing string, step func(ctx context.Context) error, done func()) {
	s.back.Run(func(ctx context.Context) func() {
		err := step(ctx)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
				return
			}
			done()
		}
	})
}

// staff is what every tab knows of the practice.
type staff struct {
	practice practice.Practice
	people   []practice.Person
	day      string
}

func (s *Screen) staff(ctx context.Context) (staff, error) {
	var f staff
	var err error
	if f.practice, err = s.deps.Practices.Get(ctx); err != nil {
		return f, err
	}
	f.day = policy.Today(s.deps.Now(), f.practice)
	f.people, err = s.deps.Practices.People(ctx)
	return f, err
}

func (f staff) name(id int64) string {
	for _, p := range f.people {
		if p.ID == id {
			return p.Name
		}
	}
	return ""
}

// refuses is why somebody may not change the policy, by their role; empty if they may. Nobody chosen yet is asked to choose by the step itself.
func (f staff) refuses(id int64) string {
	for _, p := range f.people {
		if p.ID == id && !p.Role.MayApprove() {
			return "The policy is changed by the owner, the compliance officer or a manager."
		}
	}
	return ""
}

// here are those who work here today.
func (f staff) here() []practice.Person {
	var here []practice.Person
	for _, p := range f.people {
		if p.Here(f.day) {
			here = append(here, p)
		}
	}
	return here
}

func (f staff) names() []string {
	var names []string
	for _, p := range f.here() {
		names = append(names, p.Name)
	}
	return names
}

// idOf is the person of a name as a form offers it, 0 for none.
func (f staff) idOf(name string) int64 {
	for _, p := range f.here() {
		if p.Name == name {
			return p.ID
		}
	}
	return 0
}

// reading is one read in the background at a time: a newer one cancels the older.
type reading struct{ cancel func() }

// stop gives up what is being read.
func (r *reading) stop() {
	if r.cancel != nil {
		r.cancel()
		r.cancel = nil
	}
}

func (r *reading) run(back kit.Background, work func(ctx context.Context) func()) {
	if r.cancel != nil {
		r.cancel()
	}
	r.cancel = back.Run(work)
}
