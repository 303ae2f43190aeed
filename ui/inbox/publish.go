package inbox

import (
	"context"
	"errors"
	"strings"

	"goodword/policy/guard"
	"goodword/ui/kit"
)

// copyAndOpen puts exactly the stored and allowed text on the clipboard and opens the page where it goes up.
func (r *reply) copyAndOpen() {
	if !r.mayCopy() {
		r.sayWhyNot()
		return
	}
	id, by, page, site := r.id, r.s.by(), r.s.known().replyLink(r.shown.mention, r.shown.place).Address, r.s.known().where(r.shown.mention.Site, r.shown.mention.SourceID)
	keep := r.keeping()
	r.s.bg.Run(func(ctx context.Context) func() {
		text := ""
		err := keep(ctx)
		if err == nil {
			text, err = r.s.deps.Replies.Copy(ctx, id, by)
		}
		return func() {
			if err != nil {
				r.s.host.Fail("Copying the reply", err)
				r.s.reading.refresh()
				return
			}
			r.s.host.Copy(text)
			r.open, r.asked = false, false
			said := "Copied. Paste it on " + site + "."
			if page == "" {
				said = "Copied."
			} else if err := r.s.host.Open(page); err != nil {
				r.s.host.Fail("Opening the page", err)
			}
			r.s.host.Toast(said)
			r.s.reading.refresh()
			r.s.list.update(id)
			r.s.host.Focus(r.s.list.rows)
		}
	})
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
	r.s.act("Approving", r.s.deps.Replies.Approve, func(int64) { r.s.host.Toast("Approved. It can be copied now.") })
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
