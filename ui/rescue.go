package ui

import (
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"

	"goodword/internal/database"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// rescue tells why the practice could not be opened and offers the way out: try again, the last backup, or another one.
func (w *Window) rescue(reason error) fyne.CanvasObject {
	again := kit.NewButton("Try again", nil, w.open)
	other := kit.NewButton("Choose a backup", theme.Icon("folder-open"), w.chooseBackup)
	text := kit.Sentence(reason)
	steps := kit.Line(theme.Space2, again, other)
	if last := database.LastBackup(w.options.Path); last != "" && errors.Is(reason, database.ErrDamaged) {
		text += " The last backup is " + filepath.Base(last) + ". The damaged file is kept beside it."
		steps = kit.Line(theme.Space2, kit.NewPrimary("Restore the last backup", theme.Icon("refresh-cw"), func() { w.restore(last) }), other, again)
	}
	return kit.Centered(kit.Column(theme.Space4, kit.NewLabel("The practice could not be opened", kit.Title), kit.NewParagraph(text), steps), 560)
}

func (w *Window) chooseBackup() {
	kit.OpenFile(w.shell, "Choosing a backup", []string{".db"}, w.restore)
}

// restore proves the backup, puts it in place and opens it.
func (w *Window) restore(backup string) {
	w.shell.ShowAlone(kit.LoadingState("Restoring the backup"))
	w.options.Background.Run(func(ctx context.Context) func() {
		_, err := database.Restore(ctx, backup, w.options.Path, w.options.Now)
		return func() {
			if err != nil {
				w.shell.ShowAlone(w.rescue(err))
				return
			}
			w.open()
		}
	})
}
