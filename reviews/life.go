package reviews

import (
	"fmt"

	"goodword/internal/refusal"
)

// Step is something that happens to a mention.
type Step string

// The steps. Their words are those of the audit log.
const (
	StepRead     Step = "read"
	StepUnread   Step = "marked as unread"
	StepAnswer   Step = "began a reply"
	StepWithdraw Step = "took the reply back"
	StepPublish  Step = "answered"
	StepClose    Step = "closed without a public reply"
	StepEscalate Step = "escalated"
	StepResolve  Step = "resolved"
	StepReopen   Step = "reopened"
)

// life is the whole of the rules: what a step makes of each state. What is not in it is not possible. A mention that is with somebody else
// stays there, whatever is said in public meanwhile, until that person is done.
var life = map[Status]map[Step]Status{
	New: {StepRead: Read, StepUnread: New, StepAnswer: Answering, StepPublish: Answered, StepClose: NoReply, StepEscalate: Escalated},
	Read: {StepRead: Read, StepUnread: New, StepAnswer: Answering, StepPublish: Answered, StepClose: NoReply, StepEscalate: Escalated,
		StepWithdraw: Read},
	Answering: {StepRead: Answering, StepAnswer: Answering, StepWithdraw: Read, StepPublish: Answered, StepClose: NoReply,
		StepEscalate: Escalated},
	Escalated: {StepRead: Escalated, StepAnswer: Escalated, StepWithdraw: Escalated, StepPublish: Escalated, StepEscalate: Escalated,
		StepResolve: Resolved, StepReopen: Read},
	Answered: {StepRead: Answered, StepPublish: Answered, StepReopen: Read},
	NoReply:  {StepRead: NoReply, StepReopen: Read},
	Resolved: {StepRead: Resolved, StepReopen: Read, StepClose: NoReply}, // nothing was said in public, and that is the decision
}

// After is the state that a step leads to. The error wraps ErrStep and says why the step is not possible.
func (s Status) After(step Step) (Status, error) {
	next, ok := life[s][step]
	if !ok {
		return s, refusal.Because(ErrStep, "%s", whyNot(s, step))
	}
	return next, nil
}

func whyNot(s Status, step Step) string {
	switch {
	case step == StepReopen:
		return "This mention is still open"
	case step == StepResolve:
		return "Only an escalated mention can be resolved"
	case step == StepUnread:
		return fmt.Sprintf("Work on this mention has begun (%s), so it cannot become unread", s)
	case s.Done():
		return fmt.Sprintf("This mention is done (%s). Reopen it first", s)
	case s == Escalated && step == StepClose:
		return "This mention is with somebody. Resolve it, or reopen it to take it back"
	}
	return fmt.Sprintf("A mention that is %s cannot be %s", s, step)
}
