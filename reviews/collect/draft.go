package collect

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"strings"

	"goodword/internal/audit"
	"goodword/reviews"
)

// Draft is a source that was filled in and looked at, and is not stored yet.
type Draft struct {
	Looked
	Source reviews.Source
	Rating *reviews.Rating // of the practice as a whole, where the source shows one
	secret string
}

// Recognise finds the kind of source that a pasted address belongs to, with its fields filled in. An address that no kind knows is not
// recognised: it may be any feed or page.
func Recognise(pasted string) (Kind, reviews.Options, bool) {
	u, err := url.Parse(asAddress(strings.TrimSpace(pasted)))
	if err != nil || u.Hostname() == "" {
		return Kind{}, nil, false
	}
	for _, kind := range kinds {
		if kind.knows == nil {
			continue
		}
		if values, ok := kind.knows(u); ok {
			return kind, values, true
		}
	}
	return Kind{}, nil, false
}

// secretIn recognises an address that must not be stored as it is.
func secretIn(address string) (Kind, reviews.Options, bool) {
	kind, values, ok := Recognise(address)
	return kind, values, ok && values[kind.secretField()] != ""
}

// fill makes the source of a kind as it was filled in, without asking anybody.
func fill(id string, values reviews.Options, allowPrivate bool) (Kind, Draft, error) {
	if known, better, ok := secretIn(values["address"]); ok && id == reviews.KindFeed {
		id, values = known.ID, better
	}
	kind, ok := kindOf(id)
	if !ok || kind.prepare == nil {
		return kind, Draft{}, fmt.Errorf("There is no kind of source called %q", id)
	}
	values, err := kind.check(values)
	if err != nil {
		return kind, Draft{}, err
	}
	if err := kind.checkKeys(values); err != nil {
		return kind, Draft{}, err
	}
	source, secret, err := kind.prepare(values)
	if err != nil {
		return kind, Draft{}, err
	}
	if source.Options == nil {
		source.Options = maps.Clone(values)
		delete(source.Options, kind.secretField())
	}
	source.Kind, source.AllowPrivate = kind.ID, allowPrivate
	if source.Retention == "" {
		source.Retention, source.Keeps = kind.Retention, kind.Keeps
	}
	source.All = source.All || kind.All
	if source.Every == 0 {
		source.Rhythm = kind.Every
	}
	return kind, Draft{Source: source, secret: secret, Looked: Looked{Address: source.Address, Kind: kind.ID, Title: source.Name}}, nil
}

// LookKind looks at a source of a kind as it was filled in, without storing anything.
func (c *Collector) LookKind(ctx context.Context, id string, values reviews.Options, allowPrivate bool) (Draft, error) {
	kind, draft, err := fill(id, values, allowPrivate)
	if err != nil || kind.ask == nil {
		return draft, err
	}
	looked, err := c.lookAtDraft(ctx, kind, draft)
	if kind.ID == secretFeedKind.ID && errors.Is(err, ErrPage) {
		return c.lookAtSecretPage(ctx, draft.secret, allowPrivate)
	}
	return looked, err
}

// lookAtSecretPage looks at a page whose address has a key in it: for the feed behind it, else for the reviews on it.
func (c *Collector) lookAtSecretPage(ctx context.Context, address string, allowPrivate bool) (Draft, error) {
	cover := veilOf(address)
	found, err := c.lookAtAddress(ctx, address, allowPrivate)
	if err == nil {
		draft, err := draftOf(found.Address, allowPrivate)
		got := answer{title: found.Title, entries: found.Entries}
		cover.over(&got)
		draft.Title, draft.Entries = got.title, got.entries
		return draft, err
	}
	if errors.Is(err, ErrNoFeedBehind) {
		if page, err := c.LookKind(ctx, pageKind.ID, reviews.Options{"address": address}, allowPrivate); err == nil {
			return page, nil
		}
	}
	return Draft{}, cover.failure(err)
}

func (c *Collector) lookAtDraft(ctx context.Context, kind Kind, draft Draft) (Draft, error) {
	found, err := kind.ask(ctx, c, visiting{source: draft.Source, secret: draft.secret, fresh: true, look: true, now: c.Now()})
	cover := veilOf(draft.secret)
	cover.over(&found)
	if err != nil && !found.cut {
		return draft, cover.failure(err)
	}
	draft.Entries, draft.Rating = found.entries, found.visit.Rating
	if draft.Title == "" {
		draft.Title = found.title
	}
	if found.visit.Address != "" && draft.secret == "" {
		draft.Address, draft.Source.Address = found.visit.Address, found.visit.Address
	}
	return draft, nil
}

// Live asks a stored source for what it shows now. Nothing of the answer is stored.
func (c *Collector) Live(ctx context.Context, source reviews.Source) (Draft, error) {
	kind, ok := kindOf(source.Kind)
	if !ok || kind.ask == nil {
		return Draft{}, errNotVisited
	}
	secret, err := c.secretOf(source)
	if err != nil {
		return Draft{}, err
	}
	return c.lookAtDraft(ctx, kind, Draft{Source: source, secret: secret, Looked: Looked{Address: source.Address, Kind: kind.ID, Title: source.Name}})
}

// AddDraft stores a source that LookKind made, with its secret in the keychain.
func (c *Collector) AddDraft(ctx context.Context, d Draft, o AddOptions, by audit.Actor) (reviews.Source, error) {
	s := d.Source
	if s.Name = o.Name; s.Name == "" {
		s.Name = d.Title
	}
	s.Name = veilOf(d.secret).text(s.Name)
	if match := tidyWords(o.Match); len(match) > 0 {
		s.Match = match
	}
	s.All = s.All || o.All
	if o.Every > 0 {
		s.Every = o.Every
	}
	if d.secret != "" {
		var err error
		if s.Secret, err = c.keepSecret(d.secret); err != nil {
			return s, err
		}
	}
	added, err := c.Store.AddSource(ctx, s, by)
	if err != nil && d.secret != "" {
		err = errors.Join(err, c.Secrets.Delete(s.Secret))
	}
	return added, err
}

// Filled are the fields of a source as they were filled in. A secret is not among them.
func Filled(source reviews.Source) reviews.Options {
	if source.Kind == reviews.KindFeed {
		return reviews.Options{"address": source.Address}
	}
	values := reviews.Options{}
	maps.Copy(values, source.Options)
	return values
}

// Change stores what a person changed of a source. values are its fields as they are now; an empty secret stays as it was. An address that
// the source was moved to stays, as long as no field is another.
func (c *Collector) Change(ctx context.Context, source reviews.Source, values reviews.Options, by audit.Actor) error {
	kind, ok := kindOf(source.Kind)
	if !ok || kind.prepare == nil || same(kind, Filled(source), values) {
		return c.Store.SaveSource(ctx, source, by)
	}
	values, secretField := maps.Clone(values), kind.secretField()
	if secretField == "" { // the address of a page with a key in it
		secretField = "address"
		if source.Secret != "" && values[secretField] == source.Options[secretField] {
			delete(values, secretField)
		}
	}
	replaced := values[secretField] != ""
	if !replaced && source.Secret != "" {
		kept, err := c.secretOf(source)
		if err != nil {
			return err
		}
		values[secretField] = kept
	}
	_, draft, err := fill(kind.ID, values, source.AllowPrivate)
	if err != nil {
		return err
	}
	replaced = replaced && (draft.secret != "" || source.Secret != "")
	before := source.Secret
	source.Address, source.Site, source.Options, source.Keeps = draft.Source.Address, draft.Source.Site, draft.Source.Options, draft.Source.Keeps
	if replaced {
		if source.Secret = ""; draft.secret != "" {
			if source.Secret, err = c.keepSecret(draft.secret); err != nil {
				return err
			}
		}
	}
	err = c.Store.SaveSource(ctx, source, by)
	switch {
	case err != nil && replaced && source.Secret != "":
		return errors.Join(err, c.Secrets.Delete(source.Secret))
	case err == nil && replaced && before != "":
		return c.Secrets.Delete(before)
	}
	return err
}

// same reports whether no field is another than it was.
func same(kind Kind, before, after reviews.Options) bool {
	for _, f := range kind.Fields {
		was := before[f.Name]
		if was == "" && len(f.Choices) > 0 {
			was = f.Choices[0]
		}
		if strings.TrimSpace(after[f.Name]) != was {
			return false
		}
	}
	return true
}
