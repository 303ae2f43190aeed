package inbox

import (
	"context"
	"fmt"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/reviews/proof"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Folders makes incident folders and proves them.
type Folders interface {
	Export(ctx context.Context, mention int64, path string, c proof.Choice, by audit.Actor, progress func(done, total int)) (proof.Manifest, error)
	Verify(ctx context.Context, path string) (proof.Report, error)
}

// folderDialog asks what goes into the incident folder, and then where it goes.
func (s *Screen) folderDialog() {
	var choice proof.Choice
	masks := kit.NewSegmented([]string{"Masked", "For counsel, unmasked"}, 0, nil)
	warning := kit.NewBanner(kit.ToneWarn, "It will hold names and health details as they were written. The audit log notes that you made it.")
	warning.Hide()
	content := kit.Column(theme.Space3)
	masks.OnChanged = func(i int) {
		choice.Unmasked = i == 1
		show(warning, choice.Unmasked)
		content.Refresh()
	}
	notes := widget.NewCheck("With the private notes", func(on bool) { choice.Notes = on })
	content.Objects = []fyne.CanvasObject{
		kit.Help("The whole story of this mention: each wording, each draft with its verdict, who did what, the policy in force, as a PDF and as files. " +
			"A manifest with the hash of every file proves later that nothing was altered."),
		kit.NewField("Names and health details", "Masked is right for everybody but your own counsel.", masks), warning,
		kit.NewField("Private notes", "Only where the vault is unlocked. They are left out unless you ask.", notes)}
	s.host.Dialog("Export the incident folder", content,
		kit.Button{Title: "Choose where", Primary: true, Run: func() {
			kit.SaveFile(s.host, "Exporting the incident folder", fmt.Sprintf("incident-%d.zip", s.reading.id), func(path string) { s.exportFolder(path, choice) })
		}}, kit.Button{Title: "Cancel"})
	s.host.Focus(masks)
}

// exportFolder writes the folder, shows that it is being written, and opens it.
func (s *Screen) exportFolder(path string, choice proof.Choice) {
	id, by := s.reading.id, s.by()
	if id == 0 {
		return
	}
	s.folderWork("Exporting the incident folder", func(ctx context.Context) (func(), error) {
		m, err := s.deps.Folders.Export(ctx, id, path, choice, by, nil)
		return func() {
			s.host.Toast(fmt.Sprintf("Exported: %s, %d files", filepath.Base(path), len(m.Files)+1))
			s.reading.refresh()
			if s.deps.OpenFolder == nil {
				return
			}
			if err := s.deps.OpenFolder(path); err != nil {
				s.host.Fail("Opening the incident folder", err)
			}
		}, err
	})
}

// proveFolder asks for an incident folder and says whether it is as it was made.
func (s *Screen) proveFolder() {
	kit.OpenFile(s.host, "Proving an incident folder", []string{".zip", ".json"}, s.proveFolderAt)
}

// proveFolderAt proves a .zip, or the folder that a manifest.json lies in.
func (s *Screen) proveFolderAt(path string) {
	if filepath.Ext(path) == ".json" {
		path = filepath.Dir(path)
	}
	s.folderWork("Proving the incident folder", func(ctx context.Context) (func(), error) {
		r, err := s.deps.Folders.Verify(ctx, path)
		return func() {
			zone := s.known().practice.Location()
			text := fmt.Sprintf("Mention %d of %s, made %s by %s. All %d files and %d lines of the audit log are as they were made, and the audit log knows the manifest.",
				r.Mention, r.Practice, moment(r.Made, false, zone), r.By, r.Files, r.Lines)
			s.host.Dialog("The folder holds", kit.NewParagraph(text), kit.Button{Title: "Close", Primary: true})
		}, err
	})
}

// folderWork does one piece of work on a folder, with its sign in the top bar and a way to stop it.
func (s *Screen) folderWork(doing string, work func(context.Context) (done func(), err error)) {
	var cancel func()
	s.host.SetStatus(doing, -1, func() {
		if cancel != nil {
			cancel()
		}
		s.host.SetStatus("", -1, nil)
	})
	cancel = s.bg.Run(func(ctx context.Context) func() {
		done, err := work(ctx)
		return func() {
			s.host.SetStatus("", -1, nil)
			if err != nil {
				s.host.Fail(doing, err)
				return
			}
			done()
		}
	})
}
