package practice

import "testing"

func TestCountryCode(t *testing.T) {
	for given, want := range map[string]string{"": "US", "us": "US", " GB ": "GB", "UK": "GB", "USA": "US", "mx": "MX", "Banana": "", "XX": "", "419": "", "EU": ""} {
		got, err := countryCode(given)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v, want %q", given, got, err, want)
		}
	}
}
