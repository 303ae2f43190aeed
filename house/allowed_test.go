package house_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/proof"
)

// TestTheIncidentFolderTellsWhoAllowedTheReply records the go-ahead of counsel, changes the review, and reads both folders: who agreed, when, why and to
// an answer to which wording stands among the facts.
func TestTheIncidentFolderTellsWhoAllowedTheReply(t *testing.T) {
	ctx := t.Context()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	h, err := house.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), clock.Clock(func() time.Time { return at }))
	need(t, err)
	defer func() { need(t, h.Close()) }()
	need(t, h.Practices.Save(ctx, practice.Practice{Name: "Harbor Dental", Phone: "512-555-0140", TimeZone: "UTC"}, audit.Program))
	id, err := h.Practices.SavePerson(ctx, practice.Person{Name: "Dana Whitlock", Role: practice.Manager}, audit.Program)
	need(t, err)
	dana := audit.Actor{ID: id, Name: "Dana Whitlock"}
	source, err := h.Reviews.AddSource(ctx, reviews.Source{Name: "google", Address: "https://google.example/feed", Site: "google"}, audit.Program)
	need(t, err)
	said := reviews.Found{Key: "1", Author: "Pat Quinn", Text: "You will hear from my lawyer.", Stars: 1, Posted: at, Understood: reviews.Understood{Urgency: "high", Signals: []string{"legal_threat"}}}
	visit := func() {
		t.Helper()
		_, err := h.Reviews.RecordVisit(ctx, reviews.Visit{SourceID: source.ID, At: at, Status: 200}, []reviews.Found{said})
		need(t, err)
	}
	visit()
	m, err := h.Reviews.Find(ctx, 1)
	need(t, err)
	told := func(c proof.Choice) proof.Story {
		t.Helper()
		folder := filepath.Join(t.TempDir(), "folder")
		_, err := h.Folders.Export(ctx, m.ID, folder, c, dana, nil)
		need(t, err)
		text, err := os.ReadFile(filepath.Join(folder, "story.json"))
		need(t, err)
		var s proof.Story
		need(t, json.Unmarshal(text, &s))
		if _, err := h.Folders.Verify(ctx, folder); err != nil {
			t.Errorf("the folder does not hold: %v", err)
		}
		return s
	}
	if s := told(proof.Choice{}); s.GoAhead != nil {
		t.Errorf("nobody agreed yet, and the folder says %+v", *s.GoAhead)
	}
	at = at.Add(2 * time.Hour)
	need(t, h.Reviews.GoAhead(ctx, m.ID, reviews.GoAhead{From: "counsel", Name: "Ada Quist", Reason: "one neutral line, no word on her insulin"}, dana))
	want := proof.GoAhead{From: "counsel", Name: "Ada Quist", Reason: "one neutral line, no word on her insulin", At: at, Recorder: "Dana Whitlock", For: "revisions/01-now.txt", Holds: true}
	if s := told(proof.Choice{Unmasked: true}); s.GoAhead == nil || *s.GoAhead != want {
		t.Errorf("got %+v, want %+v", s.GoAhead, want)
	}
	s := told(proof.Choice{})
	if s.GoAhead == nil || s.GoAhead.From != "counsel" || strings.Contains(s.GoAhead.Reason, "insulin") || !strings.Contains(s.GoAhead.Reason, "one neutral line") {
		t.Errorf("masked: got %+v", s.GoAhead)
	}
	for _, step := range s.Steps {
		if strings.Contains(step.What, "agreed") && (strings.Contains(step.What, "neutral line") || !strings.HasSuffix(step.What, reviews.DidAgree+": [note]")) {
			t.Errorf("the log says %q, want the reason covered as other notes are", step.What)
		}
	}
	at = at.Add(time.Hour)
	said.Text += " And the paper will, too."
	visit()
	want.For, want.Holds = "revisions/01-until-2026-03-02.txt", false
	if s := told(proof.Choice{Unmasked: true}); s.GoAhead == nil || *s.GoAhead != want {
		t.Errorf("after the review was changed: got %+v, want %+v", s.GoAhead, want)
	}
}
