package advocacy_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"goodword/advocacy"
	"goodword/internal/practice"
)

func TestLength(t *testing.T) {
	tests := []struct {
		name, network, text string
		want                int
	}{
		{"plain", "bluesky", "Meet Mara.", 10},
		{"a family of emoji is one sign", "bluesky", "👨‍👩‍👧‍👦!", 2},
		{"combining accent", "facebook", "Jose\u0301", 4},
		{"flag", "instagram", "🇨🇦", 1},
		{"address in full", "bluesky", "https://example.org/a", 21},
		{"address counts 23 on Mastodon", "mastodon", "See https://example.org/a/very/long/path/indeed/yes", 4 + 23},
		{"X counts wide signs twice", "x", "歯", 2},
		{"X counts an emoji twice however it is built", "x", "👨‍👩‍👧‍👦", 2},
		{"X counts Latin once", "x", "Señora “Mara”", 13},
		{"X counts an address 23", "x", "a https://example.org", 25},
		{"empty", "threads", "", 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := advocacy.Length(test.network, test.text); got != test.want {
				t.Errorf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestFits(t *testing.T) {
	if err := advocacy.Fits("bluesky", strings.Repeat("a", 300)); err != nil {
		t.Errorf("300 characters: %v", err)
	}
	err := advocacy.Fits("bluesky", strings.Repeat("a", 301))
	if !errors.Is(err, advocacy.ErrLength) || !strings.Contains(err.Error(), "1 character too long") {
		t.Errorf("got %v", err)
	}
	if err := advocacy.Fits("bluesky", strings.Repeat("👨‍👩‍👧‍👦", 200)); !errors.Is(err, advocacy.ErrLength) {
		t.Errorf("200 families are 5,000 bytes; got %v", err)
	}
	if err := advocacy.Fits("website", strings.Repeat("a", 100_000)); err != nil {
		t.Errorf("a website has no limit: %v", err)
	}
	if err := advocacy.Fits("myspace", "a"); !errors.Is(err, advocacy.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestShareLinksAreHTTPSAndCarryTheText(t *testing.T) {
	text := "Meet Mara & \"Jo\" #team\n\n100% + more? é 👩‍⚕️"
	for _, n := range advocacy.Networks() {
		link := advocacy.ShareLink(n.ID, text)
		if n.ID == "website" {
			if link != "" {
				t.Errorf("website: got %q", link)
			}
			continue
		}
		parsed, err := url.Parse(link)
		if err != nil || parsed.Scheme != "https" || parsed.Host == "" {
			t.Errorf("%s: got %q, %v", n.ID, link, err)
			continue
		}
		if !strings.Contains(n.Compose, "{text}") {
			continue
		}
		values := parsed.Query()
		if parsed.Fragment != "" {
			if values, err = url.ParseQuery(parsed.EscapedFragment()); err != nil {
				t.Errorf("%s: %v", n.ID, err)
			}
		}
		if got := values.Get("text"); got != text {
			t.Errorf("%s: got %q, want %q", n.ID, got, text)
		}
	}
}

func TestWholeAddsWhoSpeaks(t *testing.T) {
	p := practice.Practice{Name: "Lakeside Dental"}
	v := advocacy.Variant{Network: "linkedin", Text: " Meet Mara. ", Disclosure: true}
	if got, want := v.Whole(p), "Meet Mara.\n\nI work at Lakeside Dental. #employee"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	v.Network = "google"
	if got, want := v.Whole(p), "Meet Mara.\n\nFrom the team at Lakeside Dental."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	v.Disclosure = false
	if got, want := v.Whole(p), "Meet Mara."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := (advocacy.Variant{Network: "x", Disclosure: true}).Whole(p); got != "" {
		t.Errorf("an empty text stays empty, got %q", got)
	}
}

func TestNetworksSayTheirSource(t *testing.T) {
	for _, n := range advocacy.Networks() {
		if n.Name == "" || n.Source == "" || n.Status == "" || n.Limit < 0 {
			t.Errorf("%+v", n)
		}
	}
	d := advocacy.Disclosing()
	if !strings.Contains(d.Source, "16 CFR 255") || !strings.HasPrefix(d.URL, "https://") || d.Why == "" {
		t.Errorf("the disclosure is not explained: %+v", d)
	}
}
