package collect

import (
	"fmt"
	"strings"
)

// largestCell is how long a cell may be: no review is, and a quotation mark that is open for so long was forgotten.
const largestCell = 1 << 20

// mostForgotten is how many forgotten quotation marks are looked for. A table with more does not quote at all.
const mostForgotten = 1000

// splitter takes a text apart into rows and cells. Cells are parts of the text, not copies, wherever that is possible.
type splitter struct {
	text      string
	delimiter byte // 0: there is one column
	at, line  int
	rows      [][]string
	counts    map[int]int // rows by their number of cells
	usual     int         // the number of cells that most rows have
	trouble   problems
	forgotten int
	most      int // rows to read; 0: all
}

// splitRows takes a text apart. Unlike a strict reader it does not let a quotation mark that was never closed swallow the rows that follow: the
// cell ends where the next whole row begins, and the problem names the line.
func splitRows(text string, delimiter byte, most int) ([][]string, problems) {
	s := splitter{text: text, delimiter: delimiter, line: 1, counts: map[int]int{}, most: most}
	for s.at < len(s.text) && (most == 0 || len(s.rows) < most) {
		row := s.row()
		if len(row) == 1 && row[0] == "" {
			continue // an empty line
		}
		s.rows = append(s.rows, row)
		s.counts[len(row)]++
		if s.counts[len(row)] > s.counts[s.usual] {
			s.usual = len(row)
		}
	}
	return s.rows, s.trouble
}

// row reads to the end of a row and steps over it.
func (s *splitter) row() []string {
	row := make([]string, 0, max(s.usual, 1))
	for {
		cell, end := s.cell()
		row = append(row, cell)
		if end {
			return row
		}
	}
}

// cell reads one cell and steps over what ends it; end tells that it was the last of its row.
func (s *splitter) cell() (cell string, end bool) {
	start := s.at
	for start < len(s.text) && s.text[start] == ' ' {
		start++
	}
	if start < len(s.text) && s.text[start] == '"' && s.forgotten < mostForgotten {
		if cell, next, ok := s.quoted(start + 1); ok {
			s.line += lineEnds(s.text[s.at:next])
			s.at = next
			return cell, s.step()
		}
		s.forgotten++
		s.trouble.add("Line %d: a quotation mark is opened and not closed. The rows after it are taken as they stand.", s.line)
		stop := s.nextRow(start + 1)
		cell = strings.TrimRight(s.text[start+1:stop], "\r\n")
		if line, rest, more := strings.Cut(cell, "\n"); !more || rest == "" {
			// On one line the other cells of the row still stand behind it.
			if i := strings.IndexByte(line, s.delimiter); s.delimiter != 0 && i >= 0 {
				s.at = start + 1 + i
				return line[:i], s.step()
			}
		}
		s.line += lineEnds(s.text[s.at : start+1+len(cell)])
		s.at = start + 1 + len(cell)
		return cell, s.step()
	}
	stop := s.at
	for stop < len(s.text) && s.text[stop] != '\n' && s.text[stop] != '\r' && (s.delimiter == 0 || s.text[stop] != s.delimiter) {
		stop++
	}
	cell = s.text[s.at:stop]
	s.at = stop
	return cell, s.step()
}

// step goes over a delimiter or the end of a line; true: a row ends here.
func (s *splitter) step() bool {
	if s.at >= len(s.text) {
		return true
	}
	if s.delimiter != 0 && s.text[s.at] == s.delimiter {
		s.at++
		return false
	}
	for s.at < len(s.text) && s.text[s.at] == '\r' { // some programs write two
		s.at++
	}
	if s.at < len(s.text) && s.text[s.at] == '\n' {
		s.at++
	}
	s.line++
	return true
}

// quoted reads a quoted cell from behind its opening mark. It fails if the mark was forgotten: it never closes, or it closes only where a row
// below has a quoted cell of its own.
func (s *splitter) quoted(from int) (cell string, next int, ok bool) {
	limit := min(len(s.text), from+largestCell)
	lineStart, doubled, broken := from, false, false
	for i := from; i < limit; i++ {
		switch s.text[i] {
		case '\n', '\r':
			lineStart, broken = i+1, true
		case '"':
			if i+1 < len(s.text) && s.text[i+1] == '"' {
				if broken && s.opens(i, lineStart) && s.wholeRow(lineStart) {
					return "", 0, false
				}
				doubled = true
				i++
				continue
			}
			stop := i + 1
			for stop < len(s.text) && s.text[stop] == ' ' {
				stop++
			}
			if stop == len(s.text) || s.text[stop] == '\n' || s.text[stop] == '\r' || s.delimiter != 0 && s.text[stop] == s.delimiter {
				cell = s.text[from:i]
				if doubled {
					cell = strings.ReplaceAll(cell, `""`, `"`)
				}
				return cell, stop, true
			}
			if broken && s.opens(i, lineStart) && s.wholeRow(lineStart) {
				return "", 0, false
			}
		}
	}
	return "", 0, false
}

// opens reports whether a quotation mark stands where a cell begins.
func (s *splitter) opens(i, lineStart int) bool {
	return i == lineStart || s.delimiter != 0 && s.text[i-1] == s.delimiter
}

// wholeRow reports whether the line has as many cells as most rows.
func (s *splitter) wholeRow(lineStart int) bool {
	if s.usual < 2 {
		return false
	}
	line := s.text[lineStart:]
	if end := strings.IndexAny(line, "\r\n"); end >= 0 {
		line = line[:end]
	}
	if strings.Count(line, string(s.delimiter))+1 == s.usual {
		return true
	}
	cells, inside := 1, false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			inside = !inside
		case line[i] == s.delimiter && !inside:
			cells++
		}
	}
	return cells == s.usual
}

// nextRow is where the next whole row begins after a forgotten mark; else the end of the line, if there is no telling.
func (s *splitter) nextRow(from int) int {
	first := -1
	for i := from; i < min(len(s.text), from+largestCell); i++ {
		if s.text[i] != '\n' {
			continue
		}
		if first < 0 {
			first = i + 1
		}
		if s.wholeRow(i + 1) {
			return i + 1
		}
	}
	switch {
	case s.usual >= 2 && first >= 0 && len(s.text)-from < 1<<16:
		return len(s.text) // the end of a file that breaks off
	case first >= 0:
		return first
	}
	return min(len(s.text), from+largestCell)
}

func lineEnds(text string) int { return strings.Count(text, "\n") }

// problems collects what a person should know before importing.
type problems struct {
	list []string
	more int
}

// mostProblems is how many rows with trouble are named; of the rest only the number is.
const mostProblems = 50

func (p *problems) add(format string, values ...any) {
	if len(p.list) < mostProblems {
		p.list = append(p.list, fmt.Sprintf(format, values...))
	} else {
		p.more++
	}
}

func (p *problems) all() []string {
	if p.more > 0 {
		return append(p.list, fmt.Sprintf("%d more rows have something of the kind.", p.more))
	}
	return p.list
}
