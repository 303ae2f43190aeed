package spotlights_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
)

// The whole way in the window: nominate, consent, story, texts, review by another person, schedule, copy and open, posted on each network.
func TestFromNominationToPublishedInTheWindow(t *testing.T) {
	r := newRoom(t)
	r.show()
	r.sees("Show the people behind the practice")
	r.run("Nominate a colleague")
	dialog := r.host.LastDialog()
	who, _ := sought(dialog.Content, func(s *widget.Select) bool { return s.Selected == "" })
	r.answer("Nominate")
	if dialog.Closed {
		t.Error("the dialog closed although nobody was chosen")
	}
	who.SetSelected("Mara Lindqvist, dental hygienist")
	r.entries(dialog.Content)[0].SetText("Always finds a kind word.")
	r.answer("Nominate")
	r.calm()
	r.sees("Meet the team: Mara Lindqvist", "“Always finds a kind word.”", "Ask for consent")

	r.run("Take the next step")
	r.sees("Record the consent of Mara Lindqvist first")
	if !r.button(r.screen.Content(), "Begin the story").Disabled() {
		t.Error("the story can begin without a consent")
	}
	r.run("Record a consent")
	r.answer("Record")
	r.calm()
	r.sees("Live", "until withdrawn")
	r.press("Begin the story")
	r.sees("The story sheet still needs an answer")
	if !r.button(r.screen.Content(), "Write the texts").Disabled() {
		t.Error("texts can be written without the needed answer")
	}
	r.answerSheet("explains what happens next, in plain words", "No two days are the same")
	r.press("Write the texts")
	r.calm()
	v := r.spotlight(1)
	if v.Stage != advocacy.DraftStage || len(v.Variants) != 5 {
		t.Fatalf("got %q with %d texts", v.Stage, len(v.Variants))
	}
	r.sees("Safe to publish.", "I work at Lakeside Family Dental. #employee", "16 CFR 255.5")
	r.press("Send to review")
	r.sees("You wrote the text, so somebody else approves it")
	r.approve()
	r.post(v)
	if v = r.spotlight(1); v.Stage != advocacy.Published {
		t.Errorf("got %q", v.Stage)
	}
	r.run("Back to all spotlights")
	r.sees("0 under way, 1 published", "Posted Sun 22 Nov")
	r.calm()
}

func TestAConsentOnFileIsNotAskedForAgain(t *testing.T) {
	r := newRoom(t)
	_, err := r.store.Record(t.Context(), advocacy.Consent{PersonID: r.mara.ID, Uses: advocacy.ConsentUses(), From: "2026-01-01", Form: "HR folder"}, r.hr.Actor())
	r.must(err)
	v, err := r.store.Nominate(t.Context(), advocacy.Spotlight{PersonID: r.mara.ID, Occasion: advocacy.Occasions()[0].ID}, r.hr.Actor())
	r.must(err)
	r.show()
	r.screen.Receive(v.ID)
	r.sees("A consent of Mara Lindqvist is on file")
	r.press("Begin the story")
	r.calm()
	if got := r.spotlight(v.ID).Stage; got != advocacy.StoryStage {
		t.Errorf("got %q", got)
	}
	r.host.Undo()
	if got := r.spotlight(v.ID).Stage; got != advocacy.Nominated {
		t.Errorf("after undo got %q", got)
	}
}

func TestTheCardGetsAnotherTitleAndADay(t *testing.T) {
	r := newRoom(t)
	v, err := r.store.Nominate(t.Context(), advocacy.Spotlight{PersonID: r.mara.ID, Occasion: advocacy.Occasions()[0].ID}, r.hr.Actor())
	r.must(err)
	r.show()
	r.screen.Receive(v.ID)
	r.run("Change the card")
	d := r.host.LastDialog()
	entries := r.entries(d.Content)
	entries[0].SetText(" ")
	r.answer("Save")
	if d.Closed {
		t.Error("the dialog closed although the title is empty")
	}
	entries[0].SetText("Twenty years with us")
	entries[2].SetText("2026-12-01")
	r.answer("Save")
	r.calm()
	r.sees("Twenty years with us")
	if v = r.spotlight(v.ID); v.Due != "2026-12-01" || !d.Closed {
		t.Errorf("got %q, closed %v", v.Due, d.Closed)
	}
}

// answerSheet types into the story sheet of "meet the team".
func (r *room) answerSheet(work, like string) {
	r.t.Helper()
	multi := 0
	for _, e := range r.entries(r.screen.Content()) {
		if e.MultiLine {
			e.SetText([]string{work, like, "", "", ""}[multi])
			multi++
		}
	}
	if multi != 5 { // four of the occasion, one for a hygienist
		r.t.Fatalf("the sheet has %d fields in sight, want 5", multi)
	}
}

// approve lets the owner set the date and approve.
func (r *room) approve() {
	r.t.Helper()
	r.be(r.owner)
	r.screen.Shown()
	for _, e := range r.entries(r.screen.Content()) {
		if e.PlaceHolder == "2026-11-22" {
			e.SetText("2026-11-24")
		}
	}
	r.press("Set the date")
	r.press("Approve and schedule")
	r.calm()
	r.sees("Approved. Copy each text")
}

// post copies, opens and marks every text.
func (r *room) post(v advocacy.Spotlight) {
	r.t.Helper()
	r.press("Copy and open Facebook")
	if len(r.host.Copied) != 1 || !strings.HasPrefix(r.host.Copied[0], "Meet Mara Lindqvist") || len(r.host.Opened) != 1 || !strings.HasPrefix(r.host.Opened[0], "https://") {
		r.t.Errorf("copied %q, opened %q", r.host.Copied, r.host.Opened)
	}
	for range v.Variants {
		r.press("Mark as posted")
		d := r.host.LastDialog()
		r.entries(d.Content)[0].SetText("ftp://nowhere")
		r.answer("Mark as posted")
		if d.Closed {
			r.t.Error("the dialog closed although the address is none")
		}
		r.entries(d.Content)[0].SetText("https://example.org/post")
		r.answer("Mark as posted")
		r.calm()
	}
}

func TestTheGateIsLiveBesideTheText(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.ReviewStage)
	r.show()
	r.screen.Receive(v.ID)
	editor, ok := sought(r.screen.Content(), func(*kit.MarkedEntry) bool { return true })
	if !ok {
		t.Fatal("there is no editor")
	}
	editor.Entry.SetText("Proud of therapist Benji for helping Mrs. Kowalczyk walk again after her surgery!")
	r.sees("This cannot be published.")
	if len(editor.Findings()) == 0 || editor.Findings()[0].Tone != kit.ToneBad {
		t.Errorf("got %+v", editor.Findings())
	}
	editor.Entry.SetText(strings.Repeat("a", 10001))
	r.sees("Too long: 10,")
	if stored, _ := r.spotlight(v.ID).Variant("facebook"); strings.Contains(stored.Text, "Kowalczyk") {
		t.Error("what is typed is not stored before it is saved")
	}
	editor.Entry.SetText("Meet the team. Shared with permission.")
	r.screen.Changed(kit.ChangedSpotlights)
	if got := editor.Text(); got != "Meet the team. Shared with permission." {
		t.Errorf("a change elsewhere overwrote what was typed: %q", got)
	}
	r.run("Back to all spotlights")
	if stored, _ := r.spotlight(v.ID).Variant("facebook"); stored.Text != "Meet the team. Shared with permission." {
		t.Errorf("leaving the card keeps what was typed, got %q", stored.Text)
	}
	r.calm()
}

// What the practice has decided about a rule that fires stands at the verdict of a post too, with the name of who answers for it and the reason.
func TestARuleSwitchedOffSpeaksAtTheVerdictOfAPost(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.ReviewStage)
	officer := practice.Person{Name: "Noa Lund", Role: practice.Compliance}
	var err error
	officer.ID, err = r.people.SavePerson(t.Context(), officer, audit.Program)
	r.must(err)
	_, err = policy.NewStore(r.db, func() time.Time { return r.now }, r.people).AddGateRule(t.Context(),
		policy.GateRule{What: policy.RuleOff, Rule: "promise", Reason: "Our slogan", ReviewOn: "2027-01-01"}, officer.Actor())
	r.must(err)
	r.show()
	r.screen.Receive(v.ID)
	editor, ok := sought(r.screen.Content(), func(*kit.MarkedEntry) bool { return true })
	if !ok {
		t.Fatal("there is no editor")
	}
	editor.Entry.SetText("Meet Mara. Results that last a lifetime.")
	if said := editor.Verdict(); !strings.Contains(said, "Noa Lund") || !strings.Contains(said, "Our slogan") {
		t.Errorf("the line says %q, want who switched the rule off and why", said)
	}
	editor.Entry.SetText("Meet Mara. Shared with permission.")
	if said := editor.Verdict(); strings.Contains(said, "Noa Lund") {
		t.Errorf("the line says %q after the words went", said)
	}
	r.calm()
}

// ready is a spotlight of Mara at a stage.
func (r *room) ready(stage advocacy.Stage) advocacy.Spotlight {
	r.t.Helper()
	v, err := r.store.Nominate(r.t.Context(), advocacy.Spotlight{PersonID: r.mara.ID, Occasion: "meet the team"}, r.hr.Actor())
	r.must(err)
	r.advance(r.t.Context(), v, stage)
	return r.spotlight(v.ID)
}

func TestWithdrawalShowsTheTakeDownList(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.Published)
	r.show()
	r.screen.Receive(v.ID)
	r.host.Yes = true
	r.press("Withdraw")
	if len(r.host.Asked) != 1 {
		t.Errorf("asked %v", r.host.Asked)
	}
	list := r.host.LastDialog()
	if list == nil || list.Title != "Take down" {
		t.Fatal("the take-down list is not shown")
	}
	tick, _ := sought(list.Content, func(c *widget.Check) bool { return strings.HasPrefix(c.Text, "Bluesky") })
	test.Tap(tick)
	r.calm()
	open, err := r.store.TakeDowns(t.Context())
	if err != nil || len(open) != 2 {
		t.Errorf("got %d open, %v", len(open), err)
	}
	r.sees("Withdrawn", "Taken down")
	r.run("Back to all spotlights")
	r.sees("2 posts must be taken down")
	r.press("Show the list")
	if got := r.host.LastDialog().Title; got != "Take down" {
		t.Errorf("got %q", got)
	}
}

func TestPictureIsAddedCheckedAndRemoved(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.DraftStage)
	r.show()
	r.screen.Receive(v.ID)
	_, err := r.store.SavePicture(t.Context(), v.ID, r.photo(), "", r.hr.Actor())
	r.must(err)
	r.screen.Changed(kit.ChangedSpotlights)
	r.sees("What the picture shows", "45 CFR 164.530(c)", "No patient or visitor can be seen")
	for _, e := range r.entries(r.screen.Content()) {
		if strings.HasPrefix(e.PlaceHolder, "Mara beside") {
			e.SetText("Mara at the window")
		}
	}
	r.press("Save the description")
	checks, _ := advocacy.PictureChecks()
	for range checks {
		tick, ok := sought(r.screen.Content(), func(c *widget.Check) bool { return c.Text == "" && !c.Checked })
		if !ok {
			t.Fatal("there is nothing left to tick")
		}
		test.Tap(tick)
	}
	r.calm()
	picture := r.spotlight(v.ID).Picture
	if picture.Alt != "Mara at the window" || len(picture.Checked) != len(checks) || picture.By != r.hr.ID {
		t.Errorf("got %+v", picture)
	}
	r.sees("Signed by Ines Calloway on 22 November 2026")
	r.press("Remove")
	if file := r.spotlight(v.ID).Picture.File; file != "" {
		t.Errorf("the picture is still there: %s", file)
	}
}

func TestBoardMovesByKeyboardAndUndo(t *testing.T) {
	r := newRoom(t)
	r.ready(advocacy.Nominated)
	r.show()
	type movable interface {
		fyne.Focusable
		fyne.Shortcutable
		fyne.Draggable
	}
	var card movable
	walk(r.screen.Content(), func(o fyne.CanvasObject) bool {
		if m, ok := o.(movable); ok && card == nil {
			if _, entry := o.(*kit.Search); !entry {
				card = m
			}
		}
		return card == nil
	})
	if card == nil {
		t.Fatal("the board has no card that takes the keyboard")
	}
	card.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyRight, Modifier: fyne.KeyModifierAlt})
	if got := r.spotlight(1).Stage; got != advocacy.ConsentAsked {
		t.Fatalf("got %q", got)
	}
	r.host.Undo()
	if got := r.spotlight(1).Stage; got != advocacy.Nominated {
		t.Errorf("after undo got %q", got)
	}
	r.calm()
	card.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.sees("Ask for consent")
	r.run("Move a spotlight to another stage")
	dialog := r.host.LastDialog()
	if b := r.button(dialog.Content, "Scheduled"); !b.Disabled() {
		t.Error("a nomination can be scheduled")
	}
	test.Tap(r.button(dialog.Content, "Archived"))
	if got := r.spotlight(1).Stage; got != advocacy.Archived {
		t.Errorf("got %q", got)
	}
	r.press("Bring back")
	if got := r.spotlight(1).Stage; got != advocacy.Nominated {
		t.Errorf("got %q", got)
	}
}

func TestSendBackNeedsANote(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.ReviewStage)
	r.be(r.owner)
	r.show()
	r.screen.Receive(v.ID)
	r.press("Send back")
	r.answer("Send back")
	if r.host.LastDialog().Closed {
		t.Error("the dialog closed without a note")
	}
	r.entries(r.host.LastDialog().Content)[0].SetText("Say more about the team")
	r.answer("Send back")
	if v = r.spotlight(v.ID); v.Stage != advocacy.DraftStage {
		t.Errorf("got %q", v.Stage)
	}
	r.sees("Sent back: Say more about the team")
}

func TestListSearchAndMissed(t *testing.T) {
	r := newRoom(t)
	r.fill()
	r.now = r.now.Add(72 * time.Hour)
	r.show()
	r.sees("was planned for", "not posted yet")
	r.run("Show spotlights as list")
	search, _ := sought(r.screen.Content(), func(*kit.Search) bool { return true })
	search.SetText("nobody of this name")
	r.sees("No spotlight fits")
	r.press("Show all")
	if search.Text != "" {
		t.Errorf("got %q", search.Text)
	}
	table, _ := sought(r.screen.Content(), func(*kit.Table) bool { return true })
	table.OnSort(0)
	table.FocusGained()
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	r.sees("A day in the life: Sam Dube")
}

func TestWhatCannotBeReadSaysSo(t *testing.T) {
	r := newRoom(t)
	r.show()
	r.screen.Receive(int64(99))
	r.sees("The spotlight could not be read", "There is no spotlight with number 99")
	if _, err := r.store.Find(t.Context(), 99); !errors.Is(err, advocacy.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestADroppedFileThatIsNoPicture(t *testing.T) {
	r := newRoom(t)
	v := r.ready(advocacy.DraftStage)
	r.show()
	r.screen.Receive(v.ID)
	r.screen.Drop(storage.NewFileURI(t.TempDir() + "/gone.jpg"))
	if len(r.host.Failures) != 1 || !strings.HasPrefix(r.host.Failures[0], "Opening the picture") {
		t.Errorf("got %v", r.host.Failures)
	}
}
