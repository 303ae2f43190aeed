package guard

import (
	"regexp"
	"strings"
)

// The drafter's routing note stands after the words to be published: square
// brackets, "(from the personal page of ...)" or "- draft for ...".
var (
	bracketNote = regexp.MustCompile(`\s*\[([^\[\]]*)\]\s*$`)
	parenNote   = regexp.MustCompile(`\s*\((?:from|for|to be|posted?|via|goes|on|sent|draft|written|as)\b([^()]*\b(?:page|feed|account|profile|post|posted|draft|channel|login|blog|site|story|listing|phone|name)\b[^()]*)\)\s*$`)
	draftNote   = regexp.MustCompile(`\s+-+ ?((?:draft|for posting|to post|to be posted|written|posted|post) (?:for|by|from|on|as|under|to)\b.*)$`)
	fillIn      = regexp.MustCompile(`^(?:your |the |insert |our |practice |office |first |last |full |patient |reviewer |manager |clinic |staff )*(?:names?|number|phone|e-?mail|date|time|contact|address|link|website|url|placeholder|tbd|xx+|nombre|telefono|fecha|insert.*|practice|clinic|city|title|role|hours|manager|.*here)$`)
)

// begins is the sign that each form of the note begins with.
var begins = map[*regexp.Regexp]string{bracketNote: "[", parenNote: "(", draftNote: "-"}

// splitNote parts the routing note from the words to be published. A bracket
// that asks to be filled in stays: it is an unfinished sentence.
func (r *reading) splitNote() {
	for _, re := range []*regexp.Regexp{bracketNote, parenNote, draftNote} {
		if !strings.ContainsAny(r.body.lower, begins[re]) {
			continue
		}
		m := re.FindStringSubmatchIndex(r.body.lower)
		if m == nil {
			continue
		}
		inner := r.body.lower[m[2]:m[3]]
		if re == bracketNote && fillIn.MatchString(inner) {
			continue
		}
		r.note = r.body.lower[m[0]:m[1]]
		r.body.cased, r.body.lower = r.body.cased[:m[0]], r.body.lower[:m[0]]
		r.body.from, r.body.to = r.body.from[:m[0]], r.body.to[:m[0]]
		return
	}
}
