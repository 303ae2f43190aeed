package advocacy

import (
	"fmt"
	"strings"
)

// KindShare is how many posts of a kind are out, and how many are planned.
type KindShare struct {
	Kind    PostKind `json:"kind"`
	Out     int      `json:"out"`
	Planned int      `json:"planned"`
}

// MixOf counts the posts and turns among entries by their kind, in the order of PostKinds.
func MixOf(entries []Entry) []KindShare {
	shares := make([]KindShare, len(PostKinds()))
	for i, kind := range PostKinds() {
		shares[i].Kind = kind
		for _, e := range entries {
			switch {
			case e.Post != kind:
			case e.Kind == EntrySpotlight && (e.Stage == Published || e.Stage == Archived):
				shares[i].Out++
			case e.Kind == EntrySpotlight || e.Kind == EntrySeries:
				shares[i].Planned++
			}
		}
	}
	return shares
}

// enoughPosts is how many posts there must be before a balance says anything.
const enoughPosts = 4

// AdviseMix says gently what a balance could do with, or "" when there is nothing to say. It is taste, not a rule.
func AdviseMix(shares []KindShare) string {
	all, most := 0, 0
	var missing []string
	for i, s := range shares {
		n := s.Out + s.Planned
		all += n
		if n > shares[most].Out+shares[most].Planned {
			most = i
		}
		if n == 0 && (s.Kind == KindSpotlight || s.Kind == KindEducation) {
			missing = append(missing, s.Kind.Name())
		}
	}
	switch top := shares[most]; {
	case all < enoughPosts:
		return ""
	case len(missing) > 0:
		return fmt.Sprintf("No %s so far. One between the others would make a good mix.", strings.ToLower(strings.Join(missing, " and no ")))
	case (top.Out+top.Planned)*10 > all*8:
		return fmt.Sprintf("%d of %d posts are of one kind: %s. A little change keeps readers.", top.Out+top.Planned, all, strings.ToLower(top.Kind.Name()))
	}
	return ""
}

// Name is the kind as a heading has it.
func (k PostKind) Name() string {
	return map[PostKind]string{KindSpotlight: "Spotlight", KindEducation: "Health tip", KindEvent: "Event", KindHiring: "Open position"}[k]
}
