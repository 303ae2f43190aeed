package reviews

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"goodword/internal/clock"
)

// Replies lists the replies that stand in one of the states while their mention is still open, the longest unchanged first.
func (s *Store) Replies(ctx context.Context, states ...ReplyState) ([]Reply, error) {
	wanted, err := json.Marshal(states)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT r.id, r.mention_id, r.state, r.text, r.template, r.author, r.approver, r.note, r.verdict,
		r.changed, r.revision, m.status, COALESCE(o.since, 0), COALESCE(o.seconds, 0) FROM replies r JOIN mentions m ON m.id = r.mention_id
		LEFT JOIN outbox o ON o.reply_id = r.id
		WHERE r.state IN (SELECT value FROM json_each(?)) ORDER BY r.changed, r.id`, string(wanted))
	if err != nil {
		return nil, fmt.Errorf("read the replies: %w", err)
	}
	defer func() { _ = rows.Close() }()
	var list []Reply
	for rows.Next() {
		var r Reply
		var changed, since, rest int64
		var status Status
		if err := rows.Scan(&r.ID, &r.MentionID, &r.State, &r.Text, &r.Template, &r.Author, &r.Approver, &r.Note, &r.Verdict, &changed,
			&r.Revision, &status, &since, &rest); err != nil {
			return nil, fmt.Errorf("read the replies: %w", err)
		}
		if status.Done() {
			continue
		}
		r.Changed, r.Since, r.Rest = clock.Unix(changed), clock.Unix(since), time.Duration(rest)*time.Second
		list = append(list, r)
	}
	return list, rows.Err()
}

// ReplyStates says how far the replies to some mentions are; a mention without one is not in it.
func (s *Store) ReplyStates(ctx context.Context, mentions []int64) (map[int64]ReplyState, error) {
	wanted, err := json.Marshal(mentions)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT mention_id, state FROM replies WHERE text <> '' AND mention_id IN (SELECT value FROM json_each(?))`,
		string(wanted))
	if err != nil {
		return nil, fmt.Errorf("read how far the replies are: %w", err)
	}
	defer func() { _ = rows.Close() }()
	states := map[int64]ReplyState{}
	for rows.Next() {
		var mention int64
		var state ReplyState
		if err := rows.Scan(&mention, &state); err != nil {
			return nil, fmt.Errorf("read how far the replies are: %w", err)
		}
		states[mention] = state
	}
	return states, rows.Err()
}
