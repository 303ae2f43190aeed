package spotlights

import (
	"image"

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
	whole   image.Image // the picture before it is cut for the network
	network advocacy.Network
	crops   map[string]advocacy.Crop
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
	p.network, p.crops = n, step.Spotlight.Picture.Crops
	p.paint()
}

// draw shows the picture under the words; nil shows none.
func (p *preview) draw(picture *canvas.Image) {
	p.whole = nil
	if picture != nil {
		p.whole = picture.Image
	}
	p.paint()
}

// paint shows the part of the picture that the network in sight shows.
func (p *preview) paint() {
	p.picture.Objects = nil
	if p.whole != nil && p.network.ID != "" {
		image := canvas.NewImageFromImage(cut(p.whole, p.network, p.crops[p.network.ID]))
		image.FillMode = canvas.ImageFillContain
		p.picture.Objects = []fyne.CanvasObject{image}
	}
	shown(p.picture, p.whole != nil)
	p.content.Refresh()
}
