package firstrun

import "strings"

// countries are those whose rules and days the program knows; any other is entered under Settings.
var countries = []struct{ name, code string }{{"United States", "US"}, {"United Kingdom", "GB"}, {"Canada", "CA"}, {"European Union", "EU"}}

func countryNames() []string {
	names := make([]string, len(countries))
	for i, c := range countries {
		names[i] = c.name
	}
	return names
}

// countryOf guesses the country from the computer's time zone.
func countryOf(zone string) int {
	switch {
	case zone == "Europe/London" || zone == "Europe/Belfast":
		return 1
	case zone == "America/Toronto" || zone == "America/Vancouver" || zone == "America/Halifax" || zone == "America/Edmonton" || zone == "America/Winnipeg":
		return 2
	case strings.HasPrefix(zone, "Europe/"):
		return 3
	}
	return 0
}
