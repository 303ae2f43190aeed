package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/audit"
	"goodword/internal/refusal"
	"goodword/reviews/classify"
)

// Harvest is a visit with what it found.
type Harvest struct {
	Visit Visit
	Found []Found
}

// RecordVisit stores what a visit found, and that it took place, in one transaction.
func (s *Store) RecordVisit(ctx context.Context, visit Visit, found []Found) (Outcome, error) {
	outcomes, err := s.Record(ctx, []Harvest{{visit, found}})
	if err != nil {
		return Outcome{}, err
	}
	return outcomes[0], nil
}

// Record stores several visits in one transaction, which the search index likes better than one each. Visit.Ignored is kept as given; the rest
// of the outcome is counted here.
func (s *Store) Record(ctx context.Context, harvests []Harvest) ([]Outcome, error) {
	outcomes := make([]Outcome, len(harvests))
	var touched []int64
	err := s.recording(ctx, func(r *recording) error {
		entries := make([][]entry, len(harvests))
		for i, h := range harvests {
			entries[i] = identify(h.Found)
		}
		if err := r.relatives(ctx, slices.Concat(entries...)); err != nil {
			return err
		}
		for i, h := range harvests {
			outcome, err := r.take(ctx, h, entries[i])
			if err != nil {
				return err
			}
			outcomes[i] = outcome
		}
		touched = r.touched
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(touched) > 0 {
		s.tell(ChangedMentions, touched...)
	}
	s.tell(ChangedSources)
	return outcomes, nil
}

// importBatch is how many rows of a file go into one transaction: whoever stops in between finds whole batches, and the next run goes on.
const importBatch = 2000

// Import stores a file of history under the source of that name. What was imported before is known again; what is missing of the parts that the
// file shows as a whole is marked as gone.
func (s *Store) Import(ctx context.Context, source Source, found []Found, by audit.Actor, wholes ...Whole) (Outcome, error) {
	var total Outcome
	var gone missing
	var began time.Time // when the first of what is new came
	source.Kind = KindImport
	source, err := source.ready()
	if err != nil {
		return total, err
	}
	entries := identify(found)
	for i := range entries {
		entries[i].Imported = true
	}
	together := keySet(entries)
	batches := slices.Collect(slices.Chunk(entries, importBatch))
	if len(batches) == 0 {
		batches = [][]entry{nil}
	}
	for i, batch := range batches {
		err := s.recording(ctx, func(r *recording) error {
			r.together = together
			if source.ID == 0 {
				if source, err = s.importSource(ctx, r.tx, source, by); err != nil {
					return err
				}
			}
			if i == 0 {
				if gone, err = r.missing(ctx, source.ID, entries, wholes); err != nil {
					return err
				}
			}
			outcome, err := r.entries(ctx, source, batch)
			if err != nil {
				return err
			}
			if i == len(batches)-1 {
				if outcome.Gone, err = r.mark(ctx, gone, by); err != nil {
					return err
				}
			}
			total = total.plus(outcome)
			if began.IsZero() && outcome.New > 0 {
				began = r.at
			}
			if _, err := r.tx.ExecContext(ctx, `UPDATE sources SET brought = brought + ?1, entries = ?2, visited = ?3, succeeded = ?3, newest = CASE WHEN ?4 = 0 THEN newest ELSE ?4 END WHERE id = ?5`,
				outcome.New, len(entries), seconds(r.at), seconds(began), source.ID); err != nil {
				return err
			}
			if i < len(batches)-1 {
				return nil
			}
			return s.log(ctx, r.tx, by, "imported", subject("source", source.ID), "", total.String())
		})
		if err != nil {
			return total, err
		}
	}
	s.tell(ChangedMentions)
	s.tell(ChangedSources, source.ID)
	return total, nil
}

func (s *Store) importSource(ctx context.Context, tx *sql.Tx, source Source, by audit.Actor) (Source, error) {
	err := tx.QueryRowContext(ctx, `UPDATE sources SET removed = 0 WHERE kind = ? AND address = ? RETURNING id`, source.Kind, source.Address).Scan(&source.ID)
	if errors.Is(err, sql.ErrNoRows) {
		return s.addSource(ctx, tx, source, by)
	}
	return source, err
}

// Add stores a mention that a person typed or pasted. One that is in the inbox already gets no second row: it is returned as it stands, with an
// ErrThere that says since when.
func (s *Store) Add(ctx context.Context, found Found, by audit.Actor) (Mention, error) {
	if strings.TrimSpace(found.Text) == "" && found.Stars == 0 {
		return Mention{}, refusal.Because(ErrStep, "A mention needs a text or a rating")
	}
	if found.Stars < 0 || found.Stars > 5 {
		return Mention{}, refusal.Because(ErrStep, "A rating is 1 to 5 stars")
	}
	p, err := s.practice(ctx)
	if err != nil {
		return Mention{}, err
	}
	typed := identify([]Found{found})
	if found.Key == "" {
		typed[0].key = typed[0].byContent() // people paste the address of the practice's page, which many reviews share
	}
	var id int64
	var outcome Outcome
	var touched []int64
	err = s.recording(ctx, func(r *recording) error {
		var err error
		if outcome, err = r.entries(ctx, Source{Site: found.Site}, typed); err != nil {
			return err
		}
		known, err := r.known(ctx, 0, typed)
		if err != nil {
			return err
		}
		touched = r.touched
		if id = known[typed[0].key].id; outcome.New == 0 {
			return nil
		}
		return s.log(ctx, r.tx, by, "entered by hand", mentionSubject(id), "", string(New))
	})
	if err != nil {
		return Mention{}, err
	}
	if len(touched) > 0 {
		s.tell(ChangedMentions, touched...)
	}
	m, err := s.Find(ctx, id)
	if err != nil || outcome.New+outcome.Edited > 0 {
		return m, err
	}
	return m, refusal.Because(ErrThere, "This mention is in the inbox already, since %s", m.Seen.In(p.Location()).Format("2 January 2006, 15:04"))
}

func (o Outcome) plus(p Outcome) Outcome {
	return Outcome{o.New + p.New, o.Edited + p.Edited, o.Duplicates + p.Duplicates, o.Unchanged + p.Unchanged, o.Ignored + p.Ignored, o.Gone + p.Gone}
}

// String tells the outcome in a line.
func (o Outcome) String() string {
	text := fmt.Sprintf("new %d, edited %d, duplicates %d, unchanged %d, ignored %d", o.New, o.Edited, o.Duplicates, o.Unchanged, o.Ignored)
	if o.Gone > 0 {
		text += fmt.Sprintf(", gone %d", o.Gone)
	}
	return text
}

// recording is one transaction that takes entries in.
type recording struct {
	s                                 *Store
	tx                                *sql.Tx
	at                                time.Time
	deadlines                         *deadlines
	places                            map[string]int64
	team                              func() *classify.Team // made at the first text: it takes a moment
	insert, byKey, byStory, byAddress *sql.Stmt
	byOpening, byLikeness             *sql.Stmt
	byPlace, anyPlace                 *sql.Stmt
	byID, visited, visit, fewer       *sql.Stmt       // of a source: itself, its state, its visits, and the oldest of them
	together                          map[string]bool // keys of the whole file, where it is stored in parts; nil: those of the visit
	reserved                          int64           // the first id that no mention ever had, if it is not the next one

	touched []int64
	first   int64 // id of the first new mention
	kin     kin
}

func (s *Store) recording(ctx context.Context, do func(*recording) error) error {
	p, err := s.practice(ctx)
	if err != nil {
		return err
	}
	places, err := s.practices.Places(ctx)
	if err != nil {
		return err
	}
	people, err := s.practices.People(ctx)
	if err != nil {
		return err
	}
	r := &recording{s: s, team: sync.OnceValue(func() *classify.Team { return teamOf(people, places) }), at: s.now().UTC().Truncate(time.Second), deadlines: newDeadlines(p), places: map[string]int64{}, kin: newKin()}
	for _, place := range places {
		r.places[strings.ToLower(place.Name)] = place.ID
	}
	return s.db.Write(ctx, func(tx *sql.Tx) error {
		r.tx = tx
		if r.reserved, err = reserved(ctx, tx); err != nil {
			return err
		}
		for statement, query := range map[**sql.Stmt]string{&r.insert: insertMention, &r.byKey: byKey, &r.byStory: twinsBy("story"),
			&r.byAddress: twinsBy("address"), &r.byOpening: twinsBy("opening"), &r.byLikeness: twinsBy("likeness"), &r.byPlace: byPlace, &r.anyPlace: anyPlace,
			&r.byID: `SELECT ` + sourceColumns + ` FROM sources WHERE id = ?`, &r.visited: visitedSource, &r.visit: insertVisit, &r.fewer: dropVisits} {
			if *statement, err = tx.PrepareContext(ctx, query); err != nil {
				return err
			}
			defer func() { _ = (*statement).Close() }()
		}
		if err := do(r); err != nil {
			return err
		}
		return r.index(ctx)
	})
}

// index makes the new mentions findable, all in one statement.
func (r *recording) index(ctx context.Context) error {
	if r.first == 0 {
		return nil
	}
	_, err := r.tx.ExecContext(ctx, `INSERT INTO mentions_words (rowid, title, text, author) SELECT id, title, text, author FROM mentions WHERE id >= ?`, r.first)
	if err != nil {
		return fmt.Errorf("index the new mentions: %w", err)
	}
	r.first = 0
	return nil
}

// take stores one visit. What came of it is in the audit log when it changed the inbox; that it took place is in the table of visits.
func (r *recording) take(ctx context.Context, h Harvest, entries []entry) (Outcome, error) {
	v := h.Visit
	source, err := scanSource(r.byID.QueryRowContext(ctx, v.SourceID))
	if err != nil {
		return Outcome{}, notFound(err, "source", v.SourceID)
	}
	gone, err := r.missing(ctx, source.ID, entries, v.wholes())
	if err != nil {
		return Outcome{}, err
	}
	outcome, err := r.entries(ctx, source, entries)
	if err != nil {
		return outcome, fmt.Errorf("store what %s brought: %w", source.Name, err)
	}
	if outcome.Gone, err = r.mark(ctx, gone, audit.Program); err != nil {
		return outcome, err
	}
	outcome.Ignored = v.Ignored
	v.Outcome = outcome
	if v.At.IsZero() {
		v.At = r.at
	}
	if v.Entries == 0 {
		v.Entries = len(h.Found) + v.Ignored
	}
	if err := r.saveVisit(ctx, source.after(v, paceOf(h.Found)), v); err != nil {
		return outcome, err
	}
	if err := r.rating(ctx, source, v); err != nil {
		return outcome, err
	}
	if outcome.New+outcome.Edited+outcome.Gone == 0 {
		return outcome, nil
	}
	return outcome, r.s.log(ctx, r.tx, audit.Program, "collected", subject("source", source.ID), "", outcome.String())
}

const (
	visitedSource = `UPDATE sources SET visited = ?, succeeded = ?, next = ?, failing = ?, failures = ?, problem = ?, brought = ?,
		entries = ?, etag = ?, modified = ?, hash = ?, state = ?14, rhythm = ?15, newest = ?16, most = ?17, gap = ?18,
		address = CASE WHEN ?12 = address OR EXISTS (SELECT 1 FROM sources o WHERE o.kind = sources.kind AND o.kind <> 'hand' AND o.address = ?12) THEN address ELSE ?12 END WHERE id = ?13`
	insertVisit = `INSERT INTO visits (source_id, at, took, status, entries, unchanged, problem, brought, edited, duplicates, same, ignored)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	dropVisits = `DELETE FROM visits WHERE source_id = ?1 AND id < (SELECT id FROM visits WHERE source_id = ?1
		ORDER BY id DESC LIMIT 1 OFFSET ?2)`
)

func (r *recording) saveVisit(ctx context.Context, s Source, v Visit) error {
	_, err := r.visited.ExecContext(ctx,
		seconds(s.Visited), seconds(s.Succeeded), seconds(s.Next), seconds(s.Failing), s.Failures, s.Problem, s.Brought, s.Entries, s.ETag,
		s.Modified, s.Hash, s.Address, s.ID, s.State.pack(), s.Rhythm, seconds(s.Newest), s.Most, s.Gap)
	if err != nil {
		return fmt.Errorf("save the source %s: %w", s.Name, err)
	}
	_, err = r.visit.ExecContext(ctx, s.ID, seconds(v.At), v.Took, v.Status, v.Entries, v.Unchanged, v.Problem, v.New, v.Edited,
		v.Duplicates, v.Outcome.Unchanged, v.Ignored)
	if err != nil {
		return fmt.Errorf("save the visit to %s: %w", s.Name, err)
	}
	_, err = r.fewer.ExecContext(ctx, s.ID, keptVisits-1)
	return err
}

// entries takes the entries of one source in. Two queries tell which of them are known; only what is new or changed costs more.
func (r *recording) entries(ctx context.Context, source Source, list []entry) (Outcome, error) {
	var outcome Outcome
	if source.Retention == NoStore {
		outcome.Ignored = len(list)
		return outcome, nil
	}
	if len(list) == 0 {
		return outcome, nil
	}
	known := map[string]seen{}
	if first := source.Kind != KindImport && source.ID != 0 && source.Visited.IsZero(); !first { // nothing can be known of a source that was never visited
		var err error
		if known, err = r.known(ctx, source.ID, list); err != nil {
			return outcome, err
		}
	}
	alike, err := r.alike(ctx, source.ID, list, known)
	if err != nil {
		return outcome, err
	}
	together := r.together
	if together == nil {
		together = keySet(list)
	}
	for _, e := range list {
		if e.Site == "" {
			e.Site = source.Site
		}
		if e.stored != nil {
			outcome.Unchanged++
		} else if k, ok := known[e.key]; ok {
			r.kin = newKin() // the mention may say something else from here on
			err = r.again(ctx, source, e, k, &outcome)
		} else if err = r.relatives(ctx, []entry{e}); err != nil {
			return outcome, err
		} else if other, ok := alike.match(source.ID, e, r.telling(e), together); ok {
			outcome.Duplicates++
			alike.claimed[other.id] = true
			r.kin = newKin()
			known[e.key], err = r.meet(ctx, source, e, r.telling(e), other, together)
		} else {
			var id int64
			if id, err = r.add(ctx, source, e); err == nil {
				outcome.New++
				r.kin.learn(twin{studied: &studied{telling: r.telling(e)}, id: id, source: source.ID, key: e.key, about: e.About, content: e.content,
					answer: e.answer, story: e.story}, e)
				known[e.key] = seen{id: id, content: e.content, answer: e.answer}
				r.touched = append(r.touched, id)
			}
		}
		if err != nil {
			return outcome, err
		}
	}
	return outcome, r.renew(ctx, source, list)
}

func keySet(list []entry) map[string]bool {
	keys := make(map[string]bool, len(list))
	for _, e := range list {
		keys[e.key] = true
	}
	return keys
}

func (r *recording) placeOf(e entry) int64 {
	if e.Place == "" {
		return 0
	}
	return r.places[strings.ToLower(e.Place)]
}

// seen is what is known of a key.
type seen struct {
	id              int64
	content, answer int64
	gone            bool
	elsewhere       bool // the key is another place of a mention that came from elsewhere
}

// known is what the store has of a list. What was found out before is not asked for again.
func (r *recording) known(ctx context.Context, source int64, list []entry) (map[string]seen, error) {
	var open []entry
	for _, e := range list {
		if e.stored == nil {
			open = append(open, e)
		}
	}
	known := map[string]seen{}
	if len(open) > 0 {
		packed, err := packKeys(open)
		if err != nil {
			return nil, err
		}
		rows, err := r.byKey.QueryContext(ctx, source, packed)
		if known, err = scanSeen(rows, err, len(list)); err != nil {
			return nil, err
		}
	}
	for _, e := range list {
		if e.stored != nil {
			known[e.key] = *e.stored
		}
	}
	return known, nil
}

const byKey = `SELECT key, id, content, answer, gone > 0, 0 FROM mentions WHERE source_id = ?1 AND key IN (SELECT value FROM json_each(?2))
	UNION ALL SELECT key, mention_id, content, 0, 0, 1 FROM appearances WHERE source_id = ?1 AND key IN (SELECT value FROM json_each(?2))`

// add stores a new mention.
func (r *recording) add(ctx context.Context, source Source, e entry) (int64, error) {
	m := Mention{SourceID: source.ID, Site: e.Site, Stars: e.Stars, Posted: e.Posted, Seen: r.at, Owed: r.at, Status: New, Imported: e.Imported,
		Understood: e.Understood}
	if !e.Posted.IsZero() && r.at.Sub(e.Posted) > history {
		m.Imported = true
	}
	m.guess()
	meant := r.team().Meant(e.Title + "\n" + e.Text)
	place := r.placeOf(e)
	if place == 0 && e.Place == "" {
		place = meant.Place
	}
	if e.Reply != "" {
		m.Status, m.Handled = Answered, e.ReplyAt
		if m.Handled.IsZero() {
			m.Handled = r.at
		}
	}
	result, err := r.insert.ExecContext(ctx, orNull(r.reserved), source.ID, m.Site, e.key, e.URL, e.Author, e.Title, e.Text, m.Stars,
		orNull(place), seconds(e.order(r.at)), seconds(m.Posted), seconds(m.Seen), e.About, m.Imported, string(m.Status),
		seconds(m.Owed), seconds(r.deadlines.due(m)), seconds(m.Handled), m.Language, m.Sentiment, m.Score, pack(m.Topics), m.Urgency,
		pack(m.Signals), m.Kind, m.Confidence, m.Disagrees, e.content, e.answer, e.story, e.address, e.sent(),
		e.opening, e.likeness, seconds(source.expires(r.at)), e.Proof)
	if err != nil {
		return 0, err
	}
	r.reserved = 0
	id, err := result.LastInsertId()
	if r.first == 0 {
		r.first = id
	}
	if err == nil {
		err = speaksOf(ctx, r.tx, id, meant.People, false)
	}
	if err != nil || e.Reply == "" {
		return id, err
	}
	return id, r.onSite(ctx, id, 0, e)
}

const insertMention = `INSERT INTO mentions (id, source_id, site, key, url, author, title, text, stars, place_id, at, posted, seen, about, imported,
	status, owed, due, handled, language, sentiment, score, topics, urgency, signals, kind, confidence, disagrees, content, answer, story, address, payload,
	opening, likeness, expires, proof) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

// order is the place in the inbox: when it was posted. A date in the future is a mistake of the site and would stay on top for ever.
func (e entry) order(seen time.Time) time.Time {
	if e.Posted.IsZero() || e.Posted.After(seen.Add(24*time.Hour)) {
		return seen
	}
	return e.Posted
}

// guess fills in the feeling from the stars where nobody has judged the text.
func (m *Mention) guess() {
	if m.Sentiment != "" {
		return
	}
	switch {
	case m.Stars == 0:
		m.Sentiment = "not judged"
	case m.Stars <= 2:
		m.Sentiment, m.Score = "negative", -1+float64(m.Stars-1)/2
	case m.Stars == 3:
		m.Sentiment = "mixed"
	default:
		m.Sentiment, m.Score = "positive", float64(m.Stars-3)/2
	}
}

// blob is bytes as they are stored: none are an empty value, not a missing one.
func blob(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}
