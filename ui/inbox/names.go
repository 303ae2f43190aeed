package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"

	"goodword/internal/practice"
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
	sites    []string          // that sources bring mentions from
	sources  map[string]string // the names of the sources, by their site
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
	n := names{topics: deps.Judge.Topics(), sources: map[string]string{}}
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
	sources, err := deps.Mentions.Sources(ctx)
	for _, source := range sources {
		if source.Site != "" && !slices.Contains(n.sites, source.Site) {
			n.sites = append(n.sites, source.Site)
			n.sources[source.Site] = source.Name
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

// site is a site as people call it; one that only our sources know has the name of its source.
func (n names) site(id string) string {
	if _, known := respond.SiteOf(id); !known && n.sources[id] != "" {
		return n.sources[id]
	}
	return respond.SiteName(id)
}
