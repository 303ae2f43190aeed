package publish

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/internal/secret"
	"goodword/policy/guard"
)

// desk is a practice that publishes, on a real database, with a clock that the test moves.
type desk struct {
	t         *testing.T
	store     *advocacy.Store
	publisher *Publisher
	fetch     *fetch.Client
	now       time.Time
	offline   bool

	owner, hr, mara practice.Person
}

var quick = fetch.Limits{Connect: time.Second, Header: 300 * time.Millisecond, Stall: 300 * time.Millisecond, Total: time.Second}

func newDesk(t *testing.T, limits fetch.Limits) *desk {
	t.Helper()
	d := &desk{t: t, now: time.Now().UTC().Truncate(time.Second)} // real servers have the real time
	folder := t.TempDir()
	now := clock.Clock(func() time.Time { return d.now })
	db, err := database.Open(t.Context(), filepath.Join(folder, "goodword.db"), now)
	d.must(err)
	t.Cleanup(func() { _ = db.Close() })
	people := practice.NewStore(db, now)
	d.must(people.Save(t.Context(), practice.Practice{Name: "Lakeside Family Dental", Phone: "218-555-0140", TimeZone: "America/Chicago", Country: "US", Disciplines: []string{"dental"}}, audit.Program))
	add := func(p practice.Person) practice.Person {
		p.ID, err = people.SavePerson(t.Context(), p, audit.Program)
		d.must(err)
		return p
	}
	d.owner = add(practice.Person{Name: "Dr. Ada Brandt", Role: practice.Owner, Job: "dentist"})
	d.hr = add(practice.Person{Name: "Ines Calloway", Role: practice.HR, Job: "office coordinator"})
	d.mara = add(practice.Person{Name: "Mara Lindqvist", Role: practice.Staff, Job: "dental hygienist", Credentials: "RDH"})
	d.store = advocacy.NewStore(db, now, people, guard.Default())
	d.fetch = fetch.NewWithin(limits, db, now, func(context.Context) bool { return d.offline })
	t.Cleanup(func() { _ = d.fetch.Flush(context.Background()) })
	d.publisher = New(d.store, d.fetch, secret.New(filepath.Join(folder, "secrets")), now)
	return d
}

func (d *desk) must(err error) {
	d.t.Helper()
	if err != nil {
		d.t.Fatal(err)
	}
}

// words are what is posted, with a link, a hashtag and signs of several bytes.
const words = "Meet Mara Lindqvist, our dental hygienist since 2019 🦷. She keeps smiles bright: https://lakeside.example/team #MeetTheTeam\n\nShared with Mara's permission."

// from begins with nothing and ends with a spotlight that is scheduled for tomorrow on the networks.
func (d *desk) from(networks ...string) advocacy.Spotlight {
	d.t.Helper()
	ctx, hr := d.t.Context(), d.hr.Actor()
	v, err := d.store.Nominate(ctx, advocacy.Spotlight{PersonID: d.mara.ID, Occasion: "meet the team", Reason: "Always helps"}, hr)
	d.must(err)
	d.must(d.store.Move(ctx, v.ID, advocacy.ConsentAsked, hr))
	_, err = d.store.Record(ctx, advocacy.Consent{PersonID: d.mara.ID, Uses: advocacy.ConsentUses()}, hr)
	d.must(err)
	d.must(d.store.Move(ctx, v.ID, advocacy.StoryStage, hr))
	var answers []advocacy.Answer
	for _, q := range advocacy.Questions(v.Occasion) {
		answers = append(answers, advocacy.Answer{Question: q.ID, Text: "a calm hand and a good ear"})
	}
	d.must(d.store.SaveStory(ctx, v.ID, answers, hr))
	d.must(d.store.Move(ctx, v.ID, advocacy.DraftStage, hr))
	_, err = d.store.SavePicture(ctx, v.ID, bytes.NewReader(photo()), "Mara smiles in front of a “plain” wall", hr)
	d.must(err)
	checks, _ := advocacy.PictureChecks()
	var signed []string
	for _, c := range checks {
		signed = append(signed, c.ID)
	}
	d.must(d.store.CheckPicture(ctx, v.ID, signed, hr))
	for _, n := range networks {
		_, _, err = d.store.SaveVariant(ctx, v.ID, advocacy.Variant{Network: n, Text: words, Disclosure: true}, hr)
		d.must(err)
	}
	d.must(d.store.Move(ctx, v.ID, advocacy.ReviewStage, hr))
	d.must(d.store.Schedule(ctx, v.ID, d.now.Add(24*time.Hour), hr))
	d.must(d.store.Move(ctx, v.ID, advocacy.Scheduled, d.owner.Actor()))
	v, err = d.store.Find(ctx, v.ID)
	d.must(err)
	return v
}

func photo() []byte {
	picture := image.NewRGBA(image.Rect(0, 0, 400, 300))
	for y := range 300 {
		for x := range 400 {
			picture.Set(x, y, color.RGBA{uint8(x / 4), uint8(y / 3), uint8(x * y), 255})
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func (d *desk) connect(network, server, handle, password string) advocacy.Account {
	d.t.Helper()
	a, err := d.publisher.Connect(d.t.Context(), advocacy.Account{Network: network, Server: server, Handle: handle, Inside: true}, password, d.hr.Actor())
	d.must(err)
	return a
}

func (d *desk) press(v advocacy.Spotlight, network string) (Outcome, error) {
	return d.publisher.Post(d.t.Context(), v.ID, network, time.Time{}, d.hr.Actor())
}

func (d *desk) spotlight(id int64) advocacy.Spotlight {
	d.t.Helper()
	v, err := d.store.Find(d.t.Context(), id)
	d.must(err)
	return v
}

func (d *desk) last(v advocacy.Spotlight) advocacy.Post {
	d.t.Helper()
	posts, err := d.store.Posts(d.t.Context(), v.ID)
	d.must(err)
	if len(posts) == 0 {
		d.t.Fatal("no post is on record")
	}
	return posts[0]
}

// withdraw takes the consents back and returns what must come down.
func (d *desk) withdraw(v advocacy.Spotlight) []advocacy.TakeDown {
	d.t.Helper()
	step, err := d.store.Step(d.t.Context(), v.ID, d.hr.Actor())
	d.must(err)
	for _, c := range step.Consents {
		if !c.Withdrawn.IsZero() {
			continue
		}
		_, err := d.store.Withdraw(d.t.Context(), c.ID, d.hr.Actor())
		d.must(err)
	}
	downs, err := d.store.TakeDowns(d.t.Context())
	d.must(err)
	return downs
}

// fakes are the networks that are invented here; where tests are to be short, one stands for all.
func fakes() []string {
	if testing.Short() {
		return []string{"mastodon"}
	}
	return []string{"bluesky", "mastodon", "website"}
}

// on is a desk that is connected to an invented network.
func on(t *testing.T, network string) (*desk, *fake) {
	t.Helper()
	return onWithin(t, quick, network)
}

// onWithin is on with the patience that a server needs that does work of its own before it answers.
func onWithin(t *testing.T, limits fetch.Limits, network string) (*desk, *fake) {
	t.Helper()
	d := newDesk(t, limits)
	f := newFake(network)
	server := httptest.NewServer(f)
	t.Cleanup(func() { f.release(); server.CloseClientConnections(); server.Close() })
	f.site = server.URL
	handle := map[string]string{"bluesky": "practice.test", "website": "editor"}[network]
	d.connect(network, server.URL, handle, "open sesame")
	return d, f
}

func has(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("%q lacks %q", text, p)
		}
	}
}
