package advocacy

import (
	"cmp"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
	"goodword/policy"
)

// ShareKit is what a member of staff needs to share a spotlight: the picture, a text for each network with the line that says who is speaking,
// and what not to add.
type ShareKit struct {
	Title    string
	Practice string
	Posts    []SharePost
	Left     []string // networks that are not in it, and why
	Picture  Rendition
	Made     time.Time
}

// SharePost is the text for one network and the page that takes it.
type SharePost struct {
	Network string
	Name    string
	Text    string
	Link    string // opens the network's composer, filled in where the network allows it
	Note    string
}

// LeaveOut is something that is not to be added to a shared post.
type LeaveOut struct {
	Say    string `yaml:"say" json:"say"`
	Why    string `yaml:"why" json:"why"`
	Source string `yaml:"source" json:"source"`
	URL    string `yaml:"url" json:"url"`
	Status string `yaml:"status" json:"status"` // "verified", "secondary", "memory", "suggested"; see HowChecked

	ReviewBy string `yaml:"review_by" json:"review_by,omitempty"` // empty: that of the whole list
}

// HowChecked says for people how far the line was checked, and by when it is looked at again.
func (l LeaveOut) HowChecked() string { return howChecked(l.Status, l.ReviewBy) }

// PartnerCheck is something that is looked at before somebody else speaks for the practice.
type PartnerCheck struct {
	ID     string `yaml:"id" json:"id"`
	Ask    string `yaml:"ask" json:"ask"`
	Why    string `yaml:"why" json:"why"`
	Source string `yaml:"source" json:"source,omitempty"`
	URL    string `yaml:"url" json:"url,omitempty"`
	Status string `yaml:"status" json:"status"` // as of a LeaveOut

	ReviewBy string `yaml:"review_by" json:"review_by,omitempty"`
}

// HowChecked says for people how far the reason was checked, and by when it is looked at again.
func (c PartnerCheck) HowChecked() string { return howChecked(c.Status, c.ReviewBy) }

func howChecked(status, reviewBy string) string {
	return policy.HowChecked(status, spelled(sharing().Checked)) + ", to be looked at again by " + spelled(cmp.Or(reviewBy, sharing().ReviewBy))
}

type shareFile struct {
	Checked  string         `yaml:"checked"`
	ReviewBy string         `yaml:"review_by"`
	Free     string         `yaml:"free"`
	LeaveOut []LeaveOut     `yaml:"leave_out"`
	Partners []PartnerCheck `yaml:"partner_checks"`
}

var sharing = sync.OnceValue(func() shareFile { return load[shareFile]("stories/sharekit.yaml") })

// WhatToLeaveOut lists what is not to be added to a shared post.
func WhatToLeaveOut() []LeaveOut { return slices.Clone(sharing().LeaveOut) }

// PartnerChecks lists what is looked at before somebody else speaks for the practice.
func PartnerChecks() []PartnerCheck { return slices.Clone(sharing().Partners) }

// shareKit gathers the texts that staff may share now. What staff post always says where they work, whatever the practice's own post says.
func (s Step) shareKit() (ShareKit, error) {
	kit := ShareKit{Title: s.Spotlight.Title, Practice: s.Practice.Name, Made: s.Now}
	var first error
	for _, v := range s.Spotlight.Variants {
		n, _ := NetworkByID(v.Network)
		if n.Practice || strings.TrimSpace(v.Text) == "" {
			continue
		}
		err := s.MayCopy(v.Network)
		v.Disclosure = true
		if err == nil {
			err = s.clear(v)
		}
		if err != nil {
			kit.Left = append(kit.Left, n.Name+": "+err.Error())
			first = errors.Join(first, err)
			continue
		}
		text := v.Whole(s.Practice)
		kit.Posts = append(kit.Posts, SharePost{Network: n.ID, Name: n.Name, Text: text, Link: ShareLink(n.ID, text), Note: n.Note})
	}
	if len(kit.Posts) == 0 && first == nil {
		first = errors.New("There is no text for a network on which staff have accounts of their own. Add one for Facebook, LinkedIn or Bluesky")
	}
	if len(kit.Posts) > 0 {
		first = nil
	}
	return kit, first
}

// Mail is the kit as a mail: a subject and plain words, to be sent from the practice's own mail program with the page attached.
func (k ShareKit) Mail() (subject, body string) {
	var b strings.Builder
	fmt.Fprintf(&b, "Hello,\n\n%s has a new post: %s. If you would like to share it, the texts are below and on the page attached, with the picture.\n\n%s\n", k.Practice, k.Title, sharing().Free)
	for _, p := range k.Posts {
		fmt.Fprintf(&b, "\n--- %s ---\n%s\n", p.Name, p.Text)
		if p.Link != "" {
			fmt.Fprintf(&b, "Post it: %s\n", p.Link)
		}
	}
	b.WriteString("\nPlease leave out:\n")
	for _, l := range sharing().LeaveOut {
		b.WriteString("- " + l.Say + "\n")
	}
	d := Disclosing()
	fmt.Fprintf(&b, "\nWhy each text says where you work: %s (%s)\n\nThank you.\n", d.Why, d.Source)
	return "To share, if you like: " + k.Title, b.String()
}

// Sheet is the kit on paper.
func (k ShareKit) Sheet() paper.Sheet {
	d := Disclosing()
	sheet := paper.Sheet{Title: k.Title, Subtitle: "To share, if you like · " + k.Practice, Made: k.Made, Footer: k.Practice + " · share kit"}
	sheet.Blocks = append(sheet.Blocks, paper.Text{Text: sharing().Free})
	if len(k.Picture.Data) > 0 {
		sheet.Blocks = append(sheet.Blocks, paper.Picture{Data: k.Picture.Data, Alt: k.Picture.Alt, Width: 0.5}, paper.Small{Text: "Text for people who cannot see the picture: " + k.Picture.Alt})
	}
	for _, p := range k.Posts {
		sheet.Blocks = append(sheet.Blocks, paper.Heading{Level: 2, Text: p.Name}, paper.Text{Text: p.Text})
		if p.Note != "" {
			sheet.Blocks = append(sheet.Blocks, paper.Small{Text: p.Note})
		}
	}
	var items []string
	for _, l := range sharing().LeaveOut {
		items = append(items, l.Say+" "+l.Why+" ("+l.Source+". "+l.HowChecked()+".)")
	}
	return paper.Sheet{Title: sheet.Title, Subtitle: sheet.Subtitle, Made: sheet.Made, Footer: sheet.Footer, Blocks: append(sheet.Blocks,
		paper.Heading{Level: 1, Text: "Please leave out"}, paper.List{Items: items},
		paper.Heading{Level: 1, Text: "Why each text says where you work"}, paper.Text{Text: d.Why}, paper.Small{Text: d.Source + ", checked " + d.Checked})}
}

var sharePage = template.Must(template.New("kit").Parse(`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{{.Kit.Title}}</title>
<style>
:root { color-scheme: light dark; --ink: #1d2329; --soft: #5b6570; --line: #d8dde2; --ground: #f6f7f8; --card: #fff; --accent: #0b6e69; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebee; --soft: #a3adb6; --line: #38424b; --ground: #14191d; --card: #1d2429; --accent: #4fc1b8; } }
body { font: 16px/1.55 system-ui, sans-serif; color: var(--ink); background: var(--ground); max-width: 44rem; margin: 2.5rem auto; padding: 0 1.2rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 0; } .soft { color: var(--soft); font-size: .9rem; }
figure { margin: 1.5rem 0; } img { max-width: 100%; border-radius: 10px; display: block; } figcaption { margin-top: .5rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1rem 1.2rem; margin: 1rem 0; }
.words { white-space: pre-wrap; overflow-wrap: anywhere; margin: .8rem 0; }
a.open, button { font: inherit; display: inline-block; border: 1px solid var(--accent); border-radius: 7px; padding: .35rem .9rem; margin: 0 .5rem .3rem 0; text-decoration: none; color: var(--accent); background: none; cursor: pointer; }
a.open { background: var(--accent); color: var(--card); } li { margin: .5rem 0; }
@media print { button, a.open { display: none; } body { margin: 0; } }
</style>
</head>
<body>
<h1>{{.Kit.Title}}</h1>
<p class="soft">To share, if you like · {{.Kit.Practice}}</p>
<p>{{.Free}}</p>
{{if .Picture}}<figure><img src="{{.Picture}}" alt="{{.Kit.Picture.Alt}}"><figcaption class="soft">Save the picture and add it to your post. Text for people who cannot see it: {{.Kit.Picture.Alt}}</figcaption></figure>
{{end}}{{range .Kit.Posts}}<section><h2>{{.Name}}</h2><div class="words">{{.Text}}</div>{{if .Link}}<a class="open" href="{{.Link}}" target="_blank" rel="noopener noreferrer">Open {{.Name}}</a>{{end}}<button type="button">Copy the text</button>{{with .Note}}<p class="soft">{{.}}</p>{{end}}</section>
{{end}}<section><h2>Please leave out</h2><ul>{{range .LeaveOut}}<li>{{.Say}} <span class="soft">{{.Why}} ({{.Source}}. {{.HowChecked}}.)</span></li>{{end}}</ul></section>
<section><h2>Why each text says where you work</h2><p>{{.Disclosure.Why}}</p><p class="soft">{{.Disclosure.Source}}, checked {{.Disclosure.Checked}}</p></section>
<script>
for (const b of document.querySelectorAll("button")) b.onclick = () => {
  const words = b.parentElement.querySelector(".words"), range = document.createRange();
  range.selectNodeContents(words); getSelection().removeAllRanges(); getSelection().addRange(range);
  b.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
};
</script>
</body>
</html>
`))

// WriteHTML writes the kit as one page that loads nothing from anywhere.
func (k ShareKit) WriteHTML(w io.Writer) error {
	var picture template.URL
	if len(k.Picture.Data) > 0 {
		picture = template.URL("data:" + k.Picture.Type + ";base64," + base64.StdEncoding.EncodeToString(k.Picture.Data)) //nolint:gosec // our own picture
	}
	err := sharePage.Execute(w, struct {
		Kit        ShareKit
		Free       string
		Picture    template.URL
		LeaveOut   []LeaveOut
		Disclosure Disclosure
	}{k, sharing().Free, picture, sharing().LeaveOut, Disclosing()})
	if err != nil {
		return fmt.Errorf("write the page: %w", err)
	}
	return nil
}

// Sharer is a member of staff who said that they like to share posts.
type Sharer struct {
	Person practice.Person `json:"person"`
	Since  time.Time       `json:"since"`
}

// Thanks is a thank-you that was said. There are no points: a word from a person is worth more.
type Thanks struct {
	ID          int64     `json:"id"`
	PersonID    int64     `json:"person_id"`
	SpotlightID int64     `json:"spotlight_id,omitempty"`
	Words       string    `json:"words"`
	Said        time.Time `json:"said"`
	By          int64     `json:"by"`
}
