package guard

import (
	"slices"
	"testing"

	"goodword/assets"
)

// TestWaves prints how the judged sets of foreign words fare. The wave sets
// come from another author: one was tuned on. Own is the helpers' own later
// waves, tuned on; own apart is the half of one that was not. Sets that were
// not tuned on do not tell their misses, so that they stay so. The floors lie
// a little below what is reached.
func TestWaves(t *testing.T) {
	if testing.Short() {
		t.Skip("many drafts, judged one after the other: the race detector finds nothing here")
	}
	for _, w := range []struct {
		name, path                      string
		tell                            bool
		recall, missed, falseStop, kept float64
	}{
		{"wave tune", "testdata/wave_tune.jsonl", true, .98, .01, .01, .97},
		{"own", "testdata/own.jsonl", true, .95, .02, .02, .95},
		{"own apart", "testdata/own_apart.jsonl", false, .81, .08, .05, .9},
		{"wave held", "testdata/wave_held.jsonl", false, .95, .035, .09, .82},
		{"an author at first contact", "testdata/wave5_held.jsonl", false, .89, .045, .07, .82},
	} {
		s := judge(t, readJudged(t, w.path), w.tell)
		s.log(t, w.name)
		s.floor(t, w.recall, w.missed, w.falseStop, w.kept)
	}
}

// TestAuthorsApart prints how the drafts of authors fare from whom nothing was learned: two whose drafts were set apart by a hash of their text, twelve
// in the very manner of the shared sample, and one who writes as long and as lightly as people do. The twelve together hold what is wanted.
func TestAuthorsApart(t *testing.T) {
	if testing.Short() {
		t.Skip("many drafts, judged one after the other: the race detector finds nothing here")
	}
	var likeTheSample score
	for _, w := range []struct {
		name                            string
		authors                         []string
		recall, missed, falseStop, kept float64
	}{
		{"wave4_held", []string{"ge", "gf"}, .93, .045, .15, .76},
		{"wave6_held", []string{"gu", "hz"}, .95, .015, .035, .92},
		{"wave7_held", []string{"gv", "gw", "gx"}, .95, .015, .03, .92},
		{"wave7_long_held", []string{"jc"}, .86, .045, .09, .74},
		{"wave8_held", []string{"ka", "kb", "kc", "na", "nb", "nc", "nd"}, .95, .013, .035, .90},
	} {
		set := readJudged(t, "testdata/"+w.name+".jsonl")
		var all score
		for _, author := range w.authors {
			s := judge(t, slices.DeleteFunc(slices.Clone(set), func(j judged) bool { return j.ID[:2] != author }), false)
			s.log(t, "apart of "+author)
			all.add(s)
		}
		all.log(t, "apart in "+w.name)
		all.floor(t, w.recall, w.missed, w.falseStop, w.kept)
		if slices.Contains([]string{"wave6_held", "wave7_held", "wave8_held"}, w.name) {
			likeTheSample.add(all)
		}
	}
	likeTheSample.log(t, "twelve authors in the manner of the sample")
	likeTheSample.floor(t, .95, .01, .03, .90)
}

// TestTalkOfMythsDisclosesNothing answers each health myth that the program
// knows with its correction: claims about health in general are nobody's care.
func TestTalkOfMythsDisclosesNothing(t *testing.T) {
	var file struct {
		Myths []struct{ Myth, Correct string }
	}
	if err := readYAML(assets.FS, "myths/myths.yaml", &file); err != nil {
		t.Fatal(err)
	}
	stopped := 0
	for _, m := range file.Myths {
		if r := Default().Check(Draft{Kind: Reply, Review: m.Myth, Text: m.Correct + " Questions: 555-0100."}); r.Verdict == Block {
			stopped++
			t.Logf("%q answered by %q: %s at %q", m.Myth, m.Correct, r.Findings[0].id, r.Findings[0].Quote)
		}
	}
	if len(file.Myths) == 0 || stopped*100 > len(file.Myths)*30 {
		t.Errorf("got %d of %d corrections blocked, want at most three in ten", stopped, len(file.Myths))
	}
}
