package collect

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"goodword/internal/fetch"
	"goodword/reviews"
)

// nhsKind is the interface of the NHS for ratings and reviews.
var nhsKind = Kind{
	ID: "nhs", Title: "NHS reviews", Group: GroupHealth, Every: 720, Retention: reviews.Own, All: true,
	Help: "Reviews of your practice on nhs.uk.\n" +
		"1. Register at developer.api.nhs.uk and subscribe to Ratings and Reviews.\n" +
		"2. Copy the subscription key from your profile there.\n" +
		"3. Write the ODS code of the practice.\n" +
		"The NHS is moving its interfaces to a new place. If this source stops, the reviews may have moved; the e-mails of the NHS, or the sweep, " +
		"bring them all the same. Answers are written in the NHS profile manager.",
	Fields: []Field{keyField("Subscription key", ""),
		{Name: "ods", Label: "ODS code", Example: "V12345"},
		{Name: "type", Label: "Kind of practice", Choices: []string{"Dentist", "GP", "Optician", "Pharmacy", "Hospital", "Clinic"}}},
	prepare: prepareNHS,
	ask:     askNHS,
}

var nhsTypes = map[string]string{"Dentist": "DEN", "GP": "GPB", "Optician": "OPT", "Pharmacy": "PHA", "Hospital": "HOS", "Clinic": "CLI"}

var odsCode = regexp.MustCompile(`^[A-Z0-9]{3,10}$`)

func prepareNHS(values reviews.Options) (reviews.Source, string, error) {
	code := strings.ToUpper(values["ods"])
	if !odsCode.MatchString(code) {
		return reviews.Source{}, "", fmt.Errorf("%q is no ODS code. It is 3 to 10 letters and digits", values["ods"])
	}
	query := url.Values{"odsCode": {code}, "orgType": {nhsTypes[values["type"]]}, "api-version": {"1.0"}}
	return keyed(reviews.Source{Name: "NHS, " + code, Address: "https://api.nhs.uk/comments/Comments?" + query.Encode(), Site: "nhs"}, values)
}

// commentsAtOnce is how many reviews one page has.
const commentsAtOnce = 50

func askNHS(ctx context.Context, c *Collector, v visiting) (answer, error) {
	got := answer{kind: "nhs", title: v.source.Name}
	page, err := url.Parse(v.source.Address)
	if err != nil {
		return got, err
	}
	newest := v.source.State["newest"]
	for n := range pagesAVisit {
		query := page.Query()
		query.Set("limit", strconv.Itoa(commentsAtOnce))
		query.Set("offset", strconv.Itoa(n*commentsAtOnce))
		if from := dayBefore(v.source.State["newest"], lateBy); from != "" {
			query.Set("fromDate", from)
		}
		ask := *page
		ask.RawQuery = query.Encode()
		var list struct {
			Comments []map[string]any `json:"comments"`
		}
		if err := c.askAPI(ctx, v, &got, fetch.Request{URL: ask.String(), Header: http.Header{"Subscription-Key": {v.secret}}}, &list); err != nil {
			got.cut = len(got.entries) > 0
			return got, err
		}
		for _, raw := range list.Comments {
			if f, ok := nhsComment(raw, v.now); ok {
				got.entries = append(got.entries, f)
				newest = max(newest, f.Posted.Format(time.DateOnly))
			}
		}
		if len(list.Comments) < commentsAtOnce || v.look {
			break
		}
	}
	got.visit.State = reviews.Options{"newest": newest}
	return got, nil
}

// nhsComment reads one review. The interface has no settled description, so its names are taken as they come.
func nhsComment(raw map[string]any, now time.Time) (reviews.Found, bool) {
	says := nested(raw, "comment")
	reply := nested(raw, "response", "reply", "organisationResponse")
	f := reviews.Found{Key: said(says, "commentId", "commentID", "id", "commentRef", "ref"), Author: line(said(says, "screenName", "displayName", "authorName", "author")),
		Title: line(said(says, "commentTitle", "title")), Text: plain(said(says, "commentText", "text", "body")), Posted: dateOf(said(says, "dateSubmitted", "datePublished", "date"), now),
		Reply: plain(said(reply, "responseText", "replyText", "commentText", "text")), ReplyAt: dateOf(said(reply, "dateSubmitted", "date"), now), Payload: piece(raw)}
	if f.Key == "" {
		f.Key = said(raw, "commentId", "id", "commentRef")
	}
	f.URL = link(said(says, "url", "webUrl"), "https://www.nhs.uk/")
	f.Stars, _ = starsOf(said(says, "overallRating", "starRating", "rating"))
	if f.Key == "" {
		f.Key = contentKey(f, true)
	}
	return f, f.Text != "" || f.Stars > 0
}

// nested is the object of one of these names, or the whole where there is none.
func nested(raw map[string]any, names ...string) map[string]any {
	for _, name := range names {
		if inner, ok := raw[name].(map[string]any); ok {
			return inner
		}
	}
	if len(names) == 1 {
		return raw
	}
	return nil
}

// said is the first of the named values that says something.
func said(raw map[string]any, names ...string) string {
	for _, name := range names {
		switch value := raw[name].(type) {
		case string:
			if strings.TrimSpace(value) != "" {
				return value
			}
		case float64:
			return strconv.FormatFloat(value, 'f', -1, 64)
		}
	}
	return ""
}
