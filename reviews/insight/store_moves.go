package insight

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
)

// ErrNoMove says that there is no such move, or none that has not ended.
var ErrNoMove = errors.New("there is no such move")

// OnMoved tells the listener when alerts were raised, changed or ended. Set it before the first look.
func (r *Reader) OnMoved(listener func()) { r.moved = listener }

// LookForMoves looks for what departs from the usual, keeps what it finds as alerts, and returns how many it raised.
func (r *Reader) LookForMoves(ctx context.Context) (raised int, err error) {
	r.looking.Lock()
	defer r.looking.Unlock()
	p, err := r.practices.Get(ctx)
	if err != nil {
		if errors.Is(err, practice.ErrNone) {
			return 0, nil
		}
		return 0, err
	}
	if raised, err = r.lookForMoves(ctx, p); err != nil {
		return raised, fmt.Errorf("look for what moves: %w", err)
	}
	return raised, nil
}

func (r *Reader) lookForMoves(ctx context.Context, p practice.Practice) (raised int, err error) {
	now := r.now()
	starts := midnights(now, p.Location())
	var newest int64
	if err := r.db.Reader().QueryRowContext(ctx, `SELECT IFNULL(MAX(id), 0) FROM mentions`).Scan(&newest); err != nil {
		return 0, err
	}
	var judged string
	if err := r.db.Reader().QueryRowContext(ctx, `SELECT IFNULL(MAX(stamp || ' ' || below), '') FROM rejudged`).Scan(&judged); err != nil {
		return 0, err
	}
	at := looked{newest, starts[len(starts)-1], judged}
	if r.looked == at { // most collections bring nothing new
		return 0, nil
	}
	known, err := r.settledDays(ctx, at)
	if err != nil {
		return 0, err
	}
	past, err := r.past(ctx, p, starts, known)
	if err != nil {
		return 0, err
	}
	defer func() {
		if err == nil {
			r.looked, r.counted = at, past.Days
		}
	}()
	today := past.Days[len(past.Days)-1].Start
	signals := Detect(past)
	for i := range signals {
		if signals[i].Mentions == nil {
			if signals[i].Mentions, err = r.behind(ctx, signals[i], today.AddDate(0, 0, 1)); err != nil {
				return 0, err
			}
		}
	}
	open, err := r.listMoves(ctx, `state <> 'ended'`)
	if err != nil {
		return 0, err
	}
	changed := Settle(open, signals, today)
	if len(changed) == 0 {
		return 0, nil
	}
	err = r.db.Write(ctx, func(tx *sql.Tx) error {
		raised = 0
		for _, m := range changed {
			fresh, err := keepMove(ctx, tx, m, now)
			if err != nil {
				return err
			}
			if fresh {
				raised++
			}
		}
		return nil
	})
	if err == nil && r.moved != nil && tellable(open, changed) {
		r.moved()
	}
	return raised, err
}

// unsettledDays are counted at each look: these are the days on which sites still change what they show.
const unsettledDays = 14

// settledDays are the days that the last look counted and that are as they were: no mention came since that is so old, nothing was judged anew,
// and it is the same day. At the first look of a day all are counted.
func (r *Reader) settledDays(ctx context.Context, at looked) ([]Day, error) {
	if r.looked.day != at.day || r.looked.judged != at.judged || len(r.counted) < unsettledDays {
		return nil, nil
	}
	days := r.counted[:len(r.counted)-unsettledDays]
	var oldest sql.NullInt64
	if err := r.db.Reader().QueryRowContext(ctx, `SELECT MIN(at) FROM mentions WHERE id > ?`, r.looked.newest).Scan(&oldest); err != nil {
		return nil, err
	}
	for len(days) > 0 && oldest.Valid && !days[len(days)-1].Start.Before(clock.Unix(oldest.Int64)) {
		days = days[:len(days)-1]
	}
	if len(days) > 0 && oldest.Valid { // it may lie within the last of them
		days = days[:len(days)-1]
	}
	return days, nil
}

// looked is how far a look for moves came.
type looked struct {
	newest int64     // mention
	day    time.Time // that ends the days
	judged string    // by what the mentions are judged, and how many of them
}

// tellable reports whether somebody who looks would see a difference.
func tellable(known, changed []Move) bool {
	before := map[int64]Move{}
	for _, m := range known {
		before[m.ID] = m
	}
	for _, m := range changed {
		if was := before[m.ID]; m.ID == 0 || was.State != m.State || was.Count != m.Count || len(was.Mentions) != len(m.Mentions) || !was.Updated.Equal(m.Updated) {
			return true
		}
	}
	return false
}

// keepMove stores a move that is new, goes on or ended. Another program on the same database may have raised it just now: it is raised once.
func keepMove(ctx context.Context, tx *sql.Tx, m Move, now time.Time) (fresh bool, err error) {
	ids := m.Mentions
	m.Mentions = nil
	signal, err := json.Marshal(m.Signal)
	if err != nil {
		return false, err
	}
	switch {
	case m.ID == 0:
		err = tx.QueryRowContext(ctx, `INSERT INTO moves (key, signal, state, opened, updated) VALUES (?, ?, 'open', ?, ?) ON CONFLICT DO NOTHING RETURNING id`,
			m.Key(), string(signal), clock.Seconds(now), clock.Seconds(m.Updated)).Scan(&m.ID)
		if errors.Is(err, sql.ErrNoRows) {
			return false, nil
		}
		if err == nil {
			fresh, err = true, note(ctx, tx, now, m, audit.Program, "noticed a move")
		}
	case m.State == MoveEnded:
		_, err = tx.ExecContext(ctx, `UPDATE moves SET state = 'ended', ended = ? WHERE id = ?`, clock.Seconds(now), m.ID)
		if err == nil {
			err = note(ctx, tx, now, m, audit.Program, "a move ended")
		}
	default:
		_, err = tx.ExecContext(ctx, `UPDATE moves SET signal = ?, updated = ? WHERE id = ?`, string(signal), clock.Seconds(m.Updated), m.ID)
	}
	for _, id := range ids {
		if err == nil {
			_, err = tx.ExecContext(ctx, `INSERT OR IGNORE INTO move_mentions (move_id, mention_id) SELECT ?, id FROM mentions WHERE id = ?`, m.ID, id)
		}
	}
	return fresh, err
}

// note writes a line of the audit log. A word that people use stays out of it, for it may be a name.
func note(ctx context.Context, tx *sql.Tx, now time.Time, m Move, who audit.Actor, did string) error {
	what := string(m.Kind)
	if m.Kind == MoveTopic {
		what = m.Key()
	}
	return audit.Append(ctx, tx, now, audit.Line{Who: who, Did: did, Subject: fmt.Sprintf("move/%d", m.ID),
		After: fmt.Sprintf("%s, %d since %s", what, m.Count, m.Since.Format(time.DateOnly))})
}

// mostEnded is how many moves that are over are listed.
const mostEnded = 20

// Moves lists the moves that go on, the newest first, and after them those that ended lately.
func (r *Reader) Moves(ctx context.Context) ([]Move, error) {
	p, err := r.practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	list, err := r.listMoves(ctx, `state <> 'ended' OR id IN (SELECT id FROM moves WHERE state = 'ended' ORDER BY ended DESC, id DESC LIMIT ?)`, mostEnded)
	for i := range list {
		list[i].Since, list[i].Updated = list[i].Since.In(p.Location()), list[i].Updated.In(p.Location())
	}
	return list, err
}

// OpenMoves lists the moves that nobody has looked at yet, the newest first.
func (r *Reader) OpenMoves(ctx context.Context) ([]Move, error) {
	return r.listMoves(ctx, `state = 'open'`)
}

func (r *Reader) listMoves(ctx context.Context, where string, args ...any) ([]Move, error) {
	rows, err := r.db.Reader().QueryContext(ctx, `SELECT id, signal, state, opened, updated, ended,
		(SELECT json_group_array(mention_id) FROM move_mentions WHERE move_id = moves.id) FROM moves WHERE `+where+`
		ORDER BY state = 'ended', opened DESC, id`, args...)
	return database.List(rows, err, "read what moves", func(row database.Row) (m Move, err error) {
		var signal, mentions string
		var opened, updated, ended int64
		if err := row.Scan(&m.ID, &signal, &m.State, &opened, &updated, &ended, &mentions); err != nil {
			return m, err
		}
		if err := errors.Join(json.Unmarshal([]byte(signal), &m.Signal), json.Unmarshal([]byte(mentions), &m.Mentions)); err != nil {
			return m, err
		}
		if m.Kind == MoveTopic {
			m.About = r.topicName(m.Subject)
		}
		m.Opened, m.Updated, m.Ended = clock.Unix(opened), clock.Unix(updated), clock.Unix(ended)
		return m, nil
	})
}

// MarkMoveSeen says that somebody looked at a move, or takes that back. It is raised no more while it lasts.
func (r *Reader) MarkMoveSeen(ctx context.Context, id int64, seen bool, by audit.Actor) error {
	from, to, did := MoveOpen, MoveSeen, "looked at a move"
	if !seen {
		from, to, did = MoveSeen, MoveOpen, "has a move to look at again"
	}
	err := r.db.Write(ctx, func(tx *sql.Tx) error {
		var m Move
		var signal string
		err := tx.QueryRowContext(ctx, `UPDATE moves SET state = ? WHERE id = ? AND state = ? RETURNING id, signal`, to, id, from).Scan(&m.ID, &signal)
		if errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("There is no move %d to do that with: %w", id, ErrNoMove)
		}
		if err == nil {
			err = json.Unmarshal([]byte(signal), &m.Signal)
		}
		if err != nil {
			return err
		}
		return note(ctx, tx, r.now(), m, by, did)
	})
	if err == nil && r.moved != nil {
		r.moved()
	}
	return err
}

// NegativeDays are the last days with what is usual for each, or nothing while too little is known.
func (r *Reader) NegativeDays(ctx context.Context, p practice.Practice) ([]Point, error) {
	days, err := r.days(ctx, midnights(r.now(), p.Location()), nil)
	if err != nil {
		return nil, fmt.Errorf("read the days: %w", err)
	}
	return negativeDays(days), nil
}

// midnights are the beginnings of the days that are looked at, and of tomorrow.
func midnights(now time.Time, zone *time.Location) []time.Time {
	local := now.In(zone)
	list := make([]time.Time, pastDays+1)
	for i := range list {
		list[i] = time.Date(local.Year(), local.Month(), local.Day()-pastDays+1+i, 0, 0, 0, 0, zone)
	}
	return list
}

func (r *Reader) past(ctx context.Context, p practice.Practice, starts []time.Time, known []Day) (past Past, err error) {
	if past.Days, err = r.days(ctx, starts, known); err != nil {
		return past, err
	}
	if len(begun(past.Days)) < leastDays {
		return past, nil
	}
	if err = r.weeks(ctx, &past, starts); err != nil {
		return past, err
	}
	return past, r.words(ctx, &past, p, starts)
}

// days counts day by day those that are not known: the list of mentions is in the order of time, so each day is a short walk, and nothing has to be sorted.
func (r *Reader) days(ctx context.Context, starts []time.Time, known []Day) ([]Day, error) {
	count, err := r.db.Reader().PrepareContext(ctx, `SELECT imported, stars, sentiment = 'negative', COUNT(*) FROM mentions INDEXED BY mentions_list
		WHERE at >= ? AND at < ? GROUP BY 1, 2, 3`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = count.Close() }()
	days := make([]Day, len(starts)-1)
	copy(days, known)
	for i := len(known); i < len(days); i++ {
		days[i].Start = starts[i]
		rows, err := count.QueryContext(ctx, clock.Seconds(starts[i]), clock.Seconds(starts[i+1]))
		if err != nil {
			return nil, err
		}
		err = each(rows, func() error {
			var imported, negative bool
			var stars, n int
			if err := rows.Scan(&imported, &stars, &negative, &n); err != nil {
				return err
			}
			t := Tally{Mentions: n}
			t.Stars[min(max(stars, 0), 5)] = n
			if negative {
				t.Negative = n
			}
			days[i].All.add(t)
			if !imported {
				days[i].Fresh.add(t)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return days, nil
}

// each calls do for every row and closes the rows.
func each(rows *sql.Rows, do func() error) error {
	for rows.Next() {
		if err := do(); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}

func (r *Reader) weeks(ctx context.Context, past *Past, starts []time.Time) error {
	for w := pastWeeks; w > 0; w-- {
		from, to := starts[len(starts)-1-7*w], starts[len(starts)-1-7*(w-1)]
		week := Week{Start: from, Topics: map[string]int{}}
		fresh := Week{Start: from, Topics: map[string]int{}}
		rows, err := r.db.Reader().QueryContext(ctx, `SELECT imported, topics, COUNT(*) FROM mentions INDEXED BY mentions_list
			WHERE at >= ? AND at < ? GROUP BY 1, 2`, clock.Seconds(from), clock.Seconds(to))
		if err != nil {
			return err
		}
		err = each(rows, func() error {
			var imported bool
			var topics string
			var n int
			if err := rows.Scan(&imported, &topics, &n); err != nil {
				return err
			}
			var ids []string
			if topics != "" {
				if err := json.Unmarshal([]byte(topics), &ids); err != nil {
					return err
				}
			}
			week.count(ids, n)
			if !imported {
				fresh.count(ids, n)
			}
			return nil
		})
		if err != nil {
			return err
		}
		past.Weeks, past.Fresh = append(past.Weeks, week), fresh
	}
	return nil
}

func (w *Week) count(topics []string, n int) {
	w.Mentions += n
	for _, id := range topics {
		w.Topics[id] += n
	}
}

// mostSaid bounds how many mentions of the last days are read for new words.
const mostSaid = 3000

// words gathers what several writers used in the last days, and asks the search index how often it was used before. It is asked only about
// words that could be new, and only until they cannot be.
func (r *Reader) words(ctx context.Context, past *Past, p practice.Practice, starts []time.Time) error {
	from := starts[len(starts)-1-wordDays]
	rows, err := r.db.Reader().QueryContext(ctx, `SELECT id, at, author, likeness, title || ' . ' || text FROM mentions
		WHERE at >= ? AND at < ? AND imported = 0 ORDER BY at DESC, id DESC LIMIT ?`, clock.Seconds(from), clock.Seconds(starts[len(starts)-1]), mostSaid)
	if err != nil {
		return err
	}
	var said []Said
	err = each(rows, func() error {
		var m Said
		var at int64
		if err := rows.Scan(&m.ID, &at, &m.Author, &m.Alike, &m.Text); err != nil {
			return err
		}
		for _, start := range starts[len(starts)-1-wordDays:] {
			if !clock.Unix(at).Before(start) {
				m.Day = start
			}
		}
		said = append(said, m)
		return nil
	})
	if err != nil || len(said) < leastVoices {
		return err
	}
	past.Texts.Now = len(said)
	if err := r.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM mentions INDEXED BY mentions_site`).Scan(&past.Texts.Before); err != nil {
		return err
	}
	past.Texts.Before -= len(said)
	past.Texts.Usual = usualTexts(past.Days)
	names, err := r.ownNames(ctx, p)
	if err != nil {
		return err
	}
	used, err := r.db.Reader().PrepareContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM mentions_words WHERE mentions_words MATCH ? LIMIT ?)`)
	if err != nil {
		return err
	}
	defer func() { _ = used.Close() }()
	for _, w := range Candidates(said, func(word string) bool { return names[word] }) {
		most := w.MostBefore(past.Texts)
		if most < 0 {
			continue
		}
		match := `{title text} : ("` + strings.Join(w.Forms(), `" OR "`) + `")`
		var n int
		if err := used.QueryRowContext(ctx, match, len(w.Mentions)+most+1).Scan(&n); err != nil {
			return err
		}
		if w.Before = max(0, n-len(w.Mentions)); w.Before <= most {
			past.Words = append(past.Words, w)
		}
	}
	return nil
}

// ownNames are the words of the names that everybody knows here: of the staff, the practice and its places.
func (r *Reader) ownNames(ctx context.Context, p practice.Practice) (map[string]bool, error) {
	people, err := r.practices.People(ctx)
	if err != nil {
		return nil, err
	}
	places, err := r.practices.Places(ctx)
	if err != nil {
		return nil, err
	}
	text := p.Name + " " + strings.Join(p.WatchWords, " ")
	for _, person := range people {
		text += " " + person.Name
	}
	for _, place := range places {
		text += " " + place.Name + " " + place.City
	}
	names := map[string]bool{}
	words, _ := tokens(text)
	for _, w := range words {
		names[w] = true
	}
	return names, nil
}

// mostBehind bounds how many mentions an alert names, the newest.
const mostBehind = 500

// behind lists the mentions that make a signal: of a rating that falls those with few stars, of one that rises those with many.
func (r *Reader) behind(ctx context.Context, s Signal, end time.Time) (ids []int64, err error) {
	which, args := `sentiment = 'negative'`, []any{clock.Seconds(s.Since), clock.Seconds(end)}
	switch s.Kind {
	case MoveTopic:
		which, args = `instr(topics, ?) > 0`, append(args, strconv.Quote(s.Subject))
	case MoveDown:
		which = `stars BETWEEN 1 AND 3`
	case MoveUp:
		which = `stars >= 4`
	}
	rows, err := r.db.Reader().QueryContext(ctx, `SELECT id FROM mentions INDEXED BY mentions_list WHERE at >= ? AND at < ? AND imported = 0 AND `+which+`
		ORDER BY at DESC LIMIT ?`, append(args, mostBehind)...)
	if err != nil {
		return nil, err
	}
	ids = []int64{}
	err = each(rows, func() error {
		var id int64
		err := rows.Scan(&id)
		ids = append(ids, id)
		return err
	})
	return ids, err
}
