package guard

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// checks are the rules that a pattern cannot say, by the name a pack uses.
var checks map[string]func(*reading, *rule)

func init() {
	checks = map[string]func(*reading, *rule){
		"word-count": wordCount, "site-limit": siteLimit, "repeated-sentence": repeatedSentence, "canned": canned,
		"emoji": emoji, "offline-path": offlinePath, "first-name": firstName, "shown-name": shownName, "unmasked-name": unmaskedName, "spoken-name": spokenName,
		"echoed-health": echoedHealth, "quoted-back": quotedBack, "quoted-words": quotedWords,
		"foreign-number": foreignNumber, "told-event": toldEvent, "kin-words": kinWords, "known-person": knownPerson, "named-care": namedCare, "staff-consent": staffConsent, "staff-secret": staffSecret, "private-fact": privateFact,
	}
}

const mostWords = 130

// wordCount warns of replies that say too much.
func wordCount(r *reading, u *rule) {
	if len(strings.Fields(r.body.lower)) > mostWords {
		r.add(u, u.Severity, 0, len(r.body.lower))
	}
}

// limit is a site's greatest length in the site's own unit.
type limit struct {
	unit string
	most int
}

var limits = map[string]limit{
	"google": {"bytes", 4096}, "bluesky": {"graphemes", 300}, "mastodon": {"characters", 500}, "x": {"characters", 280},
	"threads": {"characters", 500}, "instagram": {"characters", 2200}, "linkedin": {"characters", 3000},
	"facebook": {"characters", 8000}, "yelp": {"characters", 5000}, "healthgrades": {"characters", 2000}, "zocdoc": {"characters", 2000},
}

// siteLimit warns of a text that the site would cut or refuse.
func siteLimit(r *reading, u *rule) {
	l, ok := limits[strings.ToLower(r.Site)]
	if !ok {
		return
	}
	size := 0
	switch l.unit {
	case "bytes":
		size = len(r.Text)
	case "graphemes":
		size = uniseg.GraphemeClusterCount(r.Text)
	default:
		size = utf8.RuneCountInString(r.Text)
	}
	if size <= l.most {
		return
	}
	r.add(u, u.Severity, 0, len(r.body.lower))
	f := &r.found[len(r.found)-1]
	f.Why = fmt.Sprintf("The text has %d %s; %s takes %d.", size, l.unit, r.Site, l.most)
}

// repeatedSentence finds a sentence that stands in the text twice.
func repeatedSentence(r *reading, u *rule) {
	seen := map[string]bool{}
	for _, s := range r.sentences {
		key := strings.Trim(s.text, " .!?\"'")
		if len(strings.Fields(key)) >= 3 && seen[key] {
			r.add(u, u.Severity, s.start, s.end)
		}
		seen[key] = true
	}
}

// mostRecent is how many of the last replies a draft is compared with.
const mostRecent = 30

// canned finds a reply that says what one of the last replies said.
func canned(r *reading, u *rule) {
	if len(r.Recent) == 0 {
		return
	}
	mine := shingles(r.body.lower)
	if len(mine) < 6 {
		return
	}
	for _, recent := range r.Recent[:min(len(r.Recent), mostRecent)] {
		theirs := r.g.shingled.of(recent, func() map[string]bool { return shingles(fold(recent).lower) })
		same := 0
		for s := range mine {
			if theirs[s] {
				same++
			}
		}
		if same*10 >= len(mine)*8 {
			r.add(u, u.Severity, 0, len(r.body.lower))
			return
		}
	}
}

func shingles(text string) map[string]bool {
	w := strings.FieldsFunc(text, func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	out := map[string]bool{}
	for i := 0; i+3 <= len(w); i++ {
		out[strings.Join(w[i:i+3], " ")] = true
	}
	return out
}

// emoji finds a light emoji or smiley in the answer to a complaint.
func emoji(r *reading, u *rule) {
	for i, c := range r.Text {
		if c >= 0x1F300 && c <= 0x1FAFF && c != 0x1F4DE && c != 0x1F4E7 && c != 0x1F4E9 || c >= 0x2600 && c <= 0x27BF && c != 0x260E && c != 0x2706 && c != 0x2709 && c != 0x2713 && c != 0x2714 {
			r.addRaw(u, i, i+utf8.RuneLen(c))
			return
		}
	}
	for _, s := range []string{":)", ";)", ":-)", ";-)", ":D", "xD", "<3", ":P", "&#128"} {
		if i := strings.Index(r.Text, s); i >= 0 {
			r.addRaw(u, i, i+len(s))
			return
		}
	}
}

// addRaw notes a finding at bytes [from, to) of the text as given.
func (r *reading) addRaw(u *rule, from, to int) {
	r.found = append(r.found, Finding{Rule: u.Code, Severity: u.Severity, Start: from, End: to, Quote: r.Text[from:to],
		Why: u.Why, Basis: u.Basis, Instead: u.Instead, id: u.ID})
}

// offlinePath misses a way to reach a person in the answer to a complaint.
func offlinePath(r *reading, u *rule) {
	if len(r.sentences) > 0 && !r.showsPath() {
		s := r.sentences[0]
		r.add(u, u.Severity, s.start, s.end)
	}
}

// showsPath says whether the text names a way to reach a person.
func (r *reading) showsPath() bool {
	return len(r.numbers()) > 0 || r.has("path") || slices.ContainsFunc(slices.Concat(r.Own.Phones, r.Own.Emails), func(own string) bool {
		return own != "" && strings.Contains(r.Text, own)
	})
}
