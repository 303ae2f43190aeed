package main

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/practice"
)

func TestCheckingAnAddressObeysTheOfflineSwitchAndWritesTheLedger(t *testing.T) {
	var asked atomic.Int64
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked.Add(1)
		_, _ = w.Write([]byte(`<rss version="2.0"><channel><title>Town</title><item><guid>1</guid><title>One</title></item></channel></rss>`))
	}))
	defer site.Close()
	c := newCtl(t)
	practiceOf := func(do func(*house.House)) {
		t.Helper()
		h, err := house.Open(t.Context(), c.db, clock.System())
		if err != nil {
			t.Fatal(err)
		}
		do(h)
		if err := h.Close(); err != nil {
			t.Fatal(err)
		}
	}
	c.ok("source", "check", site.URL, "--allow-private")
	practiceOf(func(h *house.House) {
		lines, err := h.Fetch.Ledger(t.Context(), 10)
		if err != nil || len(lines) != 1 || !strings.HasPrefix(lines[0].Host, "127.0.0.1") || lines[0].Why != "look" {
			t.Errorf("got %+v, %v in the ledger, want the look", lines, err)
		}
		if err := h.Practices.SetSetting(t.Context(), practice.SettingOffline, "yes", audit.Program); err != nil {
			t.Fatal(err)
		}
	})
	if code, out, _ := c.call("", "source", "check", site.URL, "--allow-private"); code != failed || !strings.Contains(out, "offline") || asked.Load() != 1 {
		t.Errorf("exit %d, %q after %d requests; want nobody asked while offline", code, out, asked.Load())
	}
	nowhere := ctl{t, filepath.Join(t.TempDir(), "none.db")}
	if out := nowhere.ok("source", "check", site.URL, "--allow-private"); !strings.Contains(out, "1 entries") {
		t.Errorf("got %q without a database", out)
	}
}

func TestCheckingAnAddressShowsNoKey(t *testing.T) {
	site := httptest.NewServer(http.NotFoundHandler())
	site.Close() // nothing answers
	c := newCtl(t)
	for _, address := range []string{site.URL + "/feed?token=hush-hush", "http://me:hush-hush@" + strings.TrimPrefix(site.URL, "http://") + "/", "https://exa mple.org/?key=hush-hush",
		"ftp://example.org/?key=hush-hush", "http://[::1/?token=hush-hush"} {
		_, out, errs := c.call("", "source", "check", address, "--allow-private")
		if strings.Contains(out+errs, "hush-hush") {
			t.Errorf("%s: got %q and %q, want no key", address, out, errs)
		}
	}
}
