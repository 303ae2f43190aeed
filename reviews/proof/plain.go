package proof

import (
	"strconv"
	"strings"

	"goodword/internal/audit"
)

// Plain is a line of the audit log in plain words that follow the name of who did it. The hashes it carries are for machines. name gives the name
// of a person by number.
func Plain(line audit.Line, name func(int64) string) string {
	switch {
	case line.Did == "assigned":
		if id, ok := person(line.After); ok {
			return "gave it to " + name(id)
		}
		return "gave it to nobody"
	case line.Did == "flagged" && line.After == "false":
		return "took the flag away"
	case line.Did == "flagged":
		return "flagged it"
	case line.Did == "gone from the site" && line.After == "false":
		return "saw it on the site again"
	case line.Did == "gone from the site":
		return "no longer saw it on the site"
	case line.Did == "corrected":
		return "corrected what the program understood"
	case line.Did == "reply seen on the site":
		return "counted it as answered, because the site shows a reply"
	case line.Did == "the site rejected the reply":
		return "noted that the site refused the reply"
	case line.Did == "entered by hand":
		return "entered it by hand"
	case line.Did == "the whole text came":
		return "found the whole text"
	case line.Did == "read":
		return "read it"
	case line.Did == "answered":
		return "counted it as answered"
	case line.Did == "resolved", line.Did == "reopened":
		return line.Did + " it"
	case line.Did == "changed on the site":
		return "found it changed on the site"
	case strings.HasPrefix(line.Did, "saved a draft"):
		return "saved a draft of the reply"
	}
	return line.Did
}

func person(side string) (int64, bool) {
	number, ok := strings.CutPrefix(side, "person/")
	id, err := strconv.ParseInt(number, 10, 64)
	return id, ok && err == nil && id != 0
}
