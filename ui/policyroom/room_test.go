package policyroom_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/policyroom"
)

var ctx = context.Background()

// room is the screen on a real database, with a host that remembers.
type room struct {
	*policyroom.Screen
	t      testing.TB
	host   *kittest.Host
	store  *policy.Store
	roster *practice.Store
	people []practice.Person
	now    time.Time
	window fyne.Window

	stopped []policy.Stopped
	uses    []policy.MythUse
	broken  bool // the staff list cannot be read
}

// practices is the practice's store, until it breaks.
type practices struct {
	*practice.Store
	room *room
}

func (p practices) People(ctx context.Context) ([]practice.Person, error) {
	if p.room.broken {
		return nil, errors.New("The disk is gone")
	}
	return p.Store.People(ctx)
}

func open(t testing.TB) *room {
	t.Helper()
	return openWith(t, kit.Inline{}, 0)
}

// openWith opens the room on a background of its own, with countdowns that turn.
func openWith(t testing.TB, back kit.Background, tick time.Duration) *room {
	t.Helper()
	kittest.App(t)
	r := &room{t: t, now: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return r.now }
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "practice.db"), clock)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	list := practice.NewStore(db, clock)
	must(t, list.Save(ctx, practice.Practice{Name: "Elm Street Dental", Phone: "555-0140", TimeZone: "America/Chicago", ContactName: "Dana Whitlock"}, audit.Program))
	for _, p := range []practice.Person{{Name: "Dana Whitlock", Role: practice.Manager, Job: "office manager"}, {Name: "Iris Okafor", Role: practice.Author, Job: "front desk lead"},
		{Name: "Dr. Maximiliane Oberhuber-Featherstonehaugh", Role: practice.Clinician, Job: "dentist"}, {Name: "Tom Reyes", Role: practice.Staff, Job: "dental assistant"}} {
		p.ID, err = list.SavePerson(ctx, p, audit.Program)
		must(t, err)
		r.people = append(r.people, p)
	}
	r.store, r.roster = policy.NewStore(db, clock, list), list
	r.host = &kittest.Host{Yes: true, PersonID: r.people[0].ID, Person: r.people[0].Name}
	r.Screen = policyroom.New(r.host, back, policyroom.Deps{Tick: tick, Checklist: r.store, Document: r.store, Training: r.store, Doors: r.store, Misses: r.store, Stops: r, Registers: r.store, Records: r.store, Claims: r.store, Uses: r, Practices: practices{list, r}, Rules: guard.Default().Rules, Now: clock})
	r.window = kittest.Window(t, r.Content(), 1080, 760)
	return r
}

// Stopped is what the gate has stopped.
func (r *room) Stopped(context.Context) ([]policy.Stopped, error) { return r.stopped, nil }

// MythUses is where statements were said.
func (r *room) MythUses(context.Context, policy.Myth) ([]policy.MythUse, error) { return r.uses, nil }

// ProposeNearMiss makes an example of it.
func (r *room) ProposeNearMiss(ctx context.Context, draft int64, text string, by audit.Actor) (policy.NearMiss, error) {
	n, err := r.store.Propose(ctx, policy.NearMiss{DraftID: draft, Rule: "phi-health", Text: text}, "Dear Maria, so glad that your root canal on Tuesday went well.", []string{"Maria"}, by)
	if err == nil {
		r.stopped = nil
	}
	return n, err
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// busy fills the practice with half-done work.
func (r *room) busy() {
	dana := r.people[0].Actor()
	r.now = time.Date(2026, 6, 2, 15, 0, 0, 0, time.UTC)
	text, err := r.store.SuggestedText(ctx)
	must(r.t, err)
	v, err := r.store.DraftVersion(ctx, text, "First version", true, dana)
	must(r.t, err)
	_, err = r.store.PutInForce(ctx, v.ID, "2026-06-02", dana)
	must(r.t, err)
	_, err = r.store.Sign(ctx, r.people[1].ID, v.ID, policy.OnScreen, r.people[1].Actor())
	must(r.t, err)
	_, err = r.store.Sign(ctx, r.people[3].ID, v.ID, policy.OnPaper, dana)
	must(r.t, err)
	for n, g := range policy.List() {
		for i, item := range g.Items {
			a := policy.Answered{Answer: policy.Answers()[(i*3+n)%4], OwnerID: r.people[i%4].ID}
			if i%3 == 2 {
				continue
			}
			if a.Answer == policy.No {
				a.Due = "2026-10-01"
			}
			must(r.t, r.store.Answer(ctx, item.ID, a, dana))
		}
	}
	r.now = time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
	for _, id := range []string{"m1", "m2", "m9"} {
		a, err := r.store.Start(ctx, r.people[0].ID, id)
		must(r.t, err)
		m, err := policy.FindModule(id)
		must(r.t, err)
		answers := policy.RightAnswers(m.Quiz(a.Seed))
		if id == "m9" {
			answers = nil
		}
		_, err = r.store.Grade(ctx, r.people[0].ID, id, answers, dana)
		must(r.t, err)
	}
	for _, v := range []policy.Vendor{{Name: "Bright Replies, Inc.", Service: "Answers reviews on our behalf", Sees: "reviews, names", Patients: true, Agreement: policy.AgreementSigned, SignedOn: "2026-01-05", ExpiresOn: "2027-01-04"},
		{Name: "PostPilot", Service: "Schedules posts", Agreement: policy.AgreementNotNeeded}, {Name: "Sage Assistant", Service: "Chat assistant", Patients: true, Assistant: true}} {
		_, err := r.store.SaveVendor(ctx, v, dana)
		must(r.t, err)
	}
	i, err := r.store.SaveIncident(ctx, policy.Incident{Title: "A reply named the day of a visit", Place: "Google", What: "The reply was up for forty minutes before it was noticed."}, dana)
	must(r.t, err)
	_, err = r.store.TickStep(ctx, i.ID, "keep", true, dana)
	must(r.t, err)
}

// texts are all words in sight.
func (r *room) texts() string {
	var b strings.Builder
	for _, o := range kittest.Objects(r.window.Content()) {
		switch o := o.(type) {
		case *kit.Label:
			b.WriteString(o.Text() + "\n")
		case *kit.Paragraph:
			b.WriteString(o.Text() + "\n")
		case *widget.Check:
			b.WriteString(o.Text + "\n")
		case interface{ AccessibilityLabel() string }:
			b.WriteString(o.AccessibilityLabel() + "\n")
		}
	}
	return b.String()
}

func (r *room) sees(words ...string) {
	r.t.Helper()
	all := r.texts()
	for _, w := range words {
		if !strings.Contains(all, w) {
			r.t.Errorf("the screen does not show %q; it shows:\n%s", w, all)
		}
	}
}

func (r *room) run(title string) {
	r.t.Helper()
	for _, c := range r.Commands() {
		if c.Title == title {
			if !c.CanRun() {
				r.t.Fatalf("the command %q cannot run now", title)
			}
			c.Run()
			return
		}
	}
	r.t.Fatalf("there is no command %q", title)
}

var tabs = []string{"Checklist", "Document", "Training", "Signatures", "Vendors", "Incidents", "Rules", "Myths", "Doors", "Proof"}

func TestEveryTabWithoutData(t *testing.T) {
	r := open(t)
	r.Shown()
	for _, tab := range tabs {
		r.Receive(tab)
		if tab != "Training" { // all of it is to do
			r.sees(tab + ", chosen")
		}
	}
	r.Receive("Document")
	r.sees("There is no policy yet")
	r.Receive("Signatures")
	r.sees("Nothing to sign yet")
	r.Receive("Vendors")
	r.sees("No vendors yet")
	r.Receive("Incidents")
	r.sees("No slip was reported so far", "What the law allows as a penalty")
}

func TestEveryTabWithData(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	for _, tab := range tabs {
		r.Receive(tab)
		r.sees(map[string]string{"Checklist": "Checklist  15, chosen", "Document": "Version 1, in force since 2 June 2026", "Training": "Take the quiz",
			"Signatures": "2 of 4 have signed version 1", "Vendors": "Vendors  1, chosen", "Incidents": "A reply named the day of a visit",
			"Doors": "The doors are open", "Crisis plan": "8 duties are without a name", "Rules": "Rules, chosen", "Myths": "Myths, chosen"}[tab])
	}
	r.Receive("Incidents/case/elite-dental-2019")
	r.sees("Elite Dental Associates", "USD 10,000", "2 October 2019")
	r.Receive("Myths/d1")
	r.sees("Fluoridated tap water is poison.", "Agencies and medical societies differ here")
}
