package kit

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"unicode"
)

// ErrUnsafeLink is returned for an address that Goodword does not open.
var ErrUnsafeLink = errors.New("only web and e-mail addresses can be opened")

// SafeLink parses an address that came from outside and lets through only http and https with a
// host, and mailto with an address. Whatever is opened goes to the operating system, which would
// run a file or reach a network share just as readily as it shows a page.
func SafeLink(raw string) (*url.URL, error) {
	link := strings.TrimSpace(raw)
	if link == "" {
		return nil, fmt.Errorf("the address is empty: %w", ErrUnsafeLink)
	}
	if strings.IndexFunc(link, unsafeRune) >= 0 {
		return nil, fmt.Errorf("the address holds characters that do not belong there: %w", ErrUnsafeLink)
	}
	parsed, err := url.Parse(link)
	if err != nil {
		return nil, fmt.Errorf("the address cannot be read: %w", ErrUnsafeLink)
	}
	switch strings.ToLower(parsed.Scheme) {
	case "http", "https":
		if parsed.Hostname() == "" || parsed.Opaque != "" {
			return nil, fmt.Errorf("the address names no site: %w", ErrUnsafeLink)
		}
		return parsed, nil
	case "mailto":
		if parsed.Host != "" || !strings.Contains(parsed.Opaque, "@") {
			return nil, fmt.Errorf("the e-mail address is incomplete: %w", ErrUnsafeLink)
		}
		return parsed, nil
	case "":
		return nil, fmt.Errorf("the address lacks https:// in front: %w", ErrUnsafeLink)
	default:
		return nil, fmt.Errorf("addresses that start with %s: are not opened: %w", parsed.Scheme, ErrUnsafeLink)
	}
}

// unsafeRune tells characters that have no place in an address and that shells or browsers read
// in different ways: controls, spaces, quotes, backslashes, and marks that change reading order.
func unsafeRune(r rune) bool {
	switch r {
	case '\\', '"', '<', '>', '`', '^', '{', '}', '|':
		return true
	}
	return unicode.IsControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}
