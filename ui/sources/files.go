package sources

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

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
		option("file-text", "E-mails or a saved page", "Alerts as .eml or .mbox, or a page of reviews as your browser saved it.", s.chooser.open),
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

// importable are the endings of files that an import reads.
var importable = []string{".csv", ".tsv", ".txt", ".xlsx", ".zip", ".json", ".opml", ".xml", ".eml", ".mbox", ".mbx", ".html", ".htm"}

func (w windowChooser) open(then func(string)) {
	kit.OpenFile(w.screen.host, "Opening the file", importable, then)
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
	d.Resize(fyne.NewSize(860, 560))
}

func (w windowChooser) save(name string, then func(string)) {
	kit.SaveFile(w.screen.host, "Saving the list", name, then)
}
