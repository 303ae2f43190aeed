package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"goodword/internal/practice"
	"goodword/policy/guard"
)

type checkVerb struct {
	File   string `arg:"" optional:"" help:"File with the text; without it standard input."`
	Kind   string `help:"What the text is." enum:"reply,spotlight" default:"reply"`
	Review string `help:"The review that the text answers."`
	Author string `help:"The public name of the review's author: the text may not tell more of it."`
	Stars  int    `help:"The rating of the review, 1 to 5."`
	Site   string `help:"The site it goes to, for its limits."`
	JSONL  bool   `help:"Read {\"id\",\"kind\",\"review\",\"text\"} a line, write {\"id\",\"verdict\",\"findings\"} a line; \"author\", \"stars\" and \"site\" are read as well. The kind is reply or spotlight; without one, that of --kind." name:"jsonl"`
}

// Help says what the exit code means: it is of the check, and the verdict is in the answer.
func (checkVerb) Help() string {
	return "The verdict is the first line of the answer: clear, warn or block. A check that could be made exits with 0, also when the verdict is block; " +
		"a script reads \"verdict\" from --json or --jsonl."
}

type checkLine struct {
	ID     any    `json:"id"`
	Kind   string `json:"kind"`
	Review string `json:"review"`
	Author string `json:"author"`
	Stars  int    `json:"stars"`
	Text   string `json:"text"`
	Site   string `json:"site"`
}

type checkAnswer struct {
	ID       any             `json:"id"`
	Verdict  guard.Verdict   `json:"verdict"`
	Findings []guard.Finding `json:"findings"`
}

// Run works without a database; where there is one, the practice's own numbers and names are known not to be leaks.
func (v checkVerb) Run(d *desk) error {
	in, closeIn, err := d.input(v.File)
	if err != nil {
		return err
	}
	defer closeIn()
	gate := guard.Default()
	draft, err := d.blank()
	if err != nil {
		return err
	}
	if v.JSONL {
		return eachLine(in, func(line []byte) error {
			var c checkLine
			if err := object(line, &c); err != nil {
				return err
			}
			if c.Kind == "" {
				c.Kind = v.Kind
			}
			if !slices.Contains([]guard.Kind{guard.Reply, guard.Spotlight}, guard.Kind(c.Kind)) {
				return fmt.Errorf("there is no kind %q; the kinds are reply and spotlight", c.Kind)
			}
			if err := possible(c.Stars); err != nil {
				return err
			}
			draft.Kind, draft.Review, draft.Stars, draft.Text, draft.Site = guard.Kind(c.Kind), guard.ShownAs(c.Author, c.Review), c.Stars, c.Text, c.Site
			r := gate.Check(draft)
			return d.line(checkAnswer{c.ID, r.Verdict, notNil(r.Findings)})
		})
	}
	if err := possible(v.Stars); err != nil {
		return err
	}
	text, err := io.ReadAll(io.LimitReader(in, 1<<20))
	if err != nil {
		return unreadable(v.File, err)
	}
	draft.Kind, draft.Review, draft.Stars, draft.Text, draft.Site = guard.Kind(v.Kind), guard.ShownAs(v.Author, v.Review), v.Stars, strings.TrimSpace(string(text)), v.Site
	r := gate.Check(draft)
	return d.print(checkAnswer{nil, r.Verdict, notNil(r.Findings)}, "%s", strings.TrimSpace(string(r.Verdict)+"\n"+findings(r.Findings)))
}

// blank is a draft with what the practice of the database owns and has decided about its words; without a database, or before a practice is set up, nothing.
func (d *desk) blank() (draft guard.Draft, err error) {
	if _, err := os.Stat(d.path); errors.Is(err, os.ErrNotExist) || d.homeless != nil {
		return draft, nil
	}
	h, err := d.open()
	if err != nil {
		return draft, fmt.Errorf("The practice's own numbers and names cannot be read: %w", err)
	}
	defer func() { err = errors.Join(err, h.Close()) }()
	if draft, err = h.Reviews.BlankDraft(d.ctx); errors.Is(err, practice.ErrNone) {
		return guard.Draft{}, nil
	}
	return draft, err
}

// input is the named file, or standard input.
func (d *desk) input(file string) (io.Reader, func(), error) {
	if file == "" || file == "-" {
		return d.in, func() {}, nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, nil, unreadable(file, err)
	}
	return f, func() { _ = f.Close() }, nil
}

// longest is how long a line may be.
const longest = 1 << 20

// eachLine hands over the lines that are not empty.
func eachLine(in io.Reader, do func([]byte) error) error {
	lines := bufio.NewScanner(in)
	lines.Buffer(make([]byte, 64<<10), longest)
	number := 1
	for ; lines.Scan(); number++ {
		if len(strings.TrimSpace(lines.Text())) == 0 {
			continue
		}
		if err := do(lines.Bytes()); err != nil {
			return fmt.Errorf("Line %d cannot be used: %w", number, err)
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return fmt.Errorf("Line %d is longer than %d MB. Each line holds one object", number, longest>>20)
	}
	return lines.Err()
}

// object reads the JSON object of a line.
func object(line []byte, into any) error {
	err := json.Unmarshal(line, into)
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		return fmt.Errorf("%q may not be a %s", kind.Field, kind.Value)
	}
	if err != nil {
		return fmt.Errorf("it is no JSON object (%w)", err)
	}
	return nil
}

func findings(all []guard.Finding) string {
	var b strings.Builder
	for _, f := range guard.Told(all) {
		_, _ = fmt.Fprintf(&b, "%s: %q (%s)\n  Why: %s\n  Basis: %s\n  Instead: %s\n", f.Severity, f.Quote, f.Rule, f.Why, f.Basis, f.Instead)
	}
	return strings.TrimRight(b.String(), "\n")
}

func notNil(all []guard.Finding) []guard.Finding {
	if all == nil {
		return []guard.Finding{}
	}
	return all
}
