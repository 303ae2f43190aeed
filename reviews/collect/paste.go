package collect

import (
	"context"
	"crypto/sha256"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"goodword/internal/practice"
	"goodword/reviews"
)

// Pasted is what a block of pasted text was taken apart into. A person looks at it, and corrects it, before it is stored.
type Pasted struct {
	Found []reviews.Found `json:"found"`
	Left  []string        `json:"left,omitempty"` // lines that belong to no review
}

// largestPaste is how much is taken apart: more than a page of any site holds.
const largestPaste = 1 << 20

// paster takes pasted text apart.
type paster struct {
	zone     *time.Location
	now      time.Time
	dayFirst bool
}

// SplitPaste takes a pasted block of reviews apart. p is the practice, whose country says how to take 03/04/2026.
func SplitPaste(text string, p practice.Practice, now time.Time) Pasted {
	text = tidyPaste(text)
	reader := paster{zone: p.Location(), now: now}
	rows := [][]string{}
	for word := range strings.FieldsSeq(text) {
		if slashed.MatchString(word) {
			rows = append(rows, []string{word})
		}
	}
	reader.dayFirst, _ = reading{zone: reader.zone, country: p.Country, now: now}.daysFirst(rows, func(row []string) string { return row[0] })
	return reader.split(text)
}

// Split is SplitPaste for the practice of the database.
func (c *Collector) Split(ctx context.Context, text string) (Pasted, error) {
	p, err := c.Practices.Get(ctx)
	if err != nil {
		return Pasted{}, err
	}
	return SplitPaste(text, p, c.Now()), nil
}

func tidyPaste(text string) string {
	text = strings.ToValidUTF8(text[:min(len(text), largestPaste)], "")
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\r' || c == '\v' || c == '\f' || c == '\u2028' || c == '\u2029':
			return '\n'
		case c == '\u00a0' || c == '\t' || c == '\u202f' || c == '\u2009':
			return ' '
		case c == '\u200b' || c == '\u200e' || c == '\u200f' || c == '\ufeff' || c == '\u2060' || c != '\n' && unwanted(c):
			return -1
		case c >= 0xe000 && c <= 0xf8ff: // icons
			return -1
		}
		return c
	}, strings.ReplaceAll(text, "\r\n", "\n"))
}

func (p paster) split(text string) Pasted {
	list := p.lines(text)
	replies := markReplies(list)
	parts := cutPaste(list, replies)
	read := make([]pastedReview, len(parts))
	for i, part := range parts {
		read[i] = assemble(part.lines, part.replies, part.leadName)
	}
	nameAboveWords(read)
	var out Pasted
	seen := map[string]int{}
	for i, part := range parts {
		f := read[i].found()
		if f.Text == "" && (f.Posted.IsZero() || f.Stars == 0) || part.junk && len(strings.Fields(f.Text)) < 9 {
			for _, l := range part.lines {
				if !l.is(saysBlank) {
					out.Left = append(out.Left, l.text)
				}
			}
			continue
		}
		f.Payload = part.proof()
		f.Key = pasteKey(f, read[i].sure, seen)
		out.Found = append(out.Found, f)
	}
	return out
}

// nameAboveWords finds the authors of a page that puts them between the date and the words. One such line may be a title; if all reviews have
// one and none has an author, they are authors.
func nameAboveWords(list []pastedReview) {
	if len(list) < 2 {
		return
	}
	for _, r := range list {
		first, rest, _ := strings.Cut(r.text, "\n")
		if r.name != "" || rest == "" || !nameish(first) || r.stars == 0 && r.date.at.IsZero() {
			return
		}
	}
	for i := range list {
		name, rest, _ := strings.Cut(list[i].text, "\n")
		list[i].name, list[i].text = name, strings.TrimSpace(rest)
	}
}

// pasteKey is the identity of a pasted review: who, and how it begins. So it is known again when its end was cut off, when its rating was
// changed, and when a person corrected what the program read. Somebody without a name can only be told by all the words.
func pasteKey(f reviews.Found, sure bool, seen map[string]int) string {
	said, name := strings.Fields(folded(f.Title+" "+f.Text)), folded(f.Author)
	nobody := name == "" || anonymous[strings.ToLower(f.Author)]
	if !nobody && len(said) > 10 {
		said = said[:10]
	}
	parts := []string{name, strings.Join(said, " ")}
	if nobody && sure || len(said) == 0 && sure {
		parts = append(parts, f.Posted.Format(time.DateOnly))
	}
	key := "paste:" + hashed(parts...)
	seen[key]++
	if n := seen[key]; n > 1 && nobody {
		key += "+" + strconv.Itoa(n) // two people may both write "Great"
	}
	return key
}

// pastedPart is the lines of one review.
type pastedPart struct {
	lines    []pastedLine
	replies  []bool
	leadName bool
	junk     bool // it stands above the first review and has no head
}

// proof is the hash of the lines as they were pasted.
func (p pastedPart) proof() reviews.Payload {
	hash := sha256.New()
	for _, l := range p.lines {
		_, _ = io.WriteString(hash, l.text+"\n")
	}
	return hash.Sum(nil)
}

// markReplies tells which lines are the practice's reply, and takes from them what would otherwise belong to the review.
func markReplies(list []pastedLine) []bool {
	replies := make([]bool, len(list))
	for i := 0; i < len(list); i++ {
		if !list[i].is(saysReply) {
			continue
		}
		j, words := i, 0
		for ; j < len(list); j++ {
			l := list[j]
			if j > i && l.is(saysRule|saysStars) || words > 0 && (l.is(saysEnd|anchors) || l.is(maybeName) && headFollows(list, j)) {
				break
			}
			if l.is(saysText) && (j == i+1 || words > 0 || !l.is(maybeName)) && !(words == 0 && l.is(maybeName)) {
				words++
			}
			replies[j] = true
		}
		for k := j - 1; k > i && list[k].is(saysBlank|saysMeta); k-- { // belongs to the head that follows
			replies[k] = false
			j = k
		}
		i = j - 1
	}
	return replies
}

// headFollows tells whether a rating or a date stands a few lines below, with nothing said in between.
func headFollows(list []pastedLine, at int) bool {
	for i := at + 1; i < len(list) && i < at+8; i++ {
		if list[i].is(saysStars | saysDate) {
			return true
		}
		if !list[i].is(silence) {
			return false
		}
	}
	return false
}

// found is the review as the store takes it.
func (r pastedReview) found() reviews.Found {
	f := reviews.Found{Author: r.name, Title: r.title, Stars: r.stars, Text: r.text, Reply: r.reply, Posted: r.date.at, About: r.date.about}
	if f.Reply != "" {
		f.ReplyAt = r.replied
	}
	return f
}

// Mend gives a review that a person corrected its identity anew, where its words are others than the program read.
func Mend(f reviews.Found) reviews.Found {
	f.Key = pasteKey(f, !f.Posted.IsZero(), map[string]int{})
	return f
}

// Merge makes one review of two that follow each other: what the first lacks, the second gives.
func Merge(a, b reviews.Found) reviews.Found {
	text := []string{a.Text, b.Title, b.Text}
	if a.Author == "" {
		a.Author = b.Author
	} else if b.Author != "" && b.Author != a.Author {
		text = slices.Insert(text, 1, b.Author)
	}
	a.Text = strings.TrimSpace(strings.Join(slices.DeleteFunc(text, func(s string) bool { return s == "" }), "\n"))
	if a.Stars == 0 {
		a.Stars = b.Stars
	}
	if a.Posted.IsZero() {
		a.Posted, a.About = b.Posted, b.About
	}
	if a.Reply == "" {
		a.Reply, a.ReplyAt = b.Reply, b.ReplyAt
	}
	return Mend(a)
}

// Part makes two reviews of one, at a place in its text. The second has only words.
func Part(f reviews.Found, at int) (first, second reviews.Found) {
	second = reviews.Found{Text: strings.TrimSpace(f.Text[at:]), Reply: f.Reply, ReplyAt: f.ReplyAt, Site: f.Site}
	first = f
	first.Text, first.Reply, first.ReplyAt = strings.TrimSpace(f.Text[:at]), "", time.Time{}
	return Mend(first), Mend(second)
}
