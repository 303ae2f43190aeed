package respond

import (
	"fmt"
	"slices"
	"strings"

	"goodword/policy"
)

// mythPrefix begins the template ids of statements about health.
const mythPrefix = "myth/"

// MythTemplateID is the id that a reply keeps of a statement it was made with.
func MythTemplateID(m policy.Myth) string { return mythPrefix + m.ID }

// mythWordings say the fact, name the error once without repeating it, say the rest of the fact, and point to one page.
var mythWordings = []string{
	"%[1]s The page %[2]s has checked facts for everybody. For personal questions, please {call}.",
	"Health questions deserve good sources. %[1]s We point everybody to %[2]s for checked facts. Personal questions are best asked in private. Please {call}.",
}

// mythTexts are the answers to an error about health.
func mythTexts(m policy.Myth) []string {
	first, again := m.Parts()
	said := first + " " + m.Naming()
	if again != "" {
		said += " " + again
	}
	var out []string
	for _, wording := range mythWordings {
		out = append(out, fmt.Sprintf(wording, said, m.Link()))
	}
	return out
}

// SoundMyth refuses a statement the answers with which would not pass the gate once a clinician stands behind it.
func (t Trial) SoundMyth(m policy.Myth) error {
	return t.Sound(mythTemplate(m))
}

// Claim is an error about health that a mention seems to repeat.
type Claim struct {
	Myth     policy.Myth
	Approved bool // a clinician of the practice stands behind the answer
}

// claim finds the error that a mention repeats: the one that shares most of its rarer words.
func (l *Library) claim(words string) (Claim, bool) {
	best, most := policy.Myth{}, 1
	var known []policy.Myth // the practice's own words go first
	for _, a := range l.myths {
		if a.Own() {
			known = append(known, a.Myth)
		}
	}
	for _, m := range append(known, policy.Myths()...) {
		if n := shared(words, m); n > most {
			best, most = m, n
		}
	}
	if best.ID == "" {
		return Claim{}, false
	}
	c := Claim{Myth: best}
	for _, a := range l.myths {
		if a.ID == best.ID {
			c.Myth, c.Approved = a.Myth, true
		}
	}
	return c, true
}

// shared counts what the words of a mention have in common with an error: a word of its topic counts twice.
func shared(words string, m policy.Myth) int {
	n := 0
	topic := spaced(m.Topic)
	for word := range strings.FieldsSeq(spaced(m.Topic + " " + m.Myth)) {
		stem := stemmed(word)
		if len(word) < 4 || slices.Contains(common, word) || !strings.Contains(words, " "+stem) {
			continue
		}
		if strings.Contains(topic, " "+stem) {
			n++
		}
		n++
		words = strings.ReplaceAll(words, " "+stem, " ") // each counts once
	}
	return n
}

func stemmed(word string) string {
	for _, ending := range []string{"ing", "es", "s"} {
		if cut := strings.TrimSuffix(word, ending); cut != word && len(cut) >= 4 {
			return cut
		}
	}
	return word
}

var common = []string{"that", "this", "with", "from", "your", "have", "they", "than", "more", "does", "will", "when", "what", "only", "every", "never", "always",
	"cause", "causes", "good", "need", "needs", "after", "people", "person", "health", "should", "must", "without", "into", "make", "makes"}
