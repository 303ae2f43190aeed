package policy

import (
	"slices"
	"strings"

	"goodword/internal/practice"
)

// BuildKind says what a build did with a part of the text.
type BuildKind string

// What a build may do with a part.
const (
	Taken     BuildKind = "taken"     // the new wording of ours replaced the old one, which nobody had changed
	Added     BuildKind = "added"     // a clause that the answers ask for
	Dropped   BuildKind = "dropped"   // a clause that the answers no longer ask for
	Kept      BuildKind = "kept"      // own wording stays, though the answers now ask for other words: both are shown
	KeptOut   BuildKind = "kept out"  // a clause that was taken out by hand stays out, though its words are new
	Stays     BuildKind = "stays"     // a clause in own wording stays, though the answers no longer ask for it
	Untouched BuildKind = "own words" // own wording or an own clause stays as it is
)

// BuildNote tells what became of one part: its heading, what stands there and what our clauses say.
type BuildNote struct {
	Kind   BuildKind `json:"kind"`
	Part   string    `json:"part"`
	Stands string    `json:"stands,omitempty"`
	Ours   string    `json:"ours,omitempty"`
}

// Built is a text after its questions were answered anew. Composed is what our clauses alone say: the next build compares with it.
type Built struct {
	Text     string      `json:"text"`
	Composed string      `json:"composed"`
	Notes    []BuildNote `json:"notes"`
}

// Rebuild writes a policy anew from other answers and keeps what people wrote themselves. text is what stands now, composed what the clauses gave
// when it was built last; both are empty for a first policy. Three ways: where nobody changed our words, the new ones are taken; own words
// stay, and a note tells where ours would differ now.
func Rebuild(text, composed string, p practice.Practice, s Situation) Built {
	ours := Compose(p, s)
	if strings.TrimSpace(text) == "" {
		return Built{Text: ours, Composed: ours}
	}
	if composed == "" { // a text that did not come from our clauses: nothing is put into it unasked
		composed = Compose(p, nil)
	}
	mine, base, theirs := sections(text), sections(composed), sections(ours)
	match := pair(mine, base)
	baseOf := func(key string) (section, bool) { return find(base, key) }
	var notes []BuildNote
	var out []section
	for i, m := range mine {
		b, known := section{}, false
		if match[i] != "" {
			b, known = baseOf(match[i])
		}
		t, wanted := section{}, false
		if known {
			t, wanted = find(theirs, b.key)
		} else {
			t, wanted = find(theirs, m.key)
		}
		same := known && m.whole() == b.whole()
		switch {
		case same && !wanted:
			notes = append(notes, BuildNote{Kind: Dropped, Part: m.title(), Stands: m.body()})
			continue
		case same && t.whole() != m.whole():
			notes = append(notes, BuildNote{Kind: Taken, Part: m.title(), Stands: m.body(), Ours: t.body()})
			m.raw = t.raw
		case same:
		case known && !wanted:
			notes = append(notes, BuildNote{Kind: Stays, Part: m.title(), Stands: m.body()})
		case known && t.whole() != b.whole() && t.whole() != m.whole(), !known && wanted && t.whole() != m.whole():
			notes = append(notes, BuildNote{Kind: Kept, Part: m.title(), Stands: m.body(), Ours: t.body()})
		case known && t.whole() == m.whole():
		default:
			notes = append(notes, BuildNote{Kind: Untouched, Part: m.title(), Stands: m.body()})
		}
		if known {
			m.key = b.key
		}
		out = append(out, m)
	}
	for i, t := range theirs {
		if _, there := find(out, t.key); there {
			continue
		}
		if b, was := baseOf(t.key); was { // it stood there and was taken out by hand
			if b.whole() != t.whole() {
				notes = append(notes, BuildNote{Kind: KeptOut, Part: t.title(), Ours: t.body()})
			}
			continue
		}
		notes = append(notes, BuildNote{Kind: Added, Part: t.title(), Ours: t.body()})
		out = slices.Insert(out, placeAfter(out, theirs[:i]), t)
	}
	var b strings.Builder
	for i, part := range out {
		raw := part.raw
		if i < len(out)-1 && !strings.HasSuffix(raw, "\n\n") { // a part that was the last one, or that came from another text
			raw = strings.TrimRight(raw, "\n") + "\n\n"
		}
		b.WriteString(raw)
	}
	return Built{Text: strings.TrimRight(b.String(), "\n") + "\n", Composed: ours, Notes: notes}
}

// placeAfter is the place behind the nearest part before that stands in the text; at the end if none does.
func placeAfter(out, before []section) int {
	for _, t := range slices.Backward(before) {
		if i := slices.IndexFunc(out, func(o section) bool { return o.key == t.key }); i >= 0 {
			return i + 1
		}
	}
	return len(out)
}

// section is a heading with what stands under it, up to the next heading.
type section struct {
	key string // kind of heading and title; the title of the whole has no name, since a practice may change its own
	raw string
}

func (s section) title() string {
	first, _, _ := strings.Cut(s.raw, "\n")
	_, title := kindOf(strings.TrimSpace(first))
	return title
}

func (s section) body() string {
	first, rest, _ := strings.Cut(s.raw, "\n")
	if kind, _ := kindOf(strings.TrimSpace(first)); kind == Prose || kind == Bullet {
		return oneLine(s.raw)
	}
	return oneLine(rest)
}

// whole is the section without its line breaks, for comparing.
func (s section) whole() string { return oneLine(s.raw) }

func sections(text string) []section {
	var all []section
	seen := map[string]int{}
	for line := range strings.SplitAfterSeq(text, "\n") {
		kind, title := kindOf(strings.TrimSpace(line))
		if kind == TitleLine || kind == ChapterLine || kind == ClauseLine {
			key := strings.Repeat("#", map[BlockKind]int{TitleLine: 1, ChapterLine: 2, ClauseLine: 3}[kind])
			if kind != TitleLine {
				key += " " + strings.ToLower(title)
			}
			seen[key]++
			key += strings.Repeat("'", seen[key]-1)
			all = append(all, section{key: key, raw: line})
			continue
		}
		if len(all) == 0 {
			if strings.TrimSpace(line) == "" {
				continue
			}
			all = append(all, section{key: "top"})
		}
		all[len(all)-1].raw += line
	}
	return all
}

func find(all []section, key string) (section, bool) {
	i := slices.IndexFunc(all, func(s section) bool { return s.key == key })
	if i < 0 {
		return section{}, false
	}
	return all[i], true
}

// pair finds for each section of mine the key of the section of base that it came from: the same heading, or, where somebody gave it another
// heading, much the same words.
func pair(mine, base []section) []string {
	keys := make([]string, len(mine))
	taken := map[string]bool{}
	for i, m := range mine {
		if _, ok := find(base, m.key); ok {
			keys[i], taken[m.key] = m.key, true
		}
	}
	for i, m := range mine {
		if keys[i] != "" || m.body() == "" {
			continue
		}
		for _, b := range base {
			if !taken[b.key] && b.body() != "" && likeness(m.body(), b.body()) >= 0.6 {
				keys[i], taken[b.key] = b.key, true
				break
			}
		}
	}
	return keys
}

// likeness is the share of words that two texts have in common, 0 to 1.
func likeness(a, b string) float64 {
	count := map[string]int{}
	one, two := strings.Fields(strings.ToLower(a)), strings.Fields(strings.ToLower(b))
	for _, w := range one {
		count[w]++
	}
	both := 0
	for _, w := range two {
		if count[w] > 0 {
			count[w]--
			both++
		}
	}
	if len(one)+len(two) == 0 {
		return 1
	}
	return 2 * float64(both) / float64(len(one)+len(two))
}
