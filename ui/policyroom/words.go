package policyroom

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/policy"
	"goodword/ui/kit"
	"goodword/ui/theme"
)

// longDay writes a stored day as people write it; what is no day stays as it is, and months and years are written as far as they go.
func longDay(day string) string {
	for _, form := range []struct{ stored, shown string }{{practice.Day, "2 January 2006"}, {"2006-01", "January 2006"}} {
		if t, err := time.Parse(form.stored, day); err == nil {
			return t.Format(form.shown)
		}
	}
	return day
}

var storedDay = regexp.MustCompile(`\b\d{4}-\d{2}-\d{2}\b`)

// daysInWords writes the stored days in a sentence as people write them.
func daysInWords(text string) string { return storedDay.ReplaceAllStringFunc(text, longDay) }

func moment(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 Jan 2006, 15:04") }

func dayOf(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 Jan 2006") }

func (s *Screen) openLink(link string) {
	if err := s.host.Open(link); err != nil {
		s.host.Fail("Opening the page", err)
	}
}

// timeline shows audit lines, newest first.
func timeline(lines []audit.Line, zone *time.Location, say func(audit.Line) string) fyne.CanvasObject {
	list := kit.Column(theme.Space2)
	for _, line := range lines {
		text := kit.NewParagraph(say(line))
		who := kit.NewLabel(line.Who.Name+" · "+moment(line.At, zone), kit.Caption)
		list.Add(kit.Column(0, text, who))
	}
	return list
}

func saidAnswer(line audit.Line) string {
	var before, after policy.Answered
	_ = json.Unmarshal([]byte(line.Before), &before)
	_ = json.Unmarshal([]byte(line.After), &after)
	words := []string{}
	switch {
	case before.Answer != after.Answer && before.Answer != "":
		words = append(words, fmt.Sprintf("Changed %q to %q", answerWords(before.Answer), answerWords(after.Answer)))
	case before.Answer != after.Answer:
		words = append(words, fmt.Sprintf("Answered %q", answerWords(after.Answer)))
	default:
		words = append(words, "Looked at it")
	}
	if after.Note != before.Note && after.Note != "" {
		words = append(words, "noted: "+after.Note)
	}
	if after.File != before.File && after.File.Name != "" {
		words = append(words, "named the file "+after.File.Name)
	}
	if after.Due != before.Due && after.Due != "" {
		words = append(words, "due "+kit.ShortDay(after.Due))
	}
	return strings.Join(words, "; ")
}

func answerWords(a policy.Answer) string {
	switch a {
	case policy.Yes:
		return "Yes"
	case policy.Partly:
		return "Partly"
	case policy.No:
		return "No"
	case policy.NotApplicable:
		return "Not applicable"
	default:
		return "Not answered"
	}
}

// answerMark is the shape and the colour of an answer.
func answerMark(a policy.Answer) (icon string, role fyne.ThemeColorName) {
	switch a {
	case policy.Yes:
		return "circle-check", theme.Good
	case policy.Partly:
		return "circle-dot", theme.Warn
	case policy.No:
		return "circle-x", theme.Bad
	case policy.NotApplicable:
		return "circle-minus", theme.Secondary
	default:
		return "circle", theme.Secondary
	}
}

// document shows a policy text or a lesson in readable form. Beneath each clause that ours knows, note may add what it stands on.
func document(text string, note func(clause string) fyne.CanvasObject) *fyne.Container {
	list := kit.Column(theme.Space3)
	pending := fyne.CanvasObject(nil)
	settle := func() {
		if pending != nil {
			list.Add(pending)
			pending = nil
		}
	}
	for _, b := range policy.Blocks(text) {
		words := kit.NewParagraph(b.Text)
		switch b.Kind {
		case policy.TitleLine:
			settle()
			words.SetStyle(kit.Title)
			list.Add(words)
		case policy.ChapterLine:
			settle()
			words.SetStyle(kit.Heading)
			list.Add(kit.InsetSides(words, 0, theme.Space4, 0, 0))
		case policy.ClauseLine:
			settle()
			words.SetStyle(kit.Strong)
			list.Add(words)
			if note != nil {
				pending = note(b.Text)
			}
		case policy.Bullet:
			words.SetStyle(kit.Reading)
			list.Add(kit.InsetSides(bulleted(words), theme.Space2, 0, 0, 0))
		default:
			words.SetStyle(kit.Reading)
			list.Add(words)
		}
	}
	settle()
	return list
}
