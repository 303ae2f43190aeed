package spotlights

import (
	"context"
	"fmt"
	"io"
	"slices"

	"goodword/advocacy"
	"goodword/internal/audit"
	"goodword/internal/disk"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// PictureStore is what the screen asks about the picture of a spotlight.
type PictureStore interface {
	SavePicture(ctx context.Context, id int64, r io.Reader, alt string, by audit.Actor) (advocacy.Picture, error)
	DescribePicture(ctx context.Context, id int64, alt string, by audit.Actor) error
	CheckPicture(ctx context.Context, id int64, checks []string, by audit.Actor) error
	NamePeople(ctx context.Context, id int64, people []int64, by audit.Actor) error
	CropPicture(ctx context.Context, id int64, network string, crop advocacy.Crop, by audit.Actor) error
	RemovePicture(ctx context.Context, id int64, by audit.Actor) error
	ReadPicture(ctx context.Context, p advocacy.Picture) ([]byte, error)
	CopyPicture(ctx context.Context, id int64, network string, by audit.Actor) (advocacy.Rendition, error)
}

// showPeople names the colleagues who are in the picture too, each with how their own consent stands.
func (p *picturePane) showPeople(picture advocacy.Picture) {
	step := p.c.step
	today := step.Now.In(step.Practice.Location()).Format(practice.Day)
	chips := kit.Flow()
	for _, id := range picture.People {
		agreed := slices.ContainsFunc(step.ConsentsOf(id), func(c advocacy.Consent) bool { return c.Live(today) && slices.Contains(c.Uses, advocacy.UsePhoto) })
		text, tone := "Agreed: "+p.c.s.seen.person(id).Name, kit.ToneGood
		if !agreed {
			text, tone = "No consent: "+p.c.s.seen.person(id).Name, kit.ToneBad
		}
		chip := kit.NewChip(text, tone)
		chip.OnRemoved = func() {
			p.setPeople(slices.DeleteFunc(slices.Clone(picture.People), func(other int64) bool { return other == id }))
		}
		chips.Add(chip)
	}
	chips.Add(kit.NewQuiet("Name a colleague", theme.Icon("user-plus"), func() { p.addPerson(picture) }))
	p.content.Add(kit.NewField("Who else can be seen", "Each needs a consent of their own for photos.", chips))
}

func (p *picturePane) setPeople(people []int64) {
	by := p.c.s.actor()
	p.c.keep("Naming who is in the picture", func(ctx context.Context) error { return p.c.s.deps.Store.NamePeople(ctx, p.c.id, people, by) }, nil)
}

func (p *picturePane) addPerson(picture advocacy.Picture) {
	step := p.c.step
	today := step.Now.In(step.Practice.Location()).Format(practice.Day)
	var names []string
	ids := map[string]int64{}
	for _, person := range p.c.s.seen.people {
		if person.ID != step.Person.ID && person.Here(today) && !slices.Contains(picture.People, person.ID) {
			ids[person.Name] = person.ID
			names = append(names, person.Name)
		}
	}
	who := kit.NewSelect(names, nil)
	field := kit.NewField("Colleague", "Whoever is not on the staff list is a visitor: take another picture.", kit.Framed(who))
	var shut func()
	shut = p.c.s.host.Dialog("Who else is in the picture", kit.MaxWidth(field, 420), kit.Button{Title: "Cancel"},
		kit.Button{Title: "Add", Primary: true, Stay: true, Run: func() {
			id, ok := ids[who.Selected]
			if !ok {
				field.SetError("Choose a colleague.")
				return
			}
			shut()
			p.setPeople(append(slices.Clone(picture.People), id))
		}})
	p.c.s.host.Focus(who)
}

// showExport offers the picture for the network in sight, under the same rules as the text; before, it says what is missing.
func (p *picturePane) showExport() {
	n, ok := advocacy.NetworkByID(p.c.texts.at)
	if !ok {
		return
	}
	if err := p.c.step.MayCopy(n.ID); err != nil {
		p.content.Add(kit.Help("Saving it for " + inSentence(n) + ": " + said(err)))
		return
	}
	p.content.Add(kit.Line(0, kit.NewButton("Save for "+inSentence(n), theme.Icon("download"), func() { p.export(n) })))
}

// export writes the picture, cut for the network and without any metadata, to a file that can be attached to a post.
func (p *picturePane) export(n advocacy.Network) {
	by := p.c.s.actor()
	kit.SaveFile(p.c.s.host, "Saving the picture", n.ID+"-"+p.c.step.Spotlight.Picture.File, func(path string) {
		var out advocacy.Rendition
		p.c.s.do("Saving the picture", func(ctx context.Context) error {
			var err error
			if out, err = p.c.s.deps.Store.CopyPicture(ctx, p.c.id, n.ID, by); err != nil {
				return err
			}
			return disk.Write(path, out.Data)
		}, func() {
			p.c.s.host.Toast(fmt.Sprintf("Saved, %d by %d. Attach it to the post, with its description: %s", out.Width, out.Height, out.Alt))
		})
	})
}
