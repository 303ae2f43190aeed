package reviews

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// joined is a mention as it was before a person joined it to another, so that it can come back with its work.
type joined struct {
	Mention   row   `json:"mention"`
	Revisions []row `json:"revisions,omitempty"`
	Places    []key `json:"places,omitempty"` // its other places, which went along
	Reply     int64 `json:"reply,omitempty"`  // its reply, which went along
	Kept      row   `json:"kept"`             // how the mention stood that it was joined to
}

// key names an entry of a source.
type key struct {
	Source int64  `json:"source"`
	Key    string `json:"key"`
}

// row is a row of a table by its columns. A fingerprint needs all 64 bits, which is why numbers are kept as they are written.
type row map[string]any

func (j joined) text() (string, error) {
	packed, err := json.Marshal(j)
	return string(packed), err
}

// bytes are how a blob is written within a row.
type bytes struct {
	Blob []byte `json:"blob"`
}

func (r *recording) rows(ctx context.Context, query string, values ...any) ([]row, error) {
	found, err := r.tx.QueryContext(ctx, query, values...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = found.Close() }()
	columns, err := found.Columns()
	if err != nil {
		return nil, err
	}
	var list []row
	for found.Next() {
		cells, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			into[i] = &cells[i]
		}
		if err := found.Scan(into...); err != nil {
			return nil, err
		}
		one := row{}
		for i, name := range columns {
			if blob, ok := cells[i].([]byte); ok {
				cells[i] = bytes{blob}
			}
			one[name] = cells[i]
		}
		list = append(list, one)
	}
	return list, found.Err()
}

// pack writes down a mention and what belongs to it.
func (r *recording) pack(ctx context.Context, kept, m Mention) (joined, error) {
	var j joined
	list, err := r.rows(ctx, `SELECT * FROM mentions WHERE id = ?`, m.ID)
	if err != nil || len(list) != 1 {
		return j, errors.Join(err, ErrNotFound)
	}
	j.Mention = list[0]
	for _, words := range []string{"author", "title", "text"} { // they stand in the place, where they can be cleared when their time is over
		delete(j.Mention, words)
	}
	if j.Revisions, err = r.rows(ctx, `SELECT * FROM revisions WHERE mention_id = ? ORDER BY id`, m.ID); err != nil {
		return j, err
	}
	if !m.Expires.IsZero() {
		j.Revisions = nil
	}
	places, err := appearances(ctx, r.tx, m.ID)
	if err != nil {
		return j, err
	}
	for _, a := range places {
		j.Places = append(j.Places, key{a.SourceID, a.Key})
	}
	j.Kept = row{"status": string(kept.Status), "reason": kept.Reason, "assigned": kept.Assigned, "handled": seconds(kept.Handled), "due": seconds(kept.Due)}
	return j, nil
}

// restore brings a mention back that was joined to another, with the words that its place shows now.
func (r *recording) restore(ctx context.Context, from int64, a Appearance) (int64, error) {
	var former, content int64
	var was string
	if err := r.tx.QueryRowContext(ctx, `SELECT former, was, content FROM appearances WHERE source_id = ? AND key = ?`, a.SourceID, a.Key).Scan(&former, &was, &content); err != nil {
		return 0, err
	}
	var j joined
	reader := json.NewDecoder(strings.NewReader(was))
	reader.UseNumber()
	if err := reader.Decode(&j); err != nil {
		return 0, err
	}
	if err := r.forget(ctx, a.SourceID, a.Key); err != nil {
		return 0, err
	}
	id := former
	if taken, err := column[string](r.tx.QueryContext(ctx, `SELECT key FROM mentions WHERE id = ?`, former)); err != nil {
		return 0, err
	} else if len(taken) > 0 {
		return 0, fmt.Errorf("the number %d is in use", former)
	}
	e := identify([]Found{{Key: a.Key, URL: a.URL, Author: a.Author, Title: a.Title, Text: a.Text, Stars: a.Stars, Site: a.Site, Posted: a.Posted}})[0]
	j.Mention["key"], j.Mention["url"], j.Mention["address"] = a.Key, a.URL, e.address
	j.Mention["author"], j.Mention["title"], j.Mention["text"], j.Mention["stars"] = a.Author, a.Title, a.Text, a.Stars
	j.Mention["content"], j.Mention["story"], j.Mention["opening"], j.Mention["likeness"] = content, e.story, e.opening, e.likeness
	if err := r.put(ctx, "mentions", j.Mention); err != nil {
		return 0, err
	}
	for _, revision := range j.Revisions {
		delete(revision, "id")
		if err := r.put(ctx, "revisions", revision); err != nil {
			return 0, err
		}
	}
	if _, err := r.tx.ExecContext(ctx, `INSERT INTO mentions_words (rowid, title, text, author) SELECT id, title, text, author FROM mentions WHERE id = ?`, id); err != nil {
		return 0, err
	}
	for _, k := range j.Places {
		if _, err := r.tx.ExecContext(ctx, `UPDATE appearances SET mention_id = ? WHERE mention_id = ? AND source_id = ? AND key = ?`, id, from, k.Source, k.Key); err != nil {
			return 0, err
		}
	}
	return id, r.giveBack(ctx, from, id, j)
}

// giveBack returns the reply and the state that a mention had brought along, if the other still stands as it did then.
func (r *recording) giveBack(ctx context.Context, from, id int64, j joined) error {
	if j.Reply != 0 {
		if err := r.s.emptyOutbox(ctx, r.tx, from, false, "the mention was taken apart"); err != nil {
			return err
		}
		if _, err := r.tx.ExecContext(ctx, moveReply, id, j.Reply, from); err != nil {
			return err
		}
	}
	_, err := r.tx.ExecContext(ctx, `UPDATE mentions SET status = ?, reason = ?, assigned = NULLIF(?, 0), handled = ?, due = ? WHERE id = ? AND status = ?`,
		cell(j.Kept["status"]), cell(j.Kept["reason"]), cell(j.Kept["assigned"]), cell(j.Kept["handled"]), cell(j.Kept["due"]), from, cell(j.Mention["status"]))
	return err
}

// put stores a row.
func (r *recording) put(ctx context.Context, table string, one row) error {
	var names, marks []string
	var values []any
	for name, value := range one {
		names, marks, values = append(names, name), append(marks, "?"), append(values, cell(value))
	}
	_, err := r.tx.ExecContext(ctx, fmt.Sprintf(`INSERT INTO %s (%s) VALUES (%s)`, table, strings.Join(names, ", "), strings.Join(marks, ", ")), values...)
	return err
}

// cell is a value of a row as the database takes it.
func cell(value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
	case map[string]any:
		var blob bytes
		if text, err := json.Marshal(v); err == nil && json.Unmarshal(text, &blob) == nil {
			return append([]byte{}, blob.Blob...)
		}
	}
	return value
}
