package collect_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/reviews"
	"goodword/reviews/collect"
)

func (d *desk) file(t *testing.T, name, body string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestImportingAgainChangesNothing imports the same reviews as other months' exports write them.
func TestImportingAgainChangesNothing(t *testing.T) {
	const text = "Kind and quick, and the whole office was very clean indeed."
	for name, exports := range map[string][]string{
		"rows without numbers": {
			"Author,Rating,Text,Date\nAna,5,\"" + text + "\",2026-03-04\nBo,1,Slow,2026-03-05\nCy,4,,2026-03-06\n,5,,2026-03-07\n,5,,2026-03-07\n",
			"Date,Author,Rating,Text\n3/7/2026,,5,\n3/6/2026,Cy,4,\n3/5/2026,Bo,1,Slow\n3/4/2026,Ana,5,\"" + text + "\"\n3/7/2026,,5,\n",
			"Author,Rating,Text,Date,Flagged,Tags\nAna,5,\"" + strings.Replace(text, "whole ", "whole\n", 1) + "\",2026-03-04,no,\nBo,1,Slow,2026-03-05,no,\nCy,4,,2026-03-06,no,\n,5,,2026-03-07,no,\n,5,,2026-03-07,yes,x\n",
		},
		"rows with numbers": {
			"Review ID,Source,Author,Rating,Text,Date\n1,Google,Ana,5,\"" + text + "\",2026-03-04\n2,Google,Bo,1,Slow,2026-03-05\n1,Yelp,Cy,4,,2026-03-06\n",
			"Date;Review ID;Source;Author;Rating;Text;Flagged\n04.03.2026;1;Google;Ana;5 stars;\"" + strings.Replace(text, ", ", ",\r\n", 1) + "\";no\n06.03.2026;1;Yelp;Cy;4;;no\n05.03.2026;2;Google;Bo;1;Slow;no\n",
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			stored := 0
			for i, body := range exports {
				o, err := d.Import(ctx, d.file(t, fmt.Sprintf("export-%d.csv", i), body), collect.ImportOptions{}, dana)
				if err != nil {
					t.Fatal(err)
				}
				if i == 0 {
					stored = o.New
				} else if o != (reviews.Outcome{Unchanged: stored}) {
					t.Errorf("export %d: got %+v, want %d unchanged", i, o, stored)
				}
			}
			if got := len(d.inbox(t)); got != stored {
				t.Errorf("got %d mentions, want %d", got, stored)
			}
		})
	}
}

func TestTheSameNumberOfAnotherToolIsAnotherReview(t *testing.T) {
	d := open(t)
	for i, body := range []string{"ID,Author,Rating,Text\n1,Ana,5,Kind and quick from start to end\n", "ID,Reviewer,Stars,Comment\n1,Bo,1,Slow and loud from start to end\n"} {
		if o, err := d.Import(ctx, d.file(t, fmt.Sprintf("tool-%d.csv", i), body), collect.ImportOptions{}, dana); err != nil || o.New != 1 {
			t.Errorf("got %+v, %v; want one new", o, err)
		}
	}
}

func TestASettledMappingIsOfferedNextTime(t *testing.T) {
	d := open(t)
	const body = "What,How many,Who,Said\nx,5,Ana,Kind and quick\nx,2,Bo,Slow\n"
	file := d.file(t, "export.csv", body)
	settled := collect.Mapping{"text": "Said", "stars": "How many", "author": "Who", "title": ""}
	if o, err := d.Import(ctx, file, collect.ImportOptions{Mapping: settled}, dana); err != nil || o.New != 2 {
		t.Fatalf("got %+v, %v", o, err)
	}
	next := d.file(t, "next.csv", "Who,Said,how many,WHAT\nCy,So so,3,x\n")
	p, err := d.Preview(ctx, next, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if p.Settled.IsZero() || len(p.Found) != 1 || p.Found[0].Author != "Cy" || p.Found[0].Text != "So so" || p.Found[0].Stars != 3 || p.Mapping["stars"] != "how many" {
		t.Errorf("got settled %s, mapping %v, found %+v", p.Settled, p.Mapping, p.Found)
	}
	if o, err := d.Import(ctx, next, collect.ImportOptions{}, dana); err != nil || o.New != 1 {
		t.Errorf("got %+v, %v", o, err)
	}
	other, err := d.Preview(ctx, d.file(t, "other.csv", "Who,Said,Stars\nCy,So so,3\n"), nil, "")
	if err != nil || !other.Settled.IsZero() {
		t.Errorf("got %s, %v; want no settled mapping for other columns", other.Settled, err)
	}
}

func TestACompleteTakeoutMarksWhatIsGone(t *testing.T) {
	d := open(t)
	review := func(n int) string {
		return fmt.Sprintf(`{"name":"accounts/1/locations/22/reviews/r%d","reviewer":{"displayName":"Writer %d"},"starRating":"FOUR","comment":"What number %d has to say.","createTime":"2026-02-%02dT10:00:00Z"}`, n, n, n, n)
	}
	export := func(numbers ...int) string {
		var list []string
		for _, n := range numbers {
			list = append(list, review(n))
		}
		file := d.file(t, "Takeout/Google-Unternehmensprofil/Konto-1/Standort-22/reviews.json", `{"reviews":[`+strings.Join(list, ",")+`]}`)
		return strings.TrimSuffix(file, filepath.FromSlash("/Google-Unternehmensprofil/Konto-1/Standort-22/reviews.json"))
	}
	if o, err := d.Import(ctx, export(1, 2, 3, 4, 5), collect.ImportOptions{}, dana); err != nil || o.New != 5 {
		t.Fatalf("got %+v, %v", o, err)
	}
	smaller := export(1, 2, 3, 5)
	if p, err := d.Preview(ctx, smaller, nil, ""); err != nil || p.Gone() != 1 || p.Question() != "" {
		t.Errorf("got %d gone, %q, %v; want 1 and no question", p.Gone(), p.Question(), err)
	}
	if o, err := d.Import(ctx, smaller, collect.ImportOptions{}, dana); err != nil || o != (reviews.Outcome{Unchanged: 4, Gone: 1}) {
		t.Errorf("got %+v, %v", o, err)
	}
	tiny := export(1)
	p, err := d.Preview(ctx, tiny, nil, "")
	if err != nil || p.Gone() != 0 || !strings.Contains(p.Question(), "lacks 3 of 4 reviews of location 22") {
		t.Errorf("got %d gone, %q, %v; want a question", p.Gone(), p.Question(), err)
	}
	if o, err := d.Import(ctx, tiny, collect.ImportOptions{}, dana); err != nil || o.Gone != 0 {
		t.Errorf("without a yes: got %+v, %v", o, err)
	}
	if o, err := d.Import(ctx, export(), collect.ImportOptions{Gone: true}, dana); err != nil || o.Gone != 4 {
		t.Errorf("with a yes, an export without reviews: got %+v, %v", o, err)
	}
	if o, err := d.Import(ctx, export(1, 2, 3, 4, 5), collect.ImportOptions{}, dana); err != nil || o != (reviews.Outcome{Unchanged: 5}) {
		t.Errorf("coming back: got %+v, %v", o, err)
	}
	for _, m := range d.inbox(t) {
		if !m.Gone.IsZero() {
			t.Errorf("%s is marked as gone since %s and is there again", m.Key, m.Gone.Format(time.DateOnly))
		}
	}
}

func TestWhatCannotBeImportedSaysWhy(t *testing.T) {
	d := open(t)
	for name, test := range map[string]struct{ body, want string }{
		"Reviews.json": {`{"type":"FeatureCollection","features":[]}`, "you wrote yourself"},
		"list.opml":    {`<?xml version="1.0"?><opml version="2.0"><body/></opml>`, "list of feeds"},
		"empty.csv":    {"", "empty"},
		"wide.csv":     {"Author,Text\n", "nothing to import"},
	} {
		if _, err := d.Import(ctx, d.file(t, name, test.body), collect.ImportOptions{}, dana); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %q", name, err, test.want)
		}
	}
	if _, err := d.Preview(ctx, "no-such-file.csv", nil, ""); err == nil || !strings.Contains(err.Error(), "There is no file") {
		t.Errorf("got %v", err)
	}
	if _, err := d.Preview(ctx, d.file(t, "a.csv", "a,b\n"), nil, "wordperfect"); err == nil || !strings.Contains(err.Error(), "csv, ") {
		t.Errorf("got %v, want the formats there are", err)
	}
}
