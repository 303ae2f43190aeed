package reviews

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// The words of the audit log on texts that it proves: the line carries the hash of the text, never the text.
const (
	didChange = "changed on the site"
	didReopen = "reopened, because it was changed on the site"
	didSave   = "saved a draft of the reply"
	didClear  = "cleared its words: the site lets them be kept no longer"
)

// hashOf is the hash of a text as the audit log carries it.
func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hashMark + hex.EncodeToString(sum[:])
}

const hashMark = "sha256:"

// wordsHash is what a mention says, as the audit log carries it.
func wordsHash(m Mention) string { return wordsMark + hashOfWords(m.Title, m.Text, m.Stars) }

const wordsMark = "words "

// hashOfWords is the hash of a title, a text and a rating. They go in as a JSON array, so that no two different ones read the same.
func hashOfWords(title, text string, stars int) string {
	packed, err := json.Marshal([]any{title, text, stars})
	if err != nil {
		return "" // of texts and a number there is always one
	}
	return hashOf(string(packed))
}

// Subject is a mention as the audit log names it.
func Subject(mention int64) string { return mentionSubject(mention) }

var (
	replyIn = regexp.MustCompile(`^reply ([a-z ]+), (sha256:[0-9a-f]+)`)
	wordsIn = regexp.MustCompile(wordsMark + `(sha256:[0-9a-f]+)`)
)

// hashedReply reads the state and the hash of a reply from a line of the audit log.
func hashedReply(side string) (state ReplyState, hash string, ok bool) {
	found := replyIn.FindStringSubmatch(side)
	if found == nil {
		return "", "", false
	}
	return ReplyState(found[1]), found[2], true
}

// hashedWords reads the hash of what a mention said from a line of the audit log.
func hashedWords(side string) (string, bool) {
	found := wordsIn.FindStringSubmatch(side)
	if found == nil {
		return "", false
	}
	return found[1], true
}

// sameHash compares two hashes; older lines carry only the first 16 digits.
func sameHash(a, b string) bool {
	short := min(len(a), len(b))
	return short >= len(hashMark)+16 && a[:short] == b[:short]
}

// fewestShared is with how many words a cut text must begin like the whole one to count as its beginning.
const fewestShared = 8

// SameWords reports whether a site shows the words that were posted: spaces, punctuation, capitals and the kind of quotation marks do not count,
// and a site may cut a long reply off with three dots.
func SameWords(posted, shown string) bool {
	a, b := plainWords(posted), plainWords(shown)
	if len(a) == 0 || len(b) == 0 {
		return len(a) == len(b)
	}
	shown = strings.TrimRightFunc(shown, unicode.IsSpace)
	cut := strings.HasSuffix(shown, "…") || strings.HasSuffix(shown, "...")
	if cut && len(b) >= fewestShared && len(b) < len(a) {
		a = a[:len(b)]
	}
	return strings.Join(a, " ") == strings.Join(b, " ")
}

func plainWords(text string) []string {
	text = strings.NewReplacer("'", "", "’", "", "‘", "").Replace(norm.NFKC.String(strings.ToLower(text)))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}
