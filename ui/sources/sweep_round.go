package sources

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// sweeping is the round under way, one site at a time.
type sweeping struct {
	sweep  *sweep
	stops  []reviews.SweepStop
	at     int
	done   map[int64]reviews.Stamp
	over   bool
	cancel func()

	page     *kit.Page
	field    *kit.Entry
	preview  *kit.States
	progress *fyne.Container
	foot     *fyne.Container
	opening  *widget.Button
	empty    *widget.Button // nothing new
	put      *widget.Button
	found    []reviews.Found
	known    map[string]bool
	left     []string
}

// from goes round the sites, beginning with one of them.
func (w *sweep) from(stops []reviews.SweepStop, at int) {
	s := w.screen
	r := &sweeping{sweep: w, stops: stops, at: at, done: map[int64]reviews.Stamp{}, cancel: func() {}, preview: kit.NewStates(), progress: container.NewStack()}
	r.field = kit.NewMultiLine("Copy the new reviews on the page, then press Ctrl+V here or anywhere in this window.\n\nMark several at once, with names, stars and dates: Goodword takes them apart.", 12)
	r.field.OnChanged = func(string) { r.read() }
	r.opening = kit.NewButton("Open the page  (O)", theme.Icon("external-link"), r.open)
	r.empty = kit.NewButton("Nothing new  (N)", theme.Icon("check"), r.nothing)
	r.put = kit.NewPrimary("Take these", theme.IconIn("download", theme.OnAccent), r.take)
	r.foot = kit.Spread(kit.NewLabel("", kit.Body), r.put)
	check := kit.Line(theme.Space2, r.empty, kit.NewQuiet("Skip  (S)", nil, r.skip)) // above the paste: toasts stand at the foot
	left := container.NewBorder(kit.InsetSides(kit.Column(theme.Space3, r.progress, r.opening, check), 0, 0, 0, theme.Space3), kit.Gap(theme.Space4), nil, nil, r.field)
	right := container.NewBorder(nil, kit.InsetSides(r.foot, theme.Space4, theme.Space3, 0, theme.Space4), nil, nil, r.preview)
	split := kit.NewSplit(kit.InsetSides(left, 0, 0, theme.Space4, 0), right, 380)
	r.page = kit.NewPage(" ", " ", kit.NewQuiet("Back  (B)", theme.Icon("arrow-left"), r.before), kit.NewButton("Leave the round", nil, s.back))
	r.page.SetContent(kit.InsetXY(split, theme.Space6, 0))
	s.begin(r, r.page)
	w.run = r
	r.show()
}

func (r *sweeping) stop() {
	r.cancel()
	r.sweep.run = nil
}

func (r *sweeping) here() reviews.SweepStop { return r.stops[r.at] }

// show shows the site that is next.
func (r *sweeping) show() {
	if r.at >= len(r.stops) {
		r.end()
		return
	}
	again := r.over
	r.over = false
	stop, now := r.here(), r.sweep.screen.deps.Now()
	r.page.SetTitle(stop.Name)
	checked := "never checked"
	if !stop.Checked.IsZero() {
		checked = "last checked " + ago(stop.Checked, now) + ", " + broughtText(stop)
	}
	r.page.SetSubtitle(fmt.Sprintf("%d of %d · %s", r.at+1, len(r.stops), checked))
	r.progress.Objects = []fyne.CanvasObject{kit.NewMeter(float64(r.at)/float64(len(r.stops)), kit.ToneAccent)}
	r.progress.Refresh()
	r.field.SetText("")
	r.clear()
	if again {
		r.sweep.screen.begin(r, r.page)
		r.sweep.run = r
	}
}

// clear shows that nothing was pasted.
func (r *sweeping) clear() {
	r.found, r.left, r.known = nil, nil, nil
	r.counted()
	r.preview.ShowEmpty("clipboard-paste", "What you paste appears here",
		"Each review with its stars, name, date and words. You can correct all of it before it is taken.", nil)
}

// open opens the page of the site in the browser.
func (r *sweeping) open() {
	if err := r.sweep.screen.host.Open(r.here().Profile); err != nil {
		r.sweep.screen.host.Fail("Opening the page", err)
	}
}

// paste adds what is on the clipboard.
func (r *sweeping) paste() {
	text := strings.TrimSpace(fyne.CurrentApp().Clipboard().Content())
	if text == "" {
		r.sweep.screen.host.Toast("The clipboard holds no text.")
		return
	}
	if before := strings.TrimSpace(r.field.Text); before != "" {
		text = before + "\n\n" + text
	}
	r.field.SetText(text)
}

// read takes the pasted text apart in the background.
func (r *sweeping) read() {
	r.cancel()
	text, source, s := r.field.Text, r.here().ID, r.sweep.screen
	if strings.TrimSpace(text) == "" {
		r.clear()
		return
	}
	r.cancel = s.bg.Run(func(ctx context.Context) func() {
		pasted, err := s.deps.Collector.Split(ctx, text)
		var known map[string]bool
		if err == nil {
			known, err = s.deps.Store.Known(ctx, source, pasted.Found)
		}
		return func() {
			if err != nil {
				r.preview.ShowError("The text could not be read", err, r.read)
				return
			}
			r.found, r.left, r.known = pasted.Found, pasted.Left, known
			r.cards()
		}
	})
}

// fresh is how many of the reviews are not in the inbox yet.
func (r *sweeping) fresh() int {
	n := 0
	for _, f := range r.found {
		if !r.known[f.Key] {
			n++
		}
	}
	return n
}

// counted says on the buttons what they would do.
func (r *sweeping) counted() {
	title := "Take these"
	switch n := r.fresh(); {
	case len(r.found) > 0 && n == 0:
		title = "All known: check off"
	case n > 0:
		title = fmt.Sprintf("Take %d", n)
	}
	r.put.SetText(title + "  (Ctrl+Enter)")
	if len(r.found) == 0 {
		r.put.Disable()
		r.empty.Enable()
	} else {
		r.put.Enable()
		r.empty.Disable()
	}
	r.foot.Refresh() // the button is as wide as its words
}

// nothing stamps the site as checked without anything new. What was pasted by then is not thrown away unseen.
func (r *sweeping) nothing() {
	if len(r.found) > 0 {
		r.sweep.screen.host.Toast("There are reviews beside the paste. Take them, or leave them out first.")
		return
	}
	r.store(nil)
}

// take stores the reviews as they stand beside the paste.
func (r *sweeping) take() {
	if len(r.found) > 0 {
		r.store(slices.Clone(r.found))
	}
}

// store stamps the site and goes on to the next.
func (r *sweeping) store(found []reviews.Found) {
	s, stop, at := r.sweep.screen, r.here(), r.at
	by := s.actor()
	r.put.Disable()
	r.empty.Disable()
	r.cancel()
	s.bg.Run(func(ctx context.Context) func() {
		stamp, err := s.deps.Collector.Take(ctx, stop.ID, found, by)
		return func() {
			if err != nil {
				s.host.Fail("Checking "+stop.Name+" off", err)
				r.counted()
				return
			}
			r.done[stop.ID] = stamp
			s.host.ToastUndo(stampText(stop.Name, stamp.Outcome), func() { r.undo(at, stamp) })
			r.at = at + 1
			r.show()
		}
	})
}

func stampText(name string, o reviews.Outcome) string {
	switch {
	case o.New > 0:
		return fmt.Sprintf("%s from %s", kit.Counted(o.New, "new review", "new reviews"), name)
	case o.Edited > 0:
		return fmt.Sprintf("%s on %s", kit.Counted(o.Edited, "changed review", "changed reviews"), name)
	}
	return name + ": nothing new"
}

// undo takes a stamp back and shows the site again.
func (r *sweeping) undo(at int, stamp reviews.Stamp) {
	s := r.sweep.screen
	by := s.actor()
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Store.Uncheck(ctx, stamp, by)
		return func() {
			if err != nil {
				s.host.Fail("Taking the check back", err)
				return
			}
			delete(r.done, stamp.SourceID)
			if r.sweep.run != r { // the round was left
				s.reload()
				return
			}
			r.at = at
			r.show()
		}
	})
}

// skip leaves the site as it was, for another day.
func (r *sweeping) skip() {
	r.at++
	r.show()
}

// before goes back one site.
func (r *sweeping) before() {
	if r.at > 0 {
		r.at--
		r.show()
	}
}

// end shows what the round brought.
func (r *sweeping) end() {
	r.over = true
	s := r.sweep.screen
	var total reviews.Outcome
	for _, stamp := range r.done {
		total.New += stamp.Outcome.New
		total.Edited += stamp.Outcome.Edited
		total.Unchanged += stamp.Outcome.Unchanged
		total.Duplicates += stamp.Outcome.Duplicates
	}
	text := fmt.Sprintf("You checked %s. ", kit.Counted(len(r.done), "site", "sites"))
	switch {
	case total.New > 0:
		text += kit.Capital(kit.Counted(total.New, "new review is", "new reviews are")) + " in the inbox."
	default:
		text += "There was nothing new."
	}
	if total.Edited > 0 {
		text += " " + kit.Counted(total.Edited, "review was", "reviews were") + " changed on the site."
	}
	if total.Duplicates > 0 {
		text += " " + kit.Counted(total.Duplicates, "story was", "stories were") + " known from another site."
	}
	title := "The round is done"
	if skipped := len(r.stops) - len(r.done); skipped > 0 {
		title = "The end of the round"
		text += " " + kit.Counted(skipped, "site stays", "sites stay") + " due."
	} else {
		text += " Goodword reminds you in a week."
	}
	button := kit.NewPrimary("Done", theme.IconIn("check", theme.OnAccent), func() { s.turn("sweep") })
	if total.New > 0 {
		button = kit.NewPrimary("Show the inbox", theme.IconIn("inbox", theme.OnAccent), func() {
			s.turn("sweep")
			s.host.Go("inbox", "is:open")
		})
	}
	page := kit.NewPage("Weekly round", kit.Counted(len(r.stops), "site", "sites"), kit.NewButton("Back to the sources", theme.Icon("arrow-left"), func() { s.turn("sweep") }))
	s.begin(r, page.SetContent(kit.EmptyState("circle-check", title, text, button)))
	r.sweep.run, r.over = r, true
}
