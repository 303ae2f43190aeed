package collect

import (
	"regexp"

	"goodword/internal/refusal"
)

// errLogin is an ErrPage that knows more: a page like any other would be searched for a feed, and this one has none.
var errLogin = refusal.Because(ErrPage, "The site shows a page that asks for a login in place of the feed")

var passwordField = regexp.MustCompile(`(?i)<input\b[^>]{0,500}\btype\s*=\s*["']?password\b`)

// pageInPlace is the error for a page that came where a feed was asked for.
func pageInPlace(text []byte) error {
	if passwordField.Match(text[:min(len(text), 512<<10)]) {
		return errLogin
	}
	return ErrPage
}
