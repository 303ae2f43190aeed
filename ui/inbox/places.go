package inbox

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// places lists where else the same story stands, each with the way to its page and out of the story.
func (r *reading) places(o opened) fyne.CanvasObject {
	rows := []fyne.CanvasObject{kit.NewLabel("Also on", kit.Overline)}
	for _, a := range o.appearances {
		rows = append(rows, r.place(o.mention, a))
	}
	rows = append(rows, kit.NewLabel("One story. The reply goes up on "+r.s.known().where(o.mention.Site, o.mention.SourceID)+"; take a place apart to answer it there on its own.", kit.Caption))
	return kit.Column(theme.Space1, rows...)
}

func (r *reading) place(m reviews.Mention, a reviews.Appearance) fyne.CanvasObject {
	zone := r.s.known().practice.Location()
	line := []fyne.CanvasObject{kit.NewLabel(r.s.placeName(a), kit.Strong)}
	if a.Stars > 0 && a.Stars != m.Stars {
		line = append(line, kit.NewStars(float64(a.Stars)))
	}
	facts := []string{}
	if a.Author != "" && a.Author != m.Author {
		facts = append(facts, a.Author)
	}
	switch {
	case !a.Posted.IsZero():
		facts = append(facts, onDay(a.Posted, a.About, zone))
	default:
		facts = append(facts, "seen "+onDay(a.Seen, false, zone))
	}
	if a.Joined {
		facts = append(facts, "joined by hand")
	}
	line = append(line, kit.Fill(kit.NewLabel(strings.Join(facts, " · "), kit.Secondary).Ellipsis()))
	if a.URL != "" {
		line = append(line, kit.NewIconButton(theme.Icon("external-link"), "Open the page", func() {
			if err := r.s.host.Open(a.URL); err != nil {
				r.s.host.Fail("Opening the page", err)
			}
		}))
	}
	line = append(line, kit.NewIconButton(theme.Icon("scissors"), "Not the same: take apart", func() { r.s.takeApart(a) }))
	row := kit.Line(theme.Space2, line...)
	words := strings.TrimSpace(a.Title + " " + a.Text)
	if words == "" || words == strings.TrimSpace(m.Title+" "+m.Text) {
		return row
	}
	return kit.Column(0, row, kit.NewLabel(strings.Join(strings.Fields(words), " "), kit.Secondary).Ellipsis())
}

// placeName is the site, and the source where its name says more.
func (s *Screen) placeName(a reviews.Appearance) string {
	site := s.known().where(a.Site, a.SourceID)
	if a.SourceID == 0 {
		return site + ", by hand"
	}
	if a.Source == "" || strings.Contains(strings.ToLower(site), strings.ToLower(a.Source)) || strings.Contains(strings.ToLower(a.Source), strings.ToLower(site)) {
		return site
	}
	return site + ", in " + a.Source
}

// takeApart makes a place a mention of its own; Undo joins it again.
func (s *Screen) takeApart(a reviews.Appearance) {
	var apart int64
	s.act("Taking apart", func(ctx context.Context, id int64, by actor) (err error) {
		apart, err = s.deps.Adder.TakeApart(ctx, id, a, by)
		return err
	}, func(id int64) {
		s.list.reload()
		s.undo("Now a mention of its own", "Joining again", func(ctx context.Context, by actor) error { return s.deps.Life.Join(ctx, id, apart, by) })
	})
}

// undo shows what was done, with a way back.
func (s *Screen) undo(done, undoing string, back func(ctx context.Context, by actor) error) {
	by := s.by()
	s.host.ToastUndo(done, func() {
		s.bg.Run(func(ctx context.Context) func() {
			err := back(ctx, by)
			return func() {
				if err != nil {
					s.host.Fail(undoing, err)
				}
				s.reading.refresh()
				s.list.reload()
			}
		})
	})
}

// sameDialog offers the mentions that may tell the same story as the open one.
func (s *Screen) sameDialog() {
	m := s.reading.shown.mention
	s.bg.Run(func(ctx context.Context) func() {
		likely, err := s.deps.Mentions.Candidates(ctx, m.ID)
		return func() {
			if err != nil {
				s.host.Fail("Looking for the same story", err)
				return
			}
			s.offerSame(m, likely)
		}
	})
}

func (s *Screen) offerSame(m reviews.Mention, likely []reviews.Mention) {
	if len(likely) == 0 {
		s.host.Dialog("Same as another mention", kit.Help("No other mention of these weeks has words or an author like this one."), kit.Button{Title: "Close", Primary: true})
		return
	}
	var closeIt func()
	rows := make([]kit.RowData, len(likely))
	for i, c := range likely {
		rows[i] = s.row(c, "")
	}
	list := kit.NewSmallList(rows, func(row kit.RowData) {
		closeIt()
		s.join(m.ID, row.ID)
	})
	closeIt = s.host.Dialog("Same as another mention", kit.Column(theme.Space3,
		kit.Help("Choose the one that tells the same story. It becomes another place of this mention; what was done with it goes along."),
		kit.MinWidth(list, 520)), kit.Button{Title: "Cancel"})
	if shown, ok := list.(*fyne.Container); ok {
		if row, ok := shown.Objects[0].(fyne.Focusable); ok {
			s.host.Focus(row)
		}
	}
}

// join makes another mention a place of this one; Undo takes it out again.
func (s *Screen) join(keep, other int64) {
	by := s.by()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Life.Join(ctx, keep, other, by)
		return func() {
			if err != nil {
				s.host.Fail("Joining", err)
				return
			}
			s.list.reload()
			s.reading.refresh()
			s.undo("One mention now", "Taking apart", func(ctx context.Context, by actor) error { return s.apartAgain(ctx, keep, by) })
		}
	})
}

// apartAgain takes out what was joined last.
func (s *Screen) apartAgain(ctx context.Context, keep int64, by actor) error {
	places, err := s.deps.Mentions.Appearances(ctx, keep)
	if err != nil {
		return err
	}
	for i := len(places) - 1; i >= 0; i-- {
		if places[i].Joined {
			_, err := s.deps.Adder.TakeApart(ctx, keep, places[i], by)
			return err
		}
	}
	return nil
}

// placeCommands take places apart by the palette.
func (s *Screen) placeCommands() []kit.Command {
	var list []kit.Command
	for _, a := range s.reading.shown.appearances {
		list = append(list, kit.Command{Title: fmt.Sprintf("Not the same: take %s apart", s.placeName(a)), Run: func() { s.takeApart(a) },
			Enabled: func() bool { return s.reading.id != 0 }})
	}
	return list
}
