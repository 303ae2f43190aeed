package advocacy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/policy/guard"
)

// Step is everything that the rules weigh when a spotlight is to move. The rules read nothing else, so a test can try them all.
type Step struct {
	Spotlight Spotlight
	Person    practice.Person // who is shown
	Consents  []Consent       // the person's
	Actor     practice.Person // who acts; ID 0 while nobody has chosen who works
	Practice  practice.Practice
	Gate      *guard.Guard
	Own       guard.Own
	Now       time.Time
}

func (s Step) day(t time.Time) string { return t.In(s.Practice.Location()).Format(practice.Day) }

// order is the place of a stage; -1 for a name that is none.
func order(stage Stage) int { return slices.Index(Stages(), stage) }

// Allows returns nil when the spotlight may move to the stage, and otherwise a sentence that says what is missing.
func (s Step) Allows(to Stage) error {
	from := s.Spotlight.Stage
	switch {
	case order(to) < 0:
		return fmt.Errorf("There is no stage %q: %w", to, ErrStep)
	case to == from:
		return fmt.Errorf("The spotlight is already at %q: %w", to, ErrStep)
	case to == Archived:
		return nil
	case to == Published:
		return s.mayPublish()
	case order(to) < order(from):
		return s.mayGoBack(to)
	case order(to) > order(from)+1:
		return fmt.Errorf("One step at a time: after %q comes %q: %w", from, Stages()[order(from)+1], ErrStep)
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
		return fmt.Errorf("It is posted, so it can only be archived. Take the post down on the site if it must go: %w", ErrStep)
	}
	if to == Scheduled || to == ReviewStage {
		return fmt.Errorf("Send it back to the draft and let it be reviewed again: %w", ErrStep)
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
	today := s.day(s.Now)
	for _, c := range s.Consents {
		if c.PersonID == s.Person.ID && c.Live(today) && slices.Contains(c.Uses, UseName) {
			return nil
		}
	}
	return fmt.Errorf("Record the consent of %s first: at least the name must be allowed: %w", s.Person.Name, ErrConsent)
}

func (s Step) mayDraft() error {
	if err := s.mayTellStory(); err != nil {
		return err
	}
	for _, q := range Questions(s.Spotlight.Occasion) {
		if q.Need && s.Spotlight.Answered(q.ID) == "" {
			return fmt.Errorf("The story sheet still needs an answer to \"%s\": %w", q.Ask, ErrStep)
		}
	}
	return nil
}

func (s Step) mayReview() error {
	if err := s.mayDraft(); err != nil {
		return err
	}
	if !written(s.Spotlight) {
		return fmt.Errorf("Write a text for at least one network: %w", ErrStep)
	}
	if err := s.pictureReady(); err != nil {
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
	at := s.Spotlight.Schedule
	if at.IsZero() {
		return fmt.Errorf("Choose the day on which it is to be posted: %w", ErrStep)
	}
	return s.coverAll(at)
}

func (s Step) mayApprove() error {
	if s.Actor.ID == 0 {
		return fmt.Errorf("Choose who is working first: an approval carries a name: %w", ErrRights)
	}
	if s.Actor.Role.MayApprove() {
		return nil
	}
	for _, v := range s.Spotlight.Variants {
		if v.Author == s.Actor.ID {
			return fmt.Errorf("You wrote the text, so somebody else approves it: the owner, the compliance officer or the manager: %w", ErrRights)
		}
	}
	return fmt.Errorf("The owner, the compliance officer or the manager approves a spotlight: %w", ErrRights)
}

// mayPublish asks that something was posted; MarkPosted is the way there.
func (s Step) mayPublish() error {
	if s.Spotlight.Stage != Scheduled && s.Spotlight.Stage != Archived {
		return fmt.Errorf("Only a scheduled spotlight can be published: %w", ErrStep)
	}
	if !posted(s.Spotlight) {
		return fmt.Errorf("Post it on a network first and mark it as posted there: %w", ErrStep)
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
		return fmt.Errorf("The text can be copied once it is reviewed and scheduled: %w", ErrStep)
	}
	v, ok := s.Spotlight.Variant(network)
	if !ok || strings.TrimSpace(v.Text) == "" {
		return fmt.Errorf("There is no text for this network yet: %w", ErrStep)
	}
	if _, err := s.covered(network, s.Now); err != nil {
		return err
	}
	if s.Spotlight.Schedule.After(s.Now) {
		if _, err := s.covered(network, s.Spotlight.Schedule); err != nil {
			return err
		}
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

// coverAll asks a consent for every network that has a text, on the day of the moment, from a person who is still here then.
func (s Step) coverAll(at time.Time) error {
	if day := s.day(at); !s.Person.Here(day) {
		return fmt.Errorf("%s left on %s, before the planned day: %w", s.Person.Name, s.Person.LeftOn, ErrConsent)
	}
	for _, v := range s.Spotlight.Variants {
		if strings.TrimSpace(v.Text) == "" {
			continue
		}
		if _, err := s.covered(v.Network, at); err != nil {
			return err
		}
	}
	return nil
}

func (s Step) covered(network string, at time.Time) (Consent, error) {
	uses, day := Needs(s.Spotlight, s.Person), s.day(at)
	if c, ok := covering(s.Consents, s.Person.ID, uses, network, day); ok {
		return c, nil
	}
	n, _ := NetworkByID(network)
	return Consent{}, fmt.Errorf("No consent of %s covers %s on %s on %s: %w", s.Person.Name, strings.Join(uses, ", "), n.Name, day, ErrConsent)
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
		return fmt.Errorf("%s takes no post without a picture: %w", n.Name, ErrStep)
	}
	result := s.Judge(v)
	if result.Verdict != guard.Block {
		return nil
	}
	for _, f := range result.Findings {
		if f.Severity == guard.Block {
			return fmt.Errorf("The text for %s cannot be published: \"%s\". %s: %w", n.Name, f.Quote, strings.TrimSuffix(f.Why, "."), ErrGate)
		}
	}
	return fmt.Errorf("The text for %s cannot be published: %w", n.Name, ErrGate)
}

// Judge asks the gate about the text exactly as it would go out.
func (s Step) Judge(v Variant) guard.Result {
	return s.Gate.Check(guard.Draft{Kind: guard.Spotlight, Text: v.Whole(s.Practice), Own: s.Own})
}

func (s Step) pictureReady() error {
	p := s.Spotlight.Picture
	if p.File == "" {
		return nil
	}
	if strings.TrimSpace(p.Alt) == "" {
		return fmt.Errorf("Say in a few words what the picture shows, for people who cannot see it: %w", ErrStep)
	}
	checks, _ := PictureChecks()
	for _, check := range checks {
		if !slices.Contains(p.Checked, check.ID) {
			return fmt.Errorf("The picture is not checked yet: \"%s\": %w", check.Text, ErrStep)
		}
	}
	return nil
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
