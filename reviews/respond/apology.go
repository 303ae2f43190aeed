package respond

import (
	"slices"
	"strings"

	"goodword/internal/practice"
)

// Law is what is known of a state's law on apologies, with its source and its age. It informs the choice of a level and never makes it.
type Law struct {
	Country  string `yaml:"country"`
	Region   string `yaml:"region"`   // "CA"; "" is the country as a whole
	Name     string `yaml:"name"`     // of the place
	Protects string `yaml:"protects"` // "sympathy", "fault", "none", "mixed"
	Says     string `yaml:"says"`
	Basis    string `yaml:"basis"`
	Source   string `yaml:"source"`
	URL      string `yaml:"url"`
	Status   string `yaml:"status"` // verified, secondary or memory
	Checked  string `yaml:"checked"`
	Review   string `yaml:"review_by"`
}

type lawFile struct {
	Source  string `yaml:"source"`
	Checked string `yaml:"checked"`
	Review  string `yaml:"review_by"`
	Caution string `yaml:"caution"`
	Laws    []Law  `yaml:"laws"`
}

// ApologyLaw is what is known of the law where a practice is. Where its state is not in the list it is what is known of the country; false means
// that nothing is known.
func (l *Library) ApologyLaw(country, region string) (Law, bool) {
	country, region = codeOf(country), strings.ToUpper(strings.TrimSpace(region))
	for _, want := range []string{region, ""} {
		i := slices.IndexFunc(l.laws.Laws, func(law Law) bool {
			return law.Country == country && (law.Region == want || want != "" && strings.EqualFold(law.Name, want))
		})
		if i >= 0 {
			return l.laws.Laws[i], true
		}
	}
	return Law{}, false
}

// ApologyCaution is what holds under every law on apologies.
func (l *Library) ApologyCaution() string { return l.laws.Caution }

// Exceeds reports whether a level goes beyond what the law is known to protect.
func (law Law) Exceeds(level practice.Apology) bool {
	switch level {
	case practice.FullApology:
		return law.Protects != "fault"
	case practice.Regret:
		return law.Protects == "none"
	}
	return false
}
