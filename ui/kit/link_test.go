package kit_test

import (
	"errors"
	"testing"

	"goodword/ui/kit"
)

func TestSafeLink(t *testing.T) {
	tests := []struct {
		name, raw, want string
	}{
		{"web page", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"},
		{"plain http", "http://example.org", "http://example.org"},
		{"upper case scheme", "HTTPS://example.org/", "https://example.org/"},
		{"port", "http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"},
		{"spaces around", "  https://example.org/ \n", "https://example.org/"},
		{"mail", "mailto:front@example.org?subject=Hi", "mailto:front@example.org?subject=Hi"},
		{"empty", "  ", ""},
		{"no scheme", "example.org", ""},
		{"no host", "https:///etc/passwd", ""},
		{"opaque http", "http:example.org", ""},
		{"port without host", "http://:80/", ""},
		{"file", "file:///etc/passwd", ""},
		{"file in capitals", "FILE://c:/windows", ""},
		{"network share", `\\server\share\x.exe`, ""},
		{"network share by slashes", "//server/share/x.exe", ""},
		{"share hidden in a page", `https:\\server\share`, ""},
		{"drive letter", `c:\windows\system32\calc.exe`, ""},
		{"drive letter by slash", "c:/windows/system32/calc.exe", ""},
		{"script", "javascript:alert(1)", ""},
		{"data", "data:text/html,<b>x</b>", ""},
		{"settings page", "ms-settings:privacy", ""},
		{"shell", "shell:startup", ""},
		{"control character", "https://exa\x00mple.org", ""},
		{"line break", "https://example.org/\r\nx", ""},
		{"tab in scheme", "java\tscript:alert(1)", ""},
		{"reading order mark", "https://example.org/\u202egpj.exe", ""},
		{"quote", `https://example.org/" & calc`, ""},
		{"mail without address", "mailto:", ""},
		{"mail with host", "mailto://host/a@b", ""},
		{"broken escape", "https://example.org/%zz", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			link, err := kit.SafeLink(test.raw)
			if test.want == "" {
				if !errors.Is(err, kit.ErrUnsafeLink) {
					t.Fatalf("got %v, %v; want ErrUnsafeLink", link, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := link.String(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func FuzzSafeLink(f *testing.F) {
	for _, seed := range []string{"https://a.b/c", "mailto:a@b", "file:///x", `\\s\x`, "java\nscript:x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		link, err := kit.SafeLink(raw)
		if err != nil {
			return
		}
		switch link.Scheme {
		case "http", "https":
			if link.Hostname() == "" {
				t.Errorf("%q passed without a host", raw)
			}
		case "mailto":
		default:
			t.Errorf("%q passed with scheme %q", raw, link.Scheme)
		}
		if again, err := kit.SafeLink(link.String()); err != nil {
			t.Errorf("%q passed, but its own form %q did not: %v", raw, again, err)
		}
	})
}
