package collect

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/reviews/respond"
)

// OtherSite is the choice of a site that is not among the usual ones.
const OtherSite = "Another site"

// usualStops are the sites without an interface that practices are spoken of on, by the names of their pages.
var usualStops = []string{"healthgrades", "zocdoc", "webmd", "vitals", "ratemds", "yelp", "facebook", "google", "glassdoor", "indeed", "doctify", "iwantgreatcare", "nextdoor", "bbb"}

// sweepKind is a site that no program may ask: a person looks there once a week and pastes what is new.
var sweepKind = Kind{
	ID: reviews.KindSweep, Title: "Site of the weekly round", Group: GroupByHand, Retention: reviews.Own, All: true,
	Help: "For review sites without an interface: Goodword reminds you once a week, opens the page, and takes what you paste.\n" +
		"Open your practice's page on the site in your browser and copy its address.\n" +
		"Choose the address that shows the newest reviews first, if the site has one.",
	Fields: []Field{
		{Name: "site", Label: "Site", Choices: append(StopNames(), OtherSite)},
		{Name: "name", Label: "Name of another site", Optional: true},
		{Name: "profile", Label: "Address of your page there", Example: "https://"},
		{Name: "reply", Label: "Address where you answer", Help: "Where you sign in to reply, if that is another page.", Example: "https://", Optional: true},
		{Name: "every", Label: "How often to look", Choices: reviews.RoundPaces()},
	},
	prepare: prepareSweep,
}

// StopNames are the names of the sites that a round usually goes to.
func StopNames() []string {
	var names []string
	for _, id := range usualStops {
		names = append(names, stopName(id))
	}
	return names
}

// stopName is a site as people call it.
func stopName(id string) string {
	if id == "facebook" {
		return "Facebook recommendations"
	}
	return respond.SiteName(id)
}

func prepareSweep(values reviews.Options) (reviews.Source, string, error) {
	profile, err := stopAddress(values["profile"])
	if err != nil {
		return reviews.Source{}, "", err
	}
	options := reviews.Options{"site": values["site"], "name": values["name"], "profile": profile, "reply": "", "every": values["every"]}
	if options["reply"] = strings.TrimSpace(values["reply"]); options["reply"] != "" {
		if options["reply"], err = stopAddress(options["reply"]); err != nil {
			return reviews.Source{}, "", err
		}
	}
	s := reviews.Source{Name: values["site"], Address: profile, Site: siteOf(profile), Options: options}
	if i := slices.Index(StopNames(), values["site"]); i >= 0 {
		s.Site = usualStops[i]
	} else if s.Name = values["name"]; s.Name == "" {
		s.Name = s.Site
	}
	return s, "", nil
}

// stopAddress is the address of a page that a browser can open.
func stopAddress(pasted string) (string, error) {
	address := asAddress(strings.TrimSpace(pasted))
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || !strings.Contains(u.Hostname(), ".") {
		return "", errors.New("The address of the page is not complete. Copy it from the address bar of your browser; it begins with https://")
	}
	return address, nil
}

// Take stores what a person took from a site of the round and notes that it was checked. Nothing found is "nothing new".
func (c *Collector) Take(ctx context.Context, sourceID int64, found []reviews.Found, by audit.Actor) (reviews.Stamp, error) {
	found, err := c.taken(found)
	if err != nil {
		return reviews.Stamp{}, err
	}
	stamp, err := c.Store.Checked(ctx, sourceID, found, by)
	if err == nil {
		c.rule(ctx)
	}
	return stamp, err
}

// Try tells what would come of each review if it were taken, and stores nothing.
func (c *Collector) Try(ctx context.Context, sourceID int64, found []reviews.Found) ([]reviews.Outcome, error) {
	found, err := c.taken(found)
	if err != nil {
		return nil, err
	}
	return c.Store.TryCheck(ctx, sourceID, found)
}

// taken is what a person took, tidied and judged.
func (c *Collector) taken(found []reviews.Found) ([]reviews.Found, error) {
	found = slices.Clone(found)
	for i := range found {
		f := &found[i]
		f.Text, f.Title, f.Author, f.Reply = tidy(f.Text), tidy(f.Title), oneLine(f.Author), tidy(f.Reply)
		if f.Text == "" && f.Stars == 0 {
			return nil, errors.New("One of the reviews has neither words nor stars. Fill them in, or leave it out")
		}
		if f.Key == "" {
			*f = Mend(*f)
		}
		f.Understood = c.Understand(f.Title, f.Text, f.Stars)
	}
	return found, nil
}
