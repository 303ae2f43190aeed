package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"goodword/reviews/respond"
)

func TestPractice(t *testing.T) {
	c := newCtl(t)
	if got := c.ok("practice"); !strings.HasPrefix(got, "Alder Street Dental\n") || !strings.Contains(got, "Alder Street Dental, Alder Street") {
		t.Errorf("the practice is %q", got)
	}
	c.ok("practice", "--name", "Alder Dental", "--city", "Bend", "--match", "Alder", "--match", "Dr. Reed", "--time-zone", "America/Chicago")
	got := c.rows("practice")[0]
	if got["name"] != "Alder Dental" || got["phone"] != "555-0100" || got["city"] != "Bend" || got["time_zone"] != "America/Chicago" || len(got["watch_words"].([]any)) != 2 {
		t.Errorf("after the change the practice is %v", got)
	}
	c.refuses(misuse, "needs a name", "practice", "--name", " ")
	c.refuses(misuse, "time zone", "practice", "--time-zone", "Bend")
}

func TestOfflineAndLedger(t *testing.T) {
	c := newCtl(t)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.NotFound(w, nil) }))
	defer site.Close()
	if got := c.ok("ledger"); !strings.Contains(got, "No request was ever made") {
		t.Errorf("an empty ledger says %q", got)
	}
	if got := c.ok("offline"); !strings.HasPrefix(got, "Online") {
		t.Errorf("at first it says %q", got)
	}
	if got := c.rows("offline", "on")[0]; got["offline"] != true {
		t.Errorf("switched on it says %v", got)
	}
	c.refuses(failed, "offline", "source", "add", site.URL, "--allow-private")
	c.ok("offline", "off")
	c.refuses(failed, "404", "source", "add", site.URL, "--allow-private")
	rows := c.rows("ledger", "--limit", "1")
	if len(rows) != 1 || rows[0]["status"] != 404.0 || rows[0]["host"] != strings.TrimPrefix(site.URL, "http://") {
		t.Errorf("the ledger is %v", rows)
	}
	c.refuses(misuse, "less than none", "ledger", "--limit=-1")
	c.refuses(misuse, "", "offline", "perhaps")
}

func TestAHostIsNeverCutSoThatItReadsAsAnother(t *testing.T) {
	for site, want := range map[string]string{"google": "google", "healthgrades": "healthgrades", "blog.example": "blog.example",
		"businessprofile-noreply@google.com.evil.example": "….com.evil.example", "google.com.reviews.evil.example": "…iews.evil.example"} {
		if got := respond.ShortSite(site, 18); len([]rune(got)) > 18 || got != want {
			t.Errorf("%s is shown as %q, want %q", site, got, want)
		}
	}
}
