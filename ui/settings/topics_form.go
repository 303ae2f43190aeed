package settings

import (
	"context"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

func (p *topicsPane) add() { p.form(classify.Topic{Own: true}) }

// form shows a topic: its name, whether it is on, the practice's phrases, and ours, of which each can be left out.
func (p *topicsPane) form(t classify.Topic) {
	own := p.lists.Of(t.ID)
	name := kit.NewEntry("Acupuncture")
	name.SetText(p.label(t))
	nameField := kit.NewField("Name", "", name)
	on := widget.NewCheck("Look for this topic", nil)
	on.Checked = !own.Off
	phrases := func(list []string, example string) *kit.Entry {
		e := kit.NewMultiLine(example, 4)
		e.SetText(strings.Join(list, "\n"))
		return e
	}
	about, complaint, praise := phrases(own.About, "needles"), phrases(own.Complaint, "needles hurt"), phrases(own.Praise, "hardly felt the needles")
	parts := []fyne.CanvasObject{nameField, on, kit.Grid(190, theme.Space3, kit.NewField("Tells the topic", "", about), kit.NewField("And complains", "", complaint), kit.NewField("And praises", "", praise)),
		kit.Help("One phrase a line. A word with ~ stands for its usual endings (wait~ is also waits, waited, waiting), with * for any (accident*).")}
	without := slices.Clone(own.Without)
	if !t.Own {
		parts = append(parts, ours(t, &without))
	}
	check := func() classify.Lists {
		changed := classify.OwnTopic{ID: t.ID, Label: strings.TrimSpace(name.Text), Off: !on.Checked, About: lines(about.Text), Complaint: lines(complaint.Text), Praise: lines(praise.Text), Without: without}
		return p.lists.With(changed)
	}
	var shut func()
	buttons := []kit.Button{{Title: "Cancel"}}
	switch {
	case t.Own && t.ID != "":
		buttons = append(buttons, kit.Button{Title: "Remove", Run: func() { p.save(p.lists.Without(t.ID), "The topic "+p.label(t)+" is removed.") }})
	case !own.Empty():
		buttons = append(buttons, kit.Button{Title: "As it came", Run: func() { p.save(p.lists.Without(t.ID), t.Label+" is as it came with Goodword.") }})
	}
	buttons = append(buttons, kit.Button{Title: "Save", Primary: true, Stay: true, Run: func() { p.keep(check(), nameField, func() { shut() }) }})
	title := "Add a topic"
	if t.ID != "" {
		title = p.label(t)
	}
	shut = p.screen.host.Dialog(title, kit.MinWidth(kit.Column(theme.Space4, parts...), 620), buttons...)
	p.screen.host.Focus(name)
}

// keep saves a form; what cannot be kept is said under the name.
func (p *topicsPane) keep(lists classify.Lists, name *kit.Field, shut func()) {
	p.screen.back.Run(func(context.Context) func() {
		ready, err := lists.Ready()
		return func() {
			if name.SetErr(err); err == nil {
				shut()
				p.save(ready, "Saved. Older mentions follow.")
			}
		}
	})
}

// frameworks are the surveys and schemes that topics are compared with, by their names in the list.
var frameworks = []struct{ id, name string }{{"cg_cahps_3_1", "CG-CAHPS 3.1"}, {"press_ganey_medical_practice", "Press Ganey"}, {"qdc_pxtextmining", "NHS QDC"}, {"hcat", "HCAT"}}

// origin says where a topic is from, and when it was looked over last.
func origin(t classify.Topic) string {
	text := "Our own wording, checked " + kit.ShortDay(t.Checked) + "."
	var near []string
	for _, f := range frameworks {
		if name := t.MapsTo[f.id]; name != "" {
			near = append(near, f.name+" ("+strings.ReplaceAll(name, "_", " ")+")")
		}
	}
	if len(near) > 0 {
		text += " Nearest elsewhere: " + strings.Join(near, ", ") + "."
	}
	return text
}

// ours shows the phrases that come with the program, and where they are from; a press leaves one out or takes it in again.
func ours(t classify.Topic, without *[]string) fyne.CanvasObject {
	chips := make([]fyne.CanvasObject, len(t.Cues))
	for i, phrase := range t.Cues {
		chip := kit.NewChip(phrase, kit.ToneNeutral)
		show := func() {
			if slices.Contains(*without, phrase) {
				chip.SetText("not: " + phrase)
				chip.SetTone(kit.ToneBad)
			} else {
				chip.SetText(phrase)
				chip.SetTone(kit.ToneNeutral)
			}
		}
		chip.OnTapped = func() {
			if at := slices.Index(*without, phrase); at >= 0 {
				*without = slices.Delete(*without, at, at+1)
			} else {
				*without = append(*without, phrase)
			}
			show()
		}
		show()
		chips[i] = chip
	}
	return kit.NewGroup("Phrases that come with Goodword", kit.Column(theme.Space2, kit.Help("Press one to leave it out. "+origin(t)), kit.Flow(chips...)))
}
