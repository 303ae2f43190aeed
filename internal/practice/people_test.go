package practice_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goodword/internal/audit"
	"goodword/internal/database"
	"goodword/internal/practice"
)

type staffRoom struct {
	*practice.Store
	db  *database.DB
	now time.Time
}

func staff(t testing.TB) *staffRoom {
	t.Helper()
	r := &staffRoom{now: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)}
	clock := func() time.Time { return r.now }
	db, err := database.Open(context.Background(), filepath.Join(t.TempDir(), "practice.db"), clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	r.db, r.Store = db, practice.NewStore(db, clock)
	return r
}

func (r *staffRoom) add(t testing.TB, p practice.Person) practice.Person {
	t.Helper()
	id, err := r.SavePerson(t.Context(), p, audit.Program)
	if err != nil {
		t.Fatal(err)
	}
	p.ID = id
	return p
}

func TestWhatCanBeAPIN(t *testing.T) {
	for pin, good := range map[string]bool{"4071": true, "902817365540": true, "407": false, "1234": false, "9876": false, "5555": false, "1987": false, "2011": false,
		"40a1": false, "": false, "4071382910475": false, "٤٠٧١": false, "20114": true} {
		if err := practice.CheckNewPIN(pin); (err == nil) != good {
			t.Errorf("%q: got %v, want good: %v", pin, err, good)
		}
	}
}

func TestPIN(t *testing.T) {
	r := staff(t)
	ctx := t.Context()
	iris, dana := r.add(t, practice.Person{Name: "Iris Okafor", Role: practice.Author}), r.add(t, practice.Person{Name: "Dana Whitlock", Role: practice.Manager})
	if err := r.CheckPIN(ctx, iris.ID, "4071"); !errors.Is(err, practice.ErrNoPIN) {
		t.Errorf("without a PIN: %v", err)
	}
	if err := r.SetPIN(ctx, iris.ID, "", "4071", dana.Actor()); !errors.Is(err, practice.ErrRights) {
		t.Errorf("the manager set somebody's PIN: %v", err)
	}
	if err := r.SetPIN(ctx, iris.ID, "", "4071", iris.Actor()); err != nil {
		t.Fatal(err)
	}
	if err := r.CheckPIN(ctx, iris.ID, "4071"); err != nil {
		t.Errorf("the right PIN: %v", err)
	}
	if err := r.SetPIN(ctx, iris.ID, "9999", "8264", iris.Actor()); !errors.Is(err, practice.ErrWrongPIN) {
		t.Errorf("a new PIN without the old one: %v", err)
	}
	if err := r.SetPIN(ctx, iris.ID, "4071", "8264", iris.Actor()); err != nil {
		t.Errorf("a new PIN: %v", err)
	}
	for n := range 3 {
		if err := r.CheckPIN(ctx, iris.ID, "4071"); !errors.Is(err, practice.ErrWrongPIN) {
			t.Errorf("wrong PIN %d: %v", n+1, err)
		}
	}
	if err := r.CheckPIN(ctx, iris.ID, "8264"); !errors.Is(err, practice.ErrWait) {
		t.Errorf("the right PIN within the wait: %v", err)
	}
	r.now = r.now.Add(29 * time.Second)
	if err := r.CheckPIN(ctx, iris.ID, "8264"); !errors.Is(err, practice.ErrWait) || !strings.Contains(err.Error(), "1 second") {
		t.Errorf("a second too early: %v", err)
	}
	waits := []time.Duration{}
	for range 10 { // each wrong PIN makes the wait longer
		from := r.now
		for {
			r.now = r.now.Add(time.Second)
			err := r.CheckPIN(ctx, iris.ID, "0000")
			if errors.Is(err, practice.ErrWrongPIN) {
				break
			}
			if !errors.Is(err, practice.ErrWait) || r.now.Sub(from) > 2*time.Hour {
				t.Fatalf("after %v: %v", r.now.Sub(from), err)
			}
			r.now = r.now.Add(29 * time.Second)
		}
		waits = append(waits, r.now.Sub(from))
	}
	if waits[1] < 59*time.Second || waits[9] < time.Hour || waits[9] > time.Hour+time.Minute {
		t.Errorf("the waits: %v", waits)
	}
	r.now = r.now.Add(-400 * 24 * time.Hour) // a clock that goes wrong keeps nobody out for a year
	if err := r.CheckPIN(ctx, iris.ID, "8264"); !errors.Is(err, practice.ErrWait) || !strings.Contains(err.Error(), "60 minutes") {
		t.Errorf("with the clock set back: %v", err)
	}
	r.now = r.now.Add(401 * 24 * time.Hour)
	if err := r.CheckPIN(ctx, iris.ID, "8264"); err != nil {
		t.Errorf("the right PIN after the wait: %v", err)
	}
	if err := r.CheckPIN(ctx, iris.ID, "1357"); err == nil || strings.Contains(err.Error(), "next try") {
		t.Errorf("the right PIN forgives the wrong ones before it: %v", err)
	}
	if err := r.ResetPIN(ctx, dana.ID, iris.Actor()); !errors.Is(err, practice.ErrRights) {
		t.Errorf("an author took a PIN away: %v", err)
	}
	if err := r.ResetPIN(ctx, iris.ID, dana.Actor()); err != nil {
		t.Errorf("the manager took it away: %v", err)
	}
	if have, err := r.HavePIN(ctx); err != nil || have[iris.ID] {
		t.Errorf("got %v, %v", have, err)
	}
	if err := r.ResetPIN(ctx, iris.ID, dana.Actor()); !errors.Is(err, practice.ErrNoPIN) {
		t.Errorf("there is none to take away: %v", err)
	}
	lines, err := audit.List(ctx, r.db.Reader(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	did := ""
	for _, line := range lines {
		did += line.Did + line.Before + line.After + "\n"
	}
	if !strings.Contains(did, "took a PIN away") || !strings.Contains(did, "set their PIN") || !strings.Contains(did, "refused a wrong PIN") || strings.Contains(did, "8264") {
		t.Errorf("the audit log: %s", did)
	}
}

func TestRoleHistory(t *testing.T) {
	r := staff(t)
	p := r.add(t, practice.Person{Name: "Tom Reyes", Role: practice.Staff, HiredOn: "2024-03-01"})
	for _, change := range []struct {
		days int
		role practice.Role
	}{{0, practice.Staff}, {10, practice.Author}, {0, practice.HR}, {20, practice.Manager}} {
		r.now = r.now.AddDate(0, 0, change.days)
		p.Role = change.role
		r.add(t, p)
	}
	got, err := r.RoleHistory(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []practice.RoleSince{{Role: practice.Staff, Since: "2024-03-01"}, {Role: practice.HR, Since: "2026-12-02"}, {Role: practice.Manager, Since: "2026-12-22"}}
	if len(got[p.ID]) != 3 || got[p.ID][0] != want[0] || got[p.ID][1] != want[1] || got[p.ID][2] != want[2] {
		t.Errorf("got %+v, want %+v", got[p.ID], want)
	}
}

func TestTwoPeopleOfOneName(t *testing.T) {
	r := staff(t)
	eve := r.add(t, practice.Person{Name: " Eve  Moss ", HiredOn: "2026-01-31"})
	if p, err := r.Person(t.Context(), eve.ID); err != nil || p.Name != "Eve Moss" {
		t.Errorf("got %+v, %v", p, err)
	}
	again := func(p practice.Person) error {
		_, err := r.SavePerson(t.Context(), p, audit.Program)
		return err
	}
	if err := again(practice.Person{Name: "eve moss"}); !errors.Is(err, practice.ErrName) || !strings.Contains(err.Error(), "e-mail address to tell them apart") {
		t.Errorf("the same name: %v", err)
	}
	tom := r.add(t, practice.Person{Name: "Tom Reyes"})
	if err := again(practice.Person{ID: tom.ID, Name: "Eve Moss"}); !errors.Is(err, practice.ErrName) {
		t.Errorf("renamed to the same name: %v", err)
	}
	if err := again(practice.Person{ID: eve.ID, Name: "Eve Moss", HiredOn: "2026-01-31", LeftOn: "2026-06-30"}); err != nil {
		t.Errorf("she leaves: %v", err)
	}
	if err := again(practice.Person{Name: "Eve Moss"}); !errors.Is(err, practice.ErrName) || !strings.Contains(err.Error(), "left on 2026-06-30") {
		t.Errorf("she comes back: %v", err)
	}
	if err := again(practice.Person{Name: "Eve Moss", Email: "eve@example.org"}); err != nil {
		t.Errorf("another with an address of her own: %v", err)
	}
	if err := again(practice.Person{Name: "Eve Moss", Email: "Eve@example.org"}); !errors.Is(err, practice.ErrName) {
		t.Errorf("a third with the same address: %v", err)
	}
	if err := again(practice.Person{Name: "Tom Reyes", Email: " "}); !errors.Is(err, practice.ErrName) {
		t.Errorf("a blank address tells them apart: %v", err)
	}
	second := r.add(t, practice.Person{Name: "Tom Reyes", Email: " tom@example.org "})
	if p, err := r.Person(t.Context(), second.ID); err != nil || p.Email != "tom@example.org" {
		t.Errorf("got %+v, %v, want the address without blanks", p, err)
	}
	if err := again(practice.Person{ID: second.ID, Name: "Tom Reyes"}); !errors.Is(err, practice.ErrName) {
		t.Errorf("the address that told them apart was emptied: %v", err)
	}
	if err := again(practice.Person{ID: tom.ID, Name: "Tom Reyes", Email: "TOM@example.org "}); !errors.Is(err, practice.ErrName) {
		t.Errorf("the other took the same address: %v", err)
	}
	if err := again(practice.Person{ID: second.ID, Name: "tom reyes", Email: "Tom@example.org", Job: "assistant", LeftOn: "2026-11-23"}); err != nil {
		t.Errorf("a change that leaves both as they are told apart: %v", err)
	}
	if err := again(practice.Person{Name: "Tom Reyes", Email: "tom@example.org"}); err == nil || !strings.Contains(err.Error(), "leaves on 2026-11-23. Give") {
		t.Errorf("one who goes tomorrow is here: %v", err)
	}
}

func TestOldTwinsCanStillBeWorkedOn(t *testing.T) {
	r := staff(t)
	a := r.add(t, practice.Person{Name: "Eve Moss"})
	b := r.add(t, practice.Person{Name: "Eve Moos"})
	err := r.db.Write(t.Context(), func(tx *sql.Tx) error { // as older versions let it happen
		_, err := tx.ExecContext(t.Context(), `UPDATE people SET name = 'Eve Moss', email = ' ' WHERE id = ?`, b.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	a.Job, b = "assistant", practice.Person{ID: b.ID, Name: "Eve Moss", Job: "dentist"}
	r.add(t, a)
	r.add(t, b)
	people, err := r.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if got := practice.Named(people, "eve  MOSS"); len(got) != 2 {
		t.Errorf("got %+v, want both", got)
	}
	if got := practice.Named(people, fmt.Sprint(b.ID)); len(got) != 1 || got[0].Job != "dentist" {
		t.Errorf("got %+v, want the one with number %d", got, b.ID)
	}
	if got := practice.Named(people, " "); len(got) != 0 {
		t.Errorf("got %+v for no name", got)
	}
}

func TestALineOfAStaffListIsSavedLikeAnyPerson(t *testing.T) {
	r := staff(t)
	ctx := t.Context()
	if _, _, err := r.ImportPeople(ctx, []practice.RosterLine{{Person: practice.Person{Name: "  Ida   Berg ", Email: " ida@example.org"}, Change: true}}, audit.Program); err != nil {
		t.Fatal(err)
	}
	people, err := r.People(ctx)
	if err != nil || len(people) != 1 || people[0].Name != "Ida Berg" || people[0].Role != practice.Staff || people[0].Email != "ida@example.org" {
		t.Errorf("got %+v, %v", people, err)
	}
	if _, _, err := r.ImportPeople(ctx, []practice.RosterLine{{Number: 2, Person: practice.Person{Name: "  "}, Change: true}}, audit.Program); err == nil || !strings.Contains(err.Error(), "needs a name") {
		t.Errorf("a line without a name: %v", err)
	}
}

func TestDaysOfAPerson(t *testing.T) {
	r := staff(t)
	for _, c := range []struct{ hired, left, want string }{
		{"", "", ""},
		{"2026-01-31", "2026-01-31", ""},
		{"some day", "", "write it as 2026-11-22"},
		{"2026-02-30", "", "write it as 2026-11-22"},
		{"", "31/12/2026", "write it as 2026-11-22"},
		{"2026-02-01", "2026-01-31", "before the first"},
	} {
		_, err := r.SavePerson(t.Context(), practice.Person{Name: "Eve " + c.hired + c.left, HiredOn: c.hired, LeftOn: c.left}, audit.Program)
		if (err == nil) != (c.want == "") || err != nil && (!errors.Is(err, practice.ErrDay) || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%q to %q: got %v, want %q", c.hired, c.left, err, c.want)
		}
	}
	p := r.add(t, practice.Person{Name: "Ida Berg", HiredOn: "2026-01-01", LeftOn: "2026-01-31"})
	p.HiredOn = "2026-02-01"
	if _, err := r.SavePerson(t.Context(), p, audit.Program); !errors.Is(err, practice.ErrDay) {
		t.Errorf("the first day went behind the last: %v", err)
	}
}

func TestStaffList(t *testing.T) {
	r := staff(t)
	ctx := t.Context()
	iris := r.add(t, practice.Person{Name: "Iris Okafor", Role: practice.Author, Email: "iris@example.org", Job: "hygienist"})
	r.add(t, practice.Person{Name: "Tom Reyes", Role: practice.Staff})
	if _, err := r.SavePlace(ctx, practice.Place{Name: "Main Street"}, audit.Program); err != nil {
		t.Fatal(err)
	}
	places, err := r.Places(ctx)
	if err != nil {
		t.Fatal(err)
	}
	people, err := r.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	file := "\xef\xbb\xbfEmployee;E-mail;Role;Job Title;Office;Hire Date;End Date\r\n" +
		"Iris Okafor-Bell;IRIS@example.org;;lead hygienist;main street;3/1/2024;\r\n" + // known by e-mail
		"tom  reyes;;;;;;\r\n" + // known by name, nothing new
		"\"Adeyemi, Kelechi\";kelechi@example.org;manager;;;2025-02-03;\r\n" +
		"Gwen Parry, RDH;;;;;;\r\n" +
		";x@example.org;;;;;\r\n" +
		"Bo;not an address;;;;;\r\n" +
		"Cy;;boss;;;;\r\n" +
		"Di;;;;Moon;;\r\n" +
		"Ed;;;;;13/13/2024;\r\n" +
		"Flo;;;;;2024-05-01;2024-04-01\r\n" +
		";;;;;;\r\n" +
		"Someone Else;kelechi@example.org;;;;;\r\n"
	roster, err := practice.ReadRoster(strings.NewReader(file))
	if err != nil {
		t.Fatal(err)
	}
	lines := roster.Read(roster.Guess(), people, places)
	if len(lines) != 11 {
		t.Fatalf("got %d lines, want 11", len(lines))
	}
	if l := lines[0]; l.Err != nil || l.Known == nil || l.Person.ID != iris.ID || l.Person.Name != "Iris Okafor-Bell" || l.Person.Role != practice.Author || l.Person.PlaceID != places[0].ID || l.Person.HiredOn != "2024-03-01" || !l.Change {
		t.Errorf("known by e-mail: got %+v", l)
	}
	if l := lines[1]; l.Err != nil || l.Known == nil || l.Person.Name != "Tom Reyes" || l.Change {
		t.Errorf("known by name: got %+v", l)
	}
	if l := lines[2]; l.Err != nil || l.Known != nil || l.Person.Name != "Kelechi Adeyemi" || l.Person.Role != practice.Manager {
		t.Errorf("new: got %+v", l)
	}
	if l := lines[3]; l.Err != nil || l.Person.Name != "Gwen Parry" || l.Person.Credentials != "RDH" || l.Person.Role != practice.Staff {
		t.Errorf("with credentials: got %+v", l)
	}
	for i, want := range map[int]string{4: "name is missing", 5: "not an e-mail", 6: "no role", 7: "no place", 8: "not a day", 9: "before the first", 10: "stands in line 4"} {
		if lines[i].Err == nil || !strings.Contains(lines[i].Err.Error(), want) {
			t.Errorf("line %d: got %v, want %q", lines[i].Number, lines[i].Err, want)
		}
	}
	if lines[4].Number != 6 || lines[10].Number != 13 {
		t.Errorf("the numbers of the lines: %d, %d; want 6, 13", lines[4].Number, lines[10].Number)
	}
	added, changed, err := r.ImportPeople(ctx, lines, audit.Program)
	if err != nil || added != 2 || changed != 1 {
		t.Errorf("got %d new, %d changed, %v; want 2 and 1", added, changed, err)
	}
	people, err = r.People(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(people) != 4 {
		t.Errorf("got %d people, want 4: %+v", len(people), people)
	}
	var out bytes.Buffer
	people[0].Job = "=HYPERLINK(1)"
	if err := practice.WriteRoster(&out, people, places); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "'=HYPERLINK") {
		t.Errorf("a field would run as a formula: %s", out.String())
	}
	back, err := practice.ReadRoster(&out)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range back.Read(back.Guess(), people, places) {
		if l.Err != nil || l.Known == nil || l.Change {
			t.Errorf("what was written does not read the same: %+v", l)
		}
	}
}

func TestFilesThatAreNoStaffList(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "blank": "\n\n", "a spreadsheet": "PK\x03\x04....", "endless": "name\n" + strings.Repeat("x\n", 5002)} {
		if _, err := practice.ReadRoster(strings.NewReader(text)); err == nil {
			t.Errorf("%s was read", name)
		}
	}
	latin, err := practice.ReadRoster(strings.NewReader("name\nJos\xe9 Pe\xf1a\n"))
	if err != nil || latin.Rows[0][0] != "José Peña" {
		t.Errorf("got %v, %v", latin, err)
	}
}

func FuzzStaffList(f *testing.F) {
	f.Add("name,email\nIris,iris@example.org\n")
	f.Add("\xef\xbb\xbfName;Role\n\"A;B\";owner\n")
	f.Fuzz(func(t *testing.T, text string) {
		roster, err := practice.ReadRoster(strings.NewReader(text))
		if err != nil {
			return
		}
		for _, l := range roster.Read(roster.Guess(), nil, nil) {
			if l.Err == nil && l.Person.Name == "" {
				t.Errorf("somebody without a name: %+v", l)
			}
		}
	})
}
