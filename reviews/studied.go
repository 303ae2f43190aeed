package reviews

import (
	"slices"
)

// studied is a telling with what was found out about it. An entry is compared with many, and to take its words apart for each of them would
// take longer than all else.
type studied struct {
	telling
	names       []string
	named, read bool
	words       []string // without the marks of an excerpt
	runs        []uint64 // fingerprints of the runs of words, rising
	allRuns     []uint64 // with those of the title before the text
}

func (s *studied) nameParts() []string {
	if !s.named {
		s.names, s.named = namesOf(s.author), true
	}
	return s.names
}

func (s *studied) study() {
	if !s.read {
		s.words, s.read = wordsOf(s.text), true
		s.runs = runsOf(s.words)
		s.allRuns = runsOf(slices.Concat(words(s.title), s.words))
	}
}

// mayShare reports whether so many runs of the shorter text stand in the longer one that it is worth while to look closer. One that stands in it
// whole has all of them there.
func (s *studied) mayShare(o *studied, who likeness) bool {
	s.study()
	o.study()
	short, long := s, o
	if len(short.words) > len(long.words) {
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
func runsOf(words []string) []uint64 {
	if len(words) < runWords {
		return nil
	}
	runs := make([]uint64, len(words)-runWords+1)
	for i := range runs {
		runs[i] = uint64(fingerprint(words[i : i+runWords]...))
	}
	slices.Sort(runs)
	return runs
}
