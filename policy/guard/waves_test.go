package guard

import "testing"

// TestWaves prints how every judged set fares. The wave sets come from another
// author: one was tuned on, the held one was not and does not tell its misses.
func TestWaves(t *testing.T) {
	for _, w := range []struct {
		name, path                      string
		tell                            bool
		recall, missed, falseStop, kept float64
	}{
		{"wave tune", "testdata/wave_tune.jsonl", true, 0, 1, 1, 0},
		{"own tune", "testdata/own_tune.jsonl", true, 0, 1, 1, 0},
		{"own kept", "testdata/own_kept.jsonl", true, 0, 1, 1, 0},
		{"own 2 tune", "testdata/own2_tune.jsonl", true, 0, 1, 1, 0},
		{"own 2 kept", "testdata/own2_kept.jsonl", false, 0, 1, 1, 0},
		{"own 3", "testdata/own3.jsonl", true, 0, 1, 1, 0},
		{"own 4", "testdata/own4.jsonl", true, 0, 1, 1, 0},
		{"own 5", "testdata/own5.jsonl", true, 0, 1, 1, 0},
		{"wave held", "testdata/wave_held.jsonl", false, 0, 1, 1, 0},
	} {
		s := judge(t, readJudged(t, w.path), w.tell)
		s.log(t, w.name)
		s.floor(t, w.recall, w.missed, w.falseStop, w.kept)
	}
}
