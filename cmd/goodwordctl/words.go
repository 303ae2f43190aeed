package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
)

// useError is a call whose words are off; the program exits with 2.
type useError struct{ error }

func (e useError) Unwrap() error { return e.error }

func wrong(format string, values ...any) error { return useError{fmt.Errorf(format, values...)} }

// complain prints an error as one sentence and returns the exit code.
func complain(errs io.Writer, err error) int {
	var said []string
	for line := range strings.Lines(err.Error()) { // one trouble may end several pieces of work
		if line = strings.TrimSpace(line); line != "" && !slices.Contains(said, line) {
			said = append(said, line)
		}
	}
	text := strings.Join(said, " ")
	if errors.Is(err, context.Canceled) {
		text = "Stopped before the end. What was stored until then stays; the same call goes on from there"
	}
	if !strings.HasSuffix(text, ".") {
		text += "."
	}
	_, _ = fmt.Fprintln(errs, upper(text))
	if errors.As(err, new(useError)) {
		return misuse
	}
	return failed
}

func upper(text string) string {
	if text == "" {
		return text
	}
	return strings.ToUpper(text[:1]) + text[1:]
}

// The words of the parser that only programmers know.
var (
	noValue  = regexp.MustCompile(`^(\S+): expected .* but got "EOL".*`)
	noNumber = regexp.MustCompile(`^(\S+): expected a valid 64 bit u?int but got (".*")`)
)

// misread says what is off in a call that could not be read, and where its words are explained.
func misread(err error) error {
	text := noValue.ReplaceAllString(err.Error(), "$1 needs a value")
	text = noNumber.ReplaceAllString(text, "$1 needs a whole number, not $2")
	text = strings.TrimSuffix(text, ".")
	var parse *kong.ParseError
	if errors.As(err, &parse) {
		if verb := parse.Context.Selected(); verb != nil {
			return wrong("%s. \"%s --help\" explains the call", text, verb.FullPath())
		}
	}
	return wrong("%s. \"goodwordctl --help\" lists the verbs", text)
}

// minusWords puts the words of a search behind the flags, so that they may stand anywhere and begin with a minus as in the search box:
// "inbox -parking --limit 5" means "inbox --limit 5 -- -parking".
func minusWords(args []string) []string {
	at := slices.Index(args, "inbox")
	if at < 0 || slices.Contains(args, "--") || takesValue(args[len(args)-1]) {
		return args
	}
	flags, words := slices.Clone(args[:at+1]), []string{"--"}
	for i, arg := range args[at+1:] {
		if takesValue(args[at+i]) || strings.HasPrefix(arg, "--") || arg == "-h" {
			flags = append(flags, arg)
		} else {
			words = append(words, arg)
		}
	}
	return append(flags, words...)
}

func takesValue(flag string) bool { return flag == "--limit" || flag == "--db" || flag == "--as" }

// unreadable says why a file cannot be read.
func unreadable(file string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("There is no file %s", file)
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("The file %s cannot be read: %w", file, err)
}
