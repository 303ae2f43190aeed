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
	if !ok {
		return false, nil
	}
	question, _ := FindQuestion("reader")
	for _, o := range question.Options {
		if o.ID == "second" {
			return strings.Contains(v.Text, strings.SplitAfter(o.Words["reader"], ".")[0]), nil
		}
	}
	return false, nil
}
