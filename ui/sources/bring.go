package sources

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// bringing is the import of a file: what it is, which column holds what, what it would bring, then Import.
type bringing struct {
	screen  *Screen
	cancel  func()
	file    string
	rest    []string // files that were dropped with it
	page    *kit.Page
	states  *kit.States
	columns *fyne.Container
	result  *kit.States
	put     *widget.Button
	mapping collect.Mapping
	preview collect.Preview
	gone    bool // a person said that what a much smaller export lacks is gone
	feeds   []collect.Outline
	quiet   bool // the selects are being set by the program
}

// Drop takes files that were dropped on the window: the first is opened, the others follow one after the other.
func (s *Screen) Drop(paths []string) {
	if len(paths) > 0 {
		s.openFile(paths[0], paths[1:])
	}
}

// openFile reads a file and shows what importing it would bring.
func (s *Screen) openFile(file string, rest []string) {
	b := &bringing{screen: s, cancel: func() {}, file: file, rest: rest, states: kit.NewStates(), result: kit.NewStates(), columns: container.NewStack()}
	b.put = kit.NewPrimary("Import", theme.IconIn("download", theme.OnAccent), b.store)
	b.put.Disable()
	b.page = kit.NewPage("Import "+filepath.Base(file), " ", kit.NewButton("Another file", theme.Icon("folder-open"), s.chooseFile), kit.NewButton("Cancel", nil, s.back), b.put)
	b.page.SetContent(kit.InsetSides(b.states, theme.Space6, 0, theme.Space6, theme.Space6))
	s.begin(b, b.page)
	s.bring = b
	b.read()
}

func (b *bringing) stop() { b.cancel() }

// read looks into the file in the background. A list of feeds is shown as such.
func (b *bringing) read() {
	s, file, mapping := b.screen, b.file, b.mapping
	b.put.Disable()
	if b.preview.Format == "" {
		b.states.ShowLoading("Reading " + filepath.Base(file))
	}
	b.cancel()
	b.cancel = s.bg.Run(func(ctx context.Context) func() {
		preview, err := s.deps.Collector.Preview(ctx, file, mapping, "")
		if errors.Is(err, collect.ErrIsOPML) {
			list, err := s.deps.Collector.Look(ctx, file, false)
			return func() { b.showList(list.Feeds, err) }
		}
		return func() { b.show(preview, err) }
	})
}

func (b *bringing) show(preview collect.Preview, err error) {
	if err != nil {
		b.states.ShowError("The file cannot be imported", err, b.screen.chooseFile)
		return
	}
	first := b.preview.Format == ""
	b.preview = preview
	b.page.SetSubtitle(fmt.Sprintf("%s, %s", formats[preview.Format], kit.Counted(len(preview.Found), "review", "reviews")))
	b.enable()
	if first {
		b.arrange()
	}
	b.showFound()
}

var formats = map[string]string{"csv": "A table (CSV)", "xlsx": "An Excel workbook", "takeout": "A Google Takeout export", "mail": "E-mail alerts", "page": "A saved web page"}

// arrange puts the mapping at the left of what it gives; an export without columns needs none.
func (b *bringing) arrange() {
	if len(b.preview.Columns) == 0 {
		b.states.ShowContent(b.result)
		return
	}
	guessed := "Goodword guessed from the headings. Change what is wrong; the right side follows, and Goodword keeps it for the next file with these columns."
	if at := b.preview.Settled; !at.IsZero() {
		guessed = "As it was settled for these columns on " + at.Local().Format("2 January 2006") + ". Change what is wrong; the right side follows."
	}
	fields := []fyne.CanvasObject{kit.NewLabel("Which column holds what", kit.Heading), kit.Help(guessed)}
	b.quiet = true
	for _, field := range collect.Fields() {
		fields = append(fields, kit.NewField(fieldTitles[field], "", b.picker(field)))
	}
	b.quiet = false
	b.states.ShowContent(kit.NewSplit(kit.Scrolling(kit.InsetSides(kit.Column(theme.Space3, fields...), theme.Space1, 0, theme.Space6, theme.Space4)),
		kit.InsetSides(b.result, theme.Space6, 0, 0, 0), 320))
}

const noColumn = "Not in this file"

var fieldTitles = map[string]string{"text": "Text of the review", "stars": "Stars", "author": "Name of the writer", "date": "Date", "site": "Site", "title": "Title", "url": "Address",
	"id": "Number of the review", "place": "Location", "reply": "Our reply", "reply date": "Date of our reply"}

func (b *bringing) picker(field string) *widget.Select {
	pick := kit.NewSelect(append([]string{noColumn}, b.preview.Columns...), func(column string) {
		if b.quiet {
			return
		}
		if column == noColumn {
			column = ""
		}
		if b.mapping == nil {
			b.mapping = collect.Mapping{}
		}
		b.mapping[field] = column
		b.read()
	})
	pick.SetSelected(noColumn)
	if column := b.preview.Mapping[field]; column != "" {
		pick.SetSelected(column)
	}
	return pick
}

func (b *bringing) showFound() {
	p := b.preview
	parts := b.missing()
	for i, problem := range p.Problems {
		if i == 4 {
			parts = append(parts, kit.Help("and "+kit.Counted(len(p.Problems)-i, "more remark", "more remarks")))
			break
		}
		parts = append(parts, kit.NewBanner(kit.ToneWarn, problem))
	}
	if p.Scale > 5 {
		parts = append(parts, kit.Help(fmt.Sprintf("The stars of this file are read as out of %g.", p.Scale)))
	}
	if len(p.Found) > 0 {
		parts = append(parts, kit.NewLabel("What it would bring", kit.Heading), kit.NewSmallList(entryRows(p.Found, filepath.Base(b.file)), nil))
		if more := len(p.Found) - shownEntries; more > 0 {
			parts = append(parts, kit.Help("and "+kit.Counted(more, "more", "more")))
		}
		parts = append(parts, kit.Help("Imported reviews are history: they never count in response times. What was imported before is known again and not stored twice."))
	}
	if len(parts) == 0 {
		b.result.ShowEmpty("table", "Nothing to import", "The file has no row with a text or stars.", nil)
		return
	}
	b.result.ShowContent(kit.Scrolling(kit.Column(theme.Space3, parts...)))
}

// missing tells what a complete export no longer shows, and asks where that is so much that the export may be at fault.
func (b *bringing) missing() []fyne.CanvasObject {
	var parts []fyne.CanvasObject
	if gone := b.preview.Gone(); gone > 0 {
		parts = append(parts, kit.NewBanner(kit.ToneNeutral, kit.Counted(gone, "review that Goodword knows is", "reviews that Goodword knows are")+
			" no longer in this export. They stay in the inbox, marked as gone from the site."))
	}
	if question := b.preview.Question(); question != "" {
		yes := widget.NewCheck("The site no longer shows them", func(on bool) {
			b.gone = on
			b.enable()
		})
		yes.SetChecked(b.gone)
		parts = append(parts, kit.NewBanner(kit.ToneWarn, question), yes)
	}
	return parts
}

// enable lets a person import what there is: reviews, or the answer that there are none any more.
func (b *bringing) enable() {
	if len(b.preview.Found) > 0 || b.gone {
		b.put.Enable()
	} else {
		b.put.Disable()
	}
}

// store imports what was shown.
func (b *bringing) store() {
	s, by, file, mapping, gone := b.screen, b.screen.actor(), b.file, b.mapping, b.gone
	if b.feeds != nil {
		b.storeList()
		return
	}
	b.put.Disable()
	doing := "Importing " + filepath.Base(file)
	var cancel func()
	stop := func() {
		cancel()
		s.host.SetStatus("", -1, nil)
		s.host.Toast("The import was stopped. Import the file again to go on")
		b.put.Enable()
	}
	s.host.SetStatus(doing, -1, stop)
	cancel = s.bg.Run(func(ctx context.Context) func() {
		outcome, err := s.deps.Collector.Import(ctx, file, collect.ImportOptions{Mapping: mapping, Gone: gone,
			Progress: func(done, total int) { b.tell(ctx, doing, done, total, stop) }}, by)
		return func() {
			s.host.SetStatus("", -1, nil)
			if err != nil {
				b.put.Enable()
				s.host.Fail("Importing the file", err)
				return
			}
			var undo func()
			if outcome.New > 0 {
				undo = func() { s.takeBack(by) }
			}
			b.finished(outcomeText(outcome), undo)
		}
	})
}

// tell shows how far an import is, unless it ended meanwhile. It is called in the background.
func (b *bringing) tell(importing context.Context, doing string, done, total int, stop func()) {
	s := b.screen
	s.bg.Run(func(context.Context) func() {
		return func() {
			if importing.Err() == nil && s.bring == b {
				s.host.SetStatus(doing, float64(done)/float64(max(total, 1)), stop)
			}
		}
	})
}

func outcomeText(o reviews.Outcome) string {
	text := kit.Counted(o.New, "review imported", "reviews imported")
	if o.Edited > 0 {
		text += fmt.Sprintf(", %d edited", o.Edited)
	}
	if known := o.Duplicates + o.Unchanged; known > 0 {
		text += fmt.Sprintf(", %s known already", kit.Count(known))
	}
	if o.Gone > 0 {
		text += fmt.Sprintf(", %s marked as gone from the site", kit.Count(o.Gone))
	}
	return text
}

// finished goes on with the next file that was dropped, or back to the sources.
func (b *bringing) finished(text string, undo func()) {
	s, rest := b.screen, b.rest
	if undo == nil {
		s.host.Toast(text)
	} else {
		s.host.ToastUndo(text, undo)
	}
	s.back()
	s.reload()
	if len(rest) > 0 {
		s.openFile(rest[0], rest[1:])
	}
}

// takeBack takes back what the last import brought.
func (s *Screen) takeBack(by audit.Actor) {
	s.bg.Run(func(ctx context.Context) func() {
		gone, err := s.deps.Collector.TakeBackImport(ctx, by)
		return func() {
			if err != nil {
				s.host.Fail("Taking back the import", err)
				return
			}
			s.host.Toast(kit.Counted(gone, "review taken back", "reviews taken back"))
			s.reload()
		}
	})
}

func listText(o collect.ListOutcome) string {
	text := kit.Counted(o.Added, "source added", "sources added")
	if o.Known > 0 {
		text += fmt.Sprintf(", %d were there already", o.Known)
	}
	if o.Private > 0 {
		text += fmt.Sprintf(", %d cannot be read: they are inside your own network, and nobody allowed that", o.Private)
	}
	if o.Unusable > 0 {
		text += fmt.Sprintf(", %d have no address of a feed", o.Unusable)
	}
	return text
}

// showList shows the sources of an OPML list.
func (b *bringing) showList(feeds []collect.Outline, err error) {
	if err != nil {
		b.states.ShowError("The list cannot be imported", err, b.screen.chooseFile)
		return
	}
	b.feeds = feeds
	b.page.SetSubtitle("A list of " + kit.Counted(len(feeds), "source", "sources"))
	if len(feeds) == 0 {
		b.states.ShowEmpty("list", "The list is empty", "There is no feed in this file.", nil)
		return
	}
	b.put.Enable()
	table := kit.NewTable(kit.TableColumn{Title: "Name"}, kit.TableColumn{Title: "Address"}, kit.TableColumn{Title: "Under", Width: 180})
	var rows [][]kit.Cell
	for _, o := range feeds[:min(len(feeds), 200)] {
		rows = append(rows, []kit.Cell{{Text: o.Name, Strong: true}, {Text: o.Address, Secondary: true}, {Text: o.Folder, Secondary: true}})
	}
	table.SetRows(rows)
	b.states.ShowContent(kit.Scrolling(kit.Column(theme.Space3, table)))
}

func (b *bringing) storeList() {
	s, by, file := b.screen, b.screen.actor(), b.file
	b.put.Disable()
	s.bg.Run(func(ctx context.Context) func() {
		outcome, err := importList(ctx, s.deps.Collector, file, by)
		return func() {
			if err != nil {
				b.put.Enable()
				s.host.Fail("Importing the list", err)
				return
			}
			b.finished(listText(outcome), nil)
		}
	})
}

func importList(ctx context.Context, c Collector, file string, by audit.Actor) (outcome collect.ListOutcome, err error) {
	from, err := os.Open(file)
	if err != nil {
		return outcome, fmt.Errorf("The file cannot be read: %w", err)
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	return c.ImportOPML(ctx, from, false, by)
}
