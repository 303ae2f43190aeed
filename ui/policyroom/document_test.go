package policyroom_test

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func TestQuestionsShowWhatTheyChange(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Receive("Document")
	r.press("Answer the questions")
	r.sees("Who writes in the name of the practice?", "The policy that follows from the answers", "at least six years")
	r.press("Write the draft")
	r.sees("Version 1, draft")
	r.press("Put in force")
	r.dialog()
	r.host.LastDialog().Press("Put in force")
	r.sees("Version 1, in force since 22 November 2026")

	r.run("Answer the questions about the practice")
	r.sees("The answers change nothing in the text")
	find(r, r.window.Content(), func(s *widget.Select) bool { return slices.Contains(s.Options, "Ten years") }).SetSelected("Ten years")
	find(r, r.window.Content(), func(c *widget.Check) bool { return c.Text == "Google" }).SetChecked(true)
	r.sees("2 parts of the text are touched", "How long we keep records", "Where we speak", "New")
	r.press("Write the draft")
	r.sees("Version 2, draft", "at least ten years")
	versions, err := r.store.Versions(ctx)
	must(t, err)
	if got := versions[0].Situation["years"]; !slices.Equal(got, []string{"ten"}) || versions[0].Material != true {
		t.Errorf("got %v", versions[0])
	}
	// The answers are there when the questions are opened again; giving up changes nothing; building again can be undone.
	r.press("Questions")
	if got := find(r, r.window.Content(), func(s *widget.Select) bool { return slices.Contains(s.Options, "Ten years") }).Selected; got != "Ten years" {
		t.Errorf("got %q", got)
	}
	r.press("Cancel")
	r.press("Questions")
	r.entry("the person on call").SetText("Dr. Vega")
	r.press("Write the draft")
	r.sees("goes to Dr. Vega at once")
	r.host.Undo()
	versions, err = r.store.Versions(ctx)
	must(t, err)
	if len(versions) != 2 || strings.Contains(versions[0].Text, "Dr. Vega") || versions[0].Situation["oncall"] != nil {
		t.Errorf("undo left %v", versions[0].Situation)
	}
	if len(r.host.Failures) > 0 {
		t.Error(r.host.Failures)
	}
}

func TestCheckAndChangesOfAVersion(t *testing.T) {
	r := open(t)
	r.busy()
	r.Shown()
	r.Receive("Document")
	r.run("Policy: check the text")
	r.sees("Nothing stands out", "How it reads", "Flesch and Kincaid", "The hardest sentences")
	r.run("Policy: see what changed")
	r.sees("nothing to compare it with")
	v, err := r.store.InForce(ctx)
	must(t, err)
	_, err = r.store.DraftVersion(ctx, strings.Replace(v.Text, "at least six years", "at least three years", 1)+"\n### Tone\n\nStaff must be positive at all times.\n", "Shorter", false, r.people[0].Actor())
	must(t, err)
	r.Changed(kit.ChangedPolicy)
	r.list().TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
	r.sees("Looks material", "marked as editorial", "a number changed (six)", "six three years")
	r.run("Policy: check the text")
	r.sees("2 things to look at", "Too broad: 1", "Too short a time: 1", "positive at all times", "Source: GC 15-04 as reprinted")
	r.press("Put in force")
	content := r.dialog()
	find(r, content, func(s *kit.Segmented) bool { return s.Selected() == 1 }).OnChanged(0)
	r.host.LastDialog().Press("Put in force")
	if v, err = r.store.InForce(ctx); err != nil || !v.Material || v.Number != 2 {
		t.Errorf("got %+v, %v", v, err)
	}
}

func TestEveryPersonsStanding(t *testing.T) {
	r := open(t)
	r.busy()
	v, err := r.store.InForce(ctx)
	must(t, err)
	r.Shown()
	r.Receive("Signatures")
	r.sees("2 of 4 have signed version 1", "2 overdue")
	table := func() *kit.Table {
		return find(r, r.window.Content(), func(table *kit.Table) bool { return table.OnOpened != nil })
	}
	table().OnOpened(1) // Dr. Oberhuber
	r.dialog()
	r.host.LastDialog().Press("They refuse")
	content := r.dialog()
	find(r, content, func(e *kit.Entry) bool { return e.MultiLine }).SetText("Wants a lawyer first")
	r.host.LastDialog().Press("Record the refusal")
	r.sees("1 refused", "1 overdue")
	refusals, err := r.store.Refusals(ctx)
	must(t, err)
	if len(refusals) != 1 || refusals[0].VersionID != v.ID || refusals[0].Recorder != "Dana Whitlock" {
		t.Errorf("got %+v", refusals)
	}
	table().OnOpened(3) // Tom signed on paper
	r.dialog()
	r.host.LastDialog().Press("Strike as a mistake")
	content = r.dialog()
	find(r, content, func(e *kit.Entry) bool { return !e.MultiLine }).SetText("Another sheet")
	r.host.LastDialog().Press("Strike")
	r.sees("1 of 4 have signed version 1", "2 overdue")
	if len(r.host.Failures) > 0 {
		t.Error(r.host.Failures)
	}
}

func TestAWrongPINDoesNotSign(t *testing.T) {
	r := open(t)
	r.busy()
	must(t, r.roster.SetPIN(ctx, r.people[0].ID, "", "4071", r.people[0].Actor()))
	r.Shown()
	r.Receive("Document")
	r.run("Sign the policy")
	content := r.dialog()
	pin := find(r, content, func(e *kit.Entry) bool { return e.Password })
	pin.SetText("9999")
	r.host.LastDialog().Press("Sign")
	if every, err := r.store.EverySignature(ctx); err != nil || len(every) != 2 {
		t.Fatalf("got %d signatures, %v", len(every), err)
	}
	pin.SetText("4071")
	r.host.LastDialog().Press("Sign")
	every, err := r.store.EverySignature(ctx)
	must(t, err)
	if len(every) != 3 || !every[0].PIN {
		t.Errorf("got %+v", every[0])
	}
}

// TestDocumentPictures draws the panes into GOODWORD_PICTURES, for a person to look at.
func TestDocumentPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := open(t)
	r.busy()
	dana := r.people[0].Actor()
	v, err := r.store.InForce(ctx)
	must(t, err)
	_, err = r.store.Refuse(ctx, r.people[2].ID, v.ID, "Would like a lawyer of her own to read the part about pictures first", "Iris Okafor", dana)
	must(t, err)
	_, err = r.store.DraftVersion(ctx, strings.Replace(v.Text, "at least six years", "at least three years", 1)+"\n### Tone\n\nStaff must be positive at all times, and shall not disclose confidential company information.\n", "Shorter times, and a word on tone", false, audit.Program)
	must(t, err)
	r.window.Resize(fyne.NewSize(1090, 770))
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		name := fmt.Sprint(mode)
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		r.Shown()
		snap := func(what string) {
			file, err := os.Create(filepath.Join(folder, "document-"+what+"-"+name+".png"))
			must(t, err)
			must(t, png.Encode(file, r.window.Canvas().Capture()))
			must(t, file.Close())
		}
		r.Receive("Document")
		r.list().TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
		r.run("Policy: read the text")
		snap("text")
		r.run("Policy: check the text")
		snap("check")
		r.run("Policy: see what changed")
		snap("changes")
		r.run("Answer the questions about the practice")
		find(r, r.window.Content(), func(s *widget.Select) bool { return slices.Contains(s.Options, "Ten years") }).SetSelected("Ten years")
		find(r, r.window.Content(), func(c *widget.Check) bool { return c.Text == "Google" }).SetChecked(true)
		snap("questions")
		r.press("Cancel")
		r.Receive("Signatures")
		snap("signatures")
		table := find(r, r.window.Content(), func(table *kit.Table) bool { return table.OnOpened != nil })
		for row, what := range []string{"record", "refused", "signed"} {
			table.OnOpened(row)
			dialog := test.NewTempWindow(t, kit.Inset(r.host.LastDialog().Content, theme.Space6))
			dialog.Resize(fyne.NewSize(640, 620))
			file, err := os.Create(filepath.Join(folder, "document-dialog-"+what+"-"+name+".png"))
			must(t, err)
			must(t, png.Encode(file, dialog.Canvas().Capture()))
			must(t, file.Close())
		}
	}
}
