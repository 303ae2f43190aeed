package classify

import "unicode"

// languages tells languages apart by their function words and by their writing. A language without a clear lead is "und".
type languages struct {
	codes   []string
	words   [][]languageWord // by word id
	english []bool           // by word id: a word of an English list
}

type languageWord struct {
	language int8
	weight   float32
}

// scripts maps writing systems to the language that most of their reviews are in.
var scripts = []struct {
	table *unicode.RangeTable
	code  string
}{
	{unicode.Hiragana, "ja"}, {unicode.Katakana, "ja"}, {unicode.Han, "zh"}, {unicode.Hangul, "ko"}, {unicode.Cyrillic, "ru"},
	{unicode.Arabic, "ar"}, {unicode.Hebrew, "he"}, {unicode.Greek, "el"}, {unicode.Devanagari, "hi"}, {unicode.Bengali, "bn"},
	{unicode.Thai, "th"}, {unicode.Armenian, "hy"}, {unicode.Georgian, "ka"}, {unicode.Tamil, "ta"}, {unicode.Gujarati, "gu"},
	{unicode.Gurmukhi, "pa"}, {unicode.Khmer, "km"}, {unicode.Ethiopic, "am"}, {unicode.Lao, "lo"}, {unicode.Myanmar, "my"},
}

func scriptOf(r rune) *unicode.RangeTable {
	for i := range scripts {
		if unicode.Is(scripts[i].table, r) {
			return scripts[i].table
		}
	}
	return nil
}

const (
	undetermined  = "und"
	mostLanguages = 24
)

// detect names the language of a text.
func (l *languages) detect(d *document) string {
	if len(d.words) == 0 {
		return undetermined
	}
	if code := l.byScript(d); code != "" {
		return code
	}
	var score [mostLanguages]float32
	letters := 0
	for i := range d.words {
		w := &d.words[i]
		if w.number || d.handle(w) {
			continue
		}
		letters++
		for _, x := range l.words[w.id] {
			score[x.language] += x.weight
		}
	}
	best, second := 0, -1
	for i := 1; i < len(l.codes); i++ {
		if score[i] > score[best] {
			best, second = i, best
		} else if second < 0 || score[i] > score[second] {
			second = i
		}
	}
	// A text of its language has a function word in every five; one borrowed word decides nothing.
	clear := letters > 0 && score[best] >= 0.5 && score[best] >= 0.12*float32(letters) && (second < 0 || score[best] >= 1.25*score[second])
	if (!clear || letters <= fewWords) && l.plainEnglish(d, letters) {
		return "en"
	}
	if !clear {
		return undetermined
	}
	return l.codes[best]
}

const fewWords = 5

// englishEndings are those of words that hardly another language has.
var englishEndings = [...]string{"ing", "n't", "'s", "'m", "'ll", "'ve", "'re", "'d", "ght", "ness", "ful", "thing"}

func endsEnglish(word []byte) bool {
	for _, e := range englishEndings {
		if len(word) > len(e)+1 && string(word[len(word)-len(e):]) == e {
			return true
		}
	}
	return false
}

// onlyEnglish tells whether a word is of the English lists and of no other language.
func (l *languages) onlyEnglish(id int32) bool {
	w := l.words[id]
	return len(w) == 1 && l.codes[w[0].language] == "en"
}

// plainEnglish tells whether a text that has too few function words to be told by them is English all the same: "Excellent care received". Of few
// words each has to be an English one, since "excellent service" alone may be French as well and "excellent service dentaire" is nothing else.
func (l *languages) plainEnglish(d *document, letters int) bool {
	known, only := 0, 0
	for i := range d.words {
		w := &d.words[i]
		if w.number || d.handle(w) {
			continue
		}
		switch {
		case l.english[w.id] && d.folded[w.start] < 0x80: // pictures stand in the English list, too
			known++
			if l.onlyEnglish(w.id) {
				only++
			}
		case len(l.words[w.id]) > 0:
			return false // a word of another language
		case endsEnglish(d.folded[w.start:w.end]):
			known++
			only++
		}
	}
	switch {
	case only > 0 && known*2 >= letters: // the rest may be names
		return true
	case letters <= fewWords:
		return letters > 0 && known == letters
	}
	return known*5 >= letters*3
}

// handle tells whether a word is the name of an account, a mark such as #1 or the letter of a face such as :D: those are of no language.
func (d *document) handle(w *word) bool {
	if w.start == 0 {
		return false
	}
	switch d.folded[w.start-1] {
	case '@', '#', '[':
		return true
	case ':', ';', '=', '-', '\'':
		return w.end-w.start == 1
	}
	return false
}

// byScript answers for texts mostly written in other letters.
func (l *languages) byScript(d *document) string {
	if d.script == nil {
		return ""
	}
	foreign := 0
	for i := range d.words {
		if d.folded[d.words[i].start] >= 0x80 {
			foreign++
		}
	}
	if foreign*2 < len(d.words) {
		return ""
	}
	for _, s := range scripts {
		if s.table == d.script {
			return s.code
		}
	}
	return ""
}
