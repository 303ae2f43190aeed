package policy

import (
	"context"
	"strings"

	"goodword/internal/database"
)

// SecondReader reports whether the policy in force on a day says that a second person reads each text before it is published. The gate of the replies
// holds the practice to it.
func SecondReader(ctx context.Context, q database.Querier, day string) (bool, error) {
	all, err := versions(ctx, q)
	if err != nil {
		return false, err
	}
	v, ok := Current(all, day)
	return ok && v.SecondReader(), nil
}

// SecondReader reports whether this version says that a second person reads each text before it is published.
func (v Version) SecondReader() bool {
	question, _ := FindQuestion("reader")
	for _, o := range question.Options {
		if o.ID == "second" {
			return strings.Contains(v.Text, strings.SplitAfter(o.Words["reader"], ".")[0])
		}
	}
	return false
}

// Name is the title that stands over the text of this version.
func (v Version) Name() string {
	for _, b := range Blocks(v.Text) {
		if b.Kind == TitleLine {
			return b.Text
		}
	}
	return "Policy"
}
