package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func compare(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// colleagues are the people who work here, those who may decide first, without the one who is working.
func (s *Screen) colleagues() []practice.Person {
	me, _ := s.host.Who()
	people := s.known().staff()
	slices.SortStableFunc(people, func(a, b practice.Person) int { return compare(b.Role.MayApprove(), a.Role.MayApprove()) })
	return slices.DeleteFunc(people, func(p practice.Person) bool { return p.ID == me && len(people) > 1 })
}

func namesOf(people []practice.Person) []string {
	list := make([]string, len(people))
	for i, p := range people {
		list[i] = p.Name
		if p.Job != "" {
			list[i] += ", " + p.Job
		}
	}
	return list
}

// resolveDialog asks what came of an escalation.
func (s *Screen) resolveDialog() {
	note := kit.NewMultiLine("What was decided, and who was told", 3)
	s.host.Dialog("Resolve", kit.NewField("Note", "It goes into the record of this mention.", note),
		kit.Button{Title: "Resolve", Primary: true, Run: func() {
			s.act("Resolving", func(ctx context.Context, id int64, by actor) error {
				return s.deps.Life.Resolve(ctx, id, note.Text, by)
			},
				s.undoable("Resolved"))
		}}, kit.Button{Title: "Cancel"})
	s.host.Focus(note)
}

// assignDialog asks who takes care of a mention.
func (s *Screen) assignDialog() {
	people := s.known().staff()
	options := append([]string{"Nobody"}, namesOf(people)...)
	who := kit.NewSelect(options, nil)
	who.SetSelectedIndex(1 + slices.IndexFunc(people, func(p practice.Person) bool { return p.ID == s.reading.shown.mention.Assigned }))
	s.host.Dialog("Who takes care of it?", kit.NewField("Person", "It stays in the list; the name stands on it.", who),
		kit.Button{Title: "Assign", Primary: true, Run: func() {
			id := int64(0)
			if at := who.SelectedIndex(); at > 0 {
				id = people[at-1].ID
			}
			s.act("Assigning", func(ctx context.Context, mention int64, by actor) error {
				return s.deps.Life.Assign(ctx, mention, id, by)
			}, nil)
		}}, kit.Button{Title: "Cancel"})
	s.host.Focus(who)
}

func (s *Screen) markGone(gone bool) {
	s.act("Marking", func(ctx context.Context, id int64, by actor) error {
		return s.deps.Life.MarkGone(ctx, id, gone, by)
	}, nil)
}

// addDialog takes in what somebody read or heard elsewhere.
func (s *Screen) addDialog() {
	text := kit.NewMultiLine("Paste the words here", 6)
	author, site := kit.NewEntry("As shown on the site"), widget.NewSelectEntry(s.sitesToChoose())
	url := kit.NewEntry("https://")
	when := kit.NewEntry(s.deps.Now().In(s.known().practice.Location()).Format(practice.Day))
	stars := 0
	rating := kit.NewSegmented([]string{"None", "1", "2", "3", "4", "5"}, 0, func(i int) { stars = i })
	site.PlaceHolder = "google, yelp, word of mouth"
	words := kit.NewField("What was said", "", text)
	date := kit.NewField("Date", "As 2026-11-22. Leave it empty if you do not know.", when)
	form := kit.Column(theme.Space3, words, kit.NewField("Stars", "", rating),
		kit.Grid(220, theme.Space3, kit.NewField("Author", "", author), kit.NewField("Site", "", site), date, kit.NewField("Address of the page", "", url)))
	var closeIt func()
	add := func() {
		found, err := s.typed(text.Text, author.Text, site.Text, url.Text, when.Text, stars)
		if date.SetErr(err); err != nil {
			return
		}
		by := s.by()
		s.bg.Run(func(ctx context.Context) func() {
			m, err := s.deps.Adder.AddByHand(ctx, found, by)
			return func() {
				said := "Added to the inbox"
				if errors.Is(err, reviews.ErrThere) { // which the person came for: it opens
					said, err = kit.Sentence(err), nil
				}
				if words.SetErr(err); err != nil {
					return
				}
				closeIt()
				s.host.Toast(said)
				s.list.reload()
				s.open(m.ID)
			}
		})
	}
	closeIt = s.host.Dialog("Add a mention", form, kit.Button{Title: "Add", Primary: true, Stay: true, Run: add}, kit.Button{Title: "Cancel"})
	s.host.Focus(text)
}

func (s *Screen) sitesToChoose() []string {
	list := slices.Clone(s.known().sites)
	for _, site := range respond.Sites() {
		if !slices.Contains(list, site.ID) {
			list = append(list, site.ID)
		}
	}
	return list
}

func (s *Screen) typed(text, author, site, url, when string, stars int) (reviews.Found, error) {
	found := reviews.Found{Text: strings.TrimSpace(text), Author: strings.TrimSpace(author), Site: strings.TrimSpace(site), URL: strings.TrimSpace(url), Stars: stars}
	if when = strings.TrimSpace(when); when == "" {
		return found, nil
	}
	at, err := time.ParseInLocation(practice.Day, when, s.known().practice.Location())
	if err != nil {
		return found, errDate
	}
	found.Posted, found.About = at, true
	return found, nil
}

type formError string

func (e formError) Error() string { return string(e) }

const errDate = formError("This is no date. Write it as year, month and day: 2026-11-22")
