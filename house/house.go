// Package house is one opened practice: its database and every domain built on it. The window, goodwordctl and the tests all enter
// through here, so that the same work is done the same way.
package house

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"goodword/advocacy"
	"goodword/advocacy/publish"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/internal/secret"
	"goodword/internal/vault"
	"goodword/policy"
	"goodword/policy/guard"
	packs "goodword/policy/proof"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/collect"
	"goodword/reviews/insight"
	"goodword/reviews/learn"
	"goodword/reviews/proof"
	"goodword/reviews/respond"
	"goodword/reviews/respond/model"
)

// Version is the version of the program; the build sets it.
var Version = "dev"

// House is an open practice.
type House struct {
	DB        *database.DB
	Now       clock.Clock
	Practices *practice.Store
	Gate      *guard.Guard
	Fetch     *fetch.Client
	Secrets   *secret.Store
	Vault     *vault.Vault // of the private notes; locked until Unlock
	Reviews   *reviews.Store
	Judge     *learn.Judge
	Collect   *collect.Collector
	Respond   *respond.Library // as it ships; Library is the practice's own
	Model     *model.Client
	Insight   *insight.Reader
	Advocacy  *advocacy.Store
	Publish   *publish.Publisher
	Policy    *policy.Store
	Folders   *proof.Binder
	Packs     *packs.Binder
}

// Open opens the database at path, makes it if it is missing, and builds the domains on it.
func Open(ctx context.Context, path string, now clock.Clock) (*House, error) {
	db, err := database.Open(ctx, path, now)
	if err != nil {
		return nil, err
	}
	h := &House{DB: db, Now: now, Gate: guard.Default(), Respond: respond.Default()}
	h.Practices = practice.NewStore(db, now)
	h.Fetch = fetch.New(db, now, h.offline)
	h.Secrets = secret.New(path + ".secrets")
	h.Model = model.New(now, h.Fetch.Note)
	h.Reviews = reviews.NewStore(db, now, h.Practices, h.Gate)
	h.Reviews.TrustTemplates(h.isTemplate)
	h.Reviews.JudgeTemplates(h.soundTemplate)
	h.Vault = vault.New(db, now, h.Secrets)
	h.Reviews.KeepNotes(h.Vault)
	h.Judge = learn.New(h.Reviews)
	h.Collect = collect.New(collect.Deps{Store: h.Reviews, Fetch: h.Fetch, Judge: h.Judge, Practices: h.Practices, Secrets: h.Secrets, Now: now})
	h.Insight = insight.New(db, now)
	h.Insight.NameTopics(h.Judge.Topic)
	h.Collect.OnBrought(h.brought)
	h.Advocacy = advocacy.NewStore(db, now, h.Practices, h.Gate)
	h.Publish = publish.New(h.Advocacy, h.Fetch, h.Secrets, now)
	h.Policy = policy.NewStore(db, now, h.Practices)
	h.Policy.JudgeMyths(h.soundMyth)
	h.Reviews.AskDoors(h.Policy)
	h.Advocacy.AskDoors(h.Policy)
	h.Advocacy.KnowAuthors(h.Reviews)
	h.Folders = proof.New(proof.Deps{DB: db, Now: now, Reviews: h.Reviews, Policy: h.Policy, Practices: h.Practices, Marker: h.Judge, Version: Version})
	h.Packs = packs.New(packs.Deps{DB: db, Now: now, Policy: h.Policy, Practices: h.Practices, Cover: h.cover, Version: Version})
	return h, nil
}

// LookForMoves looks whether what came in departs from the usual. The mentions are stored whatever comes of it, and the next look finds what this
// one missed.
func (h *House) LookForMoves(ctx context.Context) {
	if _, err := h.Insight.LookForMoves(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("look for what moves", "error", err)
	}
}

// isTemplate reports whether a text is one of the library's own wordings for a mention, as it is filled in for the practice today.
func (h *House) isTemplate(ctx context.Context, template, text string, m reviews.Mention) bool {
	library, err := h.Library(ctx)
	if err != nil {
		return false
	}
	p, err := h.Practices.Get(ctx)
	if err != nil {
		return false
	}
	place, err := h.PlaceOf(ctx, m)
	return err == nil && library.Knows(template, text, p, place)
}

// PlaceOf is the place that a mention is about, or nil when it is about the practice as a whole.
func (h *House) PlaceOf(ctx context.Context, m reviews.Mention) (*practice.Place, error) {
	places, err := h.Practices.Places(ctx)
	if err != nil {
		return nil, err
	}
	for _, place := range places {
		if place.ID == m.PlaceID {
			return &place, nil
		}
	}
	return nil, nil
}

// Close writes what the network ledger still holds and ends the work with the database.
func (h *House) Close() error {
	return errors.Join(h.Fetch.Flush(context.Background()), h.DB.Close())
}

// offline answers yes when the switch cannot be read: what must not leave stays.
func (h *House) offline(ctx context.Context) bool {
	value, err := h.Practices.Setting(ctx, practice.SettingOffline)
	return err != nil || value == "yes"
}

// Proof is what Verify found in order.
type Proof struct {
	Schema int64  `json:"schema"`
	Lines  int    `json:"audit_lines"`
	Head   string `json:"audit_head"`
	Files  int    `json:"files"` // pictures of spotlights

	Texts  reviews.Proved `json:"texts"`  // that the audit log vouches for
	Policy policy.Proved  `json:"policy"` // versions, signatures, refusals, signed sheets
}

// Verify proves the database, the audit chain, the texts that it has the hashes of, and the pictures; the error says all that does not hold.
func (h *House) Verify(ctx context.Context) (Proof, error) {
	var p Proof
	var versionErr, chainErr, headErr, textsErr, policyErr, filesErr error
	p.Schema, versionErr = h.DB.Version(ctx)
	p.Lines, chainErr = audit.Verify(ctx, h.DB.Reader())
	p.Head, headErr = audit.Head(ctx, h.DB.Reader())
	p.Texts, textsErr = h.Reviews.ProveTexts(ctx)
	p.Policy, policyErr = h.Policy.Prove(ctx)
	p.Files, filesErr = h.Advocacy.VerifyPictures(ctx)
	if err := errors.Join(h.DB.Check(ctx), versionErr, chainErr, headErr, textsErr, policyErr, filesErr); err != nil {
		return p, fmt.Errorf("Not everything holds: %w", err)
	}
	return p, nil
}

// cover covers names and health details in what leaves the practice.
func (h *House) cover(ctx context.Context) (func(text string) string, error) {
	team, err := h.Reviews.Team(ctx)
	if err != nil {
		return nil, err
	}
	return func(text string) string { return classify.Mask(text, h.Judge.Marks(text, team)) }, nil
}
