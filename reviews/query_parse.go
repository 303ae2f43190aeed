package reviews

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"

	"goodword/internal/refusal"
)

// ErrQuery says that a search cannot be understood; the error that wraps it says what to type instead.
var ErrQuery = errors.New("the search cannot be understood")

// ParseQuery reads what a person typed into the search box:
//
//	stars:<3 topic:billing is:overdue "front desk" -parking before:2026-01-01
//
// Stars may also be compared without the colon, as in stars<3 and stars >= 4. Words must all occur; a word ending in * stands for all that begin like it; a minus in front turns a condition round; commas part values of
// which one must hold. now and zone tell which day "today" is.
func ParseQuery(text string, now time.Time, zone *time.Location) (Query, error) {
	p := parser{rest: strings.Map(plain, strings.ToValidUTF8(text, " ")), now: now, zone: zone}
	q := Query{}
	for {
		t, ok, err := p.term()
		if err != nil {
			return Query{}, err
		}
		if !ok {
			return q, nil
		}
		if t.Field != "" || searchable(t.Values[0]) {
			q.Terms = append(q.Terms, t)
		}
	}
}

// plain puts a blank in the place of what no key types.
func plain(c rune) rune {
	if unicode.IsControl(c) {
		return ' '
	}
	return c
}

// mostText bounds what is read: nobody types more, and a pasted review is not a search.
const mostText = 2000

type parser struct {
	rest string
	now  time.Time
	zone *time.Location
}

func (p *parser) term() (t Term, ok bool, err error) {
	if len(p.rest) > mostText {
		return t, false, refusal.Because(ErrQuery, "This search is too long. Use a few words of what you look for")
	}
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if p.rest == "" {
		return t, false, nil
	}
	if len(p.rest) > 1 && p.rest[0] == '-' && !startsWithSpace(p.rest[1:]) {
		t.Not, p.rest = true, p.rest[1:]
	}
	if name := p.fieldName(); name != "" {
		return p.fieldTerm(t, name)
	}
	word, quoted, err := p.value(false)
	if err != nil {
		return t, false, err
	}
	t.Values, t.Phrase = []string{word}, quoted
	return t, true, nil
}

func startsWithSpace(s string) bool { return strings.IndexFunc(s, unicode.IsSpace) == 0 }

// comparison is how people write a condition on the stars who do not know of the colon.
var comparison = regexp.MustCompile(`^(?i:stars)\s*:?\s*([<>]=?|=)\s*`)

// fieldName takes "name:" from the front, if it is there.
func (p *parser) fieldName() string {
	if m := comparison.FindStringSubmatch(p.rest); m != nil {
		p.rest = m[1] + p.rest[len(m[0]):]
		return "stars"
	}
	i := strings.IndexFunc(p.rest, func(c rune) bool { return (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') })
	if i <= 0 || p.rest[i] != ':' || strings.HasPrefix(p.rest[i:], "://") {
		return ""
	}
	name := strings.ToLower(p.rest[:i])
	p.rest = p.rest[i+1:]
	return name
}

func (p *parser) fieldTerm(t Term, name string) (Term, bool, error) {
	f, known := fields[name]
	if !known {
		return t, false, refusal.Because(ErrQuery, "\"%s:\" is not a search word. The search words are %s. Put words with a colon in quotes", name, fieldNames)
	}
	t.Field = name
	for {
		v, quoted, err := p.value(true)
		if err != nil {
			return t, false, err
		}
		if v == "" || !quoted && strings.ContainsAny(v, `"`) {
			return t, false, refusal.Because(ErrQuery, "\"%s:\" needs a value, such as %s", name, f.example)
		}
		t.Values = append(t.Values, v)
		if !strings.HasPrefix(p.rest, ",") {
			break
		}
		p.rest = p.rest[1:]
	}
	typed := fmt.Sprintf("%s:%s", name, strings.Join(t.Values, ","))
	if !f.check(&t, *p) {
		return t, false, refusal.Because(ErrQuery, "\"%s\" cannot be searched for. Write %s", typed, f.example)
	}
	return t, true, nil
}

// value takes a word or a quoted phrase from the front; inside a field a comma ends it.
func (p *parser) value(inField bool) (v string, quoted bool, err error) {
	if strings.HasPrefix(p.rest, `"`) {
		end := strings.IndexByte(p.rest[1:], '"')
		if end < 0 {
			return "", false, refusal.Because(ErrQuery, "A quotation mark is missing at the end of %s", p.rest)
		}
		v = strings.Join(strings.Fields(p.rest[1:1+end]), " ")
		p.rest = p.rest[end+2:]
		return v, true, nil
	}
	end := strings.IndexFunc(p.rest, func(c rune) bool { return unicode.IsSpace(c) || inField && c == ',' || c == '"' })
	if end < 0 {
		end = len(p.rest)
	}
	v, p.rest = p.rest[:end], p.rest[end:]
	return v, false, nil
}

// searchable reports whether there is a letter or a digit in the words; marks and emoji alone are not in the index.
func searchable(words string) bool {
	return strings.IndexFunc(words, func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsNumber(c) }) >= 0
}
