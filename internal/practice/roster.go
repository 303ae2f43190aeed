package practice

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"goodword/internal/audit"
)

// formula are the signs by which a spreadsheet would take a field for a formula and run it.
const formula = "=+-@"

// RosterFields are the fields of a person that a staff list may have, in the order of an export.
func RosterFields() []string {
	return []string{"name", "email", "role", "job", "credentials", "place", "hired", "left"}
}

// Roster is a staff list as a file has it: the titles of its columns and its lines.
type Roster struct {
	Columns []string
	Rows    [][]string
	Numbers []int // of the lines in the file, for messages
}

// RosterMapping says which column holds a field; a field that is missing is in no column.
type RosterMapping map[string]string

// most bounds a staff list: no practice has so many people, and a wrong file must not fill the memory.
const (
	mostRows  = 5000
	mostBytes = 8 << 20
)

// ReadRoster reads a CSV file with a line of titles. It may be cut by commas, semicolons or tabs, and begin with the mark that spreadsheets set.
func ReadRoster(in io.Reader) (Roster, error) {
	text, err := io.ReadAll(io.LimitReader(in, mostBytes+1))
	if err != nil {
		return Roster{}, fmt.Errorf("The staff list cannot be read: %w", err)
	}
	if len(text) > mostBytes {
		return Roster{}, errors.New("The file is too large for a staff list")
	}
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) {
		return Roster{}, errors.New("This is a spreadsheet, not CSV. Save it as CSV first")
	}
	if !utf8.Valid(text) { // Excel's "CSV" on Windows: Latin letters as single bytes
		var plain strings.Builder
		for _, b := range text {
			plain.WriteRune(rune(b))
		}
		text = []byte(plain.String())
	}
	first, _, _ := strings.Cut(string(text), "\n")
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord, r.TrimLeadingSpace, r.LazyQuotes = -1, true, true
	for _, comma := range []rune{';', '\t'} {
		if strings.Count(first, string(comma)) > strings.Count(first, string(r.Comma)) {
			r.Comma = comma
		}
	}
	var roster Roster
	for {
		fields, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return roster, fmt.Errorf("The staff list cannot be read: %w", err)
		}
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
			if bare := strings.TrimPrefix(fields[i], "'"); bare != "" && strings.ContainsRune(formula, rune(bare[0])) {
				fields[i] = bare
			}
		}
		if !slices.ContainsFunc(fields, func(f string) bool { return f != "" }) {
			continue
		}
		if roster.Columns == nil {
			roster.Columns = fields
			continue
		}
		line, _ := r.FieldPos(0)
		roster.Rows, roster.Numbers = append(roster.Rows, fields), append(roster.Numbers, line)
		if len(roster.Rows) > mostRows {
			return roster, fmt.Errorf("The file has more than %d lines, which is no staff list", mostRows)
		}
	}
	if roster.Columns == nil {
		return roster, errors.New("The file is empty")
	}
	return roster, nil
}

// rosterWords are the titles by which columns are recognised.
var rosterWords = map[string][]string{
	"name":        {"name", "full name", "employee", "employee name", "staff", "person", "display name"},
	"first":       {"first name", "first", "given name", "firstname"},
	"last":        {"last name", "last", "surname", "family name", "lastname"},
	"email":       {"email", "e-mail", "mail", "email address", "e-mail address", "work email"},
	"role":        {"role", "rights", "access", "goodword role"},
	"job":         {"job", "job title", "title", "position"},
	"credentials": {"credentials", "credential", "license", "licence", "degree", "suffix"},
	"place":       {"place", "location", "office", "site", "branch"},
	"hired":       {"hired", "hire date", "start date", "here since", "date of hire", "start", "joined"},
	"left":        {"left", "leave date", "end date", "last day", "termination date", "end"},
}

// Guess proposes a mapping from the titles of the columns.
func (r Roster) Guess() RosterMapping {
	m := RosterMapping{}
	for field, words := range rosterWords {
		for _, column := range r.Columns {
			if slices.Contains(words, strings.ToLower(strings.TrimSpace(column))) {
				m[field] = column
				break
			}
		}
	}
	if m["name"] != "" {
		delete(m, "first")
		delete(m, "last")
	}
	return m
}

// RosterLine is one line of a staff list, as it would be taken over. Err says why it cannot be; Known is the person that it seems to be already.
type RosterLine struct {
	Number int
	Person Person
	Known  *Person
	Change bool // it differs from what is known
	Err    error
}

// Read takes the lines of a roster apart. A person is known again by e-mail, else by name; a second line for the same person is refused. Fields
// that the file leaves empty stay as they are known.
func (r Roster) Read(m RosterMapping, people []Person, places []Place) []RosterLine {
	at := map[string]int{}
	for field, column := range m {
		if i := slices.Index(r.Columns, column); i >= 0 {
			at[field] = i
		}
	}
	seen := map[string]int{}
	var lines []RosterLine
	for n, row := range r.Rows {
		get := func(field string) string {
			if i, ok := at[field]; ok && i < len(row) {
				return row[i]
			}
			return ""
		}
		line := RosterLine{Number: r.Numbers[n]}
		line.Person, line.Err = readPerson(get, places)
		line.match(people)
		for _, key := range []string{fold(line.Person.Email), fold(line.Person.Name)} {
			if key == "" || line.Err != nil {
				continue
			}
			if before, twice := seen[key]; twice && (strings.Contains(key, "@") || line.Person.Email == "") {
				line.Err = fmt.Errorf("The same person stands in line %d", before)
				continue
			}
			seen[key] = line.Number
		}
		lines = append(lines, line)
	}
	return lines
}

func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

func (l *RosterLine) match(people []Person) {
	p := &l.Person
	i := -1
	if p.Email != "" {
		i = slices.IndexFunc(people, func(o Person) bool { return fold(o.Email) == fold(p.Email) })
	}
	if i < 0 && p.Name != "" {
		i = slices.IndexFunc(people, func(o Person) bool {
			return fold(o.Name) == fold(p.Name) && (o.Email == "" || p.Email == "" || fold(o.Email) == fold(p.Email))
		})
	}
	if i < 0 {
		if p.Role == "" {
			p.Role = Staff
		}
		l.Change = true
		return
	}
	known := people[i]
	l.Known = &known
	merged := known
	if fold(p.Name) == fold(known.Name) {
		p.Name = known.Name
	}
	for _, f := range []struct {
		to   *string
		from string
	}{{&merged.Name, p.Name}, {(*string)(&merged.Role), string(p.Role)}, {&merged.Job, p.Job}, {&merged.Credentials, p.Credentials}, {&merged.Email, p.Email}, {&merged.HiredOn, p.HiredOn}, {&merged.LeftOn, p.LeftOn}} {
		if f.from != "" {
			*f.to = f.from
		}
	}
	if p.PlaceID != 0 {
		merged.PlaceID = p.PlaceID
	}
	*p, l.Change = merged, merged != known
}

func readPerson(get func(string) string, places []Place) (Person, error) {
	p := Person{Name: get("name"), Email: get("email"), Job: get("job"), Credentials: get("credentials")}
	if p.Name == "" {
		p.Name = strings.TrimSpace(get("first") + " " + get("last"))
	}
	if last, first, ok := strings.Cut(p.Name, ","); ok && !strings.Contains(first, ",") {
		last, first = strings.TrimSpace(last), strings.TrimSpace(first)
		if first == strings.ToUpper(first) && last != strings.ToUpper(last) { // "Gwen Parry, RDH"
			p.Name = last
			if p.Credentials == "" {
				p.Credentials = first
			}
		} else {
			p.Name = first + " " + last
		}
	}
	var errs []error
	if p.Name == "" {
		errs = append(errs, errors.New("The name is missing"))
	}
	if p.Email != "" && (strings.Count(p.Email, "@") != 1 || strings.ContainsAny(p.Email, " ,;<>")) {
		errs = append(errs, fmt.Errorf("%q is not an e-mail address", p.Email))
	}
	var err error
	if p.Role, err = readRole(get("role")); err != nil {
		errs = append(errs, err)
	}
	if name := get("place"); name != "" {
		i := slices.IndexFunc(places, func(place Place) bool { return fold(place.Name) == fold(name) })
		if i < 0 {
			errs = append(errs, fmt.Errorf("There is no place %q; enter it under Places first", name))
		} else {
			p.PlaceID = places[i].ID
		}
	}
	if p.HiredOn, err = readDay(get("hired")); err != nil {
		errs = append(errs, err)
	}
	if p.LeftOn, err = readDay(get("left")); err != nil {
		errs = append(errs, err)
	}
	if p.HiredOn != "" && p.LeftOn != "" && p.LeftOn < p.HiredOn {
		errs = append(errs, fmt.Errorf("The last day %s lies before the first, %s", p.LeftOn, p.HiredOn))
	}
	if len(errs) > 0 {
		return p, errs[0]
	}
	return p, nil
}

// readRole takes our names of roles and words that mean the same. A job title gives no rights, so that an unknown word is refused, not guessed.
func readRole(word string) (Role, error) {
	switch w := Role(fold(word)); {
	case w == "" || slices.Contains(Roles(), w):
		return w, nil
	case w == "compliance officer" || w == "privacy officer":
		return Compliance, nil
	case w == "office manager" || w == "practice manager":
		return Manager, nil
	case w == "human resources":
		return HR, nil
	case w == "employee" || w == "team":
		return Staff, nil
	}
	return "", fmt.Errorf("%q is no role. There are: owner, compliance, manager, hr, clinician, author, staff", word)
}

// readDay takes a day as 2026-01-31 or, with the month first as in the United States, 1/31/2026. Where the first number cannot be a month it is the day.
func readDay(word string) (string, error) {
	if word == "" {
		return "", nil
	}
	for _, form := range []string{Day, "1/2/2006", "2/1/2006", "2.1.2006", "2 January 2006", "January 2, 2006", "2006/1/2"} {
		if t, err := time.Parse(form, word); err == nil {
			return t.Format(Day), nil
		}
	}
	return "", fmt.Errorf("%q is not a day such as 2026-01-31", word)
}

// ImportPeople takes over the lines that can be and that change something, all or none of them, and says how many people are new and changed.
func (s *Store) ImportPeople(ctx context.Context, lines []RosterLine, by audit.Actor) (added, changed int, err error) {
	err = s.db.Write(ctx, func(tx *sql.Tx) error {
		for _, line := range lines {
			if line.Err != nil || !line.Change {
				continue
			}
			if _, err := s.savePerson(ctx, tx, line.Person, by); err != nil {
				return fmt.Errorf("line %d: %w", line.Number, err)
			}
			if line.Known == nil {
				added++
			} else {
				changed++
			}
		}
		return nil
	})
	if err != nil {
		return 0, 0, err
	}
	return added, changed, nil
}

// WriteRoster writes the staff list as CSV, in a form that ReadRoster takes back.
func WriteRoster(out io.Writer, people []Person, places []Place) error {
	w := csv.NewWriter(out)
	if err := w.Write(RosterFields()); err != nil {
		return err
	}
	for _, p := range people {
		place := ""
		if i := slices.IndexFunc(places, func(o Place) bool { return o.ID == p.PlaceID }); i >= 0 {
			place = places[i].Name
		}
		row := []string{p.Name, p.Email, string(p.Role), p.Job, p.Credentials, place, p.HiredOn, p.LeftOn}
		for i, field := range row {
			if field != "" && strings.ContainsRune(formula, rune(field[0])) {
				row[i] = "'" + field
			}
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
