package guard

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// hundreds are drafts of about a hundred words: judged ones, joined until they are so long.
func hundreds(b *testing.B) []Draft {
	b.Helper()
	files, err := filepath.Glob("testdata/*.jsonl")
	if err != nil || len(files) == 0 {
		b.Fatalf("got %v, %v, want the judged sets", files, err)
	}
	var out []Draft
	begun := map[Kind]Draft{}
	for _, file := range files {
		for _, j := range readJudged(b, file) {
			d := begun[j.Kind]
			d.Kind, d.Review, d.Text = j.Kind, j.Review, strings.TrimSpace(d.Text+" "+j.Text)
			if len(strings.Fields(d.Text)) >= 95 {
				out = append(out, d)
				d = Draft{}
			}
			begun[j.Kind] = d
		}
	}
	return out
}

// BenchmarkCheckMany judges many different drafts in turn, and tells how long the middle one and one in a hundred take.
func BenchmarkCheckMany(b *testing.B) {
	drafts := hundreds(b)
	Default().ready()
	for _, d := range drafts {
		Default().judge(d)
	}
	var took []time.Duration
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		start := time.Now()
		Default().judge(drafts[i%len(drafts)])
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds()), "µs-half")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "µs-of-100")
}
