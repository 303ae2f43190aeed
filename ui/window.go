package ui

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync"
	"time"

	"fyne.io/fyne/v2"
	"github.com/pkg/browser"

	"goodword/advocacy"
	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Options say how a window works.
type Options struct {
	Path       string // of the database
	Now        clock.Clock
	Background kit.Background
	Tick       time.Duration // how often what stands against a clock is drawn anew; 0: never
	Settle     time.Duration // how long changes may gather before the screens hear of them
	Watch      bool          // visit sources on their schedule, and make the backup of the day
	OpenPage   func(address string) error
	OpenFolder func(path string) error // nil uses the user's own program
	ToastTime  time.Duration
}

// Window is the program in a window: the shell, the screens of one practice, and what passes between them.
type Window struct {
	app     fyne.App
	options Options
	shell   *Shell
	house   *house.House
	stop    func() // ends the visits on schedule
	learn   func() // ends the judging anew that is under way; guarded by mu
	judging bool   // its progress is in the top bar

	mu      sync.Mutex
	pending map[string]bool // kinds of change that the screens have not heard of yet
	status  time.Time       // when progress was last shown

	front front

	version int64 // of the database, when the screens last read it; 0: not known yet

	ownPractice bool // the sample practice was left for one's own: the set-up needs no welcome
}

// SettleTime is what the program uses for Options.Settle: it lets a burst of changes reach the screens as one.
const SettleTime = 200 * time.Millisecond

// TickTime is what the program uses for Options.Tick: people count in minutes.
const TickTime = time.Minute

// NewWindow fills a window and begins to open the practice. It returns at once; the practice appears when it is read.
func NewWindow(app fyne.App, window fyne.Window, options Options) *Window {
	if options.OpenFolder == nil {
		options.OpenFolder = browser.OpenFile
	}
	w := &Window{app: app, options: options, pending: map[string]bool{}, stop: func() {}, learn: func() {}}
	w.dress()
	w.shell = NewShell(Config{Window: window, Background: options.Background, SearchScreen: "inbox", People: w.people, OnPerson: w.setPerson, OnEnter: w.enter, OnCover: w.coverByUser, OnStir: w.stirred,
		OnOffline: w.setOffline, OnLeaveSample: w.leaveSample, OnShown: func(screen string) { app.Preferences().SetString(prefScreen, screen) },
		Folded: app.Preferences().Bool(prefFolded), OnFolded: func(folded bool) { app.Preferences().SetBool(prefFolded, folded) },
		OpenPage: options.OpenPage, ToastTime: options.ToastTime})
	w.open()
	return w
}

// The names of the choices that belong to this computer and not to the practice.
const (
	prefScreen = "screen"
	prefFolded = "rail folded"
	prefMode   = "appearance"
	prefScale  = "text size"
)

// dress applies the look that was chosen on this computer.
func (w *Window) dress() {
	look := w.look()
	w.Dress(look.Mode, look.Scale)
}

// Dress applies a look: light, dark or as the computer has it, and the text size, 1 being normal.
func (w *Window) Dress(mode theme.Mode, scale float32) {
	w.app.Settings().SetTheme(theme.New(mode, scale))
}

// Show opens a screen; arg says what of it.
func (w *Window) Show(screen string, arg any) { w.shell.Go(screen, arg) }

// open reads the practice in the background and shows it, the set-up, or what can be done about a database that cannot be read.
func (w *Window) open() {
	w.shell.ShowAlone(kit.LoadingState("Opening the practice"))
	w.options.Background.Run(func(ctx context.Context) func() {
		h, err := house.Open(ctx, w.options.Path, w.options.Now)
		if err != nil {
			return func() { w.shell.ShowAlone(w.rescue(err)) }
		}
		_, err = h.Practices.Get(ctx)
		switch {
		case errors.Is(err, practice.ErrNone):
			return func() { w.house = h; w.firstRun() }
		case err != nil:
			return func() { w.shell.ShowAlone(w.rescue(errors.Join(err, h.Close()))) }
		}
		if err := h.Judge.Reload(ctx); err != nil { // here, so that no screen has to wait for its lists
			slog.Error("read what the practice taught", "error", err)
		}
		now := w.standing(ctx, h)
		return func() { w.house = h; w.start(now) }
	})
}

// standing is what the shell shows of a practice around the screens.
type standing struct {
	person          Person
	offline, sample bool
	desk            practice.Desk
}

// standing reads who works at this computer, whether it may use the network, and whether the practice is the sample. What cannot be read
// counts as the careful answer.
func (w *Window) standing(ctx context.Context, h *house.House) standing {
	switched, err := h.Practices.Setting(ctx, practice.SettingOffline)
	now := standing{offline: err != nil || switched == "yes"}
	if p, err := h.Practices.Get(ctx); err == nil {
		now.sample = p.Sample
	}
	if now.desk, err = h.Practices.Desk(ctx); err != nil {
		slog.Error("read how the screen is guarded", "error", err)
	}
	wanted, err := h.Practices.Setting(ctx, practice.SettingPerson)
	if err != nil {
		return now
	}
	id, err := strconv.ParseInt(wanted, 10, 64)
	if err != nil {
		return now
	}
	if p, err := h.Practices.Person(ctx, id); err == nil {
		now.person = Person{ID: p.ID, Name: p.Name, Role: string(p.Role)}
	}
	return now
}

// start shows the screens of the practice that is open.
func (w *Window) start(now standing) {
	w.shell.SetPerson(now.person)
	w.shell.SetOffline(now.offline)
	w.shell.SetSample(now.sample)
	w.house.Reviews.OnChanged(func(c reviews.Change) {
		if c.What == reviews.ChangedLists {
			w.relearn()
			return
		}
		w.changed(c.What)
	})
	w.house.Advocacy.OnChanged(func(advocacy.Change) { w.changed(kit.ChangedSpotlights) })
	w.house.Insight.OnMoved(func() { w.changed(kit.ChangedMentions) })
	w.house.Policy.OnChanged(func(policy.Change) { w.changed(kit.ChangedPolicy) })
	w.shell.Start(w.app.Preferences().String(prefScreen), w.screens()...)
	w.recount()
	w.app.Lifecycle().SetOnEnteredForeground(func() {
		w.back()
		w.CatchUp()
	})
	w.app.Lifecycle().SetOnExitedForeground(w.left)
	w.CatchUp()
	w.front.rules = now.desk
	w.stirred()
	switch {
	case now.desk.On:
		w.lock()
	case !now.sample:
		w.ask()
	}
	if w.options.Watch {
		w.watch()
		w.lookOut()
		w.tend()
		w.keepWatch()
	}
}

// changed gathers changes for a moment and tells the screens. It is called on the goroutine that wrote.
func (w *Window) changed(what string) {
	w.mu.Lock()
	waiting := w.pending[what]
	w.pending[what] = true
	w.mu.Unlock()
	if waiting {
		return
	}
	w.options.Background.Run(func(ctx context.Context) func() {
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(w.options.Settle):
		}
		w.mu.Lock()
		delete(w.pending, what)
		w.mu.Unlock()
		return func() {
			w.shell.Changed(what)
			w.recount()
		}
	})
}

// recount refreshes the counts of the rail.
func (w *Window) recount() {
	h := w.house
	if h == nil {
		return
	}
	w.options.Background.Run(func(ctx context.Context) func() {
		counts, err := h.Reviews.Counts(ctx)
		if err != nil {
			slog.Error("count the mentions", "error", err)
			return nil
		}
		spotlights, err := h.Advocacy.Counts(ctx)
		if err != nil {
			slog.Error("count the spotlights", "error", err)
			return nil
		}
		return func() {
			w.shell.SetBadge("inbox", counts.New, "new")
			w.shell.SetBadge("today", counts.Urgent, "urgent and open")
			w.shell.SetBadge("sources", counts.Failing, "in need of a look")
			w.shell.SetBadge("spotlights", spotlights.Missed+spotlights.TakeDowns, "missed or to take down")
		}
	})
}

// watch visits the sources as they fall due, and makes the backup of the day.
func (w *Window) watch() {
	h := w.house
	w.options.Background.Run(func(ctx context.Context) func() {
		h.Secrets.InFile() // the keychain is asked here, so that no screen has to wait for it
		if err := h.Vault.Unlock(ctx); err != nil {
			slog.Error("unlock the private notes", "error", err)
		} else if h.Vault.Open() {
			w.changed(kit.ChangedMentions) // the mention in sight may have notes
		}
		if err := h.Collect.TidySecrets(ctx); err != nil {
			slog.Error("tidy the secrets of sources", "error", err)
		}
		if err := h.DailyBackup(ctx); err != nil {
			return func() { w.shell.Fail("The backup of the day", err) }
		}
		h.LookForMoves(ctx)
		return nil
	})
	h.Collect.OnProgress(w.progress)
	w.visit()
	w.relearn() // another version of the program judges otherwise, and what was stopped goes on
}

// visit begins the visits on schedule.
func (w *Window) visit() {
	h := w.house
	w.stop = w.options.Background.Run(func(ctx context.Context) func() {
		p, err := h.Practices.Get(ctx)
		if err != nil || p.Sample {
			return nil // the sources of the sample practice are as invented as the practice
		}
		if err := h.Collect.Watch(ctx, func(collect.Totals) {}); err != nil && ctx.Err() == nil {
			return func() { w.shell.Fail("Visiting the sources", err) }
		}
		return nil
	})
}

// stopVisits ends the round that is under way, and those that would follow, until the user wants them again.
func (w *Window) stopVisits() {
	w.stop()
	w.shell.SetStatus("", -1, nil)
	w.shell.ToastUndo("No more visits until Goodword starts again", w.visit)
}

// progress shows how far a round of visits is, four times a second at most. It is called on the goroutine that visits.
func (w *Window) progress(done, total int, name string) {
	w.mu.Lock()
	soon := done < total && w.options.Now().Sub(w.status) < SettleTime
	if !soon {
		w.status = w.options.Now()
	}
	w.mu.Unlock()
	if soon {
		return
	}
	w.options.Background.Run(func(context.Context) func() {
		return func() {
			if done >= total {
				w.shell.SetStatus("", -1, nil)
				return
			}
			w.shell.SetStatus("Visiting "+name, float64(done)/float64(total), w.stopVisits)
		}
	})
}

// leaveSample moves the sample practice aside and begins the set-up.
func (w *Window) leaveSample() {
	w.ownPractice = true
	w.part("Moving the sample practice aside", func(context.Context) error {
		_, err := database.SetAside(w.options.Path, w.options.Now)
		return err
	})
}

// part closes the practice, does something with its file, and opens what is there then.
func (w *Window) part(doing string, then func(ctx context.Context) error) {
	h := w.house
	w.stop()
	w.learning(func() {})
	w.house, w.version = nil, 0
	w.shell.ShowAlone(kit.LoadingState(doing))
	w.options.Background.Run(func(ctx context.Context) func() {
		err := h.Close()
		if err == nil {
			err = then(ctx)
		}
		return func() {
			if err != nil {
				w.shell.ShowAlone(w.rescue(err))
				return
			}
			w.open()
		}
	})
}

func (w *Window) people(ctx context.Context) ([]Person, error) {
	h := w.house
	if h == nil {
		return nil, nil
	}
	people, err := h.Practices.People(ctx)
	if err != nil {
		return nil, err
	}
	today := w.options.Now().Format(practice.Day)
	var here []Person
	for _, p := range people {
		if p.Here(today) {
			here = append(here, Person{ID: p.ID, Name: p.Name, Role: string(p.Role)})
		}
	}
	return here, nil
}

func (w *Window) setPerson(p Person) {
	w.setting("Remembering who works here", practice.SettingPerson, strconv.FormatInt(p.ID, 10))
}

func (w *Window) setOffline(offline bool) {
	value := "no"
	if offline {
		value = "yes"
	}
	w.setting("Switching the network", practice.SettingOffline, value)
}

func (w *Window) setting(doing, name, value string) {
	h := w.house
	id, who := w.shell.Who()
	w.options.Background.Run(func(ctx context.Context) func() {
		err := h.Practices.SetSetting(ctx, name, value, audit.Actor{ID: id, Name: who})
		return func() {
			if err != nil {
				w.shell.Fail(doing, err)
			}
		}
	})
}

// Close ends the visits and the work with the database. Work of the Background must have ended, or be about to.
func (w *Window) Close() error {
	w.stop()
	w.learning(func() {})
	if w.house == nil {
		return nil
	}
	return w.house.Close()
}
