package policyroom_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// TestRoomPictures draws every pane, light and dark, into GOODWORD_PICTURES, for a person to look at.
func TestRoomPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := open(t)
	r.busy()
	_, err := r.roster.SavePerson(ctx, practice.Person{ID: r.people[0].ID, Name: "Dana Whitlock", Role: practice.Compliance}, r.people[0].Actor())
	must(t, err)
	_, err = r.store.Assign(ctx, policy.Assignment{PersonID: r.people[3].ID, ModuleID: "m10", Due: "2026-12-22", Reason: "He stands in for the manager"}, r.people[0].Actor())
	must(t, err)
	_, err = r.store.SwitchDoors(ctx, true, 30, r.people[0].Actor())
	must(t, err)
	must(t, r.store.PlaceHold(ctx, "person/1", "Letter of the Office for Civil Rights of 3 March 2026, case 26-10442", r.people[0].Actor()))
	own, err := r.store.SaveMyth(ctx, policy.Myth{Topic: "oil pulling", Myth: "Oil pulling replaces brushing.", Correct: "Brushing twice a day removes plaque. Oil has not been shown to.",
		Basis: policy.Basis{Source: "NIDCR", URL: "https://www.nidcr.nih.gov/health-info"}}, r.people[0].Actor())
	must(t, err)
	r.uses = []policy.MythUse{{Kind: policy.UsedInReply, ID: 12, State: "posted", At: r.now}, {Kind: policy.UsedInPost, ID: 3, Title: "Oil and teeth", State: "published", At: r.now}}
	r.stopped = []policy.Stopped{{DraftID: 7, MentionID: 3, Rule: "phi-health", Label: "Health or treatment tied to a person", Proposal: "Dear (a name), so glad that your root canal on (a day) went well."}}
	shots := []string{"Checklist/gov1", "Document", "Document.check", "Document.changes", "Training/m1", "Training/team", "Doors", "Near-misses", "Signatures", "Incidents/1", "Incidents/penalties", "Incidents/case/elite-dental-2019", "Crisis plan",
		"Vendors", "Proof/pack", "Proof/certificates", "Proof/kept", "Proof/brief", "Rules", "Myths/how", "Myths/" + own.ID, "Myths/d1"}
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		r.Changed(kit.ChangedPolicy)
		r.Shown()
		for _, at := range shots {
			place, part, _ := strings.Cut(at, ".")
			r.Receive(place)
			switch part {
			case "":
				if place == "Document" {
					r.run("Policy: read the text")
				}
			case "check":
				r.run("Policy: check the text")
			case "changes":
				r.run("Policy: see what changed")
			}
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%v.png", strings.ToLower(strings.NewReplacer("/", "-", ".", "-", " ", "-").Replace(at)), mode)))
			must(t, err)
			must(t, png.Encode(file, r.window.Canvas().Capture()))
			must(t, file.Close())
		}
	}
}
