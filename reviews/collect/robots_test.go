package collect

import "testing"

func TestRobotsRules(t *testing.T) {
	tests := []struct {
		name, rules, path string
		want              bool
	}{
		{"empty", "", "/us", true},
		{"all", "User-agent: *\nDisallow: /", "/us", false},
		{"nothing", "User-agent: *\nDisallow:", "/us", true},
		{"another program", "User-agent: Googlebot\nDisallow: /", "/us", true},
		{"us by name", "User-agent: *\nAllow: /\n\nUser-agent: GoodWord/2\nUser-agent: other\nDisallow: /u", "/us", false},
		{"us allowed by name", "user-agent: goodword # us\r\nallow: /us\r\ndisallow: /\r\n\r\nuser-agent: *\r\ndisallow: /", "/us", true},
		{"a name that only begins like ours", "User-agent: goodwordbot\nDisallow: /", "/us", true},
		{"longest", "User-agent: *\nDisallow: /\nAllow: /us$", "/us", true},
		{"end", "User-agent: *\nDisallow: /\nAllow: /us$", "/us/more", false},
		{"star", "User-agent: *\nDisallow: /*?print=", "/us?print=1", false},
		{"star elsewhere", "User-agent: *\nDisallow: /*.pdf$", "/us", true},
		{"equally long", "User-agent: *\nDisallow: /us\nAllow: /us", "/us", true},
		{"signs are no pattern", "User-agent: *\nDisallow: /u.s", "/uxs", true},
		{"rules before anybody", "Disallow: /\nUser-agent: *\nAllow: /", "/us", true},
	}
	for _, test := range tests {
		if got := allowed(readRobots(test.rules), test.path); got != test.want {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
