package reviews

import (
	"slices"
	"unicode"
)

// studied is a telling with what was found out about it. An entry is compared with many, and to take its words apart for each of them would
// take longer than all else.
type studied struct {
	telling
	names       []string
	named, read bool
	runs        []uint64 // fingerprints of the runs of words, without the marks of an excerpt, rising
	allRuns     []uint64 // with those of the title before the text
	length      int      // words
}

func (s *studied) nameParts() []string {
	if !s.named {
		s.names, s.named = namesOf(s.author), true
	}
	return s.names
}

func (s *studied) study() {
	if !s.read {
		text := hashesOf(nil, s.text)
		from, to := bounds(s.text, len(text))
		text = text[from:to]
		s.length, s.read = len(text), true
		s.runs = runsOf(text)
		s.allRuns = s.runs
		if s.title != "" {
			s.allRuns = runsOf(append(hashesOf(nil, s.title), text...))
		}
	}
}

// mayShare reports whether so many runs of the shorter text stand in the longer one that it is worth while to look closer. One that stands in it
// whole has all of them there.
func (s *studied) mayShare(o *studied, who likeness) bool {
	s.study()
	o.study()
	short, long := s, o
	if short.length > long.length {
		short, long = long, short
	}
	if len(short.runs) == 0 {
		return true
	}
	least := shareKnown
	if who == unknownAuthor {
		least = shareAnon
	}
	common, at := 0, 0
	for _, run := range short.runs {
		for at < len(long.allRuns) && long.allRuns[at] < run {
			at++
		}
		if at < len(long.allRuns) && long.allRuns[at] == run {
			common++
		}
	}
	return float64(common) >= least*float64(len(short.runs))
}

// runsOf are the fingerprints of all runs of words, rising.
func runsOf(words []uint64) []uint64 {
	if len(words) < runWords {
		return nil
	}
	runs := make([]uint64, len(words)-runWords+1)
	for i := range runs {
		run := offset
		for _, w := range words[i : i+runWords] {
			run = (run ^ w) * prime
		}
		runs[i] = run ^ run>>32
	}
	slices.Sort(runs)
	return runs
}

// hashesOf adds a fingerprint for each word of a text, as words would cut it.
func hashesOf(to []uint64, text string) []uint64 {
	to = slices.Grow(to, len(text)/5)
	h, inside := offset, false
	for _, c := range text {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			if inside {
				to, h, inside = append(to, h), offset, false
			}
			continue
		}
		inside = true
		for c = unicode.ToLower(c); c > 0; c >>= 8 {
			h = (h ^ uint64(c&0xff)) * prime
		}
	}
	if inside {
		to = append(to, h)
	}
	return to
}
