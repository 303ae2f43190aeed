package house_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/zalando/go-keyring"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/proof"
)

// TestAMaskedFolderTellsNobody plants what tells who a person is wherever people type, makes the masked folder with the private notes, and looks for it in
// every file.
func TestAMaskedFolderTellsNobody(t *testing.T) {
	keyring.MockInit()
	ctx := t.Context()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	h, err := house.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), clock.Clock(func() time.Time { return at }))
	need(t, err)
	defer func() { need(t, h.Close()) }()
	need(t, h.Practices.Save(ctx, practice.Practice{Name: "Harbor Dental", Phone: "512-555-0140", Email: "care@harbordental.example", TimeZone: "UTC"}, audit.Program))
	id, err := h.Practices.SavePerson(ctx, practice.Person{Name: "Dana Whitlock", Role: practice.Manager}, audit.Program)
	need(t, err)
	dana := audit.Actor{ID: id, Name: "Dana Whitlock"}
	m, err := h.Collect.AddByHand(ctx, reviews.Found{Site: "google", Author: "Marguerite Oyelaran", Text: "On January 14th they lost my file. Call me at (512) 555-0199.", Stars: 2, Posted: at}, dana)
	need(t, err)
	begin, err := h.Vault.Begin(ctx)
	need(t, err)
	need(t, begin.Finish(ctx, "", dana))
	need(t, h.Reviews.SaveNote(ctx, m.ID, "Spoke with Marguerite, 47 years old, on 12/02/2026 and on 3 de marzo de 2026. Her insulin was wrong. Reach her at marge.oy@posta.example or 512.555.0177; "+
		"the boy is a seven-year-old, born 2018-05-06. Her sister Rosalind paid $240.", dana))
	_, _, err = h.Reviews.SaveDraft(ctx, m.ID, "Thank you for telling us. Please call our office at 512-555-0140 or write to care@harbordental.example.", "", dana)
	need(t, err)
	_, err = h.Reviews.Release(ctx, m.ID, dana)
	need(t, err)
	need(t, h.Reviews.GoAhead(ctx, m.ID, reviews.GoAhead{From: "counsel", Name: "Ada Quist", Reason: "Marguerite may get one neutral line; her file from January 14th is safe"}, dana))
	need(t, h.Reviews.Escalate(ctx, m.ID, 0, "Mother of a 9 year old, phone 512-555-0123, asked again on Feb 27", dana))
	need(t, h.Reviews.Resolve(ctx, m.ID, "Called the family line; they're at ER", dana))
	folder := filepath.Join(t.TempDir(), "folder")
	_, err = h.Folders.Export(ctx, m.ID, folder, proof.Choice{Notes: true}, dana, nil)
	need(t, err)
	planted := []string{"January 14", "555-0199", "Marguerite", "Oyelaran", "47 years", "12/02/2026", "3 de marzo", "insulin", "marge.oy", "555.0177", "seven-year-old", "2018-05-06", "Rosalind", "$240",
		"9 year old", "555-0123", "Feb 27", "family line", "at ER"}
	all := ""
	need(t, filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasSuffix(path, ".pdf") {
			return err
		}
		text, err := os.ReadFile(path)
		all += string(text)
		for _, word := range planted {
			if strings.Contains(string(text), word) {
				t.Errorf("%s tells %q", filepath.Base(path), word)
			}
		}
		return err
	}))
	for _, kept := range []string{"may get one neutral line", "\"from\": \"counsel\"", "512-555-0140", "care@harbordental.example", "[phone]", "[e-mail]", "[date]", "[age]", "[health]", "[name]"} {
		if !strings.Contains(all, kept) {
			t.Errorf("the folder lacks %q", kept)
		}
	}
	text, err := os.ReadFile(filepath.Join(folder, "manifest.json"))
	need(t, err)
	var manifest proof.Manifest
	need(t, json.Unmarshal(text, &manifest))
	seen := map[string]bool{}
	for _, c := range manifest.Covered {
		seen[c.Kind] = true
		if c.Times == 0 || c.Why == "" {
			t.Errorf("the manifest says %+v, without how often or why", c)
		}
	}
	for _, kind := range []string{"phone", "e-mail", "date", "age", "health", "name"} {
		if !seen[kind] {
			t.Errorf("the manifest does not say that a %s was masked: %+v", kind, manifest.Covered)
		}
	}
	if report, err := h.Folders.Verify(ctx, folder); err != nil {
		t.Errorf("the masked folder does not hold: %v, %+v", err, report)
	}
}
