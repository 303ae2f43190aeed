package reviews_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
)

func exported(keys ...string) []reviews.Found {
	var list []reviews.Found
	for i, key := range keys {
		list = append(list, reviews.Found{Key: key, Author: "Writer of " + key, Text: "What I have to say about visit " + key + " is short.", Stars: 4, Site: "google",
			Posted: monday.AddDate(0, 0, -i)})
	}
	return list
}

var takeoutSource = reviews.Source{Name: "Google Takeout", Address: "takeout", Site: "google"}

func TestACompleteExportMarksWhatIsMissing(t *testing.T) {
	const a, b = "locations/1/reviews/", "locations/2/reviews/"
	pearl, dock := reviews.Whole{Prefix: a, Name: "Pearl Street"}, reviews.Whole{Prefix: b, Name: "Dock Road"}
	sure := pearl
	sure.Sure = true
	all := exported(a+"1", a+"2", a+"3", a+"4", b+"1")
	tests := []struct {
		name   string
		second []reviews.Found
		wholes []reviews.Whole
		want   reviews.Outcome
	}{
		{"nothing missing", all, []reviews.Whole{pearl, dock}, reviews.Outcome{Unchanged: 5}},
		{"one missing", exported(a+"1", a+"2", a+"4", b+"1"), []reviews.Whole{pearl, dock}, reviews.Outcome{Unchanged: 4, Gone: 1}},
		{"a loose file", exported(a+"1", a+"2", a+"4"), nil, reviews.Outcome{Unchanged: 3}},
		{"one location only", exported(a+"1", a+"2", a+"3"), []reviews.Whole{pearl}, reviews.Outcome{Unchanged: 3, Gone: 1}},
		{"half is believed", exported(a+"1", a+"2"), []reviews.Whole{pearl}, reviews.Outcome{Unchanged: 2, Gone: 2}},
		{"under half is not", exported(a + "1"), []reviews.Whole{pearl}, reviews.Outcome{Unchanged: 1}},
		{"under half with a yes", exported(a + "1"), []reviews.Whole{sure}, reviews.Outcome{Unchanged: 1, Gone: 3}},
		{"nothing at all is not", nil, []reviews.Whole{pearl}, reviews.Outcome{}},
		{"nothing at all with a yes", nil, []reviews.Whole{sure}, reviews.Outcome{Gone: 4}},
		{"new ones do not make up for the missing", exported(a+"5", a+"6", a+"7", a+"8", a+"1"), []reviews.Whole{pearl}, reviews.Outcome{New: 4, Unchanged: 1}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := open(t)
			_, err := d.Import(ctx, takeoutSource, all, d.manager)
			must(t, err)
			before, err := d.Missing(ctx, "import", "takeout", test.second, test.wholes)
			must(t, err)
			d.at = d.at.Add(time.Hour)
			got, err := d.Import(ctx, takeoutSource, test.second, d.manager, test.wholes...)
			must(t, err)
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
			foretold := 0
			for _, m := range before {
				if m.Sure || !m.Doubtful() {
					foretold += m.Gone
				}
			}
			if foretold != test.want.Gone || len(d.ids(t, "is:gone")) != test.want.Gone || len(d.ids(t, "")) != 5+test.want.New {
				t.Errorf("foretold %d, marked %d of %d mentions; want %d, and none deleted", foretold, len(d.ids(t, "is:gone")), len(d.ids(t, "")), test.want.Gone)
			}
			back, err := d.Import(ctx, takeoutSource, all, d.manager)
			must(t, err)
			if back.New != 0 || back.Edited != 0 || len(d.ids(t, "is:gone")) != 0 {
				t.Errorf("coming back gave %+v with %d still marked", back, len(d.ids(t, "is:gone")))
			}
		})
	}
}

func TestWhatIsGoneIsInTheAuditLog(t *testing.T) {
	d := open(t)
	_, err := d.Import(ctx, takeoutSource, exported("a", "b", "c"), d.manager)
	must(t, err)
	_, err = d.Import(ctx, takeoutSource, exported("a", "c"), d.manager, reviews.Whole{})
	must(t, err)
	id := d.ids(t, "is:gone")[0]
	lines, err := audit.List(ctx, d.db.Reader(), fmt.Sprintf("mention/%d", id), 10)
	must(t, err)
	if len(lines) != 1 || lines[0].Who.ID != d.manager.ID || lines[0].Did != "gone from the site" || lines[0].After != "true" {
		t.Errorf("the mention's history is %+v", lines)
	}
	imports, err := audit.List(ctx, d.db.Reader(), fmt.Sprintf("source/%d", d.find(t, id).SourceID), 10)
	must(t, err)
	if !slices.ContainsFunc(imports, func(l audit.Line) bool {
		return l.After == "new 0, edited 0, duplicates 0, unchanged 2, ignored 0, gone 1"
	}) {
		t.Errorf("the source's history is %+v", imports)
	}
}

func TestACompleteVisitMarksWhatIsMissing(t *testing.T) {
	d := open(t)
	s := d.feed(t, "open")
	record := func(v reviews.Visit, found ...reviews.Found) int {
		d.at = d.at.Add(time.Hour)
		v.SourceID, v.At, v.Status = s.ID, d.at, 200
		o, err := d.RecordVisit(ctx, v, found)
		must(t, err)
		return o.Gone
	}
	complete := reviews.Visit{Complete: true}
	record(complete, exported("a", "b", "c")...)
	for _, test := range []struct {
		name  string
		visit reviews.Visit
		found []reviews.Found
		want  int
	}{
		{"not complete", reviews.Visit{}, exported("a", "c"), 0},
		{"cut off", reviews.Visit{Complete: true, Problem: "cut off"}, exported("a", "c"), 0},
		{"not changed", reviews.Visit{Complete: true, Unchanged: true}, nil, 0},
		{"some left out", reviews.Visit{Complete: true, Outcome: reviews.Outcome{Ignored: 1}}, exported("a", "c"), 0},
		{"complete", complete, exported("a", "c"), 1},
		{"again", complete, exported("a", "c"), 0},
		{"back", complete, exported("a", "b", "c"), 0},
		{"too few", complete, exported("b"), 0},
		{"with another key", complete, append(exported("b", "c"), reviews.Found{Key: "a2", Author: "Writer of a", Text: "What I have to say about visit a is short.", Stars: 4, Site: "google",
			Posted: monday}), 0},
	} {
		if got := record(test.visit, test.found...); got != test.want {
			t.Errorf("%s: got %d gone, want %d", test.name, got, test.want)
		}
	}
	if got := len(d.ids(t, "is:gone")); got != 0 {
		t.Errorf("got %d still marked, want 0: what comes back is unmarked", got)
	}
}

func TestAnAlertIsGoneWithItsReview(t *testing.T) {
	d := open(t)
	mail := d.feed(t, "mail")
	all := exported("a", "b", "c")
	alert := all[1]
	alert.Key = "message-7"
	d.visit(t, mail, alert)
	d.at = d.at.Add(time.Hour)
	if o, err := d.Import(ctx, takeoutSource, all, d.manager, reviews.Whole{}); err != nil || o != (reviews.Outcome{New: 2, Duplicates: 1}) {
		t.Fatalf("got %+v, %v", o, err)
	}
	if o, err := d.Import(ctx, takeoutSource, exported("a", "c"), d.manager, reviews.Whole{}); err != nil || o.Gone != 1 {
		t.Fatalf("got %+v, %v; want the mention of the alert marked", o, err)
	}
	if _, err := d.Import(ctx, takeoutSource, all, d.manager, reviews.Whole{}); err != nil || len(d.ids(t, "is:gone")) != 0 {
		t.Errorf("%v, still marked: %v", err, d.ids(t, "is:gone"))
	}
}
