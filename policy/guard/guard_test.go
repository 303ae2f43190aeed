package guard

import (
	"strings"
	"testing"
	"unicode/utf8"

	"goodword/assets"
)

func TestFindingsPointAtTheWordsAsTyped(t *testing.T) {
	for _, text := range []string{
		"We loved your visit.", "We loved your vіsіt.", "We loved your v​isit.", "We loved y&#111;ur visit &amp; smile.",
		"¡Gracias por su visita! Nos vemos el martes.", "Enjoyed your ｖｉｓｉｔ, José 😊", "We loved your v1sit.", "we loved yuor apointment",
	} {
		r := Default().Check(Draft{Kind: Reply, Review: "Nice.", Text: text})
		if r.Verdict != Block {
			t.Errorf("%q: got %s, want block", text, r.Verdict)
		}
		for _, f := range r.Findings {
			if text[f.Start:f.End] != f.Quote || f.Quote == "" {
				t.Errorf("%q: got quote %q at %d-%d, want the words there", text, f.Quote, f.Start, f.End)
			}
		}
	}
}

func TestWhatThePracticeOwnsIsNoLeak(t *testing.T) {
	own := Own{Phones: []string{"(555) 555-0123"}, Names: []string{"Marlo Finch", "Karen Hollis"}, Addresses: []string{"9 Smile Street, Bay 4"}}
	cases := []struct {
		name, review, text string
		want               Verdict
	}{
		{"own number", "Rude.", "Please call our office at 555-0123.", Clear},
		{"a number of somebody else", "Rude.", "Please call our office at 555-0199.", Warn},
		{"the reviewer's number", "Rude, call me at 555-0177.", "Our office will ring 555-0177.", Block},
		{"own address", "Lost.", "We are at 9 Smile Street, Bay 4.", Clear},
		{"own name that others use as an insult", "Lovely people.", "Thank you so much! Karen", Clear},
		{"ask for her", "Waited an hour.", "Please call our office at 555-0123 and ask for Karen.", Clear},
		{"a reviewer with a colleague's surname", "[shown as T. Hollis] Rude.", "Thank you, T. Hollis. Please call our office at 555-0123.", Block},
		{"a reviewer with a colleague's first name", "[shown as Karen] Rude.", "Thank you, Karen. Please call our office at 555-0123.", Warn},
		{"a greeting is no name", "[shown as Sam R.] Nobody called back.", "Hi, the frustration is clear. Please call our office at 555-0123.", Clear},
		{"own manager by title", "Rude.", "Mr. Finch would like to listen at 555-0123.", Clear},
	}
	for _, c := range cases {
		if got := Default().Check(Draft{Kind: Reply, Review: c.review, Text: c.text, Own: own}); got.Verdict != c.want {
			t.Errorf("%s: got %s %v, want %s", c.name, got.Verdict, got.Findings, c.want)
		}
	}
}

func TestLengthAndCannedWording(t *testing.T) {
	words := strings.Repeat("kind words matter ", 44)
	cases := []struct {
		name string
		d    Draft
		want string
	}{
		{"132 words", Draft{Kind: Reply, Text: words}, "length"},
		{"301 graphemes on Bluesky", Draft{Kind: Spotlight, Text: strings.Repeat("é", 301), Site: "bluesky"}, "length"},
		{"5000 bytes on Google", Draft{Kind: Spotlight, Text: strings.Repeat("We read every comment. ", 220), Site: "google"}, "length"},
		{"said before", Draft{Kind: Reply, Text: "Thank you for the kind words, the team will be glad to read them.",
			Recent: []string{"Thank you for the kind words, the team will be glad to read them!"}}, "quote-back"},
	}
	for _, c := range cases {
		r := Default().Check(c.d)
		if r.Verdict != Warn || len(r.Findings) == 0 || r.Findings[0].Rule != c.want {
			t.Errorf("%s: got %s %v, want a warning of %s", c.name, r.Verdict, r.Findings, c.want)
		}
	}
	if r := Default().Check(Draft{Kind: Spotlight, Text: strings.Repeat("e\u0301", 300), Site: "bluesky"}); r.Verdict != Clear {
		t.Errorf("300 graphemes of two runes on Bluesky: got %s, want clear", r.Verdict)
	}
}

func TestConditionReachesItsClauseOnly(t *testing.T) {
	cases := []struct {
		text string
		want Verdict
	}{
		{"If your visit fell short, please call our office at 555-0100.", Warn},
		{"If you call 555-0100, your surgery can be discussed.", Block},
		{"Please call our office at 555-0100 if your visit fell short.", Warn},
		{"Your visit fell short; if that is so, call our office at 555-0100.", Block},
	}
	for _, c := range cases {
		if got := Default().Check(Draft{Kind: Reply, Review: "Bad.", Text: c.text}); got.Verdict != c.want {
			t.Errorf("%q: got %s %v, want %s", c.text, got.Verdict, got.Findings, c.want)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("[shown as Ann B.] My tooth hurts.", "Ann, your t00th &amp; c.r.o.w.n \xff ‮ 😊 [for my own feed]", true)
	f.Add("", "", false)
	f.Add("¿Qué?", "S i n   d o l o r — ＹＯＵＲ visit &#x1F600;", true)
	f.Fuzz(func(t *testing.T, review, text string, reply bool) {
		d := Draft{Kind: Spotlight, Review: review, Text: text}
		if reply {
			d.Kind = Reply
		}
		r := Default().Check(d)
		worst := Clear
		for _, found := range r.Findings {
			if found.Start < 0 || found.End > len(text) || found.Start > found.End || text[found.Start:found.End] != found.Quote {
				t.Fatalf("got %d-%d %q in %q, want a stretch of it", found.Start, found.End, found.Quote, text)
			}
			if utf8.ValidString(text) && !utf8.ValidString(found.Quote) {
				t.Fatalf("got %q, want whole runes", found.Quote)
			}
			if found.Severity.weight() > worst.weight() {
				worst = found.Severity
			}
		}
		if r.Verdict != worst {
			t.Fatalf("got verdict %s, want the worst finding %s", r.Verdict, worst)
		}
	})
}

// hundredWords is a plain reply of a hundred words, as typed at the keyboard.
var hundredWords = "Thank you for taking the time to write. " + strings.Repeat("We aim for calm rooms, clear prices and kind voices, and we keep working on all three. ", 4) +
	"Privacy rules keep us from speaking about anyone in public. Please call our office manager at 555-0100, who is glad to listen and to help with any concern."

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(assets.FS); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	d := Draft{Kind: Reply, Review: "Slow, and the desk was rude.", Text: hundredWords}
	Default().ready()
	b.ReportAllocs()
	for b.Loop() {
		Default().judge(d)
	}
}

// hundredWordsOfNews is a post of a hundred words.
var hundredWordsOfNews = "Our hygienist Nell has been with us for fifteen years, and she was happy to be featured. " +
	strings.Repeat("She keeps bees, runs the book shelf in the lobby and knows the name of every street in the valley. ", 4) +
	"Come and see the new mural on Saturday from nine to noon."

func BenchmarkCheckPost(b *testing.B) {
	d := Draft{Kind: Spotlight, Text: hundredWordsOfNews}
	Default().ready()
	b.ReportAllocs()
	for b.Loop() {
		Default().judge(d)
	}
}

// telling is a reply of a hundred words in which nearly every sentence tells too much.
var telling = strings.Repeat("The glucose test was repeated on a Thursday, and your son was a champ when the nurse called. You still owe for two visits, as our records show. ", 4)

func BenchmarkCheckTelling(b *testing.B) {
	d := Draft{Kind: Reply, Review: "Slow, and the desk was rude.", Text: telling}
	Default().ready()
	b.ReportAllocs()
	for b.Loop() {
		Default().judge(d)
	}
}

func TestATextTooLongToCheckIsBlocked(t *testing.T) {
	text := strings.Repeat("Thank you for the kind words. ", 4000)
	r := Default().Check(Draft{Kind: Reply, Review: "Great!", Text: text})
	last := r.Findings[len(r.Findings)-1]
	if r.Verdict != Block || last.Rule != "length" || text[last.Start:last.End] != last.Quote || last.Quote == "" {
		t.Errorf("got %s, %+v", r.Verdict, last)
	}
}
