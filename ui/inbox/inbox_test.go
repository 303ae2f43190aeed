package inbox

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/ui/kit"
)

const (
	complaint = "I sat in the waiting room for a whole hour past my slot and nobody at the front desk said a word."
	praise    = "Lovely team, gentle with my son, and the new rooms are spotless. Thank you!"
	safe      = "Thank you for telling us. We would like to listen and to make it better. Please call us at 512-555-0140."
	unsafe    = "We are sorry your root canal on March 3 ran late. As our patient you get 20% off if you change your review."
)

// usual opens the inbox with one complaint and one praise.
func usual(t *testing.T) (r *room, bad, good int64) {
	r = newRoom(t, 1100, 760)
	google := r.source("google")
	bad, good = r.say(google, "Pat Quinn", 2, time.Hour, complaint), r.say(google, "Sam", 5, 2*time.Hour, praise)
	r.Shown()
	return r, bad, good
}

func TestOpeningMarksRead(t *testing.T) {
	r, bad, good := usual(t)
	if got := r.list.pager.Len(); got != 2 {
		t.Fatalf("got %d rows, want 2", got)
	}
	test.Type(r.list.rows, "j")
	if m := r.find(bad); m.Status != reviews.Read || r.reading.id != bad {
		t.Errorf("opened %d with status %s", r.reading.id, m.Status)
	}
	if row, ok := r.list.pager.At(0); !ok || row.Unread {
		t.Errorf("the row still looks unread: %+v", row)
	}
	test.Type(r.list.rows, "j")
	if r.reading.id != good {
		t.Errorf("J opened %d, want %d", r.reading.id, good)
	}
	r.press("U")
	if m := r.find(good); m.Status != reviews.New {
		t.Errorf("U: got status %s", m.Status)
	}
	r.press("F")
	if m := r.find(good); !m.Starred {
		t.Error("F did not flag")
	}
	r.noFailures()
}

func TestReplyWithATemplateByKeyboard(t *testing.T) {
	r, bad, _ := usual(t)
	r.as(r.author) // an author may send a template as it is
	r.open(bad)
	if r.reply.mayCopy() {
		t.Error("there is nothing to copy yet")
	}
	r.press("R")
	r.press("1")
	text := r.reply.editor.Text()
	if text == "" || r.find(bad).Status != reviews.Answering {
		t.Fatalf("template: got %q, status %s", text, r.find(bad).Status)
	}
	r.press("Ctrl+Enter")
	if len(r.host.Copied) != 1 || r.host.Copied[0] != text {
		t.Errorf("copied %q, want %q", r.host.Copied, text)
	}
	if len(r.host.Opened) != 1 || !strings.HasPrefix(r.host.Opened[0], "https://google.example/review/") {
		t.Errorf("opened %v", r.host.Opened)
	}
	row := func() string {
		i, _ := r.list.pager.Find(func(d kit.RowData) bool { return d.ID == bad })
		found, _ := r.list.pager.At(i)
		return found.Status
	}
	if m := r.find(bad); m.Status != reviews.Answering || row() != "Not confirmed" {
		t.Errorf("copied: status %s, in the list %q", m.Status, row())
	}
	if !r.reply.toAsk() {
		t.Error("whether it was posted is not asked")
	}
	tapButton(t, r.reply.bar, "Not yet")
	if m := r.find(bad); m.Status != reviews.Answering || r.reply.toAsk() {
		t.Errorf("not yet: status %s, asked again: %v", m.Status, r.reply.toAsk())
	}
	r.press("Y")
	if m := r.find(bad); m.Status != reviews.Answered || row() != "Answered" {
		t.Errorf("posted: status %s, in the list %q", m.Status, row())
	}
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.State != reviews.Posted || r.reply.toAsk() {
		t.Errorf("after the answer: %+v, %v, asked again: %v", reply.State, err, r.reply.toAsk())
	}
	r.noFailures()
}

func TestTheGateKeepsCopyShut(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("R")
	r.typeReply(unsafe)
	if len(r.reply.editor.Findings()) == 0 || r.reply.mayCopy() {
		t.Fatalf("unsafe words: %d findings, can be copied: %v", len(r.reply.editor.Findings()), r.reply.mayCopy())
	}
	if r.reply.editor.Findings()[0].Tone != kit.ToneBad {
		t.Error("what blocks does not come first")
	}
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.Text != unsafe {
		t.Errorf("the draft was not kept: %q, %v", reply.Text, err)
	}
	r.press("Ctrl+Enter")
	if len(r.host.Copied) != 0 {
		t.Fatalf("copied %q", r.host.Copied)
	}
	if got, want := r.reply.editor.Entry.SelectedText(), r.reply.editor.Findings()[0].Quote; got != want {
		t.Errorf("selected %q, want %q", got, want)
	}
	if got := strings.Join(r.host.Toasts, "|"); got != "Change the marked words first" {
		t.Errorf("said %q", got)
	}
	r.typeReply(safe)
	if !r.reply.mayCopy() {
		t.Fatalf("safe words cannot be copied: %v, findings %+v", r.reply.shown.choices.Copy, r.reply.editor.Findings())
	}
	r.press("Ctrl+Enter")
	r.rested(bad)
	r.press("Ctrl+Enter")
	if len(r.host.Copied) != 1 || r.host.Copied[0] != safe {
		t.Errorf("copied %q", r.host.Copied)
	}
	r.noFailures()
}

func TestFreeTextByAnAuthorNeedsASecondPerson(t *testing.T) {
	r, bad, _ := usual(t)
	r.as(r.author)
	r.open(bad)
	r.press("R")
	r.typeReply(safe)
	if r.reply.mayCopy() {
		t.Fatal("an author copies free text alone")
	}
	tapButton(t, r.reply.buttons, "Ask for approval")
	r.as(r.manager)
	r.reading.refresh()
	tapButton(t, r.reply.buttons, "Send back")
	dialog := r.host.LastDialog()
	dialog.Press("Send back")
	if dialog.Closed {
		t.Error("sent back without a note")
	}
	typeInto(t, dialog.Content, "Shorter, please")
	dialog.Press("Send back")
	if reply, err := r.store.ReplyTo(ctx, bad); err != nil || reply.State != reviews.SentBack {
		t.Fatalf("got %s, %v", reply.State, err)
	}
	if r.reply.note.Hidden {
		t.Error("the note is not shown")
	}
	r.as(r.author)
	r.reading.refresh()
	r.typeReply(safe + " Thank you.")
	tapButton(t, r.reply.buttons, "Ask for approval")
	r.as(r.manager)
	r.reading.refresh()
	tapButton(t, r.reply.buttons, "Approve and release")
	r.as(r.author)
	r.rested(bad)
	r.press("Ctrl+Enter")
	if len(r.host.Copied) != 1 {
		t.Errorf("copied %q", r.host.Copied)
	}
	r.noFailures()
}

func TestAnEditedReviewHoldsTheSavingBack(t *testing.T) {
	r := newRoom(t, 1100, 760)
	source := r.source("google")
	id := r.say(source, "Pat Quinn", 2, time.Hour, complaint)
	r.Shown()
	r.open(id)
	r.press("R")
	r.typeReply(safe)
	r.say(source, "Pat Quinn", 1, time.Hour, complaint+" And then they lost my records.")
	r.typeReply(safe + " We read every word.")
	if reply, err := r.store.ReplyTo(ctx, id); err != nil || reply.Revision != 0 {
		t.Fatalf("a text was saved against a review that nobody had read: %+v, %v", reply, err)
	}
	if r.reply.note.Hidden || r.reply.mayCopy() {
		t.Errorf("note hidden: %v, can be copied: %v", r.reply.note.Hidden, r.reply.mayCopy())
	}
	if !strings.Contains(r.reading.shown.mention.Text, "lost my records") {
		t.Error("the new words are not shown")
	}
	r.noFailures()
	r.reply.editor.Entry.SetText(safe + " We read every word, twice.")
	if reply, err := r.store.ReplyTo(ctx, id); err != nil || reply.Text != safe || r.reply.stored == r.reply.editor.Text() {
		t.Fatalf("typing on was stored: %+v, %v", reply, err)
	}
	tapButton(t, r.reply.buttons, "I have read it")
	if reply, err := r.store.ReplyTo(ctx, id); err != nil || reply.Revision != 1 || !strings.Contains(reply.Text, "every word") {
		t.Fatalf("after reading it: %+v, %v", reply, err)
	}
	if !r.reply.mayCopy() {
		t.Errorf("it still cannot be copied: %v", r.reply.shown.choices.Copy)
	}
}

func TestWhatWasUrgentSaysSoWhenItIsHandled(t *testing.T) {
	r, _, _ := usual(t)
	for _, c := range []struct {
		urgency string
		status  reviews.Status
		want    string
		red     bool
	}{
		{"critical", reviews.New, "", true},
		{"critical", reviews.NoReply, "Was urgent · No reply", false},
		{"high", reviews.Answered, "Was urgent · Answered", false},
		{"medium", reviews.Answered, "Answered", false},
		{"", reviews.Resolved, "Resolved", false},
	} {
		row := r.Screen.row(reviews.Mention{Status: c.status, Understood: reviews.Understood{Urgency: c.urgency}}, "")
		if row.Status != c.want || row.Urgent != c.red {
			t.Errorf("%s %s: got %q, red %v", c.urgency, c.status, row.Status, row.Urgent)
		}
	}
}

func TestDecisionsCanBeTakenBack(t *testing.T) {
	r, bad, good := usual(t)
	r.open(good)
	r.press("N")
	r.host.LastDialog().Press("No public reply")
	if m := r.find(good); m.Status != reviews.NoReply || m.Reason == "" {
		t.Fatalf("closed: %+v", m)
	}
	r.host.Undo()
	if m := r.find(good); m.Status != reviews.Read {
		t.Errorf("undo: got status %s", m.Status)
	}
	r.open(bad)
	r.press("E")
	dialog := r.host.LastDialog()
	dialog.Press("Escalate")
	if dialog.Closed {
		t.Error("escalated to nobody")
	}
	choose(t, dialog.Content, 0)
	typeInto(t, dialog.Content, "A lawyer is named")
	dialog.Press("Escalate")
	if m := r.find(bad); m.Status != reviews.Escalated || m.Assigned != r.manager.ID {
		t.Errorf("escalated: status %s, assigned %d", m.Status, m.Assigned)
	}
	r.host.Undo()
	if m := r.find(bad); m.Status != reviews.Read {
		t.Errorf("undo: got status %s", m.Status)
	}
	r.noFailures()
}

func TestCorrections(t *testing.T) {
	r, bad, _ := usual(t)
	r.open(bad)
	r.press("+")
	if m := r.find(bad); m.Sentiment != "positive" || len(m.Corrected) != 1 {
		t.Errorf("got %s, corrected %v", m.Sentiment, m.Corrected)
	}
	r.setTopics([]string{"wait_time"})
	r.correctUrgency("critical")()
	if m := r.find(bad); len(m.Topics) != 1 || m.Urgency != "critical" || !m.Due.Equal(monday.Add(time.Hour)) {
		t.Errorf("got topics %v, urgency %s, due %s", m.Topics, m.Urgency, m.Due)
	}
	r.press("A")
	dialog := r.host.LastDialog()
	choose(t, dialog.Content, 1)
	dialog.Press("Assign")
	if m := r.find(bad); m.Assigned == 0 {
		t.Error("nobody was assigned")
	}
	r.noFailures()
}

func TestSearchesAndViews(t *testing.T) {
	r, _, good := usual(t)
	r.Receive("stars:5 gentle")
	if got := r.list.pager.Len(); got != 1 {
		t.Fatalf("got %d rows", got)
	}
	r.Receive("stars:9")
	if r.list.wrong.Hidden || r.list.pager.Len() != 1 {
		t.Error("a search that cannot be understood must say so and change nothing")
	}
	r.list.saveView()
	dialog := r.host.LastDialog()
	typeInto(t, dialog.Content, "Praise")
	dialog.Press("Save")
	if !dialog.Closed || len(r.views.own) != 1 {
		t.Fatalf("the view was not saved: %d views", len(r.views.own))
	}
	r.views.lines[1].Tapped(nil)
	if got := r.list.query.String(); got != "is:unread" {
		t.Errorf("unread: got %q", got)
	}
	r.views.own[0].Tapped(nil)
	if got := r.list.query.String(); got != "stars:5 gentle" || !r.views.own[0].chosen {
		t.Errorf("saved view: got %q", got)
	}
	r.views.own[0].remove()
	if len(r.views.own) != 0 {
		t.Error("the view was not removed")
	}
	r.host.Undo()
	if len(r.views.own) != 1 {
		t.Error("the view did not come back")
	}
	r.Receive("nothing-has-this-word")
	if r.reading.id != 0 {
		t.Error("a mention stayed open that the search does not find")
	}
	r.Receive(good)
	if r.reading.id != good {
		t.Errorf("opened %d, want %d", r.reading.id, good)
	}
	r.noFailures()
}

func TestEachFilterOfTheMenuCanBeSearched(t *testing.T) {
	r, _, _ := usual(t)
	choices := 0
	var walk func(items []*fyne.MenuItem)
	walk = func(items []*fyne.MenuItem) {
		for _, item := range items {
			if item.ChildMenu != nil {
				walk(item.ChildMenu.Items)
				continue
			}
			choices++
			r.list.search("")
			item.Action()
			if len(r.list.query.Terms) != 1 || len(r.host.Failures) > 0 {
				t.Fatalf("%s: searched for %q, failures %v", item.Label, r.list.query, r.host.Failures)
			}
		}
	}
	walk(r.list.filters().Items)
	if choices < 30 {
		t.Errorf("got %d choices", choices)
	}
}

// TestTheOpenMentionStaysInItsPlace opens mentions among the unread ones: what is being read does not vanish under the reader.
func TestTheOpenMentionStaysInItsPlace(t *testing.T) {
	r := newRoom(t, 1100, 760)
	google := r.source("google")
	for i := range 5 {
		r.say(google, fmt.Sprintf("Reader %d", i), 4, time.Duration(i)*time.Hour, fmt.Sprintf("Visit number %d went well", i))
	}
	r.Shown()
	r.list.search("is:unread")
	seen := []string{}
	for range 5 {
		r.list.rows.Next()
		r.Changed(kit.ChangedMentions)
		seen = append(seen, r.reading.shown.mention.Author)
	}
	if got, want := strings.Join(seen, ", "), "Reader 0, Reader 1, Reader 2, Reader 3, Reader 4"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := r.list.pager.Len(); got != 1 {
		t.Errorf("got %d rows at the end, want the open one", got)
	}
}

func TestAddByHand(t *testing.T) {
	r, _, _ := usual(t)
	r.press("Ctrl+N")
	dialog := r.host.LastDialog()
	dialog.Press("Add")
	if dialog.Closed {
		t.Error("added without words")
	}
	typeInto(t, dialog.Content, "Heard at the bakery: they never answer the phone")
	dialog.Press("Add")
	if !dialog.Closed || r.reading.shown.mention.Sentiment == "" || len(r.reading.shown.mention.Topics) == 0 {
		t.Errorf("closed %v, opened %+v", dialog.Closed, r.reading.shown.mention)
	}
	first := r.reading.shown.mention.ID
	r.press("Ctrl+N")
	dialog = r.host.LastDialog()
	typeInto(t, dialog.Content, "Heard at the bakery: they never answer the phone")
	dialog.Press("Add")
	if toast := r.host.Toasts[len(r.host.Toasts)-1]; !dialog.Closed || r.reading.shown.mention.ID != first || !strings.Contains(toast, "already, since") {
		t.Errorf("entered twice: closed %v, opened %d, want %d; said %q", dialog.Closed, r.reading.shown.mention.ID, first, toast)
	}
	if _, err := r.typed("x", "", "", "", "tomorrow", 0); err == nil {
		t.Error("tomorrow is taken for a date")
	}
	r.noFailures()
}

// million is a store of a million mentions that nobody stored.
type million struct {
	*reviews.Store
	pages, most int
}

func (m *million) IDs(context.Context, reviews.Query) ([]int64, error) {
	ids := make([]int64, 1_000_000)
	for i := range ids {
		ids[i] = int64(len(ids) - i)
	}
	return ids, nil
}

func (m *million) Page(_ context.Context, ids []int64) ([]reviews.Mention, error) {
	m.pages++
	m.most = max(m.most, len(ids))
	list := make([]reviews.Mention, len(ids))
	for i, id := range ids {
		list[i] = reviews.Mention{ID: id, Author: fmt.Sprintf("Author %d", id), Text: "Words", Stars: 4, Status: reviews.Read}
	}
	return list, nil
}

func TestAMillionMentions(t *testing.T) {
	r := newRoom(t, 1100, 760)
	m := &million{Store: r.store}
	r.deps.Mentions = m
	r.Shown()
	if got := r.list.pager.Len(); got != 1_000_000 {
		t.Fatalf("got %d rows", got)
	}
	for i := range 200 {
		r.list.rows.ScrollTo(float64(i) * 5000 * float64(r.list.rows.RowHeight()))
	}
	if m.most > 64 || m.pages > 600 {
		t.Errorf("read %d pages of up to %d rows", m.pages, m.most)
	}
	if index, err := r.list.indexOf(ctx, 1); err != nil || index != 999_999 {
		t.Errorf("the oldest is at %d, %v", index, err)
	}
}

func TestWords(t *testing.T) {
	now := monday
	for want, m := range map[string]reviews.Mention{
		"2 h over":    {Due: now.Add(-2 * time.Hour)},
		"3 days over": {Due: now.Add(-75 * time.Hour)},
		"30 min left": {Owed: now.Add(-210 * time.Minute), Target: 4, Due: now.Add(30 * time.Minute)},
		"08:00":       {Due: now.Add(30 * time.Hour), Posted: now.Add(-time.Hour)},
		"27 Feb":      {Posted: now.AddDate(0, 0, -3)},
		"Mar 2025":    {Posted: now.AddDate(-1, 0, 0)},
		"1 Mar":       {Seen: now.AddDate(0, 0, -1)},
	} {
		s := &Screen{}
		s.names.Store(&names{practice: practice.Practice{TimeZone: "UTC"}})
		if got, _ := s.age(m, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if got := firstName("Dr. Amara Osei"); got != "Amara" {
		t.Errorf("got %q", got)
	}
}
