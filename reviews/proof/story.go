package proof

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/internal/refusal"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/respond"
)

// Story is everything that is known of one mention, in the order of time. It is the file story.json.
type Story struct {
	Practice  string    `json:"practice"`
	Mention   int64     `json:"mention"`
	Site      string    `json:"site"`
	Author    string    `json:"author,omitempty"`
	URL       string    `json:"url,omitempty"`
	Source    string    `json:"source,omitempty"`
	Proof     string    `json:"proof,omitempty"`
	Status    string    `json:"status"`
	Reason    string    `json:"reason,omitempty"`
	Posted    time.Time `json:"posted,omitzero"`
	About     bool      `json:"posted_is_approximate,omitempty"`
	Seen      time.Time `json:"seen"`
	Gone      time.Time `json:"gone,omitzero"`
	Held      time.Time `json:"legal_hold,omitzero"`
	Language  string    `json:"language,omitempty"`
	Sentiment string    `json:"sentiment,omitempty"`
	Topics    []string  `json:"topics,omitempty"`
	Urgency   string    `json:"urgency,omitempty"`
	Signals   []string  `json:"signals,omitempty"`
	Readings  []Reading `json:"readings"` // how it read, oldest first; the last is how it reads now
	Places    []Place   `json:"places,omitempty"`
	GoAhead   *GoAhead  `json:"go_ahead,omitempty"`
	Reply     *Reply    `json:"reply,omitempty"`
	Drafts    []Draft   `json:"drafts,omitempty"` // oldest first
	Steps     []Step    `json:"steps"`            // oldest first
	Policies  []Policy  `json:"policies,omitempty"`
	Trained   []Trained `json:"training,omitempty"`
	Incidents []Record  `json:"incidents,omitempty"`
	Notes     string    `json:"private_notes,omitempty"`

	lines []audit.Sealed
	zone  *time.Location
	terms []string // what masking covers beside what it finds: the name under which it was written
}

// Reading is how the mention read for a time.
type Reading struct {
	File    string    `json:"file"`
	Until   time.Time `json:"until,omitzero"` // when the change was seen; zero: so it reads now
	Title   string    `json:"title,omitempty"`
	Text    string    `json:"text"`
	Stars   int       `json:"stars"`
	Payload string    `json:"payload_sha256,omitempty"` // of what the site sent
}

// Place is where else the same story was seen.
type Place struct {
	Site    string    `json:"site"`
	URL     string    `json:"url,omitempty"`
	Seen    time.Time `json:"seen"`
	Text    string    `json:"text,omitempty"`
	Payload string    `json:"payload_sha256,omitempty"`
}

// GoAhead is the word of counsel, of the insurer or of another who decides that the mention may be answered in public.
type GoAhead struct {
	From     string    `json:"from"`
	Name     string    `json:"name"`
	Reason   string    `json:"reason"`
	At       time.Time `json:"at"`
	Recorder string    `json:"recorded_by,omitempty"`
	For      string    `json:"for"`   // the file with the wording of the mention that it was given for
	Holds    bool      `json:"holds"` // the mention still reads so
}

// Reply is how the public answer stands.
type Reply struct {
	State    string    `json:"state"`
	Text     string    `json:"text"`
	Template string    `json:"template,omitempty"`
	Author   string    `json:"author,omitempty"`
	Approver string    `json:"approver,omitempty"`
	Note     string    `json:"note,omitempty"`
	Verdict  string    `json:"verdict"`
	Posted   time.Time `json:"posted,omitzero"`       // when a person said so
	Seen     time.Time `json:"seen_on_site,omitzero"` // when a visit showed it
	OnSite   string    `json:"words_on_site,omitempty"`
}

// Draft is one wording of the reply.
type Draft struct {
	File    string    `json:"file"`
	At      time.Time `json:"at"`
	Author  string    `json:"author"`
	Text    string    `json:"text"`
	Verdict string    `json:"verdict"`
	Rules   []string  `json:"findings,omitempty"`
}

// Step is a line of the audit log.
type Step struct {
	Line int64     `json:"line"`
	At   time.Time `json:"at"`
	Who  string    `json:"who"`
	What string    `json:"what"`
	Hash string    `json:"hash"`
}

// Policy is the version of the policy that was in force for a time of this story.
type Policy struct {
	File    string `json:"file"`
	Number  int    `json:"number"`
	From    string `json:"from"`
	Until   string `json:"until,omitempty"` // the day before the next came into force
	Summary string `json:"summary"`
	Hash    string `json:"sha256"`
	text    string
}

// Trained is a training that an author of the reply had finished before writing.
type Trained struct {
	Person string    `json:"person"`
	Module string    `json:"module"`
	At     time.Time `json:"at"`
	Right  int       `json:"right"`
	Asked  int       `json:"asked"`
	Passed bool      `json:"passed"`
}

// Record is an incident that the practice recorded about this mention.
type Record struct {
	Title    string    `json:"title"`
	What     string    `json:"what,omitempty"`
	Noticed  time.Time `json:"noticed,omitzero"`
	By       string    `json:"reported_by,omitempty"`
	Decision string    `json:"decision,omitempty"`
	Lesson   string    `json:"lesson,omitempty"`
	Closed   time.Time `json:"closed,omitzero"`
}

// gather reads the story of a mention, unmasked.
func (b *Binder) gather(ctx context.Context, id int64, c Choice) (*Story, error) {
	m, err := b.Reviews.Find(ctx, id)
	if err != nil {
		return nil, err
	}
	p, err := b.Practices.Get(ctx)
	if err != nil {
		return nil, err
	}
	people, err := b.Practices.People(ctx)
	if err != nil {
		return nil, err
	}
	s := &Story{Practice: p.Name, Mention: m.ID, Site: respond.SiteName(m.Site), Author: m.Author, URL: m.URL, Proof: m.Proof, Status: string(m.Status),
		Reason: m.Reason, Posted: m.Posted, About: m.About, Seen: m.Seen, Gone: m.Gone, Held: m.Held, Language: m.Language, Sentiment: m.Sentiment,
		Topics: m.Topics, Urgency: m.Urgency, Signals: m.Signals, zone: p.Location(), terms: termsOf(m.Author)}
	if m.SourceID != 0 {
		source, err := b.Reviews.Source(ctx, m.SourceID)
		if err != nil {
			return nil, err
		}
		s.Source = source.Name
	}
	for _, part := range []func(context.Context, *Story, reviews.Mention, []practice.Person) error{b.readings, b.allowed, b.replied, b.steps, b.policies, b.incidents} {
		if err := part(ctx, s, m, people); err != nil {
			return nil, err
		}
	}
	if c.Notes {
		note, err := b.Reviews.Note(ctx, id)
		if err != nil {
			return nil, err
		}
		if note.Locked {
			return nil, refusal.Because(ErrNotes, "The private notes are locked. Unlock them first, or make the folder without them")
		}
		s.Notes = note.Text
	}
	return s, nil
}

func (b *Binder) readings(ctx context.Context, s *Story, m reviews.Mention, _ []practice.Person) error {
	revisions, err := b.Reviews.Revisions(ctx, m.ID)
	if err != nil {
		return err
	}
	slices.Reverse(revisions)
	for i, r := range revisions {
		s.Readings = append(s.Readings, Reading{File: fmt.Sprintf("revisions/%02d-until-%s.txt", i+1, r.At.In(s.zone).Format(time.DateOnly)), Until: r.At,
			Title: r.Title, Text: r.Text, Stars: r.Stars, Payload: hex.EncodeToString(r.Payload)})
	}
	s.Readings = append(s.Readings, Reading{File: fmt.Sprintf("revisions/%02d-now.txt", len(revisions)+1), Title: m.Title, Text: m.Text, Stars: m.Stars,
		Payload: hex.EncodeToString(m.Payload)})
	places, err := b.Reviews.Appearances(ctx, m.ID)
	for _, a := range places {
		s.Places = append(s.Places, Place{Site: respond.SiteName(a.Site), URL: a.URL, Seen: a.Seen, Text: strings.TrimSpace(a.Title + "\n" + a.Text),
			Payload: hex.EncodeToString(a.Payload)})
	}
	return err
}

// allowed is who agreed to a public answer, and to an answer to which wording.
func (b *Binder) allowed(ctx context.Context, s *Story, m reviews.Mention, people []practice.Person) error {
	g, err := b.Reviews.LastGoAhead(ctx, m.ID)
	if err != nil || g.Mention == 0 {
		return err
	}
	s.GoAhead = &GoAhead{From: reviews.VoiceTitle(g.From), Name: g.Name, Reason: g.Reason, At: g.At, Recorder: nameOf(g.Recorder, people),
		For: s.Readings[min(g.Revision, len(s.Readings)-1)].File, Holds: g.Revision == m.Revisions}
	return nil
}

func (b *Binder) replied(ctx context.Context, s *Story, m reviews.Mention, people []practice.Person) error {
	r, err := b.Reviews.ReplyTo(ctx, m.ID)
	if err != nil || r.ID == 0 {
		return err
	}
	seen, err := b.Reviews.Sighting(ctx, m.ID)
	if err != nil {
		return err
	}
	s.Reply = &Reply{State: string(r.State), Text: r.Text, Template: r.Template, Author: nameOf(r.Author, people), Approver: nameOf(r.Approver, people), Note: r.Note,
		Verdict: string(r.Verdict), Posted: seen.Posted, Seen: seen.Seen, OnSite: seen.Words}
	drafts, err := b.Reviews.Drafts(ctx, m.ID)
	if err != nil {
		return err
	}
	slices.Reverse(drafts)
	results, err := b.Policy.Results(ctx)
	if err != nil {
		return err
	}
	for i, d := range drafts {
		s.Drafts = append(s.Drafts, Draft{File: fmt.Sprintf("drafts/%02d-%s.txt", i+1, d.At.In(s.zone).Format("2006-01-02-1504")), At: d.At,
			Author: nameOf(d.Author, people), Text: d.Text, Verdict: string(d.Verdict), Rules: d.Rules})
		s.train(d.Author, d.At, results, people)
	}
	return nil
}

// train adds what an author had been trained in when a draft was written.
func (s *Story) train(author int64, at time.Time, results []policy.Result, people []practice.Person) {
	if author == 0 {
		return
	}
	for _, r := range results {
		if r.PersonID != author || r.At.After(at) {
			continue
		}
		title := r.ModuleID
		if module, err := policy.FindModule(r.ModuleID); err == nil {
			title = module.Title
		}
		t := Trained{Person: nameOf(author, people), Module: title, At: r.At, Right: r.Right, Asked: r.Asked, Passed: r.Passed}
		if !slices.Contains(s.Trained, t) {
			s.Trained = append(s.Trained, t)
		}
	}
	slices.SortStableFunc(s.Trained, func(a, b Trained) int { return a.At.Compare(b.At) })
}

func (b *Binder) steps(ctx context.Context, s *Story, m reviews.Mention, people []practice.Person) error {
	lines, err := b.lines(ctx, m.ID)
	if err != nil {
		return err
	}
	s.lines, s.Steps = lines, make([]Step, len(lines))
	for i, l := range lines {
		s.Steps[i] = Step{Line: l.ID, At: l.At, Who: who(l.Line), What: Plain(l.Line, func(id int64) string { return nameOf(id, people) }), Hash: l.Hash}
	}
	return nil
}

// policies adds the versions of the policy that were in force between the first moment of the story and now.
func (b *Binder) policies(ctx context.Context, s *Story, m reviews.Mention, _ []practice.Person) error {
	versions, err := b.Policy.Versions(ctx)
	if err != nil {
		return err
	}
	began := m.Seen
	if len(s.lines) > 0 && s.lines[0].At.Before(began) {
		began = s.lines[0].At
	}
	first, last := began.In(s.zone).Format(time.DateOnly), b.Now().In(s.zone).Format(time.DateOnly)
	slices.Reverse(versions)
	for i, v := range versions {
		if v.From == "" || v.From > last {
			continue
		}
		until := ""
		for _, next := range versions[i+1:] {
			if next.From != "" && next.From <= last {
				until = dayBefore(next.From)
				break
			}
		}
		if until != "" && (until < first || until < v.From) {
			continue
		}
		s.Policies = append(s.Policies, Policy{File: fmt.Sprintf("policy/version-%d.txt", v.Number), Number: v.Number, From: v.From, Until: until, Summary: v.Summary,
			Hash: v.Hash, text: v.Text})
	}
	return nil
}

func (b *Binder) incidents(ctx context.Context, s *Story, m reviews.Mention, _ []practice.Person) error {
	all, err := b.Policy.Incidents(ctx)
	for _, i := range all {
		if i.MentionID == m.ID {
			s.Incidents = append(s.Incidents, Record{i.Title, i.What, i.Noticed, i.ReportedBy, i.Decision, i.Lesson, i.Closed})
		}
	}
	return err
}

func dayBefore(day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return at.AddDate(0, 0, -1).Format(time.DateOnly)
}

func nameOf(id int64, people []practice.Person) string {
	if id == 0 {
		return ""
	}
	for _, p := range people {
		if p.ID == id {
			return p.Name
		}
	}
	return fmt.Sprintf("Person %d", id)
}

func who(line audit.Line) string {
	if line.Who.Name == "" {
		return "Somebody"
	}
	return line.Who.Name
}
