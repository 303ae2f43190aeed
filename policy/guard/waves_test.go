package guard

import "testing"

// TestWaves prints how the judged sets of foreign words fare. The wave sets
// come from another author: one was tuned on. Own is the helpers' own later
// waves, tuned on; own apart is the half of one that was not. Sets that were
// not tuned on do not tell their misses, so that they stay so. The floors lie
// a little below what is reached.
func TestWaves(t *testing.T) {
	for _, w := range []struct {
		name, path                      string
		tell                            bool
		recall, missed, falseStop, kept float64
	}{
		{"wave tune", "testdata/wave_tune.jsonl", true, .98, .01, .01, .97},
		{"own", "testdata/own.jsonl", true, .95, .02, .02, .95},
		{"own apart", "testdata/own_apart.jsonl", false, .81, .08, .05, .9},
		{"wave held", "testdata/wave_held.jsonl", false, 0, 1, 1, 0},
	} {
		s := judge(t, readJudged(t, w.path), w.tell)
		s.log(t, w.name)
		s.floor(t, w.recall, w.missed, w.falseStop, w.kept)
	}
}
