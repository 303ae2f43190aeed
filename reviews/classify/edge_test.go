package classify_test

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"goodword/assets"
	"goodword/reviews/classify"
)

// spans gives every span of a result.
func spans(r classify.Result) []classify.Span {
	var out []classify.Span
	for _, t := range r.Topics {
		out = append(out, t.Spans...)
	}
	for _, s := range r.Signals {
		out = append(out, s.Span)
	}
	for _, w := range r.Why {
		out = append(out, w.Span)
	}
	return out
}

func FuzzJudge(f *testing.F) {
	for _, text := range benchTexts {
		f.Add(text, 2)
	}
	f.Add("Dr.’s office — ¡pésimo! “recieved” the wrong dose…\n\n- rude\n- dirty 😡😡", 0)
	f.Add("\xff\xfe can't b\u0301reathe \u200b🏳️‍🌈 ẞ", 5)
	f.Add("I can’t breathe, hygenists told my boss about my pregnancy", 1)
	c := classify.Default()
	f.Fuzz(func(t *testing.T, text string, stars int) {
		r := c.Judge(text, stars)
		for _, s := range spans(r) {
			if s.Start < 0 || s.End > len(text) || s.Start >= s.End {
				t.Fatalf("span %v is not inside %d bytes", s, len(text))
			}
			if utf8.ValidString(text) && (!utf8.RuneStart(text[s.Start]) || s.End < len(text) && !utf8.RuneStart(text[s.End])) {
				t.Fatalf("span %v cuts a rune of %q", s, text)
			}
		}
		for _, s := range r.Signals {
			if s.Quote != text[s.Span.Start:s.Span.End] {
				t.Fatalf("quote %q is not the text at %v", s.Quote, s.Span)
			}
		}
		if r.Score < -1 || r.Score > 1 || r.Confidence < 0 || r.Confidence > 1 {
			t.Fatalf("score %v or confidence %v out of range", r.Score, r.Confidence)
		}
	})
}

func TestSpansLeadBackToTheText(t *testing.T) {
	text := "¡Qué horror! The “hygenist” was rude, and I can’t breathe since."
	r := classify.Default().Judge(text, 0)
	var got []string
	for _, s := range spans(r) {
		got = append(got, text[s.Start:s.End])
	}
	for _, want := range []string{"rude", "can’t breathe"} {
		if !strings.Contains(strings.Join(got, "|"), want) {
			t.Errorf("spans are %q, want one to be %q", got, want)
		}
	}
}

func TestJudgeFromManyGoroutines(t *testing.T) {
	c := classify.Default()
	want := map[string]classify.Result{}
	for _, text := range benchTexts {
		want[text] = c.Judge(text, 0)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				for text, w := range want {
					if got := c.Judge(text, 0); !reflect.DeepEqual(got, w) {
						t.Errorf("Judge answers %v beside others, %v alone", got, w)
					}
				}
			}
		})
	}
	wg.Wait()
}

func TestEveryTopicAndSignalIsComplete(t *testing.T) {
	c := classify.Default()
	for _, topic := range c.Topics() {
		found, ok := c.Topic(topic.ID)
		if !ok || found.Label == "" || found.Description == "" || found.Owner == "" || found.Source == "" || found.Checked == "" || len(found.Cues) == 0 {
			t.Errorf("topic %s lacks something: %+v", topic.ID, found)
		}
	}
	for _, signal := range c.Signals() {
		found, ok := c.Signal(signal.ID)
		if !ok || found.Label == "" || found.FirstLook == "" || found.PublicReply == "" || found.Basis == "" || found.Checked == "" ||
			len(found.RouteTo) == 0 || len(found.Steps) == 0 || len(found.DoNot) == 0 || len(found.Sources) == 0 {
			t.Errorf("signal %s lacks something: %+v", signal.ID, found)
		}
	}
	if _, ok := c.Topic("weather"); ok {
		t.Error("a topic that is not in the list is found")
	}
	if _, ok := c.Signal("weather"); ok {
		t.Error("a signal that is not in the list is found")
	}
}

func TestLoadRefusesBadLists(t *testing.T) {
	good := fstest.MapFS{}
	for _, name := range []string{"topics/topics.yaml", "topics/kinds.yaml", "urgency/signals.yaml", "urgency/situations.yaml", "urgency/model.bin", "sentiment/model.bin", "sentiment/topics.bin",
		"languages/detect.yaml", "languages/en.yaml", "languages/es.yaml", "languages/names.yaml", "languages/health.yaml", "words/vectors.bin"} {
		data, err := assets.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		good[name] = &fstest.MapFile{Data: data}
	}
	if _, err := classify.Load(good); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, file, content, want string }{
		{"missing", "topics/topics.yaml", "", "is not there"},
		{"no meanings", "words/vectors.bin", "", "is not there"},
		{"other meanings", "words/vectors.bin", "GWWORD00 and more than a few bytes", "is not one of this program"},
		{"not YAML", "languages/en.yaml", "a: [", "cannot be read"},
		{"weight", "languages/es.yaml", "language: es\nweights: {strong: [bueno]}\n", "where a number belongs"},
		{"severity", "urgency/signals.yaml", "signals: [{id: x, severity: awful}]\n", "no severity"},
		{"pattern", "urgency/signals.yaml", "signals: [{id: x, severity: high, patterns: ['(']}]\n", "does not work"},
		{"no literal", "urgency/signals.yaml", "signals: [{id: x, severity: high, patterns: ['\\w+']}]\n", "three letters|3 letters"},
		{"no model", "sentiment/model.bin", "", "is not there"},
		{"other model", "sentiment/model.bin", "GWSENT00", "not one of this program"},
		{"other signals", "urgency/model.bin", "GWURGE00", "not of this program"},
		{"other topics", "sentiment/topics.bin", "GWTOPC01\xff\xff\xff\xff", "not of this program"},
		{"kind", "topics/kinds.yaml", "kinds: [{id: weather}]\n", "which is none"},
		{"empty cue", "topics/topics.yaml", "topics: [{id: x, cues: {en: {about: ['  ']}}}]\n", "empty phrase"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			lists := fstest.MapFS{}
			for name, file := range good {
				lists[name] = file
			}
			if test.content == "" {
				delete(lists, test.file)
			} else {
				lists[test.file] = &fstest.MapFile{Data: []byte(test.content)}
			}
			_, err := classify.Load(lists)
			if err == nil {
				t.Fatal("the list is taken")
			}
			for want := range strings.SplitSeq(test.want, "|") {
				if strings.Contains(err.Error(), want) {
					return
				}
			}
			t.Errorf("the error is %q, want it to say %q", err, test.want)
		})
	}
}

// TestOrdinaryTextsAreSeldomCritical reads real comments, none of which is an emergency for the reader of reviews.
func TestOrdinaryTextsAreSeldomCritical(t *testing.T) {
	c := classify.Default()
	for _, name := range []string{"vgt_amazon.jsonl", "nhs_p1.train.jsonl", "nhs_v6.train.jsonl"} {
		t.Run(name, func(t *testing.T) {
			seen, held := shared(t, name)
			n, critical, any := 0, 0, 0
			for _, s := range append(seen, held...) {
				n++
				r := c.Judge(s.Text, 0)
				if len(r.Signals) > 0 {
					any++
				}
				if r.Urgency == classify.Critical {
					critical++
					if os.Getenv("SHOW") != "" {
						t.Logf("%v in %q", r.Signals, s.Text)
					}
				} else if os.Getenv("SHOW") == "all" && len(r.Signals) > 0 {
					t.Logf("%v in %.200q", r.Signals, s.Text)
				}
			}
			t.Logf("of %d texts %d have a signal, %d a critical one", n, any, critical)
			if critical*100 > n {
				t.Errorf("%d of %d ordinary texts are called critical, want at most 1 %%", critical, n)
			}
		})
	}
}

// TestWhatIsSaidInPraiseOrDespairIsTakenForThat: a model that hears alarms everywhere would be switched off.
func TestWhatIsSaidInPraiseOrDespairIsTakenForThat(t *testing.T) {
	c := classify.Default()
	for _, text := range []string{
		"So happy with this office. Somebody picked up on the second ring and knew the answer.",
		"Great team. Samir in billing went through the statement with me line by line.",
		"He is magic with children. My daughter wants to go back, and she used to hide under the bed.",
	} {
		if got := c.Judge(text, 5); got.Urgency != "" {
			t.Errorf("%q: %s %v", text, got.Urgency, got.Signals)
		}
	}
	if got := c.Judge("Lovely desk, great coffee. The doctor put his hand under my shirt and locked the door.", 5); got.Urgency != classify.Critical {
		t.Errorf("hidden in praise: %q %v", got.Urgency, got.Signals)
	}
	got := c.Judge("After what you people did to me I don't want to be here anymore. Goodbye everyone.", 0)
	if got.Urgency != classify.Critical || slices.Contains(about(got), "praise_general") {
		t.Errorf("despair: %q, about %v", got.Urgency, got.Topics)
	}
}
