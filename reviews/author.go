package reviews

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// likeness says how two names as shown on two sites stand to each other.
type likeness int

const (
	otherAuthor   likeness = iota
	unknownAuthor          // one of them names nobody
	likeAuthor             // one may be short for the other, or is a first name alone
	sameAuthor             // the same first and last name
)

// nobody are the names that sites put where they show none.
var nobody = map[string]bool{"anonymous": true, "anonymous user": true, "anonymous reviewer": true, "anonymous patient": true, "a google user": true, "google user": true,
	"yelp user": true, "facebook user": true, "a facebook user": true, "guest": true, "user": true, "patient": true, "verified patient": true, "a patient": true, "verified user": true,
	"customer": true, "verified customer": true, "reviewer": true, "unknown": true, "deleted": true, "deleted user": true, "none": true, "n a": true, "anonym": true, "anónimo": true, "anonimo": true}

// titles before and after a name, which one site shows and the other does not.
var titles = []string{"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "jr", "sr", "ii", "iii", "md", "dds"}

// compareAuthors tells whether two names can be those of one person: "Sarah M." is short for "Sarah Miller", and "SM" too.
func compareAuthors(a, b string) likeness { return compareNames(a, b, namesOf(a), namesOf(b)) }

// compareNames is compareAuthors for two whose parts, x and y, are known already.
func compareNames(a, b string, x, y []string) likeness {
	if len(x) == 0 || len(y) == 0 {
		return unknownAuthor
	}
	if slices.Equal(x, y) {
		if len(x) > 1 && utf8.RuneCountInString(x[len(x)-1]) > 1 {
			return sameAuthor
		}
		return likeAuthor
	}
	if len(x) > len(y) {
		x, y, a = y, x, b
	}
	if len(x) == 1 {
		if shortFor(x[0], y[0]) && len(x[0]) > 1 || isHandle(x[0], y) || isInitials(a, y) {
			return likeAuthor
		}
		return otherAuthor
	}
	last, full := x[len(x)-1], y[len(y)-1]
	if !shortFor(x[0], y[0]) || !shortFor(last, full) || utf8.RuneCountInString(x[0]) == 1 && utf8.RuneCountInString(y[0]) == 1 && last != full {
		return otherAuthor
	}
	if x[0] == y[0] && last == full && utf8.RuneCountInString(last) > 1 {
		return sameAuthor
	}
	return likeAuthor
}

// namesOf are the parts of a name in lower case without accents, the first name first; none if it names nobody.
func namesOf(author string) []string {
	if last, first, ok := strings.Cut(author, ","); ok && len(words(first)) > 0 && !slices.Contains(titles, strings.Join(words(first), "")) {
		author = first + " " + last
	}
	plain := strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) || c == '\'' || c == '’' {
			return -1
		}
		return c
	}, norm.NFD.String(author))
	list := words(plain)
	if nobody[strings.Join(list, " ")] {
		return nil
	}
	return slices.DeleteFunc(list, func(w string) bool { return slices.Contains(titles, w) })
}

// shortFor reports whether one of two names is an initial, a beginning or the whole of the other: S., Chris, Christopher.
func shortFor(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return a == b || strings.HasPrefix(b, a) && (utf8.RuneCountInString(a) == 1 || len(a) > 2)
}

// isHandle reports whether a name in one word is made of the parts of a full name: sarahmiller84, smiller, miller_sarah.
func isHandle(handle string, full []string) bool {
	if len(full) < 2 {
		return false
	}
	handle = strings.TrimRightFunc(handle, unicode.IsDigit)
	first, last := full[0], full[len(full)-1]
	return len(last) > 1 && (handle == first+last || handle == last+first || handle == first[:1]+last || handle == first+last[:1])
}

// isInitials reports whether a name shows nothing but the first letters of another, in capitals.
func isInitials(short string, full []string) bool {
	var letters []rune
	for _, c := range short {
		switch {
		case unicode.IsUpper(c):
			letters = append(letters, unicode.ToLower(c))
		case unicode.IsLetter(c):
			return false
		}
	}
	if len(letters) != len(full) {
		return false
	}
	for i, name := range full {
		if first, _ := utf8.DecodeRuneInString(name); first != letters[i] {
			return false
		}
	}
	return true
}
