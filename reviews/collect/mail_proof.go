package collect

import (
	"regexp"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// What stands under a mention that came by mail. They are short: a person reads them beside the name of the author.
const (
	proofNone     = "Not signed: treat with care"
	proofExcerpt  = ". The mail holds only its beginning"
	proofForward  = "Forwarded as an attachment: its sender was not checked"
	proofNoSender = "The sender of the mail is not clear: treat with care"
)

// proofOf says in a sentence what the receiving server found out about the sender. The server's finding is believed if it stands under the
// server's own name; without a name the topmost is, for a server puts its own above those that came with the mail.
func proofOf(l letter, server string) string {
	if l.address == "" {
		return proofNoSender
	}
	_, domain, _ := strings.Cut(l.address, "@")
	for _, result := range l.results {
		by, findings := readResults(result)
		if server != "" && !strings.EqualFold(by, strings.TrimSpace(server)) {
			continue
		}
		return findings.sentence(domain)
	}
	return proofNone
}

// finding is what came of one way of checking a sender.
type finding struct{ method, result, domain string }

type findings []finding

var comments = regexp.MustCompile(`\([^()]*\)`)

// readResults reads an Authentication-Results field (RFC 8601): who checked, and what came of it.
func readResults(field string) (by string, list findings) {
	for range 3 { // comments may stand in comments
		field = comments.ReplaceAllString(field, " ")
	}
	parts := strings.Split(field, ";")
	by, _, _ = strings.Cut(strings.TrimSpace(parts[0]), " ")
	for _, part := range parts[1:] {
		var f finding
		for _, word := range strings.Fields(strings.ReplaceAll(strings.ReplaceAll(part, " =", "="), "= ", "=")) {
			name, value, ok := strings.Cut(word, "=")
			name, value = strings.ToLower(name), strings.ToLower(strings.Trim(value, `"<>`))
			switch {
			case !ok:
			case f.method == "":
				f.method, _, _ = strings.Cut(name, "/")
				f.result = value
			case name == "header.d", name == "header.i" && f.domain == "", name == "smtp.mailfrom", name == "smtp.mail", name == "header.from":
				f.domain = value[strings.LastIndex(value, "@")+1:]
			}
		}
		if f.method != "" {
			list = append(list, f)
		}
	}
	return by, list
}

// sentence is what a person should know: who signed it, and whether that is who it says it is from.
func (list findings) sentence(from string) string {
	other, broken, sent := "", "", ""
	dmarc := false
	for _, f := range list {
		switch {
		case f.method == "dkim" && f.result == "pass" && related(f.domain, from):
			return "Signed by " + f.domain
		case f.method == "dkim" && f.result == "pass":
			other = f.domain
		case f.method == "dkim" && f.result == "fail":
			broken = f.domain
		case f.method == "dmarc" && f.result == "pass" && (f.domain == "" || related(f.domain, from)):
			dmarc = true
		case f.method == "spf" && f.result == "pass" && related(f.domain, from):
			sent = f.domain
		}
	}
	switch {
	case dmarc:
		return "Sent on behalf of " + from + ", as its rules allow (DMARC)"
	case broken != "" && other == "":
		return "The signature of " + broken + " is not valid: treat with care"
	case other != "":
		return "Signed by " + other + " and not by " + from + ": treat with care"
	case sent != "":
		return "Sent by a server of " + sent + ", not signed"
	}
	return proofNone
}

// related reports whether two domains belong to one owner.
func related(a, b string) bool {
	if a == b {
		return a != ""
	}
	x, errX := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(a, "."))
	y, errY := publicsuffix.EffectiveTLDPlusOne(strings.TrimSuffix(b, "."))
	return errX == nil && errY == nil && x == y
}
