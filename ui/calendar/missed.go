package calendar

import (
	"context"
	"fmt"

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

// decide asks of each missed post what is to become of it.
func (s *Screen) decide() {
	list := kit.Column(theme.Space4)
	var shut func()
	tomorrow := s.today.AddDate(0, 0, 1).Format(practice.Day)
	by := s.actor()
	for _, v := range s.seen.missed {
		e := advocacy.Entry{Kind: advocacy.EntrySpotlight, SpotlightID: v.ID, Title: v.Title, Stage: v.Stage, From: v.Schedule.In(s.zone).Format(practice.Day)}
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
						return s.deps.Plans.SendBack(ctx, v.ID, "Its moment passed on "+v.Schedule.In(s.zone).Format("2 January")+".", by)
					}, func() { s.host.Toast("Sent back to the draft.") })
				})))))
	}
	shut = s.host.Dialog("Not posted yet", kit.MaxWidth(list, 520), kit.Button{Title: "Later"})
}
