package sources

import (
	"context"

	"fyne.io/fyne/v2"

	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// live is what a source says at the moment that may be shown and not stored. It is gone as soon as another source is opened.
type live struct {
	detail *detail
	asking bool
	err    error
	said   *collect.Draft
	cancel func()
}

func (l *live) forget() {
	l.cancel()
	l.asking, l.err, l.said, l.cancel = false, nil, nil, func() {}
}

// ask asks the open source and shows what it says.
func (l *live) ask() {
	d := l.detail
	source := d.source
	l.forget()
	l.asking = true
	d.show(source, nil, nil)
	l.cancel = d.screen.bg.Run(func(ctx context.Context) func() {
		said, err := d.screen.deps.Collector.Live(ctx, source)
		return func() {
			l.asking, l.err, l.said = false, err, &said
			d.show(source, nil, nil)
		}
	})
}

// content is the card of what the source says; nil: nobody asked.
func (l *live) content() fyne.CanvasObject {
	switch {
	case l.asking:
		return kit.NewCard("What it says now", kit.Help("Asking. Nothing of the answer is stored."))
	case l.err != nil:
		return kit.NewBanner(kit.ToneBad, kit.Sentence(l.err), kit.Button{Title: "Try again", Run: l.ask})
	case l.said == nil:
		return nil
	}
	var parts []fyne.CanvasObject
	if r := l.said.Rating; r != nil {
		parts = append(parts, kit.Line(theme.Space2, kit.NewStars(r.Stars()), kit.Fill(kit.NewParagraph(ratingText(*r)))))
	}
	for _, f := range l.said.Entries {
		parts = append(parts, kit.Hairline(), entry(f))
	}
	if len(parts) == 0 {
		parts = append(parts, kit.Help("It shows neither a rating nor reviews at the moment."))
	}
	parts = append(parts, kit.Hairline(), kit.NewLabel("Google Maps", kit.Strong),
		kit.Help("Rating and reviews come from Google Maps, written by the people named. They are shown as they are now; nothing of them is stored, and they are gone when you leave."))
	open := kit.NewQuiet("Open on Google Maps", theme.Icon("external-link"), func() {
		if err := l.detail.screen.host.Open(l.detail.source.Address); err != nil {
			l.detail.screen.host.Fail("Opening the page", err)
		}
	})
	return kit.NewCard("What it says now", kit.Column(theme.Space3, parts...), open)
}

// entry is one review in full, with its author as Google wants it.
func entry(f reviews.Found) fyne.CanvasObject {
	author := f.Author
	if author == "" {
		author = "No name"
	}
	head := []fyne.CanvasObject{kit.NewLabel(author, kit.Strong)}
	if f.Stars > 0 {
		head = append(head, kit.NewStars(float64(f.Stars)))
	}
	if !f.Posted.IsZero() {
		head = append(head, kit.NewLabel(f.Posted.Local().Format("2 Jan 2006"), kit.Secondary))
	}
	parts := []fyne.CanvasObject{kit.Line(theme.Space2, head...)}
	if f.Text != "" {
		parts = append(parts, kit.NewParagraph(f.Text))
	}
	return kit.Column(theme.Space1, parts...)
}
