package collect_test

import (
	"testing"
	"time"

	"goodword/reviews"
	"goodword/reviews/collect"
)

func TestAKnownEntryIsFollowedWithoutItsWatchWord(t *testing.T) {
	d := open(t, "Bright Harbor")
	one := `<item><guid>1</guid><title>Town</title><description>Bright Harbor was slow.</description></item>`
	other := `<item><guid>2</guid><title>Weather</title><description>Rain.</description></item>`
	site := serve(t, send(channel(one+other)))
	source := d.add(t, site.URL, collect.AddOptions{})
	if got := d.collect(t); got.New != 1 || got.Ignored != 1 {
		t.Fatalf("got %+v", got)
	}
	site.answer(send(channel(`<item><guid>1</guid><title>Town</title><description>They were slow, and rude, and I left in tears.</description></item>` + other)))
	if got := d.collect(t); got.New != 0 || got.Edited != 1 || got.Ignored != 1 {
		t.Errorf("got %+v of %d, want the edit", got, source.ID)
	}
}

func TestAnEditedReviewOnAPageIsAnEdit(t *testing.T) {
	page := func(author, date, id, text string) string {
		return `<script type="application/ld+json">[{"@type":"Review","author":"Zoe Ray","datePublished":"2026-11-20","reviewBody":"All fine."},
			{"@type":"Review","author":"` + author + `","datePublished":"` + date + `",` + id + `"reviewBody":"` + text + `"}]</script>`
	}
	for name, c := range map[string]struct{ before, after string }{
		"by author and date": {page("Ann Lee", "2026-11-20", "", "Kind and gentle staff."), page("Ann Lee", "2026-11-20", "", "They hurt me and would not stop.")},
		"by its position": {page("Ann Lee", "2026-11-20", `"@id":"#review-2",`, "Kind and gentle staff."),
			page("Ann Lee", "2026-11-20", `"@id":"#review-1",`, "They hurt me and would not stop.")},
		"by the address of the page": {page("Ann Lee", "2026-11-20", `"url":"/us",`, "Kind and gentle staff."),
			page("Ann Lee", "2026-11-20", `"url":"/us",`, "They hurt me and would not stop.")},
		"by its own id": {page("Ann Lee", "2026-11-20", `"@id":"/r/8123",`, "Kind and gentle staff."),
			page("A. Lee", "2026-11-21", `"@id":"/r/8123",`, "They hurt me and would not stop.")},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, "Bright Harbor")
			p := servePage(t, c.before)
			d.addKind(t, "page", reviews.Options{"address": p.address("/us")})
			if got := d.collect(t); got.New != 2 {
				t.Fatalf("got %+v, want 2 new", got)
			}
			for _, m := range d.inbox(t) {
				if m.Author == "Ann Lee" {
					if err := d.store.Close(ctx, m.ID, "spam", dana); err != nil {
						t.Fatal(err)
					}
				}
			}
			p.show(c.after)
			d.later(7 * time.Hour)
			if got := d.collect(t); got.New != 0 || got.Edited != 1 {
				t.Errorf("got %+v, want one edited", got)
			}
			for _, m := range d.inbox(t) {
				if m.Author != "Zoe Ray" && (m.Status.Done() || m.Revisions != 1) {
					t.Errorf("got %s with %d revisions, want it open again", m.Status, m.Revisions)
				}
			}
		})
	}
}

func channel(items string) string {
	return `<rss version="2.0"><channel><title>Town</title>` + items + `</channel></rss>`
}
