package kit

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"
)

// fileDialog is the size of a dialog that asks for a file. It has no size to change before it is shown.
var fileDialog = fyne.NewSize(860, 560)

// OpenFile asks for a file with one of the endings, in small or capital letters (none: any file), and hands over its path. doing names the work, in case the file
// cannot be had.
func OpenFile(h Host, doing string, endings []string, then func(path string)) {
	window := h.Window()
	if window == nil {
		return
	}
	d := dialog.NewFileOpen(func(from fyne.URIReadCloser, err error) {
		if err != nil || from == nil {
			chosen(h, doing, nil, err, then)
			return
		}
		chosen(h, doing, from.URI(), from.Close(), then)
	}, window)
	either := make([]string, 0, 2*len(endings))
	for _, ending := range endings {
		either = append(either, ending, strings.ToUpper(ending))
	}
	if len(either) > 0 {
		d.SetFilter(storage.NewExtensionFileFilter(either))
	}
	d.Show()
	d.Resize(fileDialog)
}

// SaveFile asks where to save, offers a name and hands over the path.
func SaveFile(h Host, doing, name string, then func(path string)) {
	window := h.Window()
	if window == nil {
		return
	}
	d := dialog.NewFileSave(func(to fyne.URIWriteCloser, err error) {
		if err != nil || to == nil {
			chosen(h, doing, nil, err, then)
			return
		}
		chosen(h, doing, to.URI(), to.Close(), then)
	}, window)
	d.SetFileName(name)
	d.Show()
	d.Resize(fileDialog)
}

// chosen hands over the path of a file that the dialog opened and closed again, or says what went wrong. Without a file, a person wants none.
func chosen(h Host, doing string, at fyne.URI, err error, then func(path string)) {
	switch {
	case err != nil:
		h.Fail(doing, err)
	case at != nil:
		then(at.Path())
	}
}
