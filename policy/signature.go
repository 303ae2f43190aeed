package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"goodword/internal/paper"
	"goodword/internal/practice"
)

// Way is how somebody signed.
type Way string

// The ways to sign.
const (
	OnScreen Way = "on screen" // the person themselves, at this program, with their PIN if they have one
	OnPaper  Way = "on paper"  // a signed sheet that somebody recorded
)

// Signature says that a person signed a version of the policy: which text (by its hash), with which words, when and how.
type Signature struct {
	ID        int64     `json:"id"`
	VersionID int64     `json:"version_id"`
	Number    int       `json:"number"` // of the version
	PersonID  int64     `json:"person_id"`
	Person    string    `json:"person"`
	TextHash  string    `json:"text_hash"`
	Statement string    `json:"statement"`
	Way       Way       `json:"way"`
	At        time.Time `json:"at"`
	Witness   string    `json:"witness,omitempty"`
	PIN       bool      `json:"pin,omitempty"`  // the person's own PIN was typed
	Scan      string    `json:"scan,omitempty"` // SHA-256 of the signed sheet
	Recorder  string    `json:"recorder,omitempty"`
	Struck    time.Time `json:"struck,omitzero"` // when it was struck as a mistake; it stays on record and does not count
	StruckBy  string    `json:"struck_by,omitempty"`
	StruckWhy string    `json:"struck_why,omitempty"`
}

// How says for people how it was signed.
func (s Signature) How() string {
	switch {
	case s.Way == OnScreen && s.PIN:
		return "on screen, with PIN"
	case s.Way == OnPaper && s.Scan != "":
		return "on paper, sheet scanned"
	case s.Way == OnPaper:
		return "on paper, sheet missing"
	default:
		return string(s.Way)
	}
}

// Refusal says that a person read a version and would not sign it, and why. It is a record, not an absence: nobody is reminded again of the
// same version, and a signature may follow later.
type Refusal struct {
	ID        int64     `json:"id"`
	VersionID int64     `json:"version_id"`
	Number    int       `json:"number"`
	PersonID  int64     `json:"person_id"`
	Person    string    `json:"person"`
	TextHash  string    `json:"text_hash"`
	Reason    string    `json:"reason"`
	At        time.Time `json:"at"`
	Witness   string    `json:"witness,omitempty"`
	Recorder  string    `json:"recorder"`
}

// How says for people why, who was there and who wrote it down, where that was not the person.
func (r Refusal) How() string {
	text := r.Reason
	if r.Witness != "" {
		text += "; witness " + r.Witness
	}
	if r.Recorder != r.Person {
		text += "; recorded by " + r.Recorder
	}
	return text
}

// RollState is where a person stands with what a version asks for.
type RollState string

// The states, most pressing first.
const (
	RollOverdue RollState = "overdue"
	RollOpen    RollState = "open"
	RollRefused RollState = "refused"
	RollSigned  RollState = "signed"
	RollLeft    RollState = "left" // no longer here; what was signed or refused stays
)

func rollStates() []RollState {
	return []RollState{RollOverdue, RollOpen, RollRefused, RollSigned, RollLeft}
}

// SignWithin is how many days people have, from the day on which the version is in force or they began. No law sets the number.
const SignWithin = 14

// RollLine is one person with what they signed or refused of what the version asks for.
type RollLine struct {
	Person    practice.Person
	State     RollState
	Due       string // day
	Signature *Signature
	Refusal   *Refusal
}

// Roll tells where everybody stands with version v on the day, most pressing first: who works here then, and who left since the version was
// put in force.
func Roll(v Version, versions []Version, signatures []Signature, refusals []Refusal, people []practice.Person, day string) []RollLine {
	asked := Asked(v, versions)
	var lines []RollLine
	for _, p := range people {
		line := RollLine{Person: p, State: RollOpen}
		begins := max(v.From, p.HiredOn)
		if t, err := time.Parse(practice.Day, begins); err == nil {
			line.Due = t.AddDate(0, 0, SignWithin).Format(practice.Day)
		}
		for i, s := range signatures {
			if s.PersonID == p.ID && s.Struck.IsZero() && slices.Contains(asked, s.Number) && (line.Signature == nil || s.Number > line.Signature.Number) {
				line.Signature = &signatures[i]
			}
		}
		for i, r := range refusals {
			if r.PersonID == p.ID && slices.Contains(asked, r.Number) && (line.Refusal == nil || r.At.After(line.Refusal.At)) {
				line.Refusal = &refusals[i]
			}
		}
		switch {
		case !p.Here(day):
			if line.Signature == nil && line.Refusal == nil && (v.From == "" || p.LeftOn <= v.From) {
				continue // never asked
			}
			line.State = RollLeft
		case line.Signature != nil:
			line.State = RollSigned
		case line.Refusal != nil:
			line.State = RollRefused
		case line.Due != "" && line.Due < day:
			line.State = RollOverdue
		}
		lines = append(lines, line)
	}
	order := rollStates()
	slices.SortStableFunc(lines, func(a, b RollLine) int {
		return cmp.Or(slices.Index(order, a.State)-slices.Index(order, b.State), strings.Compare(a.Person.Name, b.Person.Name))
	})
	return lines
}

// CountRoll counts lines by state.
func CountRoll(lines []RollLine) map[RollState]int {
	counts := map[RollState]int{}
	for _, l := range lines {
		counts[l.State]++
	}
	return counts
}

// Waiting are the lines of those who are still to sign.
func Waiting(lines []RollLine) []RollLine {
	return slices.DeleteFunc(slices.Clone(lines), func(l RollLine) bool { return l.State != RollOpen && l.State != RollOverdue })
}

// People are the people of lines.
func People(lines []RollLine) []practice.Person {
	var people []practice.Person
	for _, l := range lines {
		people = append(people, l.Person)
	}
	return people
}

// Letter is a text for a mail.
type Letter struct {
	Subject string `json:"subject"`
	Body    string `json:"body"`
}

// Reminder asks one person to sign. It names nobody else.
func Reminder(p practice.Practice, v Version, line RollLine, day string) Letter {
	first, _, _ := strings.Cut(line.Person.Name, " ")
	if strings.HasPrefix(line.Person.Name, "Dr") {
		first = line.Person.Name
	}
	when := "Please sign by " + writtenDay(line.Due) + "."
	if line.State == RollOverdue {
		when = "It was due on " + writtenDay(line.Due) + ". Please sign in the next days."
	}
	return Letter{Subject: fmt.Sprintf("Social media policy, version %d: your signature", v.Number),
		Body: fmt.Sprintf("Dear %s,\n\n%s. Your signature is still missing. %s\n\nYou find the text in Goodword, under Policy, Document, and can sign it there or on paper. If you do not want to sign, say so and tell us why; that is written down as well. Questions go to %s%s.\n\n%s\n",
			first, strings.TrimSuffix(upTo(v, day), "."), when, p.Contact(), telephone(p), p.Name)}
}

// ReminderForAll asks all who are still to sign, by name, as a notice among colleagues.
func ReminderForAll(p practice.Practice, v Version, lines []RollLine, day string) Letter {
	var names []string
	for _, l := range Waiting(lines) {
		name := l.Person.Name
		if l.State == RollOverdue {
			name += " (was due on " + writtenDay(l.Due) + ")"
		}
		names = append(names, "- "+name)
	}
	return Letter{Subject: fmt.Sprintf("Social media policy, version %d: signatures", v.Number),
		Body: fmt.Sprintf("Dear colleagues,\n\n%s. These signatures are still missing:\n\n%s\n\nPlease read it in Goodword, under Policy, Document, and sign it there or on paper. It takes ten minutes. Questions go to %s%s.\n\n%s\n",
			upTo(v, day), strings.Join(names, "\n"), p.Contact(), telephone(p), p.Name)}
}

func upTo(v Version, day string) string {
	verb := "is in force since"
	if v.From > day {
		verb = "will be in force from"
	}
	text := fmt.Sprintf("Version %d of our social media policy %s %s", v.Number, verb, writtenDay(v.From))
	if v.Summary != "" && v.Number > 1 {
		text += ". What is new: " + strings.TrimSuffix(v.Summary, ".")
	}
	return text
}

func telephone(p practice.Practice) string {
	if p.Phone == "" {
		return ""
	}
	return ", telephone " + p.Phone
}

// ReminderSheet is the notice for the board: who is still to sign, and until when.
func ReminderSheet(p practice.Practice, v Version, lines []RollLine, day string, made time.Time) paper.Sheet {
	s := paper.Sheet{Title: "Please sign: social media policy", Subtitle: fmt.Sprintf("%s, %s", p.Name, v.Described(standsFrom(v, day))), Made: made, Footer: "As of " + writtenDay(day)}
	table := paper.Table{Head: []string{"Name", "Work", "By", "Signed (initials, day)"}, Widths: []float64{3, 3, 2, 3}}
	for _, l := range Waiting(lines) {
		due := writtenDay(l.Due)
		if l.State == RollOverdue {
			due += " (overdue)"
		}
		table.Rows = append(table.Rows, []string{l.Person.Name, l.Person.Job, due, ""})
	}
	s.Blocks = []paper.Block{paper.Text{Text: "These colleagues have not signed yet. The text is in Goodword, under Policy, Document; it takes ten minutes. Questions go to " + p.Contact() + telephone(p) + "."}, table}
	return s
}

// SigningSheet is what somebody signs by hand: the whole text, the words above the line, and the fingerprint of the text. One page of signature for
// each person; with nobody named, one blank page.
func SigningSheet(p practice.Practice, v Version, standing Standing, people []practice.Person) paper.Sheet {
	s := VersionSheet(v, standing, false)
	names := []string{"Name in capitals"}
	if len(people) > 0 {
		names = nil
	}
	for _, person := range people {
		names = append(names, person.Name)
	}
	for _, name := range names {
		s.Blocks = append(s.Blocks, paper.Break{}, paper.Heading{Level: 1, Text: "Signature"}, paper.Text{Text: Acknowledgement(v)},
			paper.Facts{{Name: "Policy", Value: fmt.Sprintf("%s, version %d of %s", p.Name, v.Number, writtenDay(v.From))}, {Name: "Fingerprint of the text", Value: v.Hash}},
			paper.Sign{Under: name + ", signature, day"}, paper.Sign{Under: "Witness, signature, day"},
			paper.Text{Text: "If you do not want to sign, write here why not. That is recorded, and nobody is treated worse for it."}, paper.Sign{Under: "Reason, signature, day"})
	}
	return s
}

// RollSheet is the record of who signed, refused or has still to sign; years is for how long the practice keeps it.
func RollSheet(p practice.Practice, v Version, lines []RollLine, day string, years int, made time.Time) paper.Sheet {
	counts := CountRoll(lines)
	s := paper.Sheet{Title: "Signatures: social media policy", Subtitle: fmt.Sprintf("%s, %s", p.Name, v.Described(standsFrom(v, day))), Made: made, Footer: "Fingerprint of the text (SHA-256): " + v.Hash}
	s.Blocks = []paper.Block{paper.Facts{{Name: "As of", Value: writtenDay(day)}, {Name: "Signed", Value: fmt.Sprint(counts[RollSigned])}, {Name: "Refused", Value: fmt.Sprint(counts[RollRefused])},
		{Name: "Still to sign", Value: fmt.Sprintf("%d, of them overdue %d", counts[RollOpen]+counts[RollOverdue], counts[RollOverdue])}, {Name: "Left since", Value: fmt.Sprint(counts[RollLeft])}}}
	table := paper.Table{Head: []string{"Name", "Where it stands", "Day", "How, witness, text signed"}, Widths: []float64{3, 2, 2, 5}}
	zone := p.Location()
	for _, l := range lines {
		row := []string{l.Person.Name, string(l.State), "", ""}
		switch {
		case l.Signature != nil:
			g := l.Signature
			row[2], row[3] = g.At.In(zone).Format("2 Jan 2006, 15:04"), fmt.Sprintf("%s; version %d, text %s", g.How(), g.Number, short(g.TextHash))
			if g.Witness != "" {
				row[3] += "; witness " + g.Witness
			}
			if g.Scan != "" {
				row[3] += "; sheet " + short(g.Scan)
			}
			if r := l.Refusal; r != nil {
				row[3] += "; refused before, on " + r.At.In(zone).Format("2 Jan 2006") + ": " + r.How()
			}
		case l.Refusal != nil:
			row[2], row[3] = l.Refusal.At.In(zone).Format("2 Jan 2006, 15:04"), "Reason: "+l.Refusal.How()
		default:
			row[2] = "due " + writtenDay(l.Due)
		}
		table.Rows = append(table.Rows, row)
	}
	days, keep := FigureOf("sign-days"), KeepBasis()
	s.Blocks = append(s.Blocks, table, paper.Small{Text: fmt.Sprintf("Due is %d days after the version is in force or after somebody begins: %s. %s Records are kept for %d years: %s. %s", SignWithin,
		days.Basis.Basis, days.Aged(day), years, keep.Basis, keep.Aged(day))})
	return s
}

// standsFrom is where a version stands that is looked at for its signatures.
func standsFrom(v Version, day string) Standing {
	if v.From > day {
		return Coming
	}
	return InForce
}
