package inbox

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/policy"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/proof"
)

// binder lets the room export folders; it returns what was opened.
func (r *room) binder() *[]string {
	opened := &[]string{}
	r.deps.Folders = proof.New(proof.Deps{DB: r.db, Now: r.deps.Now, Reviews: r.store, Policy: policy.NewStore(r.db, r.deps.Now, r.practices), Practices: r.practices,
		Marker: classify.Default(), Version: "1.0.0"})
	r.deps.OpenFolder = func(path string) error { *opened = append(*opened, path); return nil }
	return opened
}

func TestTheIncidentFolderFromTheWindow(t *testing.T) {
	r := newRoom(t, 1280, 800)
	opened := r.binder()
	id := r.say(r.source("google"), "Maria Gonzalez", 5, time.Hour, "Maria here. Friendly people, easy to park.")
	r.Shown()
	r.open(id)
	r.press("D")
	dialog := r.host.LastDialog()
	if dialog == nil || dialog.Title != "Export the incident folder" {
		t.Fatalf("got %+v", dialog)
	}
	path := filepath.Join(t.TempDir(), "incident.zip")
	r.exportFolder(path, proof.Choice{})
	r.noFailures()
	if len(*opened) != 1 || (*opened)[0] != path {
		t.Errorf("opened %v", *opened)
	}
	r.proveFolderAt(path)
	r.noFailures()
	if got := r.host.LastDialog().Title; got != "The folder holds" {
		t.Errorf("got %q", got)
	}
	text, err := os.ReadFile(path)
	r.must(err)
	r.must(os.WriteFile(path, text[:len(text)/2], 0o600))
	r.proveFolderAt(path)
	if len(r.host.Failures) != 1 {
		t.Errorf("half a folder: got %v", r.host.Failures)
	}
}

func TestWhatWasDoneIsToldInPlainWords(t *testing.T) {
	lines := []audit.Line{{Who: audit.Actor{Name: "Dana"}, Did: "assigned", After: "person/7"}, {Who: audit.Actor{Name: "Ivo"}, Did: "saved a draft of the reply"},
		{Who: audit.Actor{Name: "Ivo"}, Did: "saved a draft of the reply"}, {Who: audit.Program, Did: "changed on the site"}, {Did: "read"}}
	var got []string
	for _, d := range deeds(lines, func(id int64) string { return "Lena" }) {
		got = append(got, d.text())
	}
	want := "Dana gave it to Lena|Ivo saved a draft of the reply, 2 times|Goodword found it changed on the site|Somebody read it"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
}

func TestTheSiteShowsOtherWords(t *testing.T) {
	r := newRoom(t, 1280, 800)
	source := r.source("google")
	id := r.say(source, "Jo Bell", 5, time.Hour, "Friendly people, easy to park.")
	const ours, theirs = "Thank you for the kind words. They mean a lot to the whole team.", "Thank you for the kind words. They mean so much to the whole team."
	_, _, err := r.store.SaveDraft(ctx, id, ours, "", r.manager)
	r.must(err)
	_, err = r.store.Copy(ctx, id, r.manager)
	r.must(err)
	r.must(r.store.MarkPosted(ctx, id, r.manager))
	r.at = r.at.Add(time.Hour)
	m := r.find(id)
	_, err = r.store.RecordVisit(ctx, reviews.Visit{SourceID: source.ID, At: r.at, Status: 200}, []reviews.Found{{Key: m.Key, URL: m.URL, Author: m.Author, Stars: m.Stars,
		Posted: m.Posted, Text: m.Text, Reply: theirs}})
	r.must(err)
	r.Shown()
	r.open(id)
	reply, sighting := r.reading.shown.reply, r.reading.shown.sighting
	if reply.State != reviews.OnSite || reply.Text != ours || sighting.Words != theirs {
		t.Fatalf("got %+v, %+v", reply, sighting)
	}
	a, b := differences(ours, theirs)
	if len(a) != 1 || ours[a[0].Start:a[0].End] != "a lot" || len(b) != 1 || theirs[b[0].Start:b[0].End] != "so much" {
		t.Errorf("the marks: %v %v", a, b)
	}
	if len(r.reading.onSite(r.reading.shown)) != 1 {
		t.Error("the difference is not shown")
	}
	r.press("X")
	if r.host.LastDialog().Title != "The site refused the reply" {
		t.Errorf("got %q", r.host.LastDialog().Title)
	}
}
