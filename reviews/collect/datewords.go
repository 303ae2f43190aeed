package collect

import (
	"regexp"
	"strings"
	"time"
)

// monthWords are the months of Spanish, German and French as exports write them, whole or cut short.
var monthWords = map[string]string{
	"enero": "Jan", "ene": "Jan", "febrero": "Feb", "marzo": "Mar", "abril": "Apr", "abr": "Apr", "mayo": "May", "junio": "Jun", "julio": "Jul", "agosto": "Aug", "ago": "Aug",
	"septiembre": "Sep", "setiembre": "Sep", "sept": "Sep", "set": "Sep", "octubre": "Oct", "noviembre": "Nov", "diciembre": "Dec", "dic": "Dec",
	"januar": "Jan", "jänner": "Jan", "februar": "Feb", "märz": "Mar", "mär": "Mar", "mrz": "Mar", "maerz": "Mar", "mai": "May", "juni": "Jun", "juli": "Jul", "oktober": "Oct", "okt": "Oct",
	"dezember": "Dec", "dez": "Dec",
	"janvier": "Jan", "janv": "Jan", "février": "Feb", "fevrier": "Feb", "févr": "Feb", "fevr": "Feb", "fév": "Feb", "mars": "Mar", "avril": "Apr", "avr": "Apr", "juin": "Jun", "juillet": "Jul", "juil": "Jul",
	"août": "Aug", "aout": "Aug", "septembre": "Sep", "octobre": "Oct", "novembre": "Nov", "décembre": "Dec", "decembre": "Dec", "déc": "Dec",
	"january": "Jan", "february": "Feb", "march": "Mar", "april": "Apr", "june": "Jun", "july": "Jul", "august": "Aug", "september": "Sep", "october": "Oct", "november": "Nov", "december": "Dec",
	"jan": "Jan", "feb": "Feb", "mar": "Mar", "apr": "Apr", "may": "May", "jun": "Jun", "jul": "Jul", "aug": "Aug", "sep": "Sep", "oct": "Oct", "nov": "Nov", "dec": "Dec",
}

// dateFillers are words around a date that say nothing.
var dateFillers = map[string]bool{"de": true, "del": true, "at": true, "on": true, "of": true, "the": true, "um": true, "den": true, "am": true, "le": true, "el": true, "à": true, "a": true, "las": true, "uhr": true, "·": true, "|": true, "-": true, "–": true,
	"lunes": true, "martes": true, "miércoles": true, "jueves": true, "viernes": true, "sábado": true, "domingo": true,
	"montag": true, "dienstag": true, "mittwoch": true, "donnerstag": true, "freitag": true, "samstag": true, "sonntag": true,
	"lundi": true, "mardi": true, "mercredi": true, "jeudi": true, "vendredi": true, "samedi": true, "dimanche": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
	"mon": true, "tue": true, "tues": true, "wed": true, "thu": true, "thur": true, "thurs": true, "fri": true, "sat": true, "sun": true,
	"published": true, "posted": true, "reviewed": true, "edited": true, "written": true}

var (
	ordinal   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)$`)
	frenchHMS = regexp.MustCompile(`^(\d{1,2})[hH](\d{2})$`)
	halfDay   = regexp.MustCompile(`^(?i)([ap])\.?m\.?$`)
	offset    = regexp.MustCompile(`^\(?(?:UTC|GMT)([+-])(\d{1,2})(?::?(\d{2}))?\)?$`)
)

// plainDate writes a date in the words of the layouts: English months, no weekday, no filler, "3:04 PM", "+0200".
func plainDate(text string) string {
	if len(text) > 60 {
		return text
	}
	var parts []string
	words := strings.Fields(strings.ReplaceAll(text, ",", " "))
	for i, word := range words {
		bare := strings.ToLower(strings.TrimRight(word, "."))
		if found := halfDay.FindStringSubmatch(word); found != nil && i > 0 && strings.Contains(words[i-1], ":") {
			parts = append(parts, strings.ToUpper(found[1])+"M")
			continue
		}
		if month, ok := monthWords[bare]; ok {
			parts = append(parts, month)
			continue
		}
		if dateFillers[bare] {
			continue
		}
		if found := ordinal.FindStringSubmatch(strings.ToLower(word)); found != nil {
			word = found[1]
		} else if found := frenchHMS.FindStringSubmatch(word); found != nil {
			word = found[1] + ":" + found[2]
		} else if found := offset.FindStringSubmatch(word); found != nil {
			word = found[1] + pad(found[2]) + pad(found[3])
		}
		parts = append(parts, word)
	}
	// The layouts have a comma behind the day where the month stands first.
	if len(parts) >= 3 && len(parts[0]) == 3 && monthWords[strings.ToLower(parts[0])] != "" && len(parts[1]) <= 2 {
		parts[1] += ","
	}
	return strings.Join(parts, " ")
}

func pad(digits string) string {
	for len(digits) < 2 {
		digits = "0" + digits
	}
	return digits
}

// zoneHours are the abbreviations of time zones that exports write. Go knows only those of the zone in which it reads, and takes the others for UTC.
var zoneHours = map[string]float64{"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "AST": -4, "ADT": -3, "NST": -3.5, "NDT": -2.5,
	"CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "BST": 1, "WET": 0, "WEST": 1, "EET": 2, "EEST": 3, "AEST": 10, "AEDT": 11, "AWST": 8, "ACST": 9.5, "ACDT": 10.5, "NZST": 12, "NZDT": 13}

// zoned puts a date with an abbreviated zone where it belongs.
func zoned(at time.Time, zone *time.Location) time.Time {
	name, seconds := at.Zone()
	if strings.HasPrefix(name, "GMT") && len(name) > 3 { // "GMT+2" is understood by Go, and not counted
		return at.Add(-time.Duration(seconds) * time.Second)
	}
	hours, ok := zoneHours[name]
	if !ok || seconds != 0 || at.Location() == zone {
		return at
	}
	return at.Add(-time.Duration(hours * float64(time.Hour)))
}
