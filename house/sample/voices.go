package sample

import (
	"strings"
	"time"

	"goodword/reviews"
)

// count is how many mentions the sample practice has.
const count = 400

type voices struct {
	Topics []struct {
		ID                 string
		Negative, Positive []string
	}
	Openers struct{ Positive, Negative []string }
	Bridges []string
	Spanish struct{ Positive, Negative []string }
	Names   []string
}

type special struct {
	Days                             float64
	Site, Place, Author, Title, Text string
	Stars                            int
	Edit                             *struct {
		Days  float64
		Stars int
		Text  string
	}
}

// arrival is one mention on the day it comes in, and how it changes later.
type arrival struct {
	at    time.Time
	found reviews.Found
	edit  *reviews.Found
	when  time.Time // of the edit
}

// arrivals makes all mentions, oldest first: those that stand for themselves, and ordinary ones around them.
func (m *maker) arrivals() ([]arrival, error) {
	file, err := read[struct{ Mentions []special }]("special.yaml")
	if err != nil {
		return nil, err
	}
	v, err := read[voices]("voices.yaml")
	if err != nil {
		return nil, err
	}
	var all []arrival
	for i, s := range file.Mentions {
		a := arrival{at: m.ago(s.Days)}
		a.found = m.found(keyOf("special", i), s.Site, s.Author, s.Place, s.Title, s.Text, s.Stars, a.at)
		if s.Edit != nil {
			edited := a.found
			edited.Text, edited.Stars = s.Edit.Text, s.Edit.Stars
			a.edit, a.when = &edited, m.ago(s.Edit.Days)
		}
		all = append(all, a)
	}
	for i := len(all); i < count; i++ {
		all = append(all, m.ordinary(i, v))
	}
	sortByTime(all)
	return all, nil
}

// days that the two oldest weeks hold come as one export, so that there is history that never counts in response times.
const historyAfter = 400

// ordinary is a mention as they come every week. More of them come lately, and the phone trouble of last summer can be seen.
func (m *maker) ordinary(i int, v voices) arrival {
	days := 0.4 + (Span.Hours()/24-1)*pow(m.chance.Float64(), 1.25)
	at := officeOrEvening(m, m.ago(days))
	site, place := m.site(), pick(m, []string{"Main Street", "Main Street", "Lakeside", "Northgate"})
	summer := days > 90 && days < 170
	good := m.chance.Float64() < 0.66
	if summer {
		good = m.chance.Float64() < 0.45
	}
	var text string
	var stars int
	switch roll := m.chance.Float64(); {
	case roll < 0.05:
		text, stars = pick(m, v.Spanish.Negative), 1+m.chance.IntN(2)
		if good {
			text, stars = pick(m, v.Spanish.Positive), 5
		}
	case roll < 0.12 && ratingSites[site]:
		stars = 1 + m.chance.IntN(2)
		if good {
			stars = 4 + m.chance.IntN(2)
		}
	case roll < 0.24:
		text, stars = m.sentence(v, true, false)+pick(m, v.Bridges)+lowerFirst(m.sentence(v, false, summer)), 3
	case good:
		text, stars = pick(m, v.Openers.Positive)+m.several(v, true, summer), 4+min(1, m.chance.IntN(4))
	default:
		text, stars = pick(m, v.Openers.Negative)+m.several(v, false, summer), 1+m.chance.IntN(2)
	}
	if !ratingSites[site] {
		stars = 0
	}
	found := m.found(keyOf("ordinary", i), site, pick(m, v.Names), place, "", text, stars, at)
	found.Imported = days > historyAfter
	return arrival{at: at, found: found}
}

// ratingSites are the sources whose mentions have stars.
var ratingSites = map[string]bool{"google": true, "healthgrades": true, "yelp": true, "zocdoc": true}

func (m *maker) several(v voices, good, summer bool) string {
	first := m.sentence(v, good, summer)
	if m.chance.Float64() < 0.45 {
		return first
	}
	second := m.sentence(v, good, false)
	if second == first {
		return first
	}
	return first + " " + second
}

// sentence takes a voice; in the summer of the phone trouble every second complaint is about the phone.
func (m *maker) sentence(v voices, good, summer bool) string {
	topic := pick(m, v.Topics)
	if summer && !good && m.chance.Float64() < 0.5 {
		for _, t := range v.Topics {
			if t.ID == "access_phone_portal" {
				topic = t
			}
		}
	}
	from := topic.Negative
	if good {
		from = topic.Positive
	}
	staff := pick(m, []string{"Beth", "Omar", "Linh", "Gwen", "Samir", "Rosa", "Dr. Sato", "Dr. Lindqvist", "Dr. Okafor"})
	return strings.ReplaceAll(pick(m, from), "{staff}", staff)
}

func (m *maker) found(key, site, author, place, title, text string, stars int, at time.Time) reviews.Found {
	return reviews.Found{Key: key, Site: site, Author: author, Place: place, Title: title, Text: text, Stars: stars, Posted: at,
		URL: "https://" + site + ".example/willowmere/" + key}
}
