package reviews

import (
	"context"
	"encoding/json"
	"fmt"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
)

// shown is how many runes of a text a page of the list carries.
const shown = 240

func mentionColumns(text string) string {
	return `id, source_id, site, key, url, author, title, ` + text + `, stars, IFNULL(place_id, 0), posted, seen, about, imported, status, reason,
	IFNULL(assigned, 0), due, handled, gone, revisions, starred, language, sentiment, score, topics, urgency, signals, kind, confidence, disagrees, corrected, owed, tags, target, hold, purged, expires,
	payload, proof, snoozed, pauses`
}

var (
	wholeColumns = mentionColumns("text")
	pageColumns  = mentionColumns(fmt.Sprintf("substr(text, 1, %d)", shown))
)

func scanMention(row database.Row) (m Mention, err error) {
	var posted, seen, due, handled, gone, since, hold, purged, expires, snoozed int64
	var topics, signals, corrected, tags, pauses string
	err = row.Scan(&m.ID, &m.SourceID, &m.Site, &m.Key, &m.URL, &m.Author, &m.Title, &m.Text, &m.Stars, &m.PlaceID, &posted, &seen, &m.About,
		&m.Imported, &m.Status, &m.Reason, &m.Assigned, &due, &handled, &gone, &m.Revisions, &m.Starred, &m.Language, &m.Sentiment, &m.Score,
		&topics, &m.Urgency, &signals, &m.Kind, &m.Confidence, &m.Disagrees, &corrected, &since, &tags, &m.Target, &hold, &purged, &expires, &m.Payload, &m.Proof, &snoozed, &pauses)
	m.Tags, m.Held, m.Purged, m.Expires = unpack(tags), clock.Unix(hold), clock.Unix(purged), clock.Unix(expires)
	m.Posted, m.Seen, m.Due, m.Handled, m.Gone = clock.Unix(posted), clock.Unix(seen), clock.Unix(due), clock.Unix(handled), clock.Unix(gone)
	m.Owed, m.Snoozed, m.Pauses = clock.Unix(since), clock.Unix(snoozed), UnpackPauses(pauses)
	m.Topics, m.Signals, m.Corrected = unpack(topics), unpack(signals), unpack(corrected)
	return m, err
}

// Page reads the mentions with these ids, in their order; texts are cut to their beginning. Ids that are gone are left out.
func (s *Store) Page(ctx context.Context, ids []int64) ([]Mention, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT `+pageColumns+` FROM mentions WHERE id IN (SELECT value FROM json_each(?))`, string(list))
	found, err := database.List(rows, err, "read a page of mentions", scanMention)
	byID := make(map[int64]Mention, len(ids))
	for _, m := range found {
		byID[m.ID] = m
	}
	page := make([]Mention, 0, len(ids))
	for _, id := range ids {
		if m, ok := byID[id]; ok {
			page = append(page, m)
		}
	}
	return page, err
}

// Find returns one mention in full; the error wraps ErrNotFound.
func (s *Store) Find(ctx context.Context, id int64) (Mention, error) {
	return find(ctx, s.db.Reader(), id)
}

func find(ctx context.Context, q database.Querier, id int64) (Mention, error) {
	m, err := scanMention(q.QueryRowContext(ctx, `SELECT `+wholeColumns+` FROM mentions WHERE id = ?`, id))
	return m, notFound(err, "mention", id)
}

// Revisions lists how a mention read before each change, newest first.
func (s *Store) Revisions(ctx context.Context, id int64) ([]Revision, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT id, mention_id, at, title, text, stars, payload FROM revisions WHERE mention_id = ? ORDER BY id DESC`, id)
	return database.List(rows, err, "read the revisions", func(row database.Row) (r Revision, err error) {
		var at int64
		err = row.Scan(&r.ID, &r.MentionID, &at, &r.Title, &r.Text, &r.Stars, &r.Payload)
		r.At = clock.Unix(at)
		return r, err
	})
}

// longHistory is how many lines of the audit log a mention shows.
const longHistory = 500

// History lists what was done with a mention, newest first.
func (s *Store) History(ctx context.Context, id int64) ([]audit.Line, error) {
	return audit.List(ctx, s.db.Reader(), mentionSubject(id), longHistory)
}

// Counts are the figures of Today.
type Counts struct {
	Mentions  int `json:"mentions"`
	New       int `json:"new"`
	Open      int `json:"open"`
	Overdue   int `json:"overdue"`
	Urgent    int `json:"urgent"`   // open, critical or high
	Negative  int `json:"negative"` // open
	Drafts    int `json:"drafts"`   // mentions whose reply is being written
	Escalated int `json:"escalated"`
	Waiting   int `json:"waiting"` // of them: nobody has taken them up yet
	Snoozed   int `json:"snoozed"` // put off until a day
	Sources   int `json:"sources"`
	Failing   int `json:"failing"`
}

// Counts works the figures out.
func (s *Store) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	if err := s.countOpen(ctx, &c); err != nil {
		return c, fmt.Errorf("count the mentions: %w", err)
	}
	err := s.db.Reader().QueryRowContext(ctx, `SELECT (SELECT COUNT(*) FROM mentions), (SELECT COUNT(*) FROM mentions WHERE snoozed <> 0),
		(SELECT COUNT(*) FROM escalations WHERE ended = 0 AND taken = 0), COUNT(*), IFNULL(SUM(failures >= ?), 0) FROM sources
		WHERE kind NOT IN ('hand', 'import') AND removed = 0`, failingAfter).Scan(&c.Mentions, &c.Snoozed, &c.Waiting, &c.Sources, &c.Failing)
	return c, err
}

// countOpen adds up the groups of what is open, which stand together in the index.
func (s *Store) countOpen(ctx context.Context, c *Counts) error {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT status, urgency, sentiment, COUNT(*), SUM(due > 0 AND due < ?)
		FROM mentions INDEXED BY mentions_open WHERE `+open+` GROUP BY status, urgency, sentiment`, seconds(s.now()))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var status Status
		var urgency, sentiment string
		var n, overdue int
		if err := rows.Scan(&status, &urgency, &sentiment, &n, &overdue); err != nil {
			return err
		}
		c.Open, c.Overdue = c.Open+n, c.Overdue+overdue
		switch status {
		case New:
			c.New += n
		case Answering:
			c.Drafts += n
		case Escalated:
			c.Escalated += n
		}
		if urgency == "critical" || urgency == "high" {
			c.Urgent += n
		}
		if sentiment == "negative" {
			c.Negative += n
		}
	}
	return rows.Err()
}
