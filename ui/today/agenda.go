package today

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/insight"
	"goodword/reviews/respond"
	"goodword/ui/kit"
)

// item is one thing that needs somebody, with the place where it is done.
type item struct {
	icon   string
	tone   kit.Tone
	title  string
	detail string
	when   string // how it stands against the clock
	screen string
	arg    any
	move   int64 // that can be marked as seen; 0: none
}

// facts is all that the agenda is made of.
type facts struct {
	now      time.Time
	practice practice.Practice
	me       practice.Person // zero: nobody chose who works
	people   []practice.Person

	counts   reviews.Counts
	urgent   []reviews.Mention // open; critical or high
	overdue  []reviews.Mention // open, the longest late first
	dueToday []reviews.Mention // open, due before the day ends, the next first
	alerts   []alert           // what rules ask somebody to look at, the newest first
	moves    []insight.Move    // that nobody has looked at yet
	ladder   reviews.Ladder
	standing []standing        // on the ladder, the next to climb first
	putOff   []reviews.Mention // the next to come back first
	asked    []reviews.Reply
	sentBack []reviews.Reply
	resting  []reviews.Reply           // in the outbox, the next to be ready first
	answers  map[int64]reviews.Mention // what they answer
	sources  []reviews.Source
	round    []reviews.SweepStop // sites to look at by hand whose time has come

	missed    []advocacy.Spotlight
	scheduled []advocacy.Spotlight
	inReview  []advocacy.Spotlight
	takeDowns []advocacy.TakeDown
	endings   []advocacy.Ending

	checklist []policy.Item // not settled or due to be looked at again
	nudges    []policy.Nudge
	unsigned  []practice.Person
	version   policy.Version // in force; zero: none
	untaken   []policy.Need
}

// few is how many lines of one kind stand on the list; the rest is one line that opens them all.
const few = 3

// fewUrgent is the same for what cannot wait: more of it is seen at once.
const fewUrgent = 6

// agenda is what needs the person now, the most pressing first.
func agenda(f facts) []item {
	var out []item
	for _, part := range [][]item{
		f.start(), f.criticalItems(), f.ladderItems(), f.urgentItems(), f.moveItems(), f.alertItems(), f.approvals(), f.returned(), f.outboxItems(), f.overdueItems(), f.takeDownItems(), f.missedItems(), f.todayItems(), f.comingBack(),
		f.scheduledItems(), f.sourceItems(), f.roundItem(), f.reviewItems(), f.endingItems(), f.ownDuties(), f.registerItems(), f.checklistItems(), f.colleagues(),
	} {
		out = append(out, part...)
	}
	return out
}

// start is the first step of an empty program.
func (f facts) start() []item {
	if f.counts.Mentions > 0 || len(f.sources) > 0 {
		return nil
	}
	return []item{{icon: "rss", tone: kit.ToneAccent, title: "Add the first source", screen: "sources", arg: "add",
		detail: "Paste the address of a feed or a page, or import what a site lets you export."}}
}

// cut keeps the first lines and puts one in the place of the rest.
func cut(list []item, rest func(n int) item) []item { return cutAt(few, list, rest) }

func cutAt(most int, list []item, rest func(n int) item) []item {
	if len(list) <= most+1 {
		return list
	}
	return append(slices.Clone(list[:most]), rest(len(list)-most))
}

func more(icon string, n int, what, query string) item {
	return item{icon: icon, title: fmt.Sprintf("%d more %s", n, what), screen: "inbox", arg: query}
}

// criticalItems may be about a life. They do not wait until the office opens.
func (f facts) criticalItems() []item {
	var out []item
	for _, m := range f.pressing(true) {
		i, why := f.alarm(m)
		i.when = "now"
		if why.FirstLook != "" {
			i.detail = "First look within " + why.FirstLook + " · " + i.detail
		}
		out = append(out, i)
	}
	return cutAt(fewUrgent, out, func(n int) item { return more("siren", n, "critical mentions", "is:open urgency:critical") })
}

// urgentItems are what cannot wait either, but may stand behind what nobody has taken up.
func (f facts) urgentItems() []item {
	var out []item
	for _, m := range f.pressing(false) {
		i, _ := f.alarm(m)
		out = append(out, i)
	}
	return cutAt(fewUrgent, out, func(n int) item { return more("siren", n, "of high urgency", "is:open urgency:high") })
}

// pressing are the urgent mentions, those that are critical or the others, that stand nowhere else on the list: as what climbs, as what the person has taken
// up, or as what comes back.
func (f facts) pressing(critical bool) []reviews.Mention {
	return slices.DeleteFunc(slices.Clone(f.urgent), func(m reviews.Mention) bool {
		return (m.Urgency == string(classify.Critical)) != critical || f.onLadder(m.ID) || f.isMine(m.ID) || !m.Snoozed.IsZero()
	})
}

// alarm is the line of an urgent mention, and its worst signal.
func (f facts) alarm(m reviews.Mention) (item, classify.Signal) {
	i, why := f.mention(m), reason(m)
	i.icon, i.tone = "siren", kit.ToneBad
	i.title = strings.ToUpper(m.Urgency[:1]) + m.Urgency[1:] + ": " + why.Label
	return i, why
}

// reason is the worst signal of a mention, since that is what to act on.
func reason(m reviews.Mention) classify.Signal {
	worst := classify.Signal{Label: "read this first"}
	for _, id := range m.Signals {
		if s, ok := classify.Default().Signal(id); ok && s.Severity.Rank() > worst.Severity.Rank() {
			worst = s
		}
	}
	return worst
}

// mention is the line of one mention.
func (f facts) mention(m reviews.Mention) item {
	title := m.Author
	if title == "" {
		title = "Somebody"
	}
	if m.Stars > 0 {
		title += fmt.Sprintf(" · %d of 5", m.Stars)
	}
	return item{icon: "message-square-text", title: title + " · " + respond.SiteName(m.Site), detail: words(m), when: f.against(m.Due), screen: "inbox", arg: m.ID}
}

func words(m reviews.Mention) string {
	text := strings.Join(strings.Fields(strings.TrimSpace(m.Title+" "+m.Text)), " ")
	if text == "" && !m.Purged.IsZero() {
		return "Its words were cleared"
	}
	if text == "" {
		return "A rating without words"
	}
	return text
}

func (f facts) approvals() []item {
	if !f.me.Role.MayApprove() {
		return nil
	}
	var out []item
	for _, r := range f.asked {
		if r.Author != f.me.ID {
			out = append(out, item{icon: "badge-check", tone: kit.ToneAccent, title: f.name(r.Author) + " asks for approval of a reply", detail: f.asksBy(r) + r.Text,
				when: f.since(r.Changed), screen: "inbox", arg: r.MentionID})
		}
	}
	return cut(out, func(n int) item { return more("badge-check", n, "replies wait for approval", "status:answering") })
}

// asksBy says that the policy sent a reply to a second reader, where its author could publish alone but for the policy.
func (f facts) asksBy(r reviews.Reply) string {
	i := slices.IndexFunc(f.people, func(p practice.Person) bool { return p.ID == r.Author })
	if i < 0 || !f.people[i].Role.MayApprove() || !f.version.SecondReader() {
		return ""
	}
	return fmt.Sprintf("Version %d of the policy wants a second reader · ", f.version.Number)
}

func (f facts) returned() []item {
	var out []item
	for _, r := range f.sentBack {
		if f.me.ID != 0 && r.Author == f.me.ID {
			out = append(out, item{icon: "undo-2", tone: kit.ToneWarn, title: "A reply came back with a note", detail: r.Note, when: f.since(r.Changed),
				screen: "inbox", arg: r.MentionID})
		}
	}
	return cut(out, func(n int) item { return more("undo-2", n, "replies came back", "status:answering") })
}

func (f facts) overdueItems() []item {
	var out []item
	for _, m := range f.overdue {
		if m.Urgency != "critical" && m.Urgency != "high" && !f.onLadder(m.ID) {
			i := f.mention(m)
			i.icon, i.tone = "clock-alert", kit.ToneWarn
			out = append(out, i)
		}
	}
	hidden := max(0, f.counts.Overdue-len(f.overdue))
	return cut(out, func(n int) item { return more("clock-alert", n+hidden, "overdue", "is:overdue") })
}

func (f facts) todayItems() []item {
	var out []item
	for _, m := range f.dueToday {
		if m.Urgency != "critical" && m.Urgency != "high" && m.Snoozed.IsZero() {
			i := f.mention(m)
			if c := reviews.ClockOf(m, f.now, f.practice); c.Soon {
				i.icon, i.tone = "clock-alert", kit.ToneWarn
				i.when = kit.Worked(c.Used) + " of " + kit.Worked(c.Target) + " used"
			}
			out = append(out, i)
		}
	}
	return cut(out, func(n int) item { return more("message-square-text", n, "due today", "is:open -is:overdue") })
}

func (f facts) takeDownItems() []item {
	var out []item
	for _, t := range f.takeDowns {
		how := "was withdrawn"
		if t.Lapsed {
			how = "ran out"
		}
		title, detail := "Take down from "+networkName(t.Network)+": "+t.Title, "Remove the post, then tick it off."
		if t.Perhaps { // the text was copied, and nobody said whether it went out
			title, detail = "Perhaps posted on "+networkName(t.Network)+", look there: "+t.Title, "If it stands there, remove the post. Then tick it off."
		}
		out = append(out, item{icon: "ban", tone: kit.ToneBad, title: title,
			detail: "The consent " + how + ". " + detail, when: f.since(t.Opened), screen: "spotlights", arg: t.SpotlightID})
	}
	return out
}

// endingItems tells of the papers under which nothing may be posted soon: one line for each in its last week, one for the rest of the month.
func (f facts) endingItems() []item {
	var out []item
	later := 0
	for _, e := range f.endings {
		if !e.Soon {
			later++
			continue
		}
		title, when := "A patient's authorization ends", "today"
		if e.PersonID != 0 {
			title = "The consent of " + f.name(e.PersonID) + " ends"
		}
		if e.Days > 0 {
			when = "in " + kit.Counted(e.Days, "day", "days")
		}
		var arg any = "endings"
		if e.SpotlightID != 0 {
			arg = e.SpotlightID
		}
		out = append(out, item{icon: "hourglass", tone: kit.ToneWarn, title: title + " on " + e.Last,
			detail: afterwards(e), when: when, screen: "spotlights", arg: arg})
	}
	if later > 0 {
		out = append(out, item{icon: "hourglass", title: kit.Counted(later, "consent ends", "consents end") + " within a month", detail: "Ask again in time.",
			screen: "spotlights", arg: "endings"})
	}
	return out
}

// afterwards says what the end of a paper means.
func afterwards(e advocacy.Ending) string {
	if e.Posts > 0 {
		return kit.Counted(e.Posts, "post", "posts") + " must be taken down afterwards, unless it is renewed. Ask again in time."
	}
	return "Nothing can be scheduled or posted under it afterwards. Ask again in time."
}

func networkName(id string) string {
	if n, ok := advocacy.NetworkByID(id); ok {
		return n.Name
	}
	return id
}

func (f facts) missedItems() []item {
	var out []item
	for _, s := range f.missed {
		out = append(out, item{icon: "calendar-clock", tone: kit.ToneWarn, title: "Not posted yet: " + f.titleOf(s),
			detail: "Its moment has passed. Post it now, or choose another day.", when: f.since(s.Schedule), screen: "spotlights", arg: s.ID})
	}
	return out
}

func (f facts) scheduledItems() []item {
	var out []item
	for _, s := range f.scheduled {
		out = append(out, item{icon: "calendar-check", title: "To post today: " + f.titleOf(s), detail: "Copy the text for each network and mark it as posted.",
			when: s.Schedule.In(f.practice.Location()).Format("15:04"), screen: "spotlights", arg: s.ID})
	}
	return out
}

func (f facts) reviewItems() []item {
	if !f.me.Role.MayApprove() {
		return nil
	}
	var out []item
	for _, s := range f.inReview {
		if !slices.ContainsFunc(s.Variants, func(v advocacy.Variant) bool { return v.Author == f.me.ID }) {
			out = append(out, item{icon: "megaphone", tone: kit.ToneAccent, title: "Spotlight to review: " + f.titleOf(s), detail: "Written by somebody else, so you may release it.",
				when: f.since(s.Changed), screen: "spotlights", arg: s.ID})
		}
	}
	return out
}

func (f facts) titleOf(s advocacy.Spotlight) string {
	if s.Title != "" {
		return s.Title
	}
	return f.name(s.PersonID)
}

// troubles are what stands before the name of a source that needs somebody.
var troubles = map[reviews.HealthState]struct{ icon, title string }{
	reviews.HealthFailing: {"wifi-off", "Cannot be read: "},
	reviews.HealthSilent:  {"clock-alert", "Gone silent: "},
	reviews.HealthEmpty:   {"circle-minus", "Empty: "},
}

// sourceItems are the sources that somebody should look at. Each opens with its last answers.
func (f facts) sourceItems() []item {
	var out []item
	for _, s := range f.sources {
		h := reviews.HealthOf(s, f.now)
		if !h.Troubled {
			continue
		}
		out = append(out, item{icon: troubles[h.State].icon, tone: kit.ToneWarn, title: troubles[h.State].title + s.Name, detail: h.Says + " " + h.Advice,
			when: f.since(h.Since), screen: "sources", arg: s.ID})
	}
	return cut(out, func(n int) item {
		return item{icon: "wifi-off", title: fmt.Sprintf("%d more sources need a look", n), screen: "sources"}
	})
}

// ownDuties are the signature and the training of the person who works.
func (f facts) ownDuties() []item {
	var out []item
	if slices.ContainsFunc(f.unsigned, func(p practice.Person) bool { return p.ID == f.me.ID && p.ID != 0 }) {
		out = append(out, item{icon: "signature", tone: kit.ToneAccent, title: "Read and sign the policy", screen: "policy", arg: "signatures",
			detail: fmt.Sprintf("Version %d is in force since %s.", f.version.Number, dayWords(f.version.From))})
	}
	if len(f.untaken) == 0 {
		return out
	}
	need := f.untaken[0]
	first := need.Module
	lesson := item{icon: "graduation-cap", tone: kit.ToneAccent, title: "Take the lesson: " + first.Title, screen: "policy", arg: "training/" + first.ID,
		detail: fmt.Sprintf("%d minutes, with a short quiz.", first.Minutes)}
	if need.Passed != "" {
		until := "It counts until "
		if need.Late(f.now.In(f.practice.Location()).Format(practice.Day)) {
			until = "It counted until "
		}
		lesson.title, lesson.detail = "Take the lesson again: "+first.Title, until+dayWords(need.By)+". "+lesson.detail
	}
	if len(f.untaken) > 1 {
		lesson.title = fmt.Sprintf("%d lessons to take", len(f.untaken))
		lesson.detail = fmt.Sprintf("The first is %q, %d minutes with a short quiz.", first.Title, first.Minutes)
	}
	return append(out, lesson)
}

// registerItems are the clocks of open incidents and the agreements with vendors that want to be seen to.
func (f facts) registerItems() []item {
	if !f.me.Role.MayApprove() {
		return nil
	}
	var out []item
	for _, n := range f.nudges {
		icon := "siren"
		if strings.HasPrefix(n.Arg, "Vendors/") {
			icon = "handshake"
		}
		line := item{icon: icon, title: n.Title, detail: n.Detail, screen: "policy", arg: n.Arg}
		if n.Late {
			line.tone = kit.ToneWarn
		}
		out = append(out, line)
	}
	return cut(out, func(n int) item {
		return item{icon: "handshake", title: fmt.Sprintf("%d more of the vendors are due", n), screen: "policy", arg: "Vendors"}
	})
}

func (f facts) checklistItems() []item {
	if !f.me.Role.MayApprove() && !slices.ContainsFunc(f.checklist, func(i policy.Item) bool { return i.OwnerID == f.me.ID && f.me.ID != 0 }) {
		return nil
	}
	day := f.now.In(f.practice.Location()).Format(practice.Day)
	soon := f.now.In(f.practice.Location()).AddDate(0, 0, 7).Format(practice.Day)
	var out []item
	for _, i := range f.checklist {
		due := i.Due
		if i.Settled() {
			due = i.NextLook()
		}
		if due == "" || due > soon || (i.OwnerID != f.me.ID && !f.me.Role.MayApprove()) {
			continue
		}
		line := item{icon: "list-checks", title: i.Text, detail: "Checklist · " + i.Group, when: "by " + dayWords(due), screen: "policy", arg: "checklist/" + i.ID}
		if i.Overdue(day) {
			line.tone, line.when = kit.ToneWarn, "since "+dayWords(due)
		}
		out = append(out, line)
	}
	slices.SortStableFunc(out, func(a, b item) int { return int(b.tone) - int(a.tone) })
	return cut(out, func(n int) item {
		return item{icon: "list-checks", title: fmt.Sprintf("%d more of the checklist are due", n), screen: "policy", arg: "checklist"}
	})
}

// colleagues is who else has not signed, for those who see to it.
func (f facts) colleagues() []item {
	if !f.me.Role.MayApprove() {
		return nil
	}
	var missing []string
	for _, p := range f.unsigned {
		if p.ID != f.me.ID {
			missing = append(missing, p.Name)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	title := "1 colleague has not signed the policy"
	if len(missing) > 1 {
		title = fmt.Sprintf("%d colleagues have not signed the policy", len(missing))
	}
	return []item{{icon: "users", title: title, detail: strings.Join(missing, ", "), screen: "policy", arg: "signatures"}}
}

func (f facts) name(id int64) string {
	for _, p := range f.people {
		if p.ID == id {
			return p.Name
		}
	}
	return "Somebody"
}
