package reviews

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"goodword/internal/clock"
)

// manyHits is from where on it is quicker to walk the list in its order and ask for each mention whether it is a hit than to sort the hits.
const manyHits = 4000

// IDs lists the mentions that fit, newest first. Where only open ones are asked for, what cannot wait stands on top: what is critical, then what
// is overdue.
func (s *Store) IDs(ctx context.Context, q Query) ([]int64, error) {
	c, err := s.conditions(ctx, q)
	if err != nil {
		return nil, err
	}
	ids, err := s.having(ctx, c)
	for _, match := range c.without {
		if err != nil || len(ids) == 0 {
			break
		}
		var hits []int64
		hits, err = s.ids(ctx, hitsOf, match)
		ids = among(ids, hits, false)
	}
	return ids, searchFailed(err)
}

// having lists the mentions that fit, those with words that must not occur among them: to take these out here is quicker than in SQL.
func (s *Store) having(ctx context.Context, c *conditions) ([]int64, error) {
	if c.match == "" {
		return s.inOrder(ctx, c, ` FROM mentions m INDEXED BY mentions_list`+c.where(), c.args...)
	}
	hits, err := s.ids(ctx, hitsOf+` LIMIT ?`, c.match, manyHits)
	if err == nil && len(hits) < manyHits {
		return s.inOrder(ctx, c, ` FROM mentions m`+c.where(`m.id IN (`+hitsOf+`)`), append(c.args, c.match)...)
	}
	if err == nil {
		hits, err = s.ids(ctx, hitsOf, c.match)
	}
	if err != nil {
		return nil, err
	}
	ids, err := s.inOrder(ctx, c, ` FROM mentions m INDEXED BY mentions_list`+c.where(), c.args...)
	return among(ids, hits, true), err
}

const hitsOf = `SELECT rowid FROM mentions_words WHERE mentions_words MATCH ?`

// inOrder lists ids newest first, and what cannot wait before the rest. To sort a million rows by that would take seconds, so they are read in
// the order of the index, each id with its rank in the lowest two bits, and dealt out here.
func (s *Store) inOrder(ctx context.Context, c *conditions, from string, args ...any) ([]int64, error) {
	const newest = ` ORDER BY m.at DESC, m.id DESC`
	if !c.open {
		return s.ids(ctx, `SELECT m.id`+from+newest, args...)
	}
	ids, err := s.ids(ctx, `SELECT m.id * 4 + CASE WHEN m.urgency = 'critical' THEN 0 WHEN m.due > 0 AND m.due < ? THEN 1 ELSE 2 END`+from+newest,
		append([]any{c.now}, args...)...)
	return byRank(ids), err
}

// byRank deals ids that carry a rank in their lowest two bits into the order of the ranks, and takes the ranks off.
func byRank(ranked []int64) []int64 {
	var place [4]int // where the next id of a rank goes
	for _, r := range ranked {
		place[r%4]++
	}
	at := 0
	for rank, n := range place {
		place[rank], at = at, at+n
	}
	ids := make([]int64, len(ranked))
	for _, r := range ranked {
		ids[place[r%4]] = r / 4
		place[r%4]++
	}
	return ids
}

func (s *Store) ids(ctx context.Context, query string, args ...any) ([]int64, error) {
	return column[int64](s.db.Reader().QueryContext(ctx, query, args...))
}

// column reads what a query of one column finds.
func column[T any](rows *sql.Rows, err error) ([]T, error) {
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []T
	for rows.Next() {
		var value T
		if err := rows.Scan(&value); err != nil {
			return nil, err
		}
		list = append(list, value)
	}
	return list, rows.Err()
}

// among keeps the ids that are hits, or those that are none, in their order. The hits come in rising order and are close together, so a bit
// for each number will do.
func among(ids, hits []int64, wanted bool) []int64 {
	var bits []uint64
	if len(hits) > 0 {
		bits = make([]uint64, hits[len(hits)-1]/64+1)
	}
	for _, id := range hits {
		bits[id/64] |= 1 << (id % 64)
	}
	return slices.DeleteFunc(ids, func(id int64) bool {
		hit := id/64 < int64(len(bits)) && bits[id/64]&(1<<(id%64)) != 0
		return hit != wanted
	})
}

// Count says how many mentions fit, but counts no further than max.
func (s *Store) Count(ctx context.Context, q Query, max int) (int, error) {
	c, err := s.conditions(ctx, q)
	if err != nil {
		return 0, err
	}
	var n int
	where, args := c.whole()
	err = s.db.Reader().QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM mentions m`+where+` LIMIT ?)`, append(args, max)...).Scan(&n)
	return n, searchFailed(err)
}

func searchFailed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("search the mentions: %w", err)
}

// conditions is a query as SQL.
type conditions struct {
	parts   []string
	args    []any
	match   string   // what must occur, in the words of FTS5
	without []string // each of what must not
	open    bool     // only what is open is asked for
	now     int64
	soon    string // the ids of what is about to be late, as JSON, where they are asked for
}

func (s *Store) conditions(ctx context.Context, q Query) (*conditions, error) {
	c := &conditions{now: clock.Seconds(s.now())}
	for _, t := range q.Terms {
		if t.Field == "is" && c.soon == "" && slices.Contains(t.Values, "soon") {
			ids, err := s.Soon(ctx)
			if err != nil {
				return nil, err
			}
			packed, err := json.Marshal(ids)
			if err != nil {
				return nil, err
			}
			c.soon = string(packed)
		}
		c.add(t)
	}
	return c, nil
}

// where is the condition in SQL, with more after it.
func (c *conditions) where(more ...string) string {
	parts := slices.Concat(c.parts, more)
	if len(parts) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(parts, " AND ")
}

// whole is the condition in SQL with the words that must and must not occur.
func (c *conditions) whole() (where string, args []any) {
	var words []string
	args = slices.Clone(c.args)
	if c.match != "" {
		words, args = append(words, `m.id IN (`+hitsOf+`)`), append(args, c.match)
	}
	for _, match := range c.without {
		words, args = append(words, `m.id NOT IN (`+hitsOf+`)`), append(args, match)
	}
	return c.where(words...), args
}

func (c *conditions) put(sql string, args ...any) {
	c.parts = append(c.parts, sql)
	c.args = append(c.args, args...)
}

func (c *conditions) add(t Term) {
	if t.Field == "" || t.Field == "author" {
		c.addWords(t)
		return
	}
	if t.Field == "before" || t.Field == "after" {
		earlier := (t.Field == "before") != t.Not
		op := ">="
		if earlier {
			op = "<"
		}
		c.put(`m.at `+op+` ?`, clock.Seconds(t.At))
		return
	}
	if t.Field == "is" && !t.Not && len(t.Values) == 1 && t.Values[0] == "open" {
		c.open = true
	}
	var parts []string
	var args []any
	for _, v := range t.Values {
		sql, more := c.one(t, v)
		parts = append(parts, sql)
		args = append(args, more...)
	}
	sql := "(" + strings.Join(parts, " OR ") + ")"
	if t.Not {
		sql = "NOT " + sql
	}
	c.put(sql, args...)
}

// addWords gathers what must occur into one search of the index; what must not is a search of its own.
func (c *conditions) addWords(t Term) {
	var parts []string
	for _, v := range t.Values {
		part := `"` + strings.ReplaceAll(v, `"`, ``) + `"`
		if !t.Phrase && strings.HasSuffix(v, "*") {
			part += "*"
		}
		if t.Field == "author" {
			part = "author : " + part
		}
		parts = append(parts, part)
	}
	match := "(" + strings.Join(parts, " OR ") + ")"
	switch {
	case t.Not:
		c.without = append(c.without, match)
	case c.match == "":
		c.match = match
	default:
		c.match += " AND " + match
	}
}

func (c *conditions) one(t Term, v string) (string, []any) {
	switch t.Field {
	case "stars":
		if v == "none" {
			return `m.stars = 0`, nil
		}
		op := t.Op
		if op == "" {
			op = "="
		}
		return `(m.stars > 0 AND m.stars ` + op + ` ?)`, []any{int(v[0] - '0')}
	case "is":
		return c.is(v)
	case "status":
		return `m.status = ?`, []any{v}
	case "sentiment":
		if v == "none" {
			v = "not judged"
		}
		return `m.sentiment = ?`, []any{v}
	case "kind":
		switch v {
		case "none":
			v = ""
		case "complaint":
			return `m.kind LIKE '%complaint'`, nil
		}
		return `m.kind = ?`, []any{v}
	case "urgency":
		return urgencyIs(v)
	case "topic":
		if v == "none" {
			return `m.topics = '[]'`, nil
		}
		v = strings.ReplaceAll(v, " ", "_")
		return `(instr(m.topics, ?) > 0 OR instr(m.topics, ?) > 0)`, []any{`"` + v, "_" + v} // "billing" and "insurance" both find billing_insurance
	case "tag":
		if v == "none" {
			return `m.tags = '[]'`, nil
		}
		return `(m.tags <> '[]' AND instr(m.tags, ?) > 0)`, []any{`"` + TidyTag(v)}
	case "alert":
		return `(m.status = 'new' AND m.id IN (SELECT h.mention_id FROM rule_hits h JOIN rules r ON r.id = h.rule_id
			WHERE h.alert = 1 AND (? = 'any' OR r.name = ? COLLATE NOCASE OR CAST(r.id AS TEXT) = ?)))`, []any{v, v, v}
	case "move":
		return `m.id IN (SELECT mention_id FROM move_mentions WHERE move_id = CAST(? AS INTEGER))`, []any{v}
	case "source":
		return `(m.site = ? OR m.source_id IN (SELECT id FROM sources WHERE name LIKE ? ESCAPE '\' OR CAST(id AS TEXT) = ?))`, []any{v, like(v), v}
	case "place":
		if v == "none" {
			return `m.place_id IS NULL`, nil
		}
		return `IFNULL(m.place_id IN (SELECT id FROM places WHERE name LIKE ? ESCAPE '\'), 0)`, []any{like(v)}
	case "about":
		const spoken = `m.id IN (SELECT a.mention_id FROM mention_people a`
		switch v {
		case "any":
			return spoken + `)`, nil
		case "none":
			return `NOT ` + spoken + `)`, nil
		}
		return spoken + ` JOIN people p ON p.id = a.person_id WHERE p.name LIKE ? ESCAPE '\')`, []any{like(v)}
	case "assigned":
		if v == "none" {
			return `m.assigned IS NULL`, nil
		}
		return `IFNULL(m.assigned IN (SELECT id FROM people WHERE name LIKE ? ESCAPE '\'), 0)`, []any{like(v)}
	}
	return `m.language = ?`, []any{v} // lang is the one that is left
}

// open is true of the states in which something is owed, as Status.Done says.
const open = `(status <> 'answered' AND status <> 'no reply' AND status <> 'resolved')`

func (c *conditions) is(v string) (string, []any) {
	switch v {
	case "unread", "new":
		return `m.status = 'new'`, nil
	case "open":
		return open, nil
	case "done":
		return `NOT ` + open, nil
	case "overdue":
		return `(m.due > 0 AND m.due < ?)`, []any{c.now}
	case "soon":
		return `m.id IN (SELECT value FROM json_each(?))`, []any{c.soon}
	case "snoozed":
		return `m.id IN (SELECT id FROM mentions WHERE snoozed <> 0)`, nil
	case "waiting":
		return `m.id IN (SELECT mention_id FROM escalations WHERE ended = 0 AND taken = 0)`, nil
	case "urgent":
		return `m.urgency IN ('critical', 'high')`, nil
	case "flagged":
		return `m.starred = 1`, nil
	case "edited":
		return `m.revisions > 0`, nil
	case "gone":
		return `m.gone > 0`, nil
	case "imported":
		return `m.imported = 1`, nil
	case "review":
		return `m.stars > 0`, nil
	case "held":
		return `m.hold <> 0`, nil
	case "cleared":
		return `m.purged <> 0`, nil
	case "asked":
		return `m.id IN (SELECT mention_id FROM replies WHERE state = ?)`, []any{string(Asked)}
	case "outbox":
		return `m.id IN (SELECT mention_id FROM replies WHERE state = ?)`, []any{string(Released)}
	case "unseen":
		return `m.id IN (` + unseenReplies + `)`, []any{string(Posted), visitsUntilTold}
	}
	return `m.assigned IS NOT NULL`, nil // assigned
}

func urgencyIs(v string) (string, []any) {
	switch v {
	case "any":
		return `m.urgency <> ''`, nil
	case "none":
		return `m.urgency = ''`, nil
	}
	return `m.urgency = ?`, []any{v}
}

// like is the pattern for "has these letters somewhere".
func like(v string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(v) + "%"
}
