package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/internal/refusal"
)

// Proved counts the texts that the audit log vouches for.
type Proved struct {
	Mentions  int `json:"mentions"` // whose words stand in the log
	Revisions int `json:"revisions"`
	Drafts    int `json:"drafts"`
	Replies   int `json:"replies"`
	Older     int `json:"older"` // texts from before the log carried hashes
}

// Total is how many texts the log vouches for.
func (p Proved) Total() int { return p.Mentions + p.Revisions + p.Drafts + p.Replies }

// ErrAltered says that a text is not the one that the audit log knows.
var ErrAltered = errors.New("a text was altered outside of the program")

// mostNamed is how many altered texts are named before the rest is only counted.
const mostNamed = 20

// ProveTexts compares every revision, draft and reply, and the words of every mention that somebody worked on, with the hashes in the audit log.
// The chain itself is proved by audit.Verify. The error wraps ErrAltered and names what does not fit.
func (s *Store) ProveTexts(ctx context.Context) (Proved, error) {
	var p prover
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		p = prover{about: map[string]*vouched{}, replies: map[string]bool{}}
		if err := tx.QueryRowContext(ctx, `SELECT draft, revision, changed FROM unhashed`).Scan(&p.draft, &p.revision, &p.changed); err != nil {
			return fmt.Errorf("read since when texts are hashed: %w", err)
		}
		err := audit.Walk(ctx, tx, "", func(line audit.Sealed) error {
			p.hear(line.Line)
			return nil
		})
		for _, look := range []func(context.Context, *sql.Tx) error{p.mentions, p.revisions, p.drafts, p.replied} {
			if err == nil {
				err = look(ctx, tx)
			}
		}
		return err
	})
	if err != nil {
		return p.Proved, err
	}
	return p.Proved, p.verdict()
}

// vouched is what the audit log says of one mention.
type vouched struct {
	words     string          // hash of what it says now; "": nobody worked on it
	revisions map[string]int  // hashes of how it read before, and how often
	replies   map[string]bool // hashes of all wordings of its reply
	shown     map[string]bool // those of them that somebody was asked about or that were copied
	state     ReplyState
	hash      string // of the reply as it stands
	cleared   bool   // its words went by a rule of its source
	moved     bool   // it was joined or taken apart: replies went to and fro
}

type prover struct {
	Proved
	draft, revision, changed int64
	about                    map[string]*vouched
	replies                  map[string]bool // of all mentions
	wrong                    []string
}

func (p *prover) of(subject string) *vouched {
	v := p.about[subject]
	if v == nil {
		v = &vouched{revisions: map[string]int{}, replies: map[string]bool{}, shown: map[string]bool{}}
		p.about[subject] = v
	}
	return v
}

// hear takes one line of the audit log in.
func (p *prover) hear(line audit.Line) {
	if !strings.HasPrefix(line.Subject, "mention/") {
		return
	}
	v := p.of(line.Subject)
	if words, ok := hashedWords(line.After); ok {
		v.words = words
	}
	if state, hash, ok := hashedReply(line.After); ok {
		v.state, v.hash = state, hash
		v.replies[hash], p.replies[hash] = true, true
		if slices.Contains([]ReplyState{Asked, Approved, Released, Copied}, state) {
			v.shown[hash] = true
		}
	}
	switch line.Did {
	case didChange, didReopen:
		if before, ok := hashedWords(line.Before); ok {
			v.revisions[before]++
		}
	case didClear:
		v.cleared = true
		clear(v.revisions)
	case didJoin, didSplit:
		v.moved, v.words = true, ""
	}
}

func (p *prover) complain(format string, values ...any) {
	p.wrong = append(p.wrong, fmt.Sprintf(format, values...))
}

func (p *prover) verdict() error {
	if len(p.wrong) == 0 {
		return nil
	}
	named := p.wrong
	if more := len(named) - mostNamed; more > 0 {
		named = append(slices.Clone(named[:mostNamed]), fmt.Sprintf("And %d more", more))
	}
	return refusal.Because(ErrAltered, "%s", strings.Join(named, ". "))
}

func (p *prover) mentions(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT id, title, text, stars FROM mentions ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read the mentions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var m Mention
		if err := rows.Scan(&m.ID, &m.Title, &m.Text, &m.Stars); err != nil {
			return fmt.Errorf("read the mentions: %w", err)
		}
		v := p.about[mentionSubject(m.ID)]
		if v == nil || v.words == "" {
			continue
		}
		p.Mentions++
		if !sameHash(v.words, hashOfWords(m.Title, m.Text, m.Stars)) {
			p.complain("The words of mention %d are not those that the audit log knows", m.ID)
		}
	}
	return rows.Err()
}

func (p *prover) revisions(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT id, mention_id, title, text, stars FROM revisions ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read the revisions: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r Revision
		if err := rows.Scan(&r.ID, &r.MentionID, &r.Title, &r.Text, &r.Stars); err != nil {
			return fmt.Errorf("read the revisions: %w", err)
		}
		v := p.of(mentionSubject(r.MentionID))
		hash := hashOfWords(r.Title, r.Text, r.Stars)
		switch {
		case v.revisions[hash] > 0:
			v.revisions[hash]--
			p.Proved.Revisions++
		case v.cleared && r.Title == "" && r.Text == "":
			p.Proved.Revisions++
		case r.ID <= p.revision:
			p.Older++
		default:
			p.complain("Revision %d of mention %d is not the one that the audit log knows", r.ID, r.MentionID)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return p.missing(ctx, tx)
}

// missing names the mentions that are there while a revision of theirs, which the log knows, is not.
func (p *prover) missing(ctx context.Context, tx *sql.Tx) error {
	there, err := column[int64](tx.QueryContext(ctx, `SELECT id FROM mentions WHERE revisions > 0`))
	if err != nil {
		return fmt.Errorf("read the mentions that were changed: %w", err)
	}
	for _, id := range there {
		v := p.about[mentionSubject(id)]
		if v == nil || v.moved {
			continue
		}
		left := 0
		for n := range maps.Values(v.revisions) {
			left += n
		}
		if left > 0 {
			p.complain("%s of mention %d that the audit log knows cannot be found", counted(left, "A revision", "%d revisions"), id)
		}
	}
	return nil
}

func counted(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return fmt.Sprintf(more, n)
}

func (p *prover) drafts(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT d.id, r.mention_id, d.text FROM reply_drafts d JOIN replies r ON r.id = d.reply_id ORDER BY d.id`)
	if err != nil {
		return fmt.Errorf("read the drafts: %w", err)
	}
	defer func() { _ = rows.Close() }()
	found := map[int64]map[string]bool{}
	for rows.Next() {
		var id, mention int64
		var text string
		if err := rows.Scan(&id, &mention, &text); err != nil {
			return fmt.Errorf("read the drafts: %w", err)
		}
		v, hash := p.of(mentionSubject(mention)), hashOf(text)
		if found[mention] == nil {
			found[mention] = map[string]bool{}
		}
		found[mention][hash] = true
		switch {
		case v.replies[hash], v.moved && p.replies[hash]:
			p.Proved.Drafts++
		case id <= p.draft:
			p.Older++
		default:
			p.complain("Draft %d of the reply to mention %d is not the one that the audit log knows", id, mention)
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return p.shown(ctx, tx, found)
}

// shown looks for the drafts that somebody was asked about or that were copied: they are kept for good.
func (p *prover) shown(ctx context.Context, tx *sql.Tx, found map[int64]map[string]bool) error {
	there, err := column[int64](tx.QueryContext(ctx, `SELECT mention_id FROM replies`))
	if err != nil {
		return fmt.Errorf("read the replies: %w", err)
	}
	for _, id := range there {
		v := p.about[mentionSubject(id)]
		if v == nil || v.moved {
			continue
		}
		for hash := range v.shown {
			if len(hash) > len(hashMark)+16 && !found[id][hash] {
				p.complain("A draft of the reply to mention %d that was shown to somebody cannot be found as it was", id)
			}
		}
	}
	return nil
}

func (p *prover) replied(ctx context.Context, tx *sql.Tx) error {
	rows, err := tx.QueryContext(ctx, `SELECT mention_id, state, text, changed FROM replies ORDER BY id`)
	if err != nil {
		return fmt.Errorf("read the replies: %w", err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var mention, changed int64
		var state ReplyState
		var text string
		if err := rows.Scan(&mention, &state, &text, &changed); err != nil {
			return fmt.Errorf("read the replies: %w", err)
		}
		v := p.of(mentionSubject(mention))
		switch {
		case v.state == "" && state == OnSite: // it came with the mention
		case v.state == state && sameHash(v.hash, hashOf(text)), v.moved && p.replies[hashOf(text)]:
			p.Replies++
		case changed <= p.changed:
			p.Older++
		default:
			p.complain("The reply to mention %d is not as the audit log knows it", mention)
		}
	}
	return rows.Err()
}
