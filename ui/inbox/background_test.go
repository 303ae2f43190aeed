package inbox

import (
	"context"
	"fmt"
	"testing"
	"time"

	"goodword/reviews"
	"goodword/ui/kit"
)

// later is a background whose work waits until it is told to run.
type later struct{ queue []*func() }

func (l *later) Run(work func(context.Context) func()) func() {
	c, cancel := context.WithCancel(context.Background())
	job := func() {
		if show := work(c); show != nil && c.Err() == nil {
			show()
		}
	}
	l.queue = append(l.queue, &job)
	return cancel
}

func (l *later) drain() {
	for len(l.queue) > 0 {
		job := l.queue[0]
		l.queue = l.queue[1:]
		(*job)()
	}
}

func TestWhatWasTypedLastIsKeptWhenSomebodyMovesOn(t *testing.T) {
	r, bad, good := usual(t)
	back := &later{}
	r.bg = back
	r.open(bad)
	back.drain()
	r.press("R")
	r.reply.editor.Entry.SetText(safe)
	r.open(good)
	back.drain()
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.Text != safe {
		t.Errorf("got %q, %v", reply.Text, err)
	}
	if reply, err := r.store.ReplyTo(ctx, good); err != nil || reply.Text != "" {
		t.Errorf("the text went to the wrong mention: %q, %v", reply.Text, err)
	}
	if got := r.reply.editor.Text(); got != "" {
		t.Errorf("the editor shows %q for another mention", got)
	}
	r.noFailures()
}

func TestCopyRightAfterTypingStoresFirst(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	back := &later{}
	r.bg = back
	r.reply.editor.Entry.SetText(safe)
	r.press("Ctrl+Enter")
	back.drain()
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.Text != safe || reply.State != reviews.Released {
		t.Fatalf("put into the outbox: %+v, %v, failures %v", reply, err, r.host.Failures)
	}
	r.at = r.at.Add(10 * time.Minute)
	r.reading.refresh()
	back.drain()
	r.press("Ctrl+Enter")
	back.drain()
	if len(r.host.Copied) != 1 || r.host.Copied[0] != safe {
		t.Fatalf("copied %q, failures %v", r.host.Copied, r.host.Failures)
	}
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.Text != safe || reply.State != reviews.Copied {
		t.Errorf("stored %+v, %v", reply, err)
	}
	// A review that changes between the last letter and the key holds the copy back.
	r2, bad2, _ := usual(t)
	r2.open(bad2)
	r2.press("R")
	r2.bg = back
	r2.reply.editor.Entry.SetText(safe)
	r2.press("Ctrl+Enter")
	google, err := r2.store.Sources(ctx)
	r2.must(err)
	r2.say(google[0], "Pat Quinn", 1, time.Hour, complaint+" And then they lost my records.")
	back.drain()
	if len(r2.host.Copied) != 0 || !r2.reply.fenced {
		t.Errorf("copied %q for a review that nobody had read; held back: %v", r2.host.Copied, r2.reply.fenced)
	}
}

// apart runs work on goroutines of its own and shows results on the test's, as the window does.
type apart struct {
	shows chan func()
	busy  int
}

func (a *apart) Run(work func(context.Context) func()) func() {
	c, cancel := context.WithCancel(context.Background())
	a.busy++
	go func() {
		show := work(c)
		a.shows <- func() {
			a.busy--
			if show != nil && c.Err() == nil {
				show()
			}
		}
	}()
	return cancel
}

func (a *apart) settle() {
	for a.busy > 0 {
		(<-a.shows)()
	}
}

// TestWorkApartFromTheWindow goes through the inbox with real goroutines, for the race detector.
func TestWorkApartFromTheWindow(t *testing.T) {
	r := newRoom(t, 1100, 760)
	google := r.source("google")
	for i := range 70 {
		r.say(google, fmt.Sprintf("Reviewer %d", i), 1+i%5, time.Duration(i)*time.Hour, fmt.Sprintf("Visit number %d: %s", i, complaint))
	}
	back := &apart{shows: make(chan func(), 100)}
	r.bg = back
	r.Screen = New(r.host, back, r.deps)
	r.window.SetContent(r.Content())
	r.Shown()
	for i := range 12 {
		r.list.rows.Next()
		if i%3 == 0 {
			back.settle()
		}
		r.Changed(kit.ChangedMentions)
		r.Changed(kit.ChangedPractice)
	}
	back.settle()
	r.press("R")
	r.reply.editor.Entry.SetText(safe)
	r.list.rows.Next()
	back.settle()
	r.Receive("stars:1")
	r.list.rows.OpenAt(5)
	back.settle()
	r.press("R")
	r.press("1")
	r.press("Ctrl+Enter")
	back.settle()
	if len(r.host.Copied) != 1 || r.list.pager.Len() == 0 {
		t.Errorf("copied %q, %d rows", r.host.Copied, r.list.pager.Len())
	}
	r.noFailures()
}
