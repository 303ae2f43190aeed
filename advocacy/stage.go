package advocacy

import (
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy/guard"
)

// Step is everything that the rules weigh when a spotlight is to move. The rules read nothing else, so a test can try them all.
type Step struct {
	Spotlight Spotlight
	Person    practice.Person // who is shown
	Consents  []Consent       // of the person, and of the colleagues beside them in the picture
	Allowed   []Authorization // by patients, for this spotlight
	People    []practice.Person
	Actor     practice.Person // who acts; ID 0 while nobody has chosen who works
	Practice  practice.Practice
	Gate      *guard.Guard
	Blank     guard.Draft // a post without words: what the practice owns, and what it has decided about its words
	Now       time.Time

	Wrote func(names []string) ([]string, error) // which of the names stand under something that was written about the practice; nil: nobody asks

	Untrained error // why the actor's training does not let them schedule, or nil
}

func (s Step) day(t time.Time) string { return t.In(s.Practice.Location()).Format(practice.Day) }

// order is the place of a stage; -1 for a name that is none.
func order(stage Stage) int { return slices.Index(Stages(), stage) }

// Allows returns nil when the spotlight may move to the stage, and otherwise a sentence that says what is missing.
func (s Step) Allows(to Stage) error {
	from := s.Spotlight.Stage
	switch {
	case order(to) < 0:
		return refusal.Because(ErrStep, "There is no stage %q. The stages are: %s", to, StageNames())
	case to == from:
		return refusal.Because(ErrStep, "The spotlight is already at %q", to)
	case to == Archived:
		return nil
	case to == Published:
		return s.mayPublish()
	case order(to) < order(from):
		return s.mayGoBack(to)
	case order(to) > order(from)+1:
		return refusal.Because(ErrStep, "One step at a time: after %q comes %q", from, Stages()[order(from)+1])
	}
	switch to {
	case StoryStage:
		return s.mayTellStory()
	case DraftStage:
		return s.mayDraft()
	case ReviewStage:
		return s.mayReview()
	case Scheduled:
		return s.maySchedule()
	}
	return nil // to ask for consent needs nothing
}

// mayGoBack lets work return to an earlier stage, but never pretends that a post was not made, and never schedules without review.
func (s Step) mayGoBack(to Stage) error {
	if posted(s.Spotlight) {
		return refusal.Because(ErrStep, "It is posted, so it can only be archived. Take the post down on the site if it must go")
	}
	if to == Scheduled || to == ReviewStage {
		return refusal.Because(ErrStep, "Send it back to the draft and let it be reviewed again")
	}
	if s.Spotlight.Kind.Public() && to != DraftStage {
		return refusal.Because(ErrStep, "A post that shows nobody begins at the draft")
	}
	if order(to) <= order(ConsentAsked) {
		return nil
	}
	if to == StoryStage {
		return s.mayTellStory()
	}
	return s.mayDraft()
}

func (s Step) mayTellStory() error {
	if s.Spotlight.Kind.Public() {
		return nil // it tells nobody's story
	}
	today := s.day(s.Now)
	for _, c := range s.Consents {
		if c.PersonID == s.Person.ID && c.Live(today) && slices.Contains(c.Uses, UseName) {
			return nil
		}
	}
	return refusal.Because(ErrConsent, "Record the consent of %s first: at least the name must be allowed", s.Person.Name)
}

func (s Step) mayDraft() error {
	if err := s.mayTellStory(); err != nil {
		return err
	}
	if s.Spotlight.Kind.Public() {
		return nil
	}
	for _, q := range Questions(s.Spotlight.Occasion) {
		if q.Need && s.Spotlight.Answered(q.ID) == "" {
			return refusal.Because(ErrStep, "The story sheet still needs an answer to \"%s\"", q.Ask)
		}
	}
	return nil
}

func (s Step) mayReview() error {
	if err := s.mayDraft(); err != nil {
		return err
	}
	if !written(s.Spotlight) {
		return refusal.Because(ErrStep, "Write a text for at least one network")
	}
	if err := s.pictureReady(); err != nil {
		return err
	}
	if err := s.besideClear(); err != nil {
		return err
	}
	for _, v := range s.Spotlight.Variants {
		if err := s.clear(v); err != nil {
			return err
		}
	}
	return nil
}

// maySchedule is the door: what passes here may be copied and posted.
func (s Step) maySchedule() error {
	if err := s.mayReview(); err != nil {
		return err
	}
	if err := s.mayApprove(); err != nil {
		return err
	}
	if err := s.soundEducation(); err != nil {
		return err
	}
	at := s.Spotlight.Schedule
	if at.IsZero() {
		return refusal.Because(ErrStep, "Choose the day on which it is to be posted")
	}
	if err := s.ahead(at); err != nil {
		return err
	}
	return s.coverAll(at)
}

// ahead refuses a moment that has passed; no moment at all is fine.
func (s Step) ahead(at time.Time) error {
	if at.IsZero() || at.After(s.Now) {
		return nil
	}
	return refusal.Because(ErrStep, "%s has passed. Choose a day and time that lie ahead", at.In(s.Practice.Location()).Format("2 January 2006, 15:04"))
}

// mayPlan asks that a day lies within what the consents allow, from the first moment on: what is under review must be covered as it stands,
// before that the name. A wish for a day needs no consent as long as none is on record.
func (s Step) mayPlan(at time.Time) error {
	if err := s.ahead(at); err != nil || at.IsZero() {
		return err
	}
	stage := s.Spotlight.Stage
	if order(stage) >= order(ReviewStage) {
		return s.coverAll(at)
	}
	if s.Spotlight.Kind.Public() {
		return nil // it stands under no consent, and whom its text names is asked when the text stands
	}
	day, today, known := s.day(at), s.day(s.Now), ""
	for _, c := range s.ConsentsOf(s.Person.ID) {
		last := c.Last()
		if !c.Withdrawn.IsZero() || last != "" && last < today || !slices.Contains(c.Uses, UseName) {
			continue
		}
		if c.Live(day) {
			return nil
		}
		if known = "from " + c.From + " on"; last != "" {
			known = "from " + c.From + " until " + last
		}
	}
	switch {
	case known != "":
		return refusal.Because(ErrConsent, "The consent of %s holds %s, which %s is not within. Choose another day, or record a new consent first", s.Person.Name, known, day)
	case order(stage) > order(ConsentAsked):
		return refusal.Because(ErrConsent, "No consent of %s covers the name on %s. Record it first", s.Person.Name, day)
	}
	return nil
}

func (s Step) mayApprove() error {
	if s.Actor.ID == 0 {
		return refusal.Because(ErrRights, "Choose who is working first: an approval carries a name")
	}
	if s.Actor.Role.MayApprove() {
		return s.Untrained
	}
	for _, v := range s.Spotlight.Variants {
		if v.Author == s.Actor.ID {
			return refusal.Because(ErrRights, "You wrote the text, so somebody else approves it: the owner, the compliance officer or the manager")
		}
	}
	return refusal.Because(ErrRights, "The owner, the compliance officer or the manager approves a spotlight")
}

// mayPublish asks that something was posted; MarkPosted is the way there.
func (s Step) mayPublish() error {
	if s.Spotlight.Stage != Scheduled && s.Spotlight.Stage != Archived {
		return refusal.Because(ErrStep, "Only a scheduled spotlight can be published")
	}
	if !posted(s.Spotlight) {
		return refusal.Because(ErrStep, "Post it on a network first and mark it as posted there")
	}
	for _, v := range s.Spotlight.Variants {
		if !v.PostedAt.IsZero() && v.TakenDown.IsZero() {
			if _, err := s.covered(v.Network, s.Now); err != nil {
				return err
			}
		}
	}
	return nil
}

// MayCopy returns nil when the text for the network may leave the program now: approved, within the consent, clear at the gate as it stands.
func (s Step) MayCopy(network string) error {
	if s.Spotlight.Stage != Scheduled && s.Spotlight.Stage != Published {
		return refusal.Because(ErrStep, "The text can be copied once it is reviewed and scheduled")
	}
	v, ok := s.Spotlight.Variant(network)
	if !ok || strings.TrimSpace(v.Text) == "" {
		return refusal.Because(ErrStep, "There is no text for this network yet")
	}
	if _, err := s.covered(network, s.Now); err != nil {
		return err
	}
	if s.Spotlight.Schedule.After(s.Now) {
		if _, err := s.covered(network, s.Spotlight.Schedule); err != nil {
			return err
		}
	}
	if err := s.soundEducation(); err != nil {
		return err
	}
	if err := s.besideClear(); err != nil {
		return err
	}
	return s.clear(v)
}

// MayPost returns the consent under which the post is made, or a sentence that says why it may not be.
func (s Step) MayPost(network string) (Consent, error) {
	if err := s.MayCopy(network); err != nil {
		return Consent{}, err
	}
	return s.covered(network, s.Now)
}

// clear asks that the text fits its network and that the gate lets exactly this text through.
func (s Step) clear(v Variant) error {
	text := v.Whole(s.Practice)
	if text == "" {
		return nil
	}
	if err := Fits(v.Network, text); err != nil {
		return err
	}
	n, _ := NetworkByID(v.Network)
	if n.Picture && s.Spotlight.Picture.File == "" {
		return refusal.Because(ErrStep, "%s takes no post without a picture", n.Name)
	}
	if s.Spotlight.Kind.Public() {
		if words, yes := ToOnePerson(text); yes {
			return refusal.Because(ErrGate, "The text for %s speaks to one person: \"%s\". A public post speaks to everybody", n.Name, words)
		}
	}
	result := s.Judge(v)
	if result.Verdict != guard.Block {
		return nil
	}
	if f, found := blocking(result); found {
		return refusal.Because(ErrGate, "The text for %s cannot be published: \"%s\". %s", n.Name, f.Quote, strings.TrimSuffix(f.Why, "."))
	}
	return refusal.Because(ErrGate, "The text for %s cannot be published", n.Name)
}

// Judge asks the gate about the text exactly as it would go out, looks for names that the program knows, and compares what it says of the colleague
// with their record.
func (s Step) Judge(v Variant) guard.Result {
	whole := v.Whole(s.Practice)
	result := s.gate(whole)
	for _, f := range s.known(whole, []string{v.Network}) {
		result.Findings = append(result.Findings, f)
		if f.Severity == guard.Block || result.Verdict == guard.Clear {
			result.Verdict = f.Severity
		}
	}
	return result
}

// appears is the moment at which the spotlight is to be posted, now as long as none is chosen.
func (s Step) appears() time.Time {
	if s.Spotlight.Schedule.IsZero() {
		return s.Now
	}
	return s.Spotlight.Schedule
}

// gate judges words of a post by the rules as this practice keeps them.
func (s Step) gate(words string) guard.Result {
	draft := s.Blank
	draft.Kind, draft.Text = guard.Spotlight, words
	return s.Gate.Check(draft)
}

func written(s Spotlight) bool {
	return slices.ContainsFunc(s.Variants, func(v Variant) bool { return strings.TrimSpace(v.Text) != "" })
}

func posted(s Spotlight) bool {
	return slices.ContainsFunc(s.Variants, func(v Variant) bool { return !v.PostedAt.IsZero() && v.TakenDown.IsZero() })
}

// allPosted reports whether nothing is left to post.
func allPosted(s Spotlight) bool {
	return posted(s) && !slices.ContainsFunc(s.Variants, func(v Variant) bool { return strings.TrimSpace(v.Text) != "" && v.PostedAt.IsZero() })
}
