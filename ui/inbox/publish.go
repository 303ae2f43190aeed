package inbox

import (
	"context"
	"errors"
	"strings"

	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/ui/kit"
)

// copyAndOpen puts exactly the stored and allowed text on the clipboard and opens the page where it goes up. One that has to rest goes into the
// outbox first. Who is asked to approve does that by the same key.
func (r *reply) copyAndOpen() {
	switch {
	case r.mayCopy():
		r.letOut(r.s.deps.Replies.Copy)
	case r.shown.choices.Approve == nil && !r.fenced && r.editor.Text() == r.stored:
		r.approve()
	default:
		r.sayWhyNot()
	}
}

// letOut stores what was typed last and takes the text out by copyIt.
func (r *reply) letOut(copyIt func(ctx context.Context, id int64, by actor) (string, error)) {
	id, by, page, site := r.id, r.s.by(), r.s.known().replyLink(r.shown.mention, r.shown.place).Address, r.s.known().where(r.shown.mention.Site, r.shown.mention.SourceID)
	keep := r.keeping()
	r.s.bg.Run(func(ctx context.Context) func() {
		text := ""
		var put reviews.Reply
		err := keep(ctx)
		if err == nil {
			text, err = copyIt(ctx, id, by)
		}
		why := err
		if errors.Is(err, reviews.ErrResting) {
			if before, failed := r.s.deps.Replies.ReplyTo(ctx, id); failed == nil && before.State != reviews.Released {
				put, err = r.s.deps.Replies.Release(ctx, id, by)
			}
		}
		return func() {
			switch {
			case err == nil && put.ID != 0:
				r.intoOutbox(id, put, because(why))
			case errors.Is(err, reviews.ErrResting):
				r.s.host.Toast(kit.Sentence(err))
			case err != nil:
				r.s.host.Fail("Copying the reply", err)
			default:
				r.onClipboard(text, page, site)
			}
			r.s.reading.refresh()
			r.s.list.update(id)
			if err == nil {
				r.s.host.Focus(r.s.list.rows)
			}
		}
	})
}

// because is the second half of why a reply rests.
func because(err error) string {
	_, why, _ := strings.Cut(err.Error(), ": ")
	return why
}

// onClipboard hands the text over and opens the page.
func (r *reply) onClipboard(text, page, site string) {
	r.s.host.Copy(text)
	r.open, r.asked = false, false
	said := "Copied. Paste it on " + site + "."
	if page == "" {
		said = "Copied."
	} else if err := r.s.host.Open(page); err != nil {
		r.s.host.Fail("Opening the page", err)
	}
	r.s.host.Toast(said)
}

// sayWhyNot says why the reply cannot go out, and goes to the words that are in the way.
func (r *reply) sayWhyNot() {
	why := "Write a reply first"
	switch {
	case r.shown.mention.Status.Done():
		why = "This mention is done. Reopen it to write another reply"
	case r.fenced || r.shown.choices.Stale && r.editor.Text() == r.stored:
		why = "The review was changed. Read it again first"
	case r.editor.Text() == "":
	case r.shown.choices.Result.Verdict == guard.Block:
		why = "Change the marked words first"
		r.editor.SelectFinding(0)
	case r.needsAsking():
		why = "A second person reads it first. Ask for approval"
	case r.shown.choices.Copy != nil:
		why = kit.Sentence(r.shown.choices.Copy)
	}
	r.s.host.Toast(why)
}

func (r *reply) ask() {
	r.s.act("Asking for approval", after(r.keeping(), r.s.deps.Replies.AskApproval), func(int64) { r.s.host.Toast("Approval asked") })
}

func (r *reply) approve() {
	said := "Approved. It can be copied now."
	if r.shown.choices.Rest > 0 {
		said = "Approved and released. It can be copied in " + minutes(r.shown.choices.Rest) + "."
	}
	r.s.act("Approving", func(ctx context.Context, id int64, by actor) error {
		if err := r.s.deps.Replies.Approve(ctx, id, by); err != nil {
			return err
		}
		c, err := r.s.deps.Replies.Choices(ctx, id, by)
		if err == nil && c.Rest > 0 {
			_, err = r.s.deps.Replies.Release(ctx, id, by)
		}
		return err
	}, func(int64) { r.s.host.Toast(said) })
}

// sendBackDialog asks what should be different.
func (r *reply) sendBackDialog() {
	note := kit.NewMultiLine("Shorter, and without the apology", 3)
	field := kit.NewField("What should be different?", "The author sees it above the text.", note)
	var closeIt func()
	send := func() {
		if strings.TrimSpace(note.Text) == "" {
			field.SetErr(errNote)
			return
		}
		closeIt()
		r.s.act("Sending back", func(ctx context.Context, id int64, by actor) error {
			return r.s.deps.Replies.SendBack(ctx, id, note.Text, by)
		}, func(int64) { r.s.host.Toast("Sent back to the author") })
	}
	closeIt = r.s.host.Dialog("Send back", field, kit.Button{Title: "Send back", Primary: true, Stay: true, Run: send}, kit.Button{Title: "Cancel"})
	r.s.host.Focus(note)
}

var errNote = errors.New("Say in a few words what should be different")

// refusedDialog notes that the site did not take a reply.
func (r *reply) refusedDialog() {
	note := kit.NewEntry("Too long, removed by the site, ...")
	r.s.host.Dialog("The site refused the reply", kit.NewField("What did it say?", "The mention opens again.", note),
		kit.Button{Title: "Open it again", Primary: true, Run: func() {
			r.s.act("Noting the refusal", func(ctx context.Context, id int64, by actor) error {
				return r.s.deps.Replies.MarkRejected(ctx, id, note.Text, by)
			}, nil)
		}}, kit.Button{Title: "Cancel"})
	r.s.host.Focus(note)
}
