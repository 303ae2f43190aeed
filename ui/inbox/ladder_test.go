package inbox

import (
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

const harmful = "They gave me the wrong medication and I ended up in the ER after my visit. My attorney will be in touch about the bill."

func picture(t *testing.T, r *room, name string) {
	t.Helper()
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		return
	}
	f, err := os.Create(filepath.Join(folder, name+".png"))
	r.must(err)
	r.must(png.Encode(f, r.window.Canvas().Capture()))
	r.must(f.Close())
}

func dialogPicture(t *testing.T, content fyne.CanvasObject, name string) {
	t.Helper()
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		return
	}
	w := kittest.Window(t, content, 700, 560)
	f, err := os.Create(filepath.Join(folder, name+".png"))
	if err == nil {
		err = errors.Join(png.Encode(f, w.Canvas().Capture()), f.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestFromEscalatedToResolvedByKeyboard(t *testing.T) {
	r := newRoom(t, 1280, 800)
	r.Shown()
	priya := r.person("Priya Nair", "compliance officer", practice.Compliance)
	r.Changed("practice")
	id := r.say(r.source("google"), "Sam R.", 1, time.Hour, harmful)
	r.Changed("mentions")
	r.open(id)
	if got := r.reading.shown.channels; len(got) == 0 || got[0].ID != "pc1" {
		t.Fatalf("the rules for the private channel: %+v", got)
	}
	picture(t, r, "inbox-channel")
	r.as(r.author)
	r.press("E")
	dialog := r.host.LastDialog()
	dialogPicture(t, dialog.Content, "dialog-escalate")
	dialog.Press("Escalate")
	e, err := r.store.EscalationOf(ctx, id)
	r.must(err)
	if e.Rung != "compliance" || e.Person != priya.ID || e.Avoid == "" || !e.Waits() {
		t.Fatalf("escalated: %+v", e)
	}
	picture(t, r, "inbox-escalated")
	r.press("H")
	r.host.LastDialog().Press("Copy the text")
	for _, want := range []string{"Priya Nair", "Compliance officer", "wrong medication", "What must not be done"} {
		if !strings.Contains(r.host.Copied[len(r.host.Copied)-1], want) {
			t.Errorf("the hand-over note lacks %q:\n%s", want, r.host.Copied[len(r.host.Copied)-1])
		}
	}
	r.as(priya)
	r.press("B")
	if len(r.host.Toasts) == 0 || !strings.Contains(r.host.Toasts[len(r.host.Toasts)-1], "taken this up") {
		t.Errorf("what nobody took up can be put off: %v", r.host.Toasts)
	}
	r.press("I")
	if e, err = r.store.EscalationOf(ctx, id); err != nil || e.Taker != priya.ID {
		t.Errorf("taken up: %+v, %v", e, err)
	}
	r.press("Q")
	dialogPicture(t, r.host.LastDialog().Content, "dialog-callback")
	r.host.LastDialog().Press("Copy the text")
	for _, want := range []string{"Priya Nair", "Harbor Dental", "512-555-0140", "Do not say"} {
		if !strings.Contains(r.host.Copied[len(r.host.Copied)-1], want) {
			t.Errorf("the script lacks %q", want)
		}
	}
	r.press("B")
	dialogPicture(t, r.host.LastDialog().Content, "dialog-snooze")
	typeInto(t, r.host.LastDialog().Content, "2026-03-09")
	r.host.LastDialog().Press("On this day")
	if m := r.find(id); !m.Snoozed.Equal(time.Date(2026, 3, 9, 8, 0, 0, 0, time.UTC)) {
		t.Errorf("put off until %v", m.Snoozed)
	}
	if m := r.find(id); m.Status != reviews.Escalated {
		t.Errorf("status %s", m.Status)
	}
	picture(t, r, "inbox-snoozed")
	r.host.Undo()
	if m := r.find(id); !m.Snoozed.IsZero() {
		t.Errorf("undo leaves it put off until %v", m.Snoozed)
	}
	r.noFailures()
}

func chipsIn(in fyne.CanvasObject) string {
	var all []string
	each(in, func(o fyne.CanvasObject) {
		if c, ok := o.(*kit.Chip); ok {
			all = append(all, c.Text())
		}
	})
	return strings.Join(all, "\n")
}

func TestTheChipsOfTheClock(t *testing.T) {
	r := newRoom(t, 1280, 800)
	r.Shown()
	id := r.say(r.source("google"), "Sam R.", 2, time.Hour, "The front desk was rude.")
	r.must(r.store.Snooze(ctx, id, r.at.Add(30*time.Hour), "the patient", r.manager))
	for _, c := range []struct {
		after time.Duration
		want  string
	}{{0, "Clock stands still until Tue 3 Mar, 15:00"}, {30 * time.Hour, "0 min of 8 h used"}, {time.Hour + 18*time.Minute, "1 h 18 min of 8 h used"}} {
		r.at = r.at.Add(c.after)
		_, err := r.store.Tend(ctx)
		r.must(err)
		r.open(id)
		o, err := r.readMention(ctx, id, audit.Program)
		r.must(err)
		clock := reviews.ClockOf(o.mention, r.at, r.known().practice)
		if !strings.Contains(chipsIn(r.reading.content), c.want) {
			t.Errorf("at %v: no chip %q (%+v)", r.at, c.want, clock)
		}
	}
}
