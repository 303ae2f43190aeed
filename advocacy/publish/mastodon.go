package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html"
	"io"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"goodword/advocacy"
)

// mastodonNetwork is Mastodon, and the servers that answer as it does.
var mastodonNetwork = Network{
	ID: "mastodon", Name: "Mastodon", Secret: "Access token", Schedule: true,
	Help: "In Mastodon open Preferences, Development, New application, and call it Goodword.\nAllow only profile, read:statuses, write:statuses and write:media.\nOpen it and copy the access token. Enter the server, such as https://mastodon.social.",
	wire: mastodon{},
}

type mastodon struct{}

// mastodonLead is how far ahead a moment must lie for a server to keep a post until then.
const mastodonLead = 5 * time.Minute

type (
	mastodonAccount struct {
		ID   string `json:"id"`
		Acct string `json:"acct"`
		Name string `json:"display_name"`
	}
	mastodonStatus struct {
		ID      string `json:"id"`
		Created string `json:"created_at"`
		URL     string `json:"url"`
		Content string `json:"content"`
	}
	mastodonLater struct {
		ID     string `json:"id"`
		At     string `json:"scheduled_at"`
		Params struct {
			Text string `json:"text"`
		} `json:"params"`
	}
)

func (mastodon) account(ctx context.Context, l *line) (mastodonAccount, error) {
	var a mastodonAccount
	err := l.ask(ctx, call{path: "/api/v1/accounts/verify_credentials", header: bearer(l.password)}, &a)
	if err == nil && a.ID == "" {
		err = problem(ErrRefused, nil, "%s does not say whose token this is. Check the address of the server", l.host())
	}
	return a, err
}

func (m mastodon) who(ctx context.Context, l *line) (handle, shows string, err error) {
	a, err := m.account(ctx, l)
	shows = "@" + a.Acct + "@" + l.host()
	if a.Name != "" {
		shows = a.Name + " (" + shows + ")"
	}
	return a.Acct, shows, err
}

// find looks among the account's own posts, and among those that the server keeps for later, for the words of this one.
func (m mastodon) find(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, bool, error) {
	a, err := m.account(ctx, l)
	if err != nil {
		return advocacy.Made{}, false, err
	}
	texts := []string{bare(p.Text)}
	if p.Before != "" {
		texts = append(texts, bare(p.Before))
	}
	var list []mastodonStatus
	query := url.Values{"limit": {"40"}, "exclude_reblogs": {"true"}}
	if err := l.ask(ctx, call{path: "/api/v1/accounts/" + url.PathEscape(a.ID) + "/statuses?" + query.Encode(), header: bearer(l.password)}, &list); err != nil {
		return advocacy.Made{}, false, err
	}
	for _, s := range list {
		// A day is more than any clock is wrong; what is on record already is another post.
		at, err := time.Parse(time.RFC3339, s.Created)
		if err == nil && at.After(p.Began.Add(-24*time.Hour)) && !slices.Contains(p.Known, s.ID) && slices.Contains(texts, bare(plain(s.Content))) {
			return advocacy.Made{Remote: s.ID, URL: s.URL}, true, nil
		}
	}
	var later []mastodonLater
	if err := l.ask(ctx, call{path: "/api/v1/scheduled_statuses?limit=40", header: bearer(l.password)}, &later); err != nil {
		return advocacy.Made{}, false, err
	}
	for _, s := range later {
		if !slices.Contains(p.Known, laterPrefix+s.ID) && slices.Contains(texts, bare(s.Params.Text)) {
			return advocacy.Made{Remote: laterPrefix + s.ID, URL: l.account.Server}, true, nil
		}
	}
	return advocacy.Made{}, false, nil
}

// laterPrefix marks what the server calls a post that it keeps for later; the post itself will have another name.
const laterPrefix = "scheduled/"

func (m mastodon) post(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, error) {
	body := map[string]any{"status": p.Text, "visibility": "public", "language": "en"}
	if len(p.Picture.Data) > 0 {
		id, err := m.upload(ctx, l, p.Picture)
		if err != nil {
			return advocacy.Made{}, err
		}
		body["media_ids"] = []string{id}
	}
	if !p.Appears.IsZero() {
		if p.Appears.Before(l.now().Add(mastodonLead)) {
			return advocacy.Made{}, problem(ErrRefused, nil, "Mastodon keeps a post only for a moment at least five minutes ahead. Post it now, or choose a later moment")
		}
		body["scheduled_at"] = p.Appears.UTC().Format(time.RFC3339)
	}
	header := bearer(l.password)
	header.Set("Idempotency-Key", idempotencyKey(p))
	var s mastodonStatus
	if err := l.ask(ctx, call{path: "/api/v1/statuses", header: header, body: pack(body), makes: true}, &s); err != nil {
		return advocacy.Made{}, err
	}
	switch {
	case s.ID == "":
		return advocacy.Made{}, problem(ErrUnsure, nil, "%s did not say where the post is, so it may be up or not. Press again: Goodword looks first, and nothing is posted twice", l.host())
	case !p.Appears.IsZero() && s.URL == "":
		return advocacy.Made{Remote: laterPrefix + s.ID, URL: l.account.Server}, nil
	}
	return advocacy.Made{Remote: s.ID, URL: s.URL}, nil
}

// idempotencyKey is the same for every try of the same words of a post.
func idempotencyKey(p advocacy.Post) string {
	sum := sha256.Sum256([]byte(p.Text))
	return fmt.Sprintf("goodword-%d-%d-%s", p.ID, p.Began.Unix(), hex.EncodeToString(sum[:6]))
}

// Pictures are worked on by the server after it took them; it is asked this often whether it is done.
const (
	mediaLooks = 20
	mediaPause = 500 * time.Millisecond
)

func (mastodon) upload(ctx context.Context, l *line, picture advocacy.Rendition) (string, error) {
	body, kind, err := form(map[string]string{"description": picture.Alt}, picture)
	if err != nil {
		return "", err
	}
	var media struct {
		ID  string `json:"id"`
		URL string `json:"url"`
	}
	if err := l.ask(ctx, call{path: "/api/v2/media", header: bearer(l.password), body: body, kind: kind}, &media); err != nil {
		return "", err
	}
	for range mediaLooks {
		if media.ID == "" || media.URL != "" {
			break
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(mediaPause):
		}
		if err := l.ask(ctx, call{path: "/api/v1/media/" + url.PathEscape(media.ID), header: bearer(l.password)}, &media); err != nil {
			return "", err
		}
	}
	if media.ID == "" {
		return "", problem(ErrRefused, nil, "%s did not take the picture", l.host())
	}
	return media.ID, nil
}

// form packs fields and a picture as a page of the web would send them.
func form(fields map[string]string, picture advocacy.Rendition) (body []byte, kind string, err error) {
	var packed bytes.Buffer
	w := multipart.NewWriter(&packed)
	for name, value := range fields {
		if err := w.WriteField(name, value); err != nil {
			return nil, "", err
		}
	}
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {fmt.Sprintf(`form-data; name="file"; filename=%q`, picture.File)}, "Content-Type": {picture.Type}})
	if err != nil {
		return nil, "", err
	}
	if _, err := io.Copy(part, bytes.NewReader(picture.Data)); err != nil {
		return nil, "", err
	}
	if err := w.Close(); err != nil {
		return nil, "", err
	}
	return packed.Bytes(), w.FormDataContentType(), nil
}

var tag = regexp.MustCompile(`<[^>]*>`)

// plain is what a reader sees of a post that the server gives as HTML.
func plain(content string) string {
	content = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "</p>", "\n").Replace(content)
	return html.UnescapeString(tag.ReplaceAllString(content, ""))
}

// bare is a text without its spaces, which servers set as they like.
func bare(text string) string { return strings.Join(strings.Fields(text), "") }

var mastodonPost = regexp.MustCompile(`^(https://[^/]+)/(?:@[^/]+|users/[^/]+/statuses)/(\d+)$`)

// countMastodon asks the server of the post how often it was liked, passed on and answered.
func (p *Publisher) countMastodon(ctx context.Context, server, remote, address string) (advocacy.Result, error) {
	var r advocacy.Result
	if parts := mastodonPost.FindStringSubmatch(address); parts != nil {
		server, remote = parts[1], parts[2]
	}
	if server == "" || remote == "" || strings.HasPrefix(remote, laterPrefix) {
		return r, errNoAddress
	}
	var seen struct {
		ID         string `json:"id"`
		Favourites int    `json:"favourites_count"`
		Reblogs    int    `json:"reblogs_count"`
		Replies    int    `json:"replies_count"`
	}
	if err := p.askPublic(ctx, server+"/api/v1/statuses/"+url.PathEscape(remote), &seen); err != nil {
		return r, err
	}
	if seen.ID != remote {
		return r, problem(ErrRefused, nil, "The server does not show this post. It may have been deleted")
	}
	r.Likes, r.Shares, r.Comments = known(seen.Favourites), known(seen.Reblogs), known(seen.Replies)
	return r, nil
}
