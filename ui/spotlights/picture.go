package spotlights

import (
	"context"
	"io"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/storage"
	"fyne.io/fyne/v2/widget"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// picturePane takes the picture, its description and the background checks.
type picturePane struct {
	c       *card
	content *fyne.Container
	alt     *kit.Entry
	keep    *widget.Button
	saved   string
	checks  []*widget.Check
	shown   string // hash of the picture that is drawn
	image   *canvas.Image
}

func newPicturePane(c *card) *picturePane {
	p := &picturePane{c: c, content: kit.Column(theme.Space3), alt: kit.NewMultiLine("Mara beside the window of the break room", 2)}
	p.keep = kit.NewButton("Save the description", theme.Icon("save"), func() { p.save(func() { c.s.host.Toast("The description is saved.") }) })
	p.alt.OnChanged = func(string) { shown(p.keep, strings.TrimSpace(p.alt.Text) != p.saved) }
	known, _ := advocacy.PictureChecks()
	for _, check := range known {
		tick := widget.NewCheck(check.Text, nil)
		tick.OnChanged = func(bool) { p.sign() }
		p.checks = append(p.checks, tick)
	}
	return p
}

func (p *picturePane) show(f found) {
	picture := p.c.step.Spotlight.Picture
	p.content.Objects = nil
	defer func() { p.c.texts.preview.draw(p.image) }()
	if picture.File == "" {
		p.shown, p.image = "", nil
		p.content.Add(kit.Help("A picture helps, and some networks need one. Drop it on this window or choose a file. Place, time and device are removed from the copy."))
		p.content.Add(kit.Line(theme.Space2, kit.NewButton("Choose a picture", theme.Icon("image"), p.choose)))
		p.content.Refresh()
		return
	}
	if f.picture != nil {
		p.image = canvas.NewImageFromImage(f.picture)
		p.image.FillMode = canvas.ImageFillContain
		p.shown = picture.Hash
	}
	if f.bad != nil {
		p.content.Add(kit.NewBanner(kit.ToneBad, said(f.bad)))
	} else if p.image != nil {
		p.content.Add(container.New(frame{}, p.image))
	}
	if p.image != nil {
		p.content.Add(kit.Spread(kit.Help(cropped(picture)), kit.NewQuiet("Crop", theme.Icon("scissors"), p.crop)))
	}
	p.showAlt(picture)
	p.showPeople(picture)
	p.showChecks(picture)
	p.content.Add(kit.Flow(kit.NewButton("Change", theme.Icon("image"), p.choose), kit.NewQuiet("Remove", theme.Icon("trash-2"), p.remove)))
	p.showExport()
	p.content.Refresh()
}

func (p *picturePane) showAlt(picture advocacy.Picture) {
	if p.alt.Text == p.saved {
		p.alt.SetText(picture.Alt)
	}
	p.saved = picture.Alt
	shown(p.keep, strings.TrimSpace(p.alt.Text) != p.saved)
	p.content.Add(kit.NewField("What the picture shows", "For people who cannot see it. Give it to the network with the picture.", kit.Column(theme.Space2, p.alt, p.keep)))
}

func (p *picturePane) showChecks(picture advocacy.Picture) {
	_, basis := advocacy.PictureChecks()
	list := kit.Column(0)
	known, _ := advocacy.PictureChecks()
	for i, check := range known {
		if check.ID == "patients" && p.c.step.Spotlight.Patients > 0 {
			list.Add(kit.Help("Patients who can be seen sign an authorization each; see Patients above."))
			continue
		}
		tick := p.checks[i]
		tick.OnChanged = nil
		tick.SetChecked(slices.Contains(picture.Checked, check.ID))
		tick.OnChanged = func(bool) { p.sign() }
		words := kit.NewParagraph(check.Text)
		tick.Text = ""
		list.Add(kit.Line(0, tick, kit.Fill(words)))
	}
	by := ""
	if len(picture.Checked) > 0 && picture.Signed != 0 {
		by = " Signed by " + p.c.s.seen.person(picture.Signed).Name
		if !picture.SignedAt.IsZero() {
			by += " on " + picture.SignedAt.In(p.c.step.Practice.Location()).Format("2 January 2006, 15:04")
		}
		by += "."
	}
	p.content.Add(kit.NewField("Background check", basis+"."+by, list))
}

// sign stores the ticks under the name of who works here now.
func (p *picturePane) sign() {
	var ids []string
	known, _ := advocacy.PictureChecks()
	for i, check := range known {
		if p.checks[i].Checked {
			ids = append(ids, check.ID)
		}
	}
	by := p.c.s.actor()
	p.c.keep("Checking the picture", func(ctx context.Context) error { return p.c.s.deps.Store.CheckPicture(ctx, p.c.id, ids, by) }, nil)
}

func (p *picturePane) choose() {
	kit.OpenFile(p.c.s.host, "Opening the picture", []string{".jpg", ".jpeg", ".png", ".webp", ".gif"}, func(path string) { p.take(storage.NewFileURI(path)) })
}

// take reads a file that was chosen or dropped.
func (p *picturePane) take(uri fyne.URI) {
	file, err := storage.Reader(uri)
	if err != nil {
		p.c.s.host.Fail("Opening the picture", err)
		return
	}
	p.read(file)
}

// read copies a picture in the background, says how far it is, and can be stopped.
func (p *picturePane) read(file io.ReadCloser) {
	const doing = "Copying the picture"
	by, alt, host := p.c.s.actor(), strings.TrimSpace(p.alt.Text), p.c.s.host
	over, stop := false, func() {}
	finish := func() {
		over = true
		host.SetStatus("", -1, nil)
	}
	cancel := func() {
		stop()
		finish()
		host.Toast("Stopped. The picture was not added.")
	}
	host.SetStatus(doing, 0, cancel)
	stop = p.c.s.bg.Run(func(ctx context.Context) func() {
		told := advocacy.WithProgress(ctx, func(done float64) {
			p.c.s.bg.Run(func(context.Context) func() {
				return func() {
					if !over && ctx.Err() == nil {
						host.SetStatus(doing, done, cancel)
					}
				}
			})
		})
		_, err := p.c.s.deps.Store.SavePicture(told, p.c.id, file, alt, by)
		shut := file.Close()
		return func() {
			finish()
			if err == nil {
				err = shut
			}
			if err != nil {
				host.Fail("Adding the picture", err)
				return
			}
			host.Toast("The picture is added. Place, time and device were removed from the copy.")
			p.c.s.reload()
		}
	})
}

func (p *picturePane) remove() {
	by := p.c.s.actor()
	p.c.keep("Removing the picture", func(ctx context.Context) error { return p.c.s.deps.Store.RemovePicture(ctx, p.c.id, by) },
		func() { p.c.s.host.Toast("The picture is removed from the spotlight.") })
}

func (p *picturePane) save(then func()) {
	alt := strings.TrimSpace(p.alt.Text)
	if p.shown == "" || alt == p.saved {
		then()
		return
	}
	by := p.c.s.actor()
	p.c.keep("Saving the description", func(ctx context.Context) error { return p.c.s.deps.Store.DescribePicture(ctx, p.c.id, alt, by) }, then)
}

// frame keeps a picture at the full width, no higher than a third of a screen.
type frame struct{}

// MinSize is small enough for any pane.
func (frame) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(160, 220) }

// Layout fills the frame.
func (frame) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
		o.Move(fyne.Position{})
	}
}
