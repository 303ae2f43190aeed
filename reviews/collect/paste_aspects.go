package collect

import (
	"math"
	"strings"
)

// gatherAspects makes one rating of the ratings of the parts: that of the whole where it is told, else their mean.
func gatherAspects(list []pastedLine) {
	for i := 0; i < len(list); i++ {
		lower := strings.ToLower(list[i].text)
		if !list[i].part && !list[i].whole && !(list[i].is(saysMeta) && (aspects[lower] || wholeWords[lower])) && !rowOfAspects(list[i].text) {
			continue
		}
		g := aspectGroup{list: list, first: i, rating: -1}
		i = g.read() - 1
	}
}

// rowOfAspects tells a line such as "Staff 5 Punctuality 4".
func rowOfAspects(text string) bool { return len(aspectsIn(text)) > 1 }

func aspectsIn(text string) []int {
	var values []int
	if len(text) > 160 {
		return nil
	}
	for _, found := range aspectRow.FindAllStringSubmatch(text, -1) {
		if !aspects[strings.ToLower(strings.TrimSpace(found[1]))] {
			return nil
		}
		values = append(values, starsNumber(found[2]))
	}
	return values
}

// aspectGroup is a run of ratings of parts.
type aspectGroup struct {
	list   []pastedLine
	first  int
	rating int // the line with the rating of the whole; -1: none
	values []int
	shown  []int // lines with a rating
}

// read takes the run in and returns the line behind it.
func (g *aspectGroup) read() int {
	i := g.first
	for i < len(g.list) {
		l := &g.list[i]
		lower := strings.ToLower(l.text)
		values := aspectsIn(l.text)
		switch {
		case len(values) > 0 && (len(values) > 1 || !l.is(saysText)):
			g.add(values...)
			l.says = saysMeta
			i++
		case l.is(saysStars) && (l.part || l.whole) && !l.is(saysDate|saysName):
			if l.whole {
				if g.rating >= 0 {
					return g.settle(i)
				}
				g.rating = i
			} else {
				g.add(l.stars)
				g.shown = append(g.shown, i)
			}
			i++
		case l.is(saysMeta) && (aspects[lower] || wholeWords[lower]) && i+1 < len(g.list) && g.list[i+1].is(saysStars) && !g.list[i+1].is(saysDate|saysName):
			if wholeWords[lower] {
				if g.rating >= 0 {
					return g.settle(i)
				}
				g.rating = i + 1
			} else {
				g.add(g.list[i+1].stars)
				g.shown = append(g.shown, i+1)
			}
			i += 2
		case l.is(saysBlank) && i > g.first:
			i++
		default:
			return g.settle(max(i, g.first+1))
		}
	}
	return g.settle(i)
}

func (g *aspectGroup) add(values ...int) { g.values = append(g.values, values...) }

// settle leaves one rating of the run.
func (g *aspectGroup) settle(end int) int {
	for _, i := range g.shown {
		g.list[i].says, g.list[i].stars = saysMeta, 0
	}
	if g.rating >= 0 || len(g.values) == 0 || starsBefore(g.list, g.first) {
		return end
	}
	sum := 0
	for _, v := range g.values {
		sum += v
	}
	at := g.first
	g.list[at].says, g.list[at].stars = saysStars, int(math.Round(float64(sum)/float64(len(g.values))))
	return end
}

// starsBefore tells whether a rating stands directly above.
func starsBefore(list []pastedLine, at int) bool {
	for i := at - 1; i >= 0; i-- {
		if list[i].is(saysStars) {
			return true
		}
		if !list[i].is(saysBlank | saysMeta) {
			return false
		}
	}
	return false
}
