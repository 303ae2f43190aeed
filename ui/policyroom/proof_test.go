package policyroom_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"goodword/ui/theme"
)

func TestProofShowsWhatIsOnRecord(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Proof/pack")
	r.sees("Proof pack", "Export a pack", "2 modules passed", "for 6 years")
	r.Receive("Proof/certificates")
	r.sees("Save the certificate", "Check a code")
	r.Receive("Proof/kept")
	r.sees("Nothing has served its time", "45 CFR 164.530(j)(2)", "Records are kept for 6 years")
	r.run("Place a legal hold")
	if r.host.LastDialog() == nil {
		t.Fatal("no dialog asked for the hold")
	}
	must(t, r.store.PlaceHold(ctx, "", "Letter of the regulator", r.people[0].Actor()))
	r.Changed("policy")
	r.Receive("Proof/kept")
	r.sees("Legal hold on everything", "Letter of the regulator", "1 hold")
	r.broken = true
	r.Changed("policy")
	r.Receive("Proof")
	r.sees("What is on record could not be read")
}

// TestProofPictures draws the pane into GOODWORD_PICTURES, for a person to look at.
func TestProofPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := open(t)
	r.busy()
	must(t, r.store.PlaceHold(ctx, "person/1", "Letter of the Office for Civil Rights of 3 March 2026, case 26-10442", r.people[0].Actor()))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		r.Shown()
		for _, at := range []string{"Proof/pack", "Proof/certificates", "Proof/kept", "Proof/brief", "Myths/d5"} {
			r.Receive(at)
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("%s-%v.png", strings.ToLower(strings.ReplaceAll(at, "/", "-")), mode)))
			must(t, err)
			must(t, png.Encode(file, r.window.Canvas().Capture()))
			must(t, file.Close())
		}
	}
}
