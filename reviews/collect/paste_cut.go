package collect

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// cutter finds where one review ends and the next begins. All reviews of a paste come from one page, so they have the same order: the first and
// the last of them tell whether names and dates stand above the words or beneath.
type cutter struct {
	list     []pastedLine
	replies  []bool
	runs     []pastedRun
	leadName bool // each review begins with its author
	head     says // what stands above the words
	tail     says // what stands beneath them
}

// pastedRun is a run of lines without words, with at least one that tells something of a review.
type pastedRun struct{ from, to int }

func cutPaste(list []pastedLine, replies []bool) []pastedPart {
	c := cutter{list: list, replies: replies}
	c.findRuns()
	if len(c.runs) == 0 {
		return c.byRules()
	}
	c.order()
	starts, ok := c.closed()
	if !ok {
		starts = c.starts()
	}
	var parts []pastedPart
	for i, from := range starts {
		to := len(list)
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		part := pastedPart{lines: list[from:to], replies: replies[from:to], leadName: c.leadName}
		part.junk = i == 0 && c.tail == 0 && c.runs[0].from > 0 && !slices.ContainsFunc(part.lines, func(l pastedLine) bool { return l.is(anchors) })
		parts = append(parts, part)
	}
	return parts
}

func (c *cutter) says(i int) says {
	if c.replies[i] {
		return 0
	}
	return c.list[i].says
}

// findRuns finds the runs between the words.
func (c *cutter) findRuns() {
	from, anchored := -1, false
	end := func(to int) {
		if from >= 0 && anchored {
			c.runs = append(c.runs, pastedRun{from, to})
		}
		from, anchored = -1, false
	}
	for i := range c.list {
		s := c.says(i)
		if s&(anchors|silence|maybeName) == 0 {
			end(i)
			continue
		}
		if from < 0 {
			from = i
		}
		anchored = anchored || s&anchors != 0
	}
	end(len(c.list))
}

func (c *cutter) attributes(r pastedRun) says {
	var all says
	for i := r.from; i < r.to; i++ {
		all |= c.says(i) & anchors
	}
	return all
}

// wordsBetween tells whether anything was said in these lines.
func (c *cutter) wordsBetween(from, to int) bool {
	for i := from; i < to; i++ {
		if c.says(i)&saysText != 0 {
			return true
		}
	}
	return false
}

// order finds out what stands above the words and what beneath.
func (c *cutter) order() {
	first, last := c.runs[0], c.runs[len(c.runs)-1]
	atTop, atEnd := !c.wordsBetween(0, first.from), !c.wordsBetween(last.to, len(c.list)) && !slices.Contains(c.replies[last.to:], true)
	switch {
	case atTop:
		c.head = c.attributes(first)
		if c.attributes(last)&c.head == 0 && atEnd {
			c.tail = c.attributes(last)
		}
		if c.tail == 0 && len(c.runs) > 1 {
			c.tail = c.innerTail()
		}
		c.leadName = c.nameAbove(first.from, c.anchorFrom(first.from, first.to)) >= 0 && c.says(c.anchorFrom(first.from, first.to))&saysName == 0
	case atEnd:
		c.tail = c.attributes(last)
	default:
		c.head = c.attributes(first)
		c.leadName = c.nameAbove(first.from, c.anchorFrom(first.from, first.to)) >= 0
	}
}

// innerTail finds what stands beneath the words where the last review has none of it, or a reply follows it: in the runs between two reviews
// it stands above the button, what belongs to the next one beneath.
func (c *cutter) innerTail() says {
	var tail says
	for _, r := range c.runs[1:] {
		at := c.lastEnd(r.from, r.to)
		for i := r.from; i < at; i++ {
			if s := c.says(i) & anchors; s&c.head == 0 {
				tail |= s
			}
		}
	}
	return tail
}

// anchorFrom is the first line that tells something.
func (c *cutter) anchorFrom(from, to int) int {
	for i := from; i < to; i++ {
		if c.says(i)&anchors != 0 {
			return i
		}
	}
	return to
}

// nameAbove is the line of the author above a line, with nothing but notes about the author in between; -1: none.
func (c *cutter) nameAbove(from, at int) int {
	for i := at - 1; i >= from; i-- {
		switch s := c.says(i); {
		case s&maybeName != 0:
			return i
		case s&(saysMeta|saysBlank) == 0 || c.replies[i]:
			return -1
		}
	}
	return -1
}

// lastEnd is the line behind the last button or rule; from if there is none.
func (c *cutter) lastEnd(from, to int) int {
	for i := to - 1; i >= from; i-- {
		if c.says(i)&(saysEnd|saysRule) != 0 {
			return i + 1
		}
	}
	return from
}

// closed are the starts where each review ends with its buttons, which is so if no review between them tells the same thing twice.
func (c *cutter) closed() ([]int, bool) {
	starts, has, buttons := []int{0}, says(0), false
	for i := range c.list {
		s := c.says(i)
		if a := s & anchors; a&has != 0 {
			return nil, false
		} else if a != 0 {
			has |= a
		}
		if s&(saysEnd|saysRule) == 0 || has == 0 {
			continue
		}
		next := i + 1
		for next < len(c.list) && c.says(next)&(saysEnd|saysRule|saysBlank|saysChrome) != 0 {
			next++
		}
		if next < len(c.list) && !c.replies[next] && slices.ContainsFunc(c.list[next:], func(l pastedLine) bool { return l.is(anchors) }) {
			starts, has, buttons = append(starts, i+1), 0, true
		} else {
			buttons = true
		}
	}
	return starts, buttons
}

// starts are the lines with which reviews begin.
func (c *cutter) starts() []int {
	starts := []int{0}
	put := func(at int) {
		if at > starts[len(starts)-1] {
			starts = append(starts, at)
		}
	}
	if c.runs[0].from > 0 && c.tail == 0 && c.wordsBetween(0, c.runs[0].from) {
		put(c.begin(c.runs[0].from, c.anchorFrom(c.runs[0].from, c.runs[0].to)))
	}
	for k, r := range c.runs {
		var has says // what the review at hand has already
		from := r.from
		spoken := k > 0 || c.wordsBetween(0, r.from)
		for i := r.from; i < r.to; i++ {
			s := c.says(i) & anchors
			if s == 0 {
				continue
			}
			beneath := spoken && c.tail != 0 && s&^c.tail == 0 && has&s == 0 && (c.head == 0 || s&c.head == 0) && c.lastEnd(from, i) == from
			switch {
			case beneath:
			case spoken || has&s != 0:
				put(c.begin(from, i))
				spoken, has = false, 0
			}
			has |= s
			from = i + 1
			if s&saysDate == 0 && beneath && i+1 < r.to && c.tail&^has != 0 {
				continue
			}
		}
		if c.head == 0 && c.tail != 0 && r.to < len(c.list) {
			put(c.afterTail(r))
		}
	}
	return starts
}

// begin is where the review begins whose first sure line is at, not above from.
func (c *cutter) begin(from, at int) int {
	if end := c.lastEnd(from, at); end > from {
		return end
	}
	if c.leadName {
		if name := c.nameAbove(from, at); name >= 0 {
			return name
		}
		if at > 0 && from < at && c.shortAbove(from, at) {
			return at - 1
		}
	}
	for at > from && c.says(at-1)&(saysMeta|saysBlank) != 0 && !c.replies[at-1] {
		at--
	}
	if c.says(max(at-1, 0))&maybeName != 0 && at-1 >= from && c.head&saysStars != 0 && c.says(at)&saysDate != 0 && c.tail == 0 {
		at--
	}
	return at
}

// shortAbove tells whether the line above may be a name that looks like none.
func (c *cutter) shortAbove(from, at int) bool {
	l := c.list[at-1]
	return at-1 >= from && c.says(at-1)&saysText != 0 && utf8.RuneCountInString(l.text) <= 30 && (at-2 < from || c.says(at-2)&saysBlank != 0)
}

func (c *cutter) afterTail(r pastedRun) int {
	for i := r.to; i > r.from; i-- {
		if c.says(i-1)&(silence|anchors) != 0 {
			return i
		}
	}
	return r.to
}

// byRules cuts where there are neither names nor dates nor ratings: at rules, else at two empty lines.
func (c *cutter) byRules() []pastedPart {
	isRule := func(i int) bool { return c.list[i].is(saysRule) }
	if !slices.ContainsFunc(c.list, func(l pastedLine) bool { return l.is(saysRule) }) {
		isRule = func(i int) bool { return i > 0 && c.list[i].is(saysBlank) && c.list[i-1].is(saysBlank) }
	}
	var parts []pastedPart
	from := 0
	for i := range c.list {
		if isRule(i) {
			parts = append(parts, pastedPart{lines: c.list[from:i], replies: c.replies[from:i]})
			from = i + 1
		}
	}
	return append(parts, pastedPart{lines: c.list[from:], replies: c.replies[from:]})
}

// pastedReview is one review while its lines are read.
type pastedReview struct {
	name, title, text, reply string
	stars                    int
	date                     dated
	sure                     bool
	replied                  time.Time
}

// assemble reads the lines of one review.
func assemble(list []pastedLine, replies []bool, leadName bool) pastedReview {
	var r pastedReview
	name := authorLine(list, replies, leadName)
	lastHead, words := lastHeadLine(list, replies)
	var said, reply, titles []string
	for i, l := range list {
		switch {
		case replies[i] && l.is(saysReply|saysDate):
			if l.is(saysDate) {
				r.replied = l.date.at
			}
		case replies[i]:
			if l.is(saysText|saysBlank) && (len(reply) > 0 || !l.is(maybeName)) {
				reply = append(reply, l.text)
			}
		case i == name:
			r.name = l.name
		case l.is(saysOther):
			r.title = l.text
		case l.is(anchors):
			r.take(l)
		case l.is(saysText) && i < lastHead && words > lastHead:
			titles = append(titles, l.text)
		case l.is(saysText | saysBlank):
			said = append(said, l.text)
		}
	}
	if len(titles) > 0 && r.title == "" {
		r.title, titles = titles[0], titles[1:]
	}
	r.sections(&said)
	r.text, r.reply = prose(append(titles, said...)), prose(reply)
	r.name = strings.TrimRight(strings.TrimSpace(r.name), ",")
	return r
}

func (r *pastedReview) take(l pastedLine) {
	if l.is(saysStars) && r.stars == 0 {
		r.stars = l.stars
	}
	if l.is(saysDate) && r.date.at.IsZero() {
		r.date, r.sure = l.date, l.apart
	}
	if l.is(saysName) && r.name == "" {
		r.name = l.name
	}
}

// authorLine is the line with the author; -1 if it is written so that no place has to tell, or missing.
func authorLine(list []pastedLine, replies []bool, leadName bool) int {
	if slices.ContainsFunc(list, func(l pastedLine) bool { return l.is(saysName) }) {
		return -1
	}
	found := -1
	for i, l := range list {
		if replies[i] {
			continue
		}
		if leadName && l.is(anchors) {
			break
		}
		if l.is(maybeName) && (leadName || anchorBelow(list, replies, i)) {
			found = i
			if !leadName {
				break
			}
		}
	}
	return found
}

// anchorBelow tells whether the next line that tells something is a date or a rating.
func anchorBelow(list []pastedLine, replies []bool, at int) bool {
	for i := at + 1; i < len(list) && !replies[i]; i++ {
		if list[i].is(anchors) {
			return true
		}
		if !list[i].is(saysMeta | saysBlank) {
			return false
		}
	}
	return false
}

// lastHeadLine is the last line above the words that tells something, and the last line with words.
func lastHeadLine(list []pastedLine, replies []bool) (head, words int) {
	head, words = -1, -1
	for i, l := range list {
		if replies[i] {
			break
		}
		switch {
		case l.is(anchors):
			head = i
		case l.is(saysText):
			words = i
		}
	}
	return head, words
}

// sections reads what stands above "Pros" where sites for staff have it: the title and the job.
func (r *pastedReview) sections(said *[]string) {
	at := slices.IndexFunc(*said, func(text string) bool { return sections[strings.ToLower(text)] })
	if at < 0 {
		return
	}
	head := slices.DeleteFunc(slices.Clone((*said)[:at]), func(text string) bool { return text == "" })
	if len(head) == 0 || len(head) > 3 || r.name != "" && r.title != "" {
		return
	}
	for _, text := range head {
		if utf8.RuneCountInString(text) > 80 {
			return
		}
	}
	if r.title == "" {
		r.title, head = head[0], head[1:]
	}
	if r.name == "" && len(head) > 0 {
		r.name, head = head[0], head[1:]
	}
	*said = append(head, (*said)[at:]...)
}

// prose joins lines, without the empty ones at both ends, quotation marks around the whole and the "More" of a page.
func prose(lines []string) string {
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	for strings.Contains(text, "\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n", "\n\n")
	}
	for _, more := range []string{"… More", "...More", "... More", "… más", "…More", "... read more", "…Read more", "… Read more"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, more))
	}
	for _, marks := range [][2]string{{"\"", "\""}, {"“", "”"}, {"«", "»"}} {
		inner, opened := strings.CutPrefix(text, marks[0])
		inner, closed := strings.CutSuffix(inner, marks[1])
		if opened && closed && !strings.Contains(inner, marks[0]) {
			text = strings.TrimSpace(inner)
		}
	}
	return text
}
