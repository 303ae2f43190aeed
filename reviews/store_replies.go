package reviews

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
)

// ReplyTo returns the reply to a mention; one that nobody began has ID 0.
func (s *Store) ReplyTo(ctx context.Context, mentionID int64) (Reply, error) {
	return replyTo(ctx, s.db.Reader(), mentionID)
}

func replyTo(ctx context.Context, q database.Querier, mentionID int64) (Reply, error) {
	r := Reply{MentionID: mentionID, State: Draft, Verdict: guard.Clear}
	var changed, since, rest int64
	err := q.QueryRowContext(ctx, `SELECT id, state, text, template, author, approver, note, verdict, changed, revision, COALESCE(o.since, 0),
		COALESCE(o.seconds, 0), COALESCE(o.words, '') FROM replies LEFT JOIN outbox o ON o.reply_id = replies.id WHERE mention_id = ?`, mentionID).Scan(
		&r.ID, &r.State, &r.Text, &r.Template, &r.Author, &r.Approver, &r.Note, &r.Verdict, &changed, &r.Revision, &since, &rest, &r.words)
	if errors.Is(err, sql.ErrNoRows) {
		return r, nil
	}
	if err != nil {
		return r, fmt.Errorf("read the reply: %w", err)
	}
	r.Changed, r.Since, r.Rest = clock.Unix(changed), clock.Unix(since), time.Duration(rest)*time.Second
	return r, nil
}

// Drafts lists the wordings that a reply had, newest first.
func (s *Store) Drafts(ctx context.Context, mentionID int64) ([]ReplyDraft, error) {
	rows, err := s.db.Reader().QueryContext(ctx, `SELECT d.id, d.reply_id, d.at, d.author, d.text, d.verdict, d.rules, d.origin FROM reply_drafts d
		JOIN replies r ON r.id = d.reply_id WHERE r.mention_id = ? ORDER BY d.id DESC`, mentionID)
	return database.List(rows, err, "read the drafts", func(row database.Row) (d ReplyDraft, err error) {
		var at int64
		var rules string
		err = row.Scan(&d.ID, &d.ReplyID, &at, &d.Author, &d.Text, &d.Verdict, &rules, &d.Origin)
		d.At, d.Rules = clock.Unix(at), unpack(rules)
		return d, err
	})
}

// Recent returns the texts of the last n replies that went out, newest first, so that the next does not repeat them.
func (s *Store) Recent(ctx context.Context, n int) ([]string, error) {
	return recent(ctx, s.db.Reader(), 0, n)
}

func recent(ctx context.Context, q database.Querier, except int64, n int) ([]string, error) {
	rows, err := q.QueryContext(ctx, `SELECT text FROM replies WHERE published <> 0 AND mention_id <> ? ORDER BY published DESC LIMIT ?`, except, n)
	return database.List(rows, err, "read the last replies", database.Value[string])
}

// ground is what every reply is judged by beside its mention.
type ground struct {
	own    guard.Own
	people []practice.Person
	day    string // at the practice
}

func (s *Store) ground(ctx context.Context) (ground, error) {
	p, err := s.practice(ctx)
	if err != nil {
		return ground{}, err
	}
	places, err := s.practices.Places(ctx)
	if err != nil {
		return ground{}, err
	}
	people, err := s.practices.People(ctx)
	if err != nil {
		return ground{}, err
	}
	g := ground{own: policy.OwnOf(p, places, people), people: people, day: s.now().In(p.Location()).Format(practice.Day)}
	for _, person := range people {
		if strings.TrimSpace(person.Name) != "" {
			g.own.Names = append(g.own.Names, person.Name)
		}
	}
	return g, nil
}

// BlankDraft is a reply without words and without a mention: what the practice owns, and what it has decided about its words.
func (s *Store) BlankDraft(ctx context.Context) (guard.Draft, error) {
	g, err := s.ground(ctx)
	if err != nil {
		return guard.Draft{}, err
	}
	return policy.Decided(ctx, s.db.Reader(), guard.Draft{Kind: guard.Reply, Own: g.own}, g.people, s.now())
}

// recentReplies is how many of the last replies a new one is compared with.
const recentReplies = 30

// GateDraft is a text as the gate judges it: against this mention, what the practice owns, and what it said last.
func (s *Store) GateDraft(ctx context.Context, mentionID int64, text string) (guard.Draft, error) {
	m, err := s.Find(ctx, mentionID)
	if err != nil {
		return guard.Draft{}, err
	}
	g, err := s.ground(ctx)
	if err != nil {
		return guard.Draft{}, err
	}
	return s.gateDraft(ctx, s.db.Reader(), m, g, text)
}

// gateDraft leaves the private notes out while nobody has opened them.
func (s *Store) gateDraft(ctx context.Context, q database.Querier, m Mention, g ground, text string) (guard.Draft, error) {
	last, err := recent(ctx, q, m.ID, recentReplies)
	if err != nil {
		return guard.Draft{}, err
	}
	draft := guard.Draft{Kind: guard.Reply, Review: AsShown(m), Stars: m.Stars, Text: text, Own: g.own, Site: m.Site, Recent: last}
	note, err := s.note(ctx, q, m.ID)
	if note.Text != "" {
		draft.Private = []string{note.Text}
	}
	if err != nil {
		return draft, err
	}
	return policy.Decided(ctx, q, draft, g.people, s.now())
}

// AsShown is the review with the author's name in front, as the gate reads it.
func AsShown(m Mention) string {
	return guard.ShownAs(m.Author, strings.TrimSpace(m.Title+"\n"+m.Text))
}

// desk is a reply on the table, with all that a step has to know, inside a transaction.
type desk struct {
	tx      *sql.Tx
	origin  string // what the words began as
	mention Mention
	reply   Reply
	now     circumstances
	result  guard.Result
	by      hand
	author  hand
	roles   roles
	leaving Leaving
}

// atDesk runs do on the reply to a mention in one transaction. The gate judges the given text, or the stored one for nil, against the review as
// it reads at that moment. What do returns as did goes into the audit log; "" logs nothing.
func (s *Store) atDesk(ctx context.Context, mentionID int64, text *string, template string, by audit.Actor, do func(*desk) (did string, err error)) (*desk, error) {
	g, err := s.ground(ctx)
	if err != nil {
		return nil, err
	}
	roles, err := s.roles(ctx)
	if err != nil {
		return nil, err
	}
	leaving, err := s.Leaving(ctx)
	if err != nil {
		return nil, err
	}
	d := &desk{by: s.hand(ctx, roles, by.ID), roles: roles, leaving: leaving}
	changed := false
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		if err := s.layOut(ctx, tx, d, mentionID, g, text, template); err != nil {
			return err
		}
		before := d.reply
		did, err := do(d)
		if err != nil {
			return err
		}
		if changed = d.reply != before; changed {
			if err := s.storeReply(ctx, d, text != nil); err != nil {
				return err
			}
		}
		if did == "" {
			return nil
		}
		return s.log(ctx, tx, by, did, mentionSubject(mentionID), replyState(before), replyState(d.reply)+", to "+wordsHash(d.mention))
	})
	if err != nil {
		return nil, err
	}
	if changed {
		s.tell(ChangedMentions, mentionID)
	}
	return d, nil
}

// layOut puts the mention, its reply and the judgement of the gate on the table.
func (s *Store) layOut(ctx context.Context, tx *sql.Tx, d *desk, mentionID int64, g ground, text *string, template string) (err error) {
	d.tx = tx
	if d.mention, err = find(ctx, tx, mentionID); err != nil {
		return err
	}
	if d.reply, err = replyTo(ctx, tx, mentionID); err != nil {
		return err
	}
	words := d.reply.Text
	if text != nil {
		words = *text
	} else {
		template = d.reply.Template
	}
	d.origin = template
	draft, err := s.gateDraft(ctx, tx, d.mention, g, words)
	if err != nil {
		return err
	}
	note, err := s.note(ctx, tx, mentionID)
	if err != nil {
		return err
	}
	d.result = s.gate.Check(draft)
	d.author = s.hand(ctx, d.roles, d.reply.Author)
	byPolicy, err := policy.SecondReader(ctx, tx, g.day)
	if err != nil {
		return err
	}
	clinical := slices.ContainsFunc(clinicalSignals, func(id string) bool { return slices.Contains(d.mention.Signals, id) })
	d.now = circumstances{Clinical: clinical, Revision: d.mention.Revisions, Verdict: d.result.Verdict, Template: s.isTemplate(ctx, template, words, d.mention),
		Second: d.leaving.Second || byPolicy, Policy: byPolicy, Critical: d.mention.Urgency == critical, Alone: !d.roles.another(d.reply.Author, clinical), Locked: note.Locked, At: clock.Unix(seconds(s.now()))}
	d.now.Rest, d.now.Why = d.leaving.For(matter(d.mention, d.now))
	d.now.Awaits, err = awaited(ctx, tx, d.mention)
	return err
}

// replyState is a reply in the audit log: its state and the hash of its words, never the words.
func replyState(r Reply) string {
	if r.ID == 0 {
		return ""
	}
	return "reply " + string(r.State) + ", " + hashOf(r.Text)
}

// roles knows the rights of the staff.
type roles struct {
	byID     map[int64]practice.Role
	approver bool // somebody may approve
}

func (s *Store) roles(ctx context.Context) (roles, error) {
	people, err := s.practices.People(ctx)
	if err != nil {
		return roles{}, err
	}
	today := s.now().UTC().Format(practice.Day)
	r := roles{byID: map[int64]practice.Role{}}
	for _, p := range people {
		if p.Here(today) {
			r.byID[p.ID] = p.Role
			r.approver = r.approver || p.Role.MayApprove()
		}
	}
	return r, nil
}

// clinicalSignals are those of a mention on which a clinician may approve the words.
var clinicalSignals = []string{"self_harm", "emergency_symptoms", "adverse_event"}

// another reports whether somebody other than the author may approve; a clinician counts where the matter is clinical.
func (r roles) another(author int64, clinical bool) bool {
	for id, role := range r.byID {
		if id != author && (role.MayApprove() || clinical && role == practice.Clinician) {
			return true
		}
	}
	return false
}

// of is the role of a person. Where nobody on the staff may approve, whoever sits at the computer is the owner; otherwise a hand without a name
// may draft, and the named ones approve.
func (r roles) of(id int64) practice.Role {
	if role, ok := r.byID[id]; ok {
		return role
	}
	switch {
	case id != 0:
		return practice.Staff
	case r.approver:
		return practice.Author
	}
	return practice.Owner
}

// storeReply stores the reply, and its wording as a draft when that is new.
func (s *Store) storeReply(ctx context.Context, d *desk, written bool) error {
	d.reply.Changed = clock.Unix(seconds(s.now()))
	r := d.reply
	err := d.tx.QueryRowContext(ctx, `INSERT INTO replies (mention_id, state, text, template, author, approver, note, verdict, changed, revision)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (mention_id) DO UPDATE SET state = excluded.state, text = excluded.text,
		template = excluded.template, author = excluded.author, approver = excluded.approver, note = excluded.note, verdict = excluded.verdict,
		changed = excluded.changed, revision = excluded.revision RETURNING id`, r.MentionID, string(r.State), r.Text, r.Template, r.Author,
		r.Approver, r.Note, string(r.Verdict), seconds(r.Changed), r.Revision).Scan(&d.reply.ID)
	if err != nil {
		return fmt.Errorf("store the reply: %w", err)
	}
	if err := storeRest(ctx, d.tx, d.reply); err != nil {
		return err
	}
	if !written || strings.TrimSpace(r.Text) == "" {
		return nil
	}
	return s.keepDraft(ctx, d)
}

// sameDraft is how long a person's typing goes into one draft before the next is begun.
const sameDraft = 10 * time.Minute

// keepDraft records the wording. Typing that goes on writes over its own last draft, unless somebody saw that one.
func (s *Store) keepDraft(ctx context.Context, d *desk) error {
	codes := rulesOf(d.result)
	now := s.now()
	result, err := d.tx.ExecContext(ctx, `UPDATE reply_drafts SET text = ?, verdict = ?, rules = ?, at = ?, origin = ? WHERE kept = 0 AND author = ? AND at > ?
		AND id = (SELECT MAX(id) FROM reply_drafts WHERE reply_id = ?)`, d.reply.Text, string(d.result.Verdict), codes, seconds(now), d.origin, d.by.ID,
		seconds(now.Add(-sameDraft)), d.reply.ID)
	if err != nil {
		return fmt.Errorf("store the draft: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n > 0 {
		return err
	}
	_, err = d.tx.ExecContext(ctx, `INSERT INTO reply_drafts (reply_id, at, author, text, verdict, rules, origin) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		d.reply.ID, seconds(now), d.by.ID, d.reply.Text, string(d.result.Verdict), codes, d.origin)
	if err != nil {
		return fmt.Errorf("store the draft: %w", err)
	}
	return nil
}

func rulesOf(r guard.Result) string {
	var codes []string
	for _, f := range r.Findings {
		if !slices.Contains(codes, f.Rule) {
			codes = append(codes, f.Rule)
		}
	}
	return pack(codes)
}

// seal keeps the last draft as it is: somebody was asked about it, or it went out.
func (d *desk) seal(ctx context.Context) error {
	_, err := d.tx.ExecContext(ctx, `UPDATE reply_drafts SET kept = 1 WHERE id = (SELECT MAX(id) FROM reply_drafts WHERE reply_id = ?)`, d.reply.ID)
	return err
}
