package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"goodword/house"
	"goodword/internal/audit"
	"goodword/internal/fetch"
	"goodword/reviews"
	"goodword/reviews/collect"
)

// fields are what a kind of source asks for. A secret should not stand on the command line, where other programs of this computer can read it
// and the shell remembers it.
type fields struct {
	Set      []string `help:"A field of the kind, as NAME=VALUE; \"source kinds\" lists them. What is of several lines comes from a file, as NAME=@FILE. Give a secret with --set-stdin or --set-env." placeholder:"NAME=VALUE" sep:"none"`
	SetStdin string   `help:"Read the field of this name from the first line of standard input." placeholder:"NAME"`
	SetEnv   []string `help:"Read a field from an environment variable." placeholder:"NAME=VARIABLE" sep:"none"`
}

func (f fields) given() bool { return len(f.Set)+len(f.SetEnv) > 0 || f.SetStdin != "" }

// errNotNamed does not repeat what was given: it may be a secret whose name was forgotten.
var errNotNamed = wrong("What follows --set and --set-env is written as NAME=VALUE. \"goodwordctl source kinds\" lists the names")

// read puts the fields of a kind into values.
func (f fields) read(d *desk, kind string, values reviews.Options) error {
	for _, text := range f.Set {
		name, value, ok := strings.Cut(text, "=")
		if !ok || strings.Contains(name, ":") {
			return errNotNamed
		}
		if file, ok := strings.CutPrefix(value, "@"); ok && ofLines(kind, name) { // elsewhere it begins a name, as @anna
			content, err := os.ReadFile(file)
			if err != nil {
				return unreadable(file, err)
			}
			value = strings.TrimSpace(string(content))
		}
		values[name] = value
	}
	for _, text := range f.SetEnv {
		name, variable, ok := strings.Cut(text, "=")
		if !ok || strings.Contains(name, ":") {
			return errNotNamed
		}
		value, ok := os.LookupEnv(variable)
		if !ok {
			return fmt.Errorf("There is no environment variable %s", variable)
		}
		values[name] = value
	}
	if f.SetStdin == "" {
		return nil
	}
	lines := bufio.NewScanner(d.in)
	if !lines.Scan() {
		return errors.Join(errors.New("Standard input has no line to read the field from"), lines.Err())
	}
	values[f.SetStdin] = strings.TrimSpace(lines.Text())
	return nil
}

// ofLines reports whether a field of a kind holds text of several lines.
func ofLines(kind, name string) bool {
	for _, k := range collect.Kinds() {
		if k.ID == kind {
			return slices.ContainsFunc(k.Fields, func(f collect.Field) bool { return f.Name == name && f.Lines })
		}
	}
	return false
}

type sourceKinds struct {
	ID string `arg:"" optional:"" help:"Show only this kind, with its help."`
}

// Run needs no database: the kinds are part of the program.
func (v sourceKinds) Run(d *desk) error {
	found, group := false, ""
	for _, kind := range collect.Kinds() {
		if v.ID != "" && kind.ID != v.ID {
			continue
		}
		found = true
		text := kindText(kind)
		switch {
		case v.ID != "":
			text += "\n\n" + kind.Help
		case kind.Group != group:
			group = kind.Group
			text = group + "\n" + text
		}
		if err := d.print(kind, "%s", text); err != nil {
			return err
		}
	}
	if !found {
		return fmt.Errorf("There is no kind of source called %q. \"goodwordctl source kinds\" lists them", v.ID)
	}
	return nil
}

func kindText(kind collect.Kind) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  %-16s %s", kind.ID, kind.Title)
	for _, f := range kind.Fields {
		fmt.Fprintf(&b, "\n      %-14s %s", f.Name, f.Label)
		if f.Secret {
			b.WriteString(", secret")
		}
		if f.Lines {
			b.WriteString(", of several lines: give a file as " + f.Name + "=@FILE")
		}
		if f.Optional {
			b.WriteString(", not needed")
		}
		if f.Example != "" && !f.Lines {
			b.WriteString(", such as " + f.Example)
		}
		if len(f.Choices) > 0 {
			b.WriteString(": " + strings.Join(f.Choices, ", "))
		}
	}
	return b.String()
}

// addKind adds a source of a kind by its fields, after a look at it.
func (v sourceAdd) addKind(d *desk, h *house.House, o collect.AddOptions, by audit.Actor) (reviews.Source, error) {
	values := reviews.Options{}
	if err := v.read(d, v.Kind, values); err != nil {
		return reviews.Source{}, err
	}
	draft, err := h.Collect.LookKind(d.ctx, v.Kind, values, v.AllowPrivate)
	if err != nil {
		return reviews.Source{}, err
	}
	return h.Collect.AddDraft(d.ctx, draft, o, by)
}

type sourceEdit struct {
	ID     int64    `arg:"" help:"Number of the source."`
	Name   string   `help:"Another name."`
	Match  []string `help:"Other watch words; empty: those of the practice." placeholder:"WORDS"`
	Every  *int     `help:"Minutes between visits; 0: as it shows itself." placeholder:"MINUTES"`
	Pause  bool     `help:"Stop the visits." xor:"pause"`
	Resume bool     `help:"Let the visits go on." xor:"pause"`

	AllowPrivate *bool `help:"Allow an address on this computer or inside the office network; --no-allow-private forbids it." negatable:""`
	fields
}

func (v sourceEdit) Run(d *desk) error {
	return d.work(func(h *house.House, by audit.Actor) error {
		s, err := h.Reviews.Source(d.ctx, v.ID)
		if err != nil {
			return err
		}
		if v.Name != "" {
			s.Name = v.Name
		}
		if len(v.Match) > 0 {
			s.Match = slices.DeleteFunc(slices.Clone(v.Match), func(words string) bool { return strings.TrimSpace(words) == "" })
		}
		if v.Every != nil {
			s.Every = *v.Every
		}
		if v.AllowPrivate != nil {
			s.AllowPrivate = *v.AllowPrivate
		}
		s.Paused = (s.Paused || v.Pause) && !v.Resume
		if v.given() {
			values := collect.Filled(s)
			if err = v.read(d, s.Kind, values); err == nil {
				err = h.Collect.Change(d.ctx, s, values, by)
			}
		} else {
			err = h.Reviews.SaveSource(d.ctx, s, by)
		}
		if err != nil {
			return err
		}
		if s, err = h.Reviews.Source(d.ctx, v.ID); err != nil {
			return err
		}
		return d.print(s, "Changed source %d: %s (%s).", s.ID, s.Name, s.Address)
	})
}

// privateHint tells how to allow what was refused.
func privateHint(err error) error {
	if errors.Is(err, fetch.ErrPrivate) {
		return fmt.Errorf("%w. Add --allow-private to allow it", err)
	}
	return err
}

// pageHint tells how to follow a page that has no feed.
func pageHint(err error, address string) error {
	if errors.Is(err, collect.ErrNoFeedBehind) {
		return fmt.Errorf("%w. Or follow the page itself. For the reviews on it: \"goodwordctl source add --kind page --set address=%s\". To hear when it changes: the same with --kind page-change", err, collect.HideKeys(address))
	}
	return err
}

// keptHint tells where the secret of a source went when there is no keychain.
func keptHint(h *house.House, s reviews.Source) string {
	if s.Secret != "" && h.Secrets.InFile() {
		return "\nThis computer has no keychain: the secret stands in a file beside the database that only you can read."
	}
	return ""
}
