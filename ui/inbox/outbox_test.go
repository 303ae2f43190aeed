package inbox

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/ui/theme"
)

// rested lets the rest of a reply that is in the outbox go by.
func (r *room) rested(id int64) {
	r.t.Helper()
	reply, err := r.store.ReplyTo(ctx, id)
	r.must(err)
	if reply.State != reviews.Released || len(r.host.Copied) != 0 {
		r.t.Fatalf("want it in the outbox: %+v, copied %q, failures %v", reply, r.host.Copied, r.host.Failures)
	}
	r.at = reply.Until()
	r.reading.refresh()
}

func (r *room) setUpNotes() {
	r.t.Helper()
	b, err := r.vault.Begin(ctx)
	r.must(err)
	r.must(b.Finish(ctx, "", r.manager))
}

// TestTheStopwatchWalk goes from a new three-star review in the inbox to the copied reply by the keyboard alone, and counts the keys.
func TestTheStopwatchWalk(t *testing.T) {
	r := newRoom(t, 1100, 760)
	id := r.say(r.source("google"), "Pat Quinn", 3, time.Hour, "Friendly people, but I waited forty minutes past my time.")
	r.Shown()
	canvas := r.window.Canvas()
	r.Screen.host = &focusing{r.host, canvas}
	canvas.Focus(r.list.rows)
	keys := 0
	press := func(do func()) { keys++; do() }
	if r.reading.id != id {
		press(func() { canvas.Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) }) // J does the same
	}
	press(func() { r.press("R") })
	press(func() { canvas.Focused().TypedRune('1') })
	template := r.reply.editor.Text()
	press(func() { r.press("Ctrl+Enter") })
	r.noFailures()
	if len(r.host.Copied) != 1 || r.host.Copied[0] != template || template == "" {
		t.Fatalf("copied %q after %d keys; said %q", r.host.Copied, keys, r.host.Toasts)
	}
	if keys > 4 {
		t.Errorf("%d keys from the new review to the copied reply, want 4 at most", keys)
	}
	t.Logf("%d keys: open, reply, first template, copy", keys)
}

func TestTheOutboxInTheWindow(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	r.typeReply(safe)
	if text := buttonsOf(r); !strings.Contains(text, "Into the outbox (10 minutes)") || r.reply.why.Hidden {
		t.Errorf("the buttons %s, why hidden: %v", text, r.reply.why.Hidden)
	}
	r.press("Ctrl+Enter")
	if got := r.host.Toasts[len(r.host.Toasts)-1]; got != "In the outbox for 10 minutes: free text on a negative review rests before it goes out" || len(r.host.Copied) != 0 {
		t.Errorf("said %q, copied %q", got, r.host.Copied)
	}
	r.host.Undo()
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.State != reviews.Draft {
		t.Errorf("after undo: %+v, %v", reply, err)
	}
	r.press("Ctrl+Enter")
	r.press("Alt+R")
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.State != reviews.Draft {
		t.Errorf("after Alt+R: %+v, %v", reply, err)
	}
	r.press("Ctrl+Enter")
	r.at = r.at.Add(4 * time.Minute)
	r.reading.refresh()
	if got := r.reply.state.Text(); got != "In the outbox, 6 minutes" {
		t.Errorf("the state says %q", got)
	}
	r.press("Ctrl+Enter")
	if len(r.host.Copied) != 0 {
		t.Fatalf("copied after four minutes: %q", r.host.Copied)
	}
	tapButton(t, r.reply.buttons, "Copy now")
	dialog := r.host.LastDialog()
	dialog.Press("Copy and open page")
	if dialog.Closed || len(r.host.Copied) != 0 {
		t.Error("copied without a reason")
	}
	typeInto(t, dialog.Content, "The page closes at noon")
	dialog.Press("Copy and open page")
	if len(r.host.Copied) != 1 || r.host.Copied[0] != safe {
		t.Errorf("copied %q", r.host.Copied)
	}
	r.noFailures()
}

func buttonsOf(r *room) string {
	offers, _ := r.reply.offers()
	var titles []string
	for _, o := range offers {
		titles = append(titles, o.title)
	}
	return fmt.Sprint(titles)
}

func TestPrivateNotesBesideThePublicDraft(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	if r.reply.private.content.Visible() {
		t.Error("the notes are in sight before anybody wrote one")
	}
	r.press("M")
	tapButton(t, r.reply.private.content, "Set up private notes")
	if went := r.host.Went; len(went) != 1 || went[0].Screen != "settings" {
		t.Errorf("went to %v", went)
	}
	r.setUpNotes()
	r.reading.refresh()
	r.press("M")
	r.reply.private.entry.SetText("Mrs Quinn called on 14 March, invoice 88231, Dr. Lind spoke with her husband")
	if n, err := r.store.Note(ctx, bad); err != nil || !strings.Contains(n.Text, "88231") {
		t.Fatalf("the note was not kept: %+v, %v", n, err)
	}
	if got := r.reply.shown.draft.Private; len(got) != 1 {
		t.Errorf("the gate gets %q", got)
	}
	r.typeReply(safe)
	for _, pasted := range []string{"invoice 88231", "Dr. Lind spoke with her husband", "and 88231", "QUINN called, on 14"} {
		before := r.reply.editor.Text()
		r.window.Clipboard().SetContent(pasted)
		fyne.CurrentApp().Clipboard().SetContent(pasted)
		r.reply.editor.Entry.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
		refused := r.reply.editor.Text() == before
		if want := pasted != "and 88231"; refused != want {
			t.Errorf("pasting %q: refused %v, want %v", pasted, refused, want)
		}
		r.typeReply(safe)
	}
	r.vault.Lock()
	r.reading.refresh()
	if p := r.reply.private; p.entry.Visible() || p.entry.Text != "" || !p.content.Visible() || !strings.Contains(p.says.Text(), "locked") {
		t.Errorf("locked: %q, %q", p.entry.Text, p.says.Text())
	}
	r.noFailures()
}

func TestWhatIsKnownFromTheNotes(t *testing.T) {
	notes := "Called on 14 March. Invoice 88231; her husband is on warfarin."
	for text, want := range map[string]bool{"88231": true, "warfarin": true, "her husband is on": true, "We heard that HER HUSBAND, is on it": true, "her": false, "on": false,
		"Thank you for telling us": false, "": false, "14": true, "husband was on": false} {
		if got := fromNotes(text, notes); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
	if fromNotes("Thank you", "") {
		t.Error("there are no notes")
	}
	for _, c := range [][3]string{{"", "abc", "abc"}, {"ab", "aXYb", "XY"}, {"aa", "aaa", "a"}, {"abc", "ab", ""}, {"one two", "one 2 two", "2 "}} {
		if got := inserted(c[0], c[1]); got != c[2] {
			t.Errorf("%q to %q: got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// TestFindingsStandBesideTheWordsAtOnce measures from the letter to the finding in the window, for a draft of a hundred words.
func TestFindingsStandBesideTheWordsAtOnce(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	long := strings.Repeat("Thank you for telling us about the wait, we read each word with care. ", 7) + "We are sorry that your root canal hurt"
	r.reply.put(long)
	r.reply.typed(long)
	var worst, total time.Duration
	const letters = 20
	for i := range letters {
		text := long + strings.Repeat(".", i+1)
		began := time.Now()
		r.reply.put(text)
		r.reply.judge(text)
		took := time.Since(began)
		total, worst = total+took, max(worst, took)
	}
	if len(r.reply.editor.Findings()) == 0 {
		t.Fatal("the gate found nothing")
	}
	draft := r.reply.shown.draft
	draft.Text = long
	began := time.Now()
	guard.Default().Check(draft)
	t.Logf("%d words: %s from the letter to the finding on average, %s at worst; the gate alone %s", len(strings.Fields(long)), total/letters, worst, time.Since(began))
	if total/letters > 100*time.Millisecond {
		t.Errorf("the findings come %s after the letter, want 100 ms at most", total/letters)
	}
}

func TestFindingsByTheKeyboard(t *testing.T) {
	r, bad, _ := usual(t)
	canvas := r.window.Canvas()
	r.Screen.host = &focusing{r.host, canvas}
	r.open(bad)
	r.press("R")
	r.typeReply(unsafe)
	n := len(r.reply.editor.Findings())
	if n == 0 {
		t.Fatal("nothing found")
	}
	for i := range n + 1 {
		r.press("Alt+N")
		row, ok := canvas.Focused().(interface{ AccessibilityLabel() string })
		if f := r.reply.editor.Findings()[i%n]; !ok || !strings.Contains(row.AccessibilityLabel(), f.Why) {
			t.Fatalf("Alt+N %d: %T has the keyboard, want the row of %q", i, canvas.Focused(), f.Why)
		}
	}
	r.press("Alt+N")
	r.press("Alt+P")
	before := r.reply.editor.Text()
	findings := r.reply.editor.Findings()
	findings[0].Instead = `Say "We aim for short waits" or leave it out`
	r.press("Alt+U")
	if got := r.reply.editor.Text(); !strings.Contains(got, "We aim for short waits") || strings.Contains(got, "leave it out") {
		t.Errorf("Alt+U: got %q", got)
	}
	r.host.Undo()
	if got := r.reply.editor.Text(); got != before {
		t.Errorf("undo: got %q, want %q", got, before)
	}
	r.noFailures()
}

// TestOutboxPictures draws a reply that rests beside private notes, into GOODWORD_PICTURES, for a person to look at.
func TestOutboxPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := newRoom(t, 1208, 752)
	id := r.say(r.source("google"), "Pat Quinn", 2, time.Hour, complaint)
	r.setUpNotes()
	r.must(r.store.SaveNote(ctx, id, "Called on 2 March. Invoice 88231, billed twice by mistake; Dana refunds it this week.", r.manager))
	r.Shown()
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		draw := func(name string) {
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("inbox-%s-%s.png", name, mode)))
			r.must(err)
			r.must(png.Encode(file, r.window.Canvas().Capture()))
			r.must(file.Close())
		}
		r.open(id)
		r.press("R")
		r.typeReply(unsafe)
		draw("notes")
		r.typeReply(safe)
		r.press("Ctrl+Enter")
		r.open(id)
		r.reply.open = true
		r.reply.refresh()
		draw("outbox")
		r.vault.Lock()
		r.reading.refresh()
		draw("locked")
		r.must(r.vault.Unlock(ctx))
		r.reading.refresh()
		r.press("Alt+R")
	}
	r.noFailures()
}

func TestTheWindowAsksForTheGoAheadOfCounsel(t *testing.T) {
	r := newRoom(t, 1100, 760)
	r.Shown()
	id := r.say(r.source("google"), "Sam R.", 1, time.Hour, "My lawyer will be in touch. I am suing you.")
	r.Changed("mentions")
	r.open(id)
	r.as(r.manager)
	r.press("R")
	r.typeReply(safe)
	if text := buttonsOf(r); !strings.Contains(text, "Record the go-ahead") || strings.Contains(text, "outbox") || strings.Contains(text, "Copy") {
		t.Errorf("the buttons %s", text)
	}
	r.press("Ctrl+Enter")
	if len(r.host.Copied) != 0 {
		t.Fatalf("copied %q", r.host.Copied)
	}
	r.as(r.author)
	r.reading.refresh()
	shown := 0
	for _, b := range r.reply.buttons.Objects {
		if b := b.(*widget.Button); b.Text == "Record the go-ahead" {
			if shown++; !b.Disabled() {
				t.Error("an author is offered to record it")
			}
		}
	}
	if shown != 1 {
		t.Errorf("the button stands there %d times for an author, out of use", shown)
	}
	if said := r.reply.why.Text(); !strings.Contains(said, "may not record a go-ahead") {
		t.Errorf("an author is told %q", said)
	}
	r.as(r.manager)
	r.reading.refresh()
	tapButton(t, r.reply.buttons, "Record the go-ahead")
	dialog := r.host.LastDialog()
	dialogPicture(t, dialog.Content, "dialog-go-ahead")
	dialog.Press("Record the go-ahead")
	if dialog.Closed {
		t.Error("recorded without a name")
	}
	r.must(r.store.GoAhead(ctx, id, reviews.GoAhead{From: "counsel", Name: "Ada Quist", Reason: "one neutral line"}, r.manager))
	r.reading.refresh()
	if text := buttonsOf(r); !strings.Contains(text, "Into the outbox") {
		t.Errorf("after the go-ahead: %s", text)
	}
}
