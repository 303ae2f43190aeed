package theme

import (
	"sync"

	"fyne.io/fyne/v2"
	fynetheme "fyne.io/fyne/v2/theme"
)

var icons sync.Map // name to fyne.Resource, so that one icon is read once

// Icon gives a drawing of assets/icons by its name, in the colour of text.
//
// The drawings are Lucide's with strokes turned into outlines, because Fyne recolours fills only.
func Icon(name string) fyne.Resource {
	return IconIn(name, Text)
}

// IconIn gives a drawing of assets/icons in the colour of a role.
func IconIn(name string, role fyne.ThemeColorName) fyne.Resource {
	file, ok := icons.Load(name)
	if !ok {
		file, _ = icons.LoadOrStore(name, resource("icons/"+name+".svg"))
	}
	return fynetheme.NewColoredResource(file.(fyne.Resource), role)
}

// AppIcon is Goodword's own mark.
func AppIcon() fyne.Resource {
	return resource("icons/goodword.png")
}

// fyneIcons names our drawing for each icon that Fyne's widgets ask for.
var fyneIcons = map[fyne.ThemeIconName]string{
	fynetheme.IconNameCancel:         "x",
	fynetheme.IconNameConfirm:        "check",
	fynetheme.IconNameDelete:         "trash-2",
	fynetheme.IconNameSearch:         "search",
	fynetheme.IconNameMenu:           "menu",
	fynetheme.IconNameMenuExpand:     "chevron-right",
	fynetheme.IconNameContentAdd:     "plus",
	fynetheme.IconNameContentRemove:  "minus",
	fynetheme.IconNameContentClear:   "x",
	fynetheme.IconNameContentCut:     "scissors",
	fynetheme.IconNameContentCopy:    "copy",
	fynetheme.IconNameContentPaste:   "clipboard-paste",
	fynetheme.IconNameContentUndo:    "undo-2",
	fynetheme.IconNameContentRedo:    "redo-2",
	fynetheme.IconNameDocument:       "file-text",
	fynetheme.IconNameDocumentSave:   "save",
	fynetheme.IconNameDocumentPrint:  "printer",
	fynetheme.IconNameMoreHorizontal: "ellipsis",
	fynetheme.IconNameMoreVertical:   "ellipsis-vertical",
	fynetheme.IconNameInfo:           "info",
	fynetheme.IconNameQuestion:       "circle-help",
	fynetheme.IconNameWarning:        "triangle-alert",
	fynetheme.IconNameError:          "circle-alert",
	fynetheme.IconNameNavigateBack:   "arrow-left",
	fynetheme.IconNameNavigateNext:   "arrow-right",
	fynetheme.IconNameMoveDown:       "arrow-down",
	fynetheme.IconNameMoveUp:         "arrow-up",
	fynetheme.IconNameArrowDropDown:  "chevron-down",
	fynetheme.IconNameArrowDropUp:    "chevron-up",
	fynetheme.IconNameFile:           "file-text",
	fynetheme.IconNameFileText:       "file-text",
	fynetheme.IconNameFileImage:      "image",
	fynetheme.IconNameFolder:         "folder",
	fynetheme.IconNameFolderOpen:     "folder-open",
	fynetheme.IconNameFolderNew:      "folder",
	fynetheme.IconNameHome:           "house",
	fynetheme.IconNameHistory:        "history",
	fynetheme.IconNameList:           "list",
	fynetheme.IconNameGrid:           "grid-2x2",
	fynetheme.IconNameSettings:       "settings",
	fynetheme.IconNameStorage:        "hard-drive",
	fynetheme.IconNameVisibility:     "eye",
	fynetheme.IconNameVisibilityOff:  "eye-off",
	fynetheme.IconNameViewRefresh:    "refresh-cw",
	fynetheme.IconNameDownload:       "download",
	fynetheme.IconNameUpload:         "upload",
	fynetheme.IconNameAccount:        "user-round",
	fynetheme.IconNameLogout:         "log-out",
	fynetheme.IconNameComputer:       "monitor",
	fynetheme.IconNameDesktop:        "monitor",
	fynetheme.IconNameCalendar:       "calendar",
}
