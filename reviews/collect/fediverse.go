package collect

import (
	"errors"
	"net/url"
	"regexp"
	"strings"

	"goodword/reviews"
)

// mastodonTagKind is a hashtag as one server of Mastodon sees it, without an account.
var mastodonTagKind = Kind{
	ID: "mastodon-tag", Title: "Mastodon hashtag", Group: GroupNetworks, Every: 60, Retention: reviews.Own, feed: true,
	Help: "Public posts with one hashtag, without an account. Each server shows the posts that it has seen; a large one, or the one of your town, sees the most.\n" +
		"Write the hashtag in one word, for example BrightHarbor. Some servers show hashtags only to people who have signed in; then choose another server.",
	Fields: []Field{{Name: "tag", Label: "Hashtag", Example: "#BrightHarbor"},
		{Name: "server", Label: "Server", Example: "mastodon.social", Optional: true, Help: "Empty: mastodon.social."}},
	prepare: prepareMastodonTag,
	ask:     askShaped(func(f *reviews.Found) { f.Author = poster(f, mastodonPost) }),
	knows:   knowsMastodonTag,
}

// blueskyProfileKind is what one account of Bluesky posts, without an account of one's own.
var blueskyProfileKind = Kind{
	ID: "bluesky-profile", Title: "Bluesky profile", Group: GroupNetworks, Every: 120, Retention: reviews.Own, feed: true,
	Help: "The posts of one person or paper on Bluesky, without an account.\n" +
		"1. Open the profile on bsky.app.\n" +
		"2. Copy its name, for example harborgazette.bsky.social, or the address of the page.",
	Fields:  []Field{{Name: "profile", Label: "Profile", Example: "harborgazette.bsky.social"}},
	prepare: prepareBlueskyProfile,
	ask:     askShaped(func(f *reviews.Found) { f.Author = poster(f, blueskyPost) }),
	knows:   knowsBlueskyProfile,
}

// lemmyKind is a community of Lemmy.
var lemmyKind = Kind{
	ID: "lemmy", Title: "Lemmy community", Group: GroupNetworks, Every: 120, Retention: reviews.Own, feed: true,
	Help: "The newest posts of a community on a Lemmy server, such as that of your town. No account is needed.\n" +
		"Open the community and copy its address, for example https://lemmy.world/c/dentistry, or write it as dentistry@lemmy.world.",
	Fields:  []Field{{Name: "community", Label: "Community", Example: "dentistry@lemmy.world"}},
	prepare: prepareLemmy,
	ask:     askFeed,
	knows:   knowsLemmy,
}

var (
	hostName      = regexp.MustCompile(`^[0-9a-z](?:[0-9a-z-]*[0-9a-z])?(?:\.[0-9a-z](?:[0-9a-z-]*[0-9a-z])?)+(?::\d{1,5})?$`)
	mastodonPath  = regexp.MustCompile(`^/tags/([^/]+?)(?:\.rss)?$`)
	mastodonPost  = regexp.MustCompile(`^https?://([^/]+)/@([^/@]+)(?:@([^/]+))?/`)
	blueskyPost   = regexp.MustCompile(`^https?://bsky\.app/profile/([^/]+)/post/`)
	blueskyPath   = regexp.MustCompile(`^/profile/([^/]+)(?:/rss)?/?$`)
	blueskyHandle = regexp.MustCompile(`^(?:did:[a-z]+:[0-9A-Za-z.:%_-]+|[0-9A-Za-z.-]+\.[A-Za-z]{2,})$`)
	lemmyPath     = regexp.MustCompile(`^/(?:feeds/)?c/([0-9A-Za-z_]+)(?:@([0-9A-Za-z.-]+))?(?:\.xml)?/?$`)
	lemmyName     = regexp.MustCompile(`^!?([0-9A-Za-z_]+)@([0-9A-Za-z.:-]+)$`)
)

// poster is who wrote a post, read from its address: such feeds do not say it elsewhere.
func poster(f *reviews.Found, form *regexp.Regexp) string {
	parts := form.FindStringSubmatch(f.URL)
	switch {
	case f.Author != "" || parts == nil:
		return f.Author
	case len(parts) == 2:
		return "@" + parts[1]
	case parts[3] != "":
		return "@" + parts[2] + "@" + parts[3]
	}
	return "@" + parts[2] + "@" + parts[1]
}

func prepareMastodonTag(values reviews.Options) (reviews.Source, string, error) {
	server := serverIn(values["server"])
	if values["server"] == "" {
		server = "mastodon.social"
	}
	tag := strings.TrimPrefix(strings.TrimSpace(values["tag"]), "#")
	switch {
	case server == "":
		return reviews.Source{}, "", errors.New("This is not the name of a server. It looks like mastodon.social")
	case tag == "" || strings.ContainsAny(tag, " ,;#/?@"):
		return reviews.Source{}, "", errors.New("A hashtag is one word. Leave out spaces and signs, as in BrightHarbor")
	}
	return reviews.Source{Name: "#" + tag + " on " + server, Address: "https://" + server + "/tags/" + url.PathEscape(tag) + ".rss", Site: "mastodon"}, "", nil
}

// serverIn is the host in what was given as a server; empty: there is none.
func serverIn(given string) string {
	u, err := url.Parse(webAddress(strings.ToLower(given)))
	if err != nil || !hostName.MatchString(u.Host) {
		return ""
	}
	return u.Host
}

func knowsMastodonTag(u *url.URL) (reviews.Options, bool) {
	found := mastodonPath.FindStringSubmatch(u.Path)
	if found == nil || !hostName.MatchString(u.Host) || siteOf(u.String()) != strings.TrimPrefix(u.Hostname(), "www.") {
		return nil, false
	}
	return reviews.Options{"tag": found[1], "server": u.Host}, strings.HasSuffix(u.Path, ".rss") || strings.Contains(u.Host, "mastodon") || strings.Contains(u.Host, "social")
}

func prepareBlueskyProfile(values reviews.Options) (reviews.Source, string, error) {
	name := strings.TrimPrefix(strings.TrimSpace(values["profile"]), "@")
	if u, err := url.Parse(webAddress(name)); err == nil && u.Hostname() == "bsky.app" {
		if found := blueskyPath.FindStringSubmatch(u.Path); found != nil {
			name = found[1]
		}
	}
	if !blueskyHandle.MatchString(name) {
		return reviews.Source{}, "", errors.New("This is not a profile of Bluesky. It looks like harborgazette.bsky.social, or https://bsky.app/profile/harborgazette.bsky.social")
	}
	return reviews.Source{Address: "https://bsky.app/profile/" + name + "/rss", Site: "bluesky"}, "", nil
}

func knowsBlueskyProfile(u *url.URL) (reviews.Options, bool) {
	found := blueskyPath.FindStringSubmatch(u.Path)
	if u.Hostname() != "bsky.app" || found == nil {
		return nil, false
	}
	return reviews.Options{"profile": found[1]}, true
}

func prepareLemmy(values reviews.Options) (reviews.Source, string, error) {
	given := strings.TrimSpace(values["community"])
	community, server := "", ""
	if found := lemmyName.FindStringSubmatch(given); found != nil {
		community, server = found[1], strings.ToLower(found[2])
	} else if u, err := url.Parse(webAddress(given)); err == nil {
		if found := lemmyPath.FindStringSubmatch(u.Path); found != nil {
			community, server = found[1], u.Host
			if found[2] != "" {
				community += "@" + strings.TrimSuffix(found[2], ".xml")
			}
		}
	}
	if community == "" || !hostName.MatchString(server) {
		return reviews.Source{}, "", errors.New("This is not a community of Lemmy. It looks like dentistry@lemmy.world, or https://lemmy.world/c/dentistry")
	}
	name, _, _ := strings.Cut(community, "@")
	return reviews.Source{Name: name + " on " + server, Address: "https://" + server + "/feeds/c/" + community + ".xml?sort=New", Site: "lemmy"}, "", nil
}

func knowsLemmy(u *url.URL) (reviews.Options, bool) {
	if !lemmyPath.MatchString(u.Path) || !hostName.MatchString(u.Host) || onYouTube(u) {
		return nil, false
	}
	return reviews.Options{"community": u.String()}, strings.HasPrefix(u.Path, "/feeds/c/") || strings.Contains(u.Host, "lemmy")
}
