package spotlights_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/spotlights"
)

// room is the screen on a real database, as the shell would run it.
type room struct {
	t      testing.TB
	db     *database.DB
	store  *advocacy.Store
	host   *kittest.Host
	screen *spotlights.Screen
	window fyne.Window
	now    time.Time
	people *practice.Store
	posts  *poster

	owner, hr, mara practice.Person
}

func newRoom(t testing.TB) *room {
	t.Helper()
	r := &room{t: t, now: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC), host: &kittest.Host{}}
	folder := t.TempDir()
	now := func() time.Time { return r.now }
	db, err := database.Open(t.Context(), filepath.Join(folder, "goodword.db"), now)
	r.must(err)
	t.Cleanup(func() { _ = db.Close() })
	people := practice.NewStore(db, now)
	r.must(people.Save(t.Context(), practice.Practice{Name: "Lakeside Family Dental", Phone: "218-555-0140", TimeZone: "America/Chicago",
		Website: "https://lakeside.example", Country: "US", Disciplines: []string{"dental"}}, audit.Program))
	add := func(p practice.Person) practice.Person {
		var err error
		p.ID, err = people.SavePerson(t.Context(), p, audit.Program)
		r.must(err)
		return p
	}
	r.owner = add(practice.Person{Name: "Dr. Ada Brandt", Role: practice.Owner, Job: "dentist"})
	r.hr = add(practice.Person{Name: "Ines Calloway", Role: practice.HR, Job: "office coordinator"})
	r.mara = add(practice.Person{Name: "Mara Lindqvist", Role: practice.Staff, Job: "dental hygienist", HiredOn: "2019-03-01"})
	for _, name := range []string{"Otto Frane", "Priya Venkataraghavan-Montgomery", "Sam Dube"} {
		add(practice.Person{Name: name, Role: practice.Staff, Job: "dental assistant", HiredOn: "2022-05-02"})
	}
	r.store = advocacy.NewStore(db, now, people, guard.Default())
	kittest.App(t)
	r.db, r.people, r.posts = db, people, &poster{store: r.store}
	r.screen = spotlights.New(r.host, kit.Inline{}, spotlights.Deps{Store: r.store, Practices: people, Publisher: r.posts, Now: now})
	r.be(r.hr)
	return r
}

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) be(p practice.Person) { r.host.PersonID, r.host.Person = p.ID, p.Name }

func (r *room) show() {
	r.window = kittest.Window(r.t, r.screen.Content(), 1072, 744)
	r.host.Win = r.window
	r.screen.Shown()
}

// run presses a command of the screen.
func (r *room) run(title string) {
	r.t.Helper()
	for _, c := range r.screen.Commands() {
		if c.Title == title {
			if !c.CanRun() {
				r.t.Fatalf("the command %q cannot be run now", title)
			}
			c.Run()
			return
		}
	}
	r.t.Fatalf("there is no command %q", title)
}

func (r *room) spotlight(id int64) advocacy.Spotlight {
	r.t.Helper()
	v, err := r.store.Find(r.t.Context(), id)
	r.must(err)
	return v
}

func (r *room) photo() *bytes.Reader {
	p := image.NewRGBA(image.Rect(0, 0, 640, 420))
	for y := range 420 {
		for x := range 640 {
			p.Set(x, y, color.RGBA{uint8(120 + x/8), uint8(150 + y/6), 190, 255})
		}
	}
	var out bytes.Buffer
	r.must(jpeg.Encode(&out, p, nil))
	return bytes.NewReader(out.Bytes())
}

// fill brings spotlights to every stage through the store.
func (r *room) fill() {
	ctx := r.t.Context()
	people := []int64{3, 4, 5, 6, 3, 4, 5, 2}
	occasions := advocacy.Occasions()
	for i, stage := range advocacy.Stages() {
		if stage == advocacy.Archived {
			continue
		}
		v, err := r.store.Nominate(ctx, advocacy.Spotlight{PersonID: people[i], Occasion: occasions[i%len(occasions)].ID, Reason: "Stays calm on the busiest mornings."}, r.hr.Actor())
		r.must(err)
		r.advance(ctx, v, stage)
	}
}

func (r *room) advance(ctx context.Context, v advocacy.Spotlight, to advocacy.Stage) {
	r.t.Helper()
	hr := r.hr.Actor()
	for _, stage := range advocacy.Stages()[1:] {
		if v.Stage == to {
			return
		}
		switch stage {
		case advocacy.StoryStage:
			_, err := r.store.Record(ctx, advocacy.Consent{PersonID: v.PersonID, Uses: advocacy.ConsentUses(), Until: "2027-11-30", Form: "signed release, HR folder"}, hr)
			r.must(err)
		case advocacy.DraftStage:
			var answers []advocacy.Answer
			for _, q := range advocacy.Questions(v.Occasion) {
				answers = append(answers, advocacy.Answer{Question: q.ID, Text: "Rye bread, sailing and a tidy supply room"})
			}
			r.must(r.store.SaveStory(ctx, v.ID, answers, hr))
		case advocacy.ReviewStage:
			r.write(ctx, v)
		case advocacy.Scheduled:
			r.must(r.store.Schedule(ctx, v.ID, r.now.Add(48*time.Hour), hr))
		case advocacy.Published:
			for _, text := range r.spotlight(v.ID).Variants {
				r.must(r.store.MarkPosted(ctx, v.ID, text.Network, "https://example.org/post/"+text.Network, hr))
			}
			return
		}
		r.must(r.store.Move(ctx, v.ID, stage, r.owner.Actor()))
		v.Stage = stage
	}
}

func (r *room) write(ctx context.Context, v advocacy.Spotlight) {
	step, err := r.store.Step(ctx, v.ID, r.hr.Actor())
	r.must(err)
	for _, text := range advocacy.WriteVariants(step.Spotlight, step.Person, step.Practice, r.now) {
		if text.Network == "facebook" || text.Network == "bluesky" || text.Network == "linkedin" {
			_, _, err := r.store.SaveVariant(ctx, v.ID, text, r.hr.Actor())
			r.must(err)
		}
	}
}
