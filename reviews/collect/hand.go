package collect

import (
	"context"

	"goodword/internal/audit"
	"goodword/reviews"
)

// AddByHand stores a mention that a person typed or pasted.
func (c *Collector) AddByHand(ctx context.Context, f reviews.Found, by audit.Actor) (reviews.Mention, error) {
	f.Text, f.Title, f.Author, f.URL = tidy(f.Text), tidy(f.Title), tidy(f.Author), link(f.URL, "")
	f.Site = siteNamed(f.Site)
	f.Understood = c.Understand(f.Title, f.Text, f.Stars)
	return c.Store.Add(ctx, f, by)
}
