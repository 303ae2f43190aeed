package publish

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/fetch"
	"goodword/internal/refusal"
)

// ErrNoCount says that a network does not show its counts to everybody.
var ErrNoCount = errors.New("no public counts")

var errNoAddress = refusal.Because(ErrNoCount, "Goodword does not know which post to ask for. Enter the figures by hand")

// Counts reports whether a network shows everybody how a post was received.
func Counts(network string) bool {
	return network == blueskyNetwork.ID || network == mastodonNetwork.ID
}

// Count asks a network how a post was received, without any account, and notes it.
func (p *Publisher) Count(ctx context.Context, spotlight int64, network string, by audit.Actor) (advocacy.Result, error) {
	v, err := p.store.Find(ctx, spotlight)
	if err != nil {
		return advocacy.Result{}, err
	}
	posts, err := p.store.Posts(ctx, spotlight)
	if err != nil {
		return advocacy.Result{}, err
	}
	text, _ := v.Variant(network)
	var made advocacy.Post
	for _, post := range posts {
		if post.Network == network && post.State == advocacy.PostMade && post.URL == text.PostedURL {
			made = post
			break
		}
	}
	var r advocacy.Result
	switch network {
	case blueskyNetwork.ID:
		r, err = p.countBluesky(ctx, made.Remote, text.PostedURL)
	case mastodonNetwork.ID:
		r, err = p.countMastodon(ctx, made.Server, made.Remote, text.PostedURL)
	default:
		err = refusal.Because(ErrNoCount, "This network shows its figures to you alone. Enter them by hand")
	}
	if err != nil {
		return r, err
	}
	r.SpotlightID, r.Network, r.Counted, r.Seen = spotlight, network, "network", p.now()
	return r, p.store.SaveResult(ctx, r, by)
}

// askPublic reads what a server shows to everybody. It may be one of the practice's own network only where an account says so.
func (p *Publisher) askPublic(ctx context.Context, address string, into any) error {
	inside := false
	accounts, err := p.store.Accounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range accounts {
		inside = inside || a.Inside && len(address) > len(a.Server) && address[:len(a.Server)+1] == a.Server+"/"
	}
	response, err := p.fetch.Get(ctx, fetch.Request{URL: address, Why: "count reactions", AllowPrivate: inside, MaxBytes: answerBytes, Header: http.Header{"Accept": {"application/json"}}})
	if err != nil {
		if response != nil && response.Status == http.StatusNotFound {
			return problem(ErrRefused, err, "The server does not show this post. It may have been deleted")
		}
		return err
	}
	if err := json.Unmarshal(response.Body, into); err != nil {
		return problem(ErrRefused, err, "The answer cannot be read. Enter the figures by hand")
	}
	return nil
}
