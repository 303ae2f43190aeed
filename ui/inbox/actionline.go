package inbox

import (
	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// actionLine is the row of small buttons above a mention.
type actionLine struct {
	s              *Screen
	flag, page     *kit.IconButton
	reopen, unread *kit.IconButton
	more           *kit.IconButton
	decision       *kit.Label
	content        fyne.CanvasObject
}

func newActionLine(s *Screen) *actionLine {
	a := &actionLine{s: s}
	a.flag = kit.NewIconButton(theme.Icon("flag"), "Flag (F)", s.flag)
	a.unread = kit.NewIconButton(theme.Icon("mail"), "Mark as unread (U)", s.markUnread)
	assign := kit.NewIconButton(theme.Icon("user-plus"), "Assign to somebody (A)", s.assignDialog)
	a.page = kit.NewIconButton(theme.Icon("external-link"), "Open the page (P)", s.openPage)
	a.reopen = kit.NewIconButton(theme.Icon("rotate-ccw"), "Reopen (O)", s.reopen)
	a.more = kit.NewIconButton(theme.Icon("ellipsis"), "More", nil)
	a.more.OnTapped = func() { s.reading.menu(a.more, a.items()) }
	a.decision = kit.NewLabel("", kit.Secondary).Ellipsis()
	a.content = kit.Line(theme.Space1, kit.Fill(a.decision), a.flag, a.unread, assign, a.page, a.reopen, a.more)
	return a
}

func (a *actionLine) show(o opened) {
	m := o.mention
	icon, tip := theme.Icon("flag"), "Flag (F)"
	if m.Starred {
		icon, tip = theme.IconIn("flag", theme.Warn), "Take the flag away (F)"
	}
	a.flag.SetIcon(icon, tip)
	enable(a.unread, m.Status == reviews.Read || m.Status == reviews.New)
	enable(a.page, a.s.reading.page() != "")
	a.reopen.Hidden = !m.Status.Done()
	text := ""
	switch {
	case m.Reason != "":
		text = m.Reason
	case m.Starred:
		text = "Flagged to come back to"
	}
	a.decision.SetText(text)
	a.content.Refresh()
}

func (a *actionLine) items() []*fyne.MenuItem {
	m := a.s.reading.shown.mention
	gone := fyne.NewMenuItem("The site no longer shows it", func() { a.s.markGone(true) })
	if !m.Gone.IsZero() {
		gone = fyne.NewMenuItem("The site shows it again", func() { a.s.markGone(false) })
	}
	hold := fyne.NewMenuItem("Put under legal hold", a.s.hold)
	if !m.Held.IsZero() {
		hold = fyne.NewMenuItem("Release from legal hold", a.s.hold)
	}
	folder := fyne.NewMenuItem("Export the incident folder… (D)", a.s.folderDialog)
	folder.Disabled = a.s.deps.Folders == nil
	nominate := fyne.NewMenuItem("Nominate for a spotlight", a.s.nominate)
	nominate.Disabled = !a.s.praises()
	return []*fyne.MenuItem{
		fyne.NewMenuItem("What is it about? (T)", a.s.topicsDialog),
		fyne.NewMenuItem("Tag it… (L)", a.s.tagsDialog),
		fyne.NewMenuItem("How urgent is it? (!)", a.s.urgencyDialog),
		fyne.NewMenuItem("Same as another mention… (S)", a.s.sameDialog),
		gone, hold, folder,
		nominate,
	}
}

type switched interface {
	Enable()
	Disable()
}

func enable(b switched, on bool) {
	if on {
		b.Enable()
		return
	}
	b.Disable()
}
