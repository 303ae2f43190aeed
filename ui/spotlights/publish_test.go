package spotlights_test

import (
	"context"
	"errors"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/advocacy/publish"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// poster takes what the rules let out and posts it nowhere, or fails as it is told.
type poster struct {
	store   *advocacy.Store
	fails   error
	sent    []advocacy.Post
	counted int
}

func (p *poster) Accounts(ctx context.Context) ([]advocacy.Account, error) {
	return p.store.Accounts(ctx)
}

func (p *poster) Post(ctx context.Context, spotlight int64, network string, appears time.Time, by audit.Actor) (publish.Outcome, error) {
	post, err := p.store.BeginPost(ctx, spotlight, network, appears, by)
	if err != nil {
		return publish.Outcome{}, err
	}
	if p.fails != nil {
		return publish.Outcome{}, errors.Join(p.fails, p.store.FailPost(ctx, post, advocacy.PostUnsure, p.fails.Error(), by))
	}
	p.sent = append(p.sent, post)
	made := advocacy.Made{Remote: fmt.Sprint(len(p.sent)), URL: "https://social.example/" + network}
	return publish.Outcome{URL: made.URL}, p.store.EndPost(ctx, post, made, by)
}

func (p *poster) Count(ctx context.Context, spotlight int64, network string, by audit.Actor) (advocacy.Result, error) {
	p.counted++
	likes := 12
	r := advocacy.Result{SpotlightID: spotlight, Network: network, Likes: &likes, Counted: "network"}
	return r, p.store.SaveResult(ctx, r, by)
}

func (r *room) connected() {
	r.must(r.store.SaveAccount(r.t.Context(), advocacy.Account{Network: "bluesky", Server: "https://bsky.social", Handle: "lakeside.example", Shows: "@lakeside.example"}, r.hr.Actor()))
}

func TestPostWithTheAccount(t *testing.T) {
	r := newRoom(t)
	r.connected()
	v := r.ready(advocacy.Scheduled)
	r.show()
	r.screen.Receive(v.ID)
	r.run("Post with the practice's account")
	if len(r.posts.sent) != 0 {
		t.Fatal("it was posted before anybody pressed")
	}
	if d := r.host.LastDialog(); d.Title != "Post on Bluesky" {
		t.Fatalf("got the dialog %q", d.Title)
	}
	r.answer("Cancel")
	r.posts.fails = errors.New("No answer came from bsky.social, so the post may be up or not")
	r.press("Post")
	r.answer("Post now")
	if len(r.host.Failures) != 1 || !strings.Contains(r.host.Failures[0], "may be up or not") {
		t.Errorf("got the failures %v", r.host.Failures)
	}
	r.sees("may be up or not")
	r.posts.fails, r.host.Failures = nil, nil
	r.press("Post")
	r.answer("Post now")
	r.calm()
	want := r.spotlight(v.ID)
	text, _ := want.Variant("bluesky")
	if len(r.posts.sent) != 1 || r.posts.sent[0].Text != text.Whole(r.practice()) || text.PostedURL != "https://social.example/bluesky" || r.posts.sent[0].Tries != 2 {
		t.Errorf("sent %+v, the text %+v", r.posts.sent, text)
	}
	r.now = r.now.Add(72 * time.Hour)
	r.connectedTo("linkedin")
	r.screen.Shown()
	r.run("Post with the practice's account")
	if d := r.host.LastDialog(); d.Title != "Post now?" {
		t.Errorf("a missed moment asks %q", d.Title)
	}
}

func (r *room) connectedTo(network string) {
	r.must(r.store.SaveAccount(r.t.Context(), advocacy.Account{Network: network, Server: "https://x.example", Handle: "x", Shows: "x"}, r.hr.Actor()))
}

func TestShareKitOfACard(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.Scheduled)
	r.must(r.store.SetSharer(t.Context(), r.mara.ID, true, r.mara.Actor()))
	r.show()
	r.screen.Receive(v.ID)
	r.run("Make the share kit for staff")
	r.calm()
	d := r.host.LastDialog()
	if d.Title != "Share kit" {
		t.Fatalf("got the dialog %q", d.Title)
	}
	test.Tap(r.button(d.Content, "Copy the mail"))
	if len(r.host.Copied) != 1 || !strings.Contains(r.host.Copied[0], "#employee") || !strings.Contains(r.host.Copied[0], "bsky.app/intent") {
		t.Errorf("copied %q", r.host.Copied)
	}
}

func TestResultsPage(t *testing.T) {
	r := newRoom(t)
	r.show()
	r.press("Results")
	r.sees("No post yet")
	r.run("Back from the results")
	v := r.ready(advocacy.Published)
	r.run("Show results")
	r.sees("0 with figures")
	table := r.table()
	table.OnOpened(0)
	d := r.host.LastDialog()
	r.entries(d.Content)[0].SetText("many")
	r.answer("Save the figures")
	if d.Closed {
		t.Error("the dialog closed on a word in place of a figure")
	}
	r.entries(d.Content)[0].SetText("240")
	r.entries(d.Content)[1].SetText("12")
	r.answer("Save the figures")
	r.calm()
	r.sees("too few to compare", "12")
	got, err := r.store.Results(t.Context())
	r.must(err)
	if *got.Posts[0].Last.Reach != 240 || got.Posts[0].Last.Shares != nil {
		t.Errorf("got %+v", got.Posts[0].Last)
	}
	for i, p := range got.Posts {
		if p.Variant.Network == "bluesky" {
			r.table().OnOpened(i)
		}
	}
	test.Tap(r.button(r.host.LastDialog().Content, "Ask Bluesky"))
	r.calm()
	if r.posts.counted != 1 {
		t.Error("the network was not asked")
	}
	r.table().OnOpened(0)
	test.Tap(r.button(r.host.LastDialog().Content, "It brought somebody"))
	r.answer("Save")
	r.sees("1 application · " + v.Title)

	r.run("Show who shares")
	tick, ok := sought(r.screen.Content(), func(c *widget.Check) bool { return c.Text == "Mara Lindqvist" })
	if !ok {
		t.Fatal("there is no list of who shares")
	}
	test.Tap(tick)
	if list, err := r.store.Sharers(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("got %+v, %v", list, err)
	}
	r.run("Show partners")
	r.press("Add a partner")
	r.answer("Save")
	if r.host.LastDialog().Closed {
		t.Error("a partner without a name was taken")
	}
	r.entries(r.host.LastDialog().Content)[0].SetText("Lakeside Run Club")
	r.answer("Save")
	r.calm()
	if list, err := r.store.Partners(t.Context()); err != nil || len(list) != 1 {
		t.Errorf("got %+v, %v", list, err)
	}
}

// table is that of the tab in sight.
func (r *room) table() *kit.Table {
	r.t.Helper()
	table, ok := sought(r.screen.Content(), func(*kit.Table) bool { return true })
	if !ok {
		r.t.Fatal("there is no table")
	}
	return table
}

// TestPublishPictures draws the pages into GOODWORD_PICTURES, for a person to look at.
func TestPublishPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := newRoom(t)
	r.connected()
	r.fill()
	v := r.ready(advocacy.Scheduled)
	r.posts.fails = errors.New("No answer came from bsky.social, so the post may be up or not. Press again: Goodword looks first, and nothing is posted twice")
	_, _ = r.posts.Post(t.Context(), v.ID, "bluesky", time.Time{}, r.hr.Actor())
	for range 3 {
		r.ready(advocacy.Published)
	}
	got, err := r.store.Results(t.Context())
	r.must(err)
	for i, p := range got.Posts {
		likes, reach := 4+i*3, 120+31*i
		r.must(r.store.SaveResult(t.Context(), advocacy.Result{SpotlightID: p.Spotlight.ID, Network: p.Variant.Network, Likes: &likes, Reach: &reach, Counted: "hand"}, r.hr.Actor()))
	}
	_, err = r.store.SaveOutcome(t.Context(), advocacy.Outcome{SpotlightID: got.Posts[0].Spotlight.ID, Kind: advocacy.Application, Many: 2, Day: "2026-11-20"}, r.hr.Actor())
	r.must(err)
	r.must(r.store.SetSharer(t.Context(), r.mara.ID, true, r.mara.Actor()))
	_, err = r.store.SayThanks(t.Context(), advocacy.Thanks{PersonID: r.mara.ID, Words: "Thank you for standing in front of the camera although you hate it."}, r.owner.Actor())
	r.must(err)
	var all []string
	for _, c := range advocacy.PartnerChecks() {
		all = append(all, c.ID)
	}
	for _, p := range []advocacy.Partner{{Name: "Lakeside Run Club", Kind: "partner", Checks: all, Disclosure: "Partner of Lakeside Family Dental", From: "2026-01-01", Until: "2026-11-28"},
		{Name: "Priya Venkataraghavan-Montgomery, who writes about family life on the lake", Kind: "influencer", Until: "2026-10-31"}, {Name: "Nora Eats", Kind: "influencer"}} {
		_, err := r.store.SavePartner(t.Context(), p, r.hr.Actor())
		r.must(err)
	}
	r.show()
	r.window.Resize(fyne.NewSize(1208, 752))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		draw := func(name string) {
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("after-%s-%s.png", name, mode)))
			r.must(err)
			defer func() { _ = file.Close() }()
			r.must(png.Encode(file, r.window.Canvas().Capture()))
		}
		dialog := func(name string) {
			content := r.host.LastDialog().Content
			w := test.NewTempWindow(t, kit.Ground(theme.Surface, kit.Inset(content, 24)))
			w.Resize(content.MinSize().AddWidthHeight(48, 48))
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("dialog-%s-%s.png", name, mode)))
			r.must(err)
			defer func() { _ = file.Close() }()
			r.must(png.Encode(file, w.Canvas().Capture()))
		}
		for _, tab := range []string{"results", "sharing", "partners"} {
			r.screen.Receive(tab)
			draw(tab)
		}
		r.table().OnOpened(1)
		dialog("partner")
		r.screen.Receive("results")
		r.table().OnOpened(1)
		dialog("figures")
		r.screen.Receive(v.ID)
		draw("card")
		r.run("Post with the practice's account")
		dialog("post")
		r.run("Make the share kit for staff")
		dialog("kit")
		r.run("Back to all spotlights")
		draw("overview")
	}
}

func (r *room) practice() practice.Practice {
	r.t.Helper()
	p, err := r.people.Get(r.t.Context())
	r.must(err)
	return p
}
