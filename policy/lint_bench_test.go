package policy_test

import (
	"testing"

	"goodword/internal/practice"
	"goodword/policy"
)

func BenchmarkLint(b *testing.B) {
	text := policy.Suggested(practice.Practice{Name: "Elm Dental", Phone: "555-0140"})
	policy.Lint(text)
	for b.Loop() {
		policy.Lint(text)
	}
}
