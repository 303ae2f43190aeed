package today

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/insight"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var ctx = context.Background()

// wednesday is a Wednesday at ten, while the office is open.
var wednesday = time.Date(2026, 6, 17, 10, 0, 0, 0, time.UTC)

// room is the screen on a real database.
type room struct {
	*Screen
	host       *kittest.Host
	db         *database.DB
	practices  *practice.Store
	reviews    *reviews.Store
	spotlights *advocacy.Store
	policy     *policy.Store
	insight    *insight.Reader
	at         time.Time
	owner      audit.Actor
	author     audit.Actor
	n          int
}

func open(t testing.TB) *room {
	t.Helper()
	kittest.App(t)
	r := &room{host: &kittest.Host{}, at: wednesday}
	now := clock.Clock(func() time.Time { return r.at })
	var err error
	r.db, err = database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	must(t, err)
	t.Cleanup(func() { must(t, r.db.Close()) })
	r.practices = practice.NewStore(r.db, now)
	must(t, r.practices.Save(ctx, practice.Practice{Name: "Harbor Point Dental", Phone: "555-0142", TimeZone: "UTC"}, audit.Program))
	r.owner, r.author = r.person(t, "Dana Whitlock", practice.Owner), r.person(t, "Ivo Marsh", practice.Author)
	r.reviews = reviews.NewStore(r.db, now, r.practices, guard.Default())
	r.spotlights = advocacy.NewStore(r.db, now, r.practices, guard.Default())
	r.policy = policy.NewStore(r.db, now, r.practices)
	r.insight = insight.New(r.db, now)
	r.host.PersonID, r.host.Person = r.owner.ID, r.owner.Name
	r.Screen = New(r.host, kit.Inline{}, Deps{Reviews: r.reviews, Spotlights: r.spotlights, Policy: r.policy, Practices: r.practices,
		Figures: r.insight, Moves: r.insight, Now: now,
		Audit: func(ctx context.Context, limit int) ([]audit.Line, error) {
			return audit.List(ctx, r.db.Reader(), "", limit)
		}})
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (r *room) person(t testing.TB, name string, role practice.Role) audit.Actor {
	t.Helper()
	id, err := r.practices.SavePerson(ctx, practice.Person{Name: name, Role: role}, audit.Program)
	must(t, err)
	return audit.Actor{ID: id, Name: name}
}

// trained gives somebody all training, so that it is not on the list.
func (r *room) trained(t testing.TB, who audit.Actor) {
	t.Helper()
	for _, m := range policy.Modules() {
		a, err := r.policy.Start(ctx, who.ID, m.ID)
		must(t, err)
		_, err = r.policy.Grade(ctx, who.ID, m.ID, policy.RightAnswers(m.Quiz(a.Seed)), who)
		must(t, err)
	}
}

// said adds a mention that came in some time ago.
func (r *room) said(t testing.TB, ago time.Duration, stars int, urgency string, signals ...string) reviews.Mention {
	t.Helper()
	back := r.at
	r.at, r.n = back.Add(-ago), r.n+1
	defer func() { r.at = back }()
	f := reviews.Found{Key: fmt.Sprint(r.n), Author: "A. Writer", Site: "google", Stars: stars, Posted: r.at,
		Text: fmt.Sprintf("Mention number %[1]d with a%[1]d few%[1]d words%[1]d of%[1]d its%[1]d own%[1]d so%[1]d that%[1]d no%[1]d other%[1]d is alike.", r.n)}
	f.Language, f.Sentiment, f.Urgency, f.Signals = "en", []string{"not judged", "negative", "negative", "mixed", "positive", "positive"}[stars], urgency, signals
	m, err := r.reviews.Add(ctx, f, audit.Program)
	must(t, err)
	return m
}

func (r *room) titles() string {
	var out []string
	for _, l := range r.lines {
		out = append(out, l.title)
	}
	return strings.Join(out, "\n")
}

func TestWhatNeedsMeIsInOrderAndOneClickAway(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	late := r.said(t, 9*24*time.Hour, 2, "")
	soon := r.said(t, 2*time.Hour, 1, "")
	r.said(t, time.Hour, 5, "") // due in three days: not for today
	high := r.said(t, time.Hour, 1, "high", "adverse_event")
	critical := r.said(t, 30*time.Minute, 1, "critical", "self_harm")
	asked := r.said(t, 3*time.Hour, 5, "")
	_, _, err := r.reviews.SaveDraft(ctx, asked.ID, "Thank you for the kind words.", "", r.author)
	must(t, err)
	must(t, r.reviews.AskApproval(ctx, asked.ID, r.author))
	r.Shown()

	want := []struct {
		title string
		arg   any
	}{
		{"Critical: Suicide or self-harm", critical.ID},
		{"High: ", high.ID},
		{"Ivo Marsh asks for approval of a reply", asked.ID},
		{"A. Writer · 2 of 5 · Google", late.ID},
		{"A. Writer · 1 of 5 · Google", soon.ID},
	}
	if len(r.lines) != len(want) {
		t.Fatalf("got %d lines, want %d:\n%s", len(r.lines), len(want), r.titles())
	}
	for i, w := range want {
		if !strings.HasPrefix(r.lines[i].title, w.title) {
			t.Errorf("line %d: got %q, want %q", i, r.lines[i].title, w.title)
		}
		test.Tap(r.lines[i])
		if got := r.host.Went[len(r.host.Went)-1]; got.Screen != "inbox" || got.Arg != w.arg {
			t.Errorf("line %d opens %v, want mention %v", i, got, w.arg)
		}
	}
	if got := r.lines[3].when; !strings.HasSuffix(got, "days late") {
		t.Errorf("overdue: got %q", got)
	}
	if got := r.lines[4].when; got != "in 6 h" {
		t.Errorf("due today: got %q", got)
	}
}

func TestACriticalMentionIsForNowEvenWhileTheOfficeIsClosed(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	r.at = time.Date(2026, 6, 20, 22, 0, 0, 0, time.UTC) // a Saturday night
	r.said(t, 20*time.Minute, 1, "high", "adverse_event")
	r.said(t, 10*time.Minute, 1, "critical", "adverse_event", "self_harm")
	r.Shown()
	first, second := r.lines[0], r.lines[1]
	if first.title != "Critical: Suicide or self-harm" || first.when != "now" || first.tone != kit.ToneBad ||
		!strings.HasPrefix(first.detail, "First look within 15 minutes") {
		t.Errorf("got %q, %q, %q, tone %v", first.title, first.detail, first.when, first.tone)
	}
	if !strings.HasPrefix(second.title, "High: ") || !strings.HasPrefix(second.when, "in ") {
		t.Errorf("got %q, %q", second.title, second.when)
	}
}

func TestApprovalsAreForThoseWhoMayApproveOthers(t *testing.T) {
	r := open(t)
	m := r.said(t, time.Hour, 5, "")
	_, _, err := r.reviews.SaveDraft(ctx, m.ID, "Thank you for the kind words.", "", r.author)
	must(t, err)
	must(t, r.reviews.AskApproval(ctx, m.ID, r.author))
	r.trained(t, r.author)
	r.host.PersonID, r.host.Person = r.author.ID, r.author.Name
	r.Shown()
	if strings.Contains(r.titles(), "approval") {
		t.Errorf("the author is asked to approve:\n%s", r.titles())
	}
	must(t, r.reviews.SendBack(ctx, m.ID, "Please shorter.", r.owner))
	r.Shown()
	if len(r.lines) != 1 || r.lines[0].title != "A reply came back with a note" || r.lines[0].detail != "Please shorter." {
		t.Errorf("got:\n%s", r.titles())
	}
}

func TestManyOfOneKindBecomeOneLine(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	for i := range 9 {
		r.said(t, time.Duration(9+i)*24*time.Hour, 1, "")
	}
	r.Shown()
	last := r.lines[len(r.lines)-1]
	if len(r.lines) != few+1 || last.title != "6 more overdue" || last.arg != "is:overdue" {
		t.Errorf("got:\n%s", r.titles())
	}
	if !strings.HasPrefix(r.lines[0].detail, "Mention number 9 ") {
		t.Errorf("the longest late comes first: got %q", r.lines[0].detail)
	}
}

func TestFailingSourceTakesThePersonToIt(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	s, err := r.reviews.AddSource(ctx, reviews.Source{Kind: "feed", Name: "Local news", Address: "https://news.example/feed", Every: 60}, r.owner)
	must(t, err)
	for i := range 3 {
		_, err := r.reviews.RecordVisit(ctx, reviews.Visit{SourceID: s.ID, At: r.at.Add(time.Duration(i-3) * time.Hour), Problem: "The server answered 500."}, nil)
		must(t, err)
	}
	r.Shown()
	if len(r.lines) != 1 || r.lines[0].title != "Cannot be read: Local news" || !strings.Contains(r.lines[0].detail, "The server answered 500.") {
		t.Fatalf("got:\n%s", r.titles())
	}
	test.Tap(r.lines[0])
	if got := r.host.Went[0]; got.Screen != "sources" || got.Arg != s.ID {
		t.Errorf("opens %v", got)
	}
}

// A colleague who may publish alone asks only because the policy says so, and the line tells it.
func TestAnApprovalThatThePolicyWantsSaysSo(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	manager := practice.Person{Name: "Dana Ferris", Role: practice.Manager}
	var err error
	manager.ID, err = r.practices.SavePerson(ctx, manager, audit.Program)
	must(t, err)
	for _, by := range []audit.Actor{r.author, manager.Actor()} {
		m := r.said(t, 3*time.Hour, 5, "")
		_, _, err = r.reviews.SaveDraft(ctx, m.ID, "Thank you for the kind words.", "", by)
		must(t, err)
		must(t, r.reviews.AskApproval(ctx, m.ID, by))
	}
	said := func(who string) string {
		t.Helper()
		r.Shown()
		i := slices.IndexFunc(r.lines, func(l *line) bool { return l.title == who+" asks for approval of a reply" })
		if i < 0 {
			t.Fatalf("%s asks for nothing:\n%s", who, r.titles())
		}
		return r.lines[i].detail
	}
	if got := said("Dana Ferris"); strings.Contains(got, "policy") {
		t.Errorf("no policy is in force, and the line says %q", got)
	}
	v, _, err := r.policy.BuildDraft(ctx, policy.Situation{"reader": {"second"}}, r.owner)
	must(t, err)
	_, err = r.policy.PutInForce(ctx, v.ID, r.at.Format(practice.Day), r.owner)
	must(t, err)
	if got := said("Dana Ferris"); !strings.HasPrefix(got, "Version 1 of the policy wants a second reader · Thank you") {
		t.Errorf("the line of a manager says %q", got)
	}
	if got := said("Ivo Marsh"); strings.Contains(got, "policy") { // an author needs approval anyway
		t.Errorf("the line of an author says %q", got)
	}
}

func TestPolicyDuties(t *testing.T) {
	r := open(t)
	r.said(t, 30*24*time.Hour, 5, "")
	must(t, r.reviews.Close(ctx, 1, "Too old to answer", r.owner))
	v, err := r.policy.DraftVersion(ctx, "# Policy\n\nBe kind.", "First version", true, r.owner)
	must(t, err)
	_, err = r.policy.PutInForce(ctx, v.ID, "2026-06-01", r.owner)
	must(t, err)
	item := policy.List()[0].Items[0]
	must(t, r.policy.Answer(ctx, item.ID, policy.Answered{Answer: policy.No, OwnerID: r.owner.ID, Due: "2026-06-10"}, r.owner))
	r.Shown()
	titles := r.titles()
	for _, want := range []string{"Read and sign the policy", "lessons to take", item.Text, "1 colleague has not signed the policy"} {
		if !strings.Contains(titles, want) {
			t.Errorf("%q is missing:\n%s", want, titles)
		}
	}
	i := slices.IndexFunc(r.lines, func(l *line) bool { return l.title == item.Text })
	test.Tap(r.lines[i])
	if got := r.host.Went[0]; got.Screen != "policy" || got.Arg != "checklist/"+item.ID || r.lines[i].when != "since 10 June" {
		t.Errorf("opens %v, %s", got, r.lines[i].when)
	}
	r.trained(t, r.owner)
	_, err = r.policy.Sign(ctx, r.owner.ID, v.ID, policy.OnScreen, r.owner)
	must(t, err)
	r.Shown()
	if titles := r.titles(); strings.Contains(titles, "Read and sign") || strings.Contains(titles, "lesson") {
		t.Errorf("done duties are still there:\n%s", titles)
	}
}

func TestClocksAndAgreements(t *testing.T) {
	r := open(t)
	r.said(t, 30*24*time.Hour, 5, "")
	incident, err := r.policy.SaveIncident(ctx, policy.Incident{Title: "A reply named a treatment"}, r.owner)
	must(t, err)
	_, err = r.policy.SaveIncident(ctx, policy.Incident{Title: "Rehearsal", Drill: "treatment"}, r.owner)
	must(t, err)
	_, err = r.policy.SaveVendor(ctx, policy.Vendor{Name: "Bright Replies", Patients: true}, r.owner)
	must(t, err)
	r.Shown()
	titles := r.titles()
	if !strings.Contains(titles, incident.Title) || !strings.Contains(titles, "Bright Replies") || strings.Contains(titles, "Rehearsal") {
		t.Fatalf("got\n%s", titles)
	}
	test.Tap(r.lines[slices.IndexFunc(r.lines, func(l *line) bool { return l.title == incident.Title })])
	if got := r.host.Went[0]; got.Screen != "policy" || got.Arg != fmt.Sprintf("Incidents/%d", incident.ID) {
		t.Errorf("opens %v", got)
	}
	r.host.PersonID, r.host.Person = r.author.ID, r.author.Name
	r.Shown()
	if titles := r.titles(); strings.Contains(titles, incident.Title) || strings.Contains(titles, "Bright Replies") {
		t.Errorf("an author sees the registers:\n%s", titles)
	}
}

func TestSpotlightLines(t *testing.T) {
	now := wednesday
	f := facts{now: now, me: practice.Person{ID: 1, Role: practice.Manager}, counts: reviews.Counts{Mentions: 1},
		practice:  practice.Practice{TimeZone: "UTC"},
		people:    []practice.Person{{ID: 5, Name: "Lena Ortiz"}},
		missed:    []advocacy.Spotlight{{ID: 1, Title: "Ten years of Lena", Schedule: now.Add(-26 * time.Hour)}},
		scheduled: []advocacy.Spotlight{{ID: 2, PersonID: 5, Schedule: now.Add(3 * time.Hour)}},
		inReview: []advocacy.Spotlight{
			{ID: 3, Title: "By me", Variants: []advocacy.Variant{{Author: 1}}},
			{ID: 4, Title: "By another", Variants: []advocacy.Variant{{Author: 2}}, Changed: now.Add(-time.Hour)}},
		takeDowns: []advocacy.TakeDown{{SpotlightID: 9, Title: "Meet Bo", Network: "facebook", Opened: now.Add(-72 * time.Hour)},
			{SpotlightID: 9, Title: "Meet Bo", Network: "linkedin", Opened: now.Add(-72 * time.Hour), Perhaps: true}},
	}
	var got []string
	for _, i := range agenda(f) {
		got = append(got, fmt.Sprintf("%s | %s | %v", i.title, i.when, i.arg))
	}
	want := []string{"Take down from Facebook: Meet Bo | since 3 days | 9", "Perhaps posted on LinkedIn, look there: Meet Bo | since 3 days | 9", "Not posted yet: Ten years of Lena | since 26 h | 1",
		"To post today: Lena Ortiz | 13:00 | 2", "Spotlight to review: By another | since 1 h | 4"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestKeysWalkTheLines(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	for i := range 3 {
		r.said(t, time.Duration(9+i)*24*time.Hour, 1, "")
	}
	r.Shown()
	r.first()
	focused := func() fyne.Focusable { return r.host.Focused[len(r.host.Focused)-1] }
	if focused() != fyne.Focusable(r.lines[0]) {
		t.Fatal("J starts at the first line")
	}
	r.lines[0].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	r.lines[1].TypedRune('j')
	if focused() != fyne.Focusable(r.lines[2]) {
		t.Error("down and J go to the third line")
	}
	before := len(r.host.Focused)
	r.lines[2].TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	if len(r.host.Focused) != before {
		t.Error("past the last line the keyboard stays")
	}
	r.lines[2].TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(r.host.Went) != 1 || r.host.Went[0].Arg != r.lines[2].arg {
		t.Errorf("Return opens the line: %v", r.host.Went)
	}
}

func TestCalmAndFirstStart(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	r.Shown()
	if len(r.lines) != 1 || r.lines[0].screen != "sources" {
		t.Errorf("an empty program says where to start:\n%s", r.titles())
	}
	m := r.said(t, time.Hour, 5, "")
	must(t, r.reviews.Close(ctx, m.ID, "Praise that needs no answer", r.owner))
	r.Shown()
	if len(r.lines) != 0 {
		t.Errorf("nothing is due:\n%s", r.titles())
	}
}

type broken struct{ Spotlights }

func (broken) Missed(context.Context) ([]advocacy.Spotlight, error) {
	return nil, errors.New("the disk is gone")
}

func TestErrorCanBeTriedAgain(t *testing.T) {
	r := open(t)
	good := r.deps.Spotlights
	r.deps.Spotlights = broken{good}
	r.Shown()
	holder := test.WidgetRenderer(r.states).Objects()[0].(*fyne.Container)
	if holder.Objects[0] == r.body {
		t.Error("an error shows no list")
	}
	r.deps.Spotlights = good
	r.load()
	if holder.Objects[0] != r.body {
		t.Error("trying again shows the list")
	}
}

func TestAwayIsSinceTheOfficeClosed(t *testing.T) {
	p := practice.Practice{TimeZone: "UTC", Hours: practice.DefaultHours()}
	p.Hours.Closed = []string{"2026-06-16"}
	for now, want := range map[string]string{
		"2026-06-18 09:00": "2026-06-17 17:00",
		"2026-06-17 09:00": "2026-06-15 17:00", // the day before was closed
		"2026-06-22 09:00": "2026-06-19 17:00", // over the weekend
	} {
		at, err := time.Parse("2006-01-02 15:04", now)
		must(t, err)
		if got := away(at, p).Format("2006-01-02 15:04"); got != want {
			t.Errorf("at %s: got %s, want %s", now, got, want)
		}
	}
}

func TestNightInWords(t *testing.T) {
	n := night{since: wednesday}
	if got := n.sentence(); got != "No source was visited." {
		t.Errorf("got %q", got)
	}
	n.count([]reviews.Visit{{At: wednesday.Add(2 * time.Hour), Outcome: reviews.Outcome{New: 2}}, {At: wednesday.Add(time.Hour), Problem: "down"}, {At: wednesday.Add(-time.Hour), Outcome: reviews.Outcome{New: 9}}})
	n.count([]reviews.Visit{{At: wednesday.Add(2 * time.Hour), Problem: "down", Outcome: reviews.Outcome{Edited: 1}}})
	if got, want := n.sentence(), "Visited 2 sources, 3 times in all: 2 new mentions, 1 changed on the site. 1 source could not be reached."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStepsLeaveNoiseOut(t *testing.T) {
	at := wednesday
	got := steps([]audit.Line{
		{At: at, Did: "closed without a public reply: Spam", Subject: "mention/4", Who: audit.Actor{Name: "Dana"}},
		{At: at, Did: "read", Subject: "mention/5"},
		{At: at, Did: "changed a setting", Subject: "setting/offline"},
		{At: at, Did: "posted on facebook", Subject: "spotlight/2"},
		{At: at.Add(-48 * time.Hour), Did: "answered", Subject: "mention/1"},
	}, at.Add(-time.Hour))
	if len(got) != 2 || got[0].screen != "inbox" || got[0].arg != int64(4) || got[1].screen != "spotlights" {
		t.Errorf("got %+v", got)
	}
}

func TestGreeting(t *testing.T) {
	for _, c := range []struct {
		hour       int
		name, want string
	}{{8, "Dana Whitlock", "Good morning, Dana"}, {13, "Dr. Amara Osei", "Good afternoon, Dr. Osei"}, {19, "", "Good evening"}, {2, "Bo", "Good evening, Bo"}} {
		if got := greeting(c.hour, c.name); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestWhatAPersonCheckedIsNoVisit(t *testing.T) {
	r := open(t)
	s, err := r.reviews.AddSource(ctx, reviews.Source{Kind: reviews.KindSweep, Name: "Vitals", Address: "https://vitals.example/us", Site: "vitals"}, r.owner)
	must(t, err)
	_, err = r.reviews.Checked(ctx, s.ID, []reviews.Found{{Key: "1", Text: "Kind staff.", Stars: 5}}, r.owner)
	must(t, err)
	d, err := r.deps.gather(ctx, 0)
	must(t, err)
	if got, want := d.night.sentence(), "No source was visited."; got != want {
		t.Errorf("after a check by hand: got %q, want %q", got, want)
	}
}
