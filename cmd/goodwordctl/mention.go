package main

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

type addVerb struct {
	Text   string `help:"What was said; \"-\" reads standard input. A mention of stars alone needs none."`
	Stars  int    `help:"Rating from 1 to 5."`
	Author string `help:"Name as shown on the site."`
	URL    string `help:"Address of the mention." name:"url"`
	Date   string `help:"Day it was posted, such as 2026-11-22." placeholder:"D"`
	Site   string `help:"Where it was said, such as google." default:"other"`
}

// added is a mention that was entered by hand.
type added struct {
	reviews.Mention
	There bool `json:"there"` // it was in the inbox already
}

func (v addVerb) Run(d *desk) error {
	found := reviews.Found{Text: v.Text, Stars: v.Stars, Author: v.Author, URL: v.URL, Site: v.Site}
	if v.Text == "-" {
		text, err := io.ReadAll(io.LimitReader(d.in, 1<<20))
		if err != nil {
			return fmt.Errorf("Standard input cannot be read: %w", err)
		}
		found.Text = strings.TrimSpace(string(text))
	}
	if err := possible(v.Stars); err != nil {
		return err
	}
	if strings.TrimSpace(found.Text) == "" && v.Stars == 0 {
		return wrong("A mention needs a text or a rating. Give --text TEXT or --stars N")
	}
	if v.URL != "" && !onTheWeb(v.URL) {
		return wrong("%q is no address on the web; it begins with https://", v.URL)
	}
	return d.work(func(h *house.House, by audit.Actor) error {
		if v.Date != "" {
			var err error
			if found.Posted, err = d.moment(v.Date); err != nil {
				return err
			}
			if found.Posted.After(d.now()) {
				return wrong("The day %s lies ahead, and a mention was posted today or before", v.Date)
			}
		}
		m, err := h.Collect.AddByHand(d.ctx, found, by)
		if errors.Is(err, reviews.ErrThere) {
			return d.print(added{whole(m), true}, "%s. It is mention %d, %s.", err, m.ID, m.Status)
		}
		if err != nil {
			return err
		}
		return d.print(added{whole(m), false}, "Added mention %d: %s.", m.ID, judged(m))
	})
}

// onTheWeb says whether a browser could open the address.
func onTheWeb(address string) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
}

// whole gives machines a list of topics also where there is none.
func whole(m reviews.Mention) reviews.Mention {
	if m.Topics == nil {
		m.Topics = []string{}
	}
	return m
}

func judged(m reviews.Mention) string {
	text := m.Sentiment
	if len(m.Topics) > 0 {
		text += ", about " + strings.Join(m.Topics, ", ")
	}
	if m.Urgency != "" {
		text += ", " + m.Urgency + ": " + strings.Join(m.Signals, ", ")
	}
	return text
}

type inboxVerb struct {
	Query []string `arg:"" optional:"" help:"Words of the search box, such as stars:<3 is:overdue topic:billing_insurance \"front desk\"."`
	Limit int      `help:"How many at most; 0 for all." default:"50"`

	Masked bool `help:"Cover names and health details, for a list that leaves the practice."`
}

// Help says what the shell takes for itself.
func (inboxVerb) Help() string {
	return "Put a comparison in quotes, as in 'stars<3 is:overdue': the shell takes < and > for itself. stars:1..2 needs none. A search word that is not known is answered with the list of all."
}

func (v inboxVerb) Run(d *desk) error {
	if v.Limit < 0 {
		return wrong("--limit %d is less than none; 0 lists all", v.Limit)
	}
	return d.work(func(h *house.House, _ audit.Actor) error {
		query, err := reviews.ParseQuery(joined(v.Query), d.now(), d.zone)
		if err != nil {
			return useError{err}
		}
		ids, err := h.Reviews.IDs(d.ctx, query)
		if err != nil {
			return err
		}
		if v.Limit > 0 && len(ids) > v.Limit {
			ids = ids[:v.Limit]
		}
		team, err := h.Reviews.Team(d.ctx)
		if err != nil {
			return err
		}
		for _, id := range ids {
			m, err := h.Reviews.Find(d.ctx, id)
			if err != nil {
				return err
			}
			if v.Masked {
				m = masked(m, h.Judge, team)
			}
			if err := d.row(m); err != nil {
				return err
			}
		}
		if len(ids) == 0 {
			return d.remark("Nothing matches.")
		}
		return nil
	})
}

// masked covers whatever in a mention tells who somebody is or how they fare.
func masked(m reviews.Mention, judge marker, team *classify.Team) reviews.Mention {
	m.Title = classify.Mask(m.Title, judge.Marks(m.Title, team))
	m.Text = classify.Mask(m.Text, judge.Marks(m.Text, team))
	if m.Author != "" {
		m.Author = "[name]"
	}
	m.URL = "" // leads to the words and the name
	return m
}

type marker interface {
	Marks(text string, team *classify.Team) []classify.Mark
}

// row prints a mention as a line of the inbox. What cannot wait stands at its beginning, ticked when it is done.
func (d *desk) row(m reviews.Mention) error {
	alarm := ""
	switch {
	case m.Urgency == "":
	case m.Status.Done():
		alarm = "✓ " + m.Urgency
	default:
		alarm = "! " + m.Urgency
	}
	return d.print(whole(m), "%-10s %5d  %s  %-18s %-11s %-9s %s", alarm, m.ID, stars(m.Stars), respond.ShortSite(m.Site, 18), m.Status, d.dayOf(m.Posted), short(m.Text, 70))
}

// joined puts the words of the shell back together: a word with a space was a phrase.
func joined(words []string) string {
	var parts []string
	for _, w := range words {
		if len(words) > 1 && strings.Contains(w, " ") && !strings.Contains(w, `"`) {
			w = `"` + w + `"`
		}
		parts = append(parts, w)
	}
	return strings.Join(parts, " ")
}

func stars(n int) string { return strings.Repeat("★", n) + strings.Repeat("·", 5-n) }

func (d *desk) dayOf(t time.Time) string {
	if t.IsZero() {
		return "no date"
	}
	return d.local(t).Format(practice.Day)
}

type showVerb struct {
	ID int64 `arg:"" help:"Number of the mention."`
}

type shown struct {
	reviews.Mention
	Source  string               `json:"source,omitempty"` // its name
	Places  []reviews.Appearance `json:"places"`           // where else the same story stands
	History []audit.Line         `json:"history"`
	Older   []reviews.Revision   `json:"older,omitempty"`
	Reply   *reviews.Reply       `json:"reply,omitempty"`
}

func (v showVerb) Run(d *desk) error {
	return d.work(func(h *house.House, _ audit.Actor) error {
		m, err := h.Reviews.Find(d.ctx, v.ID)
		if err != nil {
			return err
		}
		s := shown{Mention: whole(m), Places: []reviews.Appearance{}, History: []audit.Line{}}
		if m.SourceID != 0 {
			source, err := h.Reviews.Source(d.ctx, m.SourceID)
			if err != nil {
				return err
			}
			s.Source = source.Name
		}
		places, err := h.Reviews.Appearances(d.ctx, v.ID)
		if err != nil {
			return err
		}
		s.Places = append(s.Places, places...)
		if s.Older, err = h.Reviews.Revisions(d.ctx, v.ID); err != nil {
			return err
		}
		history, err := h.Reviews.History(d.ctx, v.ID)
		if err != nil {
			return err
		}
		s.History = append(s.History, history...)
		reply, err := h.Reviews.ReplyTo(d.ctx, v.ID)
		if err != nil {
			return err
		}
		if reply.ID != 0 {
			s.Reply = &reply
		}
		return d.print(s, "%s", s.page(d))
	})
}

// hashWords are for machines, which get them with --json.
var hashWords = regexp.MustCompile(`(?:, to |, )?(?:words )?sha256:[0-9a-f]+`)

func (s shown) page(d *desk) string {
	var b strings.Builder
	line := func(text string, args ...any) { _, _ = fmt.Fprintf(&b, text+"\n", args...) }
	by := ""
	if s.Author != "" {
		by = " by " + s.Author
	}
	about := ""
	if s.About {
		about = "about "
	}
	line("Mention %d on %s%s, %s%s  %s", s.ID, s.Site, by, about, d.dayOf(s.Posted), stars(s.Stars))
	if s.Source != "" {
		line("From %s", s.Source)
	}
	if s.URL != "" {
		line("%s", s.URL)
	}
	line("%s; %s", s.Status, judged(s.Mention))
	for _, id := range s.Signals {
		if signal, ok := classify.Default().Signal(id); ok {
			line("\n! %s: %s. First look within %s.", signal.Severity, signal.Label, signal.FirstLook)
			line("  Call: %s", strings.Join(signal.RouteTo, ", "))
			if len(signal.DoNot) > 0 {
				line("  What not to do:\n    - %s", strings.Join(signal.DoNot, "\n    - "))
			}
		}
	}
	line("")
	if s.Title != "" {
		line("%s", s.Title)
	}
	line("%s", s.Text)
	for i, p := range s.Places {
		line("\nPlace %d: %s (%s), seen %s", i+1, p.Site, p.Source, d.dayOf(p.Seen))
		if p.URL != "" && p.URL != s.URL {
			line("  %s", p.URL)
		}
		if p.Text != s.Text {
			line("  %s", short(p.Text, 100))
		}
	}
	for _, r := range s.Older {
		line("\nUntil %s it read (%s): %s", d.dayOf(r.At), stars(r.Stars), r.Text)
	}
	if s.Reply != nil {
		line("\nReply (%s, %s): %s", s.Reply.State, s.Reply.Verdict, s.Reply.Text)
	}
	line("")
	for _, l := range s.History {
		line("%s  %s  %s %s", d.clock(l.At), l.Who.Name, l.Did, hashWords.ReplaceAllString(l.After, ""))
	}
	return strings.TrimRight(b.String(), "\n")
}

// possible refuses a rating that no site gives; 0 is none.
func possible(stars int) error {
	if stars < 0 || stars > 5 {
		return wrong("%d stars are not possible; give 1 to 5, or none", stars)
	}
	return nil
}
