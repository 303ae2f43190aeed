package ui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

const topHeight float32 = 56

// Person is somebody who can work with the program.
type Person struct {
	ID   int64
	Name string
	Role string
}

// topBar holds search, what is going on, and who is working.
type topBar struct {
	search  *kit.Search
	status  *kit.Progress
	offline *kit.Chip
	sample  *kit.Chip
	avatar  *kit.Avatar
	person  *widget.Button
	content *fyne.Container
}

func newTopBar(s *Shell) *topBar {
	t := &topBar{status: kit.NewProgress(""), offline: kit.NewChip("Offline", kit.ToneWarn),
		sample: kit.NewChip("Sample practice", kit.ToneAccent)}
	t.search = kit.NewSearch("Search mentions", nil, func(text string) {
		if text != "" {
			t.search.SetText("") // from here on the screen itself shows what is searched, and may change it
			s.Go(s.config.SearchScreen, text)
		}
	})
	t.status.Hide()
	t.offline.Hide()
	t.sample.Hide()
	t.sample.OnTapped = s.leaveSample
	if s.config.OnOffline != nil {
		t.offline.OnTapped = func() { s.setOfflineByUser(false) }
	}
	t.avatar = kit.NewAvatar("", 28)
	t.person = kit.NewQuiet("", theme.IconIn("chevron-down", theme.Secondary), s.choosePerson)
	t.person.IconPlacement = widget.ButtonIconTrailingText
	t.content = container.New(topLayout{}, kit.Hairline(), t.search, kit.Line(theme.Space3, kit.MinWidth(t.status, 300), t.sample, t.offline, kit.Line(0, t.avatar, t.person)))
	t.show(Person{})
	return t
}

// topLayout keeps search at the left, at most so wide, and the rest at the right.
type topLayout struct{}

// MinSize leaves room for a short search.
func (topLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(160+o[2].MinSize().Width+2*theme.Space6, topHeight)
}

// Layout places the parts.
func (topLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(fyne.NewSize(size.Width, 1))
	o[0].Move(fyne.NewPos(0, size.Height-1))
	right := o[2].MinSize()
	height := o[1].MinSize().Height
	width := max(120, min(420, size.Width-right.Width-3*theme.Space6))
	o[1].Resize(fyne.NewSize(width, height))
	o[1].Move(fyne.NewPos(theme.Space6, (size.Height-height)/2))
	o[2].Resize(right)
	o[2].Move(fyne.NewPos(size.Width-right.Width-theme.Space4, (size.Height-right.Height)/2))
}

// show says who is working.
func (t *topBar) show(person Person) {
	t.avatar.Hidden = person.Name == ""
	t.avatar.SetName(person.Name)
	if person.Name == "" {
		t.person.SetText("Who is working?")
	} else {
		t.person.SetText(person.Name)
	}
	t.content.Refresh()
}

// choosePerson lists the people to choose from below the button.
func (s *Shell) choosePerson() {
	if s.config.People == nil {
		return
	}
	s.config.Background.Run(func(ctx context.Context) func() {
		people, err := s.config.People(ctx)
		return func() {
			if err != nil {
				s.Fail("Listing the people of the practice", err)
				return
			}
			s.showPeople(people)
		}
	})
}

func (s *Shell) showPeople(people []Person) {
	if len(people) == 0 {
		s.Toast("Nobody is listed yet. Add people under Settings.")
		return
	}
	items := make([]*fyne.MenuItem, len(people))
	for i, person := range people {
		label := person.Name
		if person.Role != "" {
			label += "  ·  " + person.Role
		}
		items[i] = fyne.NewMenuItem(label, func() { s.enter(person) })
		items[i].Checked = person.ID == s.who.ID
	}
	menu := widget.NewPopUpMenu(fyne.NewMenu("", items...), s.config.Window.Canvas())
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s.top.person)
	at.Y += s.top.person.Size().Height + 4
	at.X = min(at.X, s.config.Window.Canvas().Size().Width-menu.MinSize().Width-theme.Space2)
	menu.ShowAtPosition(at)
}

// enter lets somebody else work, once they have proved who they are where they must.
func (s *Shell) enter(person Person) {
	if s.config.OnEnter == nil || person.ID == s.who.ID {
		s.setPersonByUser(person)
		return
	}
	s.config.OnEnter(person, func() { s.setPersonByUser(person) })
}

// SetPerson shows who is working.
func (s *Shell) SetPerson(person Person) {
	s.who = person
	s.top.show(person)
}

func (s *Shell) setPersonByUser(person Person) {
	s.SetPerson(person)
	if s.config.OnPerson != nil {
		s.config.OnPerson(person)
	}
	s.Changed(kit.ChangedPractice)
	s.Toast(person.Name + " is working now.")
}

// SetOffline shows whether the program may use the network.
func (s *Shell) SetOffline(offline bool) {
	s.offline = offline
	s.top.offline.Hidden = !offline
	s.top.content.Refresh()
}

func (s *Shell) setOfflineByUser(offline bool) {
	s.SetOffline(offline)
	s.config.OnOffline(offline)
	s.Changed(kit.ChangedPractice)
	if offline {
		s.Toast("Offline. Nothing is sent or fetched until you go online again.")
	} else {
		s.Toast("Online again.")
	}
}

// SetSample shows that the practice is invented, and offers the way to one's own.
func (s *Shell) SetSample(sample bool) {
	s.top.sample.Hidden = !sample
	s.top.content.Refresh()
}

func (s *Shell) leaveSample() {
	if s.config.OnLeaveSample == nil {
		return
	}
	s.Dialog("This is the sample practice", kit.NewParagraph("Everybody in it is invented. When you set up your own practice, this one is moved to the backup folder."),
		kit.Button{Title: "Keep looking around"}, kit.Button{Title: "Set up my practice", Primary: true, Run: s.config.OnLeaveSample})
}
