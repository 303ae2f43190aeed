package respond_test

import (
	"slices"
	"testing"

	"goodword/policy/guard"
	"goodword/reviews/respond"
)

func TestLinesPassTheGateAloneAndBesideAnother(t *testing.T) {
	checked, both := 0, full()
	both.Facts["hours es"], both.Facts["languages es"] = "De lunes a viernes, de 8 a 17 horas", "Hablamos español e inglés"
	for _, c := range []combination{{both, north}, {both, nil}} {
		for _, language := range []string{"en", "es"} {
			lines := respond.Default().Lines(language, respond.Ground{Practice: c.practice, Place: c.place})
			if len(lines) < 8 {
				t.Errorf("%s: only %d lines", language, len(lines))
			}
			for _, a := range lines {
				for _, b := range lines {
					text := a.Text
					if a.ID != b.ID {
						text += " " + b.Text
					}
					checked++
					if got := guard.Default().Check(guard.Draft{Kind: guard.Reply, Text: text, Own: c.own()}); got.Verdict != guard.Clear {
						t.Errorf("%s and %s: %s\n%s\n%s", a.ID, b.ID, got.Verdict, text, findings(got))
					}
				}
			}
		}
	}
	t.Logf("%d texts checked", checked)
}

func TestALineThatWasUsedLatelyWaits(t *testing.T) {
	g := respond.Ground{Practice: full()}
	first := respond.Default().Lines("en", g)[0]
	g.Recent = []string{first.Text}
	if again := respond.Default().Lines("en", g)[0]; again.ID != first.ID || again.Text == first.Text {
		t.Errorf("got %+v after %+v", again, first)
	}
}

func TestALawIsNeverClaimedWithoutASource(t *testing.T) {
	lib := respond.Default()
	for _, place := range [][2]string{{"US", "CA"}, {"", "Texas"}, {"USA", "Nowhere"}, {"us", ""}} {
		law, ok := lib.ApologyLaw(place[0], place[1])
		if !ok || law.Source == "" || law.Checked == "" || law.Review == "" || !slices.Contains([]string{"verified", "secondary", "memory"}, law.Status) {
			t.Errorf("%v: got %+v", place, law)
		}
		if law.URL == "" && law.Status != "memory" {
			t.Errorf("%v: no page stands behind the status %s", place, law.Status)
		}
	}
	if law, ok := lib.ApologyLaw("FR", ""); ok {
		t.Errorf("France: got %+v", law)
	}
}
