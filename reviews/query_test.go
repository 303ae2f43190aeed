package reviews_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/reviews"
)

func TestQueryFinds(t *testing.T) {
	d := open(t)
	google, yelp := d.feed(t, "google"), d.feed(t, "yelp")
	at := func(days int) time.Time { return monday.AddDate(0, 0, -days) }
	d.visit(t, google,
		reviews.Found{Key: "1", Author: "María Núñez", Stars: 1, Posted: at(1), Text: "The front desk lost my bill twice", Understood: reviews.Understood{
			Language: "en", Sentiment: "negative", Topics: []string{"billing_insurance", "staff_manner_front"}, Urgency: "high", Kind: "operational complaint"}},
		reviews.Found{Key: "2", Author: "Sam", Stars: 5, Posted: at(2), Text: "Lovely team at the desk in front", Understood: reviews.Understood{
			Language: "en", Sentiment: "positive", Topics: []string{"staff"}, Kind: "praise"}})
	d.visit(t, yelp,
		reviews.Found{Key: "3", Author: "Jo", Posted: at(3), Text: "Muy amables con los niños", Understood: reviews.Understood{Language: "es", Sentiment: "positive"}})
	ids := d.ids(t, "")
	must(t, d.MarkRead(ctx, ids[1], d.author))
	must(t, d.Flag(ctx, ids[2], true, d.author))
	must(t, d.Assign(ctx, ids[0], d.manager.ID, d.author))
	d.at = d.at.Add(8 * time.Hour)
	for query, want := range map[string]string{
		"":                             "123",
		"stars:<3":                     "1",
		"stars:>=1":                    "12",
		"stars:1,none":                 "13",
		"stars<3":                      "1",
		"Stars >= 4":                   "2",
		"stars: <= 5":                  "12",
		"stars=5":                      "2",
		"-stars<3":                     "23",
		"stars:1..2":                   "1",
		"stars:1..2,5":                 "12",
		"stars>1 desk":                 "2",
		"-stars:5":                     "13",
		"topic:billing":                "1",
		"topic:insurance":              "1",
		"topic:\"billing insurance\"":  "1",
		"topic:illing":                 "",
		"-topic:billing":               "23",
		"topic:none":                   "3",
		"kind:praise":                  "2",
		"kind:complaint":               "1",
		`kind:"operational complaint"`: "1",
		"kind:none":                    "3",
		"-kind:praise":                 "13",
		"is:unread":                    "13",
		"is:overdue":                   "1",
		"is:urgent":                    "1",
		"is:flagged":                   "3",
		"is:review":                    "12",
		"is:assigned":                  "1",
		"assigned:dana":                "1",
		"assigned:none":                "23",
		"-assigned:dana":               "23",
		`"front desk"`:                 "1",
		"front desk":                   "12",
		"desk -bill":                   "2",
		"nunez":                        "1",
		"NIÑOS":                        "3",
		"ninos":                        "3",
		"lov*":                         "2",
		"author:maria":                 "1",
		"author:maria,sam":             "12",
		"source:yelp":                  "3",
		"source:google,yelp":           "123",
		"lang:es":                      "3",
		"sentiment:positive":           "23",
		"urgency:any":                  "1",
		"status:read":                  "2",
		"status:no-reply":              "",
		"before:2026-03-01":            "23",
		"after:2026-03-01":             "1",
		"after:2d":                     "12",
		"-after:2d":                    "3",
		"before:today":                 "123",
		"place:none":                   "123",
		"place:north":                  "",
		"-place:north":                 "123",
		"!!! 👍":                        "123",
		"stars:<3 topic:billing is:unread \"lost my bill\" after:2026-01-01": "1",
	} {
		byID := map[int64]string{ids[0]: "1", ids[1]: "2", ids[2]: "3"}
		got := ""
		for _, id := range d.ids(t, query) {
			got += byID[id]
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", query, got, want)
		}
		q, err := reviews.ParseQuery(query, d.at, time.UTC)
		must(t, err)
		if n, err := d.Count(ctx, q, 2); err != nil || n != min(2, len(want)) {
			t.Errorf("%s: count %d, %v", query, n, err)
		}
	}
}

func TestWhatCannotWaitStandsOnTop(t *testing.T) {
	d := open(t)
	said := func(key, urgency string, days int) reviews.Found {
		return reviews.Found{Key: key, Author: key, Posted: monday.AddDate(0, 0, -days), Text: "The front desk, told by " + key,
			Understood: reviews.Understood{Language: "en", Urgency: urgency}}
	}
	d.visit(t, d.feed(t, "google"), said("overdue", "high", 3), said("critical", "critical", 4), said("older", "", 2))
	d.at = d.at.Add(8 * time.Hour)
	d.visit(t, d.feed(t, "yelp"), said("newer", "", 1))
	for query, want := range map[string]string{
		"is:open":           "critical overdue newer older",
		"is:open desk":      "critical overdue newer older",
		"is:open -critical": "overdue newer older",
		"":                  "newer older overdue critical",
		"-is:done":          "newer older overdue critical",
	} {
		var got []string
		for _, id := range d.ids(t, query) {
			m, err := d.Find(ctx, id)
			must(t, err)
			got = append(got, m.Author)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: got %v, want %s", query, got, want)
		}
	}
}

func TestQuerySaysWhatIsWrong(t *testing.T) {
	for query, want := range map[string]string{
		"stars:7":                     "stars:<3",
		"stars:":                      "needs a value",
		"is:purple":                   "is:unread",
		"colour:red":                  "is not a search word",
		`"front desk`:                 "quotation mark",
		"before:someday":              "before:2026-01-31",
		"before:2026-02-30":           "before:2026-01-31",
		"stars:<3,4":                  "stars:<3",
		"stars<9":                     "stars:<3",
		"stars>":                      "stars:<3",
		"stars:3..1":                  "stars:1..2",
		"stars:<1..2":                 "stars:1..2",
		"stars:1..9":                  "stars:1..2",
		strings.Repeat("long ", 1000): "too long",
	} {
		_, err := reviews.ParseQuery(query, monday, time.UTC)
		if !errors.Is(err, reviews.ErrQuery) || !strings.Contains(fmt.Sprint(err), want) {
			t.Errorf("%.40s: got %v, want %q in it", query, err, want)
		}
	}
}

func TestQueryRoundTrips(t *testing.T) {
	piece := rapid.SampledFrom([]string{"stars:<3", "stars:4,5", "stars:none", "stars<3", "-stars >= 4", "stars:1..2,5", "stars", "<3", "=", "-topic:billing", "is:overdue", "before:2026-01-01", "after:7d",
		`source:"front desk","b,c"`, "status:\"no reply\"", "urgency:any", `"two words"`, "-\"two words\"", "word", "-word", "half*", "a:b", "x-y", "author:o'neil",
		"assigned:none", "lang:es", "place:\"north end\"", "9:30", "http://x.example/a?b", "-", "--x", "naïve", "\"\"", "a\"b\""})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 6).Draw(t, "pieces"), rapid.SampledFrom([]string{" ", "  ", "\t"}).Draw(t, "gap"))
		roundTrip(t, text)
	})
}

type fataler interface{ Fatalf(string, ...any) }

func roundTrip(t fataler, text string) {
	q, err := reviews.ParseQuery(text, monday, time.UTC)
	if err != nil {
		if !errors.Is(err, reviews.ErrQuery) {
			t.Fatalf("%q: %v", text, err)
		}
		return
	}
	again, err := reviews.ParseQuery(q.String(), monday, time.UTC)
	if err != nil {
		t.Fatalf("%q became %q: %v", text, q, err)
	}
	if !reflect.DeepEqual(q, again) {
		t.Fatalf("%q became %q: got %+v, want %+v", text, q, again, q)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{`stars:<3 topic:billing is:overdue "front desk" before:2026-01-01 -word`, "stars>=4", "-stars = 1..2", `a"b c"d`, `-"x" --y :z a: "`, "author:\"*\" *", "source:\"a b\",c"} {
		f.Add(seed)
	}
	d := open(f)
	f.Fuzz(func(t *testing.T, text string) {
		roundTrip(t, text)
		q, err := reviews.ParseQuery(text, monday, time.UTC)
		if err != nil {
			return
		}
		if _, err := d.IDs(ctx, q); err != nil {
			t.Fatalf("%q is no search: %v", text, err)
		}
	})
}
