package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/clock"
	"goodword/internal/database"
	"goodword/internal/practice"
	"goodword/internal/refusal"
)

// desk is what every verb works at: the database, who works, and where to print.
type desk struct {
	ctx  context.Context
	path string
	json bool

	homeless error          // why there is no path
	zone     *time.Location // the practice's, once work has opened it
	as       string
	in       io.Reader
	out      io.Writer
	errs     io.Writer // for what is said beside an answer that another program takes
	now      clock.Clock
}

// open opens a database that is there.
func (d *desk) open() (*house.House, error) {
	if d.homeless != nil {
		return nil, d.homeless
	}
	if _, err := os.Stat(d.path); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("There is no database at %s. Make one with \"goodwordctl init --name NAME\", or name another with --db", d.path)
	}
	return house.Open(d.ctx, d.path, d.now)
}

// wayOut adds what to do about a damaged database.
func (d *desk) wayOut(err error, verb string) error {
	if !errors.Is(err, database.ErrDamaged) {
		return err
	}
	if strings.HasPrefix(verb, "restore") {
		return fmt.Errorf("%w. Choose another backup", err)
	}
	last := database.LastBackup(d.path)
	if last == "" {
		return fmt.Errorf("%w. Restore a backup with \"goodwordctl restore FILE\"", err)
	}
	return fmt.Errorf("%w. Restore the last backup with \"goodwordctl restore %s\"", err, last)
}

// work opens the practice, finds who works, does the work and closes.
func (d *desk) work(do func(h *house.House, by audit.Actor) error) (err error) {
	h, err := d.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	p, err := h.Practices.Get(d.ctx)
	if err != nil {
		return err
	}
	d.zone = p.Location()
	by, err := d.who(h)
	if err != nil {
		return err
	}
	return do(h, by)
}

// about is work about a member of staff, named or numbered.
func (d *desk) about(wanted string, do func(h *house.House, person practice.Person, by audit.Actor) error) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		person, err := d.colleague(h, wanted)
		if err != nil {
			return err
		}
		return do(h, person, by)
	})
}

// colleague finds a member of staff by name or number.
func (d *desk) colleague(h *house.House, wanted string) (practice.Person, error) {
	people, err := h.Practices.People(d.ctx)
	if err != nil {
		return practice.Person{}, err
	}
	return d.named(people, wanted)
}

// named is the one of a list who is meant. A name that several people have names nobody.
func (d *desk) named(people []practice.Person, wanted string) (practice.Person, error) {
	meant := practice.Named(people, wanted)
	switch len(meant) {
	case 0:
		return practice.Person{}, fmt.Errorf("There is nobody called %q on the staff list. \"goodwordctl staff\" prints it", wanted)
	case 1:
		return meant[0], nil
	}
	var each []string
	for _, p := range meant {
		about := slices.DeleteFunc([]string{cmp.Or(p.Email, "no e-mail address"), p.Leaving(d.today())}, func(words string) bool { return words == "" })
		each = append(each, fmt.Sprintf("number %d (%s)", p.ID, strings.Join(about, ", ")))
	}
	return practice.Person{}, fmt.Errorf("%d people are called %q: %s. Give the number instead of the name", len(meant), wanted, strings.Join(each, ", "))
}

// leads refuses, in the words given, whoever does not decide for the practice.
func (d *desk) leads(h *house.House, by audit.Actor, refused string) error {
	leads, err := h.Practices.Leads(d.ctx, by)
	if err == nil && !leads {
		err = refusal.Because(practice.ErrRights, "%s", refused)
	}
	return err
}

// who is the person named with --as; without it, the person who works at this computer, else the highest role that is there.
func (d *desk) who(h *house.House) (audit.Actor, error) {
	people, err := h.Practices.People(d.ctx)
	if err != nil {
		return audit.Actor{}, err
	}
	wanted := d.as
	if wanted == "" {
		if wanted, err = h.Practices.Setting(d.ctx, practice.SettingPerson); err != nil {
			return audit.Actor{}, err
		}
	}
	today := d.today()
	people = slices.DeleteFunc(people, func(p practice.Person) bool { return !p.Here(today) }) // whoever left does nothing here any more
	person, err := d.named(people, wanted)
	if err == nil {
		return person.Actor(), nil
	}
	if d.as != "" {
		return audit.Actor{}, err
	}
	for _, role := range practice.Roles() {
		for _, p := range people {
			if p.Role == role {
				return p.Actor(), nil
			}
		}
	}
	return audit.Program, nil
}

// print prints one record: as JSON for machines, else as the text.
func (d *desk) print(record any, text string, args ...any) error {
	if d.json {
		return d.line(record)
	}
	_, err := fmt.Fprintf(d.out, text+"\n", args...)
	return err
}

// remark tells a person what a machine reads from the lines that are not there.
func (d *desk) remark(text string) error {
	if d.json {
		return nil
	}
	return d.print(nil, "%s", text)
}

// never is how Go writes a moment that was not yet; machines get a null.
var never = []byte(`:"0001-01-01T00:00:00Z"`)

// line prints an object for machines, with or without --json.
func (d *desk) line(record any) error {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(record); err != nil {
		return err
	}
	_, err := d.out.Write(bytes.ReplaceAll(b.Bytes(), never, []byte(":null")))
	return err
}

// local is a moment by the clock on the practice's wall, wherever this computer stands.
func (d *desk) local(t time.Time) time.Time {
	if d.zone == nil {
		return t.Local()
	}
	return t.In(d.zone)
}

// today is the day at the practice.
func (d *desk) today() string { return d.local(d.now()).Format(practice.Day) }

// clock is a moment as the lists print it.
func (d *desk) clock(t time.Time) string { return d.local(t).Format("2006-01-02 15:04") }

// day reads a day on the command line: a day at the practice.
func (d *desk) day(text string) (time.Time, error) {
	t, err := time.ParseInLocation(practice.Day, text, d.local(d.now()).Location())
	if err != nil {
		return t, wrong("%q is no day; write it as 2026-11-22", text)
	}
	return t, nil
}

// moment reads a day or a moment on the command line, by the practice's clock.
func (d *desk) moment(text string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02 15:04", "2006-01-02T15:04"} {
		if t, err := time.ParseInLocation(layout, text, d.local(d.now()).Location()); err == nil {
			return t, nil
		}
	}
	return d.day(text)
}

// short is the first words of a text on one line.
func short(text string, runes int) string {
	line := []rune(strings.Join(strings.Fields(text), " "))
	if len(line) <= runes {
		return string(line)
	}
	return string(line[:runes-1]) + "…"
}
