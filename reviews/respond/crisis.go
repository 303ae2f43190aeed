package respond

import (
	"slices"
	"strings"
	"sync"

	"goodword/assets"
)

// Help is whom somebody in danger calls in a country, with its source and its age.
type Help struct {
	Codes  []string          `yaml:"codes"`  // of the countries; none: any other
	Number map[string]string `yaml:"number"` // for emergencies, by language
	Line   map[string]string `yaml:"line"`   // a sentence on who listens in a crisis, by language
	Source string            `yaml:"source"`
	URL    string            `yaml:"url"`
	Status string            `yaml:"status"` // verified, secondary or memory
}

// Helps lists whom to call, by country; the last entry is for those that are not in the list.
var Helps = sync.OnceValue(func() []Help {
	var file struct{ Countries []Help }
	if err := read(assets.FS, "templates/crisis.yaml", &file); err != nil {
		panic(err) // the list is part of the program and a test reads it
	}
	return file.Countries
})

// helpIn is whom to call in a country.
func helpIn(country string) Help {
	all, code := Helps(), codeOf(country)
	for _, h := range all {
		if slices.Contains(h.Codes, code) {
			return h
		}
	}
	return all[len(all)-1]
}

// codeOf is the code of a country as people enter it. A practice that never said where it is stands in the United States, as everywhere in the program.
func codeOf(country string) string {
	code := strings.ToUpper(strings.TrimSpace(country))
	switch code {
	case "", "USA", "UNITED STATES", "UNITED STATES OF AMERICA":
		return "US"
	}
	return code
}
