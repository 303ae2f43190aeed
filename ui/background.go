package ui

import (
	"context"
	"sync"
	"sync/atomic"

	"fyne.io/fyne/v2"

	"goodword/ui/kit"
)

// Background is the one place where the window starts goroutines: work runs there, and what it
// shows runs on the window's own goroutine.
type Background struct {
	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup
	slot chan struct{}
}

var _ kit.Background = (*Background)(nil)

// atOnce is how much work runs side by side; the rest waits its turn, in no certain order.
const atOnce = 16

// NewBackground makes a runner whose work is cancelled when ctx ends or Close is called.
func NewBackground(ctx context.Context) *Background {
	ctx, stop := context.WithCancel(ctx)
	return &Background{ctx: ctx, stop: stop, slot: make(chan struct{}, atOnce)}
}

// Run does the work on a goroutine of its own and shows its result on the window's, unless it was
// cancelled first.
func (b *Background) Run(work func(context.Context) (show func())) (cancel func()) {
	ctx, stop := context.WithCancel(b.ctx)
	var cancelled atomic.Bool
	b.work.Add(1)
	go func() {
		defer b.work.Done()
		defer stop()
		select {
		case b.slot <- struct{}{}:
		case <-ctx.Done():
			return
		}
		show := work(ctx)
		<-b.slot
		if show == nil || b.ctx.Err() != nil {
			return
		}
		fyne.Do(func() {
			if !cancelled.Load() {
				show()
			}
		})
	}()
	return func() {
		cancelled.Store(true)
		stop()
	}
}

// Close cancels all work and waits until it has ended.
func (b *Background) Close() {
	b.stop()
	b.work.Wait()
}
