package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
)

// Sighting is what the visits tell of a reply that went out.
type Sighting struct {
	Posted time.Time `json:"posted,omitzero"` // when a person said that it is posted
	Seen   time.Time `json:"seen,omitzero"`   // when a visit first showed a reply of the practice
	Words  string    `json:"words,omitempty"` // as the site shows them, where they are other words than those that went out
	Visits int       `json:"visits"`          // since it was posted, to sources that show replies
}

// visitsUntilTold is how many visits a posted reply may stay out of sight before somebody is told: sites take a while to show one.
const visitsUntilTold = 3

// Unseen reports whether the site should show the reply by now, and does not.
func (s Sighting) Unseen() bool {
	return !s.Posted.IsZero() && s.Seen.IsZero() && s.Visits >= visitsUntilTold
}

// Differs reports whether the site shows other words than those that went out.
func (s Sighting) Differs() bool { return s.Words != "" }

// Sighting says what the visits tell of the reply to a mention.
func (s *Store) Sighting(ctx context.Context, mentionID int64) (Sighting, error) {
	var seen Sighting
	var posted, at int64
	q := s.db.Reader()
	err := q.QueryRowContext(ctx, `SELECT g.posted, g.seen, g.words FROM sightings g JOIN replies r ON r.id = g.reply_id WHERE r.mention_id = ?`, mentionID).
		Scan(&posted, &at, &seen.Words)
	if errors.Is(err, sql.ErrNoRows) {
		return seen, nil
	}
	if err != nil {
		return seen, fmt.Errorf("read whether the reply was seen: %w", err)
	}
	seen.Posted, seen.Seen = clock.Unix(posted), clock.Unix(at)
	if posted == 0 || at != 0 {
		return seen, nil
	}
	err = q.QueryRowContext(ctx, visitsSince, mentionID, posted, visitsUntilTold).Scan(&seen.Visits)
	if err != nil {
		return seen, fmt.Errorf("count the visits since the reply was posted: %w", err)
	}
	return seen, nil
}

// visitsSince counts the visits without trouble to the sources that show a mention, after a moment. A source counts if it ever showed a reply of
// the practice: most feeds never do. An export shows all there is, so that one is as good as the visits until somebody is told.
const visitsSince = `WITH showing (id) AS (SELECT source_id FROM mentions WHERE id = ?1 UNION SELECT source_id FROM appearances WHERE mention_id = ?1)
	SELECT COUNT(*) + IFNULL((SELECT MAX(?3) FROM sources s WHERE s.kind = '` + KindImport + `' AND s.visited > ?2 AND s.id IN (SELECT id FROM showing)
			AND EXISTS (SELECT 1 FROM mentions m WHERE m.source_id = s.id AND m.answer <> 0)), 0)
		FROM visits v WHERE v.source_id IN (SELECT id FROM showing) AND v.at > ?2 AND v.problem = ''
			AND EXISTS (SELECT 1 FROM mentions m WHERE m.source_id = v.source_id AND m.answer <> 0)`

// unseenReplies finds the mentions whose posted reply the site should show by now and does not, as Unseen says.
var unseenReplies = `SELECT r.mention_id FROM replies r JOIN sightings g ON g.reply_id = r.id WHERE r.state = ? AND g.posted <> 0 AND g.seen = 0 AND (` +
	strings.NewReplacer("?1", "r.mention_id", "?2", "g.posted", "?3", strconv.Itoa(visitsUntilTold)).Replace(visitsSince) + `) >= ?`

// lookFor begins to look for the reply at the visits to come; with a zero time it ends that.
func (d *desk) lookFor(ctx context.Context, since time.Time) error {
	_, err := d.tx.ExecContext(ctx, `INSERT INTO sightings (reply_id, posted) VALUES (?, ?)
		ON CONFLICT (reply_id) DO UPDATE SET posted = excluded.posted, seen = 0, words = ''`, d.reply.ID, seconds(since))
	if err != nil {
		return fmt.Errorf("note that the reply is posted: %w", err)
	}
	return nil
}

// What the audit log says of a reply that a visit shows.
const (
	didSee    = "saw the reply on the site"
	didDiffer = "saw the reply on the site, but in different words"
	didAdopt  = "saw a reply on the site that was written elsewhere"
)

// onSite notes the reply that the site shows. A reply of the same words has arrived. One that went out and reads otherwise there keeps the words
// that were let out, with those of the site beside them. Anything else was written elsewhere and takes the place of a draft.
func (r *recording) onSite(ctx context.Context, mention int64, revision int, e entry) error {
	before, err := replyTo(ctx, r.tx, mention)
	if err != nil {
		return err
	}
	at := e.ReplyAt
	if at.IsZero() {
		at = r.at
	}
	after, did, words := before, didSee, ""
	after.State, after.Changed = OnSite, at
	own, err := written(ctx, r.tx, before)
	switch {
	case err != nil:
		return err
	case before.Text != "" && SameWords(before.Text, e.Reply):
	case own && wentOut(before.State):
		did, words = didDiffer, e.Reply
	default:
		did = didAdopt
		after = Reply{ID: before.ID, MentionID: mention, State: OnSite, Text: e.Reply, Verdict: "clear", Changed: at, Revision: revision}
	}
	err = r.tx.QueryRowContext(ctx, `INSERT INTO replies (mention_id, state, text, template, author, approver, note, verdict, changed, published, revision)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10) ON CONFLICT (mention_id) DO UPDATE SET state = ?2, text = ?3, template = ?4, author = ?5,
		approver = ?6, note = ?7, verdict = ?8, changed = ?9, published = CASE published WHEN 0 THEN ?9 ELSE published END, revision = ?10 RETURNING id`,
		mention, string(after.State), after.Text, after.Template, after.Author, after.Approver, after.Note, string(after.Verdict), seconds(at),
		after.Revision).Scan(&after.ID)
	if err != nil {
		return fmt.Errorf("note the reply on the site: %w", err)
	}
	if before.ID == 0 {
		return nil // it came with the mention, which is no step of anybody's
	}
	_, err = r.tx.ExecContext(ctx, `INSERT INTO sightings (reply_id, seen, words) VALUES (?, ?, ?)
		ON CONFLICT (reply_id) DO UPDATE SET seen = CASE seen WHEN 0 THEN excluded.seen ELSE seen END, words = excluded.words`, after.ID, seconds(r.at), words)
	if err != nil {
		return fmt.Errorf("note when the reply was seen: %w", err)
	}
	return r.s.log(ctx, r.tx, audit.Program, did, mentionSubject(mention), replyState(before), replyState(after))
}

func wentOut(s ReplyState) bool { return s == Copied || s == Posted || s == OnSite || s == Rejected }

// written reports whether a reply was written here.
func written(ctx context.Context, q database.Querier, r Reply) (yes bool, err error) {
	if r.ID == 0 {
		return false, nil
	}
	err = q.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM reply_drafts WHERE reply_id = ?)`, r.ID).Scan(&yes)
	return yes, err
}
