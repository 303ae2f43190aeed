package reviews_test

import (
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"goodword/internal/audit"
	"goodword/reviews"
)

// site is a review site as it stands at a moment, with what it shows of each patient's words.
type site struct {
	source  reviews.Source
	entries []reviews.Found
	renamed int
}

// patients are distinct: no two of them wrote the same.
var patients = func() []reviews.Found {
	list := make([]reviews.Found, 14)
	for i := range list {
		list[i] = reviews.Found{Author: fmt.Sprintf("Patient Number%c", 'A'+i), Stars: i%5 + 1, Posted: monday.Add(-time.Duration(i*7) * time.Hour)}
		switch i % 3 {
		case 0:
			list[i].Text = fmt.Sprintf("Story %d of the blue door: the hygienist found a cracked molar nobody else had seen, room %d, and mended it with porcelain before the concert at eight.", i, i)
		case 1:
			list[i].Text = "Great dentist, highly recommend!" // templates, told apart by who wrote them
		case 2:
			list[i].Text = fmt.Sprintf("Number %d: charged twice for whitening strips, refunded only after letters %d and %d to the ombudsman in Leeds.", i, i+1, i+2)
		}
	}
	return list
}()

// TestAnyOrderOfVisits lets sites show, hide, edit and rename entries in any order. No entry is ever lost, none is stored twice, and a visit that is
// repeated changes nothing.
func TestAnyOrderOfVisits(t *testing.T) {
	if testing.Short() {
		t.Skip("hundreds of visits, one after the other: the race detector makes minutes of them")
	}
	outer, begun := t, time.Now()
	usual := flag.Lookup("rapid.checks").Value.String() == flag.Lookup("rapid.checks").DefValue
	rapid.Check(t, func(t *rapid.T) {
		if usual && time.Since(begun) > 4*time.Second { // each case has a database of its own; -rapid.checks N runs all
			return
		}
		d := open(outer)
		sites := []*site{{source: d.feed(outer, "google")}, {source: d.feed(outer, "yelp")}}
		count := func(query string, values ...any) (n int) {
			if err := d.db.Reader().QueryRowContext(ctx, query, values...).Scan(&n); err != nil {
				t.Fatal(err)
			}
			return n
		}
		visit := func(s *site, shown []reviews.Found) {
			first, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.source.ID, At: d.at, Status: 200}, shown)
			if err != nil {
				t.Fatal(err)
			}
			mentions := count(`SELECT COUNT(*) FROM mentions`)
			places := count(`SELECT COUNT(*) FROM appearances`)
			again, err := d.RecordVisit(ctx, reviews.Visit{SourceID: s.source.ID, At: d.at, Status: 200}, shown)
			if err != nil {
				t.Fatal(err)
			}
			if again != (reviews.Outcome{Unchanged: len(shown)}) || count(`SELECT COUNT(*) FROM mentions`) != mentions || count(`SELECT COUNT(*) FROM appearances`) != places {
				t.Fatalf("the same answer after %v: got %v", first, again)
			}
			// Each entry shown stands where its key says, with its words, and no two of this answer are one.
			stands := map[int64]string{}
			for _, f := range shown {
				var id int64
				var text string
				err := d.db.Reader().QueryRowContext(ctx, `SELECT id, text FROM mentions WHERE source_id = ?1 AND key = ?2
					UNION ALL SELECT mention_id, text FROM appearances WHERE source_id = ?1 AND key = ?2`, s.source.ID, f.Key).Scan(&id, &text)
				if err != nil || text != f.Text {
					t.Fatalf("entry %s of %s: got %q, %v; want %q", f.Key, s.source.Name, text, err, f.Text)
				}
				if other := stands[id]; other != "" {
					t.Fatalf("entries %s and %s of %s are one mention", other, f.Key, s.source.Name)
				}
				stands[id] = f.Key
			}
		}
		part := func(s *site) []reviews.Found {
			var shown []reviews.Found
			for _, f := range s.entries {
				if rapid.Bool().Draw(t, "shown") {
					shown = append(shown, f)
				}
			}
			return shown
		}
		which := rapid.SampledFrom(sites)
		one := func(s *site) int { return rapid.IntRange(0, len(s.entries)-1).Draw(t, "entry") }
		edited := 0
		t.Repeat(map[string]func(*rapid.T){
			"writes": func(t *rapid.T) {
				s, i := which.Draw(t, "site"), rapid.IntRange(0, len(patients)-1).Draw(t, "patient")
				f := patients[i]
				f.Key = fmt.Sprintf("%s-%d", s.source.Name, i)
				if !slices.ContainsFunc(s.entries, func(e reviews.Found) bool { return e.Author == f.Author }) {
					s.entries = append(s.entries, f)
				}
			},
			"visit": func(t *rapid.T) {
				s := which.Draw(t, "site")
				visit(s, part(s))
			},
			"edit": func(t *rapid.T) {
				s := which.Draw(t, "site")
				if len(s.entries) == 0 {
					t.Skip("nothing to edit")
				}
				i := one(s)
				visit(s, s.entries) // an edit and a new id at once is a new entry, whoever looks
				edited++
				s.entries[i].Text += fmt.Sprintf(" Edit %d.", edited)
				visit(s, s.entries)
			},
			"new id": func(t *rapid.T) {
				s := which.Draw(t, "site")
				if len(s.entries) == 0 {
					t.Skip("nothing to rename")
				}
				visit(s, s.entries)
				before := count(`SELECT COUNT(*) FROM mentions`)
				s.renamed++
				i := one(s)
				s.entries[i].Key = fmt.Sprintf("%s-renamed-%d", s.source.Name, s.renamed)
				visit(s, s.entries)
				if after := count(`SELECT COUNT(*) FROM mentions`); after != before {
					t.Fatalf("a new id of %q by %s: got %d mentions, had %d", s.entries[i].Text, s.entries[i].Author, after, before)
				}
			},
			"remove": func(t *rapid.T) {
				s := which.Draw(t, "site")
				if len(s.entries) > 0 {
					i := one(s)
					s.entries = slices.Delete(slices.Clone(s.entries), i, i+1)
				}
			},
			"later": func(t *rapid.T) { d.at = d.at.Add(7 * time.Hour) },
			"": func(t *rapid.T) {
				if twice := count(`SELECT COUNT(*) FROM (SELECT source_id, key FROM mentions UNION ALL SELECT source_id, key FROM appearances) GROUP BY source_id, key HAVING COUNT(*) > 1
					UNION ALL SELECT 0 LIMIT 1`); twice > 1 {
					t.Fatal("a key stands twice")
				}
				if indexed := count(`SELECT COUNT(*) FROM mentions_words`); indexed != count(`SELECT COUNT(*) FROM mentions`) {
					t.Fatal("the search index is not whole")
				}
			},
		})
		if _, err := audit.Verify(ctx, d.db.Reader()); err != nil {
			t.Fatal(err)
		}
	})
}
