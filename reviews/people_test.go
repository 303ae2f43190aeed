package reviews_test

import (
	"slices"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/practice"
	"goodword/reviews"
)

func TestWhomAndWhichPlaceAMentionSpeaksOf(t *testing.T) {
	d := open(t)
	point, err := d.practices.SavePlace(ctx, practice.Place{Name: "Harbor Point"}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	elm, err := d.practices.SavePlace(ctx, practice.Place{Name: "Elm Street"}, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	feed := d.feed(t, "google")
	say := func(key, text, place string) int64 {
		t.Helper()
		d.at = d.at.Add(time.Hour)
		d.visit(t, feed, reviews.Found{Key: key, Author: "Kim", Text: text, Stars: 4, Place: place, Posted: d.at})
		ids, err := d.IDs(ctx, reviews.Query{})
		if err != nil {
			t.Fatal(err)
		}
		return ids[0]
	}
	for _, test := range []struct {
		text, given string
		people      []int64
		place       int64
	}{
		{"Dana up front at Harbor Point sorted out my bill.", "", []int64{d.manager.ID}, point},
		{"Lenna Ortis and Ivo were both kind to me.", "", []int64{d.author.ID, d.staff.ID}, 0},
		{"The Harbor Point team is great.", "Elm Street", nil, elm}, // what the source says of the place stands
		{"My neighbor Dana sent me here.", "", nil, 0},
	} {
		id := say(test.text, test.text, test.given)
		people, err := d.About(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		m, err := d.Find(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(people, test.people) || m.PlaceID != test.place {
			t.Errorf("%q speaks of %v at %d, want %v at %d", test.text, people, m.PlaceID, test.people, test.place)
		}
	}
	for search, want := range map[string]int{"about:dana": 1, "about:whitlock,ivo": 2, "about:any": 2, "about:none": 2, "-about:dana": 3} {
		q, err := reviews.ParseQuery(search, d.at, time.UTC)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := d.Count(ctx, q, 100); err != nil || got != want {
			t.Errorf("%s finds %d (%v), want %d", search, got, err, want)
		}
	}

	// The site changes the text: who is meant changes along.
	d.visit(t, feed, reviews.Found{Key: "My neighbor Dana sent me here.", Author: "Kim", Text: "Lena cleaned my teeth, best visit in years.", Stars: 4, Posted: d.at})
	ids, err := d.IDs(ctx, reviews.Query{})
	if err != nil {
		t.Fatal(err)
	}
	if people, err := d.About(ctx, ids[0]); err != nil || !slices.Equal(people, []int64{d.staff.ID}) {
		t.Errorf("after the change it speaks of %v (%v), want %v", people, err, []int64{d.staff.ID})
	}
}
