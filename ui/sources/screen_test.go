package sources

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/fetch"
	"goodword/internal/practice"
	"goodword/policy/guard"
	"goodword/reviews"
	"goodword/reviews/classify"
	"goodword/reviews/collect"
	"goodword/ui/kit"
	"goodword/ui/kit/kittest"
)

var ctx = context.Background()

// room is the screen on a real database with a real server to collect from.
type room struct {
	*Screen
	host      *kittest.Host
	store     *reviews.Store
	practices *practice.Store
	fetch     *fetch.Client
	secrets   keychain
	isOffline bool
	inFile    bool
	files     *files
	server    *httptest.Server
	broken    atomic.Bool
	at        time.Time
}

// keychain is a keychain in memory.
type keychain map[string]string

func (k keychain) Get(name string) (string, error) { return k[name], nil }
func (k keychain) Set(name, value string) error    { k[name] = value; return nil }
func (k keychain) Delete(name string) error        { delete(k, name); return nil }

// files answers the file dialogs.
type files struct{ file, saved string }

func (f *files) open(then func(string))           { then(f.file) }
func (f *files) folder(then func(string))         { then(f.file) }
func (f *files) save(_ string, then func(string)) { then(f.saved) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

var texts = []string{"The front desk was kind and quick, and the hygienist explained every step.", "I waited an hour past my appointment and nobody said a word.",
	"Bright Harbor Dental opens a second office on Pearl Street in spring.", "They billed me twice for one visit. Three calls later it is still not right.",
	"Wonderful with children. My son asked when he may come back."}

func open(t testing.TB) *room {
	t.Helper()
	kittest.App(t)
	r := &room{host: &kittest.Host{PersonID: 1, Person: "Dana Whitlock"}, files: &files{}, secrets: keychain{}, at: time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)}
	now := clock.Clock(func() time.Time { return r.at })
	db, err := database.Open(ctx, filepath.Join(t.TempDir(), "goodword.db"), now)
	must(t, err)
	r.practices = practice.NewStore(db, now)
	must(t, r.practices.Save(ctx, practice.Practice{Name: "Bright Harbor Dental", TimeZone: "UTC"}, audit.Program))
	r.fetch = fetch.New(db, now, func(context.Context) bool { return r.isOffline })
	t.Cleanup(func() {
		must(t, r.fetch.Flush(ctx))
		must(t, db.Close())
	})
	r.store = reviews.NewStore(db, now, r.practices, guard.Default())
	collector := collect.New(collect.Deps{Store: r.store, Fetch: r.fetch, Judge: classify.Default(), Practices: r.practices, Secrets: r.secrets, Now: now})
	r.server = httptest.NewServer(http.HandlerFunc(r.serve))
	t.Cleanup(r.server.Close)
	r.Screen = New(r.host, kit.Inline{}, Deps{Store: r.store, Collector: collector, Network: r.fetch, Practices: r.practices, Now: now, InFile: func() bool { return r.inFile },
		Offline: func() bool { return r.isOffline }, SetOffline: func(offline bool) { r.isOffline = offline }})
	r.chooser = r.files
	return r
}

func (r *room) serve(w http.ResponseWriter, request *http.Request) {
	if r.broken.Load() && request.URL.Path == "/blog" {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	if request.URL.Path == "/about" {
		_, _ = io.WriteString(w, `<html><head><title>About us</title></head><body><p>Bright Harbor Dental is on Pearl Street.</p></body></html>`)
		return
	}
	if request.URL.Path == "/page" {
		_, _ = io.WriteString(w, `<html><head><link rel="alternate" type="application/rss+xml" href="/news"></head></html>`)
		return
	}
	names := map[string]string{"/news": "News about Bright Harbor", "/blog": "Comments on our own blog", "/reviews": "What patients say on the portal of the Pearl Street medical association"}
	if names[request.URL.Path] == "" {
		http.NotFound(w, request)
		return
	}
	fmt.Fprintf(w, `<rss version="2.0"><channel><title>%s</title>`, names[request.URL.Path])
	for i, text := range texts {
		fmt.Fprintf(w, `<item><guid>%s%d</guid><title>Entry %d</title><author>reader%d@example.org (A. Reader %d)</author><description>%s</description><pubDate>%s</pubDate></item>`,
			request.URL.Path, i, i+1, i, i, text+" "+request.URL.Path, r.at.Add(-time.Duration(i)*26*time.Hour).Format(time.RFC1123Z))
	}
	_, _ = io.WriteString(w, `</channel></rss>`)
}

// put adds a source through the form, as a person does.
func (r *room) put(t testing.TB, path string) reviews.Source {
	t.Helper()
	r.fill(kindOf(anyAddress), reviews.Options{"address": r.server.URL + path})
	r.add.inside.SetChecked(true)
	r.add.see()
	if r.add.put.Disabled() {
		t.Fatalf("%s cannot be added", path)
	}
	r.add.store()
	return r.detail.source
}

func (r *room) all(t testing.TB) []reviews.Source {
	t.Helper()
	list, err := r.store.Sources(ctx)
	must(t, err)
	return list
}

func (r *room) lastToast() string {
	if len(r.host.Toasts) == 0 {
		return ""
	}
	return r.host.Toasts[len(r.host.Toasts)-1]
}

func TestEmpty(t *testing.T) {
	r := open(t)
	r.Shown()
	if got := said(r.states); !strings.Contains(got, "Nothing is being collected yet") {
		t.Errorf("got %q", got)
	}
}

func TestAddingFindsTheFeedAndCollects(t *testing.T) {
	r := open(t)
	r.Shown()
	r.Add()
	r.choose.paste()
	if r.choose.field.Error() == "" {
		t.Error("an empty address was taken")
	}
	r.choose.address.SetText(r.server.URL + "/page")
	r.choose.paste()
	if got := said(r.add.preview); !strings.Contains(got, "inside your own network") || !r.add.put.Disabled() {
		t.Errorf("got %q, want the refusal of a private address", got)
	}
	r.add.inside.SetChecked(true)
	r.add.match.SetText("billed, Pearl Street")
	r.add.see()
	if got := said(r.add.preview); !strings.Contains(got, "News about Bright Harbor") || !strings.Contains(got, "2 about the practice") {
		t.Errorf("got %q, want the feed behind the page with two entries about the practice", got)
	}
	r.add.store()
	list := r.all(t)
	if len(list) != 1 || list[0].Address != r.server.URL+"/news" || list[0].Brought != 2 || len(list[0].Match) != 2 {
		t.Fatalf("got %+v", list)
	}
	if r.add != nil || r.detail.source.ID != list[0].ID {
		t.Errorf("the new source is not shown")
	}
	if got, want := r.lastToast(), "2 new mentions from 1 source, 3 without a watch word left out"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAFailingSourceSaysWhy(t *testing.T) {
	r := open(t)
	r.Shown()
	r.put(t, "/news")
	r.put(t, "/blog")
	r.broken.Store(true)
	r.at = r.at.Add(time.Hour)
	r.CollectAll()
	if got := r.lastToast(); !strings.Contains(got, "1 failed") {
		t.Errorf("got %q, want it to say that one failed", got)
	}
	list, _, _ := r.sources()
	if list[0].Failures != 1 {
		t.Errorf("got %s first, want the failing source", list[0].Name)
	}
	r.detail.open(list[0].ID)
	if got := said(r.detail.content); !strings.Contains(got, "Failing since today") || !strings.Contains(got, "fault of its own") {
		t.Errorf("got %q", got)
	}
	if r.host.Status != "" || r.stop != nil || r.collect.Disabled() {
		t.Errorf("the collection did not end: status %q", r.host.Status)
	}
}

func TestPauseEditRemoveUndo(t *testing.T) {
	r := open(t)
	r.Shown()
	source := r.put(t, "/news")
	r.detail.pause()
	if !r.all(t)[0].Paused {
		t.Error("the source is not paused")
	}
	r.detail.pause()
	if r.all(t)[0].Paused {
		t.Error("the source is not resumed")
	}
	r.detail.edit()
	d := r.host.LastDialog()
	for _, o := range everything(d.Content) {
		if e, ok := o.(*kit.Entry); ok && e.Text == "News about Bright Harbor" {
			e.SetText("Local news")
		}
	}
	if !d.Press("Save") || r.all(t)[0].Name != "Local news" {
		t.Errorf("got %+v", r.all(t)[0])
	}
	r.detail.remove()
	if len(r.all(t)) != 0 {
		t.Error("the source is still there")
	}
	r.host.Undo()
	if list := r.all(t); len(list) != 1 || list[0].ID != source.ID || list[0].Brought != 5 {
		t.Errorf("got %+v, want the source back", list)
	}
}

func TestImportingATable(t *testing.T) {
	r := open(t)
	r.Shown()
	file := filepath.Join(t.TempDir(), "export.csv")
	must(t, os.WriteFile(file, []byte("Who,Rating,Words of the patient,Other,Published\nAna,5,Kind and quick and very gentle with me all along.,x,2026-01-02\nBo,1,They billed me twice and nobody calls back.,y,2026-01-03\n,,,,\n"), 0o600))
	r.Drop([]string{file})
	if got := said(r.content); !strings.Contains(got, "A table (CSV), 2 reviews") || !strings.Contains(got, "Kind and quick") {
		t.Errorf("got %q", got)
	}
	r.bring.mapping = collect.Mapping{"text": "Other"}
	r.bring.read()
	if got := said(r.bring.result); strings.Contains(got, "Kind and quick") {
		t.Errorf("the mapping was not followed: %q", got)
	}
	r.bring.mapping = collect.Mapping{"author": "Who"}
	r.bring.read()
	r.bring.store()
	if got, want := r.lastToast(), "2 reviews imported"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if list := r.all(t); len(list) != 1 || list[0].Kind != "import" || list[0].Brought != 2 {
		t.Errorf("got %+v", list)
	}
	r.host.Undo()
	if got, want := r.lastToast(), "2 reviews taken back"; got != want || r.all(t)[0].Brought != 0 {
		t.Errorf("got %q, want %q", got, want)
	}
	r.Drop([]string{file})
	r.bring.store()
	r.Drop([]string{file})
	r.bring.store()
	if got := r.lastToast(); !strings.Contains(got, "2 known already") {
		t.Errorf("got %q, want nothing twice", got)
	}
	bad := filepath.Join(t.TempDir(), "letter.csv")
	must(t, os.WriteFile(bad, []byte("Dear all,\nthis is a letter.\nBest\n"), 0o600))
	r.Drop([]string{bad})
	if got := said(r.bring.states); !strings.Contains(got, "is no table") || !r.bring.put.Disabled() {
		t.Errorf("got %q, want a sentence about the file", got)
	}
}

func TestListsInAndOut(t *testing.T) {
	r := open(t)
	r.Shown()
	r.files.file = filepath.Join(t.TempDir(), "in.opml")
	r.files.saved = filepath.Join(t.TempDir(), "out.opml")
	must(t, os.WriteFile(r.files.file, []byte(`<opml version="2.0"><body><outline text="News"><outline text="One" xmlUrl="https://example.org/1"/></outline><outline text="Two" xmlUrl="https://example.org/2"/></body></opml>`), 0o600))
	r.openFile(r.files.file, nil)
	r.bring.store()
	if got, want := r.lastToast(), "2 sources added"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	r.exportList()
	text, err := os.ReadFile(r.files.saved)
	must(t, err)
	if !strings.Contains(string(text), "https://example.org/2") {
		t.Errorf("got %s", text)
	}
}

func TestNetworkAndTheSwitch(t *testing.T) {
	r := open(t)
	w := kittest.Window(t, r.Content(), 1080, 744)
	r.Shown()
	r.put(t, "/news")
	r.Receive("network")
	if got := len(said(r.network.states)); r.paged[r.tabs.Selected()].name != "network" || got == 0 {
		t.Errorf("the ledger is not shown")
	}
	r.network.offline.SetChecked(true)
	if !r.isOffline || len(r.banner.Objects) != 1 {
		t.Errorf("got %v, %d banners; want offline and said so", r.isOffline, len(r.banner.Objects))
	}
	if height := r.offline.Size().Height; height < r.offline.MinSize().Height {
		t.Errorf("the banner is %v high, too low for what it says", height)
	}
	w.Canvas().Capture() // a size below zero would show here
	r.CollectAll()
	if got := r.lastToast(); !strings.Contains(got, "offline") {
		t.Errorf("got %q", got)
	}
	r.network.offline.SetChecked(false)
	if r.isOffline || len(r.banner.Objects) != 0 {
		t.Errorf("got offline %v, %d banners; want online", r.isOffline, len(r.banner.Objects))
	}
}

func TestOfflineAddingOffersTheWayOnlineAndPromisesNoVisit(t *testing.T) {
	r := open(t)
	w := kittest.Window(t, r.Content(), 1080, 744)
	r.Shown()
	r.put(t, "/news")
	r.network.offline.SetChecked(true)
	rows, err := r.rows(ctx, 0, 1)
	must(t, err)
	if rows[0].Status != "when online" {
		t.Errorf("the row promises %q", rows[0].Status)
	}
	if got := said(r.detail.states); !strings.Contains(got, "When online") {
		t.Errorf("got %q", got)
	}
	r.fill(kindOf(anyAddress), reviews.Options{"address": r.server.URL + "/blog"})
	r.add.inside.SetChecked(true)
	r.add.see()
	if got := said(r.add.preview); !strings.Contains(got, "Goodword is offline") || strings.Contains(got, "Nothing can be collected") {
		t.Errorf("got %q", got)
	}
	press(t, w, "Go online")
	if r.isOffline {
		t.Error("still offline")
	}
	r.add.see()
	if r.add.put.Disabled() {
		t.Errorf("cannot be added online: %q", said(r.add.preview))
	}
}

// press taps the first button of that name that can be seen.
func press(t testing.TB, w fyne.Window, title string) {
	t.Helper()
	for _, o := range everything(w.Content()) {
		if b, ok := o.(*widget.Button); ok && b.Text == title {
			test.Tap(b)
			return
		}
	}
	t.Fatalf("there is no button %q", title)
}

// everything lists an object and all that is drawn inside it.
func everything(o fyne.CanvasObject) []fyne.CanvasObject {
	all := []fyne.CanvasObject{o}
	switch o := o.(type) {
	case *fyne.Container:
		for _, inner := range o.Objects {
			if inner.Visible() {
				all = append(all, everything(inner)...)
			}
		}
	case fyne.Widget:
		for _, inner := range test.WidgetRenderer(o).Objects() {
			if inner.Visible() {
				all = append(all, everything(inner)...)
			}
		}
	}
	return all
}

// said is all the text of an object.
func said(o fyne.CanvasObject) string {
	var texts []string
	for _, inner := range everything(o) {
		switch inner := inner.(type) {
		case *kit.Paragraph:
			texts = append(texts, inner.Text())
		case *kit.Label:
			texts = append(texts, inner.Text())
		case *kit.Chip:
			texts = append(texts, inner.Text())
		case fyne.Accessible:
			texts = append(texts, inner.AccessibilityLabel())
		}
	}
	return strings.Join(texts, "\n")
}

// queue is a background that works when it is told to, so that a test can look at the moment in between.
type queue struct{ waiting []*job }

type job struct {
	work      func(context.Context) func()
	cancelled bool
}

func (q *queue) Run(work func(context.Context) func()) func() {
	j := &job{work: work}
	q.waiting = append(q.waiting, j)
	return func() { j.cancelled = true }
}

// run does all that waits, and what comes of it.
func (q *queue) run() {
	for len(q.waiting) > 0 {
		j := q.waiting[0]
		q.waiting = q.waiting[1:]
		working, cancel := context.WithCancel(ctx)
		if j.cancelled {
			cancel()
		}
		if show := j.work(working); show != nil && !j.cancelled {
			show()
		}
		cancel()
	}
}

func TestStoppingACollection(t *testing.T) {
	r := open(t)
	r.Shown()
	r.put(t, "/news")
	q := &queue{}
	r.bg = q
	r.CollectAll()
	if r.stop == nil || !r.collect.Disabled() || r.host.Status == "" {
		t.Fatalf("got status %q; want a collection under way", r.host.Status)
	}
	r.CollectAll()
	if got := len(q.waiting); got > 2 {
		t.Errorf("got %d jobs, want no second collection beside the first", got)
	}
	r.stop()
	if r.stop != nil || r.collect.Disabled() || r.host.Status != "" || !strings.HasPrefix(r.lastToast(), "Stopped") {
		t.Errorf("got status %q and toast %q after stopping", r.host.Status, r.lastToast())
	}
	toasts := len(r.host.Toasts)
	q.run()
	if len(r.host.Toasts) != toasts || len(r.host.Failures) != 0 {
		t.Errorf("a stopped collection reported: %q %q", r.host.Toasts, r.host.Failures)
	}
}

// broken is a store that cannot be read.
type broken struct{ Store }

func (broken) Sources(context.Context) ([]reviews.Source, error) {
	return nil, fmt.Errorf("The disk is gone")
}

func TestAStoreThatCannotBeRead(t *testing.T) {
	r := open(t)
	r.deps.Store = broken{r.store}
	r.Shown()
	if got := said(r.states); !strings.Contains(got, "The disk is gone") {
		t.Errorf("got %q, want the reason", got)
	}
	r.deps.Store = r.store
	r.Shown()
	if got := said(r.states); !strings.Contains(got, "Nothing is being collected yet") {
		t.Errorf("got %q, want the empty state", got)
	}
}

func TestFindingASource(t *testing.T) {
	r := open(t)
	r.Shown()
	r.put(t, "/news")
	r.put(t, "/blog")
	r.search.SetText("blog")
	if list, all, _ := r.sources(); len(list) != 1 || all != 2 {
		t.Errorf("got %d of %d", len(list), all)
	}
	r.search.SetText("nothing like it")
	if got := said(r.detail.content); !strings.Contains(got, "No source has these words") {
		t.Errorf("got %q", got)
	}
	r.Receive(r.all(t)[0].ID)
	if r.detail.source.ID != r.all(t)[0].ID {
		t.Error("the source was not opened")
	}
}

func TestCommandsFitTheMoment(t *testing.T) {
	r := open(t)
	r.Shown()
	can := func(title string) bool {
		for _, c := range r.Commands() {
			if c.Title == title {
				return c.CanRun()
			}
		}
		t.Fatalf("there is no command %q", title)
		return false
	}
	if can("Remove this source") || can("Stop collecting") || can("Back to the sources") || !can("Add a source") {
		t.Error("the commands do not fit an empty screen")
	}
	r.put(t, "/news")
	if !can("Remove this source") || !can("Pause or resume this source") {
		t.Error("the commands do not fit an open source")
	}
	r.Add()
	if !can("Back to the sources") || can("Remove this source") {
		t.Error("the commands do not fit adding")
	}
	r.back()
	if !r.onPage() || can("Back to the sources") {
		t.Error("back did not lead back")
	}
}

func TestTheLedgerSpeaksInWords(t *testing.T) {
	for status, want := range map[int]string{0: "None", 200: "Good (200)", 301: "Sent elsewhere (301)", 304: "Nothing changed (304)", 403: "Refused (403)", 404: "Not found (404)",
		410: "Gone for good (410)", 429: "Too often (429)", 503: "A fault of the server (503)"} {
		if got := statusText(status); got != want {
			t.Errorf("%d: got %q, want %q", status, got, want)
		}
	}
	if got := why("robots"); got != "To ask whether the page may be read" {
		t.Errorf("robots: got %q", got)
	}
	for site, want := range map[string]string{"import": "Imported file", "google": "Imported from Google"} {
		if got := siteOr(reviews.Source{Kind: reviews.KindImport, Site: site}); got != want {
			t.Errorf("an import of the site %s: got %q, want %q", site, got, want)
		}
	}
}

func TestTheHeaderCountsWhatIsInSight(t *testing.T) {
	r := open(t)
	at := r.at.Add(-time.Hour)
	list := []reviews.Source{{Name: "a", Kind: "feed", Brought: 4, Visited: at, Succeeded: at}}
	if got, want := r.summary(list, 19), "1 of 19 sources, 4 mentions brought so far"; got != want {
		t.Errorf("with a search: got %q, want %q", got, want)
	}
	if got, want := r.summary(list, 1), "1 source, 4 mentions brought so far"; got != want {
		t.Errorf("without: got %q, want %q", got, want)
	}
}
