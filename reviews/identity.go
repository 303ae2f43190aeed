package reviews

import (
	"crypto/sha256"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// entry is a found entry with its fingerprints.
type entry struct {
	Found
	key     string
	content int64 // title, text, stars
	answer  int64 // the practice's reply as the site shows it; 0: none
	story   int64 // words, author, stars; 0: neither words nor an author
	address int64 // canonical address; 0: none

	opening, likeness int64 // of a text that is nearly the same; see printsOf

	stored *seen // it stands in the store as it is here
}

// identify gives each entry its key. What the source calls it counts; else its address, if no other entry of the batch has the same; else its
// content. A source that uses a key twice for different things gets the content added, so that neither is lost.
func identify(found []Found) []entry {
	entries := keyed(found)
	for i := range entries {
		if found[i].identified == nil {
			entries[i].print()
		}
	}
	return entries
}

// print adds the fingerprints by which an entry is known elsewhere.
func (e *entry) print() {
	e.story = storyOf(e.Found)
	e.opening, e.likeness = printsOf(e.Title, e.Text)
}

// keyed is identify without the fingerprints that only a new or changed entry needs.
func keyed(found []Found) []entry {
	entries := make([]entry, len(found))
	keys := make(map[string]int64, len(found))
	clash := map[string]bool{}
	for i, f := range found {
		f.Stars = min(max(f.Stars, 0), 5)
		if f.identified != nil {
			entries[i] = *f.identified
			entries[i].Found = f
			continue
		}
		e := entry{Found: f, content: contentOf(f.Title, f.Text, f.Stars), answer: contentOf("", f.Reply, 0)}
		canonical := Canonical(f.URL)
		if canonical != "" {
			e.address = fingerprint(canonical)
		}
		if e.key = strings.TrimSpace(f.Key); e.key == "" {
			e.key = canonical
		}
		if f.Reply == "" {
			e.answer = 0
		}
		if other, ok := keys[e.key]; ok && other != e.content {
			clash[e.key] = true
		}
		keys[e.key] = e.content
		entries[i] = e
	}
	for i := range entries {
		e := &entries[i]
		if e.identified != nil {
			continue
		}
		if e.key == "" || clash[e.key] {
			e.key += e.byContent()
		}
	}
	return entries
}

// sent is the hash of what the source sent; where its parser kept none, that of the entry as it was read.
func (e entry) sent() []byte {
	if len(e.Payload) > 0 {
		return e.Payload
	}
	h := sha256.New()
	for _, part := range []string{e.key, e.URL, e.Author, e.Title, e.Text, strconv.Itoa(e.Stars), strconv.FormatInt(e.Posted.Unix(), 10), e.Reply} {
		_, _ = io.WriteString(h, part)
		_, _ = h.Write([]byte{0})
	}
	return h.Sum(nil)
}

// byContent is a key made of what was said, by whom and, where that is known for sure, when: two patients may both write "Great".
func (e entry) byContent() string {
	h := e.content ^ fingerprint(e.Author)
	if !e.Posted.IsZero() && !e.About {
		h ^= fingerprint(strconv.FormatInt(e.Posted.Unix(), 36))
	}
	return "#" + strconv.FormatUint(uint64(h), 36)
}

// fingerprint is the FNV-1a hash of the parts, kept apart from each other. It is never 0, which stands for "none".
func fingerprint(parts ...string) int64 {
	h := offset
	for _, p := range parts {
		for i := range len(p) {
			h = (h ^ uint64(p[i])) * prime
		}
		h = (h ^ 0xff) * prime
	}
	return nonZero(h)
}

const (
	offset uint64 = 14695981039346656037
	prime  uint64 = 1099511628211
)

func nonZero(h uint64) int64 {
	if h == 0 {
		return 1
	}
	return int64(h)
}

func contentOf(title, text string, stars int) int64 {
	return fingerprint(title, text, strconv.Itoa(stars))
}

// storyOf fingerprints the words without case, marks and spacing, with the author and the rating.
func storyOf(f Found) int64 {
	h, said := foldInto(offset, f.Title+" "+f.Text)
	h, named := foldInto((h^0xff)*prime, f.Author)
	if said+named == 0 {
		return 0
	}
	return nonZero((h ^ uint64(f.Stars)) * prime)
}

func foldInto(h uint64, text string) (hash uint64, words int) {
	inside := false
	for _, c := range text {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			inside = false
			continue
		}
		if !inside {
			inside = true
			words++
			h = (h ^ ' ') * prime
		}
		c = unicode.ToLower(c)
		for ; c > 0; c >>= 8 {
			h = (h ^ uint64(c&0xff)) * prime
		}
	}
	return h, words
}

// meansTheSame reports whether an edit left the work as it was: same rating, same understanding, and not more than a fifth of the words other.
func meansTheSame(before Mention, after Found) bool {
	if before.Stars != after.Stars || before.Sentiment != after.Sentiment || before.Urgency != after.Urgency {
		return false
	}
	if !sameSet(before.Topics, after.Topics) || !sameSet(before.Signals, after.Signals) {
		return false
	}
	count := map[string]int{}
	old, now := words(before.Title+" "+before.Text), words(after.Title+" "+after.Text)
	for _, w := range old {
		count[w]++
	}
	other := 0
	for _, w := range now {
		if count[w]--; count[w] < 0 {
			other++
		}
	}
	other = max(other, other+len(old)-len(now))
	return other*5 <= max(len(old), len(now))
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(slices.Compact(a), slices.Compact(b))
}

func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
}
