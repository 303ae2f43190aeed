package collect

import (
	"context"

	"goodword/internal/audit"
	"goodword/reviews"
)

// AddByHand stores a mention that a person typed or pasted, and returns it as the rules left it.
func (c *Collector) AddByHand(ctx context.Context, f reviews.Found, by audit.Actor) (reviews.Mention, error) {
	f.Text, f.Title, f.Author, f.URL = tidy(f.Text), tidy(f.Title), tidy(f.Author), link(f.URL, "")
	f.Site = siteNamed(f.Site)
	f.Understood = c.Understand(f.Title, f.Text, f.Stars)
	m, err := c.Store.Add(ctx, f, by)
	if err != nil {
		return m, err
	}
	c.rule(ctx)
	return c.Store.Find(ctx, m.ID)
}

// TakeApart makes a mention of its own of a place that tells another story, with its text understood anew, and returns its number.
func (c *Collector) TakeApart(ctx context.Context, id int64, place reviews.Appearance, by audit.Actor) (int64, error) {
	return c.Store.Split(ctx, id, place, c.Understand(place.Title, place.Text, place.Stars), by)
}
