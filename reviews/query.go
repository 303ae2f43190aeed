package reviews

import (
	"strconv"
	"strings"
	"time"
)

// Query says which mentions to list. The zero Query lists all. It is made by ParseQuery from what a person typed, and String gives it back.
type Query struct {
	Terms []Term
}

// Term is one condition of a query; all of them must hold. Field is empty for words that must occur in the mention.
type Term struct {
	Not    bool
	Field  string
	Op     string   // for stars: "", "<", "<=", ">", ">="
	Values []string // one of them must hold; a word or a phrase has one
	Phrase bool     // the words must stand together
	At     time.Time
}

// And adds the terms of another query.
func (q Query) And(other Query) Query {
	q.Terms = append(append([]Term{}, q.Terms...), other.Terms...)
	return q
}

// Empty reports whether the query lists everything.
func (q Query) Empty() bool { return len(q.Terms) == 0 }

// String is the query as a person would type it.
func (q Query) String() string {
	parts := make([]string, len(q.Terms))
	for i, t := range q.Terms {
		parts[i] = t.String()
	}
	return strings.Join(parts, " ")
}

// String is the term as a person would type it.
func (t Term) String() string {
	var b strings.Builder
	if t.Not {
		b.WriteByte('-')
	}
	if t.Field == "" {
		if t.Phrase {
			return b.String() + `"` + t.Values[0] + `"`
		}
		return b.String() + t.Values[0]
	}
	b.WriteString(t.Field + ":" + t.Op)
	for i, v := range t.Values {
		if i > 0 {
			b.WriteByte(',')
		}
		if strings.ContainsAny(v, " ,\t") {
			v = `"` + v + `"`
		}
		b.WriteString(v)
	}
	return b.String()
}

// field is a search word: how its values are checked and what a person may put there.
type field struct {
	check   func(t *Term, p parser) bool
	example string
}

// fields are the search words by name.
var fields map[string]field

func init() {
	fields = map[string]field{
		"stars":     {checkStars, "stars:<3, stars:1..2, stars:4,5 or stars:none"},
		"is":        {oneOf("unread", "new", "open", "done", "overdue", "soon", "snoozed", "waiting", "urgent", "flagged", "edited", "gone", "imported", "review", "assigned", "held", "cleared", "asked", "outbox", "unseen"), "is:unread, is:open, is:done, is:overdue, is:soon, is:snoozed, is:waiting, is:urgent, is:flagged, is:edited, is:gone, is:imported, is:review, is:assigned, is:held, is:cleared, is:asked (a reply waits for approval), is:outbox (the reply rests there) or is:unseen (the site does not show the reply yet)"},
		"status":    {checkStatus, `status:new, status:read, status:answering, status:answered, status:"no reply", status:escalated or status:resolved`},
		"sentiment": {oneOf("negative", "mixed", "positive", "none"), "sentiment:negative, sentiment:mixed, sentiment:positive or sentiment:none"},
		"kind": {oneOf("praise", "complaint", "operational complaint", "clinical complaint", "question", "misinformation", "spam", "suspected fake", "employment", "none"),
			`kind:question, kind:praise, kind:complaint, kind:"clinical complaint", kind:"operational complaint", kind:misinformation, kind:spam, kind:"suspected fake", kind:employment or kind:none`},
		"urgency":  {oneOf("critical", "high", "medium", "any", "none"), "urgency:critical, urgency:high, urgency:medium, urgency:any or urgency:none"},
		"topic":    {anyText, "topic:billing"},
		"source":   {anyText, "source:google"},
		"tag":      {anyText, "tag:billing-office or tag:none"},
		"alert":    {asWritten, `alert:any or alert:"low stars", what a rule asks somebody to look at`},
		"move":     {checkNumber, "move:3, what stands behind a move of Insights"},
		"author":   {anyText, "author:maria"},
		"about":    {anyText, "about:linh, about:none or about:any, whom of the practice it speaks of"},
		"place":    {anyText, `place:"north office" or place:none`},
		"lang":     {anyText, "lang:es"},
		"assigned": {anyText, "assigned:dana or assigned:none"},
		"before":   {checkDay, "before:2026-01-31, before:today or before:30d"},
		"after":    {checkDay, "after:2026-01-31, after:yesterday or after:7d"},
	}
}

// fieldNames is the order in which a message lists the search words.
const fieldNames = "stars, topic, is, before, after, source, status, sentiment, kind, urgency, tag, alert, move, author, about, place, assigned and lang"

func anyText(t *Term, _ parser) bool {
	for i, v := range t.Values {
		t.Values[i] = strings.ToLower(v)
	}
	return true
}

// asWritten takes a name as it is: the case of its letters is for the database to overlook.
func asWritten(*Term, parser) bool { return true }

func oneOf(allowed ...string) func(*Term, parser) bool {
	return func(t *Term, _ parser) bool {
		for i, v := range t.Values {
			v = strings.ToLower(v)
			if !contains(allowed, v) {
				return false
			}
			t.Values[i] = v
		}
		return true
	}
}

func contains(list []string, v string) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}

func checkStatus(t *Term, p parser) bool {
	for i, v := range t.Values {
		t.Values[i] = strings.ReplaceAll(v, "-", " ")
	}
	return oneOf(string(New), string(Read), string(Answering), string(Answered), string(NoReply), string(Escalated), string(Resolved))(t, p)
}

// checkStars takes ratings, a comparison or a range: 4,5 or <3 or 1..2.
func checkStars(t *Term, _ parser) bool {
	for _, op := range []string{"<=", ">=", "<", ">", "="} {
		if rest, ok := strings.CutPrefix(t.Values[0], op); ok {
			t.Op, t.Values[0] = strings.TrimPrefix(op, "="), rest
			break
		}
	}
	var ratings []string
	for _, v := range t.Values {
		v = strings.ToLower(v)
		low, high, ranged := strings.Cut(v, "..")
		switch {
		case ranged:
			if !aRating(low) || !aRating(high) || low > high || t.Op != "" {
				return false
			}
			for n := low[0]; n <= high[0]; n++ {
				ratings = append(ratings, string(n))
			}
			continue
		case !aRating(v) && (v != "none" || t.Op != ""):
			return false
		}
		ratings = append(ratings, v)
	}
	t.Values = ratings
	return t.Op == "" || len(t.Values) == 1
}

func aRating(v string) bool { return len(v) == 1 && v[0] >= '1' && v[0] <= '5' }

func checkNumber(t *Term, _ parser) bool {
	for _, v := range t.Values {
		if n, err := strconv.ParseInt(v, 10, 64); err != nil || n <= 0 {
			return false
		}
	}
	return true
}

// checkDay takes a day, or a day told from today: today, yesterday, 7d, 2w, 3m, 1y.
func checkDay(t *Term, p parser) bool {
	if len(t.Values) != 1 {
		return false
	}
	v := strings.ToLower(t.Values[0])
	t.Values[0] = v
	now := p.now.In(p.zone)
	today := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, p.zone)
	switch v {
	case "today":
		t.At = today
		return true
	case "yesterday":
		t.At = today.AddDate(0, 0, -1)
		return true
	}
	if day, err := time.ParseInLocation("2006-01-02", v, p.zone); err == nil {
		t.At = day
		return true
	}
	if len(v) < 2 || len(v) > 5 {
		return false
	}
	n, err := strconv.Atoi(v[:len(v)-1])
	if err != nil || n < 0 || v[0] == '+' {
		return false
	}
	switch v[len(v)-1] {
	case 'd':
		t.At = today.AddDate(0, 0, -n)
	case 'w':
		t.At = today.AddDate(0, 0, -7*n)
	case 'm':
		t.At = today.AddDate(0, -n, 0)
	case 'y':
		t.At = today.AddDate(-n, 0, 0)
	default:
		return false
	}
	return true
}
