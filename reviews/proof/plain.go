package proof

import (
	"regexp"
	"strings"

	"goodword/internal/audit"
)

var (
	hashWords = regexp.MustCompile(`(?:, to |, )?(?:words )?sha256:[0-9a-f]+`)
	number    = regexp.MustCompile(`^[a-z]+/\d+$`)
)

// Plain is a line of the audit log as a sentence without its subject's name: what was done, and what became of it. Hashes are for machines.
func Plain(line audit.Line) string {
	before, after := tidy(line.Before), tidy(line.After)
	switch {
	case line.Did == "flagged" && after == "false":
		return "took the flag away"
	case line.Did == "gone from the site" && after == "false":
		return "saw it on the site again"
	case line.Did == "gone from the site":
		return "no longer saw it on the site"
	case strings.HasPrefix(line.Did, "corrected"):
		return line.Did + " what the program understood"
	case after == "" || after == before || number.MatchString(after) || after == "true" || after == "false" || strings.HasPrefix(after, "{") || strings.HasPrefix(after, "["):
		return line.Did
	case strings.Contains(line.Did, after):
		return line.Did
	case before == "" || number.MatchString(before):
		return line.Did + " (now: " + after + ")"
	}
	return line.Did + " (" + before + " → " + after + ")"
}

// tidy leaves the hashes out.
func tidy(side string) string {
	return strings.TrimSpace(hashWords.ReplaceAllString(side, ""))
}
