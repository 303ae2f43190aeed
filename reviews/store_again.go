package reviews

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
)

// again meets an entry that is known: unchanged, changed, or the practice's reply now shows.
func (r *recording) again(ctx context.Context, source Source, e entry, k seen, outcome *Outcome) error {
	if k.elsewhere {
		return r.againElsewhere(ctx, source, e, k, outcome)
	}
	if k.content == e.content && k.answer == e.answer && !k.gone {
		outcome.Unchanged++
		return nil
	}
	m, err := find(ctx, r.tx, k.id)
	if err != nil {
		return err
	}
	r.touched = append(r.touched, k.id)
	if k.gone {
		if err := r.s.log(ctx, r.tx, audit.Program, goneFromSite, mentionSubject(m.ID), "true", "false"); err != nil {
			return err
		}
	}
	if k.content != e.content && !rewrapped(m, e) {
		outcome.Edited++
		if m, err = r.edit(ctx, m, e); err != nil {
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
		WHERE id = ?`, e.content, e.answer, e.story, e.address, e.opening, e.likeness, e.sent(), m.ID)
	return err
}

// rewrapped reports whether only spaces and the ends of lines are others: an export and a page break the same words into other lines.
func rewrapped(m Mention, e entry) bool {
	return m.Stars == e.Stars && slices.Equal(strings.Fields(m.Title), strings.Fields(e.Title)) && slices.Equal(strings.Fields(m.Text), strings.Fields(e.Text))
}

// edit keeps how the mention read, puts the new words in place, and owes an answer anew when the rating or the meaning changed.
func (r *recording) edit(ctx context.Context, before Mention, e entry) (Mention, error) {
	if err := r.index(ctx); err != nil { // what is not in the index yet cannot be changed in it
		return before, err
	}
	_, err := r.tx.ExecContext(ctx, `INSERT INTO revisions (mention_id, at, title, text, stars, payload) VALUES (?, ?, ?, ?, ?, ?)`,
		before.ID, seconds(r.at), before.Title, before.Text, before.Stars, blob(before.Payload))
	if err != nil {
		return before, fmt.Errorf("keep the revision: %w", err)
	}
	m := before
	m.Title, m.Text, m.Stars = e.Title, e.Text, e.Stars
	m.Understood = e.Understood
	m.guess()
	m.Understood = m.Understood.corrected(before.Understood)
	e.Understood = m.Understood
	m.Revisions++
	did := didChange
	if !meansTheSame(before, e.Found) && !before.Imported {
		m.Owed = r.at
		if before.Status.Done() {
			if m.Status, err = before.Status.After(StepReopen); err != nil {
				return m, err
			}
			m.Handled = time.Time{}
			did = didReopen
		}
		m = m.back(r.at) // what somebody put off said something else
	}
	_, err = r.tx.ExecContext(ctx, `UPDATE mentions SET title = ?, text = ?, author = ?, url = ?, stars = ?, status = ?, handled = ?, owed = ?, due = ?,
		revisions = ?, language = ?, sentiment = ?, score = ?, topics = ?, urgency = ?, signals = ?, kind = ?, confidence = ?, disagrees = ?, snoozed = ?, pauses = ? WHERE id = ?`,
		m.Title, m.Text, e.Author, e.URL, m.Stars, string(m.Status), seconds(m.Handled), seconds(m.Owed), seconds(r.deadlines.due(m)),
		m.Revisions, m.Language, m.Sentiment, m.Score, pack(m.Topics), m.Urgency, pack(m.Signals), m.Kind, m.Confidence, m.Disagrees, seconds(m.Snoozed), packPauses(m.Pauses), m.ID)
	if err != nil {
		return m, fmt.Errorf("store the changed mention: %w", err)
	}
	if _, _, err := lookAgain(ctx, r.tx, m, r.team()); err != nil {
		return m, err
	}
	if err := r.s.emptyOutbox(ctx, r.tx, m.ID, false, "the review was changed"); err != nil {
		return m, err
	}
	return m, r.s.log(ctx, r.tx, audit.Program, did, mentionSubject(m.ID), string(before.Status)+", "+wordsHash(before), string(m.Status)+", "+wordsHash(m))
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
		case "kind":
			u.Kind = by.Kind
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
	return r.s.step(ctx, r.tx, m, next, r.at, r.deadlines, audit.Program, "reply seen on the site")
}
