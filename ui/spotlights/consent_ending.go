package spotlights

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// showEndings warns of consents and authorizations that end within a month: in the last week in a louder tone.
func (o *overview) showEndings() {
	list := o.screen.seen.endings
	if len(list) == 0 {
		return
	}
	tone, soon := kit.ToneNeutral, 0
	for _, e := range list {
		if e.Soon {
			soon++
		}
	}
	if soon > 0 {
		tone = kit.ToneWarn
	}
	text := o.screen.endingText(list[0]) + "."
	posts := 0
	for _, e := range list {
		posts += e.Posts
	}
	if len(list) > 1 {
		text = fmt.Sprintf("%d consents end within a month, the first in %s.", len(list), kit.Counted(list[0].Days, "day", "days"))
		if posts > 0 {
			text += " " + mustGo(posts)
		}
	}
	o.banners.Add(kit.NewBanner(tone, text, kit.Button{Title: "Show them", Run: o.screen.endings}))
}

func (s *Screen) endingText(e advocacy.Ending) string {
	when := "today"
	if e.Days > 0 {
		when = "in " + kit.Counted(e.Days, "day", "days") + ", on " + e.Last
	}
	text := "The consent of " + s.seen.person(e.PersonID).Name + " ends " + when
	if e.AuthorizationID != 0 {
		text = "A patient's authorization ends " + when
	}
	if e.Posts > 0 {
		text += ". " + strings.TrimSuffix(mustGo(e.Posts), ".")
	}
	return text
}

// mustGo warns of the posts that a paper's end takes down.
func mustGo(posts int) string {
	return kit.Counted(posts, "post", "posts") + " must then be taken down, unless it is renewed."
}

// endings reads what ends and lists it, also when the screen was never shown before.
func (s *Screen) endings() {
	s.bg.Run(func(ctx context.Context) func() {
		seen, err := s.read(ctx)
		return func() {
			if err != nil {
				s.host.Fail("Reading what ends soon", err)
				return
			}
			s.seen = seen
			s.endingsDialog()
		}
	})
}

// endingsDialog lists what ends, each with a way to a card on which it can be asked anew.
func (s *Screen) endingsDialog() {
	list := kit.Column(theme.Space3, kit.Help("After the last day nothing can be scheduled or posted under it, and what is posted must be taken down. Ask again in time: print the release, let it be signed, record it."))
	var shut func()
	for _, e := range s.seen.endings {
		label := fyne.CanvasObject(kit.NewParagraph(s.endingText(e) + "."))
		if id := s.cardFor(e); id != 0 {
			label = kit.Line(theme.Space2, kit.Fill(label), kit.NewQuiet("Open the card", theme.Icon("arrow-right"), func() {
				shut()
				s.open(id)
			}))
		}
		list.Add(label)
	}
	shut = s.host.Dialog("Ending soon", kit.MaxWidth(list, 520), kit.Button{Title: "Close", Primary: true})
}

// cardFor is a spotlight on which the paper can be renewed: one that is under way goes before one that is done.
func (s *Screen) cardFor(e advocacy.Ending) int64 {
	if e.SpotlightID != 0 {
		return e.SpotlightID
	}
	var id int64
	for _, v := range s.seen.list {
		if v.Shows() == e.PersonID {
			if id = v.ID; v.Stage != advocacy.Published && v.Stage != advocacy.Archived {
				return id
			}
		}
	}
	return id
}
