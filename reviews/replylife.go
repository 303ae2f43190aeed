package reviews

import (
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// hand is who acts on a reply, and with which rights.
type hand struct {
	ID   int64
	Role practice.Role

	Writing, Approving error // why the training does not let them, or nil
}

// approves reports whether both role and training let them approve.
func (h hand) approves() bool { return h.Role.MayApprove() && h.Approving == nil }

// judges reports whether the role may approve the replies of others to a mention: whoever leads, and a clinician where somebody's health is in danger,
// since no ordinary words will do there.
func (h hand) judges(now circumstances) bool {
	return h.Role.MayApprove() || now.Clinical && h.Role == practice.Clinician
}

// circumstances are what the mention of a reply and the gate say at the moment of a step.
type circumstances struct {
	Revision int           // of the mention, now
	Verdict  guard.Verdict // of the gate on exactly the reply's text, now
	Template bool          // the text is word for word an approved template
	Second   bool          // the practice wants a second person for all free text
	Policy   bool          // because its policy in force says so
	Critical bool          // somebody may be in danger: a second person reads whatever goes out
	Clinical bool          // somebody's health is in danger: a clinician may approve
	Alone    bool          // nobody but the author may approve
	Locked   bool          // there are private notes that nobody has opened, so the gate could not compare with them
	Awaits   *Awaited      // who has to agree before anything is said in public, and has not; nil: nobody
	At       time.Time
	Rest     time.Duration // that this text needs; 0: none
	Why      string        // it needs the rest
}

// replySteps are the states in which a step may be taken; what else it needs is in the function of the step.
var replySteps = map[string][]ReplyState{
	"ask":     {Draft, SentBack, Rejected},
	"agree":   {Asked},
	"back":    {Asked, Approved, Released},
	"release": {Draft, Approved},
	"recall":  {Released},
	"copy":    {Draft, Approved, Released, Copied},
	"post":    {Copied, Posted},
	"deny":    {Copied, Posted, OnSite},
}

func (r Reply) may(step, sentence string) error {
	for _, s := range replySteps[step] {
		if s == r.State {
			return nil
		}
	}
	switch r.State {
	case Draft:
		return refusal.Because(ErrStep, "%s. This is a draft", sentence)
	case Asked:
		return refusal.Because(ErrStep, "%s. This reply waits for approval", sentence)
	case SentBack:
		return refusal.Because(ErrStep, "%s. This reply was sent back: change it first", sentence)
	case Released:
		return refusal.Because(ErrStep, "%s. This reply rests in the outbox: recall it first", sentence)
	case Rejected:
		return refusal.Because(ErrStep, "%s. The site did not take this reply: change it first", sentence)
	case Copied, Posted, OnSite:
		return refusal.Because(ErrStep, "%s. This reply went out already: change it to write another", sentence)
	}
	return refusal.Because(ErrStep, "%s. This reply is %s", sentence, r.State)
}

// write puts a new text in place. An approval holds for the words it was given for, so that a changed text, or a text written for a review
// that was edited since, starts again as a draft.
func (r Reply) write(text, template string, by hand, now circumstances) (Reply, error) {
	if !by.Role.MayDraft() {
		return r, refusal.Because(ErrRights, "The role %s may read replies but not write them", by.Role)
	}
	if by.Writing != nil {
		return r, by.Writing
	}
	if r.ID != 0 && r.Text == text && r.Revision == now.Revision {
		return r, nil
	}
	r.State, r.Text, r.Template, r.Author, r.Approver, r.Note = Draft, text, "", by.ID, 0, ""
	if now.Template {
		r.Template = template
	}
	r.Verdict, r.Revision = now.Verdict, now.Revision
	return r.out(), nil
}

func (r Reply) ask(by hand, now circumstances) (Reply, error) {
	if err := r.may("ask", "Approval can be asked for a draft"); err != nil {
		return r, err
	}
	if !by.Role.MayDraft() {
		return r, refusal.Because(ErrRights, "The role %s may not ask for approval", by.Role)
	}
	if by.Writing != nil {
		return r, by.Writing
	}
	if err := r.sound(now); err != nil {
		return r, err
	}
	r.State, r.Approver, r.Note, r.Verdict = Asked, 0, "", now.Verdict
	return r, nil
}

func (r Reply) approve(by hand, now circumstances) (Reply, error) {
	if err := r.may("agree", "Only a reply for which approval was asked can be approved"); err != nil {
		return r, err
	}
	if !by.judges(now) && by.Role == practice.Clinician {
		return r, refusal.Because(ErrRights, "The role %s approves replies only where a mention tells of harm to oneself, of an emergency or of harm by care; here an owner, manager or compliance officer may", by.Role)
	}
	if !by.judges(now) {
		return r, refusal.Because(ErrRights, "The role %s may not approve replies; an owner, manager or compliance officer may", by.Role)
	}
	if by.Approving != nil {
		return r, by.Approving
	}
	if by.ID == r.Author {
		return r, refusal.Because(ErrRights, "Nobody approves their own reply. Ask another person")
	}
	if err := r.sound(now); err != nil {
		return r, err
	}
	r.State, r.Approver, r.Verdict = Approved, by.ID, now.Verdict
	return r, nil
}

func (r Reply) sendBack(note string, by hand, now circumstances) (Reply, error) {
	if err := r.may("back", "Only a reply that waits for approval or has it can be sent back"); err != nil {
		return r, err
	}
	if !by.judges(now) {
		return r, refusal.Because(ErrRights, "The role %s may not send replies back", by.Role)
	}
	if strings.TrimSpace(note) == "" {
		return r, refusal.Because(ErrStep, "Say what should be different, so that the author can put it right")
	}
	r.State, r.Approver, r.Note = SentBack, 0, strings.TrimSpace(note)
	return r.out(), nil
}

// copied lets a text go out. author is who wrote it, with the rights that this person has now. soon is why it goes out before its rest is over,
// or "".
func (r Reply) copied(author hand, now circumstances, soon string) (Reply, error) {
	if err := r.may("copy", "Only a reply that is ready can be copied"); err != nil {
		return r, err
	}
	if err := r.sound(now); err != nil {
		return r, err
	}
	if err := now.Awaits.refuses(); err != nil {
		return r, err
	}
	if err := r.agreed(author, now); err != nil {
		return r, err
	}
	if soon == "" {
		if err := r.rested(now); err != nil {
			return r, err
		}
	}
	r.State, r.Verdict = Copied, now.Verdict
	return r.out(), nil
}

// agreed says whether a second person has agreed to the reply, where one must.
func (r Reply) agreed(author hand, now circumstances) error {
	if r.Approver != 0 && (r.State == Approved || r.State == Released || r.State == Copied) || !r.needsApproval(author, now) {
		return nil
	}
	switch {
	case now.Critical && now.Alone:
		return refusal.Because(ErrRights, "A reply to a critical mention needs a second person, and nobody else here may approve. Enter that person under Settings, or decide on no public reply")
	case now.Critical:
		return refusal.Because(ErrRights, "A reply to a critical mention needs a second person, whoever wrote it and whatever it says. Ask for approval first")
	case author.Role.MayApprove() && author.Approving != nil && now.Alone:
		return author.Approving
	case author.Role.MayApprove() && now.Policy && now.Alone:
		return refusal.Because(ErrRights, "The policy in force says that a second person reads each text, and nobody else here may approve. Enter that person under Settings, or put a policy in force that says otherwise")
	case author.Role.MayApprove() && now.Policy:
		return refusal.Because(ErrRights, "The policy in force says that a second person reads each text. Ask for approval first")
	case author.Role.MayApprove() && now.Alone:
		return refusal.Because(ErrRights, "This practice wants a second person for all free text, and nobody else here may approve. Enter that person under Settings, or switch the rule off there")
	case author.Role.MayApprove():
		return refusal.Because(ErrRights, "This practice wants a second person for all free text. Ask for approval first")
	}
	return refusal.Because(ErrRights, "This text is free text by somebody who may not publish alone. Ask for approval first")
}

// needsApproval reports whether a second person must agree: always where a mention is critical; else not for an approved template left as it is, and not
// for the words of a person whose role may approve, unless the practice wants a second person always.
func (r Reply) needsApproval(author hand, now circumstances) bool {
	template := r.Template != "" && now.Template
	return now.Critical || !template && (now.Second || !author.approves())
}

// sound is what asking, approving and copying all need: words, for the review as it reads now, that the gate lets through.
func (r Reply) sound(now circumstances) error {
	switch {
	case strings.TrimSpace(r.Text) == "":
		return refusal.Because(ErrStep, "There is no reply yet")
	case r.Revision != now.Revision:
		return refusal.Because(ErrStep, "The review was changed after this reply was written. Read it again, then save the reply anew")
	case now.Verdict != guard.Clear && now.Verdict != guard.Warn:
		return refusal.Because(ErrGate, "This text may not be published. Change the marked words first")
	case now.Locked:
		return refusal.Because(ErrLocked, "The private notes on this mention are locked, so the reply could not be compared with them. Unlock them first")
	}
	return nil
}

func (r Reply) posted() (Reply, error) {
	if err := r.may("post", "Only a reply that was copied can be marked as posted"); err != nil {
		return r, err
	}
	r.State = Posted
	return r, nil
}

func (r Reply) rejected(note string) (Reply, error) {
	if err := r.may("deny", "Only a reply that went out can be rejected by the site"); err != nil {
		return r, err
	}
	r.State, r.Note, r.Approver = Rejected, note, 0
	return r, nil
}

func refusedRole(role practice.Role, what string) error {
	return refusal.Because(ErrRights, "The role %s may not %s", role, what)
}

func resting(format string, args ...any) error { return refusal.Because(ErrResting, format, args...) }
