package settings_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

func (d *desk) lists() classify.Lists {
	d.t.Helper()
	l, err := d.reviews.OwnLists(ctx)
	must(d.t, err)
	return l
}

// tables are the tables in sight.
func (d *desk) tables() []*kit.Table {
	var all []*kit.Table
	for _, o := range kittest.Objects(d.window.Content()) {
		if t, ok := o.(*kit.Table); ok {
			all = append(all, t)
		}
	}
	return all
}

// learned goes to what was learned.
func (d *desk) learned() {
	d.t.Helper()
	which := find(d, d.window.Content(), func(*kit.Segmented) bool { return true })
	which.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
}

// corrected is a mention with a corrected sentiment and topic.
func (d *desk) corrected() int64 {
	d.t.Helper()
	d.say(d.source("Google profile", "google", reviews.Own), 2)
	ids, err := d.reviews.IDs(ctx, reviews.Query{})
	must(d.t, err)
	negative, topics := "negative", []string{"facility_parking"}
	must(d.t, d.reviews.Correct(ctx, ids[0], reviews.Correction{Sentiment: &negative, Topics: &topics}, audit.Program))
	return ids[0]
}

func TestATopicOfThePractice(t *testing.T) {
	d := open(t)
	d.Receive("words and topics")
	d.command("Add a topic")
	form := d.dialog()
	name := entry(d, form, "Acupuncture")
	entry(d, form, "needles").SetText("Robot dog\nmechanical dog~\n")
	d.host.LastDialog().Press("Save")
	if len(d.lists().Topics) != 0 || d.host.LastDialog().Closed {
		t.Errorf("a topic without a name was saved: %+v", d.lists())
	}
	name.SetText("Robot dog")
	d.host.LastDialog().Press("Save")
	if got := d.lists(); len(got.Topics) != 1 || !slices.Equal(got.Topics[0].About, []string{"robot dog", "mechanical dog~"}) || !d.host.LastDialog().Closed {
		t.Errorf("got %+v", got)
	}
	d.sees("25 topics")
	d.host.Undo()
	if got := d.lists(); len(got.Topics) != 0 {
		t.Errorf("after undo: %+v", got)
	}
}

func TestATopicThatCameWithTheProgram(t *testing.T) {
	d := open(t)
	d.Receive("words and topics")
	d.tables()[0].OnOpened(0)
	form := d.dialog()
	entry(d, form, "Acupuncture").SetText("Booking")
	first := classify.Default().Topics()[0]
	test.Tap(find(d, form, func(c *kit.Chip) bool { return c.Text() == first.Cues[0] }))
	d.host.LastDialog().Press("Save")
	own := d.lists().Of(first.ID)
	if own.Label != "Booking" || !slices.Equal(own.Without, first.Cues[:1]) {
		t.Errorf("got %+v", own)
	}
	d.tables()[0].OnOpened(0)
	d.dialog()
	d.host.LastDialog().Press("As it came")
	if got := d.lists(); len(got.Topics) != 0 {
		t.Errorf("as it came: %+v", got)
	}
}

func TestACorrectionIsTakenBack(t *testing.T) {
	d := open(t)
	id := d.corrected()
	d.Receive("words and topics")
	d.learned()
	d.tables()[0].OnOpened(0)
	find(d, d.dialog(), func(l *kit.Label) bool { return l.Text() == "You said: Negative · About Building, parking, access" })
	d.host.LastDialog().Press("Take it back")
	if m, err := d.reviews.Find(ctx, id); err != nil || len(m.Corrected) != 0 {
		t.Errorf("got %+v %v", m.Understood, err)
	}
	d.sees("Nothing corrected yet")
	d.host.Undo()
	if m, err := d.reviews.Find(ctx, id); err != nil || m.Sentiment != "negative" || len(m.Corrected) != 2 {
		t.Errorf("after undo: %+v %v", m.Understood, err)
	}
}

// TestTopicPictures draws the pane into GOODWORD_PICTURES, for a person to look at.
func TestTopicPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	d := open(t)
	pictures := func(name string) {
		for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
			fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
			for _, size := range []fyne.Size{{Width: 1072, Height: 752}, {Width: 792, Height: 652}} { // what the shell leaves of 1280 by 800 and 1000 by 700
				d.window.Resize(size)
				file, err := os.Create(filepath.Join(folder, fmt.Sprintf("settings-%s-%s-%.0f.png", name, mode, size.Width)))
				must(t, err)
				must(t, png.Encode(file, d.window.Canvas().Capture()))
				must(t, file.Close())
			}
		}
	}
	d.corrected()
	_, err := d.reviews.SaveOwnLists(ctx, classify.Lists{Topics: []classify.OwnTopic{{ID: "wait_time", Off: true}, {ID: "facility_parking", About: []string{"robot dog"}}, {Label: "Acupuncture", About: []string{"needles"}}}}, audit.Program)
	must(t, err)
	d.Receive("words and topics")
	pictures("topics")
	tables := d.tables()
	d.learned()
	pictures("topics-learned")
	tables[0].OnOpened(2)
	d.window.SetContent(kit.Ground(theme.Surface, kit.Scrolling(kit.Centered(kit.Inset(d.host.LastDialog().Content, theme.Space6), 700))))
	pictures("topic")
}
