package inbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"goodword/internal/disk"
	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/reviews"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// escalateDialog asks whom a mention goes to, and why. The ladder says who by itself; another person can be chosen.
func (s *Screen) escalateDialog() {
	o := s.reading.shown
	m := o.mention
	known := s.known()
	day := s.deps.Now().In(known.practice.Location()).Format(practice.Day)
	rungs := slices.DeleteFunc(slices.Clone(o.ladder.Rungs), func(r reviews.Rung) bool { return r.Off })
	first := o.ladder.First(reviews.Routes(m), known.staff(), day)
	if o.escalation.Waits() || m.Status == reviews.Escalated {
		if next, ok := o.ladder.Next(o.escalation.Rung, o.escalation.Person, known.staff(), day); ok {
			first = next
		}
	}
	options := make([]string, len(rungs))
	for i, r := range rungs {
		options[i] = r.Title + ": " + s.holder(r, day)
	}
	help := kit.Help("")
	step := kit.NewSelect(options, nil)
	at := slices.IndexFunc(rungs, func(r reviews.Rung) bool { return r.ID == first.ID })
	people := s.colleagues()
	who := kit.NewSelect(append([]string{"Whom the ladder names"}, namesOf(people)...), nil)
	who.SetSelectedIndex(0)
	step.OnChanged = func(string) {
		if i := step.SelectedIndex(); i >= 0 {
			help.SetText(rungs[i].Help + " " + s.clockOf(rungs[i], m))
		}
	}
	why := kit.NewMultiLine("What has to be decided or done?", 2)
	tried := kit.NewMultiLine("Calls, messages, what was found out", 2)
	avoid := kit.NewMultiLine("Such as: no public reply, do not call the number in the post", 2)
	if len(o.signals) > 0 {
		why.SetText(o.signals[0].Label)
		if not := o.signals[0].DoNot; len(not) > 0 {
			avoid.SetText(not[0])
		}
	}
	if m.Status == reviews.Escalated {
		tried.SetText(o.escalation.Tried)
	}
	step.SetSelectedIndex(max(at, 0))
	whyField := kit.NewField("Why", "", why)
	var closeIt func()
	title := "Escalate"
	if m.Status == reviews.Escalated {
		title = "Pass on"
	}
	send := func() {
		if strings.TrimSpace(why.Text) == "" {
			whyField.SetError("Say why, in a few words.")
			return
		}
		closeIt()
		rung := rungs[max(step.SelectedIndex(), 0)]
		to := reviews.HandOver{Rung: rung.ID, Reason: why.Text, Tried: tried.Text, Avoid: avoid.Text}
		name := s.holder(rung, day)
		if i := who.SelectedIndex(); i > 0 {
			to.Person, name = people[i-1].ID, people[i-1].Name
		}
		s.act("Escalating", func(ctx context.Context, id int64, by actor) error { return s.deps.Life.HandOver(ctx, id, to, by) }, s.undoable("Escalated to "+name))
	}
	form := kit.Column(theme.Space3, kit.NewField("Step of the ladder", "", step), help, kit.NewField("To whom", "", who), whyField,
		kit.NewField("What was tried", "", tried), kit.NewField("What must not be done", "", avoid))
	closeIt = s.host.Dialog(title, kit.MinWidth(form, 520), kit.Button{Title: title, Primary: true, Stay: true, Run: send}, kit.Button{Title: "Cancel"})
	s.host.Focus(why)
}

// holder is who stands on a rung today, in words.
func (s *Screen) holder(r reviews.Rung, day string) string {
	if id := r.Holder(s.known().staff(), day); id != 0 {
		return s.known().person(id)
	}
	if r.Contact != "" {
		return r.Contact
	}
	return "nobody yet"
}

// clockOf says how long something may stand on a rung.
func (s *Screen) clockOf(r reviews.Rung, m reviews.Mention) string {
	if m.Urgency == "critical" {
		return fmt.Sprintf("To be taken up within %d minutes, day and night; then it climbs.", r.Critical)
	}
	return "To be taken up within " + kit.Minutes(r.Minutes) + " of office time; then it climbs."
}

// takeUp says "I have it". Where a colleague has it, the words say whose it was, and it can be given back.
func (s *Screen) takeUp() {
	me, _ := s.host.Who()
	had := s.reading.shown.had()
	s.act("Taking it up", s.deps.Life.TakeOver, func(id int64) {
		if had == 0 || had == me {
			s.host.Toast("You have it. Its clock on the ladder has stopped.")
			return
		}
		by := s.by()
		s.host.ToastUndo("You have it now. It was with "+s.known().person(had)+".", func() {
			s.bg.Run(func(ctx context.Context) func() {
				err := s.deps.Life.HandBack(ctx, id, had, by)
				return func() {
					if err != nil {
						s.host.Fail("Giving it back", err)
					}
					s.reading.refresh()
					s.list.update(id)
				}
			})
		})
	})
}

// had is who has taken the mention up; 0: nobody.
func (o opened) had() int64 {
	switch {
	case o.mention.Status != reviews.Escalated:
		return o.mention.Assigned
	case o.escalation.Up():
		return o.escalation.Taker
	}
	return 0
}

func (s *Screen) mayTakeUp() bool {
	me, _ := s.host.Who()
	m := s.reading.shown.mention
	return s.reading.id != 0 && me != 0 && !m.Status.Done() && (s.reading.shown.escalation.Waits() || m.Assigned != me)
}

// handOverNote shows the note that goes with an escalated mention.
func (s *Screen) handOverNote() {
	o := s.reading.shown
	s.sheet("hand-over", reviews.HandOverNote(o.mention, o.escalation, o.ladder, s.known().practice, s.known().person, s.deps.Now()))
}

// callBack shows what to say on the phone.
func (s *Screen) callBack() {
	_, me := s.host.Who()
	s.sheet("call-back", reviews.CallBack(s.reading.shown.mention, s.known().practice, me, s.deps.Now()))
}

// sheet shows a paper, to be copied or printed.
func (s *Screen) sheet(name string, sheet paper.Sheet) {
	var text bytes.Buffer
	if err := paper.Write(&text, ".md", sheet); err != nil {
		s.host.Fail("Writing the paper", err)
		return
	}
	id := s.reading.id
	page := kit.Scrolling(kit.InsetSides(paged(sheet), 0, 0, theme.Space3, 0))
	s.host.Dialog(sheet.Title, container.NewGridWrap(fyne.NewSize(600, 460), page),
		kit.Button{Title: "Copy the text", Primary: true, Stay: true, Run: func() {
			s.host.Copy(text.String())
			s.host.Toast("Copied")
		}},
		kit.Button{Title: "Save as PDF…", Run: func() {
			kit.SaveFile(s.host, "Saving the paper", fmt.Sprintf("%s-%d.pdf", name, id), func(path string) { s.savePaper(path, sheet) })
		}}, kit.Button{Title: "Close"})
}

func (s *Screen) savePaper(path string, sheet paper.Sheet) {
	s.bg.Run(func(context.Context) func() {
		err := disk.WriteMade(path, func(w io.Writer) error { return paper.WritePDF(w, sheet) })
		return func() {
			if err != nil {
				s.host.Fail("Saving the paper", err)
				return
			}
			s.host.Toast("Saved. Print it from there.")
		}
	})
}

// paged is a paper as the window shows it.
func paged(sheet paper.Sheet) fyne.CanvasObject {
	var parts []fyne.CanvasObject
	put := func(o fyne.CanvasObject) { parts = append(parts, o) }
	for _, block := range sheet.Blocks {
		switch b := block.(type) {
		case paper.Heading:
			put(kit.NewLabel(b.Text, kit.Strong))
		case paper.Text:
			put(kit.NewParagraph(b.Text))
		case paper.Small:
			put(kit.Help(b.Text))
		case paper.Quote:
			quote := kit.NewParagraph(b.Text)
			quote.SetStyle(kit.Reading)
			put(kit.Ground(theme.Surface, kit.InsetXY(quote, theme.Space3, theme.Space2)))
		case paper.List:
			for _, item := range b.Items {
				put(kit.NewParagraph("•  " + item))
			}
		case paper.Facts:
			for _, f := range b {
				put(kit.NewParagraph(f.Name + ": " + f.Value))
			}
		}
	}
	return kit.Column(theme.Space2, parts...)
}

// Incidents keeps the register of what went wrong.
type Incidents interface {
	Incidents(ctx context.Context) ([]policy.Incident, error)
	SaveIncident(ctx context.Context, i policy.Incident, by actor) (policy.Incident, error)
}

// openIncident opens the incident record of the mention, and makes it first where there is none.
func (s *Screen) openIncident() {
	o := s.reading.shown
	what := firstWords(o.mention)
	if len(o.signals) > 0 {
		what = o.signals[0].Label
	}
	_, me := s.host.Who()
	where, now := s.known().where(o.mention.Site, o.mention.SourceID), s.deps.Now()
	s.act("Opening the incident record", func(ctx context.Context, id int64, by actor) error {
		all, err := s.deps.Incidents.Incidents(ctx)
		if err != nil || slices.ContainsFunc(all, func(i policy.Incident) bool { return i.MentionID == id }) {
			return err
		}
		_, err = s.deps.Incidents.SaveIncident(ctx, policy.Incident{Title: fmt.Sprintf("Mention %d: %s", id, what), What: o.escalation.Reason, Place: where, Noticed: now,
			ReportedBy: me, MentionID: id}, by)
		return err
	}, func(int64) { s.host.Go("policy", "incidents") })
}
