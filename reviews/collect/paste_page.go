package collect

import (
	"regexp"
	"strings"
)

// navigation are the words around the reviews of a page: what a person copies with them who marks all of it.
var navigation = wordSet(`sign in|sign up|sign out|log in|login|log out|log in / sign up|log in/sign up|sign in / sign up|register|join now|join|subscribe|forgot account?|forgot password?|create new account|
	cookies|accept|accept all|accept cookies|accept all cookies|allow all cookies|reject|reject all|decline|decline all|manage preferences|manage cookies|cookie settings|cookie preferences|cookie policy|cookie notice|your privacy choices|
	privacy|privacy policy|privacy notice|terms|terms of use|terms of service|accessibility|sitemap|skip to main content|skip to content|skip navigation|back to top|close|dismiss|
	home|contact|contact us|about us|help|help center|browse|search|for professionals|for business|for doctors|for providers|yelp for business|find a doctor|find a dentist|find care|book online|book appointment|book now|
	experience|insurance|insurances|locations|location|hours|services|directions|website|call|save|saved|
	patient reviews|recommended reviews|recommended reviews for|customer reviews|ratings & reviews|ratings and reviews|reviews & ratings|patient ratings|overall patient ratings|leave a review|rate this doctor|rate this provider|
	most recent|most relevant first|oldest|yelp sort|filter by rating|username|terms & conditions|terms and conditions|nearby|sort|patient perspectives|likelihood to recommend|customize|read more reviews|see all reviews|
	healthgrades|yelp|ratemds|vitals|webmd|zocdoc|zocdoc home|google|google maps|facebook|doctify|glassdoor|indeed|nextdoor|
	iniciar sesión|registrarse|aceptar|aceptar todo|rechazar todo|política de privacidad|inicio|ayuda|reseñas recomendadas`)

var (
	cookieNote  = regexp.MustCompile(`(?i)^(?:we (?:and our partners )?use cookies\b|(?:this|our) (?:web)?site uses cookies\b|by (?:continuing to use|using) (?:this|our) (?:web)?site\b|utilizamos cookies\b)`)
	pageNote    = regexp.MustCompile(`(?i)^(?:©|copyright ©|your trust is our top concern|showing (?:\d+ )?(?:of \d+ )?(?:ratings|reviews)\b.{0,80}$|based on \d[\d.,]* (?:ratings|reviews)$|choose a star rating\b.{0,40}$|start your review of .{1,80}$|we value your privacy$|all reviews have been submitted by patients\b|learn more about (?:reviews|our ratings)\b.{0,20}$|\d+ other reviews that are not currently recommended|may be an image of \S+(?: \S+)?$|see all (?:\d+ )?photos from )`)
	imageText   = regexp.MustCompile(`^(?i:profile picture of|profile photo of|profile image of|photo of|picture of|image of|avatar of|photo by|foto de|imagen de)\s+(.{1,80})$`)
	placeName   = regexp.MustCompile(`^\p{Lu}.{1,50} - \p{Lu}.{1,30}$`)
	pageRating  = regexp.MustCompile(`(?i)^(?:overall )?(?:patient |customer )?(?:ratings?|reviews?|score)?:?\s*[0-5](?:[.,]\d{1,2})?\s*(?:stars?\s*|out of 5\s*|/\s*5\s*)?(?:\(\s*\d[\d.,]*(?:\s+(?:patient\s+)?(?:ratings?|reviews?))?\s*\)|(?:from|based on)\s+\d[\d.,]*\s+(?:patient\s+)?(?:ratings?|reviews?))$`)
	inTown      = regexp.MustCompile(`\s+(?:in|from)\s+\p{Lu}[\p{L}.' -]{1,30}(?:,\s*\p{Lu}{2,3})?$`)
	helpfulLine = regexp.MustCompile(`(?i)^(?:was this )?(?:review )?helpful\?.{0,30}$`)
	loneDigit   = regexp.MustCompile(`^[1-5]$`)
	bareNumber  = regexp.MustCompile(`^\d[\d.,]*$`)
	howManySaid = regexp.MustCompile(`(?i)^(?:\(?\d[\d.,]*\)?\s+)?(?:google\s+)?(?:reviews?|ratings?)\)?$|^\(\d[\d.,]*\)$`)
)

// voteWords are buttons that show how many pressed them.
var voteWords = wordSet(`helpful|not helpful|useful|funny|cool|thanks|love this|oh no|like|likes|share|shares|comment|comments|yes|no|was this review helpful?|was this helpful?|was this rating useful?|
	did you find this helpful?|all reactions:|me gusta|útil|me encanta|gracias|divertido|reviews|ratings|photos|friends|followers|reseñas|fotos|amigos`)

// aroundReviews tells whether a line is of the page and not of a review: its menus, its notes on cookies, what stands for its pictures, its rating as a whole.
func aroundReviews(text, lower string) bool {
	if navigation[lower] || cookieNote.MatchString(text) || pageNote.MatchString(text) || len(text) <= 100 && pageRating.MatchString(text) {
		return true
	}
	found := imageText.FindStringSubmatch(text)
	return found != nil && (nameish(found[1]) || placeName.MatchString(found[1]))
}

// dropPageRating takes the rating of the whole page, a number with how many reviews beneath it, for what it is.
func dropPageRating(list []pastedLine) {
	for i := range list {
		if list[i].is(saysDate | saysName) {
			return
		}
		if !decimalStars.MatchString(list[i].text) {
			continue
		}
		next := beside(list, i, 1)
		if next >= 0 && wholeWords[strings.ToLower(list[next].text)] { // "4.1", "Overall rating", "12 ratings"
			next = beside(list, next, 1)
		}
		if next >= 0 && howManySaid.MatchString(list[next].text) {
			list[i].says, list[i].stars = saysChrome, 0
			list[next].says = saysChrome
		}
	}
}

// reviewsBegin are the headings beneath which a page shows its reviews.
var reviewsBegin = regexp.MustCompile(`(?i)^(?:recommended reviews|patient reviews|customer reviews|patient perspectives|ratings (?:&|and) reviews|reviews|search reviews|showing (?:\d+ )?(?:of \d+ )?(?:ratings|reviews)\b.{0,80}|reseñas recomendadas|reseñas)$`)

// dropTop takes what stands above the heading of the reviews for the page's own, unless there is a review above.
func dropTop(list []pastedLine) {
	top := 0
	for i, l := range list {
		if l.is(saysName|saysEnd|saysReply) || l.is(saysDate) && l.apart {
			break
		}
		if reviewsBegin.MatchString(l.text) {
			top = i
		}
	}
	for i := range top {
		if !list[i].is(saysBlank) {
			list[i].says, list[i].stars = saysChrome, 0
		}
	}
}

var histogramLine = regexp.MustCompile(`(?i)^([1-5]) ?(?:stars?|★)?$`)

// dropHistogram takes the five lines from "5 stars" down to "1 star", with or without how many gave so many, for the page's own.
func dropHistogram(list []pastedLine) {
	for i := range list {
		if list[i].text[:min(1, len(list[i].text))] != "5" || !list[i].is(saysStars) {
			continue
		}
		next, end := 4, i
		for k := i + 1; k < len(list) && next > 0; k++ {
			text := list[k].text
			if found := histogramLine.FindStringSubmatch(text); found != nil && list[k].is(saysStars) && int(found[1][0]-'0') == next {
				next, end = next-1, k
			} else if !list[k].is(saysBlank) && strings.Trim(text, "0123456789.,%() ") != "" {
				break
			}
		}
		if next > 0 {
			continue
		}
		for k := i; k <= end; k++ {
			list[k].says, list[k].stars = saysChrome, 0
		}
	}
}

// loneStars takes a number from 1 to 5 on a line of its own for a rating, on a page that shows its ratings in no other way. The counts of votes
// and friends are such lines too, but they stand beside a button or in a row.
func loneStars(list []pastedLine) {
	for _, l := range list {
		if l.is(saysStars) {
			return
		}
	}
	for i := range list {
		if !loneDigit.MatchString(list[i].text) {
			continue
		}
		before, after := beside(list, i, -1), beside(list, i, 1)
		if after < 0 || isCount(list, before) || isCount(list, after) || !list[after].is(saysText|saysDate|saysName|maybeName) {
			continue
		}
		list[i].says, list[i].stars = saysStars, starsNumber(list[i].text)
	}
}

// isCount tells whether a line is a number or what numbers are shown beside.
func isCount(list []pastedLine, at int) bool {
	if at < 0 {
		return false
	}
	lower := strings.ToLower(list[at].text)
	return bareNumber.MatchString(lower) || voteWords[lower] || aspects[lower] || wholeWords[lower]
}

// beside is the next line in a direction that is not empty; -1: none.
func beside(list []pastedLine, at, step int) int {
	for i := at + step; i >= 0 && i < len(list); i += step {
		if !list[i].is(saysBlank) {
			return i
		}
	}
	return -1
}
