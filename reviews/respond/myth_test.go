package respond_test

import (
	"regexp"
	"strings"
	"testing"

	"goodword/policy"
	"goodword/policy/guard"
	"goodword/reviews/respond"
)

var (
	address = regexp.MustCompile(`https?://\S+`)
	broken  = regexp.MustCompile(`  | [,.;:]|,\.|,,|\.\.|;\.|[{}%]`)
)

// Every answer to an error about health reads well: the fact, the error named once and not repeated, one address of a trusted source, the way to the practice.
func TestEveryStatementReadsWell(t *testing.T) {
	for _, myth := range policy.Myths() {
		mine := respond.Default().With(nil, []policy.ApprovedMyth{{Myth: myth}})
		seen := map[string]bool{}
		for id := range int64(4) {
			m := mention(myth.Topic+". "+myth.Myth, 0, "negative", "misinformation")
			m.ID = id
			d := mine.Draft(m, respond.Ground{Practice: full()})
			if d.Claim == nil || d.Claim.Myth.ID != myth.ID || len(d.Suggestions) == 0 || d.Suggestions[0].TemplateID != "myth/"+myth.ID {
				t.Errorf("%s: the statement is not offered first: %v", myth.ID, ids(d.Suggestions))
				break
			}
			for _, s := range d.Suggestions {
				if s.TemplateID == "myth/"+myth.ID && !seen[s.Text] {
					seen[s.Text] = true
					t.Logf("%s: %s", myth.ID, s.Text)
					readsWell(t, myth, s.Text)
				}
			}
		}
		if len(seen) < 2 {
			t.Errorf("%s: got %d wordings, want two", myth.ID, len(seen))
		}
	}
}

func readsWell(t *testing.T, myth policy.Myth, text string) {
	t.Helper()
	links := address.FindAllString(text, -1)
	if len(links) != 1 || !policy.Trusted(links[0]) {
		t.Errorf("%s: got the links %v, want one of a trusted source", myth.ID, links)
	}
	plain := address.ReplaceAllString(text, "ADDRESS")
	if at := broken.FindString(plain); at != "" {
		t.Errorf("%s: %q does not belong there: %s", myth.ID, at, text)
	}
	said := map[string]bool{}
	for sentence := range strings.SplitSeq(strings.TrimSuffix(plain, "."), ". ") {
		if said[sentence] {
			t.Errorf("%s: %q is said twice", myth.ID, sentence)
		}
		said[sentence] = true
		if first := sentence[:1]; first != strings.ToUpper(first) && !strings.HasPrefix(sentence, "mRNA") {
			t.Errorf("%s: %q does not begin as a sentence", myth.ID, sentence)
		}
	}
	if strings.Contains(strings.ToLower(text), strings.ToLower(strings.TrimSuffix(myth.Myth, "."))) || strings.Count(text, myth.Naming()) != 1 {
		t.Errorf("%s: the error is named once and not repeated: %s", myth.ID, text)
	}
	if end := "lease " + respond.Call(respond.Ground{Practice: full()}) + "."; !strings.HasSuffix(text, end) {
		t.Errorf("%s: does not end with %q: %s", myth.ID, end, text)
	}
	v := guard.Default().Check(guard.Draft{Kind: guard.Reply, Review: myth.Myth, Text: text,
		Own: guard.Own{Phones: []string{full().Phone}, Names: []string{full().ContactName}, Statements: myth.Statements()}})
	if v.Verdict != guard.Clear {
		t.Errorf("%s: got %s: %s", myth.ID, v.Verdict, text)
	}
}
