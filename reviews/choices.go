package reviews

import (
	"context"
	"database/sql"
	"time"

	"goodword/internal/audit"
	"goodword/policy/guard"
)

// Choices says what a person may do with a mention and the reply as it is stored. A step that is possible is nil; the others say why not.
type Choices struct {
	Write, Ask, Approve, SendBack, Release, Recall, Copy, Posted, GoAhead error

	Alone  bool          // the text needs nobody else's approval
	Stale  bool          // the review was changed after the reply was written
	Hurry  bool          // the person may copy before the rest is over, with a reason
	Rest   time.Duration // that the text needs in the outbox; 0: none
	Left   time.Duration // that it has still to rest, once it is in the outbox
	Why    string        // it needs the rest
	Awaits *Awaited      // who has to agree before anything is said in public; nil: nobody, or they have
	Result guard.Result  // of the gate on the stored text
}

// Choices works out what by may do now. The steps themselves check it all again.
func (s *Store) Choices(ctx context.Context, mentionID int64, by audit.Actor) (Choices, error) {
	var c Choices
	g, err := s.ground(ctx)
	if err != nil {
		return c, err
	}
	roles, err := s.roles(ctx)
	if err != nil {
		return c, err
	}
	leaving, err := s.Leaving(ctx)
	if err != nil {
		return c, err
	}
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		d := &desk{by: s.hand(ctx, roles, by.ID), roles: roles, leaving: leaving}
		if err := s.layOut(ctx, tx, d, mentionID, g, nil, ""); err != nil {
			return err
		}
		c = d.choices()
		return nil
	})
	return c, err
}

func (d *desk) choices() Choices {
	c := Choices{Result: d.result, Stale: d.reply.Text != "" && d.reply.Revision != d.now.Revision}
	c.Alone = d.reply.ID != 0 && !d.reply.needsApproval(d.author, d.now)
	if _, c.Write = d.mention.Status.After(StepAnswer); c.Write == nil {
		_, c.Write = d.reply.write(d.reply.Text+" ", "", d.by, d.now)
	}
	_, c.Ask = d.reply.ask(d.by, d.now)
	_, c.Approve = d.reply.approve(d.by, d.now)
	_, c.SendBack = d.reply.sendBack("note", d.by, d.now)
	if _, c.Copy = d.mention.Status.After(StepAnswer); c.Copy == nil {
		_, c.Copy = d.reply.copied(d.author, d.now, "")
		_, c.Release = d.reply.release(d.by, d.author, d.now)
		_, soon := d.reply.copied(d.author, d.now, "in a hurry")
		c.Hurry = soon == nil && d.by.Role.MayApprove()
	} else {
		c.Release = c.Copy
	}
	_, c.Recall = d.reply.recall(d.by)
	c.Awaits, c.GoAhead = d.now.Awaits, mayGoAhead(d.by.Role)
	c.Rest, c.Left, c.Why = d.now.Rest, d.reply.left(d.now), d.now.Why
	if _, c.Posted = d.mention.Status.After(StepPublish); c.Posted == nil {
		_, c.Posted = d.reply.posted()
	}
	return c
}
