package collect

import (
	"net/url"
	"strings"

	"goodword/reviews"
)

// link returns a web address that may be stored and opened, resolved against base and taken out of the redirectors of search engines; empty if
// it is none.
func link(address, base string) string {
	address = strings.TrimSpace(address)
	if address == "" {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	if !u.IsAbs() {
		from, err := url.Parse(base)
		if err != nil || !from.IsAbs() {
			return ""
		}
		u = from.ResolveReference(u)
	}
	u = reviews.Unwrapped(u)
	if u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return ""
	}
	return u.String()
}

// sites are the hosts that go by a name of their own.
var sites = map[string]string{"google.com": "google", "news.google.com": "google news", "g.co": "google", "yelp.com": "yelp", "facebook.com": "facebook", "healthgrades.com": "healthgrades",
	"zocdoc.com": "zocdoc", "trustpilot.com": "trustpilot", "reddit.com": "reddit", "youtube.com": "youtube", "bsky.app": "bluesky", "glassdoor.com": "glassdoor",
	"indeed.com": "indeed", "vitals.com": "vitals", "webmd.com": "webmd", "ratemds.com": "ratemds", "careopinion.org.uk": "care opinion", "nhs.uk": "nhs",
	"doctify.com": "doctify", "instagram.com": "instagram", "linkedin.com": "linkedin"}

// siteOf names the site of an address: a well-known name, or the host.
func siteOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	for name := host; strings.Contains(name, "."); {
		if site, ok := sites[name]; ok {
			return site
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return host
}

// gathers reports whether an address is a search over many sites, so that each entry is of the site it leads to.
func gathers(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host, path := strings.ToLower(u.Hostname()), u.Path
	return strings.HasSuffix(host, "google.com") && (strings.HasPrefix(path, "/alerts/") || strings.HasPrefix(host, "news.")) ||
		strings.HasSuffix(host, "bing.com") && strings.HasPrefix(path, "/news")
}

// webAddress makes an address of what a person pasted.
func webAddress(pasted string) string {
	pasted = strings.TrimSpace(pasted)
	for _, prefix := range []string{"feed://", "feed:", "itpc://"} {
		if len(pasted) > len(prefix) && strings.EqualFold(pasted[:len(prefix)], prefix) {
			pasted = pasted[len(prefix):]
			break
		}
	}
	if !strings.Contains(pasted, "://") {
		pasted = "https://" + pasted
	}
	return pasted
}
