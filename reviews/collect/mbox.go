package collect

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"regexp"
	"time"
)

// longestLetter is how much of one message is read. What is beyond is an attachment.
const longestLetter = 1 << 20

// fromLine is the line before each message of an mbox file: who sent it, and when it came.
var fromLine = regexp.MustCompile(`^From .*\b\d{1,2}:\d\d(?::\d\d)?\b.*\b(?:19|20)\d\d\b|^From .*\b(?:19|20)\d\d\b.*\b\d{1,2}:\d\d`)

// splitMbox hands out the messages of an mbox file one by one, each with the time at which it came, zero if that is not known. Lines that were
// quoted because they begin with "From " are unquoted (mboxrd). The file may be of any size, and may break off.
func splitMbox(file io.Reader, each func(raw []byte, arrived time.Time) error) error {
	lines := bufio.NewReaderSize(file, 64<<10)
	var message bytes.Buffer
	var arrived time.Time
	first, open, start := true, false, true
	for {
		line, err := lines.ReadSlice('\n')
		whole := !errors.Is(err, bufio.ErrBufferFull)
		if err != nil && whole && !errors.Is(err, io.EOF) {
			return err
		}
		switch {
		case start && bytes.HasPrefix(line, []byte("From ")) && (first || fromLine.Match(line)):
			if open && message.Len() > 0 {
				if err := each(message.Bytes(), arrived); err != nil {
					return err
				}
			}
			message.Reset()
			arrived, open, first = arrivedAt(line), true, false
		case len(line) > 0 && (open || len(bytes.TrimSpace(line)) > 0):
			open, first = true, false
			if start {
				line = unquote(line)
			}
			if room := longestLetter - message.Len(); room > 0 {
				message.Write(line[:min(room, len(line))])
			}
		}
		start = whole
		if errors.Is(err, io.EOF) {
			if open && message.Len() > 0 {
				return each(message.Bytes(), arrived)
			}
			return nil
		}
	}
}

// unquote takes one ">" from a line that would else begin with "From ".
func unquote(line []byte) []byte {
	if len(line) > 0 && line[0] == '>' && bytes.HasPrefix(bytes.TrimLeft(line, ">"), []byte("From ")) {
		return line[1:]
	}
	return line
}

var asctime = regexp.MustCompile(`[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d (?:[+-]\d{4} )?\d{4}`)

// arrivedAt reads the time in the line before a message.
func arrivedAt(line []byte) time.Time {
	text := string(asctime.Find(line))
	for _, layout := range []string{time.ANSIC, "Mon Jan _2 15:04:05 -0700 2006"} {
		if at, err := time.Parse(layout, text); err == nil && sensible(at) {
			return at.UTC()
		}
	}
	return time.Time{}
}
