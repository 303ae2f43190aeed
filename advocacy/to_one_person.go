package advocacy

import (
	"regexp"
	"strings"
)

// Words that speak to one reader about their own care. A public post that does so tells everybody that somebody is a patient.
var (
	salutation = regexp.MustCompile(`(?i)(?:^|[\n.!?]\s*)(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|querid[oa]|estimad[oa]|hola|buenos d[ií]as|buenas tardes)\s+([^\n,.:;!?–-]+?)\s*[,:!–-]`)
	titled     = regexp.MustCompile(`\b(?:Mr|Mrs|Ms|Miss|Mx|Sr|Sra|Srta)\.?\s+\p{Lu}[\p{L}'’-]+`)
	called     = regexp.MustCompile(`(?:^|[\s(])@[\p{L}\d._-]{2,}`)
	ownCare    = regexp.MustCompile(`(?i)\b(?:` + strings.Join([]string{
		`your (?:next |last |upcoming |recent |missed )?(?:appointment|visit|cleaning|check-?up|exam|procedure|surgery|treatment|shot|vaccination) (?:is|was|on|at|has been|tomorrow|today|next|with dr)\b`,
		`your (?:test|lab|biopsy|x-?ray|scan|blood) (?:results?|work|report)`,
		`your (?:chart|records?|balance|bill|claim|prescription|refill|diagnosis|condition) (?:is|are|was|shows?|says)`,
		`you (?:are|were) (?:now )?(?:over)?due (?:for|since)`,
		`you['’]re (?:now )?(?:over)?due (?:for|since)`,
		`you missed your`, `we missed you (?:at|on|yesterday|last)`, `we have not seen you`, `we haven['’]t seen you`,
		`since your last (?:visit|appointment|cleaning|check-?up)`, `as (?:your|our) patient,? you`,
		`when you (?:came|were) in (?:on|last|yesterday|for)`, `thank you for (?:coming in|your visit) (?:on|yesterday|last|today)`,
		`su (?:pr[oó]xima |[uú]ltima )?(?:cita|consulta) (?:es|fue|est[aá]|del?|para el)`, `sus (?:resultados|an[aá]lisis)`, `le toca su`, `usted tiene (?:una )?cita`,
	}, "|") + `)`)
)

// everybody are words after a greeting that name no single person.
var everybody = regexp.MustCompile(`(?i)^(?:(?:our|the|all|dear|good|wonderful|to|a|la|el|los|las|nuestr[oa]s?|tod[oa]s?|querid[oa]s?|\p{Lu}?[\p{L}-]*)\s+)*(?:all|everyone|everybody|friends?|neighbou?rs?|patients?|parents?|families|family|folks|readers?|community|team|there|colleagues?|kids|teens|moms|dads|caregivers?|followers|world|again|tod[oa]s|amig[oa]s|vecin[oa]s|pacientes|familias?|padres|comunidad)\b`)

// ToOnePerson finds words that speak to a single person about themselves: a greeting by name, a title with a name, an account that is
// called, or a reader's own appointment, result or debt. It returns those words.
func ToOnePerson(text string) (words string, found bool) {
	for _, m := range salutation.FindAllStringSubmatch(text, -1) {
		if !everybody.MatchString(strings.TrimSpace(m[1])) {
			return strings.Trim(m[0], " \n.,:!?–-"), true
		}
	}
	for _, pattern := range []*regexp.Regexp{titled, ownCare, called} {
		if at := pattern.FindStringIndex(text); at != nil {
			return strings.TrimSpace(strings.Trim(text[at[0]:at[1]], " \n(")), true
		}
	}
	return "", false
}
