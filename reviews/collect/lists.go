package collect

import (
	"context"
	"errors"
	"fmt"
	"io"

	"goodword/internal/audit"
	"goodword/internal/fetch"
	"goodword/reviews"
)

// ImportOPML adds the feeds of a list and says how many were there already. They are not visited yet.
func (c *Collector) ImportOPML(ctx context.Context, from io.Reader, allowPrivate bool, by audit.Actor) (added, known int, err error) {
	list, err := ReadOPML(from)
	if err != nil {
		return 0, 0, err
	}
	if len(list) == 0 {
		return 0, 0, errors.New("There is no feed in this list")
	}
	for _, o := range list {
		draft, err := draftOf(o.Address, allowPrivate)
		if err == nil {
			_, err = c.AddDraft(ctx, draft, AddOptions{Name: o.Name}, by)
		}
		switch {
		case errors.Is(err, reviews.ErrStep):
			known++
		case err != nil:
			return added, known, fmt.Errorf("The source %s could not be added: %w", o.Name, err)
		default:
			added++
		}
	}
	return added, known, nil
}

// ExportOPML writes the feeds as a list for other readers.
func (c *Collector) ExportOPML(ctx context.Context, to io.Writer) error {
	sources, err := c.Store.Sources(ctx)
	if err != nil {
		return err
	}
	return WriteOPML(to, sources)
}

func isOffline(err error) bool { return errors.Is(err, fetch.ErrOffline) }
