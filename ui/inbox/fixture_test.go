package inbox

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
	"github.com/zalando/go-keyring"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/secret"
	"goodword/internal/vault"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/collect"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var ctx = context.Background()

var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

// room is the inbox in a window, on a real database.
type room struct {
	*Screen
	t         testing.TB
	host      *kittest.Host
	store     *reviews.Store
	db        *database.DB
	practices *practice.Store
	vault     *vault.Vault
	collect   *collect.Collector
	window    fyne.Window
	at        time.Time
	manager   audit.Actor
	author    audit.Actor
}

func newRoom(t testing.TB, width, height float32) *room {
	t.Helper()
	kittest.App(t)
	r := &room{t: t, host: &kittest.Host{}, at: monday}
	now := clock.Clock(func() time.Time { return r.at })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	r.must(err)
	t.Cleanup(func() { _ = db.Close() })
	r.db, r.practices = db, practice.NewStore(db, now)
	r.store = reviews.NewStore(db, now, r.practices, guard.Default())
	keyring.MockInit()
	r.vault = vault.New(db, now, secret.New(filepath.Join(t.TempDir(), "secrets")))
	r.store.KeepNotes(r.vault)
	r.collect = collect.New(collect.Deps{Store: r.store, Judge: classify.Default(), Practices: r.practices, Now: now})
	r.must(r.practices.Save(ctx, practice.Practice{Name: "Harbor Dental", Phone: "512-555-0140", Email: "care@harbordental.example", TimeZone: "UTC",
		ContactName: "Dana Whitlock", ContactRole: "office manager", Facts: map[string]string{"hours": "Monday to Friday, 8 to 5"}}, audit.Program))
	_, err = r.practices.SavePlace(ctx, practice.Place{Name: "Harbor North", Address: "12 Quay Street", Phone: "512-555-0141"}, audit.Program)
	r.must(err)
	r.manager = r.person("Dana Whitlock", "office manager", practice.Manager)
	r.author = r.person("Ivo Marsh", "front desk", practice.Author)
	r.store.TrustTemplates(func(_ context.Context, id, text string, m reviews.Mention) bool {
		p, err := r.practices.Get(ctx)
		return err == nil && respond.Default().Knows(id, text, p, nil)
	})
	r.Screen = New(r.host, kit.Inline{}, Deps{Mentions: r.store, Life: r.store, Replies: r.store, Adder: r.collect, Practices: r.practices,
		Templates: respond.Default(), Drafts: drafts{r}, Judge: classify.Default(), Gate: guard.Default(), Now: now, Notes: r.store, Vault: r.vault})
	r.as(r.manager)
	r.window = kittest.Window(t, r.Content(), width, height)
	r.host.Win = r.window
	return r
}

// drafts words answers as the house does, with the templates that ship.
type drafts struct{ r *room }

func (d drafts) ground(ctx context.Context) (respond.Ground, error) {
	p, err := d.r.practices.Get(ctx)
	if err != nil {
		return respond.Ground{}, err
	}
	recent, err := d.r.store.Recent(ctx, 30)
	return respond.Ground{Practice: p, Recent: recent}, err
}

func (d drafts) Draft(ctx context.Context, m reviews.Mention) (respond.Draft, error) {
	g, err := d.ground(ctx)
	return respond.Default().Draft(m, g), err
}

func (d drafts) Lines(ctx context.Context, m reviews.Mention) ([]respond.Line, error) {
	g, err := d.ground(ctx)
	return respond.Default().Lines("en", g), err
}

func (r *room) as(who audit.Actor) { r.host.PersonID, r.host.Person = who.ID, who.Name }

func (r *room) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

func (r *room) person(name, job string, role practice.Role) audit.Actor {
	r.t.Helper()
	id, err := r.practices.SavePerson(ctx, practice.Person{Name: name, Role: role, Job: job}, audit.Program)
	r.must(err)
	return audit.Actor{ID: id, Name: name}
}

func (r *room) source(name string) reviews.Source {
	r.t.Helper()
	s, err := r.store.AddSource(ctx, reviews.Source{Name: name, Address: "https://" + name + ".example/feed", Site: name, All: true}, audit.Program)
	r.must(err)
	return s
}

// say lets somebody say something on a site and returns the mention.
func (r *room) say(source reviews.Source, author string, stars int, ago time.Duration, text string) int64 {
	r.t.Helper()
	f := reviews.Found{Key: fmt.Sprint(author, ago), URL: "https://" + source.Site + ".example/review/" + fmt.Sprint(int(ago.Minutes())), Author: author, Stars: stars,
		Posted: r.at.Add(-ago), Text: text, Understood: r.collect.Understand("", text, stars)}
	_, err := r.store.RecordVisit(ctx, reviews.Visit{SourceID: source.ID, At: r.at, Status: 200}, []reviews.Found{f})
	r.must(err)
	q, err := reviews.ParseQuery(`author:"`+author+`"`, r.at, time.UTC)
	r.must(err)
	ids, err := r.store.IDs(ctx, q)
	r.must(err)
	return ids[0]
}

func (r *room) find(id int64) reviews.Mention {
	r.t.Helper()
	m, err := r.store.Find(ctx, id)
	r.must(err)
	return m
}

// press runs the command with a key, as the shell does.
func (r *room) press(key string) {
	r.t.Helper()
	for _, c := range r.Commands() {
		if c.Key == key && c.CanRun() {
			c.Run()
			return
		}
	}
	r.t.Fatalf("no command for the key %s can run now", key)
}

// typeReply writes a reply, its last letters by the keyboard.
func (r *room) typeReply(text string) {
	r.reply.editor.Entry.SetText(text[:len(text)-4])
	r.reply.editor.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyPageDown})
	r.reply.editor.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	test.Type(r.reply.editor.Entry, text[len(text)-4:])
}

func (r *room) noFailures() {
	r.t.Helper()
	if len(r.host.Failures) > 0 {
		r.t.Fatalf("failures: %v", r.host.Failures)
	}
}

// each visits an object and all within it.
func each(o fyne.CanvasObject, do func(fyne.CanvasObject)) {
	do(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			each(child, do)
		}
	case *widget.SelectEntry, *kit.Entry, *widget.Select, *widget.Button:
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			each(child, do)
		}
	}
}

func tapButton(t *testing.T, in fyne.CanvasObject, title string) {
	t.Helper()
	var found *widget.Button
	var titles []string
	each(in, func(o fyne.CanvasObject) {
		if b, ok := o.(*widget.Button); ok {
			titles = append(titles, b.Text)
			if b.Text == title {
				found = b
			}
		}
	})
	if found == nil || found.Disabled() {
		t.Fatalf("there is no button %q to press among %q", title, titles)
	}
	test.Tap(found)
}

// typeInto types into the first field of a dialog.
func typeInto(t *testing.T, in fyne.CanvasObject, text string) {
	t.Helper()
	var field *kit.Entry
	each(in, func(o fyne.CanvasObject) {
		if e, ok := o.(*kit.Entry); ok && field == nil {
			field = e
		}
	})
	if field == nil {
		t.Fatal("there is nothing to type into")
	}
	field.SetText("")
	test.Type(field, text)
}

func choose(t *testing.T, in fyne.CanvasObject, index int) {
	t.Helper()
	var field *widget.Select
	each(in, func(o fyne.CanvasObject) {
		if s, ok := o.(*widget.Select); ok && field == nil {
			field = s
		}
	})
	if field == nil {
		t.Fatal("there is nothing to choose from")
	}
	field.SetSelectedIndex(index)
}
