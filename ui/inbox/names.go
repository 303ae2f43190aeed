package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"

	"goodword/internal/practice"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/respond"
)

// names are the words for what mentions hold as numbers and ids.
type names struct {
	practice practice.Practice
	places   []practice.Place
	people   []practice.Person // also who left: their names stand on what they did
	today    string            // in the zone of the practice
	topics   []classify.Topic
	sites    []string                 // that sources bring mentions from
	live     []reviews.Source         // the sources in use
	sources  map[int64]reviews.Source // also the removed ones: what they brought is still here
}

func (s *Screen) known() *names { return s.names.Load() }

// readNames reads them in the background, then runs after.
func (s *Screen) readNames(after func()) {
	s.bg.Run(func(ctx context.Context) func() {
		n, err := readNames(ctx, s.deps)
		return func() {
			if err != nil {
				s.host.Fail("Reading the practice", err)
			}
			s.names.Store(&n)
			after()
		}
	})
}

func readNames(ctx context.Context, deps Deps) (names, error) {
	n := names{topics: deps.Judge.Topics(), sources: map[int64]reviews.Source{}}
	var err error
	if n.practice, err = deps.Practices.Get(ctx); err != nil && !errors.Is(err, practice.ErrNone) {
		return n, err
	}
	n.today = deps.Now().In(n.practice.Location()).Format(practice.Day)
	if n.places, err = deps.Practices.Places(ctx); err != nil {
		return n, err
	}
	if n.people, err = deps.Practices.People(ctx); err != nil {
		return n, err
	}
	if n.live, err = deps.Mentions.Sources(ctx); err != nil {
		return n, err
	}
	removed, err := deps.Mentions.RemovedSources(ctx)
	for _, source := range slices.Concat(n.live, removed) {
		n.sources[source.ID] = source
	}
	for _, source := range n.live {
		if source.Site != "" && !slices.Contains(n.sites, source.Site) {
			n.sites = append(n.sites, source.Site)
		}
	}
	slices.Sort(n.sites)
	return n, err
}

func (n names) person(id int64) string {
	for _, p := range n.people {
		if p.ID == id {
			return p.Name
		}
	}
	return "somebody"
}

// staff are the people who work here now.
func (n names) staff() []practice.Person {
	return slices.DeleteFunc(slices.Clone(n.people), func(p practice.Person) bool { return !p.Here(n.today) })
}

func (n names) place(id int64) *practice.Place {
	for i := range n.places {
		if n.places[i].ID == id {
			return &n.places[i]
		}
	}
	return nil
}

func (n names) topic(id string) string {
	for _, t := range n.topics {
		if t.ID == id {
			return t.Label
		}
	}
	return strings.ReplaceAll(id, "_", " ")
}

// site is a site as people call it; one that a single source brings everything from has the name of that source.
func (n names) site(id string) string {
	name := ""
	for _, source := range n.live {
		if source.Site != id {
			continue
		}
		if name != "" {
			return respond.SiteName(id)
		}
		name = source.Name
	}
	if _, known := respond.SiteOf(id); known || name == "" {
		return respond.SiteName(id)
	}
	return name
}

// mostSite is how many letters of a host there is room for in the list.
const mostSite = 30

// where is where something was said: the site that everybody knows, else the source that brought it, by its own name.
func (n names) where(site string, sourceID int64) string {
	source := n.sources[sourceID]
	switch _, known := respond.SiteOf(site); {
	case known || site == "":
		return respond.SiteName(site)
	case source.Site == site && source.Name != "" && source.Name != site:
		return source.Name
	}
	return respond.ShortSite(site, mostSite)
}

// replyLink is where a reply is written: see respond.Site.ReplyLink.
func (n names) replyLink(m reviews.Mention, place *practice.Place) respond.Link {
	site, _ := respond.SiteOf(m.Site)
	own := n.sources[m.SourceID].Options
	named := []string{own["reply"]}
	if place != nil {
		named = append(named, place.Pages[m.Site])
	}
	link := site.ReplyLink(m.URL, named...)
	if link.Address == "" {
		link.Address = n.page(m, place)
	}
	return link
}

// page is the address at which a mention stands: that of the review, else that of the place on the site, else what its source has, else the
// site's own page for replies.
func (n names) page(m reviews.Mention, place *practice.Place) string {
	site, _ := respond.SiteOf(m.Site)
	own := n.sources[m.SourceID].Options
	list := []string{m.URL, "", own["reply"], site.ReplyPage, own["profile"]}
	if place != nil {
		list[1] = place.Pages[m.Site]
	}
	for _, page := range list {
		if strings.HasPrefix(page, "https://") || strings.HasPrefix(page, "http://") { // a profile may also be a name on a network
			return page
		}
	}
	return ""
}
