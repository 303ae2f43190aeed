package insights

import (
	"context"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2/widget"

	"goodword/internal/practice"
	"goodword/reviews/insight"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// formats are the kinds of report, as a person chooses them.
var formats = []struct{ title, ending string }{
	{"A paper to print or send (.pdf)", ".pdf"},
	{"A page to read in the browser (.html)", ".html"},
	{"A workbook with a sheet for each table (.xlsx)", ".xlsx"},
	{"One plain table (.csv)", ".csv"},
}

// Export asks for the kind of report and for a file, and writes it.
func (s *Screen) Export() {
	if s.export.Disabled() {
		return
	}
	var options []string
	for _, f := range formats {
		options = append(options, f.title)
	}
	choice := widget.NewRadioGroup(options, nil)
	choice.Required = true
	choice.SetSelected(options[0])
	content := kit.Column(theme.Space3, choice,
		kit.Help("The report holds numbers only: no text of a review and no name of a writer. It shows "+spanned(s.loaded.scope)+" with the filters that are set."))
	s.host.Dialog("Export the figures", content,
		kit.Button{Title: "Cancel"},
		kit.Button{Title: "Choose where to save", Primary: true, Run: func() { s.askFile(s.fileName(choice.Selected), s.write) }})
}

func (s *Screen) fileName(title string) string {
	ending := formats[0].ending
	for _, f := range formats {
		if f.title == title {
			ending = f.ending
		}
	}
	scope := s.loaded.scope
	return "insights-" + scope.From.Format(practice.Day) + "-to-" + scope.Last().Format(practice.Day) + ending
}

// askForFile is the file dialog of the window.
func (s *Screen) askForFile(name string, then func(file string)) {
	kit.SaveFile(s.host, "Saving the report", name, then)
}

func (s *Screen) write(file string) {
	scope, p := s.loaded.scope, s.loaded.practice
	if strings.TrimSpace(filepath.Ext(file)) == "" {
		file += formats[0].ending
	}
	s.export.Disable()
	s.host.SetStatus("Writing the report", -1, nil)
	s.bg.Run(func(ctx context.Context) func() {
		err := s.deps.Reader.Export(ctx, file, scope, p)
		return func() {
			s.host.SetStatus("", -1, nil)
			s.export.Enable()
			if err != nil {
				s.host.Fail("Saving the report", err)
				return
			}
			s.host.Toast("The report is saved as " + filepath.Base(file))
		}
	})
}

// askDays asks for the first and the last day.
func (s *Screen) askDays() {
	p, scope := s.loaded.practice, s.loaded.scope
	first, last := kit.NewEntry("2026-01-01"), kit.NewEntry("2026-12-31")
	if !scope.From.IsZero() {
		first.SetText(scope.From.Format(practice.Day))
		last.SetText(scope.Last().Format(practice.Day))
	}
	from := kit.NewField("First day", "Written as year, month and day: 2026-01-31.", first)
	to := kit.NewField("Last day", "", last)
	var closeDialog func()
	show := func() {
		chosen, err := insight.Days(strings.TrimSpace(first.Text), strings.TrimSpace(last.Text), p)
		if err != nil {
			to.SetErr(err)
			return
		}
		s.own = &chosen
		closeDialog()
		s.load()
	}
	first.OnSubmitted = func(string) { s.host.Focus(last) }
	last.OnSubmitted = func(string) { show() }
	closeDialog = s.host.Dialog("Choose days", kit.NewForm(from, to),
		kit.Button{Title: "Cancel", Run: func() { s.offer(s.loaded) }},
		kit.Button{Title: "Show", Primary: true, Stay: true, Run: show})
	s.host.Focus(first)
}
