package collect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"goodword/reviews"
	"goodword/reviews/collect"
)

func mailFile(t *testing.T, name string, parts ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(strings.Join(parts, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const fromLine = "From google Sat Nov 21 10:00:00 2026\n"

func TestMailFilesAreImportedOnce(t *testing.T) {
	d := open(t, "Bright Harbor")
	box := mailFile(t, "alerts.mbox", fromLine, googleAlert(1, 2, "Tom Ashby", "We waited fifty minutes."), "\n", fromLine, letterFrom(1, "Ann <ann@post.example>", "Bright Harbor", "Kind people."), "\n",
		fromLine, letterFrom(2, "Bank <b@bank.example>", "Your statement", "It is ready."), "\n", fromLine, "no header at all\n\n", fromLine, googleAlert(2, 5, "Ida Stone", "Lovely."))
	preview, err := d.Preview(ctx, box, nil, "")
	if err != nil || preview.Format != "mail" || len(preview.Found) != 3 || len(preview.Problems) != 2 {
		t.Fatalf("preview: got %+v, %v; want 3 entries and 2 remarks", preview, err)
	}
	if len(d.inbox(t)) != 0 {
		t.Error("a preview stored something")
	}
	got, err := d.Import(ctx, box, collect.ImportOptions{}, dana)
	if want := (reviews.Outcome{New: 3}); err != nil || got != want {
		t.Fatalf("import: got %+v, %v; want %+v", got, err, want)
	}
	got, err = d.Import(ctx, box, collect.ImportOptions{}, dana)
	if want := (reviews.Outcome{Unchanged: 3}); err != nil || got != want {
		t.Errorf("import again: got %+v, %v; want %+v", got, err, want)
	}
	single := mailFile(t, "one.eml", googleAlert(2, 5, "Ida Stone", "Lovely."))
	got, err = d.Import(ctx, single, collect.ImportOptions{}, dana)
	if want := (reviews.Outcome{Unchanged: 1}); err != nil || got != want {
		t.Errorf("one of them as a file of its own: got %+v, %v; want %+v", got, err, want)
	}
	for _, m := range d.inbox(t) {
		if m.Author == "Tom Ashby" && (!m.Imported || m.Proof != "Signed by google.com" || m.Stars != 2) {
			t.Errorf("the first: got %+v", m)
		}
	}
}

func TestASingleMailIsTakenWhateverItSays(t *testing.T) {
	d := open(t, "Bright Harbor")
	got, err := d.Import(ctx, mailFile(t, "chosen.eml", letterFrom(1, "Ann <ann@post.example>", "Hello", "No watch word here.")), collect.ImportOptions{}, dana)
	if want := (reviews.Outcome{New: 1}); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
}

func TestAMailboxThatBrokeOffGivesWhatItHas(t *testing.T) {
	d := open(t, "Hello")
	whole := fromLine + googleAlert(1, 2, "Tom Ashby", "Slow.") + "\n" + fromLine + letterFrom(1, "Ann <ann@post.example>", "Hello", "Half of this is missing")
	got, err := d.Import(ctx, mailFile(t, "broken.mbox", whole[:len(whole)-12]), collect.ImportOptions{}, dana)
	if want := (reviews.Outcome{New: 2}); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	if _, err := d.Import(ctx, mailFile(t, "empty.mbox", fromLine), collect.ImportOptions{}, dana); err == nil || !strings.Contains(err.Error(), "nothing to import") {
		t.Errorf("an empty mailbox: got %v, want that there is nothing", err)
	}
}

func TestAMailboxAndItsFileTellOneStory(t *testing.T) {
	d, server := open(t), serveMail(t)
	alert := googleAlert(1, 2, "Tom Ashby", "We waited fifty minutes and nobody said a word.")
	server.deliver(t, alert)
	d.mailbox(t, server.values())
	d.collect(t)
	got, err := d.Import(ctx, mailFile(t, "alerts.mbox", fromLine, alert), collect.ImportOptions{}, dana)
	if want := (reviews.Outcome{Duplicates: 1}); err != nil || got != want || len(d.inbox(t)) != 1 {
		t.Errorf("got %+v, %v and %d mentions; want one story", got, err, len(d.inbox(t)))
	}
}

func BenchmarkMbox(b *testing.B) {
	d := open(b, "Bright Harbor")
	var all strings.Builder
	const messages = 2000
	for i := range messages {
		fmt.Fprintf(&all, "%s%s\n", fromLine, googleAlert(i, 1+i%5, fmt.Sprintf("Author %d", i), "We waited fifty minutes and nobody said a word. Then it went well."))
	}
	file := filepath.Join(b.TempDir(), "alerts.mbox")
	if err := os.WriteFile(file, []byte(all.String()), 0o600); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(all.Len()))
	for b.Loop() {
		if p, err := d.Preview(ctx, file, nil, ""); err != nil || len(p.Found) != messages {
			b.Fatalf("got %d, %v", len(p.Found), err)
		}
	}
}
