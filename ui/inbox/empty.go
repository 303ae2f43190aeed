package inbox

import (
	"fyne.io/fyne/v2"

	"goodword/ui/kit"
	"goodword/ui/theme"
)

// calm is what an empty view says.
type calm struct{ icon, title, text string }

// calms are by the search of the view.
var calms = map[string]calm{
	firstView:                    {"circle-check", "Nothing waits for an answer", "New mentions appear here as they are collected."},
	"is:unread":                  {"circle-check", "Everything is read", "New mentions appear here as they are collected."},
	"is:overdue":                 {"circle-check", "Nothing is overdue", "What waits for an answer longer than the practice wants appears here."},
	"is:snoozed":                 {"calendar-clock", "Nothing is put off", "What you put off with B waits here and comes back by itself."},
	"is:urgent is:open":          {"circle-check", "Nothing is urgent", "What cannot wait, such as harm, a threat or a lawyer, appears here."},
	"sentiment:negative is:open": {"circle-check", "No complaint waits", "Negative mentions that still wait for an answer appear here."},
	"status:answering":           {"pencil", "No drafts", "A reply that you begin and do not send yet is kept here."},
	"status:escalated":           {"users", "Nothing is escalated", "What somebody passes on to a person who decides appears here, until it is resolved. Press E on a mention to pass it on."},
	flaggedView:                  {"flag", "Nothing is flagged", "Press F on a mention to come back to it later."},
	"is:asked":                   {"circle-check", "Nothing waits for approval", "A reply that needs a second person appears here, until somebody approves it or sends it back."},
	"is:outbox":                  {"circle-check", "The outbox is empty", "A reply that rests before it may go out appears here."},
	"is:done":                    {"circle-check", "Nothing is done yet", "What was answered, closed or resolved appears here."},
}

// empty says why there are no rows, and what to do about it.
func (l *list) empty() {
	all := kit.NewButton("Show all mentions", nil, func() { l.search("") })
	said, view := calms[l.query.String()]
	switch {
	case l.s.views.none:
		l.states.ShowContent(l.nothingYet())
	case view:
		l.states.ShowEmpty(said.icon, said.title, said.text, all)
	default:
		l.states.ShowEmpty("search-x", "Nothing fits", "No mention fits all of these conditions.", all)
	}
}

// nothingYet says how a practice gets its first mentions, whatever view is open.
func (l *list) nothingYet() fyne.CanvasObject {
	to := func(arg string) func() { return func() { l.s.host.Go("sources", arg) } }
	return kit.EmptyState("inbox", "No mentions yet", "Goodword reads the pages and feeds where people write about the practice. Add one, import a file that a site gave you, or enter by hand what you read or heard.",
		kit.NewPrimary("Add a source", theme.IconIn("rss", theme.OnAccent), to("add")),
		kit.NewButton("Import a file", theme.Icon("upload"), to("import")),
		kit.NewButton("Enter one by hand", theme.Icon("plus"), l.s.addDialog))
}
