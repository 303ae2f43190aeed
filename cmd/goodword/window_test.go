//go:build window

package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/reviews"
)

func (d *desk) mentions(query string) []int64 {
	d.t.Helper()
	q, err := reviews.ParseQuery(query, time.Now(), time.Local)
	if err != nil {
		d.t.Fatal(err)
	}
	ids, err := d.open().Reviews.IDs(context.Background(), q)
	if err != nil {
		d.t.Fatal(err)
	}
	return ids
}

func TestAReplyByKeyboard(t *testing.T) {
	d := sit(t, samplePath(t))
	d.atWork()
	waiting := d.mentions("is:open stars:3 source:google")
	if len(waiting) == 0 {
		t.Fatal("the sample practice has no three-star review on Google to answer")
	}
	id := waiting[0]
	read := func() bool {
		m, err := d.open().Reviews.Find(context.Background(), id)
		return err == nil && m.Status != reviews.New
	}
	d.press("ctrl+2")
	d.rest()
	d.press("slash")
	d.rest()
	d.picture("slash")
	d.write("is:open stars:3 source:google")
	d.picture("written")
	d.press("Return")
	d.rest()
	d.picture("searched")
	d.press("j")
	d.until("the review is read", read)
	d.press("r", "1")
	d.until("the draft is stored", func() bool {
		reply, err := d.open().Reviews.ReplyTo(context.Background(), id)
		return err == nil && reply.Text != ""
	})
	d.press("ctrl+Return")
	d.until("the reply is copied", func() bool {
		reply, err := d.open().Reviews.ReplyTo(context.Background(), id)
		return err == nil && (reply.State == reviews.Copied || reply.State == reviews.Posted)
	})
	d.until("the page is opened", func() bool {
		text, err := os.ReadFile(d.opened)
		return err == nil && strings.HasPrefix(string(text), "https://")
	})
	if m, err := d.open().Reviews.Find(t.Context(), id); err != nil || m.Status != reviews.Answering {
		t.Errorf("the mention is %s, %v; want answering until somebody says that the reply is posted", m.Status, err)
	}
	d.rest()
	d.picture("copied")
	d.press("y")
	d.until("the mention is answered", func() bool {
		m, err := d.open().Reviews.Find(context.Background(), id)
		return err == nil && m.Status == reviews.Answered
	})
	if _, err := d.open().Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestASecondStartShowsTheWindow(t *testing.T) {
	d := sit(t, samplePath(t))
	d.atWork()
	folder := filepath.Dir(d.opened)
	second := d.command(folder, d.program, "--db", d.path)
	if out, err := second.CombinedOutput(); err != nil {
		t.Errorf("the second program ended with %v: %s", err, out)
	}
}

// shownPerson is the colleague whom the test shows: nobody of the sample practice has asked for her consent yet.
const shownPerson = "Priya Raman"

// colleague is somebody of the staff, and where they stand in a list of all who work here.
func (d *desk) colleague(name string) (practice.Person, int) {
	d.t.Helper()
	people, err := d.open().Practices.People(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	today := time.Now().Format(practice.Day)
	people = slices.DeleteFunc(people, func(p practice.Person) bool { return !p.Here(today) })
	at := slices.IndexFunc(people, func(p practice.Person) bool { return p.Name == name })
	if at < 0 {
		d.t.Fatalf("%s does not work here", name)
	}
	return people[at], at
}

// spotlight is the one spotlight of a person, without a number while there is none.
func (d *desk) spotlight(person int64) advocacy.Spotlight {
	list, err := d.open().Advocacy.List(context.Background(), advocacy.Filter{PersonID: person})
	if err != nil || len(list) != 1 {
		return advocacy.Spotlight{}
	}
	return list[0]
}

func TestASpotlightByKeyboard(t *testing.T) {
	d := sit(t, samplePath(t))
	d.atWork()
	person, down := d.colleague(shownPerson)
	if s := d.spotlight(person.ID); s.ID != 0 {
		t.Fatalf("%s has the spotlight %d already", person.Name, s.ID)
	}
	spotlight := func() advocacy.Spotlight { return d.spotlight(person.ID) }
	reaches := func(stage advocacy.Stage) {
		t.Helper()
		d.until("the spotlight reaches "+string(stage), func() bool { return spotlight().Stage == stage })
	}

	d.press("ctrl+3")
	d.rest()
	d.press("n", "space")
	d.press(slices.Repeat([]string{"Down"}, down+1)...)
	d.press("Return", "Tab", "Tab")
	d.write("Explains every rule with a smile.")
	d.press("ctrl+Return")
	reaches(advocacy.Nominated)
	d.press("ctrl+Return")
	reaches(advocacy.ConsentAsked)

	d.press("c")
	d.picture("spotlight-consent")
	d.write("Signed release, HR folder")
	d.press("Return")
	d.until("the consent is on record", func() bool {
		list, err := d.open().Advocacy.Consents(context.Background(), person.ID)
		return err == nil && len(list) == 1 && list[0].Form == "Signed release, HR folder"
	})
	d.press("ctrl+Return")
	reaches(advocacy.StoryStage)

	const answer = "I make the rules easy to follow."
	d.write(answer)
	d.picture("spotlight-story")
	d.press("ctrl+Return")
	reaches(advocacy.DraftStage)
	d.until("the texts are written", func() bool { return len(spotlight().Variants) > 1 })
	if got := spotlight().Answered("work"); got != answer {
		t.Fatalf("the answer is %q, want %q", got, answer)
	}

	d.press("ctrl+End")
	d.write(" Ask her anything.")
	d.picture("spotlight-draft")
	d.press("ctrl+s")
	first := spotlight().Variants[0].Network
	d.until("the text is stored", func() bool {
		text, _ := spotlight().Variant(first)
		return strings.HasSuffix(text.Text, " Ask her anything.")
	})
	d.press("ctrl+Return")
	reaches(advocacy.ReviewStage)

	d.press("d")
	day := time.Now().AddDate(0, 0, 2).Format(practice.Day)
	d.write(day)
	d.press("Return")
	d.until("the day is set", func() bool { return spotlight().Schedule.In(time.Local).Format(practice.Day) == day })
	d.picture("spotlight-review")
	d.press("ctrl+Return")
	reaches(advocacy.Scheduled)

	d.press("ctrl+shift+c")
	d.until("the network is opened", func() bool {
		text, err := os.ReadFile(d.opened)
		return err == nil && strings.HasPrefix(string(text), "https://")
	})
	d.picture("spotlight-copied")
	posted := func() int {
		n := 0
		for _, v := range spotlight().Variants {
			if !v.PostedAt.IsZero() && v.PostedURL == "https://posts.example/"+strings.Repeat("i", n+1) {
				n++
			}
		}
		return n
	}
	for i := range spotlight().Variants {
		d.press("p")
		d.write("https://posts.example/" + strings.Repeat("i", i+1))
		d.press("Return")
		d.until("the post is noted", func() bool { return posted() == i+1 })
	}
	reaches(advocacy.Published)
	d.picture("spotlight-published")
	if _, err := d.open().Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestFirstRun(t *testing.T) {
	d := sit(t, filepath.Join(t.TempDir(), "goodword.db"))
	d.onScreen()
	d.until("the empty database is made", func() bool { return size(d.path)+size(d.path+"-wal") > 100_000 })
	d.rest()
	d.picture("first-run")
	d.press("Tab", "space")
	d.until("the sample practice is there", func() bool {
		p, err := d.open().Practices.Get(context.Background())
		if err != nil || !p.Sample {
			return false
		}
		signed, _, err := d.open().Policy.Signatures(context.Background(), 2)
		return err == nil && len(signed) > 0
	})
	d.picture("first-run-done")
}

func size(file string) int64 {
	info, err := os.Stat(file)
	if err != nil {
		return 0
	}
	return info.Size()
}
