package respond

import (
	"fmt"
	"io/fs"
	"net/url"
	"regexp"
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

	Answer     string `yaml:"answer"`      // where a reply is written: "there", beneath what was said, or "desk", on ReplyPage
	PageStatus string `yaml:"page_status"` // how sure ReplyPage is
	Deep       string `yaml:"deep"`        // which addresses lead straight to where one mention is answered; "": none that we know
	DeepStatus string `yaml:"deep_status"`
	DeepURL    string `yaml:"deep_url"` // where that was read
	Checked    string `yaml:"-"`        // when the links were last gone through

	deep *regexp.Regexp
}

// Link is where a reply is written.
type Link struct {
	Address string
	Deep    bool   // it leads straight to the reply to this one mention
	Status  string // how sure it is that a reply is written there; "": the practice named the page itself
	Checked string
}

// ReplyLink is where a reply to a mention is written: the mention's own address where the site lets it be answered there, else a page that the
// practice named, else the site's own page for replies, else the mention's address.
func (s Site) ReplyLink(mention string, named ...string) Link {
	own := onTheWeb(mention)
	if own && s.deep != nil && s.deep.MatchString(mention) {
		return Link{mention, true, s.DeepStatus, s.Checked}
	}
	if own && s.ID == "" {
		return Link{Address: mention, Deep: true}
	}
	for _, page := range named {
		if onTheWeb(page) {
			return Link{Address: page}
		}
	}
	switch {
	case s.ReplyPage != "":
		return Link{s.ReplyPage, false, s.PageStatus, s.Checked}
	case own:
		return Link{Address: mention}
	}
	return Link{}
}

// onTheWeb reports whether a browser could open an address.
func onTheWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
}

var siteList = sync.OnceValue(func() []Site {
	sites, err := loadSites(assets.FS)
	if err != nil {
		panic(err) // the list is part of the program and a test loads it
	}
	return sites
})

func loadSites(files fs.FS) ([]Site, error) {
	var file struct {
		Checked string
		Sites   []Site
	}
	if err := read(files, "sites/sites.yaml", &file); err != nil {
		return nil, err
	}
	taken := map[string]string{}
	for i, s := range file.Sites {
		if s.Answer != "there" && s.Answer != "desk" {
			return nil, fmt.Errorf("The site %s is answered %q, which is not known", s.ID, s.Answer)
		}
		if file.Sites[i].Checked = file.Checked; s.Deep != "" {
			var err error
			if file.Sites[i].deep, err = regexp.Compile(s.Deep); err != nil {
				return nil, fmt.Errorf("The addresses of %s cannot be told: %w", s.ID, err)
			}
		}
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
