package today

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit/kittest"
	"goodword/ui/theme"
)

func (r *room) rule(t testing.TB, name, query string) {
	t.Helper()
	_, err := r.reviews.SaveRule(ctx, reviews.Rule{Name: name, Query: query, Actions: []reviews.Action{{Do: reviews.DoAlert}}, Active: true}, r.owner)
	must(t, err)
}

func (r *room) apply(t testing.TB) {
	t.Helper()
	_, err := r.reviews.ApplyRules(ctx)
	must(t, err)
}

// said is what the lines say beneath their titles.
func said(lines []*line) string {
	var out []string
	for _, l := range lines {
		out = append(out, l.detail)
	}
	return strings.Join(out, "\n")
}

// ids are what the inbox lists for a search.
func (r *room) ids(t testing.TB, text string) []int64 {
	t.Helper()
	q, err := reviews.ParseQuery(text, r.at, time.UTC)
	must(t, err)
	ids, err := r.reviews.IDs(ctx, q)
	must(t, err)
	return ids
}

func TestARuleAsksToLook(t *testing.T) {
	r := open(t)
	r.trained(t, r.owner)
	r.rule(t, "Low stars on Google", "stars:<3")
	r.rule(t, `The "quiet" ones`, "stars:3")
	first := r.said(t, 2*time.Hour, 2, "")
	r.said(t, time.Hour, 1, "")
	quiet := r.said(t, time.Hour, 3, "")
	r.said(t, time.Hour, 5, "")
	r.apply(t)
	r.Shown()
	arg := func(title string) any {
		t.Helper()
		for _, l := range r.lines {
			if l.title == title {
				return l.arg
			}
		}
		t.Fatalf("no line %q among\n%s", title, r.titles())
		return nil
	}
	if !strings.Contains(said(r.lines), "2 mentions, the newest: Mention number 2") {
		t.Errorf("the lines do not say how many:\n%s", said(r.lines))
	}
	search, ok := arg("A rule asks you to look: “Low stars on Google”").(string)
	if got := r.ids(t, search); !ok || len(got) != 2 {
		t.Errorf("the line opens %q, which finds %d mentions; want 2", search, len(got))
	}
	if got := arg("A rule asks you to look: “The \"quiet\" ones”"); got != quiet.ID {
		t.Errorf("the line of one mention opens %v, want the mention", got)
	}
	if got := r.ids(t, "alert:any"); len(got) != 3 {
		t.Errorf("alert:any finds %d mentions, want 3", len(got))
	}
	if got := r.ids(t, alert{rule: reviews.Rule{ID: 2, Name: `The "quiet" ones`}}.search()); len(got) != 1 || got[0] != quiet.ID {
		t.Errorf("the search for a name with quotation marks finds %v", got)
	}
	must(t, r.reviews.MarkRead(ctx, first.ID, r.owner))
	must(t, r.reviews.MarkRead(ctx, quiet.ID, r.owner))
	r.Shown()
	if _, one := arg("A rule asks you to look: “Low stars on Google”").(int64); !one {
		t.Error("the line of the one that is left does not open it")
	}
	if strings.Contains(r.titles(), "quiet") {
		t.Errorf("what was read is still asked for:\n%s", r.titles())
	}
}

func TestWhatRulesDidIsNoNewsOfTheNight(t *testing.T) {
	lines := []audit.Line{{At: wednesday, Who: audit.Program, Did: `rule "Low": tag low`, Subject: "mention/1"},
		{At: wednesday, Who: audit.Actor{ID: 2, Name: "Ivo"}, Did: "closed", Subject: "mention/2"}}
	if got := steps(lines, wednesday.Add(-time.Hour)); len(got) != 1 || got[0].did != "closed" {
		t.Errorf("got %+v, want what Ivo did", got)
	}
}

// TestAlertPictures draws the screen into GOODWORD_PICTURES, for a person to look at.
func TestAlertPictures(t *testing.T) {
	folder := os.Getenv("GOODWORD_PICTURES")
	if folder == "" {
		t.Skip("GOODWORD_PICTURES names no folder")
	}
	r := open(t)
	r.rule(t, "Low stars on Google", "stars:<3")
	r.rule(t, "Middling", "stars:3")
	for i := range 3 {
		r.said(t, time.Duration(i+1)*time.Hour, 2, "")
	}
	r.said(t, time.Hour, 3, "")
	r.apply(t)
	for _, mode := range []theme.Mode{theme.Light, theme.Dark} {
		fyne.CurrentApp().Settings().SetTheme(theme.New(mode, 1))
		for _, size := range []fyne.Size{{Width: 1208, Height: 752}, {Width: 928, Height: 652}} {
			w := kittest.Window(t, r.Content(), size.Width, size.Height)
			r.Shown()
			file, err := os.Create(filepath.Join(folder, fmt.Sprintf("today-alerts-%s-%.0f.png", mode, size.Width)))
			must(t, err)
			must(t, png.Encode(file, w.Canvas().Capture()))
			must(t, file.Close())
		}
	}
}
