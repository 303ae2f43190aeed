package collect

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/fetch"
	"goodword/reviews"
)

// ListOutcome counts what became of a list of feeds.
type ListOutcome struct {
	Added    int `json:"added"`
	Known    int `json:"known"`
	Allowed  int `json:"allowed"`  // known ones that may be read inside the own network from now on
	Private  int `json:"private"`  // that cannot be read, since they are inside the own network and nobody allowed that
	Unusable int `json:"unusable"` // that are no address of a feed
}

// ImportOPML adds the feeds of a list. They are not visited yet. Imported again with leave to read the own network, the known ones get that leave.
func (c *Collector) ImportOPML(ctx context.Context, from io.Reader, allowPrivate bool, by audit.Actor) (ListOutcome, error) {
	var outcome ListOutcome
	list, unusable, err := readOPML(from)
	if err != nil {
		return outcome, err
	}
	if len(list)+unusable == 0 {
		return outcome, errors.New("There is no feed in this list")
	}
	outcome.Unusable = unusable
	there, err := c.Store.Sources(ctx)
	if err != nil {
		return outcome, err
	}
	for _, o := range list {
		draft, err := draftOf(o.Address, allowPrivate)
		if err != nil {
			outcome.Unusable++
			continue
		}
		i := slices.IndexFunc(there, func(s reviews.Source) bool { return s.Kind == draft.Source.Kind && s.Address == draft.Source.Address })
		if !allowPrivate && ownNetwork(o.Address) && (i < 0 || !there[i].AllowPrivate) {
			outcome.Private++
		}
		switch {
		case i < 0:
			_, err = c.AddDraft(ctx, draft, AddOptions{Name: o.Name}, by)
			outcome.Added++
		case allowPrivate && !there[i].AllowPrivate && ownNetwork(o.Address):
			there[i].AllowPrivate = true
			err = c.Store.SaveSource(ctx, there[i], by)
			outcome.Known++
			outcome.Allowed++
		default:
			outcome.Known++
		}
		if err != nil {
			outcome.Added--
			return outcome, fmt.Errorf("The source %s could not be added: %w", o.Name, err)
		}
	}
	return outcome, nil
}

// ownNetwork reports whether an address shows by itself that it is inside the own network.
func ownNetwork(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.ToLower(u.Hostname())
	ip := net.ParseIP(host)
	return host == "localhost" || strings.HasSuffix(host, ".local") || ip != nil && (ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast())
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
