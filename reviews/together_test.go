package reviews_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"goodword/reviews"
)

// TestReadingWhileCollecting reads pages and figures while visits are stored, as the window does.
func TestReadingWhileCollecting(t *testing.T) {
	d := open(t)
	s := d.feed(t, "google")
	var stored, told int
	d.OnChanged(func(c reviews.Change) {
		if c.What == reviews.ChangedMentions {
			told += len(c.IDs)
		}
	})
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			last := 0
			for {
				ids, err := d.IDs(ctx, reviews.Query{})
				if err != nil {
					t.Error(err)
					return
				}
				page, err := d.Page(ctx, ids)
				if err != nil || len(page) != len(ids) || len(ids) < last {
					t.Errorf("got %d of %d mentions after %d, %v", len(page), len(ids), last, err)
					return
				}
				last = len(ids)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for batch := range 10 {
		var found []reviews.Found
		for i := range 20 {
			found = append(found, reviews.Found{Key: fmt.Sprint(batch, "-", i), Text: fmt.Sprintf("Number %d of batch %d", i, batch), Posted: monday.Add(-time.Duration(batch) * time.Hour)})
		}
		stored += d.visit(t, s, found...).New
	}
	close(done)
	readers.Wait()
	if got := len(d.ids(t, "")); got != 200 || stored != 200 || told != 200 {
		t.Errorf("got %d mentions, %d reported as new, %d told", got, stored, told)
	}
}
