package reviews

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// Canonical is the form of a web address by which two ways of writing it are known to be one; empty if it is no web address. Redirectors are
// unwrapped; what says how a reader came, which device reads, and which protocol is used is left out.
func Canonical(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || !onTheWeb(u) {
		return ""
	}
	u = Unwrapped(u)
	host, path := desktop(u), strings.TrimRight(plainPath(u.EscapedPath()), "/")
	if host == "youtu.be" && len(path) > 1 {
		return "youtube.com/watch?v=" + path[1:]
	}
	var b strings.Builder
	b.WriteString(host)
	b.WriteString(path)
	if u.RawQuery != "" {
		parts := strings.FieldsFunc(u.RawQuery, func(c rune) bool { return c == '&' || c == ';' })
		parts = slices.DeleteFunc(parts, isTracking)
		slices.Sort(parts)
		if len(parts) > 0 {
			b.WriteString("?" + strings.Join(parts, "&"))
		}
	}
	if fragment, _, _ := strings.Cut(u.Fragment, ":~:"); fragment != "" {
		b.WriteString("#" + fragment)
	}
	return b.String()
}

func onTheWeb(u *url.URL) bool { return (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" }

// devices are the first names of hosts that show the same pages made for other readers.
var devices = []string{"www", "m", "mobile", "amp", "touch", "mbasic"}

// desktop is the host, with a port that is not the usual one, under the name that it has for a reader at a desk.
func desktop(u *url.URL) string {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for {
		first, rest, _ := strings.Cut(host, ".")
		if !slices.Contains(devices, first) || !strings.Contains(rest, ".") {
			break
		}
		host = rest
	}
	host = strings.Replace(host, ".m.", ".", 1)
	if strings.HasSuffix(host, ".reddit.com") {
		host = "reddit.com"
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host += ":" + port
	}
	return host
}

// plainPath is a path without what asks for the AMP form of the page.
func plainPath(path string) string {
	path = strings.TrimSuffix(strings.TrimSuffix(path, "/"), "/amp")
	path = strings.TrimSuffix(path, ".amp")
	if rest, ok := strings.CutPrefix(path, "/amp/"); ok {
		return "/" + rest
	}
	return path
}

// tracking are the parts of an address that say how a reader came, not where.
var tracking = map[string]bool{}

func init() {
	for _, name := range strings.Fields(`fbclid gclid gclsrc gbraid wbraid dclid msclkid igshid igsh mc_cid mc_eid yclid ttclid twclid rdt_cid li_fat_id
		_hsenc _hsmi cmpid ncid ref_src ref_url mkt_tok _ga _gl mibextid sfnsn vero_id oly_anon_id oly_enc_id ck_subscriber_id s_kwcid ef_id _openstat
		__twitter_impression fb_action_ids fb_action_types fb_ref fb_source __tn__ share_id trk trackingid spm si amp outputtype`) {
		tracking[name] = true
	}
}

func isTracking(part string) bool {
	name, _, _ := strings.Cut(part, "=")
	name = strings.ToLower(name)
	for _, family := range []string{"utm_", "pk_", "mtm_", "hsa_", "wt_mc"} {
		if strings.HasPrefix(name, family) {
			return true
		}
	}
	return tracking[name]
}

// redirector says in which part of its query a page that only leads on names where to.
type redirector struct {
	host, path string // the host without www., and how the path begins
	in         []string
}

var redirectors = []redirector{
	{"bing.com", "/news/apiclick", []string{"url"}}, {"l.facebook.com", "/l.php", []string{"u"}}, {"lm.facebook.com", "/l.php", []string{"u"}},
	{"facebook.com", "/l.php", []string{"u"}}, {"l.instagram.com", "/", []string{"u"}}, {"youtube.com", "/redirect", []string{"q"}},
	{"out.reddit.com", "/", []string{"url"}}, {"linkedin.com", "/redir/", []string{"url"}}, {"linkedin.com", "/safety/go", []string{"url"}},
	{"duckduckgo.com", "/l/", []string{"uddg"}}, {"slack-redir.net", "/link", []string{"url"}}, {"vk.com", "/away.php", []string{"to"}},
	{"disq.us", "/url", []string{"url"}}, {"t.umblr.com", "/redirect", []string{"z"}}, {"urldefense.proofpoint.com", "/v1/url", []string{"u"}},
}

// layers is how many redirectors may be wrapped around each other: a mail filter around a search engine around a page is usual.
const layers = 5

// Unwrapped is where a redirector leads that carries its destination in its own address: those of search engines, social networks and mail
// filters. One that keeps it to itself, such as a shortener, stays as it is: nothing is asked over the network for it.
func Unwrapped(u *url.URL) *url.URL {
	for range layers {
		inner, err := url.Parse(destination(u))
		if err != nil || !onTheWeb(inner) {
			return u
		}
		u = inner
	}
	return u
}

// destination is the address within an address, or empty.
func destination(u *url.URL) string {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	switch {
	case strings.HasSuffix(host, ".safelinks.protection.outlook.com"):
		return u.Query().Get("url")
	case strings.HasPrefix(host, "google."):
		if u.Path == "/url" {
			return first(u.Query(), "url", "q")
		}
		return ampOf(u.Path, "/amp/")
	case strings.HasSuffix(host, "cdn.ampproject.org"):
		return ampOf(u.Path, "/c/", "/v/")
	case host == "news.google.com":
		return insideArticle(u.Path)
	case host == "bing.com" && u.Path == "/ck/a":
		return decoded(strings.TrimPrefix(u.Query().Get("u"), "a1"))
	case host == "urldefense.proofpoint.com" && strings.HasPrefix(u.Path, "/v2/url"):
		plain, err := url.QueryUnescape(strings.NewReplacer("-", "%", "_", "/").Replace(u.Query().Get("u")))
		if err != nil {
			return ""
		}
		return plain
	case host == "urldefense.com" && strings.HasPrefix(u.Path, "/v3/__"):
		return proofpoint3(u.String())
	}
	for _, r := range redirectors {
		if host == r.host && strings.HasPrefix(u.Path+"/", r.path) {
			return first(u.Query(), r.in...)
		}
	}
	return ""
}

func first(query url.Values, names ...string) string {
	for _, name := range names {
		if value := query.Get(name); strings.HasPrefix(value, "http") {
			return value
		}
	}
	return ""
}

// ampOf is the page that an AMP cache shows: its path is the address, with "s/" for https.
func ampOf(path string, prefixes ...string) string {
	for _, prefix := range prefixes {
		if rest, ok := strings.CutPrefix(path, prefix); ok {
			if rest, ok := strings.CutPrefix(rest, "s/"); ok {
				return "https://" + rest
			}
			return "http://" + rest
		}
	}
	return ""
}

// insideArticle is the address that the older names of Google News articles hold; the newer ones hold none.
func insideArticle(path string) string {
	text := decoded(path[strings.LastIndexByte(path, '/')+1:])
	i := strings.Index(text, "http")
	if i < 0 {
		return ""
	}
	text = text[i:]
	if end := strings.IndexFunc(text, func(c rune) bool { return c <= ' ' || c > '~' }); end >= 0 {
		text = text[:end]
	}
	return text
}

func decoded(text string) string {
	plain, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return ""
	}
	return string(plain)
}

// runLengths are how many letters the letter after "**" stands for.
const runLengths = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// proofpoint3 puts the letters back that version 3 of the filter moved to the end of the address and replaced by asterisks.
func proofpoint3(address string) string {
	_, rest, _ := strings.Cut(address, "/v3/__")
	inner, moved, ok := strings.Cut(rest, "__;")
	if !ok {
		return ""
	}
	moved, _, _ = strings.Cut(moved, "!")
	letters := decoded(moved)
	take := func(n int) string {
		n = min(n, len(letters))
		taken := letters[:n]
		letters = letters[n:]
		return taken
	}
	var b strings.Builder
	for i := 0; i < len(inner); i++ {
		switch {
		case inner[i] != '*':
			b.WriteByte(inner[i])
		case i+2 < len(inner) && inner[i+1] == '*' && strings.IndexByte(runLengths, inner[i+2]) >= 0:
			b.WriteString(take(strings.IndexByte(runLengths, inner[i+2]) + 2))
			i += 2
		default:
			b.WriteString(take(1))
		}
	}
	return b.String()
}
