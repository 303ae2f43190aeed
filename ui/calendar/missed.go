package calendar

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// missedBanner says that the moment of a post passed while nobody was there, or nothing. It goes when each was answered for.
func (s *Screen) missedBanner() fyne.CanvasObject {
	missed := s.seen.missed
	if len(missed) == 0 {
		return nil
	}
	text := fmt.Sprintf("“%s” was planned for %s and is not posted yet.", missed[0].Title, missed[0].Schedule.In(s.zone).Format("Monday 2 January, 15:04"))
	if len(missed) > 1 {
		text = fmt.Sprintf("%d posts were planned for a moment that has passed, and are not posted yet.", len(missed))
	}
	return kit.InsetSides(kit.NewBanner(kit.ToneWarn, text, kit.Button{Title: "Decide", Run: s.decide}), theme.Space6, 0, theme.Space6, theme.Space3)
}

// Ask asks, once the window has opened, what is to become of the posts whose moment passed meanwhile. While there is none it asks nothing.
func (s *Screen) Ask() {
	s.bg.Run(func(ctx context.Context) func() {
		p, err := s.deps.Practices.Get(ctx)
		if err != nil {
			return func() { s.host.Fail("Looking for posts that were missed", err) }
		}
		missed, err := s.deps.Plans.Missed(ctx)
		return func() {
			if err != nil {
				s.host.Fail("Looking for posts that were missed", err)
			} else if len(missed) > 0 {
				s.askFor(missed, p.Location())
			}
		}
	})
}

// askFor is one question for all that was missed. Nothing is posted by it: a post leaves with a press on its card.
func (s *Screen) askFor(missed []advocacy.Spotlight, zone *time.Location) {
	now := s.deps.Now().In(zone)
	day := kit.NewEntry("2026-11-24")
	day.SetText(now.AddDate(0, 0, 1).Format(practice.Day))
	field := kit.NewField("New day", "Each at its own time of the day.", day)
	list := kit.Column(theme.Space2)
	for _, v := range missed {
		title := kit.NewParagraph(v.Title)
		title.SetStyle(kit.Strong)
		list.Add(kit.Column(0, title, kit.Help("Planned for "+v.Schedule.In(zone).Format("Monday 2 January 2006, 15:04")+".")))
	}
	text := "This post was planned for a moment at which Goodword was closed. Nothing was posted. What is to become of it?"
	if len(missed) > 1 {
		text = fmt.Sprintf("These %d posts were planned for a moment at which Goodword was closed. Nothing was posted. What is to become of them?", len(missed))
	}
	var shut func()
	later := func() {
		to := strings.TrimSpace(day.Text)
		if at, err := time.ParseInLocation(practice.Day, to, zone); err != nil || at.AddDate(0, 0, 1).Before(now) {
			field.SetError("Write a day that lies ahead, as 2026-11-24.")
			return
		}
		shut()
		s.forAll(missed, "Moving it", "Moved to "+spokenDay(to)+".", func(ctx context.Context, v advocacy.Spotlight) error {
			return s.deps.Plans.Reschedule(ctx, missedEntry(v, zone), to, s.actor())
		})
	}
	day.OnSubmitted = func(string) { later() }
	shut = s.host.Dialog("Missed while Goodword was closed", kit.MinWidth(kit.MaxWidth(kit.Column(theme.Space4, kit.NewParagraph(text), scrolled(list, len(missed)), field), 520), 460),
		kit.Button{Title: "Later"},
		kit.Button{Title: "Leave as drafts", Run: func() {
			s.forAll(missed, "Sending it back", "Back in the drafts.", func(ctx context.Context, v advocacy.Spotlight) error {
				return s.deps.Plans.SendBack(ctx, v.ID, passedNote(v, zone), s.actor())
			})
		}},
		kit.Button{Title: "New day", Stay: true, Run: later},
		kit.Button{Title: "Post now", Primary: true, Run: func() {
			s.host.Go("spotlights", missed[0].ID)
			if more := len(missed) - 1; more > 0 {
				s.host.Toast(kit.Counted(more, "more post", "more posts") + " to decide on: the calendar lists them.")
			}
		}})
}

// scrolled lets a long list scroll.
func scrolled(list fyne.CanvasObject, lines int) fyne.CanvasObject {
	if lines <= 4 {
		return list
	}
	return newRoom(kit.Scrolling(kit.InsetSides(list, 0, 0, theme.Space4, 0)), fyne.NewSize(440, 200))
}

// forAll does the same with every missed post. What one refuses, with its reason, does not hold up the others.
func (s *Screen) forAll(missed []advocacy.Spotlight, doing, done string, step func(ctx context.Context, v advocacy.Spotlight) error) {
	s.bg.Run(func(ctx context.Context) func() {
		var refused []error
		for _, v := range missed {
			if err := step(ctx, v); err != nil {
				refused = append(refused, fmt.Errorf("“%s”: %w", v.Title, err))
			}
		}
		return func() {
			if len(refused) > 0 {
				s.host.Fail(doing, errors.Join(refused...))
			} else {
				s.host.Toast(done)
			}
			if s.drawn {
				s.reload()
			}
		}
	})
}

func missedEntry(v advocacy.Spotlight, zone *time.Location) advocacy.Entry {
	return advocacy.Entry{Kind: advocacy.EntrySpotlight, SpotlightID: v.ID, Title: v.Title, Stage: v.Stage, From: v.Schedule.In(zone).Format(practice.Day)}
}

func passedNote(v advocacy.Spotlight, zone *time.Location) string {
	return "Its moment passed on " + v.Schedule.In(zone).Format("2 January") + "."
}

// decide asks of each missed post what is to become of it.
func (s *Screen) decide() {
	list := kit.Column(theme.Space4)
	var shut func()
	tomorrow := s.today.AddDate(0, 0, 1).Format(practice.Day)
	by := s.actor()
	for _, v := range s.seen.missed {
		e := missedEntry(v, s.zone)
		list.Add(kit.NewSection(v.Title, kit.Column(theme.Space2, kit.Help("Planned for "+v.Schedule.In(s.zone).Format("Monday 2 January 2006, 15:04")+"."),
			kit.Flow(kit.NewButton("Open and post now", theme.Icon("send"), func() { shut(); s.host.Go("spotlights", v.ID) }),
				kit.NewButton("Tomorrow at the same time", theme.Icon("calendar-clock"), func() {
					shut()
					s.do("Moving it", func(ctx context.Context) error { return s.deps.Plans.Reschedule(ctx, e, tomorrow, by) },
						func() { s.host.Toast("Moved to " + spokenDay(tomorrow) + ".") })
				}),
				kit.NewQuiet("Back to the draft", theme.Icon("undo-2"), func() {
					shut()
					s.do("Sending it back", func(ctx context.Context) error {
						return s.deps.Plans.SendBack(ctx, v.ID, passedNote(v, s.zone), by)
					}, func() { s.host.Toast("Sent back to the draft.") })
				})))))
	}
	shut = s.host.Dialog("Not posted yet", kit.MinWidth(kit.MaxWidth(list, 580), 560), kit.Button{Title: "Later"})
}
