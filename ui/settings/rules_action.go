package settings

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/reviews"
	"goodword/reviews/respond"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// doing says in words what each kind of action does.
var doing = map[reviews.Do]string{
	reviews.DoTag: "Tag it", reviews.DoAssign: "Assign it to", reviews.DoTarget: "Answer within", reviews.DoAlert: "Show it on Today",
	reviews.DoClose: "Close it, no reply", reviews.DoStop: "Stop here",
}

// actionRow is one action of the form.
type actionRow struct {
	form    *ruleForm
	do      *widget.Select
	value   func() string
	holder  *fyne.Container
	content fyne.CanvasObject
}

func newActionRow(f *ruleForm, a reviews.Action) *actionRow {
	r := &actionRow{form: f, value: func() string { return "" }, holder: container.NewStack()}
	titles := make([]string, len(reviews.Dos))
	for i, d := range reviews.Dos {
		titles[i] = doing[d]
	}
	r.do = kit.NewSelect(titles, nil)
	r.do.SetSelectedIndex(slices.Index(reviews.Dos, a.Do))
	r.do.OnChanged = func(string) {
		r.ask("")
		f.refresh()
	}
	r.ask(a.Value)
	away := kit.NewIconButton(theme.Icon("x"), "Take this action away", func() {
		f.actions = slices.DeleteFunc(f.actions, func(o *actionRow) bool { return o == r })
		f.showActions()
	})
	r.content = kit.Line(theme.Space2, kit.MinWidth(kit.Framed(r.do), 160), kit.Fill(r.holder), away)
	return r
}

func (r *actionRow) kind() reviews.Do { return reviews.Dos[max(0, r.do.SelectedIndex())] }

func (r *actionRow) written() reviews.Action { return reviews.Action{Do: r.kind(), Value: r.value()} }

// ask shows what the chosen kind of action needs to know.
func (r *actionRow) ask(value string) {
	var input fyne.CanvasObject
	switch r.kind() {
	case reviews.DoAssign:
		who := kit.NewSelect(r.form.pane.known.staff, nil)
		who.SetSelected(value)
		r.value = func() string { return who.Selected }
		input = kit.Framed(who)
	case reviews.DoTarget:
		hours := kit.NewEntry("8")
		hours.SetText(value)
		r.value = func() string { return hours.Text }
		input = kit.Line(theme.Space2, kit.MinWidth(hours, 64), kit.NewLabel("office hours", kit.Secondary))
	case reviews.DoClose:
		var reasons []string
		for _, reason := range respond.Default().SafeReasons() {
			reasons = append(reasons, reason.Text)
		}
		why := widget.NewSelectEntry(reasons)
		why.PlaceHolder = "Why no public reply is right"
		why.SetText(value)
		r.value = func() string { return why.Text }
		input = why
	case reviews.DoAlert:
		r.value = func() string { return "" }
		input = kit.NewLabel("until it is read", kit.Secondary).Ellipsis()
	case reviews.DoStop:
		r.value = func() string { return "" }
		input = kit.NewLabel("later rules leave it alone", kit.Secondary).Ellipsis()
	default:
		tag := kit.NewEntry("billing-office")
		tag.SetText(value)
		r.value = func() string { return strings.TrimSpace(tag.Text) }
		input = tag
	}
	r.holder.Objects = []fyne.CanvasObject{input}
	r.holder.Refresh()
}
