package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"goodword/advocacy"
	"goodword/house"
	"goodword/house/sample"
	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/collect"
)

type tourVerb struct {
	Folder  string `help:"Where the report and the screenshots go." default:"tour" placeholder:"FOLDER"`
	Screens string `help:"Which screenshots: a few, all (light and dark, two sizes), or none." enum:"few,all,none" default:"few"`
}

// tour is one walk through the main job.
type tour struct {
	*desk
	h      *house.House
	folder string
	number int
	dana   audit.Actor // the manager of the sample practice
}

// Run does the main job on the sample practice, in a database that is thrown away.
func (v tourVerb) Run(d *desk) error {
	passing, err := os.MkdirTemp("", "goodword-tour-*")
	if err != nil {
		return fmt.Errorf("A folder for the tour cannot be made: %w", err)
	}
	defer func() { _ = os.RemoveAll(passing) }()
	if err := os.MkdirAll(v.Folder, 0o755); err != nil {
		return fmt.Errorf("The folder %s cannot be made: %w", v.Folder, err)
	}
	path := filepath.Join(passing, "goodword.db")
	if err := sample.Fill(d.ctx, path, d.now()); err != nil {
		return err
	}
	h, err := house.Open(d.ctx, path, d.now)
	if err != nil {
		return err
	}
	defer func() { _ = h.Close() }()
	t := &tour{desk: d, h: h, folder: v.Folder}
	for _, step := range []func() error{t.meet, t.collect, t.importFile, t.paste, t.reply, t.silence, t.spotlight, t.policy, t.prove} {
		if err := step(); err != nil {
			return err
		}
	}
	if v.Screens != "none" {
		return t.pictures(v.Screens == "all")
	}
	return nil
}

// step prints what was done, numbered.
func (t *tour) step(title string, lines ...string) error {
	t.number++
	return t.print(map[string]any{"step": t.number, "did": title, "lines": lines}, "%2d. %s\n    %s", t.number, title, strings.Join(lines, "\n    "))
}

func (t *tour) meet() error {
	p, err := t.h.Practices.Get(t.ctx)
	if err != nil {
		return err
	}
	t.zone = p.Location()
	people, err := t.h.Practices.People(t.ctx)
	if err != nil {
		return err
	}
	for _, person := range people {
		if person.Role == practice.Manager {
			t.dana = person.Actor()
		}
	}
	c, err := t.h.Reviews.Counts(t.ctx)
	if err != nil {
		return err
	}
	return t.step("Opened the sample practice "+p.Name,
		fmt.Sprintf("%d people, %d mentions from %d sources; %d open, %d urgent, %d overdue", len(people), c.Mentions, c.Sources, c.Open, c.Urgent, c.Overdue))
}

// collect serves a feed on this computer, visits it twice, and shows that what was seen is not seen twice and that an edit is found.
func (t *tour) collect() error {
	var visits atomic.Int32
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/rss+xml")
		second := "The front desk at Willowmere was rude to my mother."
		if visits.Add(1) > 2 {
			second = "The front desk at Willowmere called and apologised. All is well."
		}
		_, _ = fmt.Fprintf(w, feed, t.now().Add(-time.Hour).Format(time.RFC1123Z), t.now().Add(-2*time.Hour).Format(time.RFC1123Z), second)
	}))
	defer site.Close()
	if err := t.h.Practices.SetSetting(t.ctx, practice.SettingOffline, "no", t.dana); err != nil {
		return err
	}
	source, err := t.h.Collect.Add(t.ctx, site.URL+"/feed.xml", collect.AddOptions{AllowPrivate: true}, t.dana)
	if err != nil {
		return err
	}
	var lines []string
	for _, when := range []string{"first visit", "second visit, one entry edited", "third visit"} {
		totals, err := t.h.Collect.Collect(t.ctx, collect.Options{SourceID: source.ID})
		if err != nil {
			return err
		}
		lines = append(lines, fmt.Sprintf("%s: %d new, %d edited, %d failed", when, totals.New, totals.Edited, totals.Failed))
	}
	return t.step("Collected a live feed from "+source.Address, lines...)
}

const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Around Fernhollow</title>
<item><guid>a1</guid><author>N. Teale</author><title>Kind words</title><pubDate>%s</pubDate><description>&lt;p&gt;Willowmere Dental was &lt;b&gt;gentle&lt;/b&gt; with my son.&lt;/p&gt;</description></item>
<item><guid>a2</guid><author>O. Brandt</author><title>Manners</title><pubDate>%s</pubDate><description>%s</description></item>
<item><guid>a3</guid><title>Weather</title><description>Rain until Thursday.</description></item>
</channel></rss>`

func (t *tour) importFile() error {
	file := filepath.Join(t.folder, "export.csv")
	day := t.local(t.now()).AddDate(0, 0, -3).Format(practice.Day)
	rows := "Reviewer;Rating;Date;Review text\n" +
		"N. Ostrander;2;" + day + ";Two months later a surprise bill, and nobody in billing calls back.\n" +
		"P. Quill;5;" + day + ";Lovely team, no wait at all.\n"
	if err := os.WriteFile(file, []byte(rows), 0o600); err != nil {
		return fmt.Errorf("The file %s cannot be written: %w", file, err)
	}
	preview, err := t.h.Collect.Preview(t.ctx, file, nil, "")
	if err != nil {
		return err
	}
	first, err := t.h.Collect.Import(t.ctx, file, collect.ImportOptions{}, t.dana)
	if err != nil {
		return err
	}
	again, err := t.h.Collect.Import(t.ctx, file, collect.ImportOptions{}, t.dana)
	if err != nil {
		return err
	}
	return t.step("Imported an export: "+file, "columns found: "+strings.Join(columns(preview.Mapping), ", "),
		fmt.Sprintf("first time %d new; a second time %d new, %d unchanged", first.New, again.New, again.Unchanged))
}

// unsafe is a reply that must not go out.
const unsafe = "Thank you for choosing us. We are sorry your cleaning on Tuesday started late."

// pasted is the text of the review that the tour answers.
const pasted = "Good dentist, but I waited fifty minutes and nobody picks up the phone."

func (t *tour) paste() error {
	m, err := t.h.Collect.AddByHand(t.ctx, reviews.Found{Site: "yelp", Author: "Q. Larkin", Stars: 3, Text: pasted, Posted: t.now().Add(-30 * time.Minute)}, t.dana)
	if err != nil {
		return err
	}
	urgent, err := t.first("urgency:critical is:open")
	if err != nil {
		return err
	}
	return t.step("Pasted a review and understood it", fmt.Sprintf("mention %d: %s; answer due %s", m.ID, judged(m), t.local(m.Due).Format("Mon 15:04")),
		fmt.Sprintf("what cannot wait stands first: mention %d, %s", urgent.ID, strings.Join(urgent.Signals, ", ")))
}

func (t *tour) first(query string) (reviews.Mention, error) {
	q, err := reviews.ParseQuery(query, t.now(), t.zone)
	if err != nil {
		return reviews.Mention{}, err
	}
	ids, err := t.h.Reviews.IDs(t.ctx, q)
	if err != nil {
		return reviews.Mention{}, err
	}
	if len(ids) == 0 {
		return reviews.Mention{}, fmt.Errorf("Nothing matches %s in the sample practice", query)
	}
	return t.h.Reviews.Find(t.ctx, ids[0])
}

func (t *tour) reply() error {
	m, err := t.first("source:yelp stars:3 is:open urgency:none")
	if err != nil {
		return err
	}
	if _, _, err := t.h.Reviews.SaveDraft(t.ctx, m.ID, unsafe, "", t.dana); err != nil {
		return err
	}
	_, refused := t.h.Reviews.Copy(t.ctx, m.ID, t.dana)
	if !errors.Is(refused, reviews.ErrGate) {
		return fmt.Errorf("The gate let an unsafe reply through: %w", refused)
	}
	offer, err := t.h.Draft(t.ctx, m)
	if err != nil {
		return err
	}
	chosen := offer.Suggestions[0]
	if _, _, err := t.h.Reviews.SaveDraft(t.ctx, m.ID, chosen.Text, chosen.TemplateID, t.dana); err != nil {
		return err
	}
	text, err := t.h.Reviews.Copy(t.ctx, m.ID, t.dana)
	if err != nil {
		return err
	}
	if err := t.h.Reviews.MarkPosted(t.ctx, m.ID, t.dana); err != nil {
		return err
	}
	return t.step("Answered a review", "refused: "+unsafe, "drafted from \""+chosen.Title+"\", checked, copied, marked as posted:", text)
}

func (t *tour) silence() error {
	praise, err := t.first("stars:5 is:open urgency:none")
	if err != nil {
		return err
	}
	if err := t.h.Reviews.Close(t.ctx, praise.ID, "Praise without a question", t.dana); err != nil {
		return err
	}
	urgent, err := t.first("urgency:critical is:open")
	if err != nil {
		return err
	}
	if err := t.h.Reviews.Escalate(t.ctx, urgent.ID, t.dana.ID, "Needs a phone call now", t.dana); err != nil {
		return err
	}
	return t.step("Decided on no public reply, and escalated", fmt.Sprintf("mention %d: no reply, with a reason, counts as handled", praise.ID),
		fmt.Sprintf("mention %d: with %s", urgent.ID, t.dana.Name))
}

// spotlight takes one colleague from nomination to a published post, and shows that nothing is scheduled without a consent.
func (t *tour) spotlight() error {
	person, err := t.colleague("Priya Raman")
	if err != nil {
		return err
	}
	s, err := t.h.Advocacy.Nominate(t.ctx, advocacy.Spotlight{PersonID: person.ID, Occasion: "meet the team", Title: "Meet Priya", Reason: "She keeps us all out of trouble"}, t.dana)
	if err != nil {
		return err
	}
	if err := t.h.Advocacy.Move(t.ctx, s.ID, advocacy.ConsentAsked, t.dana); err != nil {
		return err
	}
	refused := t.h.Advocacy.Move(t.ctx, s.ID, advocacy.StoryStage, t.dana)
	if !errors.Is(refused, advocacy.ErrConsent) {
		return fmt.Errorf("A spotlight went on without a consent: %w", refused)
	}
	today := t.today()
	_, err = t.h.Advocacy.Record(t.ctx, advocacy.Consent{PersonID: person.ID, From: today, Until: t.local(t.now()).AddDate(1, 0, 0).Format(practice.Day),
		Uses: advocacy.ConsentUses(), Networks: []string{"facebook", "bluesky"}, Form: "Release, signed at the desk"}, t.dana)
	if err != nil {
		return err
	}
	var answers []advocacy.Answer
	for i, q := range advocacy.Questions(s.Occasion) {
		answers = append(answers, advocacy.Answer{Question: q.ID, Text: told[i]})
	}
	var text string
	for _, step := range []func() error{
		func() error { return t.h.Advocacy.Move(t.ctx, s.ID, advocacy.StoryStage, t.dana) },
		func() error { return t.h.Advocacy.SaveStory(t.ctx, s.ID, answers, t.dana) },
		func() error { return t.h.Advocacy.Move(t.ctx, s.ID, advocacy.DraftStage, t.dana) },
		func() error { return t.variant(s.ID, "facebook") },
		func() error { return t.h.Advocacy.Move(t.ctx, s.ID, advocacy.ReviewStage, t.dana) },
		func() error { return t.h.Advocacy.Schedule(t.ctx, s.ID, t.now().Add(time.Minute), t.dana) },
		func() error { return t.h.Advocacy.Move(t.ctx, s.ID, advocacy.Scheduled, t.dana) },
		func() (err error) {
			text, err = t.h.Advocacy.CopyVariant(t.ctx, s.ID, "facebook", t.dana)
			return err
		},
		func() error {
			return t.h.Advocacy.MarkPosted(t.ctx, s.ID, "facebook", "https://facebook.example/willowmere/1", t.dana)
		},
	} {
		if err := step(); err != nil {
			return err
		}
	}
	s, err = t.h.Advocacy.Find(t.ctx, s.ID)
	if err != nil {
		return err
	}
	return t.step("Took a spotlight from nomination to "+string(s.Stage), "without a consent: refused", "posted on facebook: "+short(text, 200))
}

// told is what the colleague of the tour answers on the sheet of "meet the team".
var told = []string{"I read the rules so that nobody else has to", "A good question, the earlier the better.", "Ask before you post, it takes a minute", "Choir practice and long walks"}

func (t *tour) colleague(name string) (practice.Person, error) {
	people, err := t.h.Practices.People(t.ctx)
	if err != nil {
		return practice.Person{}, err
	}
	for _, p := range people {
		if p.Name == name {
			return p, nil
		}
	}
	return practice.Person{}, fmt.Errorf("There is nobody called %s on the staff list", name)
}

func (t *tour) variant(id int64, network string) error {
	return saveVariant(t.ctx, t.h, id, network, t.dana)
}

// saveVariant writes the text for one network from the answers and saves it.
func saveVariant(ctx context.Context, h *house.House, id int64, network string, by audit.Actor) error {
	s, err := h.Advocacy.Find(ctx, id)
	if err != nil {
		return err
	}
	person, err := h.Practices.Person(ctx, s.PersonID)
	if err != nil {
		return err
	}
	p, err := h.Practices.Get(ctx)
	if err != nil {
		return err
	}
	for _, v := range advocacy.WriteVariants(s, person, p, h.Now()) {
		if v.Network == network {
			_, _, err := h.Advocacy.SaveVariant(ctx, id, v, by)
			return err
		}
	}
	return fmt.Errorf("There is no network %q", network)
}

func (t *tour) policy() error {
	groups, err := t.h.Policy.Checklist(t.ctx)
	if err != nil {
		return err
	}
	item := groups[0].Items[0]
	if err := t.h.Policy.Answer(t.ctx, item.ID, policy.Answered{Answer: policy.Yes, Note: "Letter of appointment in the compliance folder"}, t.dana); err != nil {
		return err
	}
	progress, err := t.h.Policy.Progress(t.ctx)
	if err != nil {
		return err
	}
	return t.step("Answered the policy checklist", "yes: "+item.Text, fmt.Sprintf("%d of %d answered", answered(progress.All), progress.All.Total+progress.All.Without))
}

func (t *tour) prove() error {
	p, err := t.h.Practices.Get(t.ctx)
	if err != nil {
		return err
	}
	report := filepath.Join(t.folder, "report.html")
	if err := t.h.Insight.Write(t.ctx, report, t.now().AddDate(-1, 0, 0), t.now(), p); err != nil {
		return err
	}
	copied := filepath.Join(filepath.Dir(t.h.DB.Path()), "copy.db")
	if err := t.h.DB.Backup(t.ctx, copied); err != nil {
		return err
	}
	kept, err := database.Restore(t.ctx, copied, filepath.Join(filepath.Dir(copied), "restored", "goodword.db"), t.now)
	if err != nil {
		return err
	}
	if kept != "" {
		return fmt.Errorf("The restored copy replaced %s, where nothing should have been", kept)
	}
	proof, err := t.h.Verify(t.ctx)
	if err != nil {
		return err
	}
	ledger, err := t.h.Fetch.Ledger(t.ctx, 100)
	if err != nil {
		return err
	}
	return t.step("Proved it", "wrote "+report, "made a backup and restored it elsewhere",
		fmt.Sprintf("verified: %d lines of the audit log, head %s", proof.Lines, proof.Head[:16]),
		fmt.Sprintf("network ledger: %d requests, all to this computer", len(ledger)))
}
