package spotlights

import (
	"image"
	"regexp"
	"strings"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// preview shows a text as readers will see it on the network: who speaks, the words up to where one presses "more", tags and addresses as
// links, and the picture where the network puts it.
type preview struct {
	content *fyne.Container
	post    *fyne.Container
	head    fyne.CanvasObject
	avatar  *kit.Avatar
	name    *kit.Label
	place   *kit.Label
	title   *kit.Label
	words   *kit.Paragraph
	picture *fyne.Container
	under   *kit.Label
	fold    *kit.Paragraph
	all     bool // the reader pressed "more"
	whole   image.Image
	network advocacy.Network
	text    string
	says    string // the line that says who is speaking, where the text carries it
	crops   map[string]advocacy.Crop
}

// readersDo is what stands under a post for the reader to press.
var readersDo = map[string]string{"facebook": "Like   Comment   Share", "instagram": "Like   Comment   Share   Save", "linkedin": "Like   Comment   Repost   Send",
	"bluesky": "Reply   Repost   Like", "mastodon": "Reply   Boost   Favourite", "threads": "Like   Reply   Repost   Share", "x": "Reply   Repost   Like", "google": "Share"}

func newPreview() *preview {
	p := &preview{avatar: kit.NewAvatar("", 36), name: kit.NewLabel("", kit.Strong).Ellipsis(), place: kit.NewLabel("", kit.Caption), title: kit.NewLabel("", kit.Heading).Ellipsis(),
		words: kit.NewParagraph(""), picture: container.New(frame{}), under: kit.NewLabel("", kit.Secondary), fold: kit.Help("")}
	p.words.SetStyle(kit.Reading)
	p.words.OnMarkTapped = func(int) { p.all = !p.all; p.say() }
	p.head = kit.Line(theme.Space3, p.avatar, kit.Fill(kit.Column(2, p.name, p.place)))
	p.post = kit.Column(theme.Space3)
	p.content = kit.Column(theme.Space2, kit.MaxWidth(kit.NewCard("", p.post), 560), p.fold)
	return p
}

func (p *preview) show(n advocacy.Network, step advocacy.Step, v advocacy.Variant) {
	if n.ID != p.network.ID {
		p.all = false
	}
	p.avatar.SetName(step.Practice.Name)
	p.name.SetText(step.Practice.Name)
	p.place.SetText(n.Name)
	p.title.SetText(step.Spotlight.Title)
	p.under.SetText(readersDo[n.ID])
	p.text, p.network, p.crops = v.Whole(step.Practice), n, step.Spotlight.Picture.Crops
	if p.says = ""; v.Disclosure {
		p.says = advocacy.DisclosureLine(n.ID, step.Practice)
	}
	p.post.Objects = p.order()
	p.say()
	p.paint()
}

// order is how the network sets a post: Instagram and Google begin with the picture, a page of one's own with a heading.
func (p *preview) order() []fyne.CanvasObject {
	shown(p.under, readersDo[p.network.ID] != "")
	switch p.network.ID {
	case "instagram":
		return []fyne.CanvasObject{p.head, p.picture, p.under, p.words}
	case "google":
		return []fyne.CanvasObject{p.picture, p.head, p.words, p.under}
	case "website":
		return []fyne.CanvasObject{p.title, p.picture, p.words}
	}
	return []fyne.CanvasObject{p.head, p.words, p.picture, kit.Hairline(), p.under}
}

const more = "… more"

var (
	linkOrTag = regexp.MustCompile(`https?://\S+|#[\pL\pN_]+`)
	scheme    = regexp.MustCompile(`^https?://(?:www\.)?`)
)

// say sets the words as the network does: addresses cut short, tags and addresses as links, and folded where a reader presses "more".
func (p *preview) say() {
	text := linkOrTag.ReplaceAllStringFunc(p.text, func(found string) string {
		if strings.HasPrefix(found, "#") || p.network.ID == "website" || p.network.ID == "google" {
			return found
		}
		if found = scheme.ReplaceAllString(found, ""); utf8.RuneCountInString(found) > 30 {
			found = string([]rune(found)[:29]) + "…"
		}
		return found
	})
	folded := p.network.Fold > 0 && utf8.RuneCountInString(text) > p.network.Fold
	if folded && !p.all {
		text = strings.TrimRight(string([]rune(text)[:p.network.Fold]), " \n") + more
	}
	var marks []kit.Mark
	for _, at := range linkOrTag.FindAllStringIndex(text, -1) {
		marks = append(marks, kit.Mark{Start: at[0], End: at[1], Tone: kit.ToneAccent, Underline: true, Quiet: true})
	}
	if folded && !p.all {
		marks = append(marks, kit.Mark{Start: len(text) - len("more"), End: len(text), Tone: kit.ToneAccent, Underline: true, Quiet: true, Tip: "Show the whole text"})
	}
	p.words.SetText(text)
	p.words.SetMarks(marks)
	shown(p.fold, folded)
	if folded {
		p.fold.SetText(p.hidden())
	}
	p.content.Refresh()
}

// hidden says what readers do not see at once.
func (p *preview) hidden() string {
	text := "Readers see about " + kit.Count(p.network.Fold) + " characters before they press “more”, as far as we see there; it is no rule of the network."
	if at := strings.LastIndex(p.text, p.says); p.says != "" && at >= 0 && utf8.RuneCountInString(p.text[:at]) > p.network.Fold {
		text += " The line that says who is speaking stands below that. Readers should not have to look for it: a shorter text brings it up."
	}
	return text
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
