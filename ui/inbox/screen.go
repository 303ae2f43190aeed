// Package inbox is the screen where the practice reads what is said about it and answers: views at the left, the list, and the mention in full
// with its reply beneath, so that the review never leaves sight while somebody writes.
package inbox

import (
	"context"
	"sync/atomic"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Screen is the inbox.
type Screen struct {
	host kit.Host
	bg   kit.Background
	deps Deps

	names   atomic.Pointer[names] // the window sets them, the background reads them for rows
	views   *views
	list    *list
	reading *reading
	reply   *reply
	content fyne.CanvasObject

	started bool
	waiting map[string]func() // cancels the reading anew that waits, by what changed
}

// New builds the inbox; it reads nothing before it is shown.
func New(host kit.Host, bg kit.Background, deps Deps) *Screen {
	s := &Screen{host: host, bg: bg, deps: deps, waiting: map[string]func(){}}
	s.names.Store(&names{})
	s.views = newViews(s)
	s.list = newList(s)
	s.reply = newReply(s)
	s.reading = newReading(s)
	right := kit.NewSplit(s.list.content, s.reading.content, 360)
	right.MinFirst, right.MinSecond = 260, 400
	s.content = container.New(panes{s}, s.views.content, right, kit.VHairline())
	return s
}

// ID is the name by which other screens open the inbox.
func (s *Screen) ID() string { return "inbox" }

// Title is the name in the rail.
func (s *Screen) Title() string { return "Inbox" }

// Icon is the drawing in the rail.
func (s *Screen) Icon() fyne.Resource { return theme.Icon("inbox") }

// Content is what the window shows.
func (s *Screen) Content() fyne.CanvasObject { return s.content }

// Shown reads everything the first time, and gives the keyboard to the list.
func (s *Screen) Shown() {
	if !s.started {
		s.started, s.list.keys = true, true
		s.readNames(s.list.reload)
		s.views.reload()
		s.tick()
		return
	}
	s.host.Focus(s.list.rows)
}

// idle reports whether nothing in the window has the keyboard.
func (s *Screen) idle() bool {
	w := s.host.Window()
	return w == nil || w.Canvas().Focused() == nil
}

// Changed reads anew what is shown, once things rest: a collection changes the inbox many times a second.
func (s *Screen) Changed(what string) {
	if !s.started {
		return
	}
	switch what {
	case kit.ChangedMentions:
		s.soon(what, func() {
			s.list.reload()
			s.views.reload()
			s.reading.refresh()
		})
	case kit.ChangedPractice, kit.ChangedSources:
		s.soon(what, func() { s.readNames(s.list.reload) })
	}
}

// soon runs show after the pause, unless the same thing changes again before.
func (s *Screen) soon(what string, show func()) {
	if cancel, ok := s.waiting[what]; ok {
		cancel()
	}
	s.waiting[what] = s.bg.Run(func(ctx context.Context) func() {
		if !rest(ctx, s.deps.Pause) {
			return nil
		}
		return show
	})
}

// rest waits for a pause and reports whether it was left in peace.
func rest(ctx context.Context, pause time.Duration) bool {
	if pause <= 0 {
		return true
	}
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Receive opens what another screen asks for: a search as text, or a mention by its number.
func (s *Screen) Receive(arg any) {
	switch v := arg.(type) {
	case string:
		s.list.search(v)
	case reviews.Query:
		s.list.search(v.String())
	case int64:
		s.open(v)
	case int:
		s.open(int64(v))
	}
}

// open shows one mention, whatever the list shows.
func (s *Screen) open(id int64) {
	s.list.found.setOpen(id)
	s.list.rows.SelectID(id)
	s.reading.open(id)
}

// by is the person who works.
func (s *Screen) by() actor {
	id, name := s.host.Who()
	return actor{ID: id, Name: name}
}

// actor is who takes a step, and step what is done with a mention.
type (
	actor = audit.Actor
	step  = func(ctx context.Context, id int64, by actor) error
)

// act does one step on the open mention in the background, then shows how things stand. done may be nil.
func (s *Screen) act(doing string, step step, done func(id int64)) {
	id := s.reading.id
	if id == 0 {
		return
	}
	by := s.by()
	s.bg.Run(func(ctx context.Context) func() {
		err := step(ctx, id, by)
		return func() {
			if err != nil {
				s.host.Fail(doing, err)
			} else if done != nil {
				done(id)
			}
			s.reading.refresh()
			s.list.update(id)
		}
	})
}

// undoable is a toast with a way back through Reopen.
func (s *Screen) undoable(text string) func(id int64) {
	return func(id int64) {
		by := s.by()
		s.host.ToastUndo(text, func() {
			s.bg.Run(func(ctx context.Context) func() {
				err := s.deps.Life.Reopen(ctx, id, by)
				return func() {
					if err != nil {
						s.host.Fail("Taking it back", err)
					}
					s.reading.refresh()
					s.list.update(id)
				}
			})
		})
	}
}
