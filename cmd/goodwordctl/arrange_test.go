package main

import (
	"strings"
	"testing"
	"time"
)

func TestSeriesTipsAndCampaignsByHand(t *testing.T) {
	c := newCtl(t)
	day := func(days int) string { return time.Now().AddDate(0, 0, days).Format("2006-01-02") }
	c.ok("staff", "add", "Beth Lindholm", "--role", "staff", "--job", "dental hygienist", "--hired", "2020-01-01")
	if got := c.ok("series"); !strings.Contains(got, "No series yet") {
		t.Errorf("got %q", got)
	}
	c.refuses(misuse, "no weekday", "series", "add", "Meet the team", "--on", "someday", "--until", day(60))
	c.refuses(failed, "before it begins", "series", "add", "Meet the team", "--on", "tuesday", "--until", day(-3))
	c.refuses(failed, "arranged by the manager", "--as", "Beth Lindholm", "series", "add", "Meet the team", "--on", "tuesday", "--until", day(60))
	if got := c.ok("series", "add", "Meet the team", "--on", "tuesday", "--every", "2", "--until", day(60)); !strings.Contains(got, "every second Tuesday") {
		t.Errorf("got %q", got)
	}
	turns := c.rows("series", "results", "1")
	if len(turns) < 4 || len(turns) > 5 {
		t.Errorf("got %d turns in sixty days", len(turns))
	}
	c.ok("series", "end", "1", "--on", day(20))
	if rows := c.rows("series"); len(rows) != 1 || rows[0]["until"] != day(20) {
		t.Errorf("got %v", rows)
	}
	if less := c.rows("series", "results", "1"); len(less) >= len(turns) {
		t.Errorf("the turns after the end are still there: %v", less)
	}
	c.refuses(failed, "no series with number 9", "series", "end", "9")

	tips := c.rows("tips", "--month", "2026-10")
	if len(tips) == 0 || tips[0]["status"] != "memory" || tips[0]["review_by"] == "" {
		t.Fatalf("got %v", tips)
	}
	if got := c.ok("tips", "--month", "2026-10"); !strings.Contains(got, "Not yet checked against any page") || !strings.Contains(got, "to be looked at again by 22 January 2027") {
		t.Errorf("got %q", got)
	}
	c.refuses(misuse, "no month", "tips", "--month", "October")
	c.refuses(misuse, "no tip", "tips", "add", "moon")
	if got := c.ok("tips", "add", tips[0]["id"].(string)); !strings.Contains(got, "Spotlight 1") {
		t.Errorf("got %q", got)
	}

	c.refuses(failed, "Choose a goal", "campaign", "add", "Autumn", "--goal", "fame", "--until", day(30))
	c.refuses(failed, "arranged by the manager", "--as", "Beth Lindholm", "campaign", "add", "Autumn", "--goal", "education", "--until", day(30))
	c.ok("campaign", "add", "Autumn", "--goal", "education", "--wanted", "4", "--until", day(30))
	c.ok("campaign", "join", "1", "1")
	if row := c.rows("campaign", "results", "1")[0]; row["posts"] != 1.0 || row["out"] != 0.0 || row["result"] != "0 of 4 health tips posted." || row["state"] != "Running" {
		t.Errorf("got %v", row)
	}
	c.ok("campaign", "end", "1", "--learned", "Short texts are read")
	if row := c.rows("campaign")[0]; row["until"] != day(0) || row["learned"] != "Short texts are read" {
		t.Errorf("got %v", row)
	}
	c.refuses(failed, "no campaign with number 7", "campaign", "results", "7")
}
