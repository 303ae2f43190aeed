package reviews

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"goodword/policy/guard"
)

// Resting says which replies rest in the outbox before they may be copied, so that words written in haste can be had back.
type Resting string

// The three rules. By the second, which is ours, a manager between two patients answers praise and routine matters at once.
const (
	RestAlways   Resting = "always"
	RestNegative Resting = "negative" // free text on a negative or urgent mention, and whatever the gate has a remark on
	RestNever    Resting = "never"
)

// The bounds of a rest, in minutes.
const (
	usualRest   = 10
	longestRest = 60
)

// Leaving is how the practice lets its replies out.
type Leaving struct {
	Rest    Resting `json:"rest"`
	Minutes int     `json:"minutes"` // 0 to 60
	Second  bool    `json:"second"`  // free text needs a second person whoever wrote it
}

// UsualLeaving is how replies leave until the practice decides otherwise.
var UsualLeaving = Leaving{Rest: RestNegative, Minutes: usualRest}

// Matter is what the rest of a reply depends on.
type Matter struct {
	Template bool          // the text is word for word an approved template
	Verdict  guard.Verdict // of the gate, now
	Negative bool          // one to three stars, or negative words
	Urgent   bool          // a signal that cannot wait
}

// matter is what is at stake with a reply to m.
func matter(m Mention, now circumstances) Matter {
	return Matter{Template: now.Template, Verdict: now.Verdict, Urgent: m.Urgency != "",
		Negative: m.Stars >= 1 && m.Stars <= 3 || m.Sentiment == "negative" || m.Stars == 0 && m.Sentiment == "mixed"}
}

// For is how long a reply rests, and why, in the words of the window. No rest is 0 and "".
func (l Leaving) For(m Matter) (time.Duration, string) {
	rest := time.Duration(min(max(l.Minutes, 0), longestRest)) * time.Minute
	if rest == 0 || l.Rest == RestNever {
		return 0, ""
	}
	if l.Rest == RestAlways {
		return rest, "every reply rests before it goes out"
	}
	switch {
	case m.Template:
		return 0, ""
	case m.Urgent:
		return rest, "free text on an urgent matter rests before it goes out"
	case m.Negative:
		return rest, "free text on a negative review rests before it goes out"
	case m.Verdict != guard.Clear:
		return rest, "the gate has a remark, so the text rests before it goes out"
	}
	return 0, ""
}

// pack is the rule as a setting stores it.
func (l Leaving) pack() string {
	second := "no"
	if l.Second {
		second = "yes"
	}
	return fmt.Sprintf("%s %d %s", l.Rest, l.Minutes, second)
}

// unpackLeaving reads a setting. What cannot be read is the usual rule: never a laxer one.
func unpackLeaving(text string) Leaving {
	parts := strings.Fields(text)
	if len(parts) != 3 {
		return UsualLeaving
	}
	minutes, err := strconv.Atoi(parts[1])
	l := Leaving{Resting(parts[0]), minutes, parts[2] == "yes"}
	if err != nil || !l.valid() {
		return UsualLeaving
	}
	return l
}

func (l Leaving) valid() bool {
	return (l.Rest == RestAlways || l.Rest == RestNegative || l.Rest == RestNever) && l.Minutes >= 0 && l.Minutes <= longestRest
}

// release puts a reply into the outbox, where its rest begins.
func (r Reply) release(by, author hand, now circumstances) (Reply, error) {
	if err := r.may("release", "Only a reply that is ready can go into the outbox"); err != nil {
		return r, err
	}
	if !by.Role.MayDraft() {
		return r, refusedRole(by.Role, "put replies into the outbox")
	}
	if by.Writing != nil {
		return r, by.Writing
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
	r.State, r.Verdict = Released, now.Verdict
	r.Since, r.Rest, r.words = now.At, now.Rest, hashWords(r.Text)
	return r, nil
}

// recall takes a reply out of the outbox. An approval stays: it was given for these words.
func (r Reply) recall(by hand) (Reply, error) {
	if err := r.may("recall", "Only a reply in the outbox can be recalled"); err != nil {
		return r, err
	}
	if !by.Role.MayDraft() {
		return r, refusedRole(by.Role, "recall replies")
	}
	r.State = Draft
	if r.Approver != 0 {
		r.State = Approved
	}
	return r.out(), nil
}

// out forgets the rest of a reply.
func (r Reply) out() Reply {
	r.Since, r.Rest, r.words = time.Time{}, 0, ""
	return r
}

// Until is when the rest of a reply is over; zero for one that does not rest.
func (r Reply) Until() time.Time {
	if r.State != Released {
		return time.Time{}
	}
	return r.Since.Add(r.Rest)
}

// Left is how long a reply has still to rest at now. Where the clock was set back to before the rest began, it begins anew.
func (r Reply) Left(now time.Time) time.Duration {
	if r.State != Released {
		return 0
	}
	if now.Before(r.Since) {
		return r.Rest
	}
	return max(0, r.Until().Sub(now))
}

// left is how long the reply has still to rest under the rule of now, which may have become stricter meanwhile, or have gone.
func (r Reply) left(now circumstances) time.Duration {
	if now.Rest == 0 {
		return 0
	}
	r.Rest = max(r.Rest, now.Rest)
	return r.Left(now.At)
}

// rested says whether a reply may leave as far as its rest goes: it needs none, or this very text has had it.
func (r Reply) rested(now circumstances) error {
	if now.Rest == 0 || r.State == Copied {
		return nil
	}
	if r.State != Released || r.words != hashWords(r.Text) {
		return resting("This reply rests %s in the outbox first: %s", inMinutes(now.Rest), now.Why)
	}
	if left := r.left(now); left > 0 {
		return resting("This reply rests in the outbox for another %s: %s", inMinutes(left), now.Why)
	}
	return nil
}

func hashWords(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// inMinutes says a time as people do: "4 minutes".
func inMinutes(d time.Duration) string {
	n := int((d + time.Minute - 1) / time.Minute)
	if n == 1 {
		return "minute"
	}
	return fmt.Sprintf("%d minutes", n)
}

// anew is a reply whose rest begins again, where the clock was set back to before it began: nobody waits for a day that a wrong clock named.
func (r Reply) anew(now time.Time) Reply {
	if r.State == Released && now.Before(r.Since) {
		r.Since = now
	}
	return r
}
