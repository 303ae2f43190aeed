package publish

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"goodword/advocacy"
	"goodword/internal/refusal"
)

// blueskyNetwork is Bluesky, and every server that speaks as it does.
var blueskyNetwork = Network{
	ID: "bluesky", Name: "Bluesky", Server: "https://bsky.social", Example: "brightharbor.bsky.social", Secret: "App password",
	Help: "In Bluesky open Settings, Privacy and security, App passwords, and add one called Goodword.\nWrite the handle and that app password here, never your own password.",
	wire: bluesky{},
}

type bluesky struct{}

// blueskyBlob is how many bytes a picture may have.
const blueskyBlob = 1_000_000

const blueskyPosts = "app.bsky.feed.post"

type blueskySession struct {
	Access string `json:"accessJwt"`
	DID    string `json:"did"`
	Handle string `json:"handle"`
}

// session signs in. A post is seldom enough that nothing is gained by keeping a session.
func (bluesky) session(ctx context.Context, l *line) (blueskySession, error) {
	var s blueskySession
	body := pack(map[string]string{"identifier": l.account.Handle, "password": l.password})
	if err := l.ask(ctx, call{path: "/xrpc/com.atproto.server.createSession", body: body}, &s); err != nil {
		return s, err
	}
	if s.Access == "" || s.DID == "" {
		return s, problem(ErrAccount, nil, "%s gave no session. Check the handle and the app password under Settings, Accounts", l.host())
	}
	return s, nil
}

func (b bluesky) who(ctx context.Context, l *line) (handle, shows string, err error) {
	s, err := b.session(ctx, l)
	return s.Handle, "@" + s.Handle, err
}

// find asks for the one record that this post can be.
func (b bluesky) find(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, bool, error) {
	s, err := b.session(ctx, l)
	if err != nil {
		return advocacy.Made{}, false, err
	}
	return b.look(ctx, l, s, p)
}

func (bluesky) look(ctx context.Context, l *line, s blueskySession, p advocacy.Post) (advocacy.Made, bool, error) {
	query := url.Values{"repo": {s.DID}, "collection": {blueskyPosts}, "rkey": {recordKey(p)}}
	var found struct {
		URI string `json:"uri"`
	}
	err := l.ask(ctx, call{path: "/xrpc/com.atproto.repo.getRecord?" + query.Encode(), header: bearer(s.Access)}, &found)
	var no refusedCode
	switch {
	case errors.As(err, &no) && no.code == "RecordNotFound":
		return advocacy.Made{}, false, nil
	case err != nil:
		return advocacy.Made{}, false, err
	}
	return made(l, s, p, found.URI), found.URI != "", nil
}

func (b bluesky) post(ctx context.Context, l *line, p advocacy.Post) (advocacy.Made, error) {
	s, err := b.session(ctx, l)
	if err != nil {
		return advocacy.Made{}, err
	}
	record := map[string]any{"$type": blueskyPosts, "text": p.Text, "createdAt": p.Began.UTC().Format("2006-01-02T15:04:05.000Z"), "langs": []string{"en"}}
	if facets := facetsOf(p.Text); len(facets) > 0 {
		record["facets"] = facets
	}
	if len(p.Picture.Data) > 0 {
		embed, err := b.upload(ctx, l, s, p.Picture)
		if err != nil {
			return advocacy.Made{}, err
		}
		record["embed"] = embed
	}
	var taken struct {
		URI string `json:"uri"`
	}
	body := pack(map[string]any{"repo": s.DID, "collection": blueskyPosts, "rkey": recordKey(p), "record": record})
	if err := l.ask(ctx, call{path: "/xrpc/com.atproto.repo.createRecord", header: bearer(s.Access), body: body, makes: true}, &taken); err != nil {
		return advocacy.Made{}, err
	}
	if taken.URI == "" {
		return advocacy.Made{}, problem(ErrUnsure, nil, "%s did not say where the post is, so it may be up or not. Press again: Goodword looks first, and nothing is posted twice", l.host())
	}
	return made(l, s, p, taken.URI), nil
}

// upload hands the picture over and returns what the record says of it.
func (bluesky) upload(ctx context.Context, l *line, s blueskySession, picture advocacy.Rendition) (map[string]any, error) {
	if len(picture.Data) > blueskyBlob {
		return nil, refusal.Because(ErrLarge, "The picture has %d bytes; Bluesky takes %d. Crop it or take a smaller one", len(picture.Data), blueskyBlob)
	}
	var answer struct {
		Blob json.RawMessage `json:"blob"`
	}
	if err := l.ask(ctx, call{path: "/xrpc/com.atproto.repo.uploadBlob", header: bearer(s.Access), body: picture.Data, kind: picture.Type}, &answer); err != nil {
		return nil, err
	}
	if len(answer.Blob) == 0 {
		return nil, problem(ErrRefused, nil, "%s did not take the picture", l.host())
	}
	image := map[string]any{"alt": picture.Alt, "image": answer.Blob, "aspectRatio": map[string]int{"width": picture.Width, "height": picture.Height}}
	return map[string]any{"$type": "app.bsky.embed.images", "images": []any{image}}, nil
}

// made is where the post can be seen: on the app that shows the public network, or on a server of the practice's own.
func made(l *line, s blueskySession, p advocacy.Post, uri string) advocacy.Made {
	m := advocacy.Made{Remote: uri, URL: "https://bsky.app/profile/" + url.PathEscape(s.Handle) + "/post/" + recordKey(p)}
	if l.account.Inside {
		m.URL = l.account.Server + "/xrpc/com.atproto.repo.getRecord?" + url.Values{"repo": {s.DID}, "collection": {blueskyPosts}, "rkey": {recordKey(p)}}.Encode()
	}
	return m
}

// sortable is the alphabet of record keys.
const sortable = "234567abcdefghijklmnopqrstuvwxyz"

// recordKey names the record of a post, always the same for the same post: the moment of its first try in microseconds and its number, as the
// network writes such keys.
func recordKey(p advocacy.Post) string {
	at := uint64(p.Began.UnixMicro())&(1<<53-1)<<10 | uint64(p.ID)&1023
	key := make([]byte, 13)
	for i := range key {
		key[len(key)-1-i] = sortable[at&31]
		at >>= 5
	}
	return string(key)
}

type (
	facet struct {
		Index    facetIndex          `json:"index"`
		Features []map[string]string `json:"features"`
	}
	facetIndex struct {
		Start int `json:"byteStart"`
		End   int `json:"byteEnd"`
	}
)

var (
	linkWord = regexp.MustCompile(`https?://[^\s<>"“”]+`)
	tagWord  = regexp.MustCompile(`[#＃][^\s#＃]+`)
)

// facetsOf marks the links and hashtags of a text by their bytes: without them the network shows plain words.
func facetsOf(text string) []facet {
	var facets []facet
	taken := make([]bool, len(text)+1)
	for _, at := range linkWord.FindAllStringIndex(text, -1) {
		end := at[0] + len(strings.TrimRight(text[at[0]:at[1]], ".,;:!?'’)]"))
		if u, err := url.Parse(text[at[0]:end]); err != nil || u.Host == "" {
			continue
		}
		facets = append(facets, facet{facetIndex{at[0], end}, []map[string]string{{"$type": "app.bsky.richtext.facet#link", "uri": text[at[0]:end]}}})
		for i := at[0]; i < at[1]; i++ {
			taken[i] = true
		}
	}
	for _, at := range tagWord.FindAllStringIndex(text, -1) {
		before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
		if taken[at[0]] || at[0] > 0 && !unicode.IsSpace(before) && before != '(' {
			continue
		}
		_, sign := utf8.DecodeRuneInString(text[at[0]:])
		tag := strings.TrimRightFunc(text[at[0]+sign:at[1]], unicode.IsPunct)
		if tag == "" || strings.Trim(tag, "0123456789") == "" || utf8.RuneCountInString(tag) > 64 {
			continue
		}
		facets = append(facets, facet{facetIndex{at[0], at[0] + sign + len(tag)}, []map[string]string{{"$type": "app.bsky.richtext.facet#tag", "tag": tag}}})
	}
	return facets
}

// blueskyPublic answers everybody who asks what readers see.
const blueskyPublic = "https://public.api.bsky.app"

var (
	blueskyAddress = regexp.MustCompile(`^https://bsky\.app/profile/([^/]+)/post/([^/?#]+)$`)
	recordAddress  = regexp.MustCompile(`^at://[^/]+/[^/]+/[^/]+$`)
)

// countBluesky asks how often a post was liked, passed on and answered.
func (p *Publisher) countBluesky(ctx context.Context, remote, address string) (advocacy.Result, error) {
	var r advocacy.Result
	if parts := blueskyAddress.FindStringSubmatch(address); !recordAddress.MatchString(remote) && parts != nil {
		did := parts[1]
		if !strings.HasPrefix(did, "did:") {
			var found struct {
				DID string `json:"did"`
			}
			if err := p.askPublic(ctx, p.where(blueskyPublic+"/xrpc/com.atproto.identity.resolveHandle?"+url.Values{"handle": {did}}.Encode()), &found); err != nil {
				return r, err
			}
			did = found.DID
		}
		remote = "at://" + did + "/" + blueskyPosts + "/" + parts[2]
	}
	if !recordAddress.MatchString(remote) {
		return r, errNoAddress
	}
	var list struct {
		Posts []struct {
			Likes   int `json:"likeCount"`
			Reposts int `json:"repostCount"`
			Quotes  int `json:"quoteCount"`
			Replies int `json:"replyCount"`
		} `json:"posts"`
	}
	if err := p.askPublic(ctx, p.where(blueskyPublic+"/xrpc/app.bsky.feed.getPosts?"+url.Values{"uris": {remote}}.Encode()), &list); err != nil {
		return r, err
	}
	if len(list.Posts) != 1 {
		return r, problem(ErrRefused, nil, "Bluesky does not show this post. It may have been deleted")
	}
	seen := list.Posts[0]
	r.Likes, r.Shares, r.Comments = known(seen.Likes), known(seen.Reposts+seen.Quotes), known(seen.Replies)
	return r, nil
}

func known(n int) *int { return &n }
