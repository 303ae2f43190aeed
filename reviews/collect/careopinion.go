package collect

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// careOpinionKind is the interface of Care Opinion, behind the subscription of the practice.
var careOpinionKind = Kind{
	ID: "care-opinion", Title: "Care Opinion", Group: GroupHealth, Every: 360, Retention: reviews.Own,
	Help: "Stories of patients from Care Opinion, for practices with a subscription.\n" +
		"1. Sign in to Care Opinion and open Admin, then API keys.\n" +
		"2. Copy the subscription key.\n" +
		"3. Write the code of your service (NACS or ODS), so that only its stories come. Without it, your watch words choose.\n" +
		"Answers are written on Care Opinion itself.",
	Fields: []Field{keyField("Subscription key", ""),
		{Name: "service", Label: "Code of your service", Example: "V12345", Optional: true},
		{Name: "site", Label: "Site", Choices: []string{"www.careopinion.org.uk", "www.careopinion.org.au", "www.careopinion.ie"}}},
	prepare: prepareCareOpinion,
	ask:     askCareOpinion,
}

func prepareCareOpinion(values reviews.Options) (reviews.Source, string, error) {
	source := reviews.Source{Name: "Care Opinion", Address: "https://" + values["site"] + "/api/v2/opinions", Site: "care opinion"}
	if code := strings.ToUpper(values["service"]); code != "" {
		source.Name, source.All = "Care Opinion, "+code, true
		source.Address += "?healthservice=" + url.QueryEscape(code)
	}
	return keyed(source, values)
}

// A visit takes pages of stories, oldest first, and the next visit goes on from there.
const (
	opinionsAtOnce = 100
	pagesAVisit    = 10
	lateBy         = 30 * 24 * time.Hour // how long a story may wait before it is shown
)

type opinion struct {
	ID        int    `json:"id"`
	Title     string `json:"title"`
	Body      string `json:"body"`
	Submitted string `json:"dateOfSubmission"`
	Published string `json:"dateOfPublication"`
}

func askCareOpinion(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "care opinion", title: v.source.Name}
	page, err := url.Parse(v.source.Address)
	if err != nil {
		return got, err
	}
	after, skip := v.source.State["after"], 0
	if v.look {
		after = v.now.Add(-lateBy).Format(time.DateOnly)
	} else if n, err := strconv.Atoi(v.source.State["skip"]); err == nil {
		skip = n
	}
	newest := v.source.State["newest"]
	for range pagesAVisit {
		query := page.Query()
		query.Set("take", strconv.Itoa(opinionsAtOnce))
		query.Set("skip", strconv.Itoa(skip))
		if after != "" {
			query.Set("publishedafter", after)
		}
		ask := *page
		ask.RawQuery = query.Encode()
		var list []opinion
		err := c.askAPI(ctx, v, &got, fetch.Request{URL: ask.String(), Header: http.Header{"Authorization": {"SUBSCRIPTION_KEY " + v.secret}}}, &list)
		if err != nil {
			got.cut = len(got.entries) > 0
			return got, err
		}
		for _, o := range list {
			f := o.found(page.Host, v.now)
			newest = max(newest, f.Posted.Format(time.DateOnly))
			got.entries = append(got.entries, f)
		}
		skip += len(list)
		got.visit.State = reviews.Options{"after": after, "skip": strconv.Itoa(skip), "newest": newest}
		if len(list) < opinionsAtOnce || v.look {
			got.visit.State = reviews.Options{"after": dayBefore(newest, lateBy), "newest": newest}
			break
		}
	}
	return got, nil
}

// dayBefore is the day so long before another.
func dayBefore(day string, span time.Duration) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil || at.Year() < 1990 {
		return ""
	}
	return at.Add(-span).Format(time.DateOnly)
}

func (o opinion) found(host string, now time.Time) reviews.Found {
	f := reviews.Found{Key: strconv.Itoa(o.ID), URL: "https://" + host + "/" + strconv.Itoa(o.ID), Title: line(o.Title), Text: plain(o.Body),
		Posted: dateOf(o.Published, now), Payload: piece(o)}
	if f.Posted.IsZero() {
		f.Posted = dateOf(o.Submitted, now)
	}
	return f
}
