package respond

import "goodword/internal/practice"

// Snippet is a line that is put into a reply at the cursor; several stack.
type Snippet struct {
	ID       string   `yaml:"id"`
	Title    string   `yaml:"title"`
	When     string   `yaml:"when"`
	Group    string   `yaml:"group"` // "opening", "privacy", "contact", "closing", "facts"
	Language string   `yaml:"language"`
	Wordings []string `yaml:"wordings"`
}

// Line is a snippet with the facts of the practice.
type Line struct {
	ID    string
	Title string
	When  string
	Group string
	Text  string
}

// Lines are the snippets in a language that the practice has all facts for. Of several wordings comes the one that was not used lately.
func (l *Library) Lines(language string, g Ground) []Line {
	var out []Line
	values := valuesOf(language, g.Practice, g.Place)
	for _, f := range factSheet {
		if language != "en" && g.Practice.Facts[f.ID+" "+language] == "" {
			values[f.variable()] = "" // a line alone does not mix two languages
		}
	}
	for _, s := range l.snippets {
		if s.Language != language {
			continue
		}
		best, oldest := "", -1
		for _, wording := range s.Wordings {
			text, ok := fill(wording, values)
			if since := lately(text, g.Recent); ok && since > oldest {
				best, oldest = text, since
			}
		}
		if best != "" {
			out = append(out, Line{ID: s.ID, Title: s.Title, When: s.When, Group: s.Group, Text: best})
		}
	}
	return out
}

// Snippets lists all of them.
func (l *Library) Snippets() []Snippet { return append([]Snippet(nil), l.snippets...) }

// asTemplate lets a snippet be tried as a template is.
func (s Snippet) asTemplate() Template {
	return Template{ID: s.ID, Title: s.Title, When: s.When, Kind: Comment, Language: s.Language, Wordings: s.Wordings, Apology: practice.NoApology}
}
