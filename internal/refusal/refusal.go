// Package refusal makes errors that read as one sentence for the person and still tell the program their kind.
package refusal

import "fmt"

type refusal struct {
	sentence string
	kind     error
}

func (r refusal) Error() string { return r.sentence }
func (r refusal) Unwrap() error { return r.kind }

// Because returns an error that reads as the sentence and is, to errors.Is, the kind. The words of the kind are not shown: they are for
// programmers.
func Because(kind error, format string, args ...any) error {
	return refusal{fmt.Sprintf(format, args...), kind}
}
