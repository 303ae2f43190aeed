package today

import (
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

func TestTheWeeklyRoundIsOneLine(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	for _, name := range []string{"Healthgrades", "Zocdoc", "Yelp", "Glassdoor", "Indeed", "Doctify"} {
		_, err := r.reviews.AddSource(ctx, reviews.Source{Kind: "sweep", Name: name, Address: "https://" + name + ".example/us"}, audit.Program)
		must(t, err)
	}
	round := func() *line {
		r.Shown()
		for _, l := range r.lines {
			if strings.HasPrefix(l.title, "Weekly round") {
				return l
			}
		}
		return nil
	}
	r.at = r.at.Add(49 * time.Hour)
	l := round()
	if l == nil || l.title != "Weekly round: 6 sites, about 5 minutes" || l.when != "due for 2 days" || !strings.HasSuffix(l.detail, "2 more") {
		t.Fatalf("the line is %+v", l)
	}
	if l.onOpen(l.item); len(r.host.Went) != 1 || r.host.Went[0].Screen != "sources" || r.host.Went[0].Arg != "round" {
		t.Errorf("it opens %v", r.host.Went)
	}
	stops, err := r.reviews.Round(ctx)
	must(t, err)
	for _, stop := range stops {
		_, err := r.reviews.Checked(ctx, stop.ID, nil, r.owner)
		must(t, err)
	}
	if l := round(); l != nil {
		t.Errorf("after the round the line is still there: %+v", l.item)
	}
}
