package reviews_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"goodword/reviews"
)

var vocabulary = strings.Fields(`the front desk was kind and we waited an hour for our appointment billing called twice about insurance
	parking doctor hygienist office clean friendly rude staff phone never answered pain gentle children recommend again money records`)

// entries invents the entries of a feed.
func entries(feed, n int) []reviews.Found {
	r := rand.New(rand.NewPCG(1, uint64(feed)))
	list := make([]reviews.Found, n)
	for i := range list {
		var b strings.Builder
		for range 40 {
			b.WriteString(vocabulary[r.IntN(len(vocabulary))] + " ")
		}
		list[i] = reviews.Found{Key: fmt.Sprintf("tag:%d.example,2026:%d", feed, i), URL: fmt.Sprintf("https://site%d.example/entry/%d", feed, i),
			Author: fmt.Sprintf("Writer %d", r.IntN(5000)), Title: fmt.Sprintf("Entry %d of %d", i, feed), Text: b.String(), Stars: r.IntN(6),
			Posted: monday.Add(-time.Duration(r.IntN(100000)) * time.Minute), Understood: reviews.Understood{Language: "en",
				Sentiment: []string{"negative", "mixed", "positive"}[r.IntN(3)], Topics: []string{"wait", "billing"}[:r.IntN(3)]}}
	}
	return list
}

func fill(tb testing.TB, d *desk, feeds, each, together int) {
	tb.Helper()
	var pending []reviews.Harvest
	for i := range feeds {
		s := d.feed(tb, fmt.Sprint("feed", i))
		pending = append(pending, reviews.Harvest{Visit: reviews.Visit{SourceID: s.ID, At: d.at}, Found: entries(i, each)})
		if len(pending) == together || i == feeds-1 {
			_, err := d.Record(ctx, pending)
			must(tb, err)
			pending = nil
		}
	}
}

func BenchmarkCollect500x100(b *testing.B) {
	for _, together := range []int{1, 25} {
		b.Run(fmt.Sprintf("visits-in-a-transaction-%d", together), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				d := open(b)
				b.StartTimer()
				fill(b, d, 500, 100, together)
			}
			b.ReportMetric(50000*float64(b.N)/b.Elapsed().Seconds(), "mentions/s")
		})
	}
}

func BenchmarkList(b *testing.B) {
	d := open(b)
	fill(b, d, 200, 1000, 10)
	for _, query := range []string{"", "is:unread", "stars:<3 topic:billing", "doctor", "author:4711", "is:overdue sentiment:negative"} {
		q, err := reviews.ParseQuery(query, d.at, time.UTC)
		must(b, err)
		b.Run("ids/"+query, func(b *testing.B) {
			n := 0
			for b.Loop() {
				ids, err := d.IDs(ctx, q)
				must(b, err)
				n = len(ids)
			}
			b.ReportMetric(float64(n), "ids")
		})
	}
	ids, err := d.IDs(ctx, reviews.Query{})
	must(b, err)
	b.Run("page-of-64", func(b *testing.B) {
		i := 0
		for b.Loop() {
			i = (i + 7919) % (len(ids) - 64)
			if _, err := d.Page(ctx, ids[i:i+64]); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("counts", func(b *testing.B) {
		for b.Loop() {
			if _, err := d.Counts(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
}
