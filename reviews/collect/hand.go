package collect

import (
	"cmp"
	"context"
	"errors"

	"goodword/internal/audit"
	"goodword/reviews"
)

// AddByHand stores a mention that a person typed or pasted, and returns it as the rules left it. For one that is in the inbox already the error is
// reviews.ErrThere, and the mention is the one that is there.
func (c *Collector) AddByHand(ctx context.Context, f reviews.Found, by audit.Actor) (reviews.Mention, error) {
	f.Text, f.Title, f.Author, f.URL = tidy(f.Text), tidy(f.Title), tidy(f.Author), link(f.URL, "")
	f.Site = siteNamed(f.Site)
	f.Understood = c.Understand(f.Title, f.Text, f.Stars)
	m, err := c.Store.Add(ctx, f, by)
	if err != nil && !errors.Is(err, reviews.ErrThere) {
		return m, err
	}
	c.rule(ctx)
	m, found := c.Store.Find(ctx, m.ID)
	return m, cmp.Or(found, err)
}

// TakeApart makes a mention of its own of a place that tells another story, with its text understood anew, and returns its number.
func (c *Collector) TakeApart(ctx context.Context, id int64, place reviews.Appearance, by audit.Actor) (int64, error) {
	return c.Store.Split(ctx, id, place, c.Understand(place.Title, place.Text, place.Stars), by)
}
