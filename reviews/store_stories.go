package reviews

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/refusal"
)

// Appearance is another place where the story of a mention stands, with what it says there.
type Appearance struct {
	SourceID int64     `json:"source_id"`
	Source   string    `json:"source"` // name of the source that showed it
	Key      string    `json:"-"`
	Site     string    `json:"site"`
	URL      string    `json:"url,omitempty"`
	Author   string    `json:"author,omitempty"`
	Title    string    `json:"title,omitempty"`
	Text     string    `json:"text,omitempty"`
	Stars    int       `json:"stars"`
	Posted   time.Time `json:"posted"`
	About    bool      `json:"about"` // the posted date is approximate
	Seen     time.Time `json:"seen"`
	Joined   bool      `json:"joined"` // by a person
	Payload  Payload   `json:"payload,omitempty"`
}

const appearanceColumns = `SELECT a.source_id, IFNULL(s.name, ''), a.key, a.site, a.url, a.author, a.title, a.text, a.stars, a.posted, a.about, a.seen,
	a.was <> '', a.payload FROM appearances a LEFT JOIN sources s ON s.id = a.source_id `

func scanAppearance(row database.Row) (a Appearance, err error) {
	var posted, seen int64
	err = row.Scan(&a.SourceID, &a.Source, &a.Key, &a.Site, &a.URL, &a.Author, &a.Title, &a.Text, &a.Stars, &posted, &a.About, &seen, &a.Joined, &a.Payload)
	a.Posted, a.Seen = clock.Unix(posted), clock.Unix(seen)
	return a, err
}

// Appearances lists where else the story of a mention stands, in the order in which it was seen there.
func (s *Store) Appearances(ctx context.Context, id int64) ([]Appearance, error) {
	return appearances(ctx, s.db.Reader(), id)
}

func appearances(ctx context.Context, q database.Querier, id int64) ([]Appearance, error) {
	rows, err := q.QueryContext(ctx, appearanceColumns+`WHERE a.mention_id = ? ORDER BY a.seen, a.source_id, a.key`, id)
	return database.List(rows, err, "read the other places", scanAppearance)
}

// The steps of a story, in the words of the audit log.
const (
	didSplit = "taken apart by hand"
	didJoin  = "joined by hand"
)

// Split takes a place out of a mention into a mention of its own, which stays apart at the visits to come. One that a person joined comes back as
// it was, with its work; for another, u says how its text is understood. It returns the number of that mention.
func (s *Store) Split(ctx context.Context, id int64, place Appearance, u Understood, by audit.Actor) (int64, error) {
	var apart int64
	err := s.recording(ctx, func(r *recording) error {
		if _, err := find(ctx, r.tx, id); err != nil {
			return err
		}
		a, err := scanAppearance(r.tx.QueryRowContext(ctx, appearanceColumns+`WHERE a.mention_id = ? AND a.source_id = ? AND a.key = ?`, id, place.SourceID, place.Key))
		if errors.Is(err, sql.ErrNoRows) {
			return refusal.Because(ErrNotFound, "Mention %d has no such place", id)
		}
		if err != nil {
			return fmt.Errorf("read the other place: %w", err)
		}
		if a.Joined {
			apart, err = r.restore(ctx, id, a)
		} else {
			apart, err = r.own(ctx, a, u)
		}
		if err != nil {
			return fmt.Errorf("take the two apart: %w", err)
		}
		if err := s.log(ctx, r.tx, by, didSplit, mentionSubject(id), mentionSubject(id), mentionSubject(apart)); err != nil {
			return err
		}
		return s.log(ctx, r.tx, by, didSplit, mentionSubject(apart), mentionSubject(id), mentionSubject(apart))
	})
	if err != nil {
		return 0, err
	}
	s.tell(ChangedMentions, id, apart)
	return apart, nil
}

// own makes a mention of a place.
func (r *recording) own(ctx context.Context, a Appearance, u Understood) (int64, error) {
	if err := r.forget(ctx, a.SourceID, a.Key); err != nil {
		return 0, err
	}
	source, err := scanSource(r.tx.QueryRowContext(ctx, `SELECT `+sourceColumns+` FROM sources WHERE id = ?`, a.SourceID))
	if err != nil {
		return 0, err
	}
	e := identify([]Found{{Key: a.Key, URL: a.URL, Author: a.Author, Title: a.Title, Text: a.Text, Stars: a.Stars, Site: a.Site, Posted: a.Posted, About: a.About,
		Payload: a.Payload, Understood: u}})[0]
	e.key = a.Key
	id, err := r.add(ctx, source, e)
	if err != nil {
		return 0, err
	}
	_, err = r.tx.ExecContext(ctx, `UPDATE mentions SET seen = ? WHERE id = ?`, seconds(a.Seen), id)
	return id, err
}

func (r *recording) forget(ctx context.Context, source int64, key string) error {
	_, err := r.tx.ExecContext(ctx, `DELETE FROM appearances WHERE source_id = ? AND key = ?`, source, key)
	return err
}

// Join makes another mention a place of the one to keep: a person knows that they are one story. What was done with the other goes along: its
// reply, its state and its person where the kept one has none. Where both have a reply, a person has to choose first.
func (s *Store) Join(ctx context.Context, keep, other int64, by audit.Actor) error {
	if keep == other {
		return refusal.Because(ErrStep, "A mention cannot be joined to itself")
	}
	err := s.recording(ctx, func(r *recording) error {
		kept, err := find(ctx, r.tx, keep)
		if err != nil {
			return err
		}
		m, err := find(ctx, r.tx, other)
		if err != nil {
			return err
		}
		if !m.Held.IsZero() {
			return refusal.Because(ErrStep, "Mention %d is under legal hold and stays by itself. Join the other one to it, or release it first", other)
		}
		if err := r.join(ctx, kept, m, by); err != nil {
			return err
		}
		if err := s.log(ctx, r.tx, by, didJoin, mentionSubject(keep), mentionSubject(other), mentionSubject(keep)); err != nil {
			return err
		}
		return s.log(ctx, r.tx, by, didJoin, mentionSubject(other), mentionSubject(other), mentionSubject(keep))
	})
	if err != nil {
		return err
	}
	s.tell(ChangedMentions, keep, other)
	return nil
}

func (r *recording) join(ctx context.Context, kept, m Mention, by audit.Actor) error {
	ours, err := replyTo(ctx, r.tx, kept.ID)
	if err != nil {
		return err
	}
	theirs, err := replyTo(ctx, r.tx, m.ID)
	if err != nil {
		return err
	}
	if ours.Text != "" && theirs.Text != "" {
		return refusal.Because(ErrStep, "Both mentions have a reply. Take one of the replies back first, then join them")
	}
	was, err := r.pack(ctx, kept, m)
	if err != nil {
		return fmt.Errorf("keep what was done with mention %d: %w", m.ID, err)
	}
	if theirs.Text != "" {
		if err := r.s.emptyOutbox(ctx, r.tx, m.ID, false, "the mention was joined to another"); err != nil {
			return err
		}
		was.Reply = theirs.ID
		if _, err := r.tx.ExecContext(ctx, `DELETE FROM replies WHERE mention_id = ?`, kept.ID); err != nil {
			return err
		}
		if _, err := r.tx.ExecContext(ctx, moveReply, kept.ID, theirs.ID, m.ID); err != nil {
			return fmt.Errorf("take the reply along: %w", err)
		}
	}
	packed, err := was.text()
	if err != nil {
		return err
	}
	for _, query := range []string{
		`INSERT INTO appearances (source_id, key, mention_id, site, url, seen, author, title, text, stars, posted, about, payload, content, former, was)
			SELECT source_id, key, ?1, site, url, seen, author, title, text, stars, posted, about, payload, content, id, ?3 FROM mentions WHERE id = ?2`,
		`UPDATE appearances SET mention_id = ?1 WHERE mention_id = ?2`,
		`UPDATE notes SET mention_id = ?1 WHERE mention_id = ?2`,
		`DELETE FROM mentions WHERE id = ?2`,
	} {
		if _, err := r.tx.ExecContext(ctx, query, kept.ID, m.ID, packed); err != nil {
			return fmt.Errorf("make one story of the two: %w", err)
		}
	}
	return r.inherit(ctx, kept, m, by)
}

// inherit gives the kept mention the state and the person of the other where nobody has begun anything with the kept one.
func (r *recording) inherit(ctx context.Context, kept, m Mention, by audit.Actor) error {
	after := kept
	if (kept.Status == New || kept.Status == Read) && m.Status != New {
		after.Status, after.Reason = m.Status, m.Reason
		if m.Assigned != 0 {
			after.Assigned = m.Assigned
		}
	}
	if after.Assigned == 0 {
		after.Assigned = m.Assigned
	}
	if after.Status == kept.Status && after.Assigned == kept.Assigned {
		return nil
	}
	next := after.Status
	after.Status = kept.Status
	return r.s.step(ctx, r.tx, after, next, r.at, r.deadlines, by, "took over what was done with mention "+fmt.Sprint(m.ID))
}

// mostCandidates is how many mentions are offered as the same.
const mostCandidates = 8

// Candidates lists mentions that may tell the same story as one, the likeliest first: by their words, by their author, and by the days and the
// rating. A person decides.
func (s *Store) Candidates(ctx context.Context, id int64) ([]Mention, error) {
	m, err := s.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	at := m.Posted
	if at.IsZero() {
		at = m.Seen
	}
	const near = 14 * 24 * time.Hour
	rows, err := s.db.Reader().QueryContext(ctx, `WITH it AS (SELECT story, address, opening, likeness FROM mentions WHERE id = ?1),
		near AS (SELECT id FROM mentions WHERE at BETWEEN ?2 AND ?3 AND (stars = ?4 OR stars = 0 OR ?4 = 0) ORDER BY abs(at - ?5) LIMIT 400),
		marked AS (SELECT id FROM mentions WHERE story <> 0 AND story = (SELECT story FROM it) UNION SELECT id FROM mentions WHERE address <> 0 AND address = (SELECT address FROM it)
			UNION SELECT id FROM mentions WHERE opening <> 0 AND opening = (SELECT opening FROM it) UNION SELECT id FROM mentions WHERE likeness <> 0 AND likeness = (SELECT likeness FROM it) LIMIT 200)
		SELECT `+wholeColumns+` FROM mentions WHERE id <> ?1 AND id IN (SELECT id FROM near UNION SELECT id FROM marked)`,
		id, seconds(at.Add(-near)), seconds(at.Add(near)), m.Stars, seconds(at))
	if err != nil {
		return nil, fmt.Errorf("look for the same story: %w", err)
	}
	defer func() { _ = rows.Close() }()
	type scored struct {
		Mention
		score float64
	}
	var list []scored
	for rows.Next() {
		c, err := scanMention(rows)
		if err != nil {
			return nil, fmt.Errorf("look for the same story: %w", err)
		}
		if score := m.telling().nearness(c.telling()); score > 0 {
			list = append(list, scored{c, score})
		}
	}
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.ID, b.ID)) })
	var found []Mention
	for _, c := range list[:min(len(list), mostCandidates)] {
		found = append(found, c.Mention)
	}
	return found, rows.Err()
}

// nearness says how likely it is that two tell the same story, from 0 on; only for putting what a person is offered in order.
func (a telling) nearness(b telling) float64 {
	score := 0.0
	x, y := wordsOf(a.text), wordsOf(b.text)
	if len(x) > len(y) {
		x, y = y, x
	}
	if holds(y, x) {
		score += 2
	} else {
		score += 2 * share(x, y)
	}
	switch compareAuthors(a.author, b.author) {
	case sameAuthor:
		score += 2
	case likeAuthor:
		score++
	}
	if score == 0 {
		return 0
	}
	if a.stars == b.stars {
		score += 0.2
	}
	if within(a.at, b.at, daysApart) {
		score += 0.2
	}
	return score
}
