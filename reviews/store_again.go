package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
)

// again meets an entry that is known: unchanged, changed, or the practice's reply now shows.
func (r *recording) again(ctx context.Context, source Source, e entry, k seen, outcome *Outcome) error {
	if k.elsewhere || k.content == e.content && k.answer == e.answer && !k.gone {
		outcome.Unchanged++
		return nil
	}
	m, owed, err := find(ctx, r.tx, k.id)
	if err != nil {
		return err
	}
	r.touched = append(r.touched, k.id)
	if k.content != e.content {
		outcome.Edited++
		if m, err = r.edit(ctx, m, owed, e); err != nil {
			return err
		}
	} else {
		outcome.Unchanged++
	}
	if k.answer != e.answer && e.Reply != "" {
		if err := r.onSite(ctx, m.ID, m.Revisions, e); err != nil {
			return err
		}
		if err := r.answeredOnSite(ctx, m); err != nil {
			return err
		}
	}
	_, err = r.tx.ExecContext(ctx, `UPDATE mentions SET content = ?, answer = ?, story = ?, address = ?, opening = ?, likeness = ?, payload = ?, gone = 0
		WHERE id = ?`, e.content, e.answer, e.story, e.address, e.opening, e.likeness, blob(e.Payload), m.ID)
	return err
}

// edit keeps how the mention read, puts the new words in place, and owes an answer anew when the rating or the meaning changed.
func (r *recording) edit(ctx context.Context, before Mention, owed time.Time, e entry) (Mention, error) {
	if err := r.index(ctx); err != nil { // what is not in the index yet cannot be changed in it
		return before, err
	}
	_, err := r.tx.ExecContext(ctx, `INSERT INTO revisions (mention_id, at, title, text, stars) VALUES (?, ?, ?, ?, ?)`,
		before.ID, seconds(r.at), before.Title, before.Text, before.Stars)
	if err != nil {
		return before, fmt.Errorf("keep the revision: %w", err)
	}
	m := before
	m.Title, m.Text, m.Stars = e.Title, e.Text, min(max(e.Stars, 0), 5)
	m.Understood = e.Understood
	m.guess()
	m.Understood = m.Understood.corrected(before.Understood)
	e.Understood = m.Understood
	m.Revisions++
	did := "changed on the site"
	if !meansTheSame(before, e.Found) && !before.Imported {
		owed = r.at
		if before.Status.Done() {
			if m.Status, err = before.Status.After(StepReopen); err != nil {
				return m, err
			}
			m.Handled = time.Time{}
			did = "reopened, because it was changed on the site"
		}
	}
	_, err = r.tx.ExecContext(ctx, `UPDATE mentions SET title = ?, text = ?, author = ?, url = ?, stars = ?, status = ?, handled = ?, owed = ?, due = ?,
		revisions = ?, language = ?, sentiment = ?, score = ?, topics = ?, urgency = ?, signals = ? WHERE id = ?`,
		m.Title, m.Text, e.Author, e.URL, m.Stars, string(m.Status), seconds(m.Handled), seconds(owed), seconds(r.deadlines.due(m, owed)),
		m.Revisions, m.Language, m.Sentiment, m.Score, pack(m.Topics), m.Urgency, pack(m.Signals), m.ID)
	if err != nil {
		return m, fmt.Errorf("store the changed mention: %w", err)
	}
	return m, r.s.log(ctx, r.tx, audit.Program, did, mentionSubject(m.ID), string(before.Status), string(m.Status))
}

// corrected puts what a person corrected over what the program understood.
func (u Understood) corrected(by Understood) Understood {
	u.Corrected = by.Corrected
	for _, part := range by.Corrected {
		switch part {
		case "sentiment":
			u.Sentiment, u.Score = by.Sentiment, by.Score
		case "topics":
			u.Topics = by.Topics
		case "urgency":
			u.Urgency, u.Signals = by.Urgency, by.Signals
		case "language":
			u.Language = by.Language
		}
	}
	return u
}

// answeredOnSite closes the work when the practice's reply shows on the site.
func (r *recording) answeredOnSite(ctx context.Context, m Mention) error {
	next, err := m.Status.After(StepPublish)
	if err != nil || next == m.Status {
		return nil // closed or resolved already: the reply is noted, the decision stays
	}
	return r.s.step(ctx, r.tx, m, next, time.Time{}, r.at, r.deadlines, audit.Program, "reply seen on the site")
}

// onSite notes the reply that the site shows. The practice's own draft of the same words has arrived; other words were written elsewhere.
func (r *recording) onSite(ctx context.Context, mention int64, revision int, e entry) error {
	at := e.ReplyAt
	if at.IsZero() {
		at = r.at
	}
	_, err := r.tx.ExecContext(ctx, `INSERT INTO replies (mention_id, state, text, author, verdict, changed, published, revision)
		VALUES (?, ?, ?, 0, 'clear', ?, ?, ?)
		ON CONFLICT (mention_id) DO UPDATE SET state = excluded.state, text = excluded.text, changed = excluded.changed, published = excluded.published,
		template = CASE WHEN text = excluded.text THEN template ELSE '' END, author = CASE WHEN text = excluded.text THEN author ELSE 0 END,
		approver = CASE WHEN text = excluded.text THEN approver ELSE 0 END, revision = excluded.revision`,
		mention, string(OnSite), e.Reply, seconds(at), seconds(at), revision)
	if err != nil {
		return fmt.Errorf("note the reply on the site: %w", err)
	}
	return nil
}

// appear notes another place of a story.
func (r *recording) appear(ctx context.Context, source Source, e entry, mention int64) error {
	_, err := r.tx.ExecContext(ctx, `INSERT INTO appearances (source_id, key, mention_id, site, url, seen, author, title, text, stars, posted, payload)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source_id, key) DO NOTHING`, source.ID, e.key, mention, e.Site, e.URL, seconds(r.at),
		e.Author, e.Title, e.Text, e.Stars, seconds(e.Posted), blob(e.Payload))
	if err != nil {
		return fmt.Errorf("note the other place: %w", err)
	}
	r.touched = append(r.touched, mention)
	return nil
}

// alike holds the mentions that tell the same story or have the same address as an entry of the batch.
type alike struct {
	stories   map[int64][]twin
	addresses map[int64][]twin
}

type twin struct {
	id, source int64
	key        string
	stars      int
	at         time.Time
}

func (r *recording) alike(ctx context.Context, list []entry, known map[string]seen) (*alike, error) {
	a := &alike{map[int64][]twin{}, map[int64][]twin{}}
	var stories, addresses []int64
	for _, e := range list {
		if _, ok := known[e.key]; ok {
			continue
		}
		if e.story != 0 {
			stories = append(stories, e.story)
		}
		if e.address != 0 {
			addresses = append(addresses, e.address)
		}
	}
	if err := twins(ctx, r.byStory, stories, a.stories); err != nil {
		return nil, err
	}
	return a, twins(ctx, r.byAddress, addresses, a.addresses)
}

func twinsBy(column string) string {
	return `SELECT ` + column + `, id, source_id, key, stars, at FROM mentions
		WHERE ` + column + ` <> 0 AND ` + column + ` IN (SELECT value FROM json_each(?)) ORDER BY id`
}

func twins(ctx context.Context, by *sql.Stmt, prints []int64, into map[int64][]twin) error {
	if len(prints) == 0 {
		return nil
	}
	packed, err := json.Marshal(prints)
	if err != nil {
		return err
	}
	rows, err := by.QueryContext(ctx, string(packed))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var print, at int64
		var t twin
		if err := rows.Scan(&print, &t.id, &t.source, &t.key, &t.stars, &at); err != nil {
			return err
		}
		t.at = clock.Unix(at)
		into[print] = append(into[print], t)
	}
	return rows.Err()
}

// match finds the mention that an entry repeats, or 0. The same words by the same author within days are one story wherever they stand; an
// address is one story only where a single mention has it, for some pages hold many reviews. Two entries that one source shows side by side
// are two.
func (a *alike) match(source int64, e entry, seen time.Time, together map[string]bool) int64 {
	at := e.order(seen)
	for _, t := range a.stories[e.story] {
		if t.source == source && together[t.key] {
			continue
		}
		if apart := at.Sub(t.at); e.story != 0 && apart <= sameStory && apart >= -sameStory {
			return t.id
		}
	}
	if twins := a.addresses[e.address]; e.address != 0 && len(twins) == 1 {
		t := twins[0]
		agree := t.stars == e.Stars || t.stars == 0 || e.Stars == 0
		if t.source != source && agree {
			return t.id
		}
	}
	return 0
}

func (a *alike) learn(source, id int64, e entry, seen time.Time) {
	t := twin{id, source, e.key, e.Stars, e.order(seen)}
	if e.story != 0 {
		a.stories[e.story] = append(a.stories[e.story], t)
	}
	if e.address != 0 {
		a.addresses[e.address] = append(a.addresses[e.address], t)
	}
}
