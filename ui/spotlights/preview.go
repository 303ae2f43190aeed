package spotlights

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// preview shows a text as readers will see it: who speaks, the whole words with the disclosure, the picture.
type preview struct {
	content *fyne.Container
	avatar  *kit.Avatar
	name    *kit.Label
	place   *kit.Label
	words   *kit.Paragraph
	picture *fyne.Container
}

func newPreview() *preview {
	p := &preview{avatar: kit.NewAvatar("", 36), name: kit.NewLabel("", kit.Strong).Ellipsis(), place: kit.NewLabel("", kit.Caption), words: kit.NewParagraph(""),
		picture: container.New(frame{})}
	p.words.SetStyle(kit.Reading)
	head := kit.Line(theme.Space3, p.avatar, kit.Fill(kit.Column(2, p.name, p.place)))
	p.content = kit.MaxWidth(kit.NewCard("", kit.Column(theme.Space3, head, p.words, p.picture)), 560)
	return p
}

func (p *preview) show(n advocacy.Network, step advocacy.Step, v advocacy.Variant) {
	p.avatar.SetName(step.Practice.Name)
	p.name.SetText(step.Practice.Name)
	p.place.SetText(n.Name)
	p.words.SetText(v.Whole(step.Practice))
	p.content.Refresh()
}

// draw shows the picture under the words; nil shows none.
func (p *preview) draw(picture *canvas.Image) {
	p.picture.Objects = nil
	if picture != nil {
		image := canvas.NewImageFromImage(picture.Image)
		image.FillMode = canvas.ImageFillContain
		p.picture.Objects = []fyne.CanvasObject{image}
	}
	shown(p.picture, picture != nil)
	p.content.Refresh()
}
