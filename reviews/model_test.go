package reviews_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
)

// model is what the rules say of one mention and its reply, kept apart from the store: every text that is copied must be one that the model lets
// out too.
type model struct {
	stars, edits int
	urgency      string
	roles        map[int64]practice.Role
	leaving      reviews.Leaving
	template     string // words of the approved template "thanks", today
	note, open   bool   // there is a private note; the vault is open
	threat       bool   // the mention threatens with the law: somebody has to agree to an answer
	agreed       int    // for which state of the review somebody did, counted from 1; 0: nobody
	holder       int64  // who has taken the mention up

	text     string
	author   int64
	asTemple bool // written as the template
	written  int  // for which state of the review
	approved bool // these words, by a second person with the right, for this state of the review
	copied   bool // these words have been out
	released bool
	since    time.Time
	rest     time.Duration
}

func (m *model) mayApprove(id int64) bool { return m.roles[id].MayApprove() }

// isTemplate reports whether the words are the approved template today.
func (m *model) isTemplate() bool { return m.asTemple && m.text == m.template }

// needed is how long the text has to rest, by the rule written down a second time.
func (m *model) needed(warned bool) time.Duration {
	rest := time.Duration(m.leaving.Minutes) * time.Minute
	low := m.isTemplate() || m.stars > 3 && m.urgency == "" && !warned
	if m.leaving.Rest == reviews.RestNever || m.leaving.Rest == reviews.RestNegative && low {
		return 0
	}
	return rest
}

// wrote is what saving a text does to the model.
func (m *model) wrote(text, name string, by int64) {
	if m.text == text && m.written == m.edits {
		return
	}
	m.text, m.author, m.written = text, by, m.edits
	m.asTemple = name == "thanks" && text == m.template
	m.approved, m.copied, m.released = false, false, false
}

// refuses says why a text may not be out, or "".
func (m *model) refuses(text string, v guard.Verdict, now time.Time, hurried bool) string {
	switch {
	case text != m.text || text == "":
		return fmt.Sprintf("the text is not the one that was written: %q", m.text)
	case v == guard.Block || text == confirms:
		return "the gate blocks it"
	case m.written != m.edits:
		return fmt.Sprintf("it was written for the review after %d changes, and there are %d", m.written, m.edits)
	case m.note && !m.open:
		return "the private notes are locked"
	case m.threat && m.agreed != m.edits+1:
		return fmt.Sprintf("nobody agreed to an answer to this threat as it reads now: state %d, go-ahead for %d", m.edits+1, m.agreed)
	case m.urgency == "critical" && !m.approved:
		return "the mention is critical, and nobody has approved it"
	case !m.isTemplate() && !m.approved && (m.leaving.Second || !m.mayApprove(m.author)):
		return "nobody has approved it"
	case m.copied || hurried:
		return ""
	}
	if needed := m.needed(v == guard.Warn); needed > 0 && (!m.released || now.Before(m.since.Add(max(needed, m.rest)))) {
		return fmt.Sprintf("it has not rested %s", needed)
	}
	return ""
}

// drawer is a vault that is open or not.
type drawer struct{ open bool }

func (d *drawer) Open() bool { return d.open }
func (d *drawer) Seal(plain []byte) ([]byte, error) {
	return slices.Concat([]byte("sealed"), plain), nil
}
func (d *drawer) Unseal(b []byte) ([]byte, error) { return b[len("sealed"):], nil }

// TestNothingUncheckedGoesOut lets people write, ask, agree, release, recall, take over and copy in any order while reviews, templates, rights, rules, notes
// and the clock change under them and the program is started anew. Whatever they do, each text that is copied is one that the model lets out: let through by
// the gate as it stands, for the review as it reads, agreed to where somebody has to agree, with the go-ahead of counsel where the law is threatened with,
// and rested where it has to rest. What somebody wrote or has taken up passes to another only on purpose, and leaves a trace.
func TestNothingUncheckedGoesOut(t *testing.T) {
	d := open(t)
	second := d.person(t, "Rosa Lind", practice.Owner)
	people := []audit.Actor{d.manager, d.author, d.staff, second, {}}
	usual := map[int64]practice.Role{d.manager.ID: practice.Manager, d.author.ID: practice.Author, d.staff.ID: practice.Staff, second.ID: practice.Owner, 0: practice.Author}
	m := &model{}
	box := &drawer{}
	start := func() {
		d.Store = reviews.NewStore(d.db, clock.Clock(func() time.Time { return d.at }), d.practices, guard.Default())
		d.TrustTemplates(func(_ context.Context, id, text string, _ reviews.Mention) bool {
			return id == "thanks" && text == m.template
		})
		d.KeepNotes(box)
	}
	start()
	s := d.feed(t, "google")
	n := 0
	seen := map[string]int{} // by what the texts went out
	rapid.Check(t, func(t *rapid.T) {
		n++
		*m = model{stars: 2, roles: map[int64]practice.Role{}, leaving: reviews.UsualLeaving, template: template, open: true}
		box.open = true
		for _, p := range people {
			setRole(t, d, m, p, usual[p.ID])
		}
		must2(t, d.SetLeaving(ctx, m.leaving, second))
		found := reviews.Found{Key: fmt.Sprint("reply", n), Author: "Pat Quinn", Text: fmt.Sprintf("Case %d waited for an hour", n), Stars: 2, Posted: monday}
		m.urgency = rapid.SampledFrom([]string{"", "", "critical"}).Draw(t, "first urgency")
		found.Urgency = m.urgency
		if m.threat = rapid.IntRange(0, 2).Draw(t, "threat") == 0; m.threat {
			found.Signals = []string{"legal_threat"}
		}
		must2(t, record(d, s, found))
		id := newest(t, d)
		var trace []string
		for i := range rapid.IntRange(10, 60).Draw(t, "length") {
			who := rapid.SampledFrom(people).Draw(t, "who")
			act := rapid.SampledFrom([]string{"save", "save", "save", "ask", "ask", "approve", "approve", "approve", "back", "release", "release", "release", "recall",
				"copy", "copy", "copy", "copy", "hurry", "review", "urgent", "template", "rights", "rules", "clock", "clock", "clock", "back in time", "close", "reopen", "reopen",
				"posted", "rejected", "go-ahead", "go-ahead", "note", "note", "note", "lock", "lock", "lock", "unlock", "template", "template", "rules", "rules", "start"}).Draw(t, "act")
			switch on := rapid.IntRange(0, 9).Draw(t, "on"); {
			case on < 6: // most steps are the sensible next one, or nothing would ever get far
				who, act = sensible(t, d, m, id, who, second)
			case on == 6:
				act = rapid.SampledFrom([]string{"take up", "take up", "take over"}).Draw(t, "taking")
			case on == 7 && m.threat:
				act = "urgent"
			}
			trace = append(trace, who.Name+" "+act)
			switch act {
			case "save":
				text := rapid.SampledFrom([]string{fine, fine, fineToo, confirms, m.template, ""}).Draw(t, "text")
				name := rapid.SampledFrom([]string{"", "thanks"}).Draw(t, "template")
				author, before := m.author, m.text
				if _, _, err := d.SaveDraft(ctx, id, text, name, who); expected(t, err) {
					if !m.roles[who.ID].MayDraft() && (m.text != text || m.written != m.edits) {
						t.Fatalf("%v: a person who may not write wrote", trace)
					}
					m.wrote(text, name, who.ID)
					if before != "" && m.author != author {
						seen["written over"]++
						keepsTheWords(t, d, id, before, author, who, trace)
					}
				}
			case "ask":
				expected(t, d.AskApproval(ctx, id, who))
			case "approve":
				before, err := d.ReplyTo(ctx, id)
				must2(t, err)
				if err := d.Approve(ctx, id, who); expected(t, err) {
					if !m.mayApprove(who.ID) || who.ID == m.author || before.State != reviews.Asked || before.Text != m.text || m.written != m.edits {
						t.Fatalf("%v: %s (%s) approved the text of %d in state %s", trace, who.Name, m.roles[who.ID], m.author, before.State)
					}
					m.approved = true
				}
			case "back":
				if expected(t, d.SendBack(ctx, id, "Softer", who)) {
					m.approved, m.released = false, false
				}
			case "release":
				if r, err := d.Release(ctx, id, who); expected(t, err) {
					m.released, m.since, m.rest = true, d.at, r.Rest
				}
			case "recall":
				if expected(t, d.Recall(ctx, id, who)) {
					m.released = false
				}
			case "review":
				m.stars, m.edits = rapid.IntRange(1, 5).Draw(t, "stars"), m.edits+1
				found.Text, found.Stars = fmt.Sprintf("Case %d waited for %d hours", n, i+2), m.stars
				must2(t, record(d, s, found))
				m.released = false
			case "urgent":
				level := rapid.SampledFrom([]string{"", "high", "critical", "critical"}).Draw(t, "urgency")
				before := m.urgency
				err := d.Correct(ctx, id, reviews.Correction{Urgency: &level}, who)
				if m.threat && level == "" && err != nil {
					seen["threat stays"]++
				}
				if expected(t, err) {
					if m.urgency = level; before == "critical" && level != before && !m.mayApprove(who.ID) {
						t.Fatalf("%v: %s called a critical mention less urgent", trace, who.Name)
					}
					if level == "" && m.threat {
						if m.threat = false; !m.mayApprove(who.ID) {
							t.Fatalf("%v: %s said that there is no threat", trace, who.Name)
						}
					}
				}
			case "template":
				m.template = rapid.SampledFrom([]string{template, template + " We listen."}).Draw(t, "words")
			case "rights":
				setRole(t, d, m, who, rapid.SampledFrom([]practice.Role{usual[who.ID], practice.Manager, practice.Author, practice.Staff}).Draw(t, "role"))
			case "rules":
				l := reviews.Leaving{Rest: rapid.SampledFrom([]reviews.Resting{reviews.RestAlways, reviews.RestNegative, reviews.RestNever}).Draw(t, "rest"),
					Minutes: rapid.SampledFrom([]int{0, 1, 10, 60}).Draw(t, "minutes"), Second: rapid.Bool().Draw(t, "second")}
				if err := d.SetLeaving(ctx, l, who); expected(t, err) {
					if !m.mayApprove(who.ID) {
						t.Fatalf("%v: %s changed the rules", trace, who.Name)
					}
					m.leaving = l
				}
			case "clock":
				d.at = d.at.Add(time.Duration(rapid.SampledFrom([]int{1, 9, 10, 11, 61}).Draw(t, "minutes")) * time.Minute)
			case "back in time":
				d.at = d.at.Add(-time.Duration(rapid.SampledFrom([]int{5, 60, 1500}).Draw(t, "minutes")) * time.Minute)
			case "close":
				if expected(t, d.Close(ctx, id, "Reason", who)) {
					m.released = false
				}
			case "reopen":
				expected(t, d.Reopen(ctx, id, who))
			case "posted":
				expected(t, d.MarkPosted(ctx, id, who))
			case "rejected":
				if expected(t, d.MarkRejected(ctx, id, "", who)) {
					m.approved, m.copied = false, false
				}
			case "go-ahead":
				from := rapid.SampledFrom([]string{"counsel", "insurer", "owner", "compliance"}).Draw(t, "from")
				if expected(t, d.GoAhead(ctx, id, reviews.GoAhead{From: from, Name: "Ada Quist", Reason: "One neutral line"}, who)) {
					if !m.mayApprove(who.ID) || m.threat && from == "compliance" {
						t.Fatalf("%v: %s (%s) recorded a go-ahead of %s", trace, who.Name, m.roles[who.ID], from)
					}
					m.agreed = m.edits + 1
				}
			case "take up", "take over":
				err := d.TakeUp(ctx, id, who)
				if act == "take over" {
					err = d.TakeOver(ctx, id, who)
				}
				if errors.Is(err, reviews.ErrTaken) {
					seen["left to another"]++
				}
				if expected(t, err) {
					if act == "take up" && m.holder != 0 && m.holder != who.ID {
						t.Fatalf("%v: %s took what %d has up without a word", trace, who.Name, m.holder)
					}
					if m.holder != 0 && m.holder != who.ID {
						seen["taken over"]++
						logged(t, d, id, who, "took it over", trace)
					}
					m.holder = who.ID
				}
			case "note":
				if expected(t, d.SaveNote(ctx, id, fmt.Sprint("Note ", i), who)) {
					if !m.open {
						t.Fatalf("%v: a note was written into a locked vault", trace)
					}
					m.note = true
				}
			case "lock", "unlock":
				m.open = act == "unlock"
				box.open = m.open
			case "start":
				start()
			case "copy", "hurry":
				copyIt := func() (string, error) { return d.Copy(ctx, id, who) }
				hurried := act == "hurry" && m.mayApprove(who.ID)
				if act == "hurry" {
					copyIt = func() (string, error) { return d.CopyNow(ctx, id, "A reason", who) }
				}
				text, err := copyIt()
				if errors.Is(err, reviews.ErrResting) && m.released && d.at.Before(m.since) {
					m.since = d.at
				}
				if !expected(t, err) {
					seen["refused"]++
					if errors.Is(err, reviews.ErrGoAhead) {
						if seen["awaited"]++; m.agreed != 0 {
							seen["go-ahead void"]++
						}
					}
					break
				}
				draft, err := d.GateDraft(ctx, id, text)
				must2(t, err)
				verdict := guard.Default().Check(draft).Verdict
				if why := m.refuses(text, verdict, d.at, hurried); why != "" {
					t.Fatalf("%v: copied %q although %s\n%+v", trace, text, why, *m)
				}
				if m.threat {
					seen["threat"]++
				}
				if m.urgency == "critical" {
					seen["critical"]++
					agreedTo(t, d, id, text)
				}
				switch {
				case m.isTemplate():
					seen["template"]++
				case m.approved:
					seen["approved"]++
					agreedTo(t, d, id, text)
				default:
					seen["alone"]++
				}
				if m.released {
					seen["rested"]++
				}
				if hurried {
					seen["hurried"]++
				}
				m.copied, m.released = true, false
			}
			standsAsModelled(t, d, m, id, trace)
			offersAsModelled(t, d, m, id, who, trace)
		}
	})
	for _, by := range []string{"template", "approved", "alone", "rested", "hurried", "critical", "refused", "threat", "awaited", "go-ahead void", "written over", "threat stays", "left to another", "taken over"} {
		if seen[by] < 3 && !testing.Short() { // the few runs under the race detector look for races, not for every way out
			t.Errorf("the test proves little: %v", seen)
		}
	}
	t.Log(seen)
	if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
		t.Error(err)
	}
}

// sensible is the next step that somebody would take who wants the reply to go out.
func sensible(t *rapid.T, d *desk, m *model, id int64, who, boss audit.Actor) (audit.Actor, string) {
	r, err := d.ReplyTo(ctx, id)
	must2(t, err)
	switch {
	case m.note && !m.open:
		return who, "unlock"
	case status(t, d, id).Done():
		return boss, "reopen"
	case r.Text == "" || r.Revision != m.edits || r.State == reviews.SentBack || r.State == reviews.Posted || r.State == reviews.Rejected:
		return rapid.SampledFrom([]audit.Actor{d.manager, d.author}).Draw(t, "writer"), "save"
	case m.threat && m.agreed != m.edits+1:
		return boss, rapid.SampledFrom([]string{"go-ahead", "go-ahead", "copy"}).Draw(t, "way")
	case m.threat && m.edits < 2 && rapid.IntRange(0, 3).Draw(t, "way") == 0:
		return who, "review"
	case r.State == reviews.Asked:
		return rapid.SampledFrom([]audit.Actor{d.manager, boss}).Draw(t, "approver"), "approve"
	case r.State == reviews.Released:
		return who, rapid.SampledFrom([]string{"clock", "copy"}).Draw(t, "patience")
	case r.State == reviews.Approved:
		return d.manager, rapid.SampledFrom([]string{"release", "release", "copy", "hurry"}).Draw(t, "way")
	}
	if m.urgency == "critical" && !m.approved {
		return d.manager, rapid.SampledFrom([]string{"ask", "ask", "copy"}).Draw(t, "way")
	}
	return d.manager, rapid.SampledFrom([]string{"ask", "release", "copy", "hurry"}).Draw(t, "way")
}

func setRole(t *rapid.T, d *desk, m *model, p audit.Actor, role practice.Role) {
	if p.ID == 0 {
		return
	}
	person, err := d.practices.Person(ctx, p.ID)
	must2(t, err)
	person.Role = role
	_, err = d.practices.SavePerson(ctx, person, audit.Program)
	must2(t, err)
	m.roles[p.ID] = role
	m.roles[0] = practice.Author // a hand without a name, while somebody with one may approve
	if !anybody(m) {
		m.roles[0] = practice.Owner
	}
}

// anybody reports whether somebody with a name may approve.
func anybody(m *model) bool {
	for id, role := range m.roles {
		if id != 0 && role.MayApprove() {
			return true
		}
	}
	return false
}

// agreedTo proves from the audit log that the words which went out are those that were approved last.
func agreedTo(t *rapid.T, d *desk, id int64, text string) {
	lines, err := d.History(ctx, id)
	must2(t, err)
	var last audit.Line
	for _, l := range lines {
		if l.Did == "approved the reply" && l.ID > last.ID {
			last = l
		}
	}
	if !strings.Contains(last.After, fingerprint(text)) {
		t.Fatalf("copied %q, but the approval says %q", text, last.After)
	}
}

// logged proves that the newest line of the audit log says who did a thing.
func logged(t *rapid.T, d *desk, id int64, who audit.Actor, did string, trace []string) {
	lines, err := d.History(ctx, id)
	must2(t, err)
	last := slices.MaxFunc(lines, func(a, b audit.Line) int { return int(a.ID - b.ID) })
	if last.Did != did || last.Who.ID != who.ID {
		t.Fatalf("%v: the log says that %d %s, want %s by %s", trace, last.Who.ID, last.Did, did, who.Name)
	}
}

// keepsTheWords proves that what somebody wrote, and another wrote over, is still there under its author's name, and that the log says who wrote over it.
func keepsTheWords(t *rapid.T, d *desk, id int64, words string, author int64, by audit.Actor, trace []string) {
	drafts, err := d.Drafts(ctx, id)
	must2(t, err)
	if !slices.ContainsFunc(drafts, func(v reviews.ReplyDraft) bool { return v.Text == words && v.Author == author }) {
		t.Fatalf("%v: the words %q of %d are gone after %s wrote: %+v", trace, words, author, by.Name, drafts)
	}
	lines, err := d.History(ctx, id)
	must2(t, err)
	if last := slices.MaxFunc(lines, func(a, b audit.Line) int { return int(a.ID - b.ID) }); last.Who.ID != by.ID || !strings.Contains(last.After, "reply ") {
		t.Fatalf("%v: %s wrote over the words of %d, and the log says %+v", trace, by.Name, author, last)
	}
}

// standsAsModelled proves after each step that the store and the model agree on the outbox and on whose words the reply has.
func standsAsModelled(t *rapid.T, d *desk, m *model, id int64, trace []string) {
	r, err := d.ReplyTo(ctx, id)
	must2(t, err)
	if (r.State == reviews.Released) != m.released || r.Text != m.text || r.ID != 0 && r.Author != m.author {
		t.Fatalf("%v: the store has %+v, the model %+v", trace, r, *m)
	}
	if m.released && (!r.Since.Equal(m.since) || r.Rest != m.rest || r.Revision != m.edits) {
		t.Fatalf("%v: the outbox has %s since %s for revision %d, the model %+v", trace, r.Rest, r.Since, r.Revision, *m)
	}
	if has := mustFind(t, d, id).Assigned; has != m.holder {
		t.Fatalf("%v: %d has the mention, in the model it is %d", trace, has, m.holder)
	}
}

// offersAsModelled proves after each step that copying is open to nobody for whom the model has it closed, whether or not somebody tries.
func offersAsModelled(t *rapid.T, d *desk, m *model, id int64, who audit.Actor, trace []string) {
	c, err := d.Choices(ctx, id, who)
	must2(t, err)
	if waits := m.threat && m.agreed != m.edits+1; waits != (c.Awaits != nil) {
		t.Fatalf("%v: a go-ahead is awaited: %v, want %v\n%+v", trace, c.Awaits != nil, waits, *m)
	}
	draft, err := d.GateDraft(ctx, id, m.text)
	must2(t, err)
	verdict := guard.Default().Check(draft).Verdict
	if why := m.refuses(m.text, verdict, d.at, false); c.Copy == nil && why != "" {
		t.Fatalf("%v: %q may be copied although %s\n%+v", trace, m.text, why, *m)
	}
	if why := m.refuses(m.text, verdict, d.at, true); c.Hurry && (why != "" || !m.mayApprove(who.ID)) {
		t.Fatalf("%v: %q may be copied in a hurry although %s\n%+v", trace, m.text, why, *m)
	}
}

func mustFind(t *rapid.T, d *desk, id int64) reviews.Mention {
	m, err := d.Find(ctx, id)
	must2(t, err)
	return m
}
