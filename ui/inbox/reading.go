package inbox

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/vault"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// reading is the right pane: the mention in full above, its reply beneath.
type reading struct {
	s     *Screen
	id    int64
	shown opened

	states  *kit.States
	split   *kit.Split
	body    *fyne.Container // what is read, from top to bottom
	actions *actionLine
	content fyne.CanvasObject
	cancel  func()

	history bool // the history is unfolded
	before  bool // the earlier wordings are unfolded
	proof   bool // the evidence is unfolded
	why     bool // what decided is lit up
}

// opened is all that is known of one mention when it is shown.
type opened struct {
	mention     reviews.Mention
	revisions   []reviews.Revision
	appearances []reviews.Appearance
	history     []audit.Line
	reply       reviews.Reply
	note        reviews.Note
	vault       vault.Status
	choices     reviews.Choices
	draft       guard.Draft
	place       *practice.Place
	about       []int64         // whom of the practice it speaks of
	meant       classify.Meant  // what its words say of that
	private     []classify.Mark // names and health details, in all its words
	signals     []classify.Signal
	judged      classify.Result  // all the words as the program understands them now
	alone       classify.Result  // the same without the stars
	sighting    reviews.Sighting // what the visits tell of the reply
	offer       respond.Draft
	model       bool // may be asked
	advice      *respond.Advice
	escalation  reviews.Escalation
	ladder      reviews.Ladder
	channels    []reviews.Channel
}

func newReading(s *Screen) *reading {
	r := &reading{s: s, states: kit.NewStates(), cancel: func() {}}
	r.body = kit.Column(theme.Space3)
	r.actions = newActionLine(s)
	margin := kit.InsetSides(kit.MaxWidth(r.body, 860), theme.Space6, theme.Space3, theme.Space6, theme.Space6)
	top := kit.Column(0, kit.InsetXY(r.actions.content, theme.Space4, theme.Space2), kit.Hairline(), kit.Fill(kit.Scrolling(margin)))
	r.split = kit.NewVSplit(top, s.reply.content, closedReply)
	r.split.MinFirst, r.split.MinSecond = 200, closedReply
	r.content = kit.Ground(theme.Background, r.states)
	r.nothing()
	return r
}

func (r *reading) nothing() {
	r.states.ShowEmpty("message-square-text", "Choose a mention", "Its words, its history and the reply to it appear here. J and K move through the list.", nil)
}

// close shows that no mention is open.
func (r *reading) close() {
	r.s.reply.leave()
	r.cancel()
	r.id, r.shown = 0, opened{}
	r.nothing()
}

// open shows a mention and notes that it was read.
func (r *reading) open(id int64) {
	if id != r.id {
		r.s.reply.leave()
		r.history, r.before, r.proof = false, false, false
	}
	r.id = id
	r.load(id, true)
}

// refresh shows the open mention as it stands now.
func (r *reading) refresh() {
	if r.id != 0 {
		r.load(r.id, false)
	}
}

func (r *reading) load(id int64, read bool) {
	r.cancel()
	by := r.s.by()
	r.cancel = r.s.bg.Run(func(ctx context.Context) func() {
		o, err := r.s.readMention(ctx, id, by)
		if err == nil && read && o.mention.Status == reviews.New {
			if err = r.s.deps.Life.MarkRead(ctx, id, by); err == nil {
				o.mention.Status = reviews.Read
			}
		}
		return func() {
			if err != nil {
				r.states.ShowError("The mention could not be read", err, func() { r.open(id) })
				return
			}
			r.show(o, read)
			if read {
				r.s.list.update(id)
			}
		}
	})
}

func (s *Screen) readMention(ctx context.Context, id int64, by audit.Actor) (opened, error) {
	var o opened
	var err error
	for _, step := range []func() error{
		func() error { o.mention, err = s.deps.Mentions.Find(ctx, id); return err },
		func() error { o.revisions, err = s.deps.Mentions.Revisions(ctx, id); return err },
		func() error { o.appearances, err = s.deps.Mentions.Appearances(ctx, id); return err },
		func() error { o.history, err = s.deps.Mentions.History(ctx, id); return err },
		func() error { o.reply, err = s.deps.Replies.ReplyTo(ctx, id); return err },
		func() error { o.choices, err = s.deps.Replies.Choices(ctx, id, by); return err },
		func() error { o.sighting, err = s.deps.Replies.Sighting(ctx, id); return err },
		func() error { o.draft, err = s.deps.Replies.GateDraft(ctx, id, ""); return err },
		func() error { o.escalation, err = s.deps.Mentions.EscalationOf(ctx, id); return err },
		func() error { o.ladder, err = s.deps.Mentions.Ladder(ctx); return err },
	} {
		if err := step(); err != nil {
			return o, err
		}
	}
	if s.deps.Notes != nil {
		if o.note, err = s.deps.Notes.Note(ctx, id); err != nil {
			return o, err
		}
		if o.vault, err = s.deps.Vault.Status(ctx); err != nil {
			return o, err
		}
	}
	known := s.known()
	m := o.mention
	if o.about, err = s.deps.Mentions.About(ctx, id); err != nil {
		return o, err
	}
	team, err := s.deps.Mentions.Team(ctx)
	if err != nil {
		return o, err
	}
	o.private, o.meant = s.deps.Judge.Marks(m.Words(), team), team.Meant(m.Words())
	o.channels = reviews.Channels(m, talk(o))
	o.place = known.place(m.PlaceID)
	if o.offer, err = s.deps.Drafts.Draft(ctx, m); err != nil {
		return o, err
	}
	if s.deps.Model != nil {
		if o.model, err = s.deps.Model.ModelOn(ctx); err != nil {
			return o, err
		}
	}
	if advice, ok := s.deps.Templates.Advise(m); ok {
		o.advice = &advice
	}
	for _, id := range m.Signals {
		if slices.ContainsFunc(o.signals, func(s classify.Signal) bool { return s.ID == id }) {
			continue
		}
		if signal, ok := s.deps.Judge.Signal(id); ok {
			o.signals = append(o.signals, signal)
		}
	}
	o.judged = s.deps.Judge.Judge(m.Words(), m.Stars)
	o.alone = s.deps.Judge.Judge(m.Words(), 0)
	return o, nil
}

// talk is what the rules for the private channel need to know besides the mention.
func talk(o opened) reviews.Talk {
	t := reviews.Talk{Answered: wentOut(o.reply.State)}
	for _, mark := range o.private {
		if mark.Kind == classify.MarkHealth && !t.Private {
			t.Private, t.Quote = true, o.mention.Words()[mark.Span.Start:mark.Span.End]
		}
	}
	return t
}

// page is the address at which the reply goes up.
func (r *reading) page() string { return r.s.known().page(r.shown.mention, r.shown.place) }

// show shows a mention; one that did not change is left alone, with its place and what is selected in it, unless somebody opened it anew: clocks run.
func (r *reading) show(o opened, anew bool) {
	if anew || !reflect.DeepEqual(o, r.shown) {
		r.shown = o
		r.render()
	}
	r.s.reply.show(o)
	r.states.ShowContent(r.split)
}

// render sets the pane anew.
func (r *reading) render() {
	o := r.shown
	m := o.mention
	parts := []fyne.CanvasObject{r.head(m)}
	urgent := m.Urgency != "" && len(o.signals) > 0
	if urgent {
		parts = append(parts, alarm(o.signals))
	}
	if !m.Gone.IsZero() {
		parts = append(parts, kit.NewBanner(kit.ToneNeutral, "The site no longer shows this. It stays here, as it was."))
	}
	parts = append(parts, r.words(m)...) // right below the head: they stay in sight above the reply
	if card := r.handedOver(o); card != nil {
		parts = append(parts, card)
	}
	if banner := r.channel(o); banner != nil {
		parts = append(parts, banner)
	}
	parts = append(parts, r.understood(m))
	if urgent {
		parts = append(parts, routing(o.signals[0]))
	}
	if len(o.appearances) > 0 {
		parts = append(parts, r.places(o))
	}
	parts = append(parts, r.onSite(o)...)
	parts = append(parts, r.past(o)...)
	r.body.Objects = parts
	r.body.Refresh()
	r.actions.show(o)
}

// head is who said it, where, when, and how it stands.
func (r *reading) head(m reviews.Mention) fyne.CanvasObject {
	zone := r.s.known().practice.Location()
	where := []string{r.s.known().where(m.Site, m.SourceID)}
	if p := r.shown.place; p != nil {
		where = append(where, p.Name)
	}
	at := m.Posted
	if at.IsZero() {
		at = m.Seen
	}
	where = append(where, moment(at, m.About || m.Posted.IsZero(), zone))
	chips := []fyne.CanvasObject{}
	if m.Stars > 0 {
		chips = append(chips, kit.InsetXY(kit.NewStars(float64(m.Stars)), 0, 3))
	}
	chips = append(chips, kit.NewChip(statusWord(m, r.s.known()), statusTone(m)))
	if text, tone := due(m, r.s.deps.Now(), zone); text != "" {
		chips = append(chips, kit.NewChip(text, tone))
	}
	chips = append(chips, r.clocks(r.shown)...)
	if m.Assigned != 0 && m.Status != reviews.Escalated {
		chips = append(chips, kit.NewChip("For "+firstName(r.s.known().person(m.Assigned)), kit.ToneNeutral))
	}
	if m.Revisions > 0 {
		chips = append(chips, kit.NewChip(times(m.Revisions, "Changed once", "Changed %d times"), kit.ToneWarn))
	}
	chips = append(chips, keeping(m, zone)...)
	who := []fyne.CanvasObject{kit.NewLabel(author(m), kit.Heading).Ellipsis(), kit.NewLabel(strings.Join(where, " · "), kit.Secondary).Ellipsis()}
	if m.Proof != "" {
		who = append(who, kit.NewLabel(m.Proof, kit.Secondary).Ellipsis())
	}
	return kit.Line(theme.Space3, kit.NewAvatar(author(m), 40), kit.Fill(kit.Column(theme.Space1, append(who, kit.Flow(chips...))...)))
}

func times(n int, once, more string) string {
	if n == 1 {
		return once
	}
	return fmt.Sprintf(more, n)
}

func statusWord(m reviews.Mention, known *names) string {
	switch m.Status {
	case reviews.Escalated:
		if m.Assigned != 0 {
			return "With " + known.person(m.Assigned)
		}
	case reviews.NoReply:
		return "No public reply"
	}
	return kit.Capital(string(m.Status))
}

func statusTone(m reviews.Mention) kit.Tone {
	switch {
	case m.Status.Done():
		return kit.ToneGood
	case m.Status == reviews.Escalated:
		return kit.ToneWarn
	case m.Status == reviews.Answering:
		return kit.ToneAccent
	}
	return kit.ToneNeutral
}

// words is the mention as it was written; what made it urgent is marked.
func (r *reading) words(m reviews.Mention) []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if m.Title != "" {
		title := kit.NewParagraph(m.Title)
		title.SetStyle(kit.Heading)
		title.SetMarks(r.marks(m.Title, 0))
		parts = append(parts, title)
	}
	if m.Text == "" {
		return append(parts, kit.Help(wordless(m, r.s.known().practice.Location())))
	}
	text := kit.NewParagraph(m.Text)
	text.SetStyle(kit.Reading)
	text.SetMarks(r.marks(m.Text, len(m.Words())-len(m.Text)))
	return append(parts, text)
}

// alarm says in a line what cannot wait, and how soon somebody looks. The review itself stays in sight beneath it.
func alarm(signals []classify.Signal) fyne.CanvasObject {
	worst, labels := signals[0], make([]string, len(signals))
	for i, s := range signals {
		labels[i] = s.Label
		if s.Severity.Rank() > worst.Severity.Rank() {
			worst = s
		}
	}
	tone := kit.ToneWarn
	if worst.Severity != classify.Medium {
		tone = kit.ToneBad
	}
	soon, _, _ := strings.Cut(worst.FirstLook, ";")
	return kit.NewBanner(tone, strings.Join(labels, " · ")+". First look within "+soon+".")
}

// routing says whom to tell, what may be said in public, and what not to do.
func routing(signal classify.Signal) fyne.CanvasObject {
	var facts []fyne.CanvasObject
	fact := func(name string, texts ...string) {
		facts = append(facts, kit.NewLabel(name, kit.Overline))
		for _, text := range texts {
			facts = append(facts, kit.NewParagraph(kit.Capital(text)))
		}
	}
	fact("Tell", strings.Join(signal.RouteTo, ", "))
	if signal.PublicReply != "" {
		fact("In public", signal.PublicReply)
	}
	if len(signal.Steps) > 0 {
		fact("What to do", signal.Steps...)
	}
	if len(signal.DoNot) > 0 {
		fact("What not to do", signal.DoNot...)
	}
	return kit.NewCard(signal.Label, kit.Column(theme.Space1, facts...))
}
