package collect

import (
	"regexp"
	"strings"
)

// endWords are buttons that stand beneath a review: what follows them is the next one.
var endWords = wordSet(`like|share|helpful|not helpful|useful|funny|cool|thanks|love this|oh no|report|report this review|report review|flag|flag review|comment|reply|
	yes|no|was this review helpful?|was this helpful?|was this rating useful?|did you find this helpful?|be the first to find this review helpful|write a comment|view all comments|
	all reactions:|me gusta|compartir|comentar|responder|útil|denunciar|no me gusta|¿te ha resultado útil?|sí|like this review|share review|embed review|see translation|see original|
	me encanta|gracias|divertido|mostrar traducción|ver traducción`)

// chromeWords are other words of a page that nobody said about the practice.
var chromeWords = wordSet(`more|… more|...more|... more|see more|read more|show more|read less|show less|see less|leer más|ver más|más|… más|new|nuevo|nueva|all reviews|reviews|sort by|
	most relevant|newest|highest|lowest|highest rated|lowest rated|filter|filters|search reviews|write a review|all|overview|about|photos|next|previous|load more|load more reviews|show more reviews|
	más relevantes|más recientes|ordenar por|escribir una reseña|todas las reseñas|reseñas|opiniones|see all photos|hover card|photo|menu|public|follow|following|top review|most helpful`)

// metaWords stand beside the author's name or the rating.
var metaWords = wordSet(`local guide|verified patient|verified review|verified|verified visit|paciente verificado|opinión verificada|overall experience|overall experience rating|recommend|recommends|ceo approval|business outlook|
	recommended|would recommend|updated review|written by a patient|written by a carer|written by a parent|written by a relative|written by a family member|written by a friend|elite|current employee|former employee|
	self-verified patient|new patient|existing patient|first to review|top contributor|positive outlook|negative outlook|neutral outlook|approves of ceo|disapproves of ceo|shared publicly|doctor recommendation`)

// aspects are what some sites have rated besides the whole.
var aspects = wordSet(`bedside manner|wait time|staff|punctuality|helpfulness|knowledge|ease of appointment|promptness|courteous staff|accurate diagnosis|spends time with me|follow up|follows up after visit|
	average wait|cleanliness|explains conditions well|answers questions|time spent with patient|communication|trust|bedside|work-life balance|work/life balance|culture & values|culture and values|diversity & inclusion|
	career opportunities|compensation & benefits|compensation and benefits|senior management|pay & benefits|job security & advancement|management|job culture|culture|facilities|value|environment|listening|dignity|
	involvement|information|trato|puntualidad|instalaciones|tiempo de espera|service|atmosphere|friendliness|office cleanliness|staff friendliness|scheduling flexibility|wait times`)

// wholes are what the rating of the whole is called.
var wholeWords = wordSet(`overall|overall rating|rating|overall experience|overall score|your rating|general|valoración general|calificación|puntuación|stars`)

// sections are headings within a review; they are part of what was said.
var sections = wordSet(`pros|cons|advice to management|pros:|cons:|advice|ventajas|desventajas|pros.|cons.`)

// noNames are short lines with capitals that are no names.
var noNames = wordSet(`thank you|thanks|never again|highly recommended|highly recommend|great|good|excellent|perfect|amazing|awesome|terrible|horrible|awful|top|average|bad|poor|best|love it|wonderful|outstanding|super|gracias|excelente|muy bueno|
	recomendado|fantastic|avoid|mixed|stay away|five stars|ok|okay|nice|superb|brilliant|professional`)

// anonymous are the names of nobody: two reviews by them may be by two people.
var anonymous = wordSet(`anonymous|anonymous user|anonymous employee|anonymous patient|verified patient|a google user|google user|facebook user|yelp user|usuario anónimo|anónimo|anónima|a patient|patient|guest|user|deleted user|
	un usuario de google|paciente|a verified patient|current employee|former employee`)

func wordSet(list string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.SplitSeq(list, "|") {
		set[strings.TrimSpace(word)] = true
	}
	return set
}

var (
	pastedGlyphs = regexp.MustCompile(`^(?:[★⭐☆✩]\x{fe0f}?\s?){3,5}`)
	pastedStars  = regexp.MustCompile(`(?i)^(?:rated\s+|rating:?\s*|stars?:\s*|puntuación:?\s*|valoración:?\s*)?([0-5](?:[.,]\d)?)\s*(?:/\s*5|out of 5|of 5|de 5|sobre 5|stars?\b|star rating\b|-star\b|estrellas?\b|★)(?:\s*(?:stars?|star rating|rating|estrellas?))?[,.]?`)
	decimalStars = regexp.MustCompile(`^[0-5][.,]\d$`)
	starsLabel   = regexp.MustCompile(`(?i)^(?:rating|stars|score|puntuación|estrellas|calificación):\s*([1-5](?:[.,]\d)?)\s*$`)
	labelled     = regexp.MustCompile(`(?i)^(name|author|reviewer|by|from|patient|date|posted|reviewed|submitted|published|comment|comments|review|text|title|subject|nombre|autor|autora|fecha|comentario|opinión|título)\s*:\s*(\S.*)$`)
	postedBy     = regexp.MustCompile(`(?i)^(?:posted|submitted|reviewed|written|review|escrito|publicado|por)?\s*(?:by|por):?\s+(.{1,60}?)(?:\s+(?:on|el)\s+(.+)|,\s+(.*\d.*))?$`)
	recommends   = regexp.MustCompile(`(?i)^(\S.{0,60}?)\s+(doesn['’]t recommend|does not recommend|recommends|no recomienda|recomienda)\s+\S.{0,100}$`)
	reviewedThem = regexp.MustCompile(`(?i)^(\S.{0,60}?)\s+reviewed\s+.{1,80}?\s+[–—-]\s+([1-5])\s*(?:★|stars?)?$`)
	isWith       = regexp.MustCompile(`^(\S.{0,60}?) is (?:with .{1,60}|at .{1,60}|feeling .{1,40})\.?$`)
	replyBegins  = regexp.MustCompile(`(?i)^(?:.{2,60} \((?:owner|propietario|propietaria)\)|(?:response|reply|comment|answer)\s+(?:from|by)\s+.{2,70}|business owner information|business owner|(?:owner|provider|employer|practice|doctor|business|company)(?:['’]s)?\s+(?:response|reply|replied|responded).{0,40}|(?:respuesta|contestación)\s+(?:del?|de la)\s+.{2,60})$`)
	countLine    = regexp.MustCompile(`(?i)^(?:local guide\s*·?\s*)?(?:level \d+\s*·?\s*)?\d[\d.,]*\s*(?:google\s+)?(?:reviews?|photos?|friends?|followers?|ratings?|contributions?|comments?|shares?|reactions?|votes?|points?|check-ins?|reseñas?|opiniones|opinión|fotos?|comentarios?|amigos?|person found .*|people found .*)(?:\s*·.*)?$`)
	trailing     = regexp.MustCompile(`\s*[:(]?\s*\d+\s*\)?$`)
	metaLine     = regexp.MustCompile(`(?i)^(?:local guide\b.*|elite(?: \d+| '\d\d)*|(?:current|former|anonymous) employee(?:,.*| \(.*)?|visited (?:in|on)\b.{0,30}|date of (?:visit|experience)\b.*|visitado en\b.{0,30}|self-verified patient.*|verified patient .*|photo \d+ (?:in|from) .*|written by an? .{3,30}|written (?:in|on) \w+|patient of .{3,60}|claimed|foto \d+ .*)$`)
	townLine     = regexp.MustCompile(`^[A-ZÀ-Þ][\p{L}.' -]{1,30},\s[A-Z]{2,3}(?:,? (?:USA|United States|Canada))?$`)
	ruleLine     = regexp.MustCompile(`^[-–—_=*~•·#\s]{3,}$`)
	aspectRow    = regexp.MustCompile(`(\p{L}[\p{L} /&-]+?)[:\s]+([1-5](?:[.,]\d)?)(?:\s*/\s*5)?(?:\s+|,\s*|$)`)
	userName     = regexp.MustCompile(`^[\p{L}][\p{L}\d._-]{2,24}$`)
	agoWords     = regexp.MustCompile(`(?i)^(?:hace\s+)?(un|una|\d+)\s+(minutos?|horas?|días?|dias?|semanas?|mes(?:es)?|años?)(?:\s+atrás)?$`)
	shortAge     = regexp.MustCompile(`^(\d{1,2})\s?(h|d|w|mo|y|sem|a)$`)
	noYear       = regexp.MustCompile(`(?i)^(?:\p{L}{3,10}\.? \d{1,2}|\d{1,2}(?: de)? \p{L}{3,10}\.?)$`)
	datePrefix   = regexp.MustCompile(`(?i)^(?:(?:posted|submitted|reviewed|published|written|edited|updated|last edited|review date|escrita?|publicad[oa]|editad[oa]|enviad[oa]|fecha)(?:\s+on|\s+el)?:?\s+|on\s+)`)
	dateSuffix   = regexp.MustCompile(`(?i)(?:\s+(?:at|a las)\s+\d{1,2}[:.]\d{2}(?:\s*[ap]\.?\s?m\.?)?)?(?:\s*·\s*\S?|\s+new|\s+nuevo|\s+nueva|\s+on\s+google|\s+en\s+google)*\s*$`)
	partsOf      = regexp.MustCompile(`\s+[–—·|•-]\s+|\s*·\s*`)
	inBrackets   = regexp.MustCompile(`\s*\([^)]*\)`)
)
