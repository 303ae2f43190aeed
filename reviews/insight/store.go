package insight

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

// Reader reads figures from an open database, and keeps the alerts about what moves.
type Reader struct {
	db        *database.DB
	now       clock.Clock
	practices *practice.Store
	topic     func(id string) (classify.Topic, bool) // as the practice calls them; nil: as the program does

	looking sync.Mutex // held by the one look for moves
	looked  looked
	counted []Day // of the last look
	moved   func()
}

// NameTopics lets the practice's own names of topics stand in the figures.
func (r *Reader) NameTopics(topic func(id string) (classify.Topic, bool)) { r.topic = topic }

// New returns a reader.
func New(db *database.DB, now clock.Clock) *Reader {
	return &Reader{db: db, now: now, practices: practice.NewStore(db, now)}
}

// Figures works out the figures of a scope and compares them with the period before.
func (r *Reader) Figures(ctx context.Context, scope Scope, p practice.Practice) (Figures, error) {
	if !scope.From.Before(scope.To) {
		return Figures{}, fmt.Errorf("The period has no days: it starts on %s", scope.From.Format(practice.Day))
	}
	scope.From, scope.To = scope.From.In(p.Location()), scope.To.In(p.Location())
	n, err := r.names(ctx)
	if err != nil {
		return Figures{}, err
	}
	w := newWork(scope, p, r.now())
	if err := r.read(ctx, scope, w.add); err != nil {
		return Figures{}, fmt.Errorf("read the figures: %w", err)
	}
	return w.done(n), nil
}

// read reads the mentions of the scope and of the period before it.
func (r *Reader) read(ctx context.Context, s Scope, do func(*row)) error {
	pauses, err := r.pauses(ctx)
	if err != nil {
		return err
	}
	found, err := r.db.Reader().QueryContext(ctx, `SELECT id, source_id, at, owed, handled, site, IFNULL(place_id, 0), stars, status, imported, sentiment, urgency, topics
		FROM mentions WHERE at >= ?1 AND at < ?2 AND (?3 = 0 OR place_id = ?3) AND (?4 = '' OR site = ?4) ORDER BY at`,
		clock.Seconds(s.Before().From), clock.Seconds(s.To), s.PlaceID, s.Site)
	if err != nil {
		return err
	}
	defer func() { _ = found.Close() }()
	known := map[string][]string{} // lists of topics: a few are behind very many mentions
	for found.Next() {
		var m row
		if err := m.scan(found, known); err != nil {
			return err
		}
		m.mention.Pauses = pauses[m.mention.ID]
		do(&m)
	}
	return found.Err()
}

// pauses are those of the few mentions whose clock ever stood still.
func (r *Reader) pauses(ctx context.Context) (map[int64][]reviews.Pause, error) {
	rows, err := r.db.Reader().QueryContext(ctx, `SELECT id, pauses FROM mentions WHERE pauses <> ''`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[int64][]reviews.Pause{}
	for rows.Next() {
		var id int64
		var packed string
		if err := rows.Scan(&id, &packed); err != nil {
			return nil, err
		}
		all[id] = reviews.UnpackPauses(packed)
	}
	return all, rows.Err()
}

func (r *row) scan(rows *sql.Rows, known map[string][]string) error {
	var at, owed, handled int64
	var topics string
	m := &r.mention
	err := rows.Scan(&m.ID, &m.SourceID, &at, &owed, &handled, &r.site, &r.placeID, &m.Stars, &m.Status, &m.Imported, &m.Sentiment, &m.Urgency, &topics)
	if err != nil {
		return err
	}
	m.Site = r.site
	r.at, r.owed, r.handled = clock.Unix(at), clock.Unix(owed), clock.Unix(handled)
	list, ok := known[topics]
	if !ok {
		if topics != "" {
			if err := json.Unmarshal([]byte(topics), &list); err != nil {
				return err
			}
		}
		known[topics] = list
	}
	m.Topics = list
	return nil
}

func (r *Reader) names(ctx context.Context) (names, error) {
	places, err := r.practices.Places(ctx)
	if err != nil {
		return names{}, err
	}
	return names{topic: r.topicName, site: respond.SiteName, place: func(id int64) string {
		for _, p := range places {
			if p.ID == id {
				return p.Name
			}
		}
		return "No place given"
	}}, nil
}

func (r *Reader) topicName(id string) string {
	if r.topic != nil {
		if t, ok := r.topic(id); ok {
			return t.Label
		}
	}
	return topicName(id)
}

func topicName(id string) string {
	if t, ok := classify.Default().Topic(id); ok {
		return t.Label
	}
	return id
}

// First is the moment of the oldest mention; zero when there is none.
func (r *Reader) First(ctx context.Context) (time.Time, error) {
	var at sql.NullInt64
	if err := r.db.Reader().QueryRowContext(ctx, `SELECT MIN(at) FROM mentions`).Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("read the figures: %w", err)
	}
	return clock.Unix(at.Int64), nil
}

// SitesSeen lists the sites that mentions came from, the most frequent first.
func (r *Reader) SitesSeen(ctx context.Context) ([]string, error) {
	rows, err := r.db.Reader().QueryContext(ctx, `SELECT site FROM mentions WHERE site <> '' GROUP BY site ORDER BY COUNT(*) DESC, site`)
	return database.List(rows, err, "read the sites", database.Value[string])
}
