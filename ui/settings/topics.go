package settings

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/disk"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// Learning keeps what the practice changed in the topics and what it corrected; *reviews.Store does.
type Learning interface {
	OwnLists(ctx context.Context) (classify.Lists, error)
	SaveOwnLists(ctx context.Context, l classify.Lists, by audit.Actor) (classify.Lists, error)
	Corrections(ctx context.Context, limit int) ([]reviews.Mention, error)
	TakeBack(ctx context.Context, id int64, u reviews.Understood, by audit.Actor) error
}

// topicsPane shows the topics with the phrases that tell them, and what was learned from corrections.
type topicsPane struct {
	screen    *Screen
	states    *kit.States
	read      reading
	lists     classify.Lists
	topics    []classify.Topic // ours, then the practice's own
	corrected []reviews.Mention
	learning  bool // the corrections are in sight, not the topics
}

// mostCorrected is how many corrections the pane lists.
const mostCorrected = 300

func newTopicsPane(s *Screen) *topicsPane {
	p := &topicsPane{screen: s, states: kit.NewStates()}
	p.states.ShowLoading("Reading the topics")
	return p
}

func (p *topicsPane) name() string               { return "Words and topics" }
func (p *topicsPane) content() fyne.CanvasObject { return p.states }

func (p *topicsPane) commands() []kit.Command {
	return []kit.Command{{Title: "Add a topic", Key: "N", Run: p.add}, {Title: "Export what you changed in the topics", Run: p.export, Enabled: p.changed}, {Title: "Import topics from a file", Run: p.bring}}
}

func (p *topicsPane) changed() bool { return len(p.lists.Topics) > 0 }

func (p *topicsPane) load() {
	p.read.run(p.screen.back, func(ctx context.Context) func() {
		lists, err := p.screen.deps.Learning.OwnLists(ctx)
		var corrected []reviews.Mention
		if err == nil {
			corrected, err = p.screen.deps.Learning.Corrections(ctx, mostCorrected)
		}
		topics := classify.Default().Topics()
		for _, own := range lists.Topics {
			if !slices.ContainsFunc(topics, func(t classify.Topic) bool { return t.ID == own.ID }) {
				topics = append(topics, classify.Topic{ID: own.ID, Label: own.Label, Own: true})
			}
		}
		return func() {
			if err != nil {
				p.states.ShowError("The topics could not be read", err, p.load)
				return
			}
			p.lists, p.topics, p.corrected = lists, topics, corrected
			p.show()
		}
	})
}

func (p *topicsPane) show() {
	add := kit.NewPrimary("Add a topic", theme.Icon("plus"), p.add)
	bring, export := kit.NewQuiet("Import", theme.Icon("upload"), p.bring), kit.NewQuiet("Export", theme.Icon("file-down"), p.export)
	if !p.changed() {
		export.Disable()
	}
	at, help, list, actions := 0, "What you change stays in this practice. Older mentions follow in the background.", p.table, kit.Line(theme.Space1, bring, export, add)
	if p.learning {
		at, help, list, actions = 1, taught, p.learned, kit.Line(0)
	}
	learned := "Learned from your corrections: " + kit.Count(len(p.corrected))
	if len(p.corrected) == mostCorrected {
		learned += " newest"
	}
	which := kit.NewSegmented([]string{kit.Counted(len(p.topics), "topic", "topics"), learned}, at, func(i int) {
		p.learning = i == 1
		p.show()
	})
	head := kit.Column(theme.Space2, kit.Spread(which, actions), kit.Help(help))
	p.states.ShowContent(kit.Scrolling(kit.InsetXY(kit.MaxWidth(kit.Column(theme.Space4, head, list()), 1080), theme.Space6, theme.Space4)))
}

const taught = "When you correct what a mention feels, what it is about or how urgent it is, similar ones follow, here and nowhere else. Two corrections have to agree first. Press one to take it back."

// table lists the topics; one that is pressed opens.
func (p *topicsPane) table() fyne.CanvasObject {
	table := kit.NewTable(kit.TableColumn{Title: "Topic"}, kit.TableColumn{Title: "Phrases", Width: 170}, kit.TableColumn{Title: "From", Width: 230}, kit.TableColumn{Title: "", Width: 80})
	rows := make([][]kit.Cell, len(p.topics))
	for i, t := range p.topics {
		own := p.lists.Of(t.ID)
		yours := len(own.About) + len(own.Complaint) + len(own.Praise)
		phrases := kit.Counted(len(t.Cues)-len(own.Without), "phrase", "phrases")
		switch {
		case t.Own:
			phrases = kit.Counted(yours, "phrase", "phrases")
		case yours > 0:
			phrases = fmt.Sprintf("%d and %d of yours", len(t.Cues)-len(own.Without), yours)
		}
		name, from, state := kit.Cell{Text: p.label(t), Strong: true}, kit.Cell{Text: "Goodword, checked " + kit.ShortDay(t.Checked), Secondary: true}, kit.Cell{}
		switch {
		case t.Own:
			from = kit.Cell{Text: "Your own"}
		case !own.Empty():
			from = kit.Cell{Text: "Goodword, changed by you"}
		}
		if own.Off {
			name, state = kit.Cell{Text: name.Text, Secondary: true}, kit.Cell{Text: "Off", Tone: kit.ToneWarn}
		}
		rows[i] = []kit.Cell{name, {Text: phrases, Secondary: true}, from, state}
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.form(p.topics[row]) }
	return table
}

func (p *topicsPane) label(t classify.Topic) string {
	if label := p.lists.Of(t.ID).Label; label != "" {
		return label
	}
	return t.Label
}

// learned lists what was corrected; what is pressed can be taken back.
func (p *topicsPane) learned() fyne.CanvasObject {
	n := len(p.corrected)
	if n == 0 {
		return kit.EmptyState("pencil", "Nothing corrected yet", "In the inbox, C corrects what the program understood of a mention.")
	}
	table := kit.NewTable(kit.TableColumn{Title: "Mention"}, kit.TableColumn{Title: "You said", Width: 300}, kit.TableColumn{Title: "Author", Width: 150})
	rows := make([][]kit.Cell, n)
	for i, m := range p.corrected {
		words := strings.Join(strings.Fields(m.Words()), " ")
		if !m.Purged.IsZero() {
			words = "Its words were cleared; nothing is learned from it any more"
		}
		rows[i] = []kit.Cell{{Text: words}, {Text: p.said(m), Strong: true}, {Text: m.Author, Secondary: true}}
	}
	table.SetRows(rows)
	table.OnOpened = func(row int) { p.lesson(p.corrected[row]) }
	return table
}

// said is a correction in words.
func (p *topicsPane) said(m reviews.Mention) string {
	var parts []string
	for _, part := range m.Corrected {
		switch part {
		case "sentiment":
			parts = append(parts, kit.Capital(m.Sentiment))
		case "topics":
			labels := []string{}
			for _, id := range m.Topics {
				labels = append(labels, p.topicName(id))
			}
			if len(labels) == 0 {
				labels = []string{"no topic"}
			}
			parts = append(parts, "About "+strings.Join(labels, ", "))
		case "kind":
			parts = append(parts, kit.Capital(m.Kind))
		case "urgency":
			if m.Urgency == "" {
				parts = append(parts, "Not urgent")
			} else {
				parts = append(parts, kit.Capital(m.Urgency)+" urgency")
			}
		}
	}
	return strings.Join(parts, " · ")
}

func (p *topicsPane) topicName(id string) string {
	for _, t := range p.topics {
		if t.ID == id {
			return p.label(t)
		}
	}
	return strings.ReplaceAll(id, "_", " ")
}

// lesson shows one correction with the way back.
func (p *topicsPane) lesson(m reviews.Mention) {
	words := kit.NewParagraph(m.Words())
	content := kit.MinWidth(kit.Column(theme.Space3, words, kit.NewLabel("You said: "+p.said(m), kit.Strong)), 480)
	p.screen.host.Dialog("A correction", content, kit.Button{Title: "Close"}, kit.Button{Title: "Open in the inbox", Run: func() { p.screen.host.Go("inbox", m.ID) }},
		kit.Button{Title: "Take it back", Primary: true, Run: func() { p.takeBack(m) }})
}

func (p *topicsPane) takeBack(m reviews.Mention) {
	p.do("Taking the correction back", func(ctx context.Context, by audit.Actor) error { return p.screen.deps.Unlearn(ctx, m.ID, by) }, func() {
		p.screen.host.ToastUndo("Taken back. Nothing is learned from it any more.", func() {
			p.do("Correcting again", func(ctx context.Context, by audit.Actor) error {
				return p.screen.deps.Learning.TakeBack(ctx, m.ID, m.Understood, by)
			}, nil)
		})
	})
}

// do changes something in the background and shows the pane anew.
func (p *topicsPane) do(doing string, step func(ctx context.Context, by audit.Actor) error, done func()) {
	by := p.screen.actor()
	p.screen.back.Run(func(ctx context.Context) func() {
		err := step(ctx, by)
		return func() {
			if err != nil {
				p.screen.host.Fail(doing, err)
			} else if done != nil {
				done()
			}
			p.load()
		}
	})
}

// save keeps changed lists; Undo brings the lists back that were there before.
func (p *topicsPane) save(lists classify.Lists, said string) {
	before := p.lists
	p.do("Saving the topics", func(ctx context.Context, by audit.Actor) error {
		_, err := p.screen.deps.Learning.SaveOwnLists(ctx, lists, by)
		return err
	}, func() {
		p.screen.host.ToastUndo(said, func() {
			p.do("Taking it back", func(ctx context.Context, by audit.Actor) error {
				_, err := p.screen.deps.Learning.SaveOwnLists(ctx, before, by)
				return err
			}, nil)
		})
	})
}

func (p *topicsPane) export() {
	kit.SaveFile(p.screen.host, "Exporting the topics", "goodword-topics.yaml", p.exportTo)
}

func (p *topicsPane) exportTo(file string) {
	lists := p.lists
	p.screen.back.Run(func(context.Context) func() {
		err := disk.WriteMade(file, func(w io.Writer) error { return classify.WriteLists(w, lists) })
		return func() {
			if err != nil {
				p.screen.host.Fail("Exporting the topics", err)
				return
			}
			p.screen.host.Toast("What you changed is in " + filepath.Base(file) + ".")
		}
	})
}

func (p *topicsPane) bring() {
	kit.OpenFile(p.screen.host, "Importing topics", []string{".yaml", ".yml"}, p.bringFrom)
}

// bringFrom takes over the topics of a file: one that is changed here too is as the file says.
func (p *topicsPane) bringFrom(file string) {
	lists := p.lists
	p.screen.back.Run(func(context.Context) func() {
		brought, err := readTopics(file)
		for _, t := range brought.Topics {
			lists = lists.With(t)
		}
		return func() {
			if err != nil {
				p.screen.host.Fail("Importing topics", err)
				return
			}
			p.save(lists, kit.Counted(len(brought.Topics), "topic", "topics")+" taken over.")
		}
	})
}

func readTopics(file string) (classify.Lists, error) {
	in, err := os.Open(file)
	if err != nil {
		return classify.Lists{}, fmt.Errorf("%s cannot be opened: %w", filepath.Base(file), err)
	}
	lists, err := classify.ReadLists(in)
	return lists, errors.Join(err, in.Close())
}
