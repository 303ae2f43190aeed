package respond

import (
	"fmt"
	"io/fs"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/rivo/uniseg"

	"goodword/assets"
)

// Site is a place on the net where people speak of practices, and how a practice answers there.
type Site struct {
	ID        string   `yaml:"id"`
	Name      string   `yaml:"name"`
	Hosts     []string `yaml:"hosts"`
	Limit     int      `yaml:"limit"` // of a reply; 0: none is published
	Unit      string   `yaml:"unit"`  // "bytes" or "characters"
	ReplyPage string   `yaml:"page"`  // where the practice signs in to answer
	How       string   `yaml:"how"`
	Note      string   `yaml:"note"`
	Status    string   `yaml:"status"` // how sure the facts are: "verified", "secondary", "memory"
	URL       string   `yaml:"url"`    // where the limit was read
}

var siteList = sync.OnceValue(func() []Site {
	sites, err := loadSites(assets.FS)
	if err != nil {
		panic(err) // the list is part of the program and a test loads it
	}
	return sites
})

func loadSites(files fs.FS) ([]Site, error) {
	var file struct{ Sites []Site }
	if err := read(files, "sites/sites.yaml", &file); err != nil {
		return nil, err
	}
	taken := map[string]string{}
	for _, s := range file.Sites {
		if s.Unit != "bytes" && s.Unit != "characters" {
			return nil, fmt.Errorf("The site %s counts its limit in %q, which is not known", s.ID, s.Unit)
		}
		for _, host := range append([]string{s.ID}, s.Hosts...) {
			if other := taken[host]; other != "" {
				return nil, fmt.Errorf("%s belongs to both %s and %s", host, other, s.ID)
			}
			taken[host] = s.ID
		}
	}
	return file.Sites, nil
}

// Sites lists the sites that are known.
func Sites() []Site { return append([]Site(nil), siteList()...) }

// SiteOf finds a site by its id, by a host or by the address of a page on it; "www.yelp.com" and "m.yelp.com" are both Yelp.
func SiteOf(address string) (Site, bool) {
	host := strings.ToLower(strings.TrimSpace(address))
	if u, err := url.Parse(host); err == nil && u.Host != "" {
		host = u.Hostname()
	}
	for _, s := range siteList() {
		if s.ID == host {
			return s, true
		}
	}
	for ; host != ""; _, host, _ = strings.Cut(host, ".") {
		for _, s := range siteList() {
			if slices.Contains(s.Hosts, host) {
				return s, true
			}
		}
	}
	return Site{}, false
}

// SiteName is a site as people call it; one that is not known keeps its id.
func SiteName(id string) string {
	if s, ok := SiteOf(id); ok {
		return s.Name
	}
	if id == "" {
		return "Entered by hand"
	}
	return id
}

// ShortSite is a site in at most so many letters. A name that nobody knows loses its beginning: the end of a host tells whose it is, and one cut
// at its end could read as another.
func ShortSite(id string, letters int) string {
	name := []rune(id)
	if s, ok := SiteOf(id); ok && s.ID == id || len(name) <= letters {
		return id
	}
	return "…" + string(name[len(name)-letters+1:])
}

// Length counts a text as the site does.
func (s Site) Length(text string) int {
	if s.Unit == "bytes" {
		return len(text)
	}
	return uniseg.GraphemeClusterCount(text)
}

// Fits reports whether a text is within the site's limit for replies.
func (s Site) Fits(text string) bool { return s.Limit == 0 || s.Length(text) <= s.Limit }
