package advocacy

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"goodword/internal/practice"
	"goodword/policy"
)

// Observance is a health awareness or recognition date that comes back every year, with the rule that finds it.
type Observance struct {
	ID          string   `yaml:"id" json:"id"`
	Name        string   `yaml:"name" json:"name"`
	Kind        string   `yaml:"kind" json:"kind"` // "month", "week", "day", "range"
	Use         string   `yaml:"use" json:"use"`   // "education", "staff_spotlight", "both"
	Region      string   `yaml:"region" json:"region"`
	Disciplines []string `yaml:"disciplines" json:"disciplines"`
	Topics      []string `yaml:"topics" json:"topics"`
	Rule        Rule     `yaml:"rule" json:"rule"`
	Confidence  string   `yaml:"confidence" json:"confidence"` // that the rule gives the right day
	Source      string   `yaml:"source" json:"source"`
	URL         string   `yaml:"url" json:"url,omitempty"`
	Status      string   `yaml:"status" json:"status"` // "verified", "secondary", "memory"; see HowChecked
	Checked     string   `yaml:"checked" json:"checked"`
	Note        string   `yaml:"note" json:"note,omitempty"`
	Idea        string   `yaml:"idea" json:"idea,omitempty"`
	Seen        []int    `yaml:"seen" json:"seen,omitempty"` // years whose published dates agree with the rule
}

// HowChecked says for people how far the date was checked; day is the day Checked as the screen writes days.
func (o Observance) HowChecked(day string) string { return policy.HowChecked(o.Status, day) }

// PostIdea is what to make of the observance: an idea of its own, or what its use suggests.
func (o Observance) PostIdea() string {
	switch {
	case o.Idea != "":
		return o.Idea
	case o.Use == "staff_spotlight":
		return "Show one colleague of this profession in their own words, with their written consent"
	case o.Use == "both":
		return "Show what your team does about " + o.about() + ", or post one thing worth knowing about it"
	}
	return "Post one thing worth knowing about " + o.about() + ", with a trusted source and a clinician's approval"
}

func (o Observance) about() string {
	if len(o.Topics) == 0 {
		return "it"
	}
	return o.Topics[0]
}

// Rule gives the first and the last day of an observance in any year. Exactly one of Day, First, Weekday, Week and Around is set, or
// none, which means the whole month.
type Rule struct {
	Month   int    `yaml:"month" json:"month,omitempty"`
	Day     string `yaml:"day" json:"day,omitempty"`         // "01-12"
	First   string `yaml:"first" json:"first,omitempty"`     // "12-28", with Last; Last may lie in the next year
	Last    string `yaml:"last" json:"last,omitempty"`       //
	Weekday string `yaml:"weekday" json:"weekday,omitempty"` // with N: the n-th such day of the month, -1 the last
	N       int    `yaml:"n" json:"n,omitempty"`
	Week    int    `yaml:"week" json:"week,omitempty"`     // the n-th week that lies wholly in the month, -1 the last
	Around  string `yaml:"around" json:"around,omitempty"` // the week that holds the day
	Begins  string `yaml:"begins" json:"begins,omitempty"` // the day on which those weeks begin
	Shift   int    `yaml:"shift" json:"shift,omitempty"`   // days by which the start moves
	Days    int    `yaml:"days" json:"days,omitempty"`     // how long it lasts, where not a week or a day
	Guess   string `yaml:"guess" json:"guess,omitempty"`   // the sponsor announces the date; the rule is ours, for planning
}

// Occurrence is an observance in one year. From and To are days, inclusive.
type Occurrence struct {
	Observance
	From string `json:"from"`
	To   string `json:"to"`
}

type observanceFile struct {
	Checked     string       `yaml:"checked"`
	Observances []Observance `yaml:"observances"`
}

var observances = sync.OnceValue(func() observanceFile {
	file := load[observanceFile]("observances/observances.yaml")
	for i := range file.Observances {
		file.Observances[i].Checked = file.Checked // one look for all
	}
	return file
})

// AllObservances lists every observance, in the order of the year.
func AllObservances() []Observance { return slices.Clone(observances().Observances) }

// Observances works out the observances of a year for the disciplines and the country of a practice: what concerns everybody and what
// concerns them. No disciplines means every discipline, no country every country.
func Observances(year int, disciplines []string, country string) []Occurrence {
	var list []Occurrence
	for _, o := range observances().Observances {
		if !concerns(o, disciplines) || !inRegion(o.Region, country) {
			continue
		}
		from, to, err := o.Rule.Dates(year)
		if err != nil {
			continue // a rule that names a day the year does not have; the tests find any other
		}
		list = append(list, Occurrence{Observance: o, From: from.Format(practice.Day), To: to.Format(practice.Day)})
	}
	slices.SortStableFunc(list, func(a, b Occurrence) int { return strings.Compare(a.From, b.From) })
	return list
}

// wider says which other disciplines a practice of a kind wants to hear of.
var wider = map[string][]string{
	"dental":  {"administration"},
	"medical": {"primary care", "nursing", "medical assisting", "administration"},
}

func concerns(o Observance, disciplines []string) bool {
	if len(disciplines) == 0 || slices.Contains(o.Disciplines, "all") {
		return true
	}
	for _, d := range disciplines {
		d = strings.ToLower(strings.TrimSpace(d))
		for _, has := range o.Disciplines {
			if strings.EqualFold(has, d) || slices.Contains(wider[d], has) {
				return true
			}
		}
	}
	return false
}

// inRegion compares the region of an observance with the ISO code of a country.
func inRegion(region, country string) bool {
	code := map[string]string{"US": "US", "UK": "GB", "Canada": "CA", "Australia": "AU"}[region]
	return region == "global" || country == "" || code == strings.ToUpper(country)
}

// Dates works out the first and the last day in a year. Times are midnight UTC: they stand for days.
func (r Rule) Dates(year int) (from, to time.Time, err error) {
	days := max(r.Days, 1)
	switch {
	case r.Day != "":
		from, err = monthDay(year, r.Day)
	case r.First != "":
		return r.span(year)
	case r.Weekday != "":
		var weekday time.Weekday
		if weekday, err = dayNamed(r.Weekday); err == nil {
			from, err = nthWeekday(year, time.Month(r.Month), weekday, r.N)
		}
	case r.Week != 0:
		days = lengthOrWeek(r.Days)
		from, err = r.nthWholeWeek(year)
	case r.Around != "":
		days = lengthOrWeek(r.Days)
		from, err = r.weekAround(year)
	case r.Month >= 1 && r.Month <= 12:
		from = date(year, time.Month(r.Month), 1)
		return from, from.AddDate(0, 1, -1), nil
	default:
		err = fmt.Errorf("The rule of an observance says nothing: %+v", r)
	}
	if err != nil {
		return time.Time{}, time.Time{}, err
	}
	from = from.AddDate(0, 0, r.Shift)
	return from, from.AddDate(0, 0, days-1), nil
}

func lengthOrWeek(days int) int {
	if days == 0 {
		return 7
	}
	return days
}

// span is a fixed range; one that ends before it begins runs into the next year.
func (r Rule) span(year int) (from, to time.Time, err error) {
	if from, err = monthDay(year, r.First); err != nil {
		return from, to, err
	}
	if r.Last < r.First {
		year++
	}
	to, err = monthDay(year, r.Last)
	return from, to, err
}

func (r Rule) nthWholeWeek(year int) (time.Time, error) {
	begins, err := dayNamed(r.Begins)
	if err != nil {
		return time.Time{}, err
	}
	if r.Week > 0 {
		return nthWeekday(year, time.Month(r.Month), begins, r.Week)
	}
	last := date(year, time.Month(r.Month)+1, 1).AddDate(0, 0, -7) // the latest day on which a whole week can begin
	last = last.AddDate(0, 0, -((int(last.Weekday()) - int(begins) + 7) % 7))
	return last.AddDate(0, 0, 7*(r.Week+1)), nil
}

func (r Rule) weekAround(year int) (time.Time, error) {
	begins, err := dayNamed(r.Begins)
	if err != nil {
		return time.Time{}, err
	}
	day, err := monthDay(year, r.Around)
	return day.AddDate(0, 0, -((int(day.Weekday()) - int(begins) + 7) % 7)), err
}

func nthWeekday(year int, month time.Month, weekday time.Weekday, n int) (time.Time, error) {
	first := date(year, month, 1)
	if n < 0 {
		last := first.AddDate(0, 1, -1)
		last = last.AddDate(0, 0, -((int(last.Weekday()) - int(weekday) + 7) % 7))
		return last.AddDate(0, 0, 7*(n+1)), nil
	}
	day := first.AddDate(0, 0, (int(weekday)-int(first.Weekday())+7)%7+7*(n-1))
	if n == 0 || day.Month() != month {
		return day, fmt.Errorf("%s %d has no weekday number %d", month, year, n)
	}
	return day, nil
}

func monthDay(year int, text string) (time.Time, error) {
	day, err := time.Parse(practice.Day, fmt.Sprintf("%04d-%s", year, text))
	if err != nil {
		return day, fmt.Errorf("%d has no day %s: %w", year, text, err)
	}
	return day, nil
}

func dayNamed(name string) (time.Weekday, error) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		if strings.EqualFold(d.String(), name) {
			return d, nil
		}
	}
	return 0, fmt.Errorf("%q is no day of the week", name)
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}
