package sources

import (
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"goodword/ui/kit/kittest"
)

// takeout writes an export of Google with the reviews of these numbers.
func takeout(t *testing.T, numbers ...int) string {
	t.Helper()
	root := filepath.Join(t.TempDir(), "Takeout")
	folder := filepath.Join(root, "Google Business Profile", "account-1", "location-22")
	must(t, os.MkdirAll(folder, 0o700))
	var list []string
	for _, n := range numbers {
		list = append(list, fmt.Sprintf(`{"name":"accounts/1/locations/22/reviews/r%d","reviewer":{"displayName":"Writer %d"},"starRating":"FOUR","comment":%q,"createTime":"2026-02-%02dT10:00:00Z"}`,
			n, n, texts[n%len(texts)], n))
	}
	must(t, os.WriteFile(filepath.Join(folder, "reviews.json"), []byte(`{"reviews":[`+strings.Join(list, ",")+`]}`), 0o600))
	return root
}

func TestACompleteExportTellsWhatIsGoneAndAsks(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Drop([]string{takeout(t, 1, 2, 3, 4, 5)})
	r.bring.store()
	r.Drop([]string{takeout(t, 1, 2, 3, 4)})
	if got := said(r.content); !strings.Contains(got, "1 review that Goodword knows is no longer in this export") {
		t.Errorf("got %q", got)
	}
	r.bring.store()
	if got := r.lastToast(); !strings.Contains(got, "4 known already, 1 marked as gone from the site") {
		t.Errorf("got %q", got)
	}
	r.Drop([]string{takeout(t, 1)})
	if got := said(r.content); !strings.Contains(got, "lacks 3 of 4 reviews of location 22") {
		t.Errorf("got %q, want a question", got)
	}
	if folder := os.Getenv("GOODWORD_PICTURES"); folder != "" {
		file, err := os.Create(filepath.Join(folder, "sources-export-shrunken.png"))
		must(t, err)
		must(t, png.Encode(file, kittest.Window(t, r.content, 1280, 800).Canvas().Capture()))
		must(t, file.Close())
	}
	r.bring.store()
	if got := r.lastToast(); strings.Contains(got, "gone") {
		t.Errorf("got %q, want nothing marked without a yes", got)
	}
	r.Drop([]string{takeout(t)})
	if !r.bring.put.Disabled() {
		t.Error("an export without reviews can be imported without a yes")
	}
	tick(r, t)
	if r.bring.put.Disabled() {
		t.Fatal("the yes was not heard")
	}
	r.bring.store()
	if got := r.lastToast(); !strings.Contains(got, "4 marked as gone from the site") {
		t.Errorf("got %q", got)
	}
}

// tick says yes to the question.
func tick(r *room, t *testing.T) {
	t.Helper()
	for _, o := range r.bring.missing() {
		if yes, ok := o.(*widget.Check); ok {
			yes.SetChecked(true)
			return
		}
	}
	t.Fatal("nothing is asked")
}

func TestASettledMappingIsNamed(t *testing.T) {
	r := open(t)
	r.Shown()
	file := filepath.Join(t.TempDir(), "export.csv")
	must(t, os.WriteFile(file, []byte("Who,Marks,Said\nAna,5,Kind and quick\nBo,2,Slow\n"), 0o600))
	r.Drop([]string{file})
	if got := said(r.content); !strings.Contains(got, "guessed from the headings") {
		t.Errorf("got %q", got)
	}
	r.bring.mapping = map[string]string{"text": "Said", "author": "Who"}
	r.bring.store()
	r.Drop([]string{file})
	if got := said(r.content); !strings.Contains(got, "As it was settled for these columns on 22 November 2026") || r.bring.preview.Mapping["author"] != "Who" {
		t.Errorf("got %q", got)
	}
}
