package sources

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// chooser asks a person for files; a test answers in their place.
type chooser interface {
	open(then func(file string))
	folder(then func(folder string))
	save(name string, then func(file string))
}

// chooseFile explains what can be imported and asks for it.
func (s *Screen) chooseFile() {
	var closeDialog func()
	choose := func(ask func(func(string))) func() {
		return func() {
			closeDialog()
			ask(func(file string) { s.openFile(file, nil) })
		}
	}
	option := func(icon, title, text string, ask func(func(string))) fyne.CanvasObject {
		return kit.NewCard("", kit.Line(theme.Space3, kit.Fill(kit.Column(theme.Space1, kit.NewLabel(title, kit.Strong), kit.Help(text))), kit.NewButton("Choose", theme.Icon(icon), choose(ask))))
	}
	content := kit.Column(theme.Space3,
		option("table", "A table of reviews", "CSV or Excel, as review tools export them. The columns are found out.", s.chooser.open),
		option("file-down", "A Google Takeout archive", "The ZIP as Google sends it, or a reviews.json out of it. Choose “Google Business Profile” in Google Takeout.", s.chooser.open),
		option("folder-open", "An unpacked Google Takeout", "The folder called Takeout.", s.chooser.folder),
		option("list", "A list of sources", "OPML, as feed readers export it.", s.chooser.open),
		kit.Help("Files can also be dropped on this window."))
	closeDialog = s.host.Dialog("Import", kit.MinWidth(content, 560), kit.Button{Title: "Save the sources as a list", Run: s.exportList}, kit.Button{Title: "Cancel"})
}

// exportList saves the sources as OPML.
func (s *Screen) exportList() {
	s.chooser.save("goodword-sources.opml", func(file string) {
		s.bg.Run(func(ctx context.Context) func() {
			err := writeList(ctx, s.deps.Collector, file)
			return func() {
				if err != nil {
					s.host.Fail("Saving the list", err)
					return
				}
				s.host.Toast("The sources are saved as " + filepath.Base(file))
			}
		})
	})
}

func writeList(ctx context.Context, c Collector, file string) (err error) {
	to, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("The file cannot be written: %w", err)
	}
	defer func() { err = errors.Join(err, to.Close()) }()
	return c.ExportOPML(ctx, to)
}

// windowChooser asks with the file dialogs of the window.
type windowChooser struct{ screen *Screen }

var dialogSize = fyne.NewSize(860, 560)

func (w windowChooser) open(then func(string)) {
	d := dialog.NewFileOpen(func(r fyne.URIReadCloser, err error) {
		if err != nil {
			w.screen.host.Fail("Opening the file", err)
			return
		}
		if r == nil {
			return
		}
		file := r.URI().Path()
		if err := r.Close(); err != nil {
			w.screen.host.Fail("Opening the file", err)
			return
		}
		then(file)
	}, w.screen.host.Window())
	d.SetFilter(storage.NewExtensionFileFilter([]string{".csv", ".tsv", ".txt", ".xlsx", ".zip", ".json", ".opml", ".xml", ".eml", ".mbox", ".CSV", ".XLSX", ".ZIP"}))
	d.Show()
	d.Resize(dialogSize)
}

func (w windowChooser) folder(then func(string)) {
	d := dialog.NewFolderOpen(func(folder fyne.ListableURI, err error) {
		if err != nil {
			w.screen.host.Fail("Opening the folder", err)
			return
		}
		if folder != nil {
			then(folder.Path())
		}
	}, w.screen.host.Window())
	d.Show()
	d.Resize(dialogSize)
}

func (w windowChooser) save(name string, then func(string)) {
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil {
			w.screen.host.Fail("Saving the list", err)
			return
		}
		if to == nil {
			return
		}
		file := to.URI().Path()
		if err := to.Close(); err != nil {
			w.screen.host.Fail("Saving the list", err)
			return
		}
		then(file)
	}, w.screen.host.Window())
	d.SetFileName(name)
	d.Show()
	d.Resize(dialogSize)
}
