package inbox

import (
	"slices"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/reviews"
	"goodword/ui/kit"
)

// on adds a source of a host that has others.
func (r *room) on(host, name, path string, options reviews.Options) reviews.Source {
	r.t.Helper()
	s, err := r.store.AddSource(ctx, reviews.Source{Name: name, Address: "https://" + host + path, Site: host, All: true, Options: options}, audit.Program)
	r.must(err)
	return s
}

func TestEachMentionNamesItsOwnSource(t *testing.T) {
	r := newRoom(t, 1280, 800)
	bend, salem, yelp := r.on("blog.example", "Bend blog", "/bend", nil), r.on("blog.example", "Salem blog", "/salem", nil), r.source("yelp")
	ids := []int64{r.say(bend, "Ada", 4, time.Hour, "Kind staff."), r.say(salem, "Ben", 4, 2*time.Hour, "A long wait."), r.say(yelp, "Cleo", 4, 3*time.Hour, "Fine.")}
	wanted := []string{"Bend blog", "Salem blog", "Yelp"}
	check := func(when string) {
		t.Helper()
		r.Shown()
		var got []string
		for _, id := range ids {
			got = append(got, r.row(r.find(id), "").Meta)
		}
		if !slices.Equal(got, wanted) {
			t.Errorf("%s: got %q, want %q", when, got, wanted)
		}
	}
	check("with two sources of one host")
	if got := r.known().site("blog.example"); got != "blog.example" {
		t.Errorf("the filter calls the host of two sources %q, want its own name", got)
	}
	r.must(r.store.RemoveSource(ctx, bend.ID, audit.Program))
	r.Changed(kit.ChangedSources)
	check("after one was removed")
	if got := r.known().site("blog.example"); got != "Salem blog" {
		t.Errorf("the filter calls the host of one source %q, want the source's name", got)
	}
}

func TestALongHostKeepsItsEnd(t *testing.T) {
	r := newRoom(t, 1280, 800)
	site := "businessprofile-noreply@google.com.evil.example"
	if got, want := r.known().where(site, 0), "…reply@google.com.evil.example"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestThePageOfAReply(t *testing.T) {
	r := newRoom(t, 1280, 800)
	both := r.on("care.example", "Care", "/us", reviews.Options{"profile": "https://care.example/us", "reply": "https://care.example/sign-in"})
	profile := r.on("kind.example", "Kind", "/us", reviews.Options{"profile": "https://kind.example/us"})
	named := r.on("net.example", "Net", "/us", reviews.Options{"profile": "us.net.example"})
	r.Shown()
	for _, c := range []struct {
		name string
		m    reviews.Mention
		want string
	}{
		{"its own address first", reviews.Mention{URL: "https://care.example/1", Site: "care.example", SourceID: both.ID}, "https://care.example/1"},
		{"where the practice answers", reviews.Mention{Site: "care.example", SourceID: both.ID}, "https://care.example/sign-in"},
		{"else its page there", reviews.Mention{Site: "kind.example", SourceID: profile.ID}, "https://kind.example/us"},
		{"a profile that is no address", reviews.Mention{Site: "net.example", SourceID: named.ID}, ""},
		{"entered by hand", reviews.Mention{Site: "other"}, ""},
	} {
		if got := r.known().page(c.m, nil); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}
