package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// Store keeps sources, mentions and replies. Each method is one transaction, with the line of the audit log inside it.
type Store struct {
	db        *database.DB
	now       clock.Clock
	practices *practice.Store
	gate      *guard.Guard

	mu        sync.Mutex
	listeners []func(Change)
	trusted   Trusted
	vault     Vault
	doors     Doors

	soundTemplate func(ctx context.Context, t OwnTemplate) error
}

// Change says what was changed. IDs is nil when it may be any of them.
type Change struct {
	What string // one of the kinds below
	IDs  []int64
}

// The kinds of Change.
const (
	ChangedMentions = "mentions"
	ChangedSources  = "sources"
	ChangedRules    = "rules"
	ChangedLists    = "lists" // of topics, or a correction that teaches: what judges the mentions is another
)

// Trusted reports whether text is word for word the approved template of that id, as it is filled in for this mention.
type Trusted func(ctx context.Context, template, text string, m Mention) bool

// NewStore returns a store on an open database; gate judges every reply.
func NewStore(db *database.DB, now clock.Clock, practices *practice.Store, gate *guard.Guard) *Store {
	return &Store{db: db, now: now, practices: practices, gate: gate, trusted: func(context.Context, string, string, Mention) bool { return false }}
}

// OnChanged adds a listener that is called after each commit, on the goroutine that wrote.
func (s *Store) OnChanged(listener func(Change)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.listeners = append(s.listeners, listener)
}

// TrustTemplates names who knows the approved templates; until then no text may skip approval for being one.
func (s *Store) TrustTemplates(trusted Trusted) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.trusted = trusted
}

func (s *Store) isTemplate(ctx context.Context, template, text string, m Mention) bool {
	if template == "" {
		return false
	}
	s.mu.Lock()
	trusted := s.trusted
	s.mu.Unlock()
	return trusted(ctx, template, text, m)
}

func (s *Store) tell(what string, ids ...int64) {
	s.mu.Lock()
	listeners := s.listeners
	s.mu.Unlock()
	for _, listener := range listeners {
		listener(Change{What: what, IDs: ids})
	}
}

// write runs do in one transaction and tells the listeners after it.
func (s *Store) write(ctx context.Context, what string, id int64, do func(tx *sql.Tx) error) error {
	if err := s.db.Write(ctx, do); err != nil {
		return err
	}
	s.tell(what, id)
	return nil
}

// practice is the practice, or an empty one with the usual hours and targets before the set-up.
func (s *Store) practice(ctx context.Context) (practice.Practice, error) {
	p, err := s.practices.Get(ctx)
	if errors.Is(err, practice.ErrNone) {
		return practice.Practice{Hours: practice.DefaultHours(), Targets: practice.DefaultTargets}, nil
	}
	return p, err
}

func (s *Store) log(ctx context.Context, tx *sql.Tx, by audit.Actor, did, subject, before, after string) error {
	return audit.Append(ctx, tx, s.now(), audit.Line{Who: by, Did: did, Subject: subject, Before: before, After: after})
}

func subject(kind string, id int64) string { return fmt.Sprintf("%s/%d", kind, id) }

func mentionSubject(id int64) string { return subject("mention", id) }

// pack is a list of ids as it is stored, each once.
func pack(list []string) string {
	if len(list) == 0 {
		return "[]"
	}
	once := list[:0:0]
	for _, id := range list {
		if !slices.Contains(once, id) {
			once = append(once, id)
		}
	}
	text, err := json.Marshal(once)
	if err != nil {
		return "[]"
	}
	return string(text)
}

func unpack(text string) []string {
	if text == "" || text == "[]" {
		return nil
	}
	if inner, ok := plainList(text); ok {
		return strings.Split(inner, `","`)
	}
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		return nil
	}
	return list
}

// plainList strips the brackets of a list whose words need no unquoting, which is nearly all of them: a page of the inbox has hundreds.
func plainList(text string) (string, bool) {
	if len(text) < 4 || text[:2] != `["` || text[len(text)-2:] != `"]` || strings.IndexByte(text, '\\') >= 0 {
		return "", false
	}
	return text[2 : len(text)-2], true
}

func orNull(id int64) sql.NullInt64 { return sql.NullInt64{Int64: id, Valid: id != 0} }

func notFound(err error, what string, id int64) error {
	if errors.Is(err, sql.ErrNoRows) {
		return refusal.Because(ErrNotFound, "There is no %s with number %d", what, id)
	}
	return err
}

func seconds(t time.Time) int64 { return clock.Seconds(t) }
