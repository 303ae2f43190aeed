package spotlights_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func (r *room) check(in fyne.CanvasObject, words string) *widget.Check {
	r.t.Helper()
	c, ok := sought(in, func(c *widget.Check) bool { return strings.HasPrefix(c.Text, words) })
	if !ok {
		r.t.Fatalf("there is no box %q", words)
	}
	return c
}

func TestSomebodyUnderAgeSignsWithAGuardian(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.ConsentAsked)
	r.show()
	r.screen.Receive(v.ID)
	r.run("Record a consent")
	d := r.host.LastDialog()
	r.check(d.Content, "Under age").SetChecked(true)
	r.answer("Record")
	if d.Closed {
		t.Fatal("the birthday is missing, and the dialog closed")
	}
	for _, e := range r.entries(d.Content) {
		switch e.PlaceHolder {
		case "2026-11-22":
			if e.Text == "" {
				e.SetText("2027-05-01")
			}
		case "Name of the parent or guardian":
			e.SetText("Astrid Lindqvist")
		}
	}
	r.answer("Record")
	r.calm()
	r.sees("Under age until 2027-05-01; signed with Astrid Lindqvist.", "until 2027-04-30")
	list, err := r.store.Consents(t.Context(), r.mara.ID)
	r.must(err)
	if _, err := r.store.AttachScan(t.Context(), list[0].ID, strings.NewReader("%PDF-1.7"), r.hr.Actor()); err != nil {
		t.Fatal(err)
	}
	r.screen.Changed(kit.ChangedSpotlights)
	r.sees("Signed copy on file, proven by its hash", "Save the signed copy")
}

func TestAPatientNeedsAnAuthorizationOnTheCard(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.DraftStage)
	r.show()
	r.screen.Receive(v.ID)
	r.sees("No patient is shown or told of.")
	r.must(r.store.ShowPatients(t.Context(), v.ID, 1, r.hr.Actor()))
	r.screen.Changed(kit.ChangedSpotlights)
	r.sees("1 patient is shown or told of.", "a staff release never stands for it")
	r.run("Record a patient's authorization")
	d := r.host.LastDialog()
	r.answer("Record")
	if d.Closed {
		t.Error("an empty authorization was taken")
	}
	fields := r.entries(d.Content)
	for i, text := range []string{"Vera Holm", "One photo of my face", "", "To show the team", "", "2027-11-22"} {
		if text != "" {
			fields[i].SetText(text)
		}
	}
	r.check(d.Content, "Facebook").SetChecked(true)
	r.answer("Record")
	if d.Closed {
		t.Error("nobody read the paper, and it was taken")
	}
	walk(d.Content, func(o fyne.CanvasObject) bool {
		if c, ok := o.(*widget.Check); ok && c.Text == "" {
			c.SetChecked(true)
		}
		return true
	})
	r.answer("Record")
	r.calm()
	r.sees("Vera Holm: One photo of my face", "No signed copy yet")
	r.host.Yes = true
	list, err := r.store.Authorizations(t.Context(), v.ID)
	r.must(err)
	_, err = r.store.AttachAuthorization(t.Context(), list[0].ID, strings.NewReader("%PDF-1.7"), r.hr.Actor())
	r.must(err)
	r.screen.Changed(kit.ChangedSpotlights)
	if words := r.words(); strings.Contains(words, "No signed copy yet") {
		t.Error("the signed copy is there")
	}
}

func TestWhatEndsSoonIsSaid(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.ConsentAsked)
	_, err := r.store.Record(t.Context(), advocacy.Consent{PersonID: r.mara.ID, Uses: advocacy.ConsentUses(), Until: "2026-11-27"}, r.hr.Actor())
	r.must(err)
	r.show()
	r.sees("The consent of Mara Lindqvist ends in 5 days, on 2026-11-27.")
	r.screen.Receive("endings")
	d := r.host.LastDialog()
	if d == nil || d.Title != "Ending soon" {
		t.Fatal("the list is not shown")
	}
	r.button(d.Content, "Open the card").OnTapped()
	r.sees("Ends in 5 days", fmt.Sprint(v.Title))
}

// cropper is the part of the crop dialog that is dragged.
type cropper interface {
	fyne.Widget
	fyne.Draggable
	fyne.Focusable
	desktop.Mouseable
}

func TestAConsentThatRanOutShowsTheTakeDownList(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.Scheduled)
	list, err := r.store.Consents(t.Context(), r.mara.ID)
	r.must(err)
	_, err = r.store.Record(t.Context(), advocacy.Consent{PersonID: r.mara.ID, Uses: advocacy.ConsentUses(), Until: "2026-11-30"}, r.hr.Actor())
	r.must(err)
	_, err = r.store.Withdraw(t.Context(), list[0].ID, r.hr.Actor())
	r.must(err)
	for _, text := range v.Variants {
		r.must(r.store.MarkPosted(t.Context(), v.ID, text.Network, "https://example.org/"+text.Network, r.hr.Actor()))
	}
	r.show()
	r.sees(fmt.Sprintf("The consent of Mara Lindqvist ends in 8 days, on 2026-11-30. %s must then be taken down, unless it is renewed.", kit.Counted(len(v.Variants), "post", "posts")))
	r.now = r.now.AddDate(0, 0, 12)
	r.must(r.store.Lapse(t.Context()))
	r.screen.Changed(kit.ChangedSpotlights)
	r.sees("must be taken down, because the consent under")
	r.press("Show the list")
	d := r.host.LastDialog()
	if words := wordsOf(d.Content); strings.Count(words, "The consent ran out on 1 December 2026.") != len(v.Variants) {
		t.Errorf("got %s", words)
	}
	for range v.Variants {
		r.untick(d.Content).SetChecked(true)
	}
	r.screen.Changed(kit.ChangedSpotlights)
	if left, err := r.store.TakeDowns(t.Context()); err != nil || len(left) != 0 {
		t.Errorf("everything is ticked, left: %+v, %v", left, err)
	}
	if strings.Contains(r.words(), "must be taken down") {
		t.Error("the banner is still in sight")
	}
}

// untick is the first box that is not ticked.
func (r *room) untick(in fyne.CanvasObject) *widget.Check {
	r.t.Helper()
	c, ok := sought(in, func(c *widget.Check) bool { return !c.Checked })
	if !ok {
		r.t.Fatal("there is no box left to tick")
	}
	return c
}

func TestThePictureIsCroppedByDragAndByKeys(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.DraftStage)
	_, err := r.store.SavePicture(t.Context(), v.ID, r.photo(), "Mara", r.hr.Actor())
	r.must(err)
	r.show()
	r.screen.Receive(v.ID)
	r.run("Crop the picture")
	d := r.host.LastDialog()
	box, ok := sought(d.Content, func(cropper) bool { return true })
	if !ok {
		t.Fatal("there is nothing to drag")
	}
	box.Resize(fyne.NewSize(640, 420))
	for range 4 {
		box.TypedRune('-')
	}
	box.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(320, 210)}})
	box.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-64, 0)})
	box.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-2000, 0)})
	box.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	r.answer("Save")
	r.calm()
	c := r.spotlight(v.ID).Picture.Crops["facebook"]
	if c.X != 0 || c.Y <= 0 || c.H >= 1 || c.Shape != "portrait" {
		t.Errorf("got %+v", c)
	}
	r.sees("Cropped for Facebook (portrait)")
	r.run("Crop the picture")
	d = r.host.LastDialog()
	box, _ = sought(d.Content, func(cropper) bool { return true })
	box.Resize(fyne.NewSize(640, 420))
	top := fyne.NewPos(float32(c.X*640), float32(c.Y*420))
	box.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: top}})
	box.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(40, 10)})
	r.check(d.Content, "Use this middle").SetChecked(true)
	r.answer("Save")
	crops := r.spotlight(v.ID).Picture.Crops
	if got := crops["facebook"]; got.W >= c.W || len(crops) != len(advocacy.Networks()) {
		t.Errorf("got %+v", crops)
	}
	r.host.Undo()
	if got := r.spotlight(v.ID).Picture.Crops; len(got) != 1 || got["facebook"] != c {
		t.Errorf("after undo got %+v", got)
	}
}

func TestAColleagueInThePictureIsNamed(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.DraftStage)
	_, err := r.store.SavePicture(t.Context(), v.ID, r.photo(), "Mara and Otto", r.hr.Actor())
	r.must(err)
	r.show()
	r.screen.Receive(v.ID)
	r.press("Name a colleague")
	d := r.host.LastDialog()
	r.answer("Add")
	if d.Closed {
		t.Error("nobody was chosen")
	}
	who, _ := sought(d.Content, func(*widget.Select) bool { return true })
	who.SetSelected("Otto Frane")
	r.answer("Add")
	r.calm()
	r.sees("No consent: Otto Frane")
}

// TestConsentPictures draws the card and its dialogs into GOODWORD_PICTURES, for a person to look at.
func TestConsentPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := newRoom(t)
	v, other := r.ready(advocacy.DraftStage), r.ready(advocacy.DraftStage)
	ctx, hr := t.Context(), r.hr.Actor()
	_, err := r.store.SavePicture(ctx, other.ID, r.photo(), "Mara beside the window", hr)
	r.must(err)
	r.write(ctx, other)
	_, err = r.store.SavePicture(ctx, v.ID, r.photo(), "Mara and Otto beside the window of the break room", hr)
	r.must(err)
	checks, _ := advocacy.PictureChecks()
	r.must(r.store.NamePeople(ctx, v.ID, []int64{4, 5}, hr))
	r.must(r.store.CheckPicture(ctx, v.ID, []string{checks[0].ID, checks[1].ID}, hr))
	r.must(r.store.CropPicture(ctx, v.ID, "facebook", advocacy.Crop{X: 0.1, Y: 0.1, W: 0.4, H: 0.7, Shape: "portrait"}, hr))
	_, err = r.store.Record(ctx, advocacy.Consent{PersonID: 4, Uses: []string{"name", "photo"}}, hr)
	r.must(err)
	c, err := r.store.Record(ctx, advocacy.Consent{PersonID: r.mara.ID, Uses: advocacy.ConsentUses(), Until: "2026-11-27", Guardian: "Astrid Lindqvist", AdultOn: "2027-05-01"}, hr)
	r.must(err)
	_, err = r.store.AttachScan(ctx, c.ID, strings.NewReader("%PDF-1.7"), hr)
	r.must(err)
	r.must(r.store.ShowPatients(ctx, v.ID, 1, hr))
	r.show()
	r.window.Resize(fyne.NewSize(1208, 752))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		draw := func(name string) {
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("s1-%s-%s.png", name, mode)))
			r.must(err)
			defer func() { _ = file.Close() }()
			r.must(png.Encode(file, r.window.Canvas().Capture()))
		}
		r.screen.Receive(v.ID)
		r.window.Resize(fyne.NewSize(1208, 2300))
		draw("card-whole")
		r.window.Resize(fyne.NewSize(1208, 752))
		draw("card")
		left, _ := sought(r.screen.Content(), func(b *widget.Button) bool { return b.Text == "Record an authorization" })
		kit.Reveal(r.screen.Content(), left)
		r.host.Dialogs = nil
		for _, open := range []string{"Record a consent", "Record a patient's authorization", "Crop the picture"} {
			r.run(open)
			d := r.host.LastDialog()
			if open == "Record a consent" {
				r.check(d.Content, "Under age").SetChecked(true)
				r.check(d.Content, "All networks").SetChecked(false)
			}
			r.window.SetContent(kit.NewLayers(kit.Ground(theme.Canvas, kit.Centered(kit.Scrolling(kit.Inset(d.Content, theme.Space4)), 640)), nil))
			draw(strings.ToLower(strings.ReplaceAll(open, " ", "-")))
			r.window.SetContent(kit.NewLayers(kit.Ground(theme.Background, r.screen.Content()), nil))
		}
		r.run("Back to all spotlights")
		draw("overview")
		r.screen.Receive(other.ID)
		draw("texts")
		r.run("Back to all spotlights")
	}
	for _, l := range advocacy.ReleaseLanguages() {
		step, err := r.store.Step(ctx, v.ID, hr)
		r.must(err)
		c.Language = l.ID
		r.release(folder, "release-"+l.ID, step.Practice, step.Person, c)
	}
}

func (r *room) release(folder, name string, p practice.Practice, person practice.Person, c advocacy.Consent) {
	file, err := os.Create(filepath.Join(folder, name+".pdf"))
	r.must(err)
	defer func() { _ = file.Close() }()
	r.must(paper.WritePDF(file, advocacy.Release(p, person, c, r.now)))
}
