package spotlights

import (
	"strings"

	"goodword/advocacy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// showTags offers the hashtags that suit the text in sight, those it has marked, and the link to the practice's own page.
func (p *textsPane) showTags(n advocacy.Network) {
	p.tags.Objects = nil
	tags, habit := kit.Flow(), kit.NewLabel("", kit.Caption)
	d, step := p.drafts[p.at], p.c.step
	if n.Tags > 0 {
		used := 0
		for _, tag := range advocacy.HashtagIdeas(step.Spotlight, step.Person, step.Practice) {
			has := advocacy.HasHashtag(d.now.Text, tag)
			tone, text := kit.ToneNeutral, "+ "+tag
			if has {
				used++
				tone, text = kit.ToneAccent, tag
			}
			chip := kit.NewChip(text, tone)
			chip.OnTapped = func() { p.put(advocacy.WithHashtag(d.now.Text, tag, !has)) }
			tags.Add(chip)
		}
		usual := kit.Counted(n.Tags, "hashtag is", "hashtags are") + " usual on " + inSentence(n)
		if used > n.Tags {
			usual += ", " + kit.Count(used) + " are in"
		}
		habit.SetText(usual)
		p.tags.Add(tags)
	}
	link := advocacy.TrackedLink(step.Practice, p.at, step.Spotlight)
	if link != "" && n.ID != "website" {
		p.link.SetText("Add the link")
		if strings.Contains(d.now.Text, link) {
			p.link.SetText("Take the link out")
		}
		p.tags.Add(kit.Line(theme.Space2, kit.Fill(habit), p.link))
	} else {
		p.tags.Add(habit)
	}
	p.tags.Refresh()
}

// addLink puts the practice's page, with the network and the occasion as its only parameters, before the hashtags, or takes it out again.
func (p *textsPane) addLink() {
	text, step := p.drafts[p.at].now.Text, p.c.step
	link := advocacy.TrackedLink(step.Practice, p.at, step.Spotlight)
	if strings.Contains(text, link) {
		p.put(strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "\n\n"+link, ""), link, "")))
		return
	}
	body, tags := strings.TrimRight(text, " \n"), ""
	if at := strings.LastIndex(body, "\n\n#"); at >= 0 {
		body, tags = body[:at], body[at:]
	}
	p.put(body + "\n\n" + link + tags)
}

// put changes the text in sight, as if it had been typed.
func (p *textsPane) put(text string) {
	if !p.writable() {
		return
	}
	p.drafts[p.at].now.Text = text
	p.open(p.at)
}
