package spotlights

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/advocacy"
	"goodword/internal/practice"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// consentPane shows what the colleague allowed, and records and withdraws it.
type consentPane struct {
	c       *card
	content *fyne.Container
}

func newConsentPane(c *card) *consentPane {
	return &consentPane{c: c, content: kit.Column(theme.Space3)}
}

func (p *consentPane) show() {
	step := p.c.step
	own := step.ConsentsOf(step.Person.ID)
	p.content.Objects = nil
	if len(own) == 0 {
		p.content.Add(kit.Help("Nothing is on record yet. Without a consent that covers the uses, the networks and the day, nothing can be scheduled or posted."))
		p.content.Add(kit.Line(theme.Space2, kit.NewButton("Print the release", theme.Icon("printer"), func() { p.print(p.usual()) })))
	}
	today := step.Now.In(step.Practice.Location()).Format(practice.Day)
	for _, consent := range slices.Backward(own) {
		p.content.Add(p.row(consent, today))
	}
	if len(own) > 0 {
		p.content.Add(kit.Help("This spotlight uses: " + strings.ToLower(useNames(advocacy.Needs(step.Spotlight, step.Person))) + "."))
	}
	p.showPatients(today)
	p.content.Refresh()
}

// standing is how a paper stands today, and in which tone.
func standing(from, last string, withdrawn bool, today string) (string, kit.Tone) {
	days, ends := daysTo(today, last)
	switch {
	case withdrawn:
		return "Withdrawn", kit.ToneBad
	case from > today:
		return "From " + from, kit.ToneNeutral
	case last != "" && last < today:
		return "Ended", kit.ToneWarn
	case ends && days == 0:
		return "Ends today", kit.ToneWarn
	case ends && days <= 30:
		return "Ends in " + kit.Counted(days, "day", "days"), kit.ToneWarn
	}
	return "Live", kit.ToneGood
}

func daysTo(today, last string) (int, bool) {
	a, errA := time.Parse(practice.Day, today)
	b, errB := time.Parse(practice.Day, last)
	return int(b.Sub(a).Hours() / 24), errA == nil && errB == nil
}

func (p *consentPane) row(consent advocacy.Consent, today string) fyne.CanvasObject {
	state, tone := standing(consent.From, consent.Last(), !consent.Withdrawn.IsZero(), today)
	until := "until withdrawn"
	if last := consent.Last(); last != "" {
		until = "until " + last
	}
	if !consent.Withdrawn.IsZero() {
		until = "withdrawn on " + consent.Withdrawn.In(p.c.step.Practice.Location()).Format(practice.Day)
	}
	lines := kit.Column(theme.Space1, kit.NewParagraph(useNames(consent.Uses)), kit.Help(fmt.Sprintf("On %s, from %s, %s.", where(consent.Networks), consent.From, until)))
	if consent.Guardian != "" {
		lines.Add(kit.Help("Under age until " + consent.AdultOn + "; signed with " + consent.Guardian + "."))
	}
	if consent.Form != "" {
		lines.Add(kit.Help("Form: " + consent.Form))
	}
	papers := kit.Flow(kit.NewQuiet("Print", theme.Icon("printer"), func() { p.print(consent) }))
	if consent.Scan == "" {
		papers.Add(kit.NewQuiet("Attach the signed copy", theme.Icon("paperclip"), func() { p.attach(consent) }))
	} else {
		papers.Add(kit.NewQuiet("Save the signed copy", theme.Icon("file-down"), func() { p.c.s.saveScan(consent.Scan) }))
		lines.Add(kit.Help("Signed copy on file, proven by its hash " + consent.Scan[:12] + "."))
	}
	head := fyne.CanvasObject(kit.Line(theme.Space2, kit.NewChip(state, tone)))
	if consent.Withdrawn.IsZero() {
		head = kit.Spread(kit.Line(0, kit.NewChip(state, tone)), kit.NewQuiet("Withdraw", theme.Icon("circle-minus"), func() { p.withdraw(consent) }))
	}
	return kit.Column(theme.Space2, head, lines, papers, kit.Hairline())
}

// usual is what a release asks for before anything is agreed: all boxes empty.
func (p *consentPane) usual() advocacy.Consent {
	return advocacy.Consent{PersonID: p.c.step.Person.ID, From: p.c.step.Now.Format(practice.Day), Language: "en"}
}

func where(networks []string) string {
	if len(networks) == 0 {
		return "all networks"
	}
	var names []string
	for _, id := range networks {
		n, _ := advocacy.NetworkByID(id)
		names = append(names, n.Name)
	}
	return strings.Join(names, ", ")
}

var usesInWords = map[string]string{advocacy.UseName: "Name", advocacy.UsePhoto: "Photo", advocacy.UseQuote: "Own words in quotation marks",
	advocacy.UseStory: "Story", advocacy.UseCredentials: "Credentials", advocacy.UseVideo: "Video"}

func useNames(uses []string) string {
	var names []string
	for i, use := range uses {
		name := usesInWords[use]
		if i > 0 {
			name = strings.ToLower(name)
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func shown(o fyne.CanvasObject, yes bool) {
	if yes {
		o.Show()
	} else {
		o.Hide()
	}
}

// withdraw asks first, because a withdrawal cannot be taken back: a new consent is recorded instead.
func (p *consentPane) withdraw(consent advocacy.Consent) {
	by := p.c.s.actor()
	p.c.s.host.Confirm("Withdraw this consent?", "Nothing new can be posted under it. What is posted and covered by no other consent goes on the take-down list.",
		"Withdraw", func() {
			var list []advocacy.TakeDown
			p.c.s.do("Withdrawing the consent", func(ctx context.Context) error {
				var err error
				list, err = p.c.s.deps.Store.Withdraw(ctx, consent.ID, by)
				return err
			}, func() {
				p.c.s.host.Toast("The consent is withdrawn.")
				if len(list) > 0 {
					p.c.s.takeDownDialog(list)
				}
			})
		})
}
