package classify

import (
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// Member is one person of the practice, as its own list has them.
type Member struct {
	ID        int64
	Name      string
	Job       string
	Clinician bool // may be called doctor
}

// Spot is one place of the practice.
type Spot struct {
	ID         int64
	Name, City string
}

// Meant is whom and which place of the practice a mention speaks of. It is for the practice alone and never shown outside.
type Meant struct {
	People   []int64
	Probably []int64   // those of People who are known by a first name alone, or by a name that is written otherwise
	Either   [][]int64 // where a name fits several, who they are; a person has to say
	Place    int64     // 0: none, or several
}

// Team finds the people and places of a practice in texts: full names, first names with their short forms, surnames behind a title, initials
// behind "Dr.", and slips of the pen. It never changes, so many goroutines may use it.
type Team struct {
	names   *names
	members []member
	forms   map[string][]form   // by the word as written
	sounds  map[string][]string // by how a word sounds: the words of forms
	near    map[string][]string // by a word with one letter left out: the words of forms
	begins  [256]bool           // with which letters the words of forms begin
	spots   []spot
	stamp   uint64
}

type member struct {
	Member
	given, second, family string
}

// form is a word that may stand for a member.
type form struct {
	member int
	family bool
	short  bool // a short form of the given name
}

type spot struct {
	id    int64
	words []string
	city  bool
}

// NewTeam prepares the list of a practice with the names that come with the program.
func NewTeam(people []Member, places []Spot) *Team { return Default().Team(people, places) }

// Team prepares the list of a practice.
func (c *Classifier) Team(people []Member, places []Spot) *Team {
	t := &Team{names: c.names, forms: map[string][]form{}, sounds: map[string][]string{}, near: map[string][]string{}}
	h := fnv.New64a()
	_, _ = fmt.Fprintf(h, "%#v %#v", people, places)
	t.stamp = h.Sum64()
	for _, p := range people {
		t.addMember(p)
	}
	for word := range t.forms {
		t.begins[word[0]] = true
		t.sounds[sound(word)] = append(t.sounds[sound(word)], word)
		if len(word) >= 5 {
			for i := range word {
				t.near[word[:i]+word[i+1:]] = append(t.near[word[:i]+word[i+1:]], word)
			}
			t.near[word] = append(t.near[word], word)
		}
	}
	cities := map[string]int{}
	for _, p := range places {
		cities[plainWord(p.City)]++
	}
	for _, p := range places {
		t.addSpot(p.ID, p.Name, false)
		if city := plainWord(p.City); city != "" && cities[city] == 1 && len(places) > 1 {
			t.addSpot(p.ID, p.City, true)
		}
	}
	return t
}

// Stamp tells this list of people and places from another.
func (t *Team) Stamp() string { return fmt.Sprintf("%016x", t.stamp) }

func (t *Team) addMember(p Member) {
	name, _, _ := strings.Cut(p.Name, ",") // "Ines Okafor, DDS"
	var parts []string
	for _, w := range tokens(name) {
		switch {
		case w.plain == "dr" || w.plain == "dra" || w.plain == "doctor" || w.plain == "doctora":
			p.Clinician = true
		case !t.names.titles[w.plain] && w.end-w.start > 1:
			parts = append(parts, w.plain)
		}
	}
	if len(parts) == 0 {
		return
	}
	m := member{Member: p, given: parts[0]}
	if len(parts) > 1 {
		m.family = parts[len(parts)-1]
	}
	if len(parts) > 2 {
		m.second = parts[1]
	}
	at := len(t.members)
	t.members = append(t.members, m)
	add := func(word string, f form) {
		if !slices.Contains(t.forms[word], f) {
			t.forms[word] = append(t.forms[word], f)
		}
	}
	add(m.given, form{member: at})
	if m.family != "" {
		add(m.family, form{member: at, family: true})
	}
	for long, forms := range t.names.short {
		if long == m.given || slices.Contains(forms, m.given) {
			for _, other := range append([]string{long}, forms...) {
				if other != m.given {
					add(other, form{member: at, short: true})
				}
			}
		}
	}
}

// general are words of a place's name that do not tell it from another.
var general = listed("office clinic dental dentistry practice location branch medical center centre the of at family care health group smiles smile associates surgery pediatrics")

// streets are written in two ways.
var streets = map[string]string{"st": "street", "ave": "avenue", "av": "avenue", "rd": "road", "blvd": "boulevard", "dr": "drive", "ln": "lane", "hwy": "highway", "mt": "mount"}

func (t *Team) addSpot(id int64, name string, city bool) {
	var words []string
	for _, w := range tokens(name) {
		if !general[w.plain] {
			words = append(words, streetWord(w.plain))
		}
	}
	if len(words) > 0 {
		t.spots = append(t.spots, spot{id, words, city})
	}
}

func streetWord(w string) string {
	if long, ok := streets[w]; ok {
		return long
	}
	return w
}

// knows tells whether a word may be a name of the team. Without a capital it has to be one that is no word.
func (t *Team) knows(word string, capital bool) bool {
	if t == nil {
		return false
	}
	if len(t.forms[word]) > 0 {
		return capital || len(word) > 3 && !t.names.words[word] && slices.ContainsFunc(t.forms[word], func(f form) bool { return !f.short })
	}
	return capital && len(t.resembling(word)) > 0
}

// resembling gives the words of the team that a misspelt word may be.
func (t *Team) resembling(word string) []string {
	if len(word) < 3 || !t.begins[word[0]] && word[0] != 'c' && word[0] != 'k' || t.names.first[word] && !slices.Contains(t.sounds[sound(word)], word) && len(t.sounds[sound(word)]) == 0 {
		return nil // a name of its own
	}
	var out []string
	for _, w := range t.sounds[sound(word)] {
		if len(w) >= 4 && w[0] == word[0] || len(w) >= 5 {
			out = append(out, w)
		}
	}
	if len(word) >= 4 && len(out) == 0 && t.begins[word[0]] {
		var left [32]byte
		try := func(key []byte) {
			for _, w := range t.near[string(key)] {
				if w != word && !slices.Contains(out, w) && oneApart(w, word) {
					out = append(out, w)
				}
			}
		}
		try(append(left[:0], word...))
		for i := range word {
			try(append(append(left[:0], word[:i]...), word[i+1:]...))
		}
	}
	return out
}

// oneApart tells whether two words differ by one letter more, less or other, or by two neighbours that changed places.
func oneApart(a, b string) bool {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	k := 0
	for k < min(len(a), len(b))-i && a[len(a)-1-k] == b[len(b)-1-k] {
		k++
	}
	x, y := a[i:len(a)-k], b[i:len(b)-k]
	return len(x) <= 1 && len(y) <= 1 || len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// sound writes a name as it sounds, roughly.
func sound(word string) string {
	word = sounds.Replace(word)
	var b strings.Builder
	last := byte(0)
	for i := range len(word) {
		c := word[i]
		if c == last || c == 'h' && i > 0 {
			continue
		}
		b.WriteByte(c)
		last = c
	}
	return strings.TrimSuffix(b.String(), "e")
}

var sounds = strings.NewReplacer("ph", "f", "ck", "k", "qu", "kw", "qv", "kw", "c", "k", "iya", "ia", "ie", "i", "ey", "i", "y", "i", "z", "s", "w", "v", "j", "j")

// Meant tells whom and which place of the practice a text speaks of. Where two may be meant, neither is until a person says so.
func (t *Team) Meant(text string) Meant {
	var out Meant
	if len(t.members) == 0 && len(t.spots) == 0 {
		return out
	}
	words := tokens(text)
	for i := 0; i < len(words); i++ {
		found, used := t.memberAt(words, i)
		out.add(t, found)
		i += used
	}
	out.Either = slices.DeleteFunc(out.Either, func(ids []int64) bool {
		return slices.ContainsFunc(ids, func(id int64) bool { return slices.Contains(out.People, id) }) // the text itself says who
	})
	out.Place = t.place(words)
	return out
}

// called is whom a name in a text may stand for: the members whom it fits best.
type called struct {
	who  []int
	sure bool // it is more than a first name, and written right
}

func (m *Meant) add(t *Team, c called) {
	var ids []int64
	for _, at := range c.who {
		ids = append(ids, t.members[at].ID)
	}
	switch {
	case len(ids) == 1:
		known := slices.Contains(m.People, ids[0])
		if !known {
			m.People = append(m.People, ids[0])
		}
		if c.sure {
			m.Probably = slices.DeleteFunc(m.Probably, func(id int64) bool { return id == ids[0] })
		} else if !known {
			m.Probably = append(m.Probably, ids[0])
		}
	case len(ids) > 1 && !slices.ContainsFunc(m.Either, func(other []int64) bool { return slices.Equal(other, ids) }):
		m.Either = append(m.Either, ids)
	}
}

// memberAt tells which member a word, with those behind it, stands for, and how many words behind it belong to the name.
func (t *Team) memberAt(words []token, i int) (found called, used int) {
	w := words[i]
	n := t.names
	if n.titles[w.plain] && (w.capital || w.plain == "dr" || len(w.plain) > 3) && w.plain != "sister" {
		doctor := w.plain == "dr" || w.plain == "doctor" || w.plain == "doc" || w.plain == "dra" || w.plain == "doctora"
		if i+1 >= len(words) || !words[i+1].close() {
			return called{}, 0
		}
		next := words[i+1]
		if doctor && next.capital && next.end-next.start == 1 {
			return t.initialled(next.plain[0]), 1
		}
		if !next.capital && len(t.forms[next.plain]) == 0 {
			return called{}, 0
		}
		size := n.tail(words, i+1)
		return t.named(words[i+1:i+1+size], doctor || !givenTitles[w.plain], doctor), size
	}
	if !w.capital {
		if !t.knows(w.plain, false) || t.ofSomebody(words, i, 1) {
			return called{}, 0
		}
		size := 1
		if i+1 < len(words) && words[i+1].gap == " " && slices.ContainsFunc(t.forms[words[i+1].plain], func(f form) bool { return f.family }) {
			size = 2
		}
		return t.named(words[i:i+size], false, false), size - 1
	}
	if len(t.forms[w.plain]) == 0 && (ordinary[w.plain] || len(t.resembling(w.plain)) == 0) {
		if n.first[w.plain] {
			return called{}, n.tail(words, i) - 1 // somebody else's whole name
		}
		return called{}, 0
	}
	size := n.tail(words, i)
	if size == 1 && n.words[w.plain] && (w.opens || w.shouted) && !(i+1 < len(words) && n.beside[words[i+1].plain]) {
		return called{}, 0
	}
	if t.ofSomebody(words, i, size) {
		return called{}, size - 1
	}
	return t.named(words[i:i+size], false, false), size - 1
}

// givenTitles stand before first names too: "nurse Beth".
var givenTitles = listed("nurse miss doc don dona pastor")

// ofSomebody tells whether a name is that of somebody's family: "my neighbour Dana", "Kevin, my father".
func (t *Team) ofSomebody(words []token, i, size int) bool {
	if i > 0 && t.names.kin[words[i-1].plain] && words[i].gap != "" && !strings.ContainsAny(words[i].gap, ".!?") {
		return true
	}
	after := i + size
	if after+1 < len(words) && strings.HasPrefix(words[after].gap, ",") && words[after].plain == "my" {
		for _, w := range words[after+1 : min(len(words), after+4)] {
			if t.names.kin[w.plain] || strings.Contains(w.plain, "-in-law") {
				return true
			}
		}
	}
	return false
}

// initialled finds the members whom an initial behind "Dr." may stand for.
func (t *Team) initialled(letter byte) (found called) {
	for i, m := range t.members {
		if m.Clinician && m.family != "" && m.family[0] == letter {
			found.who = append(found.who, i)
		}
	}
	return found
}

// named finds the members whom a name of one or more words fits best.
func (t *Team) named(name []token, titled, doctor bool) (found called) {
	best := 0
	for i, m := range t.members {
		fit := t.fit(m, i, name, titled, doctor)
		if fit > best {
			best, found.who = fit, found.who[:0]
		}
		if fit == best && fit > 0 {
			found.who = append(found.who, i)
		}
	}
	found.sure = titled && best >= asWritten || len(name) > 1 && best > asWritten
	return found
}

// asWritten is the grade of a name that stands as the list has it.
const asWritten = 4

// fit tells how well a name fits a member, 0 for not at all.
func (t *Team) fit(m member, at int, name []token, titled, doctor bool) int {
	if doctor && !m.Clinician {
		return 0
	}
	first := name[0]
	if len(name) == 2 && m.second != "" && first.plain == m.given && name[1].plain == m.second {
		return asWritten // "Mary Ann"
	}
	if len(name) == 1 {
		given, family := t.grade(at, first, false), t.grade(at, first, true)
		if family > 0 && !titled && t.names.words[first.plain] {
			family = 0
		}
		if titled && !doctor {
			given = min(given, 1) // "Ms. Rosa", where nobody has it as a surname
		}
		return max(given, family)
	}
	last := name[len(name)-1]
	given := t.grade(at, first, false)
	family := t.grade(at, last, true)
	if last.end-last.start == 1 && m.family != "" && m.family[0] == last.plain[0] {
		family = 2
	}
	if family > 0 && given == 0 && len(first.plain) > 1 && m.given[0] == first.plain[0] && oneApart(m.given, first.plain) {
		given = 1 // the surname vouches for the rest
	}
	if given == 0 || family == 0 {
		return 0
	}
	return given + family
}

// grade tells how surely a word is one of a member's names: 4 as it is written, 3 a short form, 2 as it sounds or by a slip.
func (t *Team) grade(at int, w token, family bool) int {
	best := 0
	for _, f := range t.forms[w.plain] {
		if f.member == at && f.family == family {
			if f.short {
				best = max(best, 3)
			} else {
				best = asWritten
			}
		}
	}
	if best > 0 {
		return best
	}
	for _, word := range t.resembling(w.plain) {
		for _, f := range t.forms[word] {
			if f.member == at && f.family == family && !f.short {
				best = 2
			}
		}
	}
	return best
}

// place finds the place that a text speaks of. Where it speaks of several, the one that is called an office counts.
func (t *Team) place(words []token) int64 {
	found, sure := int64(0), int64(0)
	several := false
	for i, w := range words {
		for _, s := range t.spots {
			if len(w.plain) < 3 || w.plain[0] != s.words[0][0] {
				continue
			}
			size := s.at(words, i)
			if size == 0 {
				continue
			}
			after := i + size
			office := after < len(words) && offices[words[after].plain] && words[after].gap == " "
			if short := size < len(s.words); (short || s.city) && !office && !(short && w.capital && i > 0 && words[i-1].plain == "on") {
				continue
			}
			if !w.capital && !office && !(i > 0 && before[words[i-1].plain]) {
				continue
			}
			several = several || found != 0 && found != s.id
			found = s.id
			if office {
				sure = s.id
			}
		}
	}
	if several {
		return sure
	}
	return found
}

var (
	offices = listed("office location clinic branch practice site one building front")
	before  = listed("at in the to from on your their our near of oficina clinica en de")
)

// at tells how many words from one on are the place's name; one word less than it has stands for a street without its "street".
func (s spot) at(words []token, i int) int {
	for k, part := range s.words {
		if i+k == len(words) || !sameWord(part, streetWord(words[i+k].plain)) {
			if k == 0 && i+1 < len(words) && len(words[i].plain)+len(words[i+1].plain) == len(part) && words[i].plain+words[i+1].plain == part && len(s.words) == 1 {
				return 2 // "North Gate"
			}
			if k > 0 && k == len(s.words)-1 && slices.Contains([]string{"street", "avenue", "road", "drive", "lane", "boulevard"}, part) {
				return k
			}
			return 0
		}
	}
	return len(s.words)
}

func sameWord(part, word string) bool {
	return word == part || len(part) >= 6 && oneApart(part, word)
}
