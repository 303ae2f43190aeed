package proof

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
)

// mask covers names and health details, and keeps count of what it covered where.
type mask struct {
	marker Marker
	team   *classify.Team
	blank  guard.Draft    // what the practice owns, which is not covered
	names  *regexp.Regexp // the name under which the mention was written; nil: none
	off    bool
	counts map[string]map[string]int // by file, then by kind
}

// newMask makes the mask of a folder; with off set nothing is covered.
func newMask(marker Marker, team *classify.Team, blank guard.Draft, terms []string, off bool) *mask {
	m := &mask{marker: marker, team: team, blank: blank, off: off, counts: map[string]map[string]int{}}
	if len(terms) > 0 {
		quoted := make([]string, len(terms))
		for i, term := range terms {
			quoted[i] = regexp.QuoteMeta(term)
		}
		m.names = regexp.MustCompile(`(?i)(^|[^\pL\pN])(` + strings.Join(quoted, "|") + `)($|[^\pL\pN])`)
	}
	return m
}

// termsOf are the words of an author's name that would tell who it is wherever they stand.
func termsOf(author string) []string {
	var terms []string
	for _, word := range strings.FieldsFunc(author, func(r rune) bool { return strings.ContainsRune(" .,()[]\"'’|/", r) }) {
		if utf8.RuneCountInString(word) >= 3 {
			terms = append(terms, word)
		}
	}
	return terms
}

// cover writes what people typed without what may not leave the practice. file says where it stands.
func (m *mask) cover(file, text string) string {
	if m.off || text == "" {
		return text
	}
	return m.covered(file, text, details(text, m.blank))
}

// line covers a line that the program wrote about what people did: its own days and hashes stay, or it could not be proved.
func (m *mask) line(file, text string) string {
	if m.off || text == "" {
		return text
	}
	if agreed, _, ok := strings.Cut(text, " "+reviews.DidAgree+": "); ok {
		m.count(file, coverNote)
		return m.line(file, agreed+" "+reviews.DidAgree) + ": [" + coverNote + "]"
	}
	for _, step := range noted {
		if strings.HasPrefix(text, step+": ") {
			m.count(file, coverNote)
			return step + ": [" + coverNote + "]"
		}
	}
	found := slices.DeleteFunc(details(text, m.blank), func(d classify.Mark) bool {
		return d.Kind == coverDate && isoDay.MatchString(text[d.Span.Start:d.Span.End])
	})
	return m.covered(file, text, found)
}

// noted are the steps behind which the log keeps what a colleague wrote in words of their own. No list of words is long enough for those.
var noted = []string{string(reviews.StepClose), string(reviews.StepEscalate), string(reviews.StepResolve), "sent the reply back", "copied the reply before its rest was over"}

var isoDay = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (m *mask) covered(file, text string, found []classify.Mark) string {
	marks := joined(append(m.marker.Marks(text, m.team), found...))
	for _, mark := range marks {
		m.count(file, mark.Kind)
	}
	text = classify.Mask(text, marks)
	if m.names == nil {
		return text
	}
	for range 2 { // names that share the space between them are found one after the other
		text = m.names.ReplaceAllStringFunc(text, func(found string) string {
			parts := m.names.FindStringSubmatch(found)
			if parts[1] == "[" && parts[3] == "]" {
				return found
			}
			m.count(file, classify.MarkName)
			return parts[1] + "[" + classify.MarkName + "]" + parts[3]
		})
	}
	return text
}

// name covers the name under which the mention was written.
func (m *mask) name(file, author string) string {
	if m.off || author == "" {
		return author
	}
	m.count(file, classify.MarkName)
	return "[" + classify.MarkName + "]"
}

// address leaves an address out: it leads to the words and the name.
func (m *mask) address(file, url string) string {
	if m.off || url == "" {
		return url
	}
	m.count(file, coverPage)
	return ""
}

func (m *mask) count(file, kind string) {
	if m.counts[file] == nil {
		m.counts[file] = map[string]int{}
	}
	m.counts[file][kind]++
}

// account is the file masked.txt: what was covered, and why.
func (m *mask) account() string {
	var b strings.Builder
	if m.off {
		b.WriteString("Nothing is masked in this folder. It was made for counsel: it holds names and health details as they were written,\n" +
			"and the audit log says so. Keep it as you keep a patient's record.\n")
		return b.String()
	}
	b.WriteString("What tells who a person is, or how they fare, is covered in this folder, each by a word in brackets that says what stood there: [" + classify.MarkName +
		"], [" + classify.MarkHealth + "], [" + coverPhone + "] and so on.\nAddresses of pages are left out. What belongs to the practice itself, such as its own number, stays.\n\n" +
		"Why: under 45 CFR 164.502 and 164.514 such things may go only to those who need them.\n" +
		"A folder without masking can be made for counsel; that is noted in the audit log.\n" +
		"The program finds names and health words by lists and rules, and the rest by its look and by the rules of the gate. It cannot know every phrase by which\n" +
		"somebody could be recognised. Read the folder once before it leaves the practice.\n" +
		"The hashes of the audit log are those of the whole texts. The lines of audit.csv that are marked \"masked\" can be proved only " +
		"against the practice's own audit log; all others prove themselves.\n\n")
	for _, c := range m.list() {
		_, _ = fmt.Fprintf(&b, "%s, %d: %s\n", c.Kind, c.Times, c.Why)
	}
	b.WriteString("\n")
	if len(m.counts) == 0 {
		b.WriteString("Nothing had to be covered.\n")
	}
	for _, file := range slices.Sorted(maps.Keys(m.counts)) {
		_, _ = fmt.Fprintf(&b, "%s:", file)
		for i, kind := range slices.Sorted(maps.Keys(m.counts[file])) {
			if i > 0 {
				b.WriteString(",")
			}
			_, _ = fmt.Fprintf(&b, " %s %d", kind, m.counts[file][kind])
		}
		b.WriteString("\n")
	}
	return b.String()
}

// Covered is one kind of thing that was covered in a folder, how often, and why.
type Covered struct {
	Kind  string `json:"kind"`
	Times int    `json:"times"`
	Why   string `json:"why"`
}

// list is what was covered, by its kinds.
func (m *mask) list() []Covered {
	all := map[string]int{}
	for _, kinds := range m.counts {
		for kind, n := range kinds {
			all[kind] += n
		}
	}
	var out []Covered
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		out = append(out, Covered{kind, all[kind], whyCovered[kind]})
	}
	return out
}

// cover masks the story, text by text.
func (s *Story) cover(m *mask) {
	const file = "story.json"
	s.Author, s.URL = m.name(file, s.Author), m.address(file, s.URL)
	s.Reason, s.Proof = m.cover(file, s.Reason), m.cover(file, s.Proof)
	for i := range s.Readings {
		r := &s.Readings[i]
		r.Title, r.Text = m.cover(r.File, r.Title), m.cover(r.File, r.Text)
	}
	for i := range s.Places {
		s.Places[i].URL, s.Places[i].Text = m.address(file, s.Places[i].URL), m.cover(file, s.Places[i].Text)
	}
	if g := s.GoAhead; g != nil {
		g.Name, g.Reason = m.cover(file, g.Name), m.cover(file, g.Reason)
	}
	if r := s.Reply; r != nil {
		r.Text, r.Note, r.OnSite = m.cover(file, r.Text), m.cover(file, r.Note), m.cover(file, r.OnSite)
	}
	for i := range s.Drafts {
		s.Drafts[i].Text = m.cover(s.Drafts[i].File, s.Drafts[i].Text)
	}
	for i := range s.Incidents {
		r := &s.Incidents[i]
		r.Title, r.What, r.Decision, r.Lesson = m.cover(file, r.Title), m.cover(file, r.What), m.cover(file, r.Decision), m.cover(file, r.Lesson)
	}
	for i := range s.Steps {
		s.Steps[i].What = m.line(file, s.Steps[i].What)
	}
	s.Notes = m.cover("private-notes.txt", s.Notes)
}
